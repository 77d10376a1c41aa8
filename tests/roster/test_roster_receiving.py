"""The receiving side: what of a notice reaches one unit, and that it stays linked to the upper task."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from toolkit import identity
from toolkit.draft import draft
from toolkit.findings import CannotDo
from toolkit.issue import issue
from toolkit.model import Assignment, Deadline, Group, Plan, Role, Roster, Task, Unit
from toolkit.roster import own_part
from toolkit.workbooks import plan_book, roster_book

ROSTER = Roster(
    (
        Unit("市文旅局", 1, aliases=("市文化和旅游局",)),
        Unit("市财政局", 2),
        Unit("望川县政府", 3),
        Unit("松湾区政府", 4),
    ),
    (Group("市直各部门", ("市文旅局", "市财政局")), Group("各县区政府", ("望川县政府", "松湾区政府"))),
)
TASKS = (
    Task(1, "整理文物保护清单。", title="清单", assignments=(Assignment(Role.LEAD, "市文化和旅游局"),)),
    Task(2, "压减一般性支出。", assignments=(Assignment(Role.LEAD, "市财政局"),)),
    Task(3, "公开权责清单。", assignments=(Assignment(Role.RESPONSIBLE, "市直各部门"),)),
    Task(
        4,
        "修复农村道路。",
        assignments=(Assignment(Role.RESPONSIBLE, "各县区政府"), Assignment(Role.SUPPORT, "市文旅局")),
        deadlines=(
            Deadline("9月30日前", date(2031, 9, 30), "各县区政府"),
            Deadline("12月31日前", date(2031, 12, 31), "其余"),
        ),
    ),
    Task(5, "更换老旧路灯。", assignments=(Assignment(Role.RESPONSIBLE, "各乡镇"),)),
)
PLAN = identity.coded(Plan("云岭市任务分工", TASKS, issued_on=date(2031, 1, 5)))


def test_tasks_by_name_alias_and_group_with_the_reason() -> None:
    own, (told,) = own_part(PLAN, ROSTER, "市文旅局")
    assert [task.requirement for task in own.tasks] == ["整理文物保护清单。", "公开权责清单。", "修复农村道路。"]
    assert [task.upper for task in own.tasks] == [PLAN.tasks[index].code for index in (0, 2, 3)]
    assert [task.upper_role for task in own.tasks] == ["牵头（点名）", "责任（单位组“市直各部门”）", "配合（点名）"]
    assert not any(task.assignments for task in own.tasks)
    assert "3 项" in told.message and "点名 2 项" in told.message
    assert not {task.code for task in own.tasks} & {task.code for task in PLAN.tasks}


def test_only_the_own_deadline_is_kept() -> None:
    for unit, day in (("市文旅局", 31), ("望川县政府", 30)):
        own, _ = own_part(PLAN, ROSTER, unit)
        (task,) = [task for task in own.tasks if task.upper == PLAN.tasks[3].code]
        assert [(deadline.date.day, deadline.scope) for deadline in task.deadlines] == [(day, "")]


def test_a_group_without_members_counts_by_its_kind_and_is_to_be_reviewed() -> None:
    bare = Roster(tuple(unit for unit in ROSTER.units), ())
    own, _ = own_part(PLAN, bare, "望川县政府")
    assert [(task.requirement, len(task.open_review)) for task in own.tasks] == [
        ("修复农村道路。", 1),
        ("更换老旧路灯。", 1),
    ]
    office, _ = own_part(PLAN, bare, "市文旅局")
    assert "修复农村道路。" in [task.requirement for task in office.tasks], "it is named there"
    assert "更换老旧路灯。" not in [task.requirement for task in office.tasks]


@pytest.fixture
def city(tmp_path: Path) -> Path:
    plan_book.write(PLAN, tmp_path / "任务分工表.xlsx")
    roster_book.write(ROSTER, tmp_path / "单位名录.xlsx")
    return tmp_path


def test_the_plan_from_above_becomes_a_plan_of_its_own(city: Path) -> None:
    out = city / "县" / "任务分工表.xlsx"
    result = draft([city / "任务分工表.xlsx"], out, roster=city / "单位名录.xlsx", receiver="望川县政府")
    assert [path.name for path in result.files] == ["任务分工表.xlsx", "单位名录.xlsx"]
    again, findings = plan_book.read(out)
    first = again.tasks[0]
    assert (first.upper, first.upper_role) == (PLAN.tasks[3].code, "责任（单位组“各县区政府”）")
    assert again.plan_id != PLAN.plan_id and again.tasks == result.plan.tasks and not findings
    sheet = openpyxl.load_workbook(out)["任务分工表"]
    header = next([cell.value for cell in row] for row in sheet.iter_rows() if row[0].value == "编码")
    assert header[-2:] == ["上级编码", "上级职责"]


def test_a_clerk_divides_a_task_and_the_forms_go_out(city: Path) -> None:
    out = city / "县" / "任务分工表.xlsx"
    draft([city / "任务分工表.xlsx"], out, roster=city / "单位名录.xlsx", receiver="望川县政府")
    roster_book.write(Roster((Unit("东桥镇", 1), Unit("西坪镇", 2))), out.parent / "单位名录.xlsx")
    book = openpyxl.load_workbook(out)
    sheet = book["任务分工表"]
    head = next(row for row in sheet.iter_rows() if row[0].value == "编码")
    places = {cell.value: cell.column for cell in head}
    first = head[0].row + 1
    upper = sheet.cell(first, places["上级编码"]).value
    sheet.cell(first, places["责任单位"]).value = "东桥镇"
    sheet.cell(first + 1, places["具体要求"]).value = "修复西坪段道路。"
    sheet.cell(first + 1, places["责任单位"]).value = "西坪镇"
    sheet.cell(first + 1, places["上级编码"]).value = upper
    book.save(out)
    plan, _ = plan_book.read(out)
    assert [task.upper for task in plan.tasks] == [upper, upper]
    assert [form.unit for form in issue(out, out.parent / "下发", round="2031年第三季度").forms] == ["东桥镇", "西坪镇"]


def test_a_unit_that_is_not_concerned_is_told_so(city: Path) -> None:
    with pytest.raises(CannotDo):
        draft([city / "任务分工表.xlsx"], city / "空.xlsx", roster=city / "单位名录.xlsx", receiver="市气象局")
    assert not (city / "空.xlsx").exists()
