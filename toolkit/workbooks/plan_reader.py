"""Reading a plan workbook back: the clerk's words win over ours, a table made without fengong is welcome."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from toolkit import identity
from toolkit.containers.content import Content, cell_name
from toolkit.findings import CannotDo
from toolkit.findings import plan as found
from toolkit.identity import STAMP_SHEET
from toolkit.language.deadlines import read_deadlines
from toolkit.language.text import essence
from toolkit.language.units import read_units
from toolkit.model import Assignment, Deadline, Finding, Plan, Review, Task
from toolkit.workbooks import plan_cells, plan_memory
from toolkit.workbooks.cells import cut
from toolkit.workbooks.plan_cells import FIELD_COLUMNS, UNIT_COLUMNS
from toolkit.workbooks.plan_head import document_line, read_document_line
from toolkit.workbooks.plan_table import PlanTable, TaskRow

_ATTACHMENT = re.compile(r"附\s*[件表]\s*[一二三四五六七八九十\d]*\s*[:：]?")
_OTHER_BOOKS = "fengong-"
"""How A1 of the very hidden sheet begins in summaries and lists, which have tables of tasks as well."""
_DATE_LIKE = re.compile(r"[\d一二三四五六七八九十]\s*[年月日号]|\d{4}")


@dataclass(slots=True)
class PlanReading:
    """A plan as read, and how."""

    plan: Plan
    findings: list[Finding] = field(default_factory=list)
    uncoded: int = 0
    """Tasks that the workbook itself gives no valid code of their own."""


def read_plan(content: Content, name: str) -> PlanReading:
    """The plan a workbook holds.  Raises :class:`CannotDo` when there is no table of tasks in it."""
    tables = content.tables()
    if not tables:
        raise CannotDo(found.PLAN_UNREADABLE.at(path=name), *content.findings)
    if any(s.name == STAMP_SHEET and s.text(0, 0).startswith(_OTHER_BOOKS) for s in tables):
        raise CannotDo(found.NOT_A_PLAN.at(path=name))
    kept = next((plan for s in tables if s.name == STAMP_SHEET and (plan := plan_memory.load(s))), None)
    plan_tables = PlanTable.find([sheet for sheet in tables if sheet.name != STAMP_SHEET])
    if not plan_tables:
        raise CannotDo(found.NO_PLAN_TABLE.at(path=name))
    reader = _Reader(plan_tables[0], kept, name)
    rows = [row for row in plan_tables[0].task_rows() if not reader.is_emptied(row)]
    if not rows:
        raise CannotDo(found.NO_TASKS.at(path=name))
    reading = reader.read(rows)
    used = plan_tables[0].sheet
    others = [table.sheet for table in plan_tables[1:] if table.sheet.visible and any(table.task_rows())]
    reading.findings += [found.OTHER_TABLE.at(path=name, sheet=sheet.name, read=used.name) for sheet in others]
    return reading


class _Reader:
    def __init__(self, table: PlanTable, kept: Plan | None, name: str) -> None:
        self._table = table
        self._kept = kept
        self._name = name
        self._findings: list[Finding] = []
        self._originals = {task.code: task for task in kept.tasks} if kept else {}
        self._shown = {code: plan_cells.texts(task) for code, task in self._originals.items()}

    def read(self, rows: list[TaskRow]) -> PlanReading:
        plan = self._read_head()
        year = plan.issued_on.year if plan.issued_on else None
        codes = self._settle_codes(rows)
        tasks = tuple(
            self._read_task(row, seq, code, year, plan.issued_on)
            for seq, (row, code) in enumerate(zip(rows, codes, strict=True), 1)
        )
        gone = tuple(code for code in self._originals if code not in codes)
        plan = replace(plan, tasks=tasks, retired=(*plan.retired, *gone))
        coded = identity.coded(plan)
        self._report_codes(rows, codes, coded)
        return PlanReading(coded, self._findings, sum(not code for code in codes))

    def is_emptied(self, row: TaskRow) -> bool:
        """Whether a row says no task any more: only its code, or units without what they are to do."""
        if row.texts.get("具体要求"):
            return False
        self._findings.append(found.EMPTIED_ROW.at(row=row.row + 1, **self._at(row, next(iter(row.texts)))))
        return True

    # --- the head ---------------------------------------------------------------------

    def _read_head(self) -> Plan:
        lines = [line for line in self._table.lines_above() if not _ATTACHMENT.fullmatch(line)]
        kept = self._kept or Plan(self._name.rsplit(".", 1)[0], ())
        if not kept.title:
            lines.insert(0, "")
        title, *others = lines or [kept.title]
        rest = " ".join(others)
        if rest == document_line(kept).strip():
            return replace(kept, title=_same(title, kept.title))
        issuer, number, issued_on = read_document_line(rest)
        return replace(kept, title=_same(title, kept.title), issuer=issuer, doc_number=number, issued_on=issued_on)

    # --- codes ------------------------------------------------------------------------

    def _settle_codes(self, rows: list[TaskRow]) -> list[str]:
        """The code of each row, empty where it needs a new one; a code on two rows stays with the original."""
        holders: dict[str, int] = {}
        for index, row in enumerate(rows):
            code = row.code
            if code and (code not in holders or self._likeness(row, code) > self._likeness(rows[holders[code]], code)):
                holders[code] = index
        retired = set(self._kept.retired) if self._kept else set()
        kept = {index: code for code, index in holders.items() if code not in retired}
        codes = [kept.get(index, "") for index in range(len(rows))]
        free = {self._essence_of(task): code for code, task in reversed(self._originals.items()) if code not in codes}
        for index, row in enumerate(rows):
            if not codes[index] and row.code is None:
                # A row that lost its code but still says what we wrote is the task it was.
                codes[index] = free.pop(essence(row.texts.get("工作任务", "") + row.texts.get("具体要求", "")), "")
        return codes

    def _likeness(self, row: TaskRow, code: str) -> int:
        """How many cells of a row still say what was written for the task of that code."""
        shown = self._shown.get(code, {})
        return sum(_equal(text, shown.get(word, "")) for word, text in row.texts.items())

    @staticmethod
    def _essence_of(task: Task) -> str:
        return essence((task.title or "") + task.requirement)

    def _report_codes(self, rows: list[TaskRow], codes: list[str], plan: Plan) -> None:
        first_row = {row.code: row.row + 1 for row, code in zip(rows, codes, strict=True) if row.code == code and code}
        for row, code, task in zip(rows, codes, plan.tasks, strict=True):
            written = row.texts.get("编码", "")
            if code or not written:
                continue
            number = row.row + 1
            if row.code is None:
                self._findings.append(found.BROKEN_CODE.at(row=number, text=written, given=task.code, **self._at(row)))
            elif row.code in first_row:
                self._findings.append(
                    found.DUPLICATE_CODE.at(
                        task=row.code, first=first_row[row.code], row=number, given=task.code, **self._at(row)
                    )
                )
            else:
                self._findings.append(
                    found.RETIRED_CODE.at(task=row.code, row=number, given=task.code, **self._at(row))
                )

    def _at(self, row: TaskRow, word: str = "编码") -> dict[str, Any]:
        cell = cell_name(row.row, self._table.columns[word])
        return {"path": self._name, "sheet": self._table.sheet.name, "cell": cell}

    # --- one task -----------------------------------------------------------------------

    def _read_task(self, row: TaskRow, seq: int, code: str, year: int | None, issued_on: date | None) -> Task:
        original = self._originals.get(code)
        shown = self._shown.get(code, {})
        base = original or Task(seq, "", code)
        changed = {word for word, text in row.texts.items() if not _equal(text, shown.get(word, ""))}
        task = replace(base, seq=seq, code=code, headings=row.headings)
        texts = row.texts
        if "序号" in changed:
            task = replace(task, number=texts["序号"] or None)
        if changed & {"工作任务", "具体要求"}:
            task = replace(task, title=texts.get("工作任务") or None, requirement=texts.get("具体要求", ""))
        doubts: list[Review] = []
        if changed & UNIT_COLUMNS.keys():
            task = replace(task, assignments=self._assignments(base, texts, changed, doubts))
        if "完成时限" in changed:
            task = self._with_deadlines(task, row, year, issued_on)
        if "完成情况" in changed:
            task = replace(task, status=texts["完成情况"] or None)
        if "备注" in changed:
            task = replace(task, remark=texts["备注"] or None)
        if "上级编码" in changed:
            task = replace(task, upper=identity.read_code(texts["上级编码"]) or texts["上级编码"])
        if "上级职责" in changed:
            task = replace(task, upper_role=texts["上级职责"])
        moved = original is not None and original.headings != task.headings
        return replace(task, review=(*_review(base.review, texts.get("复核"), changed, moved), *doubts))

    def _assignments(
        self, base: Task, texts: Mapping[str, str], changed: set[str], doubts: list[Review]
    ) -> tuple[Assignment, ...]:
        """The units: columns that were not touched keep what stood behind them."""
        units: list[Assignment] = []
        for word, role in UNIT_COLUMNS.items():
            if word not in changed:
                units += [a for a in base.assignments if a.role is role]
            elif self._table.has_codes:
                units += plan_cells.read_units(texts[word], role)
            else:
                # A table made without fengong may say roles inside the cell: 市司法局牵头，各县区政府配合.
                clause = read_units(texts[word], role)
                units += clause.assignments
                doubts += [Review("units", reason, texts[word]) for reason in clause.reasons]
        return tuple(dict.fromkeys(units))

    def _with_deadlines(self, task: Task, row: TaskRow, year: int | None, issued_on: date | None) -> Task:
        text = row.texts["完成时限"]
        deadlines, others = plan_cells.read_deadline_parts(text)
        recurrence: list[str] = []
        found_here: list[Deadline] = list(deadlines)
        for part in others:
            clause = read_deadlines(part, year, issued_on)
            found_here += clause.deadlines
            if not clause.deadlines:
                recurrence.append(part)
                if _DATE_LIKE.search(part) and not clause.recurrence:
                    self._findings.append(
                        found.UNREAD_DEADLINE.at(
                            task=task.code or None, label=task.label, text=part, **self._at(row, "完成时限")
                        )
                    )
            else:
                recurrence += clause.recurrence
        return replace(task, deadlines=tuple(found_here), recurrence=tuple(recurrence))


def _review(marks: tuple[Review, ...], cell: str | None, changed: set[str], moved: bool) -> tuple[Review, ...]:
    """The review marks after the clerk: a ticked row, an emptied cell or a changed field settles its mark."""
    if cell is None:
        return marks
    if not marks:
        return plan_cells.read_review(cell)
    open_words = plan_cells.open_words(cell)
    result = []
    for mark in marks:
        columns = set(FIELD_COLUMNS.get(mark.field, ()))
        settled = bool(columns & changed) or (mark.field == "headings" and moved)
        listed = open_words is None or plan_cells.FIELD_WORDS.get(mark.field, mark.field) in open_words
        result.append(replace(mark, done=mark.done or settled or not listed) if "复核" in changed or settled else mark)
    return tuple(result)


def _equal(left: str, right: str) -> bool:
    """Whether two cells say the same: line breaks and blanks at the ends do not count."""
    return left == right or _settled(left) == _settled(right)


def _settled(text: str) -> str:
    return cut(text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def _same(read: str, kept: str) -> str:
    return kept if _equal(read, kept) else read
