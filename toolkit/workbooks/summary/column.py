"""One column of a sheet, written block by block.

What stands in a column is alike and often repeats, so a value is turned into XML and measured once, however often
it comes: 明细 has tens of thousands of rows (SPEED.md).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from toolkit.workbooks.cells import MAX_TEXT, utf16_length
from toolkit.workbooks.row_heights import lines_needed, row_height
from toolkit.workbooks.sheet_xml import led_content, looks_live, text_content
from toolkit.workbooks.summary.formats import Formats
from toolkit.workbooks.summary.hyperlinks import Hyperlinks
from toolkit.workbooks.summary.table import Cell, Scalar, Value

_EPOCH = date(1899, 12, 30).toordinal()
_POINTS_FOR_TEXT = 5.0
"""Points of a column unit that text can surely use; where a text fits into them, no lines need be counted."""
_REMEMBERED = 8192
"""Values a column remembers: none with a link, which stand in one cell only, and no figures, for 1 is 1.0."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column as it is laid out."""

    word: str
    letter: str
    place: int
    """Of its value in a row of the table."""
    body: int
    """Format of its cells."""
    width: float
    size: float
    """Points of its font."""
    hidden: bool


class ColumnWriter:
    """Writes the cells of one column."""

    def __init__(self, column: Column, formats: Formats, links: Hyperlinks) -> None:
        self.place = column.place
        self.too_long: list[tuple[int, str, int]] = []
        """Row and cell of texts that had to be cut, and how long they were."""
        self._column = column
        self._formats = formats
        self._links = links
        self._fits = column.width * _POINTS_FOR_TEXT / column.size
        self._known: dict[Value, tuple[str, float]] = {}

    @property
    def pattern(self) -> str:
        """A cell of the column, to be filled with the number of its row and what :meth:`write` gives."""
        return f'<c r="{self._column.letter}%s"%s'

    def write(self, values: Sequence[Value], first: int, linked: Sequence[bool], heights: list[float]) -> Sequence[str]:
        """What follows the references of the cells of a block of rows, the first in row ``first`` of the sheet.

        Only rows that are ``linked`` keep their links; ``heights`` of the rows are raised to show every text whole.
        """
        known = self._known
        made = list(map(known.get, values))
        if not all(made):
            made = [
                one or known.get(value) or self._made(value, row, is_linked)
                for row, (value, one, is_linked) in enumerate(zip(values, made, linked, strict=True), first)
            ]
        contents: tuple[str, ...]
        contents, needed = zip(*made, strict=True)
        if any(needed):
            heights[:] = map(max, heights, needed)
        return contents

    def _made(self, value: Value, row: int, linked: bool) -> tuple[str, float]:
        """What follows the reference of a cell, and the height it needs; nought where one line does."""
        if type(value) is str and len(value) <= MAX_TEXT // 2:
            style = self._formats.of(self._column.body, live=looks_live(value))
            return self._remember(value, (text_content(style, value), self._height(value)))
        cell = value if isinstance(value, Cell) else Cell(value)
        text = cell.value
        if not isinstance(text, str):
            figure = plain_content(self._formats, self._column.body, text, cell.mark), 0.0
            return figure if isinstance(text, int | float) else self._remember(value, figure)
        reference = f"{self._column.letter}{row}"
        link = cell.link if linked and text and not self._links.full else None
        made = self._text(cell, text, link is not None), self._height(text)
        if len(text) > MAX_TEXT // 2 and (length := utf16_length(text)) > MAX_TEXT:
            self.too_long.append((row, reference, length))
            return made
        if link is not None and not cell.lead:
            self._links.add(reference, link)
        return made if cell.link is not None else self._remember(value, made)

    def _remember(self, value: Value, made: tuple[str, float]) -> tuple[str, float]:
        if len(self._known) >= _REMEMBERED:
            self._known.clear()
        self._known[value] = made
        return made

    def _text(self, cell: Cell, text: str, linked: bool) -> str:
        formats, style = self._formats, self._column.body
        if cell.lead and cell.lead < len(text) <= MAX_TEXT // 2:
            fonts = (formats.styles.run(style, bold=True), formats.styles.run(style, bold=False))
            return led_content(formats.of(style, live=looks_live(text)), text[: cell.lead], text[cell.lead :], fonts)
        return plain_content(formats, style, text, cell.mark, linked=linked)

    def _height(self, text: str) -> float:
        if self._column.hidden or not (len(text) > self._fits or "\n" in text):
            return 0.0
        return row_height(lines_needed(text, self._column.width, self._column.size), self._column.size)


def plain_content(formats: Formats, style: int, value: Scalar, mark: str | None = None, *, linked: bool = False) -> str:
    """What follows the reference of a cell of any kind, ``style`` with a mark or a link laid over it."""
    if isinstance(value, str):
        return text_content(formats.of(style, mark, linked=linked, live=looks_live(value)), value)
    style = formats.of(style, mark)
    if value is None:
        return f' s="{style}"/>'
    number = value.toordinal() - _EPOCH if isinstance(value, date) else value
    return f' s="{style}"><v>{number!r}</v></c>'
