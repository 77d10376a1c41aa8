"""Small pieces every page is built from: buttons, tables, the strip that tells findings, the place to drop files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape
from pathlib import Path

from PySide6.QtCore import QAbstractItemModel, QSortFilterProxyModel, Qt, QUrl, Signal
from PySide6.QtGui import (
    QDesktopServices,
    QDragEnterEvent,
    QDropEvent,
    QKeySequence,
)
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from toolkit.desktop import theme
from toolkit.desktop.models.table import SORT
from toolkit.findings import worst_first
from toolkit.model import Finding

_LINES_SHOWN = 3
_SENTENCES_SHOWN = 4
_MARGIN = 10


def button(text: str, action: Callable[[], object], *, main: bool = False, tip: str = "", key: str = "") -> QPushButton:
    """A push button; ``main`` is the one thing to do on its page, ``key`` a shortcut of it."""
    made = QPushButton(text)
    made.setProperty("main", main)
    made.setToolTip(f"{tip}（{key}）" if tip and key else tip or key)
    if key:
        made.setShortcut(QKeySequence(key))
    made.clicked.connect(lambda: action())
    return made


def label(text: str = "", *, faint: bool = False, strong: bool = False, wrap: bool = False) -> QLabel:
    """A text that can be selected."""
    made = QLabel(text)
    made.setProperty("faint", faint)
    made.setProperty("strong", strong)
    made.setWordWrap(wrap)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made


def row(*parts: QWidget | None) -> QHBoxLayout:
    """Widgets side by side; ``None`` takes the free room."""
    made = QHBoxLayout()
    made.setSpacing(6)
    for part in parts:
        if part is None:
            made.addStretch(1)
        else:
            made.addWidget(part)
    return made


def column(*parts: QWidget | QHBoxLayout, margin: int = 0) -> QVBoxLayout:
    """Widgets and rows one below the other."""
    made = QVBoxLayout()
    made.setContentsMargins(margin, margin, margin, margin)
    made.setSpacing(6)
    for part in parts:
        if isinstance(part, QHBoxLayout):
            made.addLayout(part)
        else:
            made.addWidget(part)
    return made


def sorting(model: QAbstractItemModel) -> QSortFilterProxyModel:
    """A proxy that sorts by what the columns say."""
    proxy = QSortFilterProxyModel()
    proxy.setSourceModel(model)
    proxy.setSortRole(SORT)
    return proxy


def open_path(path: Path) -> bool:
    """Open a file or folder with the program the system has for it."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def card(*parts: QWidget | QHBoxLayout) -> QFrame:
    """A framed area."""
    frame = QFrame()
    frame.setObjectName("card")
    frame.setLayout(column(*parts, margin=_MARGIN))
    return frame


def explained(findings: Sequence[Finding]) -> str:
    """What is wrong and what to do, for a window that lies over the strip."""
    return "\n".join(f"{finding.message} → {finding.advice}" for finding in worst_first(list(findings)))


class Banner(QFrame):
    """Tells what a job did or why it could not be done; stays until closed or the next one."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("banner")
        self._text = label(wrap=True)
        self._text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._text.setTextFormat(Qt.TextFormat.RichText)
        close = button("知道了", self.hide)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(_MARGIN, 6, 6, 6)
        layout.addWidget(self._text, 1)
        layout.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        self.hide()

    @property
    def text(self) -> str:
        """What it says, with its marks."""
        return "" if self.isHidden() else self._text.text()

    def tell(self, sentences: Sequence[str], findings: Sequence[Finding] = ()) -> None:
        """Show sentences, then the worst findings with what to do."""
        lines = [escape(sentence) for sentence in sentences[:_SENTENCES_SHOWN]]
        if len(sentences) > _SENTENCES_SHOWN:
            lines.append(f"……另有 {len(sentences) - _SENTENCES_SHOWN} 行，见“帮助 → 运行记录”。")
        worst = worst_first(list(findings))
        for finding in worst[:_LINES_SHOWN]:
            colour = theme.severity_colour(finding.severity).name()
            word = f'<span style="color:{colour}"><b>{finding.severity.label}</b></span>'
            lines.append(f"{word}　{escape(finding.message)} → {escape(finding.advice)}")
        if len(worst) > _LINES_SHOWN:
            lines.append(f"……另有 {len(worst) - _LINES_SHOWN} 条，见“帮助 → 运行记录”。")
        self._text.setText("<br>".join(lines))
        self.setVisible(bool(lines))


class Page(QWidget):
    """One step; takes dropped files when it says so."""

    dropped = Signal(list)

    def __init__(self) -> None:
        super().__init__()
        self.setAcceptDrops(True)

    def takes(self, paths: Sequence[Path]) -> bool:
        """Whether these files mean something here."""
        return False

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Show that a drop would be taken."""
        if self.takes(dropped_paths(event)):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take the files."""
        event.acceptProposedAction()
        self.dropped.emit(dropped_paths(event))


def dropped_paths(event: QDropEvent) -> list[Path]:
    """The files and folders of a drop."""
    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
