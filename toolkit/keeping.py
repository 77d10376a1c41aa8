"""Putting an output where it belongs without ever replacing what a person edited or has open (contract *Safety*)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from toolkit import opc, outputs


@dataclass(frozen=True, slots=True)
class Placed:
    """Where an output came to lie."""

    path: Path
    kept: Path | None = None
    """The file of the wanted name, when it was kept as it is and ``path`` is another name."""


def put(path: Path, data: bytes) -> Placed:
    """Write a sealed document (:func:`toolkit.opc.sealed`) to ``path``, or beside it when that was edited.

    Running a verb twice changes nothing: a file that already holds these bytes is left alone, and a second
    copy beside an edited file is found again rather than written once more.
    """
    target = next(name for name in _names(path) if _is_ours(name, data))
    if not (target.exists() and target.read_bytes() == data):
        outputs.write_bytes(target, data)
    return Placed(target, path if target != path else None)


def _names(path: Path) -> Iterator[Path]:
    """``path``, then ``name(2).xlsx``, ``name(3).xlsx`` …"""
    yield path
    for number in count(2):
        yield path.with_name(f"{path.stem}({number}){path.suffix}")


def _is_ours(path: Path, data: bytes) -> bool:
    """Whether the name is free, or its file is one that may be replaced or need not be."""
    if not path.exists():
        return True
    if path.is_file() and path.read_bytes() == data:
        return True
    return opc.untouched(path) and not outputs.is_open_elsewhere(path)
