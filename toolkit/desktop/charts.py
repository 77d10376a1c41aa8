"""The charts of a round, drawn with a painter: one bar a status, one bar a unit."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from toolkit.desktop import theme
from toolkit.desktop.models.columns import percent
from toolkit.figures import SHOWN_WORDS, SYMBOLS, Figures


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its name, how long (0 to 1), what it says behind it, its colour."""

    name: str
    share: float
    said: str
    colour: str = ""


def status_bars(figures: Figures) -> list[Bar]:
    """How many entries stand under each word."""
    counts = figures.total.counts
    most = max(counts.values(), default=1)
    return [
        Bar(f"{SYMBOLS[word]} {word}", counts[word] / most, str(counts[word]), theme.WORD_COLOURS[word])
        for word in SHOWN_WORDS
        if counts.get(word)
    ]


def unit_bars(figures: Figures) -> list[Bar]:
    """How much of its work each unit has done, in the order of completion."""
    units = sorted(figures.units, key=lambda unit: -(unit.tally.completion or 0.0))
    return [Bar(unit.unit, unit.tally.completion or 0.0, percent(unit.tally.completion)) for unit in units]


class BarChart(QWidget):
    """Horizontal bars; only those in view are drawn, so five hundred cost nothing."""

    def __init__(self, empty: str) -> None:
        super().__init__()
        self._empty = empty
        self._bars: list[Bar] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def show_bars(self, bars: list[Bar]) -> None:
        """Show other bars."""
        self._bars = bars
        self.setAccessibleDescription("；".join(f"{bar.name} {bar.said}" for bar in bars))
        self.setMinimumHeight(self.sizeHint().height())
        self.update()

    @property
    def _step(self) -> int:
        return self.fontMetrics().height() + 9

    def sizeHint(self) -> QSize:
        """As high as the bars."""
        return QSize(320, max(2, len(self._bars)) * self._step + 8)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the bars that are in view."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        now, metrics = theme.colours(), self.fontMetrics()
        if not self._bars:
            painter.setPen(QColor(now.faint))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._empty)
            return
        names = min(max(metrics.horizontalAdvance(bar.name) for bar in self._bars) + 12, self.width() // 2)
        behind = max(metrics.horizontalAdvance(bar.said) for bar in self._bars) + 12
        room = max(20, self.width() - names - behind - 8)
        first = max(0, (event.rect().top() - 4) // self._step)
        last = min(len(self._bars), event.rect().bottom() // self._step + 1)
        for place in range(first, last):
            bar, top = self._bars[place], 4 + place * self._step
            height = self._step - 7
            painter.setPen(QColor(now.text))
            name = metrics.elidedText(bar.name, Qt.TextElideMode.ElideRight, names - 8)
            middle = Qt.AlignmentFlag.AlignVCenter
            painter.drawText(QRectF(0, top, names - 8, height), int(middle | Qt.AlignmentFlag.AlignRight), name)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(now.chapter))
            painter.drawRoundedRect(QRectF(names, top, room, height), 3, 3)
            painter.setBrush(QColor(bar.colour or now.accent))
            painter.drawRoundedRect(QRectF(names, top, max(2.0, room * bar.share), height), 3, 3)
            painter.setPen(QColor(now.text))
            painter.drawText(QRectF(names + room + 6, top, behind, height), int(middle), bar.said)
