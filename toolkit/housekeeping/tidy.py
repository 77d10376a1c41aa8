"""规范: unit names in a workbook become the names of the register, in a copy."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit import outputs
from toolkit.desk import roster_of
from toolkit.findings import CannotDo
from toolkit.findings import roster as found
from toolkit.language.units import split_names
from toolkit.model import Finding, Json, Progress, no_progress
from toolkit.roster import Names
from toolkit.roster.names import How
from toolkit.workbooks import roster_book

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

RECORD_SHEET = "规范记录"
_CHANGED, _DOUBTFUL = "E2F0D9", "FFF2CC"


@dataclass(frozen=True, slots=True)
class Change:
    """One name that was, or might be, put right."""

    sheet: str
    cell: str
    before: str
    after: str | None
    """``None`` when a person has to decide."""
    reason: str


@dataclass(frozen=True, slots=True)
class TidyResult:
    """What became of the names."""

    out: Path
    changes: tuple[Change, ...]
    findings: tuple[Finding, ...]

    @property
    def files(self) -> tuple[Path, ...]:
        """The copy."""
        return (self.out,)

    def to_json(self) -> Json:
        """Every change with its cell and reason."""
        return {
            "path": str(self.out),
            "changes": [
                {name: getattr(change, name) for name in ("sheet", "cell", "before", "after", "reason")}
                for change in self.changes
            ],
            "findings": [finding.to_json() for finding in self.findings],
        }

    def sentences(self) -> list[str]:
        """What a person reads."""
        settled = sum(change.after is not None for change in self.changes)
        lines = [f"改正了 {settled} 处单位名称，{len(self.changes) - settled} 处需要您确认（黄色）。"]
        return [*lines, f"副本在 {self.out}，原文件没有改动；每处改动见“{RECORD_SHEET}”表。"]


def tidy(
    book: Path,
    out: Path,
    *,
    roster: Path | None = None,
    sheet: str = "",
    cells: str = "",
    progress: Progress = no_progress,
) -> TidyResult:
    """Copy ``book`` to ``out`` with the unit names of a range put right.

    ``roster`` defaults to 单位名录.xlsx beside the book; ``sheet`` to the first one, ``cells`` (A1 notation, several
    ranges separated by commas) to everything on it.  A name is changed when the register settles it; one that only
    looks like a unit of the register stays, is coloured and found.  Raises :class:`CannotDo` without a register, or
    when the book is no .xlsx workbook.
    """
    register = roster_of(book, roster)
    if not register.is_file():
        raise CannotDo(found.NO_REGISTER.at(path=str(register)))
    names = Names(roster_book.read(register))
    workbook = _load(book)
    try:
        worksheet = workbook[sheet] if sheet else workbook.worksheets[0]
        targets = list(_cells(worksheet, cells))
    except (KeyError, ValueError) as problem:
        raise CannotDo(found.NO_RANGE.at(sheet=sheet, cell=cells)) from problem
    changes: list[Change] = []
    for count, target in enumerate(targets):
        changes += _put_right(target, names)
        if count % 500 == 0:
            progress(count, len(targets), "规范单位名称")
    _record(workbook, changes)
    with outputs.replacing(out) as beside:
        workbook.save(beside)
    doubts = [
        found.NAME_TO_CONFIRM.at(sheet=c.sheet, cell=c.cell, name=c.before, reason=c.reason)
        for c in changes
        if c.after is None
    ]
    return TidyResult(out, tuple(changes), tuple(doubts))


def _load(book: Path) -> Workbook:
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        return load_workbook(book, keep_vba=False)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError) as problem:
        raise CannotDo(found.NOT_A_BOOK.at(path=book.name)) from problem


def _cells(worksheet: Worksheet, ranges: str) -> Iterator[Cell]:
    """The text cells of the ranges; a whole column stops at the last row in use."""
    areas = [part.strip().replace("$", "") for part in ranges.split(",") if part.strip()] or [worksheet.dimensions]
    for area in areas:
        block = worksheet[area]
        rows = block if isinstance(block, tuple) else ((block,),)
        for row in rows:
            for cell in row if isinstance(row, tuple) else (row,):
                if isinstance(cell.value, str) and cell.data_type == "s":
                    yield cell


def _put_right(cell: Cell, names: Names) -> list[Change]:
    """Change the names one cell holds; what stays to be confirmed is coloured."""
    from openpyxl.styles import PatternFill

    text = str(cell.value)
    changes = []
    for name in dict.fromkeys(split_names(text)):
        match = names.find(name)
        if match.name is not None and match.name != name and match.how in (How.ALIAS, How.FOLDED):
            text = text.replace(name, match.name)
            changes.append(Change(cell.parent.title, cell.coordinate, name, match.name, match.reason))
        elif match.how is How.SUGGESTION:
            changes.append(Change(cell.parent.title, cell.coordinate, name, None, match.reason))
    if changes:
        colour = _DOUBTFUL if any(change.after is None for change in changes) else _CHANGED
        cell.value = text
        cell.data_type = "s"
        cell.fill = PatternFill("solid", fgColor=colour)
    return changes


def _record(workbook: Workbook, changes: list[Change]) -> None:
    from openpyxl.styles import Alignment, Font

    sheet = workbook.create_sheet(RECORD_SHEET)
    for row in (("工作表", "单元格", "原来写的", "改为", "依据"), *map(_row, changes)):
        sheet.append(row)
    for cell in sheet[1]:
        cell.font = Font(name="黑体", bold=True)
    for column, width in zip("ABCDE", (16, 10, 30, 30, 60), strict=True):
        sheet.column_dimensions[column].width = width
        for cell in sheet[column]:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if isinstance(cell.value, str):
                cell.data_type = "s"
    sheet.freeze_panes = "A2"


def _row(change: Change) -> tuple[str, ...]:
    return (change.sheet, change.cell, change.before, change.after or "（请确认）", change.reason)
