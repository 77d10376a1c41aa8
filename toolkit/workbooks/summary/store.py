"""The very hidden sheet ``_fengong`` of a summary: what its visible sheets lack, as lines of JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from toolkit.identity import json_pieces, summary_mark
from toolkit.model import (
    Assignment,
    Collection,
    Deadline,
    Finding,
    Group,
    Plan,
    Role,
    Roster,
    Round,
    Severity,
    Task,
    Unit,
    UnitReport,
    UnitState,
)
from toolkit.settings import Score, Settings
from toolkit.survey import Survey

SHEET = "_fengong"
_HEAD = "fengong-summary-1"
_CHUNK = 30_000
"""Characters of a cell; a cell holds 32,767."""


@dataclass(frozen=True, slots=True)
class Stored:
    """What the hidden sheet holds."""

    collection: Collection
    """Without its entries and files, which the visible sheets tell."""
    score: Score
    due_soon_days: int
    mark: str
    """See :func:`toolkit.identity.summary_mark`."""

    def settings(self, base: Settings) -> Settings:
        """Settings by which the figures come out as the summary shows them."""
        return replace(base, score=self.score, due_soon_days=self.due_soon_days)


def lines(collection: Collection, settings: Settings) -> Iterator[str]:
    """The rows of the sheet: a head, then the pieces of the JSON text below each other."""
    yield _HEAD
    text = ""
    for piece in _text(collection, settings):
        text += piece
        while len(text) >= _CHUNK:
            yield text[:_CHUNK]
            text = text[_CHUNK:]
    if text:
        yield text


def _text(collection: Collection, settings: Settings) -> Iterator[str]:
    """The JSON text in pieces: a round may have very many findings."""
    written = json.JSONEncoder(ensure_ascii=True, separators=(",", ":")).encode
    yield written(_to_json(collection)).removesuffix("}") + ',"findings":['
    said = (
        [f.code, f.severity.value, f.message, f.advice, f.unit, f.task, f.path, f.sheet, f.cell]
        for f in collection.findings
    )
    yield from json_pieces(said)
    yield f'],"figures":{written([settings.score.on_time, settings.score.quality, settings.due_soon_days])}}}'


def restore(lines: Iterable[str]) -> Stored | None:
    """What the sheet holds; ``None`` when it is damaged."""
    head, *pieces = list(lines) or [""]
    if head != _HEAD:
        return None
    try:
        data = json.loads("".join(pieces))
        on_time, quality, soon = data["figures"]
        return Stored(_from_json(data), Score(on_time, quality), soon, data["mark"])
    except (ValueError, KeyError, TypeError):
        return None


def _to_json(collection: Collection) -> dict[str, Any]:
    plan = collection.plan
    return {
        "round": {"name": collection.round.name, "due": _said(collection.round.due)},
        "as_of": collection.as_of.isoformat(),
        "mark": summary_mark(collection),
        "plan": {
            "title": plan.title,
            "plan_id": plan.plan_id,
            "revision": plan.revision,
            "doc": plan.doc,
            "issuer": plan.issuer,
            "doc_number": plan.doc_number,
            "issued_on": _said(plan.issued_on),
            "tasks": [_task(task) for task in plan.tasks],
            **({"survey": [list(line) for line in plan.survey.lines()]} if plan.survey else {}),
        },
        "roster": {
            "units": [
                [unit.name, unit.order, list(unit.aliases), list(unit.groups), unit.contact, unit.phone, unit.remark]
                for unit in collection.roster.units
            ],
            "groups": [[group.name, list(group.members), group.basis] for group in collection.roster.groups],
        },
        "units": [
            [r.unit, r.state.value, list(r.files), r.reporter, r.phone, r.reviewer, r.filled_on]
            for r in collection.units
        ],
    }


def _task(task: Task) -> dict[str, Any]:
    return {
        "seq": task.seq,
        "code": task.code,
        "number": task.number,
        "headings": list(task.headings),
        "title": task.title,
        "requirement": task.requirement,
        "assignments": [[a.role.value, a.name, list(a.except_for)] for a in task.assignments],
        "deadlines": [[d.text, d.date.isoformat(), d.scope] for d in task.deadlines],
        "recurrence": list(task.recurrence),
        "status": task.status,
        "remark": task.remark,
        "upper": task.upper,
        "upper_role": task.upper_role,
    }


def _from_json(data: dict[str, Any]) -> Collection:
    plan = data["plan"]
    tasks = tuple(
        Task(
            seq=task["seq"],
            code=task["code"],
            number=task["number"],
            headings=tuple(task["headings"]),
            title=task["title"],
            requirement=task["requirement"],
            assignments=tuple(Assignment(Role(role), name, tuple(out)) for role, name, out in task["assignments"]),
            deadlines=tuple(Deadline(text, date.fromisoformat(day), scope) for text, day, scope in task["deadlines"]),
            recurrence=tuple(task["recurrence"]),
            status=task["status"],
            remark=task["remark"],
            upper=task.get("upper", ""),
            upper_role=task.get("upper_role", ""),
        )
        for task in plan["tasks"]
    )
    return Collection(
        plan=Plan(
            title=plan["title"],
            tasks=tasks,
            plan_id=plan["plan_id"],
            revision=plan["revision"],
            doc=plan["doc"],
            issuer=plan["issuer"],
            doc_number=plan["doc_number"],
            issued_on=_day(plan["issued_on"]),
            survey=Survey.of_lines([tuple(line) for line in plan.get("survey", ())]),
        ),
        roster=Roster(
            tuple(
                Unit(name, order, tuple(aliases), tuple(groups), contact, phone, remark)
                for name, order, aliases, groups, contact, phone, remark in data["roster"]["units"]
            ),
            tuple(Group(name, tuple(members), basis) for name, members, basis in data["roster"]["groups"]),
        ),
        round=Round(data["round"]["name"], _day(data["round"]["due"])),
        as_of=date.fromisoformat(data["as_of"]),
        units=tuple(
            UnitReport(unit, UnitState(state), tuple(files), reporter, phone, reviewer, filled_on)
            for unit, state, files, reporter, phone, reviewer, filled_on in data["units"]
        ),
        findings=tuple(Finding(code, Severity(severity), *rest) for code, severity, *rest in data["findings"]),
    )


def _said(day: date | None) -> str:
    return day.isoformat() if day else ""


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
