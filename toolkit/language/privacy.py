"""Personal numbers in text that will be published: found by their own structure, and masked.

A number with a wrong check digit is still somebody's mistyped number: an identity number is told by its region and
date of birth, a UnionPay card by its prefix, only other cards by their check digit.

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

_SEPARATOR = r"[\s\-—–·]?"
_DIGITS = re.compile(rf"(?<![0-9A-Za-z.])\d(?:{_SEPARATOR}[0-9Xx]){{6,21}}(?![0-9A-Za-z])")
_POSSIBLE = re.compile(r"\d(?:\D?\d){6}|[@＠]")
"""What a text with a personal number surely holds: most texts do not, and need not be looked at closely."""
_LANDLINE = re.compile(r"(?<!\d)0\d{2,3}[\s\-—–]\d{7,8}(?!\d)")
_EMAIL = re.compile(r"[A-Za-z0-9][A-Za-z0-9._%+-]*@[A-Za-z0-9][A-Za-z0-9.-]*\.[A-Za-z]{2,}")


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
    found = [_masked(kind, m.start(), m.end(), m.group()) for kind, m in _candidates(folded)]
    found.sort(key=lambda number: number.start)
    end = 0
    for number in found:
        if number.start >= end:
            end = number.end
            yield number


def mask(text: str) -> str:
    """The text with every personal number masked: its first and last characters stay, the rest is starred."""
    for number in reversed(list(personal_numbers(text))):
        text = text[: number.start] + number.masked + text[number.end :]
    return text


def _candidates(text: str) -> Iterator[tuple[str, re.Match[str]]]:
    for match in _EMAIL.finditer(text):
        yield "电子邮箱", match
    for match in _LANDLINE.finditer(text):
        yield "固定电话", match
    for match in _DIGITS.finditer(text):
        kind = _kind(re.sub(r"[^0-9Xx]", "", match.group()).upper())
        if kind is not None:
            yield kind, match


def _kind(digits: str) -> str | None:
    if len(digits) == 18 and _is_identity(digits):
        return "身份证号"
    if not digits.isdigit():
        return None
    if len(digits) == 11 and digits[0] == "1" and digits[1] in "3456789":
        return "手机号"
    if len(digits) == 13 and digits.startswith("861") and digits[3] in "3456789":
        return "手机号"
    if 16 <= len(digits) <= 19 and (digits.startswith("62") or (digits[0] in "3456" and _is_luhn(digits))):
        return "银行卡号"
    return None


def _is_identity(digits: str) -> bool:
    if not digits[:17].isdigit():
        return False
    try:
        born = date(int(digits[6:10]), int(digits[10:12]), int(digits[12:14]))
    except ValueError:
        return False
    return 1900 <= born.year <= 2100 and digits[0] in "12345678"


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
