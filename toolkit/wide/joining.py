"""The figures of a round from those of its shares."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import overload

from toolkit.figures import (
    SHOWN_WORDS,
    Figures,
    Light,
    RankKey,
    Tally,
    TaskFigures,
    UnitFigures,
    light_of,
    rank_key,
    ranks,
    task_word,
)
from toolkit.grids import Grid
from toolkit.model import Entry, Plan, Role, Round
from toolkit.runs import Run, Runs, Shelf
from toolkit.settings import Settings
from toolkit.wide.judging import Cells, TaskPart


class Joining:
    """Takes the shares one after another."""

    def __init__(self, plan: Plan, units: Sequence[str], settings: Settings) -> None:
        codes = [task.code for task in plan.tasks]
        self._plan = plan
        self._settings = settings
        self._words: Grid[str] = Grid(codes, units)
        self._lights: Grid[Light] = Grid(codes, units)
        self._dues: Grid[date | None] = Grid(codes, units)
        self._tasks = [_Task() for _ in codes]
        self._total = Counted()
        self._keys: dict[int, RankKey] = {}
        self._units: list[Run[UnitFigures]] = []

    def add(self, units: Run[UnitFigures], tasks: Sequence[TaskPart], cells: Cells) -> None:
        """The figures of one share."""
        self._units.append(units)
        for place, unit in units:
            self._keys[place] = rank_key(unit.tally, self._settings.score)
        for task, part in zip(self._tasks, tasks, strict=True):
            task.add(part)
            self._total.add(part.tally)
        self._words.fill(cells.places, cells.words)
        self._lights.fill(cells.places, cells.lights)
        self._dues.fill(cells.places, cells.dues)

    def figures(self, shelf: Shelf, round: Round, as_of: date) -> Figures:
        """The figures of the whole round."""
        weights, soon = self._settings.score, self._settings.due_soon_days
        tallies = [task.counted.tally for task in self._tasks]
        tasks = []
        for known, task, tally, rank in zip(
            self._plan.tasks, self._tasks, tallies, ranks([rank_key(tally, weights) for tally in tallies]), strict=True
        ):
            status = task_word(task.kinds.values())
            light = light_of(status, task.due, as_of, round.due, soon)
            tasks.append(TaskFigures(known, status, light, task.due, task.shown, tally, tally.score(weights), rank))
        order = sorted(self._keys)
        ranked = RankedUnits(Runs(shelf, self._units), ranks([self._keys[place] for place in order]))
        return Figures(ranked, tuple(tasks), self._total.tally, weights, self._dues, self._lights, self._words)


class _Task:
    """One task, so far."""

    def __init__(self) -> None:
        self.counted = Counted()
        self.kinds: dict[tuple[object, ...], Entry] = {}
        self._first: list[tuple[int, Entry]] = []
        self._dues: list[date] = []
        self._dues_of_leads: list[date] = []

    def add(self, part: TaskPart) -> None:
        """What one share tells."""
        self.counted.add(part.tally)
        for entry in part.kinds:
            self.kinds.setdefault((entry.role is Role.LEAD, entry.status, entry.state), entry)
        self._first += part.first
        self._dues = sorted({*self._dues, *filter(None, [part.due])})[:1]
        self._dues_of_leads = sorted({*self._dues_of_leads, *filter(None, [part.due_of_leads])})[:1]

    @property
    def due(self) -> date | None:
        """By when the leads, else anybody, is due first."""
        has_lead = any(entry.role is Role.LEAD for entry in self.kinds.values())
        return next(iter(self._dues_of_leads if has_lead else self._dues), None)

    @property
    def shown(self) -> tuple[Entry, ...]:
        """The entries that 总表 may show, in unit order."""
        return tuple(entry for _, entry in sorted(self._first, key=lambda pair: pair[0]))


class Counted:
    """The sum of tallies."""

    def __init__(self) -> None:
        self.tally = Tally({}, 0, 0, 0, 0, 0, 0, 0, 0)

    def add(self, other: Tally) -> None:
        """One more."""
        mine = self.tally
        counts = {word: mine.counts.get(word, 0) + other.counts.get(word, 0) for word in SHOWN_WORDS}
        self.tally = Tally(
            counts={word: count for word, count in counts.items() if count},
            owed=mine.owed + other.owed,
            reported=mine.reported + other.reported,
            counted=mine.counted + other.counted,
            done=mine.done + other.done,
            overdue=mine.overdue + other.overdue,
            due=mine.due + other.due,
            on_time=mine.on_time + other.on_time,
            good=mine.good + other.good,
        )


class RankedUnits(Sequence[UnitFigures]):
    """The figures of all units on disk, with their ranks."""

    def __init__(self, units: Runs[UnitFigures], ranks: Sequence[int | None]) -> None:
        self._units = units
        self._ranks = ranks

    def __iter__(self) -> Iterator[UnitFigures]:
        for unit, rank in zip(self._units, self._ranks, strict=True):
            yield replace(unit, rank=rank)

    @overload
    def __getitem__(self, place: int) -> UnitFigures: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[UnitFigures]: ...

    def __getitem__(self, place: int | slice) -> UnitFigures | Sequence[UnitFigures]:
        if isinstance(place, slice):
            return [self[number] for number in range(*place.indices(len(self)))]
        return replace(self._units[place], rank=self._ranks[place])

    def __len__(self) -> int:
        return len(self._ranks)
