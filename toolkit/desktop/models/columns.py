"""The columns of every read-only table: the board of units, findings, files, figures, documents."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QColor

from toolkit.desktop import theme
from toolkit.desktop.models.table import Column
from toolkit.desktop.returned import Document
from toolkit.figures import Light, TaskFigures, UnitFigures
from toolkit.model import Collection, FileRecord, Finding, Outcome, Severity, State, UnitReport, UnitState


@dataclass(frozen=True, slots=True)
class BoardLine:
    """A unit on the board."""

    place: int
    report: UnitReport
    owed: int
    reported: int
    errors: int
    warnings: int


def board(collection: Collection) -> list[BoardLine]:
    """Every unit in the fixed order."""
    owed: dict[str, int] = {}
    reported: dict[str, int] = {}
    for entry in collection.entries:
        owed[entry.unit] = owed.get(entry.unit, 0) + 1
        reported[entry.unit] = reported.get(entry.unit, 0) + (entry.state is State.REPORTED)
    counts: dict[tuple[str | None, Severity], int] = {}
    for finding in collection.findings:
        counts[finding.unit, finding.severity] = counts.get((finding.unit, finding.severity), 0) + 1
    orders = {unit.name: unit.order for unit in collection.roster.units}
    return [
        BoardLine(
            orders.get(report.unit, place),
            report,
            owed.get(report.unit, 0),
            reported.get(report.unit, 0),
            counts.get((report.unit, Severity.ERROR), 0),
            counts.get((report.unit, Severity.WARNING), 0),
        )
        for place, report in enumerate(collection.units, 1)
    ]


_STATE_MARKS = {
    UnitState.COMPLETE: "● ",
    UnitState.PARTIAL: "◐ ",
    UnitState.MISSING: "○ ",
    UnitState.REJECTED: "✕ ",
}


def _state_colour(line: BoardLine) -> QColor:
    now = theme.colours()
    colour = {UnitState.COMPLETE: now.good, UnitState.PARTIAL: now.worry, UnitState.REJECTED: now.bad}
    return QColor(colour.get(line.report.state, now.bad))


def _count(number: int) -> str:
    return str(number) if number else ""


BOARD: tuple[Column[BoardLine], ...] = (
    Column("序号", 5, lambda line: str(line.place), lambda line: line.place, centred=True),
    Column("单位", 12, lambda line: line.report.unit),
    Column(
        "状态",
        6,
        lambda line: _STATE_MARKS[line.report.state] + line.report.state.label,
        lambda line: list(UnitState).index(line.report.state),
        _state_colour,
    ),
    Column("已填/应填", 7, lambda line: f"{line.reported}/{line.owed}", lambda line: line.reported, centred=True),
    Column(
        "错误",
        3,
        lambda line: _count(line.errors),
        lambda line: line.errors,
        lambda _: theme.severity_colour(Severity.ERROR),
        centred=True,
    ),
    Column(
        "提醒",
        3,
        lambda line: _count(line.warnings),
        lambda line: line.warnings,
        lambda _: theme.severity_colour(Severity.WARNING),
        centred=True,
    ),
    Column("填报人", 7, lambda line: line.report.reporter),
    Column("电话", 9, lambda line: line.report.phone),
    Column("文件", 22, lambda line: "；".join(line.report.files), tip=lambda line: "\n".join(line.report.files)),
)


def _where(finding: Finding) -> str:
    return " ".join(part for part in (finding.path, finding.sheet, finding.cell) if part)


FINDINGS: tuple[Column[Finding], ...] = (
    Column(
        "程度",
        3,
        lambda finding: finding.severity.label,
        lambda finding: finding.severity.rank,
        lambda finding: theme.severity_colour(finding.severity),
        centred=True,
    ),
    Column("单位", 9, lambda finding: finding.unit or ""),
    Column("问题", 27, lambda finding: finding.message),
    Column("怎么办", 25, lambda finding: finding.advice),
    Column("位置", 16, _where),
)


def _outcome_colour(record: FileRecord) -> QColor | None:
    now = theme.colours()
    colour = {Outcome.MERGED: now.good, Outcome.REJECTED: now.bad}.get(record.outcome, now.faint)
    return QColor(colour)


FILES: tuple[Column[FileRecord], ...] = (
    Column("结果", 6, lambda record: record.outcome.label, colour=_outcome_colour),
    Column("文件", 30, lambda record: record.path),
    Column("单位", 12, lambda record: "、".join(record.units)),
    Column("问题", 40, lambda record: "；".join(finding.message for finding in record.findings)),
)


def percent(rate: float | None) -> str:
    """A rate as the tables show it."""
    return "—" if rate is None else f"{100 * rate:.1f}%"


def _plain(value: float | None) -> str:
    return "—" if value is None else f"{value:g}"


UNITS: tuple[Column[UnitFigures], ...] = (
    Column("单位", 18, lambda unit: unit.unit),
    Column("填报状态", 9, lambda unit: unit.report.state.label, centred=True),
    Column("应报", 6, lambda unit: str(unit.tally.owed), lambda unit: unit.tally.owed, centred=True),
    Column("已报", 6, lambda unit: str(unit.tally.reported), lambda unit: unit.tally.reported, centred=True),
    Column("完成", 6, lambda unit: str(unit.tally.done), lambda unit: unit.tally.done, centred=True),
    Column("逾期", 6, lambda unit: _count(unit.tally.overdue), lambda unit: unit.tally.overdue, centred=True),
    Column(
        "完成率", 8, lambda unit: percent(unit.tally.completion), lambda u: u.tally.completion or -1.0, centred=True
    ),
    Column("按时率", 8, lambda u: percent(u.tally.punctuality), lambda u: u.tally.punctuality or -1.0, centred=True),
    Column("得分", 6, lambda unit: _plain(unit.score), lambda unit: unit.score or -1.0, centred=True),
    Column("名次", 6, lambda unit: _plain(unit.rank), lambda unit: unit.rank or 9999, centred=True),
)


def _light_colour(task: TaskFigures) -> QColor:
    now = theme.colours()
    return QColor({Light.OVERDUE: now.bad, Light.WARNING: now.worry, Light.DONE: now.good}.get(task.light, now.text))


TASKS: tuple[Column[TaskFigures], ...] = (
    Column("序号", 5, lambda task: task.task.number or str(task.task.seq), lambda task: task.task.seq, centred=True),
    Column("工作任务", 20, lambda task: task.task.label, tip=lambda task: task.task.requirement),
    Column("完成情况", 9, lambda task: task.status, centred=True),
    Column("预警", 5, lambda task: task.light.value, lambda t: list(Light).index(t.light), _light_colour, centred=True),
    Column("完成时限", 7, lambda task: task.due.isoformat() if task.due else "", centred=True),
    Column("完成/计入", 6, lambda task: f"{task.tally.done}/{task.tally.counted}", centred=True),
    Column("各单位", 40, lambda task: task.tally.said()),
)

DOCUMENTS: tuple[Column[Document], ...] = (
    Column("单位", 11, lambda document: document.unit),
    Column("文书", 4, lambda document: document.kind, centred=True),
    Column("文件名", 20, lambda document: document.path.name),
)
