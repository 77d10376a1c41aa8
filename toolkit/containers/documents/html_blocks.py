"""The blocks of an HTML tree in the order a reader meets them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from toolkit.containers.content import Block, Paragraph, TableBlock
from toolkit.containers.documents.grid import Cell, block_text, is_layout, sheet_of
from toolkit.containers.documents.html_furniture import SILENT, furniture, is_furniture_text, is_hidden
from toolkit.containers.documents.html_table import HtmlCell, cells_of
from toolkit.containers.documents.text import blocks_of_text

_INLINE = frozenset(
    ("a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "dfn", "em", "font", "i", "ins", "kbd",
     "mark", "nobr", "q", "rb", "ruby", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt",
     "u", "var", "wbr", "img", "o:p", "st1:chsdate", "smarttagtype")
)  # fmt: skip
_BOLD = frozenset(("b", "strong", "h1", "h2", "h3", "h4", "h5", "h6", "th"))
_BOLD_STYLE = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_CENTRED_STYLE = re.compile(r"text-align\s*:\s*center", re.IGNORECASE)
_HEADING = re.compile(r"h([1-6])")
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_WRAP = "\r"
"""Stands for blanks with a line end of the source among them: nothing between Chinese characters."""
_WRAPPED_HANZI = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef])\r(?=[\u3000-\u9fff\uff00-\uffef])")
_NEW_PARAGRAPH = re.compile(r"[\s\u3000\xa0]{2,}\S|[（(]?[一二三四五六七八九十\d]{1,3}[、.．)）]")
_SENTENCE_END = "。；：！？;:!?"


@dataclass(slots=True)
class _Line:
    """The paragraph being collected."""

    pieces: list[str] = field(default_factory=list)
    bold: bool | None = None
    centred: bool = False
    heading: int | None = None


@dataclass(frozen=True, slots=True)
class _Manner:
    """What the elements around a text say about it."""

    bold: bool = False
    centred: bool = False
    heading: int | None = None


class HtmlReader:
    """One pass over a page."""

    def __init__(self, body: etree._Element) -> None:
        self._body = body
        self._dropped = furniture(body)
        self._tables = 0
        self._line = _Line()

    def blocks(self) -> list[Block]:
        """The page's blocks, its furniture left out."""
        return [
            block
            for block in self._inside(self._body, _Manner())
            if isinstance(block, TableBlock) or not is_furniture_text(block.text)
        ]

    def _inside(self, element: etree._Element, manner: _Manner) -> Iterator[Block]:
        """All blocks of a block element; what was being collected before it is a paragraph of its own."""
        yield from self._flush()
        yield from self._children(element, manner)
        yield from self._flush()

    def _children(self, element: etree._Element, manner: _Manner) -> Iterator[Block]:
        self._add(element.text, manner)
        for child in element:
            if isinstance(child.tag, str) and child not in self._dropped and not is_hidden(child):
                yield from self._child(child, manner)
            self._add(child.tail, manner)

    def _child(self, child: etree._Element, around: _Manner) -> Iterator[Block]:
        tag = child.tag
        if tag in SILENT or tag in ("rt", "rp"):
            return
        manner = _manner(child, around)
        if tag == "br":
            self._line.pieces.append("\n")
        elif tag == "table":
            yield from self._flush()
            yield from self._table(child)
        elif tag == "pre":
            yield from self._flush()
            yield from blocks_of_text("".join(map(str, child.itertext())))
        elif tag in _INLINE or ":" in tag:
            yield from self._children(child, manner)
        else:
            yield from self._inside(child, manner)

    def _add(self, text: str | None, manner: _Manner) -> None:
        if not text:
            return
        flat = _BLANKS.sub(lambda blanks: _WRAP if "\n" in blanks[0] else " ", text)
        self._line.pieces.append(flat)
        if flat.strip():
            self._line.bold = manner.bold if self._line.bold is None else self._line.bold and manner.bold
            self._line.centred = manner.centred
            self._line.heading = manner.heading

    def _flush(self) -> Iterator[Paragraph]:
        line, self._line = self._line, _Line()
        for text in _paragraphs("".join(line.pieces)):
            yield Paragraph(
                text,
                style=f"Heading {line.heading}" if line.heading else "",
                level=line.heading - 1 if line.heading else None,
                centred=line.centred,
                bold=bool(line.bold),
            )

    def _table(self, table: etree._Element) -> Iterator[Block]:
        cells = [(cell, list(self._inside(cell.element, _Manner()))) for cell in cells_of(table, self._is_shown)]
        if is_layout((cell.top, cell.left, blocks) for cell, blocks in cells):
            for _, blocks in cells:
                yield from blocks
            return
        self._tables += 1
        yield TableBlock(sheet_of((_cell(*cell) for cell in cells), f"表{self._tables}"))

    def _is_shown(self, element: etree._Element) -> bool:
        return element not in self._dropped and not is_hidden(element)


def _cell(cell: HtmlCell, blocks: list[Block]) -> Cell:
    return Cell(cell.top, cell.left, cell.bottom, cell.right, block_text(blocks))


def _manner(element: etree._Element, around: _Manner) -> _Manner:
    style = element.get("style") or ""
    heading = _HEADING.fullmatch(element.tag)
    return _Manner(
        bold=around.bold or element.tag in _BOLD or bool(_BOLD_STYLE.search(style)),
        centred=_is_centred(element, style, around.centred),
        heading=int(heading[1]) if heading else around.heading,
    )


def _is_centred(element: etree._Element, style: str, around: bool) -> bool:
    if element.tag == "center" or _CENTRED_STYLE.search(style):
        return True
    alignment = (element.get("align") or "").lower()
    return alignment == "center" if alignment else around and "text-align" not in style


def _paragraphs(text: str) -> Iterator[str]:
    """The paragraphs of a text with line breaks: pages set whole letters with nothing but breaks.

    A break ends a paragraph when the line before it ends a sentence, the line after it is blank, indented or
    numbered; any other break (a title on two lines) stays a line break.
    """
    lines: list[str] = []
    for raw in text.split("\n"):
        line = _WRAPPED_HANZI.sub("", raw.replace("\xa0", " ").strip().strip("\u3000").strip()).replace(_WRAP, " ")
        fresh = not line or _NEW_PARAGRAPH.match(raw) or (lines and lines[-1][-1] in _SENTENCE_END)
        if fresh and lines:
            yield "\n".join(lines)
            lines = []
        if line:
            lines.append(line)
    if lines:
        yield "\n".join(lines)
