"""What one event adds to the ledger: only what differs from what stands in it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from toolkit import plain
from toolkit.ledger import rows
from toolkit.ledger.queries import Queries
from toolkit.ledger.rows import FormIssued, Values
from toolkit.model import Collection, Correction, Decision, Duty, Entry, Plan, Roster, Round


class Record:
    """The rows of one event."""

    def __init__(self, connection: sqlite3.Connection, id: int, round: str) -> None:
        self._connection = connection
        self._known = Queries(connection)
        self.id = id
        self.round = round
        self.what = ""
        """One sentence for the log; the verb says it before the event ends."""

    def plan(self, plan: Plan) -> bool:
        """Keep a plan when it differs from the last one; whether it did."""
        if self._known.plan() == plan:
            return False
        data = rows.pack(plain.dump(plan))
        self._add(
            "plan", plan_id=plan.plan_id, revision=plan.revision, title=plan.title, tasks=len(plan.tasks), data=data
        )
        return True

    def roster(self, roster: Roster) -> bool:
        """Keep a register when it differs from the last one; whether it did."""
        if self._known.roster() == roster:
            return False
        self._add("roster", units=len(roster.units), data=rows.pack(plain.dump(roster)))
        return True

    def round_opened(self, round: Round) -> bool:
        """Keep a round and its due date when they are not known yet; whether they were not."""
        if self._known.round(round.name) == round:
            return False
        self._add("round", name=round.name, due=_said(round.due))
        return True

    def form(self, form: FormIssued) -> None:
        """Keep a form as it was issued."""
        duties = plain.dump(form.duties, tuple[Duty, ...])
        self._add("form", round=self.round, unit=form.unit, path=form.path, sha256=form.sha256, duties=duties)

    def collected(self, collection: Collection) -> tuple[int, int]:
        """Keep the entries, files and findings of a round; how many files and entries were new or different."""
        files = self._differing(
            "file",
            rows.FILE_COLUMNS,
            {record.path: rows.file_values(record) for record in collection.files},
            {record.path: rows.file_values(record) for record in self._known.files(self.round)},
        )
        entries = self.entries(entry for entry in collection.entries if not entry.carried)
        told = [rows.finding_values(finding) for finding in collection.findings]
        known = self._known.finding_rows(self.round)
        self._differing("finding", rows.FINDING_COLUMNS, dict.fromkeys(told, ()), dict.fromkeys(known, ()))
        return files, entries

    def entries(self, entries: Iterable[Entry]) -> int:
        """Keep all entries of the round; how many were new or different."""
        return self._differing(
            "entry",
            rows.ENTRY_COLUMNS,
            {(entry.task, entry.unit): rows.entry_values(entry) for entry in entries},
            self._known.entry_rows(self.round),
        )

    def merged(self, as_of: date, mark: str, summary: str) -> None:
        """Keep that a summary was written."""
        self._add("merge", round=self.round, as_of=as_of.isoformat(), mark=mark, summary=summary)

    def decision(self, decision: Decision) -> None:
        """Keep a decision of the office."""
        verdict = decision.verdict.value if decision.verdict else ""
        self._add(
            "decision",
            round=self.round,
            task=decision.task,
            unit=decision.unit,
            verdict=verdict,
            opinion=decision.opinion,
        )

    def correction(self, correction: Correction) -> None:
        """Keep what the office mended by hand, with the old value."""
        names = ("task", "unit", "field", "old", "new", "why")
        self._add("correction", round=self.round, **{name: getattr(correction, name) for name in names})

    # --- rows ------------------------------------------------------------------------------

    def _add(self, table: str, **values: Any) -> None:
        self._insert(table, (*values,), [(*values.values(),)])

    def _insert(self, table: str, columns: Sequence[str], many: Iterable[Values]) -> None:
        marks = ", ".join("?" * (len(columns) + 1))
        self._connection.executemany(
            f"INSERT INTO {table} (event, {', '.join(columns)}) VALUES ({marks})",
            ((self.id, *values) for values in many),
        )

    def _differing(
        self, table: str, columns: Sequence[str], new: Mapping[Any, Values], known: Mapping[Any, Values]
    ) -> int:
        """Add what is new or different, and what is gone as such; a key without values is its own row."""
        added = [values or key for key, values in new.items() if known.get(key) != values]
        gone = [values or key for key, values in known.items() if key not in new]
        for present, many in ((1, added), (0, gone)):
            self._insert(table, ("round", "present", *columns), ((self.round, present, *values) for values in many))
        return len(added) + len(gone)


def _said(day: date | None) -> str:
    return day.isoformat() if day else ""
