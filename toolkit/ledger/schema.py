"""The tables of the ledger and how an older one is brought up to date.

Every table but ``reading`` is append-only: triggers refuse to change or delete a row.  What is so at a moment is the
last row of its key; what is gone has a last row with ``present = 0``.  Every row belongs to an event, which tells
when, who, by which verb and what.
"""

from __future__ import annotations

APPLICATION_ID = 0x46474C31
"""``FGL1``: tells a ledger from any other SQLite file."""

_RECORDS = """
CREATE TABLE event (
    id INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    who TEXT NOT NULL,
    verb TEXT NOT NULL,
    round TEXT NOT NULL,
    what TEXT NOT NULL
);
CREATE TABLE plan (
    id INTEGER PRIMARY KEY,
    event INTEGER NOT NULL REFERENCES event DEFERRABLE INITIALLY DEFERRED,
    plan_id TEXT NOT NULL,
    revision INTEGER NOT NULL,
    title TEXT NOT NULL,
    tasks INTEGER NOT NULL,
    data BLOB NOT NULL
);
CREATE TABLE roster (
    id INTEGER PRIMARY KEY,
    event INTEGER NOT NULL REFERENCES event DEFERRABLE INITIALLY DEFERRED,
    units INTEGER NOT NULL,
    data BLOB NOT NULL
);
CREATE TABLE round (
    id INTEGER PRIMARY KEY,
    event INTEGER NOT NULL REFERENCES event DEFERRABLE INITIALLY DEFERRED,
    name TEXT NOT NULL,
    due TEXT NOT NULL
);
CREATE TABLE form (
    id INTEGER PRIMARY KEY,
    event INTEGER NOT NULL REFERENCES event DEFERRABLE INITIALLY DEFERRED,
    round TEXT NOT NULL,
    unit TEXT NOT NULL,
    path TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    duties TEXT NOT NULL
);
CREATE TABLE file (
    id INTEGER PRIMARY KEY,
    event INTEGER NOT NULL REFERENCES event DEFERRABLE INITIALLY DEFERRED,
    round TEXT NOT NULL,
    path TEXT NOT NULL,
    present INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    size INTEGER NOT NULL,
    modified TEXT NOT NULL,
    outcome TEXT NOT NULL,
    units TEXT NOT NULL
);
CREATE TABLE entry (
    id INTEGER PRIMARY KEY,
    event INTEGER NOT NULL REFERENCES event DEFERRABLE INITIALLY DEFERRED,
    round TEXT NOT NULL,
    task TEXT NOT NULL,
    unit TEXT NOT NULL,
    present INTEGER NOT NULL,
    role TEXT NOT NULL,
    number TEXT NOT NULL,
    state TEXT NOT NULL,
    status TEXT NOT NULL,
    status_text TEXT NOT NULL,
    progress TEXT NOT NULL,
    evidence TEXT NOT NULL,
    done_on TEXT NOT NULL,
    done_on_text TEXT NOT NULL,
    remark TEXT NOT NULL,
    sources TEXT NOT NULL
);
CREATE INDEX entry_key ON entry (round, task, unit, id);
CREATE TABLE finding (
    id INTEGER PRIMARY KEY,
    event INTEGER NOT NULL REFERENCES event DEFERRABLE INITIALLY DEFERRED,
    round TEXT NOT NULL,
    present INTEGER NOT NULL,
    code TEXT NOT NULL,
    severity TEXT NOT NULL,
    unit TEXT NOT NULL,
    task TEXT NOT NULL,
    path TEXT NOT NULL,
    sheet TEXT NOT NULL,
    cell TEXT NOT NULL,
    message TEXT NOT NULL,
    advice TEXT NOT NULL
);
CREATE INDEX finding_key ON finding (round, id);
CREATE TABLE merge (
    id INTEGER PRIMARY KEY,
    event INTEGER NOT NULL REFERENCES event DEFERRABLE INITIALLY DEFERRED,
    round TEXT NOT NULL,
    as_of TEXT NOT NULL,
    mark TEXT NOT NULL,
    summary TEXT NOT NULL
);
CREATE TABLE decision (
    id INTEGER PRIMARY KEY,
    event INTEGER NOT NULL REFERENCES event DEFERRABLE INITIALLY DEFERRED,
    round TEXT NOT NULL,
    task TEXT NOT NULL,
    unit TEXT NOT NULL,
    verdict TEXT NOT NULL,
    opinion TEXT NOT NULL
);
CREATE INDEX decision_key ON decision (round, task, unit, id);
CREATE TABLE correction (
    id INTEGER PRIMARY KEY,
    event INTEGER NOT NULL REFERENCES event DEFERRABLE INITIALLY DEFERRED,
    round TEXT NOT NULL,
    task TEXT NOT NULL,
    unit TEXT NOT NULL,
    field TEXT NOT NULL,
    old TEXT NOT NULL,
    new TEXT NOT NULL,
    why TEXT NOT NULL
);
CREATE INDEX correction_key ON correction (round, task, unit, field, id);
CREATE TABLE reading (
    key TEXT PRIMARY KEY,
    scope TEXT NOT NULL,
    data BLOB NOT NULL
) WITHOUT ROWID;
"""

KEPT = ("event", "plan", "roster", "round", "form", "file", "entry", "finding", "merge", "decision", "correction")
"""The append-only tables."""

_GUARDS = "".join(
    f"CREATE TRIGGER {table}_kept_{verb.lower()} BEFORE {verb} ON {table} "
    f"BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;\n"
    for table in KEPT
    for verb in ("UPDATE", "DELETE")
)

_SURVEYS = "ALTER TABLE entry ADD COLUMN rows TEXT NOT NULL DEFAULT '';"
"""What units write into the fields of a survey (收集表)."""

MIGRATIONS: tuple[str, ...] = (_RECORDS + _GUARDS, _SURVEYS)
"""Scripts that bring a ledger from version n to n + 1; a released one is never changed."""
