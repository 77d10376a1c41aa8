"""Tables that lost their lines, with blank and merged cells: right or marked, and few marks that nobody needs."""

from __future__ import annotations

import pytest
from divisions import plan_of
from flattened import Printer, Tally, as_one_line, as_paragraphs, between_bars, draw

_TABLES = 100
_FIELDS = 8


@pytest.mark.parametrize(
    ("printed", "right", "silent", "marked"),
    [(as_paragraphs, 0.95, 0.005, 0.06), (as_one_line, 0.94, 0.01, 0.06), (between_bars, 0.99, 0.0, 0.03)],
)
def test_what_is_not_sure_is_marked(
    printed: Printer, right: float, silent: float, marked: float, say: list[str]
) -> None:
    tally = Tally()
    for seed in range(_TABLES):
        drawn = draw(seed)
        tally.count(drawn, plan_of(printed(drawn)))
    say.append(
        f"{printed.__name__}: {tally.tasks} tasks, {tally.right / tally.tasks:.3f} right, "
        f"{tally.silent} silently wrong, {tally.marked / _FIELDS / tally.tasks:.3f} of the fields marked needlessly"
    )
    assert tally.right >= right * tally.tasks
    assert tally.silent <= silent * tally.tasks
    assert tally.marked <= marked * _FIELDS * tally.tasks
