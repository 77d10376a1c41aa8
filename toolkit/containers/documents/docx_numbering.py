"""The lists of a .docx: how its numbering part defines them (ECMA-376, 17.9)."""

from __future__ import annotations

from lxml import etree

from toolkit.containers.documents.docx_parts import W, number, value
from toolkit.containers.documents.numbering import Level, NumberedList

_LEVELS = 9


def read_lists(root: etree._Element | None) -> dict[int, NumberedList]:
    """The lists of a numbering part by their id; ``None`` for a document without one."""
    if root is None:
        return {}
    definitions = {
        int(str(element.get(W + "abstractNumId"))): element
        for element in root.iterfind(W + "abstractNum")
        if str(element.get(W + "abstractNumId")).isdigit()
    }
    by_style = {link: key for key, element in definitions.items() if (link := value(element, "styleLink")) is not None}
    lists: dict[int, NumberedList] = {}
    for element in root.iterfind(W + "num"):
        definition = number(element, "abstractNumId")
        identifier = str(element.get(W + "numId"))
        if definition not in definitions or not identifier.isdigit():
            continue
        # A definition may only point to the one that carries the levels, by the name of a list style.
        definition = by_style.get(value(definitions[definition], "numStyleLink") or "", definition)
        lists[int(identifier)] = _overridden(definition, _levels(definitions[definition]), element)
    return lists


def _overridden(definition: int, levels: dict[int, Level], element: etree._Element) -> NumberedList:
    numbered = NumberedList(definition, levels)
    for override in element.iterfind(W + "lvlOverride"):
        depth = _depth(override)
        if depth is None:
            continue
        numbered.levels.update(_levels(override))
        start = number(override, "startOverride")
        if start is not None:
            numbered.starts[depth] = start
    return numbered


def _levels(parent: etree._Element) -> dict[int, Level]:
    return {depth: _level(element) for element in parent.iterfind(W + "lvl") if (depth := _depth(element)) is not None}


def _depth(element: etree._Element) -> int | None:
    depth = str(element.get(W + "ilvl"))
    return int(depth) if depth.isdigit() and int(depth) < _LEVELS else None


def _level(element: etree._Element) -> Level:
    start = number(element, "start")
    return Level(
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
