"""What stands before a round's files are read, and what it makes of each entry that came."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from toolkit import vocabulary as words
from toolkit.entry_cells import TASK_CELLS, EntryCells
from toolkit.findings import ledger as found
from toolkit.model import Change, Collection, Correction, Decision, Entry, Finding, State, Verdict
from toolkit.rounds.carry import Key, Last
from toolkit.rounds.changes import change_of
from toolkit.rounds.office import corrected, standing_decisions


@dataclass(frozen=True)
class Standing:
    """Earlier rounds and the office's own hand."""

    last: Mapping[Key, Last] = field(default_factory=dict)
    """The last usable answers of earlier rounds."""
    not_asked: frozenset[Key] = frozenset()
    """Task × unit that this round does not ask: closed, or not their turn."""
    corrections: Mapping[Key, tuple[Correction, ...]] = field(default_factory=dict)
    """In the order they were made."""
    decided: Mapping[Key, tuple[Decision, Entry | None]] = field(default_factory=dict)
    """The last decision on each entry, and the entry it was made about."""
    closed: Mapping[Key, str] = field(default_factory=dict)
    """What earlier rounds closed → the round that did."""
    cells: EntryCells = TASK_CELLS
    """What can be mended in an entry."""

    @property
    def before(self) -> dict[Key, Entry]:
        """The last usable answers without their rounds."""
        return {key: item.entry for key, item in self.last.items()}

    def settle(self, entry: Entry) -> tuple[Entry | None, list[Finding]]:
        """What an entry comes to, and what is to be said; ``None`` when this round never asked it."""
        key = entry.task, entry.unit
        if key in self.not_asked and entry.state is not State.REPORTED and not entry.answers:
            return self._carried(entry), []
        entry, findings = self._unchanged(entry)
        entry, _, told = corrected(entry, self.corrections.get(key, ()), self.cells)
        return entry, [*findings, *told]

    def completed(self, collection: Collection) -> Collection:
        """The collection with the decisions and corrections that hold, and how entries changed."""
        entries = {(entry.task, entry.unit): entry for entry in collection.entries}
        decisions, findings = standing_decisions(self.decided, entries)
        closed = {
            (task, unit): decisions.get((task, unit), _closed(task, unit, round))
            for (task, unit), round in self.closed.items()
            if (task, unit) in entries and entries[task, unit].carried
        }
        held = decisions | closed
        return replace(
            collection,
            decisions=tuple(held[key] for key in entries if key in held),
            corrections=tuple(self._holding(entries)),
            changes=tuple(self._changes(collection.entries)) if self.last else (),
            findings=(*collection.findings, *findings),
        )

    def _carried(self, entry: Entry) -> Entry | None:
        last = self.last.get((entry.task, entry.unit))
        if last is None:
            return None
        return replace(last.entry, role=entry.role, number=entry.number, sources=(), carried=last.round)

    def _unchanged(self, entry: Entry) -> tuple[Entry, list[Finding]]:
        """本期无变化 stands for the status of the last usable answer, wherever the unit wrote it."""
        text = entry.status_text or entry.progress
        last = self.last.get((entry.task, entry.unit))
        if last is None or not words.is_unchanged(text):
            return entry, []
        word = last.entry.status
        if entry.status not in (None, word):
            place = entry.source("status")
            told = found.UNCHANGED_DIFFERS.at(
                unit=entry.unit,
                task=entry.task,
                path=place.path if place else None,
                sheet=place.sheet if place else None,
                cell=place.cell if place else None,
                shown=entry.status,
                word=word,
            )
            return replace(entry, status=word), [told]
        return replace(entry, status=word), []

    def _holding(self, entries: Mapping[Key, Entry]) -> Iterable[Correction]:
        """The last correction of each field, against what the unit itself first said."""
        for key, chain in self.corrections.items():
            first: dict[str, Correction] = {}
            last: dict[str, Correction] = {}
            for correction in chain:
                first.setdefault(correction.field, correction)
                last[correction.field] = correction
            for field_name, correction in last.items():
                if key in entries and correction.new != first[field_name].old:
                    yield replace(correction, old=first[field_name].old)

    def _changes(self, entries: Iterable[Entry]) -> Iterable[Change]:
        for entry in entries:
            change = change_of(entry, self.last.get((entry.task, entry.unit)))
            if change is not None:
                yield change


def _closed(task: str, unit: str, round: str) -> Decision:
    return Decision(task, unit, Verdict.CLOSED, f"{round}销号")
