"""Rules on wording that was copied: within a unit, between units, from last round, from the requirement (A31).

Near-copies are found without comparing all pairs: every text is sketched by its smallest shingle hashes, only
texts that share one are compared, and a shingle that everybody uses is not followed far.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from heapq import nsmallest
from re import findall
from typing import ClassVar
from zlib import crc32

from toolkit.findings import Kind
from toolkit.findings import rules as found
from toolkit.language.text import essence
from toolkit.model import Finding
from toolkit.rules.case import Campaign, Case, Rule
from toolkit.vocabulary import NOT_CONCERNED

_SHINGLE = 5
_SKETCH = 8
_FOLLOWED = 24
"""How many texts that share a shingle are compared with the next one."""
_PARTNERS_NAMED = 3
_CONTAINED = 0.8
"""Share of an answer's four-character pieces found in the requirement from which it is called copied."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two texts by their place, and how alike they are (0 to 1)."""

    one: int
    other: int
    likeness: float


def near_copies(texts: Sequence[str], likeness: float) -> Iterator[Pair]:
    """Pairs of texts at least this alike; each text is paired with a bounded number of others."""
    from rapidfuzz.fuzz import ratio

    places: dict[str, list[int]] = defaultdict(list)
    for place, text in enumerate(texts):
        places[text].append(place)
    for same in places.values():
        for other in same[1:]:
            yield Pair(same[0], other, 1.0)
    firsts = [(same[0], text) for text, same in places.items()]
    buckets: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for place, text in firsts:
        compared: set[int] = set()
        for shingle in _sketch(text):
            bucket = buckets[shingle]
            for other, other_text in bucket[:_FOLLOWED]:
                if other in compared:
                    continue
                compared.add(other)
                alike = ratio(text, other_text, score_cutoff=likeness * 100) / 100
                if alike and not _differ_in_numbers(text, other_text):
                    yield Pair(other, place, alike)
            bucket.append((place, text))


def _sketch(text: str) -> list[int]:
    data = text.encode("utf-32-le")
    step = 4 * _SHINGLE
    hashes = {crc32(data[i : i + step]) for i in range(0, max(1, len(data) - step + 1), 4)}
    return nsmallest(_SKETCH, hashes)


def _differ_in_numbers(one: str, other: str) -> bool:
    """Reports after one pattern whose figures all differ are no copies."""
    ones, others = set(findall(r"\d+", one)), set(findall(r"\d+", other))
    return len(ones) > 1 and len(others) > 1 and not ones & others


class Copies(Rule):
    """The same wording for several tasks of a unit, or from several units."""

    kinds: ClassVar[tuple[Kind, ...]] = (found.COPY_WITHIN, found.COPY_ACROSS)
    doc = "本单位几项任务、或几个单位之间的进展说明雷同。"

    def of_campaign(self, campaign: Campaign) -> Iterator[Finding]:
        """Both sides of a pair are found, each naming the other; nobody can tell the copy from the original."""
        cases = [case for case in campaign.cases if case.entry.status != NOT_CONCERNED]
        kept = [(case, text) for case in cases if (text := _own_words(case, campaign.settings.copy_length))]
        partners: dict[int, list[tuple[float, int]]] = defaultdict(list)
        for pair in near_copies([text for _, text in kept], campaign.settings.copy_likeness):
            partners[pair.one].append((-pair.likeness, pair.other))
            partners[pair.other].append((-pair.likeness, pair.one))
        for place, (case, _) in enumerate(kept):
            within = [p for p in sorted(partners[place]) if kept[p[1]][0].entry.unit == case.entry.unit]
            across = [p for p in sorted(partners[place]) if kept[p[1]][0].entry.unit != case.entry.unit]
            if within:
                names = [f"“{kept[other][0].task.label}”" for _, other in within[:_PARTNERS_NAMED]]
                yield _copied(case, found.COPY_WITHIN, names, len(within), -within[0][0])
            if across:
                units = dict.fromkeys(kept[other][0].entry.unit for _, other in across)
                yield _copied(case, found.COPY_ACROSS, list(units)[:_PARTNERS_NAMED], len(units), -across[0][0])


class CopyOfPrevious(Rule):
    """The same wording as last round."""

    kinds: ClassVar[tuple[Kind, ...]] = (found.COPY_PREVIOUS,)
    doc = "进展说明与上期雷同。"

    def of_entry(self, case: Case) -> Iterator[Finding]:
        """Compares with the unit's own entry of the round before."""
        from rapidfuzz.fuzz import ratio

        settings = case.campaign.settings
        before = case.campaign.previous.get((case.entry.task, case.entry.unit))
        text = _own_words(case, settings.copy_length)
        if before is None or not text:
            return
        alike = ratio(text, essence(before.progress)) / 100
        if alike >= settings.copy_likeness:
            yield case.found(found.COPY_PREVIOUS, "progress", likeness=round(alike * 100))


class CopyOfRequirement(Rule):
    """The requirement handed back as the answer."""

    kinds: ClassVar[tuple[Kind, ...]] = (found.COPY_REQUIREMENT,)
    doc = "进展说明照抄任务要求。"

    def of_entry(self, case: Case) -> Iterator[Finding]:
        """Fires when most of the answer's words stand in the requirement."""
        text = _own_words(case, case.campaign.settings.copy_length)
        if not text:
            return
        asked = essence((case.task.title or "") + case.task.requirement)
        pieces = [text[i : i + 4] for i in range(len(text) - 3)]
        contained = sum(piece in asked for piece in pieces) / len(pieces)
        if contained >= _CONTAINED:
            yield case.found(found.COPY_REQUIREMENT, "progress", likeness=round(contained * 100))


def _own_words(case: Case, shortest: int) -> str:
    """The progress text without punctuation and the unit's own name; empty when too short to judge."""
    text = essence(case.entry.progress.replace(case.entry.unit, ""))
    return text if len(text) >= shortest else ""


def _copied(case: Case, kind: Kind, names: list[str], count: int, likeness: float) -> Finding:
    partner = "、".join(names) + (f" 等 {count} 处" if count > len(names) else "")
    return case.found(kind, "progress", partner=partner, likeness=round(likeness * 100))
