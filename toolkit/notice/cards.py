"""Records typed line by line, every value behind its label: 任务名称：… 任务内容：… 牵头单位：… 完成时限：…."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from toolkit.model import Source
from toolkit.notice.columns import Column, Meaning, read_column
from toolkit.notice.furniture import is_furniture, opens_attachment
from toolkit.notice.numbering import read_marker
from toolkit.notice.passages import Passage
from toolkit.notice.rows import Cell, Row, TaskTable

_LABELLED = re.compile(
    r"(?:[(（]?[一二三四五六七八九十\d]{1,2}[)）]?[、.．]?)?\s*(?P<label>[^：:，,。；;]{2,12})\s*[：:]\s*(?P<value>.*)"
)
_CARD = re.compile(r"(?:任务|项目|事项|工作|举措|问题|清单|编号)(?:[一二三四五六七八九十]{1,3}|\d{1,3})[:：]?")
"""A line that only counts the records: 任务一."""
_LEAST = 2
_LONGEST_CHAPTER = 40


@dataclass(frozen=True, slots=True)
class Cards:
    """The records of a document as the rows of a table, and the passage at which they begin."""

    table: TaskTable
    begin: int


@dataclass(frozen=True, slots=True)
class _Line:
    column: Column
    value: str


def read_cards(passages: Sequence[Passage]) -> Cards | None:
    """The records of a document, ``None`` where its lines are not the fields of several tasks."""
    lines = [None if passage.is_table else _labelled(passage.text) for passage in passages]
    names = [n for n, line in enumerate(lines) if line is not None and line.column.meaning is Meaning.TASK]
    if len(names) < _LEAST:
        return None
    columns = list(dict.fromkeys(line.column for line in lines[names[0] :] if line is not None))
    meanings = {column.meaning for column in columns}
    if not {Meaning.UNITS, Meaning.CONTENT} <= meanings or columns[0].meaning is not Meaning.TASK:
        return None
    begin = names[0]
    while begin and _stands_above(passages[begin - 1]):
        begin -= 1
    return Cards(TaskTable(columns, list(_rows(passages, lines, columns, begin))), begin)


def _labelled(text: str) -> _Line | None:
    match = _LABELLED.fullmatch(text)
    column = read_column(match["label"]) if match else None
    return None if match is None or column is None else _Line(column, match["value"].strip())


def _stands_above(passage: Passage) -> bool:
    """Whether a line counts the first record, or is a heading over it."""
    marker = read_marker(passage.text)
    return not passage.is_table and (_CARD.fullmatch(passage.text) is not None or (marker is not None and marker.heads))


def _rows(
    passages: Sequence[Passage], lines: Sequence[_Line | None], columns: Sequence[Column], begin: int
) -> Iterator[Row]:
    row: Row | None = None
    last: int | None = None
    for passage, line in zip(passages[begin:], lines[begin:], strict=True):
        if passage.is_table or opens_attachment(passage.text):
            break
        if line is not None:
            place = columns.index(line.column)
            if row is None or line.column.meaning is Meaning.TASK:
                if row is not None:
                    yield row
                row = Row({}, Source(page=passage.page, paragraph=passage.number, text=passage.text))
            _write(row, place, line.value)
            last = place
        elif _CARD.fullmatch(passage.text) or is_furniture(passage.text):
            last = None
        elif _may_head(passage.text):
            if row is not None:
                yield row
            row, last = None, None
            yield Row({}, Source(page=passage.page, paragraph=passage.number, text=passage.text), chapter=passage.text)
        elif row is not None and last is not None:
            _write(row, last, passage.text)
    if row is not None:
        yield row


def _may_head(text: str) -> bool:
    marker = read_marker(text)
    return marker is not None and marker.heads and len(text) <= _LONGEST_CHAPTER and not text.endswith(("。", "；"))


def _write(row: Row, column: int, text: str) -> None:
    if not text:
        return
    held = row.text(column)
    row.cells[column] = Cell(f"{held}\n{text}" if held else text)
