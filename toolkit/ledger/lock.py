"""One writer at a time, and everybody can see who it is.

The lock is the operating system's, on a file beside the ledger: it is gone when its holder is, however that came
about, so no stale lock ever has to be broken by hand.  The file says who holds it and since when.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO

from toolkit.findings import CannotDo
from toolkit.findings import ledger as found
from toolkit.model import Progress, no_progress

NAME = "台账.lock"
_LOOK_AGAIN = 0.2
"""Seconds between two tries."""
_LOCKED_BYTE = 1 << 30
"""Beyond the text of the file, so that others may read it where a lock forbids reading (Windows)."""


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds the lock."""

    who: str
    since: str
    """As a person reads it: 2026-10-12 09:30."""


def holder(folder: Path) -> Holder | None:
    """Who writes the ledger of a folder now, ``None`` when nobody does."""
    path = folder / NAME
    try:
        with path.open("r+b") as stream:
            if _try_lock(stream):
                return None
            return _read(stream)
    except FileNotFoundError:
        return None
    except OSError:
        return Holder("另一个程序", "时间不详")


@contextmanager
def held(folder: Path, who: str, now: datetime, *, seconds: float, progress: Progress = no_progress) -> Iterator[None]:
    """Hold the lock of a folder while the block runs.

    Waits up to ``seconds`` for another holder, telling ``progress`` whom for; then raises :class:`CannotDo`.
    """
    stream = _acquire(folder, seconds, progress)
    try:
        stream.truncate(0)
        stream.write(json.dumps({"who": who, "since": f"{now:%Y-%m-%d %H:%M}"}, ensure_ascii=False).encode())
        stream.flush()
        yield
    finally:
        _release(folder / NAME, stream)


def _acquire(folder: Path, seconds: float, progress: Progress) -> IO[bytes]:
    """The locked file, positioned at its start."""
    path = folder / NAME
    until = time.monotonic() + seconds
    while True:
        stream = path.open("a+b")
        if _try_lock(stream) and _is_still_there(path, stream):
            stream.seek(0)
            return stream
        other = _read(stream)
        stream.close()
        waited = seconds - max(until - time.monotonic(), 0)
        if waited >= seconds:
            raise CannotDo(found.LOCKED.at(holder=other.who, since=other.since, seconds=round(seconds)))
        progress(0, 1, f"等待 {other.who} 写完台账")
        time.sleep(_LOOK_AGAIN)


def _release(path: Path, stream: IO[bytes]) -> None:
    """Take the file away while it is still locked where the system allows that, else leave it empty."""
    if sys.platform == "win32":
        stream.truncate(0)
        stream.close()
        with suppress(OSError):
            path.unlink()
    else:
        with suppress(OSError):
            path.unlink()
        stream.close()


def _is_still_there(path: Path, stream: IO[bytes]) -> bool:
    """Whether the locked file is the one others will find; its last holder may just have taken it away."""
    try:
        return sys.platform == "win32" or os.path.samestat(path.stat(), os.fstat(stream.fileno()))
    except FileNotFoundError:
        return False


def _read(stream: IO[bytes]) -> Holder:
    try:
        stream.seek(0)
        told = json.loads(stream.read(4096))
        return Holder(str(told["who"]) or "另一个程序", str(told["since"]))
    except (OSError, ValueError, KeyError, TypeError):
        return Holder("另一个程序", "时间不详")


if sys.platform == "win32":
    import msvcrt

    def _try_lock(stream: IO[bytes]) -> bool:
        stream.seek(_LOCKED_BYTE)
        try:
            msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _try_lock(stream: IO[bytes]) -> bool:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True
