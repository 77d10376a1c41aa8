"""Lists of names: 市教育局、市新闻办、卫生健康局等相关部门，各县、区人民政府 → one name a unit or collective.

Collectives that contain separators stay whole, elided levels come back, 等 and 和/及 are read, and what
brackets say (members, definitions, exceptions, name-plates, a role) is told apart.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from toolkit.language.bodies import Shape, is_bare_noun, is_level_list, is_national, level_of, shape
from toolkit.language.collectives import AND, EVERYWHERE, SHARED_NOUN, listed
from toolkit.language.departments import named
from toolkit.language.persons import is_person
from toolkit.language.roles import role_of
from toolkit.language.text import brackets, fold, unspaced
from toolkit.model import Role

_GENERIC = re.compile(
    r"(?:街道|推进)?(?:办事处|办公室)|(?:人民)?政府|管委会|街道办|党(?:委|组|工委|政办)|单位|部门|机构|企业|公司|社区|村"
)
"""What a bracket adds to a collective's name: 人民政府（办事处）, 部门（单位）."""
_ETC = re.compile(r"(?<![高中初同平上下优])等(?![级学院教保次])")
_COUNTED = re.compile(
    r"(?P<count>\d+|[一二三四五六七八九十两]+)?[个家]?(?P<noun>部门|单位|委办局)?(?=$|以及|及|和|与|共同)"
)
_OF_CONCERN = re.compile(r"有关|相关|其他|其它|各|成员")
_DEPENDENT = re.compile(r"(?:有关|相关|所属|下属|其他|其它|直属|派出)")
_ROLE_IN_BRACKET = re.compile(r"(?:为)?(牵头|主办|主责|负责|责任|配合|协助|协办|参与)(?:单位|部门)?")
_DEFINITION = re.compile(r"^(?:包括|包含|含|即|指|是指)[:：]?(?P<members>.*?)(?:[,，、;；]?\s*下同)?$|^.*?下同$")
_CALLED = re.compile(r"^(?:以下|下)?(?:统称|简称|称)")
_EXCEPT_INSIDE = re.compile(r"^(?:除(?P<a>.+?)(?:以外|之外|外)|不含(?P<b>.+)|不包括(?P<c>.+)|(?P<d>.+?)除外)$")
_EXCEPT_BEFORE = re.compile(r"^除(?P<names>[^，,；;。]+?)(?:以外|之外|外)[，,的]?")
_EDGE = " \t\n、，,;；。.:：/|"
_ENUMERATED = re.compile(r"^(?:\d{1,2}[.．](?!\d)|[①-⑳]|[(（]\d{1,2}[)）])\s*")
_LONGEST_NAME = 120
_MOST_ETC = 3
"""How often 等 may stand in one piece; more is running text."""
_SURE_NAME = 3
"""Characters from which on what begins like a surname is a person's name."""
_STAR = "*＊★☆▲△●※"
_MAYBE_BARE = re.compile(r"(?!各|公安|有关|相关)[^\W\d省市县区州镇乡团]{2,5}(?:局|委|办)")
_PARTY_ONLY = ("组织部", "宣传部", "统战部", "社会工作部", "政法委")


@dataclass(slots=True)
class Named:
    """One name of a list and what its brackets said."""

    name: str
    role: Role | None = None
    """The role a bracket of its own gives it: 市教育局（牵头）."""
    except_for: tuple[str, ...] = ()
    starred: bool = False
    member: bool = False
    """Told in the bracket of a collective."""


@dataclass(slots=True)
class NameList:
    """The names of a list in their order."""

    names: list[Named] = field(default_factory=list)
    members: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    """Collective → the members its bracket names."""
    doubts: list[str] = field(default_factory=list)


def parse(text: str, level: str = "") -> NameList:
    """The list of names a text is, with ``level`` the level of the units before it (for elided prefixes)."""
    found = NameList()
    excepted: tuple[str, ...] = ()
    text = text.strip(_EDGE)
    if match := _EXCEPT_BEFORE.match(text):
        excepted = tuple(named.name for named in parse(match["names"], level).names)
        text = text[match.end() :].strip(_EDGE)
    for piece in listed(text):
        _read_piece(piece, found, excepted)
    _restore_levels(found, level)
    return found


# --- one piece -------------------------------------------------------------------------


def _read_piece(piece: str, found: NameList, excepted: tuple[str, ...]) -> None:
    """Read one piece: 等 and 和/及 first, then the name and its brackets."""
    piece = _ENUMERATED.sub("", unspaced(piece).strip(_EDGE)).strip(_EDGE)
    if not piece or piece.isdigit():
        return
    if (len(piece) > _LONGEST_NAME and not any(brackets(piece))) or piece.count("等") > _MOST_ETC:
        found.doubts.append(f"“{piece[:20]}…”不像单位名称")
        found.names.append(Named(piece, except_for=excepted))
        return
    if "、" in piece and SHARED_NOUN.search(piece.rsplit("、", 1)[-1]) and shape(piece) is not Shape.OTHER:
        found.doubts.append(f"“{piece}”没有写单位全称")
        found.names.append(Named(piece, except_for=excepted))
        return
    if cut := _first_outside(_ETC, piece):
        _read_piece(piece[: cut.start()], found, excepted)
        tail = piece[cut.end() :]
        if (summed := _COUNTED.match(tail)) is not None:
            if summed["noun"] and not summed["count"]:
                found.doubts.append(f"“等{summed['noun']}”没有说明还有哪些单位")
            tail = AND.sub("", tail[summed.end() :], count=1)
        elif shape(tail) is Shape.COLLECTIVE and not _OF_CONCERN.search(tail):
            found.doubts.append(f"“等”前面的单位可能只是“{tail}”的举例")
        _read_piece(tail, found, excepted)
        return
    if split := _at_and(piece):
        for part in split:
            _read_piece(part, found, excepted)
        return
    _read_name(piece, found, excepted)


def _first_outside(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    inside = [range(start, end + 1) for start, end in brackets(text)]
    return next((m for m in pattern.finditer(text) if not any(m.start() in span for span in inside)), None)


def _at_and(piece: str) -> tuple[str, str] | None:
    """The two names around 和/及, when both sides are whole names of their own."""
    inside = [range(start, end + 1) for start, end in brackets(piece)]
    for match in AND.finditer(piece):
        if any(match.start() in span for span in inside):
            continue
        left, right = piece[: match.start()], piece[match.end() :]
        if shape(left) is Shape.OTHER or shape(right) is Shape.OTHER or is_level_list(left):
            continue
        if shape(left) is Shape.COLLECTIVE and (_DEPENDENT.match(right) or is_bare_noun(right)):
            continue
        if shape(right) is Shape.COLLECTIVE or level_of(right) or named(right) or shape(left) is Shape.COLLECTIVE:
            return left, right
    return None


def _read_name(piece: str, found: NameList, excepted: tuple[str, ...]) -> None:
    entry = Named(piece, except_for=excepted)
    if piece[0] in _STAR or piece[-1] in _STAR:
        entry.starred = True
        entry.name = piece = piece.strip(_STAR)
    members: tuple[str, ...] = ()
    for start, end in reversed(list(brackets(piece))):
        head, inner, tail = piece[:start], piece[start + 1 : end], piece[end + 1 :]
        kept = _read_bracket(head, inner, tail, entry, found)
        if isinstance(kept, tuple):
            members = kept
        if kept is not True:
            piece = head + tail
    entry.name = piece.strip(_EDGE)
    if not entry.name:
        return
    if shape(entry.name) is Shape.OTHER:
        found.doubts.append(f"“{entry.name}”不像单位名称")
    elif EVERYWHERE.fullmatch(entry.name):
        found.doubts.append(f"“{entry.name}”按一个单位组计，也可能是两个")
    elif _runs_on(entry.name):
        found.doubts.append(f"“{entry.name}”像是几个单位连写")
    found.names.append(entry)
    if members:
        found.names += [Named(member, role=entry.role, member=True) for member in members]


def _runs_on(name: str) -> bool:
    """Whether two units of one level are written without anything between them: 市教育局市财政局."""
    level = level_of(name)
    return bool(level) and any(
        name.startswith(level, place) and level_of(name[place:]) == level and shape(name[:place]) is Shape.BODY
        for place in range(4, len(name) - 3)
    )


def _read_bracket(head: str, inner: str, tail: str, entry: Named, found: NameList) -> bool | tuple[str, ...]:
    """What a bracket of a name says: ``True`` keep it in the name, ``False`` drop it, names: members to add."""
    folded = fold(inner)
    if is_level_list(folded) or _GENERIC.fullmatch(folded) or (tail and head.strip(_EDGE)):
        return True
    if match := _ROLE_IN_BRACKET.fullmatch(folded):
        entry.role = role_of(match[1])
        return False
    if match := _EXCEPT_INSIDE.match(folded):
        names = next(group for group in match.groups() if group)
        entry.except_for = tuple(named.name for named in parse(names, level_of(head)).names)
        return False
    if _CALLED.match(folded):
        return False
    if match := _DEFINITION.match(folded):
        if match["members"]:
            inside = parse(match["members"], level_of(head))
            found.members.append((head, tuple(named.name for named in _with_shared_ending(inside.names))))
        return False
    if shape(head) is Shape.BODY and shape(folded) is Shape.OTHER and is_person(folded):
        if len(folded) < _SURE_NAME:
            found.doubts.append(f"“{head}”后括号内“{inner}”当作人名，没有列入单位名称")
        return False
    inside = parse(inner, level_of(head))
    names = tuple(named.name for named in inside.names)
    if shape(head) is Shape.COLLECTIVE and names and not inside.doubts:
        found.members.append((head, names))
        return names
    if shape(head) in (Shape.BODY, Shape.TERRITORY) and len(names) == 1 and not inside.doubts:
        return True
    found.doubts.append(f"“{head}”后括号内“{inner}”的含义不能确定")
    return True


def _with_shared_ending(names: list[Named]) -> list[Named]:
    """大亚湾开发区、仲恺高新区管委会: the last name's 管委会 belongs to the ones before it too."""
    if len(names) > 1 and names[-1].name.endswith("区管委会"):
        for entry in names[:-1]:
            if entry.name.endswith("区"):
                entry.name += "管委会"
    return names


# --- elided levels ---------------------------------------------------------------------


def _restore_levels(found: NameList, level: str) -> None:
    """Give departments named without their level that of the unit before them (市新闻办、卫生健康局)."""
    party = False
    for entry in found.names:
        own = level_of(entry.name)
        if own:
            level, party = own, entry.name.startswith(own + "委")
        elif level and _is_bare(entry.name):
            of_party = entry.name in _PARTY_ONLY or (party and bool(named("委" + entry.name)))
            entry.name = level + ("委" if of_party else "") + entry.name
        elif level and _MAYBE_BARE.fullmatch(entry.name) and not is_national(entry.name):
            found.doubts.append(f"“{entry.name}”可能省略了“{level}”字")


def _is_bare(name: str) -> bool:
    return bool(named(name)) or name in _PARTY_ONLY
