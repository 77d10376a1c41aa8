"""The frame of a notice: title, issuer, number and date, told from page fields and the covering letter."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from toolkit.language.dates import read_date
from toolkit.language.text import fold, unspaced
from toolkit.notice.furniture import is_furniture, is_title
from toolkit.notice.numbering import read_marker
from toolkit.notice.passages import Passage

_FIELD = re.compile(
    r"(?P<name>标\s*题|名\s*称|文\s*号|发文字号|发布单位|发布机构|发布部门|发文机关|发布日期|发布时间|成文日期)\s*[:：]\s*\|?\s*(?P<value>[^|]*)"
)
_DOC_NUMBER = re.compile(
    r"[\u4e00-\u9fffA-Z]{1,14}(?:字)?\s*[〔\[［(（]\s*(?:19|20)\d{2}\s*[〕\]］)）]\s*第?\s*\d{1,5}\s*号"
)
_DATE = re.compile(r"((?:19|20)\d{2})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日")
_CHINESE_DATE = re.compile(r"[二〇○零一三四五六七八九]{4}年[一二三四五六七八九十]{1,3}月[一二三四五六七八九十]{1,3}日")
_SIGNED = re.compile(
    r"^(?P<who>[^。；，,]{4,60}?)?\s*"
    r"(?P<date>(?:19|20)\d{2}(?:\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日|[.]\d{1,2}[.]\d{1,2}))(?P<printed>印发)?$"
)
_ISSUING = re.compile(r"(?:印发|转发|批转|发布|公布|下发)")
_BODY_WORD = re.compile(r"(?:政府|办公室|办公厅|委员会|委|局|厅|部|院|领导小组|办|中心|指挥部|会)(?:文件)?$")
_ISSUER_BEFORE = re.compile(
    r"(?!为|根据|按照|依据|现将|经)(?P<who>[^，,。；]{4,40}?(?:政府|办公室|办公厅|委员会|局|厅))关于"
)
_QUOTED = re.compile(r"《(?P<name>[^《》]*(?:《[^《》]*》|〈[^〈〉]*〉)?[^《》]*)》")
_MATTER = re.compile(
    r"(?:[^。；，,]{4,30})?关于.{4,50}的?(?:通知|意见|决定|函|通报|报告|纪要)|.{4,40}(?:会议纪要|交办单|督办单)"
)
_SHORTEST_TITLE = 8
_GLUED_TITLE = re.compile(
    r"[^。；：:，,]{4,60}?(?:分工|方案|意见|措施|要点|安排|清单|任务|计划|通知)(?=》?[一1（(]|》的通知|各|为|根据|现将)"
)
"""The title in front of the first item of a text in one line."""
_MAKER = re.compile(r"^(?:制表|填报|填表|编制|制定|报送)(?:单位|部门)\s*[:：]\s*")
_YEAR = re.compile(r"(20\d{2})\s*年")


@dataclass(frozen=True, slots=True)
class Frame:
    """What a notice says of itself."""

    title: str = ""
    issuer: str | None = None
    doc_number: str | None = None
    issued_on: date | None = None
    year: int | None = None
    """The year that dates without one belong to."""


def read_frame(
    passages: Sequence[Passage], first: int, name: str, glued: str = "", labels: Sequence[str] = ()
) -> Frame:
    """The frame of a notice whose tasks begin at passage ``first``.

    ``glued`` are words in front of a table's header in the same line; ``name`` is the last resort for a title, and
    the ``labels`` of the table's columns are that for the year.
    """
    fields = _page_fields(passages)
    before = [p.text for p in passages[:first] if not p.is_table]
    if glued:
        before.append(glued)
    after = [p.text for p in passages[first:] if not p.is_table]
    signed, signer = _signature(before, after)
    issued_on = signed or _first_date(fields)
    title = _title(before, fields, glued) or _glued_title(after) or _stem(name)
    year = issued_on.year if issued_on else _year_of(title, [*before, *labels])
    return Frame(title, _issuer(before, fields, signer), _number(before, fields), issued_on, year)


def _page_fields(passages: Sequence[Passage]) -> dict[str, str]:
    fields: dict[str, str] = {}
    for passage in passages[:30]:
        for match in _FIELD.finditer(passage.text if not passage.is_table else ""):
            value = match["value"].strip()
            if value and value != "无":
                fields.setdefault(unspaced(match["name"]), value)
    return fields


def _first_date(fields: dict[str, str]) -> date | None:
    for key in ("成文日期", "发布日期", "发布时间"):
        if key in fields and (found := read_date(fields[key])) is not None:
            return found
    return None


def _signature(before: Sequence[str], after: Sequence[str]) -> tuple[date | None, str | None]:
    """The date under the covering letter and who signed it; else the date of printing at the end."""
    for lines in (before, after[-12:]):
        for place in range(len(lines) - 1, -1, -1):
            line = fold(lines[place])
            match = _SIGNED.match(line) or _tail_signature(line)
            if match is None and not _CHINESE_DATE.fullmatch(unspaced(line)):
                continue
            when = read_date(match["date"] if match else line)
            if when is None:
                continue
            who = (match["who"] or "").strip() if match else ""
            if not who and place and _is_body(lines[place - 1]):
                who = lines[place - 1]
            return when, who or None
    return None, None


def _tail_signature(line: str) -> re.Match[str] | None:
    """A signature glued to the end of the letter's last sentence: …贯彻落实。某市人民政府办公室2020年8月18日."""
    return re.search(
        r"[。）)](?P<who>[^。；，,（）()]{4,40})\s*(?P<date>(?:19|20)\d{2}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日)(?P<printed>)",
        line,
    )


def _is_body(text: str) -> bool:
    return len(text) <= 60 and bool(_BODY_WORD.search(unspaced(text))) and read_marker(text) is None


def _issuer(before: Sequence[str], fields: dict[str, str], signer: str | None) -> str | None:
    if signer:
        return re.sub(r"\s+", " ", _MAKER.sub("", signer.strip()))
    for key in ("发布单位", "发布机构", "发布部门", "发文机关"):
        if key in fields:
            return fields[key]
    for line in before[:8]:
        if _is_body(line):
            return _MAKER.sub("", unspaced(line)).removesuffix("文件")
        if (match := _ISSUER_BEFORE.match(unspaced(line))) is not None:
            return match["who"]
    return None


def _number(before: Sequence[str], fields: dict[str, str]) -> str | None:
    for key in ("文号", "发文字号"):
        if key in fields:
            return unspaced(fields[key])
    for line in before[:14]:
        match = _DOC_NUMBER.search(line)
        if match and len(unspaced(line)) - len(unspaced(match.group())) <= 2:
            return unspaced(match.group())
    return None


def _title(before: Sequence[str], fields: dict[str, str], glued: str) -> str:
    """The name of the plan or table: the line above it, else what the covering letter says it sends out."""
    if glued:
        tail = re.split(r"。|(?<=日)", fold(glued))[-1].strip()
        if 4 <= len(tail) <= 60:
            return unspaced(tail)
    letter = next((n for n in range(len(before) - 1, -1, -1) if _ends_letter(before[n])), -1)
    below = [_without_mark(line) for line in before[letter + 1 :]]
    for place in range(len(below) - 1, -1, -1):
        if _may_title(below[place]) and is_title(below[place]):
            broken = place > 0 and _begins_title(below[place - 1], below[place])
            return _tidy(below[place - 1] + below[place] if broken else below[place])
    if below and _may_title(below[0]) and letter >= 0:
        return _tidy(below[0])
    for line in [fields.get("标题", ""), *before[:10]]:
        if _ISSUING.search(line) and (match := _QUOTED.search(line)):
            return _tidy(match["name"])
    for line in before[:10]:
        if (match := re.search(r"关于(?:印发|转发|发布|下发)(?P<name>.{4,60}?)的通知", unspaced(line))) is not None:
            return match["name"].strip("《》")
        if (is_title(line) or _MATTER.fullmatch(line)) and 6 <= len(line) <= 60 and not is_furniture(line):
            return _tidy(_without_mark(line))
    if fields.get("标题") or fields.get("名称"):
        return fields.get("标题") or fields["名称"]
    plain = (line for line in before[:3] if len(line) > _SHORTEST_TITLE and _may_title(line) and not _is_body(line))
    return next(plain, "")


def _glued_title(after: Sequence[str]) -> str:
    """The title of a text in one line, from which no line stands above the first task."""
    match = _GLUED_TITLE.match(after[0]) if after else None
    return re.sub(r"^关于印发《?|》$", "", match.group()) if match else ""


def _without_mark(line: str) -> str:
    return re.sub(r"^(?:附\s*件\s*\d*\s*[:：]?|附\s*[:：]|#{1,6}\s)\s*", "", line).strip()


def _begins_title(line: str, rest: str) -> bool:
    """Whether a title is broken over two lines: the first is not one by itself, the second begins amid it."""
    if not _may_title(line) or is_title(line):
        return False
    return len(rest) < 14 or rest.startswith("关于") or bool(re.search(r"[省市县区州旗镇年]$", line))


def _may_title(line: str) -> bool:
    """Whether a line is short and plain enough for a title."""
    if not 4 <= len(line) <= 70 or "。" in line or line.endswith(("：", ":", "；")):
        return False
    return read_marker(line) is None and not is_furniture(line)


def _ends_letter(line: str) -> bool:
    """Whether a line closes a covering letter: its date, or the aside below it."""
    return bool(
        _SIGNED.match(fold(line)) or _CHINESE_DATE.fullmatch(unspaced(line)) or re.match(r"[（(](?:此件|本文)", line)
    )


def _tidy(title: str) -> str:
    return re.sub(r"(?<=[\u4e00-\u9fff\d])\s+(?=[\d])|(?<=\d)\s+(?=[\u4e00-\u9fff])", "", title).strip()


def _stem(name: str) -> str:
    return re.sub(r"\.[A-Za-z0-9]{1,5}$", "", name)


def _year_of(title: str, before: Sequence[str]) -> int | None:
    for text in (title, *before):
        if (match := _YEAR.search(text)) is not None:
            return int(match.group(1))
    return None
