"""A round as plain tables, for Parquet and for questions in SQL: entries, findings, files, units, a survey's cells.

Each column has the name of the merge JSON and the word on screen; values are what a clerk sees (牵头, 已报), dates are
dates, text stays as it was written.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from toolkit.figures import Figures, Light, Tally, UnitFigures, word_of
from toolkit.model import Collection, Decision, Entry, FileRecord, Finding, State, Task

Scalar = str | int | float | date | datetime | None
Values = tuple[Scalar, ...]

TEXT, WHOLE, RATE, DAY, MOMENT = "text", "whole", "rate", "day", "moment"
"""Kinds of values."""

_STATES = {State.REPORTED: "已报", State.BLANK: "未填", State.MISSING: "未报"}


@dataclass(frozen=True, slots=True)
class Column:
    """A column by its two names."""

    name: str
    label: str
    kind: str = TEXT


@dataclass(frozen=True, slots=True)
class TableKind:
    """One of the tables by its two names."""

    name: str
    label: str
    columns: tuple[Column, ...]


ENTRIES = TableKind(
    "entries",
    "明细",
    (
        Column("task", "编码"),
        Column("number", "序号"),
        Column("title", "工作任务"),
        Column("unit", "单位"),
        Column("role", "职责"),
        Column("due", "完成时限", DAY),
        Column("state", "报送"),
        Column("status", "完成情况"),
        Column("status_text", "填报原文"),
        Column("progress", "进展说明"),
        Column("evidence", "佐证材料"),
        Column("done_on", "完成日期", DAY),
        Column("done_on_text", "完成日期原文"),
        Column("remark", "备注"),
        Column("light", "预警"),
        Column("path", "文件"),
        Column("sheet", "工作表"),
        Column("cell", "单元格"),
        Column("carried", "沿用"),
        Column("verdict", "审核"),
        Column("opinion", "审核意见"),
    ),
)
FINDINGS = TableKind(
    "findings",
    "问题",
    (
        Column("code", "问题编号"),
        Column("severity", "级别"),
        Column("unit", "单位"),
        Column("task", "编码"),
        Column("path", "文件"),
        Column("sheet", "工作表"),
        Column("cell", "单元格"),
        Column("message", "问题"),
        Column("advice", "怎么办"),
    ),
)
FILES = TableKind(
    "files",
    "来源",
    (
        Column("path", "文件"),
        Column("outcome", "处理结果"),
        Column("units", "单位"),
        Column("modified", "自述保存时间", MOMENT),
        Column("size", "字节数", WHOLE),
        Column("sha256", "sha256"),
    ),
)
UNITS = TableKind(
    "units",
    "单位",
    (
        Column("unit", "单位"),
        Column("state", "填报状态"),
        Column("owed", "应报", WHOLE),
        Column("reported", "已报", WHOLE),
        Column("done", "已完成项次", WHOLE),
        Column("overdue", "逾期", WHOLE),
        Column("completion", "完成率", RATE),
        Column("punctuality", "按时率", RATE),
        Column("quality", "质量率", RATE),
        Column("score", "得分", RATE),
        Column("rank", "名次", WHOLE),
        Column("reporter", "填报人"),
        Column("phone", "联系电话"),
        Column("reviewer", "审核人"),
        Column("filled_on", "填报日期"),
    ),
)
CELLS = TableKind(
    "cells",
    "各栏",
    (
        Column("unit", "单位"),
        Column("row", "行", WHOLE),
        Column("field", "字段"),
        Column("text", "填报内容"),
        Column("value", "读作"),
        Column("path", "文件"),
        Column("sheet", "工作表"),
        Column("cell", "单元格"),
    ),
)
"""What units wrote into the fields of a survey; ``value`` is missing where the text is none of the field's type."""
TABLES = (ENTRIES, FINDINGS, FILES, UNITS)
"""The tables of every round."""


def tables(collection: Collection, figures: Figures) -> dict[TableKind, Iterable[Values]]:
    """The rows of every table, in the order of the collection."""
    cells = {CELLS: _cells(collection)} if collection.plan.survey else {}
    return {
        ENTRIES: _entries(collection, figures),
        FINDINGS: map(_finding, collection.findings),
        FILES: map(_file, collection.files),
        UNITS: map(_unit, figures.units),
        **cells,
    }


def _cells(collection: Collection) -> Iterator[Values]:
    for entry in collection.entries:
        for number, row in enumerate(entry.rows, 1):
            for cell in row:
                yield entry.unit, number, cell.field, cell.text, cell.value, cell.path, cell.sheet, cell.cell


def _entries(collection: Collection, figures: Figures) -> Iterator[Values]:
    tasks = {task.code: task for task in collection.plan.tasks}
    decided = {(decision.task, decision.unit): decision for decision in collection.decisions}
    for entry in collection.entries:
        key = entry.task, entry.unit
        yield _entry(entry, tasks, figures.dues[key], figures.lights[key], decided.get(key))


def _entry(
    entry: Entry, tasks: Mapping[str, Task], due: date | None, light: Light, decision: Decision | None
) -> Values:
    place, task = entry.place, tasks.get(entry.task)
    return (
        entry.task,
        entry.number or "",
        task.label if task else "",
        entry.unit,
        entry.role.label,
        due,
        _STATES[entry.state],
        word_of(entry),
        entry.status_text,
        entry.progress,
        entry.evidence,
        entry.done_on,
        entry.done_on_text,
        entry.remark,
        light.value,
        place.path if place else "",
        place.sheet if place else "",
        place.cell if place else "",
        entry.carried,
        decision.verdict.label if decision and decision.verdict else "",
        decision.opinion if decision else "",
    )


def _finding(finding: Finding) -> Values:
    return (
        finding.code,
        finding.severity.label,
        finding.unit or "",
        finding.task or "",
        finding.path or "",
        finding.sheet or "",
        finding.cell or "",
        finding.message,
        finding.advice,
    )


def _file(record: FileRecord) -> Values:
    units = "、".join(record.units)
    return record.path, record.outcome.label, units, record.modified, record.size, record.sha256


def _unit(unit: UnitFigures) -> Values:
    tally, report = unit.tally, unit.report
    return (
        unit.unit,
        report.state.label,
        *_counts(tally),
        tally.completion,
        tally.punctuality,
        tally.quality,
        unit.score,
        unit.rank,
        report.reporter,
        report.phone,
        report.reviewer,
        report.filled_on,
    )


def _counts(tally: Tally) -> Values:
    return tally.owed, tally.reported, tally.done, tally.overdue
