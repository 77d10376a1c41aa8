"""The visual lines of a PDF page, and whether a line ended because it was full.

A PDF knows only where characters stand.  Lines are put together from them, and two lines belong to one
paragraph when what begins the second would not have fitted at the end of the first: typesetting programs
break only then.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

Char = dict[str, Any]
"""A character as pdfplumber gives it: text, x0, x1, top, bottom, size, fontname, upright."""

_OPENING = "（(〔［[【《〈“‘「『"
CLOSING = "，。、；：！？）)〕］]】》〉”’」』,.;:!?%％…"
_QUOTES = "“”‘’\"'"
"""Marks that some programs part from neither side."""
_WORD = re.compile(r"[A-Za-z0-9.,:/@_%+\-]+")
_BOLD = re.compile(r"bold|black|heavy|simhei|heiti|xiaobiaosong|黑体|小标宋", re.IGNORECASE)
_BLANKS = re.compile(r"[ \u00a0\u3000]+")
_SAME_LINE = 0.45
"""Share of the character size by which the middles of characters on one line may differ."""
_GAP = 0.6
"""Share of the character size from which on a gap is a blank."""
_ROUNDING = 0.05
"""Share of the character size by which positions may be off."""


@dataclass(frozen=True, slots=True)
class Line:
    """A visual line of a page; lengths in points, y downwards."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    bold: bool
    page: int
    unit: float
    """Width of what could not be parted at its beginning: what the line before had no room for."""

    @property
    def middle(self) -> float:
        """Half way between left and right."""
        return (self.x0 + self.x1) / 2


def lines_of(chars: Iterable[Char], page: int) -> list[Line]:
    """The lines that characters make up, from top to bottom; turned characters (watermarks) are left out."""
    waiting = sorted((char for char in chars if char["upright"] and char["text"] and char["size"] > 0), key=_middle)
    lines: list[Line] = []
    row: list[Char] = []
    for char in waiting:
        if row and _middle(char) - _middle(row[0]) > _SAME_LINE * max(char["size"], row[0]["size"]):
            lines += _line(row, page)
            row = []
        row.append(char)
    return lines + _line(row, page)


def _middle(char: Char) -> float:
    return float(char["top"] + char["bottom"]) / 2


def _line(row: list[Char], page: int) -> list[Line]:
    chars = _without_shadows(sorted(row, key=lambda char: float(char["x0"])))
    visible = [char for char in chars if char["text"].strip()]
    if not visible:
        return []
    sizes = sorted(float(char["size"]) for char in visible)
    bold = sum(bool(_BOLD.search(str(char["fontname"]))) for char in visible)
    text = _spaced(chars)
    return [
        Line(
            text=text,
            x0=float(visible[0]["x0"]),
            x1=float(visible[-1]["x1"]),
            top=min(float(char["top"]) for char in visible),
            bottom=max(float(char["bottom"]) for char in visible),
            size=sizes[len(sizes) // 2],
            bold=bold * 2 > len(visible),
            page=page,
            unit=_unit_width(visible),
        )
    ]


def _without_shadows(chars: list[Char]) -> list[Char]:
    """Characters printed twice a hair apart, to look bold, count once."""
    kept: list[Char] = []
    for char in chars:
        shadow = kept and kept[-1]["text"] == char["text"] and abs(kept[-1]["x0"] - char["x0"]) < 0.25 * char["size"]
        if not shadow:
            kept.append(char)
    return kept


def _spaced(chars: Sequence[Char]) -> str:
    pieces: list[str] = []
    edge: float | None = None
    for char in chars:
        if edge is not None and char["x0"] - edge > _GAP * char["size"]:
            pieces.append(" ")
        pieces.append(char["text"])
        edge = float(char["x1"])
    return _BLANKS.sub(" ", "".join(pieces)).strip()


def _unit_width(chars: Sequence[Char]) -> float:
    """From the left edge to the first place where a line may break: opening marks stay with what follows,
    closing marks with what precedes, a word or number stays whole."""
    text = "".join(char["text"][:1] or " " for char in chars)
    end = 0
    while end < len(text) - 1 and text[end] in _OPENING:
        end += 1
    word = _WORD.match(text, end)
    end = word.end() if word else end + 1
    while end < len(text) and text[end] in CLOSING + _QUOTES:
        end += 1
        if text[end - 1] in _QUOTES and text[end : end + 1] not in tuple(CLOSING + _QUOTES):
            end += 1
    return float(chars[min(end, len(chars)) - 1]["x1"] - chars[0]["x0"])


def was_full(line: Line, following: Line, limit: float) -> bool:
    """Whether ``line`` ended for want of room: the beginning of ``following`` does not fit before ``limit``."""
    return line.x1 + following.unit > limit + _ROUNDING * line.size


def joined(lines: Sequence[str]) -> str:
    """Lines that a program broke, whole again: nothing between Chinese characters, a blank between words."""
    text = ""
    for line in lines:
        between = text[-1:].isascii() and text[-1:].isalpha() and line[:1].isascii() and line[:1].isalpha()
        text += (" " if between else "") + line
    return text
