"""收集表 as data: a table of the office's own that units fill in, field by field, instead of answering tasks.

A survey is part of a :class:`~toolkit.model.Plan` with one task, the table itself: so it is issued, stamped, collected
and chased like any plan, and only what stands in the columns to fill in is its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum


class FieldType(StrEnum):
    """What may be written into a field (类型); the value is the word on screen."""

    TEXT = "文本"
    NUMBER = "数字"
    DATE = "日期"
    CHOICE = "选项"
    FLAG = "是否"
    PHONE = "电话"
    """Fixed or mobile."""
    MOBILE = "手机"
    IDENTITY = "身份证"
    EMAIL = "邮箱"
    URL = "网址"


_SHORT = 24
"""Characters of choices that the line below the header names."""
EVERY_UNIT = "全体单位"
"""Stands for every unit of the register, where no group of that name is in it."""
_MUST, _MAY = "必填", "选填"
_HINT = re.compile(rf"(?:{_MUST}|{_MAY})\s*[；;]")
PREFILLED = "已按你单位上次所报填好，请逐栏核对，有变化的改正后报送；没有变化的也请报送。"
FLAGS = ("是", "否")
"""What a field of type 是否 may say."""


@dataclass(frozen=True, slots=True)
class Field:
    """One column that units fill in (字段)."""

    name: str
    type: FieldType = FieldType.TEXT
    required: bool = False
    choices: tuple[str, ...] = ()
    """选项, of a field of that type."""
    note: str = ""
    """说明: how to fill it in."""
    example: str = ""

    @property
    def offered(self) -> tuple[str, ...]:
        """The only words the field may hold; empty where anything of its type may stand."""
        return FLAGS if self.type is FieldType.FLAG else self.choices

    @property
    def hint(self) -> str:
        """The line below the header of the form; it begins with words that no answer begins with."""
        offered = "、".join(self.choices)
        parts = [offered if len(offered) <= _SHORT else "", self.note, f"如：{self.example}" if self.example else ""]
        said = "；".join(part for part in parts if part)
        return f"{_MUST if self.required else _MAY}；{said or self.type.value}"


def is_hint(text: str) -> bool:
    """Whether the office printed a text below a header, also in a form that was issued with other words."""
    return _HINT.match(text) is not None


@dataclass(frozen=True, slots=True)
class Survey:
    """The table: its fields, and whether a unit writes one row or as many as it needs."""

    fields: tuple[Field, ...]
    many: bool = False
    """每单位多行."""
    note: str = ""
    """填表说明, printed above the table."""
    beside: str = ""
    """随附材料: what is to be sent beside the form (审批单); empty when nothing is."""

    def guidance(self, *, prefilled: bool) -> str:
        """What stands above the table, also that it shows what the unit said last; empty when nothing is to be said."""
        said = "　".join(part for part in (self.note, PREFILLED if prefilled else "") if part)
        return f"填表说明：{said}" if said else ""

    @property
    def printed(self) -> tuple[str, ...]:
        """Texts the office prints on every form besides the header."""
        guidance = (self.guidance(prefilled=prefilled) for prefilled in (False, True))
        return (self.note, *guidance, *(field.hint for field in self.fields))

    def lines(self) -> Iterator[tuple[str, ...]]:
        """The survey as rows of texts, for the very hidden sheet of a form."""
        yield (_SURVEY, _MANY if self.many else "", self.note, self.beside)
        for field in self.fields:
            required = _REQUIRED if field.required else ""
            yield (_FIELD, field.name, field.type.value, required, field.note, field.example, *field.choices)

    @staticmethod
    def of_lines(lines: Iterable[Sequence[str]]) -> Survey | None:
        """The survey that rows of texts hold among others, ``None`` when they hold none or it is damaged."""
        many, note, beside = False, "", ""
        fields = []
        for line in lines:
            if line[:1] == (_SURVEY,):
                many, note, beside = line[1] == _MANY, line[2], line[3]
            elif line[:1] == (_FIELD,):
                _, name, kind, required, hint, example, *choices = line
                if kind not in set(FieldType) or not name:
                    return None
                offered = tuple(choice for choice in choices if choice)
                fields.append(Field(name, FieldType(kind), required == _REQUIRED, offered, hint, example))
        return Survey(tuple(fields), many, note, beside) if fields else None


_SURVEY, _FIELD, _MANY, _REQUIRED = "收集表", "字段", "多行", "必填"


@dataclass(frozen=True, slots=True)
class Filled:
    """What a unit wrote into one field."""

    field: str
    """Name of the field."""
    text: str
    """As written and shown."""
    value: str | None = None
    """As it is meant: dates in ISO form, numbers plain, one of the choices; ``None`` when it is none of its type."""
    path: str = ""
    sheet: str = ""
    cell: str = ""

    @property
    def said(self) -> tuple[str, str]:
        """The field and what it says, however it was written."""
        return self.field, self.text.strip() if self.value is None else self.value


FilledRow = tuple[Filled, ...]
"""One row of a unit: the fields with content, in the order of the survey."""


def said_rows(rows: Sequence[FilledRow]) -> list[tuple[tuple[str, str], ...]]:
    """What rows say, however it was written and in whatever order they stand."""
    return sorted(map(_said, rows))


def aligned(before: Sequence[FilledRow], now: Sequence[FilledRow]) -> list[tuple[FilledRow, FilledRow]]:
    """The rows of two rounds side by side: equal ones, then those of which most cells agree; ``()`` faces the others.

    One row facing one row is that row, whatever became of it.
    """
    if len(before) == len(now) == 1:
        return [(before[0], now[0])]
    free = list(before)
    found: dict[int, FilledRow] = {}
    for is_same in (_equal, _alike):
        for place, row in enumerate(now):
            match = next((old for old in free if is_same(old, row)), None) if place not in found else None
            if match is not None:
                free.remove(match)
                found[place] = match
    return [*((found.get(place, ()), row) for place, row in enumerate(now)), *((row, ()) for row in free)]


def _said(row: FilledRow) -> tuple[tuple[str, str], ...]:
    return tuple(cell.said for cell in row)


def _equal(one: FilledRow, other: FilledRow) -> bool:
    return _said(one) == _said(other)


def _alike(one: FilledRow, other: FilledRow) -> bool:
    return 2 * len(set(_said(one)) & set(_said(other))) > max(len(one), len(other))
