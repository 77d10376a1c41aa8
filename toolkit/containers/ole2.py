"""OLE2 compound files (.xls, .doc, encrypted workbooks): their streams, with every chain guarded.

Damaged chains made readers ask for memory without end (HOSTILE.md); here a chain that leaves the file, meets
itself, or is shorter than its stream says raises :class:`DamagedOle2`, and nothing is allocated beyond the file's size.
Source: [MS-CFB].
"""

from __future__ import annotations

import struct
from array import array
from collections.abc import Iterator
from dataclasses import dataclass

from toolkit.containers.limits import Damaged
from toolkit.findings import files as found

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEADER = 512
_ENTRY = 128
_LAST_SECTOR = 0xFFFFFFFA
_STORAGE, _STREAM, _ROOT = 1, 2, 5


class DamagedOle2(Damaged):
    """The compound file contradicts itself."""

    def __init__(self, reason: str) -> None:
        super().__init__(found.ZIP_DAMAGED.at(reason=reason))


@dataclass(frozen=True, slots=True)
class _Entry:
    name: str
    kind: int
    left: int
    right: int
    child: int
    start: int
    size: int


class Ole2:
    """A compound file held in memory."""

    def __init__(self, data: bytes) -> None:
        """Reads the allocation tables and the directory; raises :class:`DamagedOle2`."""
        if len(data) < _HEADER or not data.startswith(MAGIC):
            raise DamagedOle2("文件头不完整")
        shift, mini_shift = struct.unpack_from("<HH", data, 0x1E)
        if shift not in (9, 12) or mini_shift != 6:
            raise DamagedOle2("扇区大小不对")
        self._data = data
        self._size = 1 << shift
        self._count = max(0, -(-len(data) // self._size) - 1)
        directory, cutoff, mini_start = struct.unpack_from("<I4xII", data, 0x30)
        self._cutoff = min(cutoff, 4096)
        self._fat = self._allocation()
        self._entries = self._directory(self._chain(self._fat, directory, self._count))
        if not self._entries or self._entries[0].kind != _ROOT:
            raise DamagedOle2("没有根目录")
        self._mini_start = mini_start
        self._mini: tuple[array[int], bytes] | None = None

    @property
    def names(self) -> list[str]:
        """Names at the top level, streams and storages; what embedded objects hold is not among them."""
        return [entry.name for entry in self._children(self._entries[0])]

    def read(self, *path: str) -> bytes:
        """A stream by its path, names compared without case; raises ``KeyError`` or :class:`DamagedOle2`."""
        entry = self._entries[0]
        for name in path:
            found = [child for child in self._children(entry) if child.name.lower() == name.lower()]
            if not found:
                raise KeyError(name)
            entry = found[0]
        if entry.kind != _STREAM:
            raise KeyError(path[-1])
        return self._stream(entry)

    def __contains__(self, name: str) -> bool:
        return any(found.lower() == name.lower() for found in self.names)

    def _stream(self, entry: _Entry) -> bytes:
        if entry.size > len(self._data):
            raise DamagedOle2("数据流比文件还大")
        if entry.size >= self._cutoff:
            return self._joined(entry.start, entry.size)
        if self._mini is None:
            table = _words(b"".join(map(self._sector, self._chain(self._fat, self._mini_start, self._count))))
            root = self._entries[0]
            if root.size > len(self._data):
                raise DamagedOle2("数据流比文件还大")
            self._mini = table, self._joined(root.start, root.size)
        table, small = self._mini
        parts = [small[i << 6 : (i + 1) << 6] for i in self._chain(table, entry.start, -(-entry.size // 64))]
        return _exactly(b"".join(parts), entry.size)

    def _joined(self, start: int, size: int) -> bytes:
        needed = -(-size // self._size)
        return _exactly(b"".join(map(self._sector, self._chain(self._fat, start, needed))), size)

    def _sector(self, number: int) -> bytes:
        if number >= self._count:
            raise DamagedOle2("扇区超出文件")
        offset = (number + 1) * self._size
        return self._data[offset : offset + self._size]

    def _chain(self, table: array[int], start: int, limit: int) -> list[int]:
        """The sectors of a chain, at most ``limit``; a loop is longer than any honest chain."""
        chain: list[int] = []
        seen: set[int] = set()
        sector = start
        while sector < _LAST_SECTOR and len(chain) < limit:
            if sector >= len(table) or sector in seen:
                raise DamagedOle2("扇区链断裂或成环")
            seen.add(sector)
            chain.append(sector)
            sector = table[sector]
        return chain

    def _allocation(self) -> array[int]:
        """The sector allocation table: 109 of its sectors are listed in the header, the rest in the DIFAT chain."""
        listed, first, chained = struct.unpack_from("<I20xII", self._data, 0x2C)[0:3]
        sectors = list(struct.unpack_from("<109I", self._data, 0x4C))
        seen: set[int] = set()
        following = first
        while following < _LAST_SECTOR and len(seen) < chained:
            if following in seen:
                raise DamagedOle2("扇区链断裂或成环")
            seen.add(following)
            *more, following = _words(self._sector(following))
            sectors.extend(more)
        used = [sector for sector in sectors if sector < _LAST_SECTOR][:listed]
        if len(used) > self._count:
            raise DamagedOle2("扇区表比文件还大")
        return _words(b"".join(map(self._sector, used)))

    def _directory(self, chain: list[int]) -> list[_Entry]:
        data = b"".join(map(self._sector, chain))
        return [_entry(data[offset : offset + _ENTRY]) for offset in range(0, len(data) - _ENTRY + 1, _ENTRY)]

    def _children(self, storage: _Entry) -> Iterator[_Entry]:
        waiting, seen = [storage.child], set[int]()
        while waiting:
            number = waiting.pop()
            if number >= len(self._entries) or number in seen:
                continue
            seen.add(number)
            entry = self._entries[number]
            waiting += (entry.right, entry.left)
            if entry.kind in (_STORAGE, _STREAM):
                yield entry


def _entry(data: bytes) -> _Entry:
    length, kind = struct.unpack_from("<HB", data, 0x40)
    left, right, child = struct.unpack_from("<III", data, 0x44)
    start, size = struct.unpack_from("<II", data, 0x74)
    name = data[: max(0, min(length, 64) - 2)].decode("utf-16-le", errors="replace")
    return _Entry(name, kind, left, right, child, start, size)


def _words(data: bytes) -> array[int]:
    return array("I", struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4]))


def _exactly(data: bytes, size: int) -> bytes:
    if len(data) < size:
        raise DamagedOle2("数据流不完整")
    return data[:size]
