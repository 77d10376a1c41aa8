"""A summary read back for the feedback documents, with what a clerk changed in its visible sheets.

明细, 问题清单, 未报名单 and the 备注 of 总表 are taken from the visible sheets, because an office mends
them by hand before it sends anything; the rest comes from the very hidden sheet.  Sheets are found
by name, columns by header, so that moved columns and added rows do no harm.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from toolkit import vocabulary as words
from toolkit.containers.content import Content, Sheet, Value, cell_name
from toolkit.figures import UNCLEAR
from toolkit.model import (
    Collection,
    Decision,
    Duty,
    Entry,
    FileRecord,
    Finding,
    Outcome,
    Place,
    Plan,
    Role,
    Roster,
    Round,
    Severity,
    State,
    Task,
    UnitReport,
    UnitState,
)
from toolkit.settings import Settings
from toolkit.workbooks.summary import details, missing, origins, overview, problems, store

_HEADER_ROWS = 20
"""The header is looked for in so many rows."""
_ROLES = {role.label: role for role in Role}
_STATES = {word: state for state, word in details.STATES.items()}
_SEVERITIES = {severity.label: severity for severity in Severity}
_OUTCOMES = {outcome.label: outcome for outcome in Outcome}
_UNIT_STATES = {state.label: state for state in UnitState}


class NotASummary(Exception):
    """The workbook cannot be read as a summary; the text says why, in Chinese."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A body row by its headers."""

    texts: Mapping[str, str]
    values: Mapping[str, Value]
    row: int
    columns: Mapping[str, int]

    def cell(self, header: str) -> str:
        """The A1 name of a cell, empty when there is no such column."""
        return cell_name(self.row, self.columns[header]) if header in self.columns else ""

    def __getitem__(self, header: str) -> str:
        return self.texts.get(header, "")

    def day(self, header: str) -> date | None:
        """The date of a cell, whether the cell holds a date or its ISO text."""
        value = self.values.get(header)
        if isinstance(value, datetime):
            return value.date()
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(self[header])
        except ValueError:
            return None


def restore(content: Content, settings: Settings) -> tuple[Collection, Settings]:
    """The collection a summary shows, and the settings its figures come from.  Raises :class:`NotASummary`."""
    lines = lines_of(content, details.SHEET, ("编码", "单位", "完成情况"))
    if lines is None:
        raise NotASummary("没有《明细》表，或表中缺少“编码”“单位”“完成情况”表头")
    stored = hidden_part(content)
    entries = tuple(_entry(line) for line in lines if line["编码"] and line["单位"])
    base = stored.collection if stored else _without_hidden(content, entries, lines)
    units = units_shown(base, lines_of(content, missing.SHEET, ("单位",)), entries)
    collection = replace(
        base,
        plan=_with_remarks(base.plan, lines_of(content, overview.SHEET, ("编码", "备注"))),
        entries=entries,
        decisions=tuple(decision for line in lines if (decision := _decision(line))),
        units=units,
        duties=tuple(
            Duty(line["编码"], line["单位"], _ROLES.get(line["职责"], Role.RESPONSIBLE), due=line.day("完成时限"))
            for line in lines
            if line["编码"] and line["单位"]
        ),
        findings=tuple(findings_shown(base, lines_of(content, problems.SHEET, ("级别", "问题")))),
        files=tuple(records_of(lines_of(content, origins.SHEET, ("文件", "处理结果")) or ())),
    )
    return collection, stored.settings(settings) if stored else settings


def lines_of(content: Content, name: str, needed: Sequence[str]) -> list[_Line] | None:
    """The body rows of a sheet whose header has these words, ``None`` when there is none."""
    sheet = next((sheet for sheet in content.sheets if sheet.name.strip() == name), None)
    if sheet is None:
        return None
    for row in range(min(_HEADER_ROWS, len(sheet.rows))):
        columns = {sheet.text(row, column): column for column in reversed(range(len(sheet.rows[row])))}
        if all(header in columns for header in needed):
            return list(_body(sheet, row + 1, columns))
    return None


def _body(sheet: Sheet, first: int, columns: Mapping[str, int]) -> Iterator[_Line]:
    for row in range(first, len(sheet.rows)):
        texts = {header: sheet.text(row, column) for header, column in columns.items()}
        if any(texts.values()):
            values = {header: sheet.value(row, column) for header, column in columns.items()}
            yield _Line(texts, values, row, columns)


def hidden_part(content: Content) -> store.Stored | None:
    """What the very hidden sheet keeps, ``None`` when it was lost."""
    sheet = next((sheet for sheet in content.sheets if sheet.name == store.SHEET), None)
    return store.restore(sheet.text(row, 0) for row in range(len(sheet.rows))) if sheet else None


def _entry(line: _Line) -> Entry:
    word = line["完成情况"]
    status = words.DEFAULT.read(word) if word not in (words.UNREPORTED, UNCLEAR) else None
    state = _STATES.get(line["报送"], State.REPORTED if status else State.MISSING)
    if state is not State.REPORTED and status is not None:
        state = State.REPORTED  # the office filled the answer in by hand
    carried = line["来源"] if line["报送"] == details.CARRIED else ""
    place = place_of(line["来源"]) if not carried else None
    return Entry(
        task=line["编码"],
        unit=line["单位"],
        role=_ROLES.get(line["职责"], Role.RESPONSIBLE),
        state=state,
        number=line["序号"] or None,
        status=status,
        status_text=line["填报原文"],
        progress=line["进展说明"],
        evidence=line["佐证材料"],
        done_on=line.day("完成日期"),
        done_on_text=line["完成日期"],
        remark=line["备注"],
        sources=(("status", place),) if place else (),
        carried=carried,
    )


def _decision(line: _Line) -> Decision | None:
    """What the office decided about a row, ``None`` where 审核 is empty or not understood."""
    verdict = details.VERDICTS.get(line["审核"])
    return Decision(line["编码"], line["单位"], verdict, line["审核意见"]) if verdict else None


@dataclass(frozen=True, slots=True)
class ReviewedRow:
    """A row of 明细 as a person left it."""

    task: str
    unit: str
    texts: Mapping[str, str]
    """Field of :data:`toolkit.model.ENTRY_FIELDS` → the text of its cell, dates in ISO form; empty of a survey."""
    verdict: str
    """审核 as written."""
    opinion: str
    cell: str
    """Of 审核, for messages."""
    sheet: str = details.SHEET
    rows: Mapping[int, Mapping[str, str]] = field(default_factory=dict)
    """Of a survey: number of the row → field → the text of its cell."""


@dataclass(frozen=True, slots=True)
class Reviewed:
    """明细 as a person left it, and what tells when it was written."""

    round: str
    mark: str
    """See :func:`toolkit.identity.summary_mark`; empty when it was lost."""
    rows: tuple[ReviewedRow, ...]


def reviewed(content: Content) -> Reviewed:
    """What a person left in 明细.  Raises :class:`NotASummary`."""
    lines = lines_of(content, details.SHEET, ("编码", "单位", "审核"))
    if lines is None:
        raise NotASummary("没有《明细》表，或表中缺少“编码”“单位”“审核”表头")
    stored = hidden_part(content)
    return Reviewed(
        round=stored.collection.round.name if stored else _heading(content)["round"],
        mark=stored.mark if stored else "",
        rows=tuple(_reviewed_row(line) for line in lines if line["编码"] and line["单位"]),
    )


def _reviewed_row(line: _Line) -> ReviewedRow:
    texts = {field: line[header] for field, header in details.FIELDS.items() if header in line.texts}
    if (day := line.day("完成日期")) is not None:
        texts["done_on"] = day.isoformat()
    return ReviewedRow(line["编码"], line["单位"], texts, line["审核"], line["审核意见"], line.cell("审核"))


def place_of(text: str) -> Place | None:
    """The cell that 来源 of 明细 names, ``None`` when it names none."""
    parts = text.split(details.PLACE_SEPARATOR)
    return Place(*parts) if parts[0] and len(parts) <= 3 else None


def _with_remarks(plan: Plan, lines: list[_Line] | None) -> Plan:
    """The plan with the office's remarks as they now stand in 总表."""
    remarks = {line["编码"]: line["备注"] or None for line in lines or () if line["编码"]}
    return replace(plan, tasks=tuple(replace(task, remark=remarks.get(task.code, task.remark)) for task in plan.tasks))


def units_shown(base: Collection, absent: list[_Line] | None, entries: Sequence[Entry]) -> Sequence[UnitReport]:
    """Units with their state; who was taken out of 未报名单 by hand counts as having reported."""
    if absent is None:
        return base.units
    states = {line["单位"]: _UNIT_STATES.get(line["填报状态"], UnitState.MISSING) for line in absent if line["单位"]}
    answered = {entry.unit for entry in entries if entry.state is State.REPORTED}
    units = []
    for report in base.units:
        state = states.get(report.unit)
        if state is None and report.state in (UnitState.MISSING, UnitState.REJECTED):
            state = UnitState.COMPLETE
        elif state in (UnitState.MISSING, UnitState.REJECTED) and report.unit in answered:
            state = UnitState.PARTIAL
        units.append(replace(report, state=state or report.state))
    return tuple(units)


def findings_shown(base: Collection, lines: list[_Line] | None) -> Iterable[Finding]:
    """The findings as a clerk left them in 问题清单."""
    return base.findings if lines is None else problems.restore(list(_findings(lines)), base)


def _findings(lines: Sequence[_Line]) -> Iterator[Finding]:
    for line in lines:
        if line["问题"] and line["级别"] in _SEVERITIES:
            yield Finding(
                code=line["问题编号"],
                severity=_SEVERITIES[line["级别"]],
                message=line["问题"],
                advice=line["怎么办"],
                unit=line["单位"] or None,
                task=line["任务编码"] or None,
                path=line["文件"] or None,
                sheet=line["工作表"] or None,
                cell=line["单元格"] or None,
            )


def records_of(lines: Sequence[_Line]) -> Iterator[FileRecord]:
    """The files as 来源 lists them."""
    for line in lines:
        if line["文件"] and line["处理结果"] in _OUTCOMES:
            yield FileRecord(
                path=line["文件"],
                sha256=line["sha256"],
                outcome=_OUTCOMES[line["处理结果"]],
                units=tuple(unit for unit in line["单位"].split("、") if unit),
                modified=_moment(line["自述保存时间（UTC）"]),
            )


def _without_hidden(content: Content, entries: Sequence[Entry], lines: Sequence[_Line]) -> Collection:
    """What the visible sheets alone tell, when another program dropped the hidden one."""
    overall = {line["编码"]: line for line in lines_of(content, overview.SHEET, ("编码",)) or () if line["编码"]}
    titles = {line["编码"]: line["工作任务"] for line in lines if line["编码"]}
    tasks = tuple(
        Task(
            seq=seq,
            code=code,
            number=overall[code]["序号"] if code in overall else None,
            title=(overall[code]["工作任务"] if code in overall else "") or title or None,
            requirement=overall[code]["具体要求"] if code in overall else title,
        )
        for seq, (code, title) in enumerate(titles.items(), 1)
    )
    head = _heading(content)
    by_unit: dict[str, list[Entry]] = {}
    for entry in entries:
        by_unit.setdefault(entry.unit, []).append(entry)
    return Collection(
        plan=Plan(head["title"], tasks),
        roster=Roster(),
        round=Round(head["round"], _iso(head["due"])),
        as_of=_iso(head["as_of"]) or date.min,
        units=tuple(
            UnitReport(unit, UnitState.COMPLETE if any(e.state is State.REPORTED for e in own) else UnitState.MISSING)
            for unit, own in by_unit.items()
        ),
    )


def _heading(content: Content) -> dict[str, str]:
    """Title, round, due date and date of the summary from the lines above 总表."""
    sheet = next((sheet for sheet in content.sheets if sheet.name == overview.SHEET), None)
    texts = [sheet.text(row, 0) for row in range(min(4, len(sheet.rows)))] if sheet else [""]
    said = {}
    for piece in "　".join(texts[1:]).split("　"):
        label, _, value = piece.partition("：")
        said[label.strip()] = value.strip()
    return {
        "title": texts[0].removesuffix("总表") if texts else "",
        "round": said.get("填报期", ""),
        "due": said.get("截止日期", ""),
        "as_of": said.get("统计日期", ""),
    }


def _moment(text: str) -> datetime | None:
    """A time as 来源 shows it."""
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _iso(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
