"""A revised plan or a supplementary notice laid over the plan in use (修订、补充通知).

Tasks keep their codes, so that forms already out stay valid and answers are lifted.  Nothing is decided silently:
what is new, what changed (with the old words) and what the new document no longer names is marked for review; a task
that was dropped is one whose row the clerk deletes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from toolkit.findings import notice as found
from toolkit.identity import with_codes
from toolkit.language.text import essence
from toolkit.model import Finding, Plan, Review, Task

_LIKE, _LIKE_WITH_TITLE = 72.0, 50.0
"""Least likeness (0–100) of two requirements that are one task, and where their titles are the same."""
_SUPPLEMENT = re.compile("补充|增补|新增|追加|部分调整|个别调整")
_HALF = 0.5


@dataclass(frozen=True, slots=True)
class Overlay:
    """The plan as amended, and what is different."""

    plan: Plan
    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    reworded: tuple[str, ...] = ()
    """Those of the changed of which more is different than the units."""
    unnamed: tuple[str, ...] = ()
    """Codes of tasks that a whole new plan no longer names."""
    findings: tuple[Finding, ...] = ()


def overlay(plan: Plan, amendment: Plan) -> Overlay:
    """``plan`` as ``amendment`` (read from a notice, without codes) changes it; the revision counts up by one.

    A supplementary notice, told by its title or by naming less than half of the tasks, leaves the others alone.
    """
    pairs = _matched(plan.tasks, amendment.tasks)
    above = {task.upper for task in amendment.tasks if task.upper}
    named = {old.code for old in pairs.values()} | {task.code for task in plan.tasks if task.upper in above}
    supplement = bool(_SUPPLEMENT.search(amendment.title)) or len(named) < _HALF * len(plan.tasks)
    settled = {seq: _settled(pairs[seq], new) for seq, new in enumerate(amendment.tasks) if seq in pairs}
    fresh = {seq: _fresh(new) for seq, new in enumerate(amendment.tasks) if seq not in pairs}
    if supplement:
        by_code = {task.code: task for task in settled.values()}
        tasks = [by_code.get(task.code, task) for task in plan.tasks] + [fresh[seq] for seq in sorted(fresh)]
        unnamed: tuple[str, ...] = ()
    else:
        new = [
            replace(settled[seq], number=task.number or settled[seq].number, headings=task.headings)
            if seq in settled
            else fresh[seq]
            for seq, task in enumerate(amendment.tasks)
        ]
        tasks = _with_others(new, plan.tasks, named)
        unnamed = tuple(task.code for task in plan.tasks if task.code not in named)
    retired = tuple(dict.fromkeys((*plan.retired, *amendment.retired)))
    coded = with_codes(tasks, retired)
    before = {task.code: task for task in plan.tasks}
    changed = tuple(task.code for task in settled.values() if task.review != before[task.code].review)
    amended = replace(
        plan,
        tasks=tuple(replace(task, seq=seq) for seq, task in enumerate(coded, start=1)),
        revision=plan.revision + 1,
        retired=retired,
        notes=(*plan.notes, f"第{plan.revision + 1}版：按《{amendment.title}》（{amendment.doc}）调整。"),
        known_units=tuple(dict.fromkeys((*plan.known_units, *amendment.known_units))),
    )
    added = tuple(task.code for task in amended.tasks if task.code not in before)
    reworded = tuple(code for code in changed if _is_reworded(before[code], amended.task(code)))
    return Overlay(amended, added, changed, reworded, unnamed, tuple(_told(amended, added, changed, unnamed)))


def _matched(old: Sequence[Task], new: Sequence[Task]) -> dict[int, Task]:
    """Place of a new task → the task it is: the same words first, then the likest pairs."""
    pairs: dict[int, Task] = {}
    taken: set[str] = set()
    likeness = []
    for seq, task in enumerate(new):
        for known in old:
            score = _likeness(known, task)
            if score > 0:
                likeness.append((-score, abs(known.seq - seq), seq, known.code, known))
    for _, _, seq, code, known in sorted(likeness, key=lambda item: item[:4]):
        if seq not in pairs and code not in taken:
            pairs[seq] = known
            taken.add(code)
    return pairs


def _likeness(old: Task, new: Task) -> float:
    """How surely two tasks are one, 0 when they are not; the same task of the level above is surer than any words."""
    if new.upper and old.upper == new.upper:
        return 300.0 + fuzz.ratio(old.requirement, new.requirement)
    one, other = essence(old.requirement), essence(new.requirement)
    same_title = bool(old.title and new.title and essence(old.title) == essence(new.title))
    if one == other:
        return 200.0 + same_title
    score = fuzz.ratio(one, other)
    return score + (100.0 if same_title else 0.0) if score >= (_LIKE_WITH_TITLE if same_title else _LIKE) else 0.0


def _settled(old: Task, new: Task) -> Task:
    """The old task with what the new document says otherwise, each difference marked.

    Where the new document prints what the old one did, what the clerk made of it since stands.
    """
    if _prints(new) and _printed(old) == _printed(new):
        return old
    task, marks = old, []
    if new.title and essence(new.title) != essence(old.title or ""):
        task = replace(task, title=new.title)
        marks.append(Review("title", "新文件调整了任务名称", f"原为：{old.title or '（空）'}"))
    if essence(new.requirement) != essence(old.requirement):
        task = replace(task, requirement=new.requirement)
        marks.append(Review("requirement", "新文件调整了具体要求", f"原为：{old.requirement}"))
    if new.assignments and set(new.assignments) != set(old.assignments):
        task = replace(task, assignments=new.assignments)
        names = "、".join(f"{a.role.label}{a.name}" for a in old.assignments) or "（空）"
        marks.append(Review("units", "新文件调整了单位", f"原为：{names}"))
    days = {(d.date, d.scope) for d in old.deadlines}
    if new.deadlines and {(d.date, d.scope) for d in new.deadlines} != days:
        task = replace(task, deadlines=new.deadlines)
        texts = "；".join(d.text for d in old.deadlines) or "（空）"
        marks.append(Review("deadlines", "新文件调整了完成时限", f"原为：{texts}"))
    if new.recurrence and set(new.recurrence) != set(old.recurrence):
        task = replace(task, recurrence=new.recurrence)
        marks.append(Review("deadlines", "新文件调整了频次", f"原为：{'；'.join(old.recurrence) or '（空）'}"))
    return replace(task, review=(*task.review, *marks), source=new.source) if marks else old


def _is_reworded(old: Task, new: Task | None) -> bool:
    """Whether words, deadlines or recurrence differ, so that every unit of the task is to be told."""
    names = ("title", "requirement", "deadlines", "recurrence")
    return new is not None and any(getattr(old, name) != getattr(new, name) for name in names)


def _printed(task: Task) -> str:
    """What the document prints of a task, but for its number."""
    return essence(task.source.text.removeprefix(task.number or ""))


def _prints(task: Task) -> bool:
    """Whether the task says what its document prints: in a plan workbook somebody may have edited it since."""
    said = (task.requirement, *(a.name for a in task.assignments), *(d.text for d in task.deadlines))
    printed = essence(task.source.text)
    return bool(printed) and all(essence(text) in printed for text in said)


def _fresh(new: Task) -> Task:
    mark = Review("requirement", "新文件新增的任务", new.source.text)
    return replace(new, code="", review=(*new.review, mark))


def _with_others(new: Sequence[Task], old: Sequence[Task], named: set[str]) -> list[Task]:
    """The new order, with the other tasks kept behind the one they followed.

    They are marked where the new document does not name them; it does name a part of a task of the level above.
    """
    result = list(new)
    taken = {task.code for task in new}
    previous = ""
    for task in old:
        if task.code not in taken:
            mark = Review("requirement", "新文件中没有这项任务；确认取消的，请删去这一行")
            kept = task if task.code in named else replace(task, review=(*task.review, mark))
            place = next((n for n, known in enumerate(result, start=1) if known.code == previous), 0)
            result.insert(place if previous else 0, kept)
        previous = task.code
    return result


def _told(plan: Plan, added: Sequence[str], changed: Sequence[str], unnamed: Sequence[str]) -> Iterator[Finding]:
    labels = {task.code: task.label for task in plan.tasks}
    for kind, codes in ((found.TASK_ADDED, added), (found.TASK_CHANGED, changed), (found.TASK_UNNAMED, unnamed)):
        yield from (kind.at(task=code, label=labels[code]) for code in codes)
