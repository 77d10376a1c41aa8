"""What the ledger can be asked; nothing here changes it but the cache of readings."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime

from toolkit import plain
from toolkit.language.periods import period_end
from toolkit.ledger import rows
from toolkit.ledger.rows import Decided, Event, FormIssued, Merged, Table, Values
from toolkit.ledger.tables import tables
from toolkit.model import Correction, Decision, Duty, Entry, FileRecord, Finding, Plan, Roster, Round, Severity, Verdict

Key = tuple[str, str]
"""Task code and unit."""
_FOREVER = 1 << 62
_AT_ONCE = 500
"""Keys asked for in one query."""


class Queries:
    """Questions to an open ledger."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    # --- plans, rosters, rounds ---------------------------------------------------------------

    def plan(self) -> Plan | None:
        """The plan as last recorded."""
        row = self._connection.execute("SELECT data FROM plan ORDER BY id DESC LIMIT 1").fetchone()
        return plain.load(Plan, rows.unpack(row[0])) if row else None

    def roster(self) -> Roster | None:
        """The register as last recorded."""
        row = self._connection.execute("SELECT data FROM roster ORDER BY id DESC LIMIT 1").fetchone()
        return plain.load(Roster, rows.unpack(row[0])) if row else None

    def rounds(self) -> list[Round]:
        """Every round once with its last due date, the oldest first."""
        asked = self._connection.execute(
            "SELECT name, due, coalesce((SELECT at FROM event WHERE event.id = round.event), '9999-12-31') "
            "FROM round ORDER BY id"
        )
        known: dict[str, tuple[Round, date]] = {}
        for name, due, at in asked:
            first = known[name][1] if name in known else datetime.fromisoformat(at).date()
            known[name] = (Round(name, date.fromisoformat(due) if due else None), first)
        return [round for round, first in sorted(known.values(), key=lambda item: _time_of(*item))]

    def round(self, name: str) -> Round | None:
        """The round of that name."""
        return next((round for round in self.rounds() if round.name == name), None)

    def rounds_before(self, name: str) -> list[Round]:
        """The rounds before one, the newest first; all of them when it is not recorded yet."""
        before: list[Round] = []
        for round in self.rounds():
            if round.name == name:
                break
            before.append(round)
        else:
            end = period_end(name)
            before = [r for r in before if end is None or (period_end(r.name) or end) <= end]
        return before[::-1]

    # --- what was issued and what came back -----------------------------------------------------

    def forms(self, round: str) -> dict[str, FormIssued]:
        """The last form of each unit in a round."""
        asked = self._connection.execute(
            "SELECT unit, path, sha256, duties FROM form WHERE round = ? ORDER BY id", (round,)
        )
        return {
            unit: FormIssued(unit, path, sha256, plain.load(tuple[Duty, ...], duties))
            for unit, path, sha256, duties in asked
        }

    def files(self, round: str) -> list[FileRecord]:
        """The files of a round as the last merge met them."""
        asked = self._connection.execute(
            f"SELECT present, {', '.join(rows.FILE_COLUMNS)} FROM file WHERE round = ? ORDER BY id", (round,)
        )
        known = {values[0]: (present, values) for present, *values in asked}
        return [rows.file_of(tuple(values)) for present, values in known.values() if present]

    def entries(self, round: str, until: int = _FOREVER) -> dict[Key, Entry]:
        """The entries of a round, after the event ``until``."""
        return {key: rows.entry_of(values) for key, values in self.entry_rows(round, until).items()}

    def entry_rows(self, round: str, until: int = _FOREVER) -> dict[Key, Values]:
        """The same as they stand in the ledger, in the order of :data:`toolkit.ledger.rows.ENTRY_COLUMNS`."""
        asked = self._connection.execute(
            f"SELECT present, {', '.join(rows.ENTRY_COLUMNS)} FROM entry WHERE id IN "
            "(SELECT max(id) FROM entry WHERE round = ? AND event <= ? GROUP BY task, unit) ORDER BY id",
            (round, until),
        )
        return {(values[0], values[1]): tuple(values) for present, *values in asked if present}

    def findings(self, round: str) -> list[Finding]:
        """The findings of a round's last merge."""
        return [_finding(*values) for values in self.finding_rows(round)]

    def finding_rows(self, round: str) -> list[Values]:
        """The same as they stand in the ledger, in the order of :data:`toolkit.ledger.rows.FINDING_COLUMNS`."""
        asked = self._connection.execute(
            f"SELECT present, {', '.join(rows.FINDING_COLUMNS)} FROM finding WHERE round = ? ORDER BY id", (round,)
        )
        known = {tuple(values): present for present, *values in asked}
        return [values for values, present in known.items() if present]

    def last_merge(self, round: str, mark: str | None = None) -> Merged | None:
        """The last merge of a round, or the last whose summary carries ``mark``."""
        row = self._connection.execute(
            "SELECT event, round, as_of, mark, summary FROM merge WHERE round = ? AND (? IS NULL OR mark = ?) "
            "ORDER BY id DESC LIMIT 1",
            (round, mark, mark),
        ).fetchone()
        return Merged(row[0], row[1], date.fromisoformat(row[2]), row[3], row[4]) if row else None

    # --- what the office decided ------------------------------------------------------------------

    def decided(self, round: str, until: int = _FOREVER) -> dict[Key, Decided]:
        """The last decision on each entry of a round, after the event ``until``; those taken back are left out."""
        asked = self._connection.execute(
            "SELECT task, unit, verdict, opinion, event FROM decision WHERE round = ? AND event <= ? ORDER BY id",
            (round, until),
        )
        last = {
            (task, unit): Decided(rows.decision_of(task, unit, verdict, opinion), event, round)
            for task, unit, verdict, opinion, event in asked
        }
        return {key: item for key, item in last.items() if item.decision.verdict}

    def closed(self, before: Collection[str]) -> dict[Key, str]:
        """Task × unit that is closed (销号) by its last decision in these rounds → the round that closed it."""
        order = {name: place for place, name in enumerate(before)}
        asked = self._connection.execute("SELECT task, unit, verdict, round FROM decision ORDER BY id")
        last: dict[Key, tuple[str, str]] = {}
        for task, unit, verdict, round in asked:
            known = last.get((task, unit))
            if round in order and (known is None or order[round] <= order[known[1]]):
                last[task, unit] = (verdict, round)
        return {key: round for key, (verdict, round) in last.items() if verdict == Verdict.CLOSED.value}

    def corrections(self, round: str, until: int = _FOREVER) -> list[Correction]:
        """Every correction of a round up to the event ``until``, in the order they were made."""
        asked = self._connection.execute(
            "SELECT task, unit, field, old, new, why, (SELECT at FROM event WHERE event.id = correction.event) "
            "FROM correction WHERE round = ? AND event <= ? ORDER BY id",
            (round, until),
        )
        return [rows.correction_of(*values) for values in asked]

    # --- the log -------------------------------------------------------------------------------------

    def next_event(self) -> int:
        """The number the next event gets."""
        (last,) = self._connection.execute("SELECT coalesce(max(id), 0) FROM event").fetchone()
        return int(last) + 1

    def events(self, round: str | None = None) -> list[Event]:
        """What happened, the oldest first."""
        asked = self._connection.execute(
            "SELECT id, at, who, verb, round, what FROM event WHERE ? IS NULL OR round = ? ORDER BY id", (round, round)
        )
        return [Event(id, datetime.fromisoformat(at), who, verb, name, what) for id, at, who, verb, name, what in asked]

    def history(self, task: str | None, unit: str | None) -> list[tuple[Event, Key, Entry | None]]:
        """Every version of the entries of a task, a unit, or both, with the event that brought it; gone is ``None``."""
        events = {event.id: event for event in self.events()}
        asked = self._connection.execute(
            f"SELECT event, present, {', '.join(rows.ENTRY_COLUMNS)} FROM entry "
            "WHERE (? IS NULL OR task = ?) AND (? IS NULL OR unit = ?) ORDER BY id",
            (task, task, unit, unit),
        )
        return [
            (events[event], (values[0], values[1]), rows.entry_of(tuple(values)) if present else None)
            for event, present, *values in asked
        ]

    def reviews(self, task: str | None, unit: str | None) -> list[tuple[Event, Decision | Correction]]:
        """Every decision and correction about a task, a unit, or both, with the event that brought it."""
        events = {event.id: event for event in self.events()}
        which = "WHERE (? IS NULL OR task = ?) AND (? IS NULL OR unit = ?) ORDER BY id"
        keys = (task, task, unit, unit)
        decided = self._connection.execute(f"SELECT event, task, unit, verdict, opinion FROM decision {which}", keys)
        made: list[tuple[Event, Decision | Correction]] = [
            (events[event], rows.decision_of(*values)) for event, *values in decided
        ]
        columns = "event, task, unit, field, old, new, why"
        mended = self._connection.execute(f"SELECT {columns} FROM correction {which}", keys)
        for event, code, name, field, old, new, why in mended:
            at = events[event].at.isoformat()
            made.append((events[event], rows.correction_of(code, name, field, old, new, why, at)))
        return sorted(made, key=lambda item: item[0].id)

    def tables(self) -> list[Table]:
        """Everything, for export."""
        return list(tables(self._connection))

    # --- the cache of readings --------------------------------------------------------------------------

    def readings(self, keys: Iterable[str]) -> dict[str, str]:
        """The kept readings among these keys, as text."""
        wanted, known = list(keys), {}
        for start in range(0, len(wanted), _AT_ONCE):
            some = wanted[start : start + _AT_ONCE]
            marks = ", ".join("?" * len(some))
            asked = self._connection.execute(f"SELECT key, data FROM reading WHERE key IN ({marks})", some)
            known.update({key: rows.unpack(data) for key, data in asked})
        return known

    def keep_readings(self, scope: str, readings: Mapping[str, str]) -> None:
        """Keep readings for the next time; those of another scope are of no use any more."""
        packed = [(key, scope, rows.pack(text)) for key, text in readings.items()]
        self._connection.execute("BEGIN IMMEDIATE")
        self._connection.execute("DELETE FROM reading WHERE scope <> ?", (scope,))
        self._connection.executemany("INSERT OR REPLACE INTO reading (key, scope, data) VALUES (?, ?, ?)", packed)
        self._connection.execute("COMMIT")


def _time_of(round: Round, first: date) -> tuple[date, str]:
    """When a round was: the end of the time its name tells, else its due date, else the day it was first met."""
    return period_end(round.name) or round.due or first, round.name


def _finding(code: str, severity: str, *rest: str) -> Finding:
    unit, task, path, sheet, cell, message, advice = rest
    places = (unit or None, task or None, path or None, sheet or None, cell or None)
    return Finding(code, Severity(severity), message, advice, *places)
