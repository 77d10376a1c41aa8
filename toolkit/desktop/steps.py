"""The five steps down the left side, each with how far it is."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QFrame, QVBoxLayout

from toolkit.desktop import theme
from toolkit.desktop.journey import Stand, Step

_EDGE = 12


class StepList(QFrame):
    """Choose a step; see which are done."""

    chosen = Signal(Step)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("steps")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 1, 8)
        layout.setSpacing(2)
        group = QButtonGroup(self)
        self.buttons = [StepButton(step) for step in Step]
        for made in self.buttons:
            group.addButton(made)
            layout.addWidget(made)
            made.clicked.connect(lambda _checked=False, step=made.step: self.chosen.emit(step))
        layout.addStretch(1)

    def choose(self, step: Step) -> None:
        """Show which step is open."""
        self.buttons[step].setChecked(True)

    def tell(self, stands: Sequence[Stand]) -> None:
        """Show how far each is."""
        for made, stand in zip(self.buttons, stands, strict=True):
            made.tell(stand)


class StepButton(QAbstractButton):
    """A step: its number or a tick, its name, a few words below."""

    def __init__(self, step: Step) -> None:
        super().__init__()
        self.step = step
        self._stand = Stand(False, "")
        self.setCheckable(True)
        self.setToolTip(f"{step.tip}（Ctrl+{step + 1}）")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def tell(self, stand: Stand) -> None:
        """How far the step is."""
        self._stand = stand
        self.setAccessibleName(f"第{self.step + 1}步 {self.step.label}，{stand.line}")
        self.updateGeometry()
        self.update()

    def _name_font(self) -> QFont:
        font = self.font()
        font.setPointSizeF(font.pointSizeF() * 1.25)
        font.setBold(self.isChecked())
        return font

    def sizeHint(self) -> QSize:
        """Two lines of text."""
        height = self.fontMetrics().height()
        return QSize(self.fontMetrics().horizontalAdvance("汉") * 10 + 3 * _EDGE + height, round(height * 3.4))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the step."""
        painter, now = QPainter(self), theme.colours()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.isChecked() or self.underMouse() or self.hasFocus():
            painter.fillRect(self.rect(), QColor(now.soft if self.isChecked() else now.zebra))
        if self.isChecked():
            painter.fillRect(0, 0, 4, self.height(), QColor(now.accent))
        size = self.fontMetrics().height() + 6
        circle = QRectF(_EDGE, (self.height() - size) / 2, size, size)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(now.good if self._stand.done else now.accent if self.isChecked() else now.line))
        painter.drawEllipse(circle)
        painter.setPen(QColor(now.on_accent if self._stand.done or self.isChecked() else now.text))
        painter.drawText(circle, int(Qt.AlignmentFlag.AlignCenter), "✓" if self._stand.done else str(self.step + 1))
        left = _EDGE * 2 + size
        middle = self.height() / 2
        room = self.width() - left - 4
        painter.setPen(QColor(now.text))
        painter.setFont(self._name_font())
        high = painter.fontMetrics().height()
        painter.drawText(QRectF(left, middle - high, room, high), self.step.label)
        painter.setFont(self.font())
        painter.setPen(QColor(now.faint))
        line = painter.fontMetrics().elidedText(self._stand.line, Qt.TextElideMode.ElideRight, int(room))
        painter.drawText(QRectF(left, middle + 2, room, self.fontMetrics().height() + 2), line)
