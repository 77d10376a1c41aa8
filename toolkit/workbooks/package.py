"""An .xlsx as a bundle of parts, put together by hand so that unchanged parts are never deflated twice.

A thousand forms differ in a few parts only; the rest is deflated once, when the template is loaded
(splice, SPEED.md).  Dates of the entries are fixed: the same parts give the same bytes.
"""

from __future__ import annotations

import hashlib
import struct
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from toolkit.opc import CUSTOM, digest_of

_DOS_DATE = (1 << 5) | 1
"""1980-01-01, the earliest date a zip entry can state."""
_DEFLATED = 8
_UTF8 = 0x800
_LEVEL = 6
_QUICK = 3
"""For what differs from form to form: half the time of the usual level, and a form is a twentieth larger."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part, ready to be written."""

    crc: int
    size: int
    deflated: bytes
    digest: str

    @staticmethod
    def of(data: bytes, level: int = _LEVEL) -> Part:
        """The part that holds ``data``, deflated at a level of zlib."""
        packer = Packer(level)
        packer.add(data)
        return packer.part()

    def fields(self, name: bytes) -> bytes:
        """What a local header and the directory say alike."""
        flags = 0 if name.isascii() else _UTF8
        return struct.pack(
            "<5H3I2H", 20, flags, _DEFLATED, 0, _DOS_DATE, self.crc, len(self.deflated), self.size, len(name), 0
        )


class Packer:
    """A part that is given piece by piece."""

    def __init__(self, level: int = _LEVEL) -> None:
        self._deflater = zlib.compressobj(level, zlib.DEFLATED, -15)
        self._deflated: list[bytes] = []
        self._crc = self._size = 0
        self._hash = hashlib.sha256()

    def add(self, data: bytes) -> None:
        """The next piece."""
        self._deflated.append(self._deflater.compress(data))
        self._crc = zlib.crc32(data, self._crc)
        self._size += len(data)
        self._hash.update(data)

    def part(self) -> Part:
        """The whole, once every piece was given."""
        deflated = b"".join((*self._deflated, self._deflater.flush()))
        return Part(self._crc, self._size, deflated, self._hash.hexdigest())


class Package:
    """The parts that every workbook made from one template shares."""

    def __init__(self, parts: Mapping[str, bytes]) -> None:
        self._parts = {name: Part.of(data) for name, data in parts.items()}

    def with_parts(self, parts: Mapping[str, bytes], custom: Callable[[str], bytes]) -> bytes:
        """The bytes of a workbook with these parts replaced or added.

        ``custom`` makes the custom properties, which hold the seal (:mod:`toolkit.opc`), from the digest of all parts.
        """
        return packed(self._parts | {name: Part.of(data, _QUICK) for name, data in parts.items()}, custom)


def packed(parts: Mapping[str, Part], custom: Callable[[str], bytes]) -> bytes:
    """The bytes of a workbook of these parts and its custom properties, see :meth:`Package.with_parts`."""
    seal = digest_of({name: part.digest for name, part in parts.items()})
    chunks: list[bytes] = []
    directory: list[bytes] = []
    offset = 0
    for text, part in {**parts, CUSTOM: Part.of(custom(seal))}.items():
        name = text.encode()
        fields = part.fields(name)
        rest = struct.pack("<3H2I", 0, 0, 0, 0, offset)
        directory.append(b"PK\x01\x02" + struct.pack("<H", 20) + fields + rest + name)
        local = b"PK\x03\x04" + fields + name
        chunks += (local, part.deflated)
        offset += len(local) + len(part.deflated)
    index = b"".join(directory)
    end = b"PK\x05\x06" + struct.pack("<4H2IH", 0, 0, len(directory), len(directory), len(index), offset, 0)
    return b"".join((*chunks, index, end))
