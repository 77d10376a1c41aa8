"""矩阵: units × tasks, one symbol a cell, coloured by 红黄绿."""

from __future__ import annotations

from collections.abc import Mapping

from toolkit.figures import SYMBOLS, Figures, short_name, word_of
from toolkit.model import Task
from toolkit.workbooks.summary.links import sheet_link
from toolkit.workbooks.summary.table import Cell, Row, Table, Value

SHEET = "矩阵"
HEADERS = ("序号", "单位")
NUMBERS, TITLES, BODY = "任务序号", "任务", "符号"
"""Marks of the repeated column in the template: two header cells and the body cell."""
LEGEND = "　".join(f"{symbol} {word}" for word, symbol in SYMBOLS.items()) + "　空白 不承担"
_TITLE = 12
"""Characters of a task that its column shows."""


def table(figures: Figures, overview_rows: Mapping[str, int]) -> Table:
    """The sheet: a row a unit, a column a task; ``overview_rows`` tells where each task stands in 总表."""
    symbols: dict[tuple[str, str], Value] = {
        (entry.unit, task.task.code): Cell(SYMBOLS[word_of(entry)], mark=figures.lights[entry.task, entry.unit].value)
        for task in figures.tasks
        for entry in task.entries
    }
    codes = [task.task.code for task in figures.tasks]
    rows = [
        Row((number, unit.unit, *(symbols.get((unit.unit, code)) for code in codes)))
        for number, unit in enumerate(figures.units, 1)
    ]
    repeated: dict[str, list[Value]] = {
        NUMBERS: [_number(task.task, overview_rows) for task in figures.tasks],
        TITLES: [short_name(task.task, _TITLE) for task in figures.tasks],
    }
    return Table(SHEET, HEADERS, rows, repeated=repeated)


def _number(task: Task, overview_rows: Mapping[str, int]) -> Cell:
    """The number leads to the task in 总表; a title that did would lose its turned writing in LibreOffice."""
    link = sheet_link("总表", f"A{overview_rows[task.code]}") if task.code in overview_rows else None
    return Cell(task.number or str(task.seq), link=link)
