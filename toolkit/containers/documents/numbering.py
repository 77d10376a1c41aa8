"""Automatic numbering: the labels that Word shows before paragraphs and keeps out of their text (ECMA-376, 17.9)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from toolkit.containers.documents import counting

_PLACEHOLDER = re.compile(r"%([1-9])")


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list is numbered."""

    text: str
    start: int = 1
    number_format: str = "decimal"
    restart: int | None = None
    """The level (1-based) whose numbers restart this one; 0 for never, ``None`` for any higher level."""
    legal: bool = False
    """Whether every number is written in plain digits."""
    glued: bool = False
    """Whether nothing stands between the label and the text."""
    style: str | None = None


@dataclass(slots=True)
class NumberedList:
    """A list that paragraphs refer to by its id: levels of a shared definition, some of them overridden."""

    definition: int
    levels: dict[int, Level]
    starts: dict[int, int] = field(default_factory=dict)
    """Levels that begin anew, with that number, when the list first uses them."""

    def start(self, depth: int) -> int:
        """The first number of a level."""
        return self.starts.get(depth, self.levels[depth].start if depth in self.levels else 1)


class Numbering:
    """Counts the numbered paragraphs of one document, in their order."""

    def __init__(self, lists: dict[int, NumberedList]) -> None:
        """``lists`` are those of the document by the id that paragraphs give."""
        self._lists = lists
        self._counts: dict[int, dict[int, int]] = {}
        self._begun: set[tuple[int, int]] = set()

    def define(self, list_id: int, numbered: NumberedList) -> None:
        """Adds a list that was met on the way."""
        self._lists[list_id] = numbered

    def restart(self, list_id: int) -> None:
        """Lets a list begin anew."""
        if list_id in self._lists:
            self._counts.pop(self._lists[list_id].definition, None)

    def knows(self, list_id: int) -> bool:
        """Whether a list is defined."""
        return list_id in self._lists

    def level_of_style(self, list_id: int, style_id: str | None) -> int:
        """The level of a list that belongs to a paragraph style; the first when none does."""
        levels = self._lists[list_id].levels if list_id in self._lists else {}
        return next((depth for depth, level in levels.items() if style_id and level.style == style_id), 0)

    def label(self, list_id: int, depth: int) -> str:
        """Counts one paragraph of a list and gives its label with the blank that keeps it off the text.

        Empty for bullets and for a list that is not defined.
        """
        numbered = self._lists.get(list_id)
        level = numbered.levels.get(depth) if numbered else None
        if numbered is None or level is None:
            return ""
        counts = self._counts.setdefault(numbered.definition, {})
        if (list_id, depth) not in self._begun and depth in numbered.starts:
            counts.pop(depth, None)
        self._begun.add((list_id, depth))
        counts[depth] = counts[depth] + 1 if depth in counts else numbered.start(depth)
        for deeper in [other for other in counts if other > depth]:
            restart = numbered.levels[deeper].restart if deeper in numbered.levels else None
            if restart is None or depth < restart:
                del counts[deeper]
        if level.number_format == "bullet":
            return ""
        return _spaced(self._written(numbered, level, counts), level)

    @staticmethod
    def _written(numbered: NumberedList, level: Level, counts: dict[int, int]) -> str:
        def one(match: re.Match[str]) -> str:
            depth = int(match[1]) - 1
            named = numbered.levels.get(depth)
            if named is None:
                return ""
            number_format = "decimal" if level.legal else named.number_format
            return counting.write(counts.get(depth, numbered.start(depth)), number_format)

        return _PLACEHOLDER.sub(one, level.text)


def _spaced(label: str, level: Level) -> str:
    """A label that ends in a digit or a letter would run into the text behind it."""
    return f"{label} " if label[-1:].isalnum() and not level.glued else label
