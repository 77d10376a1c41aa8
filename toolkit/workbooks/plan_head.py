"""The lines above the plan's table: its title, and who issued the document when under which number."""

from __future__ import annotations

import re
from datetime import date

from toolkit.language.deadlines import read_date
from toolkit.model import Plan

_GAP = "　"
_NUMBER = re.compile(r"[^\s，,：:（(]{1,20}[〔\[［（(【][12]\d{3}[〕\]］）)】]\s*第?\s*\d+\s*号")
_DAY = re.compile(r"\d{4}\s*[年.\-/]\s*\d{1,2}\s*[月.\-/]\s*\d{1,2}\s*日?")
_LABELS = re.compile(
    r"(?:发文单位|发布机构|制发单位|印发单位|单位|文号|发文字号|印发日期|成文日期|发布日期|日期)\s*[:：]"
)


def document_line(plan: Plan) -> str:
    """Issuer, 文号 and date in one line: 宣城市政务公开办　宣政务办〔2022〕3号　2022年10月31日."""
    day = plan.issued_on
    parts = (plan.issuer, plan.doc_number, f"{day.year}年{day.month}月{day.day}日" if day else None)
    return _GAP.join(part for part in parts if part)


def read_document_line(text: str) -> tuple[str | None, str | None, date | None]:
    """Issuer, 文号 and date of a line, each ``None`` where the line does not say it."""
    text = _LABELS.sub(" ", text)
    number = _NUMBER.search(text)
    if number:
        text = text.replace(number.group(), _GAP, 1)
    day = _DAY.search(text)
    issued_on = read_date(day.group()) if day else None
    if day and issued_on:
        text = text.replace(day.group(), _GAP, 1)
    issuer = " ".join(text.replace(_GAP, " ").split()).strip("，,（）()")
    return issuer or None, number.group() if number else None, issued_on
