"""What is said of a table as a whole, of how a row was matched, and of merged answers."""

from __future__ import annotations

from collections.abc import Iterable

from toolkit.containers.content import Span, cell_name
from toolkit.findings import intake as found
from toolkit.intake.answers import short
from toolkit.intake.columns import AnyColumn, Column
from toolkit.intake.grid import Grid
from toolkit.intake.matching import Matched
from toolkit.intake.notes import Notes
from toolkit.intake.reading import Match
from toolkit.intake.recognise import Table


def tell_columns(table: Table, notes: Notes, *, marked: bool) -> None:
    """Columns moved, renamed, absent, hidden, or not the form's; ``marked`` when the office itself added one."""
    if table.headless:
        notes.tell(found.HEADER_ABSENT, cell_name(table.top, 0))
        return
    header = table.body - 1
    if table.is_reordered:
        notes.tell(found.COLUMNS_MOVED, cell_name(table.top, 0))
    for column in table.guessed:
        place = table.columns[column]
        text = short(table.headers.get(place, ""))
        notes.tell(found.COLUMN_GUESSED, cell_name(header, place), text=text, column=column.label)
    for column in table.absent:
        notes.tell(found.COLUMN_ABSENT, column=column.label)
    places = table.strangers
    if Column.PROBLEM in table.columns and not marked:
        places = (*places, table.columns[Column.PROBLEM])
    for place in places:
        notes.tell(found.STRANGER_COLUMN, cell_name(header, place), text=short(table.headers[place]))
    for answer in table.layout.filled_in:
        if table.columns.get(answer) in table.grid.sheet.hidden_columns:
            notes.tell(found.HIDDEN_COLUMN, cell_name(header, table.columns[answer]), column=answer.label)


def tell_match(matched: Matched, cell: str, label: str, notes: Notes) -> None:
    """How a row without a sound code was matched."""
    if matched.conflicting:
        kind, other = found.CODE_TEXT_CONFLICT, matched.code
        notes.tell(kind, cell, code=matched.conflicting, label=label, other=other)
    elif matched.match is Match.TEXT:
        notes.tell(found.MATCHED_BY_TEXT, cell, label=label)
    elif matched.match is Match.LIKENESS:
        notes.tell(found.MATCHED_BY_LIKENESS, cell, label=label, likeness=round(matched.likeness))
    elif matched.match is Match.NUMBER:
        notes.tell(found.MATCHED_BY_NUMBER, cell, label=label)


def tell_merged(grid: Grid, merged: Iterable[tuple[AnyColumn, Span]], notes: Notes) -> None:
    """Answers that hold for several rows (A13)."""
    for column, span in merged:
        if not grid.text(span.top, span.left):
            continue
        first, last = cell_name(span.top, span.left), cell_name(span.bottom, span.right)
        count = span.bottom - span.top + 1
        notes.tell(found.MERGED_ANSWER, first, column=column.label, count=count, cells=f"{first}:{last}")
