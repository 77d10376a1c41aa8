"""The shape of an HTML table: where each cell lies under rowspan and colspan (HTML standard, 4.9.12)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from lxml import etree

from toolkit.containers import limits
from toolkit.containers.limits import LimitExceeded
from toolkit.findings import files as found

_WIDEST = 1_000
_TALLEST = 65_534
_GROUPS = ("thead", "tbody", "tfoot")


@dataclass(frozen=True, slots=True)
class HtmlCell:
    """A cell element and the rectangle it covers, both ends included."""

    element: etree._Element
    top: int
    left: int
    bottom: int
    right: int


def cells_of(table: etree._Element, is_shown: Callable[[etree._Element], bool]) -> list[HtmlCell]:
    """The cells of a table that a browser shows, row by row; a span that overshoots ends with the table.

    Raises :class:`LimitExceeded` for spans beyond any honest table.
    """
    rows = [row for row in _rows(table) if is_shown(row)]
    cells: list[HtmlCell] = []
    covered = 0
    taken: dict[int, int] = {}  # column → the last row that a cell from above covers
    for top, row in enumerate(rows):
        column = 0
        for element in row:
            if element.tag not in ("td", "th") or not is_shown(element):
                continue
            while taken.get(column, -1) >= top:
                column += 1
            width = min(max(_number(element, "colspan", 1), 1), _WIDEST)
            height = _number(element, "rowspan", 1) or len(rows)
            covered += width
            if covered > limits.AREA or column > limits.COLUMNS:
                raise LimitExceeded(found.TABLE_TOO_LARGE.at())
            bottom = min(top + min(height, _TALLEST), len(rows)) - 1
            cells.append(HtmlCell(element, top, column, bottom, column + width - 1))
            if bottom > top:
                taken.update(dict.fromkeys(range(column, column + width), bottom))
            column += width
    return cells


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    for child in table:
        if child.tag == "tr":
            yield child
        elif child.tag in _GROUPS:
            yield from (row for row in child if row.tag == "tr")


def _number(element: etree._Element, name: str, default: int) -> int:
    text = (element.get(name) or "").strip()
    return int(text) if text.isdecimal() and len(text) < 7 else default
