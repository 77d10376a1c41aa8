"""The plan workbook (任务分工表): what a clerk reviews and edits, and every verb reads back."""

from __future__ import annotations

from pathlib import Path

from toolkit.containers import read as read_file
from toolkit.containers.content import Content, column_name
from toolkit.identity import STAMP_SHEET
from toolkit.model import Finding, Plan, Task
from toolkit.outputs import write_bytes
from toolkit.resources import template as template_path
from toolkit.workbooks import plan_cells, plan_memory
from toolkit.workbooks.cell_notes import CellNote, note_parts
from toolkit.workbooks.column_widths import fitted_widths
from toolkit.workbooks.plan_cells import COLUMNS, FIELD_COLUMNS, REVIEWED, TO_REVIEW, UPPER_COLUMNS
from toolkit.workbooks.plan_head import document_line
from toolkit.workbooks.plan_reader import PlanReading, read_plan
from toolkit.workbooks.plan_table import PLAN_SHEET
from toolkit.workbooks.survey.fields_reader import holds_fields, read_fields
from toolkit.workbooks.table_look import TableLook
from toolkit.workbooks.table_sheet import TableSheet, chapters_before
from toolkit.workbooks.template import Template
from toolkit.workbooks.template_parts import Name

PLAN_TEMPLATE = f"{PLAN_SHEET}.xlsx"

_MAY_SHRINK = ("工作任务", "牵头单位", "责任单位", "配合单位", "完成时限")
"""Columns that some notices do not have; the others a clerk will write in."""
_UPPER_WIDTH = 13.0
_UNMARK = '<dxf><fill><patternFill patternType="solid"><bgColor rgb="FFFFFFFF"/></patternFill></fill></dxf>'


def write(plan: Plan, path: Path) -> None:
    """Write the plan in the look of the template 任务分工表.xlsx, whole or not at all.

    Raises :class:`toolkit.findings.CannotDo` when the template is broken.
    """
    write_bytes(path, render(plan, template=template_path(PLAN_TEMPLATE, path.parent)))


def read(path: Path) -> tuple[Plan, list[Finding]]:
    """The plan of a workbook and what was noticed; raises :class:`toolkit.findings.CannotDo` when it holds none."""
    reading = load(path)
    return reading.plan, reading.findings


def load(path: Path) -> PlanReading:
    """Like :func:`read`, with how many tasks had no code."""
    content = read_file(path, path.name)
    return read_fields(content, path.name) if holds_fields(content) else read_plan(content, path.name)


def holds_plan(content: Content) -> bool:
    """Whether a file is a plan workbook that fengong wrote, or a sheet of fields."""
    return holds_fields(content) or any(
        sheet.name == STAMP_SHEET and sheet.value(0, 0) == plan_memory.HEAD for sheet in content.sheets
    )


def render(plan: Plan, *, template: Path | None = None) -> bytes:
    """The plan workbook as bytes; the same plan gives the same bytes."""
    look = Template(template or template_path(PLAN_TEMPLATE), COLUMNS)
    if any(map(_answers_upper, plan.tasks)):
        look.widen(dict.fromkeys(UPPER_COLUMNS, _UPPER_WIDTH), like="备注")
    table = TableLook(look)
    unmark = look.styles.add_conditional(_UNMARK)
    look.parts.rename(look.part, PLAN_SHEET)
    texts = [plan_cells.texts(task) for task in plan.tasks]
    sheet = TableSheet(table, fitted_widths(table, texts, may_shrink=_MAY_SHRINK))
    for row in look.head:
        sheet.add(row, {"标题": plan.title, "文件信息": document_line(plan)}, grow=row is not look.header)
    first = sheet.next_row
    notes = [CellNote(0, 0, "拟表说明：\n" + "\n".join(plan.notes))] if plan.notes else []
    unmarked: list[str] = []
    review = column_name(look.columns["复核"])
    for (task, chapters), cells in zip(chapters_before(plan.tasks), texts, strict=True):
        for level, heading in chapters:
            sheet.add_chapter(heading, level)
        marked = _marked_columns(task, cells)
        number = sheet.add_task(cells, tuple(marked))
        for word, text in marked.items():
            letter = column_name(look.columns[word])
            notes.append(CellNote(number - 1, look.columns[word], text))
            unmarked.append(_until_ticked(f"{letter}{number}", f"${review}{number}", unmark, len(unmarked) + 1))
    last = sheet.next_row - 1
    for row in look.foot:
        sheet.add(row, {}, grow=False)
    header = len(look.head)
    right = column_name(len(look.widths) - 1)
    parts, legacy = note_parts(look.parts, look.part, notes)
    book = look.parts.package(look.part, {"xl/styles.xml": look.styles.xml()})
    xml = sheet.xml(
        before_merges=f'<autoFilter ref="A{header}:{right}{last}"/>',
        after_merges="".join(unmarked) + _tick_list(f"{review}{first}:{review}{last}"),
        after_page=legacy,
    )
    names = (
        Name("_xlnm._FilterDatabase", f"{book.quoted_sheet()}!$A${header}:${right}${last}", local=True, hidden=True),
        Name("_xlnm.Print_Titles", f"{book.quoted_sheet()}!${header}:${header}", local=True),
    )
    return book.build(xml, plan_memory.dump(plan), names, f"{plan.plan_id} {plan.revision}", parts)


def _answers_upper(task: Task) -> bool:
    """Whether the columns of the upper task are needed."""
    return bool(task.upper or task.upper_role) or any(mark.field == "upper_role" for mark in task.review)


def _marked_columns(task: Task, cells: dict[str, str]) -> dict[str, str]:
    """The columns to colour, each with the note that says why and what the notice says."""
    notes: dict[str, list[str]] = {}
    for mark in task.open_review:
        columns = [word for word in FIELD_COLUMNS.get(mark.field, ()) if cells[word]]
        for word in columns or FIELD_COLUMNS.get(mark.field, ())[:1] or ("复核",):
            notes.setdefault(word, []).append(_reason(mark.field, mark.reason, mark.evidence or task.source.text))
    if notes:
        notes.setdefault("复核", ["核对标色的单元格后，在这里选“已复核”。"])
    return {word: "\n\n".join(dict.fromkeys(lines)) for word, lines in notes.items()}


def _reason(field: str, reason: str, evidence: str) -> str:
    lines = [f"待复核（{plan_cells.FIELD_WORDS.get(field, field)}）：{reason}"]
    if evidence:
        lines.append(f"原文：{evidence}")
    return "\n".join(lines)


def _until_ticked(cell: str, review_cell: str, style: int, priority: int) -> str:
    """The colour goes when the clerk ticks the row."""
    return (
        f'<conditionalFormatting sqref="{cell}"><cfRule type="expression" dxfId="{style}" priority="{priority}">'
        f'<formula>LEFT({review_cell},{len(REVIEWED)})="{REVIEWED}"</formula></cfRule></conditionalFormatting>'
    )


def _tick_list(area: str) -> str:
    """A drop-down to tick with; other words stay allowed."""
    return (
        '<dataValidations count="1"><dataValidation type="list" allowBlank="1" showInputMessage="1"'
        f' sqref="{area}"><formula1>"{REVIEWED},{TO_REVIEW}"</formula1></dataValidation></dataValidations>'
    )
