"""The form a unit gets: what it says, what may be filled in, how it is told again, how it prints."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from clerk.office import Office
from factory import make_plan, make_roster
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from toolkit import containers, identity, opc, vocabulary
from toolkit.identity import Stamp
from toolkit.model import Deadline, Duty, Plan, Role, Round
from toolkit.workbooks.form_book import FILLED, LOCKED, FormWriter

UNIT = "云溪市教育体育局"
ROUND = Round("2025年第四季度", date(2025, 12, 31))
HEADER = 3


@pytest.fixture(scope="module")
def writer() -> FormWriter:
    return FormWriter()


@pytest.fixture(scope="module")
def plan() -> Plan:
    return make_plan(12, make_roster(6), seed=2)


@pytest.fixture(scope="module")
def duties(plan: Plan) -> list[Duty]:
    return [Duty(task.code, UNIT, Role.RESPONSIBLE, "市直各单位", date(2025, 12, 20)) for task in plan.tasks]


@pytest.fixture(scope="module")
def data(writer: FormWriter, plan: Plan, duties: list[Duty]) -> bytes:
    return writer.render(plan, UNIT, ROUND, duties, {plan.tasks[0].code: "推进中：已制定方案。"})


@pytest.fixture(scope="module")
def book(data: bytes) -> Workbook:
    return load_workbook(io.BytesIO(data))


def test_the_head_says_title_round_due_date_and_unit(book: Workbook, plan: Plan) -> None:
    above = " ".join(str(c.value) for row in book.worksheets[0].iter_rows(max_row=HEADER - 1) for c in row if c.value)
    for words in (plan.title, f"填报单位：{UNIT}", "填报期：2025年第四季度", "报送截止日期：2025年12月31日"):
        assert words in above


def test_one_header_row_in_the_contracts_order(book: Workbook) -> None:
    assert tuple(cell.value for cell in book.worksheets[0][HEADER]) == LOCKED + FILLED


def test_every_task_stands_once_under_its_chapter_with_the_answers_blank(book: Workbook, plan: Plan) -> None:
    sheet = book.worksheets[0]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=HEADER + 1)]
    tasks = [row for row in rows if identity.read_code(row[0])]
    assert [row[0] for row in tasks] == [task.code for task in plan.tasks]
    assert [row[3] for row in tasks] == [task.requirement for task in plan.tasks]
    assert all(row[len(LOCKED) :] == [None] * len(FILLED) for row in tasks)
    chapters = [row[0] for row in rows if row[0] and not identity.read_code(row[0]) and "：" not in row[0]]
    assert chapters == list(dict.fromkeys(task.headings[0] for task in plan.tasks))


def test_the_offices_words_are_hints_never_answers(book: Workbook, plan: Plan) -> None:
    first = next(row for row in book.worksheets[0].iter_rows(min_row=HEADER + 1) if row[0].value == plan.tasks[0].code)
    assert first[LOCKED.index("工作提示")].value == "按时序推进；需进一步加强政策解读。"
    assert first[LOCKED.index("上期情况")].value == "推进中：已制定方案。"
    assert first[LOCKED.index("职责")].value == "责任"


def test_below_the_table_stand_reporter_phone_reviewer_and_date(book: Workbook) -> None:
    sheet = book.worksheets[0]
    labels = [cell.value for cell in sheet[sheet.max_row] if cell.value]
    assert labels == ["填报人：", "联系电话：", "审核人：", "填报日期："]
    unlocked = [cell.coordinate for cell in sheet[sheet.max_row] if not cell.protection.locked]
    assert len(unlocked) >= 4


def test_only_the_answers_are_unlocked_and_work_stays_possible(book: Workbook, plan: Plan) -> None:
    """A27: protection without a password that lets people filter, sort, and change heights and widths."""
    sheet = book.worksheets[0]
    protection = sheet.protection
    assert protection.sheet
    assert protection.password is None
    for allowed in ("autoFilter", "sort", "formatRows", "formatColumns", "formatCells", "insertRows"):
        assert getattr(protection, allowed) is False, allowed
    row = next(row for row in sheet.iter_rows(min_row=HEADER + 1) if row[0].value == plan.tasks[0].code)
    assert [cell.protection.locked for cell in row] == [True] * len(LOCKED) + [False] * len(FILLED)
    assert sheet.auto_filter.ref == f"A{HEADER}:M{sheet.max_row - 2}"
    assert not sheet.column_dimensions["C"].protection.locked, "rows below the table are free"


def test_the_drop_down_offers_the_vocabulary_and_lets_other_words_pass(book: Workbook, plan: Plan) -> None:
    validations = book.worksheets[0].data_validations.dataValidation
    choice = next(v for v in validations if v.type == "list")
    assert choice.formula1.strip('"').split(",") == [*vocabulary.WORDS, "本期无变化"], "the form shows last answers"
    assert choice.errorStyle == "warning"
    assert len(validations) == len(FILLED)
    assert all(v.showInputMessage and v.prompt for v in validations)
    last = max(cell.row for cell in book.worksheets[0]["A"] if identity.read_code(cell.value))
    assert str(choice.sqref) == f"I{HEADER + 1}:I{last}"


def test_it_prints_on_a4_landscape_one_page_wide_with_header_and_page_numbers(book: Workbook) -> None:
    sheet = book.worksheets[0]
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.print_title_rows == f"${HEADER}:${HEADER}"
    assert "&P" in sheet.oddFooter.center.text
    assert sheet.freeze_panes == "E4"


def test_rows_are_high_enough_for_their_text(book: Workbook, plan: Plan) -> None:
    sheet = book.worksheets[0]
    longest = max(plan.tasks, key=lambda task: len(task.requirement))
    row = next(c.row for c in sheet["D"] if c.value == longest.requirement)
    characters_a_line = sheet.column_dimensions["D"].width * 5.25 / 11
    assert sheet.row_dimensions[row].height > len(longest.requirement) / characters_a_line * 11


def test_rows_of_tasks_grow_with_what_a_unit_writes(data: bytes) -> None:
    """A27: a row of fixed height would hide the second line of an answer."""
    sheet = opc.read_parts(data)["xl/worksheets/sheet1.xml"].decode()
    rows = {int(number): attributes for number, attributes in re.findall(r'<row r="(\d+)"([^>]*)>', sheet)}
    first = HEADER + 2
    assert "customHeight" in rows[HEADER]
    assert "ht=" in rows[first]
    assert "customHeight" not in rows[first]


def test_it_says_what_it_is_in_four_places(data: bytes, book: Workbook, plan: Plan, duties: list[Duty]) -> None:
    content = containers.read(data, "form.xlsx")
    hidden = next(sheet for sheet in content.sheets if sheet.name == identity.STAMP_SHEET)
    stamp = Stamp.decode(hidden.value(0, 0))
    assert stamp is not None
    assert (stamp.plan_id, stamp.revision, stamp.round, stamp.unit, stamp.due) == (
        plan.plan_id,
        plan.revision,
        ROUND.name,
        UNIT,
        ROUND.due,
    )
    assert stamp.tasks == tuple(task.code for task in plan.tasks)
    assert {(d.via, d.due) for d in stamp.duties} == {("市直各单位", date(2025, 12, 20))}
    assert [row[0] for row in hidden.rows[1:]] == list(stamp.tasks)
    assert [row[6] for row in hidden.rows[1:]] == [task.requirement for task in plan.tasks]
    assert book[identity.STAMP_SHEET].sheet_state == "veryHidden"
    short = replace(stamp, duties=())
    assert Stamp.decode(book.custom_doc_props[identity.STAMP_PROPERTY].value) == short
    assert Stamp.decode(book.defined_names[identity.STAMP_NAME].attr_text) == short


def test_a_name_too_long_for_a_formula_leaves_the_other_places(
    writer: FormWriter, plan: Plan, duties: list[Duty]
) -> None:
    unit = "".join(chr(0x4E00 + 37 * i) for i in range(150))
    book = load_workbook(io.BytesIO(writer.render(plan, unit, ROUND, duties)))
    assert identity.STAMP_NAME not in book.defined_names
    stamp = Stamp.decode(book[identity.STAMP_SHEET]["A1"].value)
    assert stamp is not None
    assert stamp.unit == unit


def test_bytes_are_the_same_and_sealed(
    writer: FormWriter, plan: Plan, duties: list[Duty], data: bytes, tmp_path: Path
) -> None:
    again = FormWriter().render(plan, UNIT, ROUND, list(reversed(duties)), {plan.tasks[0].code: "推进中：已制定方案。"})
    assert again == data
    path = tmp_path / "form.xlsx"
    writer.write(path, plan, UNIT, ROUND, duties)
    assert opc.untouched(path)
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_it_states_no_saved_time_before_anybody_saved_it(data: bytes) -> None:
    assert b"modified" not in opc.read_parts(data)["docProps/core.xml"]


def test_a_unit_sees_the_deadline_of_its_own_class(writer: FormWriter, plan: Plan) -> None:
    task = replace(
        plan.tasks[0],
        deadlines=(
            Deadline("9月30日前", date(2025, 9, 30), "试点单位"),
            Deadline("10月31日前", date(2025, 10, 31), "推广单位"),
        ),
        recurrence=("每季度",),
    )
    own = Duty(task.code, UNIT, Role.LEAD, due=date(2025, 10, 31))
    data = writer.render(replace(plan, tasks=(task,)), UNIT, ROUND, [own])
    shown = load_workbook(io.BytesIO(data)).worksheets[0].cell(HEADER + 2, 1 + LOCKED.index("完成时限")).value
    data = writer.render(replace(plan, tasks=(task,)), UNIT, ROUND, [own], unsettled={task.code})
    everything = load_workbook(io.BytesIO(data)).worksheets[0].cell(HEADER + 2, 1 + LOCKED.index("完成时限")).value
    assert "试点单位：9月30日前" in everything
    assert "推广单位：10月31日前" in everything
    assert shown == "推广单位：10月31日前\n（2025-10-31）；\n每季度"


def test_formula_like_text_stays_text_even_when_the_cell_is_opened(writer: FormWriter, plan: Plan) -> None:
    texts = {"title": "=HYPERLINK(1)", "requirement": "+1", "status": "@a", "remark": None, "number": "-3"}
    task = replace(plan.tasks[0], headings=("=1+1",), **texts)  # type: ignore[arg-type]
    data = writer.render(
        replace(plan, title="=标题", tasks=(task,)), "=单位", ROUND, [Duty(task.code, UNIT, Role.LEAD)]
    )
    sheet = load_workbook(io.BytesIO(data)).worksheets[0]
    live = [cell for row in sheet.iter_rows() for cell in row if str(cell.value or "").startswith(("=", "+", "-", "@"))]
    assert len(live) >= 6
    assert {cell.data_type for cell in live} <= {"s", "inlineStr"}
    assert all(cell._style.quotePrefix for cell in live)


def test_refused_characters_and_overlong_text_do_not_break_the_file(writer: FormWriter, plan: Plan) -> None:
    task = replace(plan.tasks[0], requirement="甲\x00乙\x0b\ud800丙_x0041_<&>" + "长" * 40_000, title="\ufffe")
    data = writer.render(replace(plan, tasks=(task,)), UNIT, ROUND, [Duty(task.code, UNIT, Role.LEAD)])
    text = containers.read(data, "form.xlsx").sheets[0].text(HEADER + 1, 3)
    assert text.startswith("甲\ufffd乙\ufffd\ufffd丙_x0041_<&>长")
    assert len(text) <= 32_767
    assert load_workbook(io.BytesIO(data)).worksheets[0].cell(HEADER + 2, 1).value == task.code


def test_a_long_requirement_gets_a_wider_column_rather_than_a_cut_row(writer: FormWriter, plan: Plan) -> None:
    task = replace(plan.tasks[0], requirement="按照要求逐项落实并及时公开。" * 90)
    sheet = load_workbook(
        io.BytesIO(writer.render(replace(plan, tasks=(task,)), UNIT, ROUND, [Duty(task.code, UNIT, Role.LEAD)]))
    ).worksheets[0]
    width, height = sheet.column_dimensions["D"].width, sheet.row_dimensions[HEADER + 2].height
    assert height < 409.5
    assert len(task.requirement) * 11 / (width * 5.25) * 11 < height


@pytest.mark.office
def test_another_suite_opens_and_saves_it_whole(office: Office, data: bytes, plan: Plan) -> None:
    (saved,) = office.convert([(data, ".xlsx")], "xlsx")
    content = containers.read(saved, "form.xlsx")
    sheet = content.sheets[0]
    shown = {sheet.text(row, 3) for row in range(len(sheet.rows))}
    assert {task.requirement for task in plan.tasks} <= shown
    hidden = next(sheet for sheet in content.sheets if sheet.name == identity.STAMP_SHEET)
    assert Stamp.decode(hidden.value(0, 0)) is not None
    protection = load_workbook(io.BytesIO(saved)).worksheets[0].protection
    assert protection.sheet
    assert protection.autoFilter is False
