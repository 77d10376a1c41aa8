"""What a sheet cannot hold: files beside the workbook, and a line in the sheet that says so."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from pathlib import Path

from toolkit import parquet
from toolkit.figures import Figures
from toolkit.model import Collection
from toolkit.outputs import write_bytes
from toolkit.tabular import ENTRIES, FINDINGS, TableKind, Values, tables
from toolkit.workbooks.sheet_xml import looks_live
from toolkit.workbooks.summary.table import Row, Scalar, Streamed, Table, value_of


@dataclass(frozen=True, slots=True)
class Part:
    """A file beside the workbook."""

    name: str
    write: Callable[[Path], object]
    """Writes it to a path, whole or not at all."""


@dataclass(frozen=True, slots=True)
class Parts:
    """A table that fits into a sheet, and the files that hold its other rows."""

    table: Table
    files: tuple[Part, ...] = ()
    apart: bool = False
    """Whether no row stayed in the sheet."""

    @property
    def names(self) -> str:
        """The names of the files for a message."""
        return "、".join(part.name for part in self.files)


def split(table: Table, most: int, path: Path) -> Parts:
    """The first ``most`` rows stay in the sheet, each further ``most`` rows become a CSV file beside ``path``.

    UTF-8 with a mark, as spreadsheet programs want it.
    """
    rows = list(table.rows)
    if len(rows) <= most:
        return Parts(replace(table, rows=rows))
    pieces = [rows[start : start + most] for start in range(most, len(rows), most)]
    files = tuple(
        Part(f"{path.stem}_{table.sheet}_{number}.csv", partial(_write_csv, table.headers, piece))
        for number, piece in enumerate(pieces, 2)
    )
    parts = Parts(replace(table, rows=rows[:most]), files)
    note = f"本表共 {len(rows)} 行，超过一张表的上限；其余 {len(rows) - most} 行见同一文件夹的 {parts.names}。"
    return replace(parts, table=replace(parts.table, notes=(*table.notes, note)))


def apart(table: Table, collection: Collection, figures: Figures, path: Path) -> Parts:
    """No row stays in the sheet: all tables of the round become Parquet files beside ``path``.

    A sheet with some of the rows would be taken for the whole by whoever filters it.
    """
    files = tuple(
        Part(parquet.place(path, kind).name, partial(_write_parquet, kind, rows))
        for kind, rows in tables(collection, figures).items()
    )
    name = parquet.place(path, ENTRIES).name
    count = len(collection.entries)
    note = f"本表共 {count} 行，超过一张表的上限，全部写在同一文件夹的 {name} 里，用 fengong query 查询。"
    return Parts(replace(table, rows=(), notes=(*table.notes, note)), files, apart=True)


def capped(table: Table, most: int, path: Path) -> Table:
    """The table with its first ``most`` rows, and a line that says where all of them are."""
    rows = table.rows
    if not isinstance(rows, Streamed) or rows.count <= most:
        return table
    name = parquet.place(path, FINDINGS).name
    where = f"，全部写在同一文件夹的 {name} 里" if parquet.installed() else ""
    note = f"本表共 {rows.count} 行，超过一张表的上限，这里只列最要紧的 {most} 行{where}。"
    first = Streamed(lambda: islice(rows, most), most)
    return replace(table, rows=first, notes=(*table.notes, note))


def _write_csv(headers: Sequence[str], rows: Sequence[Row], path: Path) -> None:
    write_bytes(path, _csv(headers, rows))


def _write_parquet(kind: TableKind, rows: Iterable[Values], path: Path) -> None:
    parquet.write(path, kind, rows)


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
