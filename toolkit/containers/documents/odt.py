"""OpenDocument texts (.odt) → blocks (ODF 1.3)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import repeat

from lxml import etree

from toolkit.containers import limits, safexml
from toolkit.containers.content import Block, Content, FileKind, Paragraph, TableBlock
from toolkit.containers.documents.grid import Cell, block_text, is_layout, sheet_of
from toolkit.containers.documents.guard import guarded
from toolkit.containers.documents.odt_styles import OFFICE, TABLE, TEXT, OdtLists, OdtStyles
from toolkit.containers.limits import Damaged, LimitExceeded, Unreadable
from toolkit.containers.safezip import SafeZip, open_zip
from toolkit.findings import files as found

_META = "{urn:oasis:names:tc:opendocument:xmlns:meta:1.0}"
_DATE = "{http://purl.org/dc/elements/1.1/}date"
_DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_PARAGRAPHS = frozenset((TEXT + "p", TEXT + "h"))
_SILENT = frozenset(
    (
        *(TEXT + name for name in ("tracked-changes", "note", "ruby-text", "sequence-decls", "table-of-content")),
        *(OFFICE + name for name in ("annotation", "annotation-end", "forms", "scripts")),
        *(_DRAW + name for name in ("frame", "custom-shape", "g", "text-box")),
    )
)
"""Elements whose text is no part of the running text: deleted passages, notes, comments, text boxes."""
_BLANKS = re.compile(r"[ \t\r\n]+")
_CELLS = 100_000
"""Cells of one table, repeated ones counted each."""


@guarded(FileKind.ODT)
def read_odt(data: bytes, name: str) -> Content:
    """The blocks, custom properties and saved time of an .odt; ``name`` is for messages."""
    package = open_zip(data)
    if "META-INF/manifest.xml" in package and b"encryption-data" in package.read("META-INF/manifest.xml"):
        raise Unreadable(found.ENCRYPTED.at())
    content = _part(package, "content.xml")
    if content is None:
        raise Damaged(found.ZIP_DAMAGED.at(reason="缺少正文部分"))
    styles = OdtStyles([root for root in (_part(package, "styles.xml"), content) if root is not None])
    body = content.find(f"{OFFICE}body/{OFFICE}text")
    meta = _part(package, "meta.xml")
    return Content(
        FileKind.ODT,
        blocks=_Reader(styles).document(body) if body is not None else [],
        properties=_properties(meta),
        modified=_modified(meta),
    )


def _part(package: SafeZip, name: str) -> etree._Element | None:
    return safexml.parse(package.read(name), name) if name in package else None


def _properties(meta: etree._Element | None) -> dict[str, str]:
    items = meta.iter(_META + "user-defined") if meta is not None else ()
    return {str(item.get(_META + "name")): "".join(map(str, item.itertext())) for item in items}


def _modified(meta: etree._Element | None) -> datetime | None:
    stated = meta.findtext(f".//{_DATE}") if meta is not None else None
    try:
        moment = datetime.fromisoformat((stated or "").strip())
    except ValueError:
        return None
    return moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC)


class _Reader:
    """One pass over a document; counts pages, tables and numbered paragraphs as it goes."""

    def __init__(self, styles: OdtStyles) -> None:
        self._styles = styles
        self._lists = OdtLists(styles)
        self._page: int | None = None
        self._tables = 0

    def document(self, body: etree._Element) -> list[Block]:
        """The blocks of a whole document; empty paragraphs are left out."""
        if next(body.iter(TEXT + "soft-page-break"), None) is not None:
            self._page = 1
        return list(self._blocks(body))

    def _blocks(self, parent: etree._Element) -> Iterator[Block]:
        for child in parent:
            tag = child.tag
            if tag in _PARAGRAPHS:
                if paragraph := self._paragraph(child):
                    yield paragraph
            elif tag == TABLE + "table":
                yield from self._table(child)
            elif tag == TEXT + "list":
                with self._lists.inside(child):
                    yield from self._blocks(child)
            elif tag in (TEXT + "list-item", TEXT + "list-header"):
                self._lists.item(child)
                yield from self._blocks(child)
            elif tag == TEXT + "soft-page-break":
                self._turn()
            elif tag not in _SILENT:
                yield from self._blocks(child)

    def _turn(self) -> None:
        if self._page is not None:
            self._page += 1

    def _paragraph(self, element: etree._Element) -> Paragraph | None:
        page = self._page
        label, depth = self._lists.label()
        text = (label + "".join(self._pieces(element))).strip()
        if not text:
            return None
        style = self._styles[element.get(TEXT + "style-name")]
        outline = element.get(TEXT + "outline-level", "")
        return Paragraph(
            text,
            page=page,
            style=style.name,
            level=int(outline) - 1 if outline.isdigit() and int(outline) > 0 else depth,
            centred=style.centred,
            bold=style.bold or self._all_bold(element),
        )

    def _pieces(self, element: etree._Element) -> Iterator[str]:
        yield _flat(element.text)
        for child in element:
            tag = child.tag
            if tag == TEXT + "s":
                yield " " * min(int(child.get(TEXT + "c", "1") or 1), 200)
            elif tag == TEXT + "tab":
                yield "\t"
            elif tag == TEXT + "line-break":
                yield "\n"
            elif tag == TEXT + "soft-page-break":
                self._turn()
            elif isinstance(tag, str) and tag not in _SILENT:
                yield from self._pieces(child)
            yield _flat(child.tail)

    def _all_bold(self, element: etree._Element) -> bool:
        if (element.text or "").strip():
            return False
        spans = [span for span in element.iterchildren(TEXT + "span") if "".join(map(str, span.itertext())).strip()]
        return bool(spans) and all(
            self._styles[span.get(TEXT + "style-name")].bold and not (span.tail or "").strip() for span in spans
        )

    def _table(self, table: etree._Element) -> Iterator[Block]:
        page = self._page
        counted = list(_cells(table))  # all of them before any is read
        cells = [(cell, list(self._blocks(element))) for cell, element in counted]
        if is_layout((cell.top, cell.left, blocks) for cell, blocks in cells):
            for _, blocks in cells:
                yield from blocks
            return
        self._tables += 1
        filled = (Cell(cell.top, cell.left, cell.bottom, cell.right, block_text(blocks)) for cell, blocks in cells)
        yield TableBlock(sheet_of(filled, f"表{self._tables}"), page=page)


def _flat(text: str | None) -> str:
    """Blanks as the standard reads them: any run of them is one."""
    return _BLANKS.sub(" ", text) if text else ""


def _cells(table: etree._Element) -> Iterator[tuple[Cell, etree._Element]]:
    """The cells of a table that are not covered by others, with their elements."""
    count = 0
    for top, row in enumerate(_rows(table)):
        left = 0
        for element in row:
            if element.tag not in (TABLE + "table-cell", TABLE + "covered-table-cell"):
                continue
            repeated = _count(element, "number-columns-repeated")
            count += repeated
            if count > _CELLS:
                raise LimitExceeded(found.TABLE_TOO_LARGE.at())
            if element.tag == TABLE + "table-cell":
                across, down = _count(element, "number-columns-spanned"), _count(element, "number-rows-spanned")
                for at in range(left, left + repeated):
                    yield Cell(top, at, top + down - 1, at + across - 1, ""), element
            left += repeated


def _rows(parent: etree._Element) -> Iterator[etree._Element]:
    for child in parent:
        if child.tag == TABLE + "table-row":
            yield from repeat(child, _count(child, "number-rows-repeated"))
        elif child.tag in (TABLE + "table-header-rows", TABLE + "table-rows", TABLE + "table-row-group"):
            yield from _rows(child)


def _count(element: etree._Element, name: str) -> int:
    text = element.get(TABLE + name, "1")
    count = int(text) if text.isdigit() and len(text) < 8 else 1
    if count > limits.COLUMNS:
        raise LimitExceeded(found.TABLE_TOO_LARGE.at())
    return max(1, count)
