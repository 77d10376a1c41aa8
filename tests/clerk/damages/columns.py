"""Columns and rows are moved, inserted, deleted, renamed (A1)."""

from __future__ import annotations

from copy import copy
from dataclasses import replace

from openpyxl.utils import get_column_letter

from clerk.parcel import Parcel, Stage, Unfit, damage
from clerk.table import Table, delete_column, delete_row, insert_column, insert_rows
from toolkit.sample.form import TO_FILL


@damage("A1-columns-behind-a-gap", Stage.TABLE)
def columns_behind_a_gap(parcel: Parcel) -> None:
    with parcel.table() as table:
        table.release()
        first, last = (get_column_letter(table.columns[label]) for label in (TO_FILL[0], TO_FILL[-1]))
        table.sheet.move_range(f"{first}{table.header}:{last}{table.last}", cols=7)


def _reorder(table: Table, order: list[int]) -> None:
    """Put the columns of the table in another order, header and body."""
    table.release()
    for row in range(table.header, table.last + 1):
        cells = [table.sheet.cell(row, column) for column in sorted(order)]
        kept = {cell.column: (cell.value, copy(cell._style)) for cell in cells}
        for cell, column in zip(cells, order, strict=True):
            cell.value, cell._style = kept[column]


@damage("A1-columns-reversed", Stage.TABLE)
def columns_reversed(parcel: Parcel) -> None:
    with parcel.table() as table:
        _reorder(table, sorted(table.columns.values(), reverse=True))


@damage("A1-columns-shuffled", Stage.TABLE)
def columns_shuffled(parcel: Parcel) -> None:
    with parcel.table() as table:
        _reorder(table, parcel.rng.sample(sorted(table.columns.values()), len(table.columns)))


@damage("A1-empty-column-inserted", Stage.TABLE)
def empty_column_inserted(parcel: Parcel) -> None:
    with parcel.table() as table:
        insert_column(table.sheet, parcel.rng.randint(2, table.columns["备注"]))


@damage("A1-own-column-inserted", Stage.TABLE)
def own_column_inserted(parcel: Parcel) -> None:
    """A column of the unit's own between the others: its texts are shown, not dropped."""
    with parcel.table() as table:
        column = table.columns["进展说明"]
        insert_column(table.sheet, column)
        table.sheet.cell(table.header, column).value = "分管领导意见"
        table.sheet.cell(table.rows[parcel.codes[0]], column).value = "同意报送，请办公室核稿"
    parcel.shown_as_extra.append("同意报送，请办公室核稿")


@damage("A1-column-deleted", Stage.TABLE)
def column_deleted(parcel: Parcel) -> None:
    with parcel.table() as table:
        delete_column(table.sheet, table.columns[parcel.rng.choice(("上期情况", "工作提示", "职责", "完成时限"))])


@damage("A1-remark-column-deleted", Stage.TABLE)
def remark_column_deleted(parcel: Parcel) -> None:
    for code in parcel.answered:
        if parcel.answers[code].remark:
            parcel.answer(code, replace(parcel.answers[code], remark=""))
    with parcel.table() as table:
        delete_column(table.sheet, table.columns["备注"])
    parcel.tell(None, "warning", "备注")


@damage("A1-code-column-deleted", Stage.BOOK)
def code_column_deleted(parcel: Parcel) -> None:
    """Matched by number and text; the first label below the table goes with the column."""
    with parcel.table() as table:
        delete_column(table.sheet, table.columns["编码"])
    parcel.tell()


@damage("A1-codes-and-numbers-deleted", Stage.BOOK)
def codes_and_numbers_deleted(parcel: Parcel) -> None:
    """Matched by text alone."""
    with parcel.table() as table:
        delete_column(table.sheet, table.columns["编码"])
        delete_column(table.sheet, table.columns["序号"] - 1)
    parcel.tell()


@damage("A1-rows-reversed", Stage.TABLE)
def rows_reversed(parcel: Parcel) -> None:
    with parcel.table() as table:
        table.release()
        rows = sorted(table.rows.values())
        width = max(table.columns.values())
        kept = {row: [table.sheet.cell(row, c).value for c in range(1, width + 1)] for row in rows}
        for row, source in zip(rows, reversed(rows), strict=True):
            for column, value in enumerate(kept[source], start=1):
                table.sheet.cell(row, column).value = value


@damage("A1-chapter-rows-deleted", Stage.TABLE)
def chapter_rows_deleted(parcel: Parcel) -> None:
    with parcel.table() as table:
        if not table.chapters:
            raise Unfit("no chapters")
        for row in reversed(table.chapters):
            delete_row(table.sheet, row)


@damage("A1-empty-rows-between", Stage.TABLE)
def empty_rows_between(parcel: Parcel) -> None:
    with parcel.table() as table:
        for row in sorted(table.rows.values(), reverse=True)[::3]:
            insert_rows(table.sheet, row, parcel.rng.randint(1, 2))


@damage("A1-title-rows-deleted", Stage.TABLE)
def title_rows_deleted(parcel: Parcel) -> None:
    with parcel.table() as table:
        for _ in range(table.header - 1):
            delete_row(table.sheet, 1)


@damage("A1-header-words-changed", Stage.TABLE)
def header_words_changed(parcel: Parcel) -> None:
    with parcel.table() as table:
        for label, words in (("进展说明", "进展说明（必填）"), ("佐证材料", "佐证 材料"), ("备注", "备 注")):
            table.sheet.cell(table.header, table.columns[label]).value = words


@damage("A1-header-repeated", Stage.TABLE)
def header_repeated(parcel: Parcel) -> None:
    """The header is copied in front of a later page of the table."""
    with parcel.table() as table:
        row = sorted(table.rows.values())[len(table.rows) // 2]
        insert_rows(table.sheet, row)
        for label, column in table.columns.items():
            table.sheet.cell(row, column).value = label


@damage("A1-table-moved", Stage.TABLE)
def table_moved(parcel: Parcel) -> None:
    with parcel.table() as table:
        insert_rows(table.sheet, 1, 9)
        for _ in range(3):
            insert_column(table.sheet, 1)
