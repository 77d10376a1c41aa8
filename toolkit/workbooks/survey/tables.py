"""The sheets of a survey's summary that the summary of a plan does not have: 总表, 明细, 随附材料."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from toolkit.model import Collection, Entry, FileRecord, Outcome, Place, State, UnitReport
from toolkit.survey import Field, FieldType, Filled, Survey
from toolkit.workbooks.row_heights import line_count
from toolkit.workbooks.summary.details import CARRIED, STATES, VERDICTS, reviewed, said_correction, said_place
from toolkit.workbooks.summary.links import SourceLinks, sheet_link
from toolkit.workbooks.summary.table import Cell, Row, Scalar, Table, Value
from toolkit.workbooks.survey.changes import said_change

OVERALL = "总表"
OVERALL_HEADERS = (
    *("序号", "单位", "报送", "行"),
    *("随附材料", "填报人", "填报人电话", "审核人", "填报日期", "较上期", "改动", "审核", "审核意见"),
)
"""The last two are the office's to fill in (fengong review reads them back, and what it mended in the fields)."""
BEFORE_FIELDS = 4
"""Headers of 总表 that stand left of the fields."""
NAMES, VALUES = "字段", "填报"
"""Marks of the template's repeated column: in its header and in its body."""
DETAILS = "明细"
DETAILS_HEADERS = ("序号", "单位", "行", "字段", "填报内容", "读作", "来源")
BESIDE = "随附材料"
BESIDE_HEADERS = ("序号", "单位", "材料", "情况")
BY_OFFICE = "办公室填写"
"""来源 of a cell that no unit filled in."""
WRONG, BLANK = "错误", "提醒"
"""The samples of the template that are laid over what cannot be read, and over what is missing though required."""
_DIGITS = 15
"""Digits a spreadsheet keeps of a number."""
_NARROWEST, _WIDEST = 8.0, 28.0
_SIZE = 10.5


def overall_table(collection: Collection, survey: Survey, first_rows: Mapping[str, int]) -> Table:
    """总表: units × fields in unit order, a row for every row of a unit; who sent nothing has an empty one."""
    entries = {entry.unit: entry for entry in collection.entries}
    beside = _beside_names(collection)
    ours = _Office(collection)
    rows: list[Row] = []
    for number, report in enumerate(collection.units, 1):
        entry = entries.get(report.unit)
        written = entry.rows if entry else ()
        for place, row in enumerate(written or ((),), 1):
            link = sheet_link(DETAILS, f"A{first_rows[report.unit]}") if report.unit in first_rows else None
            head: tuple[Value, ...] = (
                number,
                Cell(report.unit, link=link),
                _state(entry, report),
                place if written and survey.many else "",
                "\n".join(beside.get(report.unit, ())),
                *(report.reporter, report.phone, report.reviewer, report.filled_on),
                *(ours.about(report.unit) if place == 1 else ("",) * 4),
            )
            rows.append(Row((*head, *_values(survey.fields, row, asked=bool(written)))))
    names: list[Value] = [field.name for field in survey.fields]
    hidden = {"行"} if not survey.many else set()
    hidden |= {"随附材料"} if not survey.beside and not beside else set()
    hidden |= {"较上期"} if not collection.changes else set()
    hidden |= {"改动"} if not collection.corrections else set()
    widths = dict(enumerate(_widths(collection, survey), len(OVERALL_HEADERS)))
    notes = ("深色格：读不出来或不在选项里，显示的是原文；浅色格：必填而没有填。点单位名称看原文和来源。",)
    choices = {"审核": tuple(VERDICTS)}
    return Table(OVERALL, OVERALL_HEADERS, rows, {NAMES: names}, (), frozenset(hidden), choices, widths, notes)


class _Office:
    """What the office's own columns say of each unit: 较上期, 改动, 审核, 审核意见."""

    def __init__(self, collection: Collection) -> None:
        self._changes = {change.unit: change for change in collection.changes}
        self._decided = {decision.unit: decision for decision in collection.decisions}
        self._mended: dict[str, list[str]] = {}
        for correction in collection.corrections:
            self._mended.setdefault(correction.unit, []).append(said_correction(correction))

    def about(self, unit: str) -> tuple[Value, ...]:
        change = self._changes.get(unit)
        since = said_change(change) if change else ""
        return (since, "\n".join(self._mended.get(unit, ())), *reviewed(self._decided.get(unit)))


def _state(entry: Entry | None, report: UnitReport) -> str:
    if entry is not None and entry.carried:
        return CARRIED
    if entry is not None and entry.state is not State.MISSING:
        return STATES[entry.state]
    return report.state.label


def _values(fields: Sequence[Field], row: Sequence[Filled], *, asked: bool) -> Iterator[Value]:
    """The cells of a row in the order of the fields; of a unit that sent nothing none is marked."""
    filled = {cell.field: cell for cell in row}
    for field in fields:
        cell = filled.get(field.name)
        if cell is None:
            yield Cell("", mark=BLANK) if asked and field.required else ""
        elif cell.value is None:
            yield Cell(cell.text, mark=WRONG)
        else:
            yield meant(field, cell)


def meant(field: Field, cell: Filled) -> Scalar:
    """What a cell says as a summary shows it: choices, dates and numbers in one form, words as they were written."""
    if cell.value is None or field.type is FieldType.TEXT:
        return cell.text
    if field.type is FieldType.NUMBER:
        number = Decimal(cell.value)
        if len(number.as_tuple().digits) <= _DIGITS:
            return int(number) if number == number.to_integral_value() else float(number)
    return cell.value


def _widths(collection: Collection, survey: Survey) -> Iterator[float]:
    """Room for the name and for most of what was written."""
    for field in survey.fields:
        texts = [
            str(meant(field, cell))
            for entry in collection.entries
            for row in entry.rows
            for cell in row
            if cell.field == field.name
        ]
        width = _NARROWEST
        while width < _WIDEST and not (line_count(field.name, width, _SIZE) <= 2 and _most_fit(texts, width)):
            width += 1
        yield width


def _most_fit(texts: Sequence[str], width: float) -> bool:
    """Whether four of five texts stand in one line."""
    return 5 * sum(line_count(text, width, _SIZE) > 1 for text in texts) <= len(texts)


def details_table(collection: Collection, survey: Survey, links: SourceLinks) -> Table:
    """明细: every cell that was filled in, as written, with the cell it came from."""
    hidden = frozenset() if survey.many else frozenset({"行"})
    return Table(DETAILS, DETAILS_HEADERS, list(_details(collection, survey, links)), hidden=hidden)


def _details(collection: Collection, survey: Survey, links: SourceLinks) -> Iterator[Row]:
    fields = {field.name: field for field in survey.fields}
    linked: set[str] = set()
    for number, (unit, place, cell) in enumerate(_cells(collection), 1):
        source = Place(cell.path, cell.sheet, cell.cell)
        shown = "" if cell.value is None else str(meant(fields[cell.field], cell))
        read = Cell("读不出来", mark=WRONG) if cell.value is None else shown if shown != cell.text else ""
        link = Cell(said_place(source), link=links.to(source)) if cell.path else BY_OFFICE
        yield Row((number, unit, place, cell.field, cell.text, read, link), linked=unit not in linked)
        linked.add(unit)


def _cells(collection: Collection) -> Iterator[tuple[str, int, Filled]]:
    for entry in collection.entries:
        for place, row in enumerate(entry.rows, 1):
            for cell in row:
                yield entry.unit, place, cell


def first_rows(collection: Collection, first_body_row: int) -> dict[str, int]:
    """The row of 明细 where each unit begins."""
    rows: dict[str, int] = {}
    for offset, (unit, _, _) in enumerate(_cells(collection)):
        rows.setdefault(unit, first_body_row + offset)
    return rows


def beside_table(collection: Collection, survey: Survey, links: SourceLinks) -> Table:
    """随附材料: what came beside the forms, by unit; who has reported and sent nothing is told."""
    records = [record for record in collection.files if record.outcome is Outcome.EVIDENCE]
    pictures = {entry.unit: entry for entry in collection.entries if entry.evidence}
    lines: list[tuple[str, Value, Value]] = []
    for report in collection.units:
        own = [record for record in records if report.unit in record.units]
        lines += [(report.unit, _file(record, links), "已收到") for record in own]
        if (entry := pictures.get(report.unit)) is not None:
            place = entry.source("evidence")
            lines.append((report.unit, Cell(entry.evidence, link=links.to(place) if place else None), "贴在表里"))
        if survey.beside and not own and entry is None:
            lines.append((report.unit, survey.beside, Cell("未收到", mark=BLANK)))
    lines += [
        ("", _file(record, links), Cell("认不出是哪个单位的", mark=WRONG)) for record in records if not record.units
    ]
    rows = [Row((number, *line)) for number, line in enumerate(lines, 1)]
    return Table(BESIDE, BESIDE_HEADERS, rows, notes=() if rows else ("没有随表报送的材料。",))


def _file(record: FileRecord, links: SourceLinks) -> Cell:
    return Cell(record.path, link=links.to(Place(record.path)))


def _beside_names(collection: Collection) -> dict[str, list[str]]:
    """Unit → what came beside its form."""
    names: dict[str, list[str]] = {}
    for record in collection.files:
        for unit in record.units if record.outcome is Outcome.EVIDENCE else ():
            names.setdefault(unit, []).append(record.path.rpartition("/")[2])
    for entry in collection.entries:
        if entry.evidence:
            names.setdefault(entry.unit, []).append(entry.evidence)
    return names
