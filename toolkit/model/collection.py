"""One round (填报期) and everything it brought back: files, units, entries, findings."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from toolkit.model.base import Json
from toolkit.model.decisions import Change, Correction, Decision
from toolkit.model.entries import Entry, Extra
from toolkit.model.found import Finding, Judgement
from toolkit.model.plan import Plan
from toolkit.model.roster import Duty, Roster
from toolkit.survey import Survey


@dataclass(frozen=True, slots=True)
class Round:
    """One collection (填报期)."""

    name: str
    due: date | None = None


class Outcome(StrEnum):
    """What became of a file that was met."""

    MERGED = "merged"
    SUPERSEDED = "superseded"
    DUPLICATE = "duplicate"
    REJECTED = "rejected"
    IGNORED = "ignored"
    EVIDENCE = "evidence"
    CONTAINER = "container"

    @property
    def label(self) -> str:
        """The word on screen."""
        return _OUTCOME_LABELS[self]


_OUTCOME_LABELS = {
    Outcome.MERGED: "已汇总",
    Outcome.SUPERSEDED: "被后报文件替代",
    Outcome.DUPLICATE: "重复报送",
    Outcome.REJECTED: "退回",
    Outcome.IGNORED: "忽略",
    Outcome.EVIDENCE: "佐证材料",
    Outcome.CONTAINER: "压缩包",
}


@dataclass(frozen=True, slots=True)
class FileRecord:
    """One file that was met while collecting."""

    path: str
    """Relative to the PATH given, ``a.zip!/b.xlsx`` inside an archive."""
    sha256: str
    outcome: Outcome
    units: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    modified: datetime | None = None
    """The saved time that the file itself states (UTC), never the file system's."""
    size: int = 0


class UnitState(StrEnum):
    """How far a unit has reported."""

    COMPLETE = "complete"
    PARTIAL = "partial"
    MISSING = "missing"
    REJECTED = "rejected"

    @property
    def label(self) -> str:
        """The word on screen."""
        return _UNIT_STATE_LABELS[self]


_UNIT_STATE_LABELS = {
    UnitState.COMPLETE: "已报",
    UnitState.PARTIAL: "部分已报",
    UnitState.MISSING: "未报",
    UnitState.REJECTED: "退回",
}


@dataclass(frozen=True, slots=True)
class UnitReport:
    """What a unit sent in a round."""

    unit: str
    state: UnitState
    files: tuple[str, ...] = ()
    reporter: str = ""
    phone: str = ""
    reviewer: str = ""
    filled_on: str = ""

    def to_json(self) -> Json:
        """The unit as the merge JSON has it."""
        return {
            "unit": self.unit,
            "state": self.state.value,
            "files": list(self.files),
            "reporter": self.reporter,
            "phone": self.phone,
            "reviewer": self.reviewer,
            "filled_on": self.filled_on,
        }


@dataclass(frozen=True, slots=True)
class Collection:
    """Everything one round brought back: what the summary workbook shows.

    The long parts of a very large round lie on disk and are read as they are looked at.
    """

    plan: Plan
    roster: Roster
    round: Round
    as_of: date
    files: Sequence[FileRecord] = ()
    entries: Sequence[Entry] = ()
    """Every task × unit of the expanded plan exactly once, in plan order, then unit order."""
    extras: Sequence[Extra] = ()
    units: Sequence[UnitReport] = ()
    """In the fixed unit order."""
    findings: Sequence[Finding] = ()
    duties: tuple[Duty, ...] = field(default=())
    decisions: tuple[Decision, ...] = ()
    """The office's decisions that hold, at most one an entry."""
    corrections: tuple[Correction, ...] = ()
    """What the office mended by hand; the entries already say it."""
    changes: tuple[Change, ...] = ()
    """One an entry that was reported, where earlier rounds are known."""
    judged: Mapping[tuple[str, str], Judgement] = field(default_factory=dict)
    """(task, unit) → what the rules said already, of entries that stand as their forms were read."""

    def entries_of(self, unit: str) -> Iterator[Entry]:
        """The entries of one unit, in plan order."""
        return (entry for entry in self.entries if entry.unit == unit)

    def to_json(self) -> Json:
        """The merge JSON of the contract."""
        places: dict[Finding, deque[int]] = defaultdict(deque)
        for index, finding in enumerate(self.findings):
            places[finding].append(index)
        decided = {(decision.task, decision.unit): decision for decision in self.decisions}
        survey = {"survey": _survey_json(self.plan.survey)} if self.plan.survey else {}
        return survey | {
            "round": self.round.name,
            "as_of": self.as_of.isoformat(),
            "files": [
                {
                    "path": record.path,
                    "sha256": record.sha256,
                    "outcome": record.outcome.value,
                    "units": list(record.units),
                    "findings": [_next(places[f]) for f in record.findings if f in places],
                }
                for record in self.files
            ],
            "entries": [
                entry.to_json() | {"review": _review_json(decided.get((entry.task, entry.unit)))}
                for entry in self.entries
            ],
            "corrections": [
                {"task": c.task, "unit": c.unit, "field": c.field, "old": c.old, "new": c.new, "why": c.why}
                for c in self.corrections
            ],
            "extras": [extra.to_json() for extra in self.extras],
            "units": [unit.to_json() for unit in self.units],
            "findings": [finding.to_json() for finding in self.findings],
        }


def _next(places: deque[int]) -> int:
    """The first of the places, and the next one when it is asked again."""
    places.rotate(-1)
    return places[-1]


def _survey_json(survey: Survey) -> Json:
    """What a survey asks, as the merge JSON has it."""
    fields = [
        {"name": field.name, "type": field.type.value, "required": field.required, "choices": list(field.choices)}
        for field in survey.fields
    ]
    return {"fields": fields, "many": survey.many, "beside": survey.beside}


def _review_json(decision: Decision | None) -> Json | None:
    """A decision as an entry of the merge JSON has it."""
    if decision is None or decision.verdict is None:
        return None
    return {"verdict": decision.verdict.value, "opinion": decision.opinion}
