"""A province of offices above offices, and its truth: what villages typed, kept by the simulator alone.

Every office draws its own plan from the one above, issues, merges and rolls up; some fill in the upper form by hand
instead; clerks send answers back for more; and files suffer on their way, between villages and counties as between
the levels above.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from random import Random

import openpyxl
from clerk.damages import DAMAGES
from clerk.parcel import Damage, Parcel, Stage
from clerk.world import AS_OF, DUE, FIRST, LAST, ROUND, Plight, suffer

from toolkit import identity
from toolkit import vocabulary as words
from toolkit.draft import draft
from toolkit.housekeeping.rollup import rollup
from toolkit.issue import issue
from toolkit.merge import MergeResult, merge
from toolkit.model import Assignment, Group, Plan, Role, Roster, Task, Unit
from toolkit.sample.answers import Answer, answer
from toolkit.sample.form import IssuedForm
from toolkit.workbooks import plan_book, roster_book

SAVED = datetime(2026, 10, 5, 2)
TITLES = ("修复农村道路", "整理权责清单", "更换老旧路灯")
_SUFFIXES = ("市", "县", "镇")
_ORDER = (
    *(words.DONE, words.DONE_AND_ONGOING, words.ONGOING, words.TO_IMPROVE, words.POSTPONED, words.NOT_STARTED),
    words.NOT_CONCERNED,
)
TABLE_ONLY = ("A2-only-the-table-copied", "A17-csv", "A17-unicode", "A17-docx", "A17-web-page", "A17-doc", "A17-wps")
"""Damages after which nothing but the table is left of a workbook."""


@dataclass
class Office:
    """An office's working folder, its units and what is below it; a village has no units."""

    name: str
    folder: Path
    below: tuple[Office, ...]
    by_hand: bool = False
    """Whether it fills in the form of the level above by hand."""
    sent: dict[str, Answer] = field(default_factory=dict)
    """Truth: title → what it sent up."""
    rolled_up: dict[str, str] = field(default_factory=dict)
    """Title → the progress its roll-up typed, before anything happened to the form."""
    returned: set[tuple[str, str]] = field(default_factory=set)
    """Truth: unit and title of what its clerk sent back."""
    harm: str = ""
    """What happened to its form on the way up."""
    merged: MergeResult | None = None

    @property
    def plan(self) -> Path:
        return self.folder / "任务分工表.xlsx"

    @property
    def returns(self) -> Path:
        return self.folder / "回收"

    @property
    def summary(self) -> Path:
        return self.folder / "汇总" / "汇总表.xlsx"

    def everybody(self) -> Iterator[Office]:
        """The office and all below it."""
        yield self
        for child in self.below:
            yield from child.everybody()

    @property
    def cut_off(self) -> bool:
        """Truth: whether what stands behind its form got lost on the way up."""
        return self.harm.startswith(TABLE_ONLY)

    def child(self, name: str) -> Office:
        return next(child for child in self.below if child.name == name)


@dataclass
class Province:
    """The whole tree, and what happens in it by chance."""

    top: Office
    rng: Random
    damages: Sequence[Damage] = ()
    """What may happen to files on their way."""
    titles: Sequence[str] = TITLES

    @classmethod
    def make(cls, folder: Path, sizes: Sequence[int], seed: str, **options: object) -> Province:
        """A tree of offices; the last size counts villages."""

        def grow(name: str, place: Path, depth: int) -> Office:
            count = sizes[depth] if depth < len(sizes) else 0
            suffix = _SUFFIXES[3 - len(sizes) + depth] if count else ""
            children = (f"{name.rstrip('省市县镇')}{number + 1}{suffix}" for number in range(count))
            return Office(name, place, tuple(grow(child, place / child, depth + 1) for child in children))

        return cls(grow("云岭省", folder, 0), Random(seed), **options)  # type: ignore[arg-type]

    # --- down ---------------------------------------------------------------------------------

    def distribute(self) -> None:
        """From the province's plan to a form on every village's desk."""
        tasks = [Task(n, f"{title}，按时报送。", title=title) for n, title in enumerate(self.titles, 1)]
        write_plan(self.top, identity.coded(Plan("云岭省任务分工", tuple(tasks), issued_on=date(2026, 3, 2))))
        self._issue(self.top)

    def _issue(self, office: Office) -> None:
        issue(office.plan, office.folder / "下发", round=ROUND, due=DUE)
        for child in office.below:
            if child.below:
                child.folder.mkdir()
                draft([office.plan], child.plan, roster=office.folder / "单位名录.xlsx", receiver=child.name)
                write_plan(child, plan_book.read(child.plan)[0])
                self._issue(child)

    # --- up -----------------------------------------------------------------------------------

    def gather(self, office: Office | None = None) -> MergeResult:
        """Bottom-up: villages fill in, offices merge, review and roll up."""
        office = office or self.top
        office.returns.mkdir(exist_ok=True)
        for child in office.below:
            (form,) = (office.folder / "下发").glob(f"*_{child.name}_*.xlsx")
            if child.below:
                self.gather(child)
                child.by_hand = self.rng.random() < 0.15 or child.by_hand
            if child.below and not child.by_hand:
                self._send_rolled_up(office, child, form)
            elif child.below or self.rng.random() < 0.95:
                self._send_filled(office, child, form)
        office.merged = merge([office.returns], office.plan, office.summary, round=ROUND, as_of=AS_OF)
        if self.rng.random() < 0.5:
            self._review(office)
        return office.merged

    def _send_filled(self, office: Office, child: Office, form: Path) -> None:
        blank = form.read_bytes()
        asked = IssuedForm(blank).tasks
        answers = {task.code: answer(task, self.rng, FIRST, LAST) for task in asked}
        for code in [code for code in answers if self.rng.random() < 0.04]:
            del answers[code]
        parcel = Parcel(child.name, form.name, blank, answers, SAVED, self.rng, "", f"{child.name}/")
        parcel = self._travelled(parcel, self.damages)
        put(office, parcel)
        _keep_truth(child, parcel)

    def _send_rolled_up(self, office: Office, child: Office, form: Path) -> None:
        filled = child.folder / "上报.xlsx"
        rollup(child.summary, form, filled)
        blank, data = form.read_bytes(), filled.read_bytes()
        pen = IssuedForm(data)
        answers = {}
        for task in pen.tasks:
            if said := self.expected(child, task.title):
                texts = {label: pen.text(pen.cell(label, task.row)) for label in ("进展说明", "佐证材料", "备注")}
                child.rolled_up[task.title] = progress = texts["进展说明"]
                answers[task.code] = replace(said, progress=progress, evidence=texts["佐证材料"], remark=texts["备注"])
        parcel = Parcel(child.name, form.name, blank, answers, SAVED, self.rng, "", f"{child.name}/", data)
        parcel = self._travelled(parcel, [damage for damage in self.damages if damage.stage is not Stage.ANSWER])
        put(office, parcel)
        _keep_truth(child, parcel)

    def _travelled(self, parcel: Parcel, damages: Sequence[Damage]) -> Parcel:
        """The parcel after its journey, unharmed where the harm would leave something that nobody can read."""
        if not damages or self.rng.random() < 0.4:
            return parcel
        whole = deepcopy(parcel)
        plight = Plight(parcel, [self.rng.choice(damages)])
        suffer([plight], None)
        harmed = plight.unfit or parcel.refused or parcel.doubtful or parcel.lost or parcel.pictured or parcel.silent
        return whole if harmed or not all(said.word for said in parcel.answers.values()) else parcel

    def _review(self, office: Office) -> None:
        """The clerk types into 审核 of 明细 what is sent back."""
        assert office.merged is not None
        titles = {task.code: task.title or "" for task in office.merged.collection.plan.tasks}
        book = openpyxl.load_workbook(office.summary)
        sheet = book["明细"]
        header = next(row for row in sheet.iter_rows() if "审核" in [cell.value for cell in row])
        columns = {cell.value: cell.column for cell in header}
        for row in range(header[0].row + 1, sheet.max_row + 1):
            unit, code = (sheet.cell(row, columns[label]).value for label in ("单位", "编码"))
            if code in titles and titles[code] in office.child(unit).sent and self.rng.random() < 0.1:
                sheet.cell(row, columns["审核"]).value = "退回"
                office.returned.add((unit, titles[code]))
        book.save(office.summary)

    # --- truth ----------------------------------------------------------------------------------

    def standing(self, office: Office, title: str) -> dict[str, Answer]:
        """Unit → what counts of what the units of an office sent."""
        return {
            child.name: child.sent[title]
            for child in office.below
            if title in child.sent and (child.name, title) not in office.returned
        }

    def expected(self, office: Office, title: str) -> Answer | None:
        """What an office has to say about a task, counted on the fingers."""
        standing = self.standing(office, title)
        if not standing:
            return None
        said = [(words.rank(one.word) or 0, one.word) for one in standing.values() if one.word != words.NOT_CONCERNED]
        word = min(said)[1] if said else words.NOT_CONCERNED
        if len(standing) < len(office.below) and (words.is_done(word) or not said):
            word = words.ONGOING
        days = [one.day for one in standing.values() if one.day and one.word != words.NOT_CONCERNED]
        day = max(days) if days and words.is_done(word) else None
        assert word is not None
        return Answer(word, done_on=day or "", word=word, day=day)

    def headline(self, office: Office, title: str) -> str:
        """How the progress of a rolled-up task begins."""
        standing = self.standing(office, title)
        counts = Counter(one.word or "" for one in standing.values())
        ordered = sorted(counts, key=_ORDER.index)
        said = "、".join(f"{word}{counts[word]}项" for word in ordered)
        return f"{len(standing)}个单位共报{len(standing)}项：{said}"

    def paths(self, office: Office, title: str) -> Iterator[tuple[tuple[str, ...], Office]]:
        """Every unit that a summary of ``office`` shows on a task: those below one that was cut off are not known."""
        for child in office.below:
            yield (child.name,), child
            if title in child.sent and child.below and not (child.by_hand or child.cut_off):
                yield from (((child.name, *path), unit) for path, unit in self.paths(child, title))


def write_plan(office: Office, plan: Plan) -> None:
    """The office's plan, every task to all its units, and its register."""
    units = tuple(Unit(child.name, order) for order, child in enumerate(office.below, 1))
    group = Group("所属各单位", tuple(unit.name for unit in units), "本级名录")
    roster_book.write(Roster(units, (group,)), office.folder / "单位名录.xlsx")
    to_all = (Assignment(Role.RESPONSIBLE, group.name),)
    plan_book.write(replace(plan, tasks=tuple(replace(task, assignments=to_all) for task in plan.tasks)), office.plan)


def _keep_truth(unit: Office, parcel: Parcel) -> None:
    titles = {task.code: task.title for task in parcel.desk.form.tasks}
    unit.sent = {titles[code]: said for code, said in parcel.answers.items()}
    unit.harm = "".join(parcel.damages)


def put(office: Office, parcel: Parcel) -> None:
    """What a unit sent, among the returns of its office."""
    for path, data in parcel.files.items():
        target = office.returns / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)


def journey(*cases: str) -> list[Damage]:
    """The damages of these cases, those that LibreOffice makes left out; all cases when none is named."""
    return [damage for damage in DAMAGES.values() if not damage.convert and (not cases or damage.case in cases)]
