"""校验: what is wrong with returned files, or with the plan itself, before anything is merged or issued."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path

from toolkit import bookkeeping, containers, garbage, keeping
from toolkit.containers import pool
from toolkit.containers.walk import Met
from toolkit.desk import Desk, roster_of
from toolkit.file_readers import Alone, AloneReader
from toolkit.findings import CannotDo, with_severity, worst_first
from toolkit.findings import intake as found
from toolkit.findings import output as output_found
from toolkit.findings import plan as plan_found
from toolkit.findings import survey as survey_found
from toolkit.findings.grouping import grouped
from toolkit.gathering import (
    day_of,
    is_form_like,
    load_ground,
    meet,
    printed_texts,
    read_all,
    read_file,
    round_of,
    unread_file,
    with_rules,
)
from toolkit.intake.collect import Frame, Returned, collect
from toolkit.intake.whose import FINDINGS, made_by_us
from toolkit.marking import write_marked
from toolkit.model import (
    Collection,
    Duty,
    FileRecord,
    Finding,
    Json,
    Outcome,
    Plan,
    Progress,
    Roster,
    Round,
    Severity,
    Task,
    Unit,
    no_progress,
)
from toolkit.roster import expand
from toolkit.settings import load as load_settings
from toolkit.workbooks import findings_book, plan_book, roster_book
from toolkit.workbooks.plan_checks import plan_findings

_ABOUT_ABSENCE = frozenset(
    kind.code
    for kind in (
        *(found.UNREPORTED, found.UNREPORTED_REJECTED, found.EVIDENCE_ONLY),
        *(survey_found.UNREPORTED, survey_found.UNREPORTED_REJECTED),
    )
)
"""What a check does not say: it looks at the files that are there."""


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What a check found."""

    records: tuple[FileRecord, ...]
    findings: tuple[Finding, ...]
    as_of: date | None = None
    workbook: Path | None = None
    """The workbook of findings, when one was asked for."""
    collection: Collection | None = None
    """What the round would be put together to, when the files were held against a plan."""
    marked: tuple[Path, ...] = ()
    """Copies of the units' workbooks with what is to be mended marked, when they were asked for."""

    @property
    def files(self) -> tuple[Path, ...]:
        """What was written."""
        return (*((self.workbook,) if self.workbook else ()), *self.marked)

    def to_json(self) -> Json:
        """The check JSON of the contract."""
        place = {id(finding): index for index, finding in enumerate(self.findings)}
        return {
            "files": [
                {
                    "path": record.path,
                    "sha256": record.sha256,
                    "outcome": record.outcome.value,
                    "units": list(record.units),
                    "findings": [place[id(finding)] for finding in record.findings if id(finding) in place],
                }
                for record in self.records
            ],
            "findings": [finding.to_json() for finding in self.findings],
        }

    def sentences(self) -> list[str]:
        """What a person reads; the findings themselves are told beside."""
        counts = {severity: sum(1 for f in self.findings if f.severity is severity) for severity in Severity}
        figures = "、".join(f"{severity.label} {count} 条" for severity, count in counts.items())
        lines = [f"校验 {len(self.records)} 个文件：{figures}。"]
        if self.workbook is not None:
            lines.append(f"问题清单：{self.workbook}")
        elif self.findings:
            lines.append("要看全部问题和说明，请加 -o 问题清单.xlsx 写成工作簿。")
        if self.marked:
            lines.append(f"标注了 {len(self.marked)} 份填报表，可以直接退回：{self.marked[0].parent}")
        return lines


@garbage.uncollected(aged=True)
def check(
    paths: Sequence[Path],
    *,
    plan: Path | None = None,
    roster: Path | None = None,
    round: str | None = None,
    as_of: date | None = None,
    out: Path | None = None,
    marked: Path | None = None,
    jobs: int | None = None,
    password: str | None = None,
    desk: Desk | None = None,
    progress: Progress = no_progress,
) -> CheckResult:
    """Check everything at or below ``paths``; nothing is merged.

    With ``plan`` the files are held against it as merging does, in a working folder (``desk``) with what its ledger
    knows: the due date, what the round asks, earlier answers; the ledger is only asked.  Without it every form is
    held against its own stamp and its own locked texts, and a plan among the files is checked itself: missing units,
    open review marks, repeated numbers, deadlines before ``as_of``, groups without members.  ``out`` is a workbook of
    the findings, ``marked`` a folder for copies of the forms in which what is to be mended is marked.  A fengong.toml
    beside the plan, without a plan beside the files, raises severities and switches rules off.  Raises
    :class:`CannotDo` when plan, roster or a path cannot be read, or a marked copy would hide its original.
    """
    wishes = _Wishes(roster, round, as_of, jobs, password, desk, progress)
    met = meet(paths, password)
    if out is not None:
        _refuse_inputs(out, [*filter(None, (plan, roster)), *(item.file for item in met)])
    result, returned = _against_plan(met, plan, wishes) if plan is not None else _by_themselves(met, wishes)
    if marked is not None:
        sent_back = write_marked(met, returned, result.findings, marked, progress)
        findings = worst_first([*result.findings, *sent_back.findings])
        result = replace(result, findings=tuple(findings), marked=sent_back.files)
    if out is None:
        return result
    data = findings_book.render(result.findings, result.records, result.as_of)
    placed = keeping.put(out, data)
    if placed.kept is not None:
        note = output_found.EDITED_KEPT.at(name=placed.kept.name, new=placed.path.name)
        result = replace(result, findings=(*result.findings, note))
    return replace(result, workbook=placed.path)


def _refuse_inputs(out: Path, inputs: Sequence[Path]) -> None:
    """The list of findings must not be given the name of a file that is read, save its own from an earlier run."""
    target = out.resolve()
    if any(path.resolve() == target for path in inputs) and made_by_us(containers.read(out, out.name)) != FINDINGS:
        raise CannotDo(output_found.OUT_IS_INPUT.at(path=out.name))


@dataclass(frozen=True, slots=True)
class _Wishes:
    """The options of one check."""

    roster: Path | None
    round: str | None
    as_of: date | None
    jobs: int | None
    password: str | None
    desk: Desk | None
    progress: Progress


def _against_plan(met: Sequence[Met], plan: Path, wishes: _Wishes) -> tuple[CheckResult, Sequence[Returned]]:
    ground = load_ground(plan, wishes.roster)
    own = [plan, roster_of(plan, wishes.roster)]
    returned = read_all(met, ground, own=own, jobs=wishes.jobs, password=wishes.password, progress=wishes.progress)
    with bookkeeping.consulted(bookkeeping.desk_of(plan, ground.reading.plan, wishes.desk)) as books:
        this_round = books.round(round_of(returned, wishes.round, ground.reading.plan.plan_id))
        day = day_of(returned, this_round, ground.reading.plan.issued_on, wishes.as_of)
        collection = books.collected(ground, returned, this_round, day)
    findings = tuple(finding for finding in collection.findings if finding.code not in _ABOUT_ABSENCE)
    return CheckResult(tuple(collection.files), findings, day, collection=collection), returned


# --- each file by itself ------------------------------------------------------------------


@dataclass
class _Checked:
    """What was found so far."""

    records: list[FileRecord] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    days: list[date] = field(default_factory=list)
    returned: list[Returned] = field(default_factory=list)

    def add(self, met: Met, outcome: Outcome, findings: Sequence[Finding]) -> None:
        """A file that is no form."""
        told = worst_first(grouped(findings))
        self.findings.extend(told)
        self.records.append(FileRecord(met.path, met.sha256, outcome, findings=tuple(told), size=met.size))

    def add_collection(self, returned: Returned, collection: Collection) -> None:
        """A form, collected by itself."""
        self.returned.append(returned)
        self.records.extend(collection.files)
        self.findings.extend(finding for finding in collection.findings if finding.code not in _ABOUT_ABSENCE)
        self.days.append(collection.as_of)


def _by_themselves(met: Sequence[Met], wishes: _Wishes) -> tuple[CheckResult, Sequence[Returned]]:
    to_read = [item for item in met if is_form_like(item)]
    reader = AloneReader(wishes.password, tuple(printed_texts()))
    outcomes = pool.run(reader, to_read, jobs=wishes.jobs, progress=wishes.progress, label=lambda item: item.path)
    read = {outcome.item.path: outcome for outcome in outcomes}
    checked = _Checked()
    for item in met:
        outcome = read.get(item.path)
        if outcome is None:
            known = unread_file(item)
            checked.add(item, known.outcome or Outcome.IGNORED, known.findings)
        elif outcome.value is None:
            checked.add(item, Outcome.REJECTED, read_file(item, None, outcome.finding).findings)
        elif outcome.value.reading is None:
            _check_unstamped(item, outcome.value, wishes, checked)
        else:
            returned = read_file(item, outcome.value.reading, None)
            if outcome.value.stamp is None:
                checked.add(item, Outcome.IGNORED, returned.findings)
            else:
                checked.add_collection(returned, _collected_alone(item, returned, outcome.value, wishes))
    day = wishes.as_of or max(checked.days, default=None)
    result = CheckResult(tuple(checked.records), tuple(worst_first(checked.findings)), day)
    return result, checked.returned


def _collected_alone(item: Met, returned: Returned, alone: Alone, wishes: _Wishes) -> Collection:
    """One form held against its own stamp, as if it were all that was asked."""
    stamp, reference = alone.stamp, alone.reference
    assert stamp is not None and reference is not None
    tasks = tuple(
        Task(seq, task.requirement, task.code, task.number or None, title=task.title or None)
        for seq, task in enumerate(reference.tasks.values(), start=1)
    )
    survey = reference.layout.survey
    plan = Plan(title="", tasks=tasks, plan_id=stamp.plan_id, revision=stamp.revision, survey=survey)
    duties = tuple(Duty(duty.task, stamp.unit, duty.role, duty.via, duty.due) for duty in stamp.duties)
    settings = load_settings(item.file)
    this_round = Round(wishes.round or stamp.round, stamp.due)
    frame = Frame(
        plan=plan,
        roster=Roster((Unit(stamp.unit, 1),)),
        duties=duties,
        units=(stamp.unit,),
        round=this_round,
        as_of=day_of([returned], this_round, None, wishes.as_of),
        reference=reference,
        severities=settings.severities,
    )
    return with_rules(collect(frame, [returned]), settings)


def _check_unstamped(item: Met, alone: Alone, wishes: _Wishes, checked: _Checked) -> None:
    """A plan is checked as one; anything else cannot be judged without a plan."""
    if not alone.has_tables:
        checked.add(item, Outcome.REJECTED, alone.findings or [found.NO_STAMP.at(path=item.path)])
        return
    try:
        if item.members:
            raise CannotDo
        findings = _plan_findings(item, wishes, alone.modified)
    except CannotDo as refusal:
        told = refusal.findings if alone.has_fields else [found.NO_STAMP.at(path=item.path)]
        checked.add(item, Outcome.REJECTED, [*alone.findings, *told])
    else:
        checked.add(item, Outcome.IGNORED, findings)


def _plan_findings(item: Met, wishes: _Wishes, modified: datetime | None) -> list[Finding]:
    """What is wrong with a plan.  Raises :class:`CannotDo` when the file holds none."""
    reading = plan_book.load(item.file)
    day = wishes.as_of or (modified.date() if modified else None)
    findings = [*reading.findings, *plan_findings(reading.plan, day)]
    register = roster_of(item.file, wishes.roster)
    if register.is_file():
        roster, about_roster = roster_book.examine(register)
        findings += [*about_roster, *expand(reading.plan, roster).findings]
    elif wishes.roster is not None:
        raise CannotDo(plan_found.NO_ROSTER.at(path=register.name))
    given = load_settings(item.file).severities
    weighed = (with_severity(finding, given.get(finding.code, finding.severity)) for finding in findings)
    return [replace(finding, path=finding.path or item.path) for finding in weighed]
