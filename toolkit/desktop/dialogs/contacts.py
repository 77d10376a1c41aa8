"""把联系方式写回单位名录: from which fields, and what came of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QDialog, QTabWidget, QVBoxLayout, QWidget

from toolkit.desktop.dialogs.asking import AskDialog
from toolkit.desktop.models.columns import FINDINGS
from toolkit.desktop.models.surveys import CONTACTS
from toolkit.desktop.models.table import TableModel
from toolkit.desktop.table_view import Table
from toolkit.desktop.widgets import button, explained, label, row
from toolkit.findings import CannotDo
from toolkit.model import Finding
from toolkit.survey import Survey

if TYPE_CHECKING:
    from toolkit.housekeeping.contacts import ContactsResult

_ABOUT = "把各单位报来的联系人、联系电话填进单位名录的副本，只填空着的格子；原来的名录不动。"
_BY_NAME = "按字段名称认"


@dataclass(frozen=True, slots=True)
class ContactsWish:
    """From which fields, and whether over what the register has."""

    contact: str | None = None
    phone: str | None = None
    overwrite: bool = False


@dataclass(frozen=True, slots=True)
class FilledRegister:
    """A copy of the register that is not in use yet."""

    result: ContactsResult
    register: Path
    known: str
    """SHA-256 of the register then."""

    @property
    def kept(self) -> Path:
        """What the register is to be called when it is no longer in use."""
        return self.register.with_name(f"{self.register.stem}（原）{self.register.suffix}")


class ContactsDialog(AskDialog):
    """Asks for the fields."""

    def __init__(self, parent: QWidget, survey: Survey) -> None:
        super().__init__("把联系方式写回单位名录", _ABOUT, "写进副本", parent)
        self.contact, self.phone = QComboBox(), QComboBox()
        for box in (self.contact, self.phone):
            box.addItem(_BY_NAME)
            box.addItems([field.name for field in survey.fields])
        self.overwrite = QCheckBox("名录里已经有的，也换成新报的")
        self.form.addRow("联系人在哪个字段", self.contact)
        self.form.addRow("电话在哪个字段", self.phone)
        self.form.addRow("", self.overwrite)
        self.refresh()

    @property
    def wish(self) -> ContactsWish:
        """What was told."""
        names = [box.currentText() if box.currentIndex() else None for box in (self.contact, self.phone)]
        return ContactsWish(names[0], names[1], self.overwrite.isChecked())


class ContactsWindow(QDialog):
    """What was filled in and what was left alone; the copy is put into use here."""

    def __init__(
        self,
        filled: FilledRegister,
        parent: QWidget,
        *,
        use: Callable[[FilledRegister], Path],
        look: Callable[[Path], object],
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("把联系方式写回单位名录")
        self.resize(760, 460)
        self._filled, self._use_it = filled, use
        self.cells: TableModel[tuple[str, str, str]] = TableModel(CONTACTS)
        self.cells.show(filled.result.filled)
        self.findings: TableModel[Finding] = TableModel(FINDINGS)
        self.findings.show(filled.result.findings)
        self.tabs = QTabWidget()
        cells = Table(self.cells, [c.width for c in CONTACTS])
        cells.hint = "没有要填的：名录里都有了，或者没有单位报联系方式"
        left_alone = Table(self.findings, [c.width for c in FINDINGS], wrap=True)
        left_alone.hint = "没有"
        self.tabs.addTab(cells, f"填进去的 {self.cells.rowCount()}")
        self.tabs.addTab(left_alone, f"请看一看的 {self.findings.rowCount()}")
        self.about = label(
            f"副本是“{filled.result.path.name}”，原来的名录没有动。核对以后，用它代替原来的名录。", wrap=True
        )
        self.use = button("用它代替单位名录(&U)", self._use, main=True, tip="原来的名录改名留底")
        self.use.setEnabled(bool(filled.result.filled))
        self.look = button("用 Excel/WPS 打开副本(&E)", lambda: look(filled.result.path))
        layout = QVBoxLayout(self)
        layout.addWidget(self.about)
        layout.addWidget(self.tabs, 1)
        layout.addLayout(row(self.use, None, self.look, button("关闭", self.close)))

    def _use(self) -> None:
        try:
            kept = self._use_it(self._filled)
        except CannotDo as problem:
            self.about.setText(explained(problem.findings))
            return
        self.use.setEnabled(False)
        self.look.setEnabled(False)
        self.about.setText(f"单位名录已经换成新的，原来的留作“{kept.name}”。")
