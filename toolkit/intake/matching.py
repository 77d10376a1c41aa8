"""Which task of the plan each row of a returned table means: by code, else by its text, else by likeness.

Codes identify, numbers do not (a notice may repeat them), so a number counts only when neither code nor text
is left and every number of the unit's tasks is different.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

from toolkit.identity import find_code, read_code
from toolkit.intake.agreement import number_key
from toolkit.intake.columns import Column
from toolkit.intake.reading import Match
from toolkit.intake.recognise import Table
from toolkit.intake.reference import Asked, Reference
from toolkit.language.text import essence
from toolkit.model import Role

_LIKE = 80.0
"""Least likeness (0–100) at which a text is taken for a task's."""
_LEAD = 8.0
"""By how much the likest task must beat the next one."""
_TELLING = 6
"""Characters from which a requirement is telling enough to overrule a code."""


TELLING = (Column.CODE, Column.NUMBER, Column.TITLE, Column.REQUIREMENT)
"""The columns that tell a task."""


class RowTexts(NamedTuple):
    """What the locked columns of one row say, merged ranges resolved; absent columns are ``None``."""

    code: str | None
    number: str | None
    title: str | None
    requirement: str | None

    @property
    def is_bare(self) -> bool:
        """Whether nothing tells a task: at most a running number stands there."""
        return not (self.code or self.title or self.requirement)


@dataclass(frozen=True, slots=True)
class Matched:
    """The task a row means and how that is known."""

    code: str
    match: Match
    likeness: float = 100.0
    conflicting: str = ""
    """The code that stands in the row when its text is another task's."""


@lru_cache(maxsize=16384)
def by_code(code: str) -> Matched:
    """The task that a row names by its code."""
    return Matched(code, Match.CODE)


@dataclass(frozen=True, slots=True)
class Unmatched:
    """A row that means no task of the plan."""

    code: str = ""
    """The well-formed code that stands in it, if any."""


def row_texts(table: Table, row: int) -> RowTexts:
    """The locked texts of a row."""
    there = [column for column in TELLING if column in table.columns]
    texts = table.grid.texts_below(row, [table.columns[column] for column in there])
    return RowTexts(*map(dict(zip(there, texts, strict=True)).get, TELLING))


def match_rows(
    rows: Sequence[RowTexts], reference: Reference, owed: Mapping[str, Role], taken: Collection[str] = ()
) -> list[Matched | Unmatched]:
    """The task of each row of one unit, in the order given.

    Sure matches come first, so that likeness is offered only the tasks that are left; ``owed`` are the unit's
    tasks, which are preferred to those of others, ``taken`` those of rows that are matched already.
    """
    matcher = _Matcher(reference, owed, taken)
    results: list[Matched | Unmatched | None] = [None] * len(rows)
    for attempt in (matcher.by_code, matcher.by_text, matcher.by_likeness, matcher.by_number):
        for index, texts in enumerate(rows):
            if results[index] is None and (matched := attempt(texts)) is not None:
                results[index] = matched
                matcher.taken.add(matched.code)
    return [result or Unmatched(_code(texts) or "") for result, texts in zip(results, rows, strict=True)]


def _code(texts: RowTexts) -> str | None:
    return code_in(texts.code) if texts.code else None


@lru_cache(maxsize=16384)
def code_in(text: str) -> str | None:
    """The task code that a cell holds or contains, or ``None``."""
    return read_code(text) or find_code(text)


class _Matcher:
    def __init__(self, reference: Reference, owed: Mapping[str, Role], taken: Collection[str]) -> None:
        self._tasks = reference.tasks
        self._by_text = reference.by_text
        self._owed = [code for code in owed if code in reference.tasks]
        self.taken = set(taken)

    @cached_property
    def _by_number(self) -> dict[str, str]:
        """Printed number → code, where every number of the unit's tasks is different."""
        numbers = {number_key(self._tasks[code].number): code for code in self._owed}
        return numbers if len(numbers) == len(self._owed) and "" not in numbers else {}

    def by_code(self, texts: RowTexts) -> Matched | None:
        code = _code(texts)
        if code not in self._tasks or code is None:
            return None
        other = self._other_task(self._tasks[code], texts)
        return Matched(other, Match.TEXT, conflicting=code) if other else by_code(code)

    def _other_task(self, task: Asked, texts: RowTexts) -> str | None:
        """The one other task of the unit whose requirement stands in the row word for word, or ``None``."""
        if not texts.requirement or texts.requirement == task.requirement:
            return None
        text = essence(texts.requirement)
        if len(text) < _TELLING or text == task.texts[1]:
            return None
        codes = self._by_text.get(text, ())
        return codes[0] if len(codes) == 1 and codes[0] in self._owed else None

    def by_text(self, texts: RowTexts) -> Matched | None:
        if texts.requirement:
            codes: Collection[str] = self._by_text.get(essence(texts.requirement), ())
        elif texts.title and texts.requirement is None:
            title = essence(texts.title)
            codes = [code for code in self._owed if self._tasks[code].texts[0] == title]
        else:
            return None
        code = self._single(codes, texts)
        return Matched(code, Match.TEXT) if code else None

    def _single(self, codes: Collection[str], texts: RowTexts) -> str | None:
        """The one of several tasks with this text that fits the rest of the row too."""
        title, number = essence(texts.title or ""), number_key(texts.number or "")
        narrowings: tuple[Callable[[str], bool], ...] = (
            lambda code: title in ("", self._tasks[code].texts[0]),
            lambda code: number == number_key(self._tasks[code].number),
            lambda code: code in self._owed,
            lambda code: code not in self.taken,
        )
        left = list(codes)
        for fits in narrowings:
            if len(left) > 1:
                left = [code for code in left if fits(code)] or left
        return left[0] if len(left) == 1 else None

    def by_likeness(self, texts: RowTexts) -> Matched | None:
        if _code(texts) or not (texts.requirement or texts.title):
            return None
        for codes in (self._owed, list(self._tasks)):
            best = self._likest([code for code in codes if code not in self.taken], texts)
            if best is not None:
                return best
        return None

    def _likest(self, codes: Sequence[str], texts: RowTexts) -> Matched | None:
        from rapidfuzz import fuzz

        field, text = (1, texts.requirement) if texts.requirement else (0, texts.title or "")
        wanted = essence(text)
        scores = sorted(((fuzz.ratio(wanted, self._tasks[code].texts[field]), code) for code in codes), reverse=True)
        if not scores or scores[0][0] < _LIKE or (len(scores) > 1 and scores[0][0] - scores[1][0] < _LEAD):
            return None
        return Matched(scores[0][1], Match.LIKENESS, scores[0][0])

    def by_number(self, texts: RowTexts) -> Matched | None:
        if texts.requirement is not None or texts.title is not None or _code(texts):
            return None
        code = self._by_number.get(number_key(texts.number or ""))
        return Matched(code, Match.NUMBER) if code else None
