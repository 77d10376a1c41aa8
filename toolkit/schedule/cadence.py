"""How often a task comes round (频次), and by when in its turn: 每季度, 每年不少于2次, 每季度结束后5个工作日内."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from toolkit.language.numerals import NUMERAL, to_int
from toolkit.schedule.workdays import Workdays

_MONTHS = {"月": 1, "季": 3, "季度": 3, "半年": 6, "半年度": 6, "学期": 6, "年": 12, "年度": 12}
_EACH = re.compile(
    rf"(?:每|按|逐|分)(?P<gap>隔)?(?P<count>{NUMERAL})?\s*(?:个)?(?P<unit>季度|季|半年度|半年|学期|年度|年|月度|月)"
)
_TIMES = re.compile(rf"(?P<count>{NUMERAL})\s*[次期场篇条份项名回]")
_DAY = re.compile(rf"(?:(?P<month>{NUMERAL})\s*月(?:份)?)?\s*(?P<day>{NUMERAL})\s*[日号]")
_MONTH = re.compile(rf"(?P<month>{NUMERAL})\s*月")
_FIRST_MONTH = re.compile(r"首月|次月")
"""In the first month of the turn, or of the next one."""
_AFTER = re.compile(rf"(?:结束|终了)后\s*(?P<count>{NUMERAL})\s*个?(?P<unit>工作日|日|天)")
_WITHIN = re.compile(rf"(?P<count>{NUMERAL})\s*个?工作日")


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn of a recurring task."""

    month: date
    """First day of the month in which the turn ends."""
    due: date


@dataclass(frozen=True, slots=True)
class Cadence:
    """Turns of so many months, and where in a turn the task is due."""

    words: str
    months: int
    month: int = 12
    """A month in which a turn ends."""
    day: int | None = None
    """Day of that month; its last when the words tell none."""
    workdays_after: int = 0
    """Working days after the turn has ended."""
    days_after: int = 0

    def turns(self, first: date, last: date, workdays: Workdays) -> Iterator[Turn]:
        """The turns that end in a month from ``first`` to ``last``."""
        for number in range(12 * first.year + first.month - 1, 12 * last.year + last.month):
            year, month = number // 12, number % 12 + 1
            if (12 * year + month - self.month) % self.months == 0:
                yield Turn(date(year, month, 1), self._due(year, month, workdays))

    def _due(self, year: int, month: int, workdays: Workdays) -> date:
        end = date(year, month, calendar.monthrange(year, month)[1])
        if self.workdays_after:
            return workdays.after(end, self.workdays_after)
        if self.days_after:
            return date.fromordinal(end.toordinal() + self.days_after)
        return end if self.day is None else end.replace(day=min(self.day, end.day))


def read_cadence(words: str) -> Cadence | None:
    """The cadence that words tell, ``None`` for what has no turns of months (长期坚持, 每周, 5个工作日内)."""
    each = _EACH.search(words)
    if each is None:
        return None
    unit = each["unit"].removesuffix("度") if each["unit"] == "月度" else each["unit"]
    # Nobody can tell in which year a turn of several years ends: it is asked every year.
    months = min(12, _MONTHS[unit] * (to_int(each["count"]) or 1 if each["count"] else 1) * (2 if each["gap"] else 1))
    rest = words[each.end() :]
    if after := _AFTER.match(rest):
        count = to_int(after["count"]) or 0
        by_work = after["unit"] == "工作日"
        return Cadence(words, months, workdays_after=count if by_work else 0, days_after=0 if by_work else count)
    if (times := _TIMES.search(rest)) and (often := to_int(times["count"]) or 1) > 1 and months >= often:
        return Cadence(words, max(1, months // often))
    point, month = _DAY.search(rest), _MONTH.search(rest)
    ends = to_int(month["month"]) if month and months == 12 else 1 if _FIRST_MONTH.search(rest) else None
    return Cadence(words, months, ends or 12, to_int(point["day"]) if point else None)


def working_days(words: str) -> int | None:
    """The count of a limit in working days (5个工作日内), ``None`` when the words are none."""
    within = _WITHIN.search(words)
    return to_int(within["count"]) if within and not _EACH.search(words) else None
