"""收集表: a table of the office's own, from a sheet of fields to a plan that every other verb takes.

Issuing, checking, merging and chasing it is done by the verbs that do it for a plan of tasks.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from toolkit import bookkeeping, containers, keeping
from toolkit.desk import PLAN_NAME, ROSTER_NAME, SURVEY_NAME, Desk
from toolkit.findings import CannotDo, worst_first
from toolkit.findings import command as command_found
from toolkit.findings import output as output_found
from toolkit.findings import plan as plan_found
from toolkit.findings import survey as found
from toolkit.model import Assignment, Finding, Json, Plan, Progress, Role, Task, no_progress
from toolkit.outputs import safe_name
from toolkit.resources import templates_dir
from toolkit.roster import expand
from toolkit.settings import DEFAULT
from toolkit.survey import EVERY_UNIT, Survey
from toolkit.workbooks import roster_book
from toolkit.workbooks.plan_reader import PlanReading
from toolkit.workbooks.survey import fields_book
from toolkit.workbooks.survey.fields_reader import read_fields

BUNDLED = "收集表"
"""Folder of the templates that holds the bundled sheets of fields."""


@dataclass(frozen=True, slots=True)
class FieldsResult:
    """A sheet of fields, to be filled in."""

    path: Path
    template: str = ""
    findings: tuple[Finding, ...] = ()

    @property
    def files(self) -> tuple[Path, ...]:
        """The sheet."""
        return (self.path,)

    def to_json(self) -> Json:
        """Where the sheet lies."""
        return {"path": str(self.path), "template": self.template}

    def sentences(self) -> list[str]:
        """What a person reads."""
        start = f"按自带的“{self.template}”写好了字段表" if self.template else "写好了空的字段表"
        return [
            f"{start}：{self.path}",
            f"请打开填好（一行一个要单位填的栏目），再用：fengong form new {self.path.name} -o 收集表.xlsx",
        ]


@dataclass(frozen=True, slots=True)
class FormResult:
    """A survey that was made."""

    path: Path
    plan: Plan
    units: tuple[str, ...]
    """Who is to fill it in; empty where no register is known yet."""
    findings: tuple[Finding, ...] = ()
    roster: Path | None = None
    """The copy of the register beside it, when one was made."""
    at_desk: bool = False
    """Whether it is the survey of a working folder, where commands need no file names."""

    @property
    def files(self) -> tuple[Path, ...]:
        """What was written."""
        return (self.path, *((self.roster,) if self.roster else ()))

    def to_json(self) -> Json:
        """The survey: where it lies, its code, its fields, and who fills it in."""
        survey = self.plan.survey or Survey(())
        return {
            "path": str(self.path),
            "title": self.plan.title,
            "code": self.plan.tasks[0].code,
            "many": survey.many,
            "fields": [
                {"name": field.name, "type": field.type.value, "required": field.required} for field in survey.fields
            ],
            "units": list(self.units),
            "findings": [finding.to_json() for finding in self.findings],
        }

    def sentences(self) -> list[str]:
        """What a person reads."""
        survey = self.plan.survey or Survey(())
        rows = "每单位可填多行" if survey.many else "每单位填一行"
        who = f"由 {len(self.units)} 个单位填报" if self.units else "旁边还没有单位名录"
        lines = [f"收集表“{self.plan.title}”：{len(survey.fields)} 个字段，{rows}，{who}。", f"收集表在 {self.path}"]
        if self.roster:
            lines.append(f"单位名录拷贝在 {self.roster}")
        names = "" if self.at_desk else f" {self.path.name} -o 下发"
        return [*lines, f"下一步，生成发给各单位的表：fengong issue{names} --due 截止日期"]


def bundled() -> dict[str, Path]:
    """The sheets of fields that come with the program, by name."""
    return {path.stem: path for path in sorted((templates_dir() / BUNDLED).glob("*.xlsx"))}


def fields(out: Path, *, template: str | None = None, progress: Progress = no_progress) -> FieldsResult:
    """Write a sheet of fields to fill in to ``out``: a blank one, or a bundled one by the name ``template``.

    Raises :class:`CannotDo` when there is none of that name.
    """
    plan = _bundled_plan(template) if template else _blank()
    placed = keeping.put(out, fields_book.render(plan, identified=False))
    kept = [output_found.EDITED_KEPT.at(name=placed.kept.name, new=placed.path.name)] if placed.kept else []
    return FieldsResult(placed.path, template or "", tuple(kept))


def new(
    out: Path | None = None,
    *,
    fields: Path | None = None,
    template: str | None = None,
    roster: Path | None = None,
    units: Sequence[str] = (),
    desk: Desk | None = None,
    progress: Progress = no_progress,
) -> FormResult:
    """Make a survey of the sheet ``fields``, or of the bundled one named ``template``, and write it to ``out``.

    ``out`` is the workbook, or a folder for it; in a working folder (``desk``) that keeps nothing else yet it is
    收集表.xlsx there.  ``units`` are the units or groups that fill it in, instead of those
    the sheet names.  The register — ``roster``, else 单位名录.xlsx beside the sheet — is copied beside the survey
    unless one lies there.  Raises :class:`CannotDo`, with nothing written, when the sheet cannot be used.
    """
    out = out or _place_at(desk)
    reading = _reading(fields, template)
    plan = reading.plan
    if units:
        named = tuple(Assignment(Role.RESPONSIBLE, name) for name in dict.fromkeys(units))
        plan = replace(plan, tasks=(replace(plan.tasks[0], assignments=named),))
    target = out if out.suffix.lower() == ".xlsx" else out / f"{safe_name(plan.title)}.xlsx"
    if fields is not None and target.resolve() == fields.resolve():
        raise CannotDo(output_found.OUT_IS_INPUT.at(path=fields.name))
    register = _register(roster, fields, target)
    findings = list(reading.findings)
    at_desk = desk is not None and _is_survey_of(desk, target)
    reached: tuple[str, ...] = ()
    if register is not None:
        known, about = roster_book.examine(register)
        expansion = expand(plan, known)
        reached = expansion.units
        findings += [*about, *expansion.findings]
    placed = keeping.put(target, fields_book.render(plan))
    if placed.kept:
        findings.append(output_found.EDITED_KEPT.at(name=placed.kept.name, new=placed.path.name))
    beside = target.with_name(ROSTER_NAME)
    copied = register is not None and not beside.exists()
    if register is not None and copied:
        shutil.copyfile(register, beside)
    if desk is not None and at_desk:
        with bookkeeping.opened(desk, DEFAULT, progress) as books:
            books.noted("做收集表", f"收集表“{plan.title}”", plan=plan)
    return FormResult(placed.path, plan, reached, tuple(worst_first(findings)), beside if copied else None, at_desk)


def _is_survey_of(desk: Desk, path: Path) -> bool:
    """Whether a survey that lies there is what the working folder collects."""
    return path.resolve() == (desk.folder / SURVEY_NAME).resolve() and not (desk.folder / PLAN_NAME).exists()


def _place_at(desk: Desk | None) -> Path:
    """Where the survey of a working folder lies.  Raises :class:`CannotDo` when the folder is none, or keeps a plan."""
    if desk is None:
        raise CannotDo(command_found.MISSING_ARGUMENT.at(name="-o", command="form new"))
    if desk.plan.exists():
        raise CannotDo(found.FOLDER_TAKEN.at(path=desk.plan.name))
    return desk.folder / SURVEY_NAME


def _reading(fields: Path | None, template: str | None) -> PlanReading:
    if fields is not None:
        return read_fields(containers.read(fields, fields.name), fields.name)
    if template is None:
        raise CannotDo(found.NOTHING_TO_START_FROM.at())
    return PlanReading(_bundled_plan(template))


def _bundled_plan(name: str) -> Plan:
    known = bundled()
    if name not in known:
        raise CannotDo(found.TEMPLATE_UNKNOWN.at(name=name, names="、".join(f"“{known_name}”" for known_name in known)))
    return read_fields(containers.read(known[name], known[name].name), known[name].name).plan


def _blank() -> Plan:
    """A survey without name and fields."""
    everyone = (Assignment(Role.RESPONSIBLE, EVERY_UNIT),)
    return Plan("", (Task(1, "", assignments=everyone),), survey=Survey(()))


def _register(roster: Path | None, fields: Path | None, target: Path) -> Path | None:
    """The register named, else the one beside the survey, else the one beside the sheet of fields."""
    if roster is not None:
        if not roster.is_file():
            raise CannotDo(plan_found.NO_ROSTER.at(path=roster.name))
        return roster
    places = [target.with_name(ROSTER_NAME), *([fields.with_name(ROSTER_NAME)] if fields else [])]
    return next((place for place in places if place.is_file()), None)
