"""A wide round from its spool to its collection and figures, share by share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from operator import itemgetter
from typing import Any, TypeVar, overload

from toolkit.containers import pool
from toolkit.figures import Figures, UnitFigures
from toolkit.findings import with_severity, worst_first
from toolkit.findings.grouping import grouped
from toolkit.gathering import Ground, frame_of
from toolkit.intake.whose import unit_of_file
from toolkit.model import Collection, Finding, Progress, Round, UnitReport, no_progress
from toolkit.roster.duties import Duties
from toolkit.runs import Run, Runs, RunWriter, Shelf, Spot
from toolkit.wide.collecting import NOBODY, Collected, Collecting, ToCollect
from toolkit.wide.comparing import Comparing, EverybodyBehind, Likes, Naming
from toolkit.wide.joining import Joining
from toolkit.wide.judging import Judging, ToJudge
from toolkit.wide.shares import Share, shares_of
from toolkit.wide.spool import Spool
from toolkit.workbooks.summary import problems

Item = TypeVar("Item")
Value = TypeVar("Value")

_SECONDS = 900.0
"""Time a worker may take for one share or portion."""
_PORTION = 20_000
"""Entries whose wordings make up a portion; each stands in up to eight."""
_SHOWN = 60
"""Entries of a task that 总表 may show: more than fit into the highest row."""


@dataclass(frozen=True)
class WideRound:
    """Everything a wide round brought back; its long parts lie on disk."""

    collection: Collection
    figures: Figures
    lines: Sequence[Finding]
    """Of 问题清单."""
    findings: Runs[Finding]
    """Those of the collection."""

    def told(self, more: Sequence[Finding]) -> Collection:
        """The collection with findings that came later."""
        return replace(self.collection, findings=self.findings.joined(_ranked(more, _LAST)))


def put_together(
    ground: Ground,
    spool: Spool,
    paths: Sequence[str],
    shelf: Shelf,
    round: Round,
    as_of: date,
    findings: Sequence[Finding] = (),
    *,
    most: int | None = None,
    jobs: int | None = None,
    progress: Progress = no_progress,
) -> WideRound:
    """The round of a spool; ``paths`` are those of its files, ``most`` is about how many units make up a share.

    Does what :func:`toolkit.gathering.put_together` and :func:`toolkit.gathering.with_rules` do for a small one.
    """
    return _Gathering(ground, spool, paths, shelf, round, as_of, jobs, progress).run(findings, most)


class _Gathering:
    def __init__(
        self,
        ground: Ground,
        spool: Spool,
        paths: Sequence[str],
        shelf: Shelf,
        round: Round,
        as_of: date,
        jobs: int | None,
        progress: Progress,
    ) -> None:
        self._ground = ground
        self._spool = spool
        self._shelf = shelf
        self._round = round
        self._as_of = as_of
        self._jobs = jobs
        self._progress = progress
        self._named = [self._named_by(place, path) for place, path in enumerate(paths)]
        known = dict.fromkeys(ground.expansion.units)
        others = {unit for names in self._named for unit in names if unit not in known}
        place = {unit.name: unit.order for unit in ground.roster.units}
        known.update(dict.fromkeys(sorted(others, key=lambda unit: (place.get(unit, len(place) + 1), unit))))
        self._order = {unit: place for place, unit in enumerate(known)}

    def _named_by(self, place: int, path: str) -> tuple[str, ...]:
        """The units that a file names, by its forms, else by its own name."""
        names = self._spool.units[place]
        if place in self._spool.by_name and (told := unit_of_file(path, self._ground.reference)) is not None:
            names = (*names, told[0])
        return names

    def run(self, findings: Sequence[Finding], most: int | None) -> WideRound:
        """Collect, compare, judge, join."""
        shares = shares_of(self._named, self._order, *([most] if most else []))
        behind = EverybodyBehind()
        collected = []
        for done in self._collected(shares):
            behind.add(done.behind)
            collected.append(replace(done, behind={}))
        echoes = self._compared(shares, collected)
        return self._judged(shares, collected, behind.said(), echoes, findings)

    def _collected(self, shares: Sequence[Share]) -> Iterator[Collected]:
        """Where the collection of each share lies."""
        duties = Duties(self._ground.expansion.duties)
        parts = duties.parts({unit: n for n, share in enumerate(shares) for unit in share.units}, len(shares))
        frame = frame_of(self._ground, self._round, self._as_of)
        function = Collecting(
            frame=replace(frame, roster=NOBODY, duties=(), units=(), findings=()),
            settings=self._ground.settings,
            spool=self._spool.path,
            folder=self._shelf.folder,
            count=len(self._order),
            portions=max(1, len(duties) // _PORTION),
        )
        items = [
            ToCollect(
                number,
                share.units,
                tuple(self._order[unit] for unit in share.units),
                part,
                tuple(self._spool.spots[place] for place in share.files),
            )
            for number, (share, part) in enumerate(zip(shares, parts, strict=True))
        ]
        return self._run(function, items, "核对填报")

    def _compared(self, shares: Sequence[Share], collected: Sequence[Collected]) -> dict[int, tuple[str, Spot]]:
        """For each share where it lies which of its wordings stand elsewhere too."""
        share_of = {unit: number for number, share in enumerate(shares) for unit in share.units}
        likes = Likes(self._shelf, [share_of[unit] for unit in self._order])
        portions = list(zip(*(share.texts for share in collected), strict=True))
        for pairs in self._run(Comparing(self._ground.settings.copy_likeness), portions, "比对雷同"):
            likes.add(pairs)
        tasks = self._ground.reading.plan.tasks
        naming = Naming([task.code for task in tasks], list(self._order), {task.code: task.label for task in tasks})
        path = self._shelf.place()
        with RunWriter(path) as writer:
            return {share: (str(path), writer.value(naming.echoes(near))) for share, near in likes.by_share()}

    def _judged(
        self,
        shares: Sequence[Share],
        collected: Sequence[Collected],
        behind: Mapping[str, str],
        echoes: Mapping[int, tuple[str, Spot]],
        findings: Sequence[Finding],
    ) -> WideRound:
        """All shares judged and joined; ``findings`` concern the round as a whole."""
        plan, settings = self._ground.reading.plan, self._ground.settings
        function = Judging(plan, settings, behind, self._shelf.folder, len(self._order), self._last_shown())
        items = [
            ToJudge(
                number,
                done.path,
                done.collection,
                {unit: self._order[unit] for unit in share.units},
                share.files,
                echoes.get(number),
            )
            for number, (share, done) in enumerate(zip(shares, collected, strict=True))
        ]
        joining = Joining(plan, list(self._order), settings)
        runs: dict[str, list[Run[Any]]] = {name: [] for name in _RUNS}
        for judged in self._run(function, items, "套用规则"):
            joining.add(judged.units, judged.tasks, judged.cells)
            for name, kept in runs.items():
                kept.append(getattr(judged, name))
        figures = joining.figures(self._shelf, self._round, self._as_of)
        return self._whole(figures, runs, findings)

    def _last_shown(self) -> dict[str, int]:
        """Task → place of the last unit whose entry 总表 may show."""
        counts: Counter[str] = Counter()
        last: dict[str, int] = {}
        for duty in self._ground.expansion.duties:
            counts[duty.task] += 1
            if counts[duty.task] == _SHOWN:
                last[duty.task] = self._order[duty.unit]
        return last

    def _whole(self, figures: Figures, runs: Mapping[str, list[Run[Any]]], findings: Sequence[Finding]) -> WideRound:
        """Everything in its order, with what concerns the round as a whole."""
        given = self._ground.settings.severities
        own = [with_severity(f, given.get(f.code, f.severity)) for f in (*self._ground.findings, *findings)]
        told = Runs(self._shelf, runs["findings"]).joined(_ranked(own, _FIRST))
        collection = Collection(
            plan=self._ground.reading.plan,
            roster=self._ground.roster,
            round=self._round,
            as_of=self._as_of,
            files=Runs(self._shelf, runs["files"]),
            entries=Runs(self._shelf, runs["entries"]),
            extras=Runs(self._shelf, runs["extras"]),
            units=Reports(figures.units),
            findings=told,
        )
        # Lines that concern no unit stand together, as far up as the worst of them.
        loose = [finding for run in runs["loose"] for _, finding in run]
        keyed = sorted(problems.keyed([*loose, *grouped(own)], {}), key=itemgetter(0))
        return WideRound(collection, figures, Runs(self._shelf, runs["lines"]).joined(keyed), told)

    def _run(self, function: Callable[[Item], Value], items: Sequence[Item], label: str) -> Iterator[Value]:
        """What worker processes make of shares or portions; raises when one cannot be done."""
        outcomes = pool.run(
            function, items, jobs=self._jobs, progress=self._progress, label=lambda _: label, seconds=_SECONDS
        )
        for outcome in outcomes:
            if outcome.value is None:
                raise RuntimeError(outcome.finding.message if outcome.finding else label)
            yield outcome.value


_FIRST, _LAST = -1, 1 << 32
"""In place of the number of a share: before all shares, and after them."""


def _ranked(findings: Sequence[Finding], share: int) -> Iterator[tuple[tuple[int, int, int], Finding]]:
    """Findings with the keys that put them among those of the shares."""
    for number, finding in enumerate(worst_first(list(findings))):
        yield (finding.severity.rank, share, number), finding


_RUNS = ("entries", "findings", "lines", "loose", "files", "extras")


class Reports(Sequence[UnitReport]):
    """The reports of the units of figures."""

    def __init__(self, units: Sequence[UnitFigures]) -> None:
        self._units = units

    def __iter__(self) -> Iterator[UnitReport]:
        return (unit.report for unit in self._units)

    @overload
    def __getitem__(self, place: int) -> UnitReport: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[UnitReport]: ...

    def __getitem__(self, place: int | slice) -> UnitReport | Sequence[UnitReport]:
        if isinstance(place, slice):
            return [unit.report for unit in self._units[place]]
        return self._units[place].report

    def __len__(self) -> int:
        return len(self._units)
