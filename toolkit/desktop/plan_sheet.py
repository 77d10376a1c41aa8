"""The plan as the window edits it: an edit here is read exactly as the same edit in Excel or WPS would be."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from toolkit import containers, opc, outputs
from toolkit.containers.content import Content, Sheet
from toolkit.desktop.saving import save
from toolkit.identity import STAMP_SHEET
from toolkit.model import Finding, Plan, Task
from toolkit.resources import template
from toolkit.workbooks import plan_book, plan_cells
from toolkit.workbooks.plan_cells import REVIEWED
from toolkit.workbooks.plan_reader import PlanReading, read_plan
from toolkit.workbooks.plan_table import PlanTable

REVIEW = "复核"


@dataclass(frozen=True, slots=True)
class Edit:
    """One cell of the plan's sheet, and what stood and stands in it."""

    row: int
    column: int
    before: str
    after: str


class PlanSheet:
    """The cells of a plan workbook, and the plan they say.

    Raises :class:`toolkit.findings.CannotDo` when the file holds no plan.
    """

    def __init__(self, path: Path, content: Content | None = None) -> None:
        self.path = path
        self.dirty = False
        self._sha256 = outputs.sha256(path)
        self._content = content or containers.read(path, path.name)
        self._reading: PlanReading = read_plan(self._content, path.name)
        self._texts: list[dict[str, str]] = []
        self._rows: list[int] = []
        self._locate()

    @property
    def plan(self) -> Plan:
        """The plan as the cells now say it."""
        return self._reading.plan

    @property
    def findings(self) -> list[Finding]:
        """What was noticed while reading the cells."""
        return self._reading.findings

    @property
    def editable(self) -> bool:
        """Whether fengong drafted the table, so that saving it again loses nothing."""
        return {"编码", REVIEW} <= self._table.columns.keys()

    def texts(self, index: int) -> dict[str, str]:
        """The cells of a task by column word, as the workbook will show them."""
        return self._texts[index]

    def edit(self, index: int, word: str, text: str) -> Edit | None:
        """The edit that writes ``text`` into a task's column; ``None`` when it changes nothing or cannot be."""
        column = self._table.columns.get(word)
        if column is None or not self.editable or text.strip() == self._texts[index][word]:
            return None
        row, column = self._top_left(self._rows[index], column)
        return Edit(row, column, self._sheet.text(row, column), text.strip())

    def tick(self, index: int) -> Edit | None:
        """The edit that marks a task as reviewed."""
        return self.edit(index, REVIEW, REVIEWED) if self.plan.tasks[index].open_review else None

    def apply(self, edit: Edit, *, undo: bool = False) -> None:
        """Write a cell and read the plan anew.  Raises :class:`CannotDo` (nothing changed) when no task would stay."""
        self._write(edit.row, edit.column, edit.before if undo else edit.after)
        try:
            self._reading = read_plan(self._content, self.path.name)
        except Exception:
            self._write(edit.row, edit.column, edit.after if undo else edit.before)
            raise
        self.dirty = True
        self._locate()

    def changed_elsewhere(self) -> bool:
        """Whether another program saved the file since it was read or saved here."""
        return not self.path.is_file() or outputs.sha256(self.path) != self._sha256

    def save(self) -> None:
        """Write the plan back.  Raises :class:`CannotDo` when another program changed the file or has it open."""
        look = template(plan_book.PLAN_TEMPLATE, self.path.parent)
        parts = opc.read_parts(plan_book.render(self.plan, template=look))
        self._sha256 = save(self.path, opc.write_parts(opc.unsealed(parts)), self._sha256)
        self.dirty = False

    def _locate(self) -> None:
        tables = [sheet for sheet in self._content.tables() if sheet.name != STAMP_SHEET]
        self._table = PlanTable.find(tables)[0]
        self._sheet: Sheet = self._table.sheet
        self._rows = [row.row for row in self._table.task_rows() if row.texts.get("具体要求")]
        self._texts = [plan_cells.texts(task) for task in self.plan.tasks]

    def _top_left(self, row: int, column: int) -> tuple[int, int]:
        """A merged range is written where its text stands."""
        span = next((span for span in self._sheet.spans if (row, column) in span), None)
        return (span.top, span.left) if span else (row, column)

    def _write(self, row: int, column: int, text: str) -> None:
        cells = self._sheet.rows[row]
        cells.extend([None] * (column + 1 - len(cells)))
        cells[column] = text or None
        self._sheet.shown.pop((row, column), None)


def doubts(task: Task) -> dict[str, str]:
    """The columns of a task that want review, each with why and the words of the notice."""
    told: dict[str, list[str]] = {}
    cells = plan_cells.texts(task)
    for mark in task.open_review:
        words = plan_cells.FIELD_COLUMNS.get(mark.field, ())
        reason = mark.reason + (f"\n原文：{mark.evidence}" if mark.evidence else "")
        for word in [word for word in words if cells[word]] or words[:1] or (REVIEW,):
            told.setdefault(word, []).append(reason)
    return {word: "\n\n".join(dict.fromkeys(reasons)) for word, reasons in told.items()}
