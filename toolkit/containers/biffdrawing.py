"""Pictures that float over the cells of a BIFF sheet.

Source: [MS-XLS] 2.4.168 (MsoDrawing), [MS-ODRAW] 2.2.14 (shape container), 2.3.23.2 (the pib property).
"""

from __future__ import annotations

import struct

_BOF, _EOF, _DRAWING, _CONTINUE = 0x0809, 0x000A, 0x00EC, 0x003C
_CONTAINERS = (0xF002, 0xF003, 0xF004)
_SHAPE, _OPTIONS, _ANCHOR = 0xF004, 0xF00B, 0xF010
_PICTURE = 0x0104
_BLOB_NAME = 0x0105
_DEEPEST = 16

Pictures = list[tuple[int, int, str]]


def floating_pictures(stream: bytes) -> dict[int, Pictures]:
    """By the place of the sheet's first record in the stream: row, column and name of its pictures."""
    pictures: dict[int, Pictures] = {}
    drawing: list[bytes] = []
    start = offset = 0
    while offset + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, offset)
        if kind == _BOF:
            start, drawing = offset, []
        elif kind == _DRAWING:
            drawing.append(stream[offset + 4 : offset + 4 + length])
        elif kind == _EOF and drawing:
            found: Pictures = []
            _collect(b"".join(drawing), found, 0)
            if found:
                pictures[start] = found
        elif kind == 0 and length == 0:
            break
        offset += 4 + length
    return pictures


def _collect(data: bytes, found: Pictures, depth: int) -> None:
    """Walk the records of a drawing; a shape with a picture and an anchor is one."""
    offset = 0
    name: str | None = None
    anchor: tuple[int, int] | None = None
    while offset + 8 <= len(data):
        version, kind, length = struct.unpack_from("<HHI", data, offset)
        body = data[offset + 8 : offset + 8 + length]
        if kind in _CONTAINERS and depth < _DEEPEST:
            _collect(body, found, depth + 1)
        elif kind == _OPTIONS:
            name = _picture_name(body, version >> 4)
        elif kind == _ANCHOR and len(body) >= 8:
            column, _, row = struct.unpack_from("<HHH", body, 2)
            anchor = row, column
        offset += 8 + length
    if name is not None and anchor is not None:
        found.append((*anchor, name))


def _picture_name(options: bytes, count: int) -> str | None:
    """The name of a shape's picture, ``None`` when the shape has none."""
    name = None
    complex_data = 6 * count
    for index in range(min(count, len(options) // 6)):
        number, value = struct.unpack_from("<HI", options, 6 * index)
        if number & 0x3FFF == _PICTURE and value:
            name = name or "图片"
        if number & 0x8000:
            if number & 0x3FFF == _BLOB_NAME:
                text = options[complex_data : complex_data + value].decode("utf-16-le", "replace").rstrip("\0")
                name = text or name
            complex_data += value
    return name
