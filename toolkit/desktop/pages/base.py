"""What every page is given, and what it may ask of the window."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal

from toolkit.desktop.widgets import Page, open_path
from toolkit.desktop.work import Job, Runner, Work
from toolkit.desktop.workspace import Workspace
from toolkit.findings import CannotDo
from toolkit.findings import command as found
from toolkit.model import Finding


class StepPage(Page):
    """One step: shows the workspace, starts jobs, tells what came of them."""

    told = Signal(list, tuple)
    """Sentences and findings for the strip and the log."""
    changed = Signal()
    """The folder stands differently now."""

    def __init__(self, space: Workspace, runner: Runner) -> None:
        super().__init__()
        self.space = space
        self.runner = runner

    def start(self, label: str, work: Callable[[], Work], done: Callable[[Any], None]) -> None:
        """Start a job; what keeps it from starting is told like what keeps it from being done."""
        try:
            self.runner.run(Job(label, work(), done))
        except CannotDo as problem:
            self.tell([], problem.findings)

    def tell(self, sentences: Sequence[str], findings: Sequence[Finding] = ()) -> None:
        """Say what happened."""
        self.told.emit(list(sentences), tuple(findings))

    def open(self, path: Path) -> None:
        """Open a file or folder with the system's program, or say that it is not there."""
        if not path.exists() or not open_path(path):
            self.tell([], [found.NOT_FOUND.at(path=str(path))])

    def redress(self) -> None:
        """The look changed."""
