"""Drafts → tasks of the model: unit clauses and dates are read, doubts become review marks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from toolkit.language.deadlines import read_deadlines
from toolkit.language.units import ClauseMemory, read_units
from toolkit.model import Assignment, Deadline, Role, Task
from toolkit.notice.drafts import Draft
from toolkit.notice.likeness import is_blank

NO_UNITS = "没有读出责任单位"
NO_DAY = "完成时限“{text}”读不出是哪一天"
ONLY_SUPPORT = "只读出配合单位，没有读出牵头单位或责任单位"


def tasks_of(
    drafts: Sequence[Draft], doc: str, year: int | None, issued_on: date | None, memory: ClauseMemory
) -> tuple[list[Task], tuple[str, ...]]:
    """The tasks, numbered in order, and the names of members that clauses tell in brackets."""
    members: dict[str, None] = {}
    tasks = []
    for seq, draft in enumerate(drafts, 1):
        assignments, told = _assignments(draft, memory)
        members |= dict.fromkeys(told)
        deadlines, recurrence = _deadlines(draft, year, issued_on)
        tasks.append(
            Task(
                seq=seq,
                requirement=draft.requirement,
                number=draft.number,
                headings=draft.headings,
                title=draft.title,
                assignments=assignments,
                deadlines=deadlines,
                recurrence=recurrence,
                status=draft.status,
                remark="\n".join(filter(None, (draft.remark, draft.quoted))) or None,
                review=tuple(draft.review),
                source=replace(draft.source, path=doc),
            )
        )
    return tasks, tuple(members)


def _assignments(draft: Draft, memory: ClauseMemory) -> tuple[tuple[Assignment, ...], list[str]]:
    found: list[Assignment] = []
    members: list[str] = []
    for text in draft.units:
        memory.first_leads |= text.first_leads
        clause = read_units(text.text, text.default, memory)
        for assignment in clause.assignments:
            if all((a.name, a.role) != (assignment.name, assignment.role) for a in found):
                found.append(assignment)
        members += [name for _, names in clause.members for name in names]
        for reason in clause.reasons:
            draft.doubt("units", reason, text.text)
        for name, value in clause.others:
            if "时" in name or "期" in name or "节点" in name or "进度" in name:
                draft.deadline = "\n".join(filter(None, (draft.deadline, value)))
    told_by_words = any(text.default is not Role.SUPPORT for text in draft.units)
    if found and told_by_words and all(assignment.role is Role.SUPPORT for assignment in found):
        draft.doubt("units", ONLY_SUPPORT)
    if not found and all(mark.field != "units" for mark in draft.review):
        draft.doubt("units", NO_UNITS)
    return tuple(found), members


def _deadlines(draft: Draft, year: int | None, issued_on: date | None) -> tuple[tuple[Deadline, ...], tuple[str, ...]]:
    deadlines: list[Deadline] = []
    recurrence: list[str] = []
    for text in (draft.deadline, draft.requirement, draft.remark or ""):
        if not text:
            continue
        clause = read_deadlines(text, year, issued_on)
        deadlines += clause.deadlines
        recurrence += clause.recurrence
        for doubt in clause.doubts:
            draft.doubt("deadlines", doubt, text)
        if text is draft.deadline and not (clause.deadlines or clause.recurrence or is_blank(text)):
            recurrence.append(text)  # the words of the notice stay where the clerk and the unit look for them
            draft.doubt("deadlines", NO_DAY.format(text=text), text)
    return tuple(dict.fromkeys(deadlines)), tuple(dict.fromkeys(recurrence))


def without_units(tasks: Iterable[Task]) -> bool:
    """Whether no task names any unit."""
    return not any(task.assignments for task in tasks)
