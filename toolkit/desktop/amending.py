"""Amendments of the plan in the middle of a round, and what came from above: asked for, done, put into use."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from toolkit import outputs
from toolkit.desktop.dialogs.amended import AmendedWindow, Amendment
from toolkit.desktop.dialogs.notices import NoticesDialog, NoticesWish
from toolkit.desktop.journey import Step
from toolkit.desktop.saving import put_into_use
from toolkit.desktop.work import Work
from toolkit.desktop.workspace import keep_beside
from toolkit.findings import CannotDo
from toolkit.findings import desktop as found
from toolkit.model import Progress

if TYPE_CHECKING:
    from toolkit.desktop.shell import Shell


class Amending:
    """What the page 拟表 offers besides drafting."""

    def __init__(self, shell: Shell) -> None:
        self._shell = shell
        self._space = shell.space

    def ask(self) -> None:
        """Ask for an amendment of the plan in use."""
        try:
            plan, folder = self._space.here.plan, self._space.here.folder
            if not plan.is_file() or self._space.collects_survey:
                raise CannotDo(found.NO_AMENDMENT.at())
        except CannotDo as problem:
            self._shell.tell([], problem.findings)
            return
        dialog = NoticesDialog(self._shell, onto=plan, start=folder)
        dialog.accepted.connect(lambda: self.amend(dialog.wish))
        dialog.open()

    def ask_from_above(self) -> None:
        """Ask for what came from above."""
        try:
            folder = self._space.here.folder
        except CannotDo as problem:
            self._shell.tell([], problem.findings)
            return
        dialog = NoticesDialog(self._shell, onto=None, start=folder)
        dialog.accepted.connect(lambda: self._shell.draft.draft_own_part(dialog.wish))
        dialog.open()

    def amend(self, wish: NoticesWish) -> None:
        """Lay notices over a plan."""
        self._shell.start("调整任务分工表", lambda: self._amend_work(wish), self._amended)

    def _amend_work(self, wish: NoticesWish) -> Work:
        self._space.save()
        onto = wish.onto or self._space.here.plan
        own = onto.resolve() == self._space.here.plan.resolve()
        books = self._space.books() if own else None

        def work(progress: Progress) -> Amendment:
            from toolkit.draft import draft

            known = outputs.sha256(onto)
            result = draft(
                wish.notices, onto=onto, receiver=wish.receiver, roster=wish.roster, desk=books, progress=progress
            )
            keep_beside(wish.notices, onto.parent)
            return Amendment(result, onto, known, own)

        return work

    def _amended(self, amendment: Amendment) -> None:
        self._shell.tell(amendment.result.sentences()[:2], amendment.result.findings)
        AmendedWindow(
            amendment, self._shell, use=self.put_into_use, issue=self._issue, look=self._shell.draft.open
        ).show()

    def put_into_use(self, amendment: Amendment) -> Path:
        """Make the new plan the one in use; returns where the old one is kept.  Raises :class:`CannotDo`, also told."""
        own = amendment.onto.resolve() == self._space.here.plan.resolve()
        try:
            self._space.save()
            kept = put_into_use(amendment.new, amendment.onto, amendment.kept, amendment.known)
        except CannotDo as problem:
            self._shell.tell([], problem.findings)
            raise
        if own:
            self._space.read_plan()
            self._shell.go_to(Step.DRAFT)
            self._shell.draft.next_doubt()
        self._shell.tell([f"已启用第 {amendment.result.plan.revision} 版；原来的表留作“{kept.name}”。"])
        return kept

    def _issue(self, amendment: Amendment) -> None:
        if amendment.onto.resolve() != self._space.here.plan.resolve():
            self._shell.open_folder(amendment.onto.parent)
        self._shell.go_to(Step.ISSUE)
        self._shell.issue.issue_concerned()
