"""导出: the whole ledger as one workbook and as CSV files."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from toolkit import desk as desks
from toolkit import keeping, outputs
from toolkit import ledger as ledgers
from toolkit.desk import Desk
from toolkit.findings import CannotDo
from toolkit.findings import ledger as found
from toolkit.findings import output as output_found
from toolkit.housekeeping.log import being_written
from toolkit.model import Finding, Json, Progress, no_progress
from toolkit.workbooks import ledger_book
from toolkit.workbooks.ledger_book import LedgerTable

BOOK_NAME = "台账.xlsx"


@dataclass(frozen=True, slots=True)
class ExportResult:
    """What was written."""

    folder: Path
    files: tuple[Path, ...]
    counts: tuple[tuple[str, int], ...]
    """Table and how many rows it has."""
    findings: tuple[Finding, ...] = ()

    def to_json(self) -> Json:
        """Files relative to the folder, and the rows of each table."""
        return {
            "files": [{"path": path.relative_to(self.folder).as_posix()} for path in self.files],
            "tables": dict(self.counts),
            "findings": [finding.to_json() for finding in self.findings],
        }

    def sentences(self) -> list[str]:
        """What a person reads."""
        counted = "、".join(f"{title} {count} 行" for title, count in self.counts)
        return [f"台账已全部导出到 {self.folder}：{counted}。"]


def export(out: Path | None = None, *, desk: Desk | None = None, progress: Progress = no_progress) -> ExportResult:
    """Write every table of the ledger into ``out``, 导出 in the working folder when it is ``None``.

    Reads only, also while somebody writes.  A workbook that somebody edited since is kept.  Raises
    :class:`CannotDo` outside a working folder.
    """
    if desk is None:
        raise CannotDo(found.NO_FOLDER.at(path=str(Path.cwd())))
    folder = out or desk.folder / desks.EXPORT
    with ledgers.reading(desk.folder) as ledger:
        tables = [LedgerTable(table.title, table.headers, table.rows) for table in ledger.tables()]
        events = ledger.events()
    findings = being_written(desk)
    progress(0, len(tables) + 1, BOOK_NAME)
    day = events[-1].at.date() if events else desk.now.date()
    placed = keeping.put(folder / BOOK_NAME, ledger_book.render(tables, day))
    if placed.kept is not None:
        findings.append(output_found.EDITED_KEPT.at(name=placed.kept.name, new=placed.path.name))
    files = [placed.path]
    for done, table in enumerate(tables, 1):
        progress(done, len(tables) + 1, table.title)
        path = folder / f"{table.title}.csv"
        outputs.write_bytes(path, table.csv())
        files.append(path)
    counts = tuple((table.title, len(table.rows)) for table in tables)
    return ExportResult(folder, tuple(files), counts, tuple(findings))
