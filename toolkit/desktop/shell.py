"""The window: the folder on top, the steps at the left, what to do next always in view."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QCloseEvent, QUndoGroup
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QHBoxLayout,
    QMainWindow,
    QMessageBox,
    QProgressBar,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from toolkit.desk import Desk, who
from toolkit.desktop import journal as journals
from toolkit.desktop import journey, theme
from toolkit.desktop.amending import Amending
from toolkit.desktop.elsewhere import Elsewhere
from toolkit.desktop.head import Ahead, Head
from toolkit.desktop.housekeeping import Housekeeping
from toolkit.desktop.journal import Journal, TextWindow
from toolkit.desktop.journey import Step
from toolkit.desktop.manual import Manual
from toolkit.desktop.memory import Memory
from toolkit.desktop.menus import build_menus, list_recent
from toolkit.desktop.pages.base import StepPage
from toolkit.desktop.pages.collect import CollectPage
from toolkit.desktop.pages.draft import DraftPage
from toolkit.desktop.pages.issue import IssuePage
from toolkit.desktop.pages.merge import MergePage
from toolkit.desktop.pages.notify import NotifyPage
from toolkit.desktop.steps import StepList
from toolkit.desktop.surveys import Surveys
from toolkit.desktop.theme import Mode
from toolkit.desktop.upward import Upward
from toolkit.desktop.widgets import Banner, button, open_path
from toolkit.desktop.work import Job, Runner, Work
from toolkit.desktop.workspace import Seen, Workspace
from toolkit.findings import CannotDo
from toolkit.model import Finding

if TYPE_CHECKING:
    from toolkit.housekeeping.init import InitResult

_READS = ("读通知原文", "预览", "打开文件", "读汇总表", "溯源")
"""Jobs so short that their end is not worth a word."""


class Shell(QMainWindow):
    """The program's window."""

    def __init__(self, memory: Memory, sample: Path) -> None:
        super().__init__()
        self.memory, self.sample = memory, sample
        self.space, self.runner, self.journal = Workspace(), Runner(self), Journal()
        space, runner = self.space, self.runner
        self.draft, self.issue = DraftPage(space, runner), IssuePage(space, runner)
        self.collect, self.merge, self.notify = (
            CollectPage(space, runner), MergePage(space, runner), NotifyPage(space, runner),
        )  # fmt: skip
        self.pages: tuple[StepPage, ...] = (self.draft, self.issue, self.collect, self.merge, self.notify)
        self.steps = StepList()
        self.banner = Banner()
        self.housekeeping, self.amending = Housekeeping(self), Amending(self)
        self.surveys, self.upward = Surveys(self), Upward(self)
        self.stack = QStackedWidget()
        for page in self.pages:
            self.stack.addWidget(page)
        self.undo = QUndoGroup(self)
        for stack in (self.draft.undo, self.issue.undo):
            self.undo.addStack(stack)
        self._manual: Manual | None = None
        self._elsewhere = Elsewhere(space, lambda words: self.statusBar().showMessage(words), self)
        self._build()
        build_menus(self)
        self._connect()
        self.setWindowTitle("分工")
        self.setMinimumSize(960, 560)
        self.resize(1280, 720)
        self.restoreGeometry(memory.geometry)
        self.setAcceptDrops(True)
        self.go_to(Step.DRAFT)

    # --- building -----------------------------------------------------------------------------

    def _build(self) -> None:
        self.head, self.ahead = Head(self._explore), Ahead(self._go_next)
        right = QVBoxLayout()
        right.setContentsMargins(10, 8, 10, 8)
        right.setSpacing(8)
        right.addWidget(self.ahead)
        right.addWidget(self.banner)
        right.addWidget(self.stack, 1)
        body = QHBoxLayout()
        body.setSpacing(0)
        body.addWidget(self.steps)
        body.addLayout(right, 1)
        whole = QWidget()
        layout = QVBoxLayout(whole)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.head)
        layout.addLayout(body, 1)
        self.setCentralWidget(whole)
        self.progress = QProgressBar()
        self.progress.setMaximumWidth(260)
        self.progress.setTextVisible(False)
        self.cancel = button("取消", self.runner.cancel, key="Esc")
        self.statusBar().addPermanentWidget(self.progress)
        self.statusBar().addPermanentWidget(self.cancel)
        for part in (self.progress, self.cancel):
            part.hide()

    def _connect(self) -> None:
        self.steps.chosen.connect(self.go_to)
        for page in self.pages:
            page.told.connect(self.tell)
            page.changed.connect(self.refresh)
        self.draft.amend_asked.connect(self.amending.ask)
        self.draft.own_part_asked.connect(self.amending.ask_from_above)
        self.merge.rollup_asked.connect(self.upward.ask)
        self.merge.trace_asked.connect(self.upward.trace)
        self.merge.contacts_asked.connect(self.surveys.ask_contacts)
        self.merge.look_asked.connect(self.collect.look_at)
        self.space.noticed.connect(lambda findings: self.tell([], findings))
        self.space.folder_changed.connect(self._show_folder)
        self.space.round_changed.connect(self._read_summary)
        for signal in (self.space.plan_changed, self.space.roster_changed, self.space.seen_changed):
            signal.connect(self.refresh)
        self.head.round.activated.connect(lambda _place: self.space.open_round(self.head.round.currentText()))
        self.head.recent.aboutToShow.connect(lambda: list_recent(self))
        self.runner.started.connect(self._started)
        self.runner.progressed.connect(self._progressed)
        self.runner.finished.connect(self._finished)
        self.runner.refused.connect(self._refused)

    # --- beginning ----------------------------------------------------------------------------

    def begin(self, folder: Path | None) -> None:
        """Open the folder given, else the last one, else the sample."""
        last = folder or next(iter(self.memory.folders), None)
        if last is not None:
            self.open_folder(last)
        else:
            self.open_sample()

    def open_folder(self, folder: Path) -> None:
        """Open a working folder."""
        if self._saved():
            self.memory.open_folder(folder)
            self.space.open(folder)
            self.go_to(journey.next_step(self.space.situation()).step, hush=False)

    def open_sample(self) -> None:
        """Open the sample folder, made by the demo when it is not there."""
        from toolkit.housekeeping.demo import demo

        if (self.sample / "任务分工表.xlsx").is_file():
            self.open_folder(self.sample)
            return
        self.runner.run(Job("准备示例", lambda progress: demo(self.sample, progress=progress), self._sample_made))

    def _sample_made(self, _result: object) -> None:
        self.open_folder(self.sample)
        self.go_to(Step.DRAFT)
        self.tell(
            [
                "这是自带的示例（虚构的云岭市），五步都已走完，可以随便点、随便改。",
                "做自己的工作：点右上角“换文件夹”，新建一个空文件夹，把通知拖进来。按 F1 看手册。",
            ]
        )

    # --- folder and round ---------------------------------------------------------------------

    def _show_folder(self) -> None:
        desk = self.space.desk
        if desk is None:
            return
        self.head.show_folder(desk)
        self.setWindowTitle(f"{desk.folder.name} - 分工")
        self.banner.hide()
        self.journal.note(f"打开 {desk.folder}")

    def choose_folder(self) -> None:
        """Ask for a working folder and open it."""
        start = str(self.space.desk.folder.parent) if self.space.desk else ""
        if name := QFileDialog.getExistingDirectory(self, "选择或新建一个文件夹，放这项工作的全部文件", start):
            self.begin_folder(Path(name))

    def begin_folder(self, folder: Path) -> None:
        """Open a folder that was chosen; an empty one becomes a working folder with a ledger first."""
        from toolkit.housekeeping.init import init

        if not any(folder.iterdir()):
            desk = Desk(folder, datetime.now().astimezone(), who())
            self.runner.run(Job("建台账文件夹", lambda progress: init(desk=desk, progress=progress), self._made))
        else:
            self.open_folder(folder)

    def _made(self, result: InitResult) -> None:
        self.open_folder(result.folder)
        self.tell([f"“{result.folder.name}”已经是台账文件夹，里面的“说明.txt”写着各是什么。"])

    def _explore(self) -> None:
        if self.space.desk:
            open_path(self.space.desk.folder)

    def _read_summary(self) -> None:
        self.refresh()
        work = self.space.summary_work()
        if work is not None:
            round = self.space.round
            self.runner.run(Job("读汇总表", work, lambda seen: self._take_summary(round, seen)))

    def _take_summary(self, round: str, seen: Seen) -> None:
        if round == self.space.round and self.space.seen is None:
            self.space.show(seen)

    # --- steps --------------------------------------------------------------------------------

    def go_to(self, step: Step, *, hush: bool = True) -> None:
        """Show a step; what was said of another one is no longer shown, unless it is of the folder (``hush``)."""
        if hush and int(step) != self.stack.currentIndex():
            self.banner.hide()
        self.stack.setCurrentIndex(int(step))
        self.steps.choose(step)
        self.undo.setActiveStack({Step.DRAFT: self.draft.undo, Step.ISSUE: self.issue.undo}.get(step))  # type: ignore[arg-type]
        self.notify.refresh()
        self.refresh()

    def _go_next(self) -> None:
        self.go_to(journey.next_step(self.space.situation()).step)

    def refresh(self) -> None:
        """Tell again how far everything is."""
        now = self.space.situation()
        self.steps.tell(journey.stands(now))
        ahead = journey.next_step(now)
        self.ahead.tell(ahead, here=int(ahead.step) == self.stack.currentIndex())
        self.head.show_rounds(self.space.rounds(), self.space.round)
        self.merge.refresh()
        self._elsewhere.watch()

    # --- jobs -----------------------------------------------------------------------------------

    def start(self, label: str, work: Callable[[], Work], done: Callable[[Any], None]) -> None:
        """Start a job; what keeps it from starting is told like what keeps it from being done."""
        try:
            self.runner.run(Job(label, work(), done))
        except CannotDo as problem:
            self.tell([], problem.findings)

    def _started(self, job: str) -> None:
        if job not in _READS:
            self.journal.note(f"开始：{job}")
            self.banner.hide()
        self.statusBar().showMessage(f"{job}…")
        self.progress.setRange(0, 0)
        self.progress.show()
        self.cancel.show()

    def _progressed(self, done: int, total: int, text: str) -> None:
        self.progress.setRange(0, max(total, 1))
        self.progress.setValue(done)
        if text:
            self.statusBar().showMessage(text)

    def _finished(self, job: str) -> None:
        self._rest()
        if job not in _READS:
            self.journal.note(f"完成：{job}")
        self.statusBar().showMessage("" if job in _READS else f"{job}：完成", 8000)

    def _refused(self, job: str, findings: tuple[Finding, ...]) -> None:
        self._rest()
        self.tell([f"{job}没有做成。"], findings)
        self.refresh()

    def _rest(self) -> None:
        self.progress.hide()
        self.cancel.hide()

    def tell(self, sentences: Sequence[str], findings: Sequence[Finding] = ()) -> None:
        """Say something in the strip, and keep it in the log."""
        self.banner.tell(sentences, findings)
        self.journal.tell(sentences, findings)

    # --- saving, look, help, end ----------------------------------------------------------------

    def save(self) -> bool:
        """Save what was edited; whether that worked."""
        try:
            self.space.save()
        except CannotDo as problem:
            self.tell([], problem.findings)
            return False
        self.space.plan_changed.emit()
        self.space.roster_changed.emit()
        self.statusBar().showMessage("已保存。", 5000)
        return True

    def _saved(self) -> bool:
        """Whether nothing would be lost by leaving: saved, or the clerk gives it up."""
        if not self.space.dirty or self.save():
            return True
        asked = QMessageBox.question(
            self, "有改动没有保存", "窗口里的改动没有保存成功。放弃这些改动吗？",
            QMessageBox.StandardButton.Discard | QMessageBox.StandardButton.Cancel,
        )  # fmt: skip
        return asked is QMessageBox.StandardButton.Discard

    def dress(self, mode: Mode | None = None, large: bool | None = None) -> None:
        """Change the look."""
        self.memory.mode = self.memory.mode if mode is None else mode
        self.memory.large = self.memory.large if large is None else large
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        theme.apply(app, self.memory.mode, self.memory.large)
        for page in self.pages:
            page.redress()
        self.refresh()

    def show_journal(self) -> None:
        """The log of this session."""
        TextWindow("运行记录", journals.ABOUT, self.journal.lines, self).show()

    def show_manual(self) -> None:
        """F1."""
        if self._manual is None:
            self._manual = Manual(self)
        self._manual.show()
        self._manual.raise_()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Save, stop what runs, remember the window."""
        if not self._saved():
            event.ignore()
            return
        self.runner.wait()
        self.memory.geometry = self.saveGeometry()
        self.memory.write()
        event.accept()
