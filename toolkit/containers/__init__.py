"""Safe reading of any file at all: what it is by its bytes, limits, then sheets or blocks."""

from toolkit.containers.reader import read
from toolkit.containers.walk import Met, walk

__all__ = ["Met", "read", "walk"]
