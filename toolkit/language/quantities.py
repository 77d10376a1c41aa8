"""Quantities in official prose: what a requirement asks for, and whether an answer gives any."""

from __future__ import annotations

import re
from functools import lru_cache

from toolkit.language.text import fold

_MEASURES = (
    "个工作日|个百分点|平方公里|平方米|立方米|公里|公顷|万元|亿元|万人|万户|人次|小时|分钟|"
    "%|‰|次|个|项|件|篇|人|户|家|场|期|条|份|亩|吨|处|批|名|天|元|米|所|座|套|台|辆|例|宗|起|部|本|类|种|轮|遍|部门|倍|成"
)
_NUMBER = r"(?:\d[\d,]*(?:\.\d+)?|[一二三四五六七八九十百千万两]+|百分之[一二三四五六七八九十百零]+)"
_QUANTITY = re.compile(
    rf"(?:(?:每\w{{1,3}})?(?:不少于|不低于|不超过|至少|达到|超过|控制在|提升至|提高到|≥|>=?|≤)\s*)?{_NUMBER}\s*(?:余|多)?\s*(?:{_MEASURES})(?:以上|以内|内)?"
)
_NOT_QUANTITIES = re.compile(
    r"〔[^〕]*〕\s*\d+\s*号|第[\d一二三四五六七八九十百]+[条款项章次批届期个]|\d{2,4}年|\d{1,2}月(?:\d{1,2}日)?|[一二三四]季度"
    r"|(?:^|[。;\s])\(?\d{1,2}[.、)]|一(?:个|项|批|次性|类|系列|种|体|起|户一档|件事)|[一二三四五六七八九十]+(?:届|中全会|大精神)|“[^”]*”|《[^》]*》|(?:十四|十五)五"
)
_FIGURE = re.compile(r"\d")
_WRITTEN = re.compile(rf"\d|{_NUMBER}\s*(?:余|多)?(?:{_MEASURES})|全覆盖|百分之")


@lru_cache(maxsize=1024)
def asked_quantities(text: str) -> tuple[str, ...]:
    """The quantities a requirement asks for, as written; list numbers, dates and document numbers are none."""
    return tuple(match.group().strip() for match in _QUANTITY.finditer(_NOT_QUANTITIES.sub("，", fold(text))))


def has_quantity(text: str) -> bool:
    """Whether an answer holds any number at all."""
    return bool(_FIGURE.search(text) or _WRITTEN.search(fold(text)))
