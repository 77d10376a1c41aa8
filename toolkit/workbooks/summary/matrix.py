"""矩阵: units × tasks, one symbol a cell, coloured by 红黄绿."""

from __future__ import annotations

from toolkit import vocabulary as words
from toolkit.figures import UNCLEAR, Figures, word_of
from toolkit.model import Collection
from toolkit.workbooks.summary.table import Cell, Row, Table, Value

SHEET = "矩阵"
SYMBOLS = {
    words.DONE: "√",
    words.DONE_AND_ONGOING: "◎",
    words.ONGOING: "○",
    words.TO_IMPROVE: "△",
    words.POSTPONED: "◇",
    words.NOT_STARTED: "□",
    UNCLEAR: "？",
    words.UNREPORTED: "×",
    words.NOT_CONCERNED: "—",
}
LEGEND = "图例：" + "　".join(f"{symbol} {word}" for word, symbol in SYMBOLS.items()) + "　空白 不承担"


def table(collection: Collection, figures: Figures) -> Table:
    """The sheet: a row a unit, a column a task."""
    symbols: dict[tuple[str, str], Value] = {
        (entry.unit, entry.task): Cell(SYMBOLS[word_of(entry)], mark=figures.lights[entry.task, entry.unit].value)
        for entry in collection.entries
    }
    codes = [task.task.code for task in figures.tasks]
    rows = [
        Row((number, unit.unit, *(symbols.get((unit.unit, code)) for code in codes)))
        for number, unit in enumerate(figures.units, 1)
    ]
    headers = ("序号", "单位", *(f"{task.task.number or task.task.seq} {task.task.label}" for task in figures.tasks))
    return Table(SHEET, headers, rows, notes=(LEGEND,))
