"""How far work has come on its way, against what was asked for: a rule asked to be issued is not done when drafted.

Papers, buildings and purchases each pass through known stages.  A short requirement names the one it asks for
(印发规划, 新建实验楼并投入使用, 启动招标); an answer tells by its words how far the unit has come.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

_PAPER = (
    "调研|研究|摸底",
    "起草|初稿|提纲|撰写",
    "征求意见|征求|讨论",
    "评审|论证|评估",
    "送审|报审|报请|提请|提交|审批|审核|会签|报\\w{1,8}(?:审|批)",
    "审议|审定|批复|通过",
    "印发|出台|公布|发布|施行|实施|执行|颁布|下发|公开|生效|制定|修订",
)
_BUILDING = (
    "立项|可研|选址|预审",
    "设计(?:院|图|方案|单位|招标|完)|图纸",
    "招标|采购|下单|比选",
    "合同|签订|中标",
    "开工|动工|进场|生产|排产|发货",
    "封顶|主体|到货|站房|土建",
    "安装|调试|装修",
    "完工|竣工|验收|建成|交付|完成|改造|修好|建好|装好|更新|换",
    "投入使用|投用|启用|运营|运行|开放|执勤|使用|入住|开业",
)
_WAYS = tuple(tuple(map(re.compile, way)) for way in (_PAPER, _BUILDING))
_ASKED = (
    re.compile("印发|出台|公布|发布|颁布|制定"),
    re.compile("新建|建成|改造|修建|扩建|更新|安装|投入使用|投用|启用|投运"),
)
_END_OF_BUILDING, _IN_USE = 7, re.compile("投入使用|投用|启用|投运|执勤|运营|开放")
_DONE = re.compile(r"办结|全部|到位|落实|完毕|[完好成齐]了|已完成|完成[^\W\d]{0,4}\d")
_ONE_THING = re.compile(r"[^，；。,;\n]{4,32}。?")
"""A requirement of one clause asks for one thing."""

_ACTS = tuple(
    re.compile(words)
    for words in (
        "启动",
        "申报|报送|上报|报出|提交|递交|提出|报请|提请|呈报",
        "移送|移交",
        "编制|编好|编成|编完",
        "签订|签署|签了|已签",
        "成立|组建",
        "召开|开了会|举办",
        "印发|出台|公布|发布|制定|下发",
    )
)


@lru_cache(maxsize=4096)
def _target(requirement: str) -> tuple[int, int] | None:
    """Which way a requirement speaks of, and the stage that it asks for."""
    if not _ONE_THING.fullmatch(requirement):
        return None
    for number, asked in enumerate(_ASKED):
        if asked.search(requirement):
            last = len(_WAYS[number]) - 1
            return number, last if number == 0 or _IN_USE.search(requirement) else _END_OF_BUILDING
    return None


def falls_short(requirement: str, answer: str) -> bool:
    """Whether an answer tells only of stages before the one that was asked for."""
    target = _target(requirement)
    if target is None or _DONE.search(answer):
        return False
    way, stage = target
    reached = [number for number, words in enumerate(_WAYS[way]) if words.search(answer)]
    return bool(reached) and max(reached) < stage


@lru_cache(maxsize=4096)
def _asked_acts(requirement: str) -> tuple[re.Pattern[str], ...]:
    return tuple(act for act in _ACTS if act.search(requirement)) if _ONE_THING.fullmatch(requirement) else ()


def did_what_was_asked(requirement: str, clauses: Sequence[str]) -> bool:
    """Whether one of these clauses tells the one act that a short requirement asks for: 启动招标, 申报试点."""
    acts = _asked_acts(requirement)
    return len(acts) == 1 and any(acts[0].search(clause) for clause in clauses)
