"""One sheet: what its cells hold and show, and what lies around them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import groupby
from operator import itemgetter

from toolkit.containers.content import Value
from toolkit.containers.grid import Budget, Grid, picture_id
from toolkit.containers.limits import ROWS, Unreadable
from toolkit.containers.numberformat import NumberFormat, present
from toolkit.containers.values import read_number
from toolkit.containers.xlsx.cells import COLUMNS, KINDS, RawCell, SheetXml, impossible
from toolkit.containers.xmltree import is_true
from toolkit.findings import files as found

_DIGITS = itemgetter(1)


@dataclass(frozen=True, slots=True)
class Shared:
    """What all sheets of a workbook share."""

    strings: Sequence[str]
    formats: Sequence[NumberFormat | None]
    date1904: bool
    budget: Budget
    cell_pictures: dict[str, str]
    """Id of a DISPIMG picture → its name."""


def read_sheet(name: str, xml: SheetXml, shared: Shared) -> Grid:
    """The cells, merges and hidden rows and columns of a sheet; raises ``Unreadable``."""
    grid = Grid(name)
    for block in xml.cells():
        shared.budget.spend(_set_all(grid, block, shared))
    grid.merge(xml.outline.spans)
    grid.sheet.hidden_rows = frozenset(xml.hidden_rows)
    grid.sheet.hidden_columns = xml.outline.hidden_columns(grid.sheet.width)
    return grid


def _set_all(grid: Grid, cells: list[RawCell], shared: Shared) -> int:
    """Set cells and tell how many are not blank; nearly all are texts in order, so these go the shortest way."""
    strings = shared.strings
    blank = 0
    for digits, line in groupby(cells, _DIGITS):
        row = int(digits) - 1
        values: list[Value] | None = None
        for cell in line:
            letters, _, attributes, other, formula, text, inline = cell
            kind = KINDS[attributes][1]
            if text and kind == "s":
                value = _shared_string(strings, text, grid)
            elif inline and kind == "inlineStr" and not formula and not other:
                value = inline
            elif text or inline or formula or other:
                _set(grid, cell, row, COLUMNS[letters], shared)
                continue
            else:
                blank += 1
                continue
            if value:
                column = COLUMNS[letters]
                if values is None:
                    values = _line(grid, row, column)
                if len(values) == column:
                    values.append(value)
                else:
                    grid.put(values, row, column, value)
    return len(cells) - blank


def _shared_string(strings: Sequence[str], text: str, grid: Grid) -> str:
    try:
        index = int(text)
        value = strings[index]
    except (ValueError, IndexError) as failure:
        raise Unreadable(found.STRING_MISSING.at(sheet=grid.sheet.name)) from failure
    if index < 0:
        raise Unreadable(found.STRING_MISSING.at(sheet=grid.sheet.name))
    return value


def _set(grid: Grid, cell: RawCell, row: int, column: int, shared: Shared) -> None:
    """Set a cell that is no plain text."""
    _, _, attributes, other, formula, text, inline = cell
    style, kind, rich = KINDS[attributes]
    seen = text or inline
    if formula or other:
        if picture := picture_id(formula) or picture_id(seen):
            grid.pictures.append((row, column, shared.cell_pictures.get(picture, picture)))
            return
        if not seen:
            grid.uncalculated.add((row, column))
            return
    if not seen:
        return
    if kind == "n":
        number = read_number(seen)
        number_format = shared.formats[style] if style < len(shared.formats) else None
        if number_format is None or isinstance(number, str):
            _put(grid, row, column, number)
        else:
            _put(grid, row, column, *present(number_format, number, shared.date1904))
    elif kind == "e" and rich:
        grid.pictures.append((row, column, "单元格图片"))
    elif kind == "e":
        grid.errors.add((row, column))
        _put(grid, row, column, seen)
    elif kind == "b":
        _put(grid, row, column, is_true(seen))
    elif kind == "d":
        _put(grid, row, column, _iso(seen))
    else:
        _put(grid, row, column, seen)


def _put(grid: Grid, row: int, column: int, value: Value, shown: str | None = None) -> None:
    grid.put(_line(grid, row, column), row, column, value, shown)


def _line(grid: Grid, row: int, column: int) -> list[Value]:
    if not 0 <= row < ROWS:
        raise impossible(str(row + 1))
    return grid.line(row, column)


def _iso(text: str) -> Value:
    """An ISO date of a strict workbook; text when it is none."""
    for read in (date.fromisoformat, datetime.fromisoformat, time.fromisoformat):
        try:
            return read(text.rstrip("Z"))
        except ValueError:
            continue
    return text
