"""The tables of a round as Parquet files beside its summary: what a sheet cannot hold, for DuckDB and its like.

Needs pyarrow (the extra ``fengong[scale]``); it is imported when a file is written.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from typing import Any

from toolkit.outputs import replacing
from toolkit.tabular import DAY, MOMENT, RATE, TABLES, TEXT, WHOLE, TableKind, Values

_BATCH = 5_000
"""Rows that are turned into columns at once."""
_GROUP = 4
"""Batches of a row group: what a reader takes at once."""


def installed() -> bool:
    """Whether files can be written here."""
    return find_spec("pyarrow") is not None


def place(summary: Path, table: TableKind) -> Path:
    """Where a table of a summary lies."""
    return summary.with_name(f"{summary.stem}_{table.label}.parquet")


def beside(summary: Path) -> dict[TableKind, Path]:
    """The tables that lie beside a summary."""
    return {table: path for table in TABLES if (path := place(summary, table)).is_file()}


def discard(summary: Path, kept: Container[str]) -> None:
    """Remove the tables beside a summary that an earlier one left there; those whose names are ``kept`` are its own."""
    for path in beside(summary).values():
        if path.name not in kept:
            path.unlink()


def write(path: Path, table: TableKind, rows: Iterable[Values]) -> int:
    """Write a table whole or not at all, a batch at a time; the same rows give the same bytes.  Returns how many."""
    import pyarrow
    from pyarrow.parquet import ParquetWriter

    kinds = {
        TEXT: pyarrow.string(),
        WHOLE: pyarrow.int64(),
        RATE: pyarrow.float64(),
        DAY: pyarrow.date32(),
        MOMENT: pyarrow.timestamp("s"),
    }
    schema = pyarrow.schema([(column.name, kinds[column.kind]) for column in table.columns])
    count = 0
    with replacing(path) as beside, ParquetWriter(beside, schema, compression="zstd") as writer:
        batches = _batches(rows, schema)
        while group := list(islice(batches, _GROUP)):
            writer.write_table(pyarrow.Table.from_batches(group, schema))
            count += sum(batch.num_rows for batch in group)
    return count


def _batches(rows: Iterable[Values], schema: Any) -> Iterator[Any]:
    """The rows as columns, some at a time."""
    import pyarrow

    rest = iter(rows)
    while batch := list(islice(rest, _BATCH)):
        columns = zip(zip(*batch, strict=True), schema.types, strict=True)
        yield pyarrow.record_batch([pyarrow.array(values, kind) for values, kind in columns], schema=schema)
