"""Date patterns of number formats: ``yyyy"年"m"月"d"日"`` → 2022年3月5日 (A16)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

_PIECE = re.compile(
    r'"(?P<quoted>[^"]*)"?'
    r"|[\\!](?P<escaped>.)"
    r"|_.|\*."
    r"|\[(?P<elapsed>h+|m+|s+)\]"
    r"|\[\$(?P<locale>[^\]]*)\]"
    r"|\[[^\]]*\]"
    r"|(?P<half>AM/PM|A/P|上午/下午)"
    r"|(?P<field>y+|e+|m+|d+|a{3,4}|h+|s+)"
    r"|(?P<fraction>\.0+)"
    r"|(?P<general>General|G/通用格式)"
    r"|(?P<number>[0#?@%])"
    r"|(?P<literal>.)",
    re.DOTALL | re.IGNORECASE,
)
_WEEKDAYS = "一二三四五六日"
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_SYSTEM_LONG_DATE = "-F800"


@dataclass(frozen=True, slots=True)
class DatePattern:
    """The pieces of a date format in order: kind and text."""

    pieces: tuple[tuple[str, str], ...]
    elapsed: bool
    """Hours or minutes that count on beyond a day (``[h]:mm``): a duration, not a moment."""
    has_date: bool

    def show(self, moment: datetime) -> str:
        """The visible text of a moment."""
        half_day = any(kind == "half" for kind, _ in self.pieces)
        return "".join(_shown(kind, text, moment, half_day) for kind, text in self.pieces).strip()

    def show_elapsed(self, days: float) -> str:
        """The visible text of a duration."""
        seconds = round(abs(days) * 86_400)
        parts = []
        for kind, text in self.pieces:
            if kind == "elapsed":
                unit = {"h": 3_600, "m": 60, "s": 1}[text[0]]
                parts.append(str(seconds // unit).zfill(len(text)))
            elif kind == "minute":
                parts.append(str(seconds // 60 % 60).zfill(len(text)))
            elif kind == "second":
                parts.append(str(seconds % 60).zfill(len(text)))
            elif kind == "literal":
                parts.append(text)
        return ("-" if days < 0 else "") + "".join(parts)


def parse_date_pattern(code: str) -> DatePattern | None:
    """The date pattern in a format code, or ``None`` when the code is for numbers or text."""
    pieces: list[tuple[str, str]] = []
    elapsed = False
    for match in _PIECE.finditer(_first_section(code)):
        kind = match.lastgroup
        if kind in ("number", "general"):
            return None
        if kind == "locale" and match["locale"].upper().endswith(_SYSTEM_LONG_DATE):
            return parse_date_pattern('yyyy"年"m"月"d"日"')
        if kind == "elapsed":
            elapsed = True
            pieces.append(("elapsed", match["elapsed"].lower()))
        elif kind == "field":
            pieces.append((_FIELDS[match["field"][0].lower()], match["field"].lower()))
        elif kind in ("half", "fraction"):
            pieces.append((kind, match[kind]))
        elif kind in ("quoted", "escaped", "literal"):
            pieces.append(("literal", match[kind]))
    pieces = _with_minutes(pieces)
    kinds = {kind for kind, _ in pieces}
    if not kinds & {"year", "month", "day", "weekday", "hour", "minute", "second", "elapsed"}:
        return None
    return DatePattern(tuple(pieces), elapsed, bool(kinds & {"year", "month", "day", "weekday"}))


_FIELDS = {"y": "year", "e": "year", "m": "month", "d": "day", "a": "weekday", "h": "hour", "s": "second"}


def _first_section(code: str) -> str:
    outside = re.split(r';(?=(?:[^"]*"[^"]*")*[^"]*$)', code, maxsplit=1)
    return outside[0]


def _with_minutes(pieces: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """``m`` after hours or before seconds means minutes."""
    fields = [place for place, (kind, _) in enumerate(pieces) if kind not in ("literal", "half", "fraction")]
    result = list(pieces)
    for before, place in enumerate(fields):
        kind, text = pieces[place]
        if kind != "month" or len(text) > 2:
            continue
        previous = pieces[fields[before - 1]] if before else ("", "")
        following = pieces[fields[before + 1]] if before + 1 < len(fields) else ("", "")
        after_hours = previous[0] == "hour" or (previous[0] == "elapsed" and previous[1][0] == "h")
        if after_hours or following[0] == "second":
            result[place] = ("minute", text)
    return result


def _shown(kind: str, text: str, moment: datetime, half_day: bool) -> str:
    if kind == "year":
        return f"{moment.year:04d}" if text[0] == "e" or len(text) > 2 else f"{moment.year % 100:02d}"
    if kind == "month" and len(text) > 2:
        return _MONTHS[moment.month - 1]
    if kind == "weekday" or (kind == "day" and len(text) > 2):
        return ("" if text == "aaa" else "星期") + _WEEKDAYS[moment.weekday()]
    if kind == "half":
        early, late = ("上午", "下午") if text.startswith("上") else text.upper().split("/")
        return early if moment.hour < 12 else late
    if kind == "fraction":
        return text
    if kind == "literal":
        return text
    numbers = {
        "month": moment.month,
        "day": moment.day,
        "hour": (moment.hour % 12 or 12) if half_day else moment.hour,
        "minute": moment.minute,
        "second": moment.second,
    }
    return str(numbers[kind]).zfill(min(len(text), 2))
