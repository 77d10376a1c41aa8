"""Tables without a column of numbers whose texts carry the numbers themselves: 1.…, 2.…, 3.… down the rows."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from toolkit.notice.columns import Column, Meaning
from toolkit.notice.numbering import Marker, read_marker
from toolkit.notice.rows import Cell, Row, TaskTable

_NEARLY_ALL = 0.8
_RUNNING = 0.5
"""Share of the numbers that must be one more than the number before."""
_LEAST = 3
_LEAP = 3
_COUNTING = ("cn", "cn-bracket")
"""Numbers of headings that also count tasks: （一）, （二） down the rows."""


def with_numbers(table: TaskTable) -> TaskTable:
    """The table with a column for the numbers that stand in front of its texts."""
    counted = next((n for n, column in enumerate(table.columns) if column.meaning is Meaning.NUMBER), None)
    for number, column in enumerate(table.columns):
        if column.meaning is not Meaning.CONTENT:
            continue
        if counted is None and _run_through(table, number):
            return _parted(table, number)
        if counted is not None and _count_parts(table, number):
            return replace(table, rows=[_with_number(row, number, counted) for row in table.rows])
    return table


def _count_parts(table: TaskTable, column: int) -> bool:
    """Whether nearly all texts of a column begin with a number in two parts, 1-2 or 1.2: those count the tasks."""
    texts = [row.text(column) for row in table.rows if column in row.cells and row.cells[column].first]
    parts = [marker for text in texts if (marker := _marker(text)) is not None and marker.style.startswith("dotted")]
    return len(parts) >= _LEAST and len(parts) >= _NEARLY_ALL * len(texts)


def _run_through(table: TaskTable, column: int) -> bool:
    """Whether nearly all texts of a column begin with a number, and the numbers run on from row to row."""
    texts = [row.text(column) for row in table.rows if column in row.cells and row.cells[column].first]
    texts = [text for text in texts if text.strip()]
    values = [marker.value for text in texts if (marker := _marker(text)) is not None]
    if len(values) < _LEAST or len(values) < _NEARLY_ALL * len(texts):
        return False
    steps = list(pairwise(values))
    running = sum(1 for before, after in steps if 0 < after - before <= _LEAP)
    anew = sum(1 for before, after in steps if after == 1 <= before)
    return running + anew == len(steps) and running >= _RUNNING * len(steps)


def _parted(table: TaskTable, column: int) -> TaskTable:
    place = len(table.columns)
    rows = [_with_number(row, column, place) for row in table.rows]
    return replace(table, columns=[*table.columns, Column(Meaning.NUMBER, guessed=True)], rows=rows)


def _with_number(row: Row, column: int, place: int) -> Row:
    cell = row.cells.get(column)
    if cell is None or not cell.first or (marker := _marker(cell.text)) is None:
        return row
    text = cell.text.lstrip()[marker.end :]
    return replace(row, cells={**row.cells, column: replace(cell, text=text), place: Cell(marker.printed)})


def _marker(text: str) -> Marker | None:
    marker = read_marker(text.lstrip())
    return None if marker is None or (marker.heads and marker.style not in _COUNTING) else marker
