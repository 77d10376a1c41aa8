"""What a workbook that went back to its unit with marks in it (check --marked) says of these marks.

The office's marks must be told from the unit's own words when the mended workbook comes in again: every text that
was written into it is remembered as a checksum, and so are the tasks that were marked.  They travel in the very
hidden sheet beside the stamp and, where they are short enough for it, as a custom document property.
"""

from __future__ import annotations

import base64
import json
import unicodedata
import zlib
from collections.abc import Iterable
from dataclasses import dataclass

MARKS_PROPERTY = "fengong-marks"
"""Custom document property."""
MARKS_CELL = (0, 1)
"""Row and column in the very hidden sheet, right of the stamp; 0-based."""
PROBLEM_HEADER = "问题"
"""The column at the right of the form's table that says what is wrong and what to do."""

_HEAD = "FM1."
_LONGEST = 200_000


@dataclass(frozen=True, slots=True)
class Marks:
    """The office's marks in one workbook."""

    generation: int = 1
    """1 for the first time it was marked, 2 when the mended one was marked again …"""
    tasks: frozenset[str] = frozenset()
    """Codes of the tasks whose rows are marked: what the unit is asked to mend."""
    texts: frozenset[int] = frozenset()
    """Checksums of the notes and cells that the office wrote."""

    def wrote(self, text: str) -> bool:
        """Whether the office wrote this text; the unit may have left it, moved it or saved it elsewhere."""
        return bool(self.texts) and checksum(text) in self.texts

    def encode(self) -> str:
        """The marks as one line of ASCII with a checksum in front."""
        data = {"g": self.generation, "t": sorted(self.tasks), "x": sorted(self.texts)}
        raw = zlib.compress(json.dumps(data, separators=(",", ":")).encode(), 9)
        text = base64.urlsafe_b64encode(raw).decode()
        return f"{_HEAD}{zlib.crc32(text.encode()):08x}.{text}"

    @staticmethod
    def decode(text: object) -> Marks | None:
        """The marks a text holds, or ``None`` when there are none or they are damaged."""
        if not isinstance(text, str) or not text.startswith(_HEAD) or len(text) > _LONGEST:
            return None
        checksum_, _, body = text.strip().removeprefix(_HEAD).partition(".")
        if checksum_ != f"{zlib.crc32(body.encode()):08x}":
            return None
        try:
            data = json.loads(zlib.decompressobj().decompress(base64.urlsafe_b64decode(body), 1_000_000))
            return Marks(int(data["g"]), frozenset(map(str, data["t"])), frozenset(map(int, data["x"])))
        except (ValueError, KeyError, TypeError, zlib.error):
            return None


UNMARKED = Marks(0)
"""Of a workbook that was never sent back."""


def checksum(text: str) -> int:
    """What is left of a text when it is only to be recognised: blanks, line ends and widths do not count."""
    return zlib.crc32("".join(unicodedata.normalize("NFKC", text).split()).encode())


def checksums(texts: Iterable[str]) -> frozenset[int]:
    """The checksums of several texts."""
    return frozenset(map(checksum, texts))
