"""Flattened tables without a header: numbers in sequence, each followed by as many cells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from toolkit.notice.columns import Column, Meaning
from toolkit.notice.flat_cells import paragraph_cells, pipe_cells
from toolkit.notice.flat_rows import Aligned, FlatTable, align_rows, last_passage
from toolkit.notice.furniture import is_furniture, is_title, opens_attachment
from toolkit.notice.likeness import unit_likeness
from toolkit.notice.numbering import is_number, number_value, read_marker
from toolkit.notice.passages import Passage
from toolkit.notice.profile import guess_columns
from toolkit.notice.rows import TaskTable

_LEAST_NUMBERS = 3
_USUAL = (
    (Meaning.NUMBER, Meaning.CONTENT, Meaning.UNITS),
    (Meaning.NUMBER, Meaning.TASK, Meaning.CONTENT, Meaning.UNITS),
    (Meaning.NUMBER, Meaning.TASK, Meaning.CONTENT, Meaning.UNITS, Meaning.DEADLINE),
    (Meaning.NUMBER, Meaning.TASK, Meaning.CONTENT, Meaning.UNITS, Meaning.REMARK),
)
"""The columns of task tables that offices use most."""
_NAMED = 0.4
"""Share of the numbers that must have units behind them for a table without header."""
_LEAP = 3
"""By how much numbers may jump and still be one run."""
_COLUMN_COST = 0.25
_NAME_COST = 1.6
_NAME_LINE = re.compile(r"[^。；;，,\n]{2,26}\n")
_CHAPTERS_ABOVE = 3


def without_header(passages: Sequence[Passage]) -> FlatTable | None:
    """The table whose rows begin with numbers in sequence, most of them followed by units."""
    return _between_pipes(passages) or _read(passages)


def _between_pipes(passages: Sequence[Passage]) -> FlatTable | None:
    """The same where pipes end the cells: every cell is taken for a paragraph."""
    begin = next((n for n, p in enumerate(passages) if not p.is_table and p.text.endswith("|")), None)
    if begin is None:
        return None
    if begin and passages[begin].text == "|":
        begin -= 1  # the bar stands on a line of its own below the first cell
    tokens = [token for token in pipe_cells(passages, begin) if token.text]
    found = _read([replace(passages[token.at], text=token.text) for token in tokens])
    if found is None:
        return None
    return replace(found, begin=tokens[found.begin].at, end=tokens[found.end - 1].at + 1)


def _read(passages: Sequence[Passage]) -> FlatTable | None:
    run = _numbers_in_runs(passages)
    if len(run) < _LEAST_NUMBERS or not _are_cells(passages, run):
        return None
    begin = run[0]
    while begin and run[0] - begin < _CHAPTERS_ABOVE and _is_chapter(passages[begin - 1].text):
        begin -= 1
    tokens = paragraph_cells(passages, begin)
    readings = [align_rows(tokens, columns, set(), passages) for columns in _column_sets(passages, run)]
    read = max((r for r in readings if r is not None), key=_plain_score, default=None)
    if read is None:
        return None
    return FlatTable(read.table, begin, last_passage(read.placed, tokens, begin) + 1, headed=False)


def _plain_score(read: Aligned) -> float:
    """The score of a reading, less what each column beyond the usual four must be worth, and each name in a text."""
    columns = _COLUMN_COST * len(read.table.rows) * max(0, len(read.table.columns) - 4)
    return read.score - columns - _NAME_COST * _names_in_texts(read.table)


def _names_in_texts(table: TaskTable) -> int:
    """How many texts begin with a short line of their own: a name that a column of names would hold."""
    return sum(
        1
        for row in table.rows
        for place, cell in row.cells.items()
        if table.columns[place].meaning is Meaning.CONTENT and _NAME_LINE.match(cell.text)
    )


def _are_cells(passages: Sequence[Passage], run: Sequence[int]) -> bool:
    """Whether most numbers have a text and units behind them before the next number."""
    named = 0
    for number, end in pairwise(run):
        between = [p.text for p in passages[number + 1 : end] if not p.is_table]
        named += len(between) > 1 and any(unit_likeness(text) > 0.8 for text in between)
    return named >= _NAMED * (len(run) - 1)


def _column_sets(passages: Sequence[Passage], run: Sequence[int]) -> Iterator[list[Column]]:
    """The columns such a table may have: those its regular records show, and the usual ones."""
    strides = [after - before for before, after in pairwise(run)]
    stride = max(set(strides), key=strides.count)
    if stride >= 3 and strides.count(stride) >= 0.5 * len(strides):
        regular = [n for n, gap in zip(run, strides, strict=False) if gap >= stride]
        if columns := guess_columns([[p.text for p in passages[n : n + stride]] for n in regular]):
            yield columns
            return
    for meanings in _USUAL:
        yield [Column(meaning, guessed=True) for meaning in meanings]


def _numbers_in_runs(passages: Sequence[Passage]) -> list[int]:
    """The lines that hold nothing but a number, from the first 1 on, where they run on or begin anew."""
    run: list[int] = []
    for index, passage in enumerate(passages):
        if passage.is_table or not is_number(passage.text):
            continue
        value = number_value(passage.text) or 0
        before = (number_value(passages[run[-1]].text) or 0) if run else 0
        if value == 1 or (run and 0 < value - before <= _LEAP):
            run.append(index)
    return run


def _is_chapter(text: str) -> bool:
    """Whether the line above the first number is a chapter of the table rather than its title."""
    if read_marker(text) is not None:
        return True
    return len(text) <= 16 and not is_title(text) and not is_furniture(text) and not opens_attachment(text)
