"""Numbers as automatic numbering writes them: 一、（一） 1. ① a) IV … (ECMA-376, ST_NumberFormat)."""

from __future__ import annotations

from collections.abc import Callable

_DIGITS = "〇一二三四五六七八九"
_LEGAL_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
    (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip


def write(number: int, number_format: str) -> str:
    """``number`` in the format of that name; a format that is not known is written in plain digits."""
    writer = _WRITERS.get(number_format)
    return writer(number) if writer and number >= 0 else str(number)


def _thousands(number: int, digits: str = _DIGITS, units: str = "十百千", ten_thousand: str = "万") -> str:
    """一百零一, 二十, 十一: as Chinese counts."""
    if number == 0:
        return "零"
    if number >= 10_000:
        high, low = divmod(number, 10_000)
        rest = _thousands(low, digits, units, ten_thousand) if low else ""
        zero = "零" if low and low < 1_000 else ""
        return _thousands(high, digits, units, ten_thousand) + ten_thousand + zero + rest
    written = ""
    gap = False
    for place in (3, 2, 1, 0):
        digit = number // 10**place % 10
        if digit:
            written += ("零" if gap and written else "") + digits[digit] + (units[place - 1] if place else "")
            gap = False
        else:
            gap = True
    return written.removeprefix("一") if 10 <= number < 20 and digits == _DIGITS else written


def _counting(number: int) -> str:
    """一 … 十 十一 … 九十九, digit by digit from a hundred on."""
    return _thousands(number) if number < 100 else _digital(number)


def _digital(number: int) -> str:
    return "".join(_DIGITS[int(digit)] for digit in str(number))


def _legal(number: int) -> str:
    return _thousands(number, _LEGAL_DIGITS, "拾佰仟", "万")


def _letters(number: int) -> str:
    """A … Z, AA … ZZ, AAA …: the letter repeated, not counted on."""
    if number == 0:
        return ""
    turns, place = divmod(number - 1, 26)
    return chr(ord("A") + place) * min(turns + 1, 30)


def _roman(number: int) -> str:
    written = ""
    for value, sign in _ROMAN:
        count, number = divmod(number, value)
        written += sign * min(count, 30)
    return written


def _cycle(signs: str) -> Callable[[int], str]:
    return lambda number: signs[number - 1] if 1 <= number <= len(signs) else str(number)


def _signs(first: str, count: int) -> Callable[[int], str]:
    """Characters that follow one another in Unicode from 1 on: ① ⑴ ⒈ ㈠."""
    return lambda number: chr(ord(first) + number - 1) if 1 <= number <= count else str(number)


def _circled(number: int) -> str:
    if 21 <= number <= 35:
        return chr(ord("㉑") + number - 21)
    if 36 <= number <= 50:
        return chr(ord("㊱") + number - 36)
    return _signs("①", 20)(number)


def _ordinal(number: int) -> str:
    ending = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def _wide(number: int) -> str:
    return "".join(chr(ord("０") + int(digit)) for digit in str(number))


_WRITERS: dict[str, Callable[[int], str]] = {
    "chineseCounting": _counting,
    "chineseCountingThousand": _thousands,
    "taiwaneseCounting": _counting,
    "taiwaneseCountingThousand": _thousands,
    "japaneseCounting": _thousands,
    "ideographDigital": _digital,
    "japaneseDigitalTenThousand": _digital,
    "taiwaneseDigital": _digital,
    "chineseLegalSimplified": _legal,
    "ideographLegalTraditional": _legal,
    "ideographTraditional": _cycle(_STEMS),
    "ideographZodiac": _cycle(_BRANCHES),
    "ideographEnclosedCircle": _signs("㊀", 10),
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedParen": _signs("⑴", 20),
    "decimalEnclosedFullstop": _signs("⒈", 20),
    "decimalFullWidth": _wide,
    "decimalFullWidth2": _wide,
    "decimalZero": lambda number: f"{number:02d}",
    "upperLetter": _letters,
    "lowerLetter": lambda number: _letters(number).lower(),
    "upperRoman": _roman,
    "lowerRoman": lambda number: _roman(number).lower(),
    "ordinal": _ordinal,
    "none": lambda number: "",
    "bullet": lambda number: "",
}
