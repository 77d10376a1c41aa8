"""Which tasks a round asks (issue 8): one-off ones until they are closed, recurring ones when their turn ends in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from toolkit.language.periods import period_end, period_start
from toolkit.model import Plan, Round, Task
from toolkit.schedule.cadence import Cadence, read_cadence, working_days
from toolkit.schedule.workdays import Workdays

_SINCE_NOTICE = re.compile(r"(?:印发|发布|下发|公布|通知)[^，。；]{0,8}$")


@dataclass(frozen=True, slots=True)
class Ask:
    """Whether a round asks a task, why, and by when the task is due in its turn."""

    task: str
    asked: bool
    why: str
    due: date | None = None


def asks(plan: Plan, round: Round, workdays: Workdays, ahead_days: int = 3660) -> list[Ask]:
    """Every task of the plan, in its order.

    A round whose name tells no period asks everything.  A one-off task is asked from ``ahead_days`` before its
    deadline on; that it is closed (销号) is not known here.
    """
    first, last = period_start(round.name), period_end(round.name)
    return [_ask(task, plan.issued_on, first, last, workdays, ahead_days) for task in plan.tasks]


def _ask(
    task: Task, issued_on: date | None, first: date | None, last: date | None, workdays: Workdays, ahead_days: int
) -> Ask:
    deadline = max((deadline.date for deadline in task.deadlines), default=None)
    words = "、".join(task.recurrence)
    if first is None or last is None:
        return Ask(task.code, True, words or "一次性任务", deadline)
    cadences = [cadence for text in task.recurrence if (cadence := read_cadence(text))]
    if cadences:
        due = _in_turn(cadences, first, last, workdays)
        if due is not None:
            return Ask(task.code, True, f"{words}，本期应报", due)
        if not task.deadlines and len(cadences) == len(task.recurrence):
            return Ask(task.code, False, f"{words}，本期不报")
    if task.recurrence and deadline is None:
        return Ask(task.code, True, words, _since_notice(task, issued_on, workdays))
    if deadline is not None and last < deadline - timedelta(days=ahead_days):
        return Ask(task.code, False, f"完成时限 {deadline}，尚早", deadline)
    return Ask(task.code, True, _one_off(deadline, first, last), deadline)


def _in_turn(cadences: list[Cadence], first: date, last: date, workdays: Workdays) -> date | None:
    """By when the last turn that ends in the round is due."""
    return max((turn.due for cadence in cadences for turn in cadence.turns(first, last, workdays)), default=None)


def _one_off(deadline: date | None, first: date, last: date) -> str:
    if deadline is None:
        return "没有写明时限，每期都报"
    if deadline < first:
        return f"完成时限 {deadline} 已过，未销号"
    return f"完成时限 {deadline}，{'本期到期' if deadline <= last else '跟踪进展'}"


def _since_notice(task: Task, issued_on: date | None, workdays: Workdays) -> date | None:
    """The day a limit in working days since the notice ends; limits since other events have no day of their own."""
    for words in task.recurrence:
        count = working_days(words)
        place = task.requirement.replace(" ", "").find(words)
        if count and issued_on and place >= 0 and _SINCE_NOTICE.search(task.requirement.replace(" ", "")[:place]):
            return workdays.after(issued_on, count)
    return None
