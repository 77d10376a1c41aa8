"""Puts tables onto worksheets: looks, widths, heights, print setup."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from toolkit.workbooks.cells import cut, holdable
from toolkit.workbooks.row_heights import line_count, row_height
from toolkit.workbooks.summary.table import Cell, Row, Scalar, Table, Value, value_of

_BODY_SIZE = 10.5


@dataclass(frozen=True, slots=True)
class Layout:
    """How one sheet is laid out: widths by header, centred columns, number formats."""

    widths: dict[str, float]
    title: str


class Painter:
    """Writes tables into one workbook."""

    def __init__(self, book: Any, looks: dict[str, dict[str, Any]]) -> None:
        self._book = book
        self._looks = looks
        self._formats: dict[tuple[Any, ...], Any] = {}

    def format(self, *names: str) -> Any:
        """The format of the named looks laid over each other."""
        if names not in self._formats:
            properties: dict[str, Any] = {}
            for name in names:
                properties |= self._looks.get(name, {})
            self._formats[names] = self._book.add_format(properties)
        return self._formats[names]

    def paint(self, table: Table, layout: Layout, subtitle: str) -> Any:
        """A worksheet that shows the table."""
        sheet = self._book.add_worksheet(table.sheet)
        last = len(table.headers) - 1
        widths = [layout.widths.get(header, 10.0) for header in table.headers]
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        sheet.merge_range(0, 0, 0, last, _text(layout.title), self.format("title"))
        sheet.set_row(0, 34)
        sheet.merge_range(1, 0, 1, last, _text(subtitle), self.format("subtitle"))
        for column, header in enumerate(table.headers):
            sheet.write_string(2, column, _text(header), self.format("header"))
        count = 0
        for count, row in enumerate(table.rows, 1):
            self._row(sheet, count + 2, row, table.headers, widths)
        for merge in table.merges:
            first = table.rows[merge.first]  # type: ignore[index]
            sheet.merge_range(
                merge.first + 3,
                merge.column,
                merge.last + 3,
                merge.column,
                _text(str(value_of(first.values[merge.column]))),
                self.format("body"),
            )
        for offset, note in enumerate(table.notes):
            sheet.merge_range(count + 3 + offset, 0, count + 3 + offset, last, _text(note), self.format("note"))
        sheet.freeze_panes(3, 0)
        sheet.autofilter(2, 0, max(count + 2, 3), last)
        sheet.repeat_rows(2)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer("&C第 &P 页，共 &N 页")
        return sheet

    def _row(self, sheet: Any, number: int, row: Row, headers: tuple[str, ...], widths: list[float]) -> None:
        if row.banner is not None:
            sheet.merge_range(number, 0, number, len(headers) - 1, _text(row.banner), self.format("banner"))
            return
        lines = 1
        for column, value in enumerate(row.values):
            plain = value_of(value)
            if isinstance(plain, str):
                lines = max(lines, line_count(plain, widths[column], _BODY_SIZE))
            self._cell(sheet, number, column, value, plain, headers[column])
        sheet.set_row(number, row_height(lines, _BODY_SIZE))

    def _cell(self, sheet: Any, row: int, column: int, value: Value, plain: Scalar, header: str) -> None:
        look = ["body"]
        if isinstance(value, Cell) and value.mark:
            look.append(value.mark)
        if plain is None or plain == "":
            sheet.write_blank(row, column, None, self.format(*look))
        elif isinstance(plain, date):
            sheet.write_datetime(row, column, plain, self.format(*look, "date"))
        elif isinstance(plain, int | float):
            look += ["percent"] if header.endswith("率") else []
            sheet.write_number(row, column, plain, self.format(*look))
        elif isinstance(value, Cell) and value.link:
            sheet.write_url(row, column, value.link, self.format(*look, "link"), _text(plain))
        else:
            sheet.write_string(row, column, _text(plain), self.format(*look))


def _text(text: str) -> str:
    return cut(holdable(text))
