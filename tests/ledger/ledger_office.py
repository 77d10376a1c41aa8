"""An invented office with a working folder: it issues, units fill in, it merges and reviews, month after month."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import openpyxl

from toolkit import identity
from toolkit import ledger as ledgers
from toolkit.desk import Desk
from toolkit.housekeeping.init import init
from toolkit.housekeeping.review import ReviewResult, review
from toolkit.issue import IssueResult, issue
from toolkit.merge import MergeResult, merge
from toolkit.model import Assignment, Deadline, Group, Plan, Role, Roster, Task, Unit
from toolkit.sample.form import IssuedForm
from toolkit.workbooks import plan_book, roster_book

GROUP = "市直各单位"
CLERK = "小林@政务公开办"
Key = tuple[str, str]
"""Task code and unit."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a unit types about one task."""

    status: str = ""
    progress: str = ""
    evidence: str = ""
    done_on: str = ""
    remark: str = ""

    @property
    def cells(self) -> dict[str, str]:
        words = (self.status, self.progress, self.evidence, self.done_on, self.remark)
        return dict(zip(("完成情况", "进展说明", "佐证材料", "完成日期", "备注"), words, strict=True))


def roster_of(count: int) -> Roster:
    units = tuple(Unit(f"霜溪市第{number}服务中心", number) for number in range(1, count + 1))
    return Roster(units, (Group(GROUP, tuple(unit.name for unit in units), "霜政发〔2025〕2号"),))


def plan_of(tasks: Iterable[tuple[str, tuple[Deadline, ...], tuple[str, ...]]]) -> Plan:
    """A plan of (requirement, deadlines, recurrence), every task for every unit."""
    made = tuple(
        Task(
            seq=seq,
            number=str(seq),
            title=f"任务{seq}",
            requirement=requirement,
            assignments=(Assignment(Role.RESPONSIBLE, GROUP),),
            deadlines=deadlines,
            recurrence=recurrence,
        )
        for seq, (requirement, deadlines, recurrence) in enumerate(tasks, 1)
    )
    return identity.coded(
        Plan("霜溪市2026年服务事项任务分工表", made, issuer="霜溪市政务公开办", issued_on=date(2025, 12, 20))
    )


def one_off(number: int, due: date) -> tuple[str, tuple[Deadline, ...], tuple[str, ...]]:
    return (f"办好第{number}件实事，逐项登记。", (Deadline(f"{due.year}年{due.month}月底前", due),), ())


def recurring(number: int, words: str) -> tuple[str, tuple[Deadline, ...], tuple[str, ...]]:
    return (f"开展第{number}类巡查，{words}登记结果。", (), (words,))


@dataclass
class Office:
    """One working folder and the clerk in it; every call is a minute later than the one before."""

    folder: Path
    plan: Plan
    roster: Roster
    clock: datetime = datetime(2026, 1, 5, 9, tzinfo=UTC)
    issued: dict[str, IssueResult] = field(default_factory=dict)

    @classmethod
    def make(cls, folder: Path, plan: Plan, units: int) -> Office:
        office = cls(folder, plan, roster_of(units))
        init(desk=office.desk())
        plan_book.write(plan, folder / "任务分工表.xlsx")
        roster_book.write(office.roster, folder / "单位名录.xlsx")
        return office

    @property
    def units(self) -> list[str]:
        return [unit.name for unit in self.roster.units]

    @property
    def codes(self) -> list[str]:
        return [task.code for task in self.plan.tasks]

    def desk(self, who: str = CLERK) -> Desk:
        self.clock += timedelta(minutes=1)
        return Desk(self.folder, self.clock, who)

    def issue(self, round: str | None = None, due: date | None = None, **options: Any) -> IssueResult:
        result = issue(self.desk().plan, round=round, due=due, desk=self.desk(), **options)
        self.issued[result.round.name] = result
        return result

    def form(self, round: str, unit: str) -> Path:
        result = self.issued[round]
        (path,) = [form.path for form in result.forms if form.unit == unit]
        return result.folder / path

    def before(self, round: str, unit: str) -> dict[str, str]:
        """上期情况 as the issued form shows it, by task code."""
        form = IssuedForm(self.form(round, unit).read_bytes())
        return {task.code: form.text(form.cell("上期情况", task.row)) for task in form.tasks}

    def filled(self, round: str, unit: str, answers: Mapping[str, Said], saved: datetime) -> bytes:
        form = IssuedForm(self.form(round, unit).read_bytes())
        for task in form.tasks:
            for label, text in answers[task.code].cells.items() if task.code in answers else ():
                if text:
                    form.type(form.cell(label, task.row), text)
        form.sign({"填报人": "方小圆", "联系电话": "555-0100", "审核人": "高远", "填报日期": "2026-01-01"})
        return form.saved(saved)

    def send(
        self, round: str, unit: str, answers: Mapping[str, Said], *, again: int = 0, to: str | None = None
    ) -> Path:
        """Put a filled form into 回收; ``again`` numbers resubmissions, ``to`` is another round's folder."""
        name = self.form(round, unit).name.replace(".xlsx", f"（更正{again}）.xlsx" if again else ".xlsx")
        target = self.folder / "回收" / (to or round) / name
        target.parent.mkdir(parents=True, exist_ok=True)
        saved = datetime(2026, 1, 1) + timedelta(days=30 * len(self.issued) + again, minutes=self.units.index(unit))
        target.write_bytes(self.filled(round, unit, answers, saved))
        return target

    def send_all(self, round: str, answers: Mapping[Key, Said]) -> None:
        """Every unit sends what it has to say."""
        for unit in self.units:
            own = {code: said for (code, name), said in answers.items() if name == unit}
            if own:
                self.send(round, unit, own)

    def merge(self, round: str, as_of: date, out: Path | None = None, desk: Desk | None = None) -> MergeResult:
        returns = self.folder / "回收" / round
        plan = self.folder / "任务分工表.xlsx"
        return merge([returns], plan, out, round=round, as_of=as_of, desk=desk or self.desk(), jobs=1)

    def edit(self, summary: Path, edits: Mapping[Key, Mapping[str, str]], to: Path | None = None) -> Path:
        """What a clerk types into 明细 in an office program."""
        book = openpyxl.load_workbook(io.BytesIO(summary.read_bytes()))
        sheet = book["明细"]
        rows = list(sheet.iter_rows())
        header = next(row for row in rows if "审核" in [cell.value for cell in row])
        columns = {cell.value: cell.column for cell in header if cell.value}
        for row in rows[header[0].row :]:
            key = str(row[columns["编码"] - 1].value), str(row[columns["单位"] - 1].value)
            for label, text in edits.get(key, {}).items():
                sheet.cell(row[0].row, columns[label]).value = text or None
        target = to or summary
        book.save(target)
        return target

    def review(self, summary: Path, edits: Mapping[Key, Mapping[str, str]]) -> ReviewResult:
        return review(self.edit(summary, edits), desk=self.desk())

    def book(self) -> Any:
        """The ledger, to ask."""
        return ledgers.reading(self.folder)


def everybody(office: Office, said: Said, codes: Sequence[str] | None = None) -> dict[Key, Said]:
    """All units say the same of all tasks."""
    return {(code, unit): said for unit in office.units for code in codes or office.codes}


def entry(result: MergeResult, key: Key) -> Any:
    (found,) = [e for e in result.collection.entries if (e.task, e.unit) == key]
    return found


def codes_of(result: Any) -> set[str]:
    return {finding.code for finding in result.findings}
