"""The table of a survey: every row in which a unit wrote something is an answer, with or without a code.

What a plan's table is matched by — code, text, likeness — a survey does not need: its one task is the table.
"""

from __future__ import annotations

from itertools import combinations

from toolkit.findings import survey as found
from toolkit.intake.agreement import agree
from toolkit.intake.columns import FieldColumn
from toolkit.intake.labels import read_labels
from toolkit.intake.layout import LOCKED
from toolkit.intake.matching import Matched, RowTexts, Unmatched, code_in
from toolkit.intake.notes import Notes
from toolkit.intake.reading import Match, Row
from toolkit.intake.tables import BodyRow, TableReader
from toolkit.language.typed import read_typed
from toolkit.survey import FieldType


class SurveyTableReader(TableReader):
    """Reads one table of a survey."""

    @property
    def columns_fit(self) -> bool:
        """Whether most cells are of the type of the column they are looked for in."""
        fitting = typed = 0
        for column, place in self._table.columns.items():
            if not isinstance(column, FieldColumn) or column.field.type is FieldType.TEXT:
                continue
            for row in range(self._table.body, self._table.end):
                if text := self._grid.text(row, place):
                    typed += 1
                    fitting += read_typed(column.field, text, self._sheet.value(row, place)) is not None
        return 2 * fitting >= typed

    def _is_label_line(self, cells: list[tuple[int, str]], texts: RowTexts) -> bool:
        """A label stands left of the fields or in a row without a number, and ends with a colon.

        负责人 alone may be somebody's position.
        """
        column, text = cells[0]
        fields = [place for name, place in self._table.columns.items() if isinstance(name, FieldColumn)]
        is_numbered = any(name in self._table.columns for name in LOCKED) and (texts.code or texts.number)
        return (
            (column < min(fields) or not is_numbered) and (":" in text or "：" in text) and bool(read_labels(cells[:1]))
        )

    def _matched(self, body: list[BodyRow]) -> list[BodyRow]:
        """Every row that answers, or that was issued to be answered, is the table's."""
        (code,) = self._reference.tasks
        for row in body:
            answers = any(isinstance(self._columns.get(column), FieldColumn) for column, _ in row.cells)
            issued = code_in(row.texts.code or "") == code
            row.matched = Matched(code, Match.CODE) if answers or issued else Unmatched()
        return body

    def _changed(self, row: BodyRow, matched: Matched, notes: Notes) -> int:
        """No locked text of a survey means anything: rows may be numbered as a unit likes."""
        return 0

    def _joined(self, unit: str | None, rows: list[Row]) -> tuple[Row, ...]:
        """One row, or all that say something where a unit may write several."""
        survey = self._reference.layout.survey
        written = [row for row in rows if row.answers]
        if survey is not None and survey.many:
            return tuple(written or rows[:1])
        if all(_agrees(one, other) for one, other in combinations(written, 2)):
            return super()._joined(unit, written or rows[:1])
        return self._first(unit, written)

    def _first(self, unit: str | None, written: list[Row]) -> tuple[Row, ...]:
        """The first of several rows where one was asked; the others are shown, never dropped."""
        first, *others = written
        for row in others:
            self._strays.demote(row, unit)
        notes = self._notes.about(unit, first.code)
        cells = "、".join(row.cell for row in others)
        notes.tell(found.ROWS_TOO_MANY, others[0].cell, count=len(written), first=first.cell, cells=cells)
        return (first,)


def _agrees(one: Row, other: Row) -> bool:
    """Whether two rows contradict each other nowhere."""
    first, second = dict(one.answers), dict(other.answers)
    return all(agree(column, first[column], second[column]) for column in first.keys() & second.keys())
