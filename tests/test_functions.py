"""What ``FG_…`` computes in a cell."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from toolkit import functions
from toolkit.housekeeping.demo import demo
from toolkit.model import Roster, Unit
from toolkit.registry.functions import FUNCTIONS
from toolkit.workbooks import roster_book


@pytest.fixture(scope="module")
def campaign(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("演示")
    demo(folder)
    return folder


def test_units_of_a_clause_by_role() -> None:
    clause = "市教育局牵头，市财政局、市司法局配合"
    assert functions.units(clause) == [["市教育局"], ["市财政局"], ["市司法局"]]
    assert functions.units(clause, "配合") == [["市财政局"], ["市司法局"]]
    assert functions.units("", None) == [[""]]


def test_deadlines_of_a_text() -> None:
    assert functions.deadlines("9月10日前报送，年底前完成", 2026.0) == [["2026-09-10"], ["2026-12-31"]]


def test_status_word() -> None:
    assert functions.status("正在推进中。") == "推进中"
    assert functions.status("差不多了") == "" and functions.status(None) == ""


def test_standard_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    roster_book.write(Roster((Unit("市教育局", 1, ("教局",)),)), tmp_path / "单位名录.xlsx")
    assert functions.standard_name("教局", str(tmp_path / "单位名录.xlsx")) == "市教育局"
    monkeypatch.chdir(tmp_path)
    assert functions.standard_name("市教育居") == "？市教育局"


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("已完成", ""), "没有写进展说明"),
        (("已完成", "目前尚未完成验收"), "尚未完成验收"),
        (("推进中", "已召开推进会3次", "2026-09-30", datetime(2026, 10, 10)), "逾期 10 天"),
        (("差不多了", "已召开推进会3次"), "差不多了"),
    ],
)
def test_a_row_is_checked(arguments: tuple[object, ...], says: str) -> None:
    assert says in functions.check_row(*arguments)


def test_a_row_in_order_is_empty() -> None:
    assert functions.check_row("推进中", "已召开推进会3次，整改问题12个", 46387.0, date(2026, 12, 1)) == ""


def test_copies_name_each_other() -> None:
    text = "组织开展专题培训，发放宣传手册，走访企业并收集意见建议"
    first, second, third = functions.copies([[text], ["召开全县工作部署会，印发年度实施方案和责任清单"], [text + "。"]])
    assert "第3行" in str(first[0]) and second == [""] and "第1行" in str(third[0])


def test_completion_rate_counts_what_is_counted() -> None:
    assert (
        functions.completion_rate([["已完成"], ["推进中"], [None], ["不涉及"], ["未报"], ["已完成，长期坚持"]]) == 0.5
    )
    assert functions.completion_rate([[None]]) == 0


def test_entries_and_missing_units_of_a_folder(campaign: Path) -> None:
    (returns,) = (campaign / "回收").iterdir()
    header, *rows = functions.merged_entries(str(returns), str(campaign / "任务分工表.xlsx"))
    assert header[:2] == ["编码", "单位"] and len(rows) > 300
    assert any(str(row[7]).count("!") for row in rows if row[2] == "已完成")
    missing = functions.missing_units(str(returns), str(campaign / "任务分工表.xlsx"))
    assert len(missing) == 2


def test_tasks_of_a_notice(campaign: Path) -> None:
    header, *rows = functions.draft_table(str(campaign / "示例通知.docx"))
    assert len(rows) >= 30 and all(len(row) == len(header) for row in rows)


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda function: function.twin)
def test_every_registered_function_exists_under_both_names(function: object) -> None:
    assert callable(getattr(functions, function.function))  # type: ignore[attr-defined]
    assert function.twin.isascii()  # type: ignore[attr-defined]


def test_a_refusal_is_a_sentence_in_the_cell() -> None:
    assert "找不到" in str(functions.call("FG_DRAFT", ["没有.docx"]))
    assert functions.call("FG_情况", ["已办结"]) == functions.call("FG_STATUS", ["已办结"]) == "已完成"
    assert "参数" in str(functions.call("FG_STATUS", []))
