"""溯源: a summary opened down to the cell that the lowest unit filled in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QComboBox, QDialog, QSplitter, QVBoxLayout, QWidget

from toolkit.desktop.models import traced
from toolkit.desktop.models.table import TableModel
from toolkit.desktop.models.traced import STOPS, Stop
from toolkit.desktop.picking import WORKBOOKS, PathField
from toolkit.desktop.table_view import Table
from toolkit.desktop.viewer import Viewer
from toolkit.desktop.widgets import button, column, explained, label, row
from toolkit.desktop.work import Job, Runner, Work
from toolkit.findings import CannotDo
from toolkit.findings import command as command_found
from toolkit.housekeeping.trace import TraceResult, trace
from toolkit.model import Finding, Progress, Task
from toolkit.workbooks.below_sheet import Line

_JOB = "溯源"
_HINT = "读完汇总表，这里列出各单位自己的填报"
_EVERY_TASK, _EVERY_UNIT = "全部任务", "全部单位"


@dataclass(frozen=True, slots=True)
class Focus:
    """What is to be looked at first: a task by its code, a unit."""

    task: str = ""
    unit: str = ""


class TraceWindow(QDialog):
    """Choose a task or a unit; see who said what, and where it stands at every level."""

    told = Signal(list, tuple)

    def __init__(
        self, summary: Path, focus: Focus, runner: Runner, parent: QWidget, *, look: Callable[[Path], object]
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_JOB)
        self.resize(980, 600)
        self._runner, self._focus, self._look_at = runner, focus, look
        self._result: TraceResult | None = None
        self._asked: Path | None = None
        self.lines: TableModel[Line] = TableModel(traced.columns({}))
        self.stops: TableModel[Stop] = TableModel(STOPS)
        self.lines_view = Table(self.lines, [c.width for c in self.lines.columns])
        self.stops_view = Table(self.stops, [c.width for c in STOPS])
        self.stops_view.hint = "选上面一行，这里列出它在每一级的哪份文件、哪一格"
        self.summary = PathField("选择汇总表", WORKBOOKS, start=summary.parent)
        self.task, self.unit = QComboBox(), QComboBox()
        for box in (self.task, self.unit):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(14)
            box.currentIndexChanged.connect(lambda _place: self._filter())
        self.count = label(faint=True)
        self.cell = button("看这一格(&V)", self._view, main=True, tip="只读地打开收到的文件，停在这一格")
        self.file = button("打开所在文件(&O)", self._open, tip="用 Excel/WPS 打开；在压缩包里的，打开压缩包")
        self._build()
        self.summary.changed.connect(self._trace)
        runner.refused.connect(self._refused)
        self.lines_view.selectionModel().currentRowChanged.connect(self._show_chain)
        self.stops_view.selectionModel().currentRowChanged.connect(lambda _now, _old: self._offer())
        self.stops_view.doubleClicked.connect(lambda _index: self._view())
        self.summary.put(summary)
        self._offer()

    def _build(self) -> None:
        split = QSplitter(Qt.Orientation.Vertical)
        below = QWidget()
        below.setLayout(column(label("从收到的表往下，直到填报单位自己填的那一格", strong=True), self.stops_view))
        split.addWidget(self.lines_view)
        split.addWidget(below)
        split.setSizes([340, 180])
        split.setChildrenCollapsible(False)
        layout = QVBoxLayout(self)
        line = row(label("汇总表"), self.summary, label("任务"), self.task, label("单位"), self.unit)
        line.setStretch(1, 1)
        layout.addLayout(line)
        layout.addWidget(split, 1)
        layout.addLayout(row(self.cell, self.file, self.count, None, button("关闭", self.close)))

    # --- tracing ------------------------------------------------------------------------------

    def _trace(self) -> None:
        summary = self.summary.path
        if summary is None:
            return
        self._asked = summary
        self.lines_view.hint = _HINT
        self._show([])
        work = _work(summary)
        self._runner.run(Job(_JOB, work, lambda result: self._take(summary, result)))

    def _take(self, summary: Path, result: TraceResult) -> None:
        if summary != self._asked:
            return
        self._result = result
        self.told.emit([], result.findings)
        labels = {task.code: task.label for task in result.tasks}
        _offer(self.task, _EVERY_TASK, [(_named(task), task.code) for task in result.tasks], self._focus.task)
        units = dict.fromkeys(unit for line in result.lines for unit in line.path)
        _offer(self.unit, _EVERY_UNIT, [(unit, unit) for unit in units], self._focus.unit)
        self.lines.show([], traced.columns(labels))
        self._filter()

    def _refused(self, job: str, findings: tuple[Finding, ...]) -> None:
        if job == _JOB and self._asked is not None:
            self.lines_view.hint = explained(findings)
            self.lines_view.viewport().update()

    def _filter(self) -> None:
        if self._result is None:
            return
        task, unit = self.task.currentData(), self.unit.currentData()
        lines = [
            line for line in self._result.lines if (not task or line.upper == task) and (not unit or unit in line.path)
        ]
        self._show(lines)

    def _show(self, lines: Sequence[Line]) -> None:
        self.lines.show(lines)
        self.stops.show([])
        self.count.setText(f"{len(lines)} 项填报" if lines else "")
        if lines:
            self.lines_view.setCurrentIndex(self.lines.index(0, 0))
        self._offer()

    def _show_chain(self, index: QModelIndex) -> None:
        if index.isValid() and self._result is not None:
            self.stops.show(traced.chain(self.lines.rows[index.row()], self._result.returns))
            self.stops_view.hint = "这一项没有报来，所以没有来源"
            if self.stops.rows:
                self.stops_view.setCurrentIndex(self.stops.index(0, 0))
        self._offer()

    def done(self, result: int) -> None:
        """Closed: what is still being read is no longer wanted."""
        self._asked = None
        super().done(result)

    # --- opening -------------------------------------------------------------------------------

    def _stop(self) -> Stop | None:
        """The cell that is chosen."""
        place = self.stops_view.currentIndex().row()
        return self.stops.rows[place] if 0 <= place < len(self.stops.rows) else None

    def _offer(self) -> None:
        """Only a file at hand can be opened."""
        stop = self._stop()
        for part in (self.cell, self.file):
            part.setEnabled(stop is not None and stop.file is not None)

    def _view(self) -> None:
        stop = self._stop()
        if stop is not None and stop.file is not None:
            viewer = Viewer([stop.file], stop.inside, stop.sheet, stop.cell, self._runner, self)
            viewer.told.connect(self.told)
            viewer.show()

    def _open(self) -> None:
        stop = self._stop()
        if stop is not None and stop.file is not None:
            self._look_at(stop.file)


def _work(summary: Path) -> Work:
    def work(progress: Progress) -> TraceResult:
        if not summary.is_file():
            raise CannotDo(command_found.NOT_FOUND.at(path=summary.name))
        return trace(summary, progress=progress)

    return work


def _named(task: Task) -> str:
    return f"{task.number or task.seq}　{task.label}"


def _offer(box: QComboBox, everything: str, items: Sequence[tuple[str, str]], wanted: str) -> None:
    """Fill a box without telling that it changed."""
    box.blockSignals(True)
    box.clear()
    box.addItem(everything, "")
    for text, data in items:
        box.addItem(text, data)
    box.setCurrentIndex(max(box.findData(wanted), 0))
    box.blockSignals(False)
