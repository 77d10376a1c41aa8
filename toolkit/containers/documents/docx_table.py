"""The shape of a Word table: which rectangle each cell covers (ECMA-376, 17.4)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate, pairwise

from lxml import etree

from toolkit.containers.documents.docx_parts import W, number, value

_WRAPPERS = frozenset(W + name for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo"))
_SLIVER = 150
"""Twentieths of a point (2.6 mm): edges that close together are one edge that someone dragged by hand."""
_WIDEST = 16_384


@dataclass(slots=True)
class ShapedCell:
    """A cell element and the rectangle it covers, both ends included."""

    element: etree._Element
    top: int
    left: int
    bottom: int
    right: int


def shape(table: etree._Element) -> list[ShapedCell]:
    """The visible cells of a table, row by row; what a change deleted is not among them."""
    placed = [list(_row(row)) for row in _inner(table, W + "tr") if not _is_deleted(row)]
    columns = _columns(table, [span for row in placed for _, *span in row])
    cells: list[ShapedCell] = []
    above: dict[int, ShapedCell] = {}
    for top, row in enumerate(placed):
        for element, begin, end in row:
            left, right = columns[begin], columns[end] - 1
            if _continues(element, "vMerge") and left in above and above[left].bottom == top - 1:
                above[left].bottom = top
                continue
            cell = ShapedCell(element, top, left, top, right)
            cells.append(cell)
            if element.find(f"{W}tcPr/{W}vMerge") is not None:
                above[left] = cell
            else:
                above.pop(left, None)
    return cells


def _inner(element: etree._Element, tag: str) -> Iterator[etree._Element]:
    """Children of one kind, also those that content controls and insertions wrap."""
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag in _WRAPPERS:
            yield from _inner(child, tag)


def _is_deleted(row: etree._Element) -> bool:
    return row.find(f"{W}trPr/{W}del") is not None


def _row(row: etree._Element) -> Iterator[tuple[etree._Element, int, int]]:
    """Cells with the grid edges they lie between; cells merged sideways the old way count as one."""
    edge = min(max(number(row.find(W + "trPr"), "gridBefore") or 0, 0), _WIDEST)
    waiting: tuple[etree._Element, int, int] | None = None
    for cell in _inner(row, W + "tc"):
        span = min(max(number(cell.find(W + "tcPr"), "gridSpan") or 1, 1), _WIDEST)
        if waiting and _continues(cell, "hMerge"):
            waiting = waiting[0], waiting[1], edge + span
        else:
            if waiting:
                yield waiting
            waiting = cell, edge, edge + span
        edge += span
    if waiting:
        yield waiting


def _continues(cell: etree._Element, merge: str) -> bool:
    """Whether a cell belongs to the one above it (``vMerge``) or beside it (``hMerge``)."""
    element = cell.find(f"{W}tcPr/{W}{merge}")
    return element is not None and value(cell, "tcPr", merge) in (None, "continue")


def _columns(table: etree._Element, spans: list[list[int]]) -> dict[int, int]:
    """Grid edges → columns.  Edges a hair apart are joined, unless a cell fits between them."""
    widths = [_width(column) for column in table.iterfind(f"{W}tblGrid/{W}gridCol")]
    places = [0, *accumulate(widths)]
    cells = {(begin, end) for begin, end in spans}
    edges = sorted({edge for cell in cells for edge in cell})
    columns, column = {edges[0]: 0} if edges else {}, 0
    for before, edge in pairwise(edges):
        known = edge < len(places) and places[edge] > 0
        if not known or places[edge] - places[before] >= _SLIVER or (before, edge) in cells:
            column += 1
        columns[edge] = column
    return columns


def _width(column: etree._Element) -> int:
    width = str(column.get(W + "w", "0")).partition(".")[0]
    return int(width) if width.isdigit() else 0
