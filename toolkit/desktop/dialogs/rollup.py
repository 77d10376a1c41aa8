"""上报: which form of the level above is to be filled in from the summary."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QCheckBox, QWidget

from toolkit.desktop.dialogs.asking import AskDialog
from toolkit.desktop.picking import WORKBOOKS, PathField
from toolkit.desktop.widgets import label

_ABOUT = (
    "把本期的汇总表填进上级发来的填报表，每项按最低的完成情况填，下级各单位的填报附在后面。"
    "结果写在汇总表旁边，上级发来的表原件不动。"
)
_STALE = "有新文件还没有汇总：先点“生成汇总表”，再上报。"


@dataclass(frozen=True, slots=True)
class RollupWish:
    """What the clerk told."""

    form: Path
    accepted_only: bool = False


class RollupDialog(AskDialog):
    """Asks for the upper form."""

    def __init__(self, parent: QWidget, *, start: Path, stale: bool) -> None:
        super().__init__("上报", _ABOUT, "生成上报表", parent)
        self.upper = PathField("选择上级发给本单位的填报表", WORKBOOKS, start=start)
        self.accepted_only = QCheckBox("只算审核过的（《明细》里“已核”“销号”的）")
        self.form.addRow("上级发来的填报表", self.upper)
        self.form.addRow("", self.accepted_only)
        if stale:
            self.form.addRow("", label(_STALE, wrap=True))
        self.upper.changed.connect(self.refresh)
        self.refresh()

    def lack(self) -> str:
        """What is still to be told."""
        return "" if self.upper.path else "请选上级发给本单位的那份填报表（.xlsx 原件）。"

    @property
    def wish(self) -> RollupWish:
        """What was told."""
        assert self.upper.path is not None
        return RollupWish(self.upper.path, self.accepted_only.isChecked())
