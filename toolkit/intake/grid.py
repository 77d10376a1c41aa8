"""A sheet with its merged ranges resolved, ready to be searched for tables."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from toolkit.containers.content import Content, Paragraph, Sheet, Span, TableBlock, plain_text

_TALL = 200
"""Rows beyond which a merged range is kept in one list instead of under each of its rows."""


class Grid:
    """One sheet, or one table of a document with the paragraphs around it."""

    def __init__(self, sheet: Sheet, before: tuple[str, ...] = (), after: tuple[str, ...] = ()) -> None:
        self.sheet = sheet
        self.before = before
        """Paragraphs above the table, of a document."""
        self.after = after
        self._texts: dict[int, list[str]] = {}
        self._cells: dict[int, list[tuple[int, str]]] = {}

    @property
    def height(self) -> int:
        """Number of rows."""
        return len(self.sheet.rows)

    def texts(self, row: int) -> list[str]:
        """The visible texts of a row, computed once: every row is looked at several times."""
        known = self._texts.get(row)
        if known is None:
            values = self.sheet.rows[row]
            known = [
                value.strip() if type(value) is str else "" if value is None else plain_text(value) for value in values
            ]
            if shown := self.sheet.shown:
                known = [shown.get((row, column), text) for column, text in enumerate(known)]
            self._texts[row] = known
        return known

    def text(self, row: int, column: int) -> str:
        """The visible text of one cell, empty beyond the edges."""
        if not 0 <= row < len(self.sheet.rows):
            return ""
        texts = self.texts(row)
        return texts[column] if column < len(texts) else ""

    def cells(self, row: int) -> list[tuple[int, str]]:
        """Column and visible text of the cells of a row that have content."""
        known = self._cells.get(row)
        if known is None:
            known = self._cells[row] = [(column, text) for column, text in enumerate(self.texts(row)) if text]
        return known

    @cached_property
    def _spans(self) -> tuple[dict[int, list[Span]], list[Span]]:
        by_row: dict[int, list[Span]] = {}
        tall: list[Span] = []
        for span in self.sheet.spans:
            if span.bottom - span.top > _TALL:
                tall.append(span)
                continue
            for row in range(span.top, span.bottom + 1):
                by_row.setdefault(row, []).append(span)
        return by_row, tall

    def has_spans(self, row: int) -> bool:
        """Whether any merged range touches a row; most rows of most forms have none."""
        by_row, tall = self._spans
        return row in by_row or (bool(tall) and any(span.top <= row <= span.bottom for span in tall))

    def span(self, row: int, column: int) -> Span | None:
        """The merged range that covers a cell, or ``None``."""
        by_row, tall = self._spans
        for span in by_row.get(row, ()):
            if span.left <= column <= span.right:
                return span
        return next((span for span in tall if (row, column) in span), None)

    def origin(self, row: int, column: int) -> tuple[int, int]:
        """The cell whose content shows at a place: itself, or the top left of the range that covers it."""
        span = self.span(row, column) if self.has_spans(row) else None
        return (span.top, span.left) if span else (row, column)

    def shown(self, row: int, column: int) -> str:
        """The text that shows at a place, merged ranges resolved."""
        text = self.text(row, column)
        return text or self.text(*self.origin(row, column))

    def texts_below(self, row: int, columns: Sequence[int]) -> list[str]:
        """:meth:`shown_below` in several columns of a row; a column beyond its end is empty."""
        if self.has_spans(row):
            return [self.shown_below(row, column) for column in columns]
        texts = self.texts(row)
        width = len(texts)
        return [texts[column] if column < width else "" for column in columns]

    def shown_below(self, row: int, column: int) -> str:
        """The text that shows at a place, of ranges that begin in the same column: a heading across is not its."""
        text = self.text(row, column)
        if text or not self.has_spans(row):
            return text
        top, left = self.origin(row, column)
        return self.text(top, column) if left == column else text


def grids(content: Content) -> list[Grid]:
    """Every grid of a file in its order, tables of documents with the paragraphs around them."""
    if content.sheets:
        return [Grid(sheet) for sheet in content.sheets]
    found: list[tuple[Sheet, list[str], list[str]]] = []
    waiting: list[str] = []
    for block in content.blocks:
        if isinstance(block, Paragraph):
            waiting.append(block.text)
            if found:
                found[-1][2].append(block.text)
        elif isinstance(block, TableBlock):
            found.append((block.sheet, waiting, []))
            waiting = []
    return [Grid(sheet, tuple(before), tuple(after)) for sheet, before, after in found]
