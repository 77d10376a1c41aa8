"""What lies below a summary: every entry, and under it what the units further down said, to the lowest one.

A return that was rolled up by the level below carries its units' own answers (:mod:`toolkit.workbooks.below_sheet`).
The returns are found by the links of the summary; nothing else of the lower levels needs to be there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from toolkit import containers
from toolkit.containers import pool
from toolkit.containers.walk import INSIDE, Met, walk
from toolkit.figures import word_of
from toolkit.findings import output as found
from toolkit.model import Collection, Entry, Finding, Progress, no_progress
from toolkit.workbooks import below_sheet
from toolkit.workbooks.below_sheet import Line
from toolkit.workbooks.summary.details import said_place
from toolkit.workbooks.summary.links import linked_files

_ROLLED_UP = re.compile(r"下级明细第\d+")
"""What a rolled-up form says as its evidence."""


def rows_told(first: int, last: int) -> str:
    """The evidence of a rolled-up answer: the rows of 下级明细 it was made from."""
    return f"下级明细第{first}—{last}行"


@dataclass(frozen=True)
class Below:
    """What the returns of a summary carry from further down."""

    lines: Mapping[str, tuple[Line, ...]]
    """Path of a return, as the summary names it → its 下级明细."""
    files: Mapping[str, Path]
    """Path of any return → the file, the archive for one inside an archive; absent when it cannot be found."""
    findings: tuple[Finding, ...] = ()

    def tree(self, collection: Collection, entries: Sequence[Entry]) -> list[Line]:
        """Each entry, and under it what the units below it said of the task."""
        decided = {(d.task, d.unit): d.verdict.label for d in collection.decisions if d.verdict}
        lines: list[Line] = []
        for entry in entries:
            lines.append(_own(entry, decided.get((entry.task, entry.unit), "")))
            lines += [line.under(entry.unit) for line in self._of(entry)]
        return lines

    def is_cut_off(self, entry: Entry) -> bool:
        """Whether the answer says that it was rolled up and what it was made from is not there."""
        return bool(_ROLLED_UP.search(entry.evidence)) and not self._of(entry)

    def _of(self, entry: Entry) -> list[Line]:
        told = self.lines.get(entry.place.path, ()) if entry.place else ()
        return [line for line in told if line.upper == entry.task]


def look_below(summary: Path, collection: Collection, progress: Progress = no_progress) -> Below:
    """Read 下级明细 of every return that was rolled up; the others are not opened again.

    A return that cannot be found from the summary, or lost the sheet on its way, tells nothing further down.
    """
    came = [(entry, entry.place.path) for entry in collection.entries if entry.place]
    files = _located(dict.fromkeys(path for _, path in came), linked_files(summary))
    rolled_up = {path for entry, path in came if _ROLLED_UP.search(entry.evidence)}
    names = {(file, path.partition(INSIDE)[2]): path for path, file in files.items() if path in rolled_up}
    met = [
        replace(item, path=name)
        for file in dict.fromkeys(file for file, _ in names)
        for item in walk([file])
        if (name := names.get((item.file, item.path.partition(INSIDE)[2])))
    ]
    outcomes = pool.run(_read, met, progress=progress, label=lambda item: item.path)
    below = Below({outcome.item.path: outcome.value or () for outcome in outcomes}, files)
    cut_off = dict.fromkeys((entry.unit, path) for entry, path in came if below.is_cut_off(entry))
    return replace(below, findings=tuple(found.BELOW_LOST.at(unit=unit, path=path) for unit, path in cut_off))


def _located(paths: Iterable[str], linked: Sequence[Path]) -> dict[str, Path]:
    """Path of a return, as a summary names it → the file of those ``linked`` whose path ends like it."""
    by_depth = sorted(linked, key=lambda file: len(file.parts))
    files = {}
    for path in paths:
        parts = PurePosixPath(path.partition(INSIDE)[0]).parts
        file = next((file for file in by_depth if file.parts[-len(parts) :] == parts), None)
        if file is not None:
            files[path] = file
    return files


def _read(met: Met) -> tuple[Line, ...]:
    return below_sheet.read(containers.read(met.read_bytes(), met.name), met.path)


def _own(entry: Entry, verdict: str) -> Line:
    """What the unit itself said."""
    return Line(
        upper=entry.task,
        path=(entry.unit,),
        code=entry.task,
        status=word_of(entry),
        status_text=entry.status_text,
        progress=entry.progress,
        evidence=entry.evidence,
        done_on=entry.done_on.isoformat() if entry.done_on else entry.done_on_text,
        remark=entry.remark,
        verdict=verdict,
        trail=(said_place(entry.place),) if entry.place else (),
    )
