"""Running text → drafts of tasks: titles, requirements, headings and unit clauses of the items chosen."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from toolkit.language.bodies import Shape, shape
from toolkit.language.units import read_units
from toolkit.model import Source
from toolkit.notice.choosing import CLOSING, Chosen, below, choose, is_of_form, label_of, names_units, without_clauses
from toolkit.notice.drafts import Draft, UnitText
from toolkit.notice.items import PLAIN, Item, Part, build
from toolkit.notice.passages import Passage
from toolkit.notice.titles import opening_of, title_of, titled_share

NO_CLAUSE = "没有写明责任单位"
FROM_SUBJECT = "没有单位括注，责任单位取自句子的主语"
FROM_HEADING = "责任单位写在上一级标题上，按适用于其下各项处理"
FROM_SENTENCE_BELOW = "责任单位写在各项之后的一句话里，按适用于以上各项处理"
FROM_TEXT = "没有单位括注，责任单位取自正文“由…负责”一句"
UNSURE_CLAUSE = "括号内容不能确定是单位分工"
SEVERAL_CLAUSES = "一项内容有几处单位分工，已合并"
SPOKEN_COUNT = "“一是、二是”按任务的序号处理"
UNNUMBERED = "没有编号的一段，也可能以所在小标题为任务名称"
LAST_OF_LIST = "单位写在最后一个分项之后，按对整项负责处理"
LEFT_OUT = "“{label}”一节没有写明责任单位，没有列为任务"
BEHIND = "任务之后还有一段，没有列为任务：{text}"
PREFACE = re.compile(
    r"总体要求|指导思想|总体目标|工作目标|基本原则|总体思路|主要目标|发展目标|目标任务和原则|背景|重要意义|充分认识.*意义"
)
_LEAD_IN = re.compile(r"(?P<stop>^|[。；;])\s*(?:具体)?(?:措施|任务|要求|举措|内容|分工)(?:如下)?[:：]\s*$")
_IS_RESPONSIBLE = re.compile(r"^(?P<units>.{2,60}?)(?:是|为)[^，。；]{0,30}(?:责任|牵头|实施|主管)(?:单位|主体|部门)")
_SAID = r"(?:会议(?:议定|要求|明确|决定|强调|指出|确定|原则同意|同意)[，,：:]?)?"
_MUST = re.compile(
    rf"^{_SAID}(?:在.{{2,20}}?下[，,])?(?P<units>[^。；;]{{2,60}}?)(?:要|应当|应|须|必须|负责)(?=[^，。])"
)
_BY_WHOM = re.compile(
    r"(?:^|[，,。；;：:])(?:并|统一|[^，,。；;：:由]{2,16})?[由请](?P<lead>[^，,。；;由]{2,80}?)(?P<act>牵头|负责|主办|承办)(?:[^，,。；;]*)"
    r"(?:[，,](?P<others>[^，,。；;]{2,80}(?:配合|协助|协办|参与|落实)(?=[，,。；;]|$)))?"
)
_EACH_TAKES = re.compile(r"(?:^|[，,。；;])(?P<units>[^，,。；;由]{3,40}?)(?:负责|牵头)(?=[^，,。；;])")
"""甲局负责规划，乙局负责资金: every part says who takes what."""
_EACH_MUST = re.compile(r"(?:^|[。；;])(?P<units>[^，,。；;由]{3,40}?)(?:要|应当|应|须|必须)(?=[^，,。；;])")
_ANSWERS = re.compile(r"^(?P<units>[^，,。；;]{3,40}?)对[^，,。；;]{2,30}负(?:总|主体|直接|主要)?责(?:任)?")
_TOGETHER = re.compile(r"(?:^|[，,。；;：:])由(?P<first>[^，,。；;由]{3,40}?)会同(?P<rest>[^，,。；;]{3,80})")
_HELPING = re.compile(
    r"(?:^|[，,。；;])(?P<units>[^，,。；;]{3,80}?)(?:做好|积极|予以|密切|协同|全力)*(?:配合|协助)"
    r"(?:工作|(?:做好|抓好|开展|完成|落实|提供)[^，,。；;]{1,20})?(?=[，,。；;]|$)"
)
_ACT = re.compile("组[织建]|处[理置]|会[商同]|部署|办[理好]|行动|委托|局部|站好|所有|队伍")
"""Acts that begin with what ends names of units: 市交通运输局组织… names no 局组."""
_COUNT = re.compile(r"(?P<number>[一二三四五六七八九十]{1,3})是(?:要)?[，,:：]?\s*")
_SHOWN = 60
"""Characters of a paragraph that a note shows."""


@dataclass(frozen=True, slots=True)
class Prose:
    """What running text holds."""

    drafts: list[Draft]
    notes: tuple[str, ...] = ()
    """What a reviewer should be told of the rest."""


def read_prose(passages: Sequence[Passage]) -> Prose:
    """The tasks of running text, in its order; none where no paragraph names units."""
    root = build(passages)
    chosen = choose(root)
    return Prose(_drafts(chosen), tuple(_notes(root, chosen)) if chosen else ())


def read_items(passages: Sequence[Passage]) -> Prose:
    """The tasks of a text that names no units at all: its innermost numbered items outside the preface."""
    root = build(passages)
    appeals = _closing_chapters(root)
    chosen = [
        Chosen(item, list(item.parts))
        for item in root.walk()
        if item.marker is not None
        and not item.children
        and not is_of_form(item)
        and not any(PREFACE.search(label_of(above)) or id(above) in appeals for above in (item, *item.ancestors()))
    ]
    closing: list[str] = []
    if len(chosen) > 1 and all(len(task.parts) == 1 for task in chosen[:-1]):
        closing = [BEHIND.format(text=_shown(part.text)) for part in chosen[-1].parts[1:]]
        del chosen[-1].parts[1:]
    return Prose(_drafts(chosen), tuple(closing))


def _closing_chapters(root: Item) -> set[int]:
    """The last chapters that only ask for zeal (三、工作要求), unless the whole text is made of such."""
    last = list(itertools.takewhile(lambda chapter: CLOSING.search(label_of(chapter)), reversed(root.children)))
    return {id(chapter) for chapter in last} if len(last) < len(root.children) else set()


def _drafts(chosen: Sequence[Chosen]) -> list[Draft]:
    texts = [_text(task) for task in chosen]
    counts = _spoken_counts(chosen, texts)
    texts = [text[count.end() :] if count else text for text, count in zip(texts, counts, strict=True)]
    openings = [opening_of(text) for text in texts]
    counted = [not task.unnumbered or count is not None for task, count in zip(chosen, counts, strict=True)]
    share = titled_share([opening for opening, own in zip(openings, counted, strict=True) if own])
    named: dict[int, Draft] = {}
    drafts = []
    for task, text, opening, count in zip(chosen, texts, openings, counts, strict=True):
        title, reason = (None, "") if task.unnumbered and not count else title_of(opening, share)
        draft = Draft(
            opening.rest if title is not None and opening is not None else text,
            _source(task),
            number=count["number"] if count else _number(task),
            title=title,
            deadline="\n".join(item.deadline for item in _fields_of(task) if item.deadline),
            remark="\n".join(item.remark for item in _fields_of(task) if item.remark) or None,
        )
        if reason:
            draft.doubt(("title", "requirement"), reason)
        _read_clauses(task, draft)
        if not task.unnumbered:
            named[id(task.item)] = draft
        elif count:
            draft.doubt(("title", "number"), SPOKEN_COUNT)
        elif task.item.marker is not None and len(task.item.parts) <= 3:
            draft.doubt(("title", "number"), UNNUMBERED)
            if task.item.style == PLAIN:
                draft.doubt("headings", UNNUMBERED)
        drafts.append(draft)
    for task, draft in zip(chosen, drafts, strict=True):
        above = [*task.item.ancestors()][::-1]
        if task.unnumbered and task.item.marker is not None:
            above.append(task.item)
        draft.headings = tuple(_heading(item, named.get(id(item))) for item in above)
    return drafts


def _fields_of(task: Chosen) -> list[Item]:
    """The items whose lines 完成时限：… and 备注：… hold for the task."""
    return [] if task.unnumbered else [task.item, *task.folded]


def _number(task: Chosen) -> str | None:
    return None if task.unnumbered or task.item.marker is None else task.item.marker.printed


def _spoken_counts(chosen: Sequence[Chosen], texts: Sequence[str]) -> list[re.Match[str] | None]:
    """The words 一是, 二是 in front of paragraphs without number, where at least two begin so."""
    counts = [_COUNT.match(text) if task.unnumbered else None for task, text in zip(chosen, texts, strict=True)]
    return counts if sum(count is not None for count in counts) > 1 else [None] * len(counts)


def _text(task: Chosen) -> str:
    """The task's words without its unit clauses."""
    pieces = [_words(part) for part in task.parts]
    for item in task.folded:
        pieces += [(_printed(item) if place == 0 else "") + _words(part) for place, part in enumerate(item.parts)]
    return "\n".join(piece for piece in pieces if piece)


def _words(part: Part) -> str:
    """A paragraph's words without unit clauses and without the announcement of a list (具体措施：) at its end."""
    return _LEAD_IN.sub(lambda match: match["stop"], without_clauses(part)).strip()


def _printed(item: Item) -> str:
    """The item's number as it stands in front of its text."""
    assert item.marker is not None
    stop = {"arabic": ".", "cn": "、"}.get(item.style, "")
    return item.marker.printed + stop


def _heading(item: Item, draft: Draft | None) -> str:
    """The heading an item is for what stands below it: with its number, as printed."""
    return _printed(item) + (label_of(item) if draft is None else draft.title or draft.requirement)


def _source(task: Chosen) -> Source:
    first = task.parts[0].passage if task.parts else None
    words = [part.text for part in task.parts] + [part.text for item in task.folded for part in item.parts]
    return Source(page=first.page if first else None, paragraph=first.number if first else None, text="\n".join(words))


# --- who is told to act -------------------------------------------------------------------


def _read_clauses(task: Chosen, draft: Draft) -> None:
    if task.inherits is not None:
        _inherit(task.inherits, draft)
        return
    groups = list(_clause_groups([*task.parts, *(part for item in task.folded for part in item.parts)]))
    draft.units = tuple(UnitText(text) for text, _ in groups)
    if not groups:
        _read_subject(draft)
        return
    if not all(sure for _, sure in groups):
        draft.doubt("units", UNSURE_CLAUSE)
    if len(groups) > 1:
        draft.doubt(("units", "requirement"), SEVERAL_CLAUSES)
    if task.late:
        draft.doubt("units", LAST_OF_LIST)


def _inherit(above: Item, draft: Draft) -> None:
    """Give a task the units that its heading, or a sentence behind all items, tells."""
    if above.shared:
        draft.units = (UnitText(above.shared),)
        draft.doubt("units", FROM_SENTENCE_BELOW, above.shared)
    elif names_units(above):
        draft.units = (UnitText(above.parts[0].text),)
    else:
        draft.units = tuple(UnitText(text) for text, _ in _clause_groups(above.parts))
        draft.doubt("units", FROM_HEADING)


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
    said = _IS_RESPONSIBLE.match(draft.requirement)
    if said and _all_units(said["units"]):
        draft.units = (UnitText(said["units"]),)
        return
    if told := _told_in_text(draft.requirement) or _told_in_parts(draft.requirement):
        draft.units = tuple(map(UnitText, told))
        draft.doubt("units", FROM_TEXT)
        return
    must = _MUST.match(draft.requirement)
    if must and _all_units(must["units"]):
        draft.units = (UnitText(must["units"]),)
        draft.doubt("units", FROM_SUBJECT)
        return
    draft.doubt("units", NO_CLAUSE)


def _told_in_text(text: str) -> list[str]:
    """The clauses 由…牵头，…配合 amid a text, where they name nothing but units."""
    told: list[str] = []
    for match in _BY_WHOM.finditer(text):
        clause = f"{match['lead']}{match['act']}"
        if _all_units(match["lead"]):
            others = match["others"] or ""
            told.append(f"{clause}，{others}" if others and read_units(others).certain else clause)
    helpers = [match.group("units") + "配合" for match in _HELPING.finditer(text) if _all_units(match["units"])]
    return [*told, *(text for text in helpers if not any(text in clause for clause in told))] if told else []


def _told_in_parts(text: str) -> list[str]:
    """The units of 甲局负责…，乙局负责…, of 由甲局会同乙局、丙局…, and of 各乡镇对…负总责."""
    if (answers := _ANSWERS.match(text)) is not None and _all_units(answers["units"]):
        return [answers["units"]]
    for pattern in (_EACH_TAKES, _EACH_MUST):
        told = [match["units"] for match in pattern.finditer(text) if _all_units(match["units"])]
        if len(told) > 1:
            return told
    if text.startswith("请") and (asked := _units_at(text[1:])):
        return [asked]
    if (match := _TOGETHER.search(text)) is None or not _all_units(match["first"]):
        return []
    rest = _units_at(match["rest"])
    return [f"{match['first']}会同{rest}"] if rest else []


def _units_at(text: str) -> str:
    """The units with which a text begins: 市城管局、市住建局加强噪声管控 → 市城管局、市住建局."""
    head = re.split("[，,。；;：:]", text)[0]
    ends = (end for end in range(len(head), 2, -1) if not _ACT.match(head, end - 1))
    return next((head[:end] for end in ends if _all_units(head[:end])), "")


def _all_units(text: str) -> bool:
    names = [name for name in re.split("[、，,]|(?<!以)及|和", text) if name.strip()]
    return (
        bool(names)
        and "由" not in text
        and all(shape(name.strip()) in (Shape.BODY, Shape.COLLECTIVE) for name in names)
    )


# --- what a reviewer should be told -------------------------------------------------------


def _notes(root: Item, chosen: Sequence[Chosen]) -> Iterator[str]:
    """Chapters that are no tasks though their items might be, and the paragraphs behind the last task."""
    taken = {id(task.item) for task in chosen} | {id(item) for task in chosen for item in task.folded}
    for chapter in root.children:
        if PREFACE.search(label_of(chapter)) or not chapter.children:
            continue
        if not any(id(item) in taken for item in (chapter, *below(chapter))):
            yield LEFT_OUT.format(label=_heading(chapter, None))
    last = chosen[-1]
    used = {id(part) for part in last.parts}
    for part in last.item.parts:
        if id(part) not in used and len(part.text) > 12:
            yield BEHIND.format(text=_shown(part.text))


def _shown(text: str) -> str:
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
