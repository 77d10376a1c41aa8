"""Tables in plain text: runs of lines with tabs (copied from a spreadsheet) or between pipes (Markdown).

Only what clearly is a table becomes one; everything else stays lines, and the layouts of the notice room
make of them what they can.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from toolkit.containers.content import Sheet
from toolkit.containers.documents.grid import Cell, sheet_of

_LABEL = re.compile(r"[（(]?[一二三四五六七八九十百\d]{1,4}[)）]?[、.．:：]?|[①-⑳]|[-*•·●◆■]")
_PIPE = re.compile(r"(?<!\\)\|")
_REGULAR = 0.5
"""Share of the lines of a run that must have more than one cell."""
_LONGEST_CELL = 200
"""Lines that a quoted cell of a spreadsheet may go on for."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table found in lines ``begin`` up to ``end``."""

    begin: int
    end: int
    rows: tuple[tuple[str, ...], ...]
    wide_rows: frozenset[int] = frozenset()
    """Rows whose only cell reaches over the whole width."""

    def sheet(self, name: str) -> Sheet:
        """The table as a sheet of that name."""
        width = max(len(row) for row in self.rows)
        return sheet_of(self._cells(width), name)

    def _cells(self, width: int) -> Iterator[Cell]:
        for top, row in enumerate(self.rows):
            if top in self.wide_rows:
                yield Cell(top, 0, top, width - 1, row[0])
                continue
            for left, text in enumerate(row):
                yield Cell(top, left, top, left, text)


def find_tables(lines: Sequence[str]) -> list[Table]:
    """The tables among lines, in their order."""
    tables: list[Table] = []
    at = 0
    while at < len(lines):
        run = _tabbed(lines, at) if _has_tab(lines[at]) else _piped(lines, at) if _is_piped(lines[at]) else None
        if run is None:
            at += 1
            continue
        if _is_table(run):
            tables.append(run)
        at = max(run.end, at + 1)
    return tables


def _is_table(run: Table) -> bool:
    """Whether a run of lines clearly is a table: two rows at least, most of several cells, and not a list."""
    wide = [row for row in run.rows if sum(map(bool, row)) > 1]
    return len(wide) >= max(2, _REGULAR * (len(run.rows) - len(run.wide_rows))) and not _is_list(wide)


# --- tabs -----------------------------------------------------------------------------


def _has_tab(line: str) -> bool:
    """Whether a tab stands between two texts, or before one that is not merely indented."""
    return "\t" in line.strip()


def _tabbed(lines: Sequence[str], begin: int) -> Table:
    """The run of tabbed lines from ``begin`` on; blank lines (page ends) do not end it."""
    rows: list[tuple[str, ...]] = []
    at = end = begin
    while at < len(lines):
        if not lines[at].strip():
            at += 1
            continue
        taken = _quoted(lines, at)
        record = "\n".join(lines[at : at + taken])
        if "\t" not in record or (taken == 1 and not _has_tab(record) and not _belongs(record, rows)):
            break
        rows.append(_cells(record))
        at += taken
        end = at
    return Table(begin, end, tuple(rows))


def _belongs(record: str, rows: list[tuple[str, ...]]) -> bool:
    """Whether a line with tabs only around its text is a row with blank cells, not an indented line."""
    if not rows or record.lstrip("\t").startswith("\u3000"):
        return False
    return record.startswith("\t\t") or record.count("\t") + 1 == len(rows[-1])


def _quoted(lines: Sequence[str], at: int) -> int:
    """How many lines a record takes: a spreadsheet quotes a cell that has line breaks in it."""
    line = lines[at]
    if not (line.startswith('"') or '\t"' in line):
        return 1
    quotes = 0
    for count, following in enumerate(lines[at : at + _LONGEST_CELL], start=1):
        quotes += following.count('"')
        if quotes % 2 == 0:
            return count
    return 1


def _cells(record: str) -> tuple[str, ...]:
    if record.startswith('"') or '\t"' in record:
        try:
            return tuple(cell.strip() for cell in next(csv.reader([record], delimiter="\t")))
        except (csv.Error, StopIteration):
            pass
    return tuple(cell.strip() for cell in record.split("\t"))


def _is_list(rows: list[tuple[str, ...]]) -> bool:
    """Whether tabs only stand behind the numbers of numbered paragraphs, as text copied from Word has them."""
    return all(sum(map(bool, row)) == 2 and _LABEL.fullmatch(next(filter(None, row))) for row in rows)


# --- pipes ----------------------------------------------------------------------------


def _is_piped(line: str) -> bool:
    """A line that begins and ends with a pipe and says something between."""
    flat = line.strip()
    return len(flat) > 2 and flat[0] == flat[-1] == "|" and bool(flat.strip("| \t-:"))


def _is_rule(line: str) -> bool:
    """The line below the header of a Markdown table."""
    flat = line.strip()
    return "-" in flat and not flat.strip("|:-–—=+ \t")


def _piped(lines: Sequence[str], begin: int) -> Table:
    """The run of lines between pipes from ``begin`` on."""
    rows: list[tuple[str, ...]] = []
    end = begin
    while end < len(lines) and (_is_piped(lines[end]) or _is_rule(lines[end])):
        if not _is_rule(lines[end]):
            cells = _PIPE.split(lines[end].strip())[1:-1]
            rows.append(tuple(cell.strip().replace("\\|", "|") for cell in cells))
        end += 1
    return Table(begin, end, tuple(rows), frozenset(at for at, row in enumerate(rows) if len(row) == 1))
