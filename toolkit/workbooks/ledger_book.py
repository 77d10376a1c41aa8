"""Plain tables as one workbook: the whole ledger for an archive, the answer to a question."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from toolkit import opc
from toolkit.workbooks.cells import cut
from toolkit.workbooks.sheet_xml import looks_live

Rows = Sequence[tuple[object, ...]]
_MOST_ROWS = 1_000_000
_WIDTH = 16.0
_WIDE = {"进展说明": 60.0, "佐证材料": 30.0, "问题": 60.0, "怎么办": 40.0, "内容": 60.0, "文件": 46.0, "工作任务": 30.0}


@dataclass(frozen=True, slots=True)
class LedgerTable:
    """One table: its title and headers on screen, its rows."""

    title: str
    headers: tuple[str, ...]
    rows: Rows

    def csv(self) -> bytes:
        """The table as CSV (UTF-8 with a mark); text that a spreadsheet would calculate keeps an apostrophe."""
        stream = io.StringIO()
        writer = csv.writer(stream, lineterminator="\r\n")
        writer.writerow(self.headers)
        writer.writerows([_plain(value) for value in row] for row in self.rows)
        return stream.getvalue().encode("utf-8-sig", "replace")

    def parts(self) -> Iterator[tuple[str, Rows]]:
        """Sheet by sheet what a sheet can hold."""
        for number, start in enumerate(range(0, max(len(self.rows), 1), _MOST_ROWS), 1):
            name = self.title if number == 1 else f"{self.title}({number})"
            yield name, self.rows[start : start + _MOST_ROWS]


def render(tables: Sequence[LedgerTable], day: date, title: str = "台账") -> bytes:
    """The workbook as sealed bytes, a sheet a table; ``title`` and ``day`` stand in its properties."""
    import xlsxwriter

    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(stream, options)
    book.set_properties({"title": title, "created": datetime.combine(day, time())})
    base = {"font_name": "仿宋_GB2312", "font_size": 11, "valign": "top", "text_wrap": True, "border": 1}
    header = book.add_format({**base, "font_name": "黑体", "align": "center", "bg_color": "#DCE6F1"})
    body = book.add_format({**base, "num_format": "@"})
    number = book.add_format({**base, "num_format": "0"})
    fraction = book.add_format({**base, "num_format": "General"})
    for table in tables:
        for name, rows in table.parts():
            _write(book.add_worksheet(name), table.headers, rows, header, body, number, fraction)
    book.close()
    return opc.write_parts(opc.sealed(opc.read_parts(stream.getvalue())))


def _write(sheet: Any, headers: Sequence[str], rows: Rows, header: Any, body: Any, number: Any, fraction: Any) -> None:
    for column, word in enumerate(headers):
        sheet.set_column(column, column, _WIDE.get(word, _WIDTH))
        sheet.write_string(0, column, word, header)
    for row, values in enumerate(rows, 1):
        for column, value in enumerate(values):
            if isinstance(value, int | float):
                sheet.write_number(row, column, value, number if isinstance(value, int) else fraction)
            else:
                sheet.write_string(row, column, cut(opc.holdable(str(value or ""))), body)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(len(rows), 1), len(headers) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _plain(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and looks_live(value) else value
