"""Which unit or group of the register a written name means.

A closed register wins (A23): a name is read when the register holds it, as name or alias, when only widths, blanks
or brackets differ, or when it is the systematic short name of exactly one unit (区政府办 = 区政府办公室).
Anything else is a suggestion to confirm, never a silent guess.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Literal

from toolkit.language.bodies import LEVELS
from toolkit.language.departments import Department, formerly, named
from toolkit.language.text import essence, fold
from toolkit.model import Roster, Unit

LIKENESS_AT_LEAST = 0.6
"""Below this likeness a name is not even suggested."""


class How(StrEnum):
    """How a name was found."""

    EXACT = "exact"
    ALIAS = "alias"
    """By an alias of the register, or as the systematic short name of one unit."""
    FOLDED = "folded"
    """Only widths, blanks, brackets or a doubled last character differ."""
    SUGGESTION = "suggestion"
    """Not found; ``suggestion`` says which unit it might be."""
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Match:
    """What a written name means."""

    name: str | None
    """The name in the register, ``None`` when it is not settled."""
    kind: Literal["unit", "group"] | None
    how: How
    likeness: float = 1.0
    reason: str = ""
    """In Chinese, for the clerk."""
    suggestion: str | None = None
    """A unit or group it might be, to be confirmed by a person."""


class Names:
    """The names of a register, made for many look-ups."""

    def __init__(self, roster: Roster) -> None:
        self.roster = roster
        self.units: dict[str, Unit] = {}
        for unit in roster.units:
            self.units.setdefault(unit.name, unit)
        self.groups = {group.name: group for group in roster.joined().groups}
        self._kinds: dict[str, Literal["unit", "group"]] = dict.fromkeys(self.groups, "group")
        self._kinds.update(dict.fromkeys(self.units, "unit"))
        self._aliases = _unique((alias, unit.name) for unit in roster.units for alias in unit.aliases)
        self._folded = _unique(
            [
                *((_key(name), name) for name in self._kinds),
                *((_key(alias), name) for alias, name in self._aliases.items()),
            ]
        )
        self._found: dict[str, Match] = {}

    def find(self, text: str) -> Match:
        """What a written name means."""
        if text not in self._found:
            self._found[text] = self._find(text)
        return self._found[text]

    def _find(self, text: str) -> Match:
        text = text.strip()
        if text in self._kinds:
            return self._match(text, How.EXACT)
        if (unit := self._aliases.get(text)) is not None:
            return self._match(unit, How.ALIAS, f"“{text}”是名录中“{unit}”的简称")
        key = _key(text)
        if not key:
            return Match(None, None, How.NONE, 0.0)
        if (name := self._folded.get(key)) is not None:
            return self._match(name, How.FOLDED, f"“{text}”与“{name}”只有全半角、空格或括号的差别")
        if (name := self._folded.get(without_doubling(key))) is not None:
            return self._match(name, How.FOLDED, f"“{text}”末字重复，应为“{name}”")
        return self._by_table(text, key) or self._suggest(text, key)

    def _match(self, name: str, how: How, reason: str = "") -> Match:
        return Match(name, self._kinds[name], how, 1.0, reason)

    def _by_table(self, text: str, key: str) -> Match | None:
        """The one unit that is the same department of the same level."""
        wanted = identities(key)
        same = sorted({name for identity in wanted for name in self._by_identity.get(identity, ())})
        if len(same) == 1:
            return self._match(same[0], How.ALIAS, f"“{text}”是“{same[0]}”的通行简称或全称")
        return None

    @cached_property
    def _by_identity(self) -> dict[tuple[str, Department | str], list[str]]:
        """(level, department) → the units that are it."""
        table: dict[tuple[str, Department | str], list[str]] = defaultdict(list)
        for unit in self.units.values():
            for name in (unit.name, *unit.aliases):
                for identity in identities(_key(name)):
                    if unit.name not in table[identity]:
                        table[identity].append(unit.name)
        return table

    def _suggest(self, text: str, key: str) -> Match:
        """The most alike name, as a suggestion only."""
        if (by_reform := self._by_reform(text, key)) is not None:
            return by_reform
        if (by_level := self._by_level(text, key)) is not None:
            return by_level
        from rapidfuzz import fuzz, process

        best = process.extractOne(key, self._keys, scorer=fuzz.ratio, score_cutoff=LIKENESS_AT_LEAST * 100)
        if best is None:
            return Match(None, None, How.NONE, 0.0)
        likeness, name = best[1] / 100, self._folded[best[0]]
        reason = f"“{text}”与“{name}”字面相似（{likeness:.0%}）"
        return Match(None, None, How.SUGGESTION, likeness, reason, name)

    @cached_property
    def _keys(self) -> list[str]:
        return list(self._folded)

    def _by_reform(self, text: str, key: str) -> Match | None:
        """The unit that took over the body of this name."""
        for level, stem in _levels(key):
            for department in formerly(stem):
                for name in self._by_identity.get((level, department), ()):
                    law = dict(department.former)[stem]
                    reason = f"“{stem}”的职责已并入“{department.name}”（{law}）"
                    return Match(None, None, How.SUGGESTION, 0.9, reason, name)
        return None

    def _by_level(self, text: str, key: str) -> Match | None:
        """The one unit that is this department where level or place is told otherwise (教育局, 云岭市教育局)."""
        for stem in _tails(key):
            places = {
                name for d in named(stem) for (_, it), names in self._by_identity.items() if it == d for name in names
            }
            if len(places) == 1:
                name = places.pop()
                reason = f"“{text}”与“{name}”是同一部门，但层级或地名写法不同"
                return Match(None, None, How.SUGGESTION, 0.9, reason, name)
        return None


def identities(key: str) -> set[tuple[str, Department | str]]:
    """What a name may be: (level, department) for each reading of it; 区政府 and 区人民政府 are one."""
    found: set[tuple[str, Department | str]] = {
        (level, department) for level, stem in _levels(key) for department in named(stem)
    }
    if (place := re.fullmatch(r"(.{1,12}?[省市县区州盟旗镇乡])(?:人民)?政府", key)) is not None:
        found.add((place[1], "政府"))
    return found


def _levels(key: str) -> list[tuple[str, str]]:
    """The ways to part a name into the word of its level and the rest."""
    return [(level, key[len(level) :]) for level in LEVELS if key.startswith(level) and len(key) > len(level) + 1]


def _tails(key: str) -> list[str]:
    """The ends of a name that are a department's name, longest first: 云岭市教育局 → 教育局."""
    return [key[start:] for start in range(max(len(key) - 1, 0)) if named(key[start:])]


def _key(text: str) -> str:
    return essence(fold(text))


def without_doubling(key: str) -> str:
    """A name without a doubled last character: 市司法局局 → 市司法局."""
    return key[:-1] if len(key) > 2 and key[-1] == key[-2] else key


def _unique(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The pairs whose first part leads to one second part only."""
    table: dict[str, set[str]] = defaultdict(set)
    for first, second in pairs:
        table[first].add(second)
    return {first: next(iter(seconds)) for first, seconds in table.items() if len(seconds) == 1}
