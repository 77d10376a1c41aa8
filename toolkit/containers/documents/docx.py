"""Word documents (.docx) → blocks, straight from the XML: python-docx took five times as long on a table.

Tracked changes are read as accepted, text boxes stand behind their paragraphs, notes are left out, automatic numbers
are written out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from toolkit.containers.content import Block, Content, FileKind, Paragraph, TableBlock
from toolkit.containers.documents.docx_numbering import read_lists
from toolkit.containers.documents.docx_parts import DocxPackage, Style, Styles, W, number, read_styles, value
from toolkit.containers.documents.docx_runs import RunText, is_placeholder
from toolkit.containers.documents.docx_table import cells_of
from toolkit.containers.documents.grid import Cell, block_text, is_layout, sheet_of
from toolkit.containers.documents.guard import guarded
from toolkit.containers.documents.numbering import Numbering
from toolkit.containers.documents.word_table import Placed
from toolkit.containers.safezip import open_zip

_ALTERNATIVES = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_TEXT_BOX = W + "txbxContent"
_NOT_SHOWN = frozenset((_FALLBACK, W + "del", W + "moveFrom"))
_WRAPPERS = frozenset(W + name for name in ("sdtContent", "customXml", "ins", "moveTo"))
_PARAGRAPH, _TABLE, _CONTROL = W + "p", W + "tbl", W + "sdt"


@guarded(FileKind.DOCX)
def read_docx(data: bytes, name: str) -> Content:
    """The blocks, custom properties and saved time of a .docx; ``name`` is for messages."""
    package = DocxPackage(open_zip(data))
    document = package.document()
    reader = _Reader(read_styles(package.related("styles")), Numbering(read_lists(package.related("numbering"))))
    return Content(
        FileKind.DOCX,
        blocks=reader.document(document),
        properties=package.properties(),
        modified=package.modified(),
        has_macros=package.has_macros(),
    )


@dataclass(slots=True)
class _Reader:
    """One pass over a document; counts pages, tables and numbered paragraphs as it goes."""

    styles: Styles
    numbering: Numbering
    page: int | None = None
    """``None`` for a document that no program has laid out in pages yet."""
    tables: int = 0
    carried: str = ""
    """Text of a paragraph whose end was deleted: it flows into the next one."""

    def document(self, root: etree._Element) -> list[Block]:
        """The blocks of a whole document; empty paragraphs are left out."""
        if next(root.iter(W + "lastRenderedPageBreak"), None) is not None:
            self.page = 1
        blocks = [block for body in root.iterchildren(W + "body") for block in self._blocks(body)]
        if self.carried.strip():
            blocks.append(Paragraph(self.carried.strip(), page=self.page))
        return blocks

    def _blocks(self, parent: etree._Element) -> Iterator[Block]:
        for child in parent:
            if child.tag == _PARAGRAPH:
                if paragraph := self._paragraph(child):
                    yield paragraph
                for box in _text_boxes(child):
                    yield from self._blocks(box)
            elif child.tag == _TABLE:
                yield from self._table(child)
            elif child.tag in _WRAPPERS or (child.tag == _CONTROL and not is_placeholder(child)):
                yield from self._blocks(child)
            elif child.tag == _ALTERNATIVES:
                for fallback in child.iterchildren(_FALLBACK):
                    yield from self._blocks(fallback)

    def _paragraph(self, element: etree._Element) -> Paragraph | None:
        properties = element.find(W + "pPr")
        style_id = value(properties, "pStyle")
        style = self.styles[style_id]
        runs = RunText(element, style.bold)
        self._turn(runs.breaks_before)
        page = self.page
        self._turn(runs.breaks_after)
        if _end_is_deleted(properties):
            self.carried += runs.text
            return None
        label, depth = self._label(properties, style, style_id)
        text = (label + self.carried + runs.text).strip(" \n\r\t")
        self.carried = ""
        if not text:
            return None
        alignment = value(properties, "jc")
        outline = number(properties, "outlineLvl")
        outline = style.outline if outline is None else outline
        return Paragraph(
            text,
            page=page,
            style=style.name,
            level=depth if outline is None or outline > 8 else outline,
            centred=style.centred if alignment is None else alignment == "center",
            bold=runs.bold,
        )

    def _turn(self, pages: int) -> None:
        if self.page is not None:
            self.page += pages

    def _label(self, properties: etree._Element | None, style: Style, style_id: str | None) -> tuple[str, int | None]:
        """The automatic number of a paragraph and its level in the list; list 0 means none."""
        own = number(properties, "numPr", "numId")
        depth = number(properties, "numPr", "ilvl")
        list_id = style.numbering if own is None else own
        if not list_id:
            return "", None
        if depth is None:
            depth = style.level if own is None else 0
        if depth is None:
            depth = self.numbering.level_of_style(list_id, style_id)
        return self.numbering.label(list_id, depth), depth

    def _table(self, table: etree._Element) -> Iterator[Block]:
        page = self.page
        cells = [(cell, list(self._blocks(cell.held))) for cell in cells_of(table)]
        if is_layout((cell.top, cell.left, blocks) for cell, blocks in cells):
            for _, blocks in cells:
                yield from blocks
            return
        self.tables += 1
        yield TableBlock(sheet_of((_cell(*cell) for cell in cells), f"表{self.tables}"), page=page)


def _text_boxes(parent: etree._Element) -> Iterator[etree._Element]:
    """The text boxes that hang on a paragraph; what older programs would show in their stead is left out."""
    for child in parent:
        if child.tag == _TEXT_BOX:
            yield child
        elif child.tag not in _NOT_SHOWN:
            yield from _text_boxes(child)


def _cell(cell: Placed[etree._Element], blocks: list[Block]) -> Cell:
    return Cell(cell.top, cell.left, cell.bottom, cell.right, block_text(blocks))


def _end_is_deleted(properties: etree._Element | None) -> bool:
    """Whether a tracked change took away the paragraph's end, or moved the paragraph elsewhere."""
    if properties is None:
        return False
    return any(properties.find(f"{W}rPr/{W}{change}") is not None for change in ("del", "moveFrom"))
