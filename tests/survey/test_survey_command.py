"""The whole chain on the command line, as a clerk types it, and what the outputs say."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from clerk.world import roster, towns
from docx import Document
from survey_office import STAFF, County, filled, sheet_of, told

from toolkit import cli
from toolkit.workbooks import summary_book

CREATED = datetime(2026, 9, 15, 9)
ONE = {"姓名": "安心志", "岗位": "专职", "手机": "13900001111"}


def run(*arguments: str | Path) -> int:
    return cli.run([str(argument) for argument in arguments])


def test_the_chain(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(tmp_path)
    Path("单位名录.xlsx").write_bytes(roster(towns(3)))
    assert run("form", "fields", "-o", "字段.xlsx", "--template", "机构信息表") == 0
    assert run("form", "new", "字段.xlsx", "-o", "收集", "--json", "made.json") == 0
    made = json.loads(Path("made.json").read_text(encoding="utf-8"))
    plan = Path(made["path"])
    assert plan.parent == Path("收集") and len(made["units"]) == 3 and (plan.parent / "单位名录.xlsx").is_file()
    assert run("check", plan) == 0
    assert run("issue", plan, "-o", "下发", "--round", "2026年9月", "--due", "2026-09-20") == 0
    (first, second, _) = sorted(Path("下发").iterdir())
    row = {"公开工作机构": "办公室", "联系人": "安心志", "联系电话": "010-62345678"}
    Path("回收").mkdir()
    Path("回收", first.name).write_bytes(filled(first.read_bytes(), [row], CREATED))
    Path("回收", f"{towns(3)[0]}审批单.pdf").write_bytes(b"%PDF-1.4\n%%EOF\n")
    Path("回收", second.name).write_bytes(filled(second.read_bytes(), [{}], CREATED))
    merged = ("merge", "回收", "--plan", plan, "-o", "汇总表.xlsx", "--as-of", "2026-09-21", "--json", "merge.json")
    assert run(*merged) == 1
    result = json.loads(Path("merge.json").read_text(encoding="utf-8"))
    assert result["survey"]["fields"][0]["name"] == "公开工作机构"
    assert [entry["state"] for entry in result["entries"]] == ["reported", "blank", "missing"]
    assert [file["outcome"] for file in result["files"] if file["path"].endswith(".pdf")] == ["evidence"]
    assert not told(result, towns(3)[0], code="survey.nothing-beside")
    assert run("notify", "汇总表.xlsx", "-o", "反馈", "--as-of", "2026-09-22") == 0
    names = {path.name for path in Path("反馈").rglob("*.docx")}
    assert names == {
        f"退回单_{towns(3)[0]}_2026年9月.docx",
        f"催报单_{towns(3)[1]}_2026年9月.docx",
        f"退回单_{towns(3)[1]}_2026年9月.docx",
        f"催报单_{towns(3)[2]}_2026年9月.docx",
        "催报单_各单位_2026年9月.docx",
        "通报_各单位_2026年9月.docx",
    }
    dunned = next(Path("反馈").rglob(f"催报单_{towns(3)[2]}*.docx"))
    text = "\n".join(paragraph.text for paragraph in Document(str(dunned)).paragraphs)
    assert f"《{made['title']}》" in text and "已逾期 2 天" in text and "任务" not in text
    assert run("form", "contacts", "汇总表.xlsx", "--roster", "单位名录.xlsx", "-o", "新名录.xlsx") == 0
    assert "填进了 1 个单位" in capsys.readouterr().out


def test_the_summary(tmp_path: Path) -> None:
    county = County.make(tmp_path / "县", 3, survey=STAFF)
    one, two, three = county.forms
    bad = {"姓名": "柏一清", "岗位": "临时", "手机": "13900002222", "从业年限": 12, "已培训": "√"}
    files = county.parcel(one, [ONE, bad]).files | county.parcel(two, [ONE | {"手机": ""}]).files
    county.merge(county.send(files))
    book = openpyxl.load_workbook(county.summary)
    assert book.sheetnames[:6] == ["总表", "明细", "未报名单", "问题清单", "来源", "随附材料"]
    page = book["总表"]
    header = [cell.value for cell in page[3]]
    rows = [{name: cell.value for name, cell in zip(header, row, strict=True)} for row in page.iter_rows(min_row=4)]
    assert [(row["单位"], row["行"], row["姓名"]) for row in rows[:4]] == [
        (one, 1, "安心志"), (one, 2, "柏一清"), (two, 1, "安心志"), (three, None, None),
    ]  # fmt: skip
    assert (rows[1]["从业年限"], rows[1]["已培训"], rows[1]["岗位"]) == (12, "是", "临时")
    red = page.cell(5, header.index("岗位") + 1).fill.start_color.rgb
    assert red.endswith("C00000") and page.cell(6, header.index("手机") + 1).fill.start_color.rgb.endswith("FFD966")
    details = book["明细"]
    source = next(row for row in details.iter_rows(min_row=4) if row[4].value == "临时")[6]
    assert source.hyperlink.target.endswith(".xlsx") and source.value.endswith("E7")
    assert [cell.value for cell in book["未报名单"][4]][1] == three
    again = summary_book.read(county.summary)
    assert again.plan.survey == STAFF
    shown = {entry.unit: [{cell.field: cell.text for cell in row} for row in entry.rows] for entry in again.entries}
    assert shown[one][1]["岗位"] == "临时" and shown[three] == []


def test_merging_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    county = County.make(tmp_path / "县", 2, survey=STAFF)
    returns = county.send(county.parcel(next(iter(county.forms)), [ONE]).files)
    county.merge(returns)
    first = county.summary.read_bytes()
    county.summary.unlink()
    county.merge(returns)
    assert county.summary.read_bytes() == first


def test_what_surveys_do_not_have_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    county = County.make(tmp_path / "县", 1, survey=STAFF)
    returns = county.send(county.parcel(next(iter(county.forms)), [ONE]).files)
    county.merge(returns)
    assert run("notify", county.summary, "-o", tmp_path / "反馈", "--kind", "提示单") == 2
    assert "催报单、退回单和通报" in capsys.readouterr().err
    assert not (tmp_path / "反馈").exists()


def test_only_some_units_fill_it_in(tmp_path: Path) -> None:
    source = tmp_path / "字段.xlsx"
    source.write_bytes(sheet_of(STAFF))
    (tmp_path / "单位名录.xlsx").write_bytes(roster(towns(4)))
    some = towns(4)[1:3]
    asked = [word for name in some for word in ("--to", name)]
    assert run("form", "new", source, "-o", tmp_path / "收集表.xlsx", *asked) == 0
    assert run("issue", tmp_path / "收集表.xlsx", "-o", tmp_path / "下发", "--round", "2026年9月") == 0
    assert [path.name.split("_")[1] for path in sorted((tmp_path / "下发").iterdir())] == some
