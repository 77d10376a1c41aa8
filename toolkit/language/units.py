"""Unit clauses: who leads, who is responsible and who supports, read out of official Chinese.

    （牵头单位：市教育局；配合单位：市财政局、各县区政府）
    市民政局牵头,市直各单位、各直属企业,各乡镇政府负责落实
    （财政部牵头，国务院相关部门及各地区按职责分工负责）

Conventions: SCHEMA.md of the corpus.  A clause is a row of sections, each begun by a label (牵头单位：) or ended
by a verb (…牵头, …配合); a section is a list of names (:mod:`toolkit.language.namelists`).  Whatever the
grammar does not cover is read as well as can be and said in ``reasons``: certainty is never claimed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from toolkit.language.bodies import Shape, is_group_name, level_of, shape
from toolkit.language.collectives import join_names, split_names
from toolkit.language.deadlines import tells_time
from toolkit.language.namelists import NameList, parse
from toolkit.language.roles import BOUNDARY, LABEL, OTHER_LABEL, ROLE_WORD, VERB, close_labels, role_of
from toolkit.language.text import brackets, deepest, unwrapped
from toolkit.model import Assignment, Role

__all__ = ["ClauseMemory", "UnitClause", "is_group_name", "join_names", "read_units", "split_names"]


@dataclass(frozen=True, slots=True)
class UnitClause:
    """What a unit clause says."""

    assignments: tuple[Assignment, ...] = ()
    members: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Collective → the members that a bracket names or defines."""
    reasons: tuple[str, ...] = ()
    """Why the reading is not certain, in Chinese, for the clerk."""
    others: tuple[tuple[str, str], ...] = ()
    """Labelled parts that name no units: 完成时限 → 2024年底前."""

    @property
    def certain(self) -> bool:
        """Whether the grammar covered the whole clause."""
        return not self.reasons


@dataclass(slots=True)
class ClauseMemory:
    """What one clause of a notice says about all later ones (下同)."""

    first_leads: bool = False
    """The first unit named is the lead where no role is told."""
    rest_supports: bool = False
    """The others then support."""
    star_leads: bool = False
    """A unit marked with a star is the lead."""

    def note(self, sentence: str) -> bool:
        """Take in a sentence such as 第一个单位为牵头单位; whether it was such a rule."""
        first, star = bool(_FIRST_LEADS.search(sentence)), bool(_STAR_LEADS.search(sentence))
        self.first_leads |= first
        self.star_leads |= star
        rest = self.first_leads and bool(_REST_SUPPORTS.search(sentence))
        self.rest_supports |= rest
        return first or star or rest


_FIRST_LEADS = re.compile(
    r"(?:第一(?:个|位|家)?|排(?:名|序|列)?(?:在)?(?:第一|首位|最前)(?:位)?|列(?:在)?(?:第一|首位)(?:位)?|首位|首个)的?"
    r"(?:责任)?(?:单位|部门)?(?:的)?(?:均)?(?:为|是|系|即为)(?:总)?牵头(?:责任)?(?:单位|部门)?"
)
_REST_SUPPORTS = re.compile(
    r"(?:其余|其他|其它|后面)的?(?:责任)?(?:单位|部门)?(?:均|都)?(?:为|是|系)(?:配合|协办|协助|参与)"
)
_STAR_LEADS = re.compile(
    r"(?:带|标|标注|加|注)有?[“\"]?[*＊★☆▲△●※]号?[”\"]?(?:号)?的?(?:单位|部门)?(?:均)?(?:为|是)牵头"
)

LONGEST_CLAUSE = 4000
"""Characters; the longest clause met names 60 units."""
_DEEPEST = 6
"""Brackets inside brackets."""
_VERB_WITH_OBJECT = re.compile(r"(?:牵头|负责|配合|协助)(?=[^，,；;。、\s])")
_DIGIT_OR_TIME = re.compile(r"\d|年|月|季度|长期|持续")
_JOINTLY = re.compile(r"会同|商请|协同")
_BY = re.compile(r"^[\s，,；;。、|]*(?:其中|并)?[，,]?(?:由|请|以)?")


@dataclass(slots=True)
class _Draft:
    """A clause while it is read."""

    assignments: list[Assignment] = field(default_factory=list)
    members: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)
    others: list[tuple[str, str]] = field(default_factory=list)
    starred: list[str] = field(default_factory=list)
    told_lead: bool = False
    level: str = ""

    def add(self, text: str, role: Role) -> None:
        """Read a list of names into this role."""
        text = _BY.sub("", text)
        joint = _joint_parts(text)
        if joint is not None:
            first, rest = joint
            if first:
                self._take(parse(first, self.level), role)
                if role is not Role.LEAD:
                    self.reasons.append("“会同”前后单位的职责不能确定")
            self._take(parse(rest, self.level), Role.RESPONSIBLE if role is Role.LEAD and first else role)
            return
        self._take(parse(text, self.level), role)

    def _take(self, names: NameList, role: Role) -> None:
        self.members += names.members
        self.reasons += names.doubts
        for named in names.names:
            own = named.role or role
            self.told_lead |= own is Role.LEAD
            if named.starred:
                self.starred.append(named.name)
            self.level = level_of(named.name) or self.level
            before = next((a for a in self.assignments if a.name == named.name), None)
            if before is None:
                self.assignments.append(Assignment(own, named.name, named.except_for))
            elif before.role is not own:
                self.reasons.append(f"“{named.name}”在同一处有两种职责，按先出现的计")


def read_units(text: str, default: Role = Role.RESPONSIBLE, memory: ClauseMemory | None = None) -> UnitClause:
    """Read a unit clause.

    ``text`` is the inside of a bracket, a cell, or a line (brackets around the whole are taken off);
    ``default`` is the role of units that no word gives one (that of the table's column); ``memory`` holds
    what earlier clauses of the notice said about all (下同) and learns from this one.
    """
    if len(text) > LONGEST_CLAUSE or deepest(text) > _DEEPEST:
        return UnitClause(reasons=("文字太长或括号太多，不像单位",))
    memory = memory or ClauseMemory()
    draft = _Draft()
    text = _without_rules(close_labels(unwrapped(text)), memory)
    for role, told, section in _sections(text, default, draft):
        _read_section(_without_times(section, draft), role, told, draft)
    _apply_memory(draft, memory)
    if not draft.assignments:
        draft.reasons.append("没有读出单位")
    return UnitClause(
        assignments=tuple(draft.assignments),
        members=tuple(dict.fromkeys(draft.members)),
        reasons=tuple(dict.fromkeys(draft.reasons)),
        others=tuple(draft.others),
    )


def _without_rules(text: str, memory: ClauseMemory) -> str:
    """The clause without a rule about who leads (排在第一位的部门为牵头部门，下同), which the memory takes in."""
    for start, end in reversed(list(brackets(text))):
        if memory.note(text[start : end + 1]):
            text = text[:start] + text[end + 1 :]
    pieces = re.split(r"(?<=[，,；;。\n])", text)
    kept = [piece for piece in pieces if not memory.note(piece)]
    if len(kept) < len(pieces):
        kept = [piece for piece in kept if piece.strip(" ，,；;。\n") != "下同"]
    return "".join(kept)


def _sections(text: str, default: Role, draft: _Draft) -> list[tuple[Role, bool, str]]:
    """The labelled sections: role, whether a label told it, text."""
    marks: list[tuple[int, int, re.Match[str]]] = []
    for pattern in (OTHER_LABEL, LABEL):
        for match in pattern.finditer(text):
            before = text[: match.start()]
            at_boundary = not before or before[-1] in BOUNDARY or _is_plain(match) or _ends_unit(before, match)
            if at_boundary and not any(start < match.end() and match.start() < end for start, end, _ in marks):
                marks.append((match.start(), match.end(), match))
    marks.sort(key=lambda mark: mark[0])
    before = text[: marks[0][0]] if marks else text
    if marks and before.strip(" 、，,；;") and all(shape(word) is Shape.OTHER for word in split_names(before)):
        draft.others.append(("完成时限", before.strip(" ，,；;")))
        before = ""
    sections = [(default, False, before)]
    for index, (_, end, match) in enumerate(marks):
        body = text[end : marks[index + 1][0] if index + 1 < len(marks) else len(text)]
        if match.re is OTHER_LABEL:
            draft.others.append((re.sub(r"\s", "", match["name"]), body.strip(" ；;，,。\n")))
            continue
        role = _label_role(match["roles"] or match["plain"], body, draft)
        sections.append((role, True, body))
    return sections


def _ends_unit(before: str, label: re.Match[str]) -> bool:
    """Whether a unit's name ends where the shortest labels begin: 市数据局责任：市财政局."""
    names = split_names(re.split("[:：]", before)[-1])
    return label.re is LABEL and label["plain"] is not None and bool(names) and shape(names[-1]) is Shape.BODY


def _is_plain(label: re.Match[str]) -> bool:
    """Whether a label cannot be the end of a name: 责任单位：, also where nothing parts it from the name before."""
    return label.re is LABEL and label["roles"] is not None and label.group().rstrip()[-1] in ":："


def _without_times(text: str, draft: _Draft) -> str:
    """The section without parts that tell a time (…，2024年6月底前完成), which are kept as 完成时限."""
    pieces = re.split(r"(?<=[，,；;。\n])", text)
    kept = []
    for piece in pieces:
        words = piece.strip(" ，,；;。\n")
        if _DIGIT_OR_TIME.search(words) and shape(words) is Shape.OTHER and tells_time(words):
            draft.others.append(("完成时限", words))
        else:
            kept.append(piece)
    return "".join(kept)


def _label_role(words: str, body: str, draft: _Draft) -> Role:
    """The role a label gives; one that names two roles at once (牵头及责任单位) leaves it to the verbs."""
    roles = {role_of(word) for word in re.findall(ROLE_WORD, words)}
    if len(roles) == 1:
        return roles.pop()
    if words in ("牵头责任", "责任牵头"):
        return Role.LEAD
    if not VERB.search(body):
        draft.reasons.append("栏目同时写了几种职责，单位各自的职责不能确定")
    return Role.RESPONSIBLE


def _read_section(text: str, role: Role, told: bool, draft: _Draft) -> None:
    """Read a section: lists of names, each ended by a verb or by the end of the section."""
    place = 0
    last: Role | None = None
    for match in _verbs(text):
        phrase = match["phrase"] or match["part"]
        last = role_of(phrase)
        draft.add(text[place : match.start()], last)
        place = match.end()
    rest = text[place:]
    if not rest.strip(" 、，,；;。\n\t|"):
        return
    if last is None:
        draft.add(_without_object(rest, role, draft), role)
        return
    if last is Role.SUPPORT and not told:
        draft.reasons.append("“配合”之后的单位没有写明职责")
    draft.add(_without_object(rest, role, draft), role if told else Role.RESPONSIBLE)


def _verbs(text: str) -> list[re.Match[str]]:
    """The verb phrases that end a list of names, outside brackets."""
    inside = [range(start, end + 1) for start, end in brackets(text)]
    return [m for m in VERB.finditer(text) if not any(m.start() in span for span in inside)]


def _without_object(text: str, role: Role, draft: _Draft) -> str:
    """Read 甲局负责规划，乙局负责资金, where words after the verb are no name; gives what is left to read."""
    matches = [m for m in _VERB_WITH_OBJECT.finditer(text) if not _inside_name(text, m)]
    if not matches:
        return text
    draft.reasons.append("单位后面写有具体分工，请核对职责")
    for piece in re.split(r"[，,；;。\n]", text):
        match = _VERB_WITH_OBJECT.search(piece)
        if match:
            draft.add(piece[: match.start()], role_of(match.group()))
        elif piece.strip():
            draft.add(piece, role)
    return ""


def _inside_name(text: str, match: re.Match[str]) -> bool:
    return any(start < match.start() < end for start, end in brackets(text))


def _joint_parts(text: str) -> tuple[str, str] | None:
    """甲会同乙、丙 → (甲, 乙、丙); 会同乙 → ("", 乙)."""
    match = _JOINTLY.search(text)
    if match is None or any(start < match.start() < end for start, end in brackets(text)):
        return None
    return text[: match.start()], text[match.end() :]


def _apply_memory(draft: _Draft, memory: ClauseMemory) -> None:
    """Make the first or the starred units leads where the notice says so."""
    leads: set[str] = set()
    if draft.starred:
        if memory.star_leads:
            leads = set(draft.starred)
        else:
            draft.reasons.append("单位名称带有星号，含义没有写明")
    elif memory.first_leads and not draft.told_lead and draft.assignments:
        leads = {draft.assignments[0].name}
        if memory.rest_supports:
            draft.assignments = [replace(a, role=Role.SUPPORT) for a in draft.assignments]
    draft.assignments = [replace(a, role=Role.LEAD) if a.name in leads else a for a in draft.assignments]
