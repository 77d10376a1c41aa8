"""The manual (F1): the same docs/手册.md that is read on paper."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QImage, QTextBlock, QTextCursor, QTextDocument
from PySide6.QtWidgets import QDialog, QListWidget, QSplitter, QTextBrowser, QVBoxLayout, QWidget

from toolkit import resources
from toolkit.desktop.widgets import button, row

_MARGIN = 24.0
_PICTURE_WIDTH = 720.0


def put_manual(document: QTextDocument, path: Path, picture_width: float) -> None:
    """Fill a document with the manual at ``path``; pictures are so many pixels wide at most."""
    document.setMarkdown(path.read_text("utf-8"))
    for cursor in _pictures(document):
        look = cursor.charFormat().toImageFormat()
        picture = QImage(str(path.parent / look.name()))
        document.addResource(QTextDocument.ResourceType.ImageResource, QUrl(look.name()), picture)
        width = min(picture_width, picture.width())
        look.setWidth(width)
        look.setHeight(picture.height() * width / max(1, picture.width()))
        cursor.setCharFormat(look)


def _pictures(document: QTextDocument) -> list[QTextCursor]:
    """A selection of every picture."""
    found = []
    block = document.begin()
    while block.isValid():
        parts = block.begin()
        while not parts.atEnd():
            part = parts.fragment()
            if part.charFormat().isImageFormat():
                cursor = QTextCursor(document)
                cursor.setPosition(part.position())
                cursor.setPosition(part.position() + part.length(), QTextCursor.MoveMode.KeepAnchor)
                found.append(cursor)
            parts += 1
        block = block.next()
    return found


class Manual(QDialog):
    """The manual with its chapters at the left."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("使用手册")
        self.page = QTextBrowser()
        self.page.setOpenExternalLinks(True)
        put_manual(self.page.document(), resources.manual_text(), _PICTURE_WIDTH)
        self.page.document().setDocumentMargin(_MARGIN)
        self.page.moveCursor(QTextCursor.MoveOperation.Start)
        self.chapters = QListWidget()
        self._starts: list[int] = []
        self._list_chapters()
        self.chapters.currentRowChanged.connect(self.go_to)
        split = QSplitter()
        split.addWidget(self.chapters)
        split.addWidget(self.page)
        chapters, page = self.chapters.sizeHintForColumn(0) + int(_MARGIN), int(_PICTURE_WIDTH + 3 * _MARGIN)
        split.setSizes([chapters, page])
        self.resize(chapters + page + int(_MARGIN), 660)
        layout = QVBoxLayout(self)
        layout.addWidget(split)
        layout.addLayout(row(None, button("关闭", self.close)))
        self.setWindowModality(Qt.WindowModality.NonModal)

    def _list_chapters(self) -> None:
        block: QTextBlock = self.page.document().begin()
        while block.isValid():
            level = block.blockFormat().headingLevel()
            if level in (1, 2):
                self.chapters.addItem(("　" if level == 2 else "") + block.text())
                self._starts.append(block.position())
            block = block.next()

    def go_to(self, place: int) -> None:
        """Show a chapter from its heading on."""
        if not 0 <= place < len(self._starts):
            return
        document = self.page.document()
        heading = document.documentLayout().blockBoundingRect(document.findBlock(self._starts[place]))
        self.page.verticalScrollBar().setValue(int(heading.top() - _MARGIN))
