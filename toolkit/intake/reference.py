"""What returned files are held against: the plan, who owes what, and the names of units.

Built once by the verb and sent to the worker processes, so it is picklable and small.  The room of names
(:mod:`toolkit.roster`) is known here only by the protocol :class:`UnitFinder`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol

from toolkit.intake.columns import Column
from toolkit.intake.layout import TASKS, Layout, layout_of
from toolkit.language.text import essence
from toolkit.model import Duty, Plan, Role
from toolkit.vocabulary import DEFAULT, Vocabulary

_LABEL = 24
"""Characters of a task's text in messages."""
_SHORTEST_NAME = 3
"""Characters a written name must have to be looked for inside other words."""


class FoundUnit(Protocol):
    """What is known about a name that stands in a file."""

    @property
    def name(self) -> str | None:
        """The unit's name in the roster when the text surely means it, else ``None``."""

    @property
    def suggestion(self) -> str | None:
        """The unit the text may mean when ``name`` is ``None``."""

    @property
    def likeness(self) -> float:
        """0–1, how much the text is like the suggestion."""


class UnitFinder(Protocol):
    """Finds a unit by what is written; must be picklable."""

    def find(self, text: str) -> FoundUnit:
        """What the text means."""


@dataclass(frozen=True)
class Asked:
    """One task as the forms show it."""

    code: str
    number: str
    title: str
    requirement: str
    deadline: str | None = None
    """完成时限 as the form shows it, ``None`` when it is not known."""
    hint: str | None = None
    """工作提示 as the form shows it, ``None`` when it is not known."""

    @property
    def label(self) -> str:
        """Number and title, else the first words of the requirement: how messages name the task."""
        text = self.title or self.requirement
        text = text if len(text) <= _LABEL else text[: _LABEL - 1] + "…"
        return f"{self.number} {text}" if self.number else text

    @cached_property
    def locked(self) -> dict[Column, str]:
        """The texts of the locked columns, of those that are known."""
        texts = {
            Column.NUMBER: self.number,
            Column.TITLE: self.title,
            Column.REQUIREMENT: self.requirement,
            Column.DEADLINE: self.deadline,
            Column.HINT: self.hint,
        }
        return {column: text for column, text in texts.items() if text is not None}

    @cached_property
    def texts(self) -> tuple[str, str]:
        """Essence of title and requirement."""
        return essence(self.title), essence(self.requirement)


@dataclass(frozen=True)
class Reference:
    """The plan, the duties and the names, ready to hold a returned table against."""

    plan_id: str
    revision: int
    tasks: Mapping[str, Asked]
    duties: Mapping[str, Mapping[str, Role]]
    """Unit → code of each task it owes → its role."""
    finder: UnitFinder
    written_names: tuple[tuple[str, str], ...] = ()
    """What may stand in a file name or sheet name → the unit, the longest first."""
    year: int | None = None
    """The year in which dates without a year fall."""
    office_texts: frozenset[str] = frozenset()
    """Essences of texts the office itself printed on its forms: chapter headings, hints for filling in."""
    titles: tuple[str, ...] = ()
    """Essences of the plan's title, by which a form's title line is known."""
    vocabulary: Vocabulary = field(default=DEFAULT)
    layout: Layout = TASKS
    """The columns of the forms."""

    @cached_property
    def by_text(self) -> dict[str, tuple[str, ...]]:
        """Essence of a requirement → the codes of the tasks that say this."""
        index: dict[str, list[str]] = {}
        for code, task in self.tasks.items():
            index.setdefault(task.texts[1], []).append(code)
        return {text: tuple(codes) for text, codes in index.items()}

    def names_in(self, bare: str) -> list[tuple[str, str]]:
        """The written names that stand in an essence, as essences with their units, the longest name first."""
        places, lengths = self._written_essences
        pieces = {bare[start : start + length] for length in lengths for start in range(len(bare) - length + 1)}
        return [(key, unit) for _, key, unit in sorted(places[key] for key in pieces & places.keys())]

    @cached_property
    def _written_essences(self) -> tuple[dict[str, tuple[int, str, str]], tuple[int, ...]]:
        """Essence of a written name → its place among them, itself and its unit; and how long the essences are."""
        places: dict[str, tuple[int, str, str]] = {}
        for place, (written, unit) in enumerate(self.written_names):
            if len(key := essence(written)) >= _SHORTEST_NAME:
                places.setdefault(key, (place, key, unit))
        return places, tuple(sorted(set(map(len, places))))

    def printed(self, code: str, role: Role | None) -> Mapping[Column, str]:
        """What the form of a unit in this role shows in the locked columns of a task, of those that are known."""
        if (code, role) not in self._printed:
            told = {Column.ROLE: role.label} if role is not None else {}
            self._printed[code, role] = self.tasks[code].locked | told
        return self._printed[code, role]

    def locked_by(self, columns: tuple[Column, ...]) -> LockedTexts:
        """The same for a table with these columns, column by column."""
        return self._locked_by.setdefault(columns, LockedTexts(self, columns))

    @cached_property
    def _locked_by(self) -> dict[tuple[Column, ...], LockedTexts]:
        return {}

    @cached_property
    def _printed(self) -> dict[tuple[str, Role | None], Mapping[Column, str]]:
        return {}

    def owes(self, unit: str | None) -> Mapping[str, Role]:
        """The tasks a unit owes; nothing for a unit that is not known."""
        return self.duties.get(unit, {}) if unit else {}


class LockedTexts(dict[tuple[str, Role | None], list[str | None]]):
    """Code of a task and the role of a unit → what its form shows in some columns, ``None`` where it is not known."""

    def __init__(self, reference: Reference, columns: tuple[Column, ...]) -> None:
        super().__init__()
        self._reference = reference
        self._columns = columns

    def __missing__(self, key: tuple[str, Role | None]) -> list[str | None]:
        printed = self._reference.printed(*key)
        texts = self[key] = [printed.get(column) for column in self._columns]
        return texts


def build(
    plan: Plan,
    tasks: Iterable[Asked],
    duties: Iterable[Duty],
    finder: UnitFinder,
    written_names: Iterable[tuple[str, str]] = (),
    *,
    year: int | None = None,
    office_texts: Iterable[str] = (),
    vocabulary: Vocabulary = DEFAULT,
) -> Reference:
    """The reference of a coded plan, its tasks as the forms show them, its expansion and the names of units.

    ``written_names`` pairs every way to write a unit with its name; ``office_texts`` are texts printed on every
    form besides the tasks.
    """
    headings = {heading for task in plan.tasks for heading in task.headings}
    printed = plan.survey.printed if plan.survey else ()
    return Reference(
        plan_id=plan.plan_id,
        revision=plan.revision,
        tasks={task.code: task for task in tasks},
        duties=_owed(duties),
        finder=finder,
        written_names=tuple(sorted(written_names, key=lambda pair: (-len(pair[0]), pair))),
        year=year,
        office_texts=frozenset(map(essence, (*headings, *office_texts, *printed, plan.title))) - {""},
        titles=(essence(plan.title),),
        vocabulary=vocabulary,
        layout=layout_of(plan.survey),
    )


def _owed(duties: Iterable[Duty]) -> dict[str, Mapping[str, Role]]:
    """What each unit owes; units that owe the same share one mapping, which keeps the reference small."""
    steps: dict[tuple[int, str, Role], int] = {}
    came_from: list[tuple[int, str, Role] | None] = [None]
    state: dict[str, int] = {}
    for duty in duties:
        step = state.get(duty.unit, 0), duty.task, duty.role
        if (after := steps.get(step)) is None:
            after = steps[step] = len(came_from)
            came_from.append(step)
        state[duty.unit] = after
    whole: dict[int, Mapping[str, Role]] = {}
    for last in state.values():
        if last not in whole:
            path = []
            step_back = came_from[last]
            while step_back is not None:
                path.append(step_back[1:])
                step_back = came_from[step_back[0]]
            whole[last] = dict(reversed(path))
    return {unit: whole[last] for unit, last in state.items()}
