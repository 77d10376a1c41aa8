"""The dialog that asks for what a job needs."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFormLayout, QVBoxLayout, QWidget

from toolkit.desktop.widgets import button, label, row

_WIDTH = 34
"""Characters of a dialog's line."""


class AskDialog(QDialog):
    """A few fields, and a button that says what happens; ``accepted`` once everything needed is told."""

    def __init__(self, title: str, about: str, verb: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.form = QFormLayout()
        self.form.setLabelAlignment(Qt.AlignmentFlag.AlignRight)
        self.form.setVerticalSpacing(10)
        self.form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self.ok = button(verb, self.accept, main=True)
        self._lack = label(faint=True, wrap=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 14, 16, 14)
        layout.setSpacing(12)
        layout.addWidget(label(about, wrap=True))
        layout.addLayout(self.form)
        layout.addStretch(1)
        layout.addWidget(self._lack)
        layout.addLayout(row(None, self.ok, button("不做了", self.reject)))
        self.setMinimumWidth(self.fontMetrics().horizontalAdvance("汉") * _WIDTH)

    def lack(self) -> str:
        """What is still to be told, empty when everything is."""
        return ""

    def refresh(self) -> None:
        """Tell what is missing; the job can start when nothing is."""
        lack = self.lack()
        self._lack.setText(lack)
        self.ok.setEnabled(not lack)
