"""The last usable answer of each unit on each task: what the next form shows and 本期无变化 stands for.

An answer that was sent back, was not understood or never came is passed over, so that one bad round does not poison
the next (A29): the answer before it still stands, under the name of its own round.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from toolkit import vocabulary as words
from toolkit.model import Entry, State
from toolkit.survey import said_rows

Key = tuple[str, str]
"""Task code and unit."""


@dataclass(frozen=True, slots=True)
class Last:
    """The last usable answer, and for how many rounds on end it has been the same."""

    entry: Entry
    round: str
    still: int = 1


def last_told(
    rounds: Iterable[tuple[str, Mapping[Key, Entry]]], returned: Mapping[str, Collection[Key]]
) -> dict[Key, Last]:
    """The last usable answers of some rounds, the oldest first; ``returned`` are those the office sent back."""
    last: dict[Key, Last] = {}
    for round, entries in rounds:
        for key, entry in entries.items():
            if is_usable(entry) and key not in returned.get(round, ()):
                last[key] = _follow(last.get(key), entry, round)
    return last


def is_usable(entry: Entry) -> bool:
    """Whether an answer came and was understood."""
    is_understood = bool(entry.rows) or entry.status in words.BY_WORD
    return entry.state is State.REPORTED and is_understood and not entry.carried


def says_the_same(before: Entry, now: Entry) -> bool:
    """Whether a unit says nothing new: the same status, and the same words, none, or 本期无变化."""
    if before.status != now.status or said_rows(before.rows) != said_rows(now.rows):
        return False
    told = now.progress.strip()
    return told in ("", before.progress.strip()) or words.is_unchanged(told)


def texts_before(last: Mapping[Key, Last]) -> dict[Key, str]:
    """上期情况 of the next form."""
    return {
        key: words.said_before(item.entry.status or "", item.round, item.entry.progress) for key, item in last.items()
    }


def _follow(before: Last | None, entry: Entry, round: str) -> Last:
    """The answer that stands now; one that says nothing new keeps the words told before."""
    if before is None or not says_the_same(before.entry, entry):
        return Last(entry, round)
    return Last(replace(entry, progress=before.entry.progress), round, before.still + 1)
