"""Flattened tables that are whole: header and rows have the same number of cells, each row has its number."""

from __future__ import annotations

from collections.abc import Sequence

from toolkit.containers.grid import Grid
from toolkit.model import Source
from toolkit.notice.alignment import Token
from toolkit.notice.columns import Meaning, read_column
from toolkit.notice.flat_cells import header_run, paragraph_cells, pipe_cells
from toolkit.notice.flat_rows import FlatTable
from toolkit.notice.grid import PlacedSheet, read_tables
from toolkit.notice.likeness import unit_likeness
from toolkit.notice.numbering import is_number, number_style, number_value, read_marker
from toolkit.notice.passages import Passage

_WIDEST = 14
_LEAST_ROWS = 3
_LEAST_WIDTH = 3
_ALIKE = 0.8
"""Share of a column from which on its cells are of one kind."""


def regular(passages: Sequence[Passage], begin: int) -> FlatTable | None:
    """The table whose header begins at this passage, when its cells make up rows without a gap."""
    column = None if passages[begin].is_table else read_column(passages[begin].text)
    if column is None or column.meaning is not Meaning.NUMBER:
        return None
    tokens = paragraph_cells(passages, begin)
    width = next((n for n, token in enumerate(tokens[: _WIDEST + 3]) if n and is_number(token.text)), 0)
    if (rows := _rows(tokens, width)) is None:
        return None
    return _as_table([tokens[:width], *rows], passages, begin, rows[-1][-1].at + 1)


def between_bars(passages: Sequence[Passage], begin: int) -> FlatTable | None:
    """The table whose cells end with bars, blank ones too, when they make up rows as wide as the header."""
    if passages[begin].is_table or "|" not in "".join(p.text for p in passages[begin : begin + 2]):
        return None
    tokens = pipe_cells(passages, begin)
    width = len(header_run(tokens))
    rows = [tokens[place : place + width] for place in range(0, len(tokens), max(width, 1))]
    if width < _LEAST_WIDTH or len(rows) <= _LEAST_ROWS or not all(token.text for token in rows[0]):
        return None
    if rows and len(rows[-1]) < width and not any(token.text for token in rows[-1]):
        rows.pop()
    number = next((n for n, token in enumerate(rows[0]) if _counts(token.text)), None)
    if not all(_fits(row, number, width) for row in rows[1:]) or not (number is not None or _units_fit(rows)):
        return None
    return _as_table(rows, passages, begin, rows[-1][-1].at + 1)


def _counts(label: str) -> bool:
    column = read_column(label)
    return column is not None and column.meaning is Meaning.NUMBER


def _fits(row: Sequence[Token], number: int | None, width: int) -> bool:
    """Whether a row has its number in its place, or is a chapter."""
    if len(row) < width or (number is not None and any(is_number(token.text) for token in row[:number])):
        return False
    printed = sum(1 for token in row if token.text)
    return printed == 1 or (number is None and printed > 1) or (number is not None and is_number(row[number].text))


def _units_fit(rows: Sequence[Sequence[Token]]) -> bool:
    """Whether every column that a label says holds units does, and no other."""
    for place, label in enumerate(rows[0]):
        column = read_column(label.text)
        below = [row[place].text for row in rows[1:] if row[place].text and sum(bool(t.text) for t in row) > 1]
        fitting = sum(unit_likeness(text) >= _ALIKE for text in below)
        named = column is not None and column.meaning is Meaning.UNITS
        if below and (fitting < _ALIKE * len(below) if named else fitting > (1 - _ALIKE) * len(below)):
            return False
    return True


def _as_table(rows: Sequence[Sequence[Token]], passages: Sequence[Passage], begin: int, end: int) -> FlatTable | None:
    """The table that rows of cells make up, the header first."""
    grid = Grid("")
    for number, row in enumerate(rows):
        for place, token in enumerate(row):
            grid.set(number, place, token.text)
    tables = read_tables([PlacedSheet(grid.finish(), 1)])
    if len(tables) != 1:
        return None
    for record in tables[0].rows:
        assert record.source.row is not None
        passage = passages[rows[record.source.row - 1][0].at]
        record.source = Source(page=passage.page, paragraph=passage.number, text=record.source.text)
    return FlatTable(tables[0], begin, end)


def _rows(tokens: Sequence[Token], width: int) -> list[Sequence[Token]] | None:
    """The rows of that many cells, chapters among them as rows of one; ``None`` where the cells do not fit."""
    rows: list[Sequence[Token]] = []
    place, count = width, 0
    while width > 2 and place < len(tokens):
        token = tokens[place]
        marker = read_marker(token.text)
        if _names_chapter(tokens, place):
            rows.append(tokens[place : place + 2])
            place += 2
        elif is_number(token.text) and number_value(token.text) in (count + 1, 1):
            row = tokens[place : place + width]
            count = number_value(token.text) or 0
            if len(row) < width or _begins_another(row, count + 1, tokens[place + width : place + width + 1]):
                return None
            rows.append(row)
            place += width
        elif marker is not None and marker.heads:
            rows.append([token])
            place += 1
        else:
            break
    full = sum(1 for row in rows if len(row) == width)
    later = any(is_number(token.text) for token in tokens[place:])
    return rows if full >= _LEAST_ROWS and not later else None


def _begins_another(row: Sequence[Token], number: int, after: Sequence[Token]) -> bool:
    """Whether the number of the next row stands among the cells of a row: this one lacks a cell, the next may too."""
    inside = any(is_number(token.text) and number_value(token.text) == number for token in row[1:])
    return inside and not any(number_value(token.text) == number for token in after)


def _names_chapter(tokens: Sequence[Token], place: int) -> bool:
    """Whether a number and a name stand alone in front of the number of a row: 一 安居工程 1 …."""
    if place + 2 >= len(tokens) or is_number(tokens[place + 1].text) or not is_number(tokens[place].text):
        return False
    after = tokens[place + 2].text
    return is_number(after) and number_style(after) != number_style(tokens[place].text)
