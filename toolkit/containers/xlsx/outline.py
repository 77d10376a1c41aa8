"""What a sheet's XML says around its rows: merged ranges, hidden columns."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from toolkit.containers.content import Span, column_index
from toolkit.containers.remembering import remembered
from toolkit.containers.xmltree import Element, is_true, local, parse, small_number

_RANGE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?")


@dataclass(frozen=True, slots=True)
class Outline:
    """A sheet but for its cells."""

    spans: tuple[Span, ...] = ()
    hidden: tuple[tuple[int, int], ...] = ()
    """Hidden columns: from the first, 0-based, to one past the last."""

    @classmethod
    def of(cls, root: Element) -> Outline:
        """What stands around the rows below the root of a sheet."""
        return cls(tuple(_merges(root)), tuple(_hidden_columns(root)))

    def hidden_columns(self, width: int) -> frozenset[int]:
        """The hidden ones of so many columns."""
        return frozenset(column for first, end in self.hidden for column in range(first, min(end, width)))


@remembered
def read_outline(data: bytes, part: str) -> Outline:
    """The outline in the XML of a sheet without its rows, which the forms of one template often share."""
    return Outline.of(parse(data, part))


def read_range(text: str) -> Span | None:
    """``B2:C3`` as a span."""
    match = _RANGE.fullmatch(text.strip())
    if match is None:
        return None
    left, top, right, bottom = match.groups()
    first, last = column_index(left), column_index(right or left)
    rows = int(top) - 1, int(bottom or top) - 1
    return Span(min(rows), min(first, last), max(rows), max(first, last))


def _merges(root: Element) -> Iterator[Span]:
    for part in root:
        if local(part) == "mergeCells":
            for merge in part:
                if (span := read_range(merge.get("ref", ""))) is not None:
                    yield span


def _hidden_columns(root: Element) -> Iterator[tuple[int, int]]:
    for part in root:
        if local(part) == "cols":
            for column in part:
                if is_true(column.get("hidden")):
                    yield small_number(column.get("min")) - 1, small_number(column.get("max"))
