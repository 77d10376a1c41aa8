"""One sheet: what its cells hold and show, and what lies around them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from toolkit.containers.content import Span, Value, column_index
from toolkit.containers.grid import Budget, Grid, picture_id
from toolkit.containers.limits import Unreadable
from toolkit.containers.numberformat import NumberFormat, present
from toolkit.containers.values import read_number
from toolkit.containers.xlsx.cells import RawCell, SheetXml
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
        row, column, _, kind, text, _, _ = cell
        if kind != "s":
            _set(grid, cell, shared)
            continue
        if not text:
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
        if row < len(rows) and len(line := rows[row]) == column:
            line.append(value)
        else:
            grid.set(row, column, value)


def _set(grid: Grid, cell: RawCell, shared: Shared) -> None:
    """Set a cell that is no shared string."""
    row, column, style, kind, text, formula, rich = cell
    if formula is not None:
        if picture := picture_id(formula) or picture_id(text or ""):
            grid.pictures.append((row, column, shared.cell_pictures.get(picture, picture)))
            return
        if text is None or (not text and kind != "str"):
            grid.uncalculated.add((row, column))
            return
    if not text:
        return
    if kind == "n":
        number_format = shared.formats[style] if style < len(shared.formats) else None
        number = read_number(text)
        if isinstance(number, str) or number_format is None:
            grid.set(row, column, number)
        else:
            grid.set(row, column, *present(number_format, number, shared.date1904))
    elif kind == "e":
        if rich:
            grid.pictures.append((row, column, "单元格图片"))
            return
        grid.errors.add((row, column))
        grid.set(row, column, text)
    elif kind == "b":
        grid.set(row, column, is_true(text))
    elif kind == "d":
        grid.set(row, column, _iso(text))
    else:
        grid.set(row, column, text)


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
