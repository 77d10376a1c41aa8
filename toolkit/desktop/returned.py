"""What lies in the folders of a round, and taking in what a clerk drops on the window."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from toolkit import containers, outputs
from toolkit.bulletins import ARCHIVE
from toolkit.containers.walk import INSIDE, Met, walk
from toolkit.desk import FEEDBACK, FORMS, RETURNS, SUMMARIES
from toolkit.intake.whose import first_stamp
from toolkit.language.periods import period_start


def rounds(folder: Path) -> list[str]:
    """The rounds of a working folder, the newest first by their names."""
    tops = (folder / top for top in (FORMS, RETURNS, SUMMARIES, FEEDBACK))
    names = {path.name for top in tops if top.is_dir() for path in top.iterdir() if path.is_dir()}
    return sorted(names, key=lambda name: (str(period_start(name) or ""), name), reverse=True)


def files_in(folder: Path) -> list[Path]:
    """The files of a folder, at any depth; nothing when it is not there."""
    return sorted(path for path in folder.rglob("*") if path.is_file()) if folder.is_dir() else []


def due_of(forms: Path) -> date | None:
    """The due date of the round that a folder of forms was issued for, as the first of them tells it."""
    for form in files_in(forms):
        if form.suffix == ".xlsx" and not form.name.startswith("~$"):
            stamp = first_stamp(containers.read(form, form.name))
            return stamp.due if stamp else None
    return None


def take_in(paths: Iterable[Path], folder: Path) -> list[Path]:
    """Copy dropped files and folders into ``folder``; returns what is new there.

    What lies there already, by its content, is not copied again; a name that is taken by other content gets a number.
    The originals stay as they are.
    """
    folder.mkdir(parents=True, exist_ok=True)
    added = []
    for path in paths:
        if path.resolve().is_relative_to(folder.resolve()) or folder.resolve().is_relative_to(path.resolve()):
            continue
        if path.is_dir():
            added += take_in(sorted(path.iterdir()), folder / path.name)
        elif (target := _place(path, folder)) is not None:
            shutil.copyfile(path, target)
            added.append(target)
    return added


def _place(path: Path, folder: Path) -> Path | None:
    """Where to copy a file to, ``None`` when its content is there."""
    target = folder / path.name
    if target.is_file() and outputs.sha256(target) == outputs.sha256(path):
        return None
    return outputs.free_name(target)


def find(paths: Sequence[Path], shown: str) -> Met | None:
    """The file that a result shows under this path."""
    return next((met for met in walk(paths) if met.path == shown), None)


def outer(shown: str) -> str:
    """The file on disk of a path as shown: the archive of what lies in one."""
    return shown.partition(INSIDE)[0]


@dataclass(frozen=True, slots=True)
class Document:
    """One feedback document in its folder."""

    kind: str
    unit: str
    path: Path


def documents(folder: Path) -> list[Document]:
    """The feedback documents below 反馈/填报期: those for all first, then by unit in the fixed order."""
    found = []
    for path in files_in(folder):
        if path.suffix != ".docx" or path.name.startswith(("~$", ".")):
            continue
        kind, _, rest = path.stem.partition("_")
        found.append(Document(kind, rest.partition("_")[0], path))
    return sorted(found, key=lambda document: (document.path.parent.name[:1].isdigit(), document.path))


def archives(folder: Path) -> list[Path]:
    """The archives by unit, ready to be sent."""
    return files_in(folder / ARCHIVE)
