"""What a cell looks like by its words alone: for columns without header, and for rows that came apart."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from toolkit import vocabulary
from toolkit.language.bodies import Shape, shape
from toolkit.language.persons import is_person
from toolkit.language.text import fold, split_outside, unspaced
from toolkit.notice.columns import Meaning
from toolkit.notice.numbering import is_number, read_marker

BLANK = re.compile(r"[\s—–\-－/／\\无·.。…─━_]*")
_ROLE_TAIL = re.compile(
    r"(?:(?:按照?(?:各自)?职责(?:分工)?|分别|共同|具体|统筹|联合)*"
    r"(?:组织)?(?:牵头(?:负责|落实|实施)?|负责(?:落实|实施)?|落实|配合|协助|参加|参与|实施|推进|指导)"
    r"|按照?(?:各自)?职责(?:分工)?)$"
)
_COUNTED = re.compile(r"(?:[十百千万余]|\d{2})[一二三四五六七八九]?(?:处|个|所|站|家|条|项|部|队|座)$")
"""The end of a quantity (二百处), where a name may end alike (综合二处)."""
_BRACKETED_PERSON = re.compile(r"\(([^()]{2,12})\)?$")
_AMOUNT = re.compile(r"\d(?:余|多)?(?:[台座处家条项所套部米亩辆吨]|公里|万|亿|%)")
"""A quantity in a name: the text tells what is to be done (改建9座口袋公园)."""
_LABEL = re.compile(r"^(?:牵头|责任|配合|主办|协办|承办|实施|推进|支撑)(?:单位|部门)?[:：]")
_POINT = (
    r"(?:20)?\d{2}年(?:度)?|第?[一二三四1-4]季度|\d{1,2}月份?(?:\d{1,2}[日号]|[上中下]旬)?|\d{1,2}[日号]|年[底末内中初]|[上下]半年|全年|年内"
    r"|\d{4}[-./]\d{1,2}(?:[-./]\d{1,2})?|(?:春节|元旦|清明|五一|端午|国庆|中秋|汛期?|夏收|秋收|春耕|两会|高考|中考|开学)(?:期间)?"
    r"|即日|目前|当年|次年|今年|明年"
)
_DATE = re.compile(
    rf"(?:于|到|从|自|截至|截止)?(?:{_POINT})(?:(?:[底末]|之?前|以?前|内|起|开始|[-—–至到~、和及,])*(?:{_POINT}))*"
    r"(?:底|末)?(?:之?前|以?前|内|起|期间)?"
    r"(?:完成|基本完成|启动|执行|施行|见效|取得阶段性成效|[,、]?(?:并|长期|持续)+(?:坚持|推进)|推进|实施|报送)?"
)
_LASTING = (
    r"长期|持续|常态化|即时|实时|立即|按.{0,6}(?:时限|要求|进度|时序)|根据.{0,8}|每[年月季周日].{0,4}|每半年(?:\d+次)?"
    r"|定期|适时|贯穿全年"
)
_AT_ONCE = "(?:立行立改|立查立改|即知即改|边查边改|限期整改)[,、;并]*"
_SPAN = re.compile(rf"(?:{_AT_ONCE}(?:{_LASTING})?|{_LASTING})(?:坚持|推进|实施|开展|完成|整改)?")
_STATE = re.compile("已|正在|尚未|还未|仍在|未[^来]")
"""How a short text begins that says how far something is, in words of its own: 已上线, 正在测试."""
_NOTED = re.compile(
    r"(?:[国省市州区县]级|年度|当年)?(?:重点|试点|示范|督办|民生实事|专项债|中央资金)(?:项目|工程|任务|事项)?"
    r"|(?:新增|续建|新建|跨年|结转|延续|常态化?|长期|持续)(?:推进)?(?:项目|工程|任务|事项|工作)|(?:结合|已|待|需|另).{2,20}"
)
"""What offices note beside a task: 市级重点, 跨年项目, 新增任务."""
_MEASURE = re.compile(
    r"[%％‰]|(?:[个项人件次家处条所座台套户篇份场天倍亩吨辆间张名栋]|公里|千米|平方米|立方米|公顷|万元|亿元|元|小时|分钟|分贝|兆瓦|千瓦时?|㎡|m2|m²|km|km2|ha|kg|t|dB)"
    r"(?:[/／每](?:千|万|百)?(?:人|户|年|月|日|天|㎡|km2|平方公里|公里|个|次|所))?|(?:定性|定量|是[/／]否|—)",
    re.IGNORECASE,
)
_FIGURE = re.compile(r"[\d.,%％—–/\-＋+≥≤<>\s]+")
_QUOTED = re.compile(
    r"《[^》]*》|[（(][^）)]*[）)]|第[一二三四五六七八九十百\d]+[条款项章][、，,]?|\d[.．、]|[；;、，,\s。]"
)


def is_blank(text: str) -> bool:
    """Whether a cell prints nothing: empty, or one of the dashes that stand for an empty cell (——)."""
    return BLANK.fullmatch(text) is not None


def _without_person(match: re.Match[str]) -> str:
    """What is left of a bracket that may name a person: nothing where it does."""
    return "" if is_person(match[1]) else match[0]


@lru_cache(maxsize=32768)
def unit_likeness(text: str) -> float:
    """How much a text reads as a list of units: the share of its members that end like a unit's name, 0 to 1."""
    plain = unspaced(fold(text)).strip("。.;,、()")
    if not plain or len(plain) > 600 or "。" in plain:
        return 0.0
    if _LABEL.match(plain):
        return 1.0
    members = [member for member in split_outside(plain, "、,;/") if member]
    good = 0.0
    for member in members:
        core = _ROLE_TAIL.sub("", member) or member
        core = _BRACKETED_PERSON.sub(_without_person, core.removesuffix("等"))
        if _COUNTED.search(core) or _AMOUNT.search(core):
            continue
        if shape(core) is not Shape.OTHER:
            good += 1.0
        elif len(core) <= 3 and len(members) > 2:
            good += 0.5  # one of a run of elided names: 各县、区
    return good / len(members) if members else 0.0


@lru_cache(maxsize=32768)
def likeness(text: str) -> dict[Meaning, float]:
    """How well a cell's text fits each meaning, 0 (not at all) to 1."""
    plain = unspaced(fold(text))
    units = unit_likeness(text)
    size = len(plain)
    sentence = sum(plain.count(stop) for stop in "。;") + ("," in plain) * 0.5
    deadline = 1.0 if 2 <= size <= 24 and (_DATE.fullmatch(plain) or _SPAN.fullmatch(plain)) else 0.0
    if not deadline and size <= 40 and re.search(r"\d+月|年底|\d{4}年", plain) and re.search(r"前|底|完成", plain):
        deadline = 0.5
    status = 1.0 if size <= 24 and vocabulary.DEFAULT.read(text) is not None else 0.0
    if not status and size <= 12 and _STATE.match(plain):
        status = 0.6
    number = 1.0 if is_number(plain) else 0.0
    measure = 1.0 if _MEASURE.fullmatch(plain) else 0.0
    basis = 1.0 if "《" in plain and len(_QUOTED.sub("", plain)) <= 0.15 * size else 0.0
    special = max(units * 0.9, deadline, status, number, measure, basis)
    prose = min(1.0, 0.35 + size / 60 + 0.15 * sentence) if size >= 6 else 0.25
    label = 1.0 if 2 <= size <= 20 else max(0.01, 1.35 - size / 55)
    if re.search("[。;].", plain):
        label *= 0.3  # two sentences are no name
    if read_marker(plain) is not None and not number:
        label = min(1.0, label + 0.1)
    noted = _NOTED.fullmatch(plain) is not None
    if noted:
        label *= 0.3
    return {
        Meaning.NUMBER: number,
        Meaning.UNITS: units,
        Meaning.DEADLINE: deadline,
        Meaning.STATUS: status,
        Meaning.ASIDE: max(measure, basis, 0.3 if size <= 30 else 0.1),
        Meaning.REMARK: 0.9 if noted else 0.35 if special < 0.8 else 0.15,
        Meaning.CONTENT: prose * (1 - 0.8 * special),
        Meaning.TASK: label * (1 - 0.8 * special),
        Meaning.LEVEL: label * (1 - 0.8 * special),
    }


def is_figure(text: str) -> bool:
    """Whether a cell holds nothing but a figure: an amount, a score, a share."""
    return _FIGURE.fullmatch(text) is not None and any(char.isdigit() for char in text)


def expected(text: str, label: str) -> float | None:
    """How well a text fits a column that the plan has no place for, by its label; ``None`` where that tells nothing."""
    for words, test in _EXPECTED:
        if words.search(label):
            return 1.0 if test(text) else 0.08
    return None


def promises_persons(label: str) -> bool:
    """Whether a label says that the cells below it name people."""
    return _OF_PERSONS.search(label) is not None


def promises_figures(label: str) -> bool:
    """Whether a label says that the cells below it hold amounts or scores."""
    return _OF_FIGURES.search(label) is not None


def is_measure(text: str) -> bool:
    """Whether a cell holds a unit of measure (㎡/千人, %) rather than a unit of people."""
    return _MEASURE.fullmatch(unspaced(fold(text))) is not None


def is_basis(text: str) -> bool:
    """Whether a cell only cites documents."""
    return likeness(text)[Meaning.ASIDE] >= 1.0


_OF_PERSONS = re.compile("领导|人员?(?:[及和/、]|$)|姓名")
_OF_FIGURES = re.compile("投资|资金|金额|分值|权重|数量|得分|面积|占比")
_EXPECTED: tuple[tuple[re.Pattern[str], Callable[[str], bool]], ...] = (
    (_OF_PERSONS, is_person),
    (_OF_FIGURES, is_figure),
    (re.compile("文件|依据"), is_basis),
)
"""What the words of a label promise of the cells below."""
