"""Rules on units that answer for one task together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import ClassVar

from toolkit.findings import Kind
from toolkit.findings import rules as found
from toolkit.model import Finding, Role
from toolkit.rules.case import Campaign, Case, Rule
from toolkit.vocabulary import NOT_CONCERNED, is_done


class Disagreement(Rule):
    """The lead says done, another unit of the task does not (A30): both are shown, never averaged."""

    kinds: ClassVar[tuple[Kind, ...]] = (found.DISAGREE,)
    doc = "牵头单位报已完成，责任或配合单位还没有完成。"

    def of_campaign(self, campaign: Campaign) -> Iterator[Finding]:
        """One line a lead, naming the units that are behind."""
        by_task: dict[str, list[Case]] = defaultdict(list)
        for case in campaign.cases:
            by_task[case.entry.task].append(case)
        for cases in by_task.values():
            behind: dict[str, list[str]] = defaultdict(list)
            for case in cases:
                status = case.entry.status
                if case.entry.role is not Role.LEAD and status and status != NOT_CONCERNED and not is_done(status):
                    behind[status].append(case.entry.unit)
            others = "；".join(f"{'、'.join(units)} 报“{status}”" for status, units in behind.items())
            for case in cases:
                if others and case.done and case.entry.role is Role.LEAD:
                    yield case.found(found.DISAGREE, lead=case.entry.unit, lead_status=case.entry.status, others=others)
