"""Names of rounds as periods of time: 2022年第四季度, 2022年11—12月, 2022年上半年, 2022年10月."""

from __future__ import annotations

import calendar
import re
from datetime import date
from functools import lru_cache

from toolkit.language.text import fold

_NUMERALS = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_YEAR = re.compile(r"((?:19|20)\d{2})\s*年?度?")
_QUARTER = re.compile(r"第?([一二三四1-4])\s*季度?")
_MONTH = re.compile(r"(?<!\d)(1[0-2]|0?[1-9])\s*月?\s*(?:[-—–~至到]+\s*(1[0-2]|0?[1-9])\s*)?月")
_HALVES = {"上半年": (1, 6), "下半年": (7, 12)}


def period_start(name: str) -> date | None:
    """The first day of the period a round is named after, ``None`` when its name tells no year."""
    span = _span(name)
    return date(span[0], span[1], 1) if span else None


def period_end(name: str) -> date | None:
    """The last day of the period a round is named after, ``None`` when its name tells no year."""
    span = _span(name)
    return date(span[0], span[2], calendar.monthrange(span[0], span[2])[1]) if span else None


def next_period(name: str) -> str | None:
    """The round after one of the usual names: a month, a quarter, half a year, a year; ``None`` for another name."""
    span = _span(name)
    if span is None:
        return None
    year, first, last = span
    length = last - first + 1
    year, month = (year + 1, 1) if last == 12 else (year, last + 1)
    whole = {
        1: f"{year}年{month}月",
        3: f"{year}年第{'一二三四'[month // 3 % 4]}季度",
        6: f"{year}年{'上' if month == 1 else '下'}半年",
        12: f"{year}年度",
    }
    return whole.get(length) if (month - 1) % length == 0 else None


@lru_cache(maxsize=256)
def _span(name: str) -> tuple[int, int, int] | None:
    """Year, first and last month of a period."""
    text = fold(name)
    year = _YEAR.search(text)
    if year is None:
        return None
    rest = text[: year.start()] + text[year.end() :]
    first, last = 1, 12
    if quarter := _QUARTER.search(rest):
        last = 3 * _NUMERALS[quarter.group(1)]
        first = last - 2
    elif half := next((half for half in _HALVES if half in rest), None):
        first, last = _HALVES[half]
    elif months := _MONTH.search(rest):
        first = int(months.group(1))
        last = max(first, int(months.group(2) or first))
    return int(year.group(1)), first, last
