"""Which collection is the newest, and when it ends."""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence
from datetime import date

from toolkit.identity import Stamp
from toolkit.intake.labels import round_key, same_round
from toolkit.model import Round

_YEAR = re.compile(r"((?:19|20)\d\d)年?(.*)")
_QUARTER = re.compile(r"(\d)季度")
_MONTH = re.compile(r"(\d{1,2})月")


def last_day(name: str) -> date | None:
    """The last day of the time a round's name tells (2022年第四季度, 2022年11月), or ``None``."""
    match = _YEAR.search(round_key(name))
    if match is None:
        return None
    year, rest = int(match.group(1)), match.group(2)
    month = 12
    if quarter := _QUARTER.search(rest):
        month = 3 * int(quarter.group(1))
    elif told := _MONTH.search(rest):
        month = int(told.group(1))
    elif "上半年" in rest:
        month = 6
    if not 1 <= month <= 12:
        return None
    return date(year, month, calendar.monthrange(year, month)[1])


def newest(stamps: Sequence[Stamp], name: str | None = None) -> Round | None:
    """The round of that name, with the due date its forms carry, or the newest round of the stamps.

    Newest by due date, else by the end of the time its name tells; of equals the one with more forms.
    """
    if name is not None:
        dues = [stamp.due for stamp in stamps if stamp.due and same_round(stamp.round, name)]
        return Round(name, max(dues, default=None))
    if not stamps:
        return None
    counts: dict[str, int] = {}
    for stamp in stamps:
        counts[stamp.round] = counts.get(stamp.round, 0) + 1

    def age(stamp: Stamp) -> tuple[date, int, str]:
        return (stamp.due or last_day(stamp.round) or date.min, counts[stamp.round], stamp.round)

    best = max(stamps, key=age)
    return newest(stamps, best.round)
