"""The shape of tables as word processors keep them: rows of cells between edges, merged downwards by marks.

.docx, .doc and .rtf tell the same things in three ways; here they become rectangles.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from itertools import pairwise
from typing import Generic, TypeVar

from toolkit.containers.content import Block, Paragraph, TableBlock
from toolkit.containers.documents.grid import Cell, sheet_of

Held = TypeVar("Held")

_SLIVER = 150
"""Twentieths of a point (2.6 mm): edges that close together are one edge that someone dragged by hand."""


class Merge(Enum):
    """How a cell is merged with those above and below it."""

    NONE = "none"
    FIRST = "first"
    CONTINUED = "continued"


@dataclass(frozen=True, slots=True)
class RowCell(Generic[Held]):
    """A cell of a row, between two edges; ``held`` is its text or its element."""

    begin: int
    end: int
    held: Held
    merge: Merge = Merge.NONE


@dataclass(slots=True)
class Placed(Generic[Held]):
    """A cell and the rectangle it covers, both ends included."""

    top: int
    left: int
    bottom: int
    right: int
    held: Held


def placed(
    rows: Sequence[Sequence[RowCell[Held]]], position: Callable[[int], int | None] = lambda edge: edge
) -> list[Placed[Held]]:
    """The cells of a table, row by row; what merged cells hold below their first one is not shown and left out.

    ``position`` gives the place of an edge in twentieths of a point, ``None`` when it is not known.
    """
    columns = _columns({(cell.begin, cell.end) for row in rows for cell in row}, position)
    cells: list[Placed[Held]] = []
    above: dict[int, Placed[Held]] = {}
    for top, row in enumerate(rows):
        for cell in row:
            left = columns[cell.begin]
            opened = above.get(left)
            if cell.merge is Merge.CONTINUED and opened is not None and opened.bottom == top - 1:
                opened.bottom = top
                continue
            new = Placed(top, left, top, max(left, columns[cell.end] - 1), cell.held)
            cells.append(new)
            if cell.merge is Merge.NONE:
                above.pop(left, None)
            else:
                above[left] = new
    return cells


def _columns(cells: set[tuple[int, int]], position: Callable[[int], int | None]) -> dict[int, int]:
    """Edges → columns.  Edges a hair apart are joined, unless a cell fits between them."""
    edges = sorted({edge for cell in cells for edge in cell})
    columns, column = {edges[0]: 0} if edges else {}, 0
    for before, edge in pairwise(edges):
        if _is_apart(position(before), position(edge)) or (before, edge) in cells:
            column += 1
        columns[edge] = column
    return columns


def _is_apart(before: int | None, edge: int | None) -> bool:
    return before is None or edge is None or edge - before >= _SLIVER


def joined_sideways(cells: Iterable[tuple[RowCell[Held], bool]]) -> list[RowCell[Held]]:
    """The cells of a row; one marked as belonging to the cell before it only makes that one wider."""
    row: list[RowCell[Held]] = []
    for cell, belongs in cells:
        if belongs and row:
            row[-1] = replace(row[-1], end=cell.end)
        else:
            row.append(cell)
    return row


def text_table(rows: Sequence[Sequence[RowCell[str]]], name: str) -> Iterator[Block]:
    """A table of texts as a block of that name; a table of one cell is a frame around paragraphs."""
    cells = placed(rows)
    if len(cells) == 1:
        yield from (Paragraph(line.strip()) for line in cells[0].held.splitlines() if line.strip())
    elif cells:
        yield TableBlock(sheet_of((Cell(c.top, c.left, c.bottom, c.right, c.held) for c in cells), name))


def evenly(texts: Iterable[str]) -> list[RowCell[str]]:
    """Cells of a row that says nothing of its edges: side by side, well apart."""
    return [RowCell(at * 1_000, (at + 1) * 1_000, text) for at, text in enumerate(texts)]
