"""Saving what a clerk edited in the window, never over what another program wrote meanwhile."""

from __future__ import annotations

import hashlib
from pathlib import Path

from toolkit import outputs
from toolkit.findings import CannotDo
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
