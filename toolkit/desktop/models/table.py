"""A read-only table of rows of any kind, described column by column."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor

Row = TypeVar("Row")
Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
ItemRole = Qt.ItemDataRole
SORT = int(ItemRole.UserRole)
"""The role a proxy sorts by."""


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """One column: its title, how wide in characters, and what it shows of a row."""

    title: str
    width: int
    text: Callable[[Row], str]
    sort: Callable[[Row], Any] | None = None
    colour: Callable[[Row], QColor | None] | None = None
    tip: Callable[[Row], str] | None = None
    centred: bool = False


class TableModel(QAbstractTableModel, Generic[Row]):
    """Rows shown by :class:`Column` descriptions."""

    def __init__(self, columns: Sequence[Column[Row]]) -> None:
        super().__init__()
        self.columns = tuple(columns)
        self.rows: list[Row] = []

    def show(self, rows: Sequence[Row], columns: Sequence[Column[Row]] | None = None) -> None:
        """Show other rows, in other columns where they are given."""
        self.beginResetModel()
        self.rows = list(rows)
        self.columns = self.columns if columns is None else tuple(columns)
        self.endResetModel()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """So many rows."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """So many columns."""
        return 0 if parent.isValid() else len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = ItemRole.DisplayRole) -> Any:
        """The titles; rows are not numbered."""
        if role == ItemRole.DisplayRole and orientation is Qt.Orientation.Horizontal:
            return self.columns[section].title
        return None

    def data(self, index: Index, role: int = ItemRole.DisplayRole) -> Any:
        """What a view asks of a cell."""
        row, column = self.rows[index.row()], self.columns[index.column()]
        if role == ItemRole.DisplayRole:
            return column.text(row)
        if role == SORT:
            return column.sort(row) if column.sort else column.text(row)
        if role == ItemRole.ToolTipRole:
            return column.tip(row) if column.tip else column.text(row)
        if role == ItemRole.ForegroundRole and column.colour:
            return column.colour(row)
        if role == ItemRole.TextAlignmentRole and column.centred:
            return Qt.AlignmentFlag.AlignCenter
        return None
