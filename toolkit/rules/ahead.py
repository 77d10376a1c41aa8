"""The rule on deeds that are told as done, for days that have not come."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import ClassVar

from toolkit.findings import Kind
from toolkit.findings import rules as found
from toolkit.language.ahead import Present
from toolkit.language.progress import Clause, Said, Scope, read_progress
from toolkit.model import Finding
from toolkit.rules.case import Campaign, Case, Rule
from toolkit.rules.contradiction import clash_of
from toolkit.vocabulary import DONE


class Ahead(Rule):
    """Done, by words that name a day still to come; what needs no calendar is :class:`Contradiction`."""

    kinds: ClassVar[tuple[Kind, ...]] = (found.CONTRADICTION,)
    doc = "报已完成，进展说明里的事却要到以后的日子才做（10月填报，写“12月中旬验收”）。"

    def of_campaign(self, campaign: Campaign) -> Iterator[Finding]:
        """Looks closely only at answers that name a month to come."""
        present = Present(campaign.collection.as_of, campaign.collection.plan.issued_on)
        for case in campaign.cases:
            if case.entry.status == DONE and present.may_name_later(case.entry.progress):
                yield from _of_case(case, present)


def _of_case(case: Case, present: Present) -> Iterator[Finding]:
    clauses = read_progress(case.entry.progress)
    if clash_of(case, clauses) is None:
        clash = clash_of(case, tuple(_foreseen(clause, present) for clause in clauses))
        if clash is not None:
            yield case.found(found.CONTRADICTION, "progress", status=case.entry.status, words=clash.text)


def _foreseen(clause: Clause, present: Present) -> Clause:
    if clause.scope is not Scope.NOW or not present.lies_before(clause.text):
        return clause
    return replace(clause, said=clause.said & ~Said.FINISHED | Said.FORESEEN)
