"""逐级明细: a summary opened level by level, down to the cell that the lowest unit filled in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from toolkit import keeping
from toolkit.findings import CannotDo, worst_first
from toolkit.findings import output as found
from toolkit.housekeeping.below import Below, look_below
from toolkit.model import Collection, Finding, Json, Place, Progress, Task, no_progress
from toolkit.workbooks import summary_book, trace_book
from toolkit.workbooks.below_sheet import Line
from toolkit.workbooks.summary.details import PLACE_SEPARATOR
from toolkit.workbooks.summary.links import place_link, relative_target
from toolkit.workbooks.summary.table import Link
from toolkit.workbooks.trace_book import TracedLine

_SHOWN = 40
"""Lines that are told to a person when no workbook is written."""


@dataclass(frozen=True, slots=True)
class TraceResult:
    """Who said what, at every level."""

    lines: tuple[Line, ...]
    """In the order of the summary; every unit above those below it."""
    findings: tuple[Finding, ...] = ()
    workbook: Path | None = None
    returns: Mapping[str, Path] = field(default_factory=dict)
    """Path of a return, as the lines name it → the file at hand, the archive for one inside an archive."""
    tasks: tuple[Task, ...] = ()
    """Those of the summary."""

    @property
    def files(self) -> tuple[Path, ...]:
        """The workbook, when one was asked for."""
        return (self.workbook,) if self.workbook else ()

    def to_json(self) -> Json:
        """Each line with its path of units and the cell it stands in at each level, the nearest first."""
        return {
            "lines": [
                {
                    "task": line.upper,
                    "path": list(line.path),
                    "code": line.code,
                    "status": line.status,
                    "status_text": line.status_text,
                    "progress": line.progress,
                    "evidence": line.evidence,
                    "done_on": line.done_on,
                    "remark": line.remark,
                    "review": line.verdict,
                    "sources": list(line.trail),
                }
                for line in self.lines
            ],
            "findings": [finding.to_json() for finding in self.findings],
        }

    def sentences(self) -> list[str]:
        """What a person reads."""
        levels = max((len(line.path) for line in self.lines), default=0)
        units = len({line.path for line in self.lines})
        told = [f"{units} 个单位，{levels} 级，共 {len(self.lines)} 项填报。"]
        if self.workbook is not None:
            return [*told, f"逐级明细：{self.workbook}"]
        told += self.chains(_SHOWN)
        if len(self.lines) > _SHOWN:
            told.append(f"……其余 {len(self.lines) - _SHOWN} 项请加 -o 逐级明细.xlsx 写成工作簿。")
        return told

    def chains(self, most: int) -> list[str]:
        """The first lines, each with the cells it stands in from the nearest level down."""
        told = []
        for line in self.lines[:most]:
            told.append(f"{line.upper}　{PLACE_SEPARATOR.join(line.path)}：{line.status}")
            told += [f"　　{source}" for source in line.trail]
        return told


def trace(
    summary: Path,
    out: Path | None = None,
    *,
    task: str | None = None,
    unit: str | None = None,
    lies_at: Path | None = None,
    progress: Progress = no_progress,
) -> TraceResult:
    """Open a summary down to the lowest units: what each said, and the cell it stands in at every level.

    ``task`` (编码) and ``unit`` (any unit of the path) choose some of it; ``out`` is a workbook with links to the
    returns at hand.  They are found from ``lies_at``, where the summary lies when ``summary`` is a copy of it.
    A return that was not rolled up ends at the unit that sent it.  Raises :class:`CannotDo` when the summary cannot be
    read or nothing is chosen.
    """
    collection = summary_book.read(summary)
    below = look_below(lies_at or summary, collection, progress)
    lines = [
        line
        for line in below.tree(collection, collection.entries)
        if (task is None or line.upper == task.strip().upper()) and (unit is None or unit.strip() in line.path)
    ]
    if not lines:
        raise CannotDo(found.NOTHING_TRACED.at(path=summary.name))
    findings = list(below.findings)
    if out is None:
        return TraceResult(tuple(lines), tuple(findings), None, below.files, collection.plan.tasks)
    if out.resolve() in (summary.resolve(), lies_at and lies_at.resolve()):
        raise CannotDo(found.OUT_IS_INPUT.at(path=out.name))
    placed = keeping.put(out, trace_book.render(collection, _traced(lines, collection, below, out)))
    if placed.kept is not None:
        findings.append(found.EDITED_KEPT.at(name=placed.kept.name, new=placed.path.name))
    told = tuple(worst_first(findings))
    return TraceResult(tuple(lines), told, placed.path, below.files, collection.plan.tasks)


def _traced(lines: Sequence[Line], collection: Collection, below: Below, out: Path) -> list[TracedLine]:
    labels = {task.code: task.label for task in collection.plan.tasks}
    targets = {path: relative_target(file, out.parent) for path, file in below.files.items()}
    return [TracedLine(labels.get(line.upper, ""), line, _link(line, targets)) for line in lines]


def _link(line: Line, targets: dict[str, str | None]) -> Link | None:
    """What opens the return at hand where the line stands in it."""
    path, sheet, cell = (*line.trail[0].split(PLACE_SEPARATOR), "", "")[:3] if line.trail else ("", "", "")
    target = targets.get(path)
    return place_link(target, Place(path, sheet, cell)) if target else None
