"""Rules on what must be filled in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import ClassVar

from toolkit.findings import Kind
from toolkit.findings import rules as found
from toolkit.language.text import essence
from toolkit.model import Finding, UnitState
from toolkit.rules.case import AnswerRule, Campaign, Reported, Rule
from toolkit.vocabulary import NOT_CONCERNED, NOT_STARTED, POSTPONED

FIELD_LABELS = {
    "status": "完成情况",
    "progress": "进展说明",
    "evidence": "佐证材料",
    "done_on": "完成日期",
    "remark": "备注",
}


_FORMULA = re.compile(r"[=＝@].|[+-](?:[^\W\d]|[(=@+-]|[\d.]+\s*[-+*/^&|(])")
_BULLETS = re.compile(r"([+-])[^\n]*\n\s*\1")
"""Lines that all begin with one sign are a list."""
_NO_EVIDENCE = re.compile(
    "(?:无|暂无|尚无|没有|暂时没有|暂缺|缺|待补充?|后补|以后补充?|稍后补充?|未提供|未附|没留|待报送?|暂未形成|尚未形成|无需提供|不需要|同上)?"
    "(?:相关)?(?:佐证|证明|支撑)?(?:材料|资料|附件)?(?:待补充?|后补|以后补)?"
)
"""Words that name no evidence, as their essence."""


class StatusRequired(AnswerRule):
    """An entry that was written in needs a status."""

    kinds: ClassVar[tuple[Kind, ...]] = (found.NO_STATUS,)
    doc = "填了进展说明等，却没有填完成情况。"

    def of_entry(self, case: Reported) -> Iterator[Finding]:
        """Fires when the status cell is empty and another is not."""
        if not case.entry.status_text.strip():
            yield case.found(found.NO_STATUS)


class ProgressRequired(AnswerRule):
    """Anything but 未启动 needs words; 不涉及 and 申请延期 have rules of their own."""

    kinds: ClassVar[tuple[Kind, ...]] = (found.NO_PROGRESS,)
    doc = "报了完成情况，没有写进展说明（未启动除外）。"

    def of_entry(self, case: Reported) -> Iterator[Finding]:
        """Fires when the status is known and the progress cell is empty."""
        status = case.entry.status
        if not status or status in (NOT_STARTED, NOT_CONCERNED, POSTPONED) or case.entry.progress.strip():
            return
        if not case.unchanged:
            yield case.found(found.NO_PROGRESS, "progress", status=status)


class EvidenceRequired(AnswerRule):
    """Done wants evidence (A31)."""

    kinds: ClassVar[tuple[Kind, ...]] = (found.NO_EVIDENCE,)
    doc = "报已完成，没有佐证材料。"

    def of_entry(self, case: Reported) -> Iterator[Finding]:
        """Fires when a done entry names no evidence and no file lies beside the form."""
        lacking = case.done and _NO_EVIDENCE.fullmatch(essence(case.entry.evidence))
        if lacking and not case.unchanged:
            yield case.found(found.NO_EVIDENCE, "evidence", status=case.entry.status)


class SignerRequired(Rule):
    """The foot of the form names who filled it in."""

    kinds: ClassVar[tuple[Kind, ...]] = (found.NO_SIGNER,)
    doc = "表尾没有填报人、联系电话或审核人。"

    def of_campaign(self, campaign: Campaign) -> Iterator[Finding]:
        """One finding a unit that sent a form: of one whose earlier answers still stand nobody signs anything."""
        for report in campaign.collection.units:
            if report.state not in (UnitState.COMPLETE, UnitState.PARTIAL) or not report.files:
                continue
            blank = [
                label
                for label, text in (
                    ("填报人", report.reporter),
                    ("联系电话", report.phone),
                    ("审核人", report.reviewer),
                )
                if not text.strip()
            ]
            if blank:
                yield found.NO_SIGNER.at(unit=report.unit, path=report.files[0], fields="、".join(blank))


class FormulaLike(AnswerRule):
    """Text that begins like a formula stays text (A21) and is pointed out."""

    kinds: ClassVar[tuple[Kind, ...]] = (found.FORMULA_LIKE,)
    doc = "文字以 = + - @ 开头，像公式。"

    def of_entry(self, case: Reported) -> Iterator[Finding]:
        """Fires for text with a formula's first sign; a negative number, a lone dash or a list of dashes is none."""
        for name, label in FIELD_LABELS.items():
            text = (case.entry.done_on_text if name == "done_on" else getattr(case.entry, name) or "").strip()
            if _FORMULA.match(text) and not _BULLETS.match(text):
                yield case.found(found.FORMULA_LIKE, name, field=label, sign=text[0])
        for cell in (cell for row in case.entry.rows for cell in row if _FORMULA.match(cell.text)):
            yield case.found_in(cell, found.FORMULA_LIKE, field=cell.field, sign=cell.text[0])


class BulletinLength(AnswerRule):
    """What a bulletin can print."""

    kinds: ClassVar[tuple[Kind, ...]] = (found.TOO_LONG,)
    doc = "进展说明太长，通报排不下。"

    def of_entry(self, case: Reported) -> Iterator[Finding]:
        """Fires beyond ``bulletin_length`` characters."""
        limit = case.settings.bulletin_length
        if len(case.entry.progress) > limit:
            yield case.found(found.TOO_LONG, "progress", length=len(case.entry.progress), limit=limit)
