"""Deadlines of a task: the points in time it is due by, and the limits that come round again.

    2020年9月30日前 · 9月10日前 · 11月底前 · 11月前 · 年底前 · 2020年底 · 第一季度末前 · 上半年 · 到2025年
    每年不少于2次 · 5个工作日内 · 24小时内 · 按季度            (recurrences)

Conventions: SCHEMA.md of the corpus.  jionlp is not used: it resolves against the clock or a base day, takes
2008年以来, 自2017年起 and 国办发〔2020〕14号 for points in time, tells no deadline from any other date, and its
wheel alone weighs 16 MB.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from toolkit.language.bodies import Shape, shape
from toolkit.language.dates import full_year, make_date, month_end, read_date, read_date_detail
from toolkit.language.numerals import NUMERAL, to_int
from toolkit.language.recurrences import Recurrence, find_recurrences
from toolkit.model import Deadline

__all__ = ["DeadlineClause", "read_date", "read_date_detail", "read_deadlines", "tells_time"]


@dataclass(frozen=True, slots=True)
class DeadlineClause:
    """The limits of time a text names."""

    deadlines: tuple[Deadline, ...] = ()
    recurrence: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    """Why the reading is not certain, in Chinese, for the clerk."""


_YEAR = (
    r"(?:(?P<year>(?:19|20)\d{2}|[二一][〇零○九][〇零○一二三四五六七八九]{2})\s*年"
    r"|(?P<which>今年|本年度?|当年|明年|次年|翌年)\s*)"
)
_BEFORE = re.compile(
    r"(?:\s*(?:\d{1,2}[:时]\d{0,2}分?|下班|上午|下午|中午|晚))?\s*(?:之前|以前|前(?!期|后|述|提|三|两|置|往|沿|瞻|款)|止|截止)"
)
_POINT = re.compile(
    rf"(?P<to>到|至|截至|截止到?|于|在)?\s*(?:{_YEAR})?\s*(?:"
    rf"(?P<month>{NUMERAL})\s*月(?:份)?\s*(?:(?P<day>{NUMERAL})\s*[日号]|(?P<third>上旬|中旬|下旬)|(?P<end>底|末))?"
    r"|(?:第?(?P<quarter>[一二三四1-4])\s*季度|(?P<half>上半年|下半年))(?P<qend>[底末])?"
    r"|(?P<yearend>(?:(?<=年)|年)\s*[底末])"
    r"|(?P<within>(?<![\d一二三四五六七八九十两])年内|(?<=年)内))?"
)
_RANGE_START = re.compile(r"\s*(?:[—–~～\-至到]|—-)+\s*(?=[\d一二三四五六七八九十]|下半年|年底)")
_STARTS_AFTER = re.compile(
    r"\s*(?:起|开始|以来|以后|之后|后|至今|印发|发布|公布|施行|修订|出台|制定|版|届|级|度(?!末|底)|的|会议|召开|工作|《)"
)
_FROM_BEFORE = re.compile(r"(?:自|从|始于|每|每个|逐|近|历|以|较|比|同比)$")
_EACH_BEFORE = re.compile(
    rf"每(?:年|学年|年度)(?:的)?\s*(?:{NUMERAL}\s*月(?:份)?(?:[底末]|{NUMERAL}\s*[日号])?\s*[、和及与]\s*)*$"
)
"""What makes all dates of a list recurring: 每年6月、12月底前."""
_LISTED_AFTER = re.compile(
    rf"\s*(?:[、和及与]\s*{NUMERAL}\s*月(?:份)?(?:[底末]|{NUMERAL}\s*[日号])?\s*)+(?:之前|以前|前)"
)
"""The rest of a list of dates that share the 前 behind the last: 6月、12月底前."""
_QUALIFIES = re.compile(r"[^，,。；;：:、]{0,14}?的(?=[^，,。；;：:、\s])")
"""Words that make a date part of a noun's description: 2000年以前建成的小区."""
_STATE = re.compile(
    r"(?:已经?|仍|尚?未)|(?:建成|竣工|投用|投产|投入使用|开工|取得|获得|获批|批准|核准|备案|登记|注册|成立|设立|敷设|铺设|购[买置]|签[订署]"
    r"|出生|入职|毕业|退休|退役|出台|印发|颁布|生产|出厂|认定|立项|受理|形成|产生|发生|遗留)(?:投用|投产)?的"
)
"""Acts that describe what a thing is rather than what is to be done."""
_DONE_AFTER = re.compile(r"[^，,。；;]{0,8}(?:完成|报送|上报|提交|建成|到位|办结|投用|竣工)")
_PAST_AFTER = re.compile(r"[^。；;]{0,12}(?:已|累计|共有|达到了)")
_MASKED = re.compile(
    r"《[^《》]*》|[〔\[［][12]\d{3}[〕\]］]\s*\d*\s*号?|[12]\d{3}\s*年?(?=\s*[—–\-~～至到]+\s*[12]\d{3}\s*年(?!\s*\d))"
)
_NUMERIC = re.compile(
    r"(?<![\d.])(?P<year>20\d{2})(?:(?P<mark>[./\-])(?P<month>1[0-2]|0?[1-9])(?P=mark)(?P<day>3[01]|[12]\d|0?[1-9])(?!\d)"
    r"(?:[ T]00:00(?::00)?)?|[./\-](?P<only>1[0-2]|0?[1-9])(?=\s*(?:[底末前]|以前|之前|$)))"
)
"""Dates in figures, as cells of tables print them."""
_CELL_EDGE = " \t\n　。；;，,、（）()"
_CELL_NOISE = re.compile(r"之前|以前|前|完成|止|启动|报送|持续推进|长期坚持|[—–~～至到\-、，,；;/\n和及并]|\0")
_CELL_LENGTH = 60
_ANY_YEAR = 2000
_OTHERS = ("其余", "其他", "其它")
_SUBJECT_END = re.compile(
    r"(?=要|应|须|需|加快|继续|进一步|力争|确保|争取|原则上|务必|于|在|，|,|：|:|\d|年底|上半年|分别|全面)"
)
_SCOPE_EDGE = " \t\n　。；;，,、"
_SCOPE_TAIL = re.compile(r"(?:要|应|须|需|于|在|的|分别|力争|确保|务必)+$")
_SEGMENT = re.compile(r"[；;。\n]")
_CLOSE_SEPARATOR = re.compile(r"[，,、；;。：:（）()\n]")


@dataclass(frozen=True, slots=True)
class _Point:
    """A deadline where it stands in the text."""

    start: int
    deadline: Deadline


@dataclass(slots=True)
class _Reading:
    text: str
    year: int | None
    issued_on: date | None
    bare_cell: bool
    said_year: int | None = None
    """The last year that the text itself named."""
    points: list[_Point] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)


def read_deadlines(text: str, year: int | None = None, issued_on: date | None = None) -> DeadlineClause:
    """Read the deadlines and recurrences of a requirement, a remark or a 完成时限 cell.

    ``year`` is the notice's year, for dates that name none; ``issued_on`` makes a date doubtful that had passed
    when the notice was issued.  Where several deadlines hold for several classes of units, each says in its
    ``scope`` for which.
    """
    masked = _MASKED.sub(lambda match: "\0" * len(match.group()), _NUMERIC.sub(_spoken, text))
    recurrences = find_recurrences(masked)
    reading = _Reading(
        masked, year if year is not None else issued_on.year if issued_on else None, issued_on, _is_bare_cell(masked)
    )
    for match in _POINT.finditer(masked):
        if match.group().strip() and not _overlaps(recurrences, match):
            _read_point(match, reading)
    return DeadlineClause(
        _with_scopes(reading.points, masked),
        tuple(dict.fromkeys(item.words for item in recurrences)),
        tuple(dict.fromkeys(reading.doubts)),
    )


def _spoken(match: re.Match[str]) -> str:
    """2025.4.30 and 2025-04 as they are said: 2025年4月30日, 2025年4月."""
    day = f"{int(match['day'])}日" if match["day"] else ""
    return f"{match['year']}年{int(match['month'] or match['only'])}月{day}"


def _overlaps(recurrences: Sequence[Recurrence], match: re.Match[str]) -> bool:
    return any(item.start < match.end() and match.start() < item.end for item in recurrences)


def tells_time(text: str) -> bool:
    """Whether a text names any limit of time; that does not depend on the year."""
    clause = read_deadlines(text, _ANY_YEAR)
    return bool(clause.deadlines or clause.recurrence)


def _is_bare_cell(text: str) -> bool:
    """Whether a text is nothing but points in time, as a 完成时限 cell is: then they need no 前."""
    rest = _POINT.sub("", text.strip(_CELL_EDGE))
    return len(text) <= _CELL_LENGTH and not _CELL_NOISE.sub("", rest).strip(_CELL_EDGE)


# --- one point in time -----------------------------------------------------------------


def _read_point(match: re.Match[str], reading: _Reading) -> None:
    """Take in one point in time when it is a limit."""
    if match["year"] is None and match["which"] is None and not _has_part(match, but_within=True):
        return
    year = _year_of(match, reading)
    if match["year"]:
        reading.said_year = year
    text = reading.text
    before = _BEFORE.match(text, match.end())
    end = before.end() if before else match.end()
    if _is_no_limit(match, text, end, bool(before)):
        return
    limit, doubt = _judge(match, text, end, bool(before), reading.bare_cell)
    if not limit:
        return
    words = _words(match, text[match.start() : end])
    day = _resolve(match, year, bool(before))
    if before and (qualified := _QUALIFIES.match(text, end)) is not None:
        if day is not None and _is_past(day, reading):
            return
        if _STATE.match(qualified.group().strip()):
            reading.doubts.append(f"“{words}”可能只是限定后面的对象，没有按完成时限列出")
            return
    if day is None:
        reading.doubts.append(f"“{words}”不能换算成日期")
        return
    if not doubt and reading.issued_on and day < reading.issued_on:
        doubt = "早于发文日期"
    if doubt:
        reading.doubts.append(f"“{words}”{doubt}")
    reading.points.append(_Point(match.start(), Deadline(words, day)))


def _has_part(match: re.Match[str], *, but_within: bool = False) -> bool:
    """Whether the point tells more than a year."""
    names = ["month", "quarter", "half", "yearend", "within"]
    if but_within and match["within"] == "内":
        names.remove("within")
    return any(match[name] for name in names)


def _is_no_limit(match: re.Match[str], text: str, end: int, before: bool) -> bool:
    """Whether the words around tell a start, a past or part of something else (自2017年起, 2008年以来)."""
    ahead = text[: match.start()].rstrip()
    if _FROM_BEFORE.search(ahead) or _EACH_BEFORE.search(ahead):
        return True
    if not before and (_STARTS_AFTER.match(text, end) or _RANGE_START.match(text, end)):
        return True
    return not before and bool(_PAST_AFTER.match(text, end)) and match["to"] in (None, "截至", "截止", "截止到")


def _is_past(day: date, reading: _Reading) -> bool:
    """Whether a day lies before the notice was issued, or before its year where the day of issue is not known."""
    if reading.issued_on is not None:
        return day < reading.issued_on
    return reading.year is not None and day.year < reading.year


def _judge(match: re.Match[str], text: str, end: int, before: bool, bare_cell: bool) -> tuple[bool, str]:
    """Whether the point is a limit, and what is doubtful about it."""
    if not _has_part(match):
        if match["to"] in ("到", "至") or (before and match["to"]):
            return True, ""
        return before or bare_cell or match["to"] is not None, "只写了年份，按年底计"
    if match["within"]:
        return True, "没有写明截止日，按年底计"
    if match["quarter"] or match["half"]:
        return True, "" if before or match["qend"] or bare_cell else "没有写“底”或“前”，按期末计"
    if match["month"] and not match["third"] and not before and _LISTED_AFTER.match(text, end):
        return True, ""
    if match["month"] and before and not (match["day"] or match["end"] or match["third"]):
        return True, "没有写“底”，按上月末计"
    if match["to"] in ("截至", "截止", "截止到") and not before:
        return True, "可能是统计时点"
    if before or match["end"] or match["yearend"] or bare_cell:
        return True, ""
    done = bool(_DONE_AFTER.match(text, end)) and (match["day"] or match["third"] or match["to"])
    return bool(done), "没有写“前”，按当日（期末）计"


def _words(match: re.Match[str], text: str) -> str:
    """The words of a deadline, without the preposition that does not belong to it."""
    words = text.strip()
    if match["to"] in ("于", "在", "至", "截至", "截止", "截止到"):
        words = words[len(match["to"]) :].strip()
    return words


def _year_of(match: re.Match[str], reading: _Reading) -> int | None:
    if match["year"]:
        return full_year(to_int(match["year"]))
    base = reading.year if reading.year is not None else reading.said_year
    if match["which"] in ("明年", "次年", "翌年"):
        return base + 1 if base is not None else None
    return base


def _resolve(match: re.Match[str], year: int | None, before: bool) -> date | None:
    """The day a point stands for: the last of its month, quarter or year; 11月前 is the last of October."""
    if year is None:
        return None
    if match["month"]:
        month = to_int(match["month"])
        if month is None or not 1 <= month <= 12:
            return None
        if match["day"]:
            return make_date(year, month, to_int(match["day"]))
        if match["third"] in ("上旬", "中旬"):
            return make_date(year, month, 10 if match["third"] == "上旬" else 20)
        if before and not match["end"] and not match["third"]:
            return month_end(year - 1, 12) if month == 1 else month_end(year, month - 1)
        return month_end(year, month)
    if match["quarter"]:
        return month_end(year, 3 * (to_int(match["quarter"]) or 4))
    return month_end(year, 6 if match["half"] == "上半年" else 12)


# --- classes of units --------------------------------------------------------------------


def _with_scopes(points: Sequence[_Point], text: str) -> tuple[Deadline, ...]:
    """The deadlines, each with the class of units it holds for where the text tells several apart."""
    scopes = [_scope(text, point.start) for point in points]
    if len(set(filter(None, scopes))) < 2 or len({point.deadline.date for point in points}) < 2:
        return tuple(point.deadline for point in points)
    return tuple(replace(point.deadline, scope=scope) for point, scope in zip(points, scopes, strict=True))


def _scope(text: str, start: int) -> str:
    """The class of units named right before a date, or as the subject of its segment of the sentence."""
    head = text[:start]
    segment = _SEGMENT.split(head)[-1].lstrip(_CELL_EDGE)
    subjects = (segment[: match.start()] for match in _SUBJECT_END.finditer(segment))
    for words in (_CLOSE_SEPARATOR.split(head)[-1], *subjects, segment):
        words = _SCOPE_TAIL.sub("", words.strip(_SCOPE_EDGE))
        if words.startswith(_OTHERS) and len(words) <= 10:
            return words
        if 2 <= len(words) <= 30 and shape(words) is not Shape.OTHER:
            return words
    return ""
