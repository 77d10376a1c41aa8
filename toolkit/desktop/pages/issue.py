"""下发: the register of units, the round, and one form a unit."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QDate, Qt
from PySide6.QtGui import QUndoStack
from PySide6.QtWidgets import (
    QComboBox,
    QDateEdit,
    QFormLayout,
    QFrame,
    QMenu,
    QPushButton,
    QScrollArea,
    QSplitter,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from toolkit.desktop import journey, returned
from toolkit.desktop import roster_sheet as sheets
from toolkit.desktop.models.roster import GroupsModel, UnitsModel
from toolkit.desktop.pages.base import StepPage
from toolkit.desktop.table_view import Table
from toolkit.desktop.widgets import button, card, column, label, row
from toolkit.desktop.work import Runner
from toolkit.desktop.workspace import Workspace
from toolkit.findings import CannotDo
from toolkit.language.periods import next_period
from toolkit.model import Roster

if TYPE_CHECKING:
    from toolkit.issue import IssueResult

_DAYS = 14
"""A due date is proposed so many days ahead."""
_QUARTERS = "一二三四"


class IssuePage(StepPage):
    """Who gets which form, for which round, due when."""

    def __init__(self, space: Workspace, runner: Runner) -> None:
        super().__init__(space, runner)
        self.undo = QUndoStack(self)
        self.units = UnitsModel(self.undo)
        self.groups = GroupsModel(self.undo)
        self.units_view = Table(self.units, UnitsModel.widths)
        self.groups_view = Table(self.groups, GroupsModel.widths, wrap=True)
        self.units_view.hint = "拟表时会自动写出单位名录；也可以点“加单位”一个一个加"
        self._burden = label(wrap=True)
        self._doubts = label(wrap=True)
        self.round = QComboBox()
        self.round.setEditable(True)
        self.due = QDateEdit()
        self.due.setCalendarPopup(True)
        self.due.setDisplayFormat("yyyy年M月d日")
        split = QSplitter()
        split.addWidget(self._make_register())
        split.addWidget(self._make_round())
        split.setStretchFactor(0, 1)
        split.setChildrenCollapsible(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(split)
        self._connect()

    def _make_register(self) -> QWidget:
        self.add = button("加单位(&A)", self._add, tip="在所选单位前加一行")
        self.remove = button("删除(&D)", self._remove, tip="删去所选的单位或单位组")
        self.up = button("上移", lambda: self._move(-1), tip="在单位序列里往前移", key="Alt+Up")
        self.down = button("下移", lambda: self._move(1), tip="在单位序列里往后移", key="Alt+Down")
        self.add_group = button("加单位组(&G)", self._add_group)
        self.save = button("保存(&S)", self._save)
        self.excel = button("用表格软件打开", self._open_register, tip="用 Excel 或 WPS 打开单位名录.xlsx")
        self.join = QPushButton("归入单位组")
        self.join.setToolTip("先选中几个单位，再选它们属于哪个组")
        self._join_menu = QMenu(self)
        self._join_menu.aboutToShow.connect(self._list_groups)
        self.join.setMenu(self._join_menu)
        self.tabs = QTabWidget()
        self.tabs.addTab(self.units_view, "单位名录")
        self.tabs.addTab(self.groups_view, "单位组")
        beside, whole = QWidget(), QWidget()
        corner = row(self.save, self.excel)
        corner.setContentsMargins(0, 0, 0, 2)
        beside.setObjectName("corner")
        beside.setLayout(corner)
        self.tabs.setCornerWidget(beside)
        edits = row(self.add, self.add_group, self.join, self.remove, self.up, self.down, None)
        whole.setLayout(column(edits, self.tabs))
        return whole

    def _make_round(self) -> QWidget:
        self.make = button("生成填报表(&I)", self._issue, main=True, tip="给每个有任务的单位生成一份")
        self.only = button("只给所选单位生成", self._issue_chosen, tip="补发：只给左边选中的单位生成")
        self.changed_only = button(
            "只给有变化的单位下发", self.issue_concerned, tip="任务分工表调整以后：只给增加了任务的单位补发"
        )
        self.folder = button("打开填报表文件夹(&O)", self._open_forms)
        form = QFormLayout()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        form.addRow("填报期(&P)", self.round)
        form.addRow("报送截止日期(&U)", self.due)
        fields = QWidget()
        fields.setLayout(form)
        self._forms = label(faint=True, wrap=True)
        frame = card(
            label("这一次收什么", strong=True), fields, self.make, self.only, self.changed_only, self.folder,
            self._forms,
            label("填报负担", strong=True), self._burden, self._doubts,
        )  # fmt: skip
        cast(QVBoxLayout, frame.layout()).addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(frame)
        area.setMinimumWidth(250)
        area.setMaximumWidth(420)
        return area

    def _connect(self) -> None:
        self.space.roster_changed.connect(self._show_register)
        self.space.plan_changed.connect(self._show_burden)
        self.space.round_changed.connect(self.refresh)
        self.space.seen_changed.connect(self._show_due)
        self.units.edited.connect(self._edited)
        self.groups.edited.connect(self._edited)

    # --- showing ----------------------------------------------------------------------------

    def _show_register(self) -> None:
        if self.units.sheet is not self.space.roster:
            self.undo.clear()
        for model in (self.units, self.groups):
            model.show(self.space.roster)
        self._show_burden()
        self._fit()

    def _fit(self) -> None:
        self.units_view.fit()
        self.groups_view.fit()

    def _show_burden(self) -> None:
        expansion = self.space.expansion
        counts = journey.burden(expansion) if expansion else {}
        self.units.burden = counts
        self.units_view.viewport().update()
        self._burden.setText(journey.burden_line(list(counts.items())) if expansion else "先拟出任务分工表。")
        doubts = []
        if expansion and expansion.empty_groups:
            doubts.append("没有成员的单位组：" + "、".join(expansion.empty_groups))
        if expansion and expansion.unknown:
            doubts.append("名录里没有的单位：" + "、".join(expansion.unknown))
        self._doubts.setText("\n".join(doubts))
        sheet = self.space.roster
        self.save.setText("保存(&S) •" if sheet and sheet.dirty else "保存(&S)")

    def refresh(self) -> None:
        """The rounds and what was issued for the one that is open."""
        rounds = self.space.rounds()
        proposed = next_period(rounds[0]) if rounds else None
        now = self.space.as_of
        quarter = f"{now.year}年第{_QUARTERS[(now.month - 1) // 3]}季度"
        names = list(dict.fromkeys([*([proposed] if proposed else []), *rounds, quarter]))
        text = self.space.round or (self.round.currentText() if self.round.count() else quarter)
        self.round.clear()
        self.round.addItems(names)
        self.round.setCurrentText(text)
        self._show_due()
        desk = self.space.desk
        count = len(returned.files_in(desk.forms(self.space.round))) if desk and self.space.round else 0
        self._forms.setText(f"“{self.space.round}”已生成 {count} 份填报表。" if count else "还没有生成填报表。")
        self.folder.setEnabled(count > 0)

    def _show_due(self) -> None:
        due = self.space.due or self.space.as_of + timedelta(days=_DAYS)
        self.due.setDate(QDate(due.year, due.month, due.day))

    # --- issuing ----------------------------------------------------------------------------

    def _issue(self) -> None:
        self._start(())

    def _issue_chosen(self) -> None:
        rows = self.units_view.selected_rows()
        if names := tuple(self.units.roster.units[place].name for place in rows):
            self._start(names)
        else:
            self.tell(["请先在左边选中要补发的单位。"])

    def issue_concerned(self) -> None:
        """Issue only to the units whose forms of the round lack a task that the plan has now."""
        self._start((), concerned=True)

    def _start(self, units: tuple[str, ...], *, concerned: bool = False) -> None:
        name, due = self.round.currentText(), cast(date, self.due.date().toPython())
        self.start("下发", lambda: self.space.issue_work(name, due, units, concerned=concerned), self._issued)

    def _issued(self, result: IssueResult) -> None:
        if self.space.round != result.round.name:
            self.space.open_round(result.round.name)
        self.space.due = result.round.due
        self.tell(result.sentences(), result.findings)
        self.refresh()
        self.changed.emit()

    def _open_forms(self) -> None:
        if self.space.desk:
            self.open(self.space.desk.forms(self.space.round))

    # --- editing the register -------------------------------------------------------------------

    def _edited(self) -> None:
        self.space.roster_moved()
        self.changed.emit()

    def _change(self, label: str, after: Roster) -> None:
        place = self.units_view.currentIndex()
        self.units.change(label, after)
        self.units_view.setCurrentIndex(self.units.index(min(place.row(), self.units.rowCount() - 1), place.column()))

    def _add(self) -> None:
        self.tabs.setCurrentIndex(0)
        place = self.units_view.currentIndex().row()
        place = place if place >= 0 else self.units.rowCount()
        self._change("加单位", sheets.with_new_unit(self.units.roster, place))
        index = self.units.index(place, 1)
        self.units_view.setCurrentIndex(index)
        self.units_view.edit(index)

    def _add_group(self) -> None:
        self.tabs.setCurrentIndex(1)
        self.groups.change("加单位组", sheets.with_new_group(self.groups.roster))
        index = self.groups.index(self.groups.rowCount() - 1, 0)
        self.groups_view.setCurrentIndex(index)
        self.groups_view.edit(index)

    def _list_groups(self) -> None:
        self._join_menu.clear()
        for group in self.groups.roster.groups:
            self._join_menu.addAction(group.name, lambda name=group.name: self.join_group(name))

    def join_group(self, name: str) -> None:
        """Put the selected units into a group."""
        rows = self.units_view.selected_rows()
        if rows:
            self._change(f"归入{name}", sheets.with_members(self.units.roster, name, rows))
        else:
            self.tell(["请先在“单位名录”里选中要归入的单位，可以按住 Ctrl 或 Shift 多选。"])

    def _remove(self) -> None:
        view = self.tabs.currentWidget()
        if view is self.units_view:
            rows = self.units_view.selected_rows()
            if rows:
                self._change("删除单位", sheets.without_units(self.units.roster, rows))
        elif (place := self.groups_view.currentIndex().row()) >= 0:
            self.groups.change("删除单位组", sheets.without_group(self.groups.roster, place))

    def _move(self, by: int) -> None:
        place = self.units_view.currentIndex()
        to = place.row() + by
        if place.row() >= 0 and 0 <= to < self.units.rowCount():
            self._change("调整单位序列", sheets.moved(self.units.roster, place.row(), to))
            self.units_view.setCurrentIndex(self.units.index(to, place.column()))

    def _save(self) -> None:
        try:
            self.space.save()
        except CannotDo as problem:
            self.tell([], problem.findings)
        else:
            self.tell(["已保存。"])
        self._show_burden()

    def _open_register(self) -> None:
        if self.space.roster is not None:
            self._save() if self.space.roster.dirty else None
            self.open(self.space.roster.path)

    def redress(self) -> None:
        """Take the font in use."""
        self._fit()
