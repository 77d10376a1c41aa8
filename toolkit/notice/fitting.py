"""How well each cell of a flattened table fits each column, a chapter across the table, or the lines below it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

from toolkit.language.persons import is_person
from toolkit.language.text import fold, unspaced
from toolkit.model import Role
from toolkit.notice.columns import Column, Meaning
from toolkit.notice.counting import counting
from toolkit.notice.furniture import is_date_line, is_foot, is_signer
from toolkit.notice.habits import Habits
from toolkit.notice.likeness import expected, is_blank, likeness, promises_persons
from toolkit.notice.numbering import is_number, read_marker

IMPOSSIBLE = -1e6
OPENING = (Meaning.LEVEL, Meaning.TASK)
"""What stands in front of the contents of a row."""
_VAGUE = (*OPENING, Meaning.STATUS, Meaning.REMARK, Meaning.ASIDE, Meaning.DEADLINE)
_NEVER_HEADED = (Meaning.REMARK, Meaning.STATUS, Meaning.DEADLINE, Meaning.ASIDE)
_LONGEST_HEADING = 40
_TELLING = 0.5
"""How well a text must fit a column for its words to say that it stands there."""
_OUTSIDE = -2.2
_SENTENCE = 1.5
"""What speaks against a whole sentence as a name, where blanks may have parted the contents of another column."""
_FOOT = 4.0
_SIGNED = -0.5
"""How well any line stands below the table, one of notes or contacts, and one that may be a unit and its deadline."""
_LEAST_FIT = {Meaning.UNITS: 0.004, Meaning.DEADLINE: 0.02}
"""How well any text fits a column, for which 0.01 is the rule; what an office writes for a time is hard to foresee."""


class Fitting:
    """The cells of a table against its columns; two more states stand behind them: a chapter, a line below."""

    def __init__(
        self, texts: Sequence[str], columns: Sequence[Column], habits: Habits | None, *, loose: bool, task_rows: bool
    ) -> None:
        """``loose`` and ``task_rows`` as :func:`toolkit.notice.alignment.align` has them."""
        self._texts = texts
        self._columns = columns
        self._habits = habits
        self._loose = loose
        self._task_rows = task_rows
        self._chapter = len(columns)
        self._counted = counting(texts)
        self._meanings = {column.meaning for column in columns}
        self._named = any(c.meaning is Meaning.ASIDE and promises_persons(c.label) for c in columns)
        """Whether a column of the table names people: then no heading is a person's name."""
        self.leads = self._levels_carry_numbers()
        self.rare = math.log(habits.chapters) / 2 if habits else 0.0
        """What the rarity of chapters speaks against one more."""

    def scores(self, index: int) -> list[float]:
        """How well a cell fits each column, a chapter, and the lines below the table: logarithms of likelihoods."""
        text = self._texts[index]
        scores = [self._score(index, text, column) for column in self._columns]
        scores.append(self._chapter_score(text) + self.rare)
        if self._habits is not None:
            scores = [score + self._habits.speaks_for(n, text) for n, score in enumerate(scores)]
        if self._task_rows:
            return [*scores[:-1], IMPOSSIBLE, IMPOSSIBLE]
        return [*scores, self._foot_score(index)]

    def is_vague(self, index: int, state: int) -> bool:
        """Whether nothing in the words of a cell tells that it stands in this column, or is a chapter."""
        text = self._texts[index]
        if state > self._chapter:
            return False
        meaning = self._columns[state].meaning if state < self._chapter else Meaning.LEVEL
        if meaning not in _VAGUE:
            return False
        if meaning in OPENING:
            return not _is_headed(text) and len(text) <= _LONGEST_HEADING and "。" not in text
        if meaning is Meaning.ASIDE:
            return (expected(text, self._columns[state].label) or 0.0) < _TELLING
        return likeness(text)[meaning] < _TELLING

    def _score(self, index: int, text: str, column: Column) -> float:
        meaning = column.meaning
        numbered = is_number(text)
        if meaning is Meaning.NUMBER:
            if numbered:
                return 1.5 if index in self._counted else -1.5
            return -2.5 if is_blank(text) and len(text) == 1 else -7.0
        if is_blank(text):
            return -4.0 if meaning in (Meaning.CONTENT, *OPENING) else -0.5
        if numbered:
            counted = index in self._counted
            return (-2.0 if counted else -0.3) if meaning is Meaning.ASIDE else -8.0 if counted else -4.0
        return self._worded_score(text, column)

    def _worded_score(self, text: str, column: Column) -> float:
        """How well a cell of words fits a column of words."""
        meaning = column.meaning
        fits = likeness(text)
        fit = expected(text, column.label) if meaning is Meaning.ASIDE else None
        score = math.log(max(fits[meaning] if fit is None else fit, _LEAST_FIT.get(meaning, 0.01)))
        if meaning is Meaning.CONTENT and fits[Meaning.UNITS] > 0.9:
            score -= 2.5
        headed = _is_headed(text)
        if headed and meaning in _NEVER_HEADED:
            score -= 3.0
        if self.leads and not headed and meaning in OPENING:
            score -= 2.0
        if self._named and meaning in OPENING and is_person(text):
            score -= 3.0
        if meaning in OPENING and self._loose and text.endswith("。") and Meaning.CONTENT in self._meanings:
            score -= _SENTENCE
        return score + _label_bonus(text, column) if meaning is Meaning.UNITS else score

    def _chapter_score(self, text: str) -> float:
        if is_number(text) or is_blank(text):
            return -7.0
        marker = read_marker(text)
        fits = likeness(text)
        if len(unspaced(text)) > 70 or max(fits[m] for m in (Meaning.UNITS, Meaning.DEADLINE, Meaning.STATUS)) > 0.8:
            return -5.0
        if marker is not None and marker.style in ("part", "chapter", "section", "named", "cn"):
            return -0.1
        leveled = Meaning.LEVEL in self._meanings
        if marker is not None and marker.style == "cn-bracket":
            return -1.8 if leveled or Meaning.TASK in self._meanings else -0.4
        if self._named and is_person(text):
            return -5.0
        return -2.6 if leveled else -1.8

    def _foot_score(self, index: int) -> float:
        """How well a cell stands below the table: a note, a contact, or the signature and its date."""
        if is_foot(self._texts[index]):
            return _FOOT
        rest = self._texts[index : index + 2]
        if is_date_line(rest[0]) or (len(rest) == 2 and is_signer(rest[0]) and is_date_line(rest[1])):
            return _SIGNED if Meaning.DEADLINE in self._meanings else _FOOT
        return _OUTSIDE

    def _levels_carry_numbers(self) -> bool:
        """Whether the cells in front of numbers carry heading numbers themselves: （一）… 1 …."""
        before = [
            text
            for text, after in pairwise(self._texts)
            if is_number(after) and not is_number(text) and likeness(text)[Meaning.UNITS] < 0.8
        ]
        marked = sum(1 for text in before if _is_headed(text))
        return marked >= 3 and marked >= 0.4 * len(before)


def _is_headed(text: str) -> bool:
    """Whether a text carries the number of a heading: 一、, （一）."""
    marker = read_marker(text)
    return marker is not None and marker.heads


def _label_bonus(text: str, column: Column) -> float:
    """What a label in front of the units says: 牵头单位：市教育局."""
    head = unspaced(fold(text))[:6]
    for role, word in ((Role.LEAD, "牵头"), (Role.SUPPORT, "配合")):
        if head.startswith((word + "单位", word + "部门")):
            return 1.0 if column.role is role else -2.0
    return 0.0
