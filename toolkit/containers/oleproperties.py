"""The property streams of OLE2 files: when the file was saved, and its custom properties.

Source: [MS-OLEPS] 2.21 (property set stream), 2.17 (dictionary); [MS-OSHARED] 2.3.3 (which properties).
"""

from __future__ import annotations

import struct
from datetime import UTC, datetime, timedelta

from toolkit.containers.ole2 import DamagedOle2, Ole2

_SUMMARY, _DOCUMENT = "\x05SummaryInformation", "\x05DocumentSummaryInformation"
_DICTIONARY, _CODE_PAGE, _LAST_SAVED = 0, 1, 13
_INT16, _INT32, _ANSI, _UNICODE, _FILETIME = 2, 3, 30, 31, 64
_UTF16 = 1200
_MOST = 1_000
"""Properties of one set that are looked at."""
_EPOCH = datetime(1601, 1, 1, tzinfo=UTC)


def saved_time(compound: Ole2) -> datetime | None:
    """When the file says it was last saved, UTC; ``None`` when it does not."""
    for properties in _sets(compound, _SUMMARY)[:1]:
        value = properties.get(_LAST_SAVED)
        if isinstance(value, datetime):
            return value
    return None


def custom_properties(compound: Ole2) -> dict[str, str]:
    """The custom document properties, as text; damaged ones are left out."""
    sets = _sets(compound, _DOCUMENT)
    if len(sets) < 2:
        return {}
    custom = sets[1]
    names = custom.get(_DICTIONARY)
    if not isinstance(names, dict):
        return {}
    return {name: str(custom[number]) for number, name in names.items() if number in custom}


Property = str | int | datetime | dict[int, str] | None


def _sets(compound: Ole2, stream: str) -> list[dict[int, Property]]:
    try:
        data = compound.read(stream)
        count = min(struct.unpack_from("<I", data, 24)[0], 2)
        starts = [struct.unpack_from("<I", data, 28 + 20 * index + 16)[0] for index in range(count)]
        return [_set(data[start:]) for start in starts]
    except (KeyError, DamagedOle2, struct.error):
        return []


def _set(data: bytes) -> dict[int, Property]:
    count = min(struct.unpack_from("<I", data, 4)[0], _MOST)
    places = dict(struct.unpack_from("<II", data, 8 + 8 * index) for index in range(count))
    code_page = _value(data, places[_CODE_PAGE]) if _CODE_PAGE in places else 0
    encoding = _encoding(code_page if isinstance(code_page, int) else 0)
    values: dict[int, Property] = {}
    for number, offset in places.items():
        values[number] = _names(data, offset, encoding) if number == _DICTIONARY else _value(data, offset, encoding)
    return values


def _encoding(code_page: int) -> str:
    code_page &= 0xFFFF
    return {_UTF16: "utf-16-le", 65001: "utf-8", 936: "gb18030"}.get(code_page, f"cp{code_page}")


def _text(raw: bytes, encoding: str) -> str:
    try:
        return raw.decode(encoding, "replace").rstrip("\0")
    except LookupError:
        return raw.decode("gb18030", "replace").rstrip("\0")


def _value(data: bytes, offset: int, encoding: str = "gb18030") -> Property:
    kind = struct.unpack_from("<I", data, offset)[0] & 0xFFFF
    if kind == _INT16:
        return int(struct.unpack_from("<h", data, offset + 4)[0])
    if kind == _INT32:
        return int(struct.unpack_from("<i", data, offset + 4)[0])
    if kind == _ANSI:
        size = struct.unpack_from("<I", data, offset + 4)[0]
        return _text(data[offset + 8 : offset + 8 + size], encoding)
    if kind == _UNICODE:
        size = struct.unpack_from("<I", data, offset + 4)[0]
        return _text(data[offset + 8 : offset + 8 + 2 * size], "utf-16-le")
    if kind == _FILETIME:
        ticks = struct.unpack_from("<Q", data, offset + 4)[0]
        try:
            return _EPOCH + timedelta(microseconds=ticks // 10) if ticks else None
        except OverflowError:
            return None
    return None


def _names(data: bytes, offset: int, encoding: str) -> dict[int, str]:
    count = min(struct.unpack_from("<I", data, offset)[0], _MOST)
    offset += 4
    names = {}
    for _ in range(count):
        number, size = struct.unpack_from("<II", data, offset)
        size = size * 2 if encoding == "utf-16-le" else size
        names[number] = _text(data[offset + 8 : offset + 8 + size], encoding)
        offset += 8 + size
        if encoding == "utf-16-le":
            offset += -offset % 4
    return names
