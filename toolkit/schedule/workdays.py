"""Chinese working days: weekends, official holidays, and the Saturdays and Sundays worked in exchange (调休).

The arrangements of the State Council come with the package ``chinese_calendar``, which works offline; a clerk writes
those of a year it does not know yet into the settings.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

_SATURDAY = 5
_ALWAYS_OFF = frozenset({(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)})
"""Days off whatever the arrangements (全国年节及纪念日放假办法); those of the lunar calendar move."""


class Workdays:
    """Tells working days; ``unknown_years`` are those that had to be guessed by Monday to Friday alone."""

    def __init__(self, holidays: Iterable[date] = (), extra_workdays: Iterable[date] = ()) -> None:
        self._off = frozenset(holidays)
        self._on = frozenset(extra_workdays)
        self._told = {day.year for day in self._off | self._on}
        self.unknown_years: set[int] = set()

    def is_workday(self, day: date) -> bool:
        """Whether offices work on that day; what the settings say comes first."""
        if day in self._on or day in self._off:
            return day in self._on
        from chinese_calendar import is_workday

        try:
            return bool(is_workday(day))
        except NotImplementedError:
            if day.year not in self._told:
                self.unknown_years.add(day.year)
            return day.weekday() < _SATURDAY and (day.month, day.day) not in _ALWAYS_OFF

    def after(self, day: date, count: int) -> date:
        """The ``count``-th working day after ``day``, which itself does not count (民法典第二百零一条)."""
        while count > 0:
            day += timedelta(days=1)
            count -= self.is_workday(day)
        return day

    def from_day(self, day: date) -> date:
        """That day, or the next working day when it is a day off."""
        while not self.is_workday(day):
            day += timedelta(days=1)
        return day
