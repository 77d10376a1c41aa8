"""How the table of a template looks: the format of every column, and rows of tasks made in it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from toolkit.workbooks.row_heights import line_count, row_height
from toolkit.workbooks.sheet_xml import content, looks_live, number_content, row
from toolkit.workbooks.template import Row, Template

_NUMBER_COLUMN = "序号"
_PREPARED_ROWS = 4096

Widths = tuple[float, ...]


class TableLook:
    """The formats of a table's columns, ``open_words`` being the columns a person may fill in a locked sheet."""

    def __init__(self, template: Template, open_words: Sequence[str] = ()) -> None:
        self.template = template
        self._styles = template.styles
        words = {column: word for word, column in template.columns.items()}
        self.columns = [
            (
                c.column,
                words.get(c.column, ""),
                self._styles.locked(c.style, words.get(c.column) not in open_words) if open_words else c.style,
            )
            for c in sorted(template.body.cells, key=lambda cell: cell.column)
        ]
        rows = (*template.head, *template.foot, *template.chapters)
        used = {c.style for row in rows for c in row.cells} | {style for _, _, style in self.columns}
        used |= {*template.review_styles.values(), *template.samples.values()}
        self._quoted = {style: self._styles.quoted(style) for style in sorted(used)}
        self._sizes = {style: self._styles.font_size(style) for style in used}
        self.prepared = lru_cache(_PREPARED_ROWS)(self._prepare)
        """:meth:`_prepare`, kept: the same task stands in the forms of many units."""
        self.prepared_row = lru_cache(_PREPARED_ROWS)(self._prepare_row)
        """:meth:`_prepare_row`, kept: so do the same chapters."""

    def safe(self, style: int, text: str) -> int:
        """The format for a text: quoted when an office program would take the text for a formula."""
        return self._quoted.get(style, style) if looks_live(text) else style

    def size(self, style: int) -> float:
        """Points of a format's font."""
        return self._sizes.get(style, 11.0)

    def size_of(self, word: str) -> float:
        """Points of the font of a column."""
        return next(self.size(style) for _, name, style in self.columns if name == word)

    def header_size_of(self, word: str) -> float:
        """Points of the font of a column's header."""
        column = self.template.columns[word]
        return next(self.size(c.style) for c in self.template.header.cells if c.column == column)

    def _prepare_row(self, template_row: Row, values: tuple[tuple[str, str], ...], widths: Widths, grow: bool) -> str:
        """A row of the template with these values for its marks, to be numbered.

        A row that may ``grow`` is as high as its texts need.
        """
        filled = template_row.fill(dict(values))
        spans, height = dict(filled.spans), filled.height
        for c in filled.cells if grow else ():
            if c.text:
                width, size = sum(widths[c.column : spans.get(c.column, c.column) + 1]), self.size(c.style)
                height = max(height or 0.0, row_height(line_count(c.text, width, size), size))
        return row([(c.column, content(self.safe(c.style, c.text), c.text)) for c in filled.cells], height)

    def _prepare(self, texts: tuple[str, ...], reviewed: tuple[str, ...], widths: Widths) -> str:
        """A task's row, to be numbered; ``texts`` are in the order of ``columns``."""
        cells, height = [], self.template.body.height or 0.0
        for (column, word, style), text in zip(self.columns, texts, strict=True):
            if word in reviewed:
                style = self.template.review_styles.get(word, style)
            make = number_content if word == _NUMBER_COLUMN else content
            cells.append((column, make(self.safe(style, text), text)))
            if text:
                size = self.size(style)
                height = max(height, row_height(line_count(text, widths[column], size), size))
        return row(cells, height, grows=True)
