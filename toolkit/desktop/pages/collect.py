"""收表: what came back, unit by unit, with what is wrong and what to do."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QModelIndex, QSortFilterProxyModel, Qt
from PySide6.QtWidgets import QButtonGroup, QDateEdit, QFileDialog, QPushButton, QSplitter, QTabWidget, QVBoxLayout

from toolkit.desktop import journey
from toolkit.desktop.models import columns
from toolkit.desktop.models.columns import BoardLine
from toolkit.desktop.models.table import Index, TableModel
from toolkit.desktop.pages.base import StepPage
from toolkit.desktop.table_view import Table
from toolkit.desktop.viewer import Viewer
from toolkit.desktop.widgets import button, label, row, sorting
from toolkit.desktop.work import Runner
from toolkit.desktop.workspace import Seen, Workspace
from toolkit.findings import desktop as found
from toolkit.findings import worst_first
from toolkit.model import Collection, FileRecord, Finding, UnitState

if TYPE_CHECKING:
    from toolkit.check import CheckResult

ALL, CAME, PROBLEMS, MISSING = "全部", "已报", "有问题", "未报"


class CollectPage(StepPage):
    """Drop returns in; the board tells who reported."""

    def __init__(self, space: Workspace, runner: Runner) -> None:
        super().__init__(space, runner)
        self.lines: TableModel[BoardLine] = TableModel(columns.BOARD)
        self.findings: TableModel[Finding] = TableModel(columns.FINDINGS)
        self.files: TableModel[FileRecord] = TableModel(columns.FILES)
        self.board = _Board(self.lines)
        self.board_view = Table(self.board, [c.width for c in columns.BOARD])
        self.board_view.setSortingEnabled(True)
        self.board_view.sortByColumn(0, Qt.SortOrder.AscendingOrder)
        self._sorted = sorting(self.findings)
        self.findings_view = Table(self._sorted, [c.width for c in columns.FINDINGS], wrap=True)
        self.files_view = Table(self.files, [c.width for c in columns.FILES])
        self.board_view.hint = "把收回的文件、文件夹或压缩包拖到这里"
        self.findings_view.hint = "没有问题"
        self._about = label(strong=True)
        self._filters = self._make_filters()
        self.day = QDateEdit()
        self.day.setCalendarPopup(True)
        self.day.setDisplayFormat("yyyy年M月d日")
        self.day.setToolTip("以哪一天为准计算逾期")
        self.tabs = QTabWidget()
        self.tabs.addTab(self.findings_view, "问题和怎么办")
        self.tabs.addTab(self.files_view, "收到的文件")
        split = QSplitter(Qt.Orientation.Vertical)
        split.addWidget(self.board_view)
        split.addWidget(self.tabs)
        split.setChildrenCollapsible(False)
        split.setSizes([300, 260])
        self._viewer: Viewer | None = None
        self._lay_out(split)
        self._connect()

    def _lay_out(self, split: QSplitter) -> None:
        self.add = button("添加文件(&T)…", self._choose_files, tip="文件、压缩包；也可以直接拖进窗口")
        self.add_folder = button("添加文件夹…", self._choose_folder)
        self.read = button(
            "读取回收表(&R)", self.check, main=True, tip="读一遍收回的文件，列出谁报了、错在哪里", key="F5"
        )
        self.show_all = button("看全部问题", self._show_all)
        self.folder = button("打开回收文件夹", self._open_folder)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        top = row(self.add, self.add_folder, self.read, label("统计日期"), self.day, None, self.folder)
        layout.addLayout(top)
        layout.addLayout(row(*self._filters, self._about, None, self.show_all))
        layout.addWidget(split, 1)

    def _make_filters(self) -> list[QPushButton]:
        group = QButtonGroup(self)
        made = []
        for word in (ALL, CAME, PROBLEMS, MISSING):
            part = QPushButton(word)
            part.setCheckable(True)
            part.setChecked(word == ALL)
            part.clicked.connect(lambda _checked, word=word: self.filter(word))
            group.addButton(part)
            made.append(part)
        return made

    def _connect(self) -> None:
        self.dropped.connect(self.take_in)
        self.space.seen_changed.connect(self._show)
        self.space.round_changed.connect(self._show)
        self.day.dateChanged.connect(self._set_day)
        self.board_view.selectionModel().currentRowChanged.connect(self._show_unit)
        self.board_view.doubleClicked.connect(self._open_unit)
        self.findings_view.doubleClicked.connect(self._open_finding)
        self.files_view.doubleClicked.connect(self._open_file)

    # --- taking in --------------------------------------------------------------------------

    def takes(self, paths: Sequence[Path]) -> bool:
        """Files, folders and archives."""
        return bool(paths) and all(path.exists() for path in paths)

    def take_in(self, paths: Sequence[Path]) -> None:
        """Copy what was dropped into the folder of the round, then read everything."""
        self.start("收表", lambda: self.space.take_in_work(paths), self._taken)

    def _taken(self, added: list[Path]) -> None:
        self.tell([f"收进 {len(added)} 个新文件。" if added else "这些文件先前已经收过，内容相同，没有重复收。"])
        if added:
            self.space.new_returns()
        self.changed.emit()
        if added or self.space.seen is None:
            self.check()

    def _choose_files(self) -> None:
        names, _ = QFileDialog.getOpenFileNames(self, "选择收回的文件")
        if names:
            self.take_in([Path(name) for name in names])

    def _choose_folder(self) -> None:
        if name := QFileDialog.getExistingDirectory(self, "选择收回文件所在的文件夹"):
            self.take_in([Path(name)])

    def check(self) -> None:
        """Read what came back."""
        self.start("读取回收表", self.space.check_work, self._checked)

    def _checked(self, made: tuple[CheckResult, Seen]) -> None:
        result, seen = made
        self.space.show(seen)
        self.tell([result.sentences()[0] + "双击一行可看原文件。"])
        self.changed.emit()

    # --- showing ----------------------------------------------------------------------------

    def _show(self) -> None:
        day = self.space.as_of
        self.day.blockSignals(True)
        self.day.setDate(QDate(day.year, day.month, day.day))
        self.day.blockSignals(False)
        collection = self.space.seen.collection if self.space.seen else None
        self.board.problems = journey.with_problems(collection) if collection else frozenset()
        self.lines.show(columns.board(collection) if collection else [])
        self.files.show(collection.files if collection else [])
        self._show_findings(worst_first(list(collection.findings)) if collection else [])
        self._count(collection)

    def _count(self, collection: Collection | None) -> None:
        units = collection.units if collection else ()
        came = sum(map(journey.has_come, units))
        missing = sum(report.state is UnitState.MISSING for report in units)
        counts = {ALL: len(units), CAME: came, PROBLEMS: len(self.board.problems), MISSING: missing}
        for part, (word, count) in zip(self._filters, counts.items(), strict=True):
            part.setText(f"{word} {count}")
        old = "　有新文件还没读" if self.space.stale else ""
        self._about.setText(f"{self.space.round}{old}" if units else "还没有读到回收表")
        self.tabs.setTabText(1, f"收到的文件 {self.files.rowCount()}")

    def filter(self, word: str) -> None:
        """Show only some units."""
        self.board.show_only(word)

    def _show_findings(self, findings: Sequence[Finding], whose: str = "") -> None:
        self.findings.show(findings)
        self.tabs.setTabText(0, f"{whose or '全部'}问题 {len(findings)}")
        self.findings_view.resizeRowsToContents()

    def _show_all(self) -> None:
        self.board_view.clearSelection()
        seen = self.space.seen
        self._show_findings(worst_first(list(seen.collection.findings)) if seen else [])

    def _show_unit(self, index: QModelIndex) -> None:
        if index.isValid() and self.space.seen:
            unit = self._line(index).report.unit
            own = [finding for finding in self.space.seen.collection.findings if finding.unit == unit]
            self._show_findings(worst_first(own), unit)

    def _line(self, index: QModelIndex) -> BoardLine:
        return self.lines.rows[self.board.mapToSource(index).row()]

    # --- opening ----------------------------------------------------------------------------

    def _open_unit(self, index: QModelIndex) -> None:
        files = self._line(index).report.files
        if files:
            self.look_at(files[0])
        else:
            self.tell([f"{self._line(index).report.unit}还没有报送文件。"])

    def _open_finding(self, index: QModelIndex) -> None:
        finding = self.findings.rows[self._sorted.mapToSource(index).row()]
        if finding.path:
            self.look_at(finding.path, finding.sheet or "", finding.cell or "")
        else:
            self.tell([], [found.CELL_NOT_NAMED.at()])

    def _open_file(self, index: QModelIndex) -> None:
        self.look_at(self.files.rows[index.row()].path)

    def look_at(self, shown: str, sheet: str = "", cell: str = "") -> None:
        """Show a returned file at a cell, without starting any office program."""
        self._viewer = Viewer(self.space.returned_paths(), shown, sheet, cell, self.runner, self)
        self._viewer.told.connect(self.told)
        self._viewer.show()

    def _open_folder(self) -> None:
        if self.space.desk:
            folder = self.space.desk.returns(self.space.round)
            self.open(folder if self.space.round and folder.is_dir() else self.space.desk.folder)

    def _set_day(self, day: QDate) -> None:
        self.space.as_of = day.toPython()  # type: ignore[assignment]

    def redress(self) -> None:
        """Take the font in use."""
        self.board_view.fit()
        self.findings_view.fit()
        self.files_view.fit()


class _Board(QSortFilterProxyModel):
    """The board, sorted and filtered."""

    def __init__(self, lines: TableModel[BoardLine]) -> None:
        super().__init__()
        self._lines = lines
        self._word = ALL
        self.problems: frozenset[str] = frozenset()
        self.setSourceModel(lines)
        self.setSortRole(int(Qt.ItemDataRole.UserRole))

    def show_only(self, word: str) -> None:
        """Show the units of one filter."""
        self._word = word
        self.invalidateFilter()

    def filterAcceptsRow(self, source_row: int, source_parent: Index) -> bool:
        """Whether a unit is shown."""
        report = self._lines.rows[source_row].report
        match self._word:
            case "已报":
                return journey.has_come(report)
            case "有问题":
                return report.unit in self.problems
            case "未报":
                return report.state is UnitState.MISSING
            case _:
                return True
