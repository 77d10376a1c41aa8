"""Word 97–2003 and WPS documents (.doc, .wps) → blocks, without any office program ([MS-DOC])."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from toolkit.containers.content import Block, Content, FileKind, Paragraph
from toolkit.containers.documents.doc_parts import DocFile, Properties
from toolkit.containers.documents.doc_styles import DocStyle, read_lists, read_styles
from toolkit.containers.documents.doc_table import DocTable
from toolkit.containers.documents.guard import guarded
from toolkit.containers.documents.numbering import Numbering
from toolkit.containers.documents.ticks import tick
from toolkit.containers.ole2 import Ole2
from toolkit.containers.ole2_properties import custom_properties, saved_time

_IN_TABLE, _ROW_END, _DEPTH, _INNER_CELL, _INNER_ROW = 0x2416, 0x2417, 0x6649, 0x244B, 0x244C
_JUSTIFICATION, _OLD_JUSTIFICATION, _OUTLINE, _LIST_LEVEL, _LIST = 0x2461, 0x2403, 0x2640, 0x260A, 0x460B
_DELETED, _HIDDEN, _BOLD, _SYMBOL = 0x0800, 0x083C, 0x0835, 0x6A09
_NOT_LISTED = (0, 0xF801)
_BODY_LEVEL = 9
_CELL_END = "\x07"
_MARKS = re.compile(r"[\r\x07\x0c]")
_FIELD_BEGIN, _FIELD_RESULT, _FIELD_END = "\x13", "\x14", "\x15"
_FIELD_MARKS = re.compile(r"([\x13\x14\x15])")
_SIGNS = str.maketrans({"\x0b": "\n", "\x0e": "\n", "\x1e": "-", "\xa0": " "})
_SILENT = re.compile(r"[\x00-\x08\x0c\x0f-\x1f]")


@guarded(FileKind.DOC)
def read_doc(data: bytes, name: str) -> Content:
    """The blocks, custom properties and saved time of a .doc or .wps; ``name`` is for messages."""
    compound = Ole2(data)
    document = DocFile(compound)
    assembly = _Assembly(read_styles(document), Numbering(read_lists(document)))
    return Content(
        FileKind.DOC,
        blocks=list(assembly.blocks(_paragraphs(document))),
        properties=custom_properties(compound),
        modified=saved_time(compound),
        has_macros="Macros" in compound,
    )


@dataclass(slots=True)
class _Stretch:
    """A paragraph as it lies in the file: its pieces with their properties, the mark at its end, its own properties."""

    pieces: list[tuple[str, Properties]]
    mark: str = "\r"
    style: int = 0
    properties: Properties = field(default_factory=dict)


class _Collector:
    """Collects the characters of a paragraph: no field codes, nothing that a change deleted."""

    def __init__(self) -> None:
        self._fields: list[bool] = []  # of each open field, whether its result has begun
        self._pieces: list[tuple[str, Properties]] = []

    def add(self, text: str, properties: Properties) -> None:
        """Characters that share their properties."""
        for part in _FIELD_MARKS.split(text):
            if part == _FIELD_BEGIN:
                self._fields.append(False)
            elif part == _FIELD_RESULT and self._fields:
                self._fields[-1] = True
            elif part == _FIELD_END and self._fields:
                self._fields.pop()
            elif part and all(self._fields) and not _is_on(properties, _DELETED):
                self._pieces.append((_plain(part, properties), properties))

    def take(self) -> list[tuple[str, Properties]]:
        """The pieces so far; begins the next paragraph."""
        pieces, self._pieces = self._pieces, []
        return pieces


def _plain(text: str, properties: Properties) -> str:
    """Characters as they are shown: breaks, hyphens and ticks in Unicode, marks of objects left out."""
    symbol = properties.get(_SYMBOL)
    if symbol is not None and len(symbol) == 4:
        return tick(int.from_bytes(symbol[2:], "little")) * len(text)
    return _SILENT.sub("", text.translate(_SIGNS))


def _paragraphs(document: DocFile) -> Iterator[_Stretch]:
    """The paragraphs of the main text; one whose end was deleted flows into the next."""
    paragraph_runs, character_runs = document.paragraph_runs(), document.character_runs()
    known: dict[bytes, Properties] = {}

    def properties(raw: bytes) -> Properties:
        if raw not in known:
            known[raw] = document.properties(raw)
        return known[raw]

    collector = _Collector()
    for piece in document.pieces():
        at = 0
        while at < len(piece.text):
            mark = _MARKS.search(piece.text, at)
            end = mark.start() if mark else len(piece.text)
            for begin, until, raw in character_runs.within(piece, at, end):
                collector.add(piece.text[begin:until], properties(raw))
            at = end
            if mark:
                at += 1
                offset = piece.offset + end * piece.width
                if mark[0] == "\r" and _is_on(properties(character_runs.at(offset)), _DELETED):
                    continue
                raw = paragraph_runs.at(offset)
                style = int.from_bytes(raw[:2], "little")
                yield _Stretch(collector.take(), mark[0], style, properties(raw[2:]))
    yield _Stretch(collector.take())


def _is_on(properties: Properties, code: int) -> bool:
    """An on-off property that no style says anything of; 0x81 is its opposite."""
    return properties.get(code, b"")[:1] in (b"\x01", b"\x81")


class _Assembly:
    """Paragraphs → blocks: rows of cells are gathered into tables."""

    def __init__(self, styles: list[DocStyle], numbering: Numbering) -> None:
        self._styles = styles
        self._numbering = numbering
        self._table = DocTable()
        self._tables = 0

    def blocks(self, paragraphs: Iterator[_Stretch]) -> Iterator[Block]:
        """The blocks in their order; empty paragraphs are left out."""
        for stretch in paragraphs:
            depth = self._depth(stretch)
            if depth == 0:
                yield from self._close()
                if paragraph := self._paragraph(stretch):
                    yield paragraph
            elif _is_on(stretch.properties, _ROW_END):
                self._table.end_row(stretch.properties)
            elif depth > 1:
                end = "\n" if _is_on(stretch.properties, _INNER_ROW) else "\t"
                inner = _is_on(stretch.properties, _INNER_CELL) or end == "\n"
                self._table.add(self._labelled(stretch)[0], end if inner else "\n")
            elif stretch.mark == _CELL_END:
                self._table.add(self._labelled(stretch)[0], "")
                self._table.end_cell()
            else:
                self._table.add(self._labelled(stretch)[0], "\n")
        yield from self._close()

    def _close(self) -> Iterator[Block]:
        if not self._table.is_empty:
            self._tables += 1
            yield from self._table.blocks(f"表{self._tables}")
            self._table = DocTable()

    @staticmethod
    def _depth(stretch: _Stretch) -> int:
        depth = int.from_bytes(stretch.properties.get(_DEPTH, b""), "little")
        return depth or int(_is_on(stretch.properties, _IN_TABLE))

    def _style(self, stretch: _Stretch) -> DocStyle:
        return self._styles[stretch.style] if stretch.style < len(self._styles) else DocStyle()

    def _number(self, stretch: _Stretch, code: int) -> int | None:
        """A property of the paragraph, else of its style."""
        operand = stretch.properties.get(code, self._style(stretch).properties.get(code))
        return None if operand is None else int.from_bytes(operand, "little")

    def _text(self, stretch: _Stretch) -> tuple[str, bool]:
        """The text that is shown, and whether all of it is bold."""
        shown = [(text, own) for text, own in stretch.pieces if not self._toggled(stretch, own, _HIDDEN)]
        bolds = [self._toggled(stretch, own, _BOLD) for text, own in shown if text.strip()]
        return "".join(text for text, _ in shown), bool(bolds) and all(bolds)

    def _toggled(self, stretch: _Stretch, own: Properties, code: int) -> bool:
        """An on-off property of characters: by itself, or as in the style (0x80), or unlike it (0x81)."""
        in_style = _is_on(self._style(stretch).properties, code)
        meaning = {b"": in_style, b"\x00": False, b"\x80": in_style, b"\x81": not in_style}
        return meaning.get(own.get(code, b"")[:1], True)

    def _labelled(self, stretch: _Stretch) -> tuple[str, int | None]:
        """The text with its automatic number, and its level in the list."""
        text = self._text(stretch)[0]
        numbered, depth = self._number(stretch, _LIST), self._number(stretch, _LIST_LEVEL) or 0
        if numbered is None or numbered in _NOT_LISTED or not self._numbering.knows(numbered):
            return text, None
        return self._numbering.label(numbered, depth) + text, depth

    def _paragraph(self, stretch: _Stretch) -> Paragraph | None:
        text, depth = self._labelled(stretch)
        if not text.strip():
            return None
        outline = self._number(stretch, _OUTLINE)
        alignment = self._number(stretch, _JUSTIFICATION)
        if alignment is None:
            alignment = self._number(stretch, _OLD_JUSTIFICATION)
        return Paragraph(
            text.strip(),
            style=self._style(stretch).name,
            level=depth if outline is None or outline >= _BODY_LEVEL else outline,
            centred=alignment == 1,
            bold=self._text(stretch)[1],
        )
