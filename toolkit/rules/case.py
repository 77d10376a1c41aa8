"""What a rule sees: an entry with everything around it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import ClassVar

from toolkit.findings import Kind
from toolkit.findings import intake as intake_found
from toolkit.language.text import essence
from toolkit.model import Change, Collection, Entry, Finding, Judgement, State, Task
from toolkit.rules.beyond import Beyond
from toolkit.settings import Settings
from toolkit.survey import Filled
from toolkit.vocabulary import is_done, is_unchanged


@dataclass(frozen=True)
class Reported:
    """One reported entry and its task."""

    entry: Entry
    task: Task
    settings: Settings

    @cached_property
    def done(self) -> bool:
        """Whether the unit says the task is done."""
        return is_done(self.entry.status)

    @property
    def unchanged(self) -> bool:
        """Whether the unit chose 本期无变化: what it told last time still stands for words and evidence."""
        return is_unchanged(self.entry.status_text) or is_unchanged(self.entry.progress)

    @cached_property
    def essence(self) -> str:
        """The progress text without blanks and punctuation."""
        return essence(self.entry.progress)

    @cached_property
    def own_words(self) -> str:
        """The same without the unit's own name; empty when too short to judge whether it was copied."""
        unit, progress = self.entry.unit, self.entry.progress
        words = essence(progress.replace(unit, "")) if unit in progress else self.essence
        return words if len(words) >= self.settings.copy_length else ""

    def found(self, kind: Kind, field_name: str = "status", /, **words: str | int | date | None) -> Finding:
        """A finding at the cell the field was read from (else at the status, else at the first known cell)."""
        place = self.entry.source(field_name) or self.entry.place
        return kind.at(
            unit=self.entry.unit,
            task=self.entry.task,
            path=place.path if place else None,
            sheet=place.sheet if place else None,
            cell=place.cell if place else None,
            severity=None,
            **words,
        )

    def found_in(self, cell: Filled, kind: Kind, /, **words: str | int | date | None) -> Finding:
        """A finding at the cell of a survey's field."""
        return kind.at(
            unit=self.entry.unit,
            task=self.entry.task,
            path=cell.path or None,
            sheet=cell.sheet or None,
            cell=cell.cell or None,
            severity=None,
            **words,
        )


@dataclass(frozen=True)
class Case(Reported):
    """One reported entry in its round."""

    due: date | None
    """The unit's own deadline, else the earliest of the task."""
    around: Circumstances
    judged: Judgement | None = None
    """What was said of it when it was read."""


@dataclass(frozen=True)
class Circumstances:
    """One round's collection as a rule sees it that looks at one entry."""

    collection: Collection
    settings: Settings
    previous: Mapping[tuple[str, str], Entry] = field(default_factory=dict)
    """(task, unit) → the entry of the round before."""
    beyond: Beyond | None = None
    """Of a part of a round, what the whole of it tells."""

    @cached_property
    def tasks(self) -> dict[str, Task]:
        """Tasks by code."""
        return {task.code: task for task in self.collection.plan.tasks}

    @cached_property
    def changes(self) -> dict[tuple[str, str], Change]:
        """How each entry changed, by task and unit; empty where earlier rounds are not known."""
        return {(change.task, change.unit): change for change in self.collection.changes}

    @cached_property
    def broken(self) -> frozenset[tuple[str | None, str | None, str | None]]:
        """The cells that hold the error of a formula, which intake has told."""
        findings = (finding for finding in self.collection.findings if finding.code == intake_found.ERROR_CELL.code)
        return frozenset((finding.path, finding.sheet, finding.cell) for finding in findings)


@dataclass(frozen=True)
class Campaign(Circumstances):
    """The same with its entries as cases, as a rule sees it that looks at them side by side.

    A case knows the circumstances, never the campaign: two that hold each other stay in memory until Python searches
    for such rings, and a worker would pile up one share of a round on the other.
    """

    @cached_property
    def cases(self) -> tuple[Case, ...]:
        """Every entry that was reported in this round, with its task."""
        around = Circumstances(self.collection, self.settings, self.previous, self.beyond)
        dues = {(duty.task, duty.unit): duty.due for duty in self.collection.duties}
        earliest = {code: _earliest(task) for code, task in self.tasks.items()}
        judged = self.collection.judged
        return tuple(
            Case(entry, self.tasks[code], self.settings, dues.get(key) or earliest[code], around, judged.get(key))
            for entry in self.collection.entries
            if entry.state is State.REPORTED and not entry.carried and (code := entry.task) in self.tasks
            for key in ((code, entry.unit),)
        )


def _earliest(task: Task) -> date | None:
    return min((deadline.date for deadline in task.deadlines if not deadline.scope), default=None)


class Rule:
    """A rule: the kinds of finding it can make, one line for the manual, and where it looks.

    A subclass overrides :meth:`of_entry` to look at one entry in its round, or :meth:`of_campaign` to look at
    entries side by side; one that needs no more than the answer itself is an :class:`AnswerRule`.
    """

    kinds: ClassVar[tuple[Kind, ...]]
    doc: ClassVar[str]

    def of_entry(self, case: Case) -> Iterator[Finding]:
        """Findings in one entry."""
        yield from ()

    def of_campaign(self, campaign: Campaign) -> Iterator[Finding]:
        """Findings across entries."""
        for case in campaign.cases:
            yield from self.of_entry(case)


class AnswerRule(Rule):
    """A rule that looks at an answer and its task alone: it says the same on any day and beside any other answers.

    So it may be applied where a form is read, and what it said may be kept.
    """

    def of_entry(self, case: Reported) -> Iterator[Finding]:
        """Findings in one answer."""
        yield from ()
