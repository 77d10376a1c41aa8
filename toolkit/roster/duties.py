"""Who owes what, in a few bytes a duty: a task for everybody reaches a hundred thousand units."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import overload

from toolkit.model import Duty


class Duties(Sequence[Duty]):
    """Duties in the order they were added, made anew each time they are looked at."""

    def __init__(self, duties: Iterable[Duty] = ()) -> None:
        self._units: list[str] = []
        self._places: dict[str, int] = {}
        self._terms: list[Duty] = []  # without a unit: what many owe alike
        self._known: dict[Duty, int] = {}
        self._unit_of = array("I")
        self._terms_of = array("I")
        if isinstance(duties, Duties):
            self.__dict__.update(duties.__dict__)
        else:
            for duty in duties:
                self._add(duty)

    def _add(self, duty: Duty) -> None:
        if (place := self._places.get(duty.unit)) is None:
            place = self._places[duty.unit] = len(self._units)
            self._units.append(duty.unit)
        terms = Duty(duty.task, "", duty.role, duty.via, duty.due)
        if (number := self._known.get(terms)) is None:
            number = self._known[terms] = len(self._terms)
            self._terms.append(terms)
        self._unit_of.append(place)
        self._terms_of.append(number)

    @property
    def units(self) -> Sequence[str]:
        """Every unit that owes a task, as they first appear."""
        return self._units

    def parts(self, part_of: Mapping[str, int], count: int) -> list[Picked]:
        """The duties of so many groups of units, each in their order; ``part_of`` tells the group of each unit."""
        parts = [array("I") for _ in range(count)]
        groups = [part_of[unit] for unit in self._units]
        for number, place in enumerate(self._unit_of):
            parts[groups[place]].append(number)
        return [Picked(self, part) for part in parts]

    @overload
    def __getitem__(self, place: int) -> Duty: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[Duty]: ...

    def __getitem__(self, place: int | slice) -> Duty | Sequence[Duty]:
        if isinstance(place, slice):
            return tuple(self[number] for number in range(*place.indices(len(self))))
        terms = self._terms[self._terms_of[place]]
        return Duty(terms.task, self._units[self._unit_of[place]], terms.role, terms.via, terms.due)

    def __iter__(self) -> Iterator[Duty]:
        units, terms = self._units, self._terms
        for place, number in zip(self._unit_of, self._terms_of, strict=True):
            same = terms[number]
            yield Duty(same.task, units[place], same.role, same.via, same.due)

    def __len__(self) -> int:
        return len(self._unit_of)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and len(self) == len(other) and all(map(Duty.__eq__, self, other))

    def __hash__(self) -> int:
        return hash((len(self), tuple(self._terms)))


class Picked(Sequence[Duty]):
    """Some of the duties."""

    def __init__(self, duties: Duties, places: array[int]) -> None:
        self._duties = duties
        self._places = places

    @overload
    def __getitem__(self, place: int) -> Duty: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[Duty]: ...

    def __getitem__(self, place: int | slice) -> Duty | Sequence[Duty]:
        if isinstance(place, slice):
            return tuple(map(self._duties.__getitem__, self._places[place]))
        return self._duties[self._places[place]]

    def __len__(self) -> int:
        return len(self._places)

    def __reduce__(self) -> tuple[type[tuple[Duty, ...]], tuple[tuple[Duty, ...]]]:
        return tuple, (tuple(self),)
