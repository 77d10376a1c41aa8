"""Flattened tables → task tables: one cell a paragraph, cells between pipes, or the whole table in one line."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from toolkit.model import Source
from toolkit.notice.alignment import CHAPTER, OUTSIDE, Placed, Token, align
from toolkit.notice.columns import Column, Meaning, read_column
from toolkit.notice.furniture import is_furniture, is_title, opens_attachment
from toolkit.notice.grid import divides_work, settled
from toolkit.notice.likeness import unit_likeness
from toolkit.notice.numbering import is_number, number_value, read_marker
from toolkit.notice.passages import Passage
from toolkit.notice.profile import guess_columns
from toolkit.notice.rows import LEVEL_BREAK, Cell, Row, TaskTable

_LEAST_HEADER = 2
_LEAST_NUMBERS = 3
_LEVELS = (Meaning.LEVEL, Meaning.TASK)
_GAPS = {Meaning.LEVEL: LEVEL_BREAK, Meaning.TASK: LEVEL_BREAK, Meaning.UNITS: "、"}
"""What parts the paragraphs of one cell."""
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
_CHAPTERS_ABOVE = 3
_ROW_COST = 0.3
"""By how much a row may read worse when the source's own rows are kept to."""
_WORD = re.compile(r"[^\s|]+")
SEVERAL_PARAGRAPHS = "单位分成几段印出，可能属于不同的栏"
UNSURE_PLACE = "文字由散开的表格还原，这一格归哪一栏不能确定"


@dataclass(frozen=True, slots=True)
class FlatTable:
    """A flattened table, and the passages it takes up: ``begin`` up to ``end``."""

    table: TaskTable
    begin: int
    end: int
    title: str = ""
    """Words that stand glued in front of the header in the same line."""


def read_flat(passages: Sequence[Passage]) -> FlatTable | None:
    """The flattened table among a document's passages, ``None`` when there is none."""
    for begin in range(len(passages)):
        for read in (_under_header, _in_one_line):
            if (found := read(passages, begin)) is not None:
                return found
    return _without_header(passages)


# --- one cell a paragraph, or between pipes, below a header -----------------------------


def _under_header(passages: Sequence[Passage], begin: int) -> FlatTable | None:
    first = _header_word(passages[begin].text)
    if first is None:
        return None
    piped = "|" in passages[begin].text or (begin + 1 < len(passages) and passages[begin + 1].text.startswith("|"))
    tokens = _pipe_cells(passages, begin) if piped else _paragraph_cells(passages, begin)
    header = _header_run(tokens, 0)
    if len(header) < _LEAST_HEADER or not divides_work(settled(list(header))):
        return None
    body, fresh = _without_repeats(tokens[_header_length(tokens, header) :], header)
    if len(body) < 2 * len(header):
        return None
    read = _align(body, header, fresh, passages)
    if (in_rows := _with_row_starts(tokens, len(header)) if piped else None) is not None:
        same = _without_repeats(in_rows[_header_length(tokens, header) :], header)[0]
        told = _align(same, header, fresh, passages)
        if told is not None and (read is None or told.score >= read.score - _ROW_COST * len(told.table.rows)):
            read = told
    return None if read is None else FlatTable(read.table, begin, _last(read.placed, body, begin) + 1)


def _header_word(text: str) -> Column | None:
    return read_column(text.strip().strip("|").strip())


def _header_run(tokens: Sequence[Token], begin: int) -> list[Column]:
    header = []
    for token in tokens[begin : begin + 14]:
        if not token.text:
            continue
        column = read_column(token.text)
        if column is None:
            break
        header.append(column)
    return header


def _header_length(tokens: Sequence[Token], header: Sequence[Column]) -> int:
    """How many tokens the header takes, blank cells among it counted."""
    seen = 0
    for index, token in enumerate(tokens):
        seen += bool(token.text)
        if seen == len(header):
            return index + 1
    return len(tokens)


def _paragraph_cells(passages: Sequence[Passage], begin: int) -> list[Token]:
    tokens: list[Token] = []
    for index in range(begin, len(passages)):
        passage = passages[index]
        if passage.is_table or opens_attachment(passage.text):
            break
        if passage.close and tokens and not is_number(passage.text) and not is_number(tokens[-1].text):
            tokens[-1] = replace(tokens[-1], text=tokens[-1].text + "\n" + passage.text)
        else:
            tokens.append(Token(passage.text, at=index))
    return tokens


def _pipe_cells(passages: Sequence[Passage], begin: int) -> list[Token]:
    """The cells of lines that end their cells with pipes; the last pipe ends the table."""
    tokens: list[Token] = []
    open_text, open_at = "", begin
    last_pipe = begin
    for index in range(begin, len(passages)):
        text = passages[index].text
        if passages[index].is_table:
            break
        if "|" in text:
            last_pipe = index
    for index in range(begin, last_pipe + 1):
        pieces = passages[index].text.split("|")
        for piece in pieces[:-1]:
            cell = f"{open_text}\n{piece}".strip() if open_text else piece.strip()
            tokens.append(Token(cell, at=open_at if open_text else index))
            open_text = ""
        if rest := pieces[-1].strip():
            open_at = open_at if open_text else index
            open_text = f"{open_text}\n{rest}".strip()
    return tokens


def _with_row_starts(tokens: Sequence[Token], labels: int) -> list[Token] | None:
    """The cells with the rows they would make up if all rows were equally wide, blank cells counted."""
    for width in range(labels, labels + 6):
        starts = tokens[::width]
        blanks = sum(1 for token in tokens if not token.text)
        if len(starts) < 4 or not blanks or any(token.text for token in tokens[labels:width]):
            continue
        if all(token.text for token in starts[:-1]):
            return [replace(token, row_start=place % width == 0) for place, token in enumerate(tokens)]
    return None


def _without_repeats(tokens: Sequence[Token], header: Sequence[Column]) -> tuple[list[Token], set[int]]:
    """The cells without blank ones and without headers printed again; and which cells stand right below one."""
    labels = [column.label for column in header]
    cells = [token for token in tokens if token.text]
    body: list[Token] = []
    fresh: set[int] = set()
    index = 0
    while index < len(cells):
        again = [column.label for column in _header_run(cells[index : index + len(labels)], 0)]
        if again == labels:
            index += len(labels)
            fresh.add(len(body))
            continue
        body.append(cells[index])
        index += 1
    return body, fresh


# --- no header at all: numbers in sequence, each followed by as many cells --------------


def _without_header(passages: Sequence[Passage]) -> FlatTable | None:
    run = _numbers_in_runs(passages)
    if len(run) < _LEAST_NUMBERS or not _are_cells(passages, run):
        return None
    begin = run[0]
    while begin and run[0] - begin < _CHAPTERS_ABOVE and _is_chapter(passages[begin - 1].text):
        begin -= 1
    tokens = _paragraph_cells(passages, begin)
    readings = [_align(tokens, columns, set(), passages) for columns in _column_sets(passages, run)]
    read = max((r for r in readings if r is not None), key=_plain_score, default=None)
    return None if read is None else FlatTable(read.table, begin, _last(read.placed, tokens, begin) + 1)


def _plain_score(read: _Aligned) -> float:
    """The score of a reading, less what each column beyond the usual four must be worth."""
    return read.score - _COLUMN_COST * len(read.table.rows) * max(0, len(read.table.columns) - 4)


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


# --- the whole table in one line, cells parted by blanks --------------------------------


def _in_one_line(passages: Sequence[Passage], begin: int) -> FlatTable | None:
    text = passages[begin].text
    if passages[begin].is_table or len(text) < 200 or text.count(" ") + text.count("\u3000") < 10:
        return None
    found = _inline_header(text)
    if found is None:
        return None
    start, end, header = found
    tokens = [Token(match.group(), at=begin) for match in _WORD.finditer(text, end)]
    body, fresh = _without_repeats(tokens, header)
    read = _align(body, header, fresh, passages, loose=True)
    return None if read is None else FlatTable(read.table, begin, begin + 1, title=text[:start].strip())


def _inline_header(text: str) -> tuple[int, int, list[Column]] | None:
    """Where a run of header words stands in a line, parted by blanks, blanks inside the words allowed."""
    words = list(_WORD.finditer(text))
    for first in range(len(words)):
        header: list[Column] = []
        place = first
        begin = words[first].start()
        while place < len(words) and len(header) < 12:
            read = _read_spaced(words, place, first_word=not header)
            if read is None:
                break
            column, place, offset = read
            if not header:
                begin = offset
            header.append(column)
        if len(header) >= _LEAST_HEADER and divides_work(settled(list(header))):
            return begin, words[place - 1].end(), header
    return None


def _read_spaced(words: Sequence[re.Match[str]], place: int, *, first_word: bool) -> tuple[Column, int, int] | None:
    """A header word that may be printed with blanks inside (具 体 要 求), or glued to the title before it."""
    joined = ""
    for count in range(1, 7):
        if place + count > len(words):
            break
        joined += words[place + count - 1].group()
        if len(joined) > 12 and not first_word:
            break
        column = read_column(joined)
        if column is not None and (count == 1 or all(len(w.group()) <= 2 for w in words[place : place + count])):
            return column, place + count, words[place].start()
    if first_word:
        word = words[place].group()
        for cut in range(max(1, len(word) - 8), len(word) - 1):
            column = read_column(word[cut:])
            if column is not None:
                return column, place + 1, words[place].start() + cut
    return None


# --- cells → rows -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Aligned:
    """A reading of flattened cells."""

    table: TaskTable
    placed: list[Placed]
    score: float


def _align(
    tokens: list[Token], header: Sequence[Column], fresh: set[int], passages: Sequence[Passage], *, loose: bool = False
) -> _Aligned | None:
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
    return _Aligned(TaskTable(columns, rows, repaired=UNSURE_PLACE), placed, score)


def _with_numbers(tokens: Sequence[Token], columns: list[Column]) -> Iterator[list[Column]]:
    """The columns, with one for numbers where the cells have numbers and the header names none."""
    numbers = sum(1 for token in tokens if is_number(token.text))
    if any(column.meaning is Meaning.NUMBER for column in columns) or numbers < _LEAST_NUMBERS:
        yield columns
        return
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
    return rows


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
    elif rival > column and number:
        rows[number - 1].placed[rival] = UNSURE_PLACE


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


def _last(placed: Sequence[Placed], tokens: Sequence[Token], begin: int) -> int:
    """The passage of the last cell inside the table."""
    inside = [token.at for token, place in zip(tokens, placed, strict=True) if place.column != OUTSIDE]
    return max(inside, default=begin)
