"""The table every page uses: fills its width, keeps the colours of selected rows, says what to do while it is empty."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtGui import QBrush, QColor, QGuiApplication, QKeySequence, QPainter, QPaintEvent, QResizeEvent, QShortcut
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from toolkit.desktop import theme
from toolkit.desktop.models.table import Index, ItemRole

_PADDING = 12
SQUEEZE = 0.72
"""Columns become so much narrower than wished before the table scrolls sideways."""


class Table(QTableView):
    """A view of a model; ``widths`` are wishes in characters, told in proportion to the room there is."""

    def __init__(self, model: QAbstractItemModel, widths: Sequence[int] = (), *, wrap: bool = False) -> None:
        super().__init__()
        self._widths = tuple(widths)
        self.hint = ""
        """Shown in the middle while there are no rows."""
        self.setModel(model)
        self.setItemDelegate(_Delegate(self))
        self.setWordWrap(wrap)
        self.setAlternatingRowColors(not wrap)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().setVisible(not widths)
        self.horizontalHeader().setHighlightSections(False)
        self.setTabKeyNavigation(False)
        copy = QShortcut(QKeySequence(QKeySequence.StandardKey.Copy), self)
        copy.setContext(Qt.ShortcutContext.WidgetShortcut)
        copy.activated.connect(self.copy)
        self.fit()

    def wish(self, widths: Sequence[int]) -> None:
        """Other columns: take these widths."""
        self._widths = tuple(widths)
        self.fit()

    def fit(self) -> None:
        """Column widths and row height for the font and the room there is."""
        metrics = self.fontMetrics()
        self.verticalHeader().setMinimumSectionSize(metrics.height() + 6)
        self.verticalHeader().setDefaultSectionSize(metrics.height() + 10)
        shown = [c for c in range(len(self._widths)) if not self.isColumnHidden(c)]
        wishes = {c: self._widths[c] * metrics.horizontalAdvance("中") + _PADDING for c in shown}
        room, wished = self.viewport().width(), sum(wishes.values())
        factor = max(SQUEEZE, room / wished) if wished else 1.0
        for place, wish in wishes.items():
            self.setColumnWidth(place, int(wish * factor))
        if shown and factor == room / wished:
            self.setColumnWidth(shown[-1], room - sum(self.columnWidth(c) for c in shown[:-1]))
        if self.wordWrap():
            self.resizeRowsToContents()

    def copy(self) -> None:
        """Put the selected rows on the clipboard, to be pasted into a spreadsheet."""
        model = self.model()
        rows = sorted({index.row() for index in self.selectedIndexes()})
        columns = [c for c in range(model.columnCount()) if not self.isColumnHidden(c)]
        lines = ["\t".join(str(model.index(r, c).data() or "").replace("\n", " ") for c in columns) for r in rows]
        QGuiApplication.clipboard().setText("\n".join(lines))

    def selected_rows(self) -> list[int]:
        """The rows that are selected, in order."""
        return sorted({index.row() for index in self.selectedIndexes()})

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Use the new room."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the cells, or the hint."""
        super().paintEvent(event)
        if self.hint and self.model().rowCount() == 0:
            painter = QPainter(self.viewport())
            painter.setPen(QColor(theme.colours().faint))
            room = self.viewport().rect().adjusted(20, 20, -20, -20)
            painter.drawText(room, int(Qt.AlignmentFlag.AlignCenter) | int(Qt.TextFlag.TextWordWrap), self.hint)


class _Delegate(QStyledItemDelegate):
    """A selected row is tinted, but what is coloured for a reason keeps its colour."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        """Tint instead of the style's selection."""
        super().initStyleOption(option, index)
        if QStyle.StateFlag.State_Selected in option.state:  # type: ignore[attr-defined]
            option.state &= ~QStyle.StateFlag.State_Selected  # type: ignore[attr-defined]
            if index.data(ItemRole.BackgroundRole) is None:
                option.backgroundBrush = QBrush(QColor(theme.colours().soft))  # type: ignore[attr-defined]
