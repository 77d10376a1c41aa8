"""拟表: the plan beside the notice it was read from."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QUndoStack
from PySide6.QtWidgets import QFileDialog, QMenu, QPushButton, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from toolkit import containers
from toolkit.containers.content import Content
from toolkit.desktop.fields_panel import FieldsPanel
from toolkit.desktop.models.plan import WIDTHS, WORDS, PlanModel
from toolkit.desktop.pages.base import StepPage
from toolkit.desktop.paper import Paper
from toolkit.desktop.picking import NOTICES
from toolkit.desktop.survey_sheet import SurveySheet
from toolkit.desktop.table_view import Table
from toolkit.desktop.widgets import button, column, label, row
from toolkit.desktop.work import Job, Runner
from toolkit.desktop.workspace import Workspace
from toolkit.findings import CannotDo
from toolkit.findings import desktop as found

if TYPE_CHECKING:
    from toolkit.desktop.dialogs.notices import NoticesWish
    from toolkit.draft import DraftResult

_SPARE = ("完成情况", "备注", "配合单位", "牵头单位", "工作任务", "序号")
"""Columns that are not shown while no task says anything in them."""


class DraftPage(StepPage):
    """Drop a notice in, look at what is coloured, mend it in place."""

    amend_asked = Signal()
    own_part_asked = Signal()
    """The clerk wants an amendment, or the own part of what came from above."""

    def __init__(self, space: Workspace, runner: Runner) -> None:
        super().__init__(space, runner)
        self.undo = QUndoStack(self)
        self.model = PlanModel(self.undo)
        self.view = Table(self.model, WIDTHS, wrap=True)
        self.view.hint = "把通知拖到这里\n\n读出来的任务分工表会列在这里，拿不准的格子带颜色"
        self.paper = Paper("这里显示通知原文。点左边表里的一格，原文里的那句话会标出来。", narrow=True)
        self._papers: dict[str, Content] = {}
        self._open_paper = ""
        self._title = label(strong=True, wrap=True)
        self._why = label(wrap=True)
        self._buttons = self._make_buttons()
        right = QWidget()
        right.setLayout(column(label("通知原文", strong=True), self.paper, self._why))
        self._split = QSplitter()
        self._split.addWidget(self.view)
        self._split.addWidget(right)
        self._split.setSizes([820, 340])
        self._split.setChildrenCollapsible(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(row(*self._buttons, None))
        layout.addWidget(self._title)
        self.fields = FieldsPanel()
        self._body = QStackedWidget()
        self._body.addWidget(self._split)
        self._body.addWidget(self.fields)
        layout.addWidget(self._body, 1)
        self._connect()

    def _make_buttons(self) -> list[QWidget]:
        self.choose = button("选择通知(&T)…", self._choose, tip="也可以把通知直接拖进窗口")
        self.jump = button("下一处待核(&N)", self.next_doubt, tip="跳到下一个带颜色的格子", key="F4")
        self.tick = button("已复核(&R)", self._tick, tip="所选任务核对无误", key="Ctrl+Return")
        self.save = button("保存(&S)", self._save, tip="把改动写进任务分工表.xlsx")
        self.excel = button("用 Excel/WPS 打开(&E)", self._open, tip="在表格软件里改，存盘后这里会自动重新读取")
        self.reread = button("重新读取", self._reread, tip="取用文件里的内容，放弃窗口里没有保存的改动")
        self.adjust = QPushButton("调整(&J)")
        self.adjust.setToolTip("中途来了修订或补充通知，或者接上级的任务")
        menu = QMenu(self)
        self.amend = menu.addAction("在已有分工表上调整…", self.amend_asked.emit)
        menu.addAction("接上级的任务，只取本单位的部分…", self.own_part_asked.emit)
        self.adjust.setMenu(menu)
        return [self.choose, self.adjust, self.jump, self.tick, self.save, self.excel, self.reread]

    def _connect(self) -> None:
        self.dropped.connect(self.draft)
        self.space.plan_changed.connect(self._show)
        self.model.edited.connect(self._edited)
        self.model.refused.connect(lambda findings: self.tell([], findings))
        self.view.selectionModel().currentChanged.connect(self._point)
        self.model.modelReset.connect(self._span_chapters)

    # --- drafting ---------------------------------------------------------------------------

    def takes(self, paths: Sequence[Path]) -> bool:
        """Any files: the program looks at what is inside; none where a survey is collected."""
        return bool(paths) and all(path.is_file() for path in paths) and not self.space.collects_survey

    def draft(self, notices: Sequence[Path]) -> None:
        """Draft a plan from notices."""
        self.start("拟表", lambda: self.space.draft_work(notices), self._drafted)

    def draft_own_part(self, wish: NoticesWish) -> None:
        """Draft the tasks that reach the own unit."""
        self.start("拟表", lambda: self.space.draft_work(wish.notices, wish.receiver, wish.roster), self._drafted)

    def _choose(self) -> None:
        start = str(self.space.desk.folder) if self.space.desk else ""
        names, _ = QFileDialog.getOpenFileNames(self, "选择通知", start, NOTICES)
        if names:
            self.draft([Path(name) for name in names])

    def _drafted(self, result: DraftResult) -> None:
        plan = self.space.here.plan
        findings = list(result.findings)
        if result.files[0] != plan:
            findings.insert(0, found.PLAN_THERE.at(name=result.files[0].name))
        self.space.read_plan()
        self.space.read_roster()
        self.tell(result.sentences(), findings)
        self.changed.emit()

    # --- showing ----------------------------------------------------------------------------

    def _show(self) -> None:
        sheet = self.space.plan
        tasks = None if isinstance(sheet, SurveySheet) else sheet
        if tasks is not self.model.sheet or tasks is None:
            self.model.show(tasks)
            self.view.horizontalScrollBar().setValue(0)
            self._show_notices()
        if isinstance(sheet, SurveySheet):
            self.fields.show_survey(sheet)
        self._body.setCurrentWidget(self._split if sheet is tasks else self.fields)
        self._fit()
        for part in (self.tick, self.save, self.jump, self.amend):
            part.setEnabled(tasks is not None)
        for part in (self.choose, self.adjust, self.jump, self.tick, self.save):
            part.setVisible(sheet is tasks)
        for part in (self.excel, self.reread):
            part.setEnabled(sheet is not None)
        self._tell_title()

    def _tell_title(self) -> None:
        sheet = self.space.plan
        self.save.setText("保存(&S) •" if sheet and sheet.dirty else "保存(&S)")
        if sheet is None:
            self._title.setText("把通知拖进来，或者点“选择通知”。Word、PDF、网页、表格都可以，几份一起也行。")
            self._why.setText("")
            return
        if isinstance(sheet, SurveySheet):
            self._title.setText(f"收集表“{sheet.plan.title}”：{len(sheet.survey.fields)} 个字段")
            return
        count = len(self.model.open_rows())
        marks = f"，{count} 项待核（带颜色）" if count else "，没有待核的内容"
        self._title.setText(f"{sheet.plan.title}：{len(sheet.plan.tasks)} 项任务{marks}")
        self.jump.setEnabled(count > 0)
        if not sheet.editable:
            self._why.setText(found.FOREIGN_PLAN.at(path=sheet.path.name).message)

    def _fit(self) -> None:
        sheet = self.model.sheet
        if sheet is not None:
            rows = [sheet.texts(index) for index in range(len(sheet.plan.tasks))]
            for place, word in enumerate(WORDS):
                self.view.setColumnHidden(place, word in _SPARE and not any(cells[word] for cells in rows))
            self._span_chapters()
        self.view.fit()

    def _span_chapters(self) -> None:
        self.view.clearSpans()
        for place, line in enumerate(self.model.lines):
            if line.heading:
                self.view.setSpan(place, 0, 1, len(WORDS))

    def _show_notices(self) -> None:
        self._papers, self._open_paper = {}, ""
        self.paper.show_content(None)
        if paths := self._notices():
            read = {path.name: path for path in paths}
            self.runner.run(
                Job(
                    "读通知原文",
                    lambda _: {name: containers.read(path, name) for name, path in read.items()},
                    self._show_papers,
                )
            )

    def _show_papers(self, papers: dict[str, Content]) -> None:
        self._papers = papers
        self._turn_to(next(iter(papers)))
        self._point(self.view.currentIndex())

    def _turn_to(self, name: str) -> None:
        """Show another of the notices."""
        if name in self._papers and name != self._open_paper:
            self._open_paper = name
            self.paper.show_content(self._papers[name])

    def _notices(self) -> list[Path]:
        """The notices the plan was read from, as far as they lie in the folder."""
        sheet, desk = self.model.sheet, self.space.desk
        if sheet is None or desk is None:
            return []
        names = [*sheet.plan.doc.split("；"), *(task.source.path for task in sheet.plan.tasks)]
        return [path for name in dict.fromkeys(filter(None, names)) if (path := desk.folder / name).is_file()]

    def _point(self, index: QModelIndex) -> None:
        """The notice's words for the cell that is looked at."""
        sheet = self.model.sheet
        if sheet is None or not index.isValid() or (task := self.model.task_at(index.row())) < 0:
            return
        doing = sheet.plan.tasks[task]
        self._turn_to(doing.source.path)
        word = WORDS[index.column()]
        marks = [mark for mark in doing.open_review if mark.evidence]
        reason = self.model.doubt(index.row(), index.column())
        passage = marks[0].evidence if reason and marks else sheet.texts(task)[word].split("\n")[0]
        self.paper.point_at(passage or doing.source.text, doing.source.text or doing.requirement)
        self._why.setText(f"待复核：{reason.splitlines()[0]}" if reason else "")

    def next_doubt(self) -> None:
        """Go to the next coloured cell."""
        rows = self.model.open_rows()
        if not rows:
            return
        now = self.view.currentIndex().row()
        target = next((place for place in rows if place > now), rows[0])
        columns = [c for c in range(len(WORDS)) if self.model.doubt(target, c) and not self.view.isColumnHidden(c)]
        index = self.model.index(target, columns[0] if columns else len(WORDS) - 1)
        self.view.setCurrentIndex(index)
        self.view.scrollTo(index, self.view.ScrollHint.PositionAtCenter)
        self.view.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # --- editing ----------------------------------------------------------------------------

    def _edited(self) -> None:
        self.space.plan_moved()
        self.changed.emit()

    def _tick(self) -> None:
        rows = self.view.selected_rows() or [self.view.currentIndex().row()]
        ticked = sum([self.model.tick(place) for place in rows if place >= 0])
        if ticked:
            self.next_doubt()

    def _save(self) -> None:
        try:
            self.space.save()
        except CannotDo as problem:
            self.tell([], problem.findings)
        else:
            self.tell(["已保存。"])
        self._tell_title()
        self.changed.emit()

    def _open(self) -> None:
        if self.space.plan is not None:
            self._save() if self.space.dirty else None
            self.open(self.space.plan.path)

    def _reread(self) -> None:
        self.space.read_plan()
        self.changed.emit()

    def redress(self) -> None:
        """Take the colours and the font in use."""
        self.fields.view.fit()
        self.paper.redress()
        self._fit()
        self._point(self.view.currentIndex())
