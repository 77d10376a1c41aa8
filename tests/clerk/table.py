"""The form's table in an openpyxl workbook, and rearranging it as a spreadsheet program would."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

_HEADER = frozenset({"编码", "完成情况"})
_CODE = re.compile(r"[0-9A-Z]{4,16}")


class Unfit(Exception):
    """A damage cannot be done to a form as it stands (after another damage)."""


class Places(dict[str, int]):
    """A name (编码, column) → its row or column; one that is not there any more makes the damage unfit."""

    def __missing__(self, name: str) -> int:
        raise Unfit(f"no {name} any more")


@dataclass
class Table:
    """Where the table is: its sheet, header row, columns by name and rows by code (1-based)."""

    book: Any
    sheet: Any
    header: int
    columns: Places
    rows: Places

    @classmethod
    def find(cls, book: Any, words: Set[str] = _HEADER) -> Table:
        """Find the table by ``words`` of its header; raises :class:`Unfit` when it is not to be found any more."""
        for sheet in book.worksheets:
            if sheet.sheet_state != "visible" or sheet.max_row > 10_000:
                continue
            for row in range(1, min(sheet.max_row, 40) + 1):
                columns = Places()
                for column in range(1, min(sheet.max_column, 60) + 1):
                    columns.setdefault(str(sheet.cell(row, column).value or "").strip(), column)
                if words <= columns.keys():
                    codes = ((str(sheet.cell(r, columns["编码"]).value), r) for r in range(row + 1, sheet.max_row + 1))
                    rows = Places()
                    for code, at in codes:
                        if _CODE.fullmatch(code):
                            rows.setdefault(code, at)
                    if rows:
                        return cls(book, sheet, row, columns, rows)
        raise Unfit("no table any more")

    def cell(self, code: str, label: str) -> Any:
        """The cell of a task in a column; one that was merged into another makes the damage unfit."""
        from openpyxl.cell.cell import MergedCell

        cell = self.sheet.cell(self.rows[code], self.columns[label])
        if isinstance(cell, MergedCell):
            raise Unfit("merged into another")
        return cell

    def value(self, code: str, label: str) -> Any:
        """What stands in the cell of a task in a column; nothing when it was merged into another."""
        return self.sheet.cell(self.rows[code], self.columns[label]).value

    @property
    def last(self) -> int:
        """The row of the last task."""
        return max(self.rows.values())

    @property
    def chapters(self) -> list[int]:
        """The rows between the tasks that hold no task."""
        return [row for row in range(self.header + 1, self.last) if row not in self.rows.values()]

    def release(self) -> None:
        """Undo every merge from the header down (rearranging tools choke on them)."""
        for span in list(self.sheet.merged_cells.ranges):
            if span.min_row >= self.header:
                self.sheet.unmerge_cells(span.coord)


@contextmanager
def unmerged(sheet: Any) -> Iterator[list[list[int]]]:
    """The merges as ``[left, top, right, bottom]`` to move, undone while the block runs and done again after it."""
    spans = [list(span.bounds) for span in sheet.merged_cells.ranges]
    for span in list(sheet.merged_cells.ranges):
        sheet.unmerge_cells(span.coord)
    yield spans
    for left, top, right, bottom in spans:
        if right >= left and bottom >= top and (right, bottom) != (left, top):
            sheet.merge_cells(start_row=top, end_row=bottom, start_column=left, end_column=right)


def insert_column(sheet: Any, column: int) -> None:
    """Insert an empty column."""
    with unmerged(sheet) as spans:
        sheet.insert_cols(column)
        for span in spans:
            span[0], span[2] = span[0] + (span[0] >= column), span[2] + (span[2] >= column)


def delete_column(sheet: Any, column: int) -> None:
    """Delete a column."""
    with unmerged(sheet) as spans:
        sheet.delete_cols(column)
        for span in spans:
            span[0], span[2] = span[0] - (span[0] > column), span[2] - (span[2] >= column)


def insert_rows(sheet: Any, row: int, count: int = 1) -> None:
    """Insert empty rows."""
    with unmerged(sheet) as spans:
        sheet.insert_rows(row, count)
        for span in spans:
            span[1], span[3] = span[1] + count * (span[1] >= row), span[3] + count * (span[3] >= row)


def delete_row(sheet: Any, row: int) -> None:
    """Delete a row."""
    with unmerged(sheet) as spans:
        sheet.delete_rows(row)
        for span in spans:
            span[1], span[3] = span[1] - (span[1] > row), span[3] - (span[3] >= row)
