"""What stands around the tables of a form: title, 填报单位, 填报期, the people below, and what a unit added."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from toolkit.containers.content import cell_name
from toolkit.intake.grid import Grid
from toolkit.intake.labels import PEOPLE, Label, find_round, read_labels
from toolkit.intake.reading import Count, Row, row_of
from toolkit.intake.recognise import Table
from toolkit.intake.reference import Reference
from toolkit.language.text import essence
from toolkit.marks import UNMARKED, Marks
from toolkit.model import Extra

MOST_EXTRAS = 400
"""Extras kept of one file; beyond this a finding gives the count."""
_ABOVE = 12
"""Rows above a header in which its labels are looked for."""
_LINE = 3
"""Cells with content that a line between two tables may have; a row of a table has more."""
_TITLE = 6
"""Characters from which a plan's title is looked for inside a longer line."""
_AROUND_TITLE = 24
"""Characters a title line may have besides the plan's title (填报表, the round)."""


@dataclass(frozen=True, slots=True)
class Head:
    """What the lines above a table tell."""

    unit: str = ""
    round: str = ""


def read_head(table: Table, above: Table | None = None) -> Head:
    """填报单位 and the round of a table; the line nearest above its header decides.

    ``above`` is the table before it in the same grid: what its rows say is no head of this one (完成时限
    2022年9月30日 names no round).
    """
    unit = round_text = ""
    first = max(0, table.top - _ABOVE, _past_rows(above, table.top) if above else 0)
    lines: list[list[tuple[int, str]]] = [] if above else [[(0, text)] for text in table.grid.before]
    lines += [list(table.grid.cells(row)) for row in range(first, table.top)]
    for cells in reversed(lines):
        for labelled in read_labels(cells):
            if labelled.label is Label.UNIT:
                unit = unit or labelled.text
            elif labelled.label is Label.ROUND:
                round_text = round_text or labelled.text
    if not round_text:
        round_text = next((name for cells in reversed(lines) for _, text in cells if (name := find_round(text))), "")
    return Head(unit, round_text)


def _past_rows(table: Table, end: int) -> int:
    """One past the last row before ``end`` that is a row of the table, not a line of labels or a title below it."""
    for row in range(end - 1, table.body - 1, -1):
        cells = table.grid.cells(row)
        if len(cells) > _LINE and not read_labels(cells):
            return row + 1
    return table.body


def read_people(lines: Iterable[Iterable[tuple[int, str]]]) -> dict[str, str]:
    """填报人, 联系电话, 审核人, 填报日期 of the lines around a table; the first that is filled in counts."""
    people: dict[str, str] = {}
    for cells in lines:
        for labelled in read_labels(cells):
            if labelled.label in PEOPLE and labelled.text:
                people.setdefault(labelled.label.value, labelled.text)
    return people


@dataclass
class Strays:
    """Cells that belong to no row of a table: known ones are counted, the others become extras."""

    path: str
    reference: Reference
    marks: Marks = UNMARKED
    extras: list[Extra] = field(default_factory=list)
    unlisted: int = 0
    """Cells counted as reported that are not among the extras, because there are too many of them."""

    def __post_init__(self) -> None:
        self._tallied = [0, 0, 0, 0]
        self._titles = [title for title in self.reference.titles if len(title) >= _TITLE]

    @property
    def count(self) -> Count:
        """Where the cells went so far."""
        return Count(*self._tallied)

    def tally(self, *, read: int = 0, answers: int = 0, known: int = 0, reported: int = 0) -> None:
        """Account for some cells."""
        for place, cells in enumerate((read, answers, known, reported)):
            self._tallied[place] += cells

    def is_office_text(self, text: str) -> bool:
        """Whether the office wrote this itself: a heading, a hint, its marks, the title with or without more words."""
        if self.marks.wrote(text) or self.reference.layout.is_hint(text):
            return True
        said = essence(text)
        if said in self.reference.office_texts:
            return True
        return any(known in said and len(said) - len(known) <= _AROUND_TITLE for known in self._titles)

    def take(self, grid: Grid, row: int, unit: str | None) -> int:
        """Account for a row outside the tables; returns how many of its cells are extras.

        Once there are too many extras, rows are only counted: a sheet of a million cells is not looked at closely.
        """
        cells = grid.cells(row)
        if len(self.extras) >= MOST_EXTRAS:
            self.tally(read=len(cells), reported=len(cells))
            self.unlisted += len(cells)
            return len(cells)
        labelled = read_labels(cells)
        values = {item.column for item in labelled}
        stray = [
            (column, text)
            for column, text in cells
            if column not in values and not read_labels([(column, text)]) and not self.is_office_text(text)
        ]
        if stray:
            self.keep(grid.sheet.name, row, stray, unit)
        self.tally(read=len(cells), known=len(cells) - len(stray))
        return len(stray)

    def take_line(self, text: str, place: str) -> None:
        """Account for a paragraph of a document outside its tables."""
        known = bool(read_labels([(0, text)])) or self.is_office_text(text)
        self.tally(read=1, known=known, reported=not known)
        if not known:
            self.extras.append(Extra(self.path, "", place, None, (text,)))

    def keep(self, sheet: str, row: int, cells: list[tuple[int, str]], unit: str | None) -> None:
        """Keep cells of one row as an extra and count them as reported, not as read."""
        self.tally(reported=len(cells))
        if len(self.extras) >= MOST_EXTRAS:
            self.unlisted += len(cells)
            return
        values = tuple(text for _, text in cells)
        self.extras.append(Extra(self.path, sheet, cell_name(row, cells[0][0]), unit, values))

    def demote(self, row: Row, unit: str | None) -> None:
        """Turn the answers of a row that is not merged into an extra."""
        values = tuple(answer.text for _, answer in row.answers)
        own = sum(1 for _, answer in row.answers if row_of(answer.cell) == row_of(row.cell))
        self.extras.append(Extra(self.path, row.sheet, row.cell, unit, values))
        self.tally(answers=-own, reported=own)
