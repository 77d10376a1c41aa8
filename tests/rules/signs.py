"""Draws the signs of the cues from their patterns: ``python tests/rules/signs.py`` writes them.

A sign is a character of which every match must hold at least one.  Of the parts of a pattern that must all be there,
the one is taken whose characters are the rarest in the clean answers of the batches.
"""

from __future__ import annotations

import re._constants as code  # type: ignore[import-not-found]
import re._parser as parser  # type: ignore[import-not-found]
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import batches

from toolkit.language import progress_counts, progress_done, progress_names, progress_open, progress_scopes
from toolkit.language.cues import Cue

MODULES = (progress_names, progress_scopes, progress_open, progress_done, progress_counts)
TARGET = Path(__file__).parents[2] / "toolkit/language/cue_signs.py"
TOO_MANY = 140


def cues() -> Iterator[Cue]:
    """Every cue of the grammar."""
    for module in MODULES:
        for value in vars(module).values():
            found = value if isinstance(value, tuple) else (value,)
            yield from (cue for cue in found if isinstance(cue, Cue))


def draw(nodes: Any, common: Counter[str]) -> set[str] | None:
    """The rarest set of characters of which a match of these nodes must hold one; None when there is no such set."""
    drawn = [signs for op, value in nodes if (signs := _of(op, value, common)) is not None]
    return min(drawn, key=lambda signs: (sum(common[sign] for sign in signs), sorted(signs)), default=None)


def _of(op: Any, value: Any, common: Counter[str]) -> set[str] | None:
    if op is code.LITERAL:
        return {chr(value)}
    if op is code.IN:
        return _of_class(value)
    if op is code.SUBPATTERN:
        return draw(value[3], common)
    if op is code.BRANCH:
        branches = [draw(branch, common) for branch in value[1]]
        return None if None in branches else set().union(*filter(None, branches))
    if op in (code.MAX_REPEAT, code.MIN_REPEAT) and value[0] >= 1:
        return draw(value[2], common)
    if op is code.ASSERT and value[0] == 1:
        return draw(value[1], common)
    return None


def _of_class(members: Any) -> set[str] | None:
    signs: set[str] = set()
    for op, value in members:
        if op is code.LITERAL:
            signs.add(chr(value))
        elif op is code.RANGE:
            signs.update(map(chr, range(value[0], value[1] + 1)))
        elif op is code.CATEGORY and value is code.CATEGORY_DIGIT:
            signs.update("0123456789")
        else:
            return None
    return signs


def holds(nodes: Any, signs: set[str]) -> bool:
    """Whether every match of these nodes holds one of the signs."""
    return any(_must_hold(op, value, signs) for op, value in nodes)


def _must_hold(op: Any, value: Any, signs: set[str]) -> bool:
    if op is code.BRANCH:
        return all(holds(branch, signs) for branch in value[1])
    if op is code.SUBPATTERN:
        return holds(value[3], signs)
    if op in (code.MAX_REPEAT, code.MIN_REPEAT):
        return value[0] >= 1 and holds(value[2], signs)
    if op is code.ASSERT:
        return value[0] == 1 and holds(value[1], signs)
    drawn = _of(op, value, Counter())
    return drawn is not None and drawn <= signs


def write() -> None:
    """Draw all signs anew."""
    clean = (a.text for p in sorted(batches.FOLDER.glob("*.txt")) for a in batches.read(p) if a.section == "clean")
    common = Counter(char for text in clean for char in set(text))
    lines = [
        '"""The signs of the cues, drawn from their patterns by ``tests/rules/signs.py``."""',
        "",
        "SIGNS: dict[str, str] = {",
    ]
    for cue in cues():
        signs = draw(parser.parse(cue.pattern.pattern), common)
        if signs and len(signs) <= TOO_MANY:
            lines += [f'    "{cue.name}": (', *_wrapped("".join(sorted(signs))), "    ),"]
    TARGET.write_text("\n".join([*lines, "}", ""]), "utf-8")


def _wrapped(signs: str) -> list[str]:
    return [f'        "{signs[place : place + 50]}"' for place in range(0, len(signs), 50)]


if __name__ == "__main__":
    write()
