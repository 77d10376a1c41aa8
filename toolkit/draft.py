"""拟表: from notices to a plan (任务分工表) and a first register of units (单位名录)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from toolkit import bookkeeping, identity, keeping, settings
from toolkit import concerned as concerning
from toolkit.concerned import Concerned
from toolkit.containers import read
from toolkit.desk import PLAN_NAME, Desk, roster_of
from toolkit.findings import CannotDo, worst_first
from toolkit.findings import notice as found
from toolkit.findings import output as output_found
from toolkit.findings import roster as roster_found
from toolkit.intake.whose import FORM, first_stamp, made_by_us
from toolkit.model import Finding, Json, Plan, Progress, Roster, Severity, no_progress
from toolkit.notice import overlay, read_notice
from toolkit.outputs import sha256
from toolkit.resources import template
from toolkit.roster import expand, own_part, propose
from toolkit.workbooks import plan_book, roster_book


@dataclass(frozen=True, slots=True)
class DraftResult:
    """What was drafted."""

    plan: Plan
    """The plan as written: the tasks of all notices."""
    notices: tuple[Plan, ...]
    """The plan of each notice alone, with the codes of the whole."""
    findings: tuple[Finding, ...]
    files: tuple[Path, ...]
    """The plan workbook, and the register where one was written."""
    concerned: tuple[Concerned, ...] = ()
    """The units for which an amendment made something different."""

    def to_json(self) -> Json | list[Json]:
        """The plan JSON of the contract: one object, or a list for several notices; findings beside the tasks."""
        found_in = [[f.to_json() for f in self.findings if f.path in (None, plan.doc)] for plan in self.notices]
        objects = [plan.to_json() | {"findings": own} for plan, own in zip(self.notices, found_in, strict=True)]
        if self.concerned:
            objects[0]["concerned"] = [unit.to_json() for unit in self.concerned]
        return objects[0] if len(objects) == 1 else objects

    def sentences(self) -> list[str]:
        """What a person reads."""
        units = {assignment.name for task in self.plan.tasks for assignment in task.assignments}
        marks = [task for task in self.plan.tasks if task.open_review]
        revision = f"第 {self.plan.revision} 版，" if self.plan.revision > 1 else ""
        lines = [f"《{self.plan.title}》：{revision}{len(self.plan.tasks)} 项任务，涉及 {len(units)} 个单位或单位组。"]
        if marks:
            lines.append(f"{len(marks)} 项任务有拿不准的内容，已标色并注明原因，请核对后在“复核”栏打勾。")
        else:
            lines.append("没有拿不准的内容。")
        lines += [f"已写出 {path}" for path in self.files]
        for what, needs in (("要补发填报表", True), ("告知即可", False)):
            if named := [str(unit) for unit in self.concerned if unit.needs_form is needs]:
                lines.append(f"{what}的 {len(named)} 个单位：{'、'.join(named)}")
        if self.plan.revision > 1:
            lines.append(f"核对以后启用：把原来的 {PLAN_NAME} 改名留底，把新表改名为 {PLAN_NAME}。")
        return lines


def draft(
    notices: Sequence[Path],
    out: Path | None = None,
    *,
    roster: Path | None = None,
    receiver: str | None = None,
    onto: Path | None = None,
    desk: Desk | None = None,
    progress: Progress = no_progress,
) -> DraftResult:
    """Read notices and write their tasks as one plan workbook to ``out``, in a working folder 任务分工表.xlsx.

    A first 单位名录.xlsx is written beside the plan unless one is there; ``roster`` is a register whose names and
    groups it takes over.  A file that someone edited since it was written is kept, and the new one gets a name of
    its own.

    For a ``receiver``, a unit that got the notice, only the tasks that reach it are kept, linked to the upper ones,
    for it to divide; the register beside the plan is then that of its own units, empty at first.  A plan workbook
    from above is read as well as a notice.

    A revised plan or a supplementary notice is laid over the plan ``onto``: codes stay, so that forms already out
    stay valid; what is new, changed or no longer named is marked, and the units concerned are found.  Without ``out``
    it goes beside ``onto`` under a name that tells its revision, to be put into use when it was looked through.  With
    a ``receiver`` only its part of what came from above is laid over its own plan.

    Raises :class:`CannotDo`, with nothing written, when a file cannot be read, divides no work, or has no task for
    the receiver.
    """
    chosen = settings.load(desk.folder) if desk else settings.DEFAULT
    with bookkeeping.opened(desk, chosen, progress) as books:
        if onto is None:
            result = _drafted(notices, out or books.places.plan, roster, receiver, progress)
        else:
            result = _draft_onto(onto, notices, out, roster, receiver, progress)
        books.noted("拟表", result.sentences()[0], plan=result.plan)
    return result


def _drafted(
    notices: Sequence[Path],
    out: Path,
    roster: Path | None,
    receiver: str | None,
    progress: Progress,
) -> DraftResult:
    plans, findings = _read_all(notices, progress)
    known = roster_book.read(roster) if roster is not None else None
    plan = identity.coded(_joined(plans))
    if receiver is not None:
        return _draft_for(receiver, plan, known or propose([plan], []), out, findings)
    plans = _with_codes(plans, plan)
    look = template(plan_book.PLAN_TEMPLATE, out.parent)
    files = [_put(out, plan_book.render(plan, template=look), findings)]
    register = roster_of(out)
    if not register.exists():
        files.append(_put(register, roster_book.render(propose(plans, findings, known)), findings))
    return DraftResult(plan, tuple(plans), tuple(worst_first(findings)), tuple(files))


def _draft_onto(
    onto: Path,
    notices: Sequence[Path],
    out: Path | None,
    roster: Path | None,
    receiver: str | None,
    progress: Progress,
) -> DraftResult:
    """The plan in use as amendments change it, and which units that concerns; of a receiver, its part of them."""
    plans, findings = _read_all(notices, progress)
    before, amendment = plan_book.load(onto).plan, _joined(plans)
    given = roster_book.read(roster) if roster is not None else None
    if receiver is not None:
        amendment = own_part(identity.coded(amendment), given or propose([amendment], []), receiver)[0]
        given = None
    amended = overlay(before, amendment)
    register = roster_of(onto)
    own = roster_book.read(register) if given is None and register.is_file() else propose([before, amendment], [])
    names = given or own
    out = out or onto.with_name(f"{Path(PLAN_NAME).stem}（第{amended.plan.revision}版）.xlsx")
    duties = expand(before, names).duties, expand(amended.plan, names).duties
    units = concerning.concerned(*duties, amended.reworded, amended.unnamed)
    place = {unit.name: unit.order for unit in names.units}
    units = tuple(sorted(units, key=lambda unit: place.get(unit.unit, len(place) + 1)))
    findings += [*amended.findings, *concerning.findings(units)]
    look = template(plan_book.PLAN_TEMPLATE, out.parent)
    files = [_put(out, plan_book.render(amended.plan, template=look), findings)]
    return DraftResult(amended.plan, (amended.plan,), tuple(worst_first(findings)), tuple(files), units)


def _draft_for(receiver: str, plan: Plan, roster: Roster, out: Path, findings: list[Finding]) -> DraftResult:
    """The receiver's own plan, and a register for its own units unless one is there."""
    own, told = own_part(plan, roster, receiver)
    if not own.tasks:
        raise CannotDo(roster_found.NOT_CONCERNED.at(unit=receiver))
    own = identity.coded(own)
    findings += told
    files = [_put(out, plan_book.render(own), findings)]
    register = roster_of(out)
    if not register.exists():
        files.append(_put(register, roster_book.render(Roster()), findings))
    return DraftResult(own, (own,), tuple(worst_first(findings)), tuple(files))


def _read_all(notices: Sequence[Path], progress: Progress) -> tuple[list[Plan], list[Finding]]:
    plans: list[Plan] = []
    findings: list[Finding] = []
    met: dict[str, Path] = {}
    for done, path in enumerate(notices):
        progress(done, len(notices), path.name)
        content = read(path, path.name)
        if plan_book.holds_plan(content):
            reading = plan_book.load(path)
            plan, noticed = reading.plan, reading.findings
        elif made := made_by_us(content) or (FORM if first_stamp(content) else ""):
            raise CannotDo(found.NOT_FOR_DRAFT.at(path=path.name, what=made))
        else:
            plan, noticed = read_notice(content, path.name)
        placed = [replace(finding, path=finding.path or path.name) for finding in noticed]
        if not plan.tasks:
            errors = [f for f in placed if f.severity is Severity.ERROR]
            unread = [f for f in errors if f.code != found.NOT_A_NOTICE.code]
            raise CannotDo(*unread or errors or [found.NOT_A_NOTICE.at(path=path.name)])
        plans.append(plan)
        findings += placed
        if (first := met.setdefault(sha256(path), path)) is not path:
            findings.append(found.SAME_NOTICE.at(path=path.name, other=first.name))
    progress(len(notices), len(notices), "")
    return plans, findings


def _joined(plans: Sequence[Plan]) -> Plan:
    """One plan of the tasks of all; of several notices each becomes the outermost chapter."""
    if len(plans) == 1:
        return plans[0]
    tasks = [replace(task, headings=(plan.title, *task.headings)) for plan in plans for task in plan.tasks]
    return replace(
        plans[0],
        title=f"{plans[0].title}等{len(plans)}份通知",
        tasks=tuple(replace(task, seq=seq) for seq, task in enumerate(tasks, 1)),
        doc="；".join(plan.doc for plan in plans),
        notes=tuple(note for plan in plans for note in plan.notes),
        known_units=tuple(dict.fromkeys(name for plan in plans for name in plan.known_units)),
    )


def _with_codes(plans: Sequence[Plan], whole: Plan) -> list[Plan]:
    """Each notice's own plan with the codes its tasks have in the whole."""
    codes = iter([task.code for task in whole.tasks])
    return [
        replace(plan, plan_id=whole.plan_id, tasks=tuple(replace(task, code=next(codes)) for task in plan.tasks))
        for plan in plans
    ]


def _put(path: Path, data: bytes, findings: list[Finding]) -> Path:
    placed = keeping.put(path, data)
    if placed.kept:
        findings.append(output_found.EDITED_KEPT.at(name=placed.kept.name, new=placed.path.name))
    return placed.path
