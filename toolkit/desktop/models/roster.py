"""The register of units as two tables, units and groups, whose edits can be undone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QAbstractTableModel, Qt, Signal
from PySide6.QtGui import QColor, QUndoCommand, QUndoStack

from toolkit.desktop import roster_sheet as sheets
from toolkit.desktop import theme
from toolkit.desktop.models.table import NOWHERE, Index, ItemRole
from toolkit.desktop.roster_sheet import RosterSheet
from toolkit.model import Roster

BURDEN = "要填几项"


class RosterEditor(QAbstractTableModel):
    """What both tables share: the register, the undo stack, and who hears of an edit."""

    edited = Signal()

    def __init__(self, undo: QUndoStack) -> None:
        super().__init__()
        self.sheet: RosterSheet | None = None
        self._undo = undo

    @property
    def roster(self) -> Roster:
        """The register as it stands."""
        return self.sheet.roster if self.sheet else Roster()

    def show(self, sheet: RosterSheet | None) -> None:
        """Show a register."""
        self.beginResetModel()
        self.sheet = sheet
        self.endResetModel()

    def change(self, label: str, after: Roster) -> bool:
        """Take over another state of the register, as something that can be undone; whether it differs."""
        if self.sheet is None or after == self.sheet.roster:
            return False
        self._undo.push(_Change(label, self.sheet, after, self.edited.emit))
        return True


class UnitsModel(RosterEditor):
    """单位名录, with how much each unit has to fill in."""

    words = (*sheets.UNIT_WORDS, BURDEN)
    widths = (3, 13, 10, 10, 6, 9, 6, 6)

    def __init__(self, undo: QUndoStack) -> None:
        super().__init__(undo)
        self.burden: dict[str, int] = {}

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """So many units."""
        return 0 if parent.isValid() else len(self.roster.units)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """The register's columns and the burden."""
        return 0 if parent.isValid() else len(self.words)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = ItemRole.DisplayRole) -> Any:
        """The register's words."""
        return _header(self.words, section, orientation, role)

    def data(self, index: Index, role: int = ItemRole.DisplayRole) -> Any:
        """A cell's text."""
        unit, word = self.roster.units[index.row()], self.words[index.column()]
        if role in (ItemRole.DisplayRole, ItemRole.EditRole, ItemRole.ToolTipRole):
            return str(self.burden.get(unit.name, 0)) if word == BURDEN else sheets.unit_texts(unit)[index.column()]
        if role == ItemRole.TextAlignmentRole and word in ("序号", BURDEN):
            return Qt.AlignmentFlag.AlignCenter
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """All but the burden may be edited."""
        flags = super().flags(index)
        return flags if self.words[index.column()] == BURDEN else flags | Qt.ItemFlag.ItemIsEditable

    def setData(self, index: Index, value: Any, role: int = ItemRole.EditRole) -> bool:
        """Write what the clerk typed."""
        if role != ItemRole.EditRole:
            return False
        word = self.words[index.column()]
        return self.change(f"修改{word}", sheets.with_unit_cell(self.roster, index.row(), word, str(value)))


class GroupsModel(RosterEditor):
    """单位组; a group without members is coloured, because it cannot be issued to."""

    words = sheets.GROUP_WORDS
    widths = (16, 52, 14)

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """So many groups."""
        return 0 if parent.isValid() else len(self.roster.groups)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """The register's columns."""
        return 0 if parent.isValid() else len(self.words)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = ItemRole.DisplayRole) -> Any:
        """The register's words."""
        return _header(self.words, section, orientation, role)

    def data(self, index: Index, role: int = ItemRole.DisplayRole) -> Any:
        """A cell's text and colour."""
        group = self.roster.groups[index.row()]
        if role in (ItemRole.DisplayRole, ItemRole.EditRole, ItemRole.ToolTipRole):
            return sheets.group_texts(group)[index.column()]
        if role == ItemRole.BackgroundRole and not group.members and index.column() == 1:
            return QColor(theme.colours().mark)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Every cell may be edited."""
        return super().flags(index) | Qt.ItemFlag.ItemIsEditable

    def setData(self, index: Index, value: Any, role: int = ItemRole.EditRole) -> bool:
        """Write what the clerk typed."""
        if role != ItemRole.EditRole:
            return False
        word = self.words[index.column()]
        return self.change(f"修改{word}", sheets.with_group_cell(self.roster, index.row(), word, str(value)))


def _header(words: tuple[str, ...], section: int, orientation: Qt.Orientation, role: int) -> str | None:
    shown = role == ItemRole.DisplayRole and orientation is Qt.Orientation.Horizontal
    return words[section] if shown else None


class _Change(QUndoCommand):
    """From one state of the register to the next."""

    def __init__(self, label: str, sheet: RosterSheet, after: Roster, changed: Callable[[], None]) -> None:
        super().__init__(label)
        self._sheet, self._before, self._after = sheet, sheet.roster, after
        self._changed = changed

    def redo(self) -> None:
        """Take the new state."""
        self._sheet.replace(self._after)
        self._changed()

    def undo(self) -> None:
        """Take the state before."""
        self._sheet.replace(self._before)
        self._changed()
