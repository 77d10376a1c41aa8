"""What the ledger of a working folder gives to the verbs, and what they leave in it.

Every verb opens its :class:`Books`.  Without a desk they are empty and remember nothing, so that a verb reads the
same on plain files and in a working folder.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from toolkit import ledger as ledgers
from toolkit import outputs
from toolkit.desk import Desk
from toolkit.entry_cells import cells_of
from toolkit.findings import CannotDo
from toolkit.findings import ledger as found
from toolkit.findings import survey as survey_found
from toolkit.gathering import Ground, put_together, with_rules
from toolkit.identity import summary_mark
from toolkit.intake.collect import Returned
from toolkit.kept_readings import KeptReadings
from toolkit.language.periods import next_period
from toolkit.ledger import FormIssued, Ledger
from toolkit.model import (
    Collection,
    Correction,
    Decision,
    Duty,
    Entry,
    Finding,
    Plan,
    Progress,
    Roster,
    Round,
    Verdict,
    no_progress,
)
from toolkit.roster import Expansion
from toolkit.rounds import Key, Last, Standing, last_told, standing_decisions
from toolkit.schedule import Ask, Workdays, asks
from toolkit.settings import Settings

_ROUNDS_BACK = 36
"""So many earlier rounds are looked through for last answers: three years of months."""
_SOME = 6


@contextmanager
def opened(desk: Desk | None, settings: Settings, progress: Progress = no_progress) -> Iterator[Books]:
    """The books of a desk, locked for changes until the block ends; empty books where there is no desk.

    Raises :class:`toolkit.findings.CannotDo` when somebody else goes on writing, or the ledger cannot be opened.
    """
    if desk is None:
        yield Books()
        return
    seconds = settings.wait_seconds
    with ledgers.writing(desk.folder, desk.who, desk.now, seconds=seconds, progress=progress) as ledger:
        yield Books(desk, ledger)


def desk_of(path: Path, plan: Plan, desk: Desk | None) -> Desk | None:
    """The desk that the plan at ``path`` is kept at.

    A survey has rounds of its own, so that one working folder keeps either a 任务分工表 or one survey: that which lies
    in it as 收集表.xlsx.
    """
    return None if desk is None or _kept_instead(path, plan, desk) else desk


def desk_for(path: Path, plan: Plan, desk: Desk | None, out: Path | None, flag: str) -> Desk | None:
    """The same; raises :class:`toolkit.findings.CannotDo` when the working folder was to say where the result goes."""
    instead = _kept_instead(path, plan, desk) if desk and out is None else None
    if instead:
        raise CannotDo(survey_found.NO_PLACE.at(flag=flag, title=instead))
    return desk_of(path, plan, desk)


def _kept_instead(path: Path, plan: Plan, desk: Desk) -> str:
    """What the working folder keeps, when it is not this plan."""
    if plan.survey and path.resolve() != desk.plan.resolve():
        return desk.plan.name
    with ledgers.reading(desk.folder) as ledger:
        kept = ledger.plan()
    return kept.title if kept and kept.plan_id != plan.plan_id and (kept.survey or plan.survey) else ""


@contextmanager
def consulted(desk: Desk | None) -> Iterator[Books]:
    """The books of a desk, only to ask, also while somebody writes; empty books where there is no desk."""
    if desk is None:
        yield Books()
        return
    with ledgers.reading(desk.folder) as ledger:
        yield Books(desk, ledger)


@dataclass(frozen=True, slots=True)
class Asking:
    """What a round asks of whom, and what each unit said last."""

    duties: Sequence[Duty]
    last: Mapping[Key, Last] = field(default_factory=dict)
    dropped: tuple[tuple[Duty, str], ...] = ()
    """Duties that are not asked, each with the reason."""
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class Books:
    """The ledger as one verb sees it."""

    desk: Desk | None = None
    ledger: Ledger | None = None

    @property
    def places(self) -> Desk:
        """Where the results of a round lie when nobody says so; only a working folder knows."""
        if self.desk is None:
            raise ValueError("without a working folder the caller says where results go")
        return self.desk

    @property
    def findings(self) -> list[Finding]:
        """What opening the ledger gave to say."""
        return [self.ledger.upgraded] if self.ledger and self.ledger.upgraded else []

    def round(self, round: Round) -> Round:
        """The round with the due date that is recorded, where its forms do not tell one."""
        known = self.ledger.round(round.name) if self.ledger and round.due is None else None
        return known or round

    def last_round(self) -> str | None:
        """The name of the last round, ``None`` when there is none."""
        rounds = self.ledger.rounds() if self.ledger else []
        return rounds[-1].name if rounds else None

    def next_round(self) -> str | None:
        """The name of the round after the last one, ``None`` when there is none or its name tells no period."""
        last = self.last_round()
        return next_period(last) if last else None

    # --- issuing -----------------------------------------------------------------------------

    def asking(self, plan: Plan, expansion: Expansion, round: Round, settings: Settings, *, every: bool) -> Asking:
        """Whom a round asks what: all duties but what is closed and, unless ``every``, what is not its turn."""
        if self.ledger is None:
            return Asking(expansion.duties)
        before = [item.name for item in self.ledger.rounds_before(round.name)]
        closed = self.ledger.closed(before)
        workdays = Workdays(settings.holidays, settings.extra_workdays)
        turns = {ask.task: ask for ask in asks(plan, round, workdays, int(settings.ask_ahead_days))}
        kept: list[tuple[Duty, str]] = []
        dropped: list[tuple[Duty, str]] = []
        for duty in expansion.duties:
            why = "已销号" if (duty.task, duty.unit) in closed else "" if every else _not_now(turns[duty.task])
            (dropped if why else kept).append((duty, why))
        last = _last(self.ledger, before)
        findings = [*_about_dropped(plan, dropped), *_about_days(round, workdays)]
        return Asking(tuple(duty for duty, _ in kept), last, tuple(dropped), tuple(findings))

    def issued(
        self, plan: Plan, roster: Roster, round: Round, asking: Asking, paths: Mapping[str, Path], asked: Sequence[str]
    ) -> None:
        """Keep what was issued; ``paths`` are the forms by unit, ``asked`` the only units concerned, if any."""
        if self.ledger is None or self.desk is None:
            return
        self.desk.returns(round.name).mkdir(parents=True, exist_ok=True)
        by_unit: dict[str, list[Duty]] = {unit: [] for unit in paths}
        for duty, _ in asking.dropped:
            if not asked or duty.unit in asked:
                by_unit.setdefault(duty.unit, [])
        for duty in asking.duties:
            if duty.unit in by_unit:
                by_unit[duty.unit].append(duty)
        with self.ledger.event(self.desk.now, self.desk.who, "下发", round.name) as record:
            _keep_ground(record, plan, roster)
            record.round_opened(round)
            for unit, duties in by_unit.items():
                path = paths.get(unit)
                where, digest = (self.desk.relative(path), outputs.sha256(path)) if path else ("", "")
                record.form(FormIssued(unit, where, digest, tuple(duties)))
            tasks = len({duty.task for duties in by_unit.values() for duty in duties})
            due = f"，截止 {round.due}" if round.due else ""
            what = f"收集表“{plan.title}”" if plan.survey else f" {tasks} 项任务"
            record.what = f"向 {len(paths)} 个单位下发{what}{due}；不问 {len(asking.dropped)} 项次"

    # --- merging -----------------------------------------------------------------------------

    def kept(self, ground: Ground, password: str | None) -> KeptReadings | None:
        """Readings of earlier merges."""
        return KeptReadings(self.ledger, ground.digest, password) if self.ledger else None

    def standing(self, ground: Ground, round: Round) -> Standing:
        """What earlier rounds and the office's own hand mean for the entries of a round."""
        if self.ledger is None:
            return Standing()
        before = [item.name for item in self.ledger.rounds_before(round.name)]
        still_closed = self.ledger.closed([round.name, *before])
        closed = {key: name for key, name in self.ledger.closed(before).items() if key in still_closed}
        forms = self.ledger.forms(round.name)
        asked = {(duty.task, duty.unit) for form in forms.values() for duty in form.duties}
        return Standing(
            last=_last(self.ledger, before),
            not_asked=frozenset(
                (duty.task, duty.unit)
                for duty in ground.expansion.duties
                if (duty.task, duty.unit) in closed or (duty.unit in forms and (duty.task, duty.unit) not in asked)
            ),
            corrections=_chains(self.ledger, round.name),
            decided=decided_about(self.ledger, round.name),
            closed=closed,
            cells=cells_of(ground.reading.plan.survey),
        )

    def not_issued(self, ground: Ground, round: Round, standing: Standing) -> list[Finding]:
        """Units whose forms of this round lack tasks that the plan gives them now, for no reason of the calendar."""
        if self.ledger is None:
            return []
        settings = ground.settings
        workdays = Workdays(settings.holidays, settings.extra_workdays)
        plan = ground.reading.plan
        in_turn = {ask.task for ask in asks(plan, round, workdays, int(settings.ask_ahead_days)) if ask.asked}
        lacking: dict[str, list[str]] = {}
        for duty in ground.expansion.duties:
            key = duty.task, duty.unit
            if key in standing.not_asked and key not in standing.closed and duty.task in in_turn:
                lacking.setdefault(duty.unit, []).append(duty.task)
        return [
            found.ISSUED_DIFFERENTLY.at(unit=unit, count=len(codes), tasks=_labels(plan, codes))
            for unit, codes in lacking.items()
        ]

    def collected(
        self, ground: Ground, returned: Sequence[Returned], round: Round, day: date, notes: Sequence[Finding] = ()
    ) -> Collection:
        """The collection of a round, with what earlier rounds and the office's own hand make of it."""
        standing = self.standing(ground, round)
        told = [*notes, *self.not_issued(ground, round, standing)]
        collection = put_together(ground, returned, round, day, told, standing.settle)
        return with_rules(standing.completed(collection), ground.settings, standing.before)

    def merged(self, ground: Ground, collection: Collection, summary: Path) -> None:
        """Keep what came back and where the summary lies."""
        if self.ledger is None or self.desk is None:
            return
        with self.ledger.event(self.desk.now, self.desk.who, "汇总", collection.round.name) as record:
            _keep_ground(record, ground.reading.plan, ground.roster)
            record.round_opened(collection.round)
            files, entries = record.collected(collection)
            record.merged(collection.as_of, summary_mark(collection), self.desk.relative(summary))
            record.what = f"读到 {len(collection.files)} 个文件，其中新的或变动的 {files} 个；填报项变动 {entries} 项"

    # --- anything else -------------------------------------------------------------------------

    def noted(
        self, verb: str, what: str, *, round: str = "", plan: Plan | None = None, roster: Roster | None = None
    ) -> None:
        """Keep that something was done."""
        if self.ledger is None or self.desk is None:
            return
        with self.ledger.event(self.desk.now, self.desk.who, verb, round) as record:
            _keep_ground(record, plan, roster)
            record.what = what


def decided_about(ledger: Ledger, round: str, until: int | None = None) -> dict[Key, tuple[Decision, Entry | None]]:
    """The decisions of a round, each with the entry as it stood when it was made."""
    span = {} if until is None else {"until": until}
    decided = ledger.decided(round, **span)
    then = {event: ledger.entries(round, event) for event in {item.event for item in decided.values()}}
    return {key: (item.decision, then[item.event].get(key)) for key, item in decided.items()}


def _last(ledger: Ledger, before: Sequence[str]) -> dict[Key, Last]:
    """The last usable answers of the rounds ``before``, given the newest first."""
    rounds = [(name, ledger.entries(name)) for name in before[:_ROUNDS_BACK][::-1]]
    returned = {}
    for name, entries in rounds:
        held, _ = standing_decisions(decided_about(ledger, name), entries)
        returned[name] = {key for key, decision in held.items() if decision.verdict is Verdict.RETURNED}
    return last_told(rounds, returned)


def _chains(ledger: Ledger, round: str) -> dict[Key, tuple[Correction, ...]]:
    chains: dict[Key, tuple[Correction, ...]] = {}
    for correction in ledger.corrections(round):
        key = correction.task, correction.unit
        chains[key] = (*chains.get(key, ()), correction)
    return chains


def _keep_ground(record: ledgers.Record, plan: Plan | None, roster: Roster | None) -> None:
    if plan is not None:
        record.plan(plan)
    if roster is not None:
        record.roster(roster)


def _not_now(ask: Ask) -> str:
    return "" if ask.asked else ask.why


def _about_dropped(plan: Plan, dropped: Sequence[tuple[Duty, str]]) -> Iterator[Finding]:
    closed: dict[str, list[str]] = {}
    others: dict[str, None] = {}
    for duty, why in dropped:
        if why == "已销号":
            closed.setdefault(duty.unit, []).append(duty.task)
        else:
            others[duty.task] = None
    for unit, codes in closed.items():
        yield found.CLOSED_DROPPED.at(unit=unit, count=len(codes), tasks=_labels(plan, codes))
    if others:
        yield found.NOT_ASKED.at(count=len(others), tasks=_labels(plan, list(others)))


def _about_days(round: Round, workdays: Workdays) -> Iterator[Finding]:
    if round.due is not None and not workdays.is_workday(round.due):
        yield found.DUE_ON_HOLIDAY.at(due=round.due, next=workdays.from_day(round.due))
    for year in sorted(workdays.unknown_years):
        yield found.YEAR_UNKNOWN.at(year=year)


def _labels(plan: Plan, codes: Sequence[str]) -> str:
    labels = {task.code: task.label for task in plan.tasks}
    named = "、".join(f"“{labels.get(code, code)}”" for code in codes[:_SOME])
    return named + ("等" if len(codes) > _SOME else "")
