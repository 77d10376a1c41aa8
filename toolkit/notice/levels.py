"""Cells that print two levels of headings at once (着力加强公开 围绕重点领域…), and cells that print only one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from toolkit.language.text import essence
from toolkit.notice.numbering import read_marker
from toolkit.notice.rows import LEVEL_BREAK

_GAP = re.compile(r"\s*\n\s*|[ \u3000\xa0]+")
_LEAST = 4
"""Characters a level has at least; less is a line break inside a name."""


class TwoLevels:
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
                self._split[text] = told(text)
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

    def read(self, text: str, outer: str | None) -> tuple[tuple[str, ...], bool]:
        """The headings a cell stands for below ``outer``, and whether that is sure."""
        if text in self._split:
            return self._split[text], True
        if not self._split:
            return (text.strip(LEVEL_BREAK),), True
        if LEVEL_BREAK in text:
            above, inner = told(text)
            return ((above,) if above else (outer, inner) if outer else (inner,)), bool(above or outer)
        plain = essence(text)
        if plain in self._outer:
            return (text,), False
        if plain in self._inner and outer is not None:
            return (outer, text), True
        kind = _kind(text)
        if outer is None or (kind in self._kinds and kind not in self._inner_kinds):
            return (text,), False
        return (outer, text), kind in self._inner_kinds and read_marker(text) is not None


def _kind(text: str) -> str:
    """What headings of one level share: the style of their numbers, else their first two characters."""
    marker = read_marker(text)
    return marker.style if marker is not None else essence(text)[:2]


def told(text: str) -> tuple[str, str]:
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
