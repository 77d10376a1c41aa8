"""What a form says of itself in its very hidden sheet: the duties and locked texts it was issued with.

A1 of that sheet is the stamp; below it stands one row a task: code, 职责, group, due date, then 序号, 工作任务,
具体要求 and 上期情况 as issued.  So a changed text is told without the plan, and a form can be checked by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from toolkit.containers.content import Content
from toolkit.identity import Stamp, read_code
from toolkit.intake.columns import Column
from toolkit.intake.grid import Grid, grids
from toolkit.intake.layout import layout_of
from toolkit.intake.matching import row_texts
from toolkit.intake.recognise import Table, find_tables
from toolkit.intake.reference import Asked, FoundUnit, Reference
from toolkit.intake.whose import is_stamp_sheet
from toolkit.language.text import essence
from toolkit.survey import Survey

_TEXTS = {4: Column.NUMBER, 5: Column.TITLE, 6: Column.REQUIREMENT, 7: Column.PREVIOUS}
"""Columns of the hidden sheet that hold locked texts."""
NOTHING_ISSUED: Mapping[str, Mapping[Column, str]] = MappingProxyType({})
"""Of a form that lost its hidden sheet."""


def issued_texts(content: Content) -> dict[str, dict[Column, str]]:
    """Task code → locked texts as issued, as far as the hidden sheet survived."""
    issued: dict[str, dict[Column, str]] = {}
    for sheet in content.sheets:
        if not is_stamp_sheet(sheet):
            continue
        grid = Grid(sheet)
        for row in range(1, grid.height):
            if (code := read_code(sheet.value(row, 0))) is not None:
                issued[code] = dict(zip(_TEXTS.values(), grid.texts_below(row, tuple(_TEXTS)), strict=True))
    return issued


def issued_survey(content: Content) -> Survey | None:
    """What a survey's form asks, as far as the hidden sheet survived."""
    for sheet in filter(is_stamp_sheet, content.sheets):
        rows = [tuple(sheet.text(row, column) for column in range(sheet.width)) for row in range(len(sheet.rows))]
        if (survey := Survey.of_lines(rows)) is not None:
            return survey
    return None


class _OneUnit:
    """Knows the one unit a form was issued to; nothing else is known without the plan."""

    def __init__(self, unit: str) -> None:
        self._unit = unit

    def find(self, text: str) -> FoundUnit:
        """The unit when the text is its name but for blanks and punctuation, else nothing."""
        return _Found(self._unit if essence(text) == essence(self._unit) else None)


class _Found:
    suggestion: str | None = None
    likeness = 0.0

    def __init__(self, name: str | None) -> None:
        self.name = name


def own_reference(content: Content, stamp: Stamp, printed: Iterable[str] = ()) -> Reference:
    """What a form can be held against without the plan: its own stamp and its own locked texts (contract *check*).

    Where the hidden sheet is lost, the visible texts have to be taken as they stand.  ``printed`` are the texts on
    every form; lines across the whole table are taken for the plan's headings.
    """
    survey = issued_survey(content)
    texts_of_survey = survey.printed if survey else ()
    issued = issued_texts(content) or _visible_texts(content)
    tasks = {
        duty.task: Asked(
            code=duty.task,
            number=(texts := issued.get(duty.task, {})).get(Column.NUMBER, ""),
            title=texts.get(Column.TITLE, ""),
            requirement=texts.get(Column.REQUIREMENT, ""),
        )
        for duty in stamp.duties
    }
    return Reference(
        plan_id=stamp.plan_id,
        revision=stamp.revision,
        tasks=tasks,
        duties={stamp.unit: {duty.task: duty.role for duty in stamp.duties}},
        finder=_OneUnit(stamp.unit),
        written_names=((stamp.unit, stamp.unit),),
        year=stamp.due.year if stamp.due else None,
        office_texts=frozenset(map(essence, (*printed, *texts_of_survey, *_headings(content)))) - {""},
        layout=layout_of(survey),
    )


def _headings(content: Content) -> Iterator[str]:
    """The headings among the rows of a form's tables."""
    for grid in grids(content):
        for table in find_tables(grid):
            yield from filter(None, (heading(table, row) for row in range(table.body, table.end)))


def heading(table: Table, row: int) -> str:
    """The text of a row that stands alone in a range across most of the table, else empty."""
    cells = list(table.grid.cells(row))
    span = table.grid.span(row, cells[0][0]) if len(cells) == 1 else None
    return cells[0][1] if span is not None and span.right - span.left >= len(table.columns) / 2 else ""


def _visible_texts(content: Content) -> dict[str, dict[Column, str]]:
    texts: dict[str, dict[Column, str]] = {}
    for grid in grids(content):
        for table in find_tables(grid):
            for row in range(table.body, table.end):
                told = row_texts(table, row)
                if told.code and (code := read_code(told.code)):
                    texts[code] = {
                        Column.NUMBER: told.number or "",
                        Column.TITLE: told.title or "",
                        Column.REQUIREMENT: told.requirement or "",
                    }
    return texts
