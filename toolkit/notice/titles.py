"""Titles of tasks in running text: the leading short sentence that works as a label and has text behind it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from toolkit.language.text import unspaced

_END = re.compile(r"[。！!]|[:：](?=\s*\S)|[ \u3000]{2,}|\n")
_LONGEST = 34
_LONGEST_LINE = 45
_SHORTEST_REST = 4
_LONGEST_WITH_COMMA = 24
_PARTS = re.compile(r"[；;]")
_COMMAS = re.compile(r"[，,；;]")
_TWINS = re.compile(r"([\u4e00-\u9fff“”]{4,10})[，,]([\u4e00-\u9fff“”]{4,10})")
_OPEN, _CLOSED = "“《（(「『", "”》）)」』"

UNLIKE_OTHERS = "第一句像任务名称，但其他任务没有单独的名称"
BORDERLINE = "第一句可能是任务名称，也可能是要求的一部分"


@dataclass(frozen=True, slots=True)
class Opening:
    """The first sentence of a text, as a candidate for its title."""

    sentence: str
    rest: str
    own_line: bool

    @property
    def labels(self) -> bool:
        """Whether the sentence is as short and plain as a label."""
        plain = len(unspaced(self.sentence)) <= _LONGEST and not _COMMAS.search(_outside_quotes(self.sentence))
        return plain or _are_twins(self.sentence)

    @property
    def plain(self) -> bool:
        """Whether it is a label without any comma."""
        return self.labels and not _are_twins(self.sentence)

    @property
    def might_label(self) -> bool:
        """Whether it could be a label all the same: two short halves with a comma between."""
        halves = _COMMAS.split(self.sentence)
        return len(unspaced(self.sentence)) <= _LONGEST_WITH_COMMA and len(halves) <= 3


def _are_twins(sentence: str) -> bool:
    """Whether a sentence is two phrases of one measure, as headings are: 提高政治站位，压实防范责任."""
    match = _TWINS.fullmatch(sentence)
    return match is not None and abs(len(match[1]) - len(match[2])) <= 1


def opening_of(text: str) -> Opening | None:
    """The first sentence and what follows it, ``None`` when nothing follows."""
    for match in _END.finditer(text):
        if _inside(text, match.start()):
            continue
        sentence, rest = text[: match.start()].strip(), text[match.end() :].strip()
        if not sentence or not rest:
            return None
        if match.group() == "\n" and len(rest) < _SHORTEST_REST:
            continue  # the end of a broken line
        if match.group()[0] in ":：" and len(unspaced(sentence)) > 16:
            return None
        return Opening(sentence, rest, match.group() == "\n")
    return None


def titled_share(openings: Sequence[Opening | None]) -> float:
    """How many of a notice's tasks begin with a label."""
    return sum(1 for opening in openings if opening is not None and opening.labels) / max(len(openings), 1)


def title_of(opening: Opening | None, share: float) -> tuple[str | None, str]:
    """The title a task has, and why that is not sure (empty when it is); ``share`` as :func:`titled_share` gives."""
    if opening is None:
        return None, ""
    if opening.own_line and len(opening.sentence) <= _LONGEST_LINE and opening.sentence[-1] not in "，,；;、":
        return opening.sentence, BORDERLINE if _PARTS.search(_outside_quotes(opening.sentence)) else ""
    if opening.labels:
        if share >= 0.5:
            return opening.sentence, ""
        if share >= 0.3 and opening.plain:
            return opening.sentence, UNLIKE_OTHERS
        return None, UNLIKE_OTHERS if opening.plain else ""
    if opening.might_label and share >= 0.5:
        return opening.sentence, BORDERLINE
    return None, ""


def _inside(text: str, place: int) -> bool:
    """Whether a place stands inside quotes or brackets."""
    depth = 0
    for char in text[:place]:
        if char in _OPEN:
            depth += 1
        elif char in _CLOSED:
            depth = max(0, depth - 1)
    return depth > 0


def _outside_quotes(text: str) -> str:
    return re.sub(r"[“《（(][^”》）)]*[”》）)]", "", text)
