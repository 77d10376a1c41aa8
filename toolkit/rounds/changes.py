"""How an entry stands against the unit's last one (较上期)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from toolkit import vocabulary as words
from toolkit.model import CellChange, Change, Entry, Trend
from toolkit.rounds.carry import Last, is_usable, says_the_same
from toolkit.survey import FilledRow, aligned


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
    cells = tuple(_cells(before.rows, entry.rows))
    return Change(entry.task, entry.unit, trend, before.status or "", last.round, now, still, cells)


def _cells(before: Sequence[FilledRow], now: Sequence[FilledRow]) -> Iterator[CellChange]:
    """What differs between the rows of two rounds."""
    for old, new in aligned(before, now):
        row = (new or old)[0].text
        if not old or not new:
            yield CellChange(row, "", *("，".join(cell.text for cell in cells) for cells in (old, new)))
            continue
        was, is_now = {cell.field: cell for cell in old}, {cell.field: cell for cell in new}
        for name in dict.fromkeys((*was, *is_now)):
            first, second = was.get(name), is_now.get(name)
            if first is None or second is None or first.said != second.said:
                yield CellChange(row, name, first.text if first else "", second.text if second else "")


def _trend(before: str | None, now: str | None) -> Trend:
    """By the progress ranks of the words; 不涉及 has none."""
    old, new = words.rank(before), words.rank(now)
    if old is None or new is None or old == new:
        return Trend.REWORDED
    return Trend.FORWARD if new > old else Trend.BACK
