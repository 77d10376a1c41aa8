"""明细 beyond what a sheet holds: CSV parts beside the workbook, and a line in the sheet that says so."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from toolkit.workbooks.sheet_xml import looks_live
from toolkit.workbooks.summary.table import Row, Scalar, Table, value_of


@dataclass(frozen=True, slots=True)
class Parts:
    """A table that fits into a sheet, and the files that hold its other rows."""

    table: Table
    files: tuple[tuple[str, bytes], ...] = ()
    """Name and content of each CSV file (UTF-8 with a mark, as spreadsheet programs want it)."""

    @property
    def names(self) -> str:
        """The names of the files for a message."""
        return "、".join(name for name, _ in self.files)


def split(table: Table, most: int, path: Path) -> Parts:
    """The first ``most`` rows stay in the sheet, each further ``most`` rows become a CSV file beside ``path``."""
    rows = list(table.rows)
    if len(rows) <= most:
        return Parts(replace(table, rows=rows))
    pieces = [rows[start : start + most] for start in range(most, len(rows), most)]
    files = tuple(
        (f"{path.stem}_{table.sheet}_{number}.csv", _csv(table.headers, piece))
        for number, piece in enumerate(pieces, 2)
    )
    parts = Parts(replace(table, rows=rows[:most]), files)
    note = f"本表共 {len(rows)} 行，超过一张表的上限；其余 {len(rows) - most} 行见同一文件夹的 {parts.names}。"
    return replace(parts, table=replace(parts.table, notes=(*table.notes, note)))


def _csv(headers: Sequence[str], rows: Sequence[Row]) -> bytes:
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(headers)
    writer.writerows([_text(value_of(value)) for value in row.values] for row in rows)
    return stream.getvalue().encode("utf-8-sig", "replace")


def _text(value: Scalar) -> str:
    """A value as CSV; a text a spreadsheet would calculate gets the apostrophe that keeps it text."""
    text = "" if value is None else str(value)
    return f"'{text}" if isinstance(value, str) and looks_live(text) else text
