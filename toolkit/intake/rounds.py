"""Which collection is the newest."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from toolkit.identity import Stamp
from toolkit.intake.labels import same_round
from toolkit.language.periods import period_end
from toolkit.model import Round


def newest(stamps: Sequence[Stamp], name: str | None = None) -> Round | None:
    """The round of that name, with the due date its forms carry, or the newest round of the stamps.

    Newest by due date, else by the end of the time its name tells; of equals the one with more forms.
    """
    if name is not None:
        dues = [stamp.due for stamp in stamps if stamp.due and same_round(stamp.round, name)]
        return Round(name, max(dues, default=None))
    if not stamps:
        return None
    counts: dict[str, int] = {}
    for stamp in stamps:
        counts[stamp.round] = counts.get(stamp.round, 0) + 1

    def age(stamp: Stamp) -> tuple[date, int, str]:
        return (stamp.due or period_end(stamp.round) or date.min, counts[stamp.round], stamp.round)

    best = max(stamps, key=age)
    return newest(stamps, best.round)
