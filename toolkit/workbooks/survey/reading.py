"""A survey's summary read back for the feedback documents and for the register, with what a clerk changed in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from toolkit.containers.content import Content, Sheet
from toolkit.language.typed import read_typed
from toolkit.model import Collection, Duty, Entry, Role, State, Task
from toolkit.settings import Settings
from toolkit.survey import Field, Filled, Survey
from toolkit.workbooks.summary import missing, origins, problems
from toolkit.workbooks.summary.details import STATES
from toolkit.workbooks.summary.reading import (
    NotASummary,
    findings_shown,
    hidden_part,
    lines_of,
    records_of,
    units_shown,
)
from toolkit.workbooks.survey import tables

_HEADER_ROWS = 20
_STATES = {word: state for state, word in STATES.items()}


def holds_survey(content: Content) -> bool:
    """Whether a workbook is the summary of a survey."""
    stored = hidden_part(content)
    return stored is not None and stored.collection.plan.survey is not None


def restore(content: Content, settings: Settings) -> tuple[Collection, Settings]:
    """The collection a summary shows, and the settings it was made by.  Raises :class:`NotASummary`."""
    stored = hidden_part(content)
    if stored is None or stored.collection.plan.survey is None:
        raise NotASummary("没有收集表的汇总")
    base = stored.collection
    sheet = next((sheet for sheet in content.sheets if sheet.name.strip() == tables.OVERALL), None)
    entries = tuple(_entries(sheet, base.plan.tasks[0], stored.collection.plan.survey)) if sheet else ()
    if not entries:
        raise NotASummary("没有《总表》，或表中缺少“单位”“报送”表头")
    collection = replace(
        base,
        entries=entries,
        units=units_shown(base, lines_of(content, missing.SHEET, ("单位",)), entries),
        duties=tuple(Duty(entry.task, entry.unit, entry.role) for entry in entries),
        findings=tuple(findings_shown(base, lines_of(content, problems.SHEET, ("级别", "问题")))),
        files=tuple(records_of(lines_of(content, origins.SHEET, ("文件", "处理结果")) or ())),
    )
    return collection, stored.settings(settings)


def _entries(sheet: Sheet, task: Task, survey: Survey) -> Iterator[Entry]:
    """The entry of every unit; the columns of the fields are those between the office's own."""
    header = next((row for row in range(min(_HEADER_ROWS, len(sheet.rows))) if _is_header(sheet, row)), None)
    if header is None:
        return
    words = [sheet.text(header, column) for column in range(len(sheet.rows[header]))]
    unit_column, state_column = words.index("单位"), words.index("报送")
    places = _field_columns(words, survey.fields)
    rows: dict[str, list[tuple[Filled, ...]]] = {}
    states: dict[str, State] = {}
    for row in range(header + 1, len(sheet.rows)):
        unit, state = sheet.text(row, unit_column), sheet.text(row, state_column)
        if not unit or not state:
            continue
        states.setdefault(unit, _STATES.get(state, State.MISSING))
        cells = tuple(
            Filled(field.name, text, read_typed(field, text, sheet.value(row, places[field.name])))
            for field in survey.fields
            if field.name in places and (text := sheet.text(row, places[field.name]))
        )
        if cells:
            rows.setdefault(unit, []).append(cells)
    for unit, state in states.items():
        written = tuple(rows.get(unit, ()))
        told = State.REPORTED if written else state
        yield Entry(task.code, unit, Role.RESPONSIBLE, told, task.number, rows=written)


def _is_header(sheet: Sheet, row: int) -> bool:
    words = {sheet.text(row, column) for column in range(len(sheet.rows[row]))}
    return {"单位", "报送"} <= words


def _field_columns(words: Sequence[str], fields: Sequence[Field]) -> dict[str, int]:
    """Field → its column; a field may be called like one of the office's own columns, which stand outside."""
    start = tables.BEFORE_FIELDS
    inside = {word: place for place, word in reversed(list(enumerate(words))) if place >= start}
    return {field.name: inside[field.name] for field in fields if field.name in inside}
