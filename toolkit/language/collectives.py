"""A list of names parted into its names, collectives that hold separators kept whole.

各县、区人民政府 · 各县、市、区政府 · 各镇（街）、管委会 · 各乡镇人民政府、街道办事处 · 市政府各部门、各直属机构 ·
各委、办、局 · 市、县(区)司法行政主管部门 · 教育、财政、人社等部门 are one name each.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from toolkit.language.bodies import Shape, is_level_list, level_of, shape
from toolkit.language.departments import named
from toolkit.language.text import fold, split_outside

AND = re.compile(r"以及|及其|和|及|与|暨")
"""What joins two names, and also stands inside one (发展和改革委员会)."""
SEPARATORS = "、，,;；/|"
_WEAK = "、"
_LEVEL = r"(?:自治区|直辖市|自治州|自治县|自治旗|县级市|乡镇|街镇|镇街|街道|省|市|县|区|州|盟|旗|镇|乡)"
_BARE_LEVELS = re.compile(rf"(?:各|国家级?|中央)?{_LEVEL}(?:\([^()]*\))?(?:{_LEVEL}|\([^()]*\))*")
_FOLLOWER = re.compile(
    rf"(?:{_LEVEL}|村|社区|管委会|街道办|园区管委会)(?:\([^()]*\)|{_LEVEL})*(?:级)?"
    r"(?:人民)?(?:政府|办事处|党委|党工委|管委会)?(?:\([^()]*\))?"
)
_EACH_GOVERNMENT = re.compile(rf"各(?:{_LEVEL}|\([^()]*\))+(?:级)?(?:人民)?(?:政府|党委)?(?:\([^()]*\))?")
_EACH_COMMITTEE = re.compile(rf"各(?:{_LEVEL}|\([^()]*\))+(?:党委|党工委|委)")
_ITS_GOVERNMENT = re.compile(rf"(?:{_LEVEL})?(?:人民)?(?:政府|管委会|办事处)")
_SHARED_LEVELS = re.compile(rf"{_LEVEL}(?:\([^()]*\))?")
_EACH_PAIRS = (
    re.compile(r".*各(?:工作)?(?:部门|部委|委办局|部委办局|局办)"),
    re.compile(r"各?(?:直属|派出|双管|垂管)(?:机构|单位|特设机构|事业单位)"),
)
_SOME_OFFICES = re.compile(r".*(?:各|有关|相关)(?:工作|职能|成员)?(?:部门|委办局|机构|企业|院校)")
_BARE_OFFICES = re.compile(r"(?:单位|部门|机构|企业|院校|企事业单位|事业单位)")
"""市直有关部门、单位: the second noun has its 有关 from the first."""
_EACH_KINDS = re.compile(r".*各(?:有关|相关|部)?委|.*、[办局部厅]")
_KIND = re.compile(r"[委办局部厅]")
EVERYWHERE = re.compile(r"各(?:地区|地|地方|级|部门)、各(?:部门|单位|有关部门|相关部门|有关单位)")
"""One collective by usage, though it could be two."""
_MORE_PLACES = re.compile(r"(?:园区|开发区|工业区|高新区|功能区|管理区|农场|林场)(?:管委会)?")
SHARED_NOUN = re.compile(r"^[^\W\d_]{2,8}(?:等|主管|管理|监管)?(?:有关|相关)?部门$")
"""The last of several fields of work that share a noun: 财政、人社部门."""
_FIELD_LENGTH = 6


def split_names(text: str) -> tuple[str, ...]:
    """The names one cell holds, in its own words: the inverse of :func:`join_names`.

    Cells a clerk typed are split at 、，,；; and line breaks outside brackets; collectives such as 各县、区人民政府
    stay whole.  When the cell holds ；, that alone separates.
    """
    for separators in ("\n\r", "；;"):
        if any(char in text for char in separators):
            pieces = split_outside(text, separators) if separators != "\n\r" else re.split(r"[\r\n]+", text)
            return tuple(piece for piece in map(str.strip, pieces) if piece)
    pieces = [piece.strip() for piece in listed(text)]
    return tuple(piece for piece in pieces if piece)


def join_names(names: Sequence[str]) -> str:
    """Names in one cell: by 、, or by ； (else line breaks) where a name itself holds a separator.

    ``split_names(join_names(names)) == tuple(names)`` for names without line breaks and blanks at their ends.
    """
    names = tuple(names)
    for joined in ("、".join(names), "；".join(names), "".join(name + "；" for name in names)):
        if split_names(joined) == names:
            return joined
    return "".join(name + "\n" for name in names)


def listed(text: str) -> list[str]:
    """The names of a list in its own words, 等 and brackets still on them."""
    return _merged(list(_pieces(text)))


def _pieces(text: str) -> Iterator[tuple[str, str]]:
    """The parts between separators, each with the separator before it; blanks between two names separate too."""
    start, before = 0, ""
    parts = split_outside(text, SEPARATORS)
    for part in parts:
        pending = ""
        for word in part.split():
            if pending and _separated_by_blank(pending, word):
                yield before, pending
                before, pending = " ", word
            else:
                pending += word
        if pending:
            yield before, pending
        start += len(part)
        before = text[start] if start < len(text) else ""
        start += 1


def _separated_by_blank(left: str, right: str) -> bool:
    """Whether a blank between two words separates names; inside a name it is layout only."""
    if shape(left) is Shape.OTHER or left.endswith(("和", "及", "与")):
        return False
    return shape(right) is not Shape.OTHER and (bool(level_of(right)) or len(right) >= 4 or bool(named(right)))


def _merged(pieces: list[tuple[str, str]]) -> list[str]:
    """The pieces with those joined that are one collective: 各县、区人民政府."""
    merged: list[str] = []
    open_run = False
    for separator, piece in pieces:
        if merged and separator == _WEAK and _continues(merged[-1], piece, open_run):
            merged[-1] += separator + piece
            open_run = True
        else:
            merged.append(piece)
            open_run = False
    return _with_shared_noun(merged)


def _with_shared_noun(pieces: list[str]) -> list[str]:
    """教育、财政、人社等部门 is one name: fields of work that share the noun at the end."""
    joined: list[str] = []
    for piece in pieces:
        if SHARED_NOUN.search(piece):
            start = len(joined)
            while start and len(joined[start - 1]) <= _FIELD_LENGTH and shape(joined[start - 1]) is Shape.OTHER:
                start -= 1
            piece = "、".join((*joined[start:], piece))
            del joined[start:]
        joined.append(piece)
    return joined


def _continues(left: str, right: str, in_run: bool) -> bool:
    """Whether ``left、right`` is one collective name."""
    left, right = AND.split(fold(left).replace(" ", ""))[-1], fold(right).replace(" ", "")
    last = left.rsplit("、", 1)[-1]
    if (_EACH_GOVERNMENT.fullmatch(left) or (in_run and left.startswith("各"))) and _FOLLOWER.fullmatch(right):
        return True
    if in_run and left.startswith("各") and _MORE_PLACES.fullmatch(right):
        return True
    if _EACH_KINDS.fullmatch(left) and "各" in left and _KIND.fullmatch(right):
        return True
    if _BARE_LEVELS.fullmatch(last) and (in_run or is_level_list(left)) and not left.startswith("各"):
        return bool(_SHARED_LEVELS.match(right))
    if _EACH_COMMITTEE.fullmatch(left) and _ITS_GOVERNMENT.fullmatch(right):
        return True
    if _EACH_PAIRS[0].fullmatch(last) and _EACH_PAIRS[1].fullmatch(right):
        return True
    if _SOME_OFFICES.fullmatch(last) and _BARE_OFFICES.fullmatch(right):
        return True
    return bool(EVERYWHERE.fullmatch(f"{last}、{right}"))
