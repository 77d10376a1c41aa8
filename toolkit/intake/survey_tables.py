"""The table of a survey: every row in which a unit wrote something is an answer, with or without a code.

What a plan's table is matched by — code, text, likeness — a survey does not need: its one task is the table.
"""

from __future__ import annotations

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
        """A label stands left of the fields and ends with a colon; 负责人 alone may be somebody's position."""
        column, text = cells[0]
        fields = [place for name, place in self._table.columns.items() if isinstance(name, FieldColumn)]
        beside = column < min(fields) or not any(name in self._table.columns for name in LOCKED)
        return beside and (":" in text or "：" in text) and bool(read_labels(cells[:1]))

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
        if survey is None or not survey.many:
            return super()._joined(unit, rows)
        return tuple([row for row in rows if row.answers] or rows[:1])
