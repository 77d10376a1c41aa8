"""Which columns a returned table may have: those of the form, or of a survey the office's own fields.

Everything that looks for tables and reads cells asks the layout, so that a field is found in a table as robustly as
完成情况 is.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from toolkit.intake import columns
from toolkit.intake.columns import FILLED_IN, ISSUED, AnyColumn, Column, FieldColumn, bare_header
from toolkit.language.text import essence
from toolkit.survey import FieldType, Survey, is_hint

_TASK_COLUMNS = frozenset({Column.CODE, Column.NUMBER, Column.TITLE, Column.REQUIREMENT})
_ANSWER_COLUMNS = frozenset(FILLED_IN) - {Column.REMARK}
_FEWEST = 3

LOCKED = (Column.CODE, Column.NUMBER)
"""The columns of a survey's form that the office fills in."""
_AROUND = (*LOCKED, Column.UNIT, Column.PROBLEM)
_LIKE = 72.0
"""Least likeness (0–100) at which a header is taken for a field's."""
_LEAD = 12.0
"""By how much the likest field must beat the next one."""
_LONGEST = 24
_TYPE_WORDS: Mapping[FieldType, tuple[str, ...]] = {
    FieldType.PHONE: ("电话", "联系方式"),
    FieldType.MOBILE: ("手机",),
    FieldType.IDENTITY: ("身份证",),
    FieldType.EMAIL: ("邮箱", "邮件"),
    FieldType.URL: ("网址", "网站", "链接"),
    FieldType.DATE: ("日期", "时间", "年月"),
}
"""Words that tell a field by its type, where only one field of the survey is of that type."""


class Layout(Protocol):
    """The columns of a table."""

    @property
    def survey(self) -> Survey | None:
        """What the office asks, of a survey."""

    @property
    def filled_in(self) -> Sequence[AnyColumn]:
        """The columns a unit fills in, in the order of the form."""

    @property
    def issued(self) -> Sequence[AnyColumn]:
        """The columns of an issued form, in its order."""

    @property
    def order(self) -> Sequence[AnyColumn]:
        """Every column a table may have, those of the form first and in its order."""

    def read_header(self, text: str) -> tuple[AnyColumn, bool] | None:
        """The column a header text names, and whether it does so exactly; ``None`` when it names none."""

    def by_neighbours(self, named: dict[int, AnyColumn], unnamed: list[int]) -> dict[int, AnyColumn]:
        """What unnamed header columns must be by the order of the form."""

    def is_header(self, named: Collection[AnyColumn]) -> bool:
        """Whether a row that names these columns is a header."""

    def is_hint(self, text: str) -> bool:
        """Whether the office printed this below the header to say how a column is filled in."""


class _TaskLayout:
    """The form of a plan."""

    survey: Survey | None = None
    filled_in: Sequence[AnyColumn] = FILLED_IN
    issued: Sequence[AnyColumn] = ISSUED
    order: Sequence[AnyColumn] = tuple(Column)
    read_header = staticmethod(columns.read_header)

    @staticmethod
    def by_neighbours(named: dict[int, AnyColumn], unnamed: list[int]) -> dict[int, AnyColumn]:
        known = {place: column for place, column in named.items() if isinstance(column, Column)}
        return dict(columns.by_neighbours(known, unnamed))

    @staticmethod
    def is_header(named: Collection[AnyColumn]) -> bool:
        fields = set(named) - {Column.PROBLEM}
        return len(fields) >= _FEWEST and bool(fields & _TASK_COLUMNS) and bool(fields & _ANSWER_COLUMNS)

    @staticmethod
    def is_hint(_text: str) -> bool:
        return False

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _TaskLayout)

    def __hash__(self) -> int:
        return hash(_TaskLayout)


TASKS: Layout = _TaskLayout()


@dataclass(frozen=True)
class SurveyLayout:
    """The form of a survey: 编码, 序号, and a column for each field."""

    survey: Survey

    @cached_property
    def filled_in(self) -> Sequence[AnyColumn]:
        """The fields."""
        return tuple(FieldColumn(field) for field in self.survey.fields)

    @cached_property
    def issued(self) -> Sequence[AnyColumn]:
        """编码 and 序号, then the fields."""
        return (*LOCKED, *self.filled_in)

    @cached_property
    def order(self) -> Sequence[AnyColumn]:
        """The same, and what a table of several units or a marked one has besides."""
        return (*self.issued, Column.UNIT, Column.PROBLEM)

    def read_header(self, text: str) -> tuple[AnyColumn, bool] | None:
        """A field by its name, else a column of every form, else a field by words or likeness."""
        if text not in self._read:
            self._read[text] = self._read_header(text)
        return self._read[text]

    def _read_header(self, text: str) -> tuple[AnyColumn, bool] | None:
        if self.is_hint(text):
            return None
        whole, bare = essence(text), bare_header(text)
        exact = self._by_name.get(whole) or self._by_bare_name.get(bare)
        if exact is not None:
            return exact, True
        if (around := columns.read_header(text)) is not None and around[0] in _AROUND and around[1]:
            return around
        if not bare or len(bare) > _LONGEST:
            return None
        loose = self._inside(bare) or self._by_type(bare) or self._like(bare)
        return (loose, False) if loose is not None else None

    @cached_property
    def _read(self) -> dict[str, tuple[AnyColumn, bool] | None]:
        return {}

    @cached_property
    def _by_name(self) -> dict[str, AnyColumn]:
        return {essence(column.label): column for column in self.filled_in}

    @cached_property
    def _by_bare_name(self) -> dict[str, AnyColumn]:
        """The same without what stands in brackets, of fields that this does not confuse."""
        bare = [bare_header(column.label) for column in self.filled_in]
        return {name: column for name, column in zip(bare, self.filled_in, strict=True) if bare.count(name) == 1}

    def _inside(self, bare: str) -> AnyColumn | None:
        """The one field whose name stands in the header, or that the header is a part of; the longest name first."""
        inside = sorted((name for name in self._by_name if len(name) >= 2 and name in bare), key=len, reverse=True)
        if inside and all(other in inside[0] for other in inside):
            return self._by_name[inside[0]]
        around = [name for name in self._by_name if len(bare) >= 2 and bare in name]
        return self._by_name[around[0]] if not inside and len(around) == 1 else None

    def _by_type(self, bare: str) -> AnyColumn | None:
        for kind, words in _TYPE_WORDS.items():
            own = [column for column in self.filled_in if isinstance(column, FieldColumn) and column.field.type is kind]
            if len(own) == 1 and any(word in bare for word in words):
                return own[0]
        return None

    def _like(self, bare: str) -> AnyColumn | None:
        from rapidfuzz import fuzz

        scores = sorted(((fuzz.ratio(bare, name), name) for name in self._by_name), reverse=True)
        if not scores or scores[0][0] < _LIKE or (len(scores) > 1 and scores[0][0] - scores[1][0] < _LEAD):
            return None
        return self._by_name[scores[0][1]]

    def by_neighbours(self, named: dict[int, AnyColumn], unnamed: list[int]) -> dict[int, AnyColumn]:
        """Fields that are not met elsewhere, where as many unnamed columns as fields stand between two known ones."""
        order = list(self.issued)
        places = sorted(place for place, column in named.items() if column in order)
        guessed: dict[int, AnyColumn] = {}
        for left, right in zip([None, *places], [*places, None], strict=True):
            start = order.index(named[left]) + 1 if left is not None else 0
            end = order.index(named[right]) if right is not None else len(order)
            between = [column for column in order[start:end] if column not in named.values()]
            gap = [place for place in unnamed if (left is None or place > left) and (right is None or place < right)]
            if gap and len(gap) == len(between) and all(isinstance(column, FieldColumn) for column in between):
                guessed |= dict(zip(gap, between, strict=True))
        return guessed

    def is_header(self, named: Collection[AnyColumn]) -> bool:
        """A third of the fields, two at least where there are two, and of a single field the locked columns too."""
        fields = [column for column in set(named) if isinstance(column, FieldColumn)]
        enough = max(2, -(-len(self.survey.fields) // 3))
        if len(self.survey.fields) == 1:
            return bool(fields) and bool({*LOCKED, Column.UNIT} & set(named))
        return len(fields) >= enough

    def is_hint(self, text: str) -> bool:
        """Whether it is the hint of a field, of this survey or as it was issued before its notes were mended."""
        return is_hint(text)


def layout_of(survey: Survey | None) -> Layout:
    """The layout of a plan's forms."""
    return TASKS if survey is None else SurveyLayout(survey)
