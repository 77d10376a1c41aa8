"""Something a person should know (问题)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from toolkit.model.base import Json, Severity


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a person should know (问题); made only through :mod:`toolkit.findings`."""

    code: str
    severity: Severity
    message: str
    advice: str
    unit: str | None = None
    task: str | None = None
    path: str | None = None
    sheet: str | None = None
    cell: str | None = None

    def to_json(self) -> Json:
        """The finding as every result's JSON has it."""
        return {
            "code": self.code,
            "severity": self.severity.value,
            "unit": self.unit,
            "task": self.task,
            "path": self.path,
            "sheet": self.sheet,
            "cell": self.cell,
            "message": self.message,
            "advice": self.advice,
        }


class Judgement(NamedTuple):
    """What the rules say of one answer by itself, whatever the day, the round and the other units."""

    findings: tuple[tuple[int, Finding], ...] = ()
    """Each with the number of its rule."""
    wording: str = ""
    """The words that are compared with those of others; empty when they are not."""
    sketch: tuple[int, ...] = ()
    """By what others worded alike are looked for; see :func:`toolkit.rules.copies.sketch`."""
