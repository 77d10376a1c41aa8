"""The document as a run of passages: its paragraphs in order, tables standing among them as marks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from toolkit.containers.content import Content, Paragraph, Sheet, TableBlock


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


def _lines(paragraph: Paragraph, number: int) -> Sequence[Passage]:
    lines = [line.strip(" \t\u3000\xa0") for line in paragraph.text.split("\n")]
    return [
        Passage(line, number, paragraph.page, paragraph.style, paragraph.close or place > 0)
        for place, line in enumerate(lines)
        if line
    ]
