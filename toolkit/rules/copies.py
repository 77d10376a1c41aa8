"""Rules on wording that was copied: within a unit, between units, from last round, from the requirement (A31).

Near-copies are found without comparing all pairs: every text is sketched by its smallest shingle hashes, only
texts that share one are compared, and a shingle that everybody uses is not followed far.  So the work grows with
the texts, not with their pairs.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter
from typing import ClassVar
from zlib import crc32

from toolkit.findings import Kind
from toolkit.findings import rules as found
from toolkit.firsts import Firsts
from toolkit.language.text import essence
from toolkit.model import Entry, Finding
from toolkit.rules.beyond import Echo, Echoes, Key
from toolkit.rules.case import AnswerRule, Campaign, Case, Reported, Rule
from toolkit.vocabulary import NOT_CONCERNED

_SHINGLE = 5
_SKETCH = 8
_FOLLOWED = 24
"""How many texts that share a shingle are compared with the next one."""
_PARTNERS_NAMED = 3
_PIECE = 4
_PARTICLES = dict.fromkeys(map(ord, "了已的地得均并和与及"))
_POLISH = re.compile(
    "我[局委办县镇市区院校厅村所站处]|本单位|(?:圆满|按期|如期|按时)?完成(?:任务|该项工作)$|完成$|按照?要求|认真|进一步|切实"
)
_POLISHED = 0.35
"""Share from which a closer look, past what was polished, is worth its time."""
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
    return alike(((place, text, sketch(text)) for place, text in enumerate(texts)), likeness)


Sketched = tuple[int, str, Sequence[int]]
"""A text with its place, and those shingles of its sketch by which others are looked for."""


def alike(texts: Iterable[Sketched], likeness: float) -> Iterator[Pair]:
    """The pairs among texts that come in the order of their places; only texts that are still followed are kept.

    A pair is found by any shingle that both follow, so that the shingles may be shared out: whoever gets all texts
    that follow some of the shingles finds all pairs that these tell.
    """
    from rapidfuzz.fuzz import ratio
    from rapidfuzz.process import extract

    firsts = Firsts()
    buckets: dict[int, dict[int, str]] = defaultdict(dict)
    followed: dict[int, str] = {}
    ranks = _Ranks()
    for place, text, shingles in texts:
        first = firsts.place(text, place)
        if first != place:
            yield Pair(first, place, 1.0)
            continue
        written = text.translate(ranks)
        sharing: dict[int, str] = {}
        for shingle in shingles:
            bucket = buckets[shingle]
            sharing.update(bucket)
            if len(bucket) < _FOLLOWED:
                bucket[place] = written
                followed[place] = text
        near = extract(written, sharing, scorer=ratio, score_cutoff=likeness * 100, limit=None)
        for _, likeness_here, other in sorted(near, key=itemgetter(2)):
            if not _differ_in_numbers(followed[other], text):
                yield Pair(other, place, likeness_here / 100)


class _Ranks(dict[int, int]):
    """Each character's place among those met so far: what is common is met early.

    Texts with each character replaced by its rank are as alike as before, and are compared three times as fast:
    rapidfuzz looks the characters below 256 up in an array, the others in a hash table.
    """

    def __missing__(self, char: int) -> int:
        self[char] = rank = len(self)
        return rank


def sketch(text: str) -> list[int]:
    """The smallest shingle hashes of a text: texts that are much alike share some of them."""
    data = text.encode("utf-32-le")
    step = 4 * _SHINGLE
    return sorted({crc32(data[i : i + step]) for i in range(0, max(1, len(data) - step + 1), 4)})[:_SKETCH]


def _differ_in_numbers(one: str, other: str) -> bool:
    """Reports after one pattern whose figures all differ are no copies."""
    ones, others = set(re.findall(r"\d+", one)), set(re.findall(r"\d+", other))
    return len(ones) > 1 and len(others) > 1 and not ones & others


class Copies(Rule):
    """The same wording for several tasks of a unit, or from several units."""

    kinds: ClassVar[tuple[Kind, ...]] = (found.COPY_WITHIN, found.COPY_ACROSS)
    doc = "本单位几项任务、或几个单位之间的进展说明雷同。"

    def of_campaign(self, campaign: Campaign) -> Iterator[Finding]:
        """Both sides of a pair are found, each naming the other; nobody can tell the copy from the original."""
        echoes = campaign.beyond.echoes if campaign.beyond else _echoes(campaign)
        for case in campaign.cases:
            found_here = echoes.get((case.entry.task, case.entry.unit))
            if found_here is None:
                continue
            if found_here.within:
                yield _copied(case, found.COPY_WITHIN, found_here.within)
            if found_here.across:
                yield _copied(case, found.COPY_ACROSS, found_here.across)


def to_compare(campaign: Campaign) -> Iterator[tuple[Entry, str, Sequence[int]]]:
    """The entries whose wording is compared, each with it and its sketch."""
    for case in campaign.cases:
        wording, found_by = compared(case) if case.judged is None else case.judged[1:]
        if wording:
            yield case.entry, wording, found_by


def compared(answer: Reported) -> tuple[str, tuple[int, ...]]:
    """The wording of an answer and its sketch, both empty when it is not compared."""
    wording = answer.own_words if answer.entry.status != NOT_CONCERNED else ""
    return wording, tuple(sketch(wording)) if wording else ()


def _echoes(campaign: Campaign) -> dict[Key, Echoes]:
    entries = list(to_compare(campaign))
    keys = [(entry.task, entry.unit) for entry, _, _ in entries]
    texts = ((place, wording, found_by) for place, (_, wording, found_by) in enumerate(entries))
    partners: dict[int, list[tuple[float, int]]] = defaultdict(list)
    for pair in alike(texts, campaign.settings.copy_likeness):
        partners[pair.one].append((-pair.likeness, pair.other))
        partners[pair.other].append((-pair.likeness, pair.one))
    labels = {code: task.label for code, task in campaign.tasks.items()}
    return {
        keys[place]: echoes(keys[place], [(likeness, keys[other]) for likeness, other in sorted(found_here)], labels)
        for place, found_here in partners.items()
    }


def echoes(key: Key, nearest: Sequence[tuple[float, Key]], labels: Mapping[str, str]) -> Echoes:
    """What is to be told of an entry whose wording stands elsewhere, the most alike first (likeness negative)."""
    within = [(likeness, f"“{labels[task]}”") for likeness, (task, unit) in nearest if unit == key[1]]
    across = [(likeness, unit) for likeness, (_, unit) in nearest if unit != key[1]]
    return Echoes(
        _echo(within, [name for _, name in within]), _echo(across, list(dict.fromkeys(unit for _, unit in across)))
    )


def _echo(nearest: Sequence[tuple[float, str]], names: Sequence[str]) -> Echo | None:
    return Echo(tuple(names[:_PARTNERS_NAMED]), len(names), -nearest[0][0]) if nearest else None


class CopyOfPrevious(Rule):
    """The same wording as last round."""

    kinds: ClassVar[tuple[Kind, ...]] = (found.COPY_PREVIOUS,)
    doc = "进展说明与上期雷同。"

    def of_entry(self, case: Case) -> Iterator[Finding]:
        """Compares with the unit's own entry of the round before."""
        from rapidfuzz.fuzz import ratio

        before = case.around.previous.get((case.entry.task, case.entry.unit))
        if before is None or not case.own_words:
            return
        alike = ratio(case.own_words, essence(before.progress)) / 100
        if alike >= case.settings.copy_likeness:
            yield case.found(found.COPY_PREVIOUS, "progress", likeness=round(alike * 100))


class CopyOfRequirement(AnswerRule):
    """The requirement handed back as the answer."""

    kinds: ClassVar[tuple[Kind, ...]] = (found.COPY_REQUIREMENT,)
    doc = "进展说明照抄任务要求。"

    def of_entry(self, case: Reported) -> Iterator[Finding]:
        """Fires when most of the answer's words stand in the requirement."""
        if not case.own_words:
            return
        requirement = (case.task.title or "") + case.task.requirement
        contained = _contained(case.own_words, _pieces(requirement))
        if _POLISHED <= contained < _CONTAINED:
            contained = _contained(_without_polish(case.own_words), _pieces(_without_polish(essence(requirement))))
        if contained >= _CONTAINED:
            yield case.found(found.COPY_REQUIREMENT, "progress", likeness=round(contained * 100))


@lru_cache(maxsize=1024)
def _pieces(requirement: str) -> frozenset[str]:
    """The pieces of a requirement, which many units answer."""
    return frozenset(_pieces_of(essence(requirement)))


def _contained(text: str, asked: frozenset[str]) -> float:
    """The share of a text's pieces that were asked for."""
    pieces = _pieces_of(text)
    return sum(map(asked.__contains__, pieces)) / max(1, len(pieces))


def _without_polish(text: str) -> str:
    """The text without what makes a finished deed of a demand: 已…了, 我局, 圆满完成任务."""
    return _POLISH.sub("", text.translate(_PARTICLES))


def _pieces_of(text: str) -> list[str]:
    return [text[i : i + _PIECE] for i in range(len(text) - _PIECE + 1)]


def _copied(case: Case, kind: Kind, echo: Echo) -> Finding:
    partner = "、".join(echo.names) + (f" 等 {echo.count} 处" if echo.count > len(echo.names) else "")
    return case.found(kind, "progress", partner=partner, likeness=round(echo.likeness * 100))
