"""Saving what a clerk edited in the window, never over what another program wrote meanwhile."""

from __future__ import annotations

import hashlib
from pathlib import Path

from toolkit import outputs
from toolkit.findings import CannotDo
from toolkit.findings import command as command_found
from toolkit.findings import desktop as found


def save(path: Path, data: bytes, known: str) -> str:
    """Write ``data`` onto ``path``, whose content was ``known`` (SHA-256, empty for a new file); returns the new hash.

    Raises :class:`CannotDo`, with the file as it was, when it changed, is open elsewhere or cannot be written.
    """
    if path.exists() and outputs.sha256(path) != known:
        raise CannotDo(found.CHANGED_ELSEWHERE.at(path=path.name))
    if outputs.is_open_elsewhere(path):
        raise CannotDo(found.OPEN_ELSEWHERE.at(path=path.name))
    try:
        outputs.write_bytes(path, data)
    except OSError as problem:
        raise CannotDo(found.NOT_SAVED.at(path=path.name, reason=problem.strerror or str(problem))) from problem
    return hashlib.sha256(data).hexdigest()


def put_into_use(new: Path, current: Path, kept: Path, known: str) -> Path:
    """Give ``new`` the name of ``current``, which is kept as ``kept`` or the next free name; returns where it is kept.

    ``known`` is the SHA-256 of ``current`` when ``new`` was made from it.  Raises :class:`CannotDo`, with both files as
    they were, when ``current`` changed since, one of them is open elsewhere, or they cannot be renamed.
    """
    if not current.is_file() or not new.is_file():
        raise CannotDo(command_found.NOT_FOUND.at(path=(new if current.is_file() else current).name))
    if outputs.sha256(current) != known:
        raise CannotDo(found.CHANGED_SINCE.at(path=current.name))
    for path in (current, new):
        if outputs.is_open_elsewhere(path):
            raise CannotDo(found.NOT_IN_USE.at(path=path.name, reason="正在别的程序里打开"))
    kept = outputs.free_name(kept)
    try:
        current.rename(kept)
        try:
            new.rename(current)
        except OSError:
            kept.rename(current)
            raise
    except OSError as problem:
        raise CannotDo(found.NOT_IN_USE.at(path=current.name, reason=problem.strerror or str(problem))) from problem
    return kept
