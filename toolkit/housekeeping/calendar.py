"""日历: which tasks a round asks, and what falls due this week, as a list and an .ics file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from toolkit import ledger as ledgers
from toolkit import outputs, settings
from toolkit.desk import Desk, roster_of
from toolkit.findings import ledger as found
from toolkit.housekeeping.log import being_written
from toolkit.language.periods import period_start
from toolkit.model import Finding, Json, Plan, Progress, Round, Verdict, no_progress
from toolkit.roster import expand
from toolkit.schedule import Ask, Reminder, Workdays, asks, calendar_file, reminders, week_of
from toolkit.vocabulary import NOT_CONCERNED, is_done
from toolkit.workbooks import plan_book, roster_book

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class CalendarResult:
    """What a round asks and what falls due."""

    plan: Plan
    as_of: date
    until: date
    round: str | None
    asks: tuple[Ask, ...]
    """Empty when no round is known."""
    reminders: tuple[Reminder, ...]
    findings: tuple[Finding, ...] = ()
    files: tuple[Path, ...] = ()

    def to_json(self) -> Json:
        """The round's tasks and the reminders."""
        tasks = {task.code: task for task in self.plan.tasks}
        return {
            "as_of": self.as_of.isoformat(),
            "until": self.until.isoformat(),
            "round": self.round,
            "asks": [
                {
                    "task": ask.task,
                    "number": tasks[ask.task].number,
                    "label": tasks[ask.task].label,
                    "asked": ask.asked,
                    "why": ask.why,
                    "due": ask.due.isoformat() if ask.due else None,
                }
                for ask in self.asks
            ],
            "reminders": [
                {
                    "on": reminder.on.isoformat(),
                    "kind": reminder.kind,
                    "what": reminder.what,
                    "task": reminder.task or None,
                    "units": list(reminder.units),
                }
                for reminder in self.reminders
            ],
            "files": [path.name for path in self.files],
            "findings": [finding.to_json() for finding in self.findings],
        }

    def sentences(self) -> list[str]:
        """What a person reads."""
        lines = []
        if self.asks:
            asked = [ask for ask in self.asks if ask.asked]
            lines.append(f"{self.round}：共 {len(self.asks)} 项任务，本期问 {len(asked)} 项。")
            labels = {task.code: task.label for task in self.plan.tasks}
            lines += [f"　不问：{labels[ask.task]}（{ask.why}）" for ask in self.asks if not ask.asked]
        lines.append(f"{self.as_of.isoformat()} 至 {self.until.isoformat()} 的事项 {len(self.reminders)} 件：")
        lines += [f"　{reminder.line}" for reminder in self.reminders] or ["　没有到期的事项。"]
        return lines + [f"日历文件：{path}" for path in self.files]


def calendar(
    plan: Path,
    *,
    round: str | None = None,
    roster: Path | None = None,
    as_of: date | None = None,
    days: int | None = None,
    out: Path | None = None,
    desk: Desk | None = None,
    progress: Progress = no_progress,
) -> CalendarResult:
    """What the round asks, and what falls due from the day ``as_of`` to the end of its week, or for ``days`` days.

    ``as_of`` defaults to the day the desk tells, else the day the notice was issued.  In a working folder tasks that
    are done or closed need no reminder, the due dates of its rounds are told too, and ``round`` defaults to the last
    one.  ``out`` is an .ics file of the reminders.  Reads only, besides ``out``.  Raises
    :class:`toolkit.findings.CannotDo` when the plan cannot be read.
    """
    read = plan_book.load(plan).plan
    register_path = roster_of(plan, roster)
    register = roster_book.read(register_path) if register_path.is_file() else None
    duties = expand(read, register).duties if register else ()
    chosen = settings.load(plan)
    workdays = Workdays(chosen.holidays, chosen.extra_workdays)
    day = as_of or (desk.now.date() if desk else None) or read.issued_on or date(2000, 1, 1)
    until = day + timedelta(days=days - 1) if days else week_of(day)[1]
    rounds, done, closed = _known(desk)
    name = round or (rounds[-1].name if rounds else None)
    asked = asks(read, Round(name), workdays, int(chosen.ask_ahead_days)) if name else []
    due = reminders(day, until, read, duties, rounds, done, closed, workdays)
    findings = being_written(desk) if desk else []
    if name and period_start(name) is None:
        findings.append(found.ROUND_WITHOUT_PERIOD.at(round=name))
    findings += [found.YEAR_UNKNOWN.at(year=year) for year in sorted(workdays.unknown_years)]
    if out is not None:
        outputs.write_bytes(out, calendar_file([r for r in due if r.on >= day], day, f"{read.title}到期提醒"))
    files = (out,) if out is not None else ()
    return CalendarResult(read, day, until, name, tuple(asked), tuple(due), tuple(findings), files)


def _known(desk: Desk | None) -> tuple[list[Round], set[Key], set[Key]]:
    """The rounds of a working folder, and task × unit that is done by what was said last, and that is closed."""
    if desk is None:
        return [], set(), set()
    with ledgers.reading(desk.folder) as ledger:
        rounds = ledger.rounds()
        open_by_word: dict[Key, bool] = {}
        for item in rounds:
            for key, entry in ledger.entries(item.name).items():
                if entry.status is not None:
                    open_by_word[key] = not (is_done(entry.status) or entry.status == NOT_CONCERNED)
            for key, decided in ledger.decided(item.name).items():
                if decided.decision.verdict is Verdict.RETURNED:
                    open_by_word[key] = True
        closed = ledger.closed([item.name for item in reversed(rounds)])
    return rounds, {key for key, is_open in open_by_word.items() if not is_open}, set(closed)
