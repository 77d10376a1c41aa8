"""Parts that come again: the forms of one round share their styles, their relations, much of their sheets."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import TypeVar

Read = TypeVar("Read")

_LONGEST = 1 << 16
"""Bytes of a part that is remembered; a larger one is read anew, so that no file can fill the memory."""
_MOST = 256


def remembered(read: Callable[[bytes, str], Read]) -> Callable[[bytes, str], Read]:
    """``read``, a function of the bytes of a part and its name or place, its results kept for small parts."""
    kept = lru_cache(maxsize=_MOST)(read)

    @wraps(read)
    def recall(data: bytes, name: str) -> Read:
        return kept(data, name) if len(data) <= _LONGEST else read(data, name)

    return recall
