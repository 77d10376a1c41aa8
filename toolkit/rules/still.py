"""A rule on what does not move from round to round."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from toolkit.findings import Kind
from toolkit.findings import rules as found
from toolkit.model import Finding
from toolkit.rules.case import Case, Rule
from toolkit.vocabulary import NOT_CONCERNED


class Still(Rule):
    """No change for some rounds on end while the deadline is near or over."""

    kinds: ClassVar[tuple[Kind, ...]] = (found.NO_CHANGE,)
    doc = "临近或过了完成时限，连续几期没有变化（期数和天数可以设置）。"

    def of_entry(self, case: Case) -> Iterator[Finding]:
        """Fires for an open entry; the round itself counts as one of those without change."""
        entry, settings = case.entry, case.settings
        change = case.around.changes.get((entry.task, entry.unit))
        if change is None or case.due is None or case.done or entry.status == NOT_CONCERNED:
            return
        days = (case.due - case.around.collection.as_of).days
        if change.still >= settings.still_rounds and days <= settings.still_days:
            left = f"，还有 {days} 天" if days >= 0 else f"，已逾期 {-days} 天"
            yield case.found(found.NO_CHANGE, count=change.still, status=entry.status, due=case.due, left=left)
