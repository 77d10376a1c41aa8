"""Which unit or group of the register a written name means.

A closed register wins (A23): a name is read when the register holds it, as name or alias, when only widths, blanks
or brackets differ, or when it is the systematic short name of exactly one unit (区政府办 = 区政府办公室).
Anything else is a suggestion to confirm, never a silent guess.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Literal

from toolkit.language.bodies import LEVELS, Shape, shape, without_brackets
from toolkit.language.departments import Department, formerly, named
from toolkit.language.text import essence, fold
from toolkit.model import Roster, Unit

LIKENESS_AT_LEAST = 0.6
"""Below this likeness a name is not even suggested."""


_ORGANS = ("政府", "办事处", "管委会")

Identity = tuple[str, Department]
"""The word of its level, and the department."""


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
                *((fold_name(name), name) for name in self._kinds),
                *((fold_name(alias), name) for alias, name in self._aliases.items()),
            ]
        )
        self._without_plates = _unique((fold_name(without_brackets(name)), name) for name in self.units)
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
        key = fold_name(text)
        if not key:
            return Match(None, None, How.NONE, 0.0)
        if (name := self._folded.get(key)) is not None:
            return self._match(name, How.FOLDED, f"“{text}”与“{name}”只有全半角、空格、标点或“人民”二字的差别")
        if (name := self._folded.get(without_doubling(key))) is not None:
            return self._match(name, How.FOLDED, f"“{text}”末字重复，应为“{name}”")
        return self._by_plate(text) or self._by_table(text, key) or self._suggest(text, key)

    def _match(self, name: str, how: How, reason: str = "") -> Match:
        return Match(name, self._kinds[name], how, 1.0, reason)

    def _by_plate(self, text: str) -> Match | None:
        """The one unit that differs only by a second name-plate in brackets: 市水务局（市海洋局）."""
        core = fold_name(without_brackets(text))
        name = self._without_plates.get(core)
        if name is None or (core == fold_name(text) and fold_name(name) == core):
            return None
        return self._match(name, How.ALIAS, f"“{text}”与“{name}”只差括号里加挂的牌子")

    def _by_table(self, text: str, key: str) -> Match | None:
        """The one unit that is the same department of the same level, or the government of the place."""
        same = sorted({name for identity in identities(key) for name in self._by_identity.get(identity, ())})
        if len(same) == 1:
            return self._match(same[0], How.ALIAS, f"“{text}”是“{same[0]}”的通行简称或全称")
        places = sorted({self._folded[organ] for organ in _organs(key) if organ in self._folded})
        if len(places) == 1 and shape(text) in (Shape.TERRITORY, Shape.BODY):
            return self._match(places[0], How.ALIAS, f"“{text}”与“{places[0]}”指同一地方的政府或派出机构")
        return None

    @cached_property
    def _by_identity(self) -> dict[Identity, list[str]]:
        """(level, department) → the units that are it."""
        table: dict[Identity, list[str]] = defaultdict(list)
        for unit in self.units.values():
            for name in (unit.name, *unit.aliases):
                for identity in identities(fold_name(name)):
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


def identities(key: str) -> set[Identity]:
    """What a folded name may be: (level, department) for each reading of it."""
    return {(level, department) for level, stem in _levels(key) for department in named(stem)}


def _organs(key: str) -> list[str]:
    """The organ of a place, and the place of an organ: 松湾区 → 松湾区政府, 永安街道办事处 → 永安街道."""
    return [key + organ for organ in _ORGANS] + [
        key.removesuffix(organ) for organ in _ORGANS if key.endswith(organ) and len(key) > len(organ) + 2
    ]


def _levels(key: str) -> list[tuple[str, str]]:
    """The ways to part a name into the word of its level and the rest."""
    return [(level, key[len(level) :]) for level in LEVELS if key.startswith(level) and len(key) > len(level) + 1]


def _tails(key: str) -> list[str]:
    """The ends of a name that are a department's name, longest first: 云岭市教育局 → 教育局."""
    return [key[start:] for start in range(max(len(key) - 1, 0)) if named(key[start:])]


def fold_name(text: str) -> str:
    """A name without what does not matter: widths, blanks, punctuation, 人民 of 人民政府."""
    return essence(fold(text)).replace("人民政府", "政府")


def without_doubling(key: str) -> str:
    """A name without a doubled last character: 市司法局局 → 市司法局."""
    return key[:-1] if len(key) > 2 and key[-1] == key[-2] else key


def _unique(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The pairs whose first part leads to one second part only."""
    table: dict[str, set[str]] = defaultdict(set)
    for first, second in pairs:
        table[first].add(second)
    return {first: next(iter(seconds)) for first, seconds in table.items() if len(seconds) == 1}
