"""The tokens of an RTF file, bytes decoded by the fonts they are set in (RTF 1.9.1)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

_TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,40})(-?\d{1,10})?[ ]?"  # a control word
    rb"|\\'([0-9a-fA-F]{2})"  # a byte
    rb"|\\([^a-zA-Z'])"  # a control sign
    rb"|([{}])"
    rb"|([^\\{}]+)",
    re.DOTALL,
)
_CHARSETS = {134: "gb18030", 136: "big5", 128: "cp932", 129: "cp949", 204: "cp1251", 161: "cp1253", 238: "cp1250"}
_PAGES = {936: "gb18030", 950: "big5", 65001: "utf-8"}
_DEPTH = 500


@dataclass(frozen=True, slots=True)
class Token:
    """One step: ``word`` is a control word or sign, ``{`` or ``}``; empty for text."""

    word: str
    number: int | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class _Group:
    """What holds inside a group."""

    encoding: str = "cp1252"
    fallback: int = 1
    """Characters that stand behind a Unicode character for old readers."""


def tokens(data: bytes) -> Iterator[Token]:
    """The tokens of a file; ends early where groups nest deeper than any honest ones."""
    return _Tokenizer().tokens(data)


class _Tokenizer:
    """Follows groups, fonts and code pages, so that bytes become characters."""

    def __init__(self) -> None:
        self._page = "cp1252"
        self._groups = [_Group()]
        self._fonts: dict[int, str] = {}
        self._font: int | None = None
        self._font_table: int | None = None
        """Depth of the font table while it passes by."""
        self._bytes = bytearray()
        self._skip = 0
        """Characters still to be left out behind a Unicode character."""

    def tokens(self, data: bytes) -> Iterator[Token]:
        """One token after the other."""
        at = 0
        while at < len(data) and len(self._groups) <= _DEPTH:
            match = _TOKEN.match(data, at)
            if match is None:
                at += 1
                continue
            at = match.end()
            word, digits, byte, sign, brace, raw = match.groups()
            if byte is not None:
                self._collect(bytes((int(byte, 16),)))
                continue
            if raw is not None:
                self._collect(raw.replace(b"\r", b"").replace(b"\n", b""))
                continue
            yield from self._text()
            number = int(digits) if digits else None
            if word == b"bin":
                at += max(0, number or 0)
            elif brace is not None:
                self._enter_or_leave(brace)
                yield Token(brace.decode("ascii"))
            elif sign is not None:
                yield Token(sign.decode("latin-1"))
            else:
                yield self._word(word.decode("ascii"), number)
        yield from self._text()

    def _collect(self, raw: bytes) -> None:
        self._bytes += raw[self._skip :]
        self._skip = max(0, self._skip - len(raw))

    def _text(self) -> Iterator[Token]:
        if self._bytes:
            yield Token("", text=bytes(self._bytes).decode(self._groups[-1].encoding, errors="replace"))
            self._bytes.clear()

    def _enter_or_leave(self, brace: bytes) -> None:
        self._skip = 0
        if brace == b"{":
            self._groups.append(self._groups[-1])
        elif len(self._groups) > 1:
            self._groups.pop()
            if self._font_table is not None and len(self._groups) < self._font_table:
                self._font_table = None

    def _word(self, name: str, number: int | None) -> Token:
        group = self._groups[-1]
        if name == "u" and number is not None:
            self._skip = group.fallback
            return Token("", text=chr(number % 0x10000))
        if name == "uc":
            self._groups[-1] = replace(group, fallback=max(0, number or 0))
        elif name == "ansicpg":
            self._page = _code_page(number or 0)
            self._groups[-1] = replace(group, encoding=self._page)
        elif name == "fonttbl":
            self._font_table = len(self._groups)
        elif name == "f" and self._font_table is not None:
            self._font = number
        elif name == "fcharset" and self._font_table is not None and self._font is not None:
            self._fonts[self._font] = _CHARSETS.get(number or 0, self._page)
        elif name in ("f", "plain"):
            self._groups[-1] = replace(group, encoding=self._fonts.get(number or 0, self._page))
        return Token(name, number)


def _code_page(number: int) -> str:
    encoding = _PAGES.get(number, f"cp{number}")
    try:
        "".encode(encoding)
    except LookupError:
        return "cp1252"
    return encoding
