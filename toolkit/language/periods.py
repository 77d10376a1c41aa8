"""Names of rounds as periods of time: 2022年第四季度, 2022年11—12月, 2022年上半年, 2022年10月."""

from __future__ import annotations

import re
from datetime import date

from toolkit.language.text import fold

_NUMERALS = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_YEAR = re.compile(r"((?:19|20)\d{2})\s*年?度?")
_QUARTER = re.compile(r"第?([一二三四1-4])\s*季度?")
_MONTH = re.compile(r"(?<!\d)(1[0-2]|0?[1-9])\s*(?:[-—–~至到]+\s*(?:1[0-2]|0?[1-9])\s*)?月")


def period_start(name: str) -> date | None:
    """The first day of the period a round is named after, ``None`` when its name tells no year."""
    text = fold(name)
    year = _YEAR.search(text)
    if year is None:
        return None
    rest = text[: year.start()] + text[year.end() :]
    month = 1
    if quarter := _QUARTER.search(rest):
        month = 3 * _NUMERALS[quarter.group(1)] - 2
    elif "下半年" in rest:
        month = 7
    elif found := _MONTH.search(rest):
        month = int(found.group(1))
    return date(int(year.group(1)), month, 1)
