"""The parts of an Office Open XML package and how they refer to each other (ECMA-376 part 2)."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import unquote
from xml.etree import ElementTree

from toolkit.containers.limits import Damaged
from toolkit.containers.safexml import refuse_dtd
from toolkit.containers.safezip import SafeZip
from toolkit.findings import files as found

Element = ElementTree.Element


@dataclass(frozen=True, slots=True)
class Relation:
    """A reference from one part to another, or to something outside the file."""

    kind: str
    """Last word of its type, the same in transitional and strict files: worksheet, styles, drawing …"""
    target: str
    """Name of the part, or an address."""
    external: bool


class Package:
    """Parts by name; names are compared without case, as the standard asks."""

    def __init__(self, archive: SafeZip) -> None:
        self._zip = archive
        self._names = {name.lstrip("/").lower(): name for name in archive.names()}

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._names

    def names(self, prefix: str = "") -> list[str]:
        """The folded names of the parts that begin so."""
        return [name for name in self._names if name.startswith(prefix)]

    def read(self, name: str) -> bytes | None:
        """The bytes of a part without document type, ``None`` when it is not there; raises ``Unreadable``."""
        real = self._names.get(name.lower())
        if real is None:
            return None
        data = self._zip.read(real)
        refuse_dtd(data, name)
        return data

    def relations(self, name: str) -> dict[str, Relation]:
        """What a part (``""``: the package) refers to, by relationship id."""
        folder, base = posixpath.split(name)
        data = self.read(posixpath.join(folder, "_rels", f"{base}.rels"))
        return _relations(data, folder) if data else {}


@lru_cache(maxsize=256)
def _relations(data: bytes, folder: str) -> dict[str, Relation]:
    relations = {}
    for element in parse(data, "_rels"):
        external = element.get("TargetMode") == "External"
        target = element.get("Target", "")
        if not external:
            target = posixpath.normpath(posixpath.join("/", folder, unquote(target).replace("\\", "/"))).lstrip("/")
        kind = element.get("Type", "").rpartition("/")[2]
        relations[element.get("Id", "")] = Relation(kind, target, external)
    return relations


def parse(data: bytes, part: str) -> Element:
    """The root of an XML part that was looked at by :func:`refuse_dtd`; raises :class:`Damaged`.

    Control characters, which some programs write and XML forbids, are left out.
    """
    try:
        return ElementTree.fromstring(data)
    except (ElementTree.ParseError, ValueError, LookupError) as failure:
        mended = _FORBIDDEN_REFERENCE.sub(_without_forbidden, data.translate(None, _FORBIDDEN))
        if mended != data:
            return parse(mended, part)
        raise Damaged(found.XML_DAMAGED.at(part=part, reason=str(failure))) from failure


_FORBIDDEN = bytes(code for code in range(32) if code not in b"\t\n\r")
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
