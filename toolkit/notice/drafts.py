"""A task while it is read: texts as printed, and how sure each field is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from toolkit.model import Review, Role, Source

FIELDS = ("requirement", "number", "headings", "title", "units", "deadlines", "status", "remark")


@dataclass(frozen=True, slots=True)
class UnitText:
    """A text that names units, and the role of those it gives none."""

    text: str
    default: Role = Role.RESPONSIBLE
    first_leads: bool = False


@dataclass(slots=True)
class Draft:
    """What a layout found of one task."""

    requirement: str
    source: Source
    number: str | None = None
    headings: tuple[str, ...] = ()
    title: str | None = None
    units: tuple[UnitText, ...] = ()
    deadline: str = ""
    """Text of a column of its own (完成时限)."""
    status: str | None = None
    remark: str | None = None
    quoted: str = ""
    """Texts of columns the plan has no place for, each behind its label: they join the remark."""
    review: list[Review] = field(default_factory=list)

    def doubt(self, fields: str | Iterable[str], reason: str, evidence: str = "") -> None:
        """Mark fields for review; the first reason given for a field stays."""
        for name in (fields,) if isinstance(fields, str) else fields:
            if all(mark.field != name for mark in self.review):
                self.review.append(Review(name, reason, evidence or self.source.text))
