"""A round that is amended twice while it runs, against the truth of the simulator.

A revised notice (other words, a later deadline, a unit more, a unit less, a task dropped, a task added) comes when some
units have answered, a supplementary one when more have.  Forms already out stay valid, only the units concerned get
another, and in the end every entry says what its unit typed, whichever form it typed it into and whatever happened to
that on its way.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import openpyxl
import pytest
from clerk.damages import DAMAGES
from clerk.damages.sending import spreadsheet
from clerk.parcel import Parcel
from clerk.truth import is_told
from clerk.world import AS_OF, DUE, FIRST, LAST, ROUND, Plight, alias, suffer, tasks, towns

from toolkit import ledger as ledgers
from toolkit.desk import Desk
from toolkit.draft import DraftResult, draft
from toolkit.findings import CannotDo
from toolkit.housekeeping.init import init
from toolkit.issue import IssueResult, issue
from toolkit.merge import MergeResult, merge
from toolkit.model import Group, Roster, State, Unit
from toolkit.sample.answers import Answer, answer
from toolkit.sample.form import IssuedForm
from toolkit.workbooks import plan_book, roster_book

ALL = "各乡镇政府"
_WAYS = [damage for damage in DAMAGES.values() if not damage.convert]


@dataclass(frozen=True)
class Spec:
    """A task as a notice prints it."""

    chapter: str
    title: str
    requirement: str
    units: tuple[str, ...]
    due: str = "2026年9月30日前"


@dataclass
class Office:
    """The office, its round, and what its units really said."""

    folder: Path
    rng: Random
    units: list[str]
    specs: list[Spec]
    clock: datetime = datetime(2026, 9, 1, 1, tzinfo=UTC)
    forms: dict[str, Path] = field(default_factory=dict)
    """Unit → the last form it got."""
    said: dict[tuple[str, str], Answer] = field(default_factory=dict)
    """Truth: title and unit → answer."""
    sent: int = 0
    harmed: int = 0

    @classmethod
    def make(cls, folder: Path, units: int, count: int, seed: str) -> Office:
        rng, names = Random(seed), towns(units)
        specs = []
        for number, (chapter, title, requirement) in enumerate(tasks(count)):
            some = (ALL,) if number == 0 else tuple(sorted(rng.sample(names, max(2, units // 2)), key=names.index))
            specs.append(Spec(chapter, title, requirement, some))
        office = cls(folder, rng, names, specs)
        init(desk=office.desk())
        roster = tuple(Unit(name, order, (alias(name),), (ALL,)) for order, name in enumerate(names, 1))
        roster_book.write(Roster(roster, (Group(ALL, tuple(names), "虚构名录"),)), folder / "单位名录.xlsx")
        office.notice("通知.xlsx", "云溪县2026年民生小事任务分工表", specs)
        draft([folder / "通知.xlsx"], desk=office.desk())
        return office

    @property
    def plan(self) -> Path:
        return self.folder / "任务分工表.xlsx"

    def desk(self) -> Desk:
        self.clock += timedelta(minutes=1)
        return Desk(self.folder, self.clock, "小林")

    def notice(self, name: str, title: str, specs: Sequence[Spec]) -> Path:
        """A notice as a table in a workbook."""
        rows: list[list[object]] = [[title], ["序号", "工作任务", "具体要求", "责任单位", "完成时限"]]
        chapter = ""
        for number, spec in enumerate(specs, start=1):
            if spec.chapter != chapter:
                chapter = spec.chapter
                rows.append([chapter])
            rows.append([number, spec.title, spec.requirement, "、".join(spec.units), spec.due])
        (self.folder / name).write_bytes(spreadsheet(rows, datetime(2026, 3, 2, 9)))
        return self.folder / name

    def owed(self) -> set[tuple[str, str]]:
        """Truth: title and unit of everything the plan asks now."""
        return {(spec.title, unit) for spec in self.specs for unit in (self.units if ALL in spec.units else spec.units)}

    def titles(self) -> dict[str, str]:
        return {task.code: task.title or "" for task in plan_book.load(self.plan).plan.tasks}

    # --- what the office does -----------------------------------------------------------------

    def issue(self, **options: bool) -> IssueResult:
        result = issue(self.plan, due=DUE, desk=self.desk(), **({"round": ROUND} if not options else {}), **options)
        self.forms |= {form.unit: result.folder / form.path for form in result.forms}
        return result

    def amend(self, name: str, title: str, printed: Sequence[Spec], now: Sequence[Spec]) -> DraftResult:
        """A new document, laid over the plan in use; the clerk deletes what is gone and puts the new one into use."""
        result = draft([self.notice(name, title, printed)], onto=self.plan, desk=self.desk())
        (new, *_) = result.files
        gone = {spec.title for spec in self.specs} - {spec.title for spec in now}
        book = openpyxl.load_workbook(new)
        sheet = book["任务分工表"]
        header = next(row for row in sheet.iter_rows() if "复核" in [cell.value for cell in row])
        columns = {cell.value: cell.column for cell in header}
        for row in range(sheet.max_row, header[0].row, -1):
            if sheet.cell(row, columns["工作任务"]).value in gone:
                sheet.delete_rows(row)
            elif sheet.cell(row, columns["复核"]).value:
                sheet.cell(row, columns["复核"]).value = "√"
        book.save(new)
        self.plan.rename(self.folder / f"任务分工表（第{result.plan.revision - 1}版）.xlsx")
        new.rename(self.plan)
        self.specs = list(now)
        return result

    def merge(self) -> MergeResult:
        return merge([self.folder / "回收" / ROUND], self.plan, round=ROUND, as_of=AS_OF, desk=self.desk(), jobs=1)

    # --- what the units do ----------------------------------------------------------------------

    def answer(self, units: Sequence[str]) -> None:
        """Each fills in, of the form it has, what it has not told yet, and the file goes its way."""
        for unit in units:
            path = self.forms[unit]
            blank = path.read_bytes()
            asked = {task.code: task for task in IssuedForm(blank).tasks}
            own = {code: task for code, task in asked.items() if (task.title, unit) not in self.said}
            answers = {code: answer(task, self.rng, FIRST, LAST) for code, task in own.items()}
            self.sent += 1
            saved = datetime(2026, 10, 1) + timedelta(minutes=self.sent)
            folder = f"{unit}{self.sent}/"
            parcel = Parcel(unit, path.name, blank, answers, saved, self.rng, alias(unit), folder)
            parcel = self._travelled(parcel)
            self.harmed += bool(parcel.damages)
            for file, data in parcel.files.items():
                target = self.folder / "回收" / ROUND / file
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(data)
            self.said |= {(asked[code].title, unit): said for code, said in parcel.answers.items() if code in own}

    def _travelled(self, parcel: Parcel) -> Parcel:
        """Half of the files suffer; one that could not be read any more or told anew what was told is sent whole."""
        if self.rng.random() < 0.5 or not parcel.answers:
            return parcel
        whole, before = deepcopy(parcel), set(parcel.answers)
        plight = Plight(parcel, [self.rng.choice(_WAYS)])
        suffer([plight], None)
        harmed = plight.unfit or parcel.refused or parcel.doubtful or parcel.lost or parcel.pictured or parcel.silent
        return whole if harmed or set(parcel.answers) != before else parcel

    # --- held against the truth -------------------------------------------------------------------

    def check(self, merged: MergeResult) -> None:
        """Every task × unit of the plan as it is now stands once, and says what its unit typed."""
        result, titles = merged.to_json(), self.titles()
        entries = {(titles[entry["task"]], entry["unit"]): entry for entry in result["entries"]}
        assert len(entries) == len(result["entries"])
        assert set(entries) == self.owed()
        for key, entry in entries.items():
            said = self.said.get(key, Answer())
            fields = ("status", "progress", "evidence", "done_on", "remark")
            assert [name for name in fields if not is_told(entry, said, name)] == [], (key, entry["sources"])
            assert (entry["state"] == "reported") == (key in self.said), key
        shown = "\n".join(str(value) for extra in result["extras"] for value in extra["values"])
        for key in self.said.keys() - self.owed():
            assert self.said[key].status in shown and self.said[key].progress in shown, key


def check_round(folder: Path, units: int, count: int, seed: str) -> Office:
    office = Office.make(folder, units, count, seed)
    thirds = [office.units[start::3] for start in range(3)]
    office.issue()
    office.answer(thirds[0])
    office.check(office.merge())

    # The revised notice.
    first = list(office.specs)
    more = next(unit for unit in office.units if unit not in first[3].units)
    new = Spec(first[-1].chapter, "应急广播", "在各村开通应急广播，逐村试播并登记。", tuple(office.units[1:4]))
    revised = [
        first[0],
        replace(first[1], requirement=first[1].requirement.removesuffix("。") + "，年底前公布结果。"),
        replace(first[2], due="2026年12月20日前"),
        replace(first[3], units=(*first[3].units, more)),
        replace(first[4], units=first[4].units[1:]),
        *first[6:],
        new,
    ]
    amended = office.amend("修订.xlsx", "云溪县2026年民生小事任务分工表（修订）", revised, revised)
    titles = {task.code: task.title for task in amended.plan.tasks}
    told = {unit.unit: unit for unit in amended.concerned}

    def of(kind: str) -> set[tuple[str, str]]:
        return {(titles[code], unit.unit) for unit in told.values() for code in getattr(unit, kind)}

    assert of("added") == {(first[3].title, more), *((new.title, unit) for unit in new.units)}
    assert of("dropped") == {(first[4].title, first[4].units[0]), *((first[5].title, u) for u in first[5].units)}
    assert of("changed") == {(spec.title, unit) for spec in first[1:3] for unit in spec.units}
    assert {unit for unit, one in told.items() if one.needs_form} == {more, *new.units}
    again = office.issue(concerned=True)
    assert again.round.name == ROUND
    assert {form.unit for form in again.forms} == {more, *new.units}
    with pytest.raises(CannotDo):
        office.issue(concerned=True)
    office.answer(thirds[1])
    office.answer([unit for unit in thirds[0] if unit in told and told[unit].needs_form])
    office.check(office.merge())

    # The supplementary notice.
    late = [
        Spec("五、补充事项", "桥梁体检", "对跨村桥梁逐座体检，建立一桥一档。", tuple(office.units[-3:])),
        Spec("五、补充事项", "校门安全", "校门口设置减速带和警示牌，逐校登记。", (ALL,)),
    ]
    amended = office.amend("补充.xlsx", "关于补充民生小事任务的通知", late, [*office.specs, *late])
    assert {unit.unit for unit in amended.concerned} == set(office.units)
    assert amended.plan.revision == 3
    assert {form.unit for form in office.issue(concerned=True).forms} == set(office.units)
    silent = office.units[-1]
    office.answer([unit for unit in office.units if unit != silent])
    merged = office.merge()
    office.check(merged)
    reported = {(entry.task, entry.unit) for entry in merged.collection.entries if entry.state is State.REPORTED}
    with ledgers.reading(folder) as ledger:
        kept = {key for key, entry in ledger.entries(ROUND).items() if entry.state is State.REPORTED}
        assert len(ledger.rounds()) == 1
    assert kept == reported
    return office


def figures(office: Office) -> str:
    return f"{office.sent} files, {office.harmed} with a mishap, {len(office.owed())} entries"


def test_two_amendments_in_mid_round(tmp_path: Path, say: list[str]) -> None:
    office = check_round(tmp_path / "台账", units=9, count=10, seed="两次调整")
    say.append(f"two amendments: {figures(office)}")


@pytest.mark.long
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("seed", [f"调整-{number}" for number in range(1, 6)])
def test_more_rounds_with_two_amendments(tmp_path: Path, say: list[str], seed: str) -> None:
    office = check_round(tmp_path / "台账", units=30, count=24, seed=seed)
    say.append(f"two amendments, seed {seed!r}: {figures(office)}")
