"""The rows of a Word table in XML (ECMA-376, 17.4)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate

from lxml import etree

from toolkit.containers.documents.docx_parts import W, number, value
from toolkit.containers.documents.word_table import Merge, Placed, RowCell, joined_sideways, placed

_WRAPPERS = frozenset(W + name for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo"))
_WIDEST = 16_384


def cells_of(table: etree._Element) -> list[Placed[etree._Element]]:
    """The visible cells of a table, row by row; rows that a change deleted are not among them."""
    widths = [_width(column) for column in table.iterfind(f"{W}tblGrid/{W}gridCol")]
    places = [0, *accumulate(widths)]

    def position(edge: int) -> int | None:
        return places[edge] if edge < len(places) and places[-1] > 0 else None

    return placed([_row(row) for row in _inner(table, W + "tr") if not _is_deleted(row)], position)


def _inner(element: etree._Element, tag: str) -> Iterator[etree._Element]:
    """Children of one kind, also those that content controls and insertions wrap."""
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag in _WRAPPERS:
            yield from _inner(child, tag)


def _is_deleted(row: etree._Element) -> bool:
    return row.find(f"{W}trPr/{W}del") is not None


def _row(row: etree._Element) -> list[RowCell[etree._Element]]:
    """Cells between the grid edges; cells merged sideways the old way count as one."""
    edge = min(max(number(row.find(W + "trPr"), "gridBefore") or 0, 0), _WIDEST)
    cells: list[tuple[RowCell[etree._Element], bool]] = []
    for cell in _inner(row, W + "tc"):
        span = min(max(number(cell.find(W + "tcPr"), "gridSpan") or 1, 1), _WIDEST)
        beside = _merge(cell, "hMerge") is Merge.CONTINUED
        cells.append((RowCell(edge, edge + span, cell, _merge(cell, "vMerge")), beside))
        edge += span
    return joined_sideways(cells)


def _merge(cell: etree._Element, direction: str) -> Merge:
    """How a cell is merged with the one above it (``vMerge``) or beside it (``hMerge``)."""
    if cell.find(f"{W}tcPr/{W}{direction}") is None:
        return Merge.NONE
    return Merge.CONTINUED if value(cell, "tcPr", direction) in (None, "continue") else Merge.FIRST


def _width(column: etree._Element) -> int:
    width = str(column.get(W + "w", "0")).partition(".")[0]
    return int(width) if width.isdigit() else 0
