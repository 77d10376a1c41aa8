"""The ledger as a file: made, opened, brought up to date, written by one at a time."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

from toolkit.findings import CannotDo
from toolkit.findings import ledger as found
from toolkit.ledger import lock
from toolkit.ledger.queries import Queries
from toolkit.ledger.recording import Record
from toolkit.ledger.schema import APPLICATION_ID, MIGRATIONS
from toolkit.model import Finding, Progress, no_progress

FILE_NAME = "台账.db"
_BUSY_SECONDS = 30.0
"""So long a reader waits while a writer moves its last pages."""


class Ledger(Queries):
    """An open ledger: asks of :class:`Queries`, changes by :meth:`event`."""

    def __init__(self, connection: sqlite3.Connection, upgraded: Finding | None = None) -> None:
        super().__init__(connection)
        self.upgraded = upgraded
        """Told once, when opening it brought the file up to date."""

    @contextmanager
    def event(self, at: datetime, who: str, verb: str, round: str = "") -> Iterator[Record]:
        """One change, whole or not at all; the block says in ``record.what`` what it came to."""
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            record = Record(self._connection, self.next_event(), round)
            yield record
            self._connection.execute(
                "INSERT INTO event (id, at, who, verb, round, what) VALUES (?, ?, ?, ?, ?, ?)",
                (record.id, at.isoformat(timespec="seconds"), who, verb, round, record.what),
            )
            self._connection.execute("COMMIT")
        except BaseException:
            self._connection.execute("ROLLBACK")
            raise


def create(folder: Path) -> bool:
    """Make the ledger of a folder; whether there was none yet."""
    path = folder / FILE_NAME
    if path.exists():
        return False
    beside = folder / f".fengong-{FILE_NAME}"
    beside.unlink(missing_ok=True)
    with closing(_connect(beside)) as connection:
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        _migrate(connection, 0)
    beside.rename(path)
    return True


@contextmanager
def reading(folder: Path) -> Iterator[Ledger]:
    """The ledger of a folder, only to ask; others may write at the same time.  Raises :class:`CannotDo`."""
    with _opened(folder, changes=False) as ledger:
        yield ledger


@contextmanager
def writing(
    folder: Path, who: str, now: datetime, *, seconds: float, progress: Progress = no_progress
) -> Iterator[Ledger]:
    """The ledger of a folder, to change; waits up to ``seconds`` for another writer.

    Raises :class:`CannotDo` when somebody else goes on writing, or the file is damaged or too new.
    """
    with lock.held(folder, who, now, seconds=seconds, progress=progress), _opened(folder, changes=True) as ledger:
        yield ledger


@contextmanager
def _opened(folder: Path, *, changes: bool) -> Iterator[Ledger]:
    path = folder / FILE_NAME
    if not path.is_file():
        raise CannotDo(found.NO_FOLDER.at(path=str(folder)))
    try:
        with closing(_connect(path)) as connection:
            upgraded = _bring_up_to_date(connection, path)
            connection.execute(f"PRAGMA query_only = {'OFF' if changes else 'ON'}")
            yield Ledger(connection, upgraded)
    except sqlite3.DatabaseError as fault:
        raise CannotDo(found.DAMAGED.at(path=path.name, reason=str(fault))) from fault


def _connect(path: Path) -> sqlite3.Connection:
    """A connection without WAL, which network drives do not bear; a change is on the disk when it is done."""
    connection = sqlite3.connect(path, timeout=_BUSY_SECONDS, isolation_level=None)
    connection.execute("PRAGMA journal_mode = DELETE")
    connection.execute("PRAGMA synchronous = EXTRA")
    connection.execute("PRAGMA foreign_keys = ON")
    return connection


def _bring_up_to_date(connection: sqlite3.Connection, path: Path) -> Finding | None:
    """Migrate an older ledger after copying it; refuse what is none, or newer than this program."""
    (kind,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if kind != APPLICATION_ID:
        raise sqlite3.DatabaseError("不是台账文件")
    if version > len(MIGRATIONS):
        raise CannotDo(found.TOO_NEW.at(path=path.name, version=version, known=len(MIGRATIONS)))
    if version == len(MIGRATIONS):
        return None
    backup = path.with_name(f"{path.stem}（第{version}版备份）{path.suffix}")
    shutil.copyfile(path, backup)
    _migrate(connection, version)
    return found.UPGRADED.at(before=version, backup=backup.name)


def _migrate(connection: sqlite3.Connection, version: int) -> None:
    """Run the scripts that are missing, each whole or not at all."""
    for number, script in enumerate(MIGRATIONS[version:], version + 1):
        connection.executescript(f"BEGIN IMMEDIATE;\n{script}\nPRAGMA user_version = {number};\nCOMMIT;")
