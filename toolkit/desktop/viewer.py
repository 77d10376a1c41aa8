"""A returned file, looked at safely: its cells as text, at the cell a finding names; nothing in it is run."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QComboBox, QDialog, QStackedWidget, QVBoxLayout, QWidget

from toolkit import containers
from toolkit.containers.content import Content, Sheet, column_index, column_name
from toolkit.desktop import returned, theme
from toolkit.desktop.models.table import NOWHERE, Index, ItemRole
from toolkit.desktop.paper import Paper
from toolkit.desktop.table_view import Table
from toolkit.desktop.widgets import button, label, open_path, row
from toolkit.desktop.work import Job, Runner
from toolkit.findings import CannotDo
from toolkit.findings import command as command_found
from toolkit.findings import desktop as found
from toolkit.model import Progress

_CELL = re.compile(r"([A-Z]+)(\d+)")
_WIDTH = 14
"""Characters of a column."""


class SheetModel(QAbstractTableModel):
    """The cells of one sheet as text, under the letters and numbers a spreadsheet gives them."""

    def __init__(self) -> None:
        super().__init__()
        self._sheet: Sheet | None = None
        self._marked = (-1, -1)

    def show(self, sheet: Sheet, cell: str = "") -> QModelIndex:
        """Show a sheet; returns where ``cell`` is, in A1 notation."""
        match = _CELL.match(cell)
        self.beginResetModel()
        self._sheet = sheet
        self._marked = (int(match.group(2)) - 1, column_index(match.group(1))) if match else (-1, -1)
        self.endResetModel()
        return self.index(*self._marked) if match else QModelIndex()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """So many rows, the marked one among them."""
        return 0 if parent.isValid() or self._sheet is None else max(len(self._sheet.rows), self._marked[0] + 1)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """So many columns, the marked one among them."""
        return 0 if parent.isValid() or self._sheet is None else max(self._sheet.width, self._marked[1] + 1)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = ItemRole.DisplayRole) -> Any:
        """A, B, C across; 1, 2, 3 down."""
        if role != ItemRole.DisplayRole:
            return None
        return column_name(section) if orientation is Qt.Orientation.Horizontal else str(section + 1)

    def data(self, index: Index, role: int = ItemRole.DisplayRole) -> Any:
        """The visible text; the marked cell is coloured."""
        if self._sheet is None:
            return None
        if role in (ItemRole.DisplayRole, ItemRole.ToolTipRole):
            return self._sheet.text(index.row(), index.column())
        if role == ItemRole.BackgroundRole and (index.row(), index.column()) == self._marked:
            return QColor(theme.colours().mark)
        return None


class Viewer(QDialog):
    """One returned file."""

    told = Signal(list, tuple)

    def __init__(
        self, roots: Sequence[Path], shown: str, sheet: str, cell: str, runner: Runner, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(f"{shown}  {sheet} {cell}".strip())
        self.resize(980, 560)
        self._shown, self._wanted, self._cell = shown, sheet, cell
        self._closed = False
        self._file: Path | None = None
        self._content: Content | None = None
        self.cells = SheetModel()
        self.view = Table(self.cells)
        self.view.setSelectionBehavior(self.view.SelectionBehavior.SelectItems)
        self.paper = Paper("")
        self._stack = QStackedWidget()
        self._stack.addWidget(self.view)
        self._stack.addWidget(self.paper)
        self.sheets = QComboBox()
        self.sheets.currentIndexChanged.connect(self._show_sheet)
        self._where = label("正在打开…", faint=True)
        self.external = button("用 Excel/WPS 打开(&E)", self._open, tip="在压缩包里的文件，打开的是压缩包")
        layout = QVBoxLayout(self)
        layout.addLayout(row(self.sheets, self._where, None, self.external, button("关闭", self.close)))
        layout.addWidget(self._stack)
        runner.run(Job("打开文件", lambda progress: self._load(list(roots), progress), self._take))

    def _load(self, roots: Sequence[Path], _progress: Progress) -> tuple[Path, Content]:
        met = returned.find(roots, self._shown)
        if met is None:
            raise CannotDo(command_found.NOT_FOUND.at(path=self._shown))
        content = containers.read(met.read_bytes(), met.name)
        return met.file, content

    def done(self, result: int) -> None:
        """Closed: what is still being read is no longer wanted."""
        self._closed = True
        super().done(result)

    def _take(self, made: tuple[Path, Content]) -> None:
        if self._closed:
            return
        self._file, self._content = made
        content = self._content
        if content.sheets:
            self.sheets.addItems([sheet.name for sheet in content.sheets])
            names = [sheet.name for sheet in content.sheets]
            self.sheets.setCurrentIndex(names.index(self._wanted) if self._wanted in names else 0)
        elif content.blocks:
            self.sheets.hide()
            self._stack.setCurrentWidget(self.paper)
            self.paper.show_content(content)
        else:
            reason = "；".join(finding.message for finding in content.findings) or "里面没有文字"
            self.told.emit([], (found.NOT_SHOWN.at(path=self._shown, reason=reason),))
        where = f"请看单元格 {self._cell}" if self._cell else ""
        self._where.setText(where or "只供查看，不会改动文件")

    def _show_sheet(self, place: int) -> None:
        if self._content is None or not 0 <= place < len(self._content.sheets):
            return
        sheet = self._content.sheets[place]
        index = self.cells.show(sheet, self._cell if sheet.name == self._wanted or not self._wanted else "")
        width = self.view.fontMetrics().horizontalAdvance("中") * _WIDTH
        for column in range(self.cells.columnCount()):
            self.view.setColumnWidth(column, width)
        if index.isValid():
            self.view.setCurrentIndex(index)
            self.view.scrollTo(index, self.view.ScrollHint.PositionAtCenter)
            self.view.resizeRowToContents(index.row())

    def _open(self) -> None:
        if self._file is None or not open_path(self._file):
            self.told.emit([], (command_found.NOT_FOUND.at(path=self._shown),))
