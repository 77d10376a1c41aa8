"""OLE2 files written sector by sector, and the ways in which their chains can lie."""

from __future__ import annotations

import struct

_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_SECTOR = 512


def record(kind: int, body: bytes = b"") -> bytes:
    """A BIFF record."""
    return struct.pack("<HH", kind, len(body)) + body


def text(value: str) -> bytes:
    """A BIFF8 string with a two-byte length."""
    return struct.pack("<HB", len(value), 1) + value.encode("utf-16-le")


def biff(cells: bytes = b"", *, strings: bytes | None = None, dimensions: bytes | None = None) -> bytes:
    """A workbook stream with one sheet."""
    bof = struct.pack("<HHHHLL", 0x0600, 0x0005, 0x0DBB, 0x07CC, 0, 6)
    name = struct.pack("<BB", 3, 1) + "填报表".encode("utf-16-le")
    table = b"" if strings is None else record(0x00FC, strings)
    start = len(record(0x0809, bof) + record(0x0042, struct.pack("<H", 1200)) + table)
    start += len(record(0x0085, struct.pack("<LBB", 0, 0, 0) + name)) + 4
    books = record(0x0809, bof) + record(0x0042, struct.pack("<H", 1200))
    books += record(0x0085, struct.pack("<LBB", start, 0, 0) + name) + table + record(0x000A)
    size = struct.pack("<LLHHH", 0, 2, 0, 2, 0) if dimensions is None else dimensions
    sheet_bof = struct.pack("<HHHHLL", 0x0600, 0x0010, 0x0DBB, 0x07CC, 0, 6)
    return books + record(0x0809, sheet_bof) + record(0x0200, size) + cells + record(0x000A)


def label(row: int, column: int, value: str) -> bytes:
    """A cell that carries its own text (LABEL)."""
    return record(0x0204, struct.pack("<HHH", row, column, 0) + text(value))


def compound(stream: bytes, name: str = "Workbook") -> bytes:
    """An OLE2 file with one stream, padded so that it lies in ordinary sectors."""
    stream = stream.ljust(4096, b"\0")
    count = -(-len(stream) // _SECTOR)
    fat = [_FAT, _END, *range(3, 2 + count), _END]
    fat += [_FREE] * (128 - len(fat))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<LLLLLLLLL", 0, 1, 1, 0, 4096, _END, 0, _END, 0)
    header += struct.pack("<109L", 0, *[_FREE] * 108)
    root = _directory_entry("Root Entry", 5, 1, _END, 0)
    entry = _directory_entry(name, 2, _FREE, 2, len(stream))
    directory = (root + entry).ljust(_SECTOR, b"\0")
    return header + struct.pack("<128L", *fat) + directory + stream.ljust(count * _SECTOR, b"\0")


def _directory_entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    raw = (name + "\0").encode("utf-16-le")
    entry = raw.ljust(64, b"\0") + struct.pack("<HBB", len(raw), kind, 1)
    return entry + struct.pack("<LLL", _FREE, _FREE, child) + bytes(36) + struct.pack("<LLL", start, size, 0)


def fat_loop() -> bytes:
    """The stream's chain runs in a circle."""
    data = bytearray(compound(biff(label(0, 0, "甲"))))
    struct.pack_into("<L", data, _SECTOR + 4 * 4, 3)
    return bytes(data)


def chain_outside() -> bytes:
    """The stream's chain leaves the file."""
    data = bytearray(compound(biff(label(0, 0, "甲"))))
    struct.pack_into("<L", data, _SECTOR + 4 * 4, 0x00FFFFFF)
    return bytes(data)


def difat_loop() -> bytes:
    """The list of allocation sectors names itself as its own continuation."""
    data = bytearray(compound(biff(label(0, 0, "甲"))))
    struct.pack_into("<LL", data, 0x44, 3, 0xFFFFFF)
    struct.pack_into("<L", data, 4 * _SECTOR + 508, 3)
    return bytes(data)


def directory_loop() -> bytes:
    """A directory entry is its own sibling and child."""
    data = bytearray(compound(biff(label(0, 0, "甲")), "Verlorenes"))
    struct.pack_into("<LLL", data, 2 * _SECTOR + 128 + 0x44, 1, 1, 1)
    return bytes(data)


def stream_too_long() -> bytes:
    """The directory promises four gigabytes."""
    data = bytearray(compound(biff(label(0, 0, "甲"))))
    struct.pack_into("<L", data, 2 * _SECTOR + 128 + 0x78, 0xFFFFFFF0)
    return bytes(data)
