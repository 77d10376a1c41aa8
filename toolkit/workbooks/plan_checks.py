"""What is wrong with a plan itself, before anything is issued by it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from toolkit.findings import plan as found
from toolkit.model import Finding, Plan, Task
from toolkit.workbooks.plan_cells import FIELD_WORDS


def plan_findings(plan: Plan, as_of: date | None = None) -> list[Finding]:
    """Missing units, open review marks, deadlines before ``as_of``, repeated numbers.

    What the register says about the plan's units is the expansion's (:func:`toolkit.roster.expand`), what was
    wrong with codes the reading's (:func:`toolkit.workbooks.plan_book.load`).
    """
    findings = [finding for task in plan.tasks for finding in _task_findings(task, as_of)]
    return [*findings, *_repeated_numbers(plan)]


def _task_findings(task: Task, as_of: date | None) -> Iterator[Finding]:
    if not task.assignments:
        yield found.TASK_WITHOUT_UNIT.at(task=task.code, label=task.label)
    if task.open_review:
        words = dict.fromkeys(FIELD_WORDS.get(mark.field, mark.field) for mark in task.open_review)
        yield found.OPEN_REVIEW.at(task=task.code, label=task.label, fields="、".join(words))
    for deadline in task.deadlines:
        if as_of and deadline.date < as_of:
            yield found.DEADLINE_PAST.at(task=task.code, label=task.label, date=deadline.date.isoformat())


def _repeated_numbers(plan: Plan) -> Iterator[Finding]:
    """Numbers that repeat under one heading; across headings they may."""
    rows: dict[tuple[tuple[str, ...], str], list[int]] = defaultdict(list)
    for task in plan.tasks:
        if task.number:
            rows[task.headings, task.number].append(task.seq)
    for (_, number), places in rows.items():
        if len(places) > 1:
            listed = "、".join(map(str, places))
            yield found.NUMBER_REPEATED.at(number=number, count=len(places), places=listed)
