"""Where the unit clauses of a paragraph stand, told from brackets and sentences that only look like one.

（牵头单位：…；责任单位：…）, （各街镇、区规划资源局）, （财政部牵头，…按职责分工负责）, a line 责任单位：…
and a last sentence 由市教育局牵头，市财政局配合。 are clauses; （政务公开室）, （珠三角）, （2021—2023年）,
（公开政府信息） and （谁起草、谁解读） are not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from toolkit.language.bodies import Shape, is_bare_noun, is_national, level_of, shape
from toolkit.language.departments import is_stem
from toolkit.language.roles import LABEL, OTHER_LABEL, VERB
from toolkit.language.text import brackets
from toolkit.language.units import LONGEST_CLAUSE, UnitClause, read_units
from toolkit.model import Role

__all__ = ["ClauseKind", "FoundClause", "find_clauses", "is_unmistakable", "read_bracket"]


def _unnamed(pattern: str) -> str:
    """A pattern without the names of its groups, to stand beside itself."""
    return re.sub(r"\(\?P<\w+>", "(?:", pattern)


_SENTENCE_END = '。；;！!？?”"》…：:\n、，,.）)'
_SQUARE = re.compile(r"[【［\[〔](?P<inner>[^【】［］\[\]〔〕]{4,400})[】］\]〕]")
"""Brackets of other shapes: 【责任单位：…】."""
_MAY_NAME = re.compile(r"(?!.*[谁者其自的要须])[\u4e00-\u9fff（）()A-Za-z]{3,16}")
_DASHED = re.compile(r"^[ \t\u3000]*[—–\-－]{1,4}(?P<inner>[^\n。]{3,300}?)[。；;]?[ \t\u3000]*$", re.MULTILINE)
"""A line behind a dash: ——市水利局负责."""
_CALLED_ON = re.compile(r"\s*(?P<units>[^：:，,。；;\n]{3,60})(?P<colon>[：:])(?=[^\n\d]{6})(?!.*(?:电话|邮箱|传真))")
"""The units a paragraph calls on: 市教育局：负责…"""
_LABEL_BEHIND = re.compile(
    rf"(?:{OTHER_LABEL.pattern}[^\n。]{{1,40}}?[\s；;，,]|[^\n。：:、]{{1,16}}[；;])\s*(?={LABEL.pattern})"
)
"""What may stand before the first label: who leads in person, by when, how often."""
_LINE_LABEL = re.compile(
    rf"(?:^|(?<=[\n。；;]))[ \t\u3000]*"
    rf"(?=(?:{OTHER_LABEL.pattern}[^\n。]{{1,40}}?[\s；;，,])?{_unnamed(LABEL.pattern)})"
)
_LAST_SENTENCE = re.compile(r"(?:^|(?<=[。；;！!]))[^。；;！!\n]+(?=[。；;]?[ \t\u3000]*$)", re.MULTILINE)
_MARKED = re.compile(
    r"各|有关|相关|属地|(?:市|省|县|区|州|旗)(?:直|属|级)|成员单位|国务院|地方|主管部门|主管机关|职能部门"
)
_MINISTRY = re.compile(r"[^\W\d_]{2,}(?:部|委|总局|署|办公厅|银行|会|最高人民法院|最高人民检察院)")


class ClauseKind(StrEnum):
    """How a clause is set off from the text."""

    BRACKET = "bracket"
    LINE = "line"
    """A line, or the end of one, that begins with a label: 责任单位：…"""
    SENTENCE = "sentence"
    """The last sentence of a paragraph: 由…牵头，…配合。"""


@dataclass(frozen=True, slots=True)
class FoundClause:
    """A unit clause in a text: ``text[start:end]`` is all of it, brackets included."""

    start: int
    end: int
    inner: str
    """What :func:`~toolkit.language.units.read_units` reads: without the brackets."""
    certain: bool = True
    """Whether its shape alone tells that it is a clause (a role word, or nothing but names of units)."""
    kind: ClauseKind = ClauseKind.BRACKET


def read_bracket(inner: str, *, ends_sentence: bool = True) -> bool | None:
    """Whether the inside of a bracket is a unit clause: ``True``, ``False``, or ``None`` when that is not sure.

    ``ends_sentence`` says that the bracket stands at the end of a sentence or paragraph; a bracket amid a
    sentence must carry a label or a role verb to be a clause.
    """
    text = inner.strip()
    if not 2 <= len(text) <= LONGEST_CLAUSE:
        return False
    clause = read_units(text)
    shapes = [shape(a.name) for a in clause.assignments]
    if LABEL.match(text) or _LABEL_BEHIND.match(text):
        return True if any(s is not Shape.OTHER for s in shapes) else None if shapes else False
    told = VERB.search(text) is not None
    if Shape.OTHER in shapes or not shapes:
        named = any(map(is_unmistakable, _names(clause))) or (ends_sentence and _ends_with_role(text, clause))
        return None if told and named else False
    if not any(map(is_unmistakable, _names(clause))):
        places = len(shapes) > 1 and all(s is Shape.TERRITORY for s in shapes)
        bodies = len(shapes) > 1 and all(s is Shape.BODY for s in shapes) and clause.certain
        return None if ends_sentence and (told or places or bodies) else False
    return told or ends_sentence


def _ends_with_role(text: str, clause: UnitClause) -> bool:
    """Whether a bracket ends with what short names do, though nothing shows that they are units: 物流港专班负责."""
    names = _names(clause)
    ends = any(verb.end() == len(text) for verb in VERB.finditer(text))
    return ends and bool(names) and all(map(_MAY_NAME.fullmatch, names))


def find_clauses(text: str) -> tuple[FoundClause, ...]:
    """The unit clauses of a paragraph (or of a text of many lines, or flattened into one), in their order."""
    found = [clause for start, end in brackets(text) if (clause := _bracketed(text, start, end)) is not None]
    for match in _SQUARE.finditer(text):
        if not _overlaps(found, match.start(), match.end()) and read_bracket(match["inner"]) is True:
            found.append(FoundClause(match.start(), match.end(), match["inner"]))
    for match in _DASHED.finditer(text):
        if not _overlaps(found, match.start(), match.end()) and read_bracket(match["inner"]) is True:
            found.append(FoundClause(match.start(), match.end(), match["inner"].strip(), kind=ClauseKind.LINE))
    if (named := _CALLED_ON.match(text)) is not None and _names_only_units(named["units"]):
        found.append(FoundClause(0, named.end("colon"), named["units"], kind=ClauseKind.LINE))
    for match in _LINE_LABEL.finditer(text):
        start = match.end()
        end = _line_end(text, start)
        if not _overlaps(found, start, end) and (verdict := read_bracket(text[start:end])) is not False:
            found.append(FoundClause(start, end, text[start:end].strip(), verdict is True, ClauseKind.LINE))
    for match in _LAST_SENTENCE.finditer(text):
        line_start = text.rfind("\n", 0, match.start()) + 1
        if not _overlaps(found, line_start, match.end()) and _is_clause_sentence(match.group()):
            found.append(FoundClause(match.start(), match.end(), match.group().strip(), kind=ClauseKind.SENTENCE))
    return tuple(sorted(found, key=lambda clause: clause.start))


def _names_only_units(text: str) -> bool:
    clause = read_units(text)
    return clause.certain and all(map(is_unmistakable, _names(clause)))


def _bracketed(text: str, start: int, end: int) -> FoundClause | None:
    before = text[:start].rstrip()
    after = text[end + 1 :].lstrip(" \t\u3000")
    ends = not before or before[-1] in _SENTENCE_END or not after or after[0] in "\n。"
    verdict = read_bracket(text[start + 1 : end], ends_sentence=ends)
    if verdict is not True and before and before[-1] not in _SENTENCE_END:
        return None
    return None if verdict is False else FoundClause(start, end + 1, text[start + 1 : end], verdict is True)


def _overlaps(found: list[FoundClause], start: int, end: int) -> bool:
    return any(clause.start < end and start < clause.end for clause in found)


def _line_end(text: str, start: int) -> int:
    """Where a clause without brackets ends: at its line's end, or at a full stop no other label follows."""
    for match in re.finditer(r"[\n。]", text[start:]):
        place = start + match.start()
        if not LABEL.match(text[place + 1 :].lstrip()):
            return place
    return len(text)


def _is_clause_sentence(sentence: str) -> bool:
    """Whether a whole sentence says who leads or answers, and nothing else."""
    verbs = list(VERB.finditer(sentence))
    if not verbs or verbs[-1].end() < len(sentence.rstrip()):
        return False
    clause = read_units(sentence)
    takes_on = any(assignment.role is not Role.SUPPORT for assignment in clause.assignments)
    return takes_on and clause.certain and all(map(is_unmistakable, _names(clause)))


def _names(clause: UnitClause) -> list[str]:
    return [assignment.name for assignment in clause.assignments]


def is_unmistakable(name: str) -> bool:
    """Whether a name can only be that of a unit or a collective of units."""
    kind = shape(name)
    if kind is Shape.COLLECTIVE:
        return bool(_MARKED.search(name)) and not is_bare_noun(name)
    if kind is Shape.TERRITORY:
        return False
    return kind is Shape.BODY and bool(
        level_of(name) or is_stem(name) or is_national(name) or _MINISTRY.fullmatch(name) or "（" in name or "(" in name
    )
