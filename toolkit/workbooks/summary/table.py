"""What a sheet of the summary shows, before any file format: columns, rows, links.

Cells, links and rows are named tuples: there are hundreds of thousands of them, and equal ones are written alike.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

Scalar = str | int | float | date | None


class Link(NamedTuple):
    """Where a cell leads: a place in another file, relative to the summary, or in the summary itself."""

    target: str | None
    """Relative URL of a file, ``None`` for the summary itself."""
    location: str = ""
    """``'填报表'!I7``."""


class Cell(NamedTuple):
    """A value with a link or a look of its own."""

    value: Scalar
    link: Link | None = None
    mark: str | None = None
    """A word of the template's sheet 样式 (a light, a severity) whose look is laid over the cell's."""
    lead: int = 0
    """So many characters at the beginning of a text are bold."""


Value = Scalar | Cell


class Row(NamedTuple):
    """A row of values, or with ``banner`` a text across the whole width (a chapter)."""

    values: Sequence[Value] = ()
    banner: str | None = None
    level: int = 0
    """Of a banner: 0 for a chapter, 1 for what is below it."""
    linked: bool = True
    """Whether the row keeps its links when the sheet may not have them all."""


@dataclass(frozen=True, slots=True)
class Streamed:
    """Rows that are made anew each time they are looked at, because there may be very many."""

    make: Callable[[], Iterable[Row]]
    count: int

    def __iter__(self) -> Iterator[Row]:
        return iter(self.make())

    def __len__(self) -> int:
        return self.count


@dataclass(frozen=True, slots=True)
class Merge:
    """Rows ``first`` to ``last`` (0-based among the table's rows) joined in one column."""

    column: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet: its name, its columns by header, its rows, and the lines below them."""

    sheet: str
    headers: tuple[str, ...]
    rows: Iterable[Row]
    repeated: Mapping[str, list[Value]] = field(default_factory=dict)
    """Headers of the column that the template shows once and the table repeats: mark → one value a repetition."""
    merges: tuple[Merge, ...] = ()
    hidden: frozenset[str] = frozenset()
    """Headers of columns that have nothing to show this time."""
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Header → what its drop-down offers; nothing else may be typed there."""
    widths: Mapping[int, float] = field(default_factory=dict)
    """Place of a value in a row → the width of its column, where the template's is not wanted."""
    notes: tuple[str, ...] = ()
    """Lines below the table: how figures are computed, what was left out."""


def value_of(value: Value) -> Scalar:
    """The plain value of a cell."""
    return value.value if isinstance(value, Cell) else value
