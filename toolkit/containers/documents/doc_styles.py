"""Styles and lists of a Word 97–2003 document ([MS-DOC] 2.9.271 STSH, 2.9.131 LSTF, 2.9.150 LVL)."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field

from toolkit.containers.documents.doc_parts import DocFile, Properties, parse
from toolkit.containers.documents.numbering import Level, NumberedList

_NO_STYLE = 0xFFF
_PARAGRAPH_STYLE = 1
_DEPTH = 20
_LIST_SIZE, _LEVEL_SIZE, _OVERRIDE_SIZE = 28, 28, 16
_FORMATS = (
    "decimal", "upperRoman", "lowerRoman", "upperLetter", "lowerLetter", "ordinal", "decimal", "decimal", "decimal",
    "decimal", "ideographDigital", "japaneseCounting", "decimal", "decimal", "decimalFullWidth", "decimal",
    "ideographLegalTraditional", "japaneseDigitalTenThousand", "decimalEnclosedCircle", "decimalFullWidth2", "decimal",
    "decimal", "decimalZero", "bullet", "decimal", "decimal", "decimalEnclosedFullstop", "decimalEnclosedParen",
    "decimalEnclosedCircleChinese", "ideographEnclosedCircle", "ideographTraditional", "ideographZodiac",
    "ideographZodiac", "taiwaneseCounting", "ideographLegalTraditional", "taiwaneseCountingThousand",
    "taiwaneseDigital", "chineseCounting", "chineseLegalSimplified", "chineseCountingThousand",
)  # fmt: skip
"""Number formats by their code ([MS-OSHARED] 2.2.1.3 MSONFC)."""


@dataclass(frozen=True, slots=True)
class DocStyle:
    """A style: its name and the properties of its paragraphs and their characters, inherited ones filled in."""

    name: str = ""
    properties: Properties = field(default_factory=dict)


def read_styles(document: DocFile) -> list[DocStyle]:
    """The styles in the order of their numbers."""
    sheet = document.styles
    if len(sheet) < 8:
        return []
    header, count, base = struct.unpack_from("<HHH", sheet)
    at = 2 + header
    raw: list[tuple[str, int, Properties]] = []
    while at + 2 <= len(sheet) and len(raw) < count:
        size = int.from_bytes(sheet[at : at + 2], "little")
        raw.append(_style(sheet[at + 2 : at + 2 + size], base))
        at += 2 + size + size % 2
    return [DocStyle(name, _inherited(raw, number)) for number, (name, _, _) in enumerate(raw)]


def _style(data: bytes, base: int) -> tuple[str, int, Properties]:
    """Name, number of the style it is based on, and own properties; those of character styles do not matter."""
    if len(data) < base + 2 or base < 10:
        return "", _NO_STYLE, {}
    kind = int.from_bytes(data[2:4], "little")
    length = int.from_bytes(data[base : base + 2], "little") * 2
    name = data[base + 2 : base + 2 + length].decode("utf-16-le", errors="replace")
    own: Properties = {}
    if kind & 0xF == _PARAGRAPH_STYLE:
        at = base + 2 + length + 2
        for skipped in (2, 0):  # the paragraph's properties, the style's number in front of them; the characters'
            at += at % 2
            size = int.from_bytes(data[at : at + 2], "little")
            own.update(parse(data[at + 2 + skipped : at + 2 + size]))
            at += 2 + size
    return name, kind >> 4, own


def _inherited(raw: list[tuple[str, int, Properties]], number: int) -> Properties:
    chain: list[Properties] = []
    while number < len(raw) and len(chain) < _DEPTH:
        chain.append(raw[number][2])
        number = raw[number][1]
    properties: Properties = {}
    for own in reversed(chain):
        properties.update(own)
    return properties


def read_lists(document: DocFile) -> dict[int, NumberedList]:
    """The lists by the number that paragraphs give (from 1 on)."""
    definitions = _definitions(document.lists)
    raw = document.overrides
    count = min(int.from_bytes(raw[:4], "little"), max(0, (len(raw) - 4) // _OVERRIDE_SIZE))
    at = 4 + count * _OVERRIDE_SIZE
    lists: dict[int, NumberedList] = {}
    for number in range(count):
        identifier, levels = struct.unpack_from("<i8xB", raw, 4 + number * _OVERRIDE_SIZE)
        numbered = NumberedList(identifier, dict(definitions.get(identifier, {})))
        at = _override(raw, at + 4, levels, numbered)
        lists[number + 1] = numbered
    return lists


def _definitions(raw: bytes) -> dict[int, dict[int, Level]]:
    """Levels of each definition by its id."""
    count = min(int.from_bytes(raw[:2], "little"), max(0, (len(raw) - 2) // _LIST_SIZE))
    at = 2 + count * _LIST_SIZE
    definitions: dict[int, dict[int, Level]] = {}
    for number in range(count):
        identifier, flags = struct.unpack_from("<i22xB", raw, 2 + number * _LIST_SIZE)
        levels: dict[int, Level] = {}
        for depth in range(1 if flags & 1 else 9):
            level, at = _level(raw, at)
            if level is None:
                return definitions
            levels[depth] = level
        definitions[identifier] = levels
    return definitions


def _level(raw: bytes, at: int) -> tuple[Level | None, int]:
    """The level at an offset and the offset behind it."""
    if at + _LEVEL_SIZE > len(raw):
        return None, at
    start, code, flags = struct.unpack_from("<iBB", raw, at)
    follow, characters, paragraphs, limit = raw[at + 15], raw[at + 24], raw[at + 25], raw[at + 26]
    at += _LEVEL_SIZE + characters + paragraphs
    length = int.from_bytes(raw[at : at + 2], "little") * 2
    template = raw[at + 2 : at + 2 + length].decode("utf-16-le", errors="replace")
    text = "".join(f"%{ord(sign) + 1}" if ord(sign) < 9 else sign for sign in template)
    number_format = _FORMATS[code] if code < len(_FORMATS) else "none" if code == 0xFF else "decimal"
    restart = limit if flags & 0x08 else None
    return Level(text, start, number_format, restart, bool(flags & 0x04), follow == 2), at + 2 + length


def _override(raw: bytes, at: int, levels: int, numbered: NumberedList) -> int:
    """Takes the overridden levels of a list from an offset; gives the offset behind them."""
    for _ in range(levels):
        if at + 8 > len(raw):
            break
        start, flags = struct.unpack_from("<iI", raw, at)
        at += 8
        depth = flags & 0xF
        if flags & 0x20:
            level, at = _level(raw, at)
            if level is not None:
                numbered.levels[depth] = level
        if flags & 0x10:
            numbered.starts[depth] = start
    return at
