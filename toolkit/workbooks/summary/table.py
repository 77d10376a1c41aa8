"""What a sheet of the summary shows, before any file format: columns, rows, links."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

Scalar = str | int | float | date | None


@dataclass(frozen=True, slots=True)
class Cell:
    """A value with a link or a look of its own."""

    value: Scalar
    link: str | None = None
    """``internal:'明细'!A5`` or ``external:../../回收/a.xlsx#填报表!I7``."""
    mark: str | None = None
    """Name of a mark of the template (a light or a status) whose fill the cell takes."""
    tip: str | None = None


Value = Scalar | Cell


@dataclass(frozen=True, slots=True)
class Row:
    """A row of values, or with ``banner`` a text across the whole width (a chapter)."""

    values: Sequence[Value] = ()
    banner: str | None = None


@dataclass(frozen=True, slots=True)
class Merge:
    """Body rows ``first`` to ``last`` (0-based among the rows) joined in one column."""

    column: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet: name, headers, rows, and the lines above and below."""

    sheet: str
    headers: tuple[str, ...]
    rows: Iterable[Row]
    merges: tuple[Merge, ...] = ()
    notes: tuple[str, ...] = ()
    """Lines below the table: how figures are computed, what was left out."""
    bookmark: str | None = None
    """Defined name that points at the first body row."""


def value_of(value: Value) -> Scalar:
    """The plain value of a cell."""
    return value.value if isinstance(value, Cell) else value
