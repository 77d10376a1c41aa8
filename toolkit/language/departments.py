"""The usual departments of provinces, cities and counties: the table ``departments.toml`` and its look-up."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_TABLE = Path(__file__).with_name("departments.toml")
KINDS = ("party", "congress", "office", "department", "agency", "institution", "mass", "justice")
"""The kinds of departments in the order in which offices list them."""


@dataclass(frozen=True, slots=True)
class Department:
    """One department by any of its names, each without the word of its level (发展和改革委员会, 发改委)."""

    names: tuple[str, ...]
    short: tuple[str, ...]
    former: tuple[tuple[str, str], ...]
    """Names of bodies that a reform merged into this one → the document that did so."""
    kind: str
    source: str
    """The document by which the body exists in this form."""
    place: int
    """Its row in the table, which is the usual order of departments."""

    @property
    def name(self) -> str:
        """The usual full name."""
        return self.names[0]


@cache
def departments() -> tuple[Department, ...]:
    """The table, in its own order."""
    data = tomllib.loads(_TABLE.read_text(encoding="utf-8"))
    sources: dict[str, str] = data["sources"]
    return tuple(
        Department(
            names=tuple(row["names"]),
            short=tuple(row["short"]),
            former=tuple((name, sources[key]) for name, key in row.get("former", {}).items()),
            kind=row["kind"],
            source=sources[row["source"]],
            place=place,
        )
        for place, row in enumerate(data["department"])
    )


@cache
def _by_stem() -> dict[str, tuple[Department, ...]]:
    stems: dict[str, tuple[Department, ...]] = {}
    for department in departments():
        for stem in department.names + department.short:
            stems[stem] = (*stems.get(stem, ()), department)
    return stems


@cache
def _by_former() -> dict[str, tuple[Department, ...]]:
    stems: dict[str, tuple[Department, ...]] = {}
    for department in departments():
        for stem, _ in department.former:
            stems[stem] = (*stems.get(stem, ()), department)
    return stems


def named(stem: str) -> tuple[Department, ...]:
    """The departments that go by this name without its level; several share some short names (住建委)."""
    return _by_stem().get(stem, ())


def formerly(stem: str) -> tuple[Department, ...]:
    """The departments that took over the body of this name in a reform."""
    return _by_former().get(stem, ())


def is_stem(text: str) -> bool:
    """Whether a text is the name of a department, now or before a reform, without the word of its level."""
    return text in _by_stem() or text in _by_former()
