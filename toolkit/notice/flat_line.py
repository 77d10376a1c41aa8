"""Flattened tables that are one line: header and cells parted by blanks."""

from __future__ import annotations

import re
from collections.abc import Sequence

from toolkit.notice.alignment import Token
from toolkit.notice.columns import Column, read_column, read_loosely
from toolkit.notice.flat_cells import LEAST_HEADER, without_repeats
from toolkit.notice.flat_rows import FlatTable, align_rows
from toolkit.notice.grid import divides_work
from toolkit.notice.passages import Passage
from toolkit.notice.settling import settled

_SHORTEST = 80
"""Characters a line must have to hold a table."""
_WORD = re.compile(r"[^\s|]+")


def in_one_line(passages: Sequence[Passage], begin: int) -> FlatTable | None:
    """The table that a long line holds from its header words on."""
    text = passages[begin].text
    if passages[begin].is_table or len(text) < _SHORTEST or text.count(" ") + text.count("\u3000") < 10:
        return None
    found = _inline_header(text)
    if found is None:
        return None
    start, end, header = found
    tokens = [Token(match.group(), at=begin) for match in _WORD.finditer(text, end)]
    body, fresh = without_repeats(tokens, header)
    read = align_rows(body, header, fresh, passages, loose=True)
    return None if read is None else FlatTable(read.table, begin, begin + 1, title=text[:start].strip())


def _inline_header(text: str) -> tuple[int, int, list[Column]] | None:
    """Where a run of header words stands in a line, parted by blanks, blanks inside the words allowed."""
    words = list(_WORD.finditer(text))
    for first in range(len(words)):
        header: list[Column] = []
        place = first
        begin = words[first].start()
        while place < len(words) and len(header) < 12:
            read = _read_spaced(words, place, first_word=not header) or _read_between(words, place)
            if read is None:
                break
            column, place, offset = read
            if not header:
                begin = offset
            header.append(column)
        if len(header) >= LEAST_HEADER and divides_work(settled(list(header))):
            return begin, words[place - 1].end(), header
    return None


def _read_between(words: Sequence[re.Match[str]], place: int) -> tuple[Column, int, int] | None:
    """A label nobody foresaw, told by its last word, where a known one stands behind it."""
    if place + 1 >= len(words) or _read_spaced(words, place + 1, first_word=False) is None:
        return None
    column = read_loosely(words[place].group())
    return None if column is None else (column, place + 1, words[place].start())


def _read_spaced(words: Sequence[re.Match[str]], place: int, *, first_word: bool) -> tuple[Column, int, int] | None:
    """A header word that may be printed with blanks inside (具 体 要 求), or glued to the title before it."""
    joined = ""
    for count in range(1, 7):
        if place + count > len(words):
            break
        joined += words[place + count - 1].group()
        if len(joined) > 12 and not first_word:
            break
        column = read_column(joined)
        if column is not None and (count == 1 or all(len(w.group()) <= 2 for w in words[place : place + count])):
            return column, place + count, words[place].start()
    if first_word:
        word = words[place].group()
        for cut in range(max(1, len(word) - 8), len(word) - 1):
            column = read_column(word[cut:])
            if column is not None:
                return column, place + 1, words[place].start() + cut
    return None
