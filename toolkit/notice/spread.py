"""A table with its spans spread: for every place the cell that prints it."""

from __future__ import annotations

from dataclasses import dataclass

from toolkit.containers.content import Sheet, Span


@dataclass(frozen=True, slots=True)
class Spread:
    """A cell of the expanded grid: its text and the cell that prints it."""

    text: str
    row: int
    column: int
    bottom: int
    right: int


Grid = list[list[Spread]]


def expand(sheet: Sheet) -> Grid:
    """The places of a table, row by row."""
    width = sheet.width
    grid: Grid = []
    spans: dict[tuple[int, int], Span] = {}
    for merged in sheet.spans:
        for row in range(merged.top, min(merged.bottom, len(sheet.rows) - 1) + 1):
            spans |= {(row, column): merged for column in range(merged.left, min(merged.right, width - 1) + 1)}
    for row in range(len(sheet.rows)):
        line = []
        for column in range(width):
            span = spans.get((row, column)) or Span(row, column, row, column)
            line.append(Spread(sheet.text(span.top, span.left), span.top, span.left, span.bottom, span.right))
        grid.append(line)
    return grid


def own(cell: Spread, row: int, column: int) -> bool:
    """Whether a cell is printed at this place itself, rather than spanning it."""
    return (cell.row, cell.column) == (row, column)
