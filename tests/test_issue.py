"""下发: who gets a form, what stops it, and that a person's edits are never lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from factory import make_plan, make_roster
from openpyxl import load_workbook

from toolkit import opc
from toolkit.findings import CannotDo
from toolkit.issue import IssueResult, issue
from toolkit.model import Assignment, Cancelled, Deadline, Group, Plan, Review, Role, Roster
from toolkit.resources import template
from toolkit.workbooks import plan_book, roster_book

ROUND = "2025年第四季度"
DUE = date(2025, 12, 31)
GROUP = "市直各单位"


@pytest.fixture
def roster() -> Roster:
    made = make_roster(8)
    members = tuple(unit.name for unit in made.units[:4])
    return replace(made, groups=(Group(GROUP, members, "云政发〔2024〕1号"),))


@pytest.fixture
def plan(roster: Roster) -> Plan:
    made = make_plan(6, replace(roster, units=roster.units[:5]), seed=1)
    to_all = replace(made.tasks[5], assignments=(Assignment(Role.RESPONSIBLE, GROUP),))
    return replace(made, tasks=(*made.tasks[:5], to_all))


@pytest.fixture
def folder(tmp_path: Path, plan: Plan, roster: Roster) -> Path:
    """A working folder with the plan and the register in it."""
    plan_book.write(plan, tmp_path / "任务分工表.xlsx")
    roster_book.write(roster, tmp_path / "单位名录.xlsx")
    return tmp_path


def run(folder: Path, *, units: Sequence[str] = (), concerned: bool = False) -> IssueResult:
    return issue(folder / "任务分工表.xlsx", folder / "下发", round=ROUND, due=DUE, units=units, concerned=concerned)


def codes(result: IssueResult) -> list[str]:
    return [finding.code for finding in result.findings]


def test_every_unit_that_owes_a_task_gets_one_form(folder: Path, plan: Plan, roster: Roster) -> None:
    result = run(folder)
    owing = [unit for unit in roster.units if unit.order <= 5]
    assert [form.unit for form in result.forms] == [unit.name for unit in owing]
    assert [form.path for form in result.forms] == [f"{u.order:03d}_{u.name}_{ROUND}.xlsx" for u in owing]
    assert sorted(path.name for path in (folder / "下发").iterdir()) == sorted(form.path for form in result.forms)
    by_unit = {form.unit: set(form.tasks) for form in result.forms}
    assert plan.tasks[5].code in by_unit[roster.units[0].name], "a member of the group"
    assert plan.tasks[5].code not in by_unit[roster.units[4].name], "not a member"


def test_the_json_is_the_contracts(folder: Path) -> None:
    result = run(folder)
    told = result.to_json()
    assert set(told) == {"round", "due", "forms", "burden", "dropped", "findings"}
    assert (told["round"], told["due"]) == (ROUND, "2025-12-31")
    assert all(set(form) == {"path", "unit", "tasks"} for form in told["forms"])
    forms = tuple(folder / "下发" / form["path"] for form in told["forms"])
    assert result.files == (*forms, folder / f"下发清单_{ROUND}.xlsx")


def test_the_form_holds_exactly_the_tasks_that_the_json_names(folder: Path) -> None:
    result = run(folder)
    for form in result.forms:
        sheet = load_workbook(folder / "下发" / form.path).worksheets[0]
        column = [cell.value for cell in sheet["A"]]
        assert [code for code in column if code in form.tasks] == list(form.tasks)


def test_units_without_a_task_are_named_once(folder: Path, roster: Roster) -> None:
    idle = [finding for finding in run(folder).findings if finding.code == "plan.units-without-tasks"]
    assert len(idle) == 1
    assert all(unit.name in idle[0].message for unit in roster.units[5:])


def test_issuing_again_changes_no_byte(folder: Path) -> None:
    first = {path: path.read_bytes() for path in run(folder).files}
    times = {path: path.stat().st_mtime_ns for path in first}
    assert {path: path.read_bytes() for path in run(folder).files} == first
    assert {path: path.stat().st_mtime_ns for path in first} == times


def test_a_form_somebody_edited_is_kept_and_the_new_one_lies_beside_it(folder: Path) -> None:
    form = run(folder).files[0]
    book = load_workbook(form)
    book.worksheets[0]["J5"] = "已经填了一半"
    book.save(form)
    edited = form.read_bytes()
    for _ in range(2):
        again = run(folder)
        assert form.read_bytes() == edited
        assert again.forms[0].path == f"{form.stem}(2).xlsx"
        assert opc.untouched(again.files[0])
        assert "output.edited-kept" in codes(again)
    assert len(list((folder / "下发").iterdir())) == len(again.forms) + 1


def test_a_form_nobody_touched_is_replaced_when_the_plan_changed(folder: Path, plan: Plan) -> None:
    before = run(folder).files[0].read_bytes()
    changed = replace(plan, tasks=(replace(plan.tasks[0], requirement="改过的要求。"), *plan.tasks[1:]))
    plan_book.write(changed, folder / "任务分工表.xlsx")
    after = run(folder)
    assert after.files[0].read_bytes() != before
    assert "output.edited-kept" not in codes(after)


def test_a_group_without_members_stops_everything(folder: Path, roster: Roster) -> None:
    roster_book.write(replace(roster, groups=(Group(GROUP),)), folder / "单位名录.xlsx")
    with pytest.raises(CannotDo) as refusal:
        run(folder)
    assert [finding.code for finding in refusal.value.findings] == ["plan.group-without-members"]
    assert GROUP in refusal.value.findings[0].message
    assert "1 项任务" in refusal.value.findings[0].message
    assert not (folder / "下发").exists()


def test_a_missing_register_stops_everything(folder: Path) -> None:
    (folder / "单位名录.xlsx").unlink()
    with pytest.raises(CannotDo) as refusal:
        run(folder)
    assert [finding.code for finding in refusal.value.findings] == ["plan.no-roster"]
    assert not (folder / "下发").exists()


def test_only_the_units_asked_for(folder: Path, roster: Roster) -> None:
    result = run(folder, units=[roster.units[2].name])
    assert [form.unit for form in result.forms] == [roster.units[2].name]
    assert len(list((folder / "下发").iterdir())) == 1


def test_a_form_for_one_unit_leaves_the_others_on_the_list(folder: Path, roster: Roster) -> None:
    everyone = [form.unit for form in run(folder).forms]
    before = listed(folder, "下发清单")
    run(folder, units=[roster.units[2].name])
    after = listed(folder, "下发清单")
    assert [row[1] for row in after] == everyone
    assert after == before


def test_only_units_with_new_tasks_get_another_form(folder: Path, plan: Plan, roster: Roster) -> None:
    with pytest.raises(CannotDo) as refusal:
        run(folder, concerned=True)
    assert [finding.code for finding in refusal.value.findings] == ["plan.not-issued-before"]
    run(folder)
    with pytest.raises(CannotDo) as refusal:
        run(folder, concerned=True)
    assert [finding.code for finding in refusal.value.findings] == ["plan.nobody-concerned"]
    late, reworded = roster.units[6].name, replace(plan.tasks[1], requirement="改过的要求。")
    more = replace(plan.tasks[0], assignments=(*plan.tasks[0].assignments, Assignment(Role.SUPPORT, late)))
    plan_book.write(replace(plan, tasks=(more, reworded, *plan.tasks[2:])), folder / "任务分工表.xlsx")
    assert [form.unit for form in run(folder, concerned=True).forms] == [late]
    asked = roster.units[0].name
    assert [form.unit for form in run(folder, concerned=True, units=[asked]).forms] == [asked]


def test_an_unknown_unit_names_the_nearest(folder: Path) -> None:
    with pytest.raises(CannotDo) as refusal:
        run(folder, units=["云溪市教育体育委"])
    (finding,) = refusal.value.findings
    assert finding.code == "plan.unknown-unit-asked"
    assert "云溪市教育体育局" in finding.message
    assert not (folder / "下发").exists()


def test_asking_for_a_unit_without_tasks_is_refused_with_the_reason(folder: Path, roster: Roster) -> None:
    with pytest.raises(CannotDo) as refusal:
        run(folder, units=[roster.units[7].name])
    assert {"plan.nothing-to-issue", "plan.unit-without-tasks"} <= {finding.code for finding in refusal.value.findings}
    assert not (folder / "下发").exists()


def test_open_review_marks_warn_and_do_not_stop(folder: Path, plan: Plan) -> None:
    marked = replace(plan.tasks[0], review=(Review("units", "没有写明角色"),))
    plan_book.write(replace(plan, tasks=(marked, *plan.tasks[1:])), folder / "任务分工表.xlsx")
    result = run(folder)
    assert "plan.open-reviews" in codes(result)
    assert len(result.forms) == 5


def test_a_plan_without_codes_gets_them_in_a_copy(folder: Path) -> None:
    path = folder / "任务分工表.xlsx"
    book = load_workbook(path)
    del book["_fengong"]
    for row in book.worksheets[0].iter_rows(min_row=3):
        if not row[3].value:
            continue
        row[0].value = None
    book.save(path)
    original = path.read_bytes()
    result = run(folder)
    assert path.read_bytes() == original
    assert result.coded_plan == folder / "任务分工表（已编码）.xlsx"
    assert "plan.codes-given" in codes(result)
    copied, findings = plan_book.read(folder / "任务分工表（已编码）.xlsx")
    assert findings == []
    assert {task.code for task in copied.tasks} == {code for form in result.forms for code in form.tasks}


def test_a_unit_the_register_does_not_know_still_gets_its_form(folder: Path, plan: Plan) -> None:
    stranger = replace(plan.tasks[0], assignments=(Assignment(Role.LEAD, "云溪市新设办公室"),))
    plan_book.write(replace(plan, tasks=(stranger, *plan.tasks[1:])), folder / "任务分工表.xlsx")
    result = run(folder)
    assert result.forms[-1].path == f"009_云溪市新设办公室_{ROUND}.xlsx"
    assert any("云溪市新设办公室" in finding.message for finding in result.findings)


@pytest.mark.parametrize(("due", "name"), [(date(2025, 12, 31), "2025年12月"), (None, "2025年第1期")])
def test_without_a_round_one_is_named_and_said(folder: Path, due: date | None, name: str) -> None:
    result = issue(folder / "任务分工表.xlsx", folder / "下发", due=due)
    assert result.round.name == name
    assert "plan.round-assumed" in codes(result)


def test_names_a_file_system_refuses_are_replaced(folder: Path, plan: Plan, roster: Roster) -> None:
    units = (replace(roster.units[0], name="市教育局/考试院:二科"), *roster.units[1:])
    roster_book.write(replace(roster, units=units), folder / "单位名录.xlsx")
    task = replace(plan.tasks[0], assignments=(Assignment(Role.LEAD, "市教育局/考试院:二科"),))
    plan_book.write(replace(plan, tasks=(task,)), folder / "任务分工表.xlsx")
    result = issue(folder / "任务分工表.xlsx", folder / "下发", round="2025/四季度")
    assert [form.path for form in result.forms] == ["001_市教育局_考试院_二科_2025_四季度.xlsx"]
    assert result.files[0].is_file()


def test_cancelling_writes_nothing(folder: Path) -> None:
    def cancel(done: int, total: int, label: str) -> None:
        if done == 2:
            raise Cancelled

    with pytest.raises(Cancelled):
        issue(folder / "任务分工表.xlsx", folder / "下发", round=ROUND, progress=cancel)
    assert not (folder / "下发").exists()


def test_the_offices_own_template_beside_the_plan_is_used(folder: Path) -> None:
    book = load_workbook(template("填报表.xlsx"))
    book.worksheets[0]["A1"] = "{标题}进展报送表"
    (folder / "模板").mkdir()
    book.save(folder / "模板" / "填报表.xlsx")
    form = run(folder).files[0]
    assert str(load_workbook(form).worksheets[0]["A1"].value).endswith("进展报送表")


def test_a_broken_template_of_the_office_stops_everything(folder: Path) -> None:
    (folder / "模板").mkdir()
    (folder / "模板" / "填报表.xlsx").write_bytes(b"not a workbook")
    with pytest.raises(CannotDo) as refusal:
        run(folder)
    assert refusal.value.findings[0].code == "plan.template-unreadable"
    assert not (folder / "下发").exists()


# --- what is written down, and what changed since ---------------------------------------------


def listed(folder: Path, sheet: str) -> list[tuple[object, ...]]:
    """The rows of 下发清单 below its header."""
    book = load_workbook(folder / f"下发清单_{ROUND}.xlsx")
    return list(book[sheet].iter_rows(min_row=3, values_only=True))


def test_every_expansion_is_written_down(folder: Path, plan: Plan, roster: Roster) -> None:
    result = run(folder)
    rows = listed(folder, "分工展开")
    code = plan.tasks[5].code
    assert [(row[1], row[3], row[4], row[7]) for row in rows] == [
        (code, GROUP, unit.name, "云政发〔2024〕1号") for unit in roster.units[:4]
    ]
    assert [row[1] for row in listed(folder, "下发清单")] == [form.unit for form in result.forms]


def test_a_changed_register_shows_who_was_added_and_dropped(folder: Path, plan: Plan, roster: Roster) -> None:
    run(folder)
    assert not {"roster.duties-added", "roster.duties-dropped"} & set(codes(run(folder)))
    names = [unit.name for unit in roster.units]
    members = (*names[1:4], names[7])
    roster_book.write(replace(roster, groups=(Group(GROUP, members, "云政发〔2025〕2号"),)), folder / "单位名录.xlsx")
    result = run(folder)
    (added,) = [f for f in result.findings if f.code == "roster.duties-added"]
    (dropped,) = [f for f in result.findings if f.code == "roster.duties-dropped"]
    assert (added.unit, dropped.unit) == (names[7], names[0])
    assert GROUP in added.message and "云政发〔2025〕2号" in added.message
    changes = {row[4]: row[10] for row in listed(folder, "分工展开")}
    assert changes == {names[0]: "减少", names[1]: None, names[2]: None, names[3]: None, names[7]: "新增"}


def test_a_form_that_a_unit_began_to_fill_in_still_tells_what_it_was_asked(folder: Path) -> None:
    result = run(folder)
    path = folder / "下发" / result.forms[0].path
    book = load_workbook(path)
    book.worksheets[0]["I6"] = "已完成"
    book.save(path)
    assert not {"roster.duties-added", "roster.duties-dropped"} & set(codes(run(folder)))


def test_each_class_of_units_sees_its_own_deadline(folder: Path, plan: Plan, roster: Roster) -> None:
    pilot, rest = roster.units[0].name, roster.units[1].name
    scoped = (
        Deadline("9月30日前", date(2025, 9, 30), "试点单位"),
        Deadline("12月31日前", date(2025, 12, 31), "其余"),
    )
    plan = replace(plan, tasks=(*plan.tasks[:5], replace(plan.tasks[5], deadlines=scoped)))
    plan_book.write(plan, folder / "任务分工表.xlsx")
    groups = (*roster.groups, Group("试点单位", (pilot,), ""))
    roster_book.write(replace(roster, groups=groups), folder / "单位名录.xlsx")
    result = run(folder)
    shown = {}
    for form in result.forms:
        sheet = load_workbook(folder / "下发" / form.path).worksheets[0]
        rows = {row[0].value: row[5].value for row in sheet.iter_rows()}
        shown[form.unit] = str(rows.get(plan.tasks[5].code, ""))
    assert "9月30日" in shown[pilot] and "12月31日" not in shown[pilot]
    assert "12月31日" in shown[rest] and "9月30日" not in shown[rest]
