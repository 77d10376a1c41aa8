"""What a file may be at most before it is refused, and the refusal itself.

The values are those of HOSTILE.md: they stop every attack that was measured and leave room of at
least ten times the largest honest file that was seen.
"""

from __future__ import annotations

from toolkit.findings import files as found
from toolkit.model import Finding

MEBIBYTE = 1 << 20

FILE_BYTES = 64 * MEBIBYTE
"""The largest file that is opened."""
ZIP_ENTRIES = 4_000
PART_BYTES = 256 * MEBIBYTE
"""The largest part of a zip once it is inflated, counted while inflating."""
INFLATED_BYTES = 512 * MEBIBYTE
"""All parts of one zip together."""
RATIO = 250
"""Inflated bytes per stored byte, looked at only beyond :data:`RATIO_FROM`."""
RATIO_FROM = 8 * MEBIBYTE

CELLS = 5_000_000
"""Cells with content in one workbook; styled empty cells do not count."""
AREA = 20_000_000
"""Cells in the rectangle that those of one sheet span."""
ROWS = 1_048_576
COLUMNS = 16_384
CSV_FIELDS = COLUMNS
CSV_FIELD_CHARACTERS = 1_000_000

SECONDS = 30.0
"""Time a worker may take for one file."""
MEGABYTES = 1_024
"""Memory a worker may take on top of what it starts with."""


class Unreadable(Exception):
    """A file cannot be taken; ``finding`` says why and what to do."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.message)
        self.finding = finding


class LimitExceeded(Unreadable):
    """A file is larger, denser or stranger than any honest one."""


class Damaged(Unreadable):
    """A file is not what its format asks for; a reader that minds less may still take it."""


def check_size(size: int) -> None:
    """Raise :class:`Unreadable` for an empty file and for one past the limit."""
    if size == 0:
        raise Damaged(found.EMPTY.at())
    if size > FILE_BYTES:
        raise LimitExceeded(found.TOO_LARGE.at(megabytes=size // MEBIBYTE, most=FILE_BYTES // MEBIBYTE))
