"""The cell formats of a template: font sizes to measure with, and variants of a format."""

from __future__ import annotations

from copy import deepcopy

from lxml import etree

from toolkit.workbooks.sheet_xml import SPREADSHEET

_NS = {"m": SPREADSHEET}
_FONT_MARKS = ("b", "u", "color")
_FONT_ORDER = ("b", "i", "strike", "condense", "extend", "outline", "shadow", "u", "vertAlign", "sz", "color", "name",
               "family", "charset", "scheme")  # fmt: skip
"""The order in which Excel itself writes the parts of a font."""


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

    def run(self, style: int, *, bold: bool) -> str:
        """The font of a format as the properties of a piece of text (``rPr``), bold or as it is."""
        fonts = self._root.find("m:fonts", _NS)
        font = int(self._format(style).get("fontId", "0"))
        run = etree.Element("rPr")
        for element in () if fonts is None else fonts[font]:
            name = etree.QName(element).localname
            if not (bold and name == "b"):
                piece = etree.SubElement(run, "rFont" if name == "name" else name)
                for attribute, value in element.items():
                    piece.set(attribute, value)
        if bold:
            etree.SubElement(run, "b")
        return etree.tostring(run, encoding="unicode")

    def grows(self, style: int) -> bool:
        """Whether a row must grow with the text of a cell: it wraps, and is not turned."""
        alignment = self._format(style).find("m:alignment", _NS)
        if alignment is None or alignment.get("textRotation", "0") != "0":
            return False
        return alignment.get("wrapText") in ("1", "true")

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

    def marked(self, style: int, mark: int) -> int:
        """The format with another's fill and its font's colour, weight and underline: a status laid over it."""
        variant = deepcopy(self._format(style))
        over = self._format(mark)
        fill = over.get("fillId", "0")
        if fill != "0":
            variant.set("fillId", fill)
            variant.set("applyFill", "1")
        variant.set("fontId", str(self._font(int(variant.get("fontId", "0")), int(over.get("fontId", "0")))))
        variant.set("applyFont", "1")
        return self._add((style, "marked", str(mark)), variant)

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

    def _font(self, base: int, over: int) -> int:
        """The index of the font ``base`` with the colour, weight and underline of the font ``over``."""
        fonts = self._root.find("m:fonts", _NS)
        if fonts is None:
            return base
        font, source = deepcopy(fonts[base]), fonts[over]
        for name in _FONT_MARKS:
            for old in font.findall(f"m:{name}", _NS):
                font.remove(old)
        font.extend(deepcopy(mark) for name in _FONT_MARKS for mark in source.findall(f"m:{name}", _NS))
        font[:] = sorted(font, key=lambda element: _FONT_ORDER.index(etree.QName(element).localname))
        written = etree.tostring(font)
        for index, known in enumerate(fonts):
            if etree.tostring(known) == written:
                return index
        fonts.append(font)
        fonts.set("count", str(len(fonts)))
        self._sizes.append(_font_size(font))
        return len(fonts) - 1

    def _add(self, key: tuple[int, str, str], variant: etree._Element) -> int:
        if key not in self._variants:
            self._formats.append(variant)
            self._variants[key] = len(self._formats) - 1
        return self._variants[key]


def _font_size(font: etree._Element) -> float:
    size = font.find("m:sz", _NS)
    return float(size.get("val", "11")) if size is not None else 11.0
