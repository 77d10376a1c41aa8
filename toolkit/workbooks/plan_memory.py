"""What the plan workbook remembers in its very hidden sheet: the plan as fengong last wrote it.

One row of JSON for the plan, then one row a task: the code, and the rest in as many cells as it needs.
Reading back, a visible cell that still says what was written keeps everything that stood behind it (sources,
dates, reasons of review marks); a changed one is read anew.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from toolkit.containers.content import Sheet
from toolkit.model import Assignment, Deadline, Json, Plan, Review, Role, Source, Task

HEAD = "FGP1"
_CHUNK = 16_000
"""Characters a cell: half the limit, as Excel counts UTF-16 units."""
_UNWRITABLE = re.compile("[\x7f-\x9f\ud800-\udfff\ufffe\uffff]|_(?=x)")


def dump(plan: Plan) -> Iterator[tuple[str, ...]]:
    """The rows of the hidden sheet."""
    facts = {
        "id": plan.plan_id,
        "revision": plan.revision,
        "title": plan.title,
        "doc": plan.doc,
        "issuer": plan.issuer,
        "doc_number": plan.doc_number,
        "issued_on": plan.issued_on.isoformat() if plan.issued_on else None,
        "notes": plan.notes,
        "retired": plan.retired,
        "known_units": plan.known_units,
    }
    yield (HEAD, *_chunks(facts))
    for task in plan.tasks:
        data = asdict(task)
        data["deadlines"] = [[d.text, d.date.isoformat(), d.scope] for d in task.deadlines]
        yield (task.code, *_chunks(data))


def load(sheet: Sheet) -> Plan | None:
    """The plan a hidden sheet holds, or ``None`` when it is another sheet or damaged."""
    if sheet.value(0, 0) != HEAD:
        return None
    try:
        facts = _joined(sheet.rows[0])
        tasks = tuple(_task(_joined(row)) for row in sheet.rows[1:] if row and row[0])
        return Plan(
            title=facts["title"],
            tasks=tasks,
            plan_id=facts["id"],
            revision=facts["revision"],
            doc=facts["doc"],
            issuer=facts["issuer"],
            doc_number=facts["doc_number"],
            issued_on=date.fromisoformat(facts["issued_on"]) if facts["issued_on"] else None,
            notes=tuple(facts["notes"]),
            retired=tuple(facts["retired"]),
            known_units=tuple(facts["known_units"]),
        )
    except (ValueError, KeyError, TypeError):
        return None


def _task(data: Json) -> Task:
    return Task(
        seq=data["seq"],
        requirement=data["requirement"],
        code=data["code"],
        number=data["number"],
        headings=tuple(data["headings"]),
        title=data["title"],
        assignments=tuple(Assignment(Role(a["role"]), a["name"], tuple(a["except_for"])) for a in data["assignments"]),
        deadlines=tuple(Deadline(text, date.fromisoformat(day), scope) for text, day, scope in data["deadlines"]),
        recurrence=tuple(data["recurrence"]),
        status=data["status"],
        remark=data["remark"],
        review=tuple(Review(**mark) for mark in data["review"]),
        source=Source(**data["source"]),
        upper=data.get("upper", ""),
        upper_role=data.get("upper_role", ""),
    )


def _chunks(data: Json) -> list[str]:
    """JSON in cells; bars keep blanks at the ends of a cell, escapes keep what XML or Excel would change."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    text = _UNWRITABLE.sub(lambda match: f"\\u{ord(match.group()):04x}", text)
    return [f"|{text[start : start + _CHUNK]}|" for start in range(0, len(text), _CHUNK)]


def _joined(row: Sequence[Any]) -> Json:
    data = json.loads("".join(str(cell)[1:-1] for cell in row[1:] if cell))
    if not isinstance(data, dict):
        raise ValueError("not an object")
    return data
