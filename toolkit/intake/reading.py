"""What one returned file says: small, picklable, without any judgement that needs the other files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from functools import partial
from itertools import islice
from typing import Any, NamedTuple

from toolkit.identity import Stamp
from toolkit.intake.columns import AnyColumn
from toolkit.marks import UNMARKED, Marks
from toolkit.model import Extra, Finding, Judgement


class Answer(NamedTuple):
    """One filled-in cell of a form."""

    text: str
    """As written and shown, ditto marks replaced by what they point at."""
    sheet: str
    cell: str
    word: str | None = None
    """Status word, of a 完成情况 cell; of a survey's field the value that is meant."""
    day: date | None = None
    """Of a 完成日期 cell."""


class Match(StrEnum):
    """How a row was matched to its task."""

    CODE = "code"
    TEXT = "text"
    LIKENESS = "likeness"
    NUMBER = "number"


class Row(NamedTuple):
    """A row of a form that answers a task of the plan."""

    code: str
    sheet: str
    cell: str
    """The first cell of the row."""
    match: Match
    answers: tuple[tuple[AnyColumn, Answer], ...] = ()
    """Only cells with content."""
    judged: Judgement | None = None
    """What the rules say of the row by itself, where it was judged as it was read."""

    def answer(self, column: AnyColumn) -> Answer | None:
        """The answer in one column, or ``None``."""
        return next((answer for name, answer in self.answers if name == column), None)


@dataclass(frozen=True, slots=True)
class Form:
    """A form found in a file: one unit's answers for one round."""

    unit: str | None
    """The unit by its name in the roster; ``None`` when it is not sure."""
    sheet: str
    rows: tuple[Row, ...] = ()
    stamp: Stamp | None = None
    round: str = ""
    """The round by the stamp, else as sheet or file name tell it; empty when nothing does."""
    people: tuple[tuple[str, str], ...] = ()
    """reporter, phone, reviewer, filled_on."""
    refusal: Finding | None = None
    """Why the form may not be merged whatever the other files say."""
    claimed: tuple[str, ...] = ()
    """Units that the refused form names: they see the refusal in their report."""
    beside: str = ""
    """The header cell of the column right of the table, where the office may mark what is to be mended."""
    marks: Marks = UNMARKED
    """What the office marked in the workbook before the unit mended it."""

    @property
    def answers(self) -> int:
        """How many cells are filled in."""
        return sum(len(row.answers) for row in self.rows)

    def __reduce__(self) -> tuple[Any, ...]:
        """How it is pickled: its rows as :class:`_Flat`, for it crosses from a worker to its parent a form a time."""
        return _thawed, (
            *(self.unit, self.sheet, _Flat.of(self.rows), self.stamp, self.round, self.people, self.refusal),
            *(self.claimed, self.beside, self.marks),
        )


class _Flat(NamedTuple):
    """Rows taken apart into lists of texts, which pickle writes and reads without asking Python about each row."""

    heads: Sequence[Sequence[Any]]
    """The first fields of all rows, field by field."""
    counts: Sequence[int]
    """Answers of each row."""
    columns: Sequence[AnyColumn]
    answers: Sequence[Sequence[Any]]
    """The fields of all answers, field by field."""
    is_judged: Sequence[bool]
    judgements: Sequence[Sequence[Any]]
    """The fields of all judgements, field by field."""

    @classmethod
    def of(cls, rows: Sequence[Row]) -> _Flat:
        """Rows taken apart."""
        heads = list(zip(*[(row.code, row.sheet, row.cell, row.match) for row in rows], strict=True))
        pairs = [pair for row in rows for pair in row.answers]
        columns, answers = zip(*pairs, strict=True) if pairs else ((), ())
        judgements = [row.judged for row in rows if row.judged is not None]
        return cls(
            heads,
            [len(row.answers) for row in rows],
            columns,
            list(zip(*answers, strict=True)),
            [row.judged is not None for row in rows],
            list(zip(*judgements, strict=True)),
        )

    def rows(self) -> tuple[Row, ...]:
        """The rows put together again."""
        answers = map(partial(tuple.__new__, Answer), zip(*self.answers, strict=True))
        pairs = zip(self.columns, answers, strict=True)
        told = [tuple(islice(pairs, count)) for count in self.counts]
        judgements = map(partial(tuple.__new__, Judgement), zip(*self.judgements, strict=True))
        judged = [next(judgements) if is_judged else None for is_judged in self.is_judged]
        return tuple(map(Row, *self.heads, told, judged)) if told else ()


def _thawed(unit: str | None, sheet: str, rows: _Flat, *rest: Any) -> Form:
    """A form as :meth:`Form.__reduce__` took it apart."""
    return Form(unit, sheet, rows.rows(), *rest)


@dataclass(frozen=True, slots=True)
class Count:
    """Where the cells with content of a file went; nothing may be missing (issue 4)."""

    read: int = 0
    answers: int = 0
    """Cells in the rows of the forms, to be merged."""
    known: int = 0
    """Cells the office printed itself, labels, names of people."""
    reported: int = 0
    """Cells shown as extras or named by a finding."""

    def __add__(self, other: Count) -> Count:
        return Count(
            self.read + other.read,
            self.answers + other.answers,
            self.known + other.known,
            self.reported + other.reported,
        )

    @property
    def balanced(self) -> bool:
        """Cells read = cells to merge + cells known + cells reported."""
        return self.read == self.answers + self.known + self.reported


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything one returned file says."""

    path: str
    forms: tuple[Form, ...] = ()
    extras: tuple[Extra, ...] = ()
    findings: tuple[Finding, ...] = ()
    count: Count = field(default=Count())
    modified: datetime | None = None
    """The saved time the file itself states."""
    made_by_us: str = ""
    """``summary``, ``plan`` … when the file is one the program wrote for the office."""


def row_key(code: str, place: int) -> str:
    """What stands for one row of a survey in which a unit writes several: its task's code and its place from 1."""
    return f"{code}{_ROW}{place}"


def task_of(key: str) -> str:
    """The task's code of a row key; a code is its own."""
    return key.partition(_ROW)[0]


_ROW = "#"


def row_of(cell: str) -> str:
    """The row number of a cell name, as text."""
    return cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
