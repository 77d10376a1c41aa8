"""The workbook of a summary, written from its tables in the look of its template."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from toolkit.findings import output as found
from toolkit.model import Collection, Finding
from toolkit.settings import Settings
from toolkit.workbooks.deflating import Deflater
from toolkit.workbooks.sheet_xml import plain_lines
from toolkit.workbooks.summary import store
from toolkit.workbooks.summary.assembly import Properties, assemble
from toolkit.workbooks.summary.formats import Formats
from toolkit.workbooks.summary.links import SourceLinks
from toolkit.workbooks.summary.look import SummaryLook
from toolkit.workbooks.summary.sheet import SheetWriter, WrittenSheet
from toolkit.workbooks.summary.table import Table


class SummaryBook:
    """Writes one workbook; ``front`` is the sheet it opens at."""

    def __init__(self, look: SummaryLook, front: str) -> None:
        self._look = look
        formats = Formats(look.styles, look.marks)
        self._writers = {name: SheetWriter(sheet, formats, active=name == front) for name, sheet in look.sheets.items()}

    def first_row(self, sheet: str) -> int:
        """The number, counted from 1, of the first row of a sheet's table."""
        return self._writers[sheet].first_row

    def write(
        self,
        collection: Collection,
        settings: Settings,
        tables: Iterable[Table],
        facts: Mapping[str, str],
        *,
        link_all: bool,
    ) -> tuple[bytes, list[WrittenSheet]]:
        """The bytes of the sealed workbook, and its sheets as they were written.

        ``facts`` replace the marks in the heads; without ``link_all`` only some rows keep their links.
        """
        title = f"{collection.plan.title}{collection.round.name}汇总表"
        properties = Properties(title, collection.round.name, collection.plan.issuer or "fengong", collection.as_of)
        with Deflater() as deflater:
            sheets = [
                self._writers[table.sheet].write(table, facts, deflater.part(), link_all=link_all) for table in tables
            ]
            hidden = deflater.part()
            for piece in plain_lines(store.lines(collection, settings)):
                hidden.add(piece)
            return assemble(self._look, sheets, hidden, properties), sheets


def cut_or_unreached(sheets: Iterable[WrittenSheet], links: SourceLinks) -> list[Finding]:
    """What every summary says of itself: texts that a cell cannot hold, files that no link reaches."""
    noticed = [
        found.TEXT_CUT.at(sheet=sheet.name, cell=cell, length=length)
        for sheet in sheets
        for cell, length in sheet.too_long
    ]
    if links.unreachable:
        noticed.append(found.SOURCE_UNREACHABLE.at(count=len(links.unreachable)))
    return noticed
