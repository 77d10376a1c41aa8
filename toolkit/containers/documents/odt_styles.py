"""Styles and list numbering of an OpenDocument text (ODF 1.3, 16 and 19)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from lxml import etree

from toolkit.containers.documents.numbering import Level, NumberedList, Numbering

OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
_DEPTH = 20

_FORMATS = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_SAMPLES = {
    "一": "chineseCountingThousand", "壹": "chineseLegalSimplified", "甲": "ideographTraditional",
    "子": "ideographZodiac", "①": "decimalEnclosedCircle", "⑴": "decimalEnclosedParen",
    "⒈": "decimalEnclosedFullstop", "１": "decimalFullWidth", "〇": "ideographDigital", "㊀": "ideographEnclosedCircle",
}  # fmt: skip
"""Formats that are given by a sample of their first numbers (``一, 二, 三, ...``)."""


@dataclass(frozen=True, slots=True)
class OdtStyle:
    """What a style says, inherited values filled in."""

    name: str = ""
    centred: bool = False
    bold: bool = False


class OdtStyles:
    """The styles of a document: named ones, those made on the way, and lists."""

    def __init__(self, roots: list[etree._Element]) -> None:
        self._elements = {
            str(element.get(_STYLE + "name")): element for root in roots for element in root.iter(_STYLE + "style")
        }
        self.lists = {
            str(element.get(_STYLE + "name")): element for root in roots for element in root.iter(TEXT + "list-style")
        }
        self._known: dict[str, OdtStyle] = {}

    def __getitem__(self, name: str | None) -> OdtStyle:
        return self._resolved(name, 0) if name else OdtStyle()

    def _resolved(self, name: str, depth: int) -> OdtStyle:
        if name not in self._known:
            element = self._elements.get(name)
            self._known[name] = OdtStyle()  # a style that inherits from itself inherits nothing
            if element is not None and depth < _DEPTH:
                parent = element.get(_STYLE + "parent-style-name")
                base = self._resolved(parent, depth + 1) if parent else OdtStyle()
                self._known[name] = _style(element, name, base)
        return self._known[name]


def _style(element: etree._Element, name: str, base: OdtStyle) -> OdtStyle:
    paragraph, text = element.find(_STYLE + "paragraph-properties"), element.find(_STYLE + "text-properties")
    alignment = paragraph.get(_FO + "text-align") if paragraph is not None else None
    weight = (text.get(_FO + "font-weight") or text.get(_STYLE + "font-weight-asian")) if text is not None else None
    parent = element.getparent()
    made_on_the_way = bool(base.name) and parent is not None and parent.tag == OFFICE + "automatic-styles"
    return OdtStyle(
        name=base.name if made_on_the_way else str(element.get(_STYLE + "display-name", name)),
        centred=base.centred if alignment is None else alignment == "center",
        bold=base.bold if weight is None else weight in ("bold", "600", "700", "800", "900"),
    )


@dataclass(slots=True)
class _Open:
    """A list that is being read."""

    style: str
    labelled: bool = False
    """Whether the current item still waits for its number."""


@dataclass(slots=True)
class OdtLists:
    """Counts list items."""

    styles: OdtStyles
    _open: list[_Open] = field(default_factory=list)
    _numbers: dict[str, int] = field(default_factory=dict)
    """Style of a list → its number in the counting."""
    _numbering: Numbering = field(default_factory=lambda: Numbering({}))

    @contextmanager
    def inside(self, element: etree._Element) -> Iterator[None]:
        """While the items of a list are read; an outermost list that does not continue another begins anew."""
        style = element.get(TEXT + "style-name") or (self._open[-1].style if self._open else "")
        continued = element.get(TEXT + "continue-numbering") == "true" or element.get(TEXT + "continue-list")
        if style not in self._numbers:
            self._numbers[style] = len(self._numbers) + 1
            definition = self.styles.lists.get(style)
            levels = _levels(definition) if definition is not None else {}
            self._numbering.define(self._numbers[style], NumberedList(self._numbers[style], levels))
        elif not self._open and not continued:
            self._numbering.restart(self._numbers[style])
        self._open.append(_Open(style))
        try:
            yield
        finally:
            self._open.pop()

    def item(self, element: etree._Element) -> None:
        """The beginning of an item: its first paragraph carries the number."""
        if self._open:
            self._open[-1].labelled = element.tag == TEXT + "list-item"

    def label(self) -> tuple[str, int | None]:
        """The number of the paragraph that begins here, and its level; no number outside lists."""
        if not self._open:
            return "", None
        depth = len(self._open) - 1
        current = self._open[-1]
        if not current.labelled:
            return "", depth
        current.labelled = False
        return self._numbering.label(self._numbers[current.style], depth), depth


def _levels(definition: etree._Element) -> dict[int, Level]:
    levels: dict[int, Level] = {}
    for element in definition:
        depth = str(element.get(TEXT + "level", ""))
        if depth.isdigit() and 0 < int(depth) < 10:
            is_number = element.tag == TEXT + "list-level-style-number"
            levels[int(depth) - 1] = _level(element, int(depth)) if is_number else Level("", number_format="bullet")
    return levels


def _level(element: etree._Element, depth: int) -> Level:
    sample = element.get(_STYLE + "num-format", "")
    shown = element.get(TEXT + "display-levels", "1")
    first = depth - min(int(shown) if shown.isdigit() else 1, depth) + 1
    start = element.get(TEXT + "start-value", "1")
    text = ".".join(f"%{number}" for number in range(first, depth + 1)) if sample else ""
    return Level(
        text=element.get(_STYLE + "num-prefix", "") + text + element.get(_STYLE + "num-suffix", ""),
        start=int(start) if start.isdigit() else 1,
        number_format=_FORMATS.get(sample) or _SAMPLES.get(sample[:1], "decimal"),
    )
