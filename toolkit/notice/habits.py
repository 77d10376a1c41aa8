"""What a first reading of a flattened table shows of its rows: how often a column is blank, and what fills it."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from toolkit.language.persons import is_person
from toolkit.language.text import fold, unspaced
from toolkit.notice.columns import Meaning
from toolkit.notice.likeness import is_blank, is_figure, likeness
from toolkit.notice.numbering import read_marker

_LEAST_ROWS = 5
_PRIOR = 2.0
"""So many cells of the table at large stand beside those of a column, before what it holds is believed."""
_STRONGEST = 2.5
"""How much the other cells of a column may speak for or against one more."""
_OF_PLACE = re.compile("[全省市州盟县区旗镇乡街村各]")
"""How the names of units begin where a place has its own."""
_STOP = re.compile("[。；;]")


class Kind(Enum):
    """What kind of value a cell prints, told without its column."""

    DASH = "dash"
    DATE = "date"
    UNITS = "units"
    BODIES = "bodies"
    """Names that end like units' and begin like none of a place: 数字档案馆 may be a unit, or what is to be built."""
    STATUS = "status"
    PERSON = "person"
    FIGURE = "figure"
    HEADED = "headed"
    LABEL = "label"
    PHRASE = "phrase"
    TEXT = "text"


@lru_cache(maxsize=32768)
def kind_of(text: str) -> Kind:
    """The kind of value that a cell prints."""
    fits = likeness(text)
    plain = unspaced(fold(text))
    if is_blank(text):
        return Kind.DASH
    if is_figure(text):
        return Kind.FIGURE
    for meaning, kind in ((Meaning.DEADLINE, Kind.DATE), (Meaning.UNITS, Kind.UNITS), (Meaning.STATUS, Kind.STATUS)):
        if fits[meaning] >= 0.7:
            return Kind.BODIES if kind is Kind.UNITS and not _OF_PLACE.match(plain) else kind
    if is_person(text):
        return Kind.PERSON
    marker = read_marker(text)
    if marker is not None and marker.heads:
        return Kind.HEADED
    if len(plain) <= 16 and not _STOP.search(plain):
        return Kind.LABEL
    return Kind.TEXT if _STOP.search(plain) else Kind.PHRASE


@dataclass(frozen=True, slots=True)
class Habits:
    """How often the rows leave each column blank, what stands in it, how often a chapter stands between them."""

    blank: tuple[float, ...]
    again: tuple[float, ...]
    """How often a cell of each column takes one more paragraph."""
    chapters: float
    speaks: tuple[dict[Kind, float], ...]
    """For each column how much more (or less) often a kind stands there than in the table at large, as a logarithm.

    One more stands at the end, for the chapters.
    """

    @classmethod
    def of(cls, path: Sequence[tuple[int, bool]], texts: Sequence[str], width: int) -> Habits | None:
        """What a first reading shows; ``None`` when there are too few rows to tell."""
        filled = [0] * width
        again = [0] * width
        kinds = [Counter[Kind]() for _ in range(width + 1)]
        rows = chapters = 0
        before = -1
        for (state, new_row), text in zip(path, texts, strict=True):
            rows += new_row and state < width
            chapters += state == width
            if state <= width:
                kinds[state][kind_of(text)] += 1
            if state < width:
                if state == before and not new_row:
                    again[state] += 1
                else:
                    filled[state] += 1
            before = state
        if rows < _LEAST_ROWS:
            return None
        blank = tuple(min(0.95, max(0.02, (rows - min(count, rows) + 0.5) / (rows + 1))) for count in filled)
        more = tuple(max(0.02, min(0.5, (a + 0.2) / (f + 1))) for a, f in zip(again, filled, strict=True))
        return cls(blank, more, (chapters + 0.5) / (rows + 1), _speaks(kinds))

    def speaks_for(self, column: int, text: str) -> float:
        """How much the other cells of a column speak for this text among them."""
        return self.speaks[column].get(kind_of(text), 0.0)


def _speaks(kinds: Sequence[Counter[Kind]]) -> tuple[dict[Kind, float], ...]:
    everywhere = sum(kinds, Counter[Kind]())
    total = everywhere.total()
    return tuple(
        {
            kind: max(
                -_STRONGEST,
                min(
                    _STRONGEST,
                    math.log((own[kind] + _PRIOR * count / total) / (own.total() + _PRIOR) / (count / total)),
                ),
            )
            for kind, count in everywhere.items()
        }
        for own in kinds
    )
