"""The calendar (日历): which tasks a round asks, working days, what falls due this week."""

from toolkit.schedule.asking import Ask, asks
from toolkit.schedule.ics import calendar_file
from toolkit.schedule.reminders import Reminder, reminders, week_of
from toolkit.schedule.workdays import Workdays

__all__ = ["Ask", "Reminder", "Workdays", "asks", "calendar_file", "reminders", "week_of"]
