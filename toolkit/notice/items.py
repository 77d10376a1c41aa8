"""Running text → a tree of numbered items, each with its paragraphs and the unit clauses in them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from toolkit.language.clauses import ClauseKind, FoundClause, find_clauses, read_bracket
from toolkit.notice.furniture import is_date_line, is_furniture, is_title, opens_attachment
from toolkit.notice.lines import ENDED, is_open, is_overclosed, paragraphs_of
from toolkit.notice.numbering import Marker, read_marker, read_tight
from toolkit.notice.outline import place_of
from toolkit.notice.passages import Passage

_FIELD_LINE = re.compile(
    r"[(（]?\s*(?:(?P<when>(?:计划|预计|要求)?(?:完成|办结|整改|推进)?(?:时限|时间|期限|节点|时间节点|完成日期)(?:要求)?)"
    r"|(?P<remark>备\s*注)|(?P<person>(?:牵头|责任|分管|包保|挂点|市级|区级|县级)*(?:领导|责任人|负责人|联系人)))"
    r"\s*[:：]\s*(?P<value>.{1,80}?)\s*[)）]?[。；;]?"
)
_FOR_ALL = re.compile(
    r"(?:以上|上述)(?:各项|各条|所有|全部|\d+项)?(?:重点)?(?:工作|任务|事项|措施|内容|项目)*[，,]?(?:均|都|统一|全部)?由?"
    r"(?P<units>.+?)[。；;]?"
)
"""A sentence about all items above it."""
_BARE_COUNT = re.compile(r"(\d{1,2})[ \u3000]+(?=[\u4e00-\u9fff])")
_SENTENCES = re.compile(r"[。；;]")
_NEVER_FIRST = "，。、；：！？）)】》”,.;:!?"
"""Signs that no paragraph begins with."""
PLAIN = "plain"
_NO_TITLE = 45
"""Characters from which on a line without a full stop is no title but a broken paragraph."""
_LONGEST_REST = 200
_LONGEST_PARAGRAPH = 2000
"""Characters beyond which lines without a stop are no broken paragraph but the cells of a table."""
_LONGEST_HEADING = 40
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
    shared: str = ""
    """What a sentence behind the items below says of all of them: 以上任务均由…."""

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
    return _Builder(paragraphs_of(passages)).build()


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
            elif (marker := self._marker(passage.text) or self._heads_dotted(index)) is not None:
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

    def _heads_dotted(self, index: int) -> Marker | None:
        """The number of 1 健全责任体系 where 1.1 … follows."""
        match = _BARE_COUNT.match(self._passages[index].text)
        after = self._passages[index + 1].text if match and index + 1 < len(self._passages) else ""
        if match is None or not re.match(rf"{match[1]}[.．]1(?!\d)", after):
            return None
        return Marker("dotted1", int(match[1]), match[1] + " ", match.end())

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
        clauses = find_clauses(text)
        if not clauses and (line := _FIELD_LINE.fullmatch(text)) is not None and self._takes_field(line):
            return
        names_units = self._last is not None and bool(clauses) and clauses[0].kind is ClauseKind.LINE
        if is_furniture(text) and not names_units:  # 主办单位：… amid an item is a clause, below the letter it is none
            self._last = None
            return
        if self._stack and (line := _FOR_ALL.fullmatch(text)) is not None and read_bracket(line["units"]):
            (self._stack[-1].parent or self._root).shared = line["units"]
            self._last = None
            return
        self._last = Part(text, passage, clauses)
        (self._stack[-1] if self._stack else self._root).parts.append(self._last)

    def _takes_field(self, line: re.Match[str]) -> bool:
        """Give a line that says when, who or what else to the item, or to the unit clause right above it."""
        if self._stack:
            _take_field(self._stack[-1], line)
            return True
        if self._last is None or not self._last.is_clause:
            return False
        self._last.text = f"{self._last.text.rstrip('。；;')}；{line.group().rstrip('。；;')}。"
        self._last.clauses = find_clauses(self._last.text)
        return True

    def _goes_on(self, before: str, passage: Passage) -> bool:
        """Whether a line without number is the rest of the one before it: broken in mid-sentence by the line's end."""
        if not before or len(before) > _LONGEST_PARAGRAPH or is_date_line(passage.text):
            return False
        if passage.text[0] in _NEVER_FIRST or (is_open(before) and len(passage.text) < _LONGEST_REST):
            return True
        clauses = find_clauses(passage.text)
        if ENDED.search(before.rstrip()) or (clauses and clauses[0].start == 0) or _FIELD_LINE.fullmatch(passage.text):
            return False
        return len(before) >= _NO_TITLE or bool(_SENTENCES.search(before)) or _breaks_off(before)


def _breaks_off(text: str) -> bool:
    """Whether a line ends in the midst of an amount or a list: …，完成48, …、."""
    return text[-1] in "，、" or (text[-1].isdigit() and "，" in text)


def _plain_headings(passages: Sequence[Passage]) -> dict[int, int]:
    """Short lines without number between one item's unit clause and the next item or paragraph with one: headings.

    Each with its place in its run, counted from the item upwards: 1 right above it.  One alone may be anything;
    the pattern must come again.
    """
    found: dict[int, int] = {}
    runs = 0
    for index, passage in enumerate(passages[1:-1], 1):
        after = passages[index + 1]
        if _may_head(passage) and _closes_item(passages, index - 1) and _is_plain_task(after):
            runs += 1
            found[index] = 1
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


def _is_plain_task(passage: Passage) -> bool:
    """Whether a passage without number says what is to be done and, at its end, who answers for it."""
    clauses = find_clauses(passage.text)
    if passage.is_table or read_marker(passage.text) is not None or not clauses:
        return False
    return clauses[0].start > _LONGEST_HEADING // 4 and not passage.text[clauses[-1].end :].strip(" 。；;")


def _may_head(passage: Passage) -> bool:
    text = passage.text
    return (
        not passage.is_table
        and 3 <= len(text) <= _LONGEST_HEADING
        and read_marker(text) is None
        and not re.search(r"[。；;：:，,]", text.rstrip("。"))
        and not is_open(text)
        and not is_overclosed(text)
        and not find_clauses(text)
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
    return (marker is not None and marker.heads) or text.rstrip().endswith(("：", ":", "。")) or is_title(text)


def _take_field(item: Item, line: re.Match[str]) -> None:
    """A line below an item that says when it is due, or a remark; lines that name persons are passed over."""
    if line["when"]:
        item.deadline = "\n".join(filter(None, (item.deadline, line["value"].strip())))
    elif line["remark"]:
        item.remark = "\n".join(filter(None, (item.remark, line["value"].strip())))


def _busy(item: Item) -> bool:
    return bool(item.children) or len(item.parts) > 1 or bool(item.clauses)
