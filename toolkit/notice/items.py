"""Running text → a tree of numbered items, each with its paragraphs and the unit clauses in them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from toolkit.language.clauses import FoundClause, find_clauses
from toolkit.notice.furniture import is_furniture, opens_attachment
from toolkit.notice.numbering import Marker, read_marker, read_tight
from toolkit.notice.outline import place_of
from toolkit.notice.passages import Passage

_ENDED = re.compile(r"[。；;！!？?：:.]$|[)）]$|[”\"]$")
_WRAPPED_FROM = 30
"""Characters from which on a line without a full stop is taken to go on in the next one."""
_FIELD_LINE = re.compile(
    r"[(（]?\s*(?:(?P<when>(?:计划|预计|要求)?(?:完成|办结|整改|推进)?(?:时限|时间|期限|节点|时间节点|完成日期)(?:要求)?)"
    r"|(?P<remark>备\s*注)|(?P<person>(?:牵头|责任|分管|包保|挂点|市级|区级|县级)*(?:领导|责任人|负责人|联系人)))"
    r"\s*[:：]\s*(?P<value>.{1,80}?)\s*[)）]?[。；;]?"
)
_MARK = re.compile(
    r"(?:(?<=[。；;！!：:）)])|(?<=[\u4e00-\u9fff])(?=[（(][一二三四五六七八九十]{1,3}[）)]))\s*"
    r"(?=[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]|\d{1,2}[.．、]|[（(]\d{1,2}[）)]|[①-⑳])"
)


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
    root = Item(None)
    stack: list[Item] = []
    last: Part | None = None
    for passage in _split_lines(passages):
        if passage.is_table:
            last = None
            continue
        text = passage.text
        if opens_attachment(text):
            stack, last = [], None
            continue
        marker = _marker(text, stack)
        if marker is None:
            if last is not None and _goes_on(last.text, text, passage):
                last.text += text
                last.clauses = find_clauses(last.text)
                continue
            if stack and (line := _FIELD_LINE.fullmatch(text)) is not None:
                _take_field(stack[-1], line)
                continue
            if is_furniture(text):
                last = None
                continue
            last = Part(text, passage, find_clauses(text))
            (stack[-1] if stack else root).parts.append(last)
            continue
        depth = place_of(marker, [(item.style, item.marker.value, _busy(item)) for item in stack if item.marker])
        del stack[depth:]
        parent = stack[-1] if stack else root
        body = text[marker.end :]
        last = Part(body, passage, find_clauses(body))
        item = Item(marker, [last], parent=parent)
        parent.children.append(item)
        stack.append(item)
    return root


def _take_field(item: Item, line: re.Match[str]) -> None:
    """A line below an item that says when it is due, or a remark; lines that name persons are passed over."""
    if line["when"]:
        item.deadline = "\n".join(filter(None, (item.deadline, line["value"].strip())))
    elif line["remark"]:
        item.remark = "\n".join(filter(None, (item.remark, line["value"].strip())))


def _busy(item: Item) -> bool:
    return bool(item.children) or len(item.parts) > 1 or bool(item.clauses)


def _marker(text: str, stack: Sequence[Item]) -> Marker | None:
    """The number of a paragraph; 11.121人才 is number 11 where 11 comes next."""
    marker = read_marker(text)
    if marker is None or marker.style.startswith("dotted"):
        runs = [item.marker.value for item in stack if item.marker and item.style == "arabic"]
        dotted = any(item.style.startswith("dotted") for item in stack)
        if not dotted and (tight := read_tight(text, (runs[-1] if runs else 0) + 1)) is not None:
            return tight
    return marker


def _goes_on(before: str, text: str, passage: Passage) -> bool:
    """Whether a line without number is the rest of the one before it: broken in mid-sentence by the line's end."""
    if not before or _ENDED.search(before.rstrip()):
        return False
    if text[0] in "（(" and find_clauses(text):
        return False
    return len(before) >= _WRAPPED_FROM or passage.close


def _split_lines(passages: Sequence[Passage]) -> Iterator[Passage]:
    """Paragraphs that hold several numbered items in one line, split at the numbers."""
    for passage in passages:
        clauses = find_clauses(passage.text) if len(passage.text) > 80 else ()
        if passage.is_table or len(clauses) < 2:
            yield passage
            continue
        yield from (replace(passage, text=piece) for piece in split_items(passage.text, clauses))


def split_items(text: str, clauses: Sequence[FoundClause]) -> list[str]:
    """A flattened text split into paragraphs: before each number that continues or opens a run of its style.

    A number directly behind a unit clause, or that of a heading, always opens a paragraph; one amid a
    requirement (1.…；2.…) does so only when a clause stands between it and the number before it.
    """
    cuts: list[int] = []
    values: dict[str, int] = {}
    for match in _MARK.finditer(text):
        place = match.end()
        if any(clause.start < place < clause.end for clause in clauses):
            continue
        ahead = text[place : place + 40]
        marker = read_marker(ahead)
        if marker is None or marker.style.startswith("dotted"):
            marker = read_tight(ahead, values.get("arabic", 0) + 1)
        if marker is None:
            continue
        expected = marker.value in (values.get(marker.style, 0) + 1, 1)
        if not expected:
            continue
        since = cuts[-1] if cuts else 0
        between = any(since <= clause.start and clause.end <= place for clause in clauses)
        if marker.heads or between or _is_led_in(text[since:place]):
            cuts.append(place)
            values[marker.style] = marker.value
    bounds = [0, *cuts, len(text)]
    return [piece for a, b in pairwise(bounds) if (piece := text[a:b].strip())]


def _is_led_in(text: str) -> bool:
    """Whether a text ends by announcing a list: 具体措施："""
    return bool(re.search(r"(?:措施|任务|要求|内容|工作|事项|如下)[:：]\s*$", text))
