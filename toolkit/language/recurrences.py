"""Limits of time that come round again or run from an event: 每年不少于2次, 每季度末前, 5个工作日内, 按季度."""

from __future__ import annotations

import re
from typing import NamedTuple

from toolkit.language.numerals import NUMERAL

_UNIT = r"(?:个)?(?:工作日|自然日|小时|分钟|季度|月|周|星期|年|日|天)"
_RELATIVE = re.compile(
    rf"(?<![\d第近〇零○一二三四五六七八九十])(?!(?:19|20)\d\d\s*年)(?P<words>{NUMERAL}\s*{_UNIT}(?:以内|之内|内))(?!容)"
)
_AFTER_EVENT = re.compile(rf"(?<=后)(?P<words>{NUMERAL}\s*个?工作日)(?!以?内|之内)")
_EACH = re.compile(
    rf"(?:连续\s*{NUMERAL}\s*(?:个)?(?:年|季度|月))?每(?P<gap>隔)?(?:{NUMERAL})?\s*(?:个)?"
    r"(?:年度|年|半年|学期|季度|季|月|周|旬|日|天)"
)
_POINT_IN_PERIOD = re.compile(
    rf"(?:(?:结束|终了)后\s*{NUMERAL}\s*(?:个工作)?[日天](?:以内|之内|内))|(?:的)?(?:首月|次月|第?{NUMERAL}\s*个?月(?:份)?)?(?:{NUMERAL}\s*[日号]|[上中下]旬|年?[底末]|初)?(?:之前|以前|前)?"
)
_TIMES = re.compile(
    rf"(?:不少于|至少|不低于|不得少于|不超过)\s*{NUMERAL}\s*[次期场个篇条份项名回]|(?<!第){NUMERAL}\s*[次期场](?!会|性|中)"
)
_BY = re.compile(r"(?:按|逐|分)(?:季度|季|半年度?|年度|月度|月|周|旬|日)(?![期常程记志渐步])")
_NAMED = re.compile(
    r"法定(?:时限|期限|时间)(?:以?内|之内)?|(?:印发|发布|公布|成文|生效|形成)?当[日天](?:以?内|之内)|即时(?=公开|更新|发布)"
)
_CELL = re.compile(
    r"\s*(?:长期(?:坚持|推进|工作|开展)?|持续(?:推进|开展|实施|落实)?|常态化(?:推进|开展)?|全年(?:推进|开展)?"
    r"|贯穿全年|每月|每年|每季度|即时|立即(?:整改|落实)?|全年完成"
    r"|(?:立行立改|立查立改|即知即改|边查边改)(?:[，,、；;并\s]*(?:长期|持续)(?:坚持|推进|整改))?"
    r"|按照?[^\d，。；]{0,8}(?:时限|时间|要求|进度|时序|节点)(?:要求|安排|节点)?(?:完成|推进|落实|执行|报送)?)\s*"
)
_REACH = 60
"""Characters within which a count belongs to the period before it."""
_GAP_WORDS = re.compile(r"[^，,。；;]{0,8}")


class Recurrence(NamedTuple):
    """A recurrence and the characters that tell it."""

    start: int
    end: int
    words: str


def find_recurrences(text: str) -> list[Recurrence]:
    """The recurrences of a text, in their order.

    每年邀请公众不少于2次 is told as 每年不少于2次: the period and the count, without what lies between.  The
    characters of a count between are not part of ``start`` to ``end``.
    """
    if _CELL.fullmatch(text):
        return [Recurrence(0, len(text), text.strip())]
    found = [_whole(match) for pattern in (_RELATIVE, _AFTER_EVENT, _NAMED, _BY) for match in pattern.finditer(text)]
    found += [_periodic(text, match) for match in _EACH.finditer(text)]
    kept: list[Recurrence] = []
    for item in sorted(found):
        if not kept or item.start >= kept[-1].end:
            kept.append(item)
    return kept


def _whole(match: re.Match[str]) -> Recurrence:
    return Recurrence(match.start(), match.end(), _tight(match.group()))


def _periodic(text: str, match: re.Match[str]) -> Recurrence:
    """每… with the point in the period or the count that follows it."""
    point = _POINT_IN_PERIOD.match(text, match.end())
    if point and len(point.group()) > 1:
        return Recurrence(match.start(), point.end(), _tight(match.group() + point.group()))
    rest = re.match(r"[^。；;每]*", text[match.end() : match.end() + _REACH])
    if rest and match["gap"]:
        words = _GAP_WORDS.match(rest.group())
        return Recurrence(match.start(), match.end(), _tight(match.group() + (words.group() if words else "")))
    if rest and (times := _TIMES.search(rest.group())):
        return Recurrence(match.start(), match.end(), _tight(match.group() + times.group()))
    return Recurrence(match.start(), match.end(), _tight(match.group()))


def _tight(text: str) -> str:
    return re.sub(r"\s", "", text)
