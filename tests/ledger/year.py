"""A year of an invented office, and its truth: kept by the simulator alone, never asked of the program.

Every month the office issues, units answer in their own ways, the office merges and reviews, some units send
again, the office merges once more.  One month is bad.  The truth is a plain account of who said what and what the
office decided; everything the program shows is held against it.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from random import Random

from ledger_office import Key, Office, Said, entry, one_off, plan_of, recurring

from toolkit import figures
from toolkit.issue import IssueResult
from toolkit.merge import MergeResult
from toolkit.model import Plan, State, Verdict
from toolkit.sample.form import IssuedForm
from toolkit.workbooks import summary_book

YEAR = 2026
BAD = 7
"""The month in which half of the units send last month's forms and the others answer in no known words."""
WORDS = ("未启动", "推进中", "需优化完善", "已完成", "已完成并持续推进")
DONE = ("已完成", "已完成并持续推进")


def month_name(month: int) -> str:
    return f"{YEAR}年{month}月"


def month_end(month: int) -> date:
    return date(YEAR + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def year_plan(tasks: int) -> Plan:
    """Four fifths one-off, the rest every month, quarter, half-year and year."""
    rest = max(4, tasks // 5)
    made = [one_off(n, month_end(3 + n % 10)) for n in range(1, tasks - rest + 1)]
    ways = ("每月", "每季度", "每年不少于2次", "每年")
    return plan_of([*made, *(recurring(n, ways[n % 4]) for n in range(rest))])


@dataclass
class Account:
    """One task × unit in one round as it really is."""

    status: str = ""
    """What stands: said by the unit, or mended by the office."""
    progress: str = ""
    readable: bool = True
    returned: bool = False

    @property
    def done(self) -> bool:
        return self.status in DONE


@dataclass
class Year:
    """The simulation and its truth."""

    office: Office
    chance: Random
    last: dict[Key, tuple[str, str, int]] = field(default_factory=dict)
    """Truth: the last usable answer: word, words told last, month."""
    closed: dict[Key, int] = field(default_factory=dict)
    """Truth: what the office closed, and the month."""
    lines: list[str] = field(default_factory=list)
    decided: int = 0
    corrected: int = 0

    @classmethod
    def make(cls, folder: Path, units: int, tasks: int, seed: str) -> Year:
        return cls(Office.make(folder, year_plan(tasks), units), Random(seed))

    # --- truth ---------------------------------------------------------------------------------

    def in_turn(self, code: str, month: int) -> bool:
        """Whether a month asks a task, counted on the fingers."""
        task = self.office.plan.task(code)
        assert task is not None
        if not task.recurrence:
            return True
        every = {"每月": 1, "每季度": 3, "每年不少于2次": 6, "每年": 12}[task.recurrence[0]]
        return month % every == 0

    def asked(self, month: int) -> list[Key]:
        return [
            (code, unit)
            for code in self.office.codes
            for unit in self.office.units
            if self.in_turn(code, month) and (code, unit) not in self.closed
        ]

    def shown_before(self, key: Key) -> str:
        if key not in self.last:
            return ""
        word, words, month = self.last[key]
        return f"{word}（{month_name(month)}）" + (f"\n{words}" if words else "")

    # --- a month ---------------------------------------------------------------------------------

    def month(self, month: int) -> None:
        """Issue, answer, merge, review, send again, merge, compare."""
        name, office = month_name(month), self.office
        due = month_end(month) + timedelta(days=5)
        began = time.perf_counter()
        issued = office.issue(name, due)
        issuing = time.perf_counter() - began
        asked = self.asked(month)
        self._check_forms(name, issued, asked)
        accounts = self._answer_badly(month, asked) if month == BAD else self._answer(month, asked)
        began = time.perf_counter()
        merged = office.merge(name, due)
        merging = time.perf_counter() - began
        self._check(merged, asked, accounts)
        edits = {} if month == BAD else self._decide(accounts)
        reviewed = office.review(merged.summary, edits)
        self.decided += len(reviewed.decisions)
        self.corrected += len(reviewed.corrections)
        self._send_again(month, accounts)
        began = time.perf_counter()
        again = office.merge(name, due)
        merging_again = time.perf_counter() - began
        self._close(month, edits, accounts)
        self._check(again, asked, accounts)
        self._check_decisions(again, month, edits, accounts)
        self._carry(month, accounts)
        size = (office.folder / "台账.db").stat().st_size
        self.lines.append(
            f"{name}: {len(asked)} asked, {len(edits)} rows edited; issue {issuing:.1f} s, merge {merging:.1f} s, "
            f"again {merging_again:.1f} s; ledger {size / 1e6:.1f} MB"
        )

    def _answer(self, month: int, asked: list[Key]) -> dict[Key, Account]:
        accounts: dict[Key, Account] = {}
        by_unit: dict[str, dict[str, Said]] = {}
        silent = {unit for unit in self.office.units if self.chance.random() < 0.08}
        for code, unit in asked:
            if unit in silent or self.chance.random() < 0.05:
                continue
            said, account = self._say(month, (code, unit))
            accounts[code, unit] = account
            by_unit.setdefault(unit, {})[code] = said
        for unit, answers in by_unit.items():
            self.office.send(month_name(month), unit, answers)
        return accounts

    def _say(self, month: int, key: Key) -> tuple[Said, Account]:
        known = self.last.get(key)
        if known and self.chance.random() < 0.3:
            return Said("本期无变化"), Account(known[0], "")
        if known and known[0] in WORDS[:4] and self.chance.random() < 0.7:
            word = WORDS[min(WORDS.index(known[0]) + 1, 4)]
        else:
            word = self.chance.choice(WORDS)
        words = f"{month}月办理{self.chance.randrange(3, 900)}件，走访{self.chance.randrange(3, 900)}户。"
        return Said(word, words, "台账第3页" if word in DONE else ""), Account(word, words)

    def _answer_badly(self, month: int, asked: list[Key]) -> dict[Key, Account]:
        """Nothing usable comes back."""
        accounts: dict[Key, Account] = {}
        for place, unit in enumerate(self.office.units):
            if place % 2:
                old = {code: Said("已完成", "上月的表又报了一次。") for code in self.office.codes}
                self.office.send(month_name(month - 1), unit, old, to=month_name(month))
                continue
            own = [code for code, name in asked if name == unit]
            if own:
                self.office.send(month_name(month), unit, {code: Said("看情况吧", "不好说。") for code in own})
            accounts.update({(code, unit): Account("", "不好说。", readable=False) for code in own})
        return accounts

    def _decide(self, accounts: dict[Key, Account]) -> dict[Key, dict[str, str]]:
        """Accept, close, send back, mend by hand: what the clerk types into the summary."""
        edits: dict[Key, dict[str, str]] = {}
        for key, account in accounts.items():
            throw = self.chance.random()
            if account.done and throw < 0.25:
                edits[key] = {"审核": "销号", "审核意见": "验收通过"}
            elif throw < 0.5:
                edits[key] = {"审核": "已核"}
            elif throw < 0.56:
                edits[key] = {"审核": "退回", "审核意见": "请写明具体数量。"}
                account.returned = True
            elif throw < 0.6:
                account.status, account.progress = "推进中", f"{account.progress}（办公室核实）"
                edits[key] = {"完成情况": account.status, "进展说明": account.progress, "审核意见": "电话核实"}
        return edits

    def _send_again(self, month: int, accounts: dict[Key, Account]) -> None:
        """Half of what was sent back comes again, mended."""
        by_unit: dict[str, dict[str, Said]] = {}
        for (code, unit), account in accounts.items():
            if account.returned and self.chance.random() < 0.5:
                account.returned = False
                account.status, account.progress = "推进中", f"{month}月补充：新增{self.chance.randrange(900)}件。"
                by_unit.setdefault(unit, {})[code] = Said(account.status, account.progress)
        for unit, answers in by_unit.items():
            self.office.send(month_name(month), unit, answers, again=1)

    def _close(self, month: int, edits: dict[Key, dict[str, str]], accounts: dict[Key, Account]) -> None:
        self.closed |= {key: month for key, edit in edits.items() if edit.get("审核") == "销号"}

    def _carry(self, month: int, accounts: dict[Key, Account]) -> None:
        for key, account in accounts.items():
            if not account.readable or account.returned:
                continue
            known = self.last.get(key)
            same = known is not None and known[0] == account.status and account.progress in ("", known[1])
            words = known[1] if same and known else account.progress
            self.last[key] = (account.status, words, month)

    # --- held against the truth ----------------------------------------------------------------------

    def _check_forms(self, name: str, issued: IssueResult, asked: list[Key]) -> None:
        """Each form asks what it should and shows what the unit said last."""
        told = [(code, form.unit) for form in issued.forms for code in form.tasks]
        assert sorted(told) == sorted(asked), name
        dropped = {(duty.task, duty.unit) for duty, why in issued.dropped if why == "已销号"}
        assert dropped == set(self.closed), name
        for form in issued.forms:
            sheet = IssuedForm((issued.folder / form.path).read_bytes())
            for task in sheet.tasks:
                shown = sheet.text(sheet.cell("上期情况", task.row))
                assert shown == self.shown_before((task.code, form.unit)), (name, form.unit, task.code)
            assert form.prefilled == sum((code, form.unit) in self.last for code in form.tasks)

    def _check(self, result: MergeResult, asked: list[Key], accounts: dict[Key, Account]) -> None:
        """Entries, carried answers and figures, in the result, the ledger and the summary workbook."""
        name = result.collection.round.name
        entries = {(e.task, e.unit): e for e in result.collection.entries}
        carried = {key for key in entries if entries[key].carried}
        assert set(entries) - carried == set(asked), name
        assert carried == {key for key in self.last if key not in set(asked)}, name
        for key in asked:
            account, said = accounts.get(key), entries[key]
            if account is None:
                assert said.state is not State.REPORTED and said.status is None, (name, key)
            else:
                told = (said.state, said.status or "", said.progress)
                assert told == (State.REPORTED, account.status, account.progress), (name, key)
        for key in carried:
            assert (entries[key].status, entries[key].carried) == (self.last[key][0], month_name(self.last[key][2]))
        with self.office.book() as ledger:
            kept = ledger.entries(name)
        assert kept == {key: e for key, e in entries.items() if not e.carried}, name
        done = sum(account.done for account in accounts.values()) + sum(self.last[key][0] in DONE for key in carried)
        for collection in (result.collection, summary_book.read(result.summary)):
            total = figures.compute(collection).total
            assert (total.owed, total.reported, total.done) == (len(entries), len(accounts) + len(carried), done), name

    def _check_decisions(
        self, result: MergeResult, month: int, edits: dict[Key, dict[str, str]], accounts: dict[Key, Account]
    ) -> None:
        labels = {"已核": Verdict.ACCEPTED, "销号": Verdict.CLOSED, "退回": Verdict.RETURNED}
        expected = {key: labels[edit["审核"]] for key, edit in edits.items() if "审核" in edit}
        expected = {
            key: verdict
            for key, verdict in expected.items()
            if verdict is not Verdict.RETURNED or accounts[key].returned
        }
        expected |= {key: Verdict.CLOSED for key, closed in self.closed.items() if closed < month and key in self.last}
        told = {(d.task, d.unit): d.verdict for d in result.collection.decisions}
        assert told == expected, month_name(month)
        for key, edit in edits.items():
            if "进展说明" in edit and not accounts[key].returned:
                assert entry(result, key).progress == accounts[key].progress


def simulate(folder: Path, units: int, tasks: int, months: int, seed: str) -> Year:
    """So many months; raises ``AssertionError`` at the first thing that differs from the truth."""
    year = Year.make(folder, units, tasks, seed)
    for month in range(1, months + 1):
        year.month(month)
    return year
