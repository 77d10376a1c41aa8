"""Whether a clause tells a deed for a day that has not come yet: 第二批11月起开展, asked in October."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

_NEXT_MONTHS = 4
"""A bare month is this year's when it is at most so far ahead."""
_DEEDS = (
    "完成|办结|完工|竣工|结束|建成|交付|投用|启用|上线|开通|通车|验收|印发|出台|公布|公示|实施|举办|召开|开展|启动|开工|动工|进场"
    "|开标|开班|开业|割接|安装|调试|评审|审议|签|发放|到货|到港|交货|进行|推进|开始|培训|完|收尾|提交|报送|上架|举行|拨"
)
_DATED = re.compile(
    r"(?:(?P<year>20\d\d)年)?(?<![\d第至到])(?P<month>1[0-2]|[1-9])月(?!度|报|份?(?:以来|工资|数据|报表))"
    r"(?:份?(?:(?P<day>\d{1,2})[日号]|(?P<end>[底末]|[中下]旬)|初|上旬)?)(?:之?前|以前|起|左右|期间|内)?"
    rf"(?:在|由|将|对|可|能|再|全部|全面|正式|陆续|集中|组织)*(?:\w{{0,4}}?(?:{_DEEDS})(?!的)"
    rf"|(?!\w*(?:[施执]行|生效|条件|起$))[^\W\d]{{2,4}}$)"
)
_PUT_OFF = re.compile(r"(?:列入|纳入|安排|推迟|延至|延到|改[到在至])\w{0,14}?(20\d\d)年")
_UNTIL = re.compile(r"(?:公示|公告|征集|征求意见)期?[至到](?P<month>\d{1,2})月(?P<day>\d{1,2})日")
_PAST = re.compile(r"原[定计拟本先]|[去上前]一?年|同期|提前|比|较|至\d|此前|曾|自(?:20\d\d年)?\d{1,2}月")


_ENDS = {"底": 31, "末": 31, "中旬": 20, "下旬": 31}


def _day(match: re.Match[str]) -> int:
    """The day of a month that a match names, the last of a third of it; 0 for the month as such."""
    return int(match["day"] or 0) or _ENDS.get(match["end"] or "", 0)


@lru_cache(maxsize=8)
def _later(today: date) -> re.Pattern[str]:
    months = "|".join(str(month) for month in range(today.month + 1, 13)) or "13"
    days = "|".join(str(day) for day in range(today.day + 1, 32)) or "32"
    years = "|".join(str(year) for year in range(today.year + 1, today.year + 20))
    return re.compile(f"(?<![0-9])(?:(?:{months})月|{today.month}月(?:份?[底末中下]|(?:{days})[日号]))|(?:{years})年")


@dataclass(frozen=True, slots=True)
class Present:
    """The day an answer is read, and the day its work was given out."""

    today: date
    since: date | None = None

    def may_name_later(self, text: str) -> bool:
        """Whether a text names a month or a year to come at all, looked up quickly."""
        return bool(_later(self.today).search(text))

    def lies_before(self, clause: str) -> bool:
        """Whether the clause tells of a deed on a day still to come."""
        if any(int(year) > self.today.year for year in _PUT_OFF.findall(clause)):
            return True
        if any(self._is_ahead(None, int(until["month"]), int(until["day"])) for until in _UNTIL.finditer(clause)):
            return True
        if _PAST.search(clause):
            return False
        return any(self._is_ahead(match["year"], int(match["month"]), _day(match)) for match in _DATED.finditer(clause))

    def _is_ahead(self, year: str | None, month: int, day: int) -> bool:
        if year:
            return (int(year), month, day) > (self.today.year, self.today.month, self.today.day if day else 0)
        if month == self.today.month:
            return day > self.today.day
        if self.since is None or not self.today.month < month <= self.today.month + _NEXT_MONTHS:
            return False
        return date(self.today.year - 1, month, 1) < self.since.replace(day=1)
