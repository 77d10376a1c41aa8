"""A unit's own workbook with the office's marks in it (退回), for the unit to mend and send again.

A marked cell is coloured and carries the message as a note; a column 问题 at the right of the table says for every
marked row what is wrong and what to do.  Everything else stays: answers, protection, hidden sheets, pictures.  The
marks are remembered (:mod:`toolkit.marks`), so that they are no answers when the workbook comes back, and are taken
out before it is marked again.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from toolkit import opc
from toolkit.containers.limits import Unreadable
from toolkit.findings import output as found
from toolkit.identity import STAMP_SHEET
from toolkit.marks import MARKS_CELL, MARKS_PROPERTY, PROBLEM_HEADER, Marks, checksums
from toolkit.model import Severity

if TYPE_CHECKING:
    from openpyxl.cell import Cell, MergedCell
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

AUTHOR = "校验"
_COLOURS = {Severity.ERROR: "FFF8CBAD", Severity.WARNING: "FFFFE699"}
_WIDTH = 46.0
_LINE_HEIGHT = 15.0
_LINE_CHARACTERS = 22
_TALLEST = 400.0
_PROPERTY_LIMIT = 255
"""Characters of a custom property that every office program keeps."""
_CORE = "docProps/core.xml"
_MOMENTS = re.compile(rb"<dcterms:(created|modified)[^>]*>[^<]*</dcterms:\1>")
_CELL_PICTURES = re.compile(r"xl/cellimages\.xml", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing to mend."""

    severity: Severity
    text: str
    """What is wrong and what to do."""
    cell: str = ""
    """Empty when it is about the whole row."""


@dataclass(frozen=True, slots=True)
class SheetMarks:
    """What is to be marked in one sheet."""

    header: str
    """The cell right of the table's header row."""
    rows: Mapping[int, tuple[Remark, ...]]
    """Row number → its remarks, worst first."""
    whole: tuple[Remark, ...] = ()
    """Remarks about the form as a whole."""


def mark(
    data: bytes, sheets: Mapping[str, SheetMarks], tasks: frozenset[str], before: Marks, modified: datetime | None
) -> bytes:
    """The workbook ``data`` with marks; ``before`` are those it still carries from an earlier time.

    ``tasks`` are the codes of the marked rows; ``modified`` is the saved time of the original, which the copy keeps
    so that it does not depend on the clock.  The bytes are sealed.  Raises :class:`Unreadable` when the workbook
    holds what could not be kept.
    """
    from openpyxl import load_workbook

    original = _parts(data)
    if any(map(_CELL_PICTURES.fullmatch, original)):
        raise Unreadable(found.PICTURES_IN_CELLS.at())
    book = load_workbook(io.BytesIO(data), rich_text=True)
    if before.generation:
        for sheet in book.worksheets:
            _unmark(sheet, before)
    texts: list[str] = []
    for name, marks in sheets.items():
        texts += _mark_sheet(book[name], marks)
    made = Marks(before.generation + 1, tasks, checksums(texts))
    _remember(book, made)
    stream = io.BytesIO()
    book.save(stream)
    parts = opc.read_parts(stream.getvalue())
    parts[_CORE] = original.get(_CORE) or _dated(parts[_CORE], modified)
    return opc.write_parts(opc.sealed(parts, custom_properties(book) | _property(made)))


def custom_properties(book: Workbook) -> dict[str, str]:
    """The custom properties of a workbook but for its seal."""
    custom: Any = getattr(book, "custom_doc_props")  # noqa: B009 (its type stubs lack it)
    return {item.name: str(item.value) for item in custom.props if item.name != opc.SEAL}


def _parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) if name == _CORE else b"" for name in archive.namelist()}


def _dated(core: bytes, modified: datetime | None) -> bytes:
    """Core properties with the given time instead of the present one."""
    if modified is None:
        return _MOMENTS.sub(b"", core)
    moment = f"{modified:%Y-%m-%dT%H:%M:%SZ}".encode()
    return _MOMENTS.sub(lambda m: b'<dcterms:%s xsi:type="dcterms:W3CDTF">%s</dcterms:%s>' % (m[1], moment, m[1]), core)


# --- the marks of an earlier time --------------------------------------------------------


def _unmark(sheet: Worksheet, before: Marks) -> None:
    """Take out what an earlier marking wrote and coloured."""
    coloured: list[Cell | MergedCell] = []
    for row in sheet.iter_rows():
        for cell in row:
            if cell.comment is not None and before.wrote(cell.comment.text):
                cell.comment = None
            if isinstance(cell.value, str) and before.wrote(cell.value):
                cell.value = None
            if cell.fill.fill_type == "solid" and cell.fill.fgColor.rgb in _COLOURS.values():
                coloured.append(cell)
    for cell in coloured:
        cell.fill = _usual_fill(sheet, cell.column)


def _usual_fill(sheet: Worksheet, column: int | None) -> Any:
    """The fill that most cells of a column have."""
    from openpyxl.styles import PatternFill

    fills = [cell.fill for (cell,) in sheet.iter_rows(min_col=column, max_col=column)]
    own = [fill for fill in fills if fill.fgColor.rgb not in _COLOURS.values() and fill.fill_type == "solid"]
    if not own:
        return PatternFill()
    usual, _ = Counter(str(fill.fgColor.rgb) for fill in own).most_common(1)[0]
    return copy(next(fill for fill in own if str(fill.fgColor.rgb) == usual))


# --- new marks ----------------------------------------------------------------------------


def _mark_sheet(sheet: Worksheet, marks: SheetMarks) -> list[str]:
    """Mark one sheet; returns every text that was written."""
    from openpyxl.utils.cell import coordinate_from_string

    letter, header_row = coordinate_from_string(marks.header)
    texts = [PROBLEM_HEADER]
    header = _write(sheet, letter, header_row, PROBLEM_HEADER, bold=True)
    if marks.whole:
        texts += _note(header, marks.whole)
    for number, remarks in marks.rows.items():
        text = "\n".join(f"【{remark.severity.label}】{remark.text}" for remark in remarks)
        texts.append(text)
        cell = _write(sheet, letter, number, text)
        _colour(cell, remarks[0].severity)
        lines = sum(1 + len(line) // _LINE_CHARACTERS for line in text.split("\n"))
        height = sheet.row_dimensions[number].height or 0.0
        sheet.row_dimensions[number].height = max(height, min(_TALLEST, lines * _LINE_HEIGHT))
        for place in dict.fromkeys(remark.cell for remark in remarks if remark.cell):
            own = tuple(remark for remark in remarks if remark.cell == place)
            target = _origin(sheet, place)
            _colour(target, own[0].severity)
            texts += _note(target, own)
    sheet.column_dimensions[letter].width = _WIDTH
    sheet.column_dimensions[letter].hidden = False
    return texts


def _origin(sheet: Worksheet, place: str) -> Cell:
    """The cell itself, or the one that holds the content of the merged range over it."""
    from openpyxl.utils import get_column_letter

    for area in sheet.merged_cells.ranges:
        if place in area:
            place = f"{get_column_letter(area.min_col)}{area.min_row}"
    cell: Cell = sheet[place]
    return cell


def _write(sheet: Worksheet, letter: str, row: int, text: str, *, bold: bool = False) -> Cell:
    from openpyxl.styles import Alignment, Font

    cell = _origin(sheet, f"{letter}{row}")
    cell.value = text
    cell.data_type = "s"
    cell.font = Font(name="黑体" if bold else "仿宋", size=11, bold=bold)
    cell.alignment = Alignment(wrap_text=True, vertical="center", horizontal="center" if bold else "left")
    return cell


def _colour(cell: Cell, severity: Severity) -> None:
    from openpyxl.styles import PatternFill

    cell.fill = PatternFill("solid", fgColor=_COLOURS[severity])


def _note(cell: Cell, remarks: tuple[Remark, ...]) -> list[str]:
    """Put the remarks on a cell as a note; one that the unit wrote itself stays instead."""
    from openpyxl.comments import Comment

    if cell.comment is not None:
        return []
    text = "\n".join(f"【{remark.severity.label}】{remark.text}" for remark in remarks)
    lines = sum(1 + len(line) // _LINE_CHARACTERS for line in text.split("\n"))
    cell.comment = Comment(text, AUTHOR, height=min(400, 24 + 18 * lines), width=320)
    return [text]


# --- remembering --------------------------------------------------------------------------


def _remember(book: Workbook, marks: Marks) -> None:
    row, column = MARKS_CELL
    if STAMP_SHEET not in book.sheetnames:
        book.create_sheet(STAMP_SHEET).sheet_state = "veryHidden"
    book[STAMP_SHEET].cell(row + 1, column + 1).value = marks.encode()


def _property(marks: Marks) -> dict[str, str]:
    """The custom property: the whole, or only how often it was marked where the whole is too long for one."""
    whole = marks.encode()
    short = Marks(marks.generation).encode()
    return {MARKS_PROPERTY: whole if len(whole) <= _PROPERTY_LIMIT else short}
