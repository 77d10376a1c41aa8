"""Running text → a tree of numbered items, each with its paragraphs and the unit clauses in them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from toolkit.language.clauses import FoundClause, find_clauses
from toolkit.notice.furniture import is_furniture, is_title, opens_attachment
from toolkit.notice.numbering import Marker, read_marker, read_tight
from toolkit.notice.outline import place_of
from toolkit.notice.passages import Passage

_ENDED = re.compile(r"[。；;！!？?：:.]$|[)）]$|[”\"]$")
_FIELD_LINE = re.compile(
    r"[(（]?\s*(?:(?P<when>(?:计划|预计|要求)?(?:完成|办结|整改|推进)?(?:时限|时间|期限|节点|时间节点|完成日期)(?:要求)?)"
    r"|(?P<remark>备\s*注)|(?P<person>(?:牵头|责任|分管|包保|挂点|市级|区级|县级)*(?:领导|责任人|负责人|联系人)))"
    r"\s*[:：]\s*(?P<value>.{1,80}?)\s*[)）]?[。；;]?"
)
_MARK = re.compile(
    r"\s*(?<![\d.．第一二三四五六七八九十])"
    r"(?=(?:行动|任务|专项|专题|工程)?[一二三四五六七八九十]{1,3}[、：:]|[（(][一二三四五六七八九十]{1,3}[）)]|\d{1,2}[.．、]|[（(]\d{1,2}[）)]|[①-⑳])"
)
_BRACKETS = "（(【[〔"
PLAIN = "plain"
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
_LONGER_SHARE = 0.1
_RAGGED = 3
"""By how much full lines may differ."""
_NO_TITLE = 45
"""Characters from which on a line without a full stop is no title but a broken paragraph."""
_LONGEST_REST = 200
_LONGEST_HEADING = 40
_LONGEST_LABEL = 90
_DEEPEST = 2
"""Headings without number that may stand above each other."""


@dataclass(slots=True)
class Part:
    """A paragraph of an item, the number taken off."""

    text: str
    passage: Passage
    clauses: tuple[FoundClause, ...] = ()

    @property
    def is_clause(self) -> bool:
        """Whether the paragraph is nothing but unit clauses."""
        rest = self.text
        for clause in reversed(self.clauses):
            rest = rest[: clause.start] + rest[clause.end :]
        return bool(self.clauses) and not rest.strip(" \t\u3000。；;，,")


@dataclass(slots=True)
class Item:
    """A numbered paragraph with what stands below it; the root has no number."""

    marker: Marker | None
    parts: list[Part] = field(default_factory=list)
    children: list[Item] = field(default_factory=list)
    parent: Item | None = None
    deadline: str = ""
    """What a line of its own says: 完成时限：…."""
    remark: str = ""

    @property
    def style(self) -> str:
        """The style of the number, empty for the root."""
        return self.marker.style if self.marker else ""

    @property
    def clauses(self) -> list[FoundClause]:
        """The unit clauses in the item's own paragraphs."""
        return [clause for part in self.parts for clause in part.clauses]

    def walk(self) -> Iterator[Item]:
        """The item and all below it, in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()

    def ancestors(self) -> Iterator[Item]:
        """From the parent up to, and without, the root."""
        item = self.parent
        while item is not None and item.parent is not None:
            yield item
            item = item.parent


def build(passages: Sequence[Passage]) -> Item:
    """The tree of a document's running text."""
    return _Builder(list(_split_lines(_unwrapped(passages)))).build()


class _Builder:
    def __init__(self, passages: list[Passage]) -> None:
        self._passages = passages
        self._root = Item(None)
        self._stack: list[Item] = []
        self._last: Part | None = None
        self._number = 0
        """The last arabic number met: numbers may run on through the chapters."""
        self._plain = _plain_headings(passages)
        self._plain_depth = max(self._plain.values(), default=0)

    def build(self) -> Item:
        """Take in the passages one by one."""
        for index, passage in enumerate(self._passages):
            if passage.is_table or opens_attachment(passage.text):
                if not passage.is_table:
                    self._stack = []
                self._last = None
            elif index in self._plain:
                self._enter_plain(passage, self._plain[index])
            elif (marker := self._marker(passage.text)) is not None:
                self._enter(marker, passage)
            else:
                self._take(passage)
        return self._root

    def _marker(self, text: str) -> Marker | None:
        """The number of a paragraph; 11.121人才 is number 11 where 11 comes next."""
        marker = read_marker(text)
        if marker is None or marker.style.startswith("dotted"):
            dotted = any(item.style.startswith("dotted") for item in self._stack)
            if not dotted and (tight := read_tight(text, (self._number + 1,))) is not None:
                return tight
        return marker

    def _enter(self, marker: Marker, passage: Passage) -> None:
        """A numbered paragraph: an item of its own."""
        levels = [(item.style, item.marker.value, _busy(item)) for item in self._stack if item.marker]
        del self._stack[place_of(marker, levels) :]
        if marker.style == "arabic":
            self._number = marker.value
        self._push(marker, Part(passage.text[marker.end :], passage, find_clauses(passage.text[marker.end :])))

    def _enter_plain(self, passage: Passage, run: int) -> None:
        """A heading without number, the ``run``-th from the last of its kind above the next item."""
        depth = next((n for n, item in enumerate(self._stack) if item.style == PLAIN), None)
        if depth is None:
            numbered = [n for n, item in enumerate(self._stack) if item.marker is not None and not item.marker.heads]
            depth = numbered[0] if numbered else len(self._stack)
        del self._stack[depth + self._plain_depth - run :]
        self._push(Marker(PLAIN, 0, "", 0), Part(passage.text, passage))

    def _push(self, marker: Marker, part: Part) -> None:
        parent = self._stack[-1] if self._stack else self._root
        item = Item(marker, [part], parent=parent)
        parent.children.append(item)
        self._stack.append(item)
        self._last = part

    def _take(self, passage: Passage) -> None:
        """A paragraph without number: the rest of a broken line, a field, or one more paragraph of the item."""
        text = passage.text
        if self._last is not None and self._goes_on(self._last.text, passage):
            self._last.text += text
            self._last.clauses = find_clauses(self._last.text)
            return
        if self._stack and (line := _FIELD_LINE.fullmatch(text)) is not None:
            _take_field(self._stack[-1], line)
            return
        if is_furniture(text):
            self._last = None
            return
        self._last = Part(text, passage, find_clauses(text))
        (self._stack[-1] if self._stack else self._root).parts.append(self._last)

    def _goes_on(self, before: str, passage: Passage) -> bool:
        """Whether a line without number is the rest of the one before it: broken in mid-sentence by the line's end."""
        if not before:
            return False
        if _opened(before) and len(passage.text) < _LONGEST_REST:
            return True
        if _ENDED.search(before.rstrip()) or (passage.text[0] in "（(" and find_clauses(passage.text)):
            return False
        return passage.close or len(before) >= _NO_TITLE


def _unwrapped(passages: Sequence[Passage]) -> list[Passage]:
    """The paragraphs of a text whose lines were broken at one width, whole again; other texts as they are."""
    lengths = Counter(len(p.text) for p in passages if not p.is_table and len(p.text) >= _FULL_FROM)
    width = next((w for w in _widths(lengths) if w <= _WIDEST and _is_wrapped(passages, lengths, w)), 0)
    if not width:
        return list(passages)
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
    longer = sum(count for length, count in lengths.items() if length > width + 1)
    if longer > _LONGER_SHARE * lengths.total():
        return False
    if near >= _LEAST_FULL and near >= _FULL_SHARE * lengths.total():
        return True
    broken = sum(
        1
        for line, after in pairwise(passages)
        if width - _RAGGED <= len(line.text) <= width + 1
        and not _ENDED.search(line.text)
        and not line.is_table
        and not after.is_table
        and read_marker(after.text) is None
    )
    return broken >= _LEAST_BROKEN and max(lengths) <= width + 1


def _opened(text: str) -> bool:
    """Whether a bracket of the text is still open."""
    return text.count("（") + text.count("(") > text.count("）") + text.count(")")


def _plain_headings(passages: Sequence[Passage]) -> dict[int, int]:
    """Short lines without number between one item's unit clause and the next item: headings.

    Each with its place in its run, counted from the item upwards: 1 right above it.  One alone may be anything;
    the pattern must come again.
    """
    found: dict[int, int] = {}
    runs = 0
    for index, passage in enumerate(passages):
        marker = read_marker(passage.text)
        if passage.is_table or marker is None or marker.heads:
            continue
        place = index - 1
        while place >= 0 and _may_head(passages[place]):
            place -= 1
        count = index - 1 - place
        if not 0 < count <= _DEEPEST or place < 0 or not _closes_item(passages, place):
            continue
        runs += 1
        found |= {index - up: up for up in range(1, count + 1)}
    return found if runs > 1 else {}


def _may_head(passage: Passage) -> bool:
    text = passage.text
    return (
        not passage.is_table
        and 3 <= len(text) <= _LONGEST_HEADING
        and read_marker(text) is None
        and not re.search(r"[。；;：:，,]", text.rstrip("。"))
        and not is_furniture(text)
        and not is_title(text)
        and not opens_attachment(text)
    )


def _closes_item(passages: Sequence[Passage], place: int) -> bool:
    """Whether a passage ends with a unit clause, or is the chapter or introduction that the first items follow."""
    text = passages[place].text
    clauses = find_clauses(text)
    if clauses and not text[clauses[-1].end :].strip(" 。；;"):
        return True
    marker = read_marker(text)
    return (marker is not None and marker.heads) or text.rstrip().endswith(("：", ":", "。"))


def _take_field(item: Item, line: re.Match[str]) -> None:
    """A line below an item that says when it is due, or a remark; lines that name persons are passed over."""
    if line["when"]:
        item.deadline = "\n".join(filter(None, (item.deadline, line["value"].strip())))
    elif line["remark"]:
        item.remark = "\n".join(filter(None, (item.remark, line["value"].strip())))


def _busy(item: Item) -> bool:
    return bool(item.children) or len(item.parts) > 1 or bool(item.clauses)


def _split_lines(passages: Sequence[Passage]) -> Iterator[Passage]:
    """Paragraphs that hold several numbered items in one line, split at the numbers."""
    for passage in passages:
        clauses = find_clauses(passage.text) if len(passage.text) > 80 else ()
        if passage.is_table or not clauses:
            yield passage
            continue
        yield from (replace(passage, text=piece) for piece in split_items(passage.text, clauses))


def split_items(text: str, clauses: Sequence[FoundClause]) -> list[str]:
    """A flattened text split into paragraphs: before each number that continues or opens a run of its style.

    A number directly behind a unit clause or a heading opens a paragraph; one amid a requirement (1.…；2.…)
    does so only when a clause stands between it and the number before it.
    """
    cuts: list[int] = []
    values: dict[str, int] = {}
    heading = False
    for match in _MARK.finditer(text):
        place = match.end()
        inside = next((clause for clause in clauses if clause.start < place < clause.end), None)
        if inside is not None and text[inside.start] in _BRACKETS:
            continue
        ahead = text[place : place + 40]
        marker = read_marker(ahead)
        if marker is None or marker.style.startswith("dotted"):
            marker = read_tight(ahead, (values.get("arabic", 0) + 1,))
        if marker is None:
            continue
        before = values.get(marker.style, 0)
        since = text[cuts[-1] if cuts else 0 : place]
        below_heading = heading and "。" not in since and len(since) <= _LONGEST_LABEL
        closed = any((cuts[-1] if cuts else 0) <= c.start and c.end <= place for c in clauses) or inside is not None
        ended = not since.strip() or since.rstrip()[-1] in "。；;！!：:）)"
        leap = 1 if inside else _LEAP if closed else _HEADING_LEAP if marker.heads and (ended or below_heading) else 1
        if marker.value != 1 and not before < marker.value <= before + leap:
            continue
        first = not cuts and marker.value == 1 and since.rstrip().endswith("。") and read_marker(text) is None
        if closed or below_heading or first or _is_led_in(since) or (marker.heads and (ended or marker.style == "cn-bracket")):
            cuts.append(place)
            values[marker.style] = marker.value
            heading = marker.heads
    bounds = [0, *cuts, len(text)]
    return [piece for a, b in pairwise(bounds) if (piece := text[a:b].strip())]


def _is_led_in(text: str) -> bool:
    """Whether a text ends by announcing a list: 具体措施："""
    return bool(re.search(r"(?:措施|任务|要求|内容|工作|事项|如下)[:：]\s*$", text))
