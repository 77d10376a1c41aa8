"""Entries of a survey: one row a unit, or many, put together from everything the unit sent.

Where units write many rows, nothing but its content tells which row of one form is which of another.  The form saved
last counts; rows of the others that say the same are the same row, rows of which most cells agree are the same row
mended, cell by cell.  A row that only an earlier form has was taken out when the later form repeats others of it;
forms that share no row are parts of one answer.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from toolkit.findings import survey as found
from toolkit.intake.agreement import agree, says_nothing
from toolkit.intake.answers import short
from toolkit.intake.columns import AnyColumn, Column, FieldColumn
from toolkit.intake.entries import Came, evidence_alone
from toolkit.intake.reading import Answer, Row, row_key, task_of
from toolkit.intake.resolve import Resolved, Sent, Taken, resolve
from toolkit.model import (
    Duty,
    Entry,
    Extra,
    Finding,
    Place,
    Severity,
    State,
    Task,
    UnitReport,
    UnitState,
)
from toolkit.survey import Filled

_ALIKE = 0.5
"""Share of the cells of two rows that must agree for one to be the other mended."""


def survey_entry(duty: Duty, task: Task, came: Came | None, resolved: Resolved | None) -> Entry:
    """The entry of one unit."""
    entry = Entry(task=duty.task, unit=duty.unit, role=duty.role, number=task.number)
    if came is None or resolved is None or not came.has_row(duty.task):
        return entry
    by_row: dict[str, dict[AnyColumn, Taken]] = {}
    for (key, column), taken in resolved.cells.items():
        if task_of(key) == duty.task:
            by_row.setdefault(key, {})[column] = taken
    rows = [by_row[key] for key in sorted(by_row, key=_place)]
    texts = [taken.answer.text for row in rows for taken in row.values()]
    disputed = any(task_of(key) == duty.task for key in resolved.undecided)
    pictures = [row[Column.EVIDENCE] for row in rows if Column.EVIDENCE in row]
    filled = (tuple(_filled(column, row[column]) for column in row if isinstance(column, FieldColumn)) for row in rows)
    return replace(
        entry,
        state=State.REPORTED if disputed or not all(map(says_nothing, texts)) else State.BLANK,
        evidence="\n".join(taken.answer.text for taken in pictures),
        sources=tuple(("evidence", Place(t.path, t.answer.sheet, t.answer.cell)) for t in pictures),
        rows=tuple(row for row in filled if row),
    )


def missing_survey(
    report: UnitReport, entries: Sequence[Entry], came: Came | None, _tasks: Mapping[str, Task], *, overdue: bool
) -> list[Finding]:
    """What a unit has not sent: an error after the due date, a warning before it."""
    severity = Severity.ERROR if overdue else Severity.WARNING
    if all(entry.state is State.REPORTED for entry in entries):
        return []
    if came is not None and came.sent:
        return [found.BLANK_FORM.at(unit=report.unit, path=came.sent[0].path, severity=severity)]
    if report.state is UnitState.REJECTED:
        return [found.UNREPORTED_REJECTED.at(unit=report.unit, severity=severity)]
    return [found.UNREPORTED.at(unit=report.unit, severity=severity), *evidence_alone(report.unit, came)]


def _place(key: str) -> int:
    return int(key[len(task_of(key)) + 1 :] or 0)


def _filled(column: FieldColumn, taken: Taken) -> Filled:
    answer = taken.answer
    return Filled(column.label, answer.text, answer.word, taken.path, answer.sheet, answer.cell)


def resolve_rows(unit: str, sent: Sequence[Sent]) -> Resolved:
    """One answer a cell from all forms of a unit, where it may write many rows."""
    aligned = _Aligned(unit)
    for place in sorted(range(len(sent)), key=lambda place: _age(sent[place], place), reverse=True):
        aligned.take(place, sent[place])
    result = resolve(unit, [aligned.forms[place] for place in range(len(sent))])
    result.findings = [replace(f, task=task_of(f.task) if f.task else None) for f in result.findings]
    result.findings += aligned.findings
    result.extras += aligned.extras
    result.reported += aligned.reported
    return result


def _age(sent: Sent, place: int) -> tuple[float, int, int]:
    return (sent.modified.timestamp() if sent.modified else float("-inf"), sent.generation, -place)


@dataclass
class _Aligned:
    """The forms of a unit, latest first, each row under the key of the row it is."""

    unit: str
    forms: dict[int, Sent] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    extras: list[Extra] = field(default_factory=list)
    reported: int = 0
    _known: list[Row] = field(default_factory=list)
    """The rows met so far; the key of a row is its place among them."""
    _latest: list[Sent] = field(default_factory=list)

    def take(self, place: int, sent: Sent) -> None:
        """Find the rows of one more form among those of the later ones."""
        keys: dict[int, int] = {}
        for is_same in (_same, _alike):
            for index, row in enumerate(sent.form.rows):
                if index not in keys:
                    free = [known for known in range(len(self._known)) if known not in keys.values()]
                    match = next((known for known in free if is_same(self._known[known], row)), None)
                    if match is not None:
                        keys[index] = match
        if self._latest and sent.form.answers and not keys:
            self._tell_joined(sent)
        is_earlier = bool(keys) and all(_is_later(other, sent) for other in self._latest)
        rows = []
        for index, row in enumerate(sent.form.rows):
            if index not in keys and row.answers and is_earlier:
                self._leave_out(row, sent)
                continue
            if index not in keys:
                keys[index] = len(self._known)
                self._known.append(row)
            rows.append(row._replace(code=row_key(row.code, keys[index] + 1)))
        self._latest.append(sent)
        self.forms[place] = replace(sent, form=replace(sent.form, rows=tuple(rows)))

    def _tell_joined(self, sent: Sent) -> None:
        paths = dict.fromkeys([*(other.path for other in self._latest if other.form.answers), sent.path])
        if len(paths) > 1:
            text = "、".join(paths)
            self.findings.append(found.ROWS_JOINED.at(unit=self.unit, path=sent.path, count=len(paths), text=text))

    def _leave_out(self, row: Row, sent: Sent) -> None:
        """A row that the later form no longer has: shown, never dropped."""
        values = tuple(answer.text for _, answer in row.answers)
        later = self._latest[0].path
        told = found.ROW_TAKEN_OUT.at(
            unit=self.unit, task=row.code, path=sent.path, sheet=row.sheet, cell=row.cell, later=later,
            text=short("，".join(values)),
        )  # fmt: skip
        self.findings.append(told)
        self.extras.append(Extra(sent.path, row.sheet, row.cell, self.unit, (row.code, *values)))
        self.reported += len(row.answers)


def _is_later(one: Sent, other: Sent) -> bool:
    if one.modified == other.modified or one.modified is None or other.modified is None:
        return one.generation > other.generation
    return one.modified > other.modified


def _same(one: Row, other: Row) -> bool:
    first, second = dict(one.answers), dict(other.answers)
    return first.keys() == second.keys() and all(agree(column, first[column], second[column]) for column in first)


def _alike(one: Row, other: Row) -> bool:
    first, second = dict(one.answers), dict(other.answers)
    shared = sum(_agrees(column, first, second) for column in first.keys() & second.keys())
    return shared > _ALIKE * max(len(first), len(second))


def _agrees(column: AnyColumn, first: dict[AnyColumn, Answer], second: dict[AnyColumn, Answer]) -> bool:
    return agree(column, first[column], second[column])
