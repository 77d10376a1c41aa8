"""Roll-up: what villages wrote arrives at the province, exactly, through two levels of offices."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random
from urllib.parse import unquote

import openpyxl
import pytest

from toolkit import identity
from toolkit import vocabulary as words
from toolkit.draft import draft
from toolkit.findings import CannotDo
from toolkit.identity import BELOW_SHEET
from toolkit.issue import issue
from toolkit.merge import MergeResult, merge
from toolkit.model import Assignment, Group, Plan, Role, Roster, State, Task, Unit
from toolkit.rollup import rollup
from toolkit.sample.answers import Answer
from toolkit.sample.desk import Desk
from toolkit.sample.form import IssuedForm
from toolkit.workbooks import plan_book, roster_book

ROUND = "2031年第二季度"
SAVED = datetime(2031, 6, 20, 2, tzinfo=UTC)
AFTER = date(2031, 7, 2)
TITLES = ("修复农村道路", "整理权责清单", "更换老旧路灯")
_WORDS = (words.DONE, words.DONE, words.DONE_AND_ONGOING, words.ONGOING, words.NOT_STARTED)


@dataclass
class Office:
    """An office's working folder: its units and what is below it."""

    name: str
    folder: Path
    below: tuple[Office, ...]

    @property
    def plan(self) -> Path:
        return self.folder / "任务分工表.xlsx"

    @property
    def returns(self) -> Path:
        return self.folder / "回收"

    @property
    def summary(self) -> Path:
        return self.folder / "汇总" / "汇总表.xlsx"


def province(folder: Path, sizes: Sequence[int]) -> Office:
    """A tree of offices; the last size counts villages, which have no folder of their own."""

    def grow(name: str, place: Path, depth: int) -> Office:
        count = sizes[depth] if depth < len(sizes) else 0
        suffix = ("市", "县", "镇")[3 - len(sizes) + depth] if count else ""
        children = (f"{name.rstrip('省市县镇')}{number + 1}{suffix}" for number in range(count))
        return Office(name, place, tuple(grow(child, place / child, depth + 1) for child in children))

    return grow("云岭省", folder, 0)


def write_plan(office: Office, tasks: Sequence[Task]) -> None:
    """The office's plan, every task to all its units."""
    units = tuple(Unit(child.name, order) for order, child in enumerate(office.below, 1))
    group = Group("所属各单位", tuple(unit.name for unit in units), "本级名录")
    roster_book.write(Roster(units, (group,)), office.folder / "单位名录.xlsx")
    to_all = (Assignment(Role.RESPONSIBLE, group.name),)
    plan, _ = plan_book.read(office.plan) if office.plan.exists() else (None, None)
    made = plan or identity.coded(Plan("云岭省任务分工", tuple(tasks), issued_on=date(2031, 1, 5)))
    plan_book.write(replace(made, tasks=tuple(replace(task, assignments=to_all) for task in made.tasks)), office.plan)


def distribute(office: Office, rng: Random, truth: dict[tuple[str, str], str | None]) -> None:
    """Issue to every unit; offices below draw their own plan, villages fill in and send."""
    issued = issue(office.plan, office.folder / "下发", round=ROUND, due=date(2031, 6, 30))
    for form in issued.forms:
        child = next(child for child in office.below if child.name == form.unit)
        path = issued.folder / form.path
        if child.below:
            child.folder.mkdir()
            draft([office.plan], child.plan, roster=office.folder / "单位名录.xlsx", receiver=child.name)
            write_plan(child, ())
            distribute(child, rng, truth)
        elif rng.random() < 0.97:
            send(office, child.name, path, rng, truth)


def send(office: Office, unit: str, path: Path, rng: Random, truth: dict[tuple[str, str], str | None]) -> None:
    """A village fills in its form."""
    blank = path.read_bytes()
    answers = {}
    for asked in IssuedForm(blank).tasks:
        word = rng.choice(_WORDS)
        truth[unit, asked.title] = word
        done = date(2031, 6, rng.randrange(1, 19)) if words.is_done(word) else ""
        answers[asked.code] = Answer(word, f"{unit}{asked.title}{rng.randrange(2, 90)}处", "台账", done)
    office.returns.mkdir(exist_ok=True)
    (office.returns / path.name).write_bytes(Desk(unit, path.name, blank, answers, SAVED).filled())


def gather(office: Office) -> MergeResult:
    """Merge bottom-up: every office below rolls its summary up into the form it got."""
    office.returns.mkdir(exist_ok=True)
    for form in sorted((office.folder / "下发").glob("*.xlsx")):
        child = next(child for child in office.below if f"_{child.name}_" in form.name)
        if child.below:
            gather(child)
            rollup(child.summary, form, office.returns / form.name)
    return merge([office.returns], office.plan, office.summary, round=ROUND, as_of=AFTER)


def expected(office: Office, title: str, truth: dict[tuple[str, str], str | None]) -> str | None:
    """What an office has to say about a task, by the words of its villages alone."""
    said = [expected(child, title, truth) if child.below else truth.get((child.name, title)) for child in office.below]
    there = [word for word in said if word]
    if not there:
        return None
    lowest = min(there, key=lambda word: words.rank(word) or 0)
    return words.ONGOING if len(there) < len(said) and words.is_done(lowest) else lowest


def everybody(office: Office) -> Iterator[Office]:
    yield office
    for child in office.below:
        yield from everybody(child)


def check_tree(folder: Path, sizes: Sequence[int]) -> None:
    top = province(folder, sizes)
    write_plan(top, [Task(n, f"{title}，按时报送。", title=title) for n, title in enumerate(TITLES, 1)])
    truth: dict[tuple[str, str], str | None] = {}
    distribute(top, Random(12), truth)
    collection = gather(top).collection
    titles = {task.code: task.title for task in collection.plan.tasks}
    children = {child.name: child for child in top.below}
    told = {(entry.unit, titles[entry.task]): entry.status for entry in collection.entries}
    assert told == {(name, title): expected(children[name], title, truth) for name in children for title in TITLES}
    assert not collection.extras
    assert not [finding for finding in collection.findings if finding.code.startswith("intake.") and finding.cell]
    entry = next(entry for entry in collection.entries if entry.state is State.REPORTED)
    place = entry.source("evidence")
    assert place is not None
    sheet = openpyxl.load_workbook(top.returns / place.path)[BELOW_SHEET]
    link = next(row[10] for row in sheet.iter_rows(min_row=3) if row[10].hyperlink)
    assert (top.returns / unquote(link.hyperlink.target.partition("#")[0])).resolve().is_file(), (
        "the link opens the summary of the level below"
    )


def test_a_small_tree(tmp_path: Path) -> None:
    check_tree(tmp_path, (2, 2, 2))


@pytest.mark.long
def test_three_levels_of_3_5_and_8_units(tmp_path: Path) -> None:
    check_tree(tmp_path, (3, 5, 8))


def test_a_form_that_has_nothing_to_do_with_the_summary(tmp_path: Path) -> None:
    top = province(tmp_path, (2,))
    write_plan(top, [Task(1, "修复农村道路。", title="道路")])
    truth: dict[tuple[str, str], str | None] = {}
    distribute(top, Random(1), truth)
    summary = gather(top).summary
    other = province(tmp_path / "别处", (1,))
    other.folder.mkdir()
    write_plan(other, [Task(1, "更换路灯。", title="路灯")])
    form = issue(other.plan, other.folder / "下发", round=ROUND).files[0]
    text = tmp_path / "不是表.xlsx"
    text.write_text("上报", "utf-8")
    for wrong in (form, text):
        with pytest.raises(CannotDo):
            rollup(summary, wrong, tmp_path / "上报.xlsx")
    own = next((top.folder / "下发").glob("*.xlsx"))
    before = own.read_bytes()
    with pytest.raises(CannotDo):
        rollup(summary, own, own)
    assert own.read_bytes() == before
    assert not (tmp_path / "上报.xlsx").exists()


def test_a_unit_that_did_not_report_keeps_the_task_from_being_done(tmp_path: Path) -> None:
    top = province(tmp_path / "上", (1, 3))
    write_plan(top, [Task(1, "修复农村道路。", title="道路")])
    truth: dict[tuple[str, str], str | None] = {}
    distribute(top, Random(3), truth)
    (county,) = top.below
    forms = sorted((county.folder / "下发").glob("*.xlsx"))
    for path in county.returns.iterdir():
        path.unlink()
    for form in forms[:2]:
        code = IssuedForm(form.read_bytes()).tasks[0].code
        answer = Answer(words.DONE, "修复道路3条。", "台账", date(2031, 6, 9))
        data = Desk(form.stem, form.name, form.read_bytes(), {code: answer}, SAVED).filled()
        (county.returns / form.name).write_bytes(data)
    gather(county)
    upper = next((top.folder / "下发").glob("*.xlsx"))
    result = rollup(county.summary, upper, top.folder / "上报.xlsx")
    (told,) = result.findings
    assert (told.code, county.below[2].name in told.message) == ("output.partly-rolled-up", True)
    pen = IssuedForm(result.form.read_bytes())
    assert pen.text(pen.cell("完成情况", pen.tasks[0].row)) == words.ONGOING
    assert result.form.read_bytes() == rollup(county.summary, upper, top.folder / "再报.xlsx").form.read_bytes()
