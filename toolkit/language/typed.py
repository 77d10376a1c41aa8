"""What a cell means when its column has a type: 选项 despite widths and blanks, 电话 despite hyphens, 1,200 as 1200.

The result is always a text in one form, so that two writings of one value can be compared and counted; ``None`` when
the text is no value of the type.  Sources: GB 11643-1999 (identity number and its check character), the numbering
plan of mobile phones (11 digits, 13–19), RFC 5321 as far as offices use it (mail addresses).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from toolkit.language.dates import read_date
from toolkit.language.text import essence, fold, unspaced
from toolkit.survey import Field, FieldType

_YES = frozenset(map(essence, ("是", "有", "对", "已", "y", "yes", "true", "1")))
_NO = frozenset(map(essence, ("否", "不是", "无", "没有", "未", "n", "no", "false", "0")))
_TICKS = {"√": "是", "✓": "是", "✔": "是", "☑": "是", "×": "否", "✗": "否", "✘": "否"}
_NUMBER = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d+)?(?:[eE][+-]?\d{1,3})?")
_PERCENT = re.compile(r"(.+?)\s*%")
_UNIT = re.compile(r"(?<=\d)\s*(?:人|名|个|家|项|件|条|次|份|元|万元|亿元|户|台|套|处|所|村|亩|公里|平方米|天|年|岁)$")
_BETWEEN = re.compile(r"[\s\-—–_.·/()（）]")
_FIXED = re.compile(r"(?:\+?86)?((?:010|02\d|0[3-9]\d{2}))?([2-9]\d{6,7})")
_EXTENSION = re.compile(r"(?:转|分机|ext\.?|#|\*)\s*(\d{1,6})$", re.IGNORECASE)
_MOBILE = re.compile(r"(?:\+?86)?(1[3-9]\d{9})")
_SERVICE = re.compile(r"(?:11[0249]|12[02]|1[02]\d{3}|9\d{4,5}|[48]00\d{7})")
_SEVERAL = re.compile(r"[;；,，、/\n]|\s或\s?")
_EMAIL = re.compile(r"[a-z0-9](?:[a-z0-9._%+-]*[a-z0-9_%+-])?@(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}", re.I)
_URL = re.compile(r"(https?://)?((?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}|(?:\d{1,3}\.){3}\d{1,3})(:\d+)?(/\S*)?",
                  re.IGNORECASE)  # fmt: skip
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"


def read_typed(field: Field, text: str, value: object = None, *, year: int | None = None) -> str | None:
    """The value a text means in a field.

    ``value`` is what the cell holds (a number, a date) where it is no text; ``year`` is for dates without one.
    """
    if field.type in (FieldType.CHOICE, FieldType.FLAG):
        return _choice(field, text)
    if field.type is FieldType.NUMBER and isinstance(value, int | float) and not isinstance(value, bool):
        return _plain(Decimal(repr(value)))
    if field.type is FieldType.DATE:
        day = read_date(value if isinstance(value, date | datetime) else text, year=year)
        return day.isoformat() if day else None
    return _READERS[field.type](text)


def _choice(field: Field, text: str) -> str | None:
    """One of the words offered, whatever width it has and whatever number or mark stands in front of it."""
    said = essence(text)
    for offered in field.offered:
        if essence(offered) == said and (said or offered.strip() == text.strip()):
            return offered
    if field.type is FieldType.FLAG:
        tick = _TICKS.get(text.strip(), "")
        return tick or ("是" if said in _YES else "否" if said in _NO else None)
    return None


def _text(text: str) -> str:
    return text.strip()


def _number(text: str) -> str | None:
    folded = _UNIT.sub("", fold(text)).replace(" ", "")
    percent = _PERCENT.fullmatch(folded)
    digits = percent.group(1) if percent else folded
    if not _NUMBER.fullmatch(digits) or not any(char.isdigit() for char in digits):
        return None
    try:
        number = Decimal(digits.replace(",", ""))
    except InvalidOperation:
        return None
    return _plain(number / 100 if percent else number)


def _plain(number: Decimal) -> str | None:
    if not number.is_finite() or abs(number.adjusted()) > 30:
        return None
    text = f"{number:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


def _phones(one: Callable[[str], str | None]) -> Callable[[str], str | None]:
    """Reads one number, or several in one cell."""

    def read(text: str) -> str | None:
        folded = fold(text)
        if (single := one(folded)) is not None:
            return single
        numbers = [one(part) for part in _SEVERAL.split(folded) if part.strip()]
        known = [number for number in numbers if number is not None]
        return "；".join(known) if known and len(known) == len(numbers) else None

    return read


def _phone(text: str) -> str | None:
    if (mobile := _mobile(text)) is not None:
        return mobile
    extension = _EXTENSION.search(text)
    digits = _BETWEEN.sub("", text[: extension.start()] if extension else text)
    if _SERVICE.fullmatch(digits):
        return digits
    match = _FIXED.fullmatch(digits)
    if match is None:
        return None
    area, number = match.group(1) or "", match.group(2)
    return (f"{area}-" if area else "") + number + (f"转{extension.group(1)}" if extension else "")


def _mobile(text: str) -> str | None:
    match = _MOBILE.fullmatch(_BETWEEN.sub("", fold(text)))
    return match.group(1) if match else None


def _identity(text: str) -> str | None:
    number = _BETWEEN.sub("", fold(text)).upper()
    if len(number) != 18 or not number[:17].isdigit() or not number.isascii():
        return None
    try:
        date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, number[:17], strict=True))
    return number if number[17] == _CHECKS[total % 11] else None


def _email(text: str) -> str | None:
    address = unspaced(fold(text))
    return address if _EMAIL.fullmatch(address) else None


def _url(text: str) -> str | None:
    address = unspaced(fold(text))
    return address if _URL.fullmatch(address) else None


_READERS: Mapping[FieldType, Callable[[str], str | None]] = {
    FieldType.TEXT: _text,
    FieldType.NUMBER: _number,
    FieldType.PHONE: _phones(_phone),
    FieldType.MOBILE: _phones(_mobile),
    FieldType.IDENTITY: _identity,
    FieldType.EMAIL: _email,
    FieldType.URL: _url,
}
