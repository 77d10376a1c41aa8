"""Cells that print two levels of headings at once (着力加强公开 围绕重点领域…), and cells that print only one.

A column with such cells is read as two columns, the outer level and the inner one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from toolkit.language.text import essence
from toolkit.notice.columns import Meaning
from toolkit.notice.numbering import CHAPTER_STYLES, read_marker
from toolkit.notice.rows import LEVEL_BREAK, Row, TaskTable

_GAP = re.compile(r"\s*\n\s*|[ \u3000\xa0]+")
GUESSED_LEVEL = "上一级标题没有印出，按上文推断"
_LEAST = 6
"""Characters a level has at least; less is a line break inside a name."""


def with_two_levels(table: TaskTable) -> TaskTable:
    """The table with its innermost level column doubled, where cells of that column print two levels."""
    columns = [n for n, column in enumerate(table.columns) if column.meaning in (Meaning.LEVEL, Meaning.TASK)]
    edge = max((n for n, column in enumerate(table.columns) if column.meaning is Meaning.CONTENT), default=0)
    inner = max((n for n in columns if n < edge), default=None)
    if inner is None:
        return table
    split = _TwoLevels(row.cells[inner].text for row in table.rows if inner in row.cells)
    if not split:
        return table
    rows: list[Row] = []
    outer = ""
    for row in table.rows:
        rows.append(_doubled(row, inner, split, outer))
        outer = rows[-1].text(inner) or outer
        if row.chapter is not None:
            outer = ""
    level = replace(table.columns[inner], meaning=Meaning.LEVEL, guessed=True)
    return replace(table, columns=[*table.columns[:inner], level, *table.columns[inner:]], rows=rows)


def _doubled(row: Row, inner: int, split: _TwoLevels, outer: str) -> Row:
    """The row with one column more before ``inner``."""
    cells = {n if n < inner else n + 1: cell for n, cell in row.cells.items() if n != inner}
    placed = {n if n < inner else n + 1: reason for n, reason in row.placed.items()}
    cell = row.cells.get(inner)
    if cell is not None:
        above, below, sure = split.read(cell.text, outer)
        if above:
            cells[inner] = replace(cell, text=above)
        cells[inner + 1] = replace(cell, text=below)
        if not sure:
            placed[inner if above and not below else inner + 1] = GUESSED_LEVEL
    return replace(row, cells=cells, placed=placed)


class _TwoLevels:
    """How the cells of one column divide into an outer and an inner heading."""

    def __init__(self, texts: Iterable[str]) -> None:
        distinct = list(dict.fromkeys(texts))
        self._split: dict[str, tuple[str, str]] = {}
        heads: dict[str, int] = {}
        cuts = {text: _cuts(text) for text in distinct}
        for text in distinct:
            for head in {essence(outer) for outer, _ in cuts[text]} | {essence(text)}:
                heads[head] = heads.get(head, 0) + 1
        for text in distinct:
            if LEVEL_BREAK in text.strip(LEVEL_BREAK):
                self._split[text] = _told(text)
                continue
            for outer, inner in cuts[text]:
                if heads[essence(outer)] > 1 or _nested(outer, inner):
                    self._split[text] = (outer, inner)
                    break
        self._outer = {essence(outer) for outer, _ in self._split.values()}
        self._inner = {essence(inner) for _, inner in self._split.values()}
        self._kinds = {_kind(outer) for outer, _ in self._split.values()}
        self._inner_kinds = {_kind(inner) for _, inner in self._split.values()}

    def __bool__(self) -> bool:
        return bool(self._split)

    def read(self, text: str, outer: str) -> tuple[str, str, bool]:
        """Outer heading, inner heading (either may be blank) of a cell below ``outer``, and whether that is sure."""
        if text in self._split:
            return (*self._split[text], True)
        if LEVEL_BREAK in text:
            return (*_told(text), True)
        plain = essence(text)
        if plain in self._outer:
            return text, "", False
        if plain in self._inner:
            return "", text, bool(outer)
        kind = _kind(text)
        if kind in self._kinds and kind not in self._inner_kinds:
            return text, "", False
        if kind in self._inner_kinds or self._kinds <= set(CHAPTER_STYLES):
            return "", text, True
        return ("", text, False) if outer else (text, "", False)


def _kind(text: str) -> str:
    """What headings of one level share: the style of their numbers, else their first two characters."""
    marker = read_marker(text)
    return marker.style if marker is not None else essence(text)[:2]


def _told(text: str) -> tuple[str, str]:
    """The outer and the inner heading of a cell in which the source parted them; either may be blank."""
    outer, _, inner = text.partition(LEVEL_BREAK)
    return outer.strip(), inner.strip()


def _cuts(text: str) -> Sequence[tuple[str, str]]:
    pairs = []
    for gap in _GAP.finditer(text):
        outer, inner = text[: gap.start()].strip(), text[gap.end() :].strip()
        if len(essence(outer)) >= _LEAST and len(essence(inner)) >= _LEAST:
            pairs.append((outer, inner))
    return pairs


def _nested(outer: str, inner: str) -> bool:
    """Whether the two parts carry numbers of different levels: 一、… （一）…."""
    first, second = read_marker(outer), read_marker(inner)
    return first is not None and second is not None and first.heads and first.style != second.style
