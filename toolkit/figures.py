"""The figures of a round: counts, rates, scores and ranks of units and tasks.

Summary, bulletins and board show the same figures; they are all computed here, from the entries
alone.  How each is computed:

- *owed* (应报): every task × unit of the expanded plan.
- *counted* (计入): owed without 不涉及, which the office confirms.
- *completion* (完成率): done ÷ counted; done are 已完成 and 已完成并持续推进.
- *on time* (按时率): of the counted entries whose deadline is over (on the day of the summary), those that
  are done and were not finished after it.  A done entry without a finished date counts as on time: its
  missing date is a finding of its own, not a late one.
- *quality* (质量率): of the counted entries, those that were reported, are not 需优化完善, and carry no error
  or warning of their own.
- *score* (得分, 0–100): on time and quality, weighted by the settings (``score.on_time``, ``score.quality``);
  where no deadline is over yet, quality alone.
- *rank* (名次): by score, then completion; equal figures share a rank (1, 2, 2, 4).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cache
from typing import NamedTuple

from toolkit import vocabulary as words
from toolkit.model import Collection, Entry, Role, Severity, State, Task, UnitReport, UnitState, Verdict
from toolkit.settings import DEFAULT, Score, Settings

_NUMBERED = re.compile(r"^\s*(?:[（(][0-9一二三四五六七八九十]+[）)]|[0-9一二三四五六七八九十]+[.．、])\s*")

UNCLEAR = "待核实"
"""Shown for an entry that came back with a status nobody could read."""
_NOT_GOOD = (words.UNREPORTED, UNCLEAR, words.TO_IMPROVE)
"""Words under which no entry is of quality."""

SHOWN_WORDS = (
    words.DONE,
    words.DONE_AND_ONGOING,
    words.ONGOING,
    words.TO_IMPROVE,
    words.POSTPONED,
    words.NOT_STARTED,
    UNCLEAR,
    words.UNREPORTED,
    words.NOT_CONCERNED,
)
"""Every word an entry may stand under, most advanced first: the order of counts, charts and legends."""

SYMBOLS: Mapping[str, str] = {
    words.DONE: "√",
    words.DONE_AND_ONGOING: "◎",
    words.ONGOING: "○",
    words.TO_IMPROVE: "△",
    words.POSTPONED: "◇",
    words.NOT_STARTED: "□",
    UNCLEAR: "？",
    words.UNREPORTED: "×",
    words.NOT_CONCERNED: "—",
}
"""One character a word, told apart without colour."""


class Light(StrEnum):
    """红黄绿 of an entry or a task; the symbol and the word carry it in black-and-white print too."""

    DONE = "√ 完成"
    NORMAL = "○ 正常"
    WARNING = "▲ 预警"
    OVERDUE = "× 逾期"
    EXEMPT = "— 不涉及"


@dataclass(frozen=True, slots=True)
class Tally:
    """The figures of one unit, one task or everything."""

    counts: Mapping[str, int]
    """Word → number of entries, in the order of :data:`SHOWN_WORDS`, without zeros."""
    owed: int
    reported: int
    counted: int
    done: int
    overdue: int
    due: int
    """Counted entries whose deadline is over."""
    on_time: int
    """Of ``due``, those that were done in time."""
    good: int
    """Counted entries that are of quality."""
    verdicts: Mapping[Verdict, int] = field(default_factory=dict)
    """The office's decisions on the owed entries (审核)."""

    @property
    def completion(self) -> float | None:
        """完成率 between 0 and 1, ``None`` when nothing is counted."""
        return self.done / self.counted if self.counted else None

    @property
    def punctuality(self) -> float | None:
        """按时率 between 0 and 1, ``None`` when no deadline is over."""
        return self.on_time / self.due if self.due else None

    @property
    def quality(self) -> float | None:
        """质量率 between 0 and 1, ``None`` when nothing is counted."""
        return self.good / self.counted if self.counted else None

    def score(self, weights: Score) -> float | None:
        """得分 between 0 and 100, ``None`` when nothing is counted."""
        parts = [(self.punctuality, weights.on_time), (self.quality, weights.quality)]
        known = [(rate, weight) for rate, weight in parts if rate is not None]
        whole = sum(weight for _, weight in known)
        return round(100 * sum(rate * weight for rate, weight in known) / whole, 1) if whole else None

    def said(self) -> str:
        """The counts as a summary prints them: ``已完成 12/推进中 3/未报 2``."""
        return "/".join(f"{word} {count}" for word, count in self.counts.items())


@dataclass(frozen=True, slots=True)
class UnitFigures:
    """A line of 单位统计."""

    unit: str
    report: UnitReport
    tally: Tally
    score: float | None
    rank: int | None


@dataclass(frozen=True, slots=True)
class TaskFigures:
    """A line of 任务统计."""

    task: Task
    status: str
    light: Light
    due: date | None
    entries: tuple[Entry, ...]
    tally: Tally
    score: float | None
    rank: int | None


@dataclass(frozen=True, slots=True)
class Figures:
    """All figures of a collection."""

    units: Sequence[UnitFigures]
    """In the fixed unit order."""
    tasks: tuple[TaskFigures, ...]
    """In plan order."""
    total: Tally
    weights: Score
    dues: Mapping[tuple[str, str], date | None]
    """(task, unit) → by when."""
    lights: Mapping[tuple[str, str], Light]
    words: Mapping[tuple[str, str], str]
    """(task, unit) → the word the entry stands under."""

    def ranked_units(self) -> list[UnitFigures]:
        """Units by rank, those without one last, equal ones in the fixed order."""
        return sorted(self.units, key=lambda figures: figures.rank or len(self.units) + 1)


def word_of(entry: Entry) -> str:
    """The word an entry stands under: its status, 未报, or 待核实 when its status was not understood."""
    if entry.state is not State.REPORTED:
        return words.UNREPORTED
    return entry.status or UNCLEAR


def short_name(task: Task, limit: int) -> str:
    """What a narrow heading calls a task: its title or the first words of its requirement, without numbers."""
    text = _NUMBERED.sub("", task.title or task.requirement)
    return text if len(text) <= limit else text[: limit - 1] + "…"


def dues_of(collection: Collection) -> dict[tuple[str, str], date | None]:
    """By when each task × unit is due: as frozen at issue, else the task's last deadline for all, else none."""
    last = {
        task.code: max((deadline.date for deadline in task.deadlines if not deadline.scope), default=None)
        for task in collection.plan.tasks
    }
    dues = {(entry.task, entry.unit): last.get(entry.task) for entry in collection.entries}
    dues.update({(duty.task, duty.unit): duty.due for duty in collection.duties if duty.due is not None})
    return dues


def light_of(
    word: str, due: date | None, as_of: date, round_due: date | None, soon: int = DEFAULT.due_soon_days
) -> Light:
    """红黄绿 of a status word: red when its time is over, yellow when it is near or the word is a worry.

    ``soon`` is the number of days before a deadline from which an open task is a warning.
    """
    if words.is_done(word):
        return Light.DONE
    if word == words.NOT_CONCERNED:
        return Light.EXEMPT
    if due is not None and due < as_of:
        return Light.OVERDUE
    if word == words.UNREPORTED and round_due is not None and round_due < as_of:
        return Light.OVERDUE
    if word != words.ONGOING or (due is not None and (due - as_of).days <= soon):
        return Light.WARNING
    return Light.NORMAL


def task_word(entries: Iterable[Entry]) -> str:
    """A task's own 完成情况 by the rule of the contract."""
    entries = list(entries)
    leads = [entry for entry in entries if entry.role is Role.LEAD]
    status = words.task_status((e.status for e in leads), (e.status for e in entries))
    decisive = leads or entries
    if status == words.UNREPORTED and all(word_of(entry) != words.UNREPORTED for entry in decisive) and decisive:
        return UNCLEAR
    return status


def compute(collection: Collection, settings: Settings = DEFAULT, *, accepted_only: bool = False) -> Figures:
    """The figures of a collection.

    With ``accepted_only`` an entry counts as done, in time and of quality only when the office accepted or closed
    it (已核, 销号); what the unit says is shown all the same.
    """
    day, closed, soon, weights = collection.as_of, collection.round.due, settings.due_soon_days, settings.score
    dues = dues_of(collection)
    lights: dict[tuple[str, str], Light] = {}
    said: dict[tuple[str, str], str] = {}
    judging = _Judging(collection, accepted_only)
    by_unit: dict[str, list[_Judged]] = {report.unit: [] for report in collection.units}
    by_task: dict[str, list[_Judged]] = {task.code: [] for task in collection.plan.tasks}
    lighting = cache(light_of)
    for entry in collection.entries:
        key = entry.task, entry.unit
        said[key] = word_of(entry)
        lights[key] = lighting(said[key], dues[key], day, closed, soon)
        judged = judging.judge(entry, dues[key], lights[key])
        by_unit.setdefault(entry.unit, []).append(judged)
        by_task.setdefault(entry.task, []).append(judged)

    reports = {report.unit: report for report in collection.units}
    unit_tallies = {unit: _tally(judged) for unit, judged in by_unit.items()}
    units = tuple(
        UnitFigures(unit, reports.get(unit) or _report_of(unit, counted), counted, counted.score(weights), rank)
        for (unit, counted), rank in zip(unit_tallies.items(), _ranks(unit_tallies, weights), strict=True)
    )

    known = {task.code: task for task in collection.plan.tasks}
    task_tallies = {code: _tally(judged) for code, judged in by_task.items()}
    tasks: list[TaskFigures] = []
    for (code, counted), rank in zip(task_tallies.items(), _ranks(task_tallies, weights), strict=True):
        entries = [judged.entry for judged in by_task[code]]
        status, due = task_word(entries), _task_due(entries, dues)
        light = light_of(status, due, day, closed, soon)
        task = known.get(code) or Task(seq=len(tasks) + 1, requirement="", code=code)
        tasks.append(TaskFigures(task, status, light, due, tuple(entries), counted, counted.score(weights), rank))
    total = _tally([judged for same in by_task.values() for judged in same])
    return Figures(units, tuple(tasks), total, weights, dues, lights, said)


class _Judged(NamedTuple):
    """What one entry adds to the figures."""

    entry: Entry
    word: str
    verdict: Verdict | None
    counted: bool
    done: bool
    overdue: bool
    due: bool
    on_time: bool
    good: bool


class _Judging:
    """Judges entries one by one; what they come to is only added up afterwards."""

    def __init__(self, collection: Collection, accepted_only: bool) -> None:
        self._day = collection.as_of
        self._accepted_only = accepted_only
        self._verdicts = {(decision.task, decision.unit): decision.verdict for decision in collection.decisions}
        findings = (finding for finding in collection.findings if finding.severity is not Severity.NOTE)
        self._doubted = {(finding.task, finding.unit) for finding in findings}

    def judge(self, entry: Entry, due: date | None, light: Light) -> _Judged:
        """What an entry adds, by when it was due and its light."""
        key, word = (entry.task, entry.unit), word_of(entry)
        verdict = self._verdicts.get(key)
        counted = word != words.NOT_CONCERNED
        stands = counted and (not self._accepted_only or verdict in (Verdict.ACCEPTED, Verdict.CLOSED))
        over = counted and due is not None and due < self._day
        return _Judged(
            entry=entry,
            word=word,
            verdict=verdict,
            counted=counted,
            done=stands and words.is_done(entry.status),
            overdue=counted and light is Light.OVERDUE,
            due=over,
            on_time=over and stands and _in_time(entry, due),
            good=stands and word not in _NOT_GOOD and key not in self._doubted,
        )


def _tally(judged: Sequence[_Judged]) -> Tally:
    found = Counter([one.word for one in judged])
    return Tally(
        counts={word: found[word] for word in SHOWN_WORDS if found[word]},
        owed=len(judged),
        reported=len(judged) - found[words.UNREPORTED],
        counted=sum([one.counted for one in judged]),
        done=sum([one.done for one in judged]),
        overdue=sum([one.overdue for one in judged]),
        due=sum([one.due for one in judged]),
        on_time=sum([one.on_time for one in judged]),
        good=sum([one.good for one in judged]),
        verdicts=Counter([one.verdict for one in judged if one.verdict is not None]),
    )


def _in_time(entry: Entry, due: date | None) -> bool:
    return words.is_done(entry.status) and (entry.done_on is None or due is None or entry.done_on <= due)


def _task_due(entries: list[Entry], dues: Mapping[tuple[str, str], date | None]) -> date | None:
    leads = [entry for entry in entries if entry.role is Role.LEAD]
    known = [due for entry in leads or entries if (due := dues[entry.task, entry.unit]) is not None]
    return min(known, default=None)


def _ranks(tallies: Mapping[str, Tally], weights: Score) -> list[int | None]:
    return ranks([rank_key(tally, weights) for tally in tallies.values()])


RankKey = tuple[float, float] | None
"""Score and completion; ``None`` for what has no score."""


def rank_key(tally: Tally, weights: Score) -> RankKey:
    """By what a unit or a task is ranked."""
    score = tally.score(weights)
    return None if score is None else (score, tally.completion or 0.0)


def ranks(keys: Sequence[RankKey]) -> list[int | None]:
    """The rank that each key gives."""
    ordered = sorted((key for key in keys if key is not None), reverse=True)
    place: dict[tuple[float, float], int] = {}
    for position, key in enumerate(ordered, 1):
        place.setdefault(key, position)
    return [None if key is None else place[key] for key in keys]


def _report_of(unit: str, tally: Tally) -> UnitReport:
    if not tally.reported:
        return UnitReport(unit, UnitState.MISSING)
    return UnitReport(unit, UnitState.COMPLETE if tally.reported == tally.owed else UnitState.PARTIAL)
