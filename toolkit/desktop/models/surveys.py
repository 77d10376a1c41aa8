"""The columns of tables about surveys (收集表): their fields, what units filled in, contacts for the register."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtGui import QColor

from toolkit.desktop import theme
from toolkit.desktop.models.table import Column
from toolkit.model import Collection, State
from toolkit.survey import Field, Filled, Survey

FIELDS: tuple[Column[Field], ...] = (
    Column("字段", 10, lambda field: field.name),
    Column("类型", 5, lambda field: field.type.value, centred=True),
    Column("必填", 4, lambda field: "是" if field.required else "", centred=True),
    Column("选项", 14, lambda field: "、".join(field.choices)),
    Column("说明", 20, lambda field: field.note),
    Column("示例", 14, lambda field: field.example),
)

_NARROWEST, _WIDEST = 5, 14
"""Characters of a field's column."""
_HALF_WIDE = 0x2E80
"""The first character of those as wide as Chinese ones."""


@dataclass(frozen=True, slots=True)
class FilledRow:
    """One row that a unit filled in, empty of a unit that sent nothing."""

    unit: str
    state: State
    cells: tuple[Filled, ...] = ()

    def cell(self, name: str) -> Filled | None:
        """What was filled into a field."""
        return next((cell for cell in self.cells if cell.field == name), None)


def filled_rows(collection: Collection) -> list[FilledRow]:
    """Every row of every unit, in unit order."""
    return [FilledRow(entry.unit, entry.state, row) for entry in collection.entries for row in entry.rows or ((),)]


def answers(survey: Survey, rows: Sequence[FilledRow]) -> Sequence[Column[FilledRow]]:
    """A column for the unit and one for every field, as wide as most of what is in it."""
    return (Column("单位", 10, lambda row: row.unit), *(_answer(field, rows) for field in survey.fields))


def _answer(field: Field, rows: Sequence[FilledRow]) -> Column[FilledRow]:
    def text(row: FilledRow) -> str:
        cell = row.cell(field.name)
        return (cell.text if cell.value is None else cell.value) if cell else ""

    def colour(row: FilledRow) -> QColor | None:
        cell = row.cell(field.name)
        return QColor(theme.colours().bad) if cell and cell.value is None else None

    def tip(row: FilledRow) -> str:
        cell = row.cell(field.name)
        return f"{cell.text}\n{cell.path} {cell.sheet} {cell.cell}" if cell else ""

    needed = max((cell_width(text(row)) for row in rows), default=0)
    width = min(max(needed, len(field.name), _NARROWEST), _WIDEST)
    return Column(field.name, width, text, colour=colour, tip=tip)


def cell_width(text: str) -> int:
    """How many Chinese characters wide a text is: letters and digits are half as wide."""
    return sum(1 if ord(char) < _HALF_WIDE else 2 for char in text) // 2 + 1


CONTACTS: tuple[Column[tuple[str, str, str]], ...] = (
    Column("单位", 16, lambda cell: cell[0]),
    Column("栏目", 6, lambda cell: cell[1], centred=True),
    Column("填入", 20, lambda cell: cell[2]),
)
"""What went into the register: unit, column, and what was written."""
