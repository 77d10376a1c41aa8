"""Flattened tables → task tables: one cell a paragraph, cells between pipes, or the whole table in one line."""

from __future__ import annotations

from collections.abc import Sequence

from toolkit.notice.columns import read_column
from toolkit.notice.flat_cells import (
    LEAST_HEADER,
    arrangements,
    header_length,
    header_run,
    paragraph_cells,
    pipe_cells,
    with_row_starts,
    without_repeats,
)
from toolkit.notice.flat_headless import without_header
from toolkit.notice.flat_line import in_one_line
from toolkit.notice.flat_regular import between_bars, regular
from toolkit.notice.flat_rows import FlatTable, align_rows, last_passage
from toolkit.notice.grid import divides_work
from toolkit.notice.passages import Passage
from toolkit.notice.settling import settled

_ROW_COST = 0.3
"""By how much a row may read worse when the source's own rows are kept to."""


def read_flat(passages: Sequence[Passage]) -> list[FlatTable]:
    """The flattened tables among a document's passages, in their order."""
    found: list[FlatTable] = []
    begin = 0
    while begin < len(passages):
        table = next(
            filter(None, (read(passages, begin) for read in (regular, between_bars, _under_header, in_one_line))), None
        )
        if table is not None:
            found.append(table)
        begin = max(begin + 1, table.end if table is not None else 0)
    alone = None if found else without_header(passages)
    return [alone] if alone is not None else found


def _under_header(passages: Sequence[Passage], begin: int) -> FlatTable | None:
    if read_column(passages[begin].text.strip("| \u3000").partition("|")[0]) is None:
        return None
    piped = "|" in passages[begin].text or (begin + 1 < len(passages) and passages[begin + 1].text.startswith("|"))
    tokens = pipe_cells(passages, begin) if piped else paragraph_cells(passages, begin)
    header = header_run(tokens)
    if len(header) < LEAST_HEADER or not divides_work(settled(list(header))):
        return None
    body, fresh = without_repeats(tokens[header_length(tokens, header) :], header)
    if len(body) < 2 * len(header):
        return None
    readings = [align_rows(body, columns, fresh, passages) for columns in arrangements(header)]
    read = max((one for one in readings if one is not None), key=lambda one: one.score, default=None)
    if (in_rows := with_row_starts(tokens, len(header)) if piped else None) is not None:
        same = without_repeats(in_rows[header_length(tokens, header) :], header)[0]
        told = align_rows(same, header, fresh, passages)
        if told is not None and (read is None or told.score >= read.score - _ROW_COST * len(told.table.rows)):
            read = told
    return None if read is None else FlatTable(read.table, begin, last_passage(read.placed, body, begin) + 1)
