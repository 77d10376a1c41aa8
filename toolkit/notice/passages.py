"""The document as a run of passages: its paragraphs in order, tables standing among them as marks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from toolkit.containers.content import Content, Paragraph, Sheet, TableBlock
from toolkit.containers.grid import Grid

_EMPHASIS = re.compile(r"\*\*([^*]+)\*\*")
"""Words that a text marks as bold: **牵头单位：**."""
_BLANKS = " \t\u3000\xa0"


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph, or the place of a table."""

    text: str
    number: int
    """1-based place among the document's blocks."""
    page: int | None = None
    style: str = ""
    close: bool = False
    table: Sheet | None = None

    @property
    def is_table(self) -> bool:
        """Whether a table stands here."""
        return self.table is not None


def passages_of(content: Content) -> list[Passage]:
    """The passages of a document; lines inside one paragraph are passages of their own."""
    passages: list[Passage] = []
    for number, block in enumerate(content.blocks, 1):
        if isinstance(block, TableBlock):
            passages.append(Passage("", number, block.page, table=block.sheet))
        else:
            passages += _lines(block, number)
    return passages


def opened(passages: Sequence[Passage]) -> list[Passage]:
    """The passages with the tables taken apart that only lay out a page: the lines of their cells stand in their place.

    Lines of tabs in a cell are the rows of a table inside it.
    """
    lines: list[Passage] = []
    for passage in passages:
        if passage.table is None:
            lines.append(passage)
            continue
        sheet = passage.table
        for row in range(len(sheet.rows)):
            for column in range(sheet.width):
                lines += _cell_lines(sheet.text(row, column), passage)
    return lines


def _cell_lines(text: str, place: Passage) -> Iterator[Passage]:
    for typed, group in groupby(text.split("\n"), key=lambda line: "\t" in line):
        if typed:
            grid = Grid("")
            for row, line in enumerate(group):
                for column, cell in enumerate(line.split("\t")):
                    grid.set(row, column, cell.strip())
            yield Passage("", place.number, place.page, table=grid.finish())
            continue
        for line in group:
            if plain := line.strip(_BLANKS):
                yield Passage(plain, place.number, place.page, close=True)


def _lines(paragraph: Paragraph, number: int) -> Sequence[Passage]:
    lines = [_EMPHASIS.sub(r"\1", line).strip(_BLANKS) for line in paragraph.text.split("\n")]
    return [
        Passage(line, number, paragraph.page, paragraph.style, paragraph.close or place > 0)
        for place, line in enumerate(lines)
        if line
    ]
