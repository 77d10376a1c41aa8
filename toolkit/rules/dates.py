"""Rules on deadlines and finished dates."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from toolkit.findings import Kind
from toolkit.findings import rules as found
from toolkit.language.periods import period_start
from toolkit.model import Finding
from toolkit.rules.case import Case, Rule
from toolkit.vocabulary import NOT_CONCERNED


class Deadline(Rule):
    """A status against the deadline, as of a date."""

    kinds: ClassVar[tuple[Kind, ...]] = (found.OVERDUE, found.DUE_SOON)
    doc = "过了完成时限还没有完成，或临近时限还没有完成。"

    def of_entry(self, case: Case) -> Iterator[Finding]:
        """Fires for an entry that is not done; 不涉及 has no deadline."""
        if case.due is None or case.done or case.entry.status in (None, NOT_CONCERNED):
            return
        as_of = case.around.collection.as_of
        left = (case.due - as_of).days
        if left < 0:
            yield case.found(found.OVERDUE, due=case.due, as_of=as_of, status=case.entry.status, days=-left)
        elif left <= case.settings.due_soon_days:
            yield case.found(found.DUE_SOON, due=case.due, days=left, status=case.entry.status)


class DoneOn(Rule):
    """The finished date is a date, not after today, not before the work was given out (A31)."""

    kinds: ClassVar[tuple[Kind, ...]] = (
        found.DONE_ON_FUTURE,
        found.DONE_ON_EARLY,
        found.DONE_ON_UNREADABLE,
        found.DONE_ON_UNDONE,
    )
    doc = "完成日期读不出、晚于今天、早于通知或填报期，或与完成情况不符。"

    def of_entry(self, case: Case) -> Iterator[Finding]:
        """At most one finding a date."""
        entry, collection = case.entry, case.around.collection
        if entry.done_on is None:
            if entry.done_on_text.strip() not in ("", "无", "/", "-", "—", "－"):
                yield case.found(found.DONE_ON_UNREADABLE, "done_on", text=entry.done_on_text)
            return
        if entry.done_on > collection.as_of:
            yield case.found(found.DONE_ON_FUTURE, "done_on", date=entry.done_on, as_of=collection.as_of)
            return
        starts = [("通知印发日期", collection.plan.issued_on), ("填报期开始", period_start(collection.round.name))]
        known = [(start, name) for name, start in starts if start is not None]
        if known and entry.done_on < min(known)[0]:
            start, name = min(known)
            yield case.found(found.DONE_ON_EARLY, "done_on", date=entry.done_on, start=start, start_name=name)
        elif entry.status is not None and not case.done:
            yield case.found(found.DONE_ON_UNDONE, "done_on", date=entry.done_on, status=entry.status)
