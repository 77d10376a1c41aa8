"""拟表 from files to files."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from divisions import LETTER, Work, as_html, as_prose, labelled

from toolkit.draft import draft
from toolkit.findings import CannotDo
from toolkit.identity import read_code
from toolkit.model import Severity
from toolkit.workbooks import plan_book, roster_book

YEAR_END = ("2024年底前", date(2024, 12, 31))
WORK = [
    Work("1", "", "公布学区划分方案。", ("市教育局",), ("市财政局",), YEAR_END, ("一、民生实事",)),
    Work("2", "", "公布保障房配租结果。", ("市住房城乡建设局",), ("市财政局",), YEAR_END, ("一、民生实事",)),
    Work("3", "", "公布惠企政策清单。", ("市商务局",), ("市财政局",), YEAR_END, ("一、民生实事",)),
]


@pytest.fixture
def notice(tmp_path: Path) -> Path:
    path = tmp_path / "通知.txt"
    path.write_text(as_prose(WORK, labelled), "utf-8")
    return path


def test_a_notice_becomes_a_plan_and_a_first_register(notice: Path, tmp_path: Path) -> None:
    out = tmp_path / "out" / "任务分工表.xlsx"
    result = draft([notice], out)
    plan, findings = plan_book.read(out)
    assert findings == []
    assert [(t.code, t.requirement) for t in plan.tasks] == [(t.code, t.requirement) for t in result.plan.tasks]
    assert all(read_code(t.code) for t in plan.tasks)
    roster = roster_book.read(out.parent / "单位名录.xlsx")
    assert {"市教育局", "市商务局", "市财政局"} <= {unit.name for unit in roster.units}
    assert set(result.files) == {out, out.parent / "单位名录.xlsx"}


def test_the_same_notice_gives_the_same_bytes(notice: Path, tmp_path: Path) -> None:
    outs = [tmp_path / name / "任务分工表.xlsx" for name in ("a", "b")]
    for out in outs:
        draft([notice], out)
    assert outs[0].read_bytes() == outs[1].read_bytes()


def test_several_notices_make_one_plan_with_codes_of_its_own(notice: Path, tmp_path: Path) -> None:
    other = tmp_path / "另一份.html"
    other.write_bytes(as_html(WORK[:2]))
    result = draft([notice, other], tmp_path / "任务分工表.xlsx")
    assert [t.seq for t in result.plan.tasks] == [1, 2, 3, 4, 5]
    assert len({t.code for t in result.plan.tasks}) == 5
    both = result.to_json()
    assert isinstance(both, list)
    assert [(one["doc"], len(one["tasks"])) for one in both] == [("通知.txt", 3), ("另一份.html", 2)]
    json.dumps(both)


def test_a_notice_without_units_is_written_and_said(tmp_path: Path) -> None:
    path = tmp_path / "通知.txt"
    path.write_text(LETTER + "\n1.公布学区划分方案，接受监督。\n2.公布保障房配租结果，接受监督。\n", "utf-8")
    out = tmp_path / "任务分工表.xlsx"
    result = draft([path], out)
    assert out.exists()
    assert [f.severity for f in result.findings] == [Severity.ERROR]
    assert all("units" in {m.field for m in t.review} for t in result.plan.tasks)


@pytest.mark.parametrize(
    "data",
    [b"", "今天天气很好。\n".encode(), b"\x89PNG\r\n\x1a\n" + bytes(64), "姓名,电话\n甲,1\n乙,2\n".encode()],
)
def test_what_is_no_notice_is_said_and_nothing_is_written(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "in" / "文件.txt"
    path.parent.mkdir()
    path.write_bytes(data)
    with pytest.raises(CannotDo) as stopped:
        draft([path], tmp_path / "out" / "任务分工表.xlsx")
    assert all(f.message and f.advice for f in stopped.value.findings)
    assert not (tmp_path / "out").exists()


def test_a_picture_is_called_a_picture(tmp_path: Path) -> None:
    path = tmp_path / "扫描.png"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
    with pytest.raises(CannotDo) as stopped:
        draft([path], tmp_path / "out" / "任务分工表.xlsx")
    assert any("图片" in f.message and f.severity is Severity.ERROR for f in stopped.value.findings)


def test_a_register_that_is_there_is_left_alone(notice: Path, tmp_path: Path) -> None:
    register = tmp_path / "单位名录.xlsx"
    register.write_bytes(b"the clerk's own")
    draft([notice], tmp_path / "任务分工表.xlsx")
    assert register.read_bytes() == b"the clerk's own"


def test_a_plan_the_clerk_edited_is_not_overwritten(notice: Path, tmp_path: Path) -> None:
    out = tmp_path / "任务分工表.xlsx"
    out.write_bytes(b"PK edited elsewhere")
    result = draft([notice], out)
    kept = [path for path in tmp_path.iterdir() if path.is_file() and path.read_bytes() == b"PK edited elsewhere"]
    assert len(kept) == 1
    assert any(plan_book.read(path)[0].tasks for path in result.files if "名录" not in path.name)
