"""A notice or document as it reads, for looking at beside a table: blocks → HTML, and a passage highlighted in it."""

from __future__ import annotations

import re
from html import escape

from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextBrowser, QTextEdit

from toolkit.containers.content import Content, Paragraph, Sheet
from toolkit.desktop import theme

_PIECES = re.compile(r"[|\n\r\t]+")
_WIDE = 5
"""A table of so many columns is told row by row, because it stands in a narrow pane."""
_MOST_ROWS = 2000
"""Rows of a table that are shown; a notice never has so many."""


def html(content: Content, *, narrow: bool = False) -> str:
    """The blocks of a document, or the sheets of a workbook, as simple HTML; ``narrow`` for a pane beside a table."""
    parts = []
    for block in content.blocks:
        parts.append(_paragraph(block) if isinstance(block, Paragraph) else _grid(block.sheet, narrow))
    for sheet in content.sheets:
        if sheet.visible:
            parts += [f"<h3>{escape(sheet.name)}</h3>", _grid(sheet, narrow)]
    return "".join(parts)


def _grid(sheet: Sheet, narrow: bool) -> str:
    return _lines(sheet) if narrow and sheet.width >= _WIDE else _table(sheet)


def _lines(sheet: Sheet) -> str:
    """A table as one framed line a row, its cells apart by a stroke."""
    rows = []
    for row in range(min(len(sheet.rows), _MOST_ROWS)):
        cells = [escape(text) for column in range(sheet.width) if (text := sheet.text(row, column))]
        text = f"<b>{cells[0]}</b>" if len(cells) == 1 else "　|　".join(cells)
        rows.append(f"<tr><td>{text}</td></tr>")
    return _framed("".join(rows))


def _framed(rows: str) -> str:
    line = theme.colours().line
    look = f"border-style:solid;border-color:{line}"
    return f'<table border="1" cellspacing="-1" cellpadding="4" width="100%" style="{look}">{rows}</table>'


def _paragraph(paragraph: Paragraph) -> str:
    text = escape(paragraph.text).replace("\n", "<br>")
    if paragraph.bold:
        text = f"<b>{text}</b>"
    look = "text-align:center" if paragraph.centred else "text-indent:2em"
    return f'<p style="{look};margin:6px 0">{text}</p>'


def _table(sheet: Sheet) -> str:
    covered = {
        (row, column): span
        for span in sheet.spans
        for row in range(span.top, span.bottom + 1)
        for column in range(span.left, span.right + 1)
    }
    rows = []
    for row in range(min(len(sheet.rows), _MOST_ROWS)):
        cells = []
        for column in range(sheet.width):
            span = covered.get((row, column))
            if span is not None and (row, column) != (span.top, span.left):
                continue
            size = f' colspan="{span.right - span.left + 1}" rowspan="{span.bottom - span.top + 1}"' if span else ""
            text = escape(sheet.text(row, column)).replace("\n", "<br>")
            cells.append(f"<td{size}>{text}</td>")
        rows.append(f"<tr>{''.join(cells)}</tr>")
    return _framed("".join(rows))


class Paper(QTextBrowser):
    """Shows a document; :meth:`point_at` highlights a passage of it."""

    def __init__(self, hint: str, *, narrow: bool = False) -> None:
        super().__init__()
        self.setOpenLinks(False)
        self.setPlaceholderText(hint)
        self._content: Content | None = None
        self._narrow = narrow

    def show_content(self, content: Content | None) -> None:
        """Show another document, or none."""
        self._content = content
        self.setExtraSelections([])
        self.setHtml(html(content, narrow=self._narrow) if content else "")

    def redress(self) -> None:
        """Take the colours in use."""
        self.show_content(self._content)

    def point_at(self, passage: str, within: str = "") -> str:
        """Highlight a sentence, looked for in the row or paragraph ``within``; returns what is highlighted.

        When the sentence is not found, the row or paragraph is highlighted instead.
        """
        place = self._find(within, 0)
        start = self._start_of(place) if place else 0
        hit = self._find(passage, start) or self._find(passage, 0) or place
        if hit is None:
            self.setExtraSelections([])
            return ""
        marks = [_mark(hit)]
        if place is not None and place.currentTable() is not None:
            marks = [*self._row_marks(place), *marks] if hit is place else [*marks]
        self.setExtraSelections(marks)
        self._bring_into_view(hit)
        return hit.selectedText()

    def _find(self, text: str, start: int) -> QTextCursor | None:
        """The longest piece of a text that stands in the document."""
        pieces = sorted({piece.strip() for piece in _PIECES.split(text) if piece.strip()}, key=len, reverse=True)
        for piece in pieces:
            found = self.document().find(piece, start)
            if not found.isNull():
                return found
        return None

    @staticmethod
    def _start_of(cursor: QTextCursor) -> int:
        table = cursor.currentTable()
        if table is None:
            return cursor.block().position()
        return table.cellAt(table.cellAt(cursor).row(), 0).firstCursorPosition().position()

    @staticmethod
    def _row_marks(cursor: QTextCursor) -> list[QTextEdit.ExtraSelection]:
        table = cursor.currentTable()
        number = table.cellAt(cursor).row()
        marks = []
        for column in range(table.columns()):
            cell = table.cellAt(number, column)
            span = cell.firstCursorPosition()
            span.setPosition(cell.lastCursorPosition().position(), QTextCursor.MoveMode.KeepAnchor)
            marks.append(_mark(span))
        return marks

    def _bring_into_view(self, cursor: QTextCursor) -> None:
        quiet = QTextCursor(cursor)
        quiet.clearSelection()
        self.setTextCursor(quiet)
        top = self.cursorRect(quiet).top()
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + top - self.viewport().height() // 3)


def _mark(cursor: QTextCursor) -> QTextEdit.ExtraSelection:
    mark = QTextEdit.ExtraSelection()
    look = QTextCharFormat()
    look.setBackground(QColor(theme.colours().mark))
    mark.format = look  # type: ignore[attr-defined]
    mark.cursor = cursor  # type: ignore[attr-defined]
    return mark
