"""查询: questions in SQL about a round that was merged, answered by DuckDB, which reads and changes nothing else.

A summary beyond a sheet's rows has its tables as Parquet files beside it; of any other the workbook itself is read.
Each table has two names, and so has each of its columns: ``entries`` is 明细, ``status`` is 完成情况.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from toolkit import figures, keeping, outputs, parquet
from toolkit.desk import SUMMARY_NAME
from toolkit.findings import CannotDo
from toolkit.findings import command as found
from toolkit.findings import output as output_found
from toolkit.model import Finding, Json, Progress, no_progress
from toolkit.settings import load as load_settings
from toolkit.tabular import DAY, MOMENT, RATE, TEXT, WHOLE, TableKind, Values, tables
from toolkit.workbooks import ledger_book, summary_book
from toolkit.workbooks.ledger_book import LedgerTable

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_KINDS = {TEXT: "VARCHAR", WHOLE: "BIGINT", RATE: "DOUBLE", DAY: "DATE", MOMENT: "TIMESTAMP"}
_SHOWN = 40
"""Rows that a person sees on the screen."""
_WIDEST = 36
"""Characters of a value on the screen."""
_SOME_DAY = date(2000, 1, 1)
"""Stands in the workbook's properties: nothing comes from the clock."""


@dataclass(frozen=True, slots=True)
class QueryResult:
    """What came of a question."""

    columns: tuple[str, ...]
    rows: tuple[Values, ...]
    written: Path | None = None
    findings: tuple[Finding, ...] = ()

    @property
    def files(self) -> tuple[Path, ...]:
        """What was written."""
        return (self.written,) if self.written else ()

    def to_json(self) -> Json:
        """Columns, rows, and the file they were written to."""
        rows = [list(map(_said, row)) for row in self.rows]
        return {"columns": list(self.columns), "rows": rows, "files": [{"path": str(path)} for path in self.files]}

    def sentences(self) -> list[str]:
        """The first rows, a line a row."""
        if self.written is not None:
            return [f"查询结果 {len(self.rows)} 行：{self.written}"]
        lines = ["\t".join(map(_short, row)) for row in (self.columns, *self.rows[:_SHOWN])]
        more = len(self.rows) - _SHOWN
        if more > 0:
            lines.append(f"……另有 {more} 行；加 -o 结果.xlsx 或 -o 结果.csv 写成文件。")
        return [*lines, f"共 {len(self.rows)} 行。"]


def query(sql: str, source: Path, *, out: Path | None = None, progress: Progress = no_progress) -> QueryResult:
    """Answer a ``SELECT`` about the summary ``source``, or about the one 汇总表.xlsx below that folder.

    ``out`` is an .xlsx or .csv for the rows.  Raises :class:`CannotDo` when DuckDB is not installed, there is no
    such summary, or the question cannot be answered.
    """
    if out is not None and out.suffix.lower() not in (".xlsx", ".csv"):
        raise CannotDo(found.QUERY_ENDING.at(path=out.name))
    try:
        import duckdb
    except ImportError as failure:
        raise CannotDo(found.NO_DUCKDB.at()) from failure
    summary = _summary(source)
    try:
        statements = duckdb.extract_statements(sql)
        if [statement.type for statement in statements] != [duckdb.StatementType.SELECT]:
            raise CannotDo(found.QUERY_NOT_SELECT.at())
        with duckdb.connect() as connection:
            _offer(connection, summary)
            progress(1, 2, "查询")
            answer = connection.execute(statements[0])
            columns = tuple(column[0] for column in answer.description or ())
            rows = tuple(answer.fetchall())
    except duckdb.Error as failure:
        raise CannotDo(found.QUERY_FAILED.at(reason=str(failure).splitlines()[0])) from failure
    written, findings = _written(out, LedgerTable("查询结果", columns, rows)) if out else (None, ())
    return QueryResult(columns, rows, written, findings)


def _summary(source: Path) -> Path:
    """The summary that is asked about.  Raises :class:`CannotDo` when a folder holds none, or several."""
    if not source.is_dir():
        return source
    below = sorted(source.rglob(SUMMARY_NAME))
    if len(below) != 1:
        names = "、".join(path.relative_to(source).as_posix() for path in below[:6])
        raise CannotDo(found.QUERY_WHICH.at(path=str(source), count=len(below), names=f"（{names}）" if below else ""))
    return below[0]


def _offer(connection: DuckDBPyConnection, summary: Path) -> None:
    """Give a connection the tables of a summary, and nothing else on this machine."""
    files = parquet.beside(summary)
    offered: Iterable[TableKind] = files
    if files:
        for table, path in files.items():
            place = str(path.resolve()).replace("'", "''")
            connection.execute(f"CREATE VIEW {table.name} AS SELECT * FROM read_parquet('{place}')")
        allowed = [str(path.resolve()) for path in files.values()]
        connection.execute("SET allowed_paths = ?", [allowed])
    else:
        read = _read(summary)
        _load(connection, read)
        offered = read
    for table in offered:
        renamed = ", ".join(f'{column.name} AS "{column.label}"' for column in table.columns)
        connection.execute(f'CREATE VIEW "{table.label}" AS SELECT {renamed} FROM {table.name}')
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")


def _read(summary: Path) -> Mapping[TableKind, Iterable[Values]]:
    """The tables of a summary that holds them all itself."""
    collection, settings = summary_book.read_with(summary, load_settings(summary))
    return tables(collection, figures.compute(collection, settings))


def _load(connection: DuckDBPyConnection, rows: Mapping[TableKind, Iterable[Values]]) -> None:
    import pandas

    for table, values in rows.items():
        names = [column.name for column in table.columns]
        frame = pandas.DataFrame.from_records(list(values), columns=names)
        connection.register("given", frame)
        typed = ", ".join(f"CAST({column.name} AS {_KINDS[column.kind]}) AS {column.name}" for column in table.columns)
        connection.execute(f"CREATE TABLE {table.name} AS SELECT {typed} FROM given")
        connection.unregister("given")


def _written(out: Path, table: LedgerTable) -> tuple[Path, tuple[Finding, ...]]:
    """Where the rows came to lie, and what is to be said of it."""
    plain = LedgerTable(table.title, table.headers, [tuple(map(_said, row)) for row in table.rows])
    if out.suffix.lower() == ".csv":
        outputs.write_bytes(out, plain.csv())
        return out, ()
    placed = keeping.put(out, ledger_book.render([plain], _SOME_DAY, plain.title))
    if placed.kept is None:
        return placed.path, ()
    return placed.path, (output_found.EDITED_KEPT.at(name=placed.kept.name, new=placed.path.name),)


def _said(value: Any) -> Any:
    """A value as a cell or JSON holds it: numbers and texts as they are, anything else as text."""
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, Decimal):
        return float(value)
    return value.isoformat(" ") if isinstance(value, datetime) else str(value)


def _short(value: Any) -> str:
    text = "" if value is None else " ".join(str(value).split())
    return text if len(text) <= _WIDEST else text[: _WIDEST - 1] + "…"
