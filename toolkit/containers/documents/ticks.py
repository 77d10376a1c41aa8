"""Characters of the Wingdings fonts that people tick with, in plain Unicode."""

from __future__ import annotations

_TICKS = {0x6F: "□", 0xA8: "□", 0xFC: "✓", 0x52: "☑", 0xFE: "☑", 0xFB: "✗", 0x53: "☒", 0x51: "☒", 0xFD: "☒"}


def tick(code: int) -> str:
    """The sign for a code of Wingdings, also when shifted to the private range; empty for a mere ornament."""
    return _TICKS.get(code - 0xF000 if 0xF000 <= code <= 0xF0FF else code, "")
