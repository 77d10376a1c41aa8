"""The numbers in front of paragraphs, rows and headings: 一、（一）1. (1) ① 第一条 1.1 *1 行动一：."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_TENS = {"十": 10, "百": 100}
_CN = "[零〇一二三四五六七八九十百]{1,5}"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_BLANK = r"[ \t\u3000\xa0]*"

CHAPTER_STYLES = ("part", "chapter", "section", "named", "cn", "cn-bracket")
"""Styles that number headings rather than sentences, outermost first."""

_NAMED = "(?:行动|任务|专项|专题|工程|目标|板块|领域|(?:反馈|整改|存在)?问题(?:清单)?|事项|举措|措施|项目)"
_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("part", re.compile(rf"第({_CN})(?:部分|篇|编){_BLANK}[:：、.．]?")),
    ("chapter", re.compile(rf"第({_CN})章{_BLANK}[:：、.．]?")),
    ("section", re.compile(rf"第({_CN})节{_BLANK}[:：、.．]?")),
    ("article", re.compile(rf"第({_CN}|\d{{1,3}})条{_BLANK}[:：、.．]?")),
    ("named", re.compile(rf"{_NAMED}({_CN}|\d{{1,2}}){_BLANK}[:：、.．]")),
    ("cn", re.compile(rf"({_CN}){_BLANK}(?:、|[.．,，](?=\D|$))")),
    ("cn-bracket", re.compile(rf"[（(]{_BLANK}({_CN}){_BLANK}[）)]{_BLANK}[、.．]?")),
    ("arabic", re.compile(r"()(\d{1,2})[.．、](?=(?:1[0-2]|[1-9])\s*月)")),
    ("dotted", re.compile(r"(\d{1,2}(?:[.．]\d{1,2}){1,3})(?:[、.．](?!\d)|(?=[\u3000 \t\u4e00-\u9fff“《]))")),
    ("dotted", re.compile(r"(\d{1,2}(?:-\d{1,2}){1,2})(?=[\u3000 \t])")),
    ("arabic", re.compile(rf"([*＊★☆]?){_BLANK}(\d{{1,3}}){_BLANK}(?:[.．、](?!\d)|[,，](?=[\u4e00-\u9fff“《]))")),
    ("arabic", re.compile(r"()(0\d)(?=[\u3000 \t]+[\u4e00-\u9fff“《])")),
    ("bracket", re.compile(rf"[（(]{_BLANK}(\d{{1,3}}){_BLANK}[）)]{_BLANK}[、.．]?")),
    ("half-bracket", re.compile(rf"(\d{{1,3}}){_BLANK}[）)]{_BLANK}[、.．]?")),
    ("circled", re.compile(rf"([{_CIRCLED}]){_BLANK}[、.．]?")),
)
_TIGHT = re.compile(r"(\d{1,3})[.．、](?=\d)")
_YEAR_BEHIND = re.compile(r"(?:19|20)\d{2}\s*年")
_BARE = re.compile(
    rf"{_BLANK}(?:[*＊★☆]{_BLANK})?(?:\d{{1,3}}|[（(]{_BLANK}(?:\d{{1,3}}|{_CN}){_BLANK}[）)]|{_CN}|[{_CIRCLED}]|第\d{{1,4}}号)"
    rf"{_BLANK}[.．、]?{_BLANK}"
)
_MULTI = re.compile(r"\d{1,2}(?:[.．\-—]\d{1,2}){1,3}")


@dataclass(frozen=True, slots=True)
class Marker:
    """A number in front of a text."""

    style: str
    value: int
    printed: str
    """As printed, without the stop behind it: 一, （一）, 1, *1."""
    end: int
    """Where the text behind the marker begins."""

    @property
    def heads(self) -> bool:
        """Whether this style usually numbers headings."""
        return self.style in CHAPTER_STYLES


def cn_value(text: str) -> int:
    """二十三 → 23; digits are read too."""
    if text.isdigit():
        return int(text)
    total = digit = 0
    for char in text:
        if char in _TENS:
            total += (digit or 1) * _TENS[char]
            digit = 0
        else:
            digit = _DIGITS[char]
    return total + digit


@lru_cache(maxsize=32768)
def read_marker(text: str) -> Marker | None:
    """The number in front of a text, ``None`` when it begins without one."""
    start = len(text) - len(text.lstrip())
    for style, pattern in _PATTERNS:
        if match := pattern.match(text, start):
            return _marker(style, match, text)
    return None


def read_tight(text: str, expected: Collection[int]) -> Marker | None:
    """A number whose text begins with digits (11.121人才梯队, 6.2020年底前).

    It is read where it is one of the expected numbers, or where a year stands behind it.
    """
    start = len(text) - len(text.lstrip())
    match = _TIGHT.match(text, start)
    if match is None:
        return None
    value = int(match.group(1))
    if _YEAR_BEHIND.match(text, match.end()) or (value in expected and value > 1):
        return Marker("arabic", value, match.group(1), match.end())
    return None


def _marker(style: str, match: re.Match[str], text: str) -> Marker:
    printed = match.group().strip().rstrip("、.．,，:： \t\u3000")
    if style == "circled":
        value = _CIRCLED.index(match.group(1)) + 1
    elif style == "arabic":
        value = int(match.group(2))
    elif style == "dotted":
        parts = re.split("[.．-]", match.group(1))
        return Marker(f"dotted{len(parts)}", int(parts[-1]), match.group(1), _skip_blanks(text, match.end()))
    else:
        value = cn_value(match.group(1))
    return Marker(style, value, printed, _skip_blanks(text, match.end()))


def _skip_blanks(text: str, start: int) -> int:
    while start < len(text) and text[start] in " \t\u3000\xa0\n":
        start += 1
    return start


def is_number(text: str) -> bool:
    """Whether a cell holds nothing but a number: 3, *3, （三）, 三, ①, 1.2."""
    return bool(text) and bool(_BARE.fullmatch(text) or _MULTI.fullmatch(text.strip()))


def number_value(text: str) -> int | None:
    """The value of a cell that holds nothing but a number."""
    if not is_number(text):
        return None
    core = (
        re.sub(r"[\s*＊★☆（()）.．、第号]", "", text)
        if not _MULTI.fullmatch(text.strip())
        else re.split(r"[.．\-—]", text)[-1]
    )
    if core in _CIRCLED:
        return _CIRCLED.index(core) + 1
    return cn_value(core)


def number_style(text: str) -> str:
    """The style of a cell that holds nothing but a number: cn-bracket, cn, bracket, circled, dotted or arabic."""
    core = text.strip().rstrip(".．、")
    if _MULTI.fullmatch(core):
        return "dotted"
    if core[:1] in _CIRCLED:
        return "circled"
    inner = re.sub(r"[\s*＊★☆（()）第号]", "", core)
    chinese = not inner.isdigit()
    if core[:1] in "（(":
        return "cn-bracket" if chinese else "bracket"
    return "cn" if chinese else "arabic"
