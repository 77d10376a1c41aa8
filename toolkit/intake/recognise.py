"""Finding the tables of a form in a sheet: by header words wherever they stand, else by the codes.

A table is found although columns were moved, renamed, inserted or deleted, the header takes two rows or has
merged cells, rows stand above it, or several tables stand below each other.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from toolkit.containers.content import Value, cell_name
from toolkit.identity import read_code
from toolkit.intake.columns import AnyColumn, Column
from toolkit.intake.grid import Grid
from toolkit.intake.layout import TASKS, Layout

_HEADER_ROWS = 3
_SHORT = 24
"""Characters of a text that is looked at first when a header is searched."""
_SEARCHED = 2_000
"""Rows searched for a first header; a table may be longer, its header repeated below."""
_PROBED = 60
"""Body rows looked at to tell which unnamed columns have content."""


@dataclass(frozen=True)
class Table:
    """A table of answers in a grid; rows are 0-based, ``end`` is one past the last."""

    grid: Grid
    top: int
    body: int
    end: int
    columns: Mapping[AnyColumn, int]
    headers: Mapping[int, str] = field(default_factory=dict)
    """Column → header text as written, of every column that has one."""
    guessed: tuple[AnyColumn, ...] = ()
    """Columns told by their place or by words inside a longer header, not by their own name."""
    duty_columns: frozenset[int] = frozenset()
    """牵头单位 and the like, of a plan that a unit filled in."""
    headless: bool = False
    """The header row is gone; the columns were taken in the order of the form."""
    layout: Layout = TASKS

    @property
    def strangers(self) -> tuple[int, ...]:
        """Columns with a header of their own that the form does not have."""
        known = {*self.columns.values(), *self.duty_columns}
        return tuple(column for column in self.headers if column not in known)

    @property
    def is_reordered(self) -> bool:
        """Whether the columns stand in another order than that of the form."""
        order = [column for column in self.layout.order if column in self.columns]
        places = [self.columns[column] for column in order]
        return places != sorted(places)

    @property
    def beside(self) -> str:
        """The header cell of the column right of everything in the table, where the office may write."""
        place = self.columns.get(Column.PROBLEM)
        if place is None:
            place = max(len(self.grid.texts(row)) for row in range(self.top, self.end))
        return cell_name(self.body - 1, place)

    @property
    def absent(self) -> tuple[AnyColumn, ...]:
        """Columns a unit fills in that the table lacks."""
        return tuple(column for column in self.layout.filled_in if column not in self.columns)


@dataclass(frozen=True)
class _Header:
    top: int
    height: int
    named: dict[int, AnyColumn]
    exact: frozenset[int]
    texts: dict[int, str]


def find_tables(grid: Grid, layout: Layout = TASKS) -> list[Table]:
    """The tables of a grid from top to bottom; each reaches to the next header or to the end of the grid."""
    headers: list[_Header] = []
    row = 0
    seen: set[tuple[str, ...]] = set()
    while row < grid.height:
        searched = row < _SEARCHED or (seen and _row_texts(grid, row) in seen)
        header = _header_at(grid, row, layout) if searched else None
        if header is None:
            row += 1
            continue
        headers.append(header)
        seen.add(_row_texts(grid, row))
        row += header.height
    if not headers:
        table = _headless(grid, layout)
        return [table] if table else []
    ends = [header.top for header in headers[1:]] + [grid.height]
    return [_table(grid, header, end, layout) for header, end in zip(headers, ends, strict=True)]


def _row_texts(grid: Grid, row: int) -> tuple[str, ...]:
    return tuple(filter(None, grid.texts(row)))


def _header_at(grid: Grid, row: int, layout: Layout) -> _Header | None:
    """The header that starts at a row: of one row, or of more when these name further columns."""
    if not _may_be_header(grid.sheet.rows[row], layout):
        return None
    best: _Header | None = None
    for height in range(1, _HEADER_ROWS + 1):
        if row + height > grid.height or (height > 1 and _looks_like_body(grid, row + height - 1)):
            break
        header = _read_block(grid, row, height, layout)
        if header is None:
            continue
        if best is None or len(set(header.named.values())) > len(set(best.named.values())):
            best = header
    return best


def _may_be_header(row: list[Value], layout: Layout) -> bool:
    """A quick look: at least one short text names a column, there is a second text, and no code comes first."""
    texts = [value for value in row if type(value) is str]
    if len(texts) < 2 or read_code(texts[0]) is not None:
        return False
    return any(len(text) <= _SHORT and layout.read_header(text) for text in texts)


def _looks_like_body(grid: Grid, row: int) -> bool:
    cells = grid.cells(row)
    return not cells or any(len(text) > 40 or read_code(text) for _, text in cells)


def _read_block(grid: Grid, top: int, height: int, layout: Layout) -> _Header | None:
    """The columns that the texts of a block of rows name, the lowest text that names one deciding."""
    rows = range(top + height - 1, top - 1, -1)
    width = max(len(grid.sheet.rows[row]) for row in rows)
    found: dict[int, tuple[AnyColumn, bool, int]] = {}
    texts: dict[int, str] = {}
    for column in range(width):
        for row in rows:
            text = grid.shown(row, column)
            if not text:
                continue
            texts.setdefault(column, text)
            if read := layout.read_header(text):
                found[column] = (*read, row)
                break
    if not any(row == top for _, _, row in found.values()):
        return None
    named: dict[int, AnyColumn] = {}
    for column, (name, _, _) in sorted(found.items(), key=lambda item: (not item[1][1], item[0])):
        if name not in named.values() or name is Column.UNITS:
            named[column] = name
    if not layout.is_header(named.values()):
        return None
    exact = frozenset(column for column in named if found[column][1])
    return _Header(top, height, dict(sorted(named.items())), exact, texts)


def _table(grid: Grid, header: _Header, end: int, layout: Layout) -> Table:
    body = header.top + header.height
    used = {column for row in range(body, min(end, body + _PROBED)) for column, _ in grid.cells(row)}
    first, last = min(header.named), max(header.named)
    unnamed = sorted(
        column
        for column in used | set(header.texts)
        if column not in header.named and (column in header.texts or first < column < last)
    )
    neighbours = layout.by_neighbours(header.named, unnamed)
    columns = {name: column for column, name in header.named.items()}
    columns.update({name: column for column, name in neighbours.items()})
    loose = [name for column, name in header.named.items() if column not in header.exact]
    return Table(
        grid=grid,
        top=header.top,
        body=body,
        end=end,
        columns=columns,
        headers=header.texts,
        guessed=tuple(sorted({*loose, *neighbours.values()}, key=layout.order.index)),
        duty_columns=frozenset(column for column, name in header.named.items() if name is Column.UNITS),
        layout=layout,
    )


def _headless(grid: Grid, layout: Layout) -> Table | None:
    """A table without header row: the column of codes, the others in the order of the form beside it."""
    rows = range(min(grid.height, _SEARCHED))
    for row in rows:
        for column, text in grid.cells(row):
            if read_code(text) is None:
                continue
            columns = {name: column + offset for offset, name in enumerate(layout.issued)}
            guessed = tuple(layout.filled_in)
            return Table(grid, row, row, grid.height, columns, guessed=guessed, headless=True, layout=layout)
    return None
