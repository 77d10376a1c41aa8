"""The filled-in cells of a row: what they say, ditto marks and merged ranges resolved, statuses and dates read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from enum import Enum
from functools import cached_property, lru_cache

from toolkit.containers.content import Span, Value, cell_name, column_name
from toolkit.findings import intake as found
from toolkit.intake.agreement import number_key, says_nothing
from toolkit.intake.columns import AnyColumn, Column, FieldColumn
from toolkit.intake.notes import Notes
from toolkit.intake.reading import Answer
from toolkit.intake.recognise import Table
from toolkit.intake.reference import Reference
from toolkit.language.deadlines import read_date
from toolkit.language.text import fold
from toolkit.language.typed import read_typed
from toolkit.survey import FieldType
from toolkit.vocabulary import UNCHANGED, WORDS, Vocabulary, is_unchanged, word_before

_ABOVE = re.compile(r"(?:同上(?:一?[项条行栏款]|述)?|同前(?:一?[项条])?|[〃″′”“\"]{1,2}|'{1,2})[。.]?")
_POINTING = re.compile(
    r"同(?:第|序号|任务)\s*第?\s*([0-9]+(?:[.\-][0-9]+)*|[一二三四五六七八九十]+)\s*[项条号行]?(?:任务|内容)?[。.]?"
)
_NUMERALS = "零一二三四五六七八九"
_SHORT = 16
"""Characters of the longest ditto mark, error or date; what is longer is remembered nowhere."""
_ERROR = re.compile(r"#(?:N/A|REF!|VALUE!|DIV/0!|NAME\?|NULL!|NUM!|SPILL!|CALC!)|Err:\d{3}")
"""What a formula error looks like once the table became a document or a text."""
_SERIAL = re.compile(r"[3-7]\d{4}")
"""A date that lost its format: days since the epoch, from 1982 to 2119."""
_EPOCH = date(1899, 12, 30)
_NOTHING = frozenset({"无", "暂无", "没有", "空", "略"})
_PROSE = frozenset({Column.PROGRESS, Column.EVIDENCE, Column.REMARK})
"""Columns whose texts, unless they are short, mean nothing but themselves."""
_CHOICES = frozenset({*WORDS, UNCHANGED})
_REMEMBERED = 4096
"""Short texts of which it is remembered what they say."""
_SHOWN = 60


class AnswerReader:
    """Reads the answers of one table row by row, from the top."""

    def __init__(
        self, table: Table, reference: Reference, numbers: Sequence[tuple[int, str]], year: int | None
    ) -> None:
        """``numbers`` are the printed numbers with their rows (同第3项); ``year`` is for 3月5日."""
        self._table = table
        self._grid = table.grid
        self._sheet = table.grid.sheet
        self._reference = reference
        self._numbers = numbers
        self._year = year
        self._columns = [(name, table.columns[name]) for name in table.layout.filled_in if name in table.columns]
        self._places = [(name, column, column_name(column), name in _PROSE) for name, column in self._columns]
        self._pictured = {(row, column) for row, column, _ in self._sheet.pictures}
        self._strange = {row for row, _ in (*self._pictured, *self._sheet.errors, *self._sheet.uncalculated)}
        self._rows: list[tuple[int, dict[AnyColumn, Answer]]] = []

    def read(self, row: int, notes: Notes) -> dict[AnyColumn, Answer]:
        """The answers of a row; what is to be said about them goes to ``notes``."""
        is_usual = row not in self._strange and not self._grid.has_spans(row)
        answers = self._usual(row, notes) if is_usual else self._unusual(row, notes)
        self._rows.append((row, answers))
        return answers

    def _usual(self, row: int, notes: Notes) -> dict[AnyColumn, Answer]:
        """The answers of a row whose cells hold their own texts and nothing else."""
        answers: dict[AnyColumn, Answer] = {}
        texts, sheet, is_hint = self._grid.texts(row), self._sheet.name, self._table.layout.is_hint
        number, width = str(row + 1), len(texts)
        for name, column, letters, is_prose in self._places:
            if column < width and (text := texts[column]) and not is_hint(text):
                answer = Answer(text, sheet, letters + number)
                if is_prose and len(text) > _SHORT:
                    answers[name] = answer
                elif name is Column.STATUS and text in _CHOICES and (word := _word(self._reference.vocabulary, text)):
                    answers[name] = Answer(text, sheet, answer.cell, word)
                else:
                    answers[name] = self._read_cell(row, name, (row, column), answer, notes)
        return answers

    def _unusual(self, row: int, notes: Notes) -> dict[AnyColumn, Answer]:
        """The same where ranges are merged, or pictures, errors or formulas without a value stand in cells."""
        answers: dict[AnyColumn, Answer] = {}
        for name, column in self._columns:
            origin = answer_origin(self._table, row, column)
            if origin is None or (origin in self._pictured and origin in self._sheet.errors):
                continue
            cell = cell_name(*origin)
            if origin in self._sheet.uncalculated:
                notes.tell(found.UNCALCULATED, cell)
            if (text := self._grid.text(*origin)) and not self._table.layout.is_hint(text):
                if origin == (row, column) and self._is_covered_by_locked(row, column):
                    notes.tell(found.UNSEEN_TAKEN, cell, column=name.label)
                answers[name] = self._read_cell(row, name, origin, Answer(text, self._sheet.name, cell), notes)
        return answers

    def _is_covered_by_locked(self, row: int, column: int) -> bool:
        if not self._grid.has_spans(row):
            return False
        top, left = self._grid.origin(row, column)
        return left != column and top >= self._table.body

    def merged(self, row: int) -> list[tuple[AnyColumn, Span]]:
        """The ranges over several rows that begin to answer at this row."""
        if not self._grid.has_spans(row):
            return []
        found_spans = []
        for name, column in self._columns:
            span = self._grid.span(row, column)
            if span is not None and span.bottom > span.top and row == max(span.top, self._table.body):
                found_spans.append((name, span))
        return found_spans

    def _read_cell(self, row: int, name: AnyColumn, origin: tuple[int, int], answer: Answer, notes: Notes) -> Answer:
        is_short = len(answer.text) <= _SHORT
        sign = _sign(answer.text) if is_short else None
        if sign is _Sign.ERROR or origin in self._sheet.errors:
            notes.tell(found.ERROR_CELL, answer.cell, text=answer.text)
            return answer
        if sign is _Sign.DITTO:
            pointed = self._pointed_at(row, name, answer.text)
            if pointed is None:
                notes.tell(found.DITTO_LOST, answer.cell, text=answer.text)
                return answer
            notes.tell(found.DITTO, answer.cell, text=answer.text, source=pointed.cell, value=short(pointed.text))
            answer = pointed._replace(cell=answer.cell)
        elif isinstance(name, FieldColumn):
            answer = answer._replace(word=self._read_field(name, origin, answer, notes))
        elif name is Column.DONE_ON:
            answer = Answer(answer.text, answer.sheet, answer.cell, day=self._read_day(origin, answer, notes))
        elif name is Column.STATUS:
            read = _word if is_short else Vocabulary.read
            word = read(self._reference.vocabulary, answer.text) or self._word_before(row, answer.text)
            answer = Answer(answer.text, answer.sheet, answer.cell, word)
        self._tell_doubts(name, answer, notes)
        return answer

    def _read_day(self, origin: tuple[int, int], answer: Answer, notes: Notes) -> date | None:
        read = _day if len(answer.text) <= _SHORT else read_date
        day = read(self._sheet.value(*origin), year=self._year)
        if day is None and _SERIAL.fullmatch(answer.text):
            day = _EPOCH + timedelta(days=int(answer.text))
            notes.tell(found.DATE_BY_SERIAL, answer.cell, text=answer.text, day=day.isoformat())
        return day

    def _read_field(self, name: FieldColumn, origin: tuple[int, int], answer: Answer, notes: Notes) -> str | None:
        """What a cell of a survey means, by the type of its field."""
        if name.field.type is FieldType.DATE:
            day = self._read_day(origin, answer, notes)
            return day.isoformat() if day else None
        return read_typed(name.field, answer.text, self._sheet.value(*origin))

    def _word_before(self, row: int, text: str) -> str | None:
        """The status that 本期无变化 stands for: the one the form shows as 上期情况."""
        place = self._table.columns.get(Column.PREVIOUS)
        if place is None or not is_unchanged(text):
            return None
        return word_before(self._grid.shown_below(row, place))

    @staticmethod
    def _tell_doubts(name: AnyColumn, answer: Answer, notes: Notes) -> None:
        if name is Column.STATUS and answer.text not in _CHOICES and not says_nothing(answer.text):
            if answer.word is not None:
                notes.tell(found.STATUS_READ, answer.cell, text=short(answer.text), word=answer.word)
            elif not is_unchanged(answer.text):
                notes.tell(found.UNKNOWN_STATUS, answer.cell, text=short(answer.text))
        elif name is Column.DONE_ON and answer.day is None and not _is_nothing(answer.text):
            notes.tell(found.DATE_UNREAD, answer.cell, text=short(answer.text))

    def _pointed_at(self, row: int, name: AnyColumn, text: str) -> Answer | None:
        """The answer that a ditto mark points at, or ``None``."""
        match = _POINTING.fullmatch(fold(text))
        if match is None:
            return self._rows[-1][1].get(name) if self._rows else None
        number = match.group(1)
        rows = self._rows_of.get(number_key(number)) or self._rows_of.get(_arabic(number)) or ()
        if len(rows) != 1 or rows[0] == row:
            return None
        read = next((answers for index, answers in self._rows if index == rows[0]), None)
        return read.get(name) if read is not None else self._ahead(rows[0], name)

    @cached_property
    def _rows_of(self) -> dict[str, list[int]]:
        """Printed number → the rows at which it stands."""
        rows: dict[str, list[int]] = {}
        for row, number in self._numbers:
            rows.setdefault(number_key(number), []).append(row)
        return rows

    def _ahead(self, row: int, name: AnyColumn) -> Answer | None:
        """An answer further below, which has not been read yet."""
        origin = answer_origin(self._table, row, self._table.columns[name])
        text = self._grid.text(*origin) if origin is not None else ""
        if origin is None or not text or (len(text) <= _SHORT and _sign(text) is _Sign.DITTO):
            return None
        return self._read_cell(row, name, origin, Answer(text, self._sheet.name, cell_name(*origin)), Notes("", ""))


def answer_origin(table: Table, row: int, column: int) -> tuple[int, int] | None:
    """The cell that answers at a place where ranges are merged.

    The top of a range over several rows answers for each of them; beside the first column of an answer that is
    merged across there is none (``None``).  A range that comes from a locked column covers answers only when rows
    slipped under it, so the cell itself counts.
    """
    if not table.grid.has_spans(row):
        return row, column
    top, left = table.grid.origin(row, column)
    if (top, left) == (row, column) or top < table.body:
        return row, column
    if left == column:
        return top, left
    name = next((name for name, place in table.columns.items() if place == left), None)
    if name in table.layout.filled_in:
        return None
    return (top, left) if name is None else (row, column)


def _is_nothing(text: str) -> bool:
    return fold(text) in _NOTHING or says_nothing(text)


class _Sign(Enum):
    """What a short text may be instead of an answer."""

    DITTO = "ditto"
    """It points at another cell."""
    ERROR = "error"
    """The error of a formula."""


@lru_cache(maxsize=_REMEMBERED)
def _sign(text: str) -> _Sign | None:
    if _ERROR.fullmatch(text):
        return _Sign.ERROR
    folded = fold(text)
    return _Sign.DITTO if _ABOVE.fullmatch(folded) or _POINTING.fullmatch(folded) else None


@lru_cache(maxsize=_REMEMBERED)
def _word(vocabulary: Vocabulary, text: str) -> str | None:
    """The status word of a cell; the same texts stand in form after form."""
    return vocabulary.read(text)


@lru_cache(maxsize=_REMEMBERED, typed=True)
def _day(value: Value, year: int | None) -> date | None:
    """The date in a cell."""
    return read_date(value, year=year)


def _arabic(numeral: str) -> str:
    """A Chinese numeral up to 99 in Arabic digits; other text as it is."""
    if not numeral or any(char not in _NUMERALS + "十" for char in numeral):
        return numeral
    tens, ten, ones = numeral.rpartition("十")
    return str((_NUMERALS.find(tens) if tens else 1) * 10 * bool(ten) + (_NUMERALS.find(ones) if ones else 0))


def short(text: str) -> str:
    """Text as a message quotes it."""
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
