"""Cells with their reach over rows and columns → a :class:`Sheet` with spans."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from toolkit.containers import limits
from toolkit.containers.content import Block, Paragraph, Sheet, Span, TableBlock, Value
from toolkit.containers.limits import LimitExceeded
from toolkit.findings import files as found


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a document's table: the rectangle it covers, both ends included, and its text."""

    top: int
    left: int
    bottom: int
    right: int
    text: str


def sheet_of(cells: Iterable[Cell], name: str) -> Sheet:
    """The sheet that the cells make up.

    Columns in which no cell begins exist only because of other tables' edges and are dropped.
    Of two cells that claim one place the first keeps it.  Raises :class:`LimitExceeded` for a table
    larger than any honest one.
    """
    placed = list(cells)
    height = max((cell.bottom for cell in placed), default=-1) + 1
    if height > limits.ROWS or height * len({cell.left for cell in placed}) > limits.AREA:
        raise LimitExceeded(found.TABLE_TOO_LARGE.at())
    columns = {left: column for column, left in enumerate(sorted({cell.left for cell in placed}))}
    starts = sorted(columns)
    rows: list[list[Value]] = [[None] * len(columns) for _ in range(height)]
    spans: list[Span] = []
    for cell in placed:
        left = columns[cell.left]
        right = bisect_right(starts, cell.right) - 1
        if rows[cell.top][left] is None:
            rows[cell.top][left] = cell.text.strip() or None
        if (cell.top, left) != (cell.bottom, right):
            spans.append(Span(cell.top, left, cell.bottom, right))
    while rows and not any(rows[-1]):
        rows.pop()
    return Sheet(name, rows, spans=tuple(_clipped(spans, len(rows))))


def is_layout(cells: Iterable[tuple[int, int, list[Block]]]) -> bool:
    """Whether a table only places other blocks on the page: a single cell, or one row or column with a table inside.

    Each cell is given as its row, its column and its blocks.
    """
    places: set[tuple[int, int]] = set()
    nested = False
    for row, column, blocks in cells:
        places.add((row, column))
        nested = nested or any(isinstance(block, TableBlock) for block in blocks)
    in_line = len({row for row, _ in places}) == 1 or len({column for _, column in places}) == 1
    return len(places) == 1 or (nested and in_line)


def block_text(blocks: Iterable[Block]) -> str:
    """Blocks inside a cell as its text: a paragraph a line, a table row a line with tabs."""
    return "\n".join(line for block in blocks for line in _lines(block))


def _lines(block: Block) -> Iterable[str]:
    if isinstance(block, Paragraph):
        return (block.text,)
    sheet = block.sheet
    return ("\t".join(sheet.text(row, column) for column in range(sheet.width)) for row in range(len(sheet.rows)))


def _clipped(spans: list[Span], height: int) -> Iterable[Span]:
    """Spans as far as the rows that are kept reach."""
    for span in spans:
        if span.top < height:
            yield Span(span.top, span.left, min(span.bottom, height - 1), span.right)
