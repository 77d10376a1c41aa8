"""What happens to the rows and cells of the table (A6, A8, A10, A12, A13, A26)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from openpyxl.utils import get_column_letter

from clerk.damages.answers import some
from clerk.parcel import Parcel, Stage, Unfit, damage
from clerk.table import Table, delete_row, insert_rows
from clerk.truth import LABELS
from toolkit.sample.form import TO_FILL

# --- A6: a row copied ----------------------------------------------------------------------


def _copy_row(table: Table, code: str) -> int:
    insert_rows(table.sheet, table.rows[code] + 1)
    for column in range(1, max(table.columns.values()) + 1):
        table.sheet.cell(table.rows[code] + 1, column).value = table.sheet.cell(table.rows[code], column).value
    return table.rows[code] + 1


@damage("A6-row-copied", Stage.TABLE)
def row_copied(parcel: Parcel) -> None:
    (code,) = some(parcel, 1)
    with parcel.table() as table:
        _copy_row(table, code)
    parcel.tell(code)


@damage("A6-row-copied-and-changed", Stage.TABLE)
def row_copied_and_changed(parcel: Parcel) -> None:
    """Two answers under one code: neither may get lost."""
    (code,) = some(parcel, 1)
    with parcel.table() as table:
        row = _copy_row(table, code)
        table.sheet.cell(row, table.columns["进展说明"]).value = "另一科室补充：已办结37件"
    parcel.tell(code, "error")
    parcel.shown_as_extra.append("另一科室补充：已办结37件")
    parcel.lost |= {(code, field) for field in LABELS}


@damage("A6-row-copied-over-another", Stage.TABLE)
def row_copied_over_another(parcel: Parcel) -> None:
    """The locked cells of one row overwrite those of another: one code twice, one code gone."""
    kept, gone = some(parcel, 2)
    with parcel.table() as table:
        for label in ("编码", "序号", "工作任务", "具体要求"):
            table.cell(gone, label).value = table.cell(kept, label).value
    parcel.tell(kept, "error")
    parcel.lost |= {(code, field) for code in (kept, gone) for field in LABELS}


# --- A8: locked text changed -----------------------------------------------------------------


@damage("A8-requirement-changed", Stage.TABLE)
def requirement_changed(parcel: Parcel) -> None:
    code = parcel.rng.choice(parcel.codes)
    with parcel.table() as table:
        cell = table.cell(code, "具体要求")
        cell.value = str(cell.value)[: len(str(cell.value)) // 2] + "，力争完成。"
    parcel.tell(code, "warning")


@damage("A8-title-changed", Stage.TABLE)
def title_changed(parcel: Parcel) -> None:
    code = parcel.rng.choice(parcel.codes)
    with parcel.table() as table:
        table.cell(code, "工作任务").value = "本单位改写的任务名称"
    parcel.tell(code, "warning")


@damage("A8-code-mistyped", Stage.TABLE)
def code_mistyped(parcel: Parcel) -> None:
    code = parcel.rng.choice(parcel.codes)
    with parcel.table() as table:
        table.cell(code, "编码").value = code[:3] + ("A" if code[3] != "A" else "C") + code[4:]
    parcel.tell(code)


@damage("A8-codes-lower-case", Stage.TABLE)
def codes_lower_case(parcel: Parcel) -> None:
    with parcel.table() as table:
        for code in parcel.codes:
            table.cell(code, "编码").value = f" {code.lower()} "


@damage("A8-numbers-retyped", Stage.TABLE)
def numbers_retyped(parcel: Parcel) -> None:
    """The unit counts its own rows from 1."""
    with parcel.table() as table:
        for number, code in enumerate(parcel.codes, start=1):
            table.cell(code, "序号").value = number


@damage("A8-role-changed", Stage.TABLE)
def role_changed(parcel: Parcel) -> None:
    code = parcel.rng.choice(parcel.codes)
    with parcel.table() as table:
        cell = table.cell(code, "职责")
        cell.value = "配合" if cell.value != "配合" else "牵头"
    parcel.tell(code, "warning")


# --- A10: hidden and filtered -----------------------------------------------------------------


@damage("A10-rows-hidden", Stage.TABLE)
def rows_hidden(parcel: Parcel) -> None:
    with parcel.table() as table:
        for code in some(parcel, 3):
            table.sheet.row_dimensions[table.rows[code]].hidden = True
    parcel.tell()


@damage("A10-filtered", Stage.TABLE)
def filtered(parcel: Parcel) -> None:
    with parcel.table() as table:
        last = table.sheet.cell(table.last, max(table.columns.values())).coordinate
        table.sheet.auto_filter.ref = f"A{table.header}:{last}"
        column = table.columns["完成情况"]
        table.sheet.auto_filter.add_filter_column(column - 1, ["已完成"])
        for row in table.rows.values():
            table.sheet.row_dimensions[row].hidden = table.sheet.cell(row, column).value != "已完成"
    parcel.tell()


@damage("A10-column-hidden", Stage.TABLE)
def column_hidden(parcel: Parcel) -> None:
    with parcel.table() as table:
        for label in ("佐证材料", "具体要求"):
            table.sheet.column_dimensions[get_column_letter(table.columns[label])].hidden = True


@damage("A10-rows-grouped", Stage.TABLE)
def rows_grouped(parcel: Parcel) -> None:
    with parcel.table() as table:
        rows = sorted(table.rows.values())
        table.sheet.row_dimensions.group(rows[1], rows[-1], hidden=True)


# --- A12: emptiness ---------------------------------------------------------------------------


@damage("A12-bordered-empty-rows", Stage.TABLE)
def bordered_empty_rows(parcel: Parcel) -> None:
    from openpyxl.styles import Border, Side

    thin = Border(*(Side("thin") for _ in range(4)))
    with parcel.table() as table:
        below = table.sheet.max_row
        for row in range(below + 1, below + 301):
            for column in range(1, 14):
                table.sheet.cell(row, column).border = thin


@damage("A12-far-styled-cell", Stage.TABLE)
def far_styled_cell(parcel: Parcel) -> None:
    from openpyxl.styles import Font

    with parcel.table() as table:
        table.sheet.cell(1_048_576, 16_384).font = Font(bold=True)


@damage("A12-cleared-row", Stage.TABLE)
def cleared_row(parcel: Parcel) -> None:
    """A task's row was cleared whole: what it asked and what was answered are gone, and that is said."""
    (code,) = some(parcel, 1)
    with parcel.table() as table:
        for column in range(1, max(table.columns.values()) + 1):
            table.sheet.cell(table.rows[code], column).value = None
    parcel.lost |= {(code, field) for field in LABELS}
    parcel.tell(None, "warning", code)


@damage("A12-row-deleted", Stage.TABLE)
def row_deleted(parcel: Parcel) -> None:
    (code,) = some(parcel, 1)
    with parcel.table() as table:
        delete_row(table.sheet, table.rows[code])
    parcel.lost |= {(code, field) for field in LABELS}
    parcel.tell(None, "warning", code)


@damage("A12-blanks-for-empty", Stage.TABLE)
def blanks_for_empty(parcel: Parcel) -> None:
    """Cells cleared with the space bar."""
    with parcel.table() as table:
        for code in parcel.codes:
            for label in TO_FILL:
                if (cell := table.cell(code, label)).value is None:
                    cell.value = parcel.rng.choice((" ", "　", "\n"))


# --- A13: merged cells -------------------------------------------------------------------------


def _run_of(parcel: Parcel, table: Table, length: int) -> list[str]:
    runs = [
        codes
        for i in range(len(parcel.answered) - length + 1)
        for codes in [parcel.answered[i : i + length]]
        if [table.rows.get(code, 0) - table.rows.get(codes[0], 0) for code in codes] == list(range(length))
    ]
    if not runs:
        raise Unfit("no neighbours")
    return parcel.rng.choice(runs)


def _one_answer(parcel: Parcel, fields: dict[str, str], length: int) -> None:
    """One cell over several tasks in each of the columns: the first task's value holds for all."""
    with parcel.table() as table:
        codes = _run_of(parcel, table, length)
        first = parcel.answers[codes[0]]
        for label, field in fields.items():
            column = table.columns[label]
            for code in codes[1:]:
                table.cell(code, label).value = None
                values: dict[str, Any] = {field: getattr(first, field)}
                if field == "status":
                    values["word"] = first.word
                parcel.answers[code] = replace(parcel.answers[code], **values)
                parcel.pointing.add((code, field))
            table.sheet.merge_cells(
                start_row=table.rows[codes[0]], end_row=table.rows[codes[-1]], start_column=column, end_column=column
            )
    parcel.tell()


@damage("A13-status-over-three", Stage.TABLE)
def status_over_three(parcel: Parcel) -> None:
    _one_answer(parcel, {"完成情况": "status"}, 3)


@damage("A13-progress-over-two", Stage.TABLE)
def progress_over_two(parcel: Parcel) -> None:
    _one_answer(parcel, {"进展说明": "progress"}, 2)


@damage("A13-whole-answer-over-two", Stage.TABLE)
def whole_answer_over_two(parcel: Parcel) -> None:
    _one_answer(parcel, {"完成情况": "status", "进展说明": "progress"}, 2)


@damage("A13-header-of-two-rows", Stage.TABLE)
def header_of_two_rows(parcel: Parcel) -> None:
    """A row above the header: 填报内容 over the columns to fill, and the other columns merged over both rows."""
    with parcel.table() as table:
        insert_rows(table.sheet, table.header)
        top, bottom = table.header, table.header + 1
        first, last = table.columns[TO_FILL[0]], table.columns[TO_FILL[-1]]
        for label, column in table.columns.items():
            if label and label not in TO_FILL:
                table.sheet.cell(top, column).value = label
                table.sheet.cell(bottom, column).value = None
                table.sheet.merge_cells(start_row=top, end_row=bottom, start_column=column, end_column=column)
        if last - first == len(TO_FILL) - 1:
            table.sheet.cell(top, first).value = "填报内容"
            table.sheet.merge_cells(start_row=top, end_row=top, start_column=first, end_column=last)


@damage("A13-answer-across-columns", Stage.TABLE)
def answer_across_columns(parcel: Parcel) -> None:
    """进展说明 merged with an empty 佐证材料: the text stands in the first."""
    with parcel.table() as table:
        fitting = [code for code in parcel.answered if not parcel.answers[code].evidence]
        if not fitting or table.columns["佐证材料"] != table.columns["进展说明"] + 1:
            raise Unfit("evidence is filled")
        code = parcel.rng.choice(fitting)
        row, column = table.rows[code], table.columns["进展说明"]
        table.sheet.merge_cells(start_row=row, end_row=row, start_column=column, end_column=column + 1)


# --- A26: more room -----------------------------------------------------------------------------


@damage("A26-row-below-the-table", Stage.TABLE)
def row_below_the_table(parcel: Parcel) -> None:
    """One more piece of work, in a row of its own below the last task."""
    text = "自选动作：开展流动服务车进村12场"
    with parcel.table() as table:
        insert_rows(table.sheet, table.last + 1)
        for label, value in (("工作任务", "本单位补充"), ("完成情况", "已完成"), ("进展说明", text)):
            table.sheet.cell(table.last + 1, table.columns[label]).value = value
    parcel.shown_as_extra.append(text)


@damage("A26-note-beside-the-table", Stage.TABLE)
def note_beside_the_table(parcel: Parcel) -> None:
    text = "详细材料已另送纸质件"
    with parcel.table() as table:
        table.sheet.cell(table.rows[parcel.codes[0]], max(table.columns.values()) + 2).value = text
    parcel.shown_as_extra.append(text)


@damage("A26-answer-continued-below", Stage.TABLE)
def answer_continued_below(parcel: Parcel) -> None:
    """The rest of a long answer stands in a row without a code below it: shown, not dropped."""
    (code,) = some(parcel, 1)
    text = "（续）另有3个点位于9月底前验收"
    with parcel.table() as table:
        row = table.rows[code] + 1
        insert_rows(table.sheet, row)
        table.sheet.cell(row, table.columns["进展说明"]).value = text
    parcel.shown_as_extra.append(text)
