"""A place in a dialog for files that a clerk chooses or drops."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QWidget

from toolkit.desktop.widgets import button, dropped_paths

NOTICES = "通知 (*.docx *.doc *.wps *.pdf *.html *.htm *.mht *.xlsx *.xls *.et *.odt *.rtf *.txt);;所有文件 (*)"
WORKBOOKS = "工作簿 (*.xlsx);;所有文件 (*)"


class PathField(QWidget):
    """Shows the names of the files that were chosen; their folders are in the tip."""

    changed = Signal()

    def __init__(self, title: str, kinds: str, *, start: Path | None = None, many: bool = False) -> None:
        super().__init__()
        self._title, self._kinds, self._start, self._many = title, kinds, start, many
        self._paths: tuple[Path, ...] = ()
        self._names = QLineEdit()
        self._names.setReadOnly(True)
        self._names.setPlaceholderText("点“选择”，或把文件拖到这里")
        self._names.setMinimumWidth(self.fontMetrics().horizontalAdvance("汉") * 18)
        self.choose = button("选择…", self._choose)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self._names, 1)
        layout.addWidget(self.choose)
        self.setFocusProxy(self.choose)
        self.setAcceptDrops(True)
        self._names.setAcceptDrops(False)

    @property
    def paths(self) -> tuple[Path, ...]:
        """What was chosen."""
        return self._paths

    @property
    def path(self) -> Path | None:
        """The one file, ``None`` while there is none."""
        return next(iter(self._paths), None)

    def put(self, *paths: Path) -> None:
        """Choose these files."""
        self._paths = tuple(paths) if self._many else tuple(paths[:1])
        self._names.setText("；".join(path.name for path in self._paths))
        self._names.setCursorPosition(0)
        self.setToolTip("\n".join(map(str, self._paths)))
        self.changed.emit()

    def _choose(self) -> None:
        start = str(self.path or self._start or "")
        if self._many:
            names, _ = QFileDialog.getOpenFileNames(self, self._title, start, self._kinds)
        else:
            name, _ = QFileDialog.getOpenFileName(self, self._title, start, self._kinds)
            names = [name] if name else []
        if names:
            self.put(*map(Path, names))

    def _files(self, event: QDropEvent) -> Sequence[Path]:
        return [path for path in dropped_paths(event) if path.is_file()]

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files are welcome."""
        if self._files(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take the files."""
        event.acceptProposedAction()
        self.put(*self._files(event))
