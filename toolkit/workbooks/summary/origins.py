"""来源: every file that was met, its hash, the time it states itself, and what became of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from toolkit.findings import worst_first
from toolkit.model import Collection, Extra, FileRecord, Place
from toolkit.workbooks.summary.links import SourceLinks
from toolkit.workbooks.summary.table import Cell, Row, Streamed, Table

SHEET = "来源"
HEADERS = ("序号", "文件", "处理结果", "单位", "说明", "自述保存时间（UTC）", "字节数", "sha256")
EXTRAS_SHEET = "表外内容"
EXTRAS_HEADERS = ("序号", "单位", "文件", "工作表", "单元格", "内容")


def table(collection: Collection, links: SourceLinks) -> Table:
    """The sheet, in the order the files were met."""
    return Table(SHEET, HEADERS, Streamed(lambda: _rows(collection.files, links), len(collection.files)))


def _rows(files: Iterable[FileRecord], links: SourceLinks) -> Iterator[Row]:
    for number, record in enumerate(files, 1):
        said = worst_first(record.findings)
        yield Row(
            (
                number,
                Cell(record.path, link=links.to(Place(record.path))),
                record.outcome.label,
                "、".join(record.units),
                said[0].message + (f"（共 {len(said)} 条）" if len(said) > 1 else "") if said else "",
                record.modified.strftime("%Y-%m-%d %H:%M:%S") if record.modified else "",
                record.size or "",
                record.sha256,
            )
        )


def extras_table(collection: Collection) -> Table:
    """表外内容: returned rows and cells that belong to no entry; shown, never dropped."""
    rows = Streamed(lambda: _extra_rows(collection.extras), len(collection.extras))
    return Table(EXTRAS_SHEET, EXTRAS_HEADERS, rows)


def _extra_rows(extras: Iterable[Extra]) -> Iterator[Row]:
    for number, extra in enumerate(extras, 1):
        yield Row((number, extra.unit or "", extra.path, extra.sheet, extra.cell, " | ".join(extra.values)))
