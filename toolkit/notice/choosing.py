"""Which numbered items of running text are tasks, which are headings, and whose a unit clause is."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from toolkit.language.clauses import ClauseKind, FoundClause, is_unmistakable
from toolkit.language.text import unspaced
from toolkit.language.units import is_group_name, read_units
from toolkit.notice.items import PLAIN, Item, Part
from toolkit.notice.titles import opening_of

_CARRYING = 0.5
"""From this share of items with clauses on, items of a style are tasks of their own."""
_LABEL_LENGTH = 60
CLOSING = re.compile(
    r"(?:工作|有关|相关|活动|几点|具体)要求|保障措施|组织保障|组织实施|组织领导|工作保障|实施保障|措施保障|监督检查|考核|责任追究"
)
"""Labels of chapters that ask for zeal rather than divide work."""
_OF_FORM = re.compile(
    r"[^。]{0,10}?(?:本|此)(?:若干)?(?:措施|办法|意见|方案|通知|规定|细则|政策|清单|计划)(?:自|由|从|有效期)[^。]*(?:施行|实施|执行|解释|有效|废止)"
)
_TAKEN_ON = re.compile(r"(?P<units>[^，,。；;：:]{3,60}?)(?:负责|牵头)(?!解释)(?=[\u4e00-\u9fff]{2})")
_TAKES_ON = re.compile("牵头|负责|主办|承办")


@dataclass(slots=True)
class Chosen:
    """An item or a paragraph that is a task, and the parts its text is made of."""

    item: Item
    parts: list[Part]
    folded: list[Item] = field(default_factory=list)
    """Items below that belong to its text."""
    unnumbered: bool = False
    """One paragraph of an item that is itself only a heading."""
    late: bool = False
    """The clause stands behind the last item below."""
    inherits: Item | None = None
    """The heading above that says who answers for this item too."""


def choose(root: Item) -> list[Chosen]:
    """The tasks of a text in which units are named, in reading order."""
    _hush_closing(root)
    _share_behind_chapters(root)
    return list(_Chooser(root).tasks())


def _hush_closing(root: Item) -> None:
    """Take no appeal of a closing chapter for a division of work: 三、工作要求 …各成员单位密切配合。"""
    if all(clause.kind is ClauseKind.SENTENCE for item in root.walk() for clause in item.clauses):
        return
    for chapter in root.children:
        if not CLOSING.search(label_of(chapter)):
            continue
        for part in (part for item in chapter.walk() for part in item.parts):
            part.clauses = tuple(clause for clause in part.clauses if not _is_appeal(clause))


def _share_behind_chapters(root: Item) -> None:
    """Where items are counted through all chapters, let a line of units behind a chapter's last item hold for all.

    一、… 1.… 2.… 责任单位：… 二、… 3.… 责任单位：… counts three tasks; 1, 2 in every chapter would be its parts.
    """
    chapters = [chapter for chapter in root.children if chapter.children]
    counts = [child.marker.value for chapter in chapters for child in chapter.children if child.marker]
    behind = [_line_behind(chapter) for chapter in chapters]
    if len(chapters) < 2 or counts != list(range(1, len(counts) + 1)) or not all(behind):
        return
    for chapter, part in zip(chapters, behind, strict=True):
        assert part is not None
        chapter.shared = "；".join(clause.inner for clause in part.clauses)
        chapter.children[-1].parts.remove(part)


def _line_behind(chapter: Item) -> Part | None:
    """The line of units behind the last of several items, where none of them has one of its own."""
    *others, last = chapter.children
    plain = not any(_has_clause(item) for item in others) and not chapter.clauses and not last.children
    line = last.parts[-1]
    return line if plain and len(last.parts) > 1 and line.is_clause and not last.parts[0].clauses else None


def _is_appeal(clause: FoundClause) -> bool:
    """Whether a last sentence asks everybody to do their part, rather than somebody to take something on."""
    if clause.kind is not ClauseKind.SENTENCE:
        return False
    names = [assignment.name for assignment in read_units(clause.inner).assignments]
    return not _TAKES_ON.search(clause.inner) or all(map(is_group_name, names))


def label_of(item: Item) -> str:
    """An item's first sentence: its name where it is a heading."""
    text = without_clauses(item.parts[0]) if item.parts else ""
    opening = opening_of(text)
    return opening.sentence if opening is not None and len(unspaced(opening.sentence)) <= _LABEL_LENGTH else text


def without_clauses(part: Part) -> str:
    """A paragraph's words without its unit clauses."""
    text = part.text
    for clause in reversed(part.clauses):
        before, after = text[: clause.start], text[clause.end :]
        if not after.strip(" 。；;，,"):
            after = ""
        elif before.rstrip().endswith(("。", "；", ";", "！")):
            after = after.lstrip(" 。；;，,")
        text = before + after
    return text.strip()


class _Chooser:
    def __init__(self, root: Item) -> None:
        self._root = root
        self._items = [item for item in root.walk() if item.marker is not None]
        self._rates = self._carry_rates()
        self._heads = {id(item) for item in self._root.walk() if self._tells_units_below(item)}
        self._folded = {id(item) for item in self._items if self._folds(item)}
        folding = {item.style for item in self._items if id(item) in self._folded}
        self._folded |= {id(item) for item in self._items if item.style in folding and self._folds_one(item)}
        self._own = {
            id(item)
            for item in self._items
            if (item.clauses or _is_taken_on(item)) and id(item) not in self._heads and not self._in(item, self._folded)
        } | self._folded
        self._styles = {item.style for item in self._items if id(item) in self._own and not self._is_section(item)}
        self._chapters = {id(_chapter(item)) for item in self._items if id(item) in self._own}

    def tasks(self) -> Iterator[Chosen]:
        """The tasks in reading order."""
        yield from self._paragraphs(self._root)
        for item in self._items:
            if self._in(item, self._folded):
                continue
            if id(item) in self._folded:
                yield Chosen(item, list(item.parts), folded=list(below(item)), late=True)
            elif item.parent is not None and id(item.parent) in self._heads and not _has_clause(item):
                yield Chosen(item, list(item.parts), folded=list(below(item)), inherits=item.parent)
            elif id(item) in self._own:
                yield from self._with_clauses(item)
            elif self._is_bare_task(item):
                yield Chosen(item, list(item.parts), folded=list(below(item)))

    def _with_clauses(self, item: Item) -> Iterator[Chosen]:
        paragraphs = _paragraphs_with_clauses(item)
        if len(paragraphs) > 1 or (paragraphs and (self._is_section(item) or self._heads_paragraphs(item))):
            yield from self._paragraphs(item)
            return
        folded = [] if any(id(inner) in self._own for inner in below(item)) else list(below(item))
        yield Chosen(item, _up_to_clause(item.parts), folded=folded)

    @staticmethod
    def _paragraphs(item: Item) -> Iterator[Chosen]:
        """One task for each paragraph with a clause, the clause in it or on the line below it."""
        held: list[Part] = []
        for place, part in enumerate(item.parts):
            if not part.clauses:
                held = [part] if place or item.marker is None else []
                continue
            if part.is_clause and not held:
                continue
            more = itertools.takewhile(lambda other: other.is_clause, item.parts[place + 1 :])
            yield Chosen(item, [*(held if part.is_clause else []), part, *more], unnumbered=True)
            held = []

    def _is_section(self, item: Item) -> bool:
        """Whether items of this style are mostly headings with tasks below them."""
        same = [other for other in self._items if other.style == item.style]
        headed = sum(1 for other in same if any(id(inner) in self._own for inner in below(other)))
        return headed > 0 and headed >= _CARRYING * len(same)

    def _heads_paragraphs(self, item: Item) -> bool:
        """Whether an item without number is a heading over paragraphs, because others like it stand over several."""
        return item.style == PLAIN and any(
            other.style == PLAIN and len(_paragraphs_with_clauses(other)) > 1 for other in self._items
        )

    def _is_bare_task(self, item: Item) -> bool:
        """Whether an item without clause is a task like its neighbours, in a chapter that divides work."""
        if item.style not in self._styles or id(_chapter(item)) not in self._chapters:
            return False
        if is_of_form(item):
            return False
        if any(id(inner) in self._own for inner in below(item)):
            return False
        return not any(id(above) in self._own and above.style == item.style for above in item.ancestors())

    def _carry_rates(self) -> dict[str, float]:
        """For each style, how many items that are not the last below their parent carry a clause."""
        seen: Counter[str] = Counter()
        carrying: Counter[str] = Counter()
        for parent in self._root.walk():
            for child in parent.children[:-1]:
                seen[child.style] += 1
                carrying[child.style] += any(item.clauses for item in child.walk())
        return {style: carrying[style] / count for style, count in seen.items()}

    def _tells_units_below(self, item: Item) -> bool:
        """Whether an item says who answers for the items below: by a sentence behind them, or as their heading."""
        return bool(item.shared) or names_units(item) or self._heads_with_clause(item)

    @staticmethod
    def _heads_with_clause(item: Item) -> bool:
        """Whether an item is a mere heading whose clause holds for the items below: 二、优化环境（牵头单位：…）."""
        if len(item.children) < 2 or len(item.parts) != 1 or not item.clauses:
            return False
        if any(inner.clauses for inner in below(item)):
            return False
        text = without_clauses(item.parts[0])
        return opening_of(text) is None and len(unspaced(text)) <= _LABEL_LENGTH and not text.endswith(("。", "；"))

    def _folds(self, item: Item) -> bool:
        """Whether the clause behind the last item below belongs to the whole item."""
        if not item.children or item.clauses:
            return False
        inner = list(below(item))
        bearing = [other for other in inner if other.clauses]
        if not bearing or any(other is not inner[-1] for other in bearing):
            return False
        rate = self._rates.get(item.children[-1].style, 0.0)
        return len(inner) > 1 and rate < _CARRYING and len(bearing[0].clauses) <= 2

    @staticmethod
    def _folds_one(item: Item) -> bool:
        """Whether the clause on a line of its own behind the only item below belongs to the whole, as elsewhere."""
        inner = list(below(item))
        return len(inner) == 1 and not item.clauses and any(part.is_clause for part in inner[0].parts[1:])

    @staticmethod
    def _in(item: Item, chosen: set[int]) -> bool:
        return any(id(above) in chosen for above in item.ancestors())


def names_units(item: Item) -> bool:
    """Whether an item is a heading that is nothing but the units whose tasks stand below it: 三、市水利局."""
    if item.marker is None or not item.children or len(item.parts) != 1 or _has_clause(item):
        return False
    text = item.parts[0].text.strip("：:。")
    if not 3 <= len(text) <= _LABEL_LENGTH or re.search(r"[。；;：:]", text):
        return False
    clause = read_units(text)
    return clause.certain and all(is_unmistakable(assignment.name) for assignment in clause.assignments)


def _paragraphs_with_clauses(item: Item) -> list[Part]:
    """The paragraphs below an item's first that say themselves who answers for them."""
    return [part for part in item.parts[1:] if part.clauses and not part.is_clause]


def _is_taken_on(item: Item) -> bool:
    """Whether an item without unit clause begins with who takes it on: 2.市督查室负责跟踪督办."""
    if item.children or not item.parts or (match := _TAKEN_ON.match(item.parts[0].text)) is None:
        return False
    clause = read_units(match["units"])
    return clause.certain and all(is_unmistakable(assignment.name) for assignment in clause.assignments)


def _has_clause(item: Item) -> bool:
    return any(inner.clauses for inner in item.walk())


def is_of_form(item: Item) -> bool:
    """Whether an item only says from when the document holds and who explains it: 第五条 本措施自…起施行."""
    return bool(item.parts) and _OF_FORM.match(item.parts[0].text) is not None


def below(item: Item) -> Iterator[Item]:
    """All items below one, in reading order."""
    walk = item.walk()
    next(walk)
    return walk


def _chapter(item: Item) -> Item:
    """The outermost item above (or the root, for items that have none)."""
    return next(iter([*item.ancestors()][::-1]), item.parent or item)


def _up_to_clause(parts: Sequence[Part]) -> list[Part]:
    """The paragraphs up to the last one with a clause: what stands behind it is no part of the task."""
    last = max((n for n, part in enumerate(parts) if part.clauses), default=len(parts) - 1)
    return list(parts[: last + 1])
