"""A clerk restyles the templates in an office program, without code; a broken one is told."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from clerk.office import Office
from factory import make_plan, make_roster
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font, PatternFill, Protection

from toolkit import containers, identity
from toolkit.findings import CannotDo
from toolkit.identity import Stamp
from toolkit.model import Duty, Plan, Role, Round
from toolkit.resources import template
from toolkit.workbooks import plan_book
from toolkit.workbooks.form_book import FILLED, LOCKED, FormWriter
from toolkit.workbooks.plan_cells import COLUMNS
from toolkit.workbooks.plan_reader import read_plan

UNIT = "云溪市教育体育局"
ROUND = Round("2025年第四季度", date(2025, 12, 31))


@pytest.fixture(scope="module")
def plan() -> Plan:
    return make_plan(5, make_roster(3), seed=2)


def restyled(folder: Path, edit: Callable[[Workbook], None], name: str = "填报表.xlsx") -> Path:
    """The template after a clerk worked on it and another program saved it."""
    book = load_workbook(template(name))
    edit(book)
    path = folder / name
    book.save(path)
    return path


def form(path: Path, plan: Plan) -> bytes:
    duties = [Duty(task.code, UNIT, Role.RESPONSIBLE) for task in plan.tasks]
    return FormWriter(path).render(plan, UNIT, ROUND, duties)


def opened(path: Path, plan: Plan) -> Workbook:
    return load_workbook(io.BytesIO(form(path, plan)))


def test_fonts_colours_title_and_widths_are_the_clerks(tmp_path: Path, plan: Plan) -> None:
    def edit(book: Workbook) -> None:
        sheet = book.worksheets[0]
        sheet["A1"] = "云溪市{标题}进展情况表"
        sheet["A1"].font = Font(name="华文中宋", size=24)
        sheet["D6"].fill = PatternFill("solid", fgColor="FFDDEEFF")
        sheet.column_dimensions["D"].width = 60
        book.worksheets[0].title = "报送表"

    sheet = opened(restyled(tmp_path, edit), plan).worksheets[0]
    assert sheet.title == "报送表"
    assert sheet["A1"].value == f"云溪市{plan.title}进展情况表"
    assert (sheet["A1"].font.name, sheet["A1"].font.size) == ("华文中宋", 24)
    row = next(cell.row for cell in sheet["A"] if cell.value == plan.tasks[0].code)
    assert sheet.cell(row, 4).fill.fgColor.rgb == "FFDDEEFF"
    assert sheet.column_dimensions["D"].width >= 60


def test_columns_in_another_order_with_one_of_the_clerks_own(tmp_path: Path, plan: Plan) -> None:
    def edit(book: Workbook) -> None:
        sheet = book.worksheets[0]
        for merged in list(sheet.merged_cells.ranges):
            sheet.unmerge_cells(str(merged))
        for row in (3, 6):
            words = [sheet.cell(row, column).value for column in range(1, 14)]
            for column, word in enumerate([*reversed(words), "联系科室" if row == 3 else ""], 1):
                sheet.cell(row, column).value = word

    sheet = opened(restyled(tmp_path, edit), plan).worksheets[0]
    header = [cell.value for cell in sheet[3]]
    assert header == [*reversed(LOCKED + FILLED), "联系科室"]
    row = next(cell.row for cell in sheet["M"] if cell.value == plan.tasks[0].code)
    texts = dict(zip(header, sheet[row], strict=True))
    assert texts["具体要求"].value == plan.tasks[0].requirement
    assert texts["具体要求"].protection.locked
    assert not texts["完成情况"].protection.locked


def test_answers_are_open_and_questions_locked_whatever_the_template_says(tmp_path: Path, plan: Plan) -> None:
    def edit(book: Workbook) -> None:
        for row in book.worksheets[0].iter_rows():
            for cell in row:
                cell.protection = Protection(locked=cell.column > 8)

    sheet = opened(restyled(tmp_path, edit), plan).worksheets[0]
    row = next(cell.row for cell in sheet["A"] if cell.value == plan.tasks[0].code)
    assert [cell.protection.locked for cell in sheet[row]] == [True] * len(LOCKED) + [False] * len(FILLED)
    assert sheet.protection.sheet


def test_sheets_of_the_clerks_own_come_along(tmp_path: Path, plan: Plan) -> None:
    def edit(book: Workbook) -> None:
        book.create_sheet("联系方式").append(["政务公开办", "0999-5500001"])
        book.move_sheet("填报说明", offset=-1)

    book = opened(restyled(tmp_path, edit), plan)
    assert book.sheetnames == ["填报说明", "填报表", "联系方式", "_fengong"]
    assert book["联系方式"]["A1"].value == "政务公开办"


def test_an_issued_form_is_no_template(tmp_path: Path, plan: Plan) -> None:
    """Its marks were replaced; what is missing is named."""
    path = tmp_path / "form.xlsx"
    path.write_bytes(form(template("填报表.xlsx"), plan))
    with pytest.raises(CannotDo) as refusal:
        FormWriter(path)
    assert "{编码}" in refusal.value.findings[0].message


@pytest.mark.parametrize("lost", ["{完成日期}", "{章}", "{具体要求}"])
def test_a_mark_that_is_missing_is_named(tmp_path: Path, lost: str) -> None:
    def edit(book: Workbook) -> None:
        for row in book.worksheets[0].iter_rows():
            for cell in row:
                if cell.value == lost:
                    cell.value = None

    with pytest.raises(CannotDo) as refusal:
        FormWriter(restyled(tmp_path, edit))
    (finding,) = refusal.value.findings
    assert finding.code == "plan.template-incomplete"
    assert lost in finding.message


def test_a_header_word_that_was_changed_is_named(tmp_path: Path) -> None:
    def edit(book: Workbook) -> None:
        book.worksheets[0]["I3"] = "进度"

    with pytest.raises(CannotDo) as refusal:
        FormWriter(restyled(tmp_path, edit))
    assert "完成情况" in refusal.value.findings[0].message


@pytest.mark.parametrize("damage", [b"", b"not a workbook", b"PK\x03\x04"])
def test_a_template_that_is_no_workbook_is_told(tmp_path: Path, damage: bytes) -> None:
    path = tmp_path / "填报表.xlsx"
    path.write_bytes(damage)
    with pytest.raises(CannotDo) as refusal:
        FormWriter(path)
    assert refusal.value.findings[0].code == "plan.template-unreadable"


def test_a_plan_template_restyled(tmp_path: Path, plan: Plan) -> None:
    def edit(book: Workbook) -> None:
        sheet = book.worksheets[0]
        sheet["A1"].font = Font(name="华文中宋", size=18)
        sheet.title = "分工"

    path = restyled(tmp_path, edit, "任务分工表.xlsx")
    book = load_workbook(io.BytesIO(plan_book.render(plan, template=path)))
    assert book.worksheets[0].title == "任务分工表"
    assert book.worksheets[0]["A1"].font.name == "华文中宋"
    assert tuple(cell.value for cell in book.worksheets[0][3]) == COLUMNS


@pytest.mark.office
def test_templates_saved_by_another_suite_work(office: Office, tmp_path: Path, plan: Plan) -> None:
    names = ("填报表.xlsx", "任务分工表.xlsx")
    saved = office.convert([(template(name).read_bytes(), ".xlsx") for name in names], "xlsx")
    for name, data in zip(names, saved, strict=True):
        (tmp_path / name).write_bytes(data)
    content = containers.read(form(tmp_path / names[0], plan), "form.xlsx")
    hidden = next(sheet for sheet in content.sheets if sheet.name == identity.STAMP_SHEET)
    assert Stamp.decode(hidden.value(0, 0)) is not None
    written = plan_book.render(plan, template=tmp_path / names[1])
    assert read_plan(containers.read(written, "p.xlsx"), "p.xlsx").plan == plan
    assert len(office.convert([(form(tmp_path / names[0], plan), ".xlsx"), (written, ".xlsx")], "pdf")) == 2
