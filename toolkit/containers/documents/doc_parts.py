"""The pieces of a Word 97–2003 document: text, and the properties of its paragraphs and characters ([MS-DOC]).

The text lies in pieces all over the stream, in 8 or 16 bits a character; properties are kept by the place of
the bytes, in pages of 512 bytes.  Offsets are checked before use: a damaged file gives less, never a hang.
"""

from __future__ import annotations

import struct
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from toolkit.containers.limits import Damaged, Unreadable
from toolkit.containers.ole2 import Ole2
from toolkit.findings import files as found

_WORD_97 = 0xA5EC
_FIRST_OF_97 = 0xC1
_ENCRYPTED = 0x0100
_PAIRS = 0x9A
_STYLES, _CHARACTER_PAGES, _PARAGRAPH_PAGES, _CLX, _LISTS, _OVERRIDES = 1, 12, 13, 33, 73, 74
_PAGE = 512
_COMPRESSED = 0x40000000
_HUGE_PARAGRAPH = 0x6646
_TABLE_DEFINITIONS = (0xD608, 0xD609)
_CHANGED_TABS = 0xC615
_OPERAND_SIZES = (1, 1, 2, 4, 2, 2, 0, 3)

Properties = dict[int, bytes]
"""Operands by the code of the property (sprm)."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Consecutive characters: where their bytes begin, and whether each takes one byte or two."""

    text: str
    offset: int
    width: int


@dataclass(frozen=True, slots=True)
class Runs:
    """Properties of consecutive byte ranges of the document stream."""

    begins: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    values: list[bytes] = field(default_factory=list)

    def at(self, offset: int) -> bytes:
        """The raw properties of the range around an offset, empty where there is none."""
        place = bisect_right(self.begins, offset) - 1
        return self.values[place] if place >= 0 and offset < self.ends[place] else b""

    def within(self, piece: Piece, begin: int, end: int) -> Iterator[tuple[int, int, bytes]]:
        """Stretches of characters ``begin`` up to ``end`` of a piece that share their properties."""
        while begin < end:
            offset = piece.offset + begin * piece.width
            place = bisect_right(self.begins, offset) - 1
            edge = self.ends[place] if place >= 0 and offset < self.ends[place] else self._next(place)
            until = end if edge is None else min(end, max(begin + 1, (edge - piece.offset) // piece.width))
            yield begin, until, self.at(offset)
            begin = until

    def _next(self, place: int) -> int | None:
        return self.begins[place + 1] if place + 1 < len(self.begins) else None


class DocFile:
    """The streams of a Word document and what they say of one another."""

    def __init__(self, compound: Ole2) -> None:
        """Raises :class:`Unreadable` for what is no open document of Word 97 or later."""
        self.stream = compound.read("WordDocument") if "WordDocument" in compound else b""
        if len(self.stream) < _PAIRS:
            raise Damaged(found.DOC_DAMAGED.at())
        magic, version, flags = struct.unpack_from("<HH6xH", self.stream)
        if 0 < version < _FIRST_OF_97:
            raise Damaged(found.DOC_TOO_OLD.at())
        if magic != _WORD_97:
            raise Damaged(found.DOC_DAMAGED.at())
        if flags & _ENCRYPTED:
            raise Unreadable(found.ENCRYPTED.at())
        table = "1Table" if flags & 0x0200 else "0Table"
        self._table = compound.read(table) if table in compound else b""
        self._data = compound.read("Data") if "Data" in compound else b""
        self.length = max(0, struct.unpack_from("<i", self.stream, 0x4C)[0])
        """Characters of the main text; notes, headers and text boxes come behind it."""

    @property
    def styles(self) -> bytes:
        """The style sheet."""
        return self._referred(_STYLES)

    @property
    def lists(self) -> bytes:
        """The list definitions; their levels lie behind them, beyond the length that is stated."""
        begin, length = self._pair(_LISTS)
        return self._table[begin:] if length else b""

    @property
    def overrides(self) -> bytes:
        """The lists that paragraphs refer to."""
        return self._referred(_OVERRIDES)

    def pieces(self) -> Iterator[Piece]:
        """The main text, piece by piece; raises :class:`Damaged` when some of it is not there."""
        left = self.length
        if left > len(self.stream):  # pieces that lie over one another would multiply the text
            raise Damaged(found.DOC_DAMAGED.at())
        for count, stated in self._piece_table():
            take = min(count, left)
            width = 1 if stated & _COMPRESSED else 2
            offset = (stated & ~_COMPRESSED) // 2 if width == 1 else stated
            raw = self.stream[offset : offset + take * width]
            if len(raw) < take * width:
                break
            yield Piece(raw.decode("cp1252" if width == 1 else "utf-16-le", errors="replace"), offset, width)
            left -= take
            if not left:
                return
        if left:
            raise Damaged(found.DOC_DAMAGED.at())

    def paragraph_runs(self) -> Runs:
        """Properties of paragraphs, the style's number (two bytes) in front."""
        return self._runs(_PARAGRAPH_PAGES, 13, _paragraph_properties)

    def character_runs(self) -> Runs:
        """Properties of characters."""
        return self._runs(_CHARACTER_PAGES, 1, _character_properties)

    def properties(self, raw: bytes) -> Properties:
        """Raw properties taken apart; a long one that lies in the data stream is fetched."""
        properties = parse(raw)
        if (place := properties.get(_HUGE_PARAGRAPH)) is not None:
            offset = int.from_bytes(place, "little")
            length = int.from_bytes(self._data[offset : offset + 2], "little")
            properties.update(parse(self._data[offset + 2 : offset + 2 + length]))
        return properties

    def _pair(self, index: int) -> tuple[int, int]:
        place = _PAIRS + index * 8
        if place + 8 > len(self.stream):
            return 0, 0
        begin, length = struct.unpack_from("<II", self.stream, place)
        return begin, length if begin + length <= len(self._table) else 0

    def _referred(self, index: int) -> bytes:
        begin, length = self._pair(index)
        return self._table[begin : begin + length]

    def _piece_table(self) -> list[tuple[int, int]]:
        """Characters and stated place of each piece."""
        clx = self._referred(_CLX)
        at = 0
        while at + 3 <= len(clx) and clx[at] == 1:
            at += 3 + int.from_bytes(clx[at + 1 : at + 3], "little")
        if at + 5 > len(clx) or clx[at] != 2:
            raise Damaged(found.DOC_DAMAGED.at())
        table = clx[at + 5 : at + 5 + int.from_bytes(clx[at + 1 : at + 5], "little")]
        count = max(0, (len(table) - 4) // 12)
        if not count:
            return []
        places = struct.unpack_from(f"<{count + 1}I", table)
        stated = (struct.unpack_from("<I", table, (count + 1) * 4 + number * 8 + 2)[0] for number in range(count))
        return [
            (end - begin, place) for begin, end, place in zip(places, places[1:], stated, strict=False) if end > begin
        ]

    def _runs(self, index: int, entry: int, read: Callable[[bytes, int], bytes]) -> Runs:
        """The ranges of all property pages, in the order of their bytes."""
        table = self._referred(index)
        count = max(0, (len(table) - 4) // 8)
        ranges: list[tuple[int, int, bytes]] = []
        for number in sorted({n & 0x3FFFFF for n in struct.unpack_from(f"<{count}I", table, (count + 1) * 4)}):
            page = self.stream[number * _PAGE : (number + 1) * _PAGE]
            if len(page) == _PAGE:
                ranges += _page_ranges(page, entry, read)
        ranges.sort(key=lambda item: item[:2])
        return Runs([begin for begin, _, _ in ranges], [end for _, end, _ in ranges], [raw for _, _, raw in ranges])


def _page_ranges(page: bytes, entry: int, read: Callable[[bytes, int], bytes]) -> Iterator[tuple[int, int, bytes]]:
    """Ranges of one page: their number stands in its last byte, their edges first, then where each is told."""
    count = page[-1]
    told = (count + 1) * 4
    if told + count * entry >= _PAGE:
        return
    edges = struct.unpack_from(f"<{count + 1}I", page)
    for number, (begin, end) in enumerate(pairwise(edges)):
        offset = page[told + number * entry] * 2
        yield begin, end, read(page, offset) if offset else b""


def _paragraph_properties(page: bytes, offset: int) -> bytes:
    size = page[offset] * 2 - 1
    if size < 0 and offset + 1 < _PAGE:
        offset += 1
        size = page[offset] * 2
    return page[offset + 1 : offset + 1 + size]


def _character_properties(page: bytes, offset: int) -> bytes:
    return page[offset + 1 : offset + 1 + page[offset]]


def parse(raw: bytes) -> Properties:
    """Properties by their code; the operand's length lies in the code, or in front of the operand."""
    properties: Properties = {}
    at = 0
    while at + 2 <= len(raw):
        code = int.from_bytes(raw[at : at + 2], "little")
        at += 2
        size = _OPERAND_SIZES[code >> 13]
        if not size:
            if code in _TABLE_DEFINITIONS:
                size = int.from_bytes(raw[at : at + 2], "little") - 1
                at += 2
            else:
                size = raw[at] if at < len(raw) else 0
                at += 1
                if code == _CHANGED_TABS and size == 255:
                    break
        properties[code] = raw[at : at + max(0, size)]
        at += max(0, size)
    return properties
