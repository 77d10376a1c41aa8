"""Entries and unit reports of a round: what every task × unit says, and what is still missing (A24)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from toolkit.findings import Kind
from toolkit.findings import intake as found
from toolkit.intake.agreement import says_nothing
from toolkit.intake.columns import Column
from toolkit.intake.labels import Label
from toolkit.intake.reading import Row
from toolkit.intake.resolve import Resolved, Sent, Taken
from toolkit.model import (
    ENTRY_FIELDS,
    Duty,
    Entry,
    Finding,
    Judgement,
    Place,
    Role,
    Severity,
    State,
    Task,
    UnitReport,
    UnitState,
)

_COLUMNS = tuple((name, Column(name)) for name in ENTRY_FIELDS)
"""Field of an entry and the column it is read from."""
_LISTED = 8
"""Tasks named in one finding."""


@dataclass
class Came:
    """What came from one unit."""

    sent: list[Sent] = field(default_factory=list)
    """Forms that may be merged."""
    refused: list[str] = field(default_factory=list)
    """Paths of files that were refused."""
    evidence: list[str] = field(default_factory=list)
    """Paths of pictures and documents beside the forms."""

    @property
    def files(self) -> tuple[str, ...]:
        """Every file of the unit, each once."""
        return tuple(dict.fromkeys([*(sent.path for sent in self.sent), *self.refused, *self.evidence]))

    def has_row(self, code: str) -> bool:
        """Whether any form of the unit has a row for a task, filled in or not."""
        return any(code in sent.rows for sent in self.sent)

    def judged(self, code: str) -> Judgement | None:
        """What was said of the row of a task, where it is all that came of it."""
        row = self.sent[0].rows.get(code) if len(self.sent) == 1 else None
        return row.judged if row is not None else None


def entry_of(duty: Duty, task: Task, came: Came | None, resolved: Resolved | None) -> Entry:
    """The entry of one task × unit."""
    if came is None or resolved is None or not came.has_row(duty.task):
        return Entry(task=duty.task, unit=duty.unit, role=duty.role, number=task.number)
    cells = resolved.cells
    there = {name: cell for name, column in _COLUMNS if (cell := cells.get((duty.task, column))) is not None}
    return _answered(duty, task, there, undecided=duty.task in resolved.undecided)


def entry_of_row(unit: str, task: Task, path: str, row: Row) -> Entry:
    """The entry that a row comes to when its form is the only one of the unit; whatever the unit's role is."""
    answers = dict(row.answers)
    there = {name: Taken(path, answers[column]) for name, column in _COLUMNS if column in answers}
    return _answered(Duty(row.code, unit, Role.RESPONSIBLE), task, there)


def _answered(duty: Duty, task: Task, there: Mapping[str, Taken], *, undecided: bool = False) -> Entry:
    texts = {name: cell.answer.text for name, cell in there.items()}
    status, done_on = there.get("status"), there.get("done_on")
    said = undecided or not all(map(says_nothing, texts.values()))
    return Entry(
        task=duty.task,
        unit=duty.unit,
        role=duty.role,
        state=State.REPORTED if said else State.BLANK,
        number=task.number,
        status=status.answer.word if status else None,
        status_text=texts.get("status", ""),
        progress=texts.get("progress", ""),
        evidence=texts.get("evidence", ""),
        done_on=done_on.answer.day if done_on else None,
        done_on_text=texts.get("done_on", ""),
        remark=texts.get("remark", ""),
        sources=tuple((name, Place(cell.path, cell.answer.sheet, cell.answer.cell)) for name, cell in there.items()),
    )


def unit_report(unit: str, entries: Sequence[Entry], came: Came | None) -> UnitReport:
    """How far a unit has reported, by its entries."""
    reported = sum(1 for entry in entries if entry.state is State.REPORTED)
    if reported == len(entries):
        state = UnitState.COMPLETE
    elif reported:
        state = UnitState.PARTIAL
    else:
        state = UnitState.REJECTED if came and came.refused and not came.sent else UnitState.MISSING
    people = _people(came.sent) if came else {}
    return UnitReport(
        unit=unit,
        state=state,
        files=came.files if came else (),
        reporter=people.get(Label.REPORTER.value, ""),
        phone=people.get(Label.PHONE.value, ""),
        reviewer=people.get(Label.REVIEWER.value, ""),
        filled_on=people.get(Label.FILLED_ON.value, ""),
    )


def _people(sent: Iterable[Sent]) -> dict[str, str]:
    """The people of the form saved last; what it does not tell is taken from the others."""
    people: dict[str, str] = {}
    for item in sorted(sent, key=lambda item: item.modified.timestamp() if item.modified else 0.0):
        people.update({name: text for name, text in item.form.people if text})
    return people


def missing_findings(
    report: UnitReport, entries: Sequence[Entry], came: Came | None, tasks: Mapping[str, Task], *, overdue: bool
) -> list[Finding]:
    """What a unit has not reported: an error after the due date, a warning before it."""
    severity = Severity.ERROR if overdue else Severity.WARNING
    open_entries = [entry for entry in entries if entry.state is not State.REPORTED]
    if not open_entries:
        return []
    words: dict[str, object] = {"unit": report.unit, "count": len(open_entries), "severity": severity}
    kind: Kind
    if report.state is UnitState.PARTIAL:
        kind, words["text"] = found.PARTLY_REPORTED, named_tasks([tasks[entry.task] for entry in open_entries])
    elif came is not None and came.sent:
        kind, words["path"] = found.BLANK_FORM, came.sent[0].path
    elif report.state is UnitState.REJECTED:
        kind = found.UNREPORTED_REJECTED
    else:
        kind = found.UNREPORTED
    findings = [kind.at(**words)]  # type: ignore[arg-type]
    return [*findings, *(evidence_alone(report.unit, came) if kind is found.UNREPORTED else ())]


def evidence_alone(unit: str, came: Came | None) -> list[Finding]:
    """That nothing but evidence came from a unit."""
    if came is None or not came.evidence:
        return []
    return [found.EVIDENCE_ONLY.at(unit=unit, text="、".join(came.evidence[:_LISTED]))]


def named_tasks(tasks: Sequence[Task]) -> str:
    """The first tasks by number and label, and how many more there are."""
    names = [f"{task.number or ''}“{task.label}”（{task.code}）" for task in tasks[:_LISTED]]
    return "、".join(names) + (f" 等 {len(tasks)} 项" if len(tasks) > _LISTED else "")
