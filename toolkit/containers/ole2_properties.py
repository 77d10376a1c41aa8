"""Document properties of OLE2 files: when they were saved, and the custom ones ([MS-OLEPS])."""

from __future__ import annotations

import struct
from datetime import UTC, datetime, timedelta

from toolkit.containers.ole2 import DamagedOle2, Ole2

_SUMMARY = "\x05SummaryInformation"
_DOCUMENT_SUMMARY = "\x05DocumentSummaryInformation"
_LAST_SAVED = 13
_MOST = 1_000
_EPOCH = datetime(1601, 1, 1, tzinfo=UTC)
_INTEGER, _DOUBLE, _BOOL, _ANSI, _WIDE, _FILETIME = 3, 5, 11, 30, 31, 64
_UTF16, _UTF8, _GBK = 1200, 65001, 936


def saved_time(compound: Ole2) -> datetime | None:
    """When the document says it was saved, UTC."""
    sections = _sections(compound, _SUMMARY)
    if not sections:
        return None
    moment = _values(sections[0]).get(_LAST_SAVED)
    return moment if isinstance(moment, datetime) else None


def custom_properties(compound: Ole2) -> dict[str, str]:
    """The custom properties as text: the second section of the document summary, named by its dictionary."""
    sections = _sections(compound, _DOCUMENT_SUMMARY)
    if len(sections) < 2:
        return {}
    names, values = _dictionary(sections[1]), _values(sections[1])
    return {name: _text(values[number]) for number, name in names.items() if number in values}


def _sections(compound: Ole2, stream: str) -> list[bytes]:
    try:
        data = compound.read(stream)
    except (KeyError, DamagedOle2):
        return []
    if len(data) < 28:
        return []
    count = min(struct.unpack_from("<I", data, 24)[0], 2)
    offsets = [struct.unpack_from("<I", data, 28 + 20 * n + 16)[0] for n in range(count) if 48 + 20 * n <= len(data)]
    return [data[offset:] for offset in offsets]


def _places(section: bytes) -> dict[int, int]:
    """Where each property's value lies."""
    if len(section) < 8:
        return {}
    count = min(struct.unpack_from("<I", section, 4)[0], _MOST, (len(section) - 8) // 8)
    return dict(struct.unpack_from("<II", section, 8 + 8 * number) for number in range(count))


def _values(section: bytes) -> dict[int, object]:
    places = _places(section)
    encoding = _encoding(section, places)
    return {number: _value(section, place, encoding) for number, place in places.items() if number > 1}


def _encoding(section: bytes, places: dict[int, int]) -> str:
    place = places.get(1, len(section))
    page = struct.unpack_from("<H", section, place + 4)[0] if place + 6 <= len(section) else _GBK
    return {_UTF16: "utf-16-le", _UTF8: "utf-8", 1252: "cp1252"}.get(page, "gb18030")


def _value(section: bytes, place: int, encoding: str) -> object:
    if place + 8 > len(section):
        return None
    kind = struct.unpack_from("<H", section, place)[0]
    body = section[place + 4 :]
    if kind in (_ANSI, _WIDE):
        size = struct.unpack_from("<I", body)[0] * (2 if kind == _WIDE else 1)
        return body[4 : 4 + size].decode("utf-16-le" if kind == _WIDE else encoding, errors="replace").rstrip("\0")
    if kind == _FILETIME and len(body) >= 8:
        ticks = struct.unpack_from("<Q", body)[0]
        try:
            return _EPOCH + timedelta(microseconds=ticks // 10) if ticks else None
        except OverflowError:
            return None
    if kind == _DOUBLE and len(body) >= 8:
        return struct.unpack_from("<d", body)[0]
    if kind == _BOOL:
        return struct.unpack_from("<h", body)[0] != 0
    return struct.unpack_from("<i", body)[0] if kind == _INTEGER else None


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.isoformat()
    return "" if value is None else str(value)


def _dictionary(section: bytes) -> dict[int, str]:
    """Names of the properties, which property 0 holds."""
    places = _places(section)
    at = places.get(0)
    if at is None or at + 4 > len(section):
        return {}
    encoding = _encoding(section, places)
    wide = encoding == "utf-16-le"
    count = min(struct.unpack_from("<I", section, at)[0], _MOST)
    at += 4
    names: dict[int, str] = {}
    for _ in range(count):
        if at + 8 > len(section):
            break
        number, length = struct.unpack_from("<II", section, at)
        size = length * (2 if wide else 1)
        names[number] = section[at + 8 : at + 8 + size].decode(encoding, errors="replace").rstrip("\0")
        at += 8 + size + (-size % 4 if wide else 0)
    return names
