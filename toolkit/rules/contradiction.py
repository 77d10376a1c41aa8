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
    r"整改|移交|投用|启用|签订|编制|更新|发布|招标|审批|批复|投产|交付|通车|使用|运行|通过|收尾)"
)
_SETTLED = re.compile(
    r"(?:(?:尚|还|仍|暂|曾|从)?未|(?:尚|还)?没有?)\w{1,8}?的(?=\w)"
    r"|(?:尚未|暂未|还没有?|未|没有?|无)再?(?:发现|发生|出现|接到|收到\w{0,6}(?:投诉|举报|反映)|涉及|引发|造成|存在|产生|超)\w*"
    r"|(?:不存在|不再|杜绝|避免|防止)\w*|不得不|正在\w{1,8}?(?:的(?=\w)|工地|项目)|待(?:遇|办|业|人)"
)
"""What was not done before, or what did not go wrong: 此前未公开的文件已补充公开, 未发生安全事故."""
_NOT_YET = re.compile(
    r"(?:尚|还|仍|暂|暂时|至今|目前|均|一直)(?:都)?(?:未|没|不能|不具备|无法|不够)|(?:尚|还|仍|有)(?:待|需|须|要|应)"
    r"|(?:未能|没能|未曾|不具备|无法(?:按|如期|施工|推进|实施|继续|\w{0,4}$))"
    r"|未(?:按期|按时|如期|全部|全面|完全)?(?:做完|办妥|办完|到账|确定|定|满|开始|通水|通气|通电)$"
    rf"|未(?:按期|按时|如期|全部|全面|完全)?{_RESULT}(?:到位|完毕|完成)?$"
    rf"|没有?(?:按时|按期|如期|全部)?(?:做完|办完|开始|动笔|进展|签|批|出来|到账|{_RESULT[3:-1]})"
    r"|(?<![优接招对善亏款])待(?:\w{0,8})(?:审批|批复|批准|验收|到位|确定|研究|通过|后)|等待"
    r"|(?<![所必不急无按])需要?(?:提交|报|重新|进一步|经|上级)"
    r"|(?:只|还|尚|仅)差|(?:仍|尚)有\w{0,6}\d|^等(?!部门|单位|地)|暂缓|暂停(?:施工|建设|实施|推进|办理)|流标|废标|(?:有|存在|还有)\w{0,4}差距|缺口(?:较?大|仍)|偏慢|(?:已|仍|被迫)停工|停工$|停滞|搁置|中止|受阻|滞后$"
    r"|(?:延期|推迟|延后)(?:至|到|举办|召开|实施|进行)"
)
_FORESEEN = re.compile(
    r"(?:预计|(?<![按照原比])计划(?!内|外|并|全|已|均|总|和|书|表|任务)|拟(?!订|定(?!于))|力争|争取|将于|将在|即将|准备|打算|有望|预期|"
    r"目标是|下个?[月周旬]|下季度|才能|年底前?[可能]|确保\w{0,6}[底期时])"
    rf"(?:[\w./-]{{0,14}}){_RESULT}"
)
_UNDER_WAY = re.compile(
    r"正在|[仍还尚](?:在|处)|(?:现|目前|现阶段)正|(?<![改修订更真端公立反校纠矫严])正(?:与|对|向|由|按|汇|加紧|抓紧|征求|有序|全力|着手|组织)|走(?:流程|程序)"
    r"|(?:处于|处在|停留在)\w{0,10}(?:阶段|环节)|(?:推进|进行|办理|建设|起草|审批|整改|施工|筹备|编制|实施|落实|协调|制定|调试)(?:当|之)?中$"
)
_PARTLY = re.compile(
    r"(?:完成|进度|进展|形象进度|完工)(?:率|比例|任务)?(?:的)?(?:约|近|达到?|为|了|不足|超过|仅|至)*"
    r"(?:(?<!\d)[1-9]?\d(?:\.\d+)?%|[一二三四五六七八九]成|过?半|一半|三分之[一二]|大半)"
    r"|占\w{0,6}(?:计划|任务|总量|总投资|目标)\w{0,3}(?<!\d)[1-9]?\d(?:\.\d+)?%"
    r"|(?:仅|只|部分|大部分|初步|已完成大?部分)完成|仅有|率[仅只]|部分(?:\w{0,4})(?:未|没有)|完成了?(?:大?部分|一部分|一半)"
    r"|过半$|进度滞后|进展缓慢|未达到|(?:其余|余下|剩余|剩下)\w{0,6}(?:在|将|抓紧|推进|补齐)"
)
_LATER = re.compile(r"下一?步|下一?阶段|后续|今后|接下来|长期|持续|继续|下半年将|日常")
"""A clause about what comes after the task does not speak of the task."""

_WHOLE = re.compile(
    r"(?:全部|全面|均已?|已经?|圆满|如期|按期|按时|提前|顺利)(?:全部|全面|圆满|如期|按期|按时|提前|顺利|高质量|于[\w./-]{1,12})*(?:完成|办结|竣工|完结|销号)"
    r"(?:了)?(?:全部|各项|该项|此项|本项|所有)?(?:目标)?(?:工作|任务|整改|建设){0,2}(?:并\w{0,14}|[\(（]?100%[\)）]?)?$"
    r"|(?:工作|任务|项目|整改|事项|建设)(?:已经?|均|全部|已全部|已全面)+(?:完成|办结|竣工|到位|结束|验收)|完成率?(?:达到?|为)?100%|任务(?:100%)?完成$"
    r"|^(?:各项|所有|全部)?(?:问题|任务|事项)(?:已|已经)?(?:全部|均已?)整改(?:到位|完毕)$"
)
_STEP = re.compile(
    r"前期|初稿|部分|阶段|一半|起草|摸底|调研|准备|征求|立项|招标|方案|意见|第[一二三四]|\d+[个项家次份处户人期件场米公]|半年|季度|月份"
)
_ANY_WORK = re.compile(
    rf"(?:已经?|均已|先后|共|累计|全部)(?:\w{{0,8}})(?:{_RESULT[3:-1]}|召开|组织|举办|部署|培训|检查|排查|投入|成立|组建|进场)"
    r"|(?:完成|组织|召开|开展|举办|进行|印发|建立|成立)了|召开\w{0,6}\d+次"
)


class Contradiction(Rule):
    """The words say otherwise than the status."""

    kinds: ClassVar[tuple[Kind, ...]] = (found.CONTRADICTION,)
    doc = "进展说明与完成情况矛盾（报已完成却写尚未完成，报未启动却写已完成）。"

    def of_entry(self, case: Case) -> Iterator[Finding]:
        """Fires on the first clause that contradicts."""
        status = case.entry.status
        clauses = [clause for part in _CLAUSE_ENDS.split(fold(case.entry.progress)) if (clause := part.strip())]
        clash = next((clause for clause in clauses if _contradicts(status, clause, clauses)), None)
        if clash is not None:
            yield case.found(found.CONTRADICTION, "progress", status=status, words=clash)


def _contradicts(status: str | None, clause: str, clauses: list[str]) -> bool:
    if status in (DONE, DONE_AND_ONGOING):
        open_words = _SETTLED.sub("", clause)
        under_way = status == DONE and _UNDER_WAY.search(open_words)
        doubts = under_way or any(pattern.search(open_words) for pattern in (_NOT_YET, _FORESEEN, _PARTLY))
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
