"""The second pass: each share is judged by the rules, and everything that is shown of it is put in its order."""

from __future__ import annotations

from array import array
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from toolkit.figures import Figures, Light, Tally, TaskFigures, UnitFigures, compute
from toolkit.garbage import uncollected
from toolkit.gathering import with_rules
from toolkit.model import Collection, Entry, Extra, FileRecord, Finding, Plan, Role
from toolkit.rules.beyond import Beyond, Echo, Echoes, Key
from toolkit.runs import Run, RunWriter, Spot, packs, read
from toolkit.settings import Settings
from toolkit.workbooks.summary import problems

packs(UnitFigures, Tally, Echoes, Echo)


@dataclass(frozen=True, slots=True)
class ToJudge:
    """One share, as it is sent to a worker for the second time."""

    number: int
    path: str
    collection: Spot
    places: Mapping[str, int]
    """Of its units in the fixed order of all."""
    files: tuple[int, ...]
    """Places of its files among all."""
    echoes: tuple[str, Spot] | None
    """Where those of its wordings lie, if any stands elsewhere."""


@dataclass(frozen=True, slots=True)
class TaskPart:
    """What a share tells of one task."""

    tally: Tally
    kinds: tuple[Entry, ...]
    """One entry, without its words, of each role, status and state."""
    due_of_leads: date | None
    due: date | None
    first: tuple[tuple[int, Entry], ...]
    """The entries that 总表 may show, with the places of their units."""


@dataclass(frozen=True, slots=True)
class Cells:
    """Of each entry its place, its word, its light and its due date."""

    places: array[int]
    words: tuple[str, ...]
    lights: tuple[Light, ...]
    dues: tuple[date | None, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """Where a share lies in the order of each thing that is shown, and its part in the figures."""

    entries: Run[Entry]
    findings: Run[Finding]
    lines: Run[Finding]
    """Of 问题清单; what concerns no unit stands in ``loose``."""
    loose: Run[Finding]
    files: Run[FileRecord]
    extras: Run[Extra]
    units: Run[UnitFigures]
    tasks: tuple[TaskPart, ...]
    cells: Cells


@dataclass(frozen=True)
class Judging:
    """Judges a share in a worker process."""

    plan: Plan
    settings: Settings
    behind: Mapping[str, str]
    folder: Path
    count: int
    """Units of the round."""
    shown: Mapping[str, int]
    """Task → place of the last unit whose entry 总表 may show."""

    @uncollected()
    def __call__(self, share: ToJudge) -> Judged:
        """The share, judged onto the disk."""
        collection: Collection = replace(read(share.path, share.collection), plan=self.plan)
        echoes: Mapping[Key, Echoes] = read(*share.echoes) if share.echoes else {}
        collection = with_rules(collection, self.settings, beyond=Beyond(self.behind, echoes))
        figures = compute(collection, self.settings)
        tasks = {task.code: place for place, task in enumerate(self.plan.tasks)}
        places = array("Q", (tasks[e.task] * self.count + share.places[e.unit] for e in collection.entries))
        lines = problems.keyed(problems.grouped_lines(collection), share.places)
        with RunWriter(self.folder / f"{share.number}.judged") as writer:

            def run(keyed: list[tuple[Any, Any]]) -> Run[Any]:
                return writer.run(sorted(keyed, key=lambda pair: pair[0]))

            return Judged(
                entries=run(list(zip(places, collection.entries, strict=True))),
                findings=run([((f.severity.rank, share.number, n), f) for n, f in enumerate(collection.findings)]),
                lines=run([(key, line) for key, line in lines if line.unit is not None]),
                loose=run([(key, line) for key, line in lines if line.unit is None]),
                files=run(list(zip(share.files, collection.files, strict=True))),
                extras=run([((share.number, n), extra) for n, extra in enumerate(collection.extras)]),
                units=run([(share.places[unit.unit], unit) for unit in figures.units]),
                tasks=tuple(self._part(task, figures, share.places) for task in figures.tasks),
                cells=_cells(collection, figures, places),
            )

    def _part(self, task: TaskFigures, figures: Figures, places: Mapping[str, int]) -> TaskPart:
        kinds: dict[Any, Entry] = {}
        dues: dict[bool, list[date]] = {True: [], False: []}
        for entry in task.entries:
            lead = entry.role is Role.LEAD
            if (kind := (lead, entry.status, entry.state)) not in kinds:
                kinds[kind] = Entry(entry.task, "", entry.role, entry.state, status=entry.status)
            if (due := figures.dues[entry.task, entry.unit]) is not None:
                dues[lead].append(due)
        last = self.shown.get(task.task.code, self.count)
        first = tuple((place, e) for e in task.entries if (place := places[e.unit]) <= last)
        leads, every = dues[True], dues[True] + dues[False]
        return TaskPart(task.tally, tuple(kinds.values()), min(leads, default=None), min(every, default=None), first)


def _cells(collection: Collection, figures: Figures, places: array[int]) -> Cells:
    keys = [(entry.task, entry.unit) for entry in collection.entries]
    seen: tuple[Mapping[Key, Any], ...] = (figures.words, figures.lights, figures.dues)
    words, lights, dues = (tuple(map(mapping.__getitem__, keys)) for mapping in seen)
    return Cells(places, words, lights, dues)
