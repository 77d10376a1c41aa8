"""单位 × 任务: the matrix of a round, one symbol and one colour a cell."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, Qt
from PySide6.QtGui import QColor

from toolkit.desktop import theme
from toolkit.desktop.models.table import NOWHERE, Index, ItemRole
from toolkit.figures import SYMBOLS, Figures, Light, short_name, word_of
from toolkit.model import Entry

_INK = QColor("#1f2329")


class MatrixModel(QAbstractTableModel):
    """Units down, tasks across."""

    def __init__(self) -> None:
        super().__init__()
        self._figures: Figures | None = None
        self._cells: dict[tuple[str, str], Entry] = {}

    def show(self, figures: Figures | None) -> None:
        """Show other figures."""
        self.beginResetModel()
        self._figures = figures
        tasks = figures.tasks if figures else ()
        self._cells = {(entry.unit, entry.task): entry for task in tasks for entry in task.entries}
        self.endResetModel()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """So many units."""
        return 0 if parent.isValid() or self._figures is None else len(self._figures.units)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """So many tasks."""
        return 0 if parent.isValid() or self._figures is None else len(self._figures.tasks)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = ItemRole.DisplayRole) -> Any:
        """Numbers of tasks across, names of units down."""
        if self._figures is None:
            return None
        if orientation is Qt.Orientation.Vertical:
            return self._figures.units[section].unit if role == ItemRole.DisplayRole else None
        task = self._figures.tasks[section].task
        if role == ItemRole.DisplayRole:
            return task.number or str(task.seq)
        return f"{short_name(task, 40)}\n{task.requirement}" if role == ItemRole.ToolTipRole else None

    def entry(self, index: Index) -> Entry | None:
        """The entry of a cell, ``None`` where the unit does not owe the task."""
        if self._figures is None:
            return None
        unit, task = self._figures.units[index.row()], self._figures.tasks[index.column()]
        return self._cells.get((unit.unit, task.task.code))

    def data(self, index: Index, role: int = ItemRole.DisplayRole) -> Any:
        """A cell's symbol, colour and the unit's words."""
        entry = self.entry(index)
        if entry is None or self._figures is None:
            return None
        if role == ItemRole.DisplayRole:
            return SYMBOLS[word_of(entry)]
        if role == ItemRole.BackgroundRole:
            light: Light = self._figures.lights[entry.task, entry.unit]
            return QColor(theme.LIGHT_COLOURS[light])
        if role == ItemRole.ForegroundRole:
            return _INK
        if role == ItemRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignCenter
        if role == ItemRole.ToolTipRole:
            said = entry.progress or entry.status_text
            return f"{entry.unit}：{word_of(entry)}" + (f"\n{said}" if said else "")
        return None
