"""Where the unit clauses of a paragraph stand, told from brackets and sentences that only look like one.

（牵头单位：…；责任单位：…）, （各街镇、区规划资源局）, （财政部牵头，…按职责分工负责） and a line 责任单位：… are
clauses; （政务公开室）, （珠三角）, （2021—2023年）, 公开政府信息 and 谁起草、谁解读 are not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from toolkit.language.bodies import Shape, level_of, shape
from toolkit.language.text import brackets
from toolkit.language.units import LABEL, VERB, ClauseMemory, read_units

_SENTENCE_END = '。；;！!？?”"》…：:\n、，,.）)'
_LINE_LABEL = re.compile(rf"(?:^|(?<=[\n。；;]))[ \t\u3000]*(?=(?:{LABEL.pattern}))")


@dataclass(frozen=True, slots=True)
class FoundClause:
    """A unit clause in a text: ``text[start:end]`` is all of it, brackets included."""

    start: int
    end: int
    inner: str
    """What :func:`~toolkit.language.units.read_units` reads: without the brackets."""
    certain: bool = True
    """Whether its shape alone tells that it is a clause (a role word, or nothing but names of units)."""


def read_bracket(inner: str, *, ends_sentence: bool = True) -> bool | None:
    """Whether the inside of a bracket is a unit clause: ``True``, ``False``, or ``None`` when that is not sure.

    ``ends_sentence`` says that the bracket stands at the end of a sentence or paragraph; a bracket amid a
    sentence must carry a label or a role verb to be a clause.
    """
    text = inner.strip()
    if len(text) < 2 or len(text) > 2000:
        return False
    if LABEL.match(text):
        clause = read_units(text)
        return True if any(shape(a.name) is not Shape.OTHER for a in clause.assignments) else None
    clause = read_units(text, memory=ClauseMemory())
    shapes = [shape(a.name) for a in clause.assignments]
    if not shapes or Shape.OTHER in shapes:
        named = any(_is_unmistakable(a.name) for a in clause.assignments)
        return None if named and _has_verb(text) else False
    if _has_verb(text):
        return True
    if not ends_sentence:
        return False
    if any(_is_unmistakable(a.name) for a in clause.assignments):
        return True
    return None if Shape.TERRITORY in shapes or len(shapes) > 1 else False


def find_clauses(text: str) -> tuple[FoundClause, ...]:
    """The unit clauses of a paragraph (or of a flattened text), in their order."""
    found = [clause for start, end in brackets(text) if (clause := _bracketed(text, start, end)) is not None]
    for match in _LINE_LABEL.finditer(text):
        start = match.end()
        if any(clause.start <= start < clause.end for clause in found):
            continue
        end = _line_end(text, start)
        inner = text[start:end].strip()
        if (verdict := read_bracket(inner)) is not False:
            found.append(FoundClause(start, end, inner, verdict is True))
    return tuple(sorted(found, key=lambda clause: clause.start))


def _bracketed(text: str, start: int, end: int) -> FoundClause | None:
    inner = text[start + 1 : end]
    before = text[:start].rstrip()
    after = text[end + 1 :].lstrip(" \t\u3000")
    ends = not before or before[-1] in _SENTENCE_END or not after or after[0] in "\n。"
    verdict = read_bracket(inner, ends_sentence=ends)
    if verdict is not True and before and before[-1] not in _SENTENCE_END:
        return None
    return None if verdict is False else FoundClause(start, end + 1, inner, verdict is True)


def _line_end(text: str, start: int) -> int:
    """Where a clause without brackets ends: at its line's end, or at a full stop no other label follows."""
    for match in re.finditer(r"[\n。]", text[start:]):
        place = start + match.start()
        if not LABEL.match(text[place + 1 :].lstrip()):
            return place
    return len(text)


def _has_verb(text: str) -> bool:
    return bool(VERB.search(text))


def _is_unmistakable(name: str) -> bool:
    """Whether a name can only be that of a unit or a collective of units."""
    kind = shape(name)
    return kind is Shape.COLLECTIVE or (kind is Shape.BODY and (bool(level_of(name)) or len(name) >= 3))


__all__ = ["FoundClause", "find_clauses", "read_bracket"]
