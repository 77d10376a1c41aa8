"""What a cell and a sheet can hold."""

from __future__ import annotations

from toolkit.opc import holdable

__all__ = ["MAX_LINKS", "MAX_ROWS", "MAX_TEXT", "cut", "holdable", "utf16_length"]

MAX_TEXT = 32_767
"""UTF-16 units a cell holds; beyond it Excel calls the file damaged."""
MAX_ROWS = 1_048_576
MAX_LINKS = 65_530
"""Links a sheet may have; beyond it Excel drops all of them."""

_CUT = "……（超过单元格上限，全文见来源文件）"


def utf16_length(text: str) -> int:
    """The length of a text as Excel counts it."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def cut(text: str) -> str:
    """Text that fits into a cell, its cut said at its end; text that fits is returned as it is."""
    if len(text) <= MAX_TEXT // 2 or utf16_length(text) <= MAX_TEXT:
        return text
    room = MAX_TEXT - len(_CUT)
    kept = text[:room]
    while utf16_length(kept) > room:
        kept = kept[: -max(1, (utf16_length(kept) - room) // 2)]
    return kept + _CUT
