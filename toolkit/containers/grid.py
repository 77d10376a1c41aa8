"""A sheet while it is being read: cells set one by one, what they span counted."""

from __future__ import annotations

import re
from collections.abc import Iterable

from toolkit.containers import limits
from toolkit.containers.content import Sheet, Span, Value, cell_name
from toolkit.containers.limits import LimitExceeded
from toolkit.findings import files as found

_PICTURE_FORMULA = re.compile(r'^=?(?:_xlfn\.|of:=)?DISPIMG\(\s*"([^"]*)"', re.IGNORECASE)


def picture_id(text: str) -> str | None:
    """The id of the picture that WPS shows in a cell whose formula or text is this (``=DISPIMG("ID_…",1)``)."""
    match = _PICTURE_FORMULA.match(text)
    return match[1] if match else None


class Budget:
    """How many cells a workbook may still have."""

    def __init__(self) -> None:
        self._cells = limits.CELLS

    def spend(self, cells: int) -> None:
        """Count cells with content; raises :class:`LimitExceeded`."""
        self._cells -= cells
        if self._cells < 0:
            raise LimitExceeded(found.TOO_MANY_CELLS.at(most=limits.CELLS))


class Grid:
    """Rows that grow as cells are set; raises :class:`LimitExceeded` when they span too much."""

    def __init__(self, name: str) -> None:
        self.sheet = Sheet(name, [])
        self.errors: set[tuple[int, int]] = set()
        self.uncalculated: set[tuple[int, int]] = set()
        self.pictures: list[tuple[int, int, str]] = []
        self._area = 0

    def set(self, row: int, column: int, value: Value, shown: str | None = None) -> None:
        """Put a value in a cell; ``shown`` is its visible text where that differs."""
        self.put(self.line(row, column), row, column, value, shown)

    def line(self, row: int, column: int) -> list[Value]:
        """The values of a row, which a value is to be put into at ``column``."""
        rows = self.sheet.rows
        missing = row + 1 - len(rows)
        if missing > 0:
            if missing > 1:
                self._grow(missing, row, column)
            rows.extend([] for _ in range(missing))
        return rows[row]

    def put(self, line: list[Value], row: int, column: int, value: Value, shown: str | None = None) -> None:
        """Put a value in a cell of a row that :meth:`line` gave."""
        missing = column - len(line)
        if missing == 0:
            line.append(value)
        elif missing > 0:
            self._grow(missing, row, column)
            line.extend([None] * missing)
            line.append(value)
        else:
            line[column] = value
        if shown is not None:
            self.sheet.shown[row, column] = shown

    def _grow(self, cells: int, row: int, column: int) -> None:
        """Count cells that are made only because others stand beyond them."""
        self._area += cells
        if self._area > limits.AREA:
            raise LimitExceeded(found.TOO_WIDE.at(sheet=self.sheet.name, cell=cell_name(row, column)))

    def merge(self, spans: Iterable[Span]) -> None:
        """Take over merged ranges, cut to the cells that are there: one may claim the whole sheet."""
        last_row, last_column = len(self.sheet.rows) - 1, self.sheet.width - 1
        kept: list[Span] = []
        covered = 0
        for span in spans:
            cut = Span(span.top, span.left, min(span.bottom, last_row), min(span.right, last_column))
            if cut.top > cut.bottom or cut.left > cut.right or (cut.top, cut.left) == (cut.bottom, cut.right):
                continue
            covered += (cut.bottom - cut.top + 1) * (cut.right - cut.left + 1)
            if covered > limits.AREA:
                break
            kept.append(cut)
        self.sheet.spans = tuple(kept)

    def finish(self) -> Sheet:
        """The sheet, blank rows at the end removed."""
        sheet = self.sheet
        while sheet.rows and all(value is None for value in sheet.rows[-1]):
            sheet.rows.pop()
        sheet.errors = frozenset(self.errors)
        sheet.uncalculated = frozenset(self.uncalculated)
        sheet.pictures = tuple(sorted(self.pictures))
        return sheet
