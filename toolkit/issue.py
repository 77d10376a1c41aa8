"""下发: from a plan to one form a unit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from toolkit import bookkeeping, keeping, settings
from toolkit.bookkeeping import Asking
from toolkit.desk import Desk
from toolkit.findings import CannotDo, worst_first
from toolkit.findings import ledger as ledger_found
from toolkit.findings import output as output_found
from toolkit.findings import plan as found
from toolkit.findings import roster as roster_found
from toolkit.issued import compared, expansion_lines, with_new_tasks
from toolkit.model import Duty, Finding, Json, Plan, Progress, Roster, Round, no_progress
from toolkit.outputs import safe_name
from toolkit.resources import template
from toolkit.roster import Expansion, Names, expand
from toolkit.rounds import texts_before
from toolkit.settings import Settings
from toolkit.workbooks import issue_book, plan_book, roster_book
from toolkit.workbooks.form_book import FORM_TEMPLATE, FormWriter
from toolkit.workbooks.issue_book import FormLine
from toolkit.workbooks.plan_reader import PlanReading
from toolkit.workbooks.survey.form import SURVEY_TEMPLATE, SurveyFormWriter

_UNITS_SHOWN = 40
"""Units whose burden is told one by one; the list of what was issued tells all."""
_SHOWN = 8
"""Names that a message lists before it says 等."""


@dataclass(frozen=True, slots=True)
class IssuedForm:
    """One form as issued; ``path`` is relative to the folder."""

    path: str
    unit: str
    tasks: tuple[str, ...]
    prefilled: int = 0
    """So many of the tasks show the unit's last answer (上期情况)."""
    minutes: int = 0
    """Minutes the unit is expected to need for it."""

    def to_json(self) -> Json:
        """The form as the issue JSON has it."""
        return {"path": self.path, "unit": self.unit, "tasks": list(self.tasks)}


@dataclass(frozen=True, slots=True)
class IssueResult:
    """What was issued."""

    round: Round
    folder: Path
    forms: tuple[IssuedForm, ...]
    findings: tuple[Finding, ...]
    coded_plan: Path | None = None
    """The copy of a plan that came without codes."""
    dropped: tuple[tuple[Duty, str], ...] = ()
    """Duties the round does not ask, each with the reason."""
    listed: Path | None = None
    """下发清单 beside the plan: what was issued to whom, and how groups were expanded."""
    survey: str = ""
    """Title of the survey, when one was issued."""

    @property
    def files(self) -> tuple[Path, ...]:
        """What was written."""
        copy = (self.coded_plan,) if self.coded_plan else ()
        return (*copy, *(self.folder / form.path for form in self.forms), *((self.listed,) if self.listed else ()))

    def to_json(self) -> Json:
        """The issue JSON of the contract."""
        return {
            "round": self.round.name,
            "due": self.round.due.isoformat() if self.round.due else None,
            "forms": [form.to_json() for form in self.forms],
            "burden": [
                {"unit": form.unit, "questions": len(form.tasks), "prefilled": form.prefilled, "minutes": form.minutes}
                for form in self.forms
            ],
            "dropped": [{"unit": duty.unit, "task": duty.task, "why": why} for duty, why in self.dropped],
            "findings": [finding.to_json() for finding in self.findings],
        }

    def sentences(self) -> list[str]:
        """What a person reads."""
        tasks = {code for form in self.forms for code in form.tasks}
        due = f"，报送截止日期 {self.round.due.isoformat()}" if self.round.due else ""
        what = f"收集表“{self.survey}”" if self.survey else f" {len(tasks)} 项任务"
        lines = [f"{self.round.name}：向 {len(self.forms)} 个单位下发{what}{due}。"]
        if self.survey and (known := sum(1 for form in self.forms if form.prefilled)):
            lines.append(f"其中 {known} 个单位的表已按上次所报填好，请单位核对、改正。")
        lines.append(f"填报表在 {self.folder}")
        lines += [
            f"　{form.unit}：{len(form.tasks)} 项"
            + (f"，其中 {form.prefilled} 项有上期情况" if form.prefilled else "")
            + f"，预计 {form.minutes} 分钟。"
            for form in ([] if self.survey else self.forms[:_UNITS_SHOWN])
        ]
        if len(self.forms) > _UNITS_SHOWN and not self.survey:
            lines.append(f"　……其余 {len(self.forms) - _UNITS_SHOWN} 个单位见下发清单。")
        if self.listed:
            lines.append(f"下发清单和分工展开在 {self.listed}")
        if self.coded_plan:
            lines.append(f"带编码的任务分工表在 {self.coded_plan}")
        return lines


def issue(
    plan: Path,
    out: Path | None = None,
    *,
    round: str | None = None,
    due: date | None = None,
    roster: Path | None = None,
    units: Sequence[str] = (),
    every: bool = False,
    concerned: bool = False,
    desk: Desk | None = None,
    progress: Progress = no_progress,
) -> IssueResult:
    """Write the form of every unit, or only of ``units``, into the folder ``out``.

    In a working folder (``desk``) ``out`` defaults to 下发/填报期 and ``round`` to the one after the last, to the last
    one with ``concerned``; forms show what the unit said last, tasks that are closed or, unless ``every``, not in
    their turn are not asked, and the ledger keeps what was issued.

    ``round`` is the name of the 填报期; without it the month of ``due``, else the year of the notice names it.
    ``roster`` defaults to 单位名录.xlsx beside the plan; a template 模板/填报表.xlsx beside it is used.  Forms that a
    person edited since are kept.  Raises :class:`CannotDo`, with nothing written, when the plan, the roster or
    the template cannot be used, a group has no members, or a unit of ``units`` is not known.

    Against the forms that lie in ``out`` already it is said who was added or dropped since.  With ``concerned`` only
    units get a form that have a task now which their form of this round lacks (after an amendment), besides ``units``.
    """
    reading = plan_book.load(plan)
    register, roster_findings = roster_book.examine_for(plan, roster)
    expansion = expand(reading.plan, register)
    _refuse_empty_groups(expansion)
    chosen = settings.load(plan)
    asked = _asked_units(units, register, expansion)
    desk = bookkeeping.desk_for(plan, reading.plan, desk, out, "-o DIR")
    findings = [*reading.findings, *roster_findings, *expansion.findings, *_open_reviews(reading.plan)]
    findings += _without_tasks(asked, register, expansion)
    with bookkeeping.opened(desk, chosen, progress) as books:
        known = books.last_round() if concerned else books.next_round()
        this_round = books.round(Round(round or known or _round_name(reading.plan, due), due))
        if not round:
            findings.append(found.ROUND_ASSUMED.at(round=this_round.name))
        folder = out or books.places.forms(this_round.name)
        asking = books.asking(reading.plan, expansion, this_round, chosen, every=every)
        findings += [*books.findings, *asking.findings]
        if concerned:
            asked = (*asked, *_concerned(folder, reading.plan, this_round, asking))
            if not asked:
                raise CannotDo(found.NOBODY_CONCERNED.at(round=this_round.name))
        writer = _writer(reading.plan, plan.parent, asking)
        forms = _render(writer, reading.plan, register, expansion, asking, asked, this_round, chosen, progress)
        if not forms:
            nothing = ledger_found.NOTHING_LEFT.at(count=len(asking.dropped)) if asking.dropped else None
            raise CannotDo(nothing or found.NOTHING_TO_ISSUE.at(), *findings)
        copy = _write_coded_copy(reading, plan, findings)
        expansion = replace(expansion, duties=asking.duties)
        comparison = compared(folder, reading.plan, this_round, expansion, asked)
        findings += comparison.findings({group.name: group.basis for group in register.groups})
        issued = _put_forms(forms, folder, findings)
        lines = expansion_lines(reading.plan, expansion, comparison)
        name = safe_name(f"{issue_book.LIST_NAME}_{this_round.name}") + ".xlsx"
        target = (folder.parent if desk else plan.parent) / name
        form_lines = _form_lines(issued, register)
        if asked:
            form_lines = _with_others(form_lines, target, _places(register, expansion))
        listed = keeping.put(target, issue_book.render(reading.plan, this_round, form_lines, lines))
        paths = {form.unit: folder / form.path for form in issued}
        books.issued(reading.plan, register, this_round, asking, paths, asked)
    return IssueResult(
        this_round,
        folder,
        tuple(issued),
        tuple(worst_first(findings)),
        copy,
        asking.dropped,
        listed.path,
        reading.plan.title if reading.plan.survey else "",
    )


def _writer(plan: Plan, folder: Path, asking: Asking) -> FormWriter | SurveyFormWriter:
    """What writes the forms of a plan, in the look of the office's own template in ``folder`` or of ours."""
    if plan.survey is not None:
        last = {unit: item.entry.rows for (_, unit), item in asking.last.items()}
        return SurveyFormWriter(plan.survey, template(SURVEY_TEMPLATE, folder), last)
    return FormWriter(template(FORM_TEMPLATE, folder))


def _put_forms(forms: Sequence[tuple[IssuedForm, bytes]], folder: Path, findings: list[Finding]) -> list[IssuedForm]:
    """Write the forms; one that somebody edited is kept, and the new one gets a name of its own."""
    issued = []
    for form, data in forms:
        placed = keeping.put(folder / form.path, data)
        if placed.kept:
            findings.append(output_found.EDITED_KEPT.at(name=placed.kept.name, new=placed.path.name, unit=form.unit))
        issued.append(replace(form, path=placed.path.name))
    return issued


def _refuse_empty_groups(expansion: Expansion) -> None:
    """A form cannot be addressed to a group that nobody belongs to."""
    if expansion.empty_groups:
        counts = {name: sum(duty.unit == name for duty in expansion.duties) for name in expansion.empty_groups}
        raise CannotDo(*(found.GROUP_WITHOUT_MEMBERS.at(group=name, count=n) for name, n in counts.items()))


def _asked_units(units: Sequence[str], register: Roster, expansion: Expansion) -> tuple[str, ...]:
    """The register's names of the units asked for, all units when none is."""
    names = Names(register)
    asked: dict[str, None] = {}
    refused = []
    for text in units:
        match = names.find(text)
        if match.kind == "unit" and match.name:
            asked[match.name] = None
        elif text in expansion.units:
            asked[text] = None
        else:
            nearest = f"，最接近的是“{match.suggestion}”" if match.suggestion else ""
            refused.append(found.UNKNOWN_UNIT_ASKED.at(name=text, nearest=nearest))
    if refused:
        raise CannotDo(*refused)
    return tuple(asked)


def _concerned(folder: Path, plan: Plan, this_round: Round, asking: Asking) -> tuple[str, ...]:
    """The units with tasks that their forms of this round lack."""
    units = with_new_tasks(folder, plan, this_round, asking.duties)
    if units is None:
        raise CannotDo(found.NOT_ISSUED_BEFORE.at(round=this_round.name))
    return units


def _open_reviews(plan: Plan) -> list[Finding]:
    labels = [f"“{task.label}”" for task in plan.tasks if task.open_review]
    return [found.OPEN_REVIEWS.at(count=len(labels), labels=_some(labels))] if labels else []


def _without_tasks(asked: Sequence[str], register: Roster, expansion: Expansion) -> list[Finding]:
    """Units that get no form because no task reaches them."""
    if asked:
        return [found.UNIT_WITHOUT_TASKS.at(unit=unit) for unit in asked if unit not in expansion.units]
    idle = [unit.name for unit in register.units if unit.name not in expansion.units]
    return [found.UNITS_WITHOUT_TASKS.at(count=len(idle), units=_some(idle))] if idle else []


def _some(names: Sequence[str]) -> str:
    return "、".join(names[:_SHOWN]) + ("等" if len(names) > _SHOWN else "")


def _round_name(plan: Plan, due: date | None) -> str:
    if due:
        return f"{due.year}年{due.month}月"
    return f"{plan.issued_on.year}年第1期" if plan.issued_on else "第1期"


def _render(
    writer: FormWriter | SurveyFormWriter,
    plan: Plan,
    register: Roster,
    expansion: Expansion,
    asking: Asking,
    asked: Sequence[str],
    this_round: Round,
    chosen: Settings,
    progress: Progress,
) -> list[tuple[IssuedForm, bytes]]:
    """Every form as bytes, so that nothing is written before all of them are made."""
    duties: dict[str, list[Duty]] = {}
    for duty in asking.duties:
        duties.setdefault(duty.unit, []).append(duty)
    before = texts_before(asking.last)
    places = _places(register, expansion)
    unsettled = {f.task for f in expansion.findings if f.code == roster_found.SCOPE_UNKNOWN.code and f.task}
    units = [unit for unit in expansion.units if unit in duties and (not asked or unit in asked)]
    forms = []
    for done, unit in enumerate(units):
        progress(done, len(units), unit)
        name = safe_name(f"{places[unit]:03d}_{unit}_{this_round.name}") + ".xlsx"
        tasks = tuple(duty.task for duty in duties[unit])
        previous = {task: before[task, unit] for task in tasks if (task, unit) in before}
        data = writer.render(plan, unit, this_round, duties[unit], previous, unsettled=unsettled)
        fresh = len(tasks) - len(previous)
        minutes = round(fresh * chosen.question_minutes + len(previous) * chosen.prefilled_minutes)
        forms.append((IssuedForm(name, unit, tasks, len(previous), minutes), data))
    progress(len(units), len(units), "")
    return forms


def _form_lines(issued: Sequence[IssuedForm], register: Roster) -> list[FormLine]:
    units = {unit.name: unit for unit in register.units}
    return [
        FormLine(
            form.unit,
            form.path,
            form.tasks,
            known.contact if (known := units.get(form.unit)) else "",
            known.phone if known else "",
            form.prefilled,
            form.minutes,
        )
        for form in issued
    ]


def _with_others(lines: Sequence[FormLine], listed: Path, places: Mapping[str, int]) -> list[FormLine]:
    """The lines with those of the list as it lies there for the units that got no form this time, in unit order."""
    issued = {line.unit for line in lines}
    others = [line for line in issue_book.read_forms(listed) if line.unit not in issued]
    return sorted([*lines, *others], key=lambda line: places.get(line.unit, len(places) + 1))


def _places(register: Roster, expansion: Expansion) -> dict[str, int]:
    """The number in front of each file name: the unit's place in the register, others behind it."""
    places = {unit.name: unit.order for unit in register.units}
    for unit in expansion.units:
        places.setdefault(unit, max(places.values(), default=0) + 1)
    return places


def _write_coded_copy(reading: PlanReading, plan: Path, findings: list[Finding]) -> Path | None:
    """A plan without codes is never written to: its codes go into a copy beside it."""
    if not reading.uncoded:
        return None
    look = template(plan_book.PLAN_TEMPLATE, plan.parent)
    copy = keeping.put(
        plan.with_name(f"{plan.stem}（已编码）.xlsx"), plan_book.render(reading.plan, template=look)
    ).path
    findings.append(found.CODES_GIVEN.at(path=plan.name, count=reading.uncoded, copy=copy.name))
    return copy
