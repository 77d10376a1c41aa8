"""拟表 with more than a notice: an amendment onto the plan in use, or the own part of what came from above."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from toolkit.desktop.dialogs.asking import AskDialog
from toolkit.desktop.picking import NOTICES, WORKBOOKS, PathField

_AMENDING = (
    "上面来了修订或补充通知，表已经发出去了：选它，叠到正在用的任务分工表上。"
    "编码不变，已发的表照样有效；结果写成一份新表，原来的不动。"
)
_RECEIVING = "收到上级的通知或任务分工表，只取涉及本单位的任务，再往下分给自己的科室、乡镇。"


@dataclass(frozen=True, slots=True)
class NoticesWish:
    """What the clerk told."""

    notices: tuple[Path, ...]
    onto: Path | None = None
    receiver: str | None = None
    """The own unit, when the notices come from above."""
    roster: Path | None = None
    """The register of the level above."""


class NoticesDialog(AskDialog):
    """Asks for notices; with ``onto`` they amend that plan, without it they are from above."""

    def __init__(self, parent: QWidget, *, onto: Path | None, start: Path) -> None:
        amending = onto is not None
        title, about = ("在已有分工表上调整", _AMENDING) if amending else ("接上级的任务", _RECEIVING)
        super().__init__(title, about, "生成新表" if amending else "拟出本单位的表", parent)
        self.onto = PathField("选择任务分工表", WORKBOOKS, start=start)
        self.notices = PathField("选择通知", NOTICES, start=start, many=True)
        self.from_above = QCheckBox("通知是上级发来的，只取本单位的部分")
        self.receiver = QLineEdit()
        self.receiver.setPlaceholderText("上级文件里的写法，例如 望川县政府")
        self.roster = PathField("选择上级的单位名录", WORKBOOKS, start=start)
        if onto is not None:
            self.onto.put(onto)
            self.form.addRow("已有的分工表", self.onto)
            self.form.addRow("修订或补充通知", self.notices)
            self.form.addRow("", self.from_above)
        else:
            self.form.addRow("上级的通知", self.notices)
            self.from_above.setChecked(True)
        self.form.addRow("本单位", self.receiver)
        self.form.addRow("上级的单位名录", self.roster)
        self.roster.setStatusTip("没有可以不选")
        for field in (self.onto, self.notices, self.roster):
            field.changed.connect(self.refresh)
        self.receiver.textChanged.connect(self.refresh)
        self.from_above.toggled.connect(self.refresh)
        self.refresh()

    def lack(self) -> str:
        """What is still to be told."""
        if not self.notices.paths:
            return "请选通知：Word、PDF、网页、表格都可以。"
        if self.from_above.isChecked() and not self.receiver.text().strip():
            return "请写明本单位的名称。"
        return ""

    def refresh(self) -> None:
        """The own part is asked for only where it matters."""
        super().refresh()
        for field in (self.receiver, self.roster):
            self.form.setRowVisible(field, self.from_above.isChecked())

    @property
    def wish(self) -> NoticesWish:
        """What was told."""
        own = self.from_above.isChecked()
        return NoticesWish(
            self.notices.paths,
            self.onto.path,
            self.receiver.text().strip() if own else None,
            self.roster.path if own else None,
        )
