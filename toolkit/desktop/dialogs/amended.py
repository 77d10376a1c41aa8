"""What an amendment made: the new plan, and the units it concerns."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from toolkit.concerned import Concerned
from toolkit.desktop.models.concerned import CONCERNED
from toolkit.desktop.models.table import TableModel
from toolkit.desktop.table_view import Table
from toolkit.desktop.widgets import button, explained, label, row
from toolkit.findings import CannotDo

if TYPE_CHECKING:
    from toolkit.draft import DraftResult


@dataclass(frozen=True, slots=True)
class Amendment:
    """A new plan that is not in use yet."""

    result: DraftResult
    onto: Path
    """The plan in use that it was laid over."""
    known: str
    """SHA-256 of that plan then."""
    own: bool
    """Whether that is the plan of the working folder that was open, to which its forms belong."""

    @property
    def new(self) -> Path:
        """The new plan's workbook."""
        return self.result.files[0]

    @property
    def kept(self) -> Path:
        """What the plan in use is to be called when it is no longer in use."""
        return self.onto.with_name(f"{self.onto.stem}（第{self.result.plan.revision - 1}版）{self.onto.suffix}")


class AmendedWindow(QDialog):
    """Stays open beside the window until the new plan is in use and the forms are out."""

    def __init__(
        self,
        amendment: Amendment,
        parent: QWidget,
        *,
        use: Callable[[Amendment], Path],
        issue: Callable[[Amendment], object],
        look: Callable[[Path], object],
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("调整结果")
        self.resize(760, 460)
        self._amendment, self._use_it = amendment, use
        units = amendment.result.concerned
        self.units: TableModel[Concerned] = TableModel(CONCERNED)
        self.units.show(units)
        self.view = Table(self.units, [c.width for c in CONCERNED])
        self.view.hint = "没有一个单位的任务有变化"
        self.about = label(_about(amendment), wrap=True)
        self.use = button("启用新表(&U)", self._use, main=True, tip="原来的表改名留底，新表成为正在用的任务分工表")
        self.look = button("用 Excel/WPS 打开新表(&E)", lambda: look(amendment.new))
        self.issue = button(
            "只给有变化的单位下发(&I)", lambda: issue(amendment), tip="只给增加了任务的单位生成新的填报表"
        )
        self.issue.setEnabled(False)
        needing = sum(unit.needs_form for unit in units)
        told = f"涉及 {len(units)} 个单位：{needing} 个要补发填报表，{len(units) - needing} 个告知即可。"
        layout = QVBoxLayout(self)
        layout.addWidget(self.about)
        layout.addWidget(label(told, strong=True))
        layout.addWidget(self.view, 1)
        layout.addLayout(row(self.use, self.issue, None, self.look, button("关闭", self.close)))

    def _use(self) -> None:
        try:
            kept = self._use_it(self._amendment)
        except CannotDo as problem:
            self.about.setText(explained(problem.findings))
            return
        self.use.setEnabled(False)
        self.look.setEnabled(False)
        needed = any(unit.needs_form for unit in self._amendment.result.concerned)
        self.issue.setEnabled(self._amendment.own and needed)
        self.about.setText(
            f"新表已经启用，原来的表留作“{kept.name}”。在“拟表”里逐项核对带颜色的地方；"
            "确认取消的任务，用 Excel/WPS 打开删去那一行。然后给要补发的单位下发。"
        )


def _about(amendment: Amendment) -> str:
    marks = sum(1 for task in amendment.result.plan.tasks if task.open_review)
    return (
        f"新表是“{amendment.new.name}”，第 {amendment.result.plan.revision} 版，"
        f"{len(amendment.result.plan.tasks)} 项任务，{marks} 项待核。原来的表没有动。"
        "启用以后，收表、汇总都以新表为准；已发的表、已报的内容照样有效。"
    )
