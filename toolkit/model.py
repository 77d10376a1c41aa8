"""The words of fengong as data: what is read, issued, collected and reported.

Everything here is a frozen dataclass without input or output, so that it can
cross process boundaries and be compared in tests.  The English name of each
class is the word used in code, the Chinese word beside it is what a clerk sees.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from toolkit.survey import Filled, Survey

Json = dict[str, Any]

Progress = Callable[[int, int, str], None]
"""``progress(done, total, label)``; a caller cancels the work by raising :class:`Cancelled` in it."""


class Cancelled(Exception):
    """Raised by a progress callback to stop a long verb; outputs stay as they were."""


def no_progress(done: int, total: int, label: str) -> None:
    """The progress callback of a caller who does not watch."""


class Role(StrEnum):
    """A unit's part in a task (职责)."""

    LEAD = "lead"
    RESPONSIBLE = "responsible"
    SUPPORT = "support"

    @property
    def label(self) -> str:
        """The word on screen: 牵头, 责任 or 配合."""
        return _ROLE_LABELS[self]


_ROLE_LABELS = {Role.LEAD: "牵头", Role.RESPONSIBLE: "责任", Role.SUPPORT: "配合"}


class Severity(StrEnum):
    """How much a finding matters; the order of the members is worst first."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"

    @property
    def label(self) -> str:
        """The word on screen: 错误, 提醒 or 说明."""
        return _SEVERITY_LABELS[self]

    @property
    def rank(self) -> int:
        """0 for the worst, for sorting."""
        return _SEVERITY_RANKS[self]


_SEVERITY_LABELS = {Severity.ERROR: "错误", Severity.WARNING: "提醒", Severity.NOTE: "说明"}
_SEVERITY_RANKS = {severity: rank for rank, severity in enumerate(Severity)}


# --- the plan (任务分工表) -----------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Source:
    """Where in a notice a task was read; counts start at 1, unknown parts are ``None``."""

    path: str = ""
    page: int | None = None
    paragraph: int | None = None
    table: int | None = None
    row: int | None = None
    cell: str | None = None
    text: str = ""
    """The sentence or row as printed, for the note beside a field to review."""

    def to_json(self) -> Json:
        """Only the parts that are known."""
        parts = {name: getattr(self, name) for name in self.__slots__}
        return {name: value for name, value in parts.items() if value not in (None, "")}


@dataclass(frozen=True, slots=True)
class Assignment:
    """A unit's or a group's role in a task, in the document's own words (职责)."""

    role: Role
    name: str
    except_for: tuple[str, ...] = ()
    """Members of a group that the text leaves out (除…外)."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """A point in time by which a task is due (完成时限)."""

    text: str
    date: date
    scope: str = ""
    """The class of units it holds for (试点单位), empty when it holds for all."""


@dataclass(frozen=True, slots=True)
class Review:
    """One field the program is not sure of (复核): which, and why."""

    field: str
    """A field of the plan JSON: requirement, number, headings, title, units, deadlines, status, remark."""
    reason: str
    """For the clerk, in Chinese."""
    evidence: str = ""
    """The words of the notice the field was read from."""
    done: bool = False
    """True once the clerk ticked it in the plan workbook."""


@dataclass(frozen=True, slots=True)
class Task:
    """One row of the plan (任务)."""

    seq: int
    """1-based order in the plan."""
    requirement: str
    code: str = ""
    """编码: see :mod:`toolkit.identity`; empty only between reading a notice and coding the plan."""
    number: str | None = None
    """序号 as printed; may repeat."""
    headings: tuple[str, ...] = ()
    title: str | None = None
    assignments: tuple[Assignment, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    recurrence: tuple[str, ...] = ()
    status: str | None = None
    """The office's own 完成情况 as printed, never a unit's answer."""
    remark: str | None = None
    review: tuple[Review, ...] = ()
    source: Source = Source()
    upper: str = ""
    """上级编码: the task of the upper plan that this one answers, of a plan drawn for the receiving side."""
    upper_role: str = ""
    """上级职责: the unit's part in that task and how it was reached, for the clerk."""

    @property
    def label(self) -> str:
        """A short name for messages: the title, else the first words of the requirement."""
        text = self.title or self.requirement
        return text if len(text) <= 24 else text[:23] + "…"

    @property
    def open_review(self) -> tuple[Review, ...]:
        """The review marks no clerk has ticked yet."""
        return tuple(mark for mark in self.review if not mark.done)

    def to_json(self) -> Json:
        """The task as the plan JSON of SCHEMA.md has it."""
        return {
            "seq": self.seq,
            "code": self.code,
            "number": self.number,
            "headings": list(self.headings),
            "title": self.title,
            "requirement": self.requirement,
            "units": [{"role": a.role.value, "name": a.name} for a in self.assignments],
            "deadlines": [{"text": d.text, "date": d.date.isoformat()} for d in self.deadlines],
            "recurrence": list(self.recurrence),
            "status": self.status,
            "remark": self.remark,
            "review": sorted({mark.field for mark in self.open_review}),
            "source": self.source.to_json(),
            **({"upper": self.upper, "upper_role": self.upper_role} if self.upper else {}),
        }


@dataclass(frozen=True, slots=True)
class Plan:
    """The table of tasks drawn from a notice (任务分工表)."""

    title: str
    tasks: tuple[Task, ...]
    plan_id: str = ""
    """Short ASCII id that every revision of one plan shares; see :mod:`toolkit.identity`."""
    revision: int = 1
    doc: str = ""
    """File name of the notice."""
    issuer: str | None = None
    doc_number: str | None = None
    issued_on: date | None = None
    notes: tuple[str, ...] = ()
    retired: tuple[str, ...] = ()
    """Codes of tasks that left the plan; never given again."""
    known_units: tuple[str, ...] = ()
    """Names the notice itself gives as units or members, in its order, for a first roster."""
    survey: Survey | None = None
    """Of a 收集表: what units fill in instead of answering tasks; its one task is the table."""

    def task(self, code: str) -> Task | None:
        """The task with that code, or ``None``."""
        return next((task for task in self.tasks if task.code == code), None)

    def to_json(self) -> Json:
        """One object of the plan JSON."""
        return {
            "doc": self.doc,
            "title": self.title,
            "issuer": self.issuer,
            "doc_number": self.doc_number,
            "issued_on": self.issued_on.isoformat() if self.issued_on else None,
            "tasks": [task.to_json() for task in self.tasks],
            "notes": list(self.notes),
        }


# --- the roster (单位名录) ----------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of the roster (单位)."""

    name: str
    order: int
    """1-based place in the fixed unit order (单位序列)."""
    aliases: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    contact: str = ""
    phone: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """A group of units (单位组)."""

    name: str
    members: tuple[str, ...] = ()
    basis: str = ""
    """依据: by what the members were listed."""


@dataclass(frozen=True, slots=True)
class Roster:
    """The closed register of units and groups (单位名录)."""

    units: tuple[Unit, ...] = ()
    groups: tuple[Group, ...] = ()

    def joined(self) -> Roster:
        """The same register where either side of a membership tells the other.

        A clerk may write it in 单位组 of the unit or in 成员 of the group; afterwards both say it.
        """
        members = {group.name: dict.fromkeys(group.members) for group in self.groups}
        for unit in self.units:
            for name in unit.groups:
                members.setdefault(name, {})[unit.name] = None
        basis = {group.name: group.basis for group in self.groups}
        return Roster(
            tuple(
                replace(unit, groups=tuple(name for name, listed in members.items() if unit.name in listed))
                for unit in self.units
            ),
            tuple(Group(name, tuple(listed), basis.get(name, "")) for name, listed in members.items()),
        )


@dataclass(frozen=True, slots=True)
class Duty:
    """A task that reached one unit when the plan's groups were expanded."""

    task: str
    """编码 of the task."""
    unit: str
    role: Role
    via: str = ""
    """The group that brought the unit in, empty when it is named itself."""
    due: date | None = None


@dataclass(frozen=True, slots=True)
class Round:
    """One collection (填报期)."""

    name: str
    due: date | None = None


# --- what comes back -----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Place:
    """A cell of a file: ``path`` as in the result's ``files``, ``cell`` in A1 notation."""

    path: str
    sheet: str = ""
    cell: str = ""

    def to_json(self) -> Json:
        """``{"path", "sheet", "cell"}``."""
        return {"path": self.path, "sheet": self.sheet, "cell": self.cell}


class State(StrEnum):
    """Whether an entry came back."""

    REPORTED = "reported"
    BLANK = "blank"
    MISSING = "missing"


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

ENTRY_FIELDS = ("status", "progress", "evidence", "done_on", "remark")
"""The fields a unit fills in, in the order of the form's columns."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One unit's answer on one task in one round (填报项)."""

    task: str
    unit: str
    role: Role
    state: State = State.MISSING
    number: str | None = None
    status: str | None = None
    """A word of the status vocabulary, ``None`` when there is none or it was not understood."""
    status_text: str = ""
    progress: str = ""
    evidence: str = ""
    done_on: date | None = None
    done_on_text: str = ""
    remark: str = ""
    sources: tuple[tuple[str, Place], ...] = ()
    """Field of :data:`ENTRY_FIELDS` → the cell it was read from."""
    carried: str = ""
    """The earlier round whose entry still stands, of a task this round did not ask the unit."""
    rows: tuple[tuple[Filled, ...], ...] = ()
    """Of a survey: the rows the unit filled in, each the fields with content."""

    def source(self, field_name: str) -> Place | None:
        """The cell a field was read from, or ``None``."""
        return next((place for name, place in self.sources if name == field_name), None)

    @property
    def place(self) -> Place | None:
        """The cell that stands for the whole entry: of its status, else of its first field that came from somewhere."""
        return self.source("status") or next((place for _, place in self.sources), None)

    @property
    def answers(self) -> int:
        """How many cells the entry was read from."""
        return len(self.sources) + sum(map(len, self.rows))

    def to_json(self) -> Json:
        """The entry as the merge JSON has it."""
        rows = {"rows": [_row_json(row) for row in self.rows]} if self.rows else {}
        return rows | {
            "task": self.task,
            "number": self.number,
            "unit": self.unit,
            "role": self.role.value,
            "state": self.state.value,
            "status": self.status,
            "status_text": self.status_text,
            "progress": self.progress,
            "evidence": self.evidence,
            "done_on": self.done_on.isoformat() if self.done_on else None,
            "done_on_text": self.done_on_text,
            "remark": self.remark,
            "carried": self.carried,
            "sources": {name: place.to_json() for name, place in self.sources},
        }


def _row_json(row: tuple[Filled, ...]) -> Json:
    """A row of a survey as an entry of the merge JSON has it."""
    return {
        "texts": {filled.field: filled.text for filled in row},
        "values": {filled.field: filled.value for filled in row},
        "sources": {filled.field: Place(filled.path, filled.sheet, filled.cell).to_json() for filled in row},
    }


class Verdict(StrEnum):
    """What the office decided about an entry (审核); what the unit says is its status, never this."""

    ACCEPTED = "accepted"
    RETURNED = "returned"
    CLOSED = "closed"

    @property
    def label(self) -> str:
        """The word on screen: 已核, 退回 or 销号."""
        return _VERDICT_LABELS[self]


_VERDICT_LABELS = {Verdict.ACCEPTED: "已核", Verdict.RETURNED: "退回", Verdict.CLOSED: "销号"}


@dataclass(frozen=True, slots=True)
class Decision:
    """The office's decision about one entry; ``verdict`` is ``None`` when an earlier one was taken back."""

    task: str
    unit: str
    verdict: Verdict | None
    opinion: str = ""
    """审核意见."""


@dataclass(frozen=True, slots=True)
class Correction:
    """A field of an entry that the office mended by hand (A28)."""

    task: str
    unit: str
    field: str
    """One of :data:`ENTRY_FIELDS`."""
    old: str
    new: str
    why: str = ""
    on: date | None = None
    """The day it was recorded."""


class Trend(StrEnum):
    """Which way an entry went since the round before (较上期)."""

    FIRST = "first"
    FORWARD = "forward"
    BACK = "back"
    SAME = "same"
    REWORDED = "reworded"

    @property
    def label(self) -> str:
        """The word on screen."""
        return _TREND_LABELS[self]


_TREND_LABELS = {
    Trend.FIRST: "首次填报",
    Trend.FORWARD: "进展",
    Trend.BACK: "退步",
    Trend.SAME: "无变化",
    Trend.REWORDED: "说明有更新",
}


@dataclass(frozen=True, slots=True)
class Change:
    """How an entry stands against the unit's last one on the task."""

    task: str
    unit: str
    trend: Trend
    before: str = ""
    """The status word then; empty for the first time."""
    since: str = ""
    """The round of that entry."""
    now: str = ""
    still: int = 1
    """So many rounds on end, this one included, in which neither status nor words changed."""


@dataclass(frozen=True, slots=True)
class Extra:
    """A returned row or cell that belongs to no entry: shown, never dropped."""

    path: str
    sheet: str
    cell: str
    unit: str | None
    values: tuple[str, ...]

    def to_json(self) -> Json:
        """The extra as the merge JSON has it."""
        return {
            "path": self.path,
            "sheet": self.sheet,
            "cell": self.cell,
            "unit": self.unit,
            "values": list(self.values),
        }


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a person should know (问题); made only through :mod:`toolkit.findings`."""

    code: str
    severity: Severity
    message: str
    advice: str
    unit: str | None = None
    task: str | None = None
    path: str | None = None
    sheet: str | None = None
    cell: str | None = None

    def to_json(self) -> Json:
        """The finding as every result's JSON has it."""
        return {
            "code": self.code,
            "severity": self.severity.value,
            "unit": self.unit,
            "task": self.task,
            "path": self.path,
            "sheet": self.sheet,
            "cell": self.cell,
            "message": self.message,
            "advice": self.advice,
        }


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
