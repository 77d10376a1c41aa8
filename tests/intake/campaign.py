"""A small invented round on disk: plan, register and issued forms, and units that fill them in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

from intake_desk import CODES, DUE, PLAN, ROSTER, ROUND

from toolkit.issue import issue
from toolkit.model import Plan, Roster
from toolkit.sample.answers import Answer
from toolkit.sample.desk import Desk
from toolkit.workbooks import plan_book, roster_book

SAVED = datetime(2031, 6, 20, 2, tzinfo=UTC)


def answered(number: int, **changes: object) -> Answer:
    """A good answer on one task."""
    good = Answer("已完成", f"第{number}项办结{number}件", f"台账第{number}号", date(2031, 6, number))
    return replace(good, **changes)  # type: ignore[arg-type]


@dataclass
class City:
    """A folder with a plan, its register and the forms of one round."""

    folder: Path
    plan: Path
    forms: dict[str, Path]

    @classmethod
    def make(
        cls, folder: Path, *, plan: Plan = PLAN, roster: Roster = ROSTER, round: str = ROUND, due: date = DUE
    ) -> City:
        """Write the plan and issue its forms."""
        path = folder / "任务分工表.xlsx"
        folder.mkdir(parents=True, exist_ok=True)
        plan_book.write(plan, path)
        roster_book.write(roster, folder / "单位名录.xlsx")
        issued = issue(path, folder / "下发" / round, round=round, due=due)
        return cls(folder, path, {form.unit: issued.folder / form.path for form in issued.forms})

    @property
    def returns(self) -> Path:
        """The folder of what came back."""
        return self.folder / "回收"

    @property
    def out(self) -> Path:
        """Where the summary is to lie."""
        return self.folder / "汇总" / "汇总表.xlsx"

    def filled(self, unit: str, answers: Mapping[int, Answer] | None = None, saved: datetime = SAVED) -> bytes:
        """A unit's form filled in; by default every task well."""
        blank = self.forms[unit].read_bytes()
        asked = Desk(unit, "", blank, {}, saved).form.tasks
        numbers = {code: number for number, code in enumerate(CODES, start=1)}
        if answers is None:
            answers = {numbers[task.code]: answered(numbers[task.code]) for task in asked}
        typed = {CODES[number - 1]: answer for number, answer in answers.items()}
        return Desk(unit, self.forms[unit].name, blank, typed, saved).filled()

    def send(self, name: str, data: bytes) -> Path:
        """Put a file among the returns."""
        path = self.returns / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        return path

    def send_all(self) -> None:
        """Every unit reports well."""
        for unit, form in self.forms.items():
            self.send(form.name, self.filled(unit))
