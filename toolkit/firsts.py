"""Where each of very many texts first came, in some twenty bytes a text."""

from __future__ import annotations

from array import array
from hashlib import blake2b


class Firsts:
    """A table of digests, open addressing: a dictionary would take ten times as much."""

    def __init__(self) -> None:
        self._mask = 1023
        self._digests = array("Q", bytes(8 * 1024))
        self._places = array("Q", bytes(8 * 1024))
        self._count = 0

    def place(self, text: str, place: int) -> int:
        """The place that was given with the text first: this one, when it is new."""
        digest = int.from_bytes(blake2b(text.encode(), digest_size=8).digest()) or 1
        slot = self._slot(digest)
        if self._digests[slot]:
            return self._places[slot]
        self._digests[slot], self._places[slot] = digest, place
        self._count += 1
        if 2 * self._count > self._mask:
            self._grow()
        return place

    def _slot(self, digest: int) -> int:
        """Where the digest stands, or would."""
        digests, mask = self._digests, self._mask
        slot = digest & mask
        while digests[slot] and digests[slot] != digest:
            slot = (slot + 1) & mask
        return slot

    def _grow(self) -> None:
        before = zip(self._digests, self._places, strict=True)
        self._mask = 2 * self._mask + 1
        self._digests = array("Q", bytes(8 * (self._mask + 1)))
        self._places = array("Q", bytes(8 * (self._mask + 1)))
        for digest, place in before:
            if digest:
                slot = self._slot(digest)
                self._digests[slot], self._places[slot] = digest, place
