"""What came back (填报项): the answers, the cells they stand in, and what belongs to no answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from toolkit.model.base import Json
from toolkit.model.plan import Role
from toolkit.survey import Filled


@dataclass(frozen=True, slots=True)
class Place:
    """A cell of a file: ``path`` as in the result's ``files``, ``cell`` in A1 notation."""

    path: str
    sheet: str = ""
    cell: str = ""

    def to_json(self) -> Json:
        """``{"path", "sheet", "cell"}``."""
        return {"path": self.path, "sheet": self.sheet, "cell": self.cell}


class State(StrEnum):
    """Whether an entry came back."""

    REPORTED = "reported"
    BLANK = "blank"
    MISSING = "missing"


ENTRY_FIELDS = ("status", "progress", "evidence", "done_on", "remark")
"""The fields a unit fills in, in the order of the form's columns."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One unit's answer on one task in one round (填报项)."""

    task: str
    unit: str
    role: Role
    state: State = State.MISSING
    number: str | None = None
    status: str | None = None
    """A word of the status vocabulary, ``None`` when there is none or it was not understood."""
    status_text: str = ""
    progress: str = ""
    evidence: str = ""
    done_on: date | None = None
    done_on_text: str = ""
    remark: str = ""
    sources: tuple[tuple[str, Place], ...] = ()
    """Field of :data:`ENTRY_FIELDS` → the cell it was read from."""
    carried: str = ""
    """The earlier round whose entry still stands, of a task this round did not ask the unit."""
    rows: tuple[tuple[Filled, ...], ...] = ()
    """Of a survey: the rows the unit filled in, each the fields with content."""

    def source(self, field_name: str) -> Place | None:
        """The cell a field was read from, or ``None``."""
        return next((place for name, place in self.sources if name == field_name), None)

    @property
    def place(self) -> Place | None:
        """The cell that stands for the whole entry: of its status, else of its first field that came from somewhere."""
        for name, place in self.sources:
            if name == "status":
                return place
        if self.sources:
            return self.sources[0][1]
        filled = (Place(cell.path, cell.sheet, cell.cell) for row in self.rows for cell in row if cell.path)
        return next(filled, None)

    @property
    def answers(self) -> int:
        """How many cells the entry was read from."""
        return len(self.sources) + sum(map(len, self.rows))

    def to_json(self) -> Json:
        """The entry as the merge JSON has it."""
        rows = {"rows": [_row_json(row) for row in self.rows]} if self.rows else {}
        return rows | {
            "task": self.task,
            "number": self.number,
            "unit": self.unit,
            "role": self.role.value,
            "state": self.state.value,
            "status": self.status,
            "status_text": self.status_text,
            "progress": self.progress,
            "evidence": self.evidence,
            "done_on": self.done_on.isoformat() if self.done_on else None,
            "done_on_text": self.done_on_text,
            "remark": self.remark,
            "carried": self.carried,
            "sources": {name: place.to_json() for name, place in self.sources},
        }


def _row_json(row: tuple[Filled, ...]) -> Json:
    """A row of a survey as an entry of the merge JSON has it."""
    return {
        "texts": {filled.field: filled.text for filled in row},
        "values": {filled.field: filled.value for filled in row},
        "sources": {filled.field: Place(filled.path, filled.sheet, filled.cell).to_json() for filled in row},
    }


@dataclass(frozen=True, slots=True)
class Extra:
    """A returned row or cell that belongs to no entry: shown, never dropped."""

    path: str
    sheet: str
    cell: str
    unit: str | None
    values: tuple[str, ...]

    def to_json(self) -> Json:
        """The extra as the merge JSON has it."""
        return {
            "path": self.path,
            "sheet": self.sheet,
            "cell": self.cell,
            "unit": self.unit,
            "values": list(self.values),
        }
