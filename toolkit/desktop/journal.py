"""The log of a session: what was started, what came of it; copied when somebody asks for help."""

from __future__ import annotations

import platform
from collections.abc import Sequence
from datetime import datetime

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QVBoxLayout, QWidget

from toolkit import __version__
from toolkit.desktop.widgets import button, label, row
from toolkit.findings import worst_first
from toolkit.model import Finding

_MOST_FINDINGS = 50


ABOUT = "请人帮忙时，把记录复制给对方。记录里有文件名和问题，没有填报内容以外的个人资料。"


class Journal:
    """Lines with the time they were written."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.note(f"fengong {__version__}，{platform.system()} {platform.release()}")

    def note(self, text: str) -> None:
        """One line."""
        self.lines.append(f"{datetime.now():%H:%M:%S}  {text}")

    def tell(self, sentences: Sequence[str], findings: Sequence[Finding]) -> None:
        """What a job said."""
        for sentence in sentences:
            self.note(sentence)
        for finding in worst_first(list(findings))[:_MOST_FINDINGS]:
            place = " ".join(part for part in (finding.path, finding.sheet, finding.cell) if part)
            self.note(f"[{finding.severity.label}] {finding.code} {place} {finding.message} → {finding.advice}")


class TextWindow(QDialog):
    """Shows lines that are too many for the strip, and copies them."""

    def __init__(self, title: str, about: str, lines: Sequence[str], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.resize(820, 460)
        self._text = QPlainTextEdit("\n".join(lines))
        self._text.setReadOnly(True)
        self.copy = button("复制全部(&C)", self._copy)
        layout = QVBoxLayout(self)
        layout.addWidget(label(about, wrap=True))
        layout.addWidget(self._text)
        layout.addLayout(row(None, self.copy, button("关闭", self.close)))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._text.toPlainText())
        self.copy.setText("已复制")
