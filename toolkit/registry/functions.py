"""The worksheet functions, in Excel through xlwings and in LibreOffice through the extension."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Parameter:
    """One argument of a worksheet function."""

    name: str
    label: str
    help: str
    optional: bool = False
    many: bool = False
    """Takes a range of cells."""


@dataclass(frozen=True, slots=True)
class WorksheetFunction:
    """One worksheet function, in Excel through xlwings and in LibreOffice through the extension."""

    name: str
    """``FG_…`` with a Chinese name."""
    twin: str
    """The same function under an ASCII name: not every host takes a Chinese one."""
    category: str
    help: str
    function: str
    """Name of the plain function in :mod:`toolkit.functions`."""
    parameters: tuple[Parameter, ...]
    spills: bool = False
    """Gives a table rather than one value."""


_TEXT = Parameter("text", "文本", "要读的文字")
_PLAN = Parameter("plan", "计划", "任务分工表的路径")
_RETURNS = Parameter("folder", "文件夹", "放回收表的文件夹或压缩包的路径")
_DRAFTING, _CHECKING, _MERGING = "分工·拟表", "分工·核查", "分工·汇总"

FUNCTIONS: tuple[WorksheetFunction, ...] = (
    WorksheetFunction(
        "FG_拟表",
        "FG_DRAFT",
        _DRAFTING,
        "读一份通知，列出其中的任务。",
        "draft_table",
        (Parameter("notice", "通知文件", "通知的路径"),),
        spills=True,
    ),
    WorksheetFunction(
        "FG_单位",
        "FG_UNITS",
        _DRAFTING,
        "列出一句话里的单位；角色可写 牵头、责任 或 配合。",
        "units",
        (_TEXT, Parameter("role", "角色", "只要这个角色的单位", optional=True)),
        spills=True,
    ),
    WorksheetFunction(
        "FG_时限",
        "FG_DEADLINES",
        _DRAFTING,
        "列出一句话里的完成时限。",
        "deadlines",
        (_TEXT, Parameter("year", "年份", "没写年份的时限属于哪一年", optional=True)),
        spills=True,
    ),
    WorksheetFunction(
        "FG_情况", "FG_STATUS", _CHECKING, "把完成情况的写法归到规定用语，读不懂的留空。", "status", (_TEXT,)
    ),
    WorksheetFunction(
        "FG_规范单位",
        "FG_NAME",
        _CHECKING,
        "单位的规范名称；名录里没有的给出建议，以“？”开头。",
        "standard_name",
        (Parameter("name", "名称", "单位的写法"), Parameter("roster", "名录", "单位名录的路径", optional=True)),
    ),
    WorksheetFunction(
        "FG_核查",
        "FG_CHECK",
        _CHECKING,
        "核查一行填报，列出问题；没有问题时为空。",
        "check_row",
        (
            Parameter("status_text", "情况", "完成情况"),
            Parameter("progress", "进展", "进展说明"),
            Parameter("due", "时限", "完成时限", optional=True),
            Parameter("today", "今天", "以哪一天为准", optional=True),
        ),
    ),
    WorksheetFunction(
        "FG_雷同",
        "FG_COPIES",
        _CHECKING,
        "逐格指出与哪一格雷同，以及相似度。",
        "copies",
        (Parameter("cells", "区域", "进展说明所在的区域", many=True),),
        spills=True,
    ),
    WorksheetFunction(
        "FG_汇总",
        "FG_MERGE",
        _MERGING,
        "列出收回的填报表里的每一条填报。",
        "merged_entries",
        (_RETURNS, _PLAN),
        spills=True,
    ),
    WorksheetFunction(
        "FG_未报", "FG_MISSING", _MERGING, "列出还没有报的单位。", "missing_units", (_RETURNS, _PLAN), spills=True
    ),
    WorksheetFunction(
        "FG_完成率",
        "FG_RATE",
        _MERGING,
        "一列完成情况的完成率，不涉及的不算。",
        "completion_rate",
        (Parameter("cells", "区域", "完成情况所在的区域", many=True),),
    ),
)
