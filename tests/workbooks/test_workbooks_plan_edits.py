"""What clerks do to a plan workbook, and tables made without fengong: the clerk's words win, codes stay."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from clerk.office import Office
from factory import make_plan, make_roster
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from toolkit import containers, identity
from toolkit.findings import CannotDo
from toolkit.model import Assignment, Deadline, Plan, Review, Role, Source
from toolkit.workbooks import plan_book
from toolkit.workbooks.plan_cells import COLUMNS
from toolkit.workbooks.plan_checks import plan_findings
from toolkit.workbooks.plan_reader import PlanReading, read_plan

HEADER_ROW = 3
FIRST_ROW = 5
"""Row of the first task: title, document line, header and one chapter row stand above."""
COLUMN = {word: number for number, word in enumerate(COLUMNS, 1)}


@pytest.fixture
def plan() -> Plan:
    made = make_plan(9, make_roster(6), seed=3)
    marked = replace(
        made.tasks[0],
        review=(
            Review("units", "括号里没有写明角色", "市教育局、市财政局"),
            Review("deadlines", "没有年份", "9月底前"),
        ),
        source=Source("通知.docx", paragraph=12, text="（1）全面清理……"),
    )
    return replace(made, tasks=(marked, *made.tasks[1:]))


def edited(plan: Plan, edit: Callable[[Worksheet], None]) -> PlanReading:
    """The plan written, changed by a clerk and saved by another program, read back."""
    book = load_workbook(io.BytesIO(plan_book.render(plan)))
    edit(book.worksheets[0])
    return reread(book)


def reread(book: Workbook) -> PlanReading:
    stream = io.BytesIO()
    book.save(stream)
    return read_plan(containers.read(stream.getvalue(), "任务分工表.xlsx"), "任务分工表.xlsx")


def typing(**values: object) -> Callable[[Worksheet], None]:
    """A clerk types into cells of the first task, named by their columns."""

    def edit(sheet: Worksheet) -> None:
        for word, value in values.items():
            sheet.cell(FIRST_ROW, COLUMN[word]).value = value  # type: ignore[assignment]

    return edit


def codes(reading: PlanReading) -> list[str]:
    return [finding.code for finding in reading.findings]


def test_opening_and_saving_changes_nothing(plan: Plan) -> None:
    assert edited(plan, lambda sheet: None).plan == plan


def test_edited_text_wins_and_the_code_stays(plan: Plan) -> None:
    def edit(sheet: Worksheet) -> None:
        sheet.cell(FIRST_ROW, COLUMN["具体要求"], "全面清理规范性文件，六月底前完成。")
        sheet.cell(FIRST_ROW, COLUMN["工作任务"], "规范性文件清理")
        sheet.cell(FIRST_ROW, COLUMN["备注"], "重点")

    task = edited(plan, edit).plan.tasks[0]
    assert (task.code, task.title, task.remark) == (plan.tasks[0].code, "规范性文件清理", "重点")
    assert task.requirement == "全面清理规范性文件，六月底前完成。"
    assert task.source == plan.tasks[0].source


def test_edited_units_win_role_by_role(plan: Plan) -> None:
    def edit(sheet: Worksheet) -> None:
        sheet.cell(FIRST_ROW, COLUMN["牵头单位"], "云溪市司法局，云溪市信访局")
        sheet.cell(FIRST_ROW, COLUMN["配合单位"], "各县区政府（除甲县、乙区外）")

    units = edited(plan, edit).plan.tasks[0].assignments
    assert [a.name for a in units if a.role is Role.LEAD] == ["云溪市司法局", "云溪市信访局"]
    assert [a for a in units if a.role is Role.RESPONSIBLE] == [
        a for a in plan.tasks[0].assignments if a.role is Role.RESPONSIBLE
    ]
    assert [a for a in units if a.role is Role.SUPPORT] == [Assignment(Role.SUPPORT, "各县区政府", ("甲县", "乙区"))]


@pytest.mark.parametrize(
    ("typed", "deadlines", "recurrence"),
    [
        ("11月底前", [date(2025, 11, 30)], ()),
        ("2025年10月20日前；每季度", [date(2025, 10, 20)], ("每季度",)),
        ("年底前（2025-12-31）", [date(2025, 12, 31)], ()),
        ("年底前（2025年12月20日）", [date(2025, 12, 20)], ()),
        ("试点单位：9月30日前（2025-09-30）；其余：年底前", [date(2025, 9, 30), date(2025, 12, 31)], ()),
        ("每月10日前报送", [], ("每月10日前报送",)),
        ("长期坚持", [], ("长期坚持",)),
        ("", [], ()),
    ],
)
def test_deadlines_as_clerks_type_them(
    plan: Plan, typed: str, deadlines: list[date], recurrence: tuple[str, ...]
) -> None:
    task = edited(plan, typing(完成时限=typed)).plan.tasks[0]
    assert [deadline.date for deadline in task.deadlines] == deadlines
    assert task.recurrence == recurrence


def test_a_real_date_in_the_deadline_cell_is_a_deadline(plan: Plan) -> None:
    def edit(sheet: Worksheet) -> None:
        sheet.cell(FIRST_ROW, COLUMN["完成时限"]).value = date(2025, 10, 31)

    assert [d.date for d in edited(plan, edit).plan.tasks[0].deadlines] == [date(2025, 10, 31)]


def test_a_deadline_that_cannot_be_read_is_said(plan: Plan) -> None:
    def edit(sheet: Worksheet) -> None:
        sheet.cell(FIRST_ROW, COLUMN["完成时限"], "2025年13月40日")

    reading = edited(plan, edit)
    assert "plan.unread-deadline" in codes(reading)
    assert reading.plan.tasks[0].recurrence == ("2025年13月40日",)


def test_ticking_closes_review_marks_and_clearing_does_too(plan: Plan) -> None:
    def tick(sheet: Worksheet) -> None:
        assert sheet.cell(FIRST_ROW, COLUMN["复核"]).value == "待复核：责任单位、完成时限"
        sheet.cell(FIRST_ROW, COLUMN["复核"], "已复核")

    assert edited(plan, tick).plan.tasks[0].open_review == ()
    refused = edited(plan, typing(复核="未复核"))
    assert len(refused.plan.tasks[0].open_review) == 2
    cleared = edited(plan, typing(复核=None))
    assert cleared.plan.tasks[0].open_review == ()


def test_editing_a_marked_field_settles_its_mark_only(plan: Plan) -> None:
    reading = edited(plan, typing(责任单位="云溪市公安局"))
    assert [mark.field for mark in reading.plan.tasks[0].open_review] == ["deadlines"]


def test_rows_deleted_added_and_moved(plan: Plan) -> None:
    def edit(sheet: Worksheet) -> None:
        for merged in list(sheet.merged_cells.ranges):
            if merged.min_row > HEADER_ROW:
                sheet.unmerge_cells(str(merged))
        sheet.delete_rows(FIRST_ROW + 1)
        sheet.append([None, "新", "新任务", "新增的一项工作。", None, "云溪市公安局"])

    reading = edited(plan, edit)
    kept = [task.code for task in plan.tasks if task.seq != 2]
    assert [task.code for task in reading.plan.tasks[:-1]] == kept
    assert reading.plan.retired == (plan.tasks[1].code,)
    new = reading.plan.tasks[-1]
    assert identity.read_code(new.code)
    assert new.code not in {task.code for task in plan.tasks}
    assert (new.number, new.headings) == ("新", plan.tasks[-1].headings)
    assert reading.uncoded == 1
    assert codes(reading) == []


def test_a_task_moved_below_another_chapter_belongs_to_it(plan: Plan) -> None:
    def edit(sheet: Worksheet) -> None:
        values = [cell.value for cell in sheet[FIRST_ROW]]
        sheet.append(values)
        for column in range(1, len(values) + 1):
            sheet.cell(FIRST_ROW, column).value = None

    moved = edited(plan, edit).plan.tasks[-1]
    assert (moved.code, moved.headings) == (plan.tasks[0].code, plan.tasks[-1].headings)


def test_a_copied_row_gets_a_code_of_its_own(plan: Plan) -> None:
    def edit(sheet: Worksheet) -> None:
        values = [cell.value for cell in sheet[FIRST_ROW]]
        values[COLUMN["具体要求"] - 1] = "另一项任务的要求。"
        sheet.append(values)

    reading = edited(plan, edit)
    assert codes(reading) == ["plan.duplicate-code"]
    assert [task.code for task in reading.plan.tasks[:-1]] == [task.code for task in plan.tasks]
    assert reading.plan.tasks[-1].code not in {task.code for task in plan.tasks}


def test_a_broken_code_is_said_and_mended_by_the_text(plan: Plan) -> None:
    reading = edited(plan, typing(编码="T00000"))
    assert reading.plan.tasks[0].code == plan.tasks[0].code
    changed = edited(plan, typing(编码="T00000", 具体要求="完全不同的要求。"))
    assert codes(changed) == ["plan.broken-code"]


def test_an_emptied_row_is_said_and_retired(plan: Plan) -> None:
    def edit(sheet: Worksheet) -> None:
        for word in ("工作任务", "具体要求"):
            sheet.cell(FIRST_ROW, COLUMN[word]).value = None

    reading = edited(plan, edit)
    assert codes(reading) == ["plan.emptied-row"]
    assert plan.tasks[0].code in reading.plan.retired


def test_moved_and_deleted_columns(plan: Plan) -> None:
    def edit(sheet: Worksheet) -> None:
        for merged in list(sheet.merged_cells.ranges):
            sheet.unmerge_cells(str(merged))
        sheet.delete_cols(COLUMN["备注"])
        sheet.insert_cols(2)
        sheet.cell(HEADER_ROW, 2, "科室意见")

    assert edited(plan, edit).plan.tasks == plan.tasks


def test_the_hidden_sheet_and_properties_lost_by_another_suite(plan: Plan) -> None:
    book = load_workbook(io.BytesIO(plan_book.render(plan)))
    del book["_fengong"]
    reading = reread(book)
    assert reading.plan.plan_id == plan.plan_id
    for task, original in zip(reading.plan.tasks, plan.tasks, strict=True):
        assert replace(task, source=original.source, review=original.review) == original
    assert {mark.field for mark in reading.plan.tasks[0].open_review} >= {"units", "deadlines"}


def test_numbers_that_became_floats(plan: Plan) -> None:
    def edit(sheet: Worksheet) -> None:
        sheet.cell(FIRST_ROW, COLUMN["序号"]).value = "1.0"
        sheet.cell(FIRST_ROW + 1, COLUMN["序号"]).value = 2.0

    assert [task.number for task in edited(plan, edit).plan.tasks[:2]] == ["1", "2"]


# --- what a clerk sees --------------------------------------------------------------------


def test_fields_to_review_are_coloured_with_the_reason_and_the_source_sentence(plan: Plan) -> None:
    sheet = load_workbook(io.BytesIO(plan_book.render(plan))).worksheets[0]
    units, plain = sheet.cell(FIRST_ROW, COLUMN["责任单位"]), sheet.cell(FIRST_ROW + 1, COLUMN["责任单位"])
    assert units.fill.fgColor.rgb != plain.fill.fgColor.rgb
    assert "括号里没有写明角色" in units.comment.text
    assert "市教育局、市财政局" in units.comment.text
    deadline = sheet.cell(FIRST_ROW, COLUMN["完成时限"])
    assert "没有年份" in deadline.comment.text
    assert "9月底前" in deadline.comment.text
    assert plain.comment is None
    choices = next(v for v in sheet.data_validations.dataValidation if units.row in range(1, 99))
    assert choices.formula1 == '"已复核,待复核"'


def test_notes_of_the_draft_stand_at_the_title(plan: Plan) -> None:
    sheet = load_workbook(io.BytesIO(plan_book.render(replace(plan, notes=("第3项没有单位。",))))).worksheets[0]
    assert "第3项没有单位。" in sheet["A1"].comment.text


@pytest.mark.office
def test_another_suite_keeps_codes_marks_and_notes(plan: Plan, office: Office) -> None:
    (saved,) = office.convert([(plan_book.render(plan), ".xlsx")], "xlsx")
    assert read_plan(containers.read(saved, "任务分工表.xlsx"), "任务分工表.xlsx").plan == plan
    assert "括号里没有写明角色" in load_workbook(io.BytesIO(saved)).worksheets[0].cell(5, 6).comment.text
    (ods,) = office.convert([(plan_book.render(plan), ".xlsx")], "ods")
    assert read_plan(containers.read(ods, "任务分工表.ods"), "任务分工表.ods").plan == plan


# --- tables made without fengong --------------------------------------------------------


def foreign(*rows: list[object]) -> Workbook:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    return book


def test_a_table_made_by_hand_is_a_plan() -> None:
    book = foreign(
        ["附件1"],
        ["云溪市优化营商环境任务清单"],
        ["云溪市人民政府办公室　云政办〔2025〕12号　2025年3月1日"],
        ["序号", "任务名称", "工作内容", "责任部门", "完成时间"],
        ["一、政务服务"],
        [1, "窗口整合", "设置综合窗口，一窗受理。", "市政务服务局、市公安局", "6月底前"],
        [2, None, "清理重复材料。", "市司法局", "长期坚持"],
        ["二、要素保障"],
        [1, "用地保障", "压缩审批时限。", "市自然资源局", None],
    )
    book.active.merge_cells("A5:E5")
    plan = reread(book).plan
    assert (plan.title, plan.issuer, plan.doc_number) == (
        "云溪市优化营商环境任务清单",
        "云溪市人民政府办公室",
        "云政办〔2025〕12号",
    )
    assert plan.issued_on == date(2025, 3, 1)
    assert [task.number for task in plan.tasks] == ["1", "2", "1"]
    assert [task.headings for task in plan.tasks] == [("一、政务服务",), ("一、政务服务",), ("二、要素保障",)]
    assert plan.tasks[0].assignments == (
        Assignment(Role.RESPONSIBLE, "市政务服务局"),
        Assignment(Role.RESPONSIBLE, "市公安局"),
    )
    assert plan.tasks[0].deadlines == (Deadline("6月底前", date(2025, 6, 30)),)
    assert plan.tasks[1].title is None
    assert len({task.code for task in plan.tasks}) == 3


def test_reading_a_table_without_codes_again_gives_the_same_codes() -> None:
    book = foreign(
        ["序号", "工作任务", "牵头单位"], [1, "甲", "市司法局"], [2, "乙", "市公安局"], [3, "甲", "市财政局"]
    )
    first, second = reread(book), reread(book)
    assert first.plan == second.plan
    assert first.uncoded == 3


def test_nested_chapters_of_a_table_made_by_hand() -> None:
    book = foreign(
        ["序号", "具体要求", "责任单位"],
        ["一、公开"],
        ["（一）主动公开"],
        ["1", "公开甲。", "市司法局"],
        ["（二）依申请公开"],
        ["2", "公开乙。", "市司法局"],
        ["二、解读"],
        ["3", "解读丙。", "市司法局"],
    )
    assert [task.headings for task in reread(book).plan.tasks] == [
        ("一、公开", "（一）主动公开"),
        ("一、公开", "（二）依申请公开"),
        ("二、解读",),
    ]


def test_a_second_table_of_tasks_is_said_not_lost() -> None:
    book = foreign(["序号", "工作任务", "牵头单位"], [1, "甲", "市司法局"])
    second = book.create_sheet("第二批")
    second.append(["序号", "工作任务", "牵头单位"])
    second.append([1, "乙", "市司法局"])
    reading = reread(book)
    assert codes(reading) == ["plan.other-plan-table"]
    assert "第二批" in reading.findings[0].message


def test_merged_cells_hold_for_every_row_they_cover() -> None:
    book = foreign(
        ["序号", "工作任务", "具体要求", "责任单位"],
        [1, "窗口服务", "设综合窗口。", "市政务服务局"],
        [2, None, "公布办件量。", None],
        [3, "企业开办", "一日办结。", "市市场监管局"],
    )
    book.active.merge_cells("B2:B3")
    book.active.merge_cells("D2:D3")
    tasks = reread(book).plan.tasks
    assert [task.headings for task in tasks] == [("窗口服务",), ("窗口服务",), ()]
    assert [task.title for task in tasks] == [None, None, "企业开办"]
    assert [task.assignments[0].name for task in tasks] == ["市政务服务局", "市政务服务局", "市市场监管局"]


def test_roles_told_inside_a_cell_of_a_table_made_by_hand() -> None:
    (task,) = reread(foreign(["序号", "工作任务", "责任单位"], [1, "甲", "市司法局牵头，各县区政府配合"])).plan.tasks
    assert set(task.assignments) == {Assignment(Role.LEAD, "市司法局"), Assignment(Role.SUPPORT, "各县区政府")}


def test_a_header_of_two_rows() -> None:
    book = foreign(
        ["序号", "工作任务", "责任单位", None, "完成时限"],
        [None, None, "牵头单位", "配合单位", None],
        [1, "甲项工作", "市司法局", "市公安局", "长期坚持"],
    )
    book.active.merge_cells("C1:D1")
    (task,) = reread(book).plan.tasks
    assert [(a.role, a.name) for a in task.assignments] == [(Role.LEAD, "市司法局"), (Role.SUPPORT, "市公安局")]
    assert task.recurrence == ("长期坚持",)


def test_a_file_that_is_no_plan_is_refused_with_advice() -> None:
    with pytest.raises(CannotDo) as refusal:
        reread(foreign(["姓名", "电话"], ["张三", "123"]))
    assert [finding.code for finding in refusal.value.findings] == ["plan.no-plan-table"]
    with pytest.raises(CannotDo) as empty:
        reread(foreign(["序号", "工作任务", "牵头单位"]))
    assert [finding.code for finding in empty.value.findings] == ["plan.plan-without-tasks"]


def test_a_file_that_is_no_workbook_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "任务分工表.xlsx"
    path.write_bytes(b"PK\x03\x04 not really")
    with pytest.raises(CannotDo) as refusal:
        plan_book.read(path)
    assert refusal.value.findings[0].code == "plan.plan-unreadable"


# --- checks of the plan ------------------------------------------------------------------


def test_what_is_wrong_with_a_plan_is_found(plan: Plan) -> None:
    tasks = (replace(plan.tasks[0], assignments=(), number="1"), replace(plan.tasks[1], number="1"), *plan.tasks[2:])
    found = {finding.code for finding in plan_findings(replace(plan, tasks=tasks), as_of=date(2030, 1, 1))}
    assert found == {"plan.task-without-unit", "plan.open-review", "plan.deadline-past", "plan.number-repeated"}


def test_a_settled_plan_has_no_findings(plan: Plan) -> None:
    settled = replace(plan, tasks=tuple(replace(task, review=()) for task in plan.tasks))
    assert plan_findings(settled, as_of=date(2025, 1, 1)) == []
