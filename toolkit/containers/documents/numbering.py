"""Automatic numbering of .docx: the labels that stand only in the numbering part (ECMA-376, 17.9)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from toolkit.containers.documents import counting
from toolkit.containers.documents.docx_parts import W, number, value

_PLACEHOLDER = re.compile(r"%([1-9])")
_LEVELS = 9


@dataclass(frozen=True, slots=True)
class _Level:
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
class _List:
    """A list that paragraphs refer to by its id: levels of a shared definition, some of them overridden."""

    definition: int
    levels: dict[int, _Level]
    starts: dict[int, int] = field(default_factory=dict)
    """Levels that begin anew when the list is first used."""


class Numbering:
    """Counts the numbered paragraphs of one document, in their order."""

    def __init__(self, root: etree._Element | None) -> None:
        """``root`` is the numbering part, ``None`` for a document without one."""
        self._lists = _read_lists(root) if root is not None else {}
        self._counts: dict[int, dict[int, int]] = {}
        self._begun: set[tuple[int, int]] = set()

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
        self._restart(numbered, list_id, counts)
        counts[depth] = counts[depth] + 1 if depth in counts else level.start
        for deeper in [other for other in counts if other > depth]:
            restart = numbered.levels[deeper].restart if deeper in numbered.levels else None
            if restart is None or depth < restart:
                del counts[deeper]
        if level.number_format == "bullet":
            return ""
        return _spaced(self._written(numbered, level, counts), level)

    def _restart(self, numbered: _List, list_id: int, counts: dict[int, int]) -> None:
        for depth, start in numbered.starts.items():
            if (list_id, depth) not in self._begun:
                self._begun.add((list_id, depth))
                counts[depth] = start - 1

    @staticmethod
    def _written(numbered: _List, level: _Level, counts: dict[int, int]) -> str:
        def one(match: re.Match[str]) -> str:
            depth = int(match[1]) - 1
            named = numbered.levels.get(depth)
            if named is None:
                return ""
            number_format = "decimal" if level.legal else named.number_format
            return counting.write(counts.get(depth, named.start), number_format)

        return _PLACEHOLDER.sub(one, level.text)


def _spaced(label: str, level: _Level) -> str:
    """A label that ends in a digit or a letter would run into the text behind it."""
    return f"{label} " if label[-1:].isalnum() and not level.glued else label


def _read_lists(root: etree._Element) -> dict[int, _List]:
    definitions = {
        int(str(element.get(W + "abstractNumId"))): element
        for element in root.iterfind(W + "abstractNum")
        if str(element.get(W + "abstractNumId")).isdigit()
    }
    by_style = {link: key for key, element in definitions.items() if (link := value(element, "styleLink")) is not None}
    lists: dict[int, _List] = {}
    for element in root.iterfind(W + "num"):
        definition = number(element, "abstractNumId")
        identifier = str(element.get(W + "numId"))
        if definition not in definitions or not identifier.isdigit():
            continue
        # A definition may only point to the one that carries the levels, by the name of a list style.
        definition = by_style.get(value(definitions[definition], "numStyleLink") or "", definition)
        lists[int(identifier)] = _overridden(definition, _levels(definitions[definition]), element)
    return lists


def _overridden(definition: int, levels: dict[int, _Level], element: etree._Element) -> _List:
    numbered = _List(definition, levels)
    for override in element.iterfind(W + "lvlOverride"):
        depth = _depth(override)
        if depth is None:
            continue
        numbered.levels.update(_levels(override))
        start = number(override, "startOverride")
        if start is not None:
            numbered.starts[depth] = start
    return numbered


def _levels(parent: etree._Element) -> dict[int, _Level]:
    return {depth: _level(element) for element in parent.iterfind(W + "lvl") if (depth := _depth(element)) is not None}


def _depth(element: etree._Element) -> int | None:
    depth = str(element.get(W + "ilvl"))
    return int(depth) if depth.isdigit() and int(depth) < _LEVELS else None


def _level(element: etree._Element) -> _Level:
    start = number(element, "start")
    return _Level(
        text=value(element, "lvlText") or "",
        start=1 if start is None else start,
        number_format=_format(element),
        restart=number(element, "lvlRestart"),
        legal=element.find(W + "isLgl") is not None,
        glued=value(element, "suff") == "nothing",
        style=value(element, "pStyle"),
    )


def _format(element: etree._Element) -> str:
    """The number format; one that Word added later stands in an alternative, its nearest old one as the fallback."""
    for child in element.iter(W + "numFmt"):
        name = str(child.get(W + "val"))
        if name != "custom":
            return name
        if str(child.get(W + "format", "")).startswith("0"):
            return "decimalZero"
    return "decimal"
