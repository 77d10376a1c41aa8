"""How many lines a text takes in a cell, and how high its row must be to show all of it.

Neither Excel nor WPS grows a row by itself when a program wrote it, and merged cells never grow.
Widths are Excel's: one unit is the width of a digit of the default font, 5.25 pt for Calibri 11.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from math import ceil

DIGIT_POINTS = 5.25
MAX_ROW_HEIGHT = 409.0
"""The highest row Excel knows, in points."""
_CELL_PADDING = 5.0
"""Points lost to both cell margins."""
_LINE = 1.46
"""Line height in font sizes: enough for 仿宋 and for the taller fonts that stand in for it (Noto Sans CJK: 1.45)."""
_NARROW = 1.2
"""Half widths of a Latin letter or digit in the broader fonts that stand in for Times (DejaVu Sans: 1.27)."""
_ROW_PADDING = 8.0
_NARROW_OF_THREE = "›"
"""Stands between file, sheet and cell of a place."""
_PLAIN = re.compile(rf"[\x00-\x7f{_NARROW_OF_THREE}‘’“”—…、-】一-鿿！-～]*")
"""Narrow characters of one byte in UTF-8, wide ones of three: what most texts are made of."""


def _half_widths(line: str) -> int:
    if _PLAIN.fullmatch(line):
        wide = (len(line.encode()) - len(line)) // 2 - line.count(_NARROW_OF_THREE)
    else:
        wide = sum(unicodedata.east_asian_width(char) in "WFA" for char in line)
    return 2 * wide + ceil((len(line) - wide) * _NARROW)


def lines_needed(text: str, width: float, size: float) -> int:
    """Lines that ``text`` takes in a wrapped cell ``width`` units wide, at a font of ``size`` points."""
    room, broken = _room(width, size)
    lines = text.split("\n") if "\n" in text else (text,)
    return sum([1 if (wide := _half_widths(line)) <= room else -(-wide // broken) for line in lines])


line_count = lru_cache(maxsize=65536)(lines_needed)
"""The same, remembered: the same task stands in many forms."""


@lru_cache(maxsize=1024)
def _room(width: float, size: float) -> tuple[int, int]:
    """Half widths of a line that is not broken, and of one that is."""
    room = max(2, int((width * DIGIT_POINTS - _CELL_PADDING) / (size / 2)))
    # A wide character never stands half in a line, and punctuation that must not begin a line takes the
    # character before it along: a line that is broken shows one wide character less.
    room -= room % 2
    return room, max(2, room - 2)


@lru_cache(maxsize=1024)
def row_height(lines: int, size: float) -> float:
    """Height in points of a row that shows ``lines`` lines at a font of ``size`` points."""
    return min(MAX_ROW_HEIGHT, round(lines * size * _LINE + _ROW_PADDING, 1))


def lines_within(height: float, size: float) -> int:
    """How many lines a row of that height shows at a font of ``size`` points."""
    return max(1, int((height - _ROW_PADDING) / (size * _LINE)))


def width_for(text: str, size: float, limit: float = MAX_ROW_HEIGHT) -> float:
    """The least column width, in whole units, at which ``text`` fits into a row no higher than ``limit`` points."""
    lines = lines_within(limit, size)
    width = 4.0
    while line_count(text, width, size) > lines and width < 255:
        width += 2
    return width
