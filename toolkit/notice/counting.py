"""The numbers among the cells of a flattened table that count its rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from toolkit.notice.numbering import is_number, number_style, number_value

_FARTHEST = 60
"""Numbers further back than so many are not looked at when a number is counted on."""
_JUMP = 8
"""By how much numbers that count rows may jump."""
_NEXT, _ANEW, _JUMPED, _ALONE = 1.0, 0.8, 0.4, 0.2
"""How well a number goes on with one before it: by one, from 1 again, by a jump; and how well it stands alone."""
_STEADY = 0.5
"""Share of steps by one, or to 1 again, below which a run counts nothing: 5, 10, 15 are scores."""


def counting(texts: Sequence[str]) -> set[int]:
    """The cells whose numbers count the rows: the run 1, 2, 3 … that most of them make up; it may begin anew at 1."""
    numbers = [(n, number_value(text) or 0, number_style(text)) for n, text in enumerate(texts) if is_number(text)]
    best: list[tuple[float, int]] = []
    for place, (_, value, style) in enumerate(numbers):
        gain, before = (_NEXT if value == 1 else _ALONE), -1
        for earlier in range(max(0, place - _FARTHEST), place):
            _, other, other_style = numbers[earlier]
            step = value - other
            if style == other_style and 0 < step <= _JUMP:
                more = _NEXT if step == 1 else _JUMPED
            elif value == 1:
                more = _ANEW
            else:
                continue
            if best[earlier][0] + more > gain:
                gain, before = best[earlier][0] + more, earlier
        best.append((gain, before))
    run: list[int] = []
    place = max(range(len(best)), key=lambda n: best[n][0], default=-1)
    while place >= 0:
        run.append(place)
        place = best[place][1]
    return {numbers[place][0] for place in run} if run and best[run[0]][0] >= _STEADY * len(run) else set()


def usual_style(texts: Sequence[str]) -> str:
    """The style of most numbers: those of the tasks; another one numbers chapters."""
    styles = Counter(number_style(text) for text in texts if is_number(text))
    return styles.most_common(1)[0][0] if styles else ""
