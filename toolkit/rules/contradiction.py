"""The rule on words that say otherwise than the status beside them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import ClassVar

from toolkit.findings import Kind
from toolkit.findings import rules as found
from toolkit.language import stages
from toolkit.language.progress import OPEN, Clause, Said, Scope, read_progress
from toolkit.language.quantities import reaches_share
from toolkit.model import Finding
from toolkit.rules.case import AnswerRule, Reported
from toolkit.vocabulary import (
    DONE,
    DONE_AND_ONGOING,
    NOT_CONCERNED,
    NOT_STARTED,
    ONGOING,
    POSTPONED,
    TO_IMPROVE,
)

Clauses = Sequence[Clause]
_ASKED_FOR = re.compile(
    r"^[^已全均都了]*(?:\d[日月号年]|[底末旬])(?:之?前|以前|内)?\w{0,2}(?:完成|完工|办结|交付|[办干做]完)"
)
_DONE_ITSELF = Said.ACTIVE | Said.FINISHED


class Contradiction(AnswerRule):
    """The words say otherwise than the status."""

    kinds: ClassVar[tuple[Kind, ...]] = (found.CONTRADICTION,)
    doc = (
        "进展说明与完成情况矛盾（报已完成却写尚未完成，报未启动却写已完成）。"
        "两可的不报：已完成里只写“已开工”“某月进场”，或任务以外的下一步打算。"
    )

    def of_entry(self, case: Reported) -> Iterator[Finding]:
        """Fires on the first clause that contradicts."""
        status = case.entry.status
        if status not in _CLASHES or not case.entry.progress.strip():
            return
        clash = clash_of(case, read_progress(case.entry.progress))
        if clash is not None:
            yield case.found(found.CONTRADICTION, "progress", status=status, words=clash.text)


def clash_of(case: Reported, clauses: Clauses) -> Clause | None:
    """The clause of an answer that contradicts its status, one of :data:`_CLASHES`."""
    status = case.entry.status or ""
    clash = _CLASHES[status](clauses)
    return _of_the_task(case, clauses, clash) if status == DONE else clash


_AFTERWARDS = Said.UNDER_WAY | Said.PREPARING | Said.FORESEEN
"""What may be told of the time after the task without its being undone."""


def _of_the_task(case: Reported, clauses: Clauses, clash: Clause | None) -> Clause | None:
    """What contradicts 已完成 by what the task asks for, which may be one step only, or a later one than was taken."""
    requirement = case.task.requirement
    if clash is None:
        return clauses[-1] if clauses and stages.falls_short(requirement, case.entry.progress) else None
    if clash.said & OPEN == Said.PARTLY and reaches_share(requirement, clash.text):
        return None
    before = [clause.text for clause in clauses[: clauses.index(clash)]]
    waits = not clash.said & OPEN & ~_AFTERWARDS or (Said.UNDONE in clash.said and clash.text.startswith("待"))
    return None if waits and stages.did_what_was_asked(requirement, before) else clash


def _under_done(clauses: Clauses) -> Clause | None:
    """Anything open contradicts, except what the unit means to do next."""
    return _first(clauses, OPEN, later=Said.LEFT | Said.UNDONE) or _only_early(clauses) or _only_later(clauses)


def _under_done_and_ongoing(clauses: Clauses) -> Clause | None:
    """Work that goes on, its next turn included, does not contradict; work that is not done does."""
    regular = any(Said.GOES_ON in clause.said for clause in clauses)
    turn = Said.STEP | Said.TO_BEGIN | Said.GOES_ON if regular else Said.TO_BEGIN
    told = [clause for clause in clauses if not (Said.FORESEEN in clause.said and clause.said & turn)]
    going_on = Said.UNDER_WAY | Said.PREPARING | Said.WANTING | Said.LEFT
    return _first(told, OPEN & ~going_on) or (None if _first(told, _DONE_ITSELF) else _first(told, Said.PREPARING))


def _under_undone(clauses: Clauses) -> Clause | None:
    """All of the task finished and nothing open beside it contradicts; so does nothing begun at all."""
    return _finished(clauses) or _not_begun(clauses)


def _under_postponed(clauses: Clauses) -> Clause | None:
    """Nobody asks for more time for what is finished; a bare 12月底前完成 is what is asked for."""
    finished = _finished(clauses)
    return None if finished and _ASKED_FOR.match(finished.text) else finished


def _under_not_started(clauses: Clauses) -> Clause | None:
    """A finished task contradicts; work contradicts unless the answer says that the task itself is yet to begin."""
    if finished := _whole(clauses):
        return finished
    waiting = Said.NOT_BEGUN | Said.PREPARING | Said.TO_BEGIN | Said.UNDONE | Said.WANTING
    if any(clause.said & waiting for clause in clauses):
        return None
    return _first(clauses, Said.ACTIVE | Said.UNDER_WAY | Said.PARTLY | Said.FINISHED)


def _under_not_concerned(clauses: Clauses) -> Clause | None:
    """The unit's own work contradicts, where no word says that the task is another's."""
    if any(clause.said & Said.APART for clause in clauses):
        return None
    return _first(clauses, Said.ACTIVE | Said.FINISHED | Said.UNDER_WAY | Said.PARTLY)


_CLASHES: dict[str, Callable[[Clauses], Clause | None]] = {
    DONE: _under_done,
    DONE_AND_ONGOING: _under_done_and_ongoing,
    ONGOING: _under_undone,
    TO_IMPROVE: _under_undone,
    POSTPONED: _under_postponed,
    NOT_STARTED: _under_not_started,
    NOT_CONCERNED: _under_not_concerned,
}


def _only_early(clauses: Clauses) -> Clause | None:
    """The clause that leaves the work itself for later, where only what comes before it is told as done."""
    now = [clause for clause in clauses if clause.scope is not Scope.LATER]
    if not any(Said.EARLY in c.said for c in now) or any(
        c.said & _DONE_ITSELF and Said.EARLY not in c.said for c in now
    ):
        return None
    return next((clause for clause in clauses if clause.scope is Scope.LATER), None)


def _only_later(clauses: Clauses) -> Clause | None:
    """The only clause of an answer that tells of nothing but what comes next."""
    only = clauses[0] if len(clauses) == 1 else None
    return only if only and only.scope is Scope.LATER and Said.GOES_ON not in only.said else None


def _first(clauses: Clauses, what: Said, later: Said = Said.NOTHING) -> Clause | None:
    return next((c for c in clauses if c.said & (later if c.scope is Scope.LATER else what)), None)


def _finished(clauses: Clauses) -> Clause | None:
    """The clause that says the whole task is finished, if no other leaves anything open."""
    if _first(clauses, OPEN | Said.GOES_ON, later=Said.LEFT | Said.UNDONE):
        return None
    return _whole(clauses)


def _whole(clauses: Clauses) -> Clause | None:
    """The clause that says the whole task is finished, whatever the others say."""
    now = (clause for clause in clauses if clause.scope is not Scope.LATER)
    return next((clause for clause in now if Said.FINISHED in clause.said and Said.STEP not in clause.said), None)


def _not_begun(clauses: Clauses) -> Clause | None:
    """The clause that says nothing has begun, if no other tells of any work."""
    work = Said.ACTIVE | Said.FINISHED | Said.UNDER_WAY | Said.PREPARING | Said.PARTLY | Said.STEP | Said.LEFT
    now = [clause for clause in clauses if clause.scope is not Scope.LATER]
    if any(clause.said & work and not clause.said & (Said.UNDONE | Said.NOT_BEGUN) for clause in now):
        return None
    return next((clause for clause in now if Said.NOT_BEGUN in clause.said), None)
