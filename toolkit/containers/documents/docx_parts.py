"""The parts of a .docx package: the main document, its styles and numbering, the document's properties."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field
from datetime import UTC, datetime

from lxml import etree

from toolkit.containers import safexml
from toolkit.containers.limits import Damaged
from toolkit.containers.safezip import SafeZip
from toolkit.findings import files as found

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_TRANSITIONAL = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_MODIFIED = "{http://purl.org/dc/terms/}modified"
_OFF = frozenset(("0", "false", "off", "none"))


class DocxPackage:
    """A .docx opened: parts by what they are to the main document."""

    def __init__(self, package: SafeZip) -> None:
        """Finds the main document; raises :class:`Damaged` when there is none."""
        self._zip = package
        self._names = {name.lower().lstrip("/"): name for name in package.names()}
        self.main = self._target("", "officeDocument") or "word/document.xml"
        if self.main.lower() not in self._names:
            raise Damaged(found.ZIP_DAMAGED.at(reason="缺少正文部分"))

    def document(self) -> etree._Element:
        """The root of the main document."""
        root = self.part(self.main)
        assert root is not None  # looked up in the constructor
        return root

    def related(self, kind: str) -> etree._Element | None:
        """A part that belongs to the main document (``styles``, ``numbering``), ``None`` when there is none."""
        target = self._target(self.main, kind)
        return self.part(target) if target else None

    def part(self, name: str) -> etree._Element | None:
        """The root of a part by its name, in the namespace of the transitional standard."""
        stored = self._names.get(name.lower())
        if stored is None:
            return None
        return safexml.parse(self._zip.read(stored).replace(_STRICT, _TRANSITIONAL), name)

    def has_macros(self) -> bool:
        """Whether the package carries a macro project."""
        return any(name.endswith("vbaproject.bin") for name in self._names)

    def properties(self) -> dict[str, str]:
        """The custom document properties as text."""
        root = self.part("docProps/custom.xml")
        if root is None:
            return {}
        return {str(item.get("name")): "".join(map(str, item.itertext("*"))) for item in root if item.get("name")}

    def modified(self) -> datetime | None:
        """When the document says it was saved: its core properties, else the newest part of the package; UTC."""
        core = self.part("docProps/core.xml")
        stated = core.findtext(_MODIFIED) if core is not None else None
        try:
            if stated:
                moment = datetime.fromisoformat(stated.strip())
                return moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC)
            newest = max(entry.time for entry in self._zip.entries())
            return None if newest[0] <= 1980 else datetime(*newest, tzinfo=UTC)
        except (ValueError, OverflowError):
            return None

    def _target(self, source: str, kind: str) -> str | None:
        """The part a relationship of that kind points to from ``source`` (the package itself when empty)."""
        folder, file = posixpath.split(source)
        root = self.part(posixpath.join(folder, "_rels", f"{file}.rels"))
        for relation in root.iter(_RELATIONSHIP) if root is not None else ():
            external = relation.get("TargetMode") == "External"
            if not external and str(relation.get("Type", "")).rpartition("/")[2] == kind:
                return posixpath.normpath(posixpath.join("/" + folder, relation.get("Target", ""))).lstrip("/")
        return None


def value(element: etree._Element | None, *path: str) -> str | None:
    """``w:val`` of the element at ``path`` below ``element``; ``None`` when one of them is missing."""
    for name in path:
        element = element.find(W + name) if element is not None else None
    return element.get(W + "val") if element is not None else None


def number(element: etree._Element | None, *path: str) -> int | None:
    """The same as a whole number, ``None`` when it is none."""
    try:
        return int(value(element, *path) or "")
    except ValueError:
        return None


def flag(element: etree._Element | None, name: str) -> bool | None:
    """An on-off property (``w:b``): ``None`` when it is not stated."""
    child = element.find(W + name) if element is not None else None
    return None if child is None else child.get(W + "val", "1").lower() not in _OFF


@dataclass(frozen=True, slots=True)
class Style:
    """What a paragraph style says, inherited values filled in."""

    name: str = ""
    centred: bool = False
    bold: bool = False
    outline: int | None = None
    numbering: int | None = None
    level: int | None = None


@dataclass(slots=True)
class Styles:
    """The paragraph styles of a document by their id."""

    by_id: dict[str, Style] = field(default_factory=dict)
    default: Style = field(default_factory=Style)

    def __getitem__(self, style_id: str | None) -> Style:
        return self.by_id.get(style_id, self.default) if style_id else self.default


def read_styles(root: etree._Element | None) -> Styles:
    """The paragraph styles of a styles part; a style that inherits from itself inherits nothing."""
    elements = {
        str(style.get(W + "styleId")): style
        for style in (root.iterfind(W + "style") if root is not None else ())
        if style.get(W + "type", "paragraph") == "paragraph"
    }
    resolved: dict[str, Style] = {}

    def resolve(style_id: str, seen: frozenset[str]) -> Style:
        if style_id in resolved:
            return resolved[style_id]
        element = elements.get(style_id)
        if element is None or style_id in seen or len(seen) > 20:
            return Style()
        base = resolve(value(element, "basedOn") or "", seen | {style_id})
        resolved[style_id] = _style(element, base)
        return resolved[style_id]

    by_id = {style_id: resolve(style_id, frozenset()) for style_id in elements}
    default = next(
        (by_id[key] for key, element in elements.items() if element.get(W + "default") in ("1", "true")), None
    )
    return Styles(by_id, default or Style())


def _style(element: etree._Element, base: Style) -> Style:
    paragraph = element.find(W + "pPr")
    alignment = value(paragraph, "jc")
    bold = flag(element.find(W + "rPr"), "b")
    outline = number(paragraph, "outlineLvl")
    numbering = number(paragraph, "numPr", "numId")
    level = number(paragraph, "numPr", "ilvl")
    return Style(
        name=value(element, "name") or "",
        centred=base.centred if alignment is None else alignment == "center",
        bold=base.bold if bold is None else bold,
        outline=base.outline if outline is None else outline,
        numbering=base.numbering if numbering is None else numbering,
        level=base.level if level is None else level,
    )
