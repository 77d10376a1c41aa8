"""The cell formats of a template: font sizes to measure with, and variants of a format."""

from __future__ import annotations

from copy import deepcopy

from lxml import etree

from toolkit.workbooks.sheet_xml import SPREADSHEET

_NS = {"m": SPREADSHEET}


class Styles:
    """``xl/styles.xml`` of a template; formats are named by their index in ``cellXfs``."""

    def __init__(self, xml: bytes) -> None:
        self._root = etree.fromstring(xml)
        formats = self._root.find("m:cellXfs", _NS)
        if formats is None:
            raise ValueError("no cellXfs")
        self._formats = formats
        self._sizes = [_font_size(font) for font in self._root.iterfind("m:fonts/m:font", _NS)]
        self._variants: dict[tuple[int, str, str], int] = {}

    def font_size(self, style: int) -> float:
        """Points of a format's font."""
        font = int(self._format(style).get("fontId", "0"))
        return self._sizes[font] if font < len(self._sizes) else 11.0

    def locked(self, style: int, locked: bool) -> int:
        """The format with its cells locked or not."""
        current = self._format(style)
        protection = current.find("m:protection", _NS)
        is_locked = protection is None or protection.get("locked", "1") in ("1", "true")
        if is_locked is locked:
            return style
        variant = deepcopy(current)
        for old in variant.findall("m:protection", _NS):
            variant.remove(old)
        alignment = variant.find("m:alignment", _NS)
        new = etree.Element(f"{{{SPREADSHEET}}}protection", locked="1" if locked else "0")
        variant.insert(0 if alignment is None else variant.index(alignment) + 1, new)
        variant.set("applyProtection", "1")
        return self._add((style, "locked", str(locked)), variant)

    def quoted(self, style: int) -> int:
        """The format whose text stays text even when a person opens the cell and presses Enter."""
        variant = deepcopy(self._format(style))
        variant.set("quotePrefix", "1")
        return self._add((style, "quoted", ""), variant)

    def add_conditional(self, xml: str) -> int:
        """Add a format for conditions, a ``dxf`` element; gives its index."""
        formats = self._root.find("m:dxfs", _NS)
        if formats is None:
            formats = etree.Element(f"{{{SPREADSHEET}}}dxfs")
            before = self._root.find("m:tableStyles", _NS)
            self._root.insert(len(self._root) if before is None else self._root.index(before), formats)
        formats.append(etree.fromstring(xml.replace("<dxf>", f'<dxf xmlns="{SPREADSHEET}">', 1)))
        formats.set("count", str(len(formats)))
        return len(formats) - 1

    def xml(self) -> bytes:
        """The part with the variants that were asked for."""
        self._formats.set("count", str(len(self._formats)))
        return etree.tostring(self._root, xml_declaration=True, encoding="UTF-8", standalone=True)

    def _format(self, style: int) -> etree._Element:
        return self._formats[style if style < len(self._formats) else 0]

    def _add(self, key: tuple[int, str, str], variant: etree._Element) -> int:
        if key not in self._variants:
            self._formats.append(variant)
            self._variants[key] = len(self._formats) - 1
        return self._variants[key]


def _font_size(font: etree._Element) -> float:
    size = font.find("m:sz", _NS)
    return float(size.get("val", "11")) if size is not None else 11.0
