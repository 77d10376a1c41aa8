"""What falls due in a span of days: deadlines of open tasks, turns of recurring ones, due dates of rounds."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from toolkit.model import Duty, Plan, Round, Task
from toolkit.schedule.cadence import read_cadence
from toolkit.schedule.workdays import Workdays

DEADLINE, OVERDUE, TURN, ROUND = "任务到期", "已逾期", "定期任务", "报送截止"
_REACH = timedelta(days=62)
"""A turn may be due so long after the month it ends in."""
_NAMED = 6


@dataclass(frozen=True, slots=True)
class Reminder:
    """One thing to remember on a day."""

    on: date
    kind: str
    what: str
    task: str = ""
    units: tuple[str, ...] = ()

    @property
    def line(self) -> str:
        """``2026-09-30 任务到期：…（市教育局、…）``."""
        more = f"等 {len(self.units)} 个单位" if len(self.units) > _NAMED else ""
        named = f"（{'、'.join(self.units[:_NAMED])}{more}）" if self.units else ""
        return f"{self.on.isoformat()} {self.kind}：{self.what}{named}"


def week_of(day: date) -> tuple[date, date]:
    """Monday and Sunday of the week of a day."""
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=6)


def reminders(
    first: date,
    last: date,
    plan: Plan,
    duties: Iterable[Duty],
    rounds: Iterable[Round],
    done: Collection[tuple[str, str]],
    closed: Collection[tuple[str, str]],
    workdays: Workdays,
) -> list[Reminder]:
    """Everything from ``first`` to ``last``, and before it what is overdue; by day.

    Task × unit that is ``done`` needs no reminder of its deadline, but of its next turn; one that is ``closed`` none.
    """
    found = [
        Reminder(round.due, ROUND, f"{round.name}填报表")
        for round in rounds
        if round.due is not None and first <= round.due <= last
    ]
    owing = [duty for duty in duties if (duty.task, duty.unit) not in closed]
    tasks = {task.code: task for task in plan.tasks}
    late: dict[tuple[str, date], list[str]] = {}
    for duty in owing:
        if duty.due is not None and duty.due <= last and (duty.task, duty.unit) not in done:
            late.setdefault((duty.task, duty.due), []).append(duty.unit)
    for (code, due), units in late.items():
        found.append(Reminder(due, DEADLINE if due >= first else OVERDUE, tasks[code].label, code, tuple(units)))
    for task in plan.tasks:
        units = [duty.unit for duty in owing if duty.task == task.code]
        for due, words in _turns(task, first, last, workdays) if units else ():
            found.append(Reminder(due, TURN, f"{task.label}（{words}）", task.code, tuple(units)))
    return sorted(found, key=lambda reminder: (reminder.on, reminder.kind, reminder.what))


def _turns(task: Task, first: date, last: date, workdays: Workdays) -> list[tuple[date, str]]:
    cadences = [cadence for words in task.recurrence if (cadence := read_cadence(words))]
    turns = [
        (turn.due, cadence.words) for cadence in cadences for turn in cadence.turns(first - _REACH, last, workdays)
    ]
    return [(due, words) for due, words in turns if first <= due <= last]
