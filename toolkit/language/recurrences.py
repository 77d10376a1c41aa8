"""Limits of time that come round again or run from an event: 每年不少于2次, 5个工作日内, 按季度."""

from __future__ import annotations

import re

from toolkit.language.numerals import NUMERAL

_UNIT = r"(?:个)?(?:工作日|自然日|小时|分钟|季度|月|周|星期|年|日|天)"
_RELATIVE = re.compile(rf"(?<![\d第〇零○一二三四五六七八九十])(?P<words>{NUMERAL}\s*{_UNIT})(?:以内|之内|内)(?!容)")
_AFTER_EVENT = re.compile(rf"(?<=后)(?P<words>{NUMERAL}\s*个?工作日)(?!以?内|之内)")
_PERIOD = r"(?:年度|年|半年|季度|季|月|周|旬|日|天)"
_EACH = re.compile(rf"每(?P<gap>隔)?(?:{NUMERAL})?\s*(?:个)?{_PERIOD}(?!\s*(?:{NUMERAL}\s*月|底|末))")
_TIMES = re.compile(rf"(?:不少于|至少|不低于|不得少于|不超过)\s*{NUMERAL}\s*[次期场个篇条份项名]|(?<!第){NUMERAL}\s*次")
_BY = re.compile(r"(?:按|逐|分)(?:季度|季|半年度?|年度|月度|月|周|旬|日)(?!期|常|程|记|志)")
_NAMED = re.compile(
    r"法定(?:时限|期限|时间)(?:以?内|之内)?|(?:印发|发布|公布|成文|生效|形成)?当[日天](?:以?内|之内)|即时(?=公开|更新|发布)"
)
_CELL = re.compile(
    r"\s*(?:长期(?:坚持|推进|工作|开展)?|持续(?:推进|开展|实施|落实)?|常态化(?:推进|开展)?|全年(?:推进|开展)?|贯穿全年|每月|每年|每季度)\s*"
)
_REACH = 24


def find_recurrences(text: str) -> list[tuple[int, int, str]]:
    """The recurrences of a text: where each begins and ends, and its words.

    每年邀请公众不少于2次 is told as 每年不少于2次: the period and the count, without what lies between.
    """
    if _CELL.fullmatch(text):
        return [(0, len(text), text.strip())]
    found = [_span(match) for pattern in (_RELATIVE, _NAMED, _BY) for match in pattern.finditer(text)]
    found += [(m.start(), m.end(), m["words"]) for m in _AFTER_EVENT.finditer(text)]
    for match in _EACH.finditer(text):
        found.append(_with_times(text, match))
    found.sort()
    kept: list[tuple[int, int, str]] = []
    for item in found:
        if not kept or item[0] >= kept[-1][1]:
            kept.append(item)
    return kept


def _span(match: re.Match[str]) -> tuple[int, int, str]:
    return match.start(), match.end(), re.sub(r"\s", "", match.group())


def _with_times(text: str, match: re.Match[str]) -> tuple[int, int, str]:
    """每年 with the count that follows in the same clause."""
    clause = re.match(r"[^，,。；;]*", text[match.end() : match.end() + _REACH])
    rest = clause.group() if clause else ""
    point = re.match(rf"(?:的)?\s*(?:{NUMERAL}\s*月)?\s*(?:{NUMERAL}\s*[日号]|[底末])?\s*(?:之前|以前|前)", rest)
    if point and point.group() != "前":
        return match.start(), match.end() + point.end(), re.sub(r"\s", "", match.group() + point.group())
    if times := _TIMES.search(rest):
        return match.start(), match.end(), re.sub(r"\s", "", match.group() + times.group())
    if match["gap"]:
        words = match.group() + rest[: 8 if len(rest) > 8 else len(rest)]
        return match.start(), match.end(), re.sub(r"\s", "", words)
    return match.start(), match.end(), re.sub(r"\s", "", match.group())
