"""Rules on units that answer for one task together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import ClassVar

from toolkit.findings import Kind
from toolkit.findings import rules as found
from toolkit.model import Finding, Role
from toolkit.rules.beyond import Behind, said
from toolkit.rules.case import Campaign, Case, Rule
from toolkit.vocabulary import NOT_CONCERNED, is_done


class Disagreement(Rule):
    """The lead says done, another unit of the task does not (A30): both are shown, never averaged."""

    kinds: ClassVar[tuple[Kind, ...]] = (found.DISAGREE,)
    doc = "牵头单位报已完成，责任或配合单位还没有完成。"

    def of_campaign(self, campaign: Campaign) -> Iterator[Finding]:
        """One line a lead, naming the units that are behind."""
        behind = campaign.beyond.behind if campaign.beyond else _behind(campaign)
        for case in campaign.cases:
            if case.done and case.entry.role is Role.LEAD and (others := behind.get(case.entry.task)):
                yield case.found(found.DISAGREE, lead=case.entry.unit, lead_status=case.entry.status, others=others)


def _behind(campaign: Campaign) -> dict[str, str]:
    order = {report.unit: place for place, report in enumerate(campaign.collection.units)}
    behind: AllBehind = defaultdict(lambda: defaultdict(Behind))
    note_behind(campaign.cases, order, behind)
    return {task: said(by_status) for task, by_status in behind.items()}


AllBehind = dict[str, dict[str, Behind]]
"""Task → status → the units that report it."""


def note_behind(cases: Iterable[Case], order: Mapping[str, int], behind: AllBehind) -> None:
    """Note in ``behind`` who is not done; ``order`` is the place of each unit."""
    for case in cases:
        entry, status = case.entry, case.entry.status
        if entry.role is not Role.LEAD and status and status != NOT_CONCERNED and not is_done(status):
            behind[entry.task][status].add(order.get(entry.unit, len(order)), entry.unit)
