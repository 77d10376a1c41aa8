"""Rules on what the words of an answer say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import ClassVar

from toolkit.findings import Kind
from toolkit.findings import rules as found
from toolkit.language.hollow import is_hollow
from toolkit.language.privacy import personal_numbers
from toolkit.language.quantities import asked_quantities, counts_by, has_quantity
from toolkit.language.text import essence
from toolkit.model import Finding
from toolkit.rules.case import AnswerRule, Reported
from toolkit.rules.cells import FIELD_LABELS
from toolkit.vocabulary import NOT_CONCERNED, POSTPONED

_NO_REASON = re.compile("(?:我单位|本单位|该项|此项|工作|任务)*(?:无|暂无|略|同上|不涉及|不适用|没有)?")
"""Words that give no reason, as their essence."""


class EmptyWords(AnswerRule):
    """Done with nothing to show for it."""

    kinds: ClassVar[tuple[Kind, ...]] = (found.EMPTY_WORDS,)
    doc = "报已完成，进展说明只有“已按要求落实”“无”“同上”这样的空话。"

    def of_entry(self, case: Reported) -> Iterator[Finding]:
        """Fires when hardly anything is left once the hollow words are taken out; signs alone are no words."""
        text = case.essence
        if not case.done or not case.entry.progress.strip():
            return
        hollow = is_hollow(text, echoed=essence(case.task.title or ""))
        if (hollow or text in _essences(case.settings.empty_words)) and not case.unchanged:
            yield case.found(found.EMPTY_WORDS, "progress", status=case.entry.status, words=case.entry.progress)


@lru_cache(maxsize=16)
def _essences(texts: tuple[str, ...]) -> frozenset[str]:
    return frozenset(map(essence, texts))


class NumberMissing(AnswerRule):
    """A number was asked for, and none came."""

    kinds: ClassVar[tuple[Kind, ...]] = (found.NUMBER_MISSING,)
    doc = "任务要求里有数量（不少于2次、100%、5个工作日），填报里没有数字；日期、文号、序号不算。"

    def of_entry(self, case: Reported) -> Iterator[Finding]:
        """Looks at done entries only: an unfinished one need not show its numbers yet."""
        if not case.done or not case.entry.progress.strip():
            return
        asked = asked_quantities(f"{case.task.title or ''}。{case.task.requirement}")
        told = f"{case.entry.progress}。{case.entry.remark}"
        if asked and not has_quantity(told, asked) and not counts_by(f"{told}。{case.entry.evidence}", asked):
            yield case.found(found.NUMBER_MISSING, "progress", wanted="、".join(asked[:3]))


class Postponement(AnswerRule):
    """申请延期 wants a date and a reason, and the office decides (A35)."""

    kinds: ClassVar[tuple[Kind, ...]] = (found.POSTPONE_INCOMPLETE, found.POSTPONE_DECIDE)
    doc = "申请延期没有写延至何日或原因；写全了的列给办公室审定。"

    def of_entry(self, case: Reported) -> Iterator[Finding]:
        """One finding: what is missing, else that the office has to decide."""
        if case.entry.status != POSTPONED:
            return
        from toolkit.language.postponement import read_postponement  # few entries ask, and its patterns take long

        entry = case.entry
        asked = read_postponement("。".join((entry.status_text, entry.progress, entry.remark)))
        until = asked.until or bool(entry.done_on_text.strip())
        missing = [name for name, told in (("延至何日", until), ("延期原因", asked.reason)) if not told]
        if missing:
            yield case.found(found.POSTPONE_INCOMPLETE, missing="和".join(missing))
        else:
            words = case.entry.progress or case.entry.remark or case.entry.status_text
            yield case.found(found.POSTPONE_DECIDE, text=words)


class NotConcerned(AnswerRule):
    """不涉及 is for the office to confirm (A35)."""

    kinds: ClassVar[tuple[Kind, ...]] = (found.NOT_CONCERNED_DECIDE,)
    doc = "单位认为任务不涉及自己，列给办公室确认。"

    def of_entry(self, case: Reported) -> Iterator[Finding]:
        """Fires for every such entry, with the unit's reason."""
        if case.entry.status == NOT_CONCERNED:
            told = (
                words for words in (case.entry.progress, case.entry.remark) if not _NO_REASON.fullmatch(essence(words))
            )
            words = next(told, "没有写理由")
            yield case.found(found.NOT_CONCERNED_DECIDE, text=words)


class PersonalData(AnswerRule):
    """Personal numbers in what will be published (A32)."""

    kinds: ClassVar[tuple[Kind, ...]] = (found.PERSONAL_DATA,)
    doc = "进展说明、佐证材料或备注里有身份证号、手机号、银行卡号、邮箱、个人的固定电话；单位公布的热线、监督电话不报。"

    def of_entry(self, case: Reported) -> Iterator[Finding]:
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


class UnpublishedWords(AnswerRule):
    """Words the office keeps from publication."""

    kinds: ClassVar[tuple[Kind, ...]] = (found.UNPUBLISHED_WORDS,)
    doc = "填报里有不宜公开的用语（设置里可以增减）。"

    def of_entry(self, case: Reported) -> Iterator[Finding]:
        """One finding a field."""
        for name in ("progress", "evidence", "remark"):
            words = [word for word in case.settings.unpublished_words if word in getattr(case.entry, name)]
            if words:
                yield case.found(found.UNPUBLISHED_WORDS, name, field=FIELD_LABELS[name], words="、".join(words))
