"""Tables of a Word 97–2003 document: cells end with marks, the mark at the row's end says how wide they are."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from itertools import pairwise

from toolkit.containers.content import Block
from toolkit.containers.documents.doc_parts import Properties
from toolkit.containers.documents.word_table import Merge, RowCell, evenly, joined_sideways, text_table

_DEFINITION, _OLD_DEFINITION, _VERTICAL_MERGE, _SIDE_MERGE = 0xD608, 0xD609, 0xD62B, 0x5624
_CELL_SIZE = 20
_VERTICAL = {0: Merge.NONE, 1: Merge.CONTINUED, 3: Merge.FIRST}


class DocTable:
    """A table while its paragraphs pass by."""

    def __init__(self) -> None:
        self._rows: list[list[RowCell[str]]] = []
        self._cells: list[str] = []
        self._text = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing has passed by yet."""
        return not (self._rows or self._cells or self._text)

    def add(self, text: str, end: str) -> None:
        """A paragraph of the current cell and what stands behind it."""
        self._text += text + end

    def end_cell(self) -> None:
        """The mark at the end of a cell."""
        self._cells.append(self._text.strip())
        self._text = ""

    def end_row(self, properties: Properties) -> None:
        """The mark at the end of a row, with the properties it carries."""
        if self._text.strip():
            self.end_cell()
        self._text = ""
        if self._cells:
            self._rows.append(_row(self._cells, properties))
        self._cells = []

    def blocks(self, name: str) -> Iterator[Block]:
        """The table as a block of that name; a table of one cell is a frame around paragraphs."""
        self.end_row({})
        return text_table(self._rows, name)


def _row(texts: list[str], properties: Properties) -> list[RowCell[str]]:
    definition = properties.get(_DEFINITION) or properties.get(_OLD_DEFINITION) or b""
    count = definition[0] if definition else 0
    if count < len(texts) or len(definition) < 1 + 2 * (count + 1):
        return evenly(texts)
    edges = struct.unpack_from(f"<{count + 1}h", definition, 1)
    merges = [_merges(definition, 1 + 2 * (count + 1) + number * _CELL_SIZE) for number in range(count)]
    _apply(properties, merges)
    return joined_sideways(
        (RowCell(begin, max(end, begin + 1), text, merge), beside)
        for text, (begin, end), (beside, merge) in zip(texts, pairwise(edges), merges, strict=False)
    )


def _merges(definition: bytes, at: int) -> tuple[bool, Merge]:
    """Whether a cell belongs to the one before it, and how it is merged downwards (TC80)."""
    flags = int.from_bytes(definition[at : at + 2], "little")
    return flags & 3 == 1, _VERTICAL.get(flags >> 5 & 3, Merge.NONE)


def _apply(properties: Properties, merges: list[tuple[bool, Merge]]) -> None:
    """Merges that were told apart from the definition, by later changes of the table."""
    vertical = properties.get(_VERTICAL_MERGE, b"")
    if len(vertical) == 2 and vertical[0] < len(merges):
        merges[vertical[0]] = merges[vertical[0]][0], _VERTICAL.get(vertical[1], Merge.NONE)
    side = properties.get(_SIDE_MERGE, b"")
    if len(side) == 2:
        for number in range(side[0] + 1, min(side[1], len(merges))):
            merges[number] = True, merges[number][1]
