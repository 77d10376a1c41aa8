"""The chapter path: headings as they come, numbered or not, become the path above each task."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from toolkit.language.text import essence
from toolkit.notice.numbering import Marker, read_marker

_PLAIN = "plain"
_RANKS = {
    style: rank
    for rank, style in enumerate(
        (
            "part",
            "chapter",
            "section",
            "named",
            _PLAIN,
            "cn",
            "cn-bracket",
            "arabic",
            "bracket",
            "half-bracket",
            "circled",
        )
    )
}


@dataclass(slots=True)
class _Level:
    text: str
    style: str
    value: int
    busy: bool = False
    """Whether a task stood below it."""


class Outline:
    """Headings seen so far, outermost first.

    A heading continues the innermost run of its own style that it fits (二 after 一); a run that begins anew
    (一 right below 三, no task between them) is one level deeper; a heading printed again is the same heading.
    """

    def __init__(self) -> None:
        self._levels: list[_Level] = []

    @property
    def path(self) -> tuple[str, ...]:
        """The headings above what comes next."""
        return tuple(level.text for level in self._levels)

    def note_task(self) -> None:
        """A task stands below the present headings."""
        for level in self._levels:
            level.busy = True

    def enter(self, text: str, marker: Marker | None = None) -> bool:
        """Take in a heading; ``False`` when it is the present one printed again."""
        marker = marker or read_marker(text)
        style, value = (marker.style, marker.value) if marker else (_PLAIN, 0)
        plain = essence(text)
        for depth, level in enumerate(self._levels):
            if essence(level.text) == plain:
                del self._levels[depth + 1 :]
                return False
        del self._levels[_place(style, value, [(level.style, level.value, level.busy) for level in self._levels]) :]
        self._levels.append(_Level(text, style, value))
        return True


def place_of(marker: Marker, levels: Sequence[tuple[str, int, bool]]) -> int:
    """The depth at which a numbered paragraph belongs; each level: style, value, whether anything stands below it."""
    return _place(marker.style, marker.value, levels)


def _place(style: str, value: int, levels: Sequence[tuple[str, int, bool]]) -> int:
    same = [depth for depth, level in enumerate(levels) if level[0] == style]
    if style == "named" and not same and levels and not levels[-1][2]:
        return len(levels)  # 问题1 right below the heading （一）消防安全方面
    for depth in reversed(same):
        if style == _PLAIN:
            return depth if levels[depth][2] or depth < len(levels) - 1 else depth + 1
        if value == levels[depth][1] + 1:
            return depth
    if same:
        deepest = same[-1]
        if deepest == len(levels) - 1 and value <= 1 and not levels[deepest][2]:
            return deepest + 1
        return deepest
    rank = _RANKS.get(style, _RANKS["arabic"])
    depth = len(levels)
    while depth and _RANKS.get(levels[depth - 1][0], _RANKS["arabic"]) > rank:
        depth -= 1
    return depth
