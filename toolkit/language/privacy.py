"""Personal numbers in text that will be published: found by their own structure, and masked.

A number with a wrong check digit is still somebody's mistyped number: an identity number is told by its region and
date of birth, a UnionPay card by its prefix, other cards by their check digit.  What stands before a number decides
where its digits do not: a code (项目代码, 单号) is nobody's, a landline or mailbox that a unit offers (监督电话,
意见征集邮箱) is meant to be published.

Source of the duty: 《政府信息公开条例》第十五条 (personal privacy is not published); of the forms: GB 11643-1999
(citizen identity number), ISO/IEC 7812 (bank card, Luhn), the numbering plan of mobile phones.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

_GAP = r"[\s\-—–·._]?"
_POSSIBLE = re.compile(r"\d(?:\D?\d){6}|[@＠]")
"""What a text with a personal number surely holds: most texts do not, and need not be looked at closely."""

_LETTERS = r"(?<![0-9A-Za-z])|(?<=[Tt][Ee][Ll])|(?<=[Qq]{2})|(?<=[Vv][Xx])|(?<=[Ww][Xx])|(?<=ID)|(?<=id)"
_IDENTITY = re.compile(rf"(?:{_LETTERS})[1-8](?:{_GAP}\d){{16}}{_GAP}[\dXx](?![0-9A-Za-z])")
_OLD_IDENTITY = re.compile(rf"(?:{_LETTERS})[1-8](?:{_GAP}\d){{14}}(?![0-9A-Za-z])")
_CARD = re.compile(rf"(?:{_LETTERS})\d(?:{_GAP}\d){{15,18}}(?![0-9A-Za-z])")
_MOBILE = re.compile(
    rf"(?:{_LETTERS})(?:(?:\+|00)?86\)?{_GAP}|0{_GAP})?1{_GAP}[3-9](?:{_GAP}\d){{9}}(?![0-9A-Za-z]|\.\d|\s?(?:美?元"
    rf"|港元|欧元|分(?!机)|角|万|亿|平方|公里|吨|立方|个|件|项|条|次|人|户|号(?!码)))"
)
_LANDLINE = re.compile(
    r"(?<![\d-])(?:0(?:10|2\d|[3-9]\d{2})|\(0(?:10|2\d|[3-9]\d{2})\)"
    r"|\+86[\s-]?\d{2,3})[\s\-—–]{0,3}[2-8]\d{2,3}[\s-]?\d{4}(?:(?:转|-)\d{1,5})?(?![\d-])"
)
_EMAIL = re.compile(r"[A-Za-z0-9][A-Za-z0-9._%+-]*\s?@\s?[A-Za-z0-9][A-Za-z0-9-]*(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}")

_ADDRESS = re.compile(r"(?:https?://|www\.)[!-~]+")

_CODE = re.compile(
    r"(?:编号|编码|代码|单号|流水号|序列号|合同(?:号|HT)?|订单号|案号|批号|批次号?|文号|批复|许可证号?|证书号?"
    r"|票号|发票号?码?|税票号?码?|凭证号?码?|缴款书号?码?|宗地号?|地块号?|条码|设备号|业务号|受理号|公告"
    r"|备案号?|图斑号?|登记号|户号|表号|档号|档案号|运单号?|货号|项目)[^\w]{0,3}(?:为|是|："
    r"|:)?\W{0,2}(?:[A-Za-z]{0,6}[-\s]?)?$"
)
_OFFERED = re.compile(
    r"(?:监督|咨询|服务|举报|投诉|热线|值班|办公|公开|政务|预约|报修|救援|救助|传真|总机|便民|窗口|大厅"
    r"|村部|公示|公布|值守|抢修|林长|镇\w{0,3}办|停用|原电话|驻外|纪委|报名|受理|反馈|征集|征求意见|信箱|信访|接待|急救|求助|报警|客服|急诊|招生"
    r"|单位)[\w,、()]{0,8}(?:电话|邮箱|信箱|热线|号码|专线|传真)?\W{0,3}(?:为|是|："
    r"|:)?\W{0,2}(?:[\w.@()\-—]{4,30}[、,/和或]\s?)?$"
)
_ACCOUNT = re.compile(r"卡|账号|账户|帐号|帐户|户头|汇|转账|开户")
_SOMEONE = re.compile(r"先生|女士|老师|同志|师傅|联系人|经办人|负责人|本人|个人|住宅|家庭|家里|某")
_AROUND = 24
"""So many characters before a number tell what it is."""


@dataclass(frozen=True, slots=True)
class PersonalNumber:
    """One personal number in a text."""

    kind: str
    """身份证号, 手机号, 银行卡号, 固定电话 or 电子邮箱."""
    start: int
    end: int
    masked: str


def personal_numbers(text: str) -> Iterator[PersonalNumber]:
    """Every personal number in a text, in order; digits may be full-width or grouped by blanks and hyphens."""
    if not _POSSIBLE.search(text):
        return
    folded = "".join(
        unicodedata.normalize("NFKC", c) if len(unicodedata.normalize("NFKC", c)) == 1 else c for c in text
    )
    folded = _ADDRESS.sub(lambda address: " " * len(address.group()), folded)
    end = 0
    for kind, match in sorted(_candidates(folded), key=lambda found: (found[1].start(), -found[1].end())):
        if match.start() >= end:
            end = match.end()
            yield _masked(kind, match.start(), match.end(), match.group())


def mask(text: str) -> str:
    """The text with every personal number masked: its first and last characters stay, the rest is starred."""
    for number in reversed(list(personal_numbers(text))):
        text = text[: number.start] + number.masked + text[number.end :]
    return text


def _candidates(text: str) -> Iterator[tuple[str, re.Match[str]]]:
    """Every number of a kind, also where kinds overlap."""
    for match in _EMAIL.finditer(text):
        if not (match.group().endswith(".gov.cn") and _is_offered(text, match)):
            yield "电子邮箱", match
    for match in _LANDLINE.finditer(text):
        if not _is_offered(text, match):
            yield "固定电话", match
    for match in _IDENTITY.finditer(text):
        if _is_identity(_bare(match)) and not _is_code(text, match):
            yield "身份证号", match
    for match in _OLD_IDENTITY.finditer(text):
        if "身份" in _before(text, match):
            yield "身份证号", match
    for match in _CARD.finditer(text):
        if _is_card(_bare(match), _before(text, match)) and not _is_code(text, match):
            yield "银行卡号", match
    for match in _MOBILE.finditer(text):
        if not _is_code(text, match):
            yield "手机号", match


def _bare(match: re.Match[str]) -> str:
    return re.sub(r"[^0-9Xx]", "", match.group()).upper()


def _before(text: str, match: re.Match[str]) -> str:
    return text[max(0, match.start() - _AROUND) : match.start()]


def _is_code(text: str, match: re.Match[str]) -> bool:
    before = _before(text, match)
    return bool(_CODE.search(before)) and not re.search(r"身份|证件|手机|电话|卡号|账号|联系", before)


def _is_offered(text: str, match: re.Match[str]) -> bool:
    """Whether a unit offers this landline or mailbox to the public, and no person's name stands by it."""
    beside = _before(text, match)[-12:] + text[match.end() : match.end() + 8]
    return bool(_OFFERED.search(_before(text, match))) and not _SOMEONE.search(beside)


def _is_identity(digits: str) -> bool:
    try:
        born = date(int(digits[6:10]), int(digits[10:12]), int(digits[12:14]))
    except ValueError:
        return False
    return 1900 <= born.year <= 2100


def _is_card(digits: str, before: str) -> bool:
    if digits.startswith("62"):
        return True
    usual = digits[0] in "3456"
    told = bool(_ACCOUNT.search(before)) and "对公" not in before
    return (usual or told) if _is_luhn(digits) else (usual and told)


def _is_luhn(digits: str) -> bool:
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0 and any(a != b for a, b in pairwise(digits))


def _masked(kind: str, start: int, end: int, text: str) -> PersonalNumber:
    if kind == "电子邮箱":
        name, _, host = text.partition("@")
        return PersonalNumber(kind, start, end, f"{name[0]}***@{host}")
    head, tail = {"身份证号": (3, 2), "手机号": (3, 2), "银行卡号": (4, 2), "固定电话": (3, 2)}[kind]
    hidden = "".join("*" if c.isalnum() else c for c in text[head : len(text) - tail])
    return PersonalNumber(kind, start, end, text[:head] + hidden + text[len(text) - tail :])
