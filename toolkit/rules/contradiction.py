"""The rule on words that say otherwise than the status beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import ClassVar

from toolkit.findings import Kind
from toolkit.findings import rules as found
from toolkit.language.text import fold
from toolkit.model import Finding
from toolkit.rules.case import Case, Rule
from toolkit.vocabulary import DONE, DONE_AND_ONGOING, NOT_CONCERNED, NOT_STARTED, ONGOING, POSTPONED

_CLAUSE_ENDS = re.compile(r"[,，.。;；!！?？\n]")

_RESULT = (
    r"(?:完成|办结|结束|完工|竣工|启动|开展|开工|动工|落实|实施|建成|建立|公开|公布|上线|印发|出台|制定|报送|报批|验收|到位|达标|"
    r"整改|移交|投用|启用|签订|编制|更新|发布|招标|审批|批复)"
)
_NOT_YET = re.compile(
    rf"(?:尚未|还未|仍未|未能|暂未|均未|一直未|至今未|还没有?|没有|没能|未曾|无法)(?:\w{{0,6}}){_RESULT}"
    rf"|未{_RESULT}|(?:尚|还|仍|有)(?:待|需|须)(?:\w{{0,6}}){_RESULT}|待(?:\w{{0,4}})(?:审批|批复|验收|到位|确定|研究)后?"
)
_FORESEEN = re.compile(rf"(?:预计|计划|拟|力争|争取|将于|将在|准备|打算|有望|预期|目标是?)(?:[\w./-]{{0,14}}){_RESULT}")
_UNDER_WAY = re.compile(
    r"(?:正在?|仍在|还在|尚在)(?:\w{0,10})(?:推进|办理|实施|建设|编制|起草|整改|开展|筹备|进行|制定|修改|征求|协调|组织|施工|审核|审批|论证|招标|采购|"
    r"完善|调研|研究|准备|对接|收集|梳理|落实|调试|申报|公示)|(?:推进|进行|办理|建设|起草|审批|整改|施工|筹备|编制|实施|落实|协调|制定)(?:之)?中$"
)
_PARTLY = re.compile(
    r"(?:完成|进度|进展|形象进度|完工)(?:率|比例|任务)?(?:的)?(?:约|近|达到?|为|了|不足|超过|仅|至)*(?:[1-9]?\d(?:\.\d+)?%|[一二三四五六七八九]成|过?半|一半|三分之[一二]|大半)"
    r"|(?:仅|只|部分|大部分|初步|已完成大?部分)完成|部分(?:\w{0,4})(?:未|没有)|完成了?(?:大?部分|一部分|一半)|进度滞后|进展缓慢|未达到"
)
_LATER = re.compile(r"下一?步|下一?阶段|后续|今后|接下来|长期|持续|继续|下半年将|日常")
"""A clause about what comes after the task does not speak of the task."""

_WHOLE = re.compile(
    r"(?:全部|全面|均已?|已经?|圆满|如期|按期|按时|提前|顺利)(?:全部|全面|圆满|如期|按期|按时|提前|顺利|高质量|于[\w./-]{1,12})*(?:完成|办结|竣工|完结|销号)"
    r"(?:了)?(?:全部|各项|该项|此项|本项|所有)?(?:目标)?(?:工作|任务|整改|建设)?(?:并\w{0,14}|[\(（]?100%[\)）]?)?$"
    r"|(?:工作|任务|项目|整改|事项|建设)(?:已经?|均|全部|已全部|已全面)+(?:完成|办结|竣工|到位|结束|验收)|完成率?(?:达到?|为)?100%|任务完成$"
)
_STEP = re.compile(
    r"前期|初稿|部分|阶段|一半|起草|摸底|调研|准备|征求|立项|招标|方案|意见|第[一二三四]|\d+[个项家次份处户人期件场米公]|半年|季度|月份"
)
_ANY_WORK = re.compile(
    rf"(?:已经?|均已|先后|共|累计|全部|完成了|组织了|召开了|开展了)(?:\w{{0,8}})(?:{_RESULT[3:-1]}|召开|组织|举办|部署|培训|检查|排查|投入)"
)


class Contradiction(Rule):
    """The words say otherwise than the status."""

    kinds: ClassVar[tuple[Kind, ...]] = (found.CONTRADICTION,)
    doc = "进展说明与完成情况矛盾（报已完成却写尚未完成，报未启动却写已完成）。"

    def of_entry(self, case: Case) -> Iterator[Finding]:
        """Fires on the first clause that contradicts."""
        status = case.entry.status
        clauses = [clause.strip() for clause in _CLAUSE_ENDS.split(fold(case.entry.progress)) if clause.strip()]
        clash = next((clause for clause in clauses if _contradicts(status, clause, clauses)), None)
        if clash is not None:
            yield case.found(found.CONTRADICTION, "progress", status=status, words=clash)


def _contradicts(status: str | None, clause: str, clauses: list[str]) -> bool:
    if status in (DONE, DONE_AND_ONGOING):
        under_way = status == DONE and _UNDER_WAY.search(clause)
        doubts = under_way or any(pattern.search(clause) for pattern in (_NOT_YET, _FORESEEN, _PARTLY))
        return bool(doubts) and not _LATER.search(clause)
    if status in (ONGOING, POSTPONED, NOT_CONCERNED):
        return _says_whole(clause) and not any(_is_open(other) for other in clauses)
    if status == NOT_STARTED:
        return not _is_open(clause) and bool(_ANY_WORK.search(clause) or _WHOLE.search(clause))
    return False


def _says_whole(clause: str) -> bool:
    return bool(_WHOLE.search(clause)) and not _STEP.search(clause) and not _is_open(clause)


def _is_open(clause: str) -> bool:
    return any(pattern.search(clause) for pattern in (_NOT_YET, _FORESEEN, _UNDER_WAY, _PARTLY, _LATER))
