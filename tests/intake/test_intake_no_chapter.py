"""A form whose last tasks stand in no chapter: the line that says so is the office's own."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from toolkit import identity
from toolkit.issue import issue
from toolkit.merge import merge
from toolkit.model import Assignment, Plan, Role, Roster, Task, Unit
from toolkit.workbooks import plan_book, roster_book

UNIT = "青禾镇政府"


def test_the_line_above_tasks_without_a_chapter_is_no_row_of_the_units(tmp_path: Path) -> None:
    to_unit = (Assignment(Role.LEAD, UNIT),)
    tasks = (
        Task(1, "修复村组道路，逐处登记。", title="道路", headings=("一、民生实事",), assignments=to_unit),
        Task(2, "整治农贸市场，每月巡查。", title="市场", assignments=to_unit),
    )
    plan = identity.coded(Plan("云溪县任务分工", tasks, issued_on=date(2026, 3, 2)))
    plan_book.write(plan, tmp_path / "任务分工表.xlsx")
    roster_book.write(Roster((Unit(UNIT, 1),)), tmp_path / "单位名录.xlsx")
    issue(tmp_path / "任务分工表.xlsx", tmp_path / "回收", round="2026年第三季度", due=date(2026, 10, 10))
    merged = merge([tmp_path / "回收"], tmp_path / "任务分工表.xlsx", tmp_path / "汇总表.xlsx", as_of=date(2026, 10, 9))
    assert not merged.collection.extras
    assert "intake.extra-row" not in {finding.code for finding in merged.findings}
