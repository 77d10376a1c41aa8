"""A round to be merged: plan, roster and returned forms, made once."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from random import Random

from benchmarks.issuing import make_plan
from toolkit.issue import issue
from toolkit.model import Group, Roster, Unit
from toolkit.sample.answers import answer
from toolkit.sample.desk import Desk
from toolkit.workbooks import plan_book, roster_book

SAVED = datetime(2025, 12, 20, 8, tzinfo=UTC).replace(tzinfo=None)


def make_campaign(folder: Path, forms: int) -> None:
    """Plan, roster, and one filled form a unit under ``folder/回收``, once."""
    if (folder / "回收").is_dir() and sum(1 for _ in (folder / "回收").iterdir()) == forms:
        return
    folder.mkdir(parents=True, exist_ok=True)
    names = tuple(f"云河市第{number}局" for number in range(1, forms + 1))
    units = tuple(Unit(name, number) for number, name in enumerate(names, 1))
    plan_book.write(make_plan(), folder / "任务分工表.xlsx")
    roster_book.write(Roster(units, (Group("市直各单位", names, "名录"),)), folder / "单位名录.xlsx")
    issued = issue(folder / "任务分工表.xlsx", folder / "下发", round="2025年第四季度", due=date(2025, 12, 31))
    (folder / "回收").mkdir()
    for form in issued.forms:
        rng = Random(form.unit)
        blank = (folder / "下发" / form.path).read_bytes()
        desk = Desk(form.unit, form.path, blank, {}, SAVED)
        answers = {asked.code: answer(asked, rng, date(2025, 10, 1), date(2025, 12, 20)) for asked in desk.form.tasks}
        (folder / "回收" / form.path).write_bytes(desk.answering(answers).filled())
