"""Number formats: what a person sees of a number in a cell (A15, A16).

Source of the grammar: ECMA-376 part 1, 18.8.31 (number format codes) and 18.8.30 for the built-in ones,
the latter as Chinese Excel and WPS show them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache

from toolkit.containers.content import Value, plain_text
from toolkit.containers.dateformat import DatePattern, parse_date_pattern

_BUILT_IN = {
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    5: '"¥"#,##0;"¥"-#,##0',
    6: '"¥"#,##0;"¥"-#,##0',
    7: '"¥"#,##0.00;"¥"-#,##0.00',
    8: '"¥"#,##0.00;"¥"-#,##0.00',
    9: "0%",
    10: "0.00%",
    14: "yyyy/m/d",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    22: "yyyy/m/d h:mm",
    27: 'yyyy"年"m"月"',
    28: 'm"月"d"日"',
    29: 'm"月"d"日"',
    30: "m-d-yy",
    31: 'yyyy"年"m"月"d"日"',
    32: 'h"时"mm"分"',
    33: 'h"时"mm"分"ss"秒"',
    34: '上午/下午h"时"mm"分"',
    35: '上午/下午h"时"mm"分"ss"秒"',
    36: 'yyyy"年"m"月"',
    37: "#,##0;-#,##0",
    38: "#,##0;-#,##0",
    39: "#,##0.00;-#,##0.00",
    40: "#,##0.00;-#,##0.00",
    41: "#,##0",
    42: '"¥"#,##0',
    43: "#,##0.00",
    44: '"¥"#,##0.00',
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mm:ss.0",
    50: 'yyyy"年"m"月"',
    51: 'm"月"d"日"',
    52: 'yyyy"年"m"月"',
    53: 'm"月"d"日"',
    54: 'm"月"d"日"',
    55: '上午/下午h"时"mm"分"',
    56: '上午/下午h"时"mm"分"ss"秒"',
    57: 'yyyy"年"m"月"',
    58: 'm"月"d"日"',
}
"""Built-in formats that change what is seen; all others (0 General, 11 and 48 scientific, 12, 13 fractions,
49 text) show the number plainly: an exponent is never shown (A15)."""

_EPOCH_1900 = datetime(1899, 12, 30)
_EPOCH_1904 = datetime(1904, 1, 1)
_LAST_SERIAL = 2_958_466
_PHANTOM_DAY = 60
"""1900-02-29, which Lotus and Excel count though it never was."""

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?'
    r"|[\\!](?P<escaped>.)"
    r"|_.|\*."
    r"|\[\$(?P<currency>[^\]\-]*)[^\]]*\]"
    r"|\[(?P<condition>[<>=]+-?[\d.]+)\]"
    r"|\[[^\]]*\]"
    r"|(?P<digits>[0#?])"
    r"|(?P<point>\.)|(?P<comma>,)|(?P<percent>%)"
    r"|(?P<exponent>[Ee][+-])|(?P<slash>/)|(?P<text>@)"
    r"|(?P<general>General|G/通用格式)"
    r"|(?P<literal>.)",
    re.DOTALL | re.IGNORECASE,
)
_CONDITION = re.compile(r"([<>=]+)(-?[\d.]+)")
_LONGEST = 255
"""Characters a format code may have; longer ones are no format."""


@dataclass(frozen=True, slots=True)
class Section:
    """One of up to four parts of a format code."""

    tokens: tuple[tuple[str, str], ...]
    condition: tuple[str, Decimal] | None = None

    def count(self, kind: str) -> int:
        """How many tokens are of a kind."""
        return sum(1 for token, _ in self.tokens if token == kind)


@dataclass(frozen=True, slots=True, eq=False)
class NumberFormat:
    """A format code, understood: either a date pattern or sections for numbers."""

    sections: tuple[Section, ...] = ()
    dates: DatePattern | None = None

    def show(self, number: float) -> str | None:
        """The visible text of a number, ``None`` when it is the plain one."""
        try:
            exact = Decimal(repr(number))
        except InvalidOperation:
            return None
        section, signed = self._choose(exact)
        if section is None:
            return None
        return _render(section, exact if signed else abs(exact))

    def _choose(self, number: Decimal) -> tuple[Section | None, bool]:
        """The section for a number, and whether its sign is still to be shown."""
        if any(section.condition for section in self.sections):
            for section in self.sections:
                if section.condition is None or _holds(section.condition, number):
                    return section, True
            return None, True
        numeric = self.sections[:3]
        if number < 0 and len(numeric) > 1:
            return numeric[1], False
        if number == 0 and len(numeric) > 2:
            return numeric[2], True
        return (numeric[0] if numeric else None), True


def built_in(format_id: int) -> NumberFormat | None:
    """A built-in format by its number; ``None`` when it shows numbers plainly."""
    code = _BUILT_IN.get(format_id)
    return parse(code) if code else None


@lru_cache(maxsize=1024)
def parse(code: str) -> NumberFormat | None:
    """A format code, or ``None`` when it shows numbers plainly (General, text, scientific, fractions)."""
    if len(code) > _LONGEST or code in ("General", "@", "G/通用格式", ""):
        return None
    dates = parse_date_pattern(code)
    if dates is not None:
        return NumberFormat(dates=dates)
    sections = tuple(_section(part) for part in _split(code))
    if any(section.count("exponent") or section.count("slash") for section in sections):
        return None
    return NumberFormat(sections)


@lru_cache(maxsize=65_536)
def present(number_format: NumberFormat, number: float, date1904: bool) -> tuple[Value, str | None]:
    """The value of a formatted number (a date where the format is one) and its visible text if it differs."""
    value, shown = _presented(number_format, number, date1904)
    return value, None if shown == plain_text(value) else shown


def _presented(number_format: NumberFormat, number: float, date1904: bool) -> tuple[Value, str | None]:
    pattern = number_format.dates
    if pattern is None:
        return number, number_format.show(number)
    if pattern.elapsed:
        return number, pattern.show_elapsed(float(number)) if abs(number) < _LAST_SERIAL else None
    moment = to_datetime(float(number), date1904)
    if moment is None:
        return number, None
    if not pattern.has_date and number < 1:
        return moment.time(), pattern.show(moment)
    has_time = (moment.hour, moment.minute, moment.second) != (0, 0, 0)
    value: date = moment if has_time else moment.date()
    return value, pattern.show(moment)


def to_datetime(serial: float, date1904: bool) -> datetime | None:
    """The moment of a serial number, to the second; ``None`` outside the years 1900 to 9999."""
    if not 0 <= serial < _LAST_SERIAL:
        return None
    if date1904:
        return _EPOCH_1904 + timedelta(seconds=round(serial * 86_400))
    if 0 < serial < _PHANTOM_DAY:
        serial += 1
    return _EPOCH_1900 + timedelta(seconds=round(serial * 86_400))


def _split(code: str) -> list[str]:
    """The sections of a code: semicolons outside quotes and escapes part them."""
    parts: list[str] = []
    current: list[str] = []
    quoted = escaped = False
    for char in code:
        if char == ";" and not quoted and not escaped:
            parts.append("".join(current))
            current = []
            continue
        quoted = quoted != (char == '"' and not escaped)
        escaped = not escaped and not quoted and char in "\\!_*"
        current.append(char)
    return [*parts, "".join(current)]


def _section(code: str) -> Section:
    tokens: list[tuple[str, str]] = []
    condition = None
    for match in _TOKEN.finditer(code):
        kind = match.lastgroup
        if kind == "condition":
            found = _CONDITION.fullmatch(match["condition"])
            condition = (found[1], Decimal(found[2])) if found else None
        elif kind in ("quoted", "escaped", "currency", "literal"):
            tokens.append(("literal", match[kind]))
        elif kind is not None:
            tokens.append((kind, match[kind]))
    return Section(tuple(tokens), condition)


def _holds(condition: tuple[str, Decimal], number: Decimal) -> bool:
    sign, limit = condition
    return {
        "<": number < limit,
        ">": number > limit,
        "=": number == limit,
        "<=": number <= limit,
        ">=": number >= limit,
        "<>": number != limit,
    }.get(sign, False)


def _render(section: Section, number: Decimal) -> str | None:
    tokens = list(section.tokens)
    if any(kind == "text" for kind, _ in tokens):
        return None
    negative = "-" if number < 0 else ""
    number = abs(number)
    if any(kind == "general" for kind, _ in tokens):
        plain = _plain(number)
        return negative + "".join(plain if kind == "general" else text for kind, text in tokens)
    places = [place for place, (kind, _) in enumerate(tokens) if kind == "digits"]
    if not places:
        return negative + "".join(text for _, text in tokens)
    point = next((place for place, (kind, _) in enumerate(tokens) if kind == "point"), len(tokens))
    integral = [place for place in places if place < point]
    decimal = [place for place in places if place > point]
    commas = [place for place, (kind, _) in enumerate(tokens) if kind == "comma"]
    last = integral[-1] if integral else -1
    grouped = any(integral and integral[0] < comma < last for comma in commas)
    thousands = sum(1 for comma in commas if comma > last)
    number = number * 100 ** section.count("percent") / Decimal(1000) ** thousands
    number = number.quantize(Decimal(1).scaleb(-len(decimal)), ROUND_HALF_UP)
    if number == 0:
        negative = ""
    whole, _, fraction = f"{number:f}".partition(".")
    filled = _fill_integral(tokens, integral, whole, grouped) | _fill_decimal(tokens, decimal, fraction)
    shown = [
        filled.get(place, "" if kind == "comma" else text)
        for place, (kind, text) in enumerate(tokens)
        if kind != "point" or any(filled[d].strip() for d in decimal) or not decimal
    ]
    return (negative + "".join(shown)).strip()


def _fill_integral(tokens: list[tuple[str, str]], places: list[int], whole: str, grouped: bool) -> dict[int, str]:
    """Digits from the right; what is left over goes before the first place."""
    digits = list("" if whole == "0" else whole)
    filled: dict[int, str] = {}
    count = 0
    for place in reversed(places):
        symbol = tokens[place][1]
        digit = digits.pop() if digits else {"0": "0", "?": " "}.get(symbol, "")
        if place == places[0]:
            rest = "".join(digits) + digit
            digits = []
            pieces = list(rest)
        else:
            pieces = [digit] if digit else []
        text = ""
        for piece in reversed(pieces):
            if grouped and count and count % 3 == 0 and piece.isdigit():
                text = "," + text
            text = piece + text
            count += 1
        filled[place] = text
    return filled


def _fill_decimal(tokens: list[tuple[str, str]], places: list[int], fraction: str) -> dict[int, str]:
    filled: dict[int, str] = {}
    optional = True
    for place, digit in reversed(list(zip(places, fraction, strict=False))):
        symbol = tokens[place][1]
        optional = optional and digit == "0" and symbol != "0"
        filled[place] = {"?": " "}.get(symbol, "") if optional else digit
    return filled


def _plain(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
