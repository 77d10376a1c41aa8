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


@dataclass(frozen=True, slots=True)
class _Entry:
    """One part, ready to be written."""

    name: bytes
    crc: int
    size: int
    deflated: bytes
    digest: str

    def fields(self) -> bytes:
        """What a local header and the directory say alike."""
        flags = 0 if self.name.isascii() else _UTF8
        return struct.pack(
            "<5H3I2H", 20, flags, _DEFLATED, 0, _DOS_DATE, self.crc, len(self.deflated), self.size, len(self.name), 0
        )


def _entry(name: str, data: bytes) -> _Entry:
    packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, -15)
    deflated = packer.compress(data) + packer.flush()
    return _Entry(name.encode(), zlib.crc32(data), len(data), deflated, hashlib.sha256(data).hexdigest())


class Package:
    """The parts that every workbook made from one template shares."""

    def __init__(self, parts: Mapping[str, bytes]) -> None:
        self._entries = {name: _entry(name, data) for name, data in parts.items()}

    def with_parts(self, parts: Mapping[str, bytes], custom: Callable[[str], bytes]) -> bytes:
        """The bytes of a workbook with these parts replaced or added.

        ``custom`` makes the custom properties, which hold the seal (:mod:`toolkit.opc`), from the digest of all parts.
        """
        entries = self._entries | {name: _entry(name, data) for name, data in parts.items()}
        entries[CUSTOM] = _entry(CUSTOM, custom(digest_of({name: entry.digest for name, entry in entries.items()})))
        chunks: list[bytes] = []
        directory: list[bytes] = []
        offset = 0
        for entry in entries.values():
            fields = entry.fields()
            directory.append(
                b"PK\x01\x02" + struct.pack("<H", 20) + fields + struct.pack("<3H2I", 0, 0, 0, 0, offset) + entry.name
            )
            local = b"PK\x03\x04" + fields + entry.name
            chunks += (local, entry.deflated)
            offset += len(local) + len(entry.deflated)
        index = b"".join(directory)
        end = b"PK\x05\x06" + struct.pack("<4H2IH", 0, 0, len(entries), len(entries), len(index), offset, 0)
        return b"".join((*chunks, index, end))
