"""Column widths for the texts at hand: the template's, but no room for empty columns while others need it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from toolkit.workbooks.row_heights import MAX_ROW_HEIGHT, line_count, row_height, width_for
from toolkit.workbooks.table_look import TableLook, Widths

_WIDEST = 90.0
"""Units a column is widened to at most."""
_STEP = 2.0
_MEASURED_ROWS = 150
"""Rows looked at when room is given away: enough to tell which columns make rows high."""


def fitted_widths(look: TableLook, rows: Sequence[Mapping[str, str]], may_shrink: Collection[str]) -> Widths:
    """The widths for these rows of texts by column word.

    Columns of ``may_shrink`` without any text become as narrow as their header word allows; the room goes to the
    columns that make rows high.  A column whose longest text would not fit into the highest row is widened further.
    """
    widths = list(look.template.widths)
    room = 0.0
    for word in may_shrink:
        if not any(row.get(word) for row in rows):
            column, size = look.template.columns[word], look.header_size_of(word)
            narrow = min(widths[column], width_for(word, size, row_height(1, size)))
            room += widths[column] - narrow
            widths[column] = narrow
    while room >= _STEP and (tallest := _tallest_column(look, rows[:_MEASURED_ROWS], widths)) is not None:
        widths[tallest] += _STEP
        room -= _STEP
    for word, column in look.template.columns.items():
        size = look.size_of(word)
        for text in {row.get(word, "") for row in rows}:
            if row_height(line_count(text, widths[column], size), size) >= MAX_ROW_HEIGHT:
                widths[column] = max(widths[column], min(_WIDEST, width_for(text, size)))
    return tuple(widths)


def _tallest_column(look: TableLook, rows: Sequence[Mapping[str, str]], widths: Sequence[float]) -> int | None:
    """The column that most makes rows higher than its neighbours need."""
    excess: dict[int, int] = {}
    for row in rows:
        lines = sorted(
            (line_count(row.get(word, ""), widths[column], look.size(style)), column)
            for column, word, style in look.columns
        )
        if len(lines) > 1 and lines[-1][0] > lines[-2][0]:
            excess[lines[-1][1]] = excess.get(lines[-1][1], 0) + lines[-1][0] - lines[-2][0]
    return max(excess, key=lambda column: (excess[column], -column)) if excess else None
