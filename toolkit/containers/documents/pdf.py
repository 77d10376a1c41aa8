"""PDF → blocks: lines from characters, paragraphs from lines, tables from ruling lines, joined over pages."""

from __future__ import annotations

import io
import logging
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from itertools import groupby
from typing import Any

from toolkit.containers.content import Block, Content, FileKind, TableBlock
from toolkit.containers.documents import pdf_tables
from toolkit.containers.documents.guard import guarded
from toolkit.containers.documents.pdf_lines import Char, Line, lines_of
from toolkit.containers.documents.pdf_paragraphs import Measure, PageSize, paragraphs, without_running_heads
from toolkit.containers.documents.pdf_tables import Box, RuledTable
from toolkit.containers.limits import Damaged, LimitExceeded, Unreadable
from toolkit.findings import files as found

PAGES = 200
"""The longest PDF that is read."""
_CHARACTERS_A_PAGE = 40_000
_RULES_A_PAGE = 20_000
_OPEN_LINES = 3
"""Horizontal lines of one length that make up a table even without sides."""
_NEAR = 3
_UNMAPPED = 0.2
"""Share of characters without a Unicode value from which on the text cannot be used."""
_DATE = re.compile(r"D:(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?(?:([+\-Z])(\d\d)?'?(\d\d)?)?")


@guarded(FileKind.PDF)
def read_pdf(data: bytes, name: str) -> Content:
    """The blocks of a PDF; ``name`` is for messages.

    A scanned one, one with a password and one of more than :data:`PAGES` pages are findings that say so.
    """
    pages, metadata = _pages(data)
    content = Content(FileKind.PDF, modified=_moment(metadata.get("ModDate") or metadata.get("CreationDate")))
    scanned = [page.number for page in pages if not page.chars and page.pictures]
    if not any(page.chars for page in pages):
        content.findings.append(found.PDF_SCANNED.at() if scanned else found.NO_TEXT.at())
        return content
    if scanned:
        content.findings.append(found.PDF_SCANNED_PAGES.at(pages="、".join(map(str, scanned))))
    texts = [char["text"] for page in pages for char in page.chars]
    if sum(text.startswith("(cid:") for text in texts) > _UNMAPPED * len(texts):
        raise Damaged(found.PDF_UNMAPPED.at())
    content.blocks = list(_blocks(pages))
    return content


@dataclass(frozen=True, slots=True)
class _Page:
    """What stands on a page."""

    number: int
    size: PageSize
    chars: list[Char]
    boxes: list[list[Box]]
    """The cells of each ruled table."""
    pictures: int


def _pages(data: bytes) -> tuple[list[_Page], dict[str, Any]]:
    """All pages and the document's information; raises :class:`Unreadable`."""
    import pdfplumber
    from pdfminer.pdfdocument import PDFPasswordIncorrect
    from pdfplumber.utils.exceptions import PdfminerException

    logging.getLogger("pdfminer").setLevel(logging.ERROR)  # it comments on every oddity of a font
    try:
        with pdfplumber.open(io.BytesIO(data)) as document:
            if len(document.pages) > PAGES:
                raise LimitExceeded(found.PDF_TOO_LONG.at(pages=len(document.pages), most=PAGES))
            pages = []
            for page in document.pages:
                pages.append(_page(page))
                page.close()
            return pages, dict(document.metadata)
    except Unreadable:
        raise
    except PdfminerException as failure:
        if any(isinstance(cause, PDFPasswordIncorrect) for cause in failure.args):
            raise Unreadable(found.PDF_ENCRYPTED.at()) from failure
        raise Damaged(found.DOCUMENT_FAILED.at(reason="PDF 结构不完整")) from failure


def _page(page: Any) -> _Page:
    chars = [char for char in page.chars if char["text"].strip()]
    ruled = len(page.rects) + len(page.lines) + len(page.curves)
    if len(chars) > _CHARACTERS_A_PAGE or ruled > _RULES_A_PAGE:
        raise LimitExceeded(found.PDF_TOO_DENSE.at(page=page.page_number))
    boxes = [list(table.cells) for table in page.find_tables(_settings(page.edges))] if ruled else []
    size = PageSize(float(page.width), float(page.height))
    return _Page(page.page_number, size, page.chars if chars else [], boxes, len(page.images))


def _settings(edges: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """How tables are looked for: one whose sides are left open is closed where its horizontal lines end."""
    ends = Counter((round(edge["x0"]), round(edge["x1"])) for edge in edges if edge["orientation"] == "h")
    sides = {round(edge["x0"]) for edge in edges if edge["orientation"] == "v"}
    open_sides = {
        side
        for extent, lines in ends.items()
        if lines >= _OPEN_LINES
        for side in extent
        if not any(abs(side - other) <= _NEAR for other in sides)
    }
    return {"explicit_vertical_lines": sorted(open_sides)}


def _blocks(pages: Sequence[_Page]) -> Iterator[Block]:
    """Paragraphs and tables in reading order."""
    tables = [_tables(page) for page in pages]
    texts = [lines_of(_outside(page, ruled), page.number) for page, ruled in zip(pages, tables, strict=True)]
    texts = without_running_heads(texts, [page.size for page in pages])
    measures = _measures(pages, texts)
    count = 0
    for is_text, run in groupby(_items(texts, tables), key=lambda item: isinstance(item, Line)):
        if is_text:
            yield from paragraphs([item for item in run if isinstance(item, Line)], measures)
            continue
        for item in run:
            if isinstance(item, RuledTable):
                count += 1
                yield TableBlock(pdf_tables.sheet(item, f"表{count}"), page=item.page)


def _items(texts: Sequence[list[Line]], tables: Sequence[list[RuledTable]]) -> list[Line | RuledTable]:
    """Lines and tables from the first page to the last; tables with nothing between them but a page end are one."""
    items: list[Line | RuledTable] = []
    for lines, ruled in zip(texts, tables, strict=True):
        on_page: list[Line | RuledTable] = [*lines, *ruled]
        for item in sorted(on_page, key=_top):
            last = items[-1] if items else None
            if isinstance(item, RuledTable) and isinstance(last, RuledTable) and pdf_tables.continues(last, item):
                pdf_tables.append(last, item)
            else:
                items.append(item)
    return items


def _top(item: Line | RuledTable) -> float:
    return item.top if isinstance(item, Line) else item.box[1]


def _measures(pages: Sequence[_Page], texts: Sequence[list[Line]]) -> dict[int, Measure]:
    """The text area of each page, measured on all pages as wide as it."""
    measures: dict[int, Measure] = {}
    for width in {page.size.width for page in pages}:
        alike = [(page.number, lines) for page, lines in zip(pages, texts, strict=True) if page.size.width == width]
        if any(lines for _, lines in alike):
            measure = Measure.of([lines for _, lines in alike], width)
            measures.update((number, measure) for number, _ in alike)
    return measures


def _tables(page: _Page) -> list[RuledTable]:
    def lines_in(box: Box) -> list[Line]:
        return lines_of((char for char in page.chars if _is_inside(char, box)), page.number)

    ruled = (pdf_tables.ruled_table(boxes, lines_in, page.number) for boxes in page.boxes)
    return [table for table in ruled if table is not None]


def _outside(page: _Page, tables: Sequence[RuledTable]) -> list[Char]:
    return [char for char in page.chars if not any(_is_inside(char, table.box) for table in tables)]


def _is_inside(char: Char, box: Box) -> bool:
    x, y = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
    return bool(box[0] <= x <= box[2] and box[1] <= y <= box[3])


def _moment(written: object) -> datetime | None:
    """A PDF date (``D:20201122053130+08'00'``) as UTC."""
    parts = _DATE.match(str(written or ""))
    if not parts:
        return None
    year, month, day, hour, minute, second = (int(part) if part else None for part in parts.groups()[:6])
    sign, offset_hours, offset_minutes = parts.groups()[6:]
    offset = timedelta(hours=int(offset_hours or 0), minutes=int(offset_minutes or 0))
    try:
        zone = timezone(-offset if sign == "-" else offset) if offset else UTC
        return datetime(year or 1, month or 1, day or 1, hour or 0, minute or 0, second or 0, tzinfo=zone).astimezone(
            UTC
        )
    except (ValueError, OverflowError):
        return None
