"""Real tables (cells with spans) → task tables: the header is found by its words, spans are spread over their rows."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from toolkit.containers.content import Sheet, cell_name
from toolkit.model import Source
from toolkit.notice.columns import Column, Meaning, is_label, joined, read_column, read_loosely
from toolkit.notice.furniture import is_date_line, is_furniture, is_signer, is_title
from toolkit.notice.numbering import is_number, read_marker
from toolkit.notice.passages import Passage
from toolkit.notice.profile import guess_columns
from toolkit.notice.rows import Cell, Row, TaskTable
from toolkit.notice.settling import Header, settle
from toolkit.notice.spread import Grid, Spread, expand, own

_HEADER_DEPTH = 40
"""Rows below which no first header is looked for."""
_KNOWN = 0.6
"""Share of the cells of a header whose words are known."""
_GUESSED = 0.8
"""Share that must at least end like a header's words where fewer are known."""

_NAMED = 0.4
"""Share of known words that is enough where units and tasks are among them and all other cells are short labels."""
_RULE = re.compile(r"[\s:：—–\-=]*")
"""A cell of a row that prints nothing but a rule, as below the header of a table typed between bars."""
_LONGEST_PART = 8
"""Characters of the longest label of a part."""


@dataclass(frozen=True, slots=True)
class PlacedSheet:
    """A sheet or table of the document with its place."""

    sheet: Sheet
    table: int
    page: int | None = None


def read_tables(pieces: Iterable[PlacedSheet | Passage], *, unnamed: bool = False) -> list[TaskTable]:
    """The task tables among the document's tables, pieces on following pages joined to the one they continue.

    Paragraphs stand among the pieces where they stood among the tables: the numbered ones right above a table,
    and the line between two pieces of one table, are chapters of it.  ``unnamed`` takes tables of tasks that name
    no units at all.
    """
    tables: list[TaskTable] = []
    width = 0
    above: list[Passage] = []
    for piece in pieces:
        if isinstance(piece, Passage):
            above.append(piece)
            continue
        lines, above = above, []
        grid = expand(piece.sheet)
        if not grid:
            continue
        header, top, body = _find_header(grid)
        open_table = tables[-1] if tables and len(grid[0]) == width else None
        if header is None:
            if open_table is not None:
                _add(open_table, _chapters(lines, between=True), grid, 0, piece)
            elif columns := guess_columns(_printed(grid)):
                rows = _rows(grid, 0, columns, piece)
                titles = list(itertools.takewhile(lambda row: row.chapter and is_title(row.chapter), rows))
                printed = tuple(row.chapter or "" for row in titles)
                tables.append(TaskTable(columns, _chapters(lines) + rows[len(titles) :], above=printed))
                width = len(grid[0])
            continue
        columns = settle(header, grid, body)
        if open_table is not None and _same(open_table.columns, columns):
            _add(open_table, _chapters(lines), grid, body, piece)
        elif divides_work(columns) or (unnamed and _lists_work(columns)):
            printed = tuple(text for line in _printed(grid[:top]) for text in line if text)
            tables.append(TaskTable(columns, [], above=printed))
            _add(tables[-1], _chapters(lines), grid, body, piece)
            width = len(grid[0])
    return tables


def _add(table: TaskTable, chapters: list[Row], grid: Grid, body: int, piece: PlacedSheet) -> None:
    """Add the rows of a piece, and what it prints below them."""
    table.rows += chapters + _rows(grid, body, table.columns, piece)
    signs = (n for n in range(body, len(grid)) if _signs(grid, n))
    table.below += tuple(next(cell.text for cell in grid[n] if cell.text) for n in signs)


def _printed(grid: Grid) -> list[list[str]]:
    return [[cell.text if own(cell, r, n) else "" for n, cell in enumerate(row)] for r, row in enumerate(grid)]


def _chapters(lines: Sequence[Passage], *, between: bool = False) -> list[Row]:
    """The paragraphs right above a table that are headings of its rows."""
    chapters: list[Passage] = []
    for line in reversed(lines):
        marker = read_marker(line.text)
        numbered = marker is not None and marker.heads
        if (
            len(line.text) > 60
            or line.text.rstrip()[-1] in "。；：:"
            or not (numbered or (between and len(lines) == 1))
        ):
            break
        chapters.append(line)
    return [
        Row({}, Source(page=line.page, paragraph=line.number, text=line.text), chapter=line.text)
        for line in reversed(chapters)
    ]


def divides_work(columns: Sequence[Column]) -> bool:
    """Whether a table with these columns divides work: somebody is named for something."""
    meanings = {column.meaning for column in columns}
    return Meaning.UNITS in meanings and bool(meanings & {Meaning.TASK, Meaning.CONTENT, Meaning.LEVEL})


def _lists_work(columns: Sequence[Column]) -> bool:
    """Whether a table without units lists tasks all the same: numbered or dated."""
    meanings = {column.meaning for column in columns}
    return bool(meanings & {Meaning.TASK, Meaning.CONTENT}) and bool(meanings & {Meaning.NUMBER, Meaning.DEADLINE})


def _same(left: Sequence[Column], right: Sequence[Column]) -> bool:
    return [column.meaning for column in left] == [column.meaning for column in right]


def _find_header(grid: Grid) -> tuple[Header | None, int, int]:
    """The header's column of each grid column, its first row, and the first row below it."""
    for number, row in enumerate(grid[:_HEADER_DEPTH]):
        header = _header_of(row)
        if header is None:
            continue
        below = number + 1
        if below < len(grid):
            second = _header_of(grid[below], least=1) or _parts_of(row, grid[below])
            spanned = any(c.bottom >= below for c in row if c.text and read_column(c.text))
            if second is not None and (spanned or _completes(row, grid[below])):
                upper_row = header if spanned else _carried(header, row)
                header = [joined(upper, lower) for upper, lower in zip(upper_row, second, strict=True)]
                below += 1
        return header, number, below
    return None, 0, 0


def _completes(upper: Sequence[Spread], lower: Sequence[Spread]) -> bool:
    """Whether a row of labels, without spans to tell it, parts a label of the row above: 责任分工 → 牵头, 配合."""
    printed = [number for number, cell in enumerate(lower) if cell.text]
    return len(printed) > 1 and any(not upper[number].text for number in printed)


def _parts_of(upper: Sequence[Spread], lower: Sequence[Spread]) -> Header | None:
    """A row of short labels below blank cells of a header and the cell before them: the parts of that one's label."""
    printed = [number for number, cell in enumerate(lower) if cell.text]
    last = len(upper) - 1
    parts = all(not upper[n].text or (n < last and not upper[n + 1].text) for n in printed)
    labels = all(is_label(lower[n].text) and len(lower[n].text) <= _LONGEST_PART for n in printed)
    if len(printed) < 2 or not parts or not labels or not _completes(upper, lower):
        return None
    return [read_column(cell.text) if cell.text else None for cell in lower]


def _carried(header: Header, row: Sequence[Spread]) -> Header:
    """A header whose blank cells go on with the label before them."""
    carried: Header = []
    for column, cell in zip(header, row, strict=True):
        carried.append(carried[-1] if carried and not cell.text else column)
    return carried


def _header_of(row: Sequence[Spread], least: int = 2) -> Header | None:
    header = [read_column(cell.text) if cell.text else None for cell in row]
    loose = [read_loosely(cell.text) if cell.text else None for cell in row]
    printed = {
        (cell.row, cell.column): (strict, guess)
        for cell, strict, guess in zip(row, header, loose, strict=True)
        if cell.text
    }
    known = [strict for strict, _ in printed.values() if strict is not None]
    guessed = sum(1 for _, guess in printed.values() if guess is not None)
    enough = len(known) >= max(least, _KNOWN * len(printed))
    if least > 1 and not enough:
        enough = bool(known) and guessed >= max(3, _GUESSED * len(printed))
    if least > 1 and not enough:
        told = {column.meaning for column in known}
        enough = (
            len(known) >= _NAMED * len(printed)
            and bool(told & {Meaning.TASK, Meaning.CONTENT})
            and (Meaning.NUMBER in told or (Meaning.UNITS in told and len(known) > 2))
            and all(is_label(cell.text) for cell in row if cell.text)
        )
    if not enough:
        return None
    meanings = {column.meaning for column in (loose if least > 1 else header) if column is not None}
    if least > 1 and not (len(meanings) >= 2 and meanings & {Meaning.UNITS, Meaning.TASK, Meaning.CONTENT}):
        return None
    return loose if least > 1 else header


def is_header_row(row: Sequence[str]) -> bool:
    """Whether a row of printed cells is a header."""
    return _header_of([Spread(text, 0, n, 0, n) for n, text in enumerate(row)]) is not None


def _rows(grid: Grid, body: int, columns: Sequence[Column], piece: PlacedSheet) -> list[Row]:
    rows: list[Row] = []
    fresh = True
    for number, line in enumerate(grid[body:], body):
        texts = [cell.text if own(cell, number, n) else "" for n, cell in enumerate(line)]
        if all(_RULE.fullmatch(text) for text in texts) or _signs(grid, number):
            continue
        if _header_of(line) is not None or (
            fresh and _header_of(line, least=1) is not None and len([t for t in texts if t]) > 1
        ):
            fresh = True
            continue
        first = next(n for n, text in enumerate(texts) if text)
        source = Source(
            page=piece.page,
            table=piece.table,
            row=number + 1,
            cell=cell_name(number, first),
            text=" | ".join(text for text in texts if text),
        )
        printed = [n for n, text in enumerate(texts) if text]
        wide = line[first].right - line[first].column + 1
        alone = len({(cell.row, cell.column) for cell in line if cell.text}) == 1
        if alone and (
            wide >= max(2, len(columns) - 1) or (len(printed) == 1 and _may_head(texts[first], columns[first]))
        ):
            rows.append(Row({}, source, fresh, chapter=texts[first]))
        else:
            rows.append(Row(_cells(line, number), source, fresh))
        fresh = False
    return rows


def _signs(grid: Grid, number: int) -> bool:
    """Whether a row is a line of its own below the table that says who signed and when."""
    lines = [{cell.text for cell in row if cell.text} for row in grid[number : number + 2]]
    if len(lines[0]) != 1:
        return False
    (text,) = lines[0]
    dated = len(lines) > 1 and len(lines[1]) == 1 and is_date_line(next(iter(lines[1])))
    return is_furniture(text) or (dated and is_signer(text))


def _may_head(text: str, column: Column) -> bool:
    """Whether a lone cell is a chapter rather than the rest of a row: it stands left of the contents and is short."""
    if len(text) > 60 or is_number(text):
        return False
    marker = read_marker(text)
    numbered = marker is not None and marker.heads and not text.endswith(("。", "；"))
    return numbered or column.meaning in (Meaning.NUMBER, Meaning.LEVEL, Meaning.TASK)


def _cells(line: Sequence[Spread], number: int) -> dict[int, Cell]:
    cells = {}
    for column, cell in enumerate(line):
        if cell.text and cell.column == column:
            cells[column] = Cell(cell.text, first=cell.row == number, merged=cell.bottom > cell.row)
    return cells
