"""Folding of text: what stays the same when a notice or a table is typed, scanned or laid out anew."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

_BLANKS = re.compile(r"\s+")
_SILENT = re.compile(r"[\W_]+")
"""Blanks, punctuation and signs: whatever is neither letter nor number."""
_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
_OPENING = "(（[［【〔〈《「『“"
_CLOSING = ")）]］】〕〉》」』”"
_PARTNER = dict(zip(_CLOSING, _OPENING, strict=True))
_ROUND = "(（"


_REMEMBERED = 200
"""Characters up to which a text's folding is remembered: names and cells come again, long texts seldom do."""


def fold(text: str) -> str:
    """Text with widths folded (NFKC), invisible characters gone and every run of blanks one space."""
    return _fold(text) if len(text) <= _REMEMBERED else _fold.__wrapped__(text)


def essence(text: str) -> str:
    """Folded text without blanks and punctuation, in lower case: what two writings of one thing share."""
    return _essence(text) if len(text) <= _REMEMBERED else _essence.__wrapped__(text)


@lru_cache(maxsize=16384)
def _fold(text: str) -> str:
    return _BLANKS.sub(" ", unicodedata.normalize("NFKC", _INVISIBLE.sub("", text))).strip()


@lru_cache(maxsize=16384)
def _essence(text: str) -> str:
    return _SILENT.sub("", unicodedata.normalize("NFKC", text)).casefold()


def unspaced(text: str) -> str:
    """Text without any blanks and invisible characters; widths and punctuation stay."""
    return _BLANKS.sub("", _INVISIBLE.sub("", text))


def unwrapped(text: str) -> str:
    """Text without the pair of round brackets around the whole of it, if there is one."""
    text = text.strip()
    while text and text[0] in _ROUND and closing(text, 0) == len(text) - 1:
        text = text[1:-1].strip()
    return text


def closing(text: str, start: int) -> int | None:
    """Where the bracket opened at ``start`` closes, ``None`` when it never does; the widths of a pair may differ."""
    return _round_pairs(text).get(start)


def brackets(text: str) -> Iterator[tuple[int, int]]:
    """The outermost pairs of round brackets: where each opens and closes."""
    last = -1
    for start, end in sorted(_round_pairs(text).items()):
        if start > last:
            yield start, end
            last = end


def deepest(text: str) -> int:
    """How many closed brackets of any kind stand inside each other at most."""
    return max(_depths(text), default=0)


@lru_cache(maxsize=64)
def _round_pairs(text: str) -> dict[int, int]:
    """Every closed pair of round brackets, in one pass however deep they nest."""
    pairs: dict[int, int] = {}
    opened: list[int] = []
    for index, char in enumerate(text):
        if char in _ROUND:
            opened.append(index)
        elif char in ")）" and opened:
            pairs[opened.pop()] = index
    return pairs


def split_outside(text: str, separators: str) -> list[str]:
    """Text split at any of the characters of ``separators`` that stand outside brackets and quotes.

    A closing bracket without partner is an ordinary character, so is an opening one that is never closed.
    """
    pieces, depth, start = [], _depths(text), 0
    for index, char in enumerate(text):
        if char in separators and not depth[index]:
            pieces.append(text[start:index])
            start = index + 1
    pieces.append(text[start:])
    return pieces


def _depths(text: str) -> list[int]:
    """How many closed pairs of brackets stand around each character."""
    pairs: list[tuple[int, int]] = []
    stack: list[tuple[str, int]] = []
    for index, char in enumerate(text):
        if char in _OPENING:
            stack.append((unicodedata.normalize("NFKC", char), index))
        elif char in _CLOSING:
            partner = unicodedata.normalize("NFKC", _PARTNER[char])
            place = next((n for n in range(len(stack) - 1, -1, -1) if stack[n][0] == partner), None)
            if place is not None:
                pairs.append((stack[place][1], index))
                del stack[place:]
    steps = [0] * (len(text) + 1)
    for opened, closed in pairs:
        steps[opened] += 1
        steps[closed + 1] -= 1
    depths, depth = [], 0
    for step in steps[:-1]:
        depth += step
        depths.append(depth)
    return depths
