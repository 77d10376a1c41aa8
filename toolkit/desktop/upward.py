"""上报 and 溯源: a round goes up to the level above; a summary is opened down to the lowest cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.desktop.dialogs.rollup import RollupDialog, RollupWish
from toolkit.desktop.work import Work
from toolkit.findings import CannotDo
from toolkit.model import Progress

if TYPE_CHECKING:
    from toolkit.desktop.shell import Shell
    from toolkit.housekeeping.rollup import RollupResult

ROLLED_UP = "上报_"
"""In front of the name of the upper form."""


class Upward:
    """What the page 汇总 offers to an office between two others."""

    def __init__(self, shell: Shell) -> None:
        self._shell = shell
        self._space = shell.space

    def ask(self) -> None:
        """Ask which form of the level above is to be filled in."""
        try:
            self._space.merged()
            folder = self._space.here.folder
        except CannotDo as problem:
            self._shell.tell([], problem.findings)
            return
        dialog = RollupDialog(self._shell, start=folder, stale=self._space.stale)
        dialog.accepted.connect(lambda: self.roll_up(dialog.wish))
        dialog.open()

    def roll_up(self, wish: RollupWish) -> None:
        """Fill in the upper form."""
        self._shell.start("上报", lambda: self._rollup_work(wish), self._rolled_up)

    def _rollup_work(self, wish: RollupWish) -> Work:
        summary, books = self._space.merged(), self._space.books()
        out = summary.with_name(f"{ROLLED_UP}{wish.form.stem}.xlsx")

        def work(progress: Progress) -> RollupResult:
            from toolkit.housekeeping.rollup import rollup

            return rollup(summary, wish.form, out, accepted_only=wish.accepted_only, desk=books, progress=progress)

        return work

    def _rolled_up(self, result: RollupResult) -> None:
        self._shell.tell([*result.sentences(), "最后一张表“_fengong_下级明细”不要删。"], result.findings)
        self._shell.draft.open(result.form)

    def trace(self, task: str = "", unit: str = "") -> None:
        """Open the summary of the round down to the lowest cell."""
        from toolkit.desktop.dialogs.traced import Focus, TraceWindow

        try:
            summary = self._space.merged()
        except CannotDo as problem:
            self._shell.tell([], problem.findings)
            return
        earlier: TraceWindow
        for earlier in self._shell.findChildren(TraceWindow):
            earlier.close()
        window = TraceWindow(summary, Focus(task, unit), self._shell.runner, self._shell, look=self._shell.draft.open)
        window.told.connect(self._shell.tell)
        window.show()
