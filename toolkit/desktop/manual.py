"""The manual (F1): the same docs/手册.md that is read on paper."""

from __future__ import annotations

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QTextBlock, QTextCursor
from PySide6.QtWidgets import QDialog, QListWidget, QSplitter, QTextBrowser, QVBoxLayout, QWidget

from toolkit import resources
from toolkit.desktop.widgets import button, row

_MARGIN = 24.0


class Manual(QDialog):
    """The manual with its chapters at the left."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("使用手册")
        self.resize(980, 640)
        self.page = QTextBrowser()
        self.page.setOpenExternalLinks(True)
        path = resources.manual_text()
        self.page.setSearchPaths([str(path.parent)])
        self.page.document().setBaseUrl(QUrl.fromLocalFile(f"{path.parent}/"))
        self.page.document().setDocumentMargin(_MARGIN)
        self.page.setMarkdown(path.read_text("utf-8"))
        self.chapters = QListWidget()
        self._starts: list[int] = []
        self._list_chapters()
        self.chapters.currentRowChanged.connect(self.go_to)
        split = QSplitter()
        split.addWidget(self.chapters)
        split.addWidget(self.page)
        split.setSizes([210, 770])
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
        cursor = QTextCursor(self.page.document())
        cursor.setPosition(self._starts[place])
        self.page.setTextCursor(cursor)
        bar = self.page.verticalScrollBar()
        bar.setValue(bar.value() + self.page.cursorRect(cursor).top())
