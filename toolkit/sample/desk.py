"""The desk of a clerk at a unit: the blank form, what the clerk means to answer, and the moment of saving."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property

from toolkit.sample.answers import Answer
from toolkit.sample.form import IssuedForm


@dataclass(frozen=True)
class Desk:
    """One unit filling one form."""

    unit: str
    name: str
    """File name of the issued form."""
    blank: bytes
    answers: Mapping[str, Answer]
    """编码 → what the unit answers; tasks it leaves blank are absent."""
    saved: datetime
    """UTC."""
    reporter: str = "方小圆"

    @cached_property
    def form(self) -> IssuedForm:
        """The blank form, opened for reading."""
        return IssuedForm(self.blank)

    def filled(self, typed: Mapping[str, Mapping[str, str | date | float]] | None = None) -> bytes:
        """The form filled well; ``typed`` (编码 → column → value) stands in place of some answers' own words."""
        form = IssuedForm(self.blank)
        for asked in form.tasks:
            if (answer := self.answers.get(asked.code)) is None:
                continue
            for label, value in {**answer.cells, **(typed or {}).get(asked.code, {})}.items():
                form.type(form.cell(label, asked.row), value)
        form.sign(
            {
                "填报人": self.reporter,
                "联系电话": "555-0100",
                "审核人": f"{self.unit}负责人",
                "填报日期": self.saved.date().isoformat(),
            }
        )
        return form.saved(self.saved)

    def answering(self, answers: Mapping[str, Answer]) -> Desk:
        """The same desk with other answers."""
        return replace(self, answers=answers)
