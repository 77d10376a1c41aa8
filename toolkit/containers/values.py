"""Numbers and times as files write them."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation

from toolkit.containers.safezip import SafeZip

_LONGEST_NUMBER = 400
"""Characters of a number: the smallest float written out has some 330."""


def read_number(text: str) -> int | float | str:
    """A number as the file writes it: whole ones exact to the last digit (A15), what is none as text."""
    if text.isdecimal() and len(text) <= _LONGEST_NUMBER and text.isascii():
        return int(text)
    try:
        number = float(text)
    except ValueError:
        return text
    if number != number or number in (float("inf"), float("-inf")) or len(text) > _LONGEST_NUMBER:
        return text
    if abs(number) >= 1e15:
        try:
            exact = Decimal(text.strip())
        except InvalidOperation:
            return number
        if exact == exact.to_integral_value():
            return int(exact)
    return int(number) if number.is_integer() else number


def read_moment(text: str) -> datetime | None:
    """A W3CDTF date and time in UTC, ``None`` when it is none."""
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def newest_part(archive: SafeZip) -> datetime | None:
    """The newest time in a zip's directory; ``None`` when it tells nothing (1980, or impossible dates)."""
    newest = max((entry.time for entry in archive.entries()), default=(1980, 1, 1, 0, 0, 0))
    try:
        moment = datetime(*newest, tzinfo=UTC)
    except ValueError:
        return None
    return moment if moment.year > 1980 else None
