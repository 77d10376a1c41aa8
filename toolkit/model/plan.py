"""The plan (任务分工表): tasks, who has them, by when, and what a clerk should look at again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from toolkit.model.base import Json
from toolkit.survey import Survey


class Role(StrEnum):
    """A unit's part in a task (职责)."""

    LEAD = "lead"
    RESPONSIBLE = "responsible"
    SUPPORT = "support"

    @property
    def label(self) -> str:
        """The word on screen: 牵头, 责任 or 配合."""
        return _ROLE_LABELS[self]


_ROLE_LABELS = {Role.LEAD: "牵头", Role.RESPONSIBLE: "责任", Role.SUPPORT: "配合"}


@dataclass(frozen=True, slots=True)
class Source:
    """Where in a notice a task was read; counts start at 1, unknown parts are ``None``."""

    path: str = ""
    page: int | None = None
    paragraph: int | None = None
    table: int | None = None
    row: int | None = None
    cell: str | None = None
    text: str = ""
    """The sentence or row as printed, for the note beside a field to review."""

    def to_json(self) -> Json:
        """Only the parts that are known."""
        parts = {name: getattr(self, name) for name in self.__slots__}
        return {name: value for name, value in parts.items() if value not in (None, "")}


@dataclass(frozen=True, slots=True)
class Assignment:
    """A unit's or a group's role in a task, in the document's own words (职责)."""

    role: Role
    name: str
    except_for: tuple[str, ...] = ()
    """Members of a group that the text leaves out (除…外)."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """A point in time by which a task is due (完成时限)."""

    text: str
    date: date
    scope: str = ""
    """The class of units it holds for (试点单位), empty when it holds for all."""


@dataclass(frozen=True, slots=True)
class Review:
    """One field the program is not sure of (复核): which, and why."""

    field: str
    """A field of the plan JSON: requirement, number, headings, title, units, deadlines, status, remark."""
    reason: str
    """For the clerk, in Chinese."""
    evidence: str = ""
    """The words of the notice the field was read from."""
    done: bool = False
    """True once the clerk ticked it in the plan workbook."""


@dataclass(frozen=True, slots=True)
class Task:
    """One row of the plan (任务)."""

    seq: int
    """1-based order in the plan."""
    requirement: str
    code: str = ""
    """编码: see :mod:`toolkit.identity`; empty only between reading a notice and coding the plan."""
    number: str | None = None
    """序号 as printed; may repeat."""
    headings: tuple[str, ...] = ()
    title: str | None = None
    assignments: tuple[Assignment, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    recurrence: tuple[str, ...] = ()
    status: str | None = None
    """The office's own 完成情况 as printed, never a unit's answer."""
    remark: str | None = None
    review: tuple[Review, ...] = ()
    source: Source = Source()
    upper: str = ""
    """上级编码: the task of the upper plan that this one answers, of a plan drawn for the receiving side."""
    upper_role: str = ""
    """上级职责: the unit's part in that task and how it was reached, for the clerk."""

    @property
    def label(self) -> str:
        """A short name for messages: the title, else the first words of the requirement."""
        text = self.title or self.requirement
        return text if len(text) <= 24 else text[:23] + "…"

    @property
    def open_review(self) -> tuple[Review, ...]:
        """The review marks no clerk has ticked yet."""
        return tuple(mark for mark in self.review if not mark.done)

    def to_json(self) -> Json:
        """The task as the plan JSON of SCHEMA.md has it."""
        return {
            "seq": self.seq,
            "code": self.code,
            "number": self.number,
            "headings": list(self.headings),
            "title": self.title,
            "requirement": self.requirement,
            "units": [{"role": a.role.value, "name": a.name} for a in self.assignments],
            "deadlines": [{"text": d.text, "date": d.date.isoformat()} for d in self.deadlines],
            "recurrence": list(self.recurrence),
            "status": self.status,
            "remark": self.remark,
            "review": sorted({mark.field for mark in self.open_review}),
            "source": self.source.to_json(),
            **({"upper": self.upper, "upper_role": self.upper_role} if self.upper else {}),
        }


@dataclass(frozen=True, slots=True)
class Plan:
    """The table of tasks drawn from a notice (任务分工表)."""

    title: str
    tasks: tuple[Task, ...]
    plan_id: str = ""
    """Short ASCII id that every revision of one plan shares; see :mod:`toolkit.identity`."""
    revision: int = 1
    doc: str = ""
    """File name of the notice."""
    issuer: str | None = None
    doc_number: str | None = None
    issued_on: date | None = None
    notes: tuple[str, ...] = ()
    retired: tuple[str, ...] = ()
    """Codes of tasks that left the plan; never given again."""
    known_units: tuple[str, ...] = ()
    """Names the notice itself gives as units or members, in its order, for a first roster."""
    survey: Survey | None = None
    """Of a 收集表: what units fill in instead of answering tasks; its one task is the table."""

    def task(self, code: str) -> Task | None:
        """The task with that code, or ``None``."""
        return next((task for task in self.tasks if task.code == code), None)

    def to_json(self) -> Json:
        """One object of the plan JSON."""
        return {
            "doc": self.doc,
            "title": self.title,
            "issuer": self.issuer,
            "doc_number": self.doc_number,
            "issued_on": self.issued_on.isoformat() if self.issued_on else None,
            "tasks": [task.to_json() for task in self.tasks],
            "notes": list(self.notes),
        }
