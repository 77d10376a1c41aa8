"""What the office says about entries: its decisions, its corrections, and how they went since the round before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Verdict(StrEnum):
    """What the office decided about an entry (审核); what the unit says is its status, never this."""

    ACCEPTED = "accepted"
    RETURNED = "returned"
    CLOSED = "closed"

    @property
    def label(self) -> str:
        """The word on screen: 已核, 退回 or 销号."""
        return _VERDICT_LABELS[self]


_VERDICT_LABELS = {Verdict.ACCEPTED: "已核", Verdict.RETURNED: "退回", Verdict.CLOSED: "销号"}


@dataclass(frozen=True, slots=True)
class Decision:
    """The office's decision about one entry; ``verdict`` is ``None`` when an earlier one was taken back."""

    task: str
    unit: str
    verdict: Verdict | None
    opinion: str = ""
    """审核意见."""


@dataclass(frozen=True, slots=True)
class Correction:
    """A field of an entry that the office mended by hand (A28)."""

    task: str
    unit: str
    field: str
    """One of :data:`ENTRY_FIELDS`, of a survey the cell's name (see :mod:`toolkit.entry_cells`)."""
    old: str
    new: str
    why: str = ""
    on: date | None = None
    """The day it was recorded."""


class Trend(StrEnum):
    """Which way an entry went since the round before (较上期)."""

    FIRST = "first"
    FORWARD = "forward"
    BACK = "back"
    SAME = "same"
    REWORDED = "reworded"

    @property
    def label(self) -> str:
        """The word on screen."""
        return _TREND_LABELS[self]


_TREND_LABELS = {
    Trend.FIRST: "首次填报",
    Trend.FORWARD: "进展",
    Trend.BACK: "退步",
    Trend.SAME: "无变化",
    Trend.REWORDED: "说明有更新",
}


@dataclass(frozen=True, slots=True)
class CellChange:
    """A cell of a survey that says something else than in the round before, or a row that is new or gone."""

    row: str
    """What tells the row from the unit's others: the text of its first cell."""
    field: str
    """Empty for the whole row."""
    before: str
    now: str


@dataclass(frozen=True, slots=True)
class Change:
    """How an entry stands against the unit's last one on the task."""

    task: str
    unit: str
    trend: Trend
    before: str = ""
    """The status word then; empty for the first time."""
    since: str = ""
    """The round of that entry."""
    now: str = ""
    still: int = 1
    """So many rounds on end, this one included, in which neither status nor words changed."""
    cells: tuple[CellChange, ...] = ()
    """Of a survey: what changed, cell by cell."""
