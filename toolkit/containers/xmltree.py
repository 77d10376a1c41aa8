"""Small XML parts as trees: namespaces aside, forbidden characters mended."""

from __future__ import annotations

import re
from xml.etree import ElementTree

from toolkit.containers.limits import Damaged
from toolkit.findings import files as found

Element = ElementTree.Element

FORBIDDEN = bytes(code for code in range(32) if code not in b"\t\n\r")
"""Control characters that XML does not allow."""
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_SURROGATES = re.compile(r"[\ud800-\udfff]+")


def parse(data: bytes, part: str) -> Element:
    """The root of an XML part that was looked at by :func:`refuse_dtd`; raises :class:`Damaged`.

    Control characters, which some programs write and XML forbids, are left out.
    """
    try:
        return ElementTree.fromstring(data)
    except (ElementTree.ParseError, ValueError, LookupError) as failure:
        mended = _FORBIDDEN_REFERENCE.sub(_without_forbidden, data.translate(None, FORBIDDEN))
        if mended != data:
            return parse(mended, part)
        raise Damaged(found.XML_DAMAGED.at(part=part, reason=str(failure))) from failure


_FORBIDDEN_REFERENCE = re.compile(rb"&#(?:(\d{1,7})|x([0-9A-Fa-f]{1,6}));")


def _without_forbidden(match: re.Match[bytes]) -> bytes:
    code = int(match[1]) if match[1] else int(match[2], 16)
    allowed = code in (9, 10, 13) or 0x20 <= code < 0xD800 or 0xE000 <= code < 0xFFFE or 0x10000 <= code < 0x110000
    return match[0] if allowed else b""


def local(element: Element) -> str:
    """An element's name without its namespace."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def attribute(element: Element, name: str) -> str | None:
    """An attribute by its name without its namespace (``r:id``)."""
    for key, value in element.attrib.items():
        if key.rpartition("}")[2] == name:
            return value
    return None


def is_true(value: str | None) -> bool:
    """An XML boolean."""
    return value in ("1", "true", "on")


def small_number(text: str | None) -> int:
    """A count or index of at most seven digits; 0 for anything else."""
    return int(text) if text and len(text) < 8 and text.isdecimal() else 0


def unescaped(text: str) -> str:
    """``_x000D_`` as the character it stands for (ECMA-376 part 1, 22.9.2.19); what cannot be shown is left out."""
    if "_x" in text:
        text = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if text.isprintable():
        return text
    if _SURROGATES.search(text):
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return _CONTROLS.sub("", text)
