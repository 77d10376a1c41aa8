"""新建收集表: from what sheet of fields, called what, filled in by whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QComboBox, QLineEdit, QRadioButton, QWidget

from toolkit.desktop.dialogs.asking import AskDialog
from toolkit.desktop.picking import WORKBOOKS, PathField
from toolkit.language.collectives import split_names

_ABOUT = (
    "任务之外，要各单位报一张自己定的表（机构信息表、信息员登记表……）：先定字段，再做成收集表。"
    "做好以后和任务分工一样下发、收表、汇总、催报。"
)
BLANK = "空白的"
_MAKE, _WRITE = "做成收集表", "做字段表"


@dataclass(frozen=True, slots=True)
class SurveyWish:
    """A survey to make; without ``name`` only a sheet of fields, to be filled in first."""

    name: str = ""
    template: str | None = None
    fields: Path | None = None
    units: tuple[str, ...] = ()


class SurveyDialog(AskDialog):
    """Asks for the fields and for who fills them in."""

    def __init__(self, parent: QWidget, bundled: Sequence[str], *, start: Path, filled: Path | None) -> None:
        super().__init__("新建收集表", _ABOUT, _MAKE, parent)
        self.by_bundled = QRadioButton("用自带的字段表")
        self.by_own = QRadioButton("用填好的字段表")
        self.by_none = QRadioButton("还没有，先做一张")
        self._ways = QButtonGroup(self)
        self.bundled, self.kind = QComboBox(), QComboBox()
        self.bundled.addItems(list(bundled))
        self.kind.addItems([BLANK, *bundled])
        self.fields = PathField("选择填好的字段表", WORKBOOKS, start=start)
        self.name, self.units = QLineEdit(), QLineEdit()
        self.units.setPlaceholderText("不写就按字段表；几个单位用顿号隔开")
        self.form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        for way, field in ((self.by_bundled, self.bundled), (self.by_own, self.fields), (self.by_none, self.kind)):
            self._ways.addButton(way)
            self.form.addRow(way, field)
        self.form.addRow("这张表叫什么", self.name)
        self.form.addRow("由谁填", self.units)
        (self.by_own if filled else self.by_bundled).setChecked(True)
        self._ways.buttonToggled.connect(lambda _button, _on: self.refresh())
        self.bundled.currentTextChanged.connect(lambda _text: self.refresh())
        self.name.textChanged.connect(lambda _text: self.refresh())
        self.fields.changed.connect(self.refresh)
        if filled:
            self.fields.put(filled)
        self.refresh()

    @property
    def _proposed(self) -> str:
        """What the survey is called unless the clerk says otherwise."""
        if self.by_bundled.isChecked():
            return self.bundled.currentText()
        return self.fields.path.stem if self.by_own.isChecked() and self.fields.path else ""

    def lack(self) -> str:
        """What is still to be told."""
        if self.by_none.isChecked():
            return ""
        if self.by_own.isChecked() and self.fields.path is None:
            return "请选填好的字段表；还没有的，选“还没有，先做一张”。"
        return "" if self.name.text().strip() or self._proposed else "请写明这张表叫什么。"

    def refresh(self) -> None:
        """Only what the chosen way needs can be told."""
        super().refresh()
        self.bundled.setEnabled(self.by_bundled.isChecked())
        self.fields.setEnabled(self.by_own.isChecked())
        self.kind.setEnabled(self.by_none.isChecked())
        for field in (self.name, self.units):
            field.setEnabled(not self.by_none.isChecked())
        self.name.setPlaceholderText(self._proposed)
        self.ok.setText(_WRITE if self.by_none.isChecked() else _MAKE)

    @property
    def wish(self) -> SurveyWish:
        """What was told."""
        if self.by_none.isChecked():
            kind = self.kind.currentText()
            return SurveyWish(template=None if kind == BLANK else kind)
        return SurveyWish(
            self.name.text().strip() or self._proposed,
            self.bundled.currentText() if self.by_bundled.isChecked() else None,
            self.fields.path if self.by_own.isChecked() else None,
            split_names(self.units.text()),
        )
