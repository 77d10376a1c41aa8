"""What every other part of the model uses: JSON, progress, and how much a finding matters."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Any

Json = dict[str, Any]

Progress = Callable[[int, int, str], None]
"""``progress(done, total, label)``; a caller cancels the work by raising :class:`Cancelled` in it."""


class Cancelled(Exception):
    """Raised by a progress callback to stop a long verb; outputs stay as they were."""


def no_progress(done: int, total: int, label: str) -> None:
    """The progress callback of a caller who does not watch."""


class Severity(StrEnum):
    """How much a finding matters; the order of the members is worst first."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"

    @property
    def label(self) -> str:
        """The word on screen: 错误, 提醒 or 说明."""
        return _SEVERITY_LABELS[self]

    @property
    def rank(self) -> int:
        """0 for the worst, for sorting."""
        return _SEVERITY_RANKS[self]


_SEVERITY_LABELS = {Severity.ERROR: "错误", Severity.WARNING: "提醒", Severity.NOTE: "说明"}

_SEVERITY_RANKS = {severity: rank for rank, severity in enumerate(Severity)}
