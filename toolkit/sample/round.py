"""One round of the invented city: who sends what, when, and who sends nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from toolkit.sample import habits
from toolkit.sample.answers import Answer, answer
from toolkit.sample.desk import Desk

ROUND = "2026年第三季度"
DUE = date(2026, 10, 10)
AS_OF = date(2026, 10, 12)
_FIRST, _LAST = date(2026, 7, 1), date(2026, 9, 30)

SILENT = ("市商务局", "听泉县政府")
"""Units that send nothing."""

LATE = ("市科技局", "鹿鸣县政府", "市医保局")
"""Units that save their form after the due date."""

HABITS: dict[str, habits.Habit] = {
    "市教育局": habits.moved_columns,
    "市公安局": habits.own_words,
    "市民政局": habits.zipped_with_picture,
    "市财政局": habits.ditto,
    "市水利局": habits.ansi_csv,
    "市生态环境局": habits.cover_sheet,
    "市应急管理局": habits.vague,
    "市数据局": habits.corrected,
    "青禾区政府": habits.wrong_file_too,
    "望川县政府": habits.own_words,
}
"""Units that do not do quite what the office asked; the others do."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What one unit typed and the files it sent."""

    unit: str
    answers: dict[str, Answer]
    files: dict[str, bytes]


def fill_round(forms: Iterable[tuple[str, str, bytes]], seed: str = "云岭") -> Iterator[Sent]:
    """Fills issued forms (unit, file name, bytes) the way units do, the same way for the same seed.

    Yields one :class:`Sent` a form, in order; a unit of :data:`SILENT` sends no file.
    """
    for unit, name, blank in forms:
        rng = Random(f"{seed}:{unit}")
        desk = Desk(unit, name, blank, {}, _saved(unit, rng), reporter=f"{unit[:3]}联络员")
        desk = desk.answering({asked.code: answer(asked, rng, _FIRST, _LAST) for asked in desk.form.tasks})
        if unit in SILENT:
            yield Sent(unit, {}, {})
        else:
            yield Sent(unit, dict(desk.answers), HABITS.get(unit, habits.well)(desk, rng))


def _saved(unit: str, rng: Random) -> datetime:
    day = DUE + timedelta(days=1) if unit in LATE else DUE - timedelta(days=rng.randint(0, 7))
    return datetime.combine(day, time(rng.randint(0, 9), rng.randrange(60)))
