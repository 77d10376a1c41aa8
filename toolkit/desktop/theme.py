"""The look: light, dark and large type; every colour of the program stands here."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory

from toolkit import vocabulary as words
from toolkit.figures import UNCLEAR, Light
from toolkit.model import Severity

_FONTS = ("Microsoft YaHei UI", "Microsoft YaHei", "PingFang SC", "Noto Sans CJK SC", "WenQuanYi Micro Hei")
_POINTS, _LARGE_POINTS = 9.5, 13.0


class Mode(StrEnum):
    """外观."""

    SYSTEM = "跟随系统"
    LIGHT = "浅色"
    DARK = "深色"


@dataclass(frozen=True, slots=True)
class Colours:
    """The colours of one look."""

    window: str
    base: str
    zebra: str
    text: str
    faint: str
    line: str
    accent: str
    on_accent: str
    soft: str
    """Behind the step that is open and the line that says what to do."""
    good: str
    worry: str
    bad: str
    mark: str
    """Behind a field that wants review, and behind its sentence."""
    chapter: str


LIGHT = Colours(
    window="#f5f6f8", base="#ffffff", zebra="#f8fafc", text="#1f2329", faint="#646a73", line="#d9dce1",
    accent="#1f6feb", on_accent="#ffffff", soft="#e8f0fe", good="#237b3c", worry="#a15c00", bad="#c62828",
    mark="#ffe9a8", chapter="#eef1f5",
)  # fmt: skip
DARK = Colours(
    window="#1f2124", base="#27292d", zebra="#2b2e32", text="#e6e8eb", faint="#a3a9b2", line="#43474d",
    accent="#5b9dff", on_accent="#10131a", soft="#2a3a55", good="#6fce8a", worry="#f0b45a", bad="#ff8a80",
    mark="#6b5514", chapter="#32363b",
)  # fmt: skip

WORD_COLOURS = {
    words.DONE: "#548235",
    words.DONE_AND_ONGOING: "#8fbf72",
    words.ONGOING: "#6fa8dc",
    words.TO_IMPROVE: "#e6b800",
    words.POSTPONED: "#e08e4f",
    words.NOT_STARTED: "#a6a6a6",
    UNCLEAR: "#bfbfbf",
    words.UNREPORTED: "#c00000",
    words.NOT_CONCERNED: "#7f7f7f",
}
"""The colours of the statuses in charts, as in the summary workbook."""
LIGHT_COLOURS = {
    Light.DONE: "#c6e0b4",
    Light.NORMAL: "#ddebf7",
    Light.WARNING: "#ffe699",
    Light.OVERDUE: "#f4b0b0",
    Light.EXEMPT: "#e2e2e2",
}
"""红黄绿 behind a cell of the matrix; its text is always dark."""

_now = LIGHT


def colours() -> Colours:
    """The colours in use."""
    return _now


def is_dark() -> bool:
    """Whether the dark look is in use."""
    return _now is DARK


def severity_colour(severity: Severity) -> QColor:
    """The colour a finding is written in."""
    now = colours()
    return QColor({Severity.ERROR: now.bad, Severity.WARNING: now.worry, Severity.NOTE: now.faint}[severity])


def apply(app: QApplication, mode: Mode, large: bool) -> None:
    """Dress the program."""
    global _now
    system_dark = QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
    _now = DARK if mode is Mode.DARK or (mode is Mode.SYSTEM and system_dark) else LIGHT
    app.setStyle(QStyleFactory.create("Fusion"))
    app.setPalette(_palette(_now))
    app.setFont(_font(_LARGE_POINTS if large else _POINTS))
    app.setStyleSheet(_sheet(_now))


def _font(points: float) -> QFont:
    installed = set(QFontDatabase.families())
    font = QFont(next((name for name in _FONTS if name in installed), QFont().family()))
    font.setPointSizeF(points)
    return font


def _palette(now: Colours) -> QPalette:
    palette, role = QPalette(), QPalette.ColorRole
    for where, colour in {
        role.Window: now.window, role.WindowText: now.text, role.Base: now.base, role.AlternateBase: now.zebra,
        role.Text: now.text, role.Button: now.window, role.ButtonText: now.text, role.BrightText: now.bad,
        role.Highlight: now.accent, role.HighlightedText: now.on_accent, role.Link: now.accent,
        role.PlaceholderText: now.faint, role.ToolTipBase: now.base, role.ToolTipText: now.text,
        role.Mid: now.line, role.Light: now.base, role.Midlight: now.zebra, role.Dark: now.line,
    }.items():  # fmt: skip
        palette.setColor(where, QColor(colour))
    for where in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, where, QColor(now.faint))
    return palette


def _sheet(now: Colours) -> str:
    return f"""
    QToolTip {{ color: {now.text}; background: {now.base}; border: 1px solid {now.line}; padding: 4px; }}
    QPushButton {{ padding: 5px 12px; border: 1px solid {now.line}; border-radius: 4px; background: {now.base}; }}
    QWidget#corner QPushButton {{ padding: 2px 12px; }}
    QPushButton:hover {{ border-color: {now.accent}; }}
    QPushButton:focus {{ border-color: {now.accent}; }}
    QPushButton:pressed {{ background: {now.soft}; }}
    QPushButton:checked {{ background: {now.soft}; border-color: {now.accent}; color: {now.accent}; }}
    QPushButton:disabled {{ color: {now.faint}; background: {now.window}; }}
    QPushButton[main="true"] {{ background: {now.accent}; color: {now.on_accent}; border-color: {now.accent}; }}
    QPushButton[main="true"]:hover {{ border-color: {now.text}; }}
    QPushButton[main="true"]:disabled {{ background: {now.line}; color: {now.faint}; border-color: {now.line}; }}
    QTableView, QTextBrowser, QPlainTextEdit, QListView {{ border: 1px solid {now.line}; border-radius: 4px;
        gridline-color: {now.line}; background: {now.base}; }}
    QTableView {{ selection-background-color: {now.soft}; selection-color: {now.text}; }}
    QHeaderView::section {{ background: {now.chapter}; color: {now.text}; padding: 4px 6px; border: 0;
        border-right: 1px solid {now.line}; border-bottom: 1px solid {now.line}; }}
    QTableCornerButton::section {{ background: {now.chapter}; border: 0; }}
    QFrame#top, QFrame#steps {{ background: {now.base}; }}
    QFrame#top {{ border-bottom: 1px solid {now.line}; }}
    QFrame#steps {{ border-right: 1px solid {now.line}; }}
    QFrame#next {{ background: {now.soft}; border-radius: 4px; }}
    QFrame#banner {{ background: {now.base}; border: 1px solid {now.line}; border-radius: 4px; }}
    QFrame#card {{ background: {now.base}; border: 1px solid {now.line}; border-radius: 4px; }}
    QLabel[faint="true"] {{ color: {now.faint}; }}
    QLabel[good="true"] {{ color: {now.good}; }}
    QLabel[strong="true"] {{ font-weight: bold; }}
    QFrame#chart {{ background: {now.base}; }}
    QSplitter::handle {{ background: transparent; }}
    QStatusBar {{ background: {now.base}; border-top: 1px solid {now.line}; }}
    """
