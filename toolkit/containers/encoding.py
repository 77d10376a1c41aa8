"""Which encoding a text is written in: byte order marks, UTF-8, UTF-16 without a mark, GB18030, then a guess.

Offices send UTF-8 and the GBK family; both are told exactly by their byte grammar, so the statistical
guesser is asked only for what neither grammar accepts.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x19\x1b-\x1f]")
_USUAL = re.compile(
    r"[\x09-\x0d\x20-\x7e\u00a0-\u00ff\u0370-\u03ff\u2000-\u206f\u2100-\u27bf"
    r"\u3000-\u30ff\u3200-\u33ff\u4e00-\u9fff\uff00-\uffef]"
)
_SAMPLE = 65_536
_MOSTLY = 0.9
"""Share of usual characters below which a decoding is a coincidence, not a text."""
_BROKEN = 0.01
_BROKEN_FEW = 4
"""Share of undecodable characters that a damaged text may have, and how many a short one may."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text and how it was read."""

    text: str
    encoding: str
    lossy: bool = False
    """Some bytes belong to no character of the encoding and were replaced by U+FFFD."""


def decode(data: bytes, declared: str | None = None) -> Decoded | None:
    """``data`` as text, or ``None`` when it is no text.

    ``declared`` is what the file says of itself (``<meta charset>``); it is believed only when the bytes agree.
    A byte order mark is believed first and removed.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _forgiving(data[len(mark) :], encoding)
    if declared and (strict := _strict(data, _supersets(declared))):
        return strict
    for encoding in (*_wide(data), "utf-8", "gb18030"):
        if decoded := _strict(data, encoding):
            return decoded
    return _damaged(data) or _guessed(data)


def plausible(text: str) -> bool:
    """Whether characters look like a written text: no control characters, mostly usual ones."""
    sample = text[:_SAMPLE]
    if not sample:
        return True
    return not _CONTROLS.search(sample) and len(_USUAL.findall(sample)) >= _MOSTLY * len(sample)


def _supersets(declared: str) -> str:
    """GB2312 and GBK as their superset, as every browser reads them."""
    name = declared.strip().strip("\"'").lower()
    return "gb18030" if name in ("gb2312", "gbk", "gb_2312-80", "x-gbk", "cp936", "chinese") else name


def _strict(data: bytes, encoding: str) -> Decoded | None:
    try:
        text = data.decode(encoding)
    except (UnicodeError, LookupError, ValueError):
        return None
    return Decoded(text, encoding) if plausible(text) else None


def _wide(data: bytes) -> tuple[str, ...]:
    """UTF-16 without a mark: the high bytes of ASCII, blanks and Chinese punctuation stand on one side only."""
    if len(data) % 2 or len(data) < 4:
        return ()
    even, odd = data[:_SAMPLE:2], data[1:_SAMPLE:2]
    small = bytes((0x00, 0x30, 0xFF))

    def high(side: bytes) -> float:
        hanzi = sum(1 for byte in side if 0x4E <= byte <= 0x9F or byte in small)
        return hanzi / len(side)

    if high(odd) > _MOSTLY and high(odd) > high(even) + 0.2:
        return ("utf-16-le",)
    if high(even) > _MOSTLY and high(even) > high(odd) + 0.2:
        return ("utf-16-be",)
    return ()


def _forgiving(data: bytes, encoding: str) -> Decoded | None:
    """A text with a few characters broken; control characters count as broken."""
    text = _CONTROLS.sub("\ufffd", data.decode(encoding, errors="replace"))
    broken = text.count("\ufffd")
    if broken > max(min(_BROKEN_FEW, len(text) // 5), _BROKEN * len(text)) or not plausible(text.replace("\ufffd", "")):
        return None
    return Decoded(text, encoding, lossy=broken > 0)


def _damaged(data: bytes) -> Decoded | None:
    """A text with a few broken bytes, such as one cut in the middle of a character."""
    return _forgiving(data, "utf-8") or _forgiving(data, "gb18030")


def _guessed(data: bytes) -> Decoded | None:
    if b"\x00" in data[:_SAMPLE]:
        return None
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_SAMPLE]).best()
    return _strict(data, best.encoding) if best else None
