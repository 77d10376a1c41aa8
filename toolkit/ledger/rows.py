"""What stands in a row of the ledger, as model objects and back."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from toolkit import plain
from toolkit.model import (
    Correction,
    Decision,
    Duty,
    Entry,
    FileRecord,
    Finding,
    Outcome,
    Place,
    Role,
    Severity,
    State,
    Verdict,
)
from toolkit.survey import FilledRow

Values = tuple[Any, ...]
_Rows = tuple[FilledRow, ...]

ENTRY_COLUMNS = (
    *("task", "unit", "role", "number", "state", "status", "status_text"),
    *("progress", "evidence", "done_on", "done_on_text", "remark", "sources", "rows"),
)
FILE_COLUMNS = ("path", "sha256", "size", "modified", "outcome", "units")
FINDING_COLUMNS = ("code", "severity", "unit", "task", "path", "sheet", "cell", "message", "advice")


@dataclass(frozen=True, slots=True)
class Event:
    """One change of the ledger: when, who, by which verb, and what it came to."""

    id: int
    at: datetime
    who: str
    verb: str
    round: str
    what: str


@dataclass(frozen=True, slots=True)
class FormIssued:
    """One form as it was issued."""

    unit: str
    path: str
    """Relative to the working folder."""
    sha256: str
    duties: tuple[Duty, ...]


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision that was recorded, and the event that did."""

    decision: Decision
    event: int
    round: str


@dataclass(frozen=True, slots=True)
class Merged:
    """One merge of a round."""

    event: int
    round: str
    as_of: date
    mark: str
    """What the summary showed: see :func:`toolkit.identity.summary_mark`."""
    summary: str
    """Where it lies, relative to the working folder."""


@dataclass(frozen=True, slots=True)
class Table:
    """One table of the ledger for export: its title and headers on screen, its rows."""

    title: str
    headers: tuple[str, ...]
    rows: list[Values]


def entry_values(entry: Entry) -> Values:
    """An entry in the order of :data:`ENTRY_COLUMNS`."""
    return (
        entry.task,
        entry.unit,
        entry.role.value,
        entry.number or "",
        entry.state.value,
        entry.status or "",
        entry.status_text,
        entry.progress,
        entry.evidence,
        entry.done_on.isoformat() if entry.done_on else "",
        entry.done_on_text,
        entry.remark,
        _sources_text(entry.sources),
        plain.dump(entry.rows, _Rows) if entry.rows else "",
    )


def _sources_text(sources: Iterable[tuple[str, Place]]) -> str:
    """``[[field, path, sheet, cell], …]`` as JSON, put together of texts that come again and again."""
    told = [f"[{_json(name)},{_json(at.path)},{_json(at.sheet)},{_json(at.cell)}]" for name, at in sources]
    return f"[{','.join(told)}]"


@lru_cache(maxsize=8192)
def _json(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def entry_of(values: Values) -> Entry:
    """The entry of such values."""
    task, unit, role, number, state, status, status_text, progress, evidence, done_on, done_text, remark, *more = values
    sources, filled = more
    return Entry(
        task=task,
        unit=unit,
        role=Role(role),
        state=State(state),
        number=number or None,
        status=status or None,
        status_text=status_text,
        progress=progress,
        evidence=evidence,
        done_on=_day(done_on),
        done_on_text=done_text,
        remark=remark,
        sources=tuple((name, Place(*place)) for name, *place in json.loads(sources)),
        rows=rows_of(filled),
    )


def rows_of(text: str) -> _Rows:
    """The rows of a survey that an entry keeps."""
    return plain.load(_Rows, text) if text else ()


def file_values(record: FileRecord) -> Values:
    """A file in the order of :data:`FILE_COLUMNS`."""
    modified = record.modified.isoformat() if record.modified else ""
    units = json.dumps(record.units, ensure_ascii=False)
    return (record.path, record.sha256, record.size, modified, record.outcome.value, units)


def file_of(values: Values) -> FileRecord:
    """The file of such values, without its findings."""
    path, sha256, size, modified, outcome, units = values
    saved = datetime.fromisoformat(modified) if modified else None
    return FileRecord(path, sha256, Outcome(outcome), tuple(json.loads(units)), modified=saved, size=size)


def finding_values(finding: Finding) -> Values:
    """A finding in the order of :data:`FINDING_COLUMNS`."""
    return tuple(
        value.value if isinstance(value, Severity) else value or ""
        for value in (getattr(finding, name) for name in FINDING_COLUMNS)
    )


def decision_of(task: str, unit: str, verdict: str, opinion: str) -> Decision:
    """A decision as it was recorded."""
    return Decision(task, unit, Verdict(verdict) if verdict else None, opinion)


def correction_of(task: str, unit: str, field: str, old: str, new: str, why: str, at: str) -> Correction:
    """A correction as it was recorded."""
    return Correction(task, unit, field, old, new, why, datetime.fromisoformat(at).date())


def pack(text: str) -> bytes:
    """A long text as it is kept."""
    return zlib.compress(text.encode(), 1)


def unpack(data: bytes) -> str:
    """The text again."""
    return zlib.decompress(data).decode()


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
