"""Plain text (.txt, .md, the clipboard) → blocks: a paragraph a line, runs of tabs or pipes as tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from toolkit.containers.content import Block, Content, FileKind, Paragraph, TableBlock
from toolkit.containers.documents.guard import guarded
from toolkit.containers.documents.text_tables import find_tables
from toolkit.containers.encoding import decode
from toolkit.containers.limits import Damaged
from toolkit.findings import files as found

_HEADING = re.compile(r"(#{1,6})\s+(.*?)\s*#*")
_ENDS = re.compile(r"\r\n|[\n\r\v\x85\u2028\u2029]")
_UNFINISHED = "，、,"
_SPACED = 0.5
"""Share of lines that blank lines must part from the one before them."""


@guarded(FileKind.TEXT)
def read_text(data: bytes, name: str) -> Content:
    """The blocks of a text in whatever encoding it is; ``name`` is for messages."""
    decoded = decode(data)
    if decoded is None:
        raise Damaged(found.TEXT_UNDECODABLE.at())
    content = Content(FileKind.TEXT, blocks=blocks_of_text(decoded.text))
    if decoded.lossy:
        content.findings.append(found.TEXT_LOSSY.at())
    return content


def blocks_of_text(text: str) -> list[Block]:
    """The blocks of a text; a form feed begins a new page, blank lines are left out."""
    pages = text.split("\f")
    blocks: list[Block] = []
    tables = 0
    spaced = _parted_by_blank_lines(_ENDS.split(text))
    for number, page_text in enumerate(pages, start=1):
        page = number if len(pages) > 1 else None
        lines = _ENDS.split(page_text)
        at = 0
        for table in find_tables(lines):
            blocks += _paragraphs(lines[at : table.begin], page, spaced)
            tables += 1
            blocks.append(TableBlock(table.sheet(f"表{tables}"), page=page))
            at = table.end
        blocks += _paragraphs(lines[at:], page, spaced)
    return blocks


def _parted_by_blank_lines(lines: list[str]) -> bool:
    """Whether blank lines stand between most paragraphs, so that lines without one between them belong together."""
    follows = [not before.strip() for before, line in pairwise(lines) if line.strip()]
    return len(follows) > 2 and sum(follows) >= _SPACED * len(follows)


def _paragraphs(lines: list[str], page: int | None, spaced: bool) -> Iterator[Paragraph]:
    """A paragraph a line; a line that breaks off at a comma goes on in the next one."""
    waiting = ""
    close = blank = False
    for line in lines:
        text = line.strip().strip("\u3000\ufeff").strip()
        if not text:
            blank = True
            continue
        if not waiting:
            close = spaced and not blank
        blank = False
        waiting += text
        if text[-1] in _UNFINISHED:
            continue
        yield _paragraph(waiting, page, close)
        waiting = ""
    if waiting:
        yield _paragraph(waiting, page, close)


def _paragraph(text: str, page: int | None, close: bool) -> Paragraph:
    heading = _HEADING.fullmatch(text)
    if heading is None:
        return Paragraph(text, page=page, close=close)
    depth = len(heading[1])
    return Paragraph(heading[2], page=page, style=f"Heading {depth}", level=depth - 1)
