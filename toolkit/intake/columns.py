"""The columns of a form and the header words by which they are known, however they were renamed or moved.

A returned table seldom keeps the header it was issued with: columns are renamed (进展情况 for 进展说明), hints
are added in brackets, a line break comes in.  :func:`read_header` reads one header text into a :class:`Column`;
where the words do not help, :func:`by_neighbours` uses the order of the form.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from toolkit.language.text import essence, fold
from toolkit.marks import PROBLEM_HEADER
from toolkit.model import ENTRY_FIELDS
from toolkit.survey import Field


class Column(StrEnum):
    """A column of a form; the members stand in the order of the contract's header row."""

    CODE = "code"
    NUMBER = "number"
    TITLE = "title"
    REQUIREMENT = "requirement"
    ROLE = "role"
    DEADLINE = "deadline"
    HINT = "hint"
    PREVIOUS = "previous"
    STATUS = "status"
    PROGRESS = "progress"
    EVIDENCE = "evidence"
    DONE_ON = "done_on"
    REMARK = "remark"
    UNIT = "unit"
    """Not in an issued form: the column that tells the unit of each row in a list of all units."""
    UNITS = "units"
    """牵头单位 and the like: the mark of a plan or summary, never of a form."""
    PROBLEM = "problem"
    """Not in an issued form: what the office wrote beside the rows when it sent the form back to be mended."""

    @property
    def label(self) -> str:
        """The header word of the contract."""
        return _NAMES[self][0]


@dataclass(frozen=True, slots=True)
class FieldColumn:
    """A column of a survey's form: one of the office's own fields."""

    field: Field

    @property
    def label(self) -> str:
        """The header word."""
        return self.field.name


AnyColumn = Column | FieldColumn
FILLED_IN = tuple(Column(name) for name in ENTRY_FIELDS)
"""The columns a unit fills in."""
ISSUED: tuple[Column, ...] = tuple(name for name in Column if name not in (Column.UNIT, Column.UNITS, Column.PROBLEM))
"""The columns of an issued form, in its order."""

_NAMES: dict[Column, tuple[str, ...]] = {
    Column.CODE: ("编码", "任务编码", "任务代码", "识别码"),
    Column.NUMBER: ("序号", "编号", "任务序号", "项次", "序", "No"),
    Column.TITLE: ("工作任务", "任务", "任务名称", "重点任务", "主要任务", "工作项目", "任务事项"),
    Column.REQUIREMENT: (
        *("具体要求", "要求", "任务要求", "工作要求", "具体内容", "任务内容", "工作内容", "具体任务"),
        *("具体举措", "工作举措", "具体工作任务", "主要内容"),
    ),
    Column.ROLE: ("职责", "本单位职责", "承担职责", "角色"),
    Column.DEADLINE: ("完成时限", "时限", "完成期限", "时限要求", "截止时间", "要求完成时间", "计划完成时间"),
    Column.HINT: ("工作提示", "提示", "办公室提示"),
    Column.PREVIOUS: ("上期情况", "上期", "上期完成情况", "上期填报", "上期填报情况", "上次填报情况"),
    Column.STATUS: (
        *("完成情况", "完成状态", "状态", "落实情况", "办理情况", "任务状态", "目前状态", "完成进度", "是否完成"),
        *("办理状态", "进度状态", "工作状态"),
    ),
    Column.PROGRESS: (
        *("进展说明", "进展情况", "工作进展", "进展", "进展情况说明", "完成情况说明", "具体进展", "工作进展情况"),
        *("落实情况说明", "工作开展情况", "推进情况", "具体完成情况", "情况说明", "主要做法"),
    ),
    Column.EVIDENCE: ("佐证材料", "佐证", "证明材料", "支撑材料", "佐证附件", "附件", "印证材料", "佐证资料"),
    Column.DONE_ON: ("完成日期", "完成时间", "实际完成时间", "实际完成日期", "办结日期", "办结时间", "完成年月"),
    Column.REMARK: ("备注", "备注说明", "说明", "其他说明", "备考"),
    Column.UNIT: (
        *("单位", "填报单位", "报送单位", "单位名称", "责任单位", "承办单位", "填报部门", "报送部门", "部门"),
        *("责任部门", "填表单位"),
    ),
    Column.UNITS: ("牵头单位", "配合单位", "牵头部门", "配合部门"),
    Column.PROBLEM: (PROBLEM_HEADER,),
}
DUTY_WORDS = frozenset({"责任单位", "承办单位", "责任部门"})
"""Names of a column of units that may tell who is responsible instead of who reports."""
_BY_NAME = {essence(name): column for column, names in _NAMES.items() for name in names}
_LOOSE = sorted(
    (
        name
        for name, column in _BY_NAME.items()
        if column is not Column.UNIT and (len(name) >= 3 or name in ("进展", "佐证", "备注"))
    ),
    key=lambda name: (-len(name), name),
)
"""Words that name a column inside a longer header too, the longest first; short ones say too little."""
_PAST = re.compile(r"^(上期|上季|上月|上次|上年|去年|上一)")
_BRACKETED = re.compile(r"[((\[【〔][^))\]】〕]*[))\]】〕]")
_LONGEST_HEADER = 40
_LONGEST_LOOSE = 14


@lru_cache(maxsize=16384)
def read_header(text: str) -> tuple[Column, bool] | None:
    """The column a header text names, and whether it does so exactly; ``None`` when it names none.

    Hints in brackets do not matter.  A word inside a longer header (本季度完成情况) names it too, the longest
    word first, unless the header is so long that it is a sentence.
    """
    if not text or len(text) > _LONGEST_HEADER:
        return None
    bare = bare_header(text)
    exact = _BY_NAME.get(bare)
    if exact is not None:
        return exact, True
    if len(bare) > _LONGEST_LOOSE:
        return None
    if _PAST.match(bare):
        return Column.PREVIOUS, False
    for name in _LOOSE:
        if name in bare:
            return _BY_NAME[name], False
    return None


def bare_header(text: str) -> str:
    """A header without what stands in brackets, blanks and punctuation."""
    return essence(_BRACKETED.sub("", fold(text))) or essence(text)


def by_neighbours(named: dict[int, Column], unnamed: list[int]) -> dict[int, Column]:
    """What unnamed header columns must be by the order of the form.

    A column between two known ones is taken when exactly one column of the form stands between these in the
    contract's order, is not met elsewhere and is one a unit fills in; everything else stays unknown.
    """
    order = list(Column)
    guessed: dict[int, Column] = {}
    for index in unnamed:
        left = max((place for place in named if place < index), default=None)
        right = min((place for place in named if place > index), default=None)
        if left is None or sum(1 for other in unnamed if left < other and (right is None or other < right)) != 1:
            continue
        start = order.index(named[left]) + 1
        end = min(order.index(named[right]) if right is not None else len(order), order.index(Column.UNIT))
        between = [column for column in order[start:end] if column not in named.values()]
        if len(between) == 1 and between[0] in FILLED_IN:
            guessed[index] = between[0]
    return guessed
