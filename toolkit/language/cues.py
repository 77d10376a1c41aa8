"""Patterns that look for one of their signs first: most clauses hold none, and are spared the search."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from toolkit.language.cue_signs import SIGNS


@dataclass(frozen=True, slots=True)
class Cue:
    """A pattern with its signs: characters of which every match holds at least one.

    The signs are drawn from the pattern by ``tests/rules/signs.py``; a cue it does not know yet searches at once.
    """

    name: str
    pattern: re.Pattern[str]
    signs: re.Pattern[str] = field(init=False)

    def __post_init__(self) -> None:
        signs = SIGNS.get(self.name)
        object.__setattr__(self, "signs", re.compile(f"[{re.escape(signs)}]" if signs else ""))

    def search(self, text: str) -> re.Match[str] | None:
        """The first match, as :meth:`re.Pattern.search` has it."""
        return self.pattern.search(text) if self.signs.search(text) else None

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Every match."""
        return self.pattern.finditer(text) if self.signs.search(text) else iter(())

    def sub(self, other: str, text: str) -> str:
        """The text with every match replaced."""
        return self.pattern.sub(other, text) if self.signs.search(text) else text


def cue(name: str, pattern: str) -> Cue:
    """A cue by its name in the table of signs."""
    return Cue(name, re.compile(pattern))
