"""Between the passes: what only the whole round tells, from what the shares left."""

from __future__ import annotations

import heapq
from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

from toolkit.rules.agreement import AllBehind
from toolkit.rules.beyond import Behind, Echoes, Key, said
from toolkit.rules.copies import alike, echoes
from toolkit.runs import Run, Runs, RunWriter, Shelf

Portion = tuple[Run[tuple[str, Sequence[int]]], ...]
"""The wordings of one portion, one run a share."""
Pairs = tuple["array[int]", "array[int]", "array[float]"]
"""Places of texts in the whole round, of others like them, and how alike."""


@dataclass(frozen=True)
class Comparing:
    """Compares the wordings of a portion in a worker process."""

    likeness: float

    def __call__(self, portion: Portion) -> Pairs:
        """Every pair of the portion."""
        texts = heapq.merge(*portion, key=itemgetter(0))
        ones, others, likes = array("Q"), array("Q"), array("d")
        for pair in alike(((place, text, shingles) for place, (text, shingles) in texts), self.likeness):
            ones.append(pair.one)
            others.append(pair.other)
            likes.append(pair.likeness)
        return ones, others, likes


class Likes:
    """The pairs of all portions, on disk, share by share."""

    def __init__(self, shelf: Shelf, share_of: Sequence[int]) -> None:
        self._shelf = shelf
        self._share_of = share_of
        """Share of each unit by its place."""
        self._writer = RunWriter(shelf.place())
        self._runs: list[Run[None]] = []

    def add(self, pairs: Pairs) -> None:
        """Keep the pairs of a portion, from both sides."""
        count = len(self._share_of)
        both = sorted(
            (self._share_of[here % count], here, -likeness, there)
            for one, other, likeness in zip(*pairs, strict=True)
            for here, there in ((one, other), (other, one))
        )
        self._runs.append(self._writer.run((key, None) for key in both))

    def by_share(self) -> Iterator[tuple[int, dict[int, list[tuple[float, int]]]]]:
        """Share by share, those that have any: place → the others like it, nearest first; each pair once."""
        self._writer.close()
        keys = (key for key, _ in Runs(self._shelf, self._runs).keyed())
        once = (key for key, _ in groupby(keys))
        for share, pairs in groupby(once, key=itemgetter(0)):
            likes: dict[int, list[tuple[float, int]]] = {}
            for _, here, likeness, there in pairs:
                likes.setdefault(here, []).append((likeness, there))
            yield share, likes


@dataclass(frozen=True)
class Naming:
    """Tells what places stand for."""

    tasks: Sequence[str]
    units: Sequence[str]
    labels: Mapping[str, str]

    def key(self, place: int) -> Key:
        """Task and unit of a place."""
        task, unit = divmod(place, len(self.units))
        return self.tasks[task], self.units[unit]

    def echoes(self, likes: Mapping[int, Sequence[tuple[float, int]]]) -> dict[Key, Echoes]:
        """Where else the wordings of a share stand."""
        return {
            key: echoes(key, [(likeness, self.key(there)) for likeness, there in nearest], self.labels)
            for here, nearest in likes.items()
            for key in (self.key(here),)
        }


class EverybodyBehind:
    """Who of each task is behind, share by share."""

    def __init__(self) -> None:
        self._whole: AllBehind = {}

    def add(self, part: AllBehind) -> None:
        """Those of one share."""
        for task, by_status in part.items():
            for status, units in by_status.items():
                self._whole.setdefault(task, {}).setdefault(status, Behind()).join(units)

    def said(self) -> dict[str, str]:
        """As the rule tells it, by task."""
        return {task: said(by_status) for task, by_status in self._whole.items()}
