"""The cells of a flattened table → rows of a task table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from toolkit.model import Source
from toolkit.notice.alignment import CHAPTER, OUTSIDE, Placed, Token, align
from toolkit.notice.columns import Column, Meaning
from toolkit.notice.likeness import is_blank, promises_figures
from toolkit.notice.numbering import is_number, read_marker
from toolkit.notice.passages import Passage
from toolkit.notice.rows import LEVEL_BREAK, Cell, Row, TaskTable
from toolkit.notice.settling import settled

_LEAST_NUMBERS = 3
_LEAST_RECORDS = 4
"""Rows below which nothing shows how the rows of a flattened table usually are."""
_SELDOM = (Meaning.REMARK, Meaning.STATUS, Meaning.ASIDE)
_BESIDE = (*_SELDOM, Meaning.DEADLINE)
_USUAL = 0.7
"""Share of the rows from which on a column is nearly always filled."""
_RARE = 0.3
"""Share of the rows below which a column is seldom filled."""
_LONGEST_CHAPTER = 40
_LEVELS = (Meaning.LEVEL, Meaning.TASK)
_GAPS = {Meaning.LEVEL: LEVEL_BREAK, Meaning.TASK: LEVEL_BREAK, Meaning.UNITS: "、"}
"""What parts the paragraphs of one cell."""
SEVERAL_PARAGRAPHS = "单位分成几段印出，可能属于不同的栏"
FEW_ROWS = "散开的表格只有几行，各格归哪一栏不能确定"
BLANK_UNITS = "原表散开后空格不再印出，这一行少一格单位，空着的是哪一栏不能确定"
UNSURE_PLACE = "文字由散开的表格还原，这一格归哪一栏不能确定"


@dataclass(frozen=True, slots=True)
class FlatTable:
    """A flattened table, and the passages it takes up: ``begin`` up to ``end``."""

    table: TaskTable
    begin: int
    end: int
    title: str = ""
    """Words that stand glued in front of the header in the same line."""
    headed: bool = True
    """Whether the words of a header stand above its cells."""


@dataclass(frozen=True, slots=True)
class Aligned:
    """A reading of flattened cells."""

    table: TaskTable
    placed: list[Placed]
    score: float


def align_rows(
    tokens: list[Token], header: Sequence[Column], fresh: set[int], passages: Sequence[Passage], *, loose: bool = False
) -> Aligned | None:
    """The rows that cells make up below a header; ``fresh`` cells stand right below a header printed again.

    ``loose`` cells are parted by blanks, which may stand inside a cell too.
    """
    best: tuple[float, list[Placed], list[Column]] | None = None
    for columns in _with_numbers(tokens, settled(list(header))):
        placed, score = align(tokens, columns, loose=loose)
        if best is None or score > best[0]:
            best = (score, placed, columns)
    if best is None:
        return None
    score, placed, columns = best
    rows = _rows(tokens, placed, columns, fresh, passages, loose)
    if not any(row.cells for row in rows):
        return None
    records = [row for row in rows if row.cells]
    if len(records) < _LEAST_RECORDS:
        for row in records:
            row.placed |= dict.fromkeys(range(len(columns)), FEW_ROWS)
            row.unheaded = row.unheaded or FEW_ROWS
    return Aligned(TaskTable(columns, rows, repaired=UNSURE_PLACE), placed, score)


def _with_numbers(tokens: Sequence[Token], columns: list[Column]) -> Iterator[list[Column]]:
    """The columns, with one for numbers where the cells have numbers and the header names none."""
    numbers = sum(1 for token in tokens if is_number(token.text))
    if any(column.meaning is Meaning.NUMBER for column in columns) or numbers < _LEAST_NUMBERS:
        yield columns
        return
    if any(promises_figures(column.label) for column in columns):
        yield columns
    content = next(n for n, column in enumerate(columns) if column.meaning is Meaning.CONTENT)
    for place in sorted({0, content}):
        yield [*columns[:place], Column(Meaning.NUMBER, guessed=True), *columns[place:]]


def _rows(
    tokens: Sequence[Token],
    placed: Sequence[Placed],
    columns: Sequence[Column],
    fresh: set[int],
    passages: Sequence[Passage],
    loose: bool,
) -> list[Row]:
    rows: list[Row] = []
    turned = False
    stacked = _stacked_headings(tokens, placed, columns)
    placed = _rare_remarks_doubted(tokens, placed, columns)
    rivals: list[tuple[int, int, int]] = []
    for index, (token, place) in enumerate(zip(tokens, placed, strict=True)):
        turned = turned or index in fresh
        if place.column == OUTSIDE:
            break
        chapter = place.column == CHAPTER or index in stacked
        if not rows or place.new_row or index - 1 in stacked or (chapter and read_marker(token.text) is not None):
            passage = passages[token.at]
            rows.append(Row({}, Source(page=passage.page, paragraph=passage.number), fresh=turned))
            turned = False
        row = rows[-1]
        row.source = replace(row.source, text=f"{row.source.text} | {token.text}" if row.source.text else token.text)
        if not place.sure:
            rivals.append((len(rows) - 1, place.column, place.rival))
        if chapter:
            row.chapter = f"{row.chapter} {token.text}" if row.chapter else token.text
            continue
        held = row.cells.get(place.column)
        if held and columns[place.column].meaning is Meaning.UNITS and held.text[-1] not in "、，,；;":
            row.placed[place.column] = SEVERAL_PARAGRAPHS
        gap = " " if loose else _GAPS.get(columns[place.column].meaning, "\n")
        row.cells[place.column] = Cell(f"{held.text}{gap}{token.text}" if held else token.text)
    for number, column, rival in rivals:
        _doubt(rows, number, column, rival)
    _doubt_blank_units(rows, columns)
    _doubt_beside_blanks(rows, columns)
    return rows


def _doubt_blank_units(rows: Sequence[Row], columns: Sequence[Column]) -> None:
    """Mark the units of rows that print some columns of units and not others: nothing shows which one is blank.

    A blank 配合单位 means that nobody supports; a blank 牵头单位 was merged with the one above it.
    """
    units = {number for number, column in enumerate(columns) if column.meaning is Meaning.UNITS}
    for row in rows:
        if 0 < len(units & row.cells.keys()) < len(units):
            row.placed |= dict.fromkeys(units & row.cells.keys(), BLANK_UNITS) | row.placed


def _doubt_beside_blanks(rows: Sequence[Row], columns: Sequence[Column]) -> None:
    """Mark a remark right behind a column that nearly all rows fill and this one does not: it may be that cell."""
    records = [row for row in rows if row.cells]
    for number, column in enumerate(columns[1:], 1):
        before = number - 1
        filled = sum(before in row.cells for row in records)
        if column.meaning not in _SELDOM or columns[before].meaning not in _BESIDE or filled < _USUAL * len(records):
            continue
        for row in records:
            if number in row.cells and before not in row.cells and not is_blank(row.text(number)):
                row.placed.setdefault(number, UNSURE_PLACE)


def _doubt(rows: Sequence[Row], number: int, column: int, rival: int) -> None:
    """Mark a cell that might as well stand elsewhere, and the place where it would stand.

    A column further left (or a chapter) is that of the next row, one further right may be that of the row before.
    """
    if column >= 0:
        rows[number].placed[column] = UNSURE_PLACE
    else:
        rows[number].unheaded = UNSURE_PLACE
    if rival == CHAPTER or (0 <= rival < column):
        for row in rows[number + 1 : number + 2]:
            row.unheaded = UNSURE_PLACE
            row.unchaptered = rival == CHAPTER
    elif rival > column and number:
        rows[number - 1].placed[rival] = UNSURE_PLACE


def _rare_remarks_doubted(
    tokens: Sequence[Token], placed: Sequence[Placed], columns: Sequence[Column]
) -> Sequence[Placed]:
    """The places, unsure where a short line stands in a column of remarks that few rows fill: it may be a chapter."""
    rows = sum(place.new_row and place.column >= 0 for place in placed)
    filled = Counter(place.column for place in placed if place.column >= 0)
    rare = {
        number
        for number, column in enumerate(columns)
        if column.meaning in _SELDOM and filled[number] < _RARE * rows and number == len(columns) - 1
    }
    return [
        replace(place, sure=False, rival=CHAPTER)
        if place.column in rare and len(token.text) <= _LONGEST_CHAPTER and not is_blank(token.text)
        else place
        for token, place in zip(tokens, placed, strict=True)
    ]


def _stacked_headings(tokens: Sequence[Token], placed: Sequence[Placed], columns: Sequence[Column]) -> set[int]:
    """Numbered headings in the place of a level that are chapters of their own.

    They stand in one cell with what is below them (一、… （一）… 名称), or are numbered like the chapters.
    """
    stacked: set[int] = set()
    alone: dict[int, str] = {}
    chapters: set[str] = set()
    for index, (token, here) in enumerate(zip(tokens, placed, strict=True)):
        marker = read_marker(token.text)
        if marker is None or not marker.heads:
            continue
        if here.column == CHAPTER:
            chapters.add(marker.style)
        elif here.column >= 0 and columns[here.column].meaning in _LEVELS:
            after = placed[index + 1] if index + 1 < len(placed) else None
            if after is not None and after.column == here.column and not after.new_row:
                stacked.add(index)
                chapters.add(marker.style)
            else:
                alone[index] = marker.style
    others = Counter(alone.values())
    return stacked | {n for n, style in alone.items() if style in chapters and others[style] < 0.3 * len(alone)}


def last_passage(placed: Sequence[Placed], tokens: Sequence[Token], begin: int) -> int:
    """The passage of the last cell inside the table."""
    inside = [token.at for token, place in zip(tokens, placed, strict=True) if place.column != OUTSIDE]
    return max(inside, default=begin)
