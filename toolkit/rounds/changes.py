"""How an entry stands against the unit's last one (较上期)."""

from __future__ import annotations

from toolkit import vocabulary as words
from toolkit.model import Change, Entry, Trend
from toolkit.rounds.carry import Last, is_usable, says_the_same


def change_of(entry: Entry, last: Last | None) -> Change | None:
    """The change of an entry that was reported and understood, ``None`` for any other."""
    if not is_usable(entry):
        return None
    now = entry.status or ""
    if last is None:
        return Change(entry.task, entry.unit, Trend.FIRST, now=now)
    before = last.entry
    same = says_the_same(before, entry)
    trend = Trend.SAME if same else _trend(before.status, entry.status)
    still = last.still + 1 if same else 1
    return Change(entry.task, entry.unit, trend, before.status or "", last.round, now, still)


def _trend(before: str | None, now: str | None) -> Trend:
    """By the progress ranks of the words; 不涉及 has none."""
    old, new = words.rank(before), words.rank(now)
    if old is None or new is None or old == new:
        return Trend.REWORDED
    return Trend.FORWARD if new > old else Trend.BACK
