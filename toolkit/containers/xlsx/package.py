"""The parts of an Office Open XML package and how they refer to each other (ECMA-376 part 2)."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from urllib.parse import unquote

from toolkit.containers.remembering import remembered
from toolkit.containers.safexml import refuse_dtd
from toolkit.containers.safezip import SafeZip
from toolkit.containers.xmltree import parse


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


@remembered
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
