"""Rules on what the words of an answer say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import ClassVar

from toolkit.findings import Kind
from toolkit.findings import rules as found
from toolkit.language.privacy import personal_numbers
from toolkit.language.quantities import asked_quantities, has_quantity
from toolkit.language.text import essence, fold
from toolkit.model import Finding
from toolkit.rules.case import Case, Rule
from toolkit.rules.cells import FIELD_LABELS
from toolkit.vocabulary import NOT_CONCERNED, POSTPONED

# Words that only repeat that something was done; an answer made of nothing else says nothing.
_HOLLOW = re.compile(
    "对标对表|责任感|已经|已|均|都|全部|全面|按照|按|依|根据|上级|文件|通知|相关|有关|各项|该项|此项|本项|要求|规定|部署|安排|精神|计划|时序|进度|"
    "时|期|认真|积极|严格|扎实|及时|有序|持续|继续|正常|良好|基本|进一步|不断|稳步|切实|落实|完成|执行|开展|推进|推动|实施|进行|"
    "贯彻|办理|办结|做好|抓好|到位|工作|任务|情况|目标|内容|中|了|在|正|的|并|和|我单位|本单位|我局|我委|我办|本局|单位|"
    "同上|同前|如上|详见|见|附件|附表|佐证|材料|略|无|暂|没有|其他|其它|是|好|对|与|能够|顺利|圆满|成效|显著|较好|效果|取得|"
    "一定|高度|重视|领导|精心|周密|组织|符合|异议|遗留|问题|知悉|收到|常态化|长期|坚持|职责|分工|配合|牵头|本职|加强|强化|措施|"
    "逐项|压实|落地见效|落地|见效|统筹|明显|建立|健全|工作机制|机制|结束|确保|实效|作为|主动|担当|"
    "狠抓|提高|认识|增强|提升|责任到人|责任|保质|保量|高质量|高标准|既定|整改|预期|达到|结合|实际|100|百分之百|如期"
)
_UNHOLLOW = re.compile("[^{0}].*?[^{0}]".format("".join(set(_HOLLOW.pattern))), re.DOTALL)
"""Two characters that no hollow word has: most texts have them, and need not be looked at word by word."""
_REASON = re.compile(
    r"因|由于|鉴于|受|原因|尚需|需要|等待|导致|影响|未到位|不足|问题|调整|困难|协调|审批|疫情|资金|天气"
)
_WHEN = re.compile(
    r"\d{4}\s*[-/.年]\s*\d{1,2}|\d{1,2}\s*月|[一二三四五六七八九十]{1,3}月|年底|月底|季度|半年|明年|下[周月年旬]|\d+\s*(?:天|日|个?月|个工作日)"
)


class EmptyWords(Rule):
    """Done with nothing to show for it."""

    kinds: ClassVar[tuple[Kind, ...]] = (found.EMPTY_WORDS,)
    doc = "报已完成，进展说明只有“已按要求落实”“无”“同上”这样的空话。"

    def of_entry(self, case: Case) -> Iterator[Finding]:
        """Fires when no more than one character is left once the hollow words are taken out."""
        text = case.essence
        if not case.done or not text:
            return
        hollow = not _UNHOLLOW.search(text) and len(_HOLLOW.sub("", text)) <= 1
        if (hollow or text in _essences(case.campaign.settings.empty_words)) and not case.unchanged:
            yield case.found(found.EMPTY_WORDS, "progress", status=case.entry.status, words=case.entry.progress)


@lru_cache(maxsize=16)
def _essences(texts: tuple[str, ...]) -> frozenset[str]:
    return frozenset(map(essence, texts))


class NumberMissing(Rule):
    """A number was asked for, and none came."""

    kinds: ClassVar[tuple[Kind, ...]] = (found.NUMBER_MISSING,)
    doc = "任务要求里有数量（不少于2次、100%、5个工作日），填报里没有数字。"

    def of_entry(self, case: Case) -> Iterator[Finding]:
        """Looks at done entries only: an unfinished one need not show its numbers yet."""
        if not case.done or not case.entry.progress.strip():
            return
        asked = asked_quantities(f"{case.task.title or ''}。{case.task.requirement}")
        if asked and not has_quantity(" ".join((case.entry.progress, case.entry.evidence, case.entry.remark))):
            yield case.found(found.NUMBER_MISSING, "progress", wanted="、".join(asked[:3]))


class Postponement(Rule):
    """申请延期 wants a date and a reason, and the office decides (A35)."""

    kinds: ClassVar[tuple[Kind, ...]] = (found.POSTPONE_INCOMPLETE, found.POSTPONE_DECIDE)
    doc = "申请延期没有写延至何日或原因；写全了的列给办公室审定。"

    def of_entry(self, case: Case) -> Iterator[Finding]:
        """One finding: what is missing, else that the office has to decide."""
        if case.entry.status != POSTPONED:
            return
        text = fold(" ".join((case.entry.status_text, case.entry.progress, case.entry.remark, case.entry.done_on_text)))
        missing = [name for name, pattern in (("延至何日", _WHEN), ("延期原因", _REASON)) if not pattern.search(text)]
        if missing:
            yield case.found(found.POSTPONE_INCOMPLETE, missing="和".join(missing))
        else:
            words = case.entry.progress or case.entry.remark or case.entry.status_text
            yield case.found(found.POSTPONE_DECIDE, text=words)


class NotConcerned(Rule):
    """不涉及 is for the office to confirm (A35)."""

    kinds: ClassVar[tuple[Kind, ...]] = (found.NOT_CONCERNED_DECIDE,)
    doc = "单位认为任务不涉及自己，列给办公室确认。"

    def of_entry(self, case: Case) -> Iterator[Finding]:
        """Fires for every such entry, with the unit's reason."""
        if case.entry.status == NOT_CONCERNED:
            words = case.entry.progress or case.entry.remark or "没有写理由"
            yield case.found(found.NOT_CONCERNED_DECIDE, text=words)


class PersonalData(Rule):
    """Personal numbers in what will be published (A32)."""

    kinds: ClassVar[tuple[Kind, ...]] = (found.PERSONAL_DATA,)
    doc = "进展说明、佐证材料或备注里有身份证号、手机号、银行卡号、邮箱。"

    def of_entry(self, case: Case) -> Iterator[Finding]:
        """One finding a field and kind; the message shows the number masked."""
        for name in ("status", "progress", "evidence", "remark"):
            text = case.entry.status_text if name == "status" else getattr(case.entry, name)
            seen: set[str] = set()
            for number in personal_numbers(text):
                if number.kind not in seen:
                    seen.add(number.kind)
                    yield case.found(
                        found.PERSONAL_DATA, name, field=FIELD_LABELS[name], kind=number.kind, masked=number.masked
                    )


class UnpublishedWords(Rule):
    """Words the office keeps from publication."""

    kinds: ClassVar[tuple[Kind, ...]] = (found.UNPUBLISHED_WORDS,)
    doc = "填报里有不宜公开的用语（设置里可以增减）。"

    def of_entry(self, case: Case) -> Iterator[Finding]:
        """One finding a field."""
        for name in ("progress", "evidence", "remark"):
            words = [word for word in case.campaign.settings.unpublished_words if word in getattr(case.entry, name)]
            if words:
                yield case.found(found.UNPUBLISHED_WORDS, name, field=FIELD_LABELS[name], words="、".join(words))
