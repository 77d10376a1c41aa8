"""BIFF workbooks (.xls, WPS's .et): checked record by record, then read by xlrd.

xlrd tells what calamine does not (error cells, number formats, hidden rows, comments) and, written in Python,
cannot take the process down; it is given the bare workbook stream, so that its own reading of compound files,
which trusts their chains, is never used.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from toolkit.containers.biffdrawing import floating_pictures
from toolkit.containers.content import Content, FileKind, Span
from toolkit.containers.grid import Budget, Grid, picture_id
from toolkit.containers.limits import Damaged, LimitExceeded
from toolkit.containers.numberformat import parse, present
from toolkit.containers.ole2 import MAGIC, DamagedOle2, Ole2
from toolkit.containers.ole2_properties import custom_properties, saved_time
from toolkit.findings import files as found

if TYPE_CHECKING:
    from xlrd.book import Book
    from xlrd.sheet import Sheet as XlrdSheet

_DIMENSIONS, _SST, _SUPBOOK = 0x0200, 0x00FC, 0x01AE
_ROWS, _COLUMNS = 65_536, 256
_SMALLEST_STRING = 3
"""Bytes of the shortest string in the shared string table."""
_ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}


def read_xls(data: bytes, name: str = "") -> Content:
    """The workbook in ``data`` (``name`` is not needed); raises ``Unreadable``."""
    content = Content(FileKind.XLS)
    stream = data
    if data.startswith(MAGIC):
        try:
            compound = Ole2(data)
            stream = compound.read("Workbook" if "Workbook" in compound else "Book")
        except DamagedOle2 as failure:
            raise LimitExceeded(failure.finding) from failure
        except KeyError as failure:
            raise LimitExceeded(found.XLS_DAMAGED.at(reason="缺少工作簿主体")) from failure
        content.modified = saved_time(compound)
        content.properties = custom_properties(compound)
        content.has_macros = "_VBA_PROJECT_CUR" in compound
    content.external_links = max(0, check_records(stream) - 1)
    try:
        _read_book(content, stream)
    except (LimitExceeded, KeyboardInterrupt, MemoryError):
        raise
    except Exception as failure:  # xlrd raises whatever its unpacking of damaged records raises
        raise Damaged(found.XLS_DAMAGED.at(reason=f"{type(failure).__name__}: {failure}")) from failure
    return content


def check_records(stream: bytes) -> int:
    """Check that records lie inside the stream and claim no more than it holds; gives the linked workbooks.

    Raises :class:`LimitExceeded`.  The workbook itself counts as one of those that are linked.
    """
    linked = 0
    for kind, offset, length in _records(stream):
        if kind == _SST and length >= 8:
            unique = struct.unpack_from("<I", stream, offset + 4)[0]
            if unique * _SMALLEST_STRING > len(stream):
                raise LimitExceeded(found.XLS_DAMAGED.at(reason="文字表的数目不实"))
        elif kind == _DIMENSIONS and length >= 12:
            rows, first, last = struct.unpack_from("<IHH", stream, offset + 4)
            if rows > _ROWS or first > _COLUMNS or last > _COLUMNS:
                raise LimitExceeded(found.XLS_DAMAGED.at(reason="表格范围不实"))
        elif kind == _SUPBOOK:
            linked += 1
    return linked


def _records(stream: bytes) -> Iterator[tuple[int, int, int]]:
    """Kind, offset of the body and its length of every record; raises :class:`LimitExceeded` for one cut short."""
    offset = 0
    while offset + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, offset)
        if kind == 0 and length == 0:
            return  # padding behind the last record
        if offset + 4 + length > len(stream):
            raise LimitExceeded(found.XLS_DAMAGED.at(reason="内容不完整"))
        yield kind, offset + 4, length
        offset += 4 + length


def _read_book(content: Content, stream: bytes) -> None:
    import xlrd

    book = xlrd.open_workbook(
        file_contents=stream, logfile=io.StringIO(), formatting_info=True, ragged_rows=True, on_demand=True
    )
    content.names = {item.name: item.result.text if item.result else "" for item in book.name_obj_list}
    budget = Budget()
    pictures = floating_pictures(stream)
    for index in range(book.nsheets):
        sheet = book.sheet_by_index(index)
        grid = _read_sheet(book, sheet, budget)
        grid.pictures += pictures.get(book._sh_abs_posn[index], ())
        done = grid.finish()
        done.visible = sheet.visibility == 0
        done.very_hidden = sheet.visibility == 2
        content.sheets.append(done)
        book.unload_sheet(index)


def _read_sheet(book: Book, sheet: XlrdSheet, budget: Budget) -> Grid:
    grid = Grid(sheet.name)
    for row in range(sheet.nrows):
        cells = [(column, cell) for column, cell in enumerate(sheet.row(row)) if cell.ctype not in (0, 6)]
        budget.spend(len(cells))
        for column, cell in cells:
            _set(grid, book, row, column, cell)
    grid.merge(Span(top, left, bottom - 1, right - 1) for top, bottom, left, right in sheet.merged_cells)
    done = grid.sheet
    done.hidden_rows = frozenset(row for row, info in sheet.rowinfo_map.items() if info.hidden)
    done.hidden_columns = frozenset(
        column for column, info in sheet.colinfo_map.items() if info.hidden and column < done.width
    )
    done.notes = {place: note.text for place, note in sheet.cell_note_map.items()}
    return grid


def _set(grid: Grid, book: Book, row: int, column: int, cell: Any) -> None:
    import xlrd

    value = cell.value
    if cell.ctype == xlrd.XL_CELL_TEXT:
        if picture := picture_id(value):
            grid.pictures.append((row, column, picture))
        elif value:
            grid.set(row, column, value)
    elif cell.ctype == xlrd.XL_CELL_ERROR:
        grid.errors.add((row, column))
        grid.set(row, column, _ERRORS.get(value, "#N/A"))
    elif cell.ctype == xlrd.XL_CELL_BOOLEAN:
        grid.set(row, column, bool(value))
    else:
        number = int(value) if float(value).is_integer() else value
        code = book.format_map[book.xf_list[cell.xf_index].format_key].format_str
        number_format = parse(code)
        if number_format is None:
            grid.set(row, column, number)
        else:
            grid.set(row, column, *present(number_format, number, bool(book.datemode)))
