"""汇总: the figures and charts of a round, and its summary workbook, from which it goes up and down the levels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QSplitter, QTabWidget, QVBoxLayout, QWidget

from toolkit import figures as figuring
from toolkit.desktop import charts, journey
from toolkit.desktop.models import columns
from toolkit.desktop.models.matrix import MatrixModel
from toolkit.desktop.models.surveys import FilledRow, answers, filled_rows
from toolkit.desktop.models.table import TableModel
from toolkit.desktop.pages.base import StepPage
from toolkit.desktop.table_view import SQUEEZE, Table
from toolkit.desktop.widgets import button, column, label, row, sorting
from toolkit.desktop.work import Runner
from toolkit.desktop.workspace import Seen, Workspace
from toolkit.figures import SYMBOLS, Light, TaskFigures, UnitFigures

if TYPE_CHECKING:
    from toolkit.merge import MergeResult

_FIGURES = ("应报单位", "已报单位", "未报单位", "完成率", "按时率", "逾期项次", "问题")
_OF_TASKS = ("完成率", "按时率", "逾期项次")
"""Figures that a survey does not have."""


class MergePage(StepPage):
    """Build the summary and look at it."""

    rollup_asked = Signal()
    trace_asked = Signal(str, str)
    """The code of a task and the name of a unit, empty for all."""
    contacts_asked = Signal()
    look_asked = Signal(str, str, str)
    """A returned file, sheet and cell."""

    def __init__(self, space: Workspace, runner: Runner) -> None:
        super().__init__(space, runner)
        self.units: TableModel[UnitFigures] = TableModel(columns.UNITS)
        self.tasks: TableModel[TaskFigures] = TableModel(columns.TASKS)
        self.matrix = MatrixModel()
        self.status_chart = charts.BarChart("读取回收表后，这里显示各种完成情况有多少项。")
        self.units_chart = charts.BarChart("读取回收表后，这里显示各单位完成率。")
        self._sorted_units, self._sorted_tasks = sorting(self.units), sorting(self.tasks)
        self.units_view = Table(self._sorted_units, [c.width for c in columns.UNITS])
        self.tasks_view = Table(self._sorted_tasks, [c.width for c in columns.TASKS])
        for view in (self.units_view, self.tasks_view):
            view.setSortingEnabled(True)
            view.horizontalHeader().setSortIndicator(-1, view.horizontalHeader().sortIndicatorOrder())
        self.matrix_view = Table(self.matrix)
        self.matrix_view.setSelectionBehavior(self.matrix_view.SelectionBehavior.SelectItems)
        self.values = {word: QLabel("—") for word in _FIGURES}
        self._cards_by_word: dict[str, QFrame] = {}
        self.make = button(
            "生成汇总表(&M)", self.merge, main=True, tip="把收回的表合并成一个工作簿，每个数都能找到来源格"
        )
        self.look = button("打开汇总表(&V)", self._open)
        self.folder = button("打开所在文件夹", self._open_folder)
        self.rollup = button("上报(&U)…", self.rollup_asked.emit, tip="把汇总表填进上级发来的填报表")
        self.trace = button(
            "溯源(&Y)…",
            lambda: self.trace_asked.emit("", ""),
            tip="一个数是哪个单位、哪份文件、哪一格报来的，直到最下一级",
        )
        self.contacts = button(
            "联系方式写回名录(&W)…", self.contacts_asked.emit, tip="把各单位报来的联系人和电话填进单位名录"
        )
        self.filled: TableModel[FilledRow] = TableModel(())
        self.filled_view = Table(self.filled)
        self.filled_view.setSelectionBehavior(self.filled_view.SelectionBehavior.SelectItems)
        self.filled_view.verticalHeader().hide()
        self.filled_view.hint = "汇总以后，这里列出各单位填的内容"
        self._about = label(faint=True)
        self.tabs = QTabWidget()
        self.tabs.addTab(self._charts(), "图表")
        self.tabs.addTab(self.units_view, "单位统计")
        self.tabs.addTab(self.tasks_view, "任务统计")
        self.tabs.addTab(self._matrix(), "矩阵")
        self.tabs.addTab(self.filled_view, "收来的内容")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(
            row(self.make, self.look, self.folder, self.rollup, self.trace, self.contacts, None, self._about)
        )
        layout.addLayout(self._cards())
        layout.addWidget(self.tabs, 1)
        space.seen_changed.connect(self._show)
        space.round_changed.connect(self._show)
        space.plan_changed.connect(self._show_kind)
        self.units_view.doubleClicked.connect(self._trace_unit)
        self.tasks_view.doubleClicked.connect(self._trace_task)
        self.matrix_view.doubleClicked.connect(self._trace_entry)
        self.filled_view.doubleClicked.connect(self._look_at_cell)
        self._show_kind()

    def _cards(self) -> QHBoxLayout:
        cards = row()
        for word, value in self.values.items():
            value.setProperty("strong", True)
            frame = QFrame()
            frame.setObjectName("card")
            inner = column(label(word, faint=True), value, margin=8)
            inner.setSpacing(2)
            frame.setLayout(inner)
            self._cards_by_word[word] = frame
            cards.addWidget(frame, 1)
        return cards

    def _charts(self) -> QWidget:
        split = QSplitter()
        for title, chart in (("各种完成情况（项次）", self.status_chart), ("各单位完成率", self.units_chart)):
            area = QScrollArea()
            area.setWidgetResizable(True)
            area.setFrameShape(QFrame.Shape.NoFrame)
            inside = QFrame()
            inside.setObjectName("chart")
            layout = column(label(title, strong=True), chart, margin=8)
            layout.addStretch(1)
            inside.setLayout(layout)
            area.setWidget(inside)
            split.addWidget(area)
        split.setChildrenCollapsible(False)
        return split

    def _matrix(self) -> QWidget:
        legend = "　".join(f"{symbol} {word}" for word, symbol in SYMBOLS.items())
        lights = "　".join(light.value for light in Light)
        whole = QWidget()
        whole.setLayout(column(self.matrix_view, label(f"{legend}　｜　底色：{lights}", faint=True, wrap=True)))
        return whole

    def merge(self) -> None:
        """Build the summary workbook."""
        self.start("汇总", self.space.merge_work, self._merged)

    def _merged(self, made: tuple[MergeResult, Seen]) -> None:
        result, seen = made
        self.space.show(seen)
        self.tell(result.sentences())
        self.changed.emit()

    def _show(self) -> None:
        seen = self.space.seen
        self.units.show(seen.figures.units if seen else [])
        self.tasks.show(seen.figures.tasks if seen else [])
        self.matrix.show(seen.figures if seen else None)
        self.status_chart.show_bars(charts.status_bars(seen.figures) if seen else [])
        self.units_chart.show_bars(charts.unit_bars(seen.figures) if seen else [])
        for word, text in (_figures(seen) if seen else dict.fromkeys(_FIGURES, "—")).items():
            self.values[word].setText(text)
        self._show_filled(seen)
        self._fit_matrix()
        self.refresh()

    def _show_filled(self, seen: Seen | None) -> None:
        survey = seen.collection.plan.survey if seen else None
        rows = filled_rows(seen.collection) if seen and survey else []
        self.filled.show(rows, answers(survey, rows) if survey else ())
        self.filled_view.wish([round(shown.width / SQUEEZE) + 1 for shown in self.filled.columns])

    def _show_kind(self) -> None:
        """A survey has what was filled in, a plan of tasks its figures."""
        survey = self.space.collects_survey
        for place in range(self.tabs.count()):
            self.tabs.setTabVisible(place, (self.tabs.widget(place) is self.filled_view) is survey)
        for word in _OF_TASKS:
            self._cards_by_word[word].setVisible(not survey)
        self.contacts.setVisible(survey)
        for part in (self.rollup, self.trace):
            part.setVisible(not survey)

    def _trace_unit(self, index: QModelIndex) -> None:
        self.trace_asked.emit("", self.units.rows[self._sorted_units.mapToSource(index).row()].unit)

    def _trace_task(self, index: QModelIndex) -> None:
        self.trace_asked.emit(self.tasks.rows[self._sorted_tasks.mapToSource(index).row()].task.code, "")

    def _trace_entry(self, index: QModelIndex) -> None:
        entry = self.matrix.entry(index)
        if entry is not None:
            self.trace_asked.emit(entry.task, entry.unit)

    def _look_at_cell(self, index: QModelIndex) -> None:
        cell = self.filled.rows[index.row()].cell(self.filled.columns[index.column()].title)
        if cell is not None:
            self.look_asked.emit(cell.path, cell.sheet, cell.cell)

    def refresh(self) -> None:
        """What can be opened."""
        desk, name = self.space.desk, self.space.round
        there = bool(desk and name and self.space.summary.is_file())
        for part in (self.look, self.folder, self.rollup, self.trace, self.contacts):
            part.setEnabled(there)
        day = f"统计日期 {self.space.as_of.isoformat()}" if self.space.seen else ""
        self._about.setText("有新文件还没汇总，请再点一次“生成汇总表”" if self.space.stale and there else day)

    def _fit_matrix(self) -> None:
        size = self.matrix_view.fontMetrics().height() + 12
        self.matrix_view.horizontalHeader().setDefaultSectionSize(size + 6)
        self.matrix_view.verticalHeader().setDefaultSectionSize(size)

    def _open(self) -> None:
        self.open(self.space.summary)

    def _open_folder(self) -> None:
        self.open(self.space.summary.parent)

    def redress(self) -> None:
        """Take the colours and the font in use."""
        self.units_view.fit()
        self.tasks_view.fit()
        self._show()


def _figures(seen: Seen) -> dict[str, str]:
    total: figuring.Tally = seen.figures.total
    came = sum(map(journey.has_come, seen.collection.units))
    owed = len(seen.collection.units)
    texts = (
        str(owed), str(came), str(owed - came), columns.percent(total.completion), columns.percent(total.punctuality),
        str(total.overdue), str(len(seen.collection.findings)),
    )  # fmt: skip
    return dict(zip(_FIGURES, texts, strict=True))
