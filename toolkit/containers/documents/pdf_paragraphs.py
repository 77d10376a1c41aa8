"""Visual lines → paragraphs, across pages; page numbers and running heads dropped."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from toolkit.containers.content import Paragraph
from toolkit.containers.documents.pdf_lines import CLOSING, Line, joined, was_full

_PAGE_NUMBER = re.compile(
    r"[-—–－_~·\s]*(?:第\s*)?\d{1,4}\s*(?:页)?\s*(?:[/／,，]?\s*(?:共\s*)?\d{1,4}\s*页?)?[-—–－_~·\s]*", re.IGNORECASE
)
_CARRIED_ON = re.compile(r"[（(]?(?:续上?表|接上页|转下页|续下页)[)）]?")
_DIGITS = re.compile(r"\d+")
_BAND = 0.12
"""Share of the page's height at its top and bottom where page numbers and running heads stand."""
_NUMBERED = re.compile(
    r"[（(]?(?:[一二三四五六七八九十]{1,3}|\d{1,3})[)）、.．]|第[一二三四五六七八九十\d]{1,3}[章节条]|[①-⑳]"
)
_TERMINAL = "。！？；：!?;:）)"
_WIDE_GAP = 1.35
_INDENT = 1.2
_FULL_LINES = 3


@dataclass(frozen=True, slots=True)
class PageSize:
    """Width and height of a page in points."""

    width: float
    height: float


def without_running_heads(pages: Sequence[list[Line]], sizes: Sequence[PageSize]) -> list[list[Line]]:
    """The lines of each page without page numbers and without what most pages repeat at an edge."""
    at_edges = Counter(
        shape
        for lines, size in zip(pages, sizes, strict=True)
        for shape in {_shape(line) for line in lines if _at_edge(line, size)}
    )
    repeated = {shape for shape, count in at_edges.items() if count >= max(3, len(pages) / 2)}
    return [
        [
            line
            for line in lines
            if not (_at_edge(line, size) and (_is_page_mark(line.text) or _shape(line) in repeated))
        ]
        for lines, size in zip(pages, sizes, strict=True)
    ]


def _is_page_mark(text: str) -> bool:
    return bool(_PAGE_NUMBER.fullmatch(text) or _CARRIED_ON.fullmatch(text))


def _at_edge(line: Line, size: PageSize) -> bool:
    return line.bottom < _BAND * size.height or line.top > (1 - _BAND) * size.height


def _shape(line: Line) -> str:
    return _DIGITS.sub("#", line.text)


@dataclass(frozen=True, slots=True)
class Measure:
    """The text area of a document: margins, usual size and usual distance of lines; in points."""

    left: float
    right: float
    size: float
    pitch: float

    @classmethod
    def of(cls, pages: Sequence[Sequence[Line]], width: float) -> Measure:
        """Measured on the lines of all pages of one width."""
        lines = [line for page in pages for line in page]
        pairs = [pair for page in pages for pair in pairwise(page) if abs(pair[0].size - pair[1].size) < 1]
        pitches = Counter(round(below.top - above.top) for above, below in pairs)
        often = [pitch for pitch, count in pitches.items() if pitch > 0 and count >= 0.2 * max(pitches.values())]
        lefts = Counter(round(line.x0) for line in lines)
        left = min(place for place, count in lefts.items() if count >= 0.1 * max(lefts.values()))
        size = Counter(round(line.size, 1) for line in lines for _ in line.text).most_common(1)[0][0]
        return cls(left, _right_margin(lines, size, width - left), size, min(often, default=0.0))

    def is_centred(self, line: Line) -> bool:
        """Whether a line stands in the middle of the text area, away from both margins."""
        off = abs(line.middle - (self.left + self.right) / 2)
        return off < 1.5 * line.size and line.x0 > self.left + 2.5 * line.size

    def is_indented(self, line: Line) -> bool:
        """Whether a line begins to the right of the margin."""
        return line.x0 > self.left + _INDENT * line.size


def _right_margin(lines: Sequence[Line], size: float, mirrored: float) -> float:
    """Where full lines end.  Punctuation may hang over the margin; too few full lines tell nothing,
    then the margin is taken to be as wide as the left one."""
    ends = sorted(line.x1 for line in lines if line.text[-1] not in CLOSING)
    full = [end for end in ends if end > ends[-1] - size]
    return ends[-1] if len(full) >= _FULL_LINES else max(mirrored, *ends[-1:], 0.0)


def paragraphs(lines: Sequence[Line], measures: Mapping[int, Measure]) -> list[Paragraph]:
    """The paragraphs of lines that follow one another, also over page ends; ``measures`` are those of the pages."""
    groups: list[list[Line]] = []
    for line in lines:
        if groups and _continues(groups[-1], line, measures[line.page]):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [_paragraph(group, measures[group[0].page]) for group in groups]


def _continues(group: list[Line], line: Line, measure: Measure) -> bool:
    before = group[-1]
    if abs(before.size - line.size) > 1.5:
        return False
    gap = line.top - before.top if before.page == line.page else measure.pitch
    full = was_full(before, line, measure.right)
    if measure.is_centred(line) and (full or measure.is_centred(before)):
        title = before.size > measure.size + 1 and before.bold == line.bold
        return title and gap < 2.2 * line.size and line.text[0] not in "（("
    wide = measure.pitch > 0 and gap > _WIDE_GAP * measure.pitch * max(1.0, line.size / measure.size)
    if wide or not full:
        return False
    if measure.is_indented(line):
        # Lines below one another with one indent are a hanging paragraph unless each ends a sentence.
        hanging = abs(before.x0 - line.x0) < 0.5 * line.size
        return hanging and before.text[-1] not in _TERMINAL and not _NUMBERED.match(line.text)
    return not (before.text[-1] in _TERMINAL and _NUMBERED.match(line.text))


def _paragraph(group: list[Line], measure: Measure) -> Paragraph:
    return Paragraph(
        joined([line.text for line in group]),
        page=group[0].page,
        centred=all(measure.is_centred(line) for line in group),
        bold=all(line.bold for line in group),
    )
