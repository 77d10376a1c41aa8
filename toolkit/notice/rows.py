"""Rows of a task table: what every layout of a table is turned into before its meaning is read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from toolkit.model import Source
from toolkit.notice.columns import Column, Meaning
from toolkit.notice.likeness import is_blank

LEVEL_BREAK = "\v"
"""Parts the outer from the inner heading in a cell where the source told that they are two."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as one row sees it."""

    text: str
    first: bool = True
    """False in the rows that a merged cell covers below its first."""
    merged: bool = False
    """Whether the cell really spans several rows (so that blanks below it are no guess)."""


@dataclass(slots=True)
class Row:
    """One row: column → cell; a blank cell is absent, one with an empty text is known to be empty."""

    cells: dict[int, Cell]
    source: Source
    fresh: bool = False
    """The first row of a page or below a repeated header."""
    chapter: str | None = None
    """The text of a row that runs across the width; such a row has no cells."""
    placed: dict[int, str] = field(default_factory=dict)
    """Columns whose cell was put there by a guess, or may lack one that stands elsewhere → why."""
    unheaded: str = ""
    """Why a heading may be missing above this row and those below it that print none."""
    unchaptered: bool = False
    """Whether that heading may be a chapter, which also holds for rows below that print inner headings."""

    def text(self, column: int) -> str:
        """The text of a cell, empty when it is blank."""
        cell = self.cells.get(column)
        return cell.text if cell else ""


@dataclass(slots=True)
class TaskTable:
    """A table that divides work: what its columns mean, and its rows without header rows."""

    columns: Sequence[Column]
    rows: list[Row]
    above: tuple[str, ...] = ()
    """What the table itself prints above its header: often the title and the date."""
    below: tuple[str, ...] = ()
    """What the table itself prints below its last row: who signed, and when."""
    repaired: str = ""
    """How the rows were put together when the source does not have them as a table; empty for a real table."""


def left_out_of(table: TaskTable) -> Iterator[str]:
    """The labels of filled columns that the plan has no place for; those without a label by their place."""
    for number, column in enumerate(table.columns):
        if column.meaning is Meaning.ASIDE and any(not is_blank(row.text(number)) for row in table.rows):
            yield column.label or f"第{number + 1}栏"
