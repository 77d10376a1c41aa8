"""What came back → the collection of a round: the part that merging and checking share.

The files are met, read in worker processes that can be killed, held against the plan and the roster, and put
together.  Nothing is written here.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import Protocol

from toolkit import containers, plain, rules
from toolkit.containers import pool
from toolkit.containers.address import Address
from toolkit.containers.content import FileKind
from toolkit.containers.walk import Met, walk
from toolkit.edition import edition
from toolkit.file_readers import FileReader
from toolkit.findings import CannotDo, worst_first
from toolkit.findings import command as command_found
from toolkit.findings import intake as found
from toolkit.findings import rules as rules_found
from toolkit.identity import Stamp
from toolkit.intake import reference as references
from toolkit.intake.collect import Frame, Returned, Settle, as_it_came, collect
from toolkit.intake.reading import Reading
from toolkit.intake.reference import Asked, Reference
from toolkit.intake.rounds import newest
from toolkit.judging import AnswerJudge, JudgingReader
from toolkit.language.dates import BEIJING
from toolkit.language.periods import period_end
from toolkit.model import Collection, Duty, Entry, Finding, Outcome, Progress, Roster, Round, Task, Unit, no_progress
from toolkit.resources import template
from toolkit.roster import Expansion, Names, expand
from toolkit.rules.beyond import Beyond
from toolkit.settings import Settings
from toolkit.settings import load as load_settings
from toolkit.workbooks import plan_book, roster_book
from toolkit.workbooks.form_book import FORM_TEMPLATE, office_hint
from toolkit.workbooks.plan_cells import deadlines_text
from toolkit.workbooks.plan_reader import PlanReading
from toolkit.workbooks.plan_table import NO_CHAPTER
from toolkit.workbooks.survey.form import SURVEY_TEMPLATE

_MANY = 30
"""Files from which the workers that read them judge them too: loading the rules costs what judging ten forms does."""
_EVIDENCE_NAME = re.compile(r"佐证|证明|印证|支撑材料|审批单|附件材料")
"""A document without a form, so named by its file or folder, is evidence too."""
_SAME = {
    rules_found.NO_STATUS.code: found.STATUS_BLANK.code,
    rules_found.DONE_ON_UNREADABLE.code: found.DATE_UNREAD.code,
}
"""Rules that find in an entry what intake may have found in its cell → the finding of intake."""
_BESIDE = frozenset({FileKind.IMAGE, FileKind.PDF, FileKind.OFD})
"""Kinds of files that come beside a form as evidence and are never read as one (A34)."""


@dataclass(frozen=True)
class Ground:
    """What returned files are held against."""

    reading: PlanReading
    roster: Roster
    expansion: Expansion
    reference: Reference
    settings: Settings
    findings: tuple[Finding, ...]

    @cached_property
    def digest(self) -> str:
        """Of everything a reading depends on besides the file itself: while it is the same, a reading holds."""
        reference, settings = self.reference, replace(self.settings, disabled_rules=frozenset(), severities={})
        parts = (
            edition(),
            plain.dump(self.reading.plan),
            plain.dump(self.roster),
            plain.dump(self.expansion.duties, tuple[Duty, ...]),
            repr((settings, sorted(reference.office_texts), reference.year)),
        )
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()


Reader = FileReader | JudgingReader


class Kept(Protocol):
    """Readings of earlier runs."""

    def known(self, met: Sequence[Met]) -> Mapping[str, Reading]:
        """Path → what the file said when it was last read, of files that are still the same."""

    def keep(self, met: Met, reading: Reading) -> None:
        """Remember what a file says."""

    def flush(self) -> None:
        """Make sure that nothing remembered is lost."""


def load_ground(plan: Path, roster: Path | None) -> Ground:
    """The plan, the roster and the settings beside the plan.  Raises :class:`CannotDo` when one cannot be read."""
    reading = plan_book.load(plan)
    register, roster_findings = roster_book.examine_for(plan, roster)
    expansion = expand(reading.plan, register)
    settings = load_settings(plan)
    names, written = _names(register, expansion)
    issued_on = reading.plan.issued_on
    reference = references.build(
        reading.plan,
        map(asked, reading.plan.tasks),
        expansion.duties,
        names,
        written,
        year=issued_on.year if issued_on else None,
        office_texts=printed_texts(plan.parent),
        vocabulary=settings.vocabulary,
    )
    findings = (*reading.findings, *roster_findings, *expansion.findings)
    return Ground(reading, register, expansion, reference, settings, findings)


def asked(task: Task) -> Asked:
    """A task as the forms show it; a deadline that differs from unit to unit is not compared."""
    scoped = any(deadline.scope for deadline in task.deadlines)
    return Asked(
        code=task.code,
        number=task.number or "",
        title=task.title or "",
        requirement=task.requirement,
        deadline=None if scoped else deadlines_text(task.deadlines, task.recurrence),
        hint=office_hint(task),
    )


def _names(register: Roster, expansion: Expansion) -> tuple[Names, list[tuple[str, str]]]:
    """The names of the roster and of whoever else owes a task, and every way to write a unit with its name."""
    known = {unit.name for unit in register.units}
    last = max((unit.order for unit in register.units), default=0)
    strangers = [name for name in expansion.units if name not in known]
    units = (*register.units, *(Unit(name, last + place) for place, name in enumerate(strangers, start=1)))
    groups = tuple(group for group in register.groups if group.name not in strangers)
    written = [(text, unit.name) for unit in units for text in (unit.name, *unit.aliases)]
    return Names(Roster(units, groups)), written


def printed_texts(folder: Path | None = None) -> Iterable[str]:
    """What the templates of the forms, the office's own in ``folder`` or ours, print for every unit."""
    yield NO_CHAPTER
    names = (FORM_TEMPLATE, SURVEY_TEMPLATE)
    for sheet in (sheet for name in names for sheet in containers.read(template(name, folder), name).sheets):
        for row in range(len(sheet.rows)):
            for column in range(len(sheet.rows[row])):
                if (text := sheet.text(row, column)) and "{" not in text:
                    yield text


def meet(paths: Sequence[Path | Address], password: str | None = None) -> list[Met]:
    """Every file at or below ``paths``, in their order.  Raises :class:`CannotDo` when a path does not exist."""
    local = [path for path in paths if isinstance(path, Path)]
    absent = [command_found.NOT_FOUND.at(path=str(path)) for path in local if not path.exists()]
    if absent:
        raise CannotDo(*absent)
    return list(walk(paths, password=password))


def read_all(
    met: Sequence[Met],
    ground: Ground,
    *,
    own: Sequence[Path] = (),
    jobs: int | None = None,
    executor: Executor | None = None,
    password: str | None = None,
    kept: Kept | None = None,
    progress: Progress = no_progress,
) -> list[Returned]:
    """What every file that was met says; ``own`` are files of the office, which are passed over.

    Only files of which ``kept`` knows no reading are opened, by the workers of ``executor`` where one is given.  What
    is kept is judged, so that it need not be judged again.
    """
    form_like, ours = to_open(met, own)
    known = kept.known(form_like) if kept else {}
    read = {item.path: read_file(item, known[item.path], None) for item in form_like if item.path in known}
    to_read = [item for item in form_like if item.path not in known]
    judging = len(to_read) >= _MANY
    reader = reader_of(ground, password, judging=judging)
    judge = judge_of(ground) if kept and not judging else None
    outcomes = pool.run(reader, to_read, jobs=jobs, executor=executor, progress=progress, label=lambda item: item.path)
    try:
        for outcome in outcomes:
            reading = judge(outcome.value) if judge and outcome.value is not None else outcome.value
            read[outcome.item.path] = read_file(outcome.item, reading, outcome.finding)
            if kept and reading is not None:
                kept.keep(outcome.item, reading)
    finally:
        if kept:
            kept.flush()
    return [read.get(item.path) or unread_file(item, ours=item.path in ours) for item in met]


def reader_of(ground: Ground, password: str | None, *, judging: bool) -> Reader:
    """What reads a file in a worker, and judges its answers there too where that is worth loading the rules for."""
    reader = FileReader(ground.reference, password)
    judge = judge_of(ground) if judging else None
    return JudgingReader(reader, judge) if judge else reader


def judge_of(ground: Ground) -> AnswerJudge | None:
    """What judges the answers of one file; nothing for a survey, whose rules look at all rows of a unit."""
    plan = ground.reading.plan
    return None if plan.survey else AnswerJudge({task.code: task for task in plan.tasks}, ground.settings)


def to_open(met: Sequence[Met], own: Sequence[Path]) -> tuple[list[Met], set[str]]:
    """The files that have to be opened, and the paths of those that are the office's ``own``."""
    passed_over = {path.resolve() for path in own}
    names = {path.name for path in passed_over}
    ours = {
        item.path for item in met if item.file.name in names and not item.members and item.file.resolve() in passed_over
    }
    return [item for item in met if is_form_like(item) and item.path not in ours], ours


def is_form_like(met: Met) -> bool:
    """Whether a file has to be opened to know what it is."""
    return not (met.skipped or met.container or met.findings) and met.kind is not None and met.kind not in _BESIDE


def unread_file(met: Met, *, ours: bool = False) -> Returned:
    """A file that is known without opening it: a lock file, an archive, a picture, one of the office's own."""
    findings = met.findings
    if ours:
        outcome = Outcome.IGNORED
        findings = (*findings, found.OWN_OUTPUT.at(path=met.path, what="办公室自己的工作簿"))
    elif met.skipped:
        outcome = Outcome.IGNORED
    elif met.container:
        outcome = Outcome.CONTAINER
    else:
        outcome = Outcome.EVIDENCE if met.kind in _BESIDE and not met.findings else Outcome.REJECTED
    return Returned(met.path, met.sha256, met.size, outcome=outcome, findings=findings)


def read_file(met: Met, reading: Reading | None, trouble: Finding | None) -> Returned:
    """A file that was opened: what it says, or the trouble it made."""
    if reading is None:
        findings = (replace(trouble, path=met.path),) if trouble else ()
        return Returned(met.path, met.sha256, met.size, outcome=Outcome.REJECTED, findings=findings)
    if reading.made_by_us:
        note = found.OWN_OUTPUT.at(path=met.path, what=reading.made_by_us)
        return Returned(met.path, met.sha256, met.size, outcome=Outcome.IGNORED, findings=(note,))
    if not reading.forms and _EVIDENCE_NAME.search(met.path):
        return Returned(met.path, met.sha256, met.size, outcome=Outcome.EVIDENCE, findings=met.findings)
    return Returned(met.path, met.sha256, met.size, reading=reading, findings=met.findings)


def stamps_of(returned: Iterable[Returned]) -> list[Stamp]:
    """The stamps of all forms that were read."""
    readings = [item.reading for item in returned if item.reading]
    return [form.stamp for reading in readings for form in reading.forms if form.stamp]


def round_of(returned: Sequence[Returned], name: str | None, plan_id: str) -> Round:
    """The round to collect: the one named, else that of the newest stamp, of this plan if there is any.

    Raises :class:`CannotDo` when none is named and no form carries a stamp.
    """
    return round_told(stamps_of(returned), name, plan_id)


def round_told(stamps: Sequence[Stamp], name: str | None, plan_id: str) -> Round:
    """The same by the stamps of all forms."""
    ours = [stamp for stamp in stamps if stamp.plan_id == plan_id]
    round = newest(ours or stamps, name)
    if round is None:
        raise CannotDo(found.ROUND_UNKNOWN.at())
    return round


def day_of(returned: Iterable[Returned], round: Round, plan_date: date | None, given: date | None) -> date:
    """The day to judge by, never today's: the one given, else the day the newest file says it was saved.

    Without any such file the due date counts, else the last day of the round by its name, else the day the notice
    was issued.  Raises :class:`CannotDo` when nothing tells a day.
    """
    saved = [item.modified for item in returned if item.modified is not None]
    return day_told(max(saved, key=lambda moment: moment.timestamp(), default=None), round, plan_date, given)


def day_told(saved: datetime | None, round: Round, plan_date: date | None, given: date | None) -> date:
    """The same by the time the newest file says it was saved."""
    if given is not None:
        return given
    if saved is not None:
        return (saved + BEIJING).date()
    day = round.due or period_end(round.name) or plan_date
    if day is None:
        raise CannotDo(found.DAY_UNKNOWN.at())
    return day


def put_together(
    ground: Ground,
    returned: Sequence[Returned],
    round: Round,
    as_of: date,
    findings: Sequence[Finding] = (),
    settle: Settle = as_it_came,
) -> Collection:
    """The collection of a round from all files that were read; ``settle`` says what an entry comes to."""
    return collect(frame_of(ground, round, as_of, findings, settle), returned)


def frame_of(
    ground: Ground, round: Round, as_of: date, findings: Sequence[Finding] = (), settle: Settle = as_it_came
) -> Frame:
    """What a round is collected into."""
    return Frame(
        plan=ground.reading.plan,
        roster=ground.roster,
        duties=ground.expansion.duties,
        units=ground.expansion.units,
        round=round,
        as_of=as_of,
        reference=ground.reference,
        findings=(*ground.findings, *findings),
        severities=ground.settings.severities,
        settle=settle,
    )


def with_rules(
    collection: Collection,
    settings: Settings,
    previous: Mapping[tuple[str, str], Entry] = rules.NO_ENTRIES,
    beyond: Beyond | None = None,
) -> Collection:
    """The collection with what the rules find, worst first; what intake told already is not told again.

    ``previous`` maps (task, unit) to the last answer of earlier rounds, ``beyond`` is what the whole round tells of
    a collection that is a part of one.
    """
    told = {(finding.code, finding.unit, finding.task) for finding in collection.findings}
    more = [
        finding
        for finding in rules.run(collection, settings, previous, beyond)
        if (_SAME.get(finding.code), finding.unit, finding.task) not in told
    ]
    return replace(collection, findings=tuple(worst_first([*collection.findings, *more])), judged={})
