"""Deadlines of a task: the points in time it is due by, and the limits that come round again.

    2020年9月30日前 · 9月10日前 · 11月底前 · 11月前 · 年底前 · 2020年底 · 第一季度末前 · 上半年 · 到2025年
    每年不少于2次 · 5个工作日内 · 24小时内 · 按季度            (recurrences)

Conventions: SCHEMA.md of the corpus.  Own grammar instead of jionlp: that library resolves against the clock,
takes 2008年以来, 〔2020〕 and the dates of laws for points in time, and does not know 11月前 as a limit.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from toolkit.language.dates import full_year, make_date, month_end, read_date, read_date_detail
from toolkit.language.numerals import NUMERAL, to_int
from toolkit.language.recurrences import find_recurrences
from toolkit.model import Deadline

__all__ = ["DeadlineClause", "read_date", "read_date_detail", "read_deadlines"]


@dataclass(frozen=True, slots=True)
class DeadlineClause:
    """The limits of time a text names."""

    deadlines: tuple[Deadline, ...] = ()
    recurrence: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    """Why the reading is not certain, in Chinese, for the clerk."""


_YEAR = r"(?:(?P<year>(?:19|20)\d{2}|[二一][〇零○九][〇零○一二三四五六七八九]{2})\s*年|(?P<which>今年|本年度?|当年|明年|次年|翌年)\s*)"
_BEFORE = r"(?:\s*(?:\d{1,2}[:时]\d{0,2}分?|下班|上午|下午|中午|晚))?\s*(?P<before>之前|以前|前|止|截止)"
_POINT = re.compile(
    rf"(?P<to>到|至|截至|截止到?|于|在)?\s*(?:{_YEAR})?\s*(?:"
    rf"(?P<month>{NUMERAL})\s*月(?:份)?\s*(?:(?P<day>{NUMERAL})\s*[日号]|(?P<third>上旬|中旬|下旬)|(?P<end>底|末))?"
    r"|(?:第?(?P<quarter>[一二三四1-4])\s*季度|(?P<half>上半年|下半年|全年))(?P<qend>[底末])?"
    r"|(?P<yearend>(?:(?<=年)|年)\s*[底末])"
    r"|(?P<within>年内|内))?"
)
_STARTS_AFTER = re.compile(
    r"^\s*(?:起|开始|以来|以后|之后|后|至今|实施以来|印发|发布|公布|施行|修订|版|届|级|度(?!末|底)|制定|出台|的《|会议|召开)"
)
_FROM_BEFORE = re.compile(r"(?:自|从|自从|始于|每|每个|逐|近|历|《[^》]*)$")
_EACH_BEFORE = re.compile(r"(?:每(?:年|个?月|个?季度|半年|周)(?:的)?|次月|下月|逐月|逐年|各季度|当月|季度首月)\s*$")
_MASKED = re.compile(
    r"《[^《》]*》|[〔\[［][12]\d{3}[〕\]］]\s*\d*\s*号?|[12]\d{3}\s*[—–\-~～至到]\s*[12]\d{3}\s*年?|[“\"][^”\"]*[”\"](?=期间|规划)"
)
_SCOPE = re.compile(
    r"(?P<scope>[^，,；;。、：:（）()]{2,16}?(?:单位|地区|部门|县区|县（市、区）|街镇|乡镇|镇街|学校|企业|其余|其他|其它|园区))\s*(?:应|要|须|需|于|在|应于|应在|要在|须于|确保)?\s*$|(?P<rest>其余|其他|其它)\s*$"
)
_CELL_EDGE = " \t\n　。；;，,、（）()"
_JOIN = re.compile(r"\s*(?:[、，,；;/\n]|和|及|并)\s*")


@dataclass(slots=True)
class _Reading:
    year: int | None
    issued_on: date | None
    said_year: int | None = None
    """The last year that the text itself named."""
    deadlines: list[Deadline] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    spans: list[tuple[int, int]] = field(default_factory=list)


def read_deadlines(text: str, year: int | None = None, issued_on: date | None = None) -> DeadlineClause:
    """Read the deadlines and recurrences of a requirement, a remark or a 完成时限 cell.

    ``year`` is the notice's year, for dates that name none; ``issued_on`` makes a date doubtful that had passed
    when the notice was issued.  Every date has a ``scope`` when the sentence names the class of units it holds for.
    """
    masked = _MASKED.sub(lambda match: "\0" * len(match.group()), text)
    recurrences = find_recurrences(masked)
    reading = _Reading(year if year is not None else issued_on.year if issued_on else None, issued_on)
    blocked = [(start, end) for start, end, _ in recurrences]
    bare_cell = _is_bare_cell(masked)
    for match in _POINT.finditer(masked):
        if match.group().strip() and not any(s < match.end() and match.start() < e for s, e in blocked):
            _read_point(match, masked, bare_cell, reading)
    return DeadlineClause(
        tuple(reading.deadlines),
        tuple(dict.fromkeys(words for _, _, words in recurrences)),
        tuple(dict.fromkeys(reading.doubts)),
    )


def _is_bare_cell(text: str) -> bool:
    """Whether a text is nothing but points in time, as a 完成时限 cell is: then they need no 前."""
    rest = _POINT.sub(lambda m: "" if m.group().strip() else m.group(), text.strip(_CELL_EDGE))
    rest = re.sub(r"之前|以前|前|完成|止|启动|报送|持续推进|长期坚持|并|[—–~～至到\-]", "", _JOIN.sub("", rest))
    return not rest.strip(_CELL_EDGE) and len(text) < 60


def _read_point(match: re.Match[str], text: str, bare_cell: bool, reading: _Reading) -> None:
    core = match.group()
    told = _told_year(match, reading)
    only_year = not any(match[name] for name in ("month", "quarter", "half", "yearend", "within"))
    if match["year"] is None and match["which"] is None and (only_year or match["within"] == "内"):
        return
    if match["year"]:
        reading.said_year = told
    before = re.match(_BEFORE, text[match.end() :])
    end = match.end() + (before.end() if before else 0)
    head = text[: match.start()]
    if (
        _FROM_BEFORE.search(head.rstrip())
        or _EACH_BEFORE.search(head)
        or (not before and _STARTS_AFTER.match(text[end:]))
    ):
        return
    is_limit = bool(before) or bool(match["end"] or match["yearend"] or match["qend"] or match["within"]) or bare_cell
    doubt = ""
    if only_year:
        if match["to"] in ("到", "至") and not before:
            is_limit = True
        elif not (is_limit or match["to"]):
            return
        else:
            is_limit, doubt = True, "只写了年份"
    elif match["within"]:
        doubt = f"“{core.strip()}”没有写明截止日"
    elif match["quarter"] or match["half"]:
        is_limit = True
        if not before and not match["qend"] and not bare_cell:
            doubt = "只写了季度或半年，按末日计"
    elif (
        not is_limit
        and match["to"]
        and match["month"]
        and re.match(r"[^，,。；;]{0,12}(?:完成|报送|上报|报|提交|建成|到位)", text[end:])
    ):
        is_limit, doubt = True, "没有写“前”，按当日计"
    if not is_limit:
        return
    day = _resolve(match, told, bool(before), reading)
    words = text[match.start() : end].strip()
    if match["to"] in ("于", "在", "截至", "截止到", "截止"):
        words = words[len(match["to"]) :].strip()
    if day is None:
        reading.doubts.append(f"“{words}”不能换算成日期")
        return
    if match["month"] and before and not (match["day"] or match["end"] or match["third"]):
        doubt = f"“{words}”未写“底”，按上月末计"
    if match["to"] in ("截至", "截止到", "截止") and not before:
        doubt = f"“{words}”可能是统计时点"
    if reading.issued_on and day < reading.issued_on:
        doubt = doubt or f"“{words}”早于发文日期"
    if doubt:
        reading.doubts.append(doubt if words in doubt else f"“{words}”{doubt}")
    scope = _SCOPE.search(head[-24:])
    reading.deadlines.append(Deadline(words, day, (scope["scope"] or scope["rest"]) if scope else ""))


def _told_year(match: re.Match[str], reading: _Reading) -> int | None:
    if match["year"]:
        return full_year(to_int(match["year"]))
    base = reading.year
    if match["which"] in ("明年", "次年", "翌年"):
        return base + 1 if base is not None else None
    if match["which"]:
        return base
    return base if base is not None else reading.said_year


def _resolve(match: re.Match[str], year: int | None, before: bool, reading: _Reading) -> date | None:
    if year is None:
        return None
    if match["month"]:
        month = to_int(match["month"])
        if month is None or not 1 <= month <= 12:
            return None
        if match["day"]:
            return make_date(year, month, to_int(match["day"]))
        if match["third"] and match["third"] != "下旬":
            return make_date(year, month, 10 if match["third"] == "上旬" else 20)
        if before and not match["end"] and not match["third"]:
            return month_end(year - 1, 12) if month == 1 else month_end(year, month - 1)
        return month_end(year, month)
    if match["quarter"]:
        return month_end(year, 3 * (to_int(match["quarter"]) or 4))
    if match["half"]:
        return month_end(year, 6 if match["half"] == "上半年" else 12)
    return month_end(year, 12)
