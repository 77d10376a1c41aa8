"""What is open: the working folder, its plan and roster, one round of it; tells the window when any of it changes.

Verbs are imported when they are first used: they are half of what a start would have to load.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from toolkit import outputs, settings
from toolkit.desk import LEDGER_NAME, Desk, who
from toolkit.desktop import journey, returned
from toolkit.desktop.plan_sheet import PlanSheet
from toolkit.desktop.roster_sheet import RosterSheet
from toolkit.desktop.survey_sheet import SurveySheet, read_sheet
from toolkit.desktop.work import Work
from toolkit.figures import Figures, compute
from toolkit.filling import last_summary
from toolkit.findings import CannotDo
from toolkit.findings import desktop as found
from toolkit.model import Collection, Finding, Progress
from toolkit.roster import Expansion, expand


@dataclass(frozen=True, slots=True)
class Seen:
    """A collection with its figures, both made in the background."""

    collection: Collection
    figures: Figures


class Workspace(QObject):
    """The state behind the window.  The ``…_work`` methods give what a background job is to do."""

    folder_changed = Signal()
    plan_changed = Signal()
    roster_changed = Signal()
    round_changed = Signal()
    seen_changed = Signal()
    documents_changed = Signal()
    noticed = Signal(tuple)
    """Findings that came up while opening something."""

    def __init__(self, today: Callable[[], date] = date.today) -> None:
        super().__init__()
        self.today = today
        self.desk: Desk | None = None
        self.plan: PlanSheet | SurveySheet | None = None
        self.roster: RosterSheet | None = None
        self.expansion: Expansion | None = None
        self.round = ""
        self.due: date | None = None
        self.as_of = today()
        self.seen: Seen | None = None
        self.stale = False

    # --- opening ------------------------------------------------------------------------

    def open(self, folder: Path) -> None:
        """Open a working folder; what cannot be read in it is told, never raised."""
        self.desk = Desk(folder, datetime.combine(self.today(), datetime.min.time()))
        self.round, self.due, self.seen, self.stale, self.as_of = "", None, None, False, self.today()
        self.folder_changed.emit()
        self.read_plan()
        self.read_roster()
        self.open_round(next(iter(self.rounds()), ""))

    @property
    def here(self) -> Desk:
        """The open folder; raises :class:`CannotDo` when there is none."""
        if self.desk is None:
            raise CannotDo(found.NO_FOLDER_OPEN.at())
        return self.desk

    @property
    def collects_survey(self) -> bool:
        """Whether the folder collects a table of the office's own."""
        return isinstance(self.plan, SurveySheet)

    def books(self) -> Desk | None:
        """The folder and the moment for the ledger, ``None`` in a folder that keeps none."""
        folder = self.here.folder
        return Desk(folder, datetime.now().astimezone(), who()) if (folder / LEDGER_NAME).is_file() else None

    @property
    def summary(self) -> Path:
        """The summary of the round that was written last: an edited one is kept, the next gets a new name."""
        desk = self.here
        if self.books() is not None:
            with suppress(CannotDo):
                return last_summary(desk, self.round)
        return desk.summary(self.round)

    def rounds(self) -> list[str]:
        """The rounds of the folder, the newest first."""
        return returned.rounds(self.desk.folder) if self.desk else []

    def read_plan(self) -> None:
        """Read the plan from its file, dropping edits that were not saved."""
        self.plan = None
        if self.desk and self.desk.plan.is_file():
            try:
                self.plan = read_sheet(self.desk.plan)
            except CannotDo as problem:
                self.noticed.emit(problem.findings)
        self.plan_moved()

    def read_roster(self) -> None:
        """Read the register from its file, dropping edits that were not saved."""
        self.roster = None
        if self.desk:
            try:
                self.roster = RosterSheet(self.desk.roster)
            except CannotDo as problem:
                self.noticed.emit(problem.findings)
        self.roster_moved()

    def plan_moved(self) -> None:
        """The plan was read or edited."""
        self._expand()
        self.plan_changed.emit()

    def roster_moved(self) -> None:
        """The register was read or edited."""
        self._expand()
        self.roster_changed.emit()

    def open_round(self, name: str) -> None:
        """Look at another round."""
        self.round, self.seen, self.stale = name.strip(), None, False
        self.due = returned.due_of(self.desk.forms(self.round)) if self.desk and self.round else None
        self.round_changed.emit()

    def save(self) -> None:
        """Save what was edited.  Raises :class:`CannotDo` with whatever could not be saved."""
        findings: list[Finding] = []
        for sheet in (self.plan, self.roster):
            if sheet is not None and sheet.dirty:
                try:
                    sheet.save()
                except CannotDo as problem:
                    findings += problem.findings
        if findings:
            raise CannotDo(*findings)

    @property
    def dirty(self) -> bool:
        """Whether anything edited is not saved."""
        return any(sheet is not None and sheet.dirty for sheet in (self.plan, self.roster))

    def situation(self) -> journey.Situation:
        """Everything the steps' lines and the next step are told from."""
        desk, named = self.desk, bool(self.round)
        if desk is None:
            return journey.Situation()
        return journey.Situation(
            plan=self.plan.plan if self.plan else None,
            roster=self.roster.roster if self.roster else None,
            expansion=self.expansion,
            round=self.round,
            forms=len(returned.files_in(desk.forms(self.round))) if named else 0,
            returns=len(returned.files_in(desk.returns(self.round))) if named else 0,
            collection=self.seen.collection if self.seen else None,
            stale=self.stale,
            summary=named and self.summary.is_file(),
            documents=len(returned.documents(desk.feedback(self.round))) if named else 0,
        )

    def _expand(self) -> None:
        both = self.plan is not None and self.roster is not None
        self.expansion = expand(self.plan.plan, self.roster.roster) if both and self.plan and self.roster else None

    # --- the verbs, as work for the background ------------------------------------------------

    def draft_work(self, notices: Sequence[Path], receiver: str | None = None, upper: Path | None = None) -> Work:
        """拟表 from notices; they are copied into the folder, a plan that is there is kept.

        For a ``receiver`` only its tasks are kept; ``upper`` is then the register of the level above.
        """
        desk, books = self.here, self.books()
        out = outputs.free_name(desk.plan)
        own = desk.roster if desk.roster.is_file() else None
        known = upper if receiver else own

        def work(progress: Progress) -> object:
            from toolkit.draft import draft

            result = draft(notices, out, roster=known, receiver=receiver, desk=books, progress=progress)
            keep_beside(notices, desk.folder)
            return result

        return work

    def issue_work(self, round: str, due: date | None, units: Sequence[str] = (), *, concerned: bool = False) -> Work:
        """下发 for a round; ``concerned``: only to the units whose forms of this round lack a task."""
        desk = self.ready()
        if not round.strip():
            raise CannotDo(found.NO_ROUND.at())
        name, books = round.strip(), self.books()

        def work(progress: Progress) -> object:
            from toolkit.issue import issue

            return issue(
                desk.plan, desk.forms(name), round=name, due=due, units=units, concerned=concerned, desk=books,
                progress=progress,
            )  # fmt: skip

        return work

    def check_work(self) -> Work:
        """校验 what came back in the round: a :class:`CheckResult` and what the window shows of it."""
        desk, paths = self.ready(), self.returned_paths()
        round, as_of = self.round, self.as_of

        def work(progress: Progress) -> object:
            from toolkit.check import check

            result = check(paths, plan=desk.plan, round=round, as_of=as_of, progress=progress)
            assert result.collection is not None
            return result, _seen(result.collection, desk)

        return work

    def merge_work(self) -> Work:
        """汇总 what came back in the round: a :class:`MergeResult` and what the window shows of it."""
        desk, paths = self.ready(), self.returned_paths()
        round, as_of, books = self.round, self.as_of, self.books()

        def work(progress: Progress) -> object:
            from toolkit.merge import merge

            result = merge(
                paths, desk.plan, desk.summary(round), round=round, as_of=as_of, desk=books, progress=progress
            )
            return result, _seen(result.collection, desk)

        return work

    def notify_work(self, kinds: Sequence[str]) -> Work:
        """反馈 from the summary of the round."""
        desk, summary = self.here, self.merged()
        out, books = desk.feedback(self.round), self.books()

        def work(progress: Progress) -> object:
            from toolkit.notify import notify

            return notify(summary, out, kinds=kinds, desk=books, progress=progress)

        return work

    def summary_work(self) -> Work | None:
        """Read the summary of the round, ``None`` when there is none."""
        if self.desk is None or not self.round or not (path := self.summary).is_file():
            return None
        desk = self.desk

        def work(_progress: Progress) -> object:
            from toolkit.workbooks import summary_book

            return _seen(summary_book.read(path), desk)

        return work

    def take_in_work(self, paths: Sequence[Path]) -> Work:
        """Copy dropped files into 回收/填报期."""
        if not self.round:
            raise CannotDo(found.NO_ROUND.at())
        folder = self.here.returns(self.round)
        return lambda _progress: returned.take_in(paths, folder)

    # --- taking results over --------------------------------------------------------------------

    def show(self, seen: Seen) -> None:
        """What was read is what the window shows."""
        self.seen, self.stale = seen, False
        self.due = seen.collection.round.due
        self.as_of = seen.collection.as_of
        self.seen_changed.emit()

    def new_returns(self) -> None:
        """Files came; what was read before is old."""
        self.stale = True
        self.seen_changed.emit()

    def returned_paths(self) -> list[Path]:
        """Where the round's returns lie.  Raises :class:`CannotDo` when nothing came."""
        if not self.round:
            raise CannotDo(found.NO_ROUND.at())
        folder = self.here.returns(self.round)
        if not returned.files_in(folder):
            raise CannotDo(found.NO_RETURNS.at(round=self.round))
        return [folder]

    def merged(self) -> Path:
        """The summary of the round.  Raises :class:`CannotDo` while there is none."""
        if not self.round or not self.summary.is_file():
            raise CannotDo(found.NO_SUMMARY.at(round=self.round))
        return self.summary

    def ledger(self) -> Desk:
        """The folder with its ledger.  Raises :class:`CannotDo` where none is kept."""
        books = self.books()
        if books is None:
            raise CannotDo(found.NO_LEDGER.at())
        return books

    def ready(self) -> Desk:
        """The folder with a plan, everything edited saved."""
        desk = self.here
        self.save()
        if not desk.plan.is_file():
            raise CannotDo(found.NO_PLAN.at())
        return desk


def keep_beside(notices: Sequence[Path], folder: Path) -> None:
    """Copy notices into the working folder, so that their words can be shown beside the plan.

    What lies there under the same name stays: a plan from above is often called like the own one.
    """
    for notice in notices:
        if not (folder / notice.name).exists():
            shutil.copyfile(notice, folder / notice.name)


def _seen(collection: Collection, desk: Desk) -> Seen:
    return Seen(collection, compute(collection, settings.load(desk.folder)))
