"""A task as the cells of the plan workbook, and cells back into a task."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

from toolkit.language.units import join_names, split_names
from toolkit.model import Assignment, Deadline, Review, Role, Task

COLUMNS = (
    "编码", "序号", "工作任务", "具体要求", "牵头单位", "责任单位", "配合单位", "完成时限", "完成情况", "备注", "复核",
)  # fmt: skip
"""The header row, in the contract's order."""

UPPER_COLUMNS = ("上级编码", "上级职责")
"""At the right, in a plan drawn for the receiving side only."""

UNIT_COLUMNS = {"牵头单位": Role.LEAD, "责任单位": Role.RESPONSIBLE, "配合单位": Role.SUPPORT}

TO_REVIEW = "待复核"
_NOT_YET = ("待", "未", "否", "不", "没", "×", "?", "？")
REVIEWED = "已复核"

FIELD_WORDS = {
    "number": "序号", "headings": "章节", "title": "工作任务", "requirement": "具体要求", "units": "责任单位",
    "deadlines": "完成时限", "recurrence": "完成时限", "status": "完成情况", "remark": "备注",
    "upper_role": "上级职责",
}  # fmt: skip
"""A field of the plan JSON → the word for it in the 复核 column."""

FIELD_COLUMNS = {
    "number": ("序号",), "title": ("工作任务",), "requirement": ("具体要求",), "units": tuple(UNIT_COLUMNS),
    "deadlines": ("完成时限",), "recurrence": ("完成时限",), "status": ("完成情况",), "remark": ("备注",),
    "upper_role": ("上级职责",),
}  # fmt: skip
"""A field → the columns that show it; headings stand in chapter rows, so their mark stays in 复核."""

_FULL_DATE = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日|(\d{4})-(\d{2})-(\d{2})")
_GIVEN_DATE = re.compile(r"(.*?)\s*[(（]\s*(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?\s*[)）]", re.DOTALL)
_PARTS = re.compile(r"(?:[；;]|\n(?!\s*[(（]))+")
_SCOPE = re.compile(r"([^：:]{1,40})[：:]\s*(.+)", re.DOTALL)
_EXCEPTION = re.compile(r"(.+)（除(.+)外）", re.DOTALL)


def texts(task: Task) -> dict[str, str]:
    """The task's cells by column word."""
    by_role = {word: unit_names(task.assignments, role) for word, role in UNIT_COLUMNS.items()}
    return {
        "编码": task.code,
        "序号": task.number or "",
        "工作任务": task.title or "",
        "具体要求": task.requirement,
        **by_role,
        "完成时限": deadlines_text(task.deadlines, task.recurrence),
        "完成情况": task.status or "",
        "备注": task.remark or "",
        "复核": review_text(task.review),
        "上级编码": task.upper,
        "上级职责": task.upper_role,
    }


def unit_names(assignments: Iterable[Assignment], role: Role) -> str:
    """The names of one role in one cell, exceptions in brackets."""
    return join_names([_with_exceptions(a) for a in assignments if a.role is role])


def read_units(text: str, role: Role) -> tuple[Assignment, ...]:
    """The assignments that a cell of one role names."""
    assignments: dict[str, Assignment] = {}
    for name in split_names(text):
        if match := _EXCEPTION.fullmatch(name):
            found = Assignment(role, match.group(1), tuple(match.group(2).split("、")))
        else:
            found = Assignment(role, name)
        assignments.setdefault(found.name, found)
    return tuple(assignments.values())


def _with_exceptions(assignment: Assignment) -> str:
    if not assignment.except_for:
        return assignment.name
    return f"{assignment.name}（除{'、'.join(assignment.except_for)}外）"


def deadlines_text(deadlines: Sequence[Deadline], recurrence: Sequence[str]) -> str:
    """完成时限 as clerks write it: 11月底前（2022-11-30）；每季度, with line breaks so that no date is torn apart."""
    parts = []
    for deadline in deadlines:
        shown = deadline.text
        if not _says_date(deadline):
            shown = f"{shown}\n（{deadline.date.isoformat()}）"
        parts.append(f"{deadline.scope}：{shown}" if deadline.scope else shown)
    return "；\n".join(dict.fromkeys([*parts, *recurrence]))


def _says_date(deadline: Deadline) -> bool:
    match = _FULL_DATE.search(deadline.text)
    return match is not None and _date(*[part for part in match.groups() if part]) == deadline.date


def read_deadline_parts(text: str) -> tuple[tuple[Deadline, ...], tuple[str, ...]]:
    """Deadlines whose date the cell gives, and the other parts of the cell as written."""
    deadlines: list[Deadline] = []
    others: list[str] = []
    for part in _PARTS.split(text):
        part = part.strip()
        if not part:
            continue
        scope, words = "", part
        if match := _SCOPE.fullmatch(part):
            scope, words = match.group(1).strip(), match.group(2).strip()
        given = _GIVEN_DATE.fullmatch(words)
        found = given or _FULL_DATE.search(words)
        day = None
        if given is not None:
            day = _date(*given.groups()[1:])
            words = given.group(1) or words.strip("（）()")
        elif found is not None:
            day = _date(*[group for group in found.groups() if group])
        if day is None:
            others.append(part)
        else:
            deadlines.append(Deadline(words, day, scope))
    return tuple(deadlines), tuple(others)


def _date(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def review_text(marks: Sequence[Review]) -> str:
    """What the 复核 cell says: 待复核：责任单位、完成时限."""
    if not marks:
        return ""
    open_words = dict.fromkeys(FIELD_WORDS.get(mark.field, mark.field) for mark in marks if not mark.done)
    return f"{TO_REVIEW}：{'、'.join(open_words)}" if open_words else REVIEWED


def open_words(text: str) -> set[str] | None:
    """The field words a 复核 cell still lists; ``None`` when it says no, or 待复核 without listing any."""
    if not text.startswith(_NOT_YET):
        return set()
    words = {word for word in re.split(r"[、，,；;\s]+", text.partition("：")[2]) if word}
    return words or None


def read_review(text: str) -> tuple[Review, ...]:
    """The marks a 复核 cell lists when nothing else is known of them."""
    words = open_words(text) or set()
    fields = {word: name for name, word in reversed(FIELD_WORDS.items())}
    return tuple(Review(fields[word], "") for word in sorted(words) if word in fields)
