"""Lines → paragraphs: joined where a program broke them at a width, parted where several items stand in one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from toolkit.language.clauses import FoundClause, find_clauses
from toolkit.notice.furniture import is_date_line, is_signer, opens_attachment, without_signature
from toolkit.notice.numbering import Marker, read_marker, read_tight
from toolkit.notice.passages import Passage

ENDED = re.compile(r"[。；;！!？?：:.]$|[)）]$|[”\"]$")
"""The end of a sentence, or of a clause in brackets."""
_MARK = re.compile(
    r"\s*(?<![\d.．第一二三四五六七八九十])"
    r"(?=(?:行动|任务|专项|专题|工程)?[一二三四五六七八九十]{1,3}[、：:]|[（(][一二三四五六七八九十]{1,3}[）)]|\d{1,2}[.．、]|[（(]\d{1,2}[）)]|[①-⑳])"
)
_BRACKETS = "（(【[〔"
_LEAP = 10
"""By how much numbers may jump behind a unit clause (lines left out)."""
_HEADING_LEAP = 3
"""By how much the numbers of headings may jump."""
_WIDEST = 60
"""Characters of the longest line that is still one of a text broken at a width."""
_FULL_FROM = 20
_FULL_SHARE = 0.25
_LEAST_FULL = 5
_LEAST_BROKEN = 2
_LONGER_SHARE = 0.2
_FEW_LONGER = 2
"""Lines that may be longer all the same."""
_RAGGED = 3
"""By how much full lines may differ."""
_LONGEST_LABEL = 90
_TITLE_END = re.compile(r"(?:方案|通知|意见|要点|计划|清单|分工|任务|安排|表)[)）》]?\s*$")
_LED_IN = re.compile(r"(?:措施|任务|要求|内容|工作|事项|如下)[:：]\s*$")
"""How a text announces a list: 具体措施："""


_HEADING = re.compile(r"[^。；;，,：:（）()\d]{3,24}")
_LED_HEADING = re.compile(rf"(?:措施|任务|要求|内容|工作|事项|如下)[:：]\s*(?P<heading>{_HEADING.pattern})$")
"""A heading without number behind the words that announce a list."""


def paragraphs_of(passages: Sequence[Passage]) -> list[Passage]:
    """The paragraphs that the lines of a document make up, each with one numbered item at most."""
    return list(_split_lines(_unwrapped(_unsigned(passages))))


def _unsigned(passages: Sequence[Passage]) -> list[Passage]:
    """The passages without the names and dates that sign a letter, on lines of their own or glued to its last one."""
    kept: list[Passage] = []
    for passage in passages:
        if not passage.is_table and is_date_line(passage.text):
            while kept and not kept[-1].is_table and read_marker(kept[-1].text) is None and is_signer(kept[-1].text):
                kept.pop()
        kept.append(passage if passage.is_table else replace(passage, text=without_signature(passage.text)))
    return [passage for passage in kept if passage.is_table or passage.text]


def _unwrapped(passages: Sequence[Passage]) -> list[Passage]:
    """The paragraphs of a text whose lines were broken at one width, whole again; other texts as they are."""
    lengths = Counter(len(p.text) for p in passages if not p.is_table and len(p.text) >= _FULL_FROM)
    width = next((w for w in _widths(lengths) if w <= _WIDEST and _is_wrapped(passages, lengths, w)), 0)
    if not width:
        return list(passages)
    width = max(length for length in lengths if length <= width + 1)
    joined: list[Passage] = []
    goes_on = False
    for passage in passages:
        marker = read_marker(passage.text)
        counted = marker is not None and (marker.heads or marker.style == "arabic" or not goes_on)
        if goes_on and not (passage.is_table or counted or opens_attachment(passage.text)):
            joined[-1] = replace(joined[-1], text=joined[-1].text + passage.text)
        else:
            joined.append(passage)
        goes_on = not passage.is_table and (len(passage.text) - 1) % width >= width - _RAGGED - 1
    return joined


def _widths(lengths: Counter[int]) -> list[int]:
    """The width that most lines have, and that of the longest."""
    return [max(lengths, key=lambda length: (lengths[length], length)), max(lengths)] if lengths else []


def _is_wrapped(passages: Sequence[Passage], lengths: Counter[int], width: int) -> bool:
    """Whether lines break at this width: many do, or the few that do are the longest and end in mid-sentence."""
    near = sum(count for length, count in lengths.items() if width - _RAGGED <= length <= width + 1)
    longer = sum(1 for p in passages if len(p.text) > width + 1 and not p.is_table and not is_open(p.text[:width]))
    if longer > max(_FEW_LONGER, _LONGER_SHARE * lengths.total()):
        return False
    broken = sum(
        1
        for line, after in pairwise(passages)
        if width - _RAGGED <= len(line.text) <= width + 1
        and not ENDED.search(line.text)
        and not line.is_table
        and not after.is_table
        and read_marker(after.text) is None
    )
    if near >= _LEAST_FULL and near >= _FULL_SHARE * lengths.total():
        return broken > 0
    return broken >= _LEAST_BROKEN and longer < _FEW_LONGER


def is_open(text: str) -> bool:
    """Whether a bracket of the text is still open."""
    return text.count("（") + text.count("(") > text.count("）") + text.count(")")


def is_overclosed(text: str) -> bool:
    """Whether the text closes a bracket that it did not open: the rest of a broken line."""
    return text.count("（") + text.count("(") < text.count("）") + text.count(")")


def _split_lines(passages: Sequence[Passage]) -> Iterator[Passage]:
    """Paragraphs that hold several numbered items in one line, split at the numbers."""
    for passage in passages:
        clauses = find_clauses(passage.text) if len(passage.text) > 80 else ()
        if passage.is_table or not clauses:
            yield passage
            continue
        yield from (replace(passage, text=piece) for piece in _split_items(passage.text, clauses))


def _split_items(text: str, clauses: Sequence[FoundClause]) -> list[str]:
    """A flattened text split into paragraphs: before each number that continues or opens a run of its style."""
    splitter = _Splitter(text, clauses)
    for match in _MARK.finditer(text):
        splitter.meet(match.end())
    headings = [place for a, b in pairwise([0, *splitter.cuts]) if (place := _heading_before(text, a, b, clauses))]
    bounds = [0, *sorted({*splitter.cuts, *headings}), len(text)]
    return [piece for a, b in pairwise(bounds) if (piece := text[a:b].strip())]


def _heading_before(text: str, begin: int, end: int, clauses: Sequence[FoundClause]) -> int | None:
    """Where a heading without number begins that stands right in front of the number at ``end``.

    It stands behind the unit clause of the item before it, or behind the words that lead in the first item.
    """
    closed = max((clause.end for clause in clauses if begin <= clause.start and clause.end <= end), default=None)
    if closed is None and (led := _LED_HEADING.search(text[begin:end])) is not None:
        closed = begin + led.start("heading")
    if closed is None:
        return None
    words = text[closed:end].strip(" \u3000。；;")
    return closed if _HEADING.fullmatch(words) else None


class _Splitter:
    """Decides at each number of a flattened text whether a paragraph begins there.

    A number directly behind a unit clause or a heading opens a paragraph; one amid a requirement (1.…；2.…)
    does so only when a clause stands between it and the number before it.
    """

    def __init__(self, text: str, clauses: Sequence[FoundClause]) -> None:
        self.cuts: list[int] = []
        self._text = text
        self._clauses = clauses
        self._values: dict[str, int] = {}
        """Style → the last number that opened a paragraph."""
        self._heading = False

    def meet(self, place: int) -> None:
        """Take in the number at this place."""
        inside = next((clause for clause in self._clauses if clause.start < place < clause.end), None)
        if inside is not None and self._text[inside.start] in _BRACKETS:
            return
        marker = self._marker(place)
        if marker is None or not self._continues(marker, place, inside is not None):
            return
        if inside is not None or self._is_closed(place) or self._heads(marker, place) or self._opens(marker, place):
            self.cuts.append(place)
            self._values[marker.style] = marker.value
            self._heading = marker.heads

    def _marker(self, place: int) -> Marker | None:
        ahead = self._text[place : place + 40]
        marker = read_marker(ahead)
        if marker is None or marker.style.startswith("dotted"):
            return read_tight(ahead, (self._values.get("arabic", 0) + 1,))
        return marker

    def _since(self, place: int) -> str:
        """The paragraph so far."""
        return self._text[self.cuts[-1] if self.cuts else 0 : place]

    def _continues(self, marker: Marker, place: int, inside: bool) -> bool:
        """Whether a number goes on from the one before it, or begins anew."""
        before = self._values.get(marker.style, 0)
        leap = 1
        if self._is_closed(place) and not inside:
            leap = _LEAP
        elif marker.heads and not inside and (self._is_ended(place) or self._is_below_heading(marker, place)):
            leap = _HEADING_LEAP
        return marker.value == 1 or before < marker.value <= before + leap

    def _is_closed(self, place: int) -> bool:
        """Whether the paragraph so far has its unit clause."""
        begin = self.cuts[-1] if self.cuts else 0
        return any(begin <= clause.start and clause.end <= place for clause in self._clauses)

    def _is_ended(self, place: int) -> bool:
        since = self._since(place).rstrip()
        return not since or since[-1] in "。；;！!：:）)"

    def _is_below_heading(self, marker: Marker, place: int) -> bool:
        """Whether the paragraph so far is a heading; one that ends with a stop must be followed by the next number."""
        since = self._since(place)
        if not self._heading or len(since) > _LONGEST_LABEL or "。" in since.rstrip("。"):
            return False
        return "。" not in since or marker.value == self._values.get(marker.style, 0) + 1 > 1

    def _heads(self, marker: Marker, place: int) -> bool:
        """Whether the number is that of a heading."""
        if not marker.heads:
            return False
        behind_title = not self.cuts and marker.value == 1 and _TITLE_END.search(self._since(place)) is not None
        return self._is_ended(place) or marker.style == "cn-bracket" or behind_title

    def _opens(self, marker: Marker, place: int) -> bool:
        """Whether the number opens a list, or stands below a heading."""
        if self._is_below_heading(marker, place) or _LED_IN.search(self._since(place)):
            return True
        if marker.value == 1 and _LED_HEADING.search(self._since(place)):
            return self._runs_on(marker, place)
        if marker.value != 1 or not self._since(place).rstrip().endswith("。") or read_marker(self._text) is not None:
            return False
        return self._runs_on(marker, place)

    def _runs_on(self, marker: Marker, place: int) -> bool:
        """Whether the next number of this style stands right behind the next unit clause, or in one without end."""
        clause = next((clause for clause in self._clauses if clause.start >= place), None)
        if clause is None:
            return False
        places = [clause.end + len(self._text[clause.end :]) - len(self._text[clause.end :].lstrip(" 。；;"))]
        if self._text[clause.start] not in _BRACKETS:
            places += [match.end() for match in _MARK.finditer(self._text, clause.start, clause.end)]
        after = [read_marker(self._text[at : at + 40]) for at in places]
        return any(m is not None and (m.style, m.value) == (marker.style, marker.value + 1) for m in after)
