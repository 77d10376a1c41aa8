"""One sheet: what its cells hold and show, and what lies around them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from toolkit.containers.content import Span, Value, column_index
from toolkit.containers.grid import Budget, Grid, picture_id
from toolkit.containers.limits import ROWS, Unreadable
from toolkit.containers.numberformat import NumberFormat, present
from toolkit.containers.values import read_number
from toolkit.containers.xlsx.cells import COLUMNS, KINDS, RawCell, SheetXml, impossible
from toolkit.containers.xlsx.strings import written
from toolkit.containers.xmltree import Element, is_true, local, small_number
from toolkit.findings import files as found

_RANGE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?")


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
        shared.budget.spend(len(block))
        _set_all(grid, block, shared)
    grid.merge(_merges(xml.outline))
    grid.sheet.hidden_rows = frozenset(xml.hidden_rows)
    grid.sheet.hidden_columns = frozenset(_hidden_columns(xml.outline, grid.sheet.width))
    return grid


def _set_all(grid: Grid, cells: list[RawCell], shared: Shared) -> None:
    """Set cells; nearly all are shared strings that come in order, so these go the shortest way."""
    rows, strings = grid.sheet.rows, shared.strings
    for cell in cells:
        letters, digits, attributes, _, _, text, _ = cell
        row, column = int(digits) - 1, COLUMNS[letters]
        if not text or KINDS[attributes][1] != "s":
            _set(grid, cell, row, column, shared)
            continue
        try:
            index = int(text)
            value = strings[index]
        except (ValueError, IndexError) as failure:
            raise Unreadable(found.STRING_MISSING.at(sheet=grid.sheet.name)) from failure
        if index < 0:
            raise Unreadable(found.STRING_MISSING.at(sheet=grid.sheet.name))
        if not value:
            continue
        if 0 <= row < len(rows) and len(line := rows[row]) == column:
            line.append(value)
        else:
            _put(grid, row, column, value)


def _set(grid: Grid, cell: RawCell, row: int, column: int, shared: Shared) -> None:
    """Set a cell that is no shared string."""
    _, _, attributes, other, formula, text, inline = cell
    style, kind, rich = KINDS[attributes]
    seen = written(text or inline)
    if formula or other:
        calculation = written(formula)
        if picture := picture_id(calculation) or picture_id(seen):
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
    if not 0 <= row < ROWS:
        raise impossible(str(row + 1))
    grid.set(row, column, value, shown)


def _iso(text: str) -> Value:
    """An ISO date of a strict workbook; text when it is none."""
    for read in (date.fromisoformat, datetime.fromisoformat, time.fromisoformat):
        try:
            return read(text.rstrip("Z"))
        except ValueError:
            continue
    return text


def read_range(text: str) -> Span | None:
    """``B2:C3`` as a span."""
    match = _RANGE.fullmatch(text.strip())
    if match is None:
        return None
    left, top, right, bottom = match.groups()
    first, last = column_index(left), column_index(right or left)
    rows = int(top) - 1, int(bottom or top) - 1
    return Span(min(rows), min(first, last), max(rows), max(first, last))


def _merges(outline: Element) -> Iterator[Span]:
    for part in outline:
        if local(part) == "mergeCells":
            for merge in part:
                if (span := read_range(merge.get("ref", ""))) is not None:
                    yield span


def _hidden_columns(outline: Element, width: int) -> Iterator[int]:
    for part in outline:
        if local(part) == "cols":
            for column in part:
                if is_true(column.get("hidden")):
                    yield from range(small_number(column.get("min")) - 1, min(small_number(column.get("max")), width))
