"""All readings of a round → the collection: entries, unit reports, files and findings.

Here stands what needs the other files: which round is collected, which forms may be merged, what is missing.
Nothing is read or written; the verb gives everything in.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from operator import itemgetter

from toolkit.findings import intake as found
from toolkit.findings import ledger as ledger_found
from toolkit.findings import with_severity, worst_first
from toolkit.findings.grouping import grouped
from toolkit.intake.answers import short
from toolkit.intake.entries import Came, entry_of, missing_findings, unit_report
from toolkit.intake.labels import same_round
from toolkit.intake.reading import Form, Reading, Row
from toolkit.intake.reference import Reference
from toolkit.intake.resolve import Resolved, Sent, resolve
from toolkit.intake.survey_entries import missing_survey, resolve_rows, survey_entry
from toolkit.intake.whose import unit_of_file
from toolkit.model import (
    Collection,
    Duty,
    Entry,
    Extra,
    FileRecord,
    Finding,
    Judgement,
    Outcome,
    Plan,
    Roster,
    Round,
    Severity,
    State,
    Task,
    UnitReport,
)
from toolkit.vocabulary import is_unchanged


@dataclass(frozen=True, slots=True)
class Returned:
    """One file that was met: read as a form (``reading``), or known without reading (``outcome``)."""

    path: str
    sha256: str
    size: int = 0
    reading: Reading | None = None
    outcome: Outcome | None = None
    findings: tuple[Finding, ...] = ()

    @property
    def modified(self) -> datetime | None:
        """The saved time the file itself states."""
        return self.reading.modified if self.reading else None


EntryMaker = Callable[[Duty, Task, Came | None, Resolved | None], Entry]
Settle = Callable[[Entry], tuple[Entry | None, Sequence[Finding]]]
"""The entry as it shall stand, ``None`` when this round does not ask it, and what is to be said of it."""


def as_it_came(entry: Entry) -> tuple[Entry, Sequence[Finding]]:
    """Where nothing else is known, an entry stands as it came."""
    return entry, ()


@dataclass(frozen=True)
class Frame:
    """What is collected: the plan and who owes what, the round, the day to judge by."""

    plan: Plan
    roster: Roster
    duties: Sequence[Duty]
    units: Sequence[str]
    """In the fixed unit order."""
    round: Round
    as_of: date
    reference: Reference
    findings: tuple[Finding, ...] = ()
    """What the plan and the roster themselves gave to say."""
    severities: Mapping[str, Severity] = field(default_factory=dict)
    """Code of a finding → the severity the office gave it."""
    settle: Settle = as_it_came
    """What an entry comes to when earlier rounds and the office's own corrections are known."""


def collect(frame: Frame, returned: Sequence[Returned]) -> Collection:
    """The collection of a round.

    Raises ``AssertionError`` when an answer that was read stands neither in an entry nor among what is reported:
    that would be a fault of this program (issue 4, *nothing lost*).
    """
    return _Collector(frame, returned).run()


class _Collector:
    def __init__(self, frame: Frame, returned: Sequence[Returned]) -> None:
        self._frame = frame
        self._returned = returned
        self._tasks: dict[str, Task] = {task.code: task for task in frame.plan.tasks}
        self._units: dict[str, Came] = defaultdict(Came)
        self._outcomes: dict[str, Outcome] = {}
        self._file_units: dict[str, list[str]] = defaultdict(list)
        self._file_findings: dict[str, list[Finding]] = defaultdict(list)
        self._findings: list[Finding] = list(frame.findings)
        self._extras: list[Extra] = []
        self._reported = 0
        self._judged: dict[tuple[str, str], Judgement] = {}

    def run(self) -> Collection:
        for item in self._returned:
            self._take(item)
        survey = self._frame.plan.survey
        one_answer = resolve_rows if survey and survey.many else resolve
        resolved = {unit: one_answer(unit, came.sent) for unit, came in self._units.items() if came.sent}
        for result in resolved.values():
            self._settle(result)
        duties = self._all_duties()
        came = self._entries(duties, resolved, survey_entry if survey else entry_of)
        self._assert_nothing_lost(came)
        entries = self._settled(came, resolved)
        asked = {(entry.task, entry.unit) for entry in entries}
        reports = self._reports(entries)
        files = self._file_records()
        told = [finding for record in files for finding in record.findings]
        return Collection(
            plan=self._frame.plan,
            roster=self._frame.roster,
            round=self._frame.round,
            as_of=self._frame.as_of,
            files=files,
            entries=entries,
            extras=tuple(self._extras),
            units=reports,
            findings=tuple(worst_first([*told, *self._weighed(self._findings)])),
            duties=tuple(duty for duty in duties if (duty.task, duty.unit) in asked),
            judged=self._judged,
        )

    # --- files ----------------------------------------------------------------------------

    def _take(self, item: Returned) -> None:
        self._file_findings[item.path].extend(item.findings)
        if item.reading is None:
            outcome = item.outcome or Outcome.REJECTED
            self._outcomes[item.path] = outcome
            if outcome is Outcome.EVIDENCE:
                self._take_evidence(item.path)
            elif outcome is Outcome.REJECTED:
                self._blame_by_name(item.path)
            return
        reading = item.reading
        self._outcomes[item.path] = Outcome.REJECTED
        self._file_findings[item.path].extend(reading.findings)
        self._extras.extend(reading.extras)
        judged = [(form, form.refusal or self._wrong_round(form, item.path)) for form in reading.forms]
        accepted = {form.unit for form, refusal in judged if refusal is None}
        for form, refusal in judged:
            if refusal is None:
                self._accept(form, item)
            elif refusal.code == found.OTHER_ROUND.code and form.unit in accepted:
                self._refuse(form, with_severity(refusal, Severity.NOTE), item.path)
            else:
                self._refuse(form, refusal, item.path)
        self._tell_absent_rows([form for form, refusal in judged if refusal is None], item.path)
        if not reading.forms:
            self._blame_by_name(item.path)

    def _accept(self, form: Form, item: Returned) -> None:
        assert form.unit is not None
        self._units[form.unit].sent.append(Sent(item.path, form, item.modified))
        self._name_unit(item.path, form.unit)
        stamp, plan = form.stamp, self._frame.plan
        if stamp is not None and stamp.revision != plan.revision:
            kind = found.OLDER_REVISION if stamp.revision < plan.revision else found.NEWER_REVISION
            told = kind.at(unit=form.unit, path=item.path, revision=stamp.revision, current=plan.revision)
            if told not in self._file_findings[item.path]:
                self._file_findings[item.path].append(told)

    def _tell_absent_rows(self, forms: Sequence[Form], path: str) -> None:
        """Tasks that the forms of a file were issued with and whose rows are gone; a form may be in several tables."""
        stamps = {form.unit: form.stamp for form in forms if form.stamp is not None}
        there = {(form.unit, row.code) for form in forms for row in form.rows}
        for unit, stamp in stamps.items():
            for code in stamp.tasks:
                if code in self._tasks and (unit, code) not in there:
                    label = self._tasks[code].label
                    self._file_findings[path].append(found.ROW_ABSENT.at(unit=unit, task=code, path=path, label=label))

    def _wrong_round(self, form: Form, path: str) -> Finding | None:
        name = form.round
        if not name or same_round(name, self._frame.round.name):
            return None
        return found.OTHER_ROUND.at(
            unit=form.unit,
            path=path,
            sheet=form.sheet or None,
            round=name,
            wanted=self._frame.round.name,
            count=sum(1 for row in form.rows if row.answers),
        )

    def _refuse(self, form: Form, refusal: Finding, path: str) -> None:
        """Show the answers of a form that is not merged: as extras, and of another round as suggestions."""
        self._file_findings[path].append(refusal)
        claimed = dict.fromkeys((*form.claimed, *((form.unit,) if form.unit else ())))
        for unit in claimed:
            self._units[unit].refused.append(path)
            self._name_unit(path, unit)
        if not claimed:
            self._blame_by_name(path)
        for row in form.rows:
            if not row.answers:
                continue
            values = tuple(answer.text for _, answer in row.answers)
            self._extras.append(Extra(path, row.sheet, row.cell, form.unit, (row.code, *values)))
            self._reported += len(row.answers)
            if refusal.code == found.OTHER_ROUND.code:
                self._suggest(form, row, path)

    def _suggest(self, form: Form, row: Row, path: str) -> None:
        text = "；".join(f"{column.label}：{short(answer.text)}" for column, answer in row.answers)
        suggestion = found.SUGGESTION.at(
            unit=form.unit, task=row.code, path=path, sheet=row.sheet, cell=row.cell, round=form.round, text=text
        )
        self._file_findings[path].append(suggestion)

    def _take_evidence(self, path: str) -> None:
        named = unit_of_file(path, self._frame.reference)
        if named is None:
            self._file_findings[path].append(found.EVIDENCE_UNKNOWN.at(path=path))
            return
        unit = named[0]
        self._units[unit].evidence.append(path)
        self._name_unit(path, unit)
        self._file_findings[path].append(found.EVIDENCE.at(unit=unit, path=path))

    def _blame_by_name(self, path: str) -> None:
        """Tie a file that could not be taken to the unit its name tells, so that the unit is told."""
        named = unit_of_file(path, self._frame.reference)
        if named is not None:
            self._units[named[0]].refused.append(path)
            self._name_unit(path, named[0])

    def _name_unit(self, path: str, unit: str) -> None:
        if unit not in self._file_units[path]:
            self._file_units[path].append(unit)

    def _settle(self, result: Resolved) -> None:
        for path, outcome in result.outcomes.items():
            if self._outcomes[path] is not Outcome.MERGED:
                self._outcomes[path] = outcome
        for finding in result.findings:
            self._file_findings[finding.path or ""].append(finding)
        self._extras.extend(result.extras)
        self._reported += result.reported

    def _file_records(self) -> tuple[FileRecord, ...]:
        return tuple(
            FileRecord(
                path=item.path,
                sha256=item.sha256,
                outcome=self._outcomes[item.path],
                units=tuple(self._file_units[item.path]),
                findings=tuple(worst_first(self._weighed(grouped(self._file_findings[item.path])))),
                modified=item.modified,
                size=item.size,
            )
            for item in self._returned
        )

    def _weighed(self, findings: Iterable[Finding]) -> list[Finding]:
        given = self._frame.severities
        return [
            with_severity(finding, given[finding.code]) if finding.code in given else finding for finding in findings
        ]

    # --- entries ----------------------------------------------------------------------------

    def _all_duties(self) -> tuple[Duty, ...]:
        """The duties of the plan, and those frozen in the forms that the roster has lost since."""
        duties = list(self._frame.duties)
        known = {(duty.task, duty.unit) for duty in duties}
        for unit, came in self._units.items():
            for sent in came.sent:
                answered = {row.code for row in sent.form.rows}
                for stamped in sent.form.stamp.duties if sent.form.stamp else ():
                    if (stamped.task, unit) in known or stamped.task not in answered:
                        continue
                    known.add((stamped.task, unit))
                    duties.append(Duty(stamped.task, unit, stamped.role, stamped.via, stamped.due))
                    label = self._tasks[stamped.task].label
                    note = found.ASKED_BEFORE.at(unit=unit, task=stamped.task, path=sent.path, label=label)
                    self._file_findings[sent.path].append(note)
        places = {code: place for place, code in enumerate(self._tasks)}
        order = {unit: place for place, unit in enumerate(self._frame.units)}
        return tuple(sorted(duties, key=lambda duty: (places[duty.task], order.get(duty.unit, len(order)))))

    def _entries(self, duties: Sequence[Duty], resolved: Mapping[str, Resolved], entry: EntryMaker) -> list[Entry]:
        """The entries in the order of the duties; made unit by unit, as what a unit sent lies together in memory."""
        of_unit: dict[str, list[tuple[int, Duty]]] = defaultdict(list)
        for place, duty in enumerate(duties):
            of_unit[duty.unit].append((place, duty))
        made = [
            (place, entry(duty, self._tasks[duty.task], self._units.get(unit), resolved.get(unit)))
            for unit, owed in of_unit.items()
            for place, duty in owed
        ]
        return [entry for _, entry in sorted(made, key=itemgetter(0))]

    def _settled(self, came: Sequence[Entry], resolved: Mapping[str, Resolved]) -> tuple[Entry, ...]:
        """The entries as they shall stand; those this round does not ask are left out."""
        entries = []
        for entry in came:
            settled, told = self._frame.settle(entry)
            self._findings.extend(told)
            if settled is not None:
                if (settled is entry or settled == entry) and (judged := self._judged_already(entry)) is not None:
                    self._judged[entry.task, entry.unit] = judged
                self._tell_blank_status(settled, resolved.get(entry.unit))
                self._tell_unchanged(settled)
                entries.append(settled)
        return tuple(entries)

    def _judged_already(self, entry: Entry) -> Judgement | None:
        """What was said of an entry as it was read; nothing of one that several forms tell."""
        came = self._units.get(entry.unit)
        return came.judged(entry.task) if came else None

    def _reports(self, entries: Sequence[Entry]) -> tuple[UnitReport, ...]:
        """A report of every unit that owes a task or sent something."""
        due = self._frame.round.due
        overdue = due is not None and self._frame.as_of > due
        by_unit: dict[str, list[Entry]] = {unit: [] for unit in self._frame.units}
        for entry in entries:
            by_unit.setdefault(entry.unit, []).append(entry)
        missing = missing_survey if self._frame.plan.survey else missing_findings
        reports = []
        for unit, own in by_unit.items():
            came = self._units.get(unit)
            if not own and came is None:
                continue
            report = unit_report(unit, own, came)
            reports.append(report)
            self._findings.extend(missing(report, own, came, self._tasks, overdue=overdue))
        return tuple(reports)

    def _tell_blank_status(self, entry: Entry, resolved: Resolved | None) -> None:
        """An entry that says something but not how far it is: the status may have been lost on the way."""
        asks_status = self._frame.plan.survey is None
        if not asks_status or resolved is None or entry.state is not State.REPORTED or not entry.sources:
            return
        if entry.status_text or entry.status:
            return
        if entry.task not in resolved.undecided:
            place = entry.sources[0][1]
            told = found.STATUS_BLANK.at(
                unit=entry.unit, task=entry.task, path=place.path, sheet=place.sheet, cell=place.cell
            )
            self._file_findings[place.path].append(told)

    def _tell_unchanged(self, entry: Entry) -> None:
        """本期无变化 where no earlier answer is known."""
        place = entry.source("status")
        if place is not None and entry.status is None and is_unchanged(entry.status_text):
            told = ledger_found.UNCHANGED_UNKNOWN.at(
                unit=entry.unit,
                task=entry.task,
                path=place.path,
                sheet=place.sheet,
                cell=place.cell,
                text=short(entry.status_text),
            )
            self._file_findings[place.path].append(told)

    def _assert_nothing_lost(self, entries: Sequence[Entry]) -> None:
        """Answers read = answers in entries + answers reported."""
        readings = [item.reading for item in self._returned if item.reading]
        read = sum(form.answers for reading in readings for form in reading.forms)
        merged = sum(entry.answers for entry in entries)
        if read != merged + self._reported:
            raise AssertionError(f"answers went astray: {read} read, {merged} merged, {self._reported} reported")
