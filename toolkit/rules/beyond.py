"""What part of a round must know of the rest, so that it is judged as if all of it were at hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

Key = tuple[str, str]
"""Task code and unit."""

_NAMED = 30
"""Units named in one message."""


@dataclass(slots=True)
class Behind:
    """The units of a task that report one status, the first of them by name."""

    first: list[tuple[int, str]] = field(default_factory=list)
    """Place in the fixed order, and name."""
    count: int = 0

    def add(self, place: int, unit: str) -> None:
        """One more; only so many are kept by name as are told."""
        self.join(Behind([(place, unit)], 1))

    def join(self, other: Behind) -> None:
        """Those of another part of the round too."""
        self.count += other.count
        self.first += other.first
        if len(self.first) > 2 * _NAMED:
            self.first = sorted(self.first)[:_NAMED]

    def said(self, status: str) -> str:
        """``甲局、乙局 报“推进中”``."""
        names = "、".join(unit for _, unit in sorted(self.first)[:_NAMED])
        more = f" 等 {self.count} 家单位" if self.count > _NAMED else ""
        return f"{names}{more} 报“{status}”"


def said(behind: Mapping[str, Behind]) -> str:
    """Who of a task is behind, by status, the unit that comes first first; empty for nobody."""
    return "；".join(
        units.said(status) for status, units in sorted(behind.items(), key=lambda item: min(item[1].first))
    )


@dataclass(frozen=True, slots=True)
class Echo:
    """Where the same wording stands."""

    names: tuple[str, ...]
    """The first of the tasks or units."""
    count: int
    likeness: float


@dataclass(frozen=True, slots=True)
class Echoes:
    """The same wording as an entry has: in other tasks of the unit, and at other units."""

    within: Echo | None = None
    across: Echo | None = None


@dataclass(frozen=True)
class Beyond:
    """What the rules that look across units found in the whole round."""

    behind: Mapping[str, str]
    """Task → who of it is behind."""
    echoes: Mapping[Key, Echoes]
    """Entry → where else its wording stands."""
