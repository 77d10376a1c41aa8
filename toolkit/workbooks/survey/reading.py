"""A survey's summary read back for the feedback documents and for the register, with what a clerk changed in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from toolkit.containers.content import Content, Sheet, cell_name
from toolkit.language.typed import read_typed
from toolkit.model import Collection, Decision, Duty, Entry, Place, Role, State, Task
from toolkit.settings import Settings
from toolkit.survey import Field, Filled, Survey
from toolkit.workbooks.summary import missing, origins, problems
from toolkit.workbooks.summary.details import CARRIED, STATES, VERDICTS
from toolkit.workbooks.summary.reading import (
    NotASummary,
    Reviewed,
    ReviewedRow,
    findings_shown,
    hidden_part,
    lines_of,
    place_of,
    records_of,
    units_shown,
)
from toolkit.workbooks.survey import tables

_HEADER_ROWS = 20
_NO_TABLE = "没有《总表》，或表中缺少“单位”“报送”表头"
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
    left, task = _left(content, stored.collection.plan.survey), base.plan.tasks[0]
    places = _places(content)
    entries = tuple(_sourced(entry, places) for entry in _entries(left, task))
    if not entries:
        raise NotASummary(_NO_TABLE)
    collection = replace(
        base,
        entries=entries,
        decisions=tuple(_decisions(left, task)),
        units=units_shown(base, lines_of(content, missing.SHEET, ("单位",)), entries),
        duties=tuple(Duty(entry.task, entry.unit, entry.role) for entry in entries),
        findings=tuple(findings_shown(base, lines_of(content, problems.SHEET, ("级别", "问题")))),
        files=tuple(records_of(lines_of(content, origins.SHEET, ("文件", "处理结果")) or ())),
    )
    return collection, stored.settings(settings)


def reviewed(content: Content) -> Reviewed:
    """What a person left in 总表.  Raises :class:`NotASummary`."""
    stored = hidden_part(content)
    if stored is None or stored.collection.plan.survey is None:
        raise NotASummary("没有收集表的汇总")
    base = stored.collection
    rows = [
        ReviewedRow(
            base.plan.tasks[0].code, unit, {}, left.verdict, left.opinion, left.cell, tables.OVERALL, left.texts
        )
        for unit, left in _left(content, stored.collection.plan.survey).items()
    ]
    if not rows:
        raise NotASummary(_NO_TABLE)
    return Reviewed(base.round.name, stored.mark, tuple(rows))


@dataclass
class _Left:
    """What 总表 says of one unit."""

    state: State
    carried: bool
    texts: dict[int, dict[str, str]] = field(default_factory=dict)
    """Number of the row → field → the text of its cell; a row without a number is a new one."""
    rows: list[tuple[Filled, ...]] = field(default_factory=list)
    verdict: str = ""
    opinion: str = ""
    cell: str = ""
    """Of 审核."""

    def take(self, number: str, texts: dict[str, str], filled: tuple[Filled, ...]) -> None:
        """One more row."""
        place = int(number) if number.isdecimal() and int(number) not in self.texts else max(self.texts, default=0) + 1
        self.texts[place] = texts
        if filled:
            self.rows.append(filled)


def _left(content: Content, survey: Survey) -> dict[str, _Left]:
    """What 总表 says of every unit; the columns of the fields are those between the office's own."""
    sheet = next((sheet for sheet in content.sheets if sheet.name.strip() == tables.OVERALL), None)
    known = range(min(_HEADER_ROWS, len(sheet.rows))) if sheet else ()
    header = next((row for row in known if sheet and _is_header(sheet, row)), None)
    if sheet is None or header is None:
        return {}
    words = [sheet.text(header, column) for column in range(len(sheet.rows[header]))]
    ours = {word: column for column, word in enumerate(words)} | {
        word: words.index(word) for word in tables.OVERALL_HEADERS[: tables.BEFORE_FIELDS] if word in words
    }
    places = _field_columns(words, survey.fields)
    left: dict[str, _Left] = {}
    for row in range(header + 1, len(sheet.rows)):
        said = {word: sheet.text(row, ours[word]) if word in ours else "" for word in tables.OVERALL_HEADERS}
        if not said["单位"] or not (said["报送"] or said["单位"] in left):
            continue
        state = _STATES.get(said["报送"], State.MISSING)
        unit = left.setdefault(said["单位"], _Left(state, said["报送"] == CARRIED))
        texts = {name: sheet.text(row, place) for name, place in places.items()}
        filled = tuple(
            Filled(field.name, text, read_typed(field, text, sheet.value(row, places[field.name])))
            for field in survey.fields
            if (text := texts.get(field.name))
        )
        unit.take(said["行"], texts, filled)
        unit.verdict = unit.verdict or said["审核"]
        unit.opinion = unit.opinion or said["审核意见"]
        if "审核" in ours and not unit.cell:
            unit.cell = cell_name(row, ours["审核"])
    return left


def _entries(left: Mapping[str, _Left], task: Task) -> Iterator[Entry]:
    """The entry of every unit."""
    for unit, said in left.items():
        state = State.REPORTED if said.rows else said.state
        rows = tuple(said.rows)
        carried = CARRIED if said.carried else ""
        yield Entry(task.code, unit, Role.RESPONSIBLE, state, task.number, carried=carried, rows=rows)


def _places(content: Content) -> dict[tuple[str, str, str], Place]:
    """(unit, number of the row, field) → the cell it came from, as 明细 tells."""
    lines = lines_of(content, tables.DETAILS, ("单位", "行", "字段", "来源")) or ()
    said = ((line, place_of(line["来源"])) for line in lines if line["来源"] != tables.BY_OFFICE)
    return {(line["单位"], line["行"], line["字段"]): place for line, place in said if place is not None}


def _sourced(entry: Entry, places: Mapping[tuple[str, str, str], Place]) -> Entry:
    """The entry with the cells its texts came from."""

    def sourced(cell: Filled, number: int) -> Filled:
        place = places.get((entry.unit, str(number), cell.field))
        return replace(cell, path=place.path, sheet=place.sheet, cell=place.cell) if place else cell

    rows = enumerate(entry.rows, 1)
    return replace(entry, rows=tuple(tuple(sourced(cell, number) for cell in row) for number, row in rows))


def _decisions(left: Mapping[str, _Left], task: Task) -> Iterator[Decision]:
    """What the office decided."""
    for unit, said in left.items():
        if verdict := VERDICTS.get(said.verdict):
            yield Decision(task.code, unit, verdict, said.opinion)


def _is_header(sheet: Sheet, row: int) -> bool:
    words = {sheet.text(row, column) for column in range(len(sheet.rows[row]))}
    return {"单位", "报送"} <= words


def _field_columns(words: Sequence[str], fields: Sequence[Field]) -> dict[str, int]:
    """Field → its column; a field may be called like one of the office's own columns, which stand outside."""
    start = tables.BEFORE_FIELDS
    inside = {word: place for place, word in reversed(list(enumerate(words))) if place >= start}
    return {field.name: inside[field.name] for field in fields if field.name in inside}
