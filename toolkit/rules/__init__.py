"""One small class per rule: what an office would catch by eye, caught by program.

:data:`RULES` is the list; :func:`run` applies it.  A rule that an office does not want is switched off by the
code of its finding in ``fengong.toml`` (see :mod:`toolkit.settings`), where severities are raised or lowered too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from toolkit.findings import with_severity
from toolkit.model import Collection, Entry, Finding, Judgement
from toolkit.rules.agreement import Disagreement
from toolkit.rules.ahead import Ahead
from toolkit.rules.beyond import Beyond
from toolkit.rules.case import AnswerRule, Campaign, Reported, Rule
from toolkit.rules.cells import (
    BulletinLength,
    EvidenceRequired,
    FormulaLike,
    ProgressRequired,
    SignerRequired,
    StatusRequired,
)
from toolkit.rules.contradiction import Contradiction
from toolkit.rules.copies import Copies, CopyOfPrevious, CopyOfRequirement, compared
from toolkit.rules.dates import Deadline, DoneOn
from toolkit.rules.fields import EvidenceBeside, FieldValues, RepeatedRows, RequiredFields
from toolkit.rules.still import Still
from toolkit.rules.wording import (
    EmptyWords,
    NotConcerned,
    NumberMissing,
    PersonalData,
    Postponement,
    UnpublishedWords,
)
from toolkit.settings import DEFAULT, Settings

RULES: tuple[Rule, ...] = (
    StatusRequired(),
    ProgressRequired(),
    EvidenceRequired(),
    SignerRequired(),
    Deadline(),
    Still(),
    DoneOn(),
    Contradiction(),
    Ahead(),
    EmptyWords(),
    NumberMissing(),
    Copies(),
    CopyOfPrevious(),
    CopyOfRequirement(),
    Disagreement(),
    PersonalData(),
    UnpublishedWords(),
    Postponement(),
    NotConcerned(),
    BulletinLength(),
    FormulaLike(),
)

SURVEY_RULES: tuple[Rule, ...] = (
    RequiredFields(),
    FieldValues(),
    RepeatedRows(),
    EvidenceBeside(),
    SignerRequired(),
    FormulaLike(),
)
"""What is asked of a survey's fields, which have no status, no deadline and no progress."""

NO_ENTRIES: Mapping[tuple[str, str], Entry] = {}


def run(
    collection: Collection,
    settings: Settings = DEFAULT,
    previous: Mapping[tuple[str, str], Entry] = NO_ENTRIES,
    beyond: Beyond | None = None,
) -> list[Finding]:
    """What the rules find in one round's entries, rule by rule.

    ``previous`` maps (task code, unit) to the entry of the round before; ``beyond`` is what the whole round tells
    when the collection is a part of one.  Findings that the settings switch off
    are left out, and those whose severity they change carry the new one.  Of an answer that was judged as it was
    read (:func:`judge`) only its place in the round is looked at.
    """
    campaign = Campaign(collection, settings, previous, beyond)
    rules = SURVEY_RULES if collection.plan.survey else RULES
    of_answers = _of_answers(campaign, rules)
    return [
        with_severity(finding, settings.severities.get(finding.code, finding.severity))
        for number, rule in enumerate(rules)
        for finding in (of_answers[number] if isinstance(rule, AnswerRule) else rule.of_campaign(campaign))
        if finding.code not in settings.disabled_rules
    ]


def judge(answer: Reported) -> Judgement:
    """What the rules say of one answer by itself; whatever the settings switch off or weigh is done in :func:`run`."""
    return Judgement(tuple(_of_answer(answer, _numbered(RULES))), *compared(answer))


def _of_answers(campaign: Campaign, rules: tuple[Rule, ...]) -> list[list[Finding]]:
    """By the number of each rule what it says of the answers one by one."""
    said: list[list[Finding]] = [[] for _ in rules]
    numbered = _numbered(rules)
    for case in campaign.cases:
        for number, finding in case.judged.findings if case.judged is not None else _of_answer(case, numbered):
            said[number].append(finding)
    return said


@cache
def _numbered(rules: tuple[Rule, ...]) -> tuple[tuple[int, AnswerRule], ...]:
    """Those that look at an answer alone, with their numbers."""
    return tuple((number, rule) for number, rule in enumerate(rules) if isinstance(rule, AnswerRule))


def _of_answer(answer: Reported, rules: tuple[tuple[int, AnswerRule], ...]) -> Iterator[tuple[int, Finding]]:
    for number, rule in rules:
        for finding in rule.of_entry(answer):
            yield number, finding
