"""Rules on wording that was copied: within a unit, between units, from last round, from the requirement (A31).

Near-copies are found without comparing all pairs: every text is sketched by its smallest shingle hashes, only
texts that share one are compared, and a shingle that everybody uses is not followed far.  So the work grows with
the texts, not with their pairs.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
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
_PIECE = 4
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
    places: dict[str, int] = {}
    for place, text in enumerate(texts):
        first = places.setdefault(text, place)
        if first != place:
            yield Pair(first, place, 1.0)
    different = list(places)
    for one, other, alike in _alike(different, likeness):
        if not _differ_in_numbers(different[one], different[other]):
            yield Pair(places[different[one]], places[different[other]], alike)


def _alike(texts: Sequence[str], likeness: float) -> Iterator[tuple[int, int, float]]:
    """Places of texts that share a shingle of their sketches and are at least this alike, and how alike."""
    from rapidfuzz.fuzz import ratio
    from rapidfuzz.process import extract

    written = _renamed(texts)
    buckets: dict[int, list[int]] = defaultdict(list)
    for place, text in enumerate(texts):
        sharing: set[int] = set()
        for shingle in _sketch(text):
            bucket = buckets[shingle]
            sharing.update(bucket)
            if len(bucket) < _FOLLOWED:
                bucket.append(place)
        others = sorted(sharing)
        against = [written[other] for other in others]
        for _, alike, n in extract(written[place], against, scorer=ratio, score_cutoff=likeness * 100, limit=None):
            yield others[n], place, alike / 100


def _renamed(texts: Iterable[str]) -> list[str]:
    """The texts with each character replaced by its rank among all: likeness stays, and is found three times as fast.

    rapidfuzz looks the characters below 256 up in an array, the others in a hash table.
    """
    ranks = {ord(char): rank for rank, (char, _) in enumerate(Counter("".join(texts)).most_common())}
    return [text.translate(ranks) for text in texts]


def _sketch(text: str) -> list[int]:
    data = text.encode("utf-32-le")
    step = 4 * _SHINGLE
    return sorted({crc32(data[i : i + step]) for i in range(0, max(1, len(data) - step + 1), 4)})[:_SKETCH]


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
        kept = [case for case in cases if case.own_words]
        partners: dict[int, list[tuple[float, int]]] = defaultdict(list)
        for pair in near_copies([case.own_words for case in kept], campaign.settings.copy_likeness):
            partners[pair.one].append((-pair.likeness, pair.other))
            partners[pair.other].append((-pair.likeness, pair.one))
        for place in sorted(partners):
            case, unit = kept[place], kept[place].entry.unit
            nearest = [(likeness, kept[other]) for likeness, other in sorted(partners[place])]
            within = [(likeness, other.task.label) for likeness, other in nearest if other.entry.unit == unit]
            across = [(likeness, other.entry.unit) for likeness, other in nearest if other.entry.unit != unit]
            if within:
                names = [f"“{label}”" for _, label in within[:_PARTNERS_NAMED]]
                yield _copied(case, found.COPY_WITHIN, names, len(within), -within[0][0])
            if across:
                units = dict.fromkeys(other for _, other in across)
                yield _copied(case, found.COPY_ACROSS, list(units)[:_PARTNERS_NAMED], len(units), -across[0][0])


class CopyOfPrevious(Rule):
    """The same wording as last round."""

    kinds: ClassVar[tuple[Kind, ...]] = (found.COPY_PREVIOUS,)
    doc = "进展说明与上期雷同。"

    def of_entry(self, case: Case) -> Iterator[Finding]:
        """Compares with the unit's own entry of the round before."""
        from rapidfuzz.fuzz import ratio

        before = case.campaign.previous.get((case.entry.task, case.entry.unit))
        if before is None or not case.own_words:
            return
        alike = ratio(case.own_words, essence(before.progress)) / 100
        if alike >= case.campaign.settings.copy_likeness:
            yield case.found(found.COPY_PREVIOUS, "progress", likeness=round(alike * 100))


class CopyOfRequirement(Rule):
    """The requirement handed back as the answer."""

    kinds: ClassVar[tuple[Kind, ...]] = (found.COPY_REQUIREMENT,)
    doc = "进展说明照抄任务要求。"

    def of_entry(self, case: Case) -> Iterator[Finding]:
        """Fires when most of the answer's words stand in the requirement."""
        if not case.own_words:
            return
        asked = _pieces((case.task.title or "") + case.task.requirement)
        pieces = _pieces_of(case.own_words)
        contained = sum(map(asked.__contains__, pieces)) / len(pieces)
        if contained >= _CONTAINED:
            yield case.found(found.COPY_REQUIREMENT, "progress", likeness=round(contained * 100))


@lru_cache(maxsize=1024)
def _pieces(requirement: str) -> frozenset[str]:
    """The pieces of a requirement, which many units answer."""
    return frozenset(_pieces_of(essence(requirement)))


def _pieces_of(text: str) -> list[str]:
    return [text[i : i + _PIECE] for i in range(len(text) - _PIECE + 1)]


def _copied(case: Case, kind: Kind, names: list[str], count: int, likeness: float) -> Finding:
    partner = "、".join(names) + (f" 等 {count} 处" if count > len(names) else "")
    return case.found(kind, "progress", partner=partner, likeness=round(likeness * 100))
