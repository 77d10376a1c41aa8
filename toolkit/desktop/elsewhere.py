"""The plan and the register while another program has them: read again when they were saved there."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer

from toolkit.desktop.workspace import Workspace

_SETTLE = 400
"""Milliseconds to wait until another program has finished saving."""


class Elsewhere(QObject):
    """Watches the two files of the open folder; ``say`` tells a word in the status bar."""

    def __init__(self, space: Workspace, say: Callable[[str], None], parent: QObject) -> None:
        super().__init__(parent)
        self._space = space
        self._say = say
        self._watcher = QFileSystemWatcher(self)
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.setInterval(_SETTLE)
        self._watcher.fileChanged.connect(lambda _path: self._settling.start())
        self._settling.timeout.connect(self._read_again)

    def watch(self) -> None:
        """Watch the files that are there now."""
        if known := self._watcher.files():
            self._watcher.removePaths(known)
        desk = self._space.desk
        there = [str(path) for path in (desk.plan, desk.roster) if path.is_file()] if desk else []
        if there:
            self._watcher.addPaths(there)

    def _read_again(self) -> None:
        """A file was saved by another program: read it, unless that would drop edits."""
        plan, roster = self._space.plan, self._space.roster
        if plan is not None and plan.changed_elsewhere() and not plan.dirty:
            self._space.read_plan()
            self._say(f"{plan.path.stem}在别的程序里存过盘，已重新读取。")
        if roster is not None and roster.changed_elsewhere() and not roster.dirty:
            self._space.read_roster()
            self._say("单位名录在别的程序里存过盘，已重新读取。")
        self.watch()
