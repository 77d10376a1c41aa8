"""The plan as a table: chapter rows across the width, one row a task, edits that can be undone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, Qt, Signal
from PySide6.QtGui import QColor, QUndoCommand, QUndoStack

from toolkit.desktop import theme
from toolkit.desktop.models.table import NOWHERE, Index, ItemRole
from toolkit.desktop.plan_sheet import Edit, PlanSheet, doubts
from toolkit.findings import CannotDo
from toolkit.workbooks.table_sheet import chapters_before

WORDS = ("序号", "工作任务", "具体要求", "牵头单位", "责任单位", "配合单位", "完成时限", "完成情况", "备注", "复核")
WIDTHS = (2, 6, 15, 6, 8, 6, 8, 5, 5, 6)


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the table: a chapter's heading, or the task at ``task`` in the plan."""

    heading: str = ""
    task: int = -1


class PlanModel(QAbstractTableModel):
    """Shows a :class:`PlanSheet` and edits it through an undo stack."""

    edited = Signal()
    refused = Signal(tuple)

    def __init__(self, undo: QUndoStack) -> None:
        super().__init__()
        self.sheet: PlanSheet | None = None
        self.lines: list[Line] = []
        self._undo = undo
        self._doubts: dict[int, dict[str, str]] = {}

    def show(self, sheet: PlanSheet | None) -> None:
        """Show another plan; what was done to the one before can no longer be undone."""
        if sheet is not self.sheet:
            self._undo.clear()
        self.beginResetModel()
        self.sheet = sheet
        self._lay_out()
        self.endResetModel()

    def task_at(self, row: int) -> int:
        """The task's place in the plan, -1 for a chapter row."""
        return self.lines[row].task

    def open_rows(self) -> list[int]:
        """The rows that want review."""
        return [row for row, line in enumerate(self.lines) if self._doubts.get(line.task)]

    def doubt(self, row: int, column: int) -> str:
        """Why a cell wants review, empty when it does not."""
        return self._doubts.get(self.lines[row].task, {}).get(WORDS[column], "")

    def tick(self, row: int) -> bool:
        """Mark a task as reviewed; whether that changed anything."""
        task = self.task_at(row)
        edit = self.sheet.tick(task) if self.sheet and task >= 0 else None
        return edit is not None and self._push(edit, f"复核第 {task + 1} 项")

    # --- what the view asks ---------------------------------------------------------------

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """Chapters and tasks."""
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """The plan's columns but for the code."""
        return 0 if parent.isValid() else len(WORDS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = ItemRole.DisplayRole) -> Any:
        """The plan's words."""
        if role == ItemRole.DisplayRole and orientation is Qt.Orientation.Horizontal:
            return WORDS[section]
        return None

    def data(self, index: Index, role: int = ItemRole.DisplayRole) -> Any:
        """A cell's text, colours and note."""
        line = self.lines[index.row()]
        if line.task < 0:
            return self._chapter(line, index.column(), role)
        assert self.sheet is not None
        word = WORDS[index.column()]
        if role in (ItemRole.DisplayRole, ItemRole.EditRole):
            return self.sheet.texts(line.task)[word]
        doubt = self._doubts.get(line.task, {}).get(word)
        if role == ItemRole.BackgroundRole and doubt:
            return QColor(theme.colours().mark)
        if role == ItemRole.ToolTipRole:
            return f"待复核：{doubt}" if doubt else self.sheet.texts(line.task)[word]
        if role == ItemRole.TextAlignmentRole and word in ("序号", "复核"):
            return Qt.AlignmentFlag.AlignCenter
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Tasks of a plan that fengong drafted may be edited."""
        flags = super().flags(index)
        if self.sheet and self.sheet.editable and self.task_at(index.row()) >= 0:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def setData(self, index: Index, value: Any, role: int = ItemRole.EditRole) -> bool:
        """Write what the clerk typed, as an edit that can be undone."""
        if role != ItemRole.EditRole or self.sheet is None or (task := self.task_at(index.row())) < 0:
            return False
        word = WORDS[index.column()]
        edit = self.sheet.edit(task, word, str(value))
        return edit is not None and self._push(edit, f"修改第 {task + 1} 项的{word}")

    # --- edits ------------------------------------------------------------------------------

    def _push(self, edit: Edit, label: str) -> bool:
        try:
            self._apply(edit)
        except CannotDo as problem:
            self.refused.emit(problem.findings)
            return False
        self._undo.push(_EditCommand(label, edit, self._apply))
        return True

    def _apply(self, edit: Edit, undo: bool = False) -> None:
        assert self.sheet is not None
        self.sheet.apply(edit, undo=undo)
        before = self.lines
        self._lay_out()
        if [line.heading for line in before] == [line.heading for line in self.lines]:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.lines) - 1, len(WORDS) - 1))
        else:
            self.beginResetModel()
            self.endResetModel()
        self.edited.emit()

    def _lay_out(self) -> None:
        self.lines = []
        plan = self.sheet.plan if self.sheet else None
        for index, (_, chapters) in enumerate(chapters_before(plan.tasks) if plan else ()):
            self.lines += [Line(heading) for _, heading in chapters]
            self.lines.append(Line(task=index))
        tasks = plan.tasks if plan else ()
        self._doubts = {index: doubts(task) for index, task in enumerate(tasks) if task.open_review}

    @staticmethod
    def _chapter(line: Line, column: int, role: int) -> Any:
        if role == ItemRole.DisplayRole:
            return line.heading if column == 0 else None
        if role == ItemRole.BackgroundRole:
            return QColor(theme.colours().chapter)
        return None


class _EditCommand(QUndoCommand):
    """An edit that was just made, for the undo stack."""

    def __init__(self, label: str, edit: Edit, apply: Callable[[Edit, bool], None]) -> None:
        super().__init__(label)
        self._edit = edit
        self._apply = apply
        self._fresh = True

    def redo(self) -> None:
        """Make it again; the first time it is made already."""
        if not self._fresh:
            self._apply(self._edit, False)
        self._fresh = False

    def undo(self) -> None:
        """Take it back."""
        self._apply(self._edit, True)
