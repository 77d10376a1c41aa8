"""What a cell of a summary is about: the task and the unit of its row, or of its column in the matrix."""

from __future__ import annotations

import re
from collections.abc import Mapping

from toolkit.containers.content import Content, Sheet, column_index
from toolkit.workbooks.summary import matrix, overview

_CODES, _UNITS = ("编码", "任务编码"), ("单位",)
_HEADER_ROWS = 20
"""The header is looked for in so many rows."""
_CELL = re.compile(r"\$?([A-Z]+)\$?(\d+)")


def pointed_at(content: Content, sheet: str, cells: str) -> tuple[str | None, str | None]:
    """编码 and unit that the first of ``cells`` (A1 notation) is about, ``None`` for what it does not tell."""
    page = next((page for page in content.sheets if page.name == sheet), None)
    match = _CELL.search(cells.rpartition("!")[2].upper())
    header = _header(page) if page else None
    if page is None or match is None or header is None:
        return None, None
    row, column = int(match.group(2)) - 1, column_index(match.group(1))
    if row <= header[0]:
        return _task_above(content, page, header[1], column), None
    unit = _first(page, row, header[1], _UNITS)
    task = _first(page, row, header[1], _CODES) or _task_above(content, page, header[1], column)
    return task, unit


def _header(page: Sheet) -> tuple[int, Mapping[str, int]] | None:
    """The row of the header and its columns, where it names tasks or units."""
    for row in range(min(_HEADER_ROWS, len(page.rows))):
        columns = {page.text(row, column): column for column in reversed(range(len(page.rows[row])))}
        if "序号" in columns and columns.keys() & {*_CODES, *_UNITS}:
            return row, columns
    return None


def _first(page: Sheet, row: int, columns: Mapping[str, int], words: tuple[str, ...]) -> str | None:
    return next((text for word in words if word in columns and (text := page.text(row, columns[word]))), None)


def _task_above(content: Content, page: Sheet, columns: Mapping[str, int], column: int) -> str | None:
    """In 矩阵: the task of a column; its columns stand in the order of the rows of 总表."""
    if page.name != matrix.SHEET or column <= columns["单位"]:
        return None
    codes = _codes(content)
    place = column - columns["单位"] - 1
    return codes[place] if place < len(codes) else None


def _codes(content: Content) -> list[str]:
    """编码 of every task, in the order of 总表."""
    page = next((page for page in content.sheets if page.name == overview.SHEET), None)
    header = _header(page) if page else None
    if page is None or header is None:
        return []
    texts = (_first(page, row, header[1], _CODES) for row in range(header[0] + 1, len(page.rows)))
    return [text for text in texts if text]
