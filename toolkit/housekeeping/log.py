"""日志: what happened in a working folder, when and by whom; who reported what on a task, version by version."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from toolkit import ledger as ledgers
from toolkit.desk import Desk
from toolkit.entry_cells import LABELS, shown
from toolkit.findings import CannotDo
from toolkit.findings import ledger as found
from toolkit.ledger import Event
from toolkit.model import Correction, Decision, Entry, Finding, Json, Progress, no_progress

_WORDS = 40
"""Characters of a progress text that a line shows."""


@dataclass(frozen=True, slots=True)
class Version:
    """One version of an entry and the event that brought it; ``None`` when the entry went."""

    event: Event
    task: str
    unit: str
    entry: Entry | None


@dataclass(frozen=True, slots=True)
class LogResult:
    """Events, the oldest first, and the versions of the entries that were asked for."""

    events: tuple[Event, ...]
    versions: tuple[Version, ...] = ()
    reviews: tuple[tuple[Event, Decision | Correction], ...] = ()
    """What the office decided about those entries and mended in them."""
    findings: tuple[Finding, ...] = ()
    files: tuple[Path, ...] = ()
    """Always empty."""

    def to_json(self) -> Json:
        """Events and versions."""
        return {
            "events": [
                {
                    "id": event.id,
                    "at": event.at.isoformat(),
                    "who": event.who,
                    "verb": event.verb,
                    "round": event.round,
                    "what": event.what,
                }
                for event in self.events
            ],
            "entries": [
                {
                    "event": version.event.id,
                    "at": version.event.at.isoformat(),
                    "round": version.event.round,
                    "task": version.task,
                    "unit": version.unit,
                    "entry": version.entry.to_json() if version.entry else None,
                }
                for version in self.versions
            ],
            "reviews": [_review_json(event, made) for event, made in self.reviews],
            "findings": [finding.to_json() for finding in self.findings],
        }

    def sentences(self) -> list[str]:
        """What a person reads: one line an event, or one a version."""
        if self.versions or self.reviews:
            told = [(version.event.id, _version_line(version)) for version in self.versions]
            told += [(event.id, _review_line(event, made)) for event, made in self.reviews]
            return [line for _, line in sorted(told, key=lambda item: item[0])]
        return [_event_line(event) for event in self.events] or ["台账里还没有记录。"]


def _event_line(event: Event) -> str:
    round = f"（{event.round}）" if event.round else ""
    return f"{event.at:%Y-%m-%d %H:%M} {event.who or '—'} {event.verb}{round}：{event.what}"


def _version_line(version: Version) -> str:
    head = f"{version.event.at:%Y-%m-%d %H:%M} {version.event.round} {version.unit} {version.task}"
    if version.entry is None:
        return f"{head}：不再在汇总中（{version.event.verb}）"
    return f"{head}：{_said(version.entry)}（{version.event.verb}）"


def _said(entry: Entry) -> str:
    """The status and the first words of an entry; the first cells of what a unit filled in."""
    if entry.rows:
        filled = "；".join("，".join(cell.text for cell in row) for row in entry.rows)
        return filled if len(filled) <= _WORDS else f"{filled[:_WORDS]}…"
    words = entry.progress[:_WORDS]
    return f"{shown(entry, 'status')}{words and f'，{words}'}"


def _review_line(event: Event, made: Decision | Correction) -> str:
    head = f"{event.at:%Y-%m-%d %H:%M} {event.round} {made.unit} {made.task}：{event.who}"
    if isinstance(made, Decision):
        verdict = made.verdict.label if made.verdict else "撤销审核"
        return f"{head}审核为“{verdict}”{made.opinion and f'，{made.opinion}'}"
    return f"{head}把“{LABELS.get(made.field, made.field)}”由“{made.old}”改为“{made.new}”{made.why and f'，{made.why}'}"


def _review_json(event: Event, made: Decision | Correction) -> Json:
    head: Json = {"event": event.id, "at": event.at.isoformat(), "who": event.who, "round": event.round}
    head |= {"task": made.task, "unit": made.unit}
    if isinstance(made, Decision):
        return head | {"verdict": made.verdict.value if made.verdict else None, "opinion": made.opinion}
    return head | {"field": made.field, "old": made.old, "new": made.new, "why": made.why}


def log(
    *,
    round: str | None = None,
    task: str | None = None,
    unit: str | None = None,
    desk: Desk | None = None,
    progress: Progress = no_progress,
) -> LogResult:
    """What happened in the working folder, in all rounds or one; with ``task`` or ``unit`` every version of those
    entries too.  Reads only, also while somebody writes.  Raises :class:`CannotDo` outside a working folder.
    """
    if desk is None:
        raise CannotDo(found.NO_FOLDER.at(path=str(Path.cwd())))
    with ledgers.reading(desk.folder) as ledger:
        events = tuple(ledger.events(round))
        history = ledger.history(task, unit) if task or unit else []
        reviews = ledger.reviews(task, unit) if task or unit else []
    versions = tuple(
        Version(event, key[0], key[1], entry) for event, key, entry in history if round in (None, event.round)
    )
    about = tuple((event, made) for event, made in reviews if round in (None, event.round))
    return LogResult(events, versions, about, tuple(being_written(desk)))


def being_written(desk: Desk) -> list[Finding]:
    """That somebody is writing the ledger now, so that what is seen may be a moment old."""
    holder = ledgers.holder(desk.folder)
    return [found.BEING_WRITTEN.at(holder=holder.who, since=holder.since)] if holder else []
