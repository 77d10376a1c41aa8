"""The shares of a round: some units, and every file that names one of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

_UNITS = 200
"""Units of a share, and twice as many files, from which it is full."""


@dataclass(frozen=True, slots=True)
class Share:
    """Units that no file outside the share names."""

    units: tuple[str, ...]
    """In the fixed order."""
    files: tuple[int, ...]
    """Their places among all files, in order."""


def shares_of(named: Sequence[Sequence[str]], order: Mapping[str, int], most: int = _UNITS) -> list[Share]:
    """The shares of a round, by the units that each file names; ``order`` is the place of every unit.

    A share has about ``most`` units, more where files tie more together; files that name nobody make shares of
    their own.
    """
    units = list(order)
    find = _joined([[order[unit] for unit in names] for names in named], len(units))
    files: dict[int, list[int]] = {}
    nobody: list[int] = []
    for place, names in enumerate(named):
        (files.setdefault(find(order[names[0]]), []) if names else nobody).append(place)
    together: dict[int, list[int]] = {}
    for place in range(len(units)):
        together.setdefault(find(place), []).append(place)
    shares: list[Share] = []
    own_units: list[int] = []
    own_files: list[int] = []
    for root, members in together.items():
        own_units += members
        own_files += files.get(root, ())
        if len(own_units) >= most or len(own_files) >= 2 * most:
            shares.append(_share(units, own_units, own_files))
            own_units, own_files = [], []
    if own_units or own_files:
        shares.append(_share(units, own_units, own_files))
    pieces = [nobody[start : start + 2 * most] for start in range(0, len(nobody), 2 * most)]
    return [*shares, *(Share((), tuple(piece)) for piece in pieces)]


def _share(units: Sequence[str], places: Sequence[int], files: Sequence[int]) -> Share:
    return Share(tuple(units[place] for place in sorted(places)), tuple(sorted(files)))


def _joined(groups: Sequence[Sequence[int]], count: int) -> Callable[[int], int]:
    """A function that gives one place for all that are tied to each other by groups."""
    above = list(range(count))

    def find(place: int) -> int:
        while above[place] != place:
            above[place] = above[above[place]]
            place = above[place]
        return place

    for group in groups:
        for other in group[1:]:
            one, two = sorted((find(group[0]), find(other)))
            above[two] = one
    return find
