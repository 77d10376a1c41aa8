"""One small class per rule: what an office would catch by eye, caught by program.

:data:`RULES` is the list; :func:`run` applies it.  A rule that an office does not want is switched off by the
code of its finding in ``fengong.toml`` (see :mod:`toolkit.settings`), where severities are raised or lowered too.
"""

from __future__ import annotations

from collections.abc import Mapping

from toolkit.findings import with_severity
from toolkit.model import Collection, Entry, Finding
from toolkit.rules.agreement import Disagreement
from toolkit.rules.beyond import Beyond
from toolkit.rules.case import Campaign, Rule
from toolkit.rules.cells import (
    BulletinLength,
    EvidenceRequired,
    FormulaLike,
    ProgressRequired,
    SignerRequired,
    StatusRequired,
)
from toolkit.rules.contradiction import Contradiction
from toolkit.rules.copies import Copies, CopyOfPrevious, CopyOfRequirement
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
    are left out, and those whose severity they change carry the new one.
    """
    campaign = Campaign(collection, settings, previous, beyond)
    return [
        with_severity(finding, settings.severities.get(finding.code, finding.severity))
        for rule in (SURVEY_RULES if collection.plan.survey else RULES)
        for finding in rule.of_campaign(campaign)
        if finding.code not in settings.disabled_rules
    ]
