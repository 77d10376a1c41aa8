"""Running text → drafts of tasks: which numbered items are tasks, which are headings, and whose a unit clause is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from toolkit.language.bodies import Shape, shape
from toolkit.language.text import unspaced
from toolkit.model import Source
from toolkit.notice.drafts import Draft, UnitText
from toolkit.notice.items import Item, Part, build
from toolkit.notice.passages import Passage
from toolkit.notice.titles import opening_of, title_of, titled_share

NO_CLAUSE = "没有写明责任单位"
FROM_SUBJECT = "没有单位括注，责任单位取自句子的主语"
UNSURE_CLAUSE = "括号内容不能确定是单位分工"
SEVERAL_CLAUSES = "一项内容有几处单位分工，已合并"
UNNUMBERED = "没有编号的一段，也可能以所在小标题为任务名称"
LAST_OF_LIST = "单位写在最后一个分项之后，按对整项负责处理"
PREFACE = re.compile(
    r"(?:总体要求|指导思想|总体目标|工作目标|基本原则|总体思路|主要目标|发展目标|目标任务和原则|背景|重要意义|充分认识.*意义)"
)
_LEAD_IN = re.compile(r"(?:^|[。；;])\s*(?:具体)?(?:措施|任务|要求|举措|内容|分工)(?:如下)?[:：]\s*$")
_IS_RESPONSIBLE = re.compile(r"^(?P<units>.{2,60}?)(?:是|为)[^，。；]{0,30}(?:责任|牵头|实施|主管)(?:单位|主体|部门)")
_MUST = re.compile(r"^(?:在.{2,20}?下[，,])?(?P<units>[^。；;]{2,60}?)(?:要|应当|应|须|必须|负责)(?=[^，。])")


@dataclass(slots=True)
class _Task:
    """An item or a paragraph that is a task, and the parts its text is made of."""

    item: Item
    parts: list[Part]
    folded: list[Item] = field(default_factory=list)
    """Items below that belong to its text."""
    unnumbered: bool = False
    """One paragraph of an item that is itself only a heading."""
    late: bool = False
    """The clause stands behind the last item below."""


def read_prose(passages: Sequence[Passage]) -> list[Draft]:
    """The tasks of running text, in its order; none where no paragraph names units."""
    root = build(passages)
    tasks = list(_Chooser(root).tasks())
    return _drafts(tasks)


def read_items(passages: Sequence[Passage]) -> list[Draft]:
    """The tasks of a text that names no units at all: its innermost numbered items outside the preface."""
    root = build(passages)
    tasks = []
    for item in root.walk():
        if item.marker is None or item.children or any(PREFACE.search(_label(i)) for i in (item, *item.ancestors())):
            continue
        tasks.append(_Task(item, list(item.parts)))
    return _drafts(tasks)


# --- which items are tasks ----------------------------------------------------------------


class _Chooser:
    def __init__(self, root: Item) -> None:
        self._root = root
        self._items = [item for item in root.walk() if item.marker is not None]
        self._rates = self._carry_rates()
        self._folded = {id(item) for item in self._items if self._folds(item)}
        self._own = {id(item) for item in self._items if item.clauses and not self._in_folded(item)} | self._folded
        self._styles = {item.style for item in self._items if id(item) in self._own and not self._is_section(item)}
        self._chapters = {id(_chapter(item)) for item in self._items if id(item) in self._own}

    def tasks(self) -> Iterator[_Task]:
        """The tasks in reading order."""
        yield from self._loose(self._root)
        for item in self._items:
            if self._in_folded(item):
                continue
            if id(item) in self._folded:
                yield _Task(item, list(item.parts), folded=list(_below(item)), late=True)
            elif item.clauses:
                yield from self._with_clauses(item)
            elif self._is_bare_task(item):
                yield _Task(item, list(item.parts), folded=list(_below(item)))

    def _with_clauses(self, item: Item) -> Iterator[_Task]:
        bearing = [part for part in item.parts if part.clauses]
        paragraphs = [part for part in bearing if not part.is_clause and part is not item.parts[0]]
        if len(paragraphs) > 1 or (paragraphs and self._is_section(item)):
            yield from self._paragraphs(item, item.parts)
            return
        folded = [] if any(below.clauses or id(below) in self._own for below in _below(item)) else list(_below(item))
        yield _Task(item, _up_to_clause(item.parts), folded=folded if not folded or _clause_last(item) else [])

    def _loose(self, root: Item) -> Iterator[_Task]:
        """Paragraphs before or between the numbered items that carry clauses of their own."""
        yield from self._paragraphs(root, root.parts)

    def _paragraphs(self, item: Item, parts: Sequence[Part]) -> Iterator[_Task]:
        """One task for each paragraph with a clause, the clause in it or on the line below it."""
        held: list[Part] = []
        for part in parts:
            if part is (item.parts[0] if item.marker else None) and not part.clauses:
                continue
            if not part.clauses:
                held = [part]
                continue
            if part.is_clause and not held:
                continue
            yield _Task(item, [*(held if part.is_clause else []), part], unnumbered=True)
            held = []

    def _is_section(self, item: Item) -> bool:
        """Whether items of this style are mostly headings with tasks below them."""
        same = [other for other in self._items if other.style == item.style]
        headed = sum(1 for other in same if any(id(below) in self._own for below in _below(other)))
        return headed >= 0.5 * len(same) and headed > 0

    def _is_bare_task(self, item: Item) -> bool:
        """Whether an item without clause is a task like its neighbours, in a chapter that divides work."""
        if item.style not in self._styles or id(_chapter(item)) not in self._chapters:
            return False
        if any(id(below) in self._own for below in _below(item)):
            return False
        inside = any(id(other) in self._own and other.style == item.style for other in item.ancestors())
        return not inside and not any(
            id(above) in self._own and above.style == item.style for above in item.ancestors()
        )

    def _carry_rates(self) -> dict[str, float]:
        """For each style, how many items that are not the last below their parent carry a clause."""
        seen: Counter[str] = Counter()
        carrying: Counter[str] = Counter()
        for parent in self._root.walk():
            for child in parent.children[:-1]:
                seen[child.style] += 1
                carrying[child.style] += any(item.clauses for item in child.walk())
        return {style: carrying[style] / count for style, count in seen.items()}

    def _folds(self, item: Item) -> bool:
        """Whether the clause behind the last item below belongs to the whole item."""
        if not item.children or item.clauses:
            return False
        below = list(_below(item))
        bearing = [other for other in below if other.clauses]
        if not bearing or any(other is not below[-1] for other in bearing):
            return False
        last = item.children[-1]
        return len(below) > 1 and self._rates.get(last.style, 0.0) < 0.5 and len(bearing[0].clauses) <= 2

    def _in_folded(self, item: Item) -> bool:
        return any(id(above) in self._folded for above in item.ancestors())


def _below(item: Item) -> Iterator[Item]:
    walk = item.walk()
    next(walk)
    return walk


def _chapter(item: Item) -> Item:
    """The outermost item above (or the root, for items that have none)."""
    top = item
    for above in item.ancestors():
        top = above
    return top if top is not item else (item.parent or item)


def _clause_last(item: Item) -> bool:
    return True


def _up_to_clause(parts: Sequence[Part]) -> list[Part]:
    """The paragraphs up to the last one with a clause: what stands behind it is no part of the task."""
    last = max(n for n, part in enumerate(parts) if part.clauses)
    return list(parts[: last + 1])


# --- tasks → drafts -----------------------------------------------------------------------


def _drafts(tasks: Sequence[_Task]) -> list[Draft]:
    texts = [_text(task) for task in tasks]
    openings = [opening_of(text) for text in texts]
    share = titled_share([o for o, task in zip(openings, tasks, strict=True) if not task.unnumbered])
    drafts: dict[int, Draft] = {}
    result = []
    for task, text, opening in zip(tasks, texts, openings, strict=True):
        title, reason = (None, "") if task.unnumbered else title_of(opening, share)
        draft = Draft(
            opening.rest if title is not None and opening is not None else text,
            _source(task),
            number=None if task.unnumbered or task.item.marker is None else task.item.marker.printed,
            title=title,
        )
        if reason:
            draft.doubt(("title", "requirement"), reason)
        _read_clauses(task, draft)
        if not task.unnumbered:
            drafts[id(task.item)] = draft
        elif task.item.marker is not None and len(task.item.parts) <= 3:
            draft.doubt(("title", "number"), UNNUMBERED)
        result.append(draft)
    for task, draft in zip(tasks, result, strict=True):
        above = [*reversed(list(task.item.ancestors()))]
        if task.unnumbered and task.item.marker is not None:
            above.append(task.item)
        draft.headings = tuple(_heading(item, drafts.get(id(item))) for item in above)
    return result


def _text(task: _Task) -> str:
    """The task's words without its unit clauses."""
    pieces = [_without_clauses(part) for part in task.parts]
    for item in task.folded:
        assert item.marker is not None
        for place, part in enumerate(item.parts):
            words = _without_clauses(part)
            number = _printed(item) if place == 0 else ""
            pieces.append(number + words)
    return "\n".join(piece for piece in pieces if piece)


def _printed(item: Item) -> str:
    """The item's number as it stands in front of its text."""
    assert item.marker is not None
    stop = "." if item.style in ("arabic",) else "、" if item.style == "cn" else ""
    return item.marker.printed + stop


def _without_clauses(part: Part) -> str:
    text = part.text
    for clause in reversed(part.clauses):
        before, after = text[: clause.start], text[clause.end :]
        if not after.strip(" 。；;，,"):
            after = ""
        elif before.rstrip().endswith(("。", "；", ";", "！")):
            after = after.lstrip(" 。；;，,")
        text = before + after
    return _LEAD_IN.sub(lambda match: match.group()[:1].strip("具措任要举内分"), text).strip()


def _source(task: _Task) -> Source:
    first = task.parts[0].passage if task.parts else None
    words = [part.text for part in task.parts] + [part.text for item in task.folded for part in item.parts]
    return Source(page=first.page if first else None, paragraph=first.number if first else None, text="\n".join(words))


def _read_clauses(task: _Task, draft: Draft) -> None:
    parts = [*task.parts, *(part for item in task.folded for part in item.parts)]
    groups = list(_clause_groups(parts))
    draft.units = tuple(UnitText(text) for text, _ in groups)
    if not groups:
        _read_subject(draft)
        return
    if any(not sure for _, sure in groups):
        draft.doubt("units", UNSURE_CLAUSE)
    if len(groups) > 1:
        draft.doubt(("units", "requirement"), SEVERAL_CLAUSES)
    if task.late:
        draft.doubt("units", LAST_OF_LIST)


def _clause_groups(parts: Iterable[Part]) -> Iterator[tuple[str, bool]]:
    """The clauses, those that follow each other without text between (a line each) as one."""
    words: list[str] = []
    sure = True
    for part in parts:
        place = 0
        for clause in part.clauses:
            if words and part.text[place : clause.start].strip(" 。；;，,\t\u3000"):
                yield "；".join(words), sure
                words, sure = [], True
            words.append(clause.inner)
            sure = sure and clause.certain
            place = clause.end
        if words and part.text[place:].strip(" 。；;，,\t\u3000"):
            yield "；".join(words), sure
            words, sure = [], True
    if words:
        yield "；".join(words), sure


def _read_subject(draft: Draft) -> None:
    """Who is told to act, where no clause names units: 各街道要…, 甲局是…的责任单位."""
    text = draft.requirement
    said = _IS_RESPONSIBLE.match(text)
    if said and _all_units(said["units"]):
        draft.units = (UnitText(said["units"]),)
        return
    must = _MUST.match(text)
    if must and _all_units(must["units"]):
        draft.units = (UnitText(must["units"]),)
        draft.doubt("units", FROM_SUBJECT)
        return
    draft.doubt("units", NO_CLAUSE)


def _all_units(text: str) -> bool:
    names = [name for name in re.split("[、，,]|(?<!以)及|和", text) if name.strip()]
    return bool(names) and all(shape(name.strip()) in (Shape.BODY, Shape.COLLECTIVE) for name in names)


def _label(item: Item) -> str:
    """An item's first sentence: its name where it is a heading."""
    text = _without_clauses(item.parts[0]) if item.parts else ""
    opening = opening_of(text)
    return opening.sentence if opening is not None and len(unspaced(opening.sentence)) <= 60 else text


def _heading(item: Item, draft: Draft | None) -> str:
    """The heading an item is for what stands below it: with its number, as printed."""
    if draft is None:
        return _printed(item) + _label(item)
    return _printed(item) + (draft.title or draft.requirement)
