"""One small value for each task × unit of a round, in a byte or two instead of an object."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Generic, TypeVar

Value = TypeVar("Value")

Key = tuple[str, str]
"""Task code and unit."""


class Grid(Mapping[Key, Value], Generic[Value]):
    """Task × unit → value, of values of which there are few different ones (65,535 at most)."""

    def __init__(self, tasks: Sequence[str], units: Sequence[str]) -> None:
        self._tasks = {task: place for place, task in enumerate(tasks)}
        self._units = {unit: place for place, unit in enumerate(units)}
        self._cells = array("H", bytes(2 * len(self._tasks) * len(self._units)))
        self._palette: list[Value | None] = [None]
        self._codes: dict[Value, int] = {}

    def __setitem__(self, key: Key, value: Value) -> None:
        self._cells[self._place(key)] = self._code(value)

    def fill(self, places: Iterable[int], values: Iterable[Value]) -> None:
        """Set many; the place of a key is that of its task times the number of units, plus that of its unit."""
        cells, code = self._cells, self._code
        for place, value in zip(places, values, strict=True):
            cells[place] = code(value)

    def _code(self, value: Value) -> int:
        code = self._codes.get(value)
        if code is None:
            code = self._codes[value] = len(self._palette)
            self._palette.append(value)
        return code

    def __getitem__(self, key: Key) -> Value:
        code = self._cells[self._place(key)]
        if not code:
            raise KeyError(key)
        value: Value = self._palette[code]  # type: ignore[assignment]
        return value

    def _place(self, key: Key) -> int:
        return self._tasks[key[0]] * len(self._units) + self._units[key[1]]

    def __iter__(self) -> Iterator[Key]:
        for task, row in self._tasks.items():
            for unit, column in self._units.items():
                if self._cells[row * len(self._units) + column]:
                    yield task, unit

    def __len__(self) -> int:
        return len(self._cells) - self._cells.count(0)
