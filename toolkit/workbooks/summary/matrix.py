"""矩阵: units × tasks, one symbol a cell, coloured by 红黄绿."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from toolkit.figures import SYMBOLS, Figures, Light, short_name
from toolkit.model import Task
from toolkit.workbooks.summary.links import sheet_link
from toolkit.workbooks.summary.table import Cell, Row, Streamed, Table, Value

SHEET = "矩阵"
HEADERS = ("序号", "单位")
NUMBERS, TITLES, BODY = "任务序号", "任务", "符号"
"""Marks of the repeated column in the template: two header cells and the body cell."""
LEGEND = "　".join(f"{symbol} {word}" for word, symbol in SYMBOLS.items()) + "　空白 不承担"
_TITLE = 12
"""Characters of a task that its column shows."""


def table(figures: Figures, overview_rows: Mapping[str, int]) -> Table:
    """The sheet: a row a unit, a column a task; ``overview_rows`` tells where each task stands in 总表."""
    rows = Streamed(lambda: _rows(figures), len(figures.units))
    repeated: dict[str, list[Value]] = {
        NUMBERS: [_number(task.task, overview_rows) for task in figures.tasks],
        TITLES: [short_name(task.task, _TITLE) for task in figures.tasks],
    }
    return Table(SHEET, HEADERS, rows, repeated=repeated)


def _rows(figures: Figures) -> Iterator[Row]:
    codes = [task.task.code for task in figures.tasks]
    symbols = {(word, light): Cell(SYMBOLS[word], mark=light.value) for word in SYMBOLS for light in Light}
    for number, unit in enumerate(figures.units, 1):
        cells: list[Value] = []
        for code in codes:
            key = code, unit.unit
            word = figures.words.get(key)
            cells.append(symbols[word, figures.lights[key]] if word else None)
        yield Row((number, unit.unit, *cells))


def _number(task: Task, overview_rows: Mapping[str, int]) -> Cell:
    """The number leads to the task in 总表; a title that did would lose its turned writing in LibreOffice."""
    link = sheet_link("总表", f"A{overview_rows[task.code]}") if task.code in overview_rows else None
    return Cell(task.number or str(task.seq), link=link)
