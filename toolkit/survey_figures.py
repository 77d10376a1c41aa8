"""The figures of a survey: who reported when, and what the units together say field by field.

通报 and 看板 show the same figures; they are all computed here, from the collection alone.

- *reporting rate* (报送率): units that reported ÷ units asked.
- *on time* (按期): the day the unit's first file says it was saved is not after the due date.  Where no file tells a
  day, or no due date was set, a unit has reported, neither in time nor late.
- *sums and means* (合计、平均) are those of the cells that hold a number.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from toolkit.language.dates import BEIJING
from toolkit.model import Collection, Entry, FileRecord, Outcome, Severity, State, UnitReport, UnitState
from toolkit.survey import Field, FieldType, Filled

_CAME = frozenset({Outcome.MERGED, Outcome.SUPERSEDED, Outcome.DUPLICATE})


class Reported(StrEnum):
    """How a unit stands (报送情况); the value is the word on screen, the best first."""

    ON_TIME = "按期报送"
    LATE = "逾期报送"
    SOME_TIME = "已报"
    BLANK = "交了空表"
    REJECTED = "退回"
    MISSING = "未报"

    @property
    def came(self) -> bool:
        """Whether the unit counts as having reported."""
        return self in (Reported.ON_TIME, Reported.LATE, Reported.SOME_TIME)


@dataclass(frozen=True, slots=True)
class UnitReporting:
    """One unit."""

    unit: str
    reported: Reported
    first: date | None
    """The day its first file was saved."""
    late: int
    """Days after the due date, of one that came late."""
    rows: int
    faults: int
    """Errors in what it sent."""


@dataclass(frozen=True, slots=True)
class FieldFigures:
    """What the units together say in one field."""

    field: Field
    filled: int
    blank: int
    unread: int
    """Cells that hold no value of the field's type."""
    counts: Mapping[str, int]
    """Choice → how often, of a field that offers some, in their order."""
    numbers: tuple[Decimal, ...] = ()

    @property
    def total(self) -> Decimal | None:
        """合计, ``None`` where there is no number."""
        return sum(self.numbers, Decimal(0)) if self.numbers else None

    @property
    def mean(self) -> Decimal | None:
        """平均, to two decimals."""
        total = self.total
        return None if total is None else (total / len(self.numbers)).quantize(Decimal("0.01"))


@dataclass(frozen=True, slots=True)
class SurveyFigures:
    """All figures of a survey's round."""

    units: tuple[UnitReporting, ...]
    """In the fixed unit order."""
    fields: tuple[FieldFigures, ...]
    counts: Mapping[Reported, int]

    @property
    def came(self) -> int:
        """Units that reported."""
        return sum(count for reported, count in self.counts.items() if reported.came)

    @property
    def rate(self) -> float | None:
        """报送率 between 0 and 1, ``None`` when nobody is asked."""
        return self.came / len(self.units) if self.units else None


def compute(collection: Collection) -> SurveyFigures:
    """The figures of a survey's collection."""
    survey = collection.plan.survey
    entries = {entry.unit: entry for entry in collection.entries}
    firsts = _first_days(collection.files)
    faults = Counter(f.unit for f in collection.findings if f.severity is Severity.ERROR and f.path)
    due = collection.round.due
    units = tuple(
        _unit(report, entries.get(report.unit), firsts.get(report.unit), due, faults[report.unit])
        for report in collection.units
    )
    rows = [row for entry in collection.entries for row in entry.rows]
    fields = tuple(_field(field, rows) for field in (survey.fields if survey else ()))
    counts = Counter(unit.reported for unit in units)
    return SurveyFigures(units, fields, {reported: counts[reported] for reported in Reported})


def _first_days(files: Iterable[FileRecord]) -> dict[str, date]:
    """Unit → the day its first file says it was saved."""
    days: dict[str, date] = {}
    for record in files:
        if record.modified is not None and record.outcome in _CAME:
            day = (record.modified + BEIJING).date()
            for unit in record.units:
                days[unit] = min(day, days.get(unit, day))
    return days


def _unit(report: UnitReport, entry: Entry | None, first: date | None, due: date | None, faults: int) -> UnitReporting:
    late = max((first - due).days, 0) if first and due else 0
    rows = len(entry.rows) if entry else 0
    if entry is not None and entry.state is State.REPORTED:
        reported = (Reported.LATE if late else Reported.ON_TIME) if first and due else Reported.SOME_TIME
    elif entry is not None and entry.state is State.BLANK:
        reported = Reported.BLANK
    else:
        reported = Reported.REJECTED if report.state is UnitState.REJECTED else Reported.MISSING
    return UnitReporting(report.unit, reported, first, late if reported is Reported.LATE else 0, rows, faults)


def _field(field: Field, rows: Sequence[Sequence[Filled]]) -> FieldFigures:
    cells = [cell for row in rows for cell in row if cell.field == field.name]
    said = Counter(cell.value for cell in cells if cell.value is not None)
    is_number = field.type is FieldType.NUMBER
    return FieldFigures(
        field=field,
        filled=len(cells),
        blank=len(rows) - len(cells),
        unread=sum(cell.value is None for cell in cells),
        counts={choice: said[choice] for choice in field.offered},
        numbers=tuple(Decimal(cell.value) for cell in cells if is_number and cell.value is not None),
    )
