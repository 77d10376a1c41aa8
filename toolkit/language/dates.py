"""One date as a clerk types it (A16): 2024.3.5, 3月5日, 3月底, 20240305, 二〇二四年三月五日, full-width.

jionlp is not used: it reads 3月5日 and 下周 against a base day instead of saying that the year is missing, and its
wheel alone weighs 16 MB.  What cannot be read is ``None`` here, never a guess.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from toolkit.language.numerals import NUMERAL, to_int
from toolkit.language.text import fold

BEIJING = timedelta(hours=8)
"""Times stand in files as UTC and are shown as an office reads its clock."""
_SEPARATED = re.compile(r"(\d{4})\s*[./\-年,、\\]\s*(\d{1,2})\s*[./\-月,、\\]\s*(\d{1,2})\s*[日号]?")
_TAIL = (
    r"(?:\s*(?:\(?(?:星期|周)[一二三四五六日天]\)?)?\s*(?:上午|下午|中午|晚)?"
    r"\s*(?:[T ]?\d{1,2}[:时]\d{0,2}(?:[:分]\d{0,2})?(?:\.\d+)?[秒Z]?)?)?"
)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_WRITTEN = re.compile(
    rf"(?:(?P<year>{NUMERAL})\s*年)?\s*(?P<month>{NUMERAL})\s*月\s*(?:(?P<day>{NUMERAL})\s*[日号]?|(?P<end>底|末))"
)
_MONTH_DAY = re.compile(r"(\d{1,2})[./\-](\d{1,2})")
_MONTH = re.compile(
    rf"(?:(?P<year>{NUMERAL})\s*[年./\-])\s*(?P<month>{NUMERAL})\s*月?(?:份)?|(?P<only>{NUMERAL})\s*月(?:份)?"
)
_YEAR_END = re.compile(rf"(?:(?P<year>{NUMERAL})\s*年)?\s*年?[底末]")
_EDGE = re.compile(r"^(?:于|在|已于|到|至|截至)|(?:(?:已)?(?:完成|办结|办完|报送|上报)?)[。.;；,，]?$")


@dataclass(frozen=True, slots=True)
class ReadDate:
    """A date that was read, and whether the text told the day itself."""

    date: date
    exact: bool = True
    """False when only a month or a year was told and its last day was taken."""


def month_end(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, calendar.monthrange(year, month)[1])


def read_date(value: object, *, year: int | None = None) -> date | None:
    """The date a cell means, ``None`` when it cannot be read; ``year`` is for dates without one (3月5日)."""
    detail = read_date_detail(value, year=year)
    return detail.date if detail else None


def read_date_detail(value: object, *, year: int | None = None) -> ReadDate | None:
    """The date a cell means and whether it is exact to the day.

    Dates pass as they are; of a number only 20240305 is a date (a spreadsheet's serials come as dates from the
    reader, which alone knows the workbook's epoch).
    """
    if isinstance(value, datetime):
        return ReadDate(value.date())
    if isinstance(value, date):
        return ReadDate(value)
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    if isinstance(value, float):
        if not value.is_integer():
            return None
        value = int(value)
    text = _EDGE.sub("", fold(str(value)).strip()).strip()
    for reader in (_full, _written, _month_day, _month_only, _year_end):
        if (found := reader(text, year)) is not None:
            return found
    return None


def make_date(year: int | None, month: int | None, day: int | None) -> date | None:
    """The date, or ``None`` when a part is missing or there is no such day."""
    if year is None or month is None or day is None or not 1900 <= year <= 2200:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _exact(day: date | None) -> ReadDate | None:
    return ReadDate(day) if day else None


def _full(text: str, year: int | None) -> ReadDate | None:
    match = re.fullmatch(_SEPARATED.pattern + _TAIL, text) or _COMPACT.fullmatch(text)
    return _exact(make_date(*map(int, match.groups()[:3]))) if match else None


def _written(text: str, year: int | None) -> ReadDate | None:
    match = re.fullmatch(_WRITTEN.pattern + _TAIL, text)
    if not match:
        return None
    told = full_year(to_int(match["year"])) if match["year"] else year
    month = to_int(match["month"])
    if match["end"]:
        return _last_day(told, month)
    return _exact(make_date(told, month, to_int(match["day"])))


def _month_day(text: str, year: int | None) -> ReadDate | None:
    match = _MONTH_DAY.fullmatch(text)
    return _exact(make_date(year, int(match[1]), int(match[2]))) if match else None


def _month_only(text: str, year: int | None) -> ReadDate | None:
    match = _MONTH.fullmatch(text)
    if not match:
        return None
    if match["only"]:
        return _last_day(year, to_int(match["only"]))
    return _last_day(to_int(match["year"]), to_int(match["month"])) if len(match["year"]) == 4 else None


def _year_end(text: str, year: int | None) -> ReadDate | None:
    match = _YEAR_END.fullmatch(text)
    if not match:
        return None
    return _last_day(full_year(to_int(match["year"])) if match["year"] else year, 12)


def _last_day(year: int | None, month: int | None) -> ReadDate | None:
    if year is None or month is None or not 1 <= month <= 12 or not 1900 <= year <= 2200:
        return None
    return ReadDate(month_end(year, month), exact=False)


def full_year(year: int | None) -> int | None:
    """A year in full: 24年 is 2024."""
    return year + 2000 if year is not None and year < 100 else year
