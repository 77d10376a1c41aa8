"""Values on disk instead of in memory: written in sorted runs, read back as one sorted sequence, as often as wanted.

A round of a hundred thousand forms has millions of entries; what is shown of them passes through here, so that only
some blocks are in memory at a time.  Runs may be written by worker processes; the files are the process's own and
live as long as its :class:`Shelf`, and pickle reads back nothing that was not written there.
"""

from __future__ import annotations

import heapq
import io
import pickle
import tempfile
import zlib
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass
from functools import partial
from itertools import islice
from operator import attrgetter, itemgetter
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Generic, TypeVar, overload

Value = TypeVar("Value")

_BLOCK = 64
"""Values that are packed together; of every run one block is in memory."""
_QUICK = 1
"""Compression that costs less than the disk it saves."""


_reducers: dict[type, Callable[[Any], tuple[Any, ...]]] = {}


def packs(*kinds: type) -> None:
    """Let dataclasses with slots be packed by their fields; Python's own way looks the fields up for each object."""
    for kind in filter(is_dataclass, kinds):
        _reducers[kind] = partial(_reduced, kind, attrgetter(*(item.name for item in fields(kind))))


def _reduced(kind: type, values: Callable[[Any], Any], value: Any) -> tuple[type, Any]:
    return kind, values(value)


def packed(value: object) -> bytes:
    """A value as bytes."""
    stream = io.BytesIO()
    pickler = pickle.Pickler(stream, pickle.HIGHEST_PROTOCOL)
    pickler.dispatch_table = _reducers
    pickler.dump(value)
    return zlib.compress(stream.getbuffer(), _QUICK)


def unpacked(data: bytes) -> Any:
    """The value again."""
    return pickle.loads(zlib.decompress(data))


class Shelf:
    """A folder for values that is gone with the last object that refers to it."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="fengong-")
        self._count = 0

    @property
    def folder(self) -> Path:
        """Where worker processes put theirs."""
        return Path(self._folder.name)

    def place(self) -> Path:
        """A new file."""
        self._count += 1
        return self.folder / f"{self._count}.runs"


Spot = tuple[int, int]
"""Where packed bytes begin in a file, and how many they are."""


@dataclass(frozen=True, slots=True)
class Run(Generic[Value]):
    """Values in the order of their keys, in blocks of a file; small, and fit to be sent to another process."""

    path: str
    blocks: tuple[Spot, ...]
    count: int

    def block(self, number: int) -> list[tuple[Any, Value]]:
        """Keys and values of one block."""
        with Path(self.path).open("rb") as stream:
            return self._read(stream, number)

    def __iter__(self) -> Iterator[tuple[Any, Value]]:
        for number in range(len(self.blocks)):
            yield from self.block(number)

    def _read(self, stream: BinaryIO, number: int) -> list[tuple[Any, Value]]:
        start, length = self.blocks[number]
        stream.seek(start)
        block: list[tuple[Any, Value]] = unpacked(stream.read(length))
        return block


class RunWriter:
    """Writes runs and single values into one file."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._stream: BinaryIO = path.open("wb")
        self._end = 0

    def __enter__(self) -> RunWriter:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Everything is written."""
        self._stream.close()

    def value(self, value: object) -> Spot:
        """Write one value; gives where it stands."""
        return self.bytes(packed(value))

    def bytes(self, data: bytes) -> Spot:
        """Write what is packed already."""
        spot = self._end, len(data)
        self._stream.write(data)
        self._end += len(data)
        return spot

    def run(self, keyed: Iterable[tuple[Any, Value]]) -> Run[Value]:
        """Write a run: pairs of key and value in the order of the keys."""
        rest = iter(keyed)
        blocks, count = [], 0
        while block := list(islice(rest, _BLOCK)):
            blocks.append(self.value(block))
            count += len(block)
        return Run(str(self._path), tuple(blocks), count)


def read(path: Path | str, spot: Spot) -> Any:
    """A single value of a file."""
    with Path(path).open("rb") as stream:
        stream.seek(spot[0])
        return unpacked(stream.read(spot[1]))


class Runs(Sequence[Value]):
    """Values in the order of their keys, whatever the order of the runs they came in.

    Made to be read from the beginning to the end; a single value is found too, by an index made when first asked.
    """

    def __init__(self, shelf: Shelf, runs: Iterable[Run[Value]] = ()) -> None:
        self._shelf = shelf  # the files live as long as somebody may read them
        self._runs = [run for run in runs if run.count]
        self._index: list[array[int]] | None = None
        self._last: tuple[int, int, list[tuple[Any, Value]]] | None = None

    def joined(self, keyed: Iterable[tuple[Any, Value]]) -> Runs[Value]:
        """The same and some more of this process, in the order of their keys."""
        with RunWriter(self._shelf.place()) as writer:
            return Runs(self._shelf, [*self._runs, writer.run(keyed)])

    def keyed(self) -> Iterator[tuple[Any, Value]]:
        """Keys and values in order; of equal keys, the one of the earlier run first."""
        return heapq.merge(*self._runs, key=itemgetter(0))

    def __iter__(self) -> Iterator[Value]:
        return (value for _, value in self.keyed())

    def __len__(self) -> int:
        return sum(run.count for run in self._runs)

    @overload
    def __getitem__(self, place: int) -> Value: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[Value]: ...

    def __getitem__(self, place: int | slice) -> Value | Sequence[Value]:
        if isinstance(place, slice):
            return [self[number] for number in range(*place.indices(len(self)))]
        runs, values = self._index or self._indexed()
        return self._value(runs[place], values[place])

    def _value(self, run: int, number: int) -> Value:
        """A value by its run and its place there; the last block is kept."""
        which = number // _BLOCK
        if self._last is None or self._last[:2] != (run, which):
            self._last = run, which, self._runs[run].block(which)
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
        return ((key, run, number) for number, (key, _) in enumerate(self._runs[run]))
