"""Amendments in mid-round: codes stay, differences are marked, forms already out stay valid."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl

from toolkit import identity
from toolkit.draft import draft
from toolkit.findings import notice as found
from toolkit.issue import issue
from toolkit.merge import merge
from toolkit.model import Assignment, Deadline, Group, Plan, Role, Roster, Source, State, Task, Unit
from toolkit.notice import overlay
from toolkit.workbooks import plan_book, roster_book

BUREAUS = ("市教育局", "市财政局", "市水利局")
TASKS = tuple(
    Task(n, requirement, title=title, assignments=(Assignment(Role.LEAD, unit),))
    for n, (title, requirement, unit) in enumerate(
        (
            ("校园食堂", "全面检查校园食堂，年内检查不少于两次，结果向家长公布。", BUREAUS[0]),
            ("预算公开", "在门户网站集中公开部门预算和绩效目标。", BUREAUS[1]),
            ("河道巡查", "建立河道巡查台账，每月巡查一次并留存照片。", BUREAUS[2]),
        ),
        start=1,
    )
)
PLAN = identity.coded(Plan("云岭市任务分工", TASKS, issued_on=date(2031, 1, 5), doc="一.docx"))
NEW = Task(9, "开展老旧水表更换，惠及三千户。", title="更换水表", assignments=(Assignment(Role.LEAD, BUREAUS[2]),))


def revised(*tasks: Task, title: str = "云岭市任务分工（修订）") -> Plan:
    return Plan(title, tasks, doc="二.docx")


def test_a_revision_keeps_codes_and_marks_what_differs() -> None:
    changed = replace(
        TASKS[0],
        requirement="全面检查校园食堂，年内检查不少于三次，结果向家长公布。",
        deadlines=(Deadline("11月底前", date(2031, 11, 30)),),
    )
    result = overlay(PLAN, revised(changed, TASKS[1], NEW))
    codes = [task.code for task in PLAN.tasks]
    assert [task.code for task in result.plan.tasks if task.code in codes] == codes
    assert (result.changed, result.unnamed) == ((codes[0],), (codes[2],))
    first = result.plan.task(codes[0])
    assert first is not None and {mark.field for mark in first.open_review} == {"requirement", "deadlines"}
    assert "不少于两次" in next(mark.evidence for mark in first.review if mark.field == "requirement")
    assert [task.requirement for task in result.plan.tasks if task.code in result.added] == [NEW.requirement]
    assert (result.plan.revision, result.plan.plan_id) == (2, PLAN.plan_id)
    assert result.plan.task(codes[1]) == replace(PLAN.tasks[1], seq=2)
    assert found.TASK_UNNAMED.code in {finding.code for finding in result.findings}


def test_a_supplementary_notice_leaves_the_others_alone() -> None:
    result = overlay(PLAN, revised(NEW, title="关于补充任务的通知"))
    assert result.plan.tasks[:3] == PLAN.tasks and len(result.plan.tasks) == 4
    assert (result.changed, result.unnamed, len(result.added)) == ((), (), 1)


def test_the_same_plan_again_changes_nothing_but_its_revision() -> None:
    result = overlay(PLAN, revised(*TASKS))
    assert result.plan.tasks == PLAN.tasks and not (result.added or result.changed or result.unnamed)


def test_forms_already_out_stay_valid_through_two_amendments(tmp_path: Path) -> None:
    plan = tmp_path / "任务分工表.xlsx"
    plan_book.write(PLAN, plan)
    roster_book.write(Roster(tuple(Unit(name, n) for n, name in enumerate(BUREAUS, 1))), tmp_path / "单位名录.xlsx")
    issued = issue(plan, tmp_path / "下发", round="2031年第二季度", due=date(2031, 6, 30))
    form = tmp_path / "下发" / issued.forms[0].path
    book = openpyxl.load_workbook(form)
    sheet = book.worksheets[0]
    row = next(cell.row for cell in sheet["A"] if cell.value == PLAN.tasks[0].code)
    sheet.cell(row, 9).value, sheet.cell(row, 10).value = "推进中", "已检查食堂1次，覆盖26所学校。"
    (tmp_path / "回收").mkdir()
    book.save(tmp_path / "回收" / form.name)
    changed = replace(TASKS[0], requirement="全面检查校园食堂，年内检查不少于三次，结果向家长公布。")
    for count, amendment in enumerate((revised(changed, *TASKS[1:]), revised(NEW, title="补充通知")), start=2):
        notice = tmp_path / f"通知{count}.xlsx"
        plan_book.write(identity.coded(amendment), notice)
        result = draft([notice], tmp_path / f"第{count}版" / "任务分工表.xlsx", onto=plan)
        plan = result.files[0]
        roster_book.write(Roster(tuple(Unit(n, i) for i, n in enumerate(BUREAUS, 1))), plan.parent / "单位名录.xlsx")
        assert result.plan.revision == count
        told = {finding.code for finding in result.findings}
        assert (found.ONLY_TO_TELL.code if count == 2 else found.NEW_FORM_NEEDED.code) in told
    merged = merge([tmp_path / "回收"], plan, tmp_path / "汇总表.xlsx", as_of=date(2031, 7, 2)).collection
    (entry,) = [e for e in merged.entries if e.unit == BUREAUS[0]]
    assert (entry.state, entry.status) == (State.REPORTED, "推进中")
    assert "intake.older-revision" in {finding.code for finding in merged.findings}
    assert not [finding for finding in merged.findings if finding.code == "intake.text-changed"]


def test_a_document_that_prints_a_task_as_before_leaves_what_the_clerk_made_of_it() -> None:
    printed = tuple(
        replace(task, source=Source(text=f"{n} | {task.requirement} | {task.assignments[0].name}"))
        for n, task in enumerate(PLAN.tasks, 1)
    )
    mended = replace(printed[0], assignments=(Assignment(Role.LEAD, "市教育局基础教育科"),))
    result = overlay(replace(PLAN, tasks=(mended, *printed[1:])), revised(*(replace(t, code="") for t in printed)))
    assert result.plan.tasks[0].assignments == mended.assignments and not result.changed
    later = replace(
        printed[0], code="", requirement="检查校园食堂不少于三次，结果向家长公布。", source=Source(text="另写")
    )
    result = overlay(replace(PLAN, tasks=(mended, *printed[1:])), revised(later, *printed[1:]))
    assert result.changed == (PLAN.tasks[0].code,)


def test_a_recurrence_that_the_new_document_changes_is_taken() -> None:
    monthly = replace(TASKS[2], recurrence=("每月",))
    result = overlay(
        identity.coded(replace(PLAN, tasks=(*TASKS[:2], monthly))),
        revised(*TASKS[:2], replace(monthly, recurrence=("每季度",))),
    )
    (changed,) = result.changed
    task = result.plan.task(changed)
    assert task is not None and task.recurrence == ("每季度",)
    assert result.reworded == result.changed


def test_the_receiving_side_lays_its_part_of_an_amendment_over_its_own_plan(tmp_path: Path) -> None:
    """A county divided one of the city's tasks in two; the city rewords another and adds one."""
    city, county = tmp_path / "市", tmp_path / "县"
    everyone = (Assignment(Role.RESPONSIBLE, "各县区政府"),)
    tasks = tuple(replace(task, assignments=everyone) for task in PLAN.tasks)
    for folder in (city, county):
        folder.mkdir()
    plan_book.write(replace(PLAN, tasks=tasks), city / "任务分工表.xlsx")
    register = Roster((Unit("望川县政府", 1),), (Group("各县区政府", ("望川县政府",), ""),))
    roster_book.write(register, city / "单位名录.xlsx")
    own = county / "任务分工表.xlsx"
    options = {"roster": city / "单位名录.xlsx", "receiver": "望川县政府"}
    drawn = draft([city / "任务分工表.xlsx"], own, **options).plan
    roster_book.write(Roster((Unit("教育股", 1), Unit("水利股", 2))), county / "单位名录.xlsx")
    divided = [replace(task, assignments=(Assignment(Role.LEAD, "教育股"),)) for task in drawn.tasks]
    half = replace(divided[0], code="", title="食堂整改", requirement="对查出的问题逐校整改。")
    plan_book.write(identity.coded(replace(drawn, tasks=(divided[0], half, *divided[1:]))), own)
    codes = [task.code for task in plan_book.load(own).plan.tasks]
    more = replace(NEW, assignments=everyone, seq=4)
    reworded = replace(tasks[1], requirement="在门户网站集中公开部门预算、决算和绩效目标。")
    plan_book.write(
        identity.coded(replace(PLAN, tasks=(tasks[0], reworded, tasks[2], more), revision=2)), city / "二版.xlsx"
    )
    result = draft([city / "二版.xlsx"], onto=own, **options)
    assert result.files[0] == county / "任务分工表（第2版）.xlsx"
    after = result.plan.tasks
    assert [task.code for task in after][:4] == codes
    assert [(t.title, t.requirement) for t in after][:2] == [(t.title, t.requirement) for t in (divided[0], half)]
    assert after[2].requirement == reworded.requirement and after[2].assignments == divided[1].assignments
    assert after[4].upper and not after[4].assignments
    assert after[4].code != after[4].upper
    assert not [f for f in result.findings if f.code == found.TASK_UNNAMED.code]
    assert {unit.unit: unit.changed for unit in result.concerned} == {"教育股": (codes[2],)}
