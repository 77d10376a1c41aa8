"""Values on disk instead of in memory: added in sorted runs, read back as one sorted sequence, as often as wanted.

A round of a hundred thousand forms has millions of entries; what is shown of them passes through here, so that only
some blocks are in memory at a time.  The files are the process's own and live as long as the :class:`Shelf`; pickle
reads back nothing that it did not write itself.
"""

from __future__ import annotations

import heapq
import pickle
import tempfile
import zlib
from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from operator import itemgetter
from pathlib import Path
from typing import Any, BinaryIO, Generic, TypeVar, overload

Value = TypeVar("Value")

_BLOCK = 64
"""Values that are packed together; of every run one block is in memory."""
_QUICK = 1
"""Compression that costs less than the disk it saves."""


class Shelf:
    """A folder for values that is gone with the last object that refers to it."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="fengong-")
        self._count = 0

    def place(self) -> Path:
        """A new file."""
        self._count += 1
        return Path(self._folder.name) / str(self._count)


class Packed(Generic[Value]):
    """Values that are written one after another and read by their place."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._path = shelf.place()
        self._stream: BinaryIO = self._path.open("w+b")
        self._end = 0

    def add(self, value: Value) -> tuple[int, int]:
        """Keep a value; gives the place by which it is read."""
        data = zlib.compress(pickle.dumps(value, pickle.HIGHEST_PROTOCOL), _QUICK)
        self._stream.seek(self._end)
        self._stream.write(data)
        place = self._end, len(data)
        self._end += len(data)
        return place

    def read(self, place: tuple[int, int]) -> Value:
        """The value at a place."""
        self._stream.seek(place[0])
        value: Value = pickle.loads(zlib.decompress(self._stream.read(place[1])))
        return value

    def __del__(self) -> None:
        self._stream.close()


class Runs(Sequence[Value]):
    """Values in the order of their keys, whatever the order of the runs they came in.

    Made to be read from the beginning to the end; a single value is found too, by an index made when first asked.
    """

    def __init__(self, shelf: Shelf) -> None:
        self._blocks: Packed[list[tuple[Any, Value]]] = Packed(shelf)
        self._runs: list[list[tuple[int, int]]] = []
        self._count = 0
        self._index: list[array[int]] | None = None
        self._last: tuple[int, int, list[tuple[Any, Value]]] | None = None

    def add(self, run: Iterable[tuple[Any, Value]]) -> None:
        """Keep a run: pairs of key and value in the order of the keys."""
        places = []
        rest = iter(run)
        while block := list(islice(rest, _BLOCK)):
            places.append(self._blocks.add(block))
            self._count += len(block)
        if places:
            self._runs.append(places)
        self._index = None

    def keyed(self) -> Iterator[tuple[Any, Value]]:
        """Keys and values in order; of equal keys, the one of the earlier run first."""
        return heapq.merge(*map(self._run, self._runs), key=itemgetter(0))

    def _run(self, places: list[tuple[int, int]]) -> Iterator[tuple[Any, Value]]:
        for place in places:
            yield from self._blocks.read(place)

    def __iter__(self) -> Iterator[Value]:
        return (value for _, value in self.keyed())

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, place: int) -> Value: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[Value]: ...

    def __getitem__(self, place: int | slice) -> Value | Sequence[Value]:
        if isinstance(place, slice):
            return [self[number] for number in range(*place.indices(self._count))]
        if not -self._count <= place < self._count:
            raise IndexError(place)
        runs, values = self._index or self._indexed()
        return self._value(runs[place], values[place])

    def _value(self, run: int, number: int) -> Value:
        """A value by its run and its place there; the last block is kept."""
        which = number // _BLOCK
        if self._last is None or self._last[:2] != (run, which):
            self._last = run, which, self._blocks.read(self._runs[run][which])
        return self._last[2][number % _BLOCK][1]

    def _indexed(self) -> list[array[int]]:
        """For each place the run and the place in the run, in memory."""
        numbered = map(self._numbered, range(len(self._runs)))
        self._index = [array("I"), array("I")]
        for _, run, number in heapq.merge(*numbered, key=itemgetter(0)):
            self._index[0].append(run)
            self._index[1].append(number)
        return self._index

    def _numbered(self, run: int) -> Iterator[tuple[Any, int, int]]:
        return ((key, run, number) for number, (key, _) in enumerate(self._run(self._runs[run])))
