"""Quantities in official prose: what a requirement asks for, and whether an answer gives any."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from toolkit.language.text import fold

_MEASURES = (
    "个工作日|个百分点|个月|平方公里|平方米|立方米|公里|公顷|万元|亿元|万人|万户|人次|户次|家次|场次|车次"
    "|小时|分钟|课时|"
    "%|‰|次|个|项|件|篇|人|户|家|场|期|条|份|亩|吨|处|批|名|天|日(?=以?内|之内)|元|米|所|座|套|台|辆|例"
    "|宗|起|部|本|类|种|轮|遍|倍|成|"
    "间|栋|幅|张|株|棵|册|支|队|块|盏|村|只"
)
_MORE_MEASURES = "眼|口|头|根|段|面|副|扇|车|趟|罐|匹|岁|站|节|班|组|级|所|笔|单|门|讲|微克|毫克|公斤|克|千瓦|兆瓦|平米"
"""Words that are measures behind digits only: 一面 and 一段 count nothing."""
_CHINESE = "[一二三四五六七八九十百千万两]+"
_NUMBER = rf"(?:\d[\d,]*(?:\.\d+)?\s*[万亿千百]?|{_CHINESE})"
_QUANTITY = re.compile(
    rf"(?:(?:每\w{{1,3}})?(?:不少于|不低于|不超过|至少|达到|超过|控制在|提升至|提高到|≥|>=?|≤)\s*)?"
    rf"(?:{_NUMBER}\s*(?:余|多|来)?\s*(?P<of>{_MEASURES}|(?<=\d)(?:{_MORE_MEASURES}))(?:以上|以内|之内|内)?"
    rf"|百分之[一二三四五六七八九十百零点]+(?:以上)?)"
)
_DATES = (
    r"(?:\d{4}|[二一][\d〇零○一二三四五六七八九]{3})年度?|\d{2}年(?=\d|[上下第一二三四])"
    r"|(?:\d{1,2}|[一二三四五六七八九十]{1,2})月份?(?:(?:\d{1,2}|[一二三四五六七八九十]{1,3})[日号])?"
    r"|(?<!\d)\d{4}[-./]\d{1,2}(?:[-./]\d{1,2})?(?!\d)|(?<!\d)\d{1,2}:\d{2}|[一二三四1-4]季度"
)
_REFERENCES = (
    r"[〔\[]\d{4}[〕\]]\s*\d+\s*号|第[\d一二三四五六七八九十百]+[条款项章次批届期个轮类号页]?|\d+号"
    r"|(?:附件|附表|附图|图|表|编号)[:：]?\s*\d+(?:-\d+)*"
    r"|(?:^|[。;,:\s])\(?\d{1,2}[.、)](?!\d)|\([一二三四五六七八九十]+\)|[一二三四五六七八九]是|“[^”]*”|《[^》]*》"
    r"|12345|1231\d|[A-Za-z][A-Za-z0-9-]*\d[A-Za-z0-9-]*|\d[\d-]*[A-Za-z][A-Za-z0-9-]*"
)
_IDIOMS = (
    r"(?<!于)(?<!至少)(?<!每[年月季周])(?<![二三四五六七八九十百千两])一(?:个|项|批|次性|类|系列|种|体|起|户一档|件事|套|条龙|张(?:网|图"
    r"|表)|日|把手)|一[^\W\d百千万十]一[^\W\d百千万十个]"
    r"|[一二三四五六七八九十]+(?:届|中全会|大精神)|十[三四五六]五|[两二三四五六七八九]个(?:确立|维护|意识"
    r"|自信|务必|必须|责任人?|清单|覆盖|到位|一批|不变|机制|文明|作用)"
    r"|三(?:公经费|会一课|重一大|同时|严三实|包|下乡)|四套班子|八项规定|千(?:家万户|方百计)|百花|百家"
    r"|万无一失|[规限]模?以上|\d+\S{1,3}以上的?(?=\w{0,4}?(?:企业|单位|场所|老年|老人|人员|学校|居民|家庭"
    r"|建筑|人口|商户|用户|儿童|工程|项目))"
)
_NOT_QUANTITIES = re.compile(f"{_DATES}|{_REFERENCES}|{_IDIOMS}")
_GIVEN = re.compile(
    rf"\d|俩|仨|[两二三四五六七八九][十百千万亿]|[两二三四五六七八九十](?:趟|位|口|回|遍|眼|头|段|所|班|组)|{_CHINESE}\s*(?:余|多|来)?\s*(?:{_MEASURES})|百分之|每[月周日天季]"
)


_SINGLE = re.compile(rf"(?<!\d)[1一](?P<of>{_MEASURES})")
_FEW_THINGS = re.compile(r"[两二三四五六七八九十](?:个|项|类|种|条|本|部)")
"""A few things without more or less are a name (三项制度) rather than a demand."""


@lru_cache(maxsize=1024)
def asked_quantities(text: str) -> tuple[str, ...]:
    """The quantities a requirement asks for, as written; list numbers, dates and document numbers are none."""
    found = (match.group().strip() for match in _QUANTITY.finditer(_NOT_QUANTITIES.sub("，", fold(text))))
    return tuple(quantity for quantity in found if not _FEW_THINGS.fullmatch(quantity))


def has_quantity(text: str, asked: Sequence[str] = ()) -> bool:
    """Whether an answer holds any quantity; dates, document numbers, list marks and idioms are none.

    全覆盖 is one where a share was ``asked``.
    """
    if "全覆盖" in text and any("%" in quantity or "百分" in quantity for quantity in asked):
        return True
    return bool(_GIVEN.search(_NOT_QUANTITIES.sub("，", fold(text))))


def counts_by(text: str, quantities: Sequence[str]) -> bool:
    """Whether a text counts something by a measure of the quantities asked for: 检查记录12次 for 不少于2次."""
    folded = fold(text)
    if any(f"一{match['of']}" in folded for quantity in quantities for match in _SINGLE.finditer(quantity)):
        return True
    asked = {match["of"] for quantity in quantities for match in _QUANTITY.finditer(quantity)}
    return any(match["of"] in asked for match in _QUANTITY.finditer(_NOT_QUANTITIES.sub("，", folded)) if match["of"])


_SHARE = re.compile(r"(?<!\d)(\d{1,2}(?:\.\d+)?)%")
"""A share below the whole."""


def reaches_share(requirement: str, text: str) -> bool:
    """Whether a requirement asks for a share of the whole and a text tells none, or not less than it."""
    asked, given = _SHARE.findall(fold(requirement)), _SHARE.findall(fold(text))
    return bool(asked) and (not given or float(given[0]) >= float(asked[0]))
