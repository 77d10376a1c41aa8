"""Safe reading of any file at all: what it is by its bytes, limits, then sheets or blocks."""

from toolkit.containers.reader import read

__all__ = ["read"]
