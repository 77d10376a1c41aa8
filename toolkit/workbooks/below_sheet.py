"""下级明细: the sheet of a rolled-up form in which every unit further down stands with its own words.

A form that a level fills in from its summary carries this sheet behind, down to the lowest unit: a row is one unit's
answer, with the path of units that leads to it and the cell it was written in at each level.  The sheet travels in
the file, so that the level above can open its summary down to that cell without the folders of the levels below.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from toolkit.containers.content import Content, Sheet, cell_name
from toolkit.identity import BELOW_SHEET, BELOW_TITLE
from toolkit.opc import holdable
from toolkit.workbooks.cells import cut
from toolkit.workbooks.row_heights import line_count, row_height
from toolkit.workbooks.summary.details import PLACE_SEPARATOR
from toolkit.workbooks.summary.table import Link

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

FIRST_ROW = 3
"""1-based, of the first answer."""
STATUS_COLUMN = "E"
COLUMNS = {
    "序号": 6,
    "上级编码": 11,
    "单位": 22,
    "本级编码": 11,
    "完成情况": 16,
    "填报原文": 16,
    "进展说明": 60,
    "佐证材料": 24,
    "完成日期": 13,
    "备注": 20,
    "来源": 36,
    "审核": 9,
    "单位路径": 36,
    "逐级来源": 60,
}
"""Header → width."""
_HEAD = (
    f"{BELOW_TITLE}：每行是一个单位自己的填报；“来源”在填报单位的电脑上可以点开本级汇总表，"
    "“逐级来源”写明各级的文件、工作表和单元格"
)
_HEADER_ROWS = 10
_SIZE = 11
"""Points of the workbook's own font."""


@dataclass(frozen=True, slots=True)
class Line:
    """What one unit said about one task, as the level that reads it sees it."""

    upper: str
    """编码 of the task it answers, in the plan of the level that reads it."""
    path: tuple[str, ...]
    """The units from the one that reported down to the one that wrote."""
    code: str
    """编码 of the task in the plan of the office the unit reported to."""
    status: str = ""
    """As shown: a word of the vocabulary, 未报 …"""
    status_text: str = ""
    progress: str = ""
    evidence: str = ""
    done_on: str = ""
    remark: str = ""
    verdict: str = ""
    """What the office it reported to decided: 已核, 退回, 销号, empty when nothing."""
    trail: tuple[str, ...] = ()
    """The cell it stands in at each level (``文件 › 工作表 › I7``), from the nearest down to where it was written."""

    @property
    def unit(self) -> str:
        """Who wrote it."""
        return self.path[-1]

    def under(self, unit: str) -> Line:
        """The same line as the level above ``unit`` sees it."""
        return replace(self, path=(unit, *self.path))

    @property
    def cells(self) -> tuple[str, ...]:
        """In the order of the columns, without the running number."""
        said = (self.status, self.status_text, self.progress, self.evidence, self.done_on, self.remark)
        source = self.trail[0] if self.trail else ""
        last = (source, self.verdict, PLACE_SEPARATOR.join(self.path), "\n".join(self.trail))
        return (self.upper, self.unit, self.code, *said, *last)


def write(book: Workbook, lines: Sequence[Line], links: Sequence[Link | None]) -> None:
    """Put the sheet into a workbook, instead of one of that name; ``links`` are what 来源 of each line opens."""
    from openpyxl.styles import Alignment, Border, Font, Side
    from openpyxl.worksheet.hyperlink import Hyperlink
    from openpyxl.worksheet.properties import PageSetupProperties

    if BELOW_SHEET in book.sheetnames:
        del book[BELOW_SHEET]
    sheet = book.create_sheet(BELOW_SHEET)
    sheet["A1"] = _HEAD
    headers = list(COLUMNS)
    edge = Side("thin", color="FFBFBFBF")
    border = Border(left=edge, right=edge, top=edge, bottom=edge)
    wrapped = Alignment(wrap_text=True, vertical="top")
    for column, (header, width) in enumerate(COLUMNS.items(), start=1):
        cell = sheet.cell(FIRST_ROW - 1, column, header)
        cell.font, cell.border = Font(name="黑体", bold=True), border
        sheet.column_dimensions[cell.column_letter].width = width
    for number, (line, link) in enumerate(zip(lines, links, strict=True), start=1):
        row = FIRST_ROW + number - 1
        sheet.cell(row, 1, number)
        sheet.row_dimensions[row].height = _height(line)
        for column, text in enumerate(("", *line.cells), start=1):
            cell = sheet.cell(row, column)
            cell.alignment, cell.border = wrapped, border
            if text:
                cell.value = cut(holdable(text))
                cell.data_type = "s"  # text that begins with = stays text
        if link is not None and line.trail:
            cell = sheet.cell(row, headers.index("来源") + 1)
            cell.hyperlink = Hyperlink(ref=cell.coordinate, target=link.target, location=link.location)
            cell.font = Font(color="FF0563C1", underline="single")
    sheet.freeze_panes = f"A{FIRST_ROW}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize, sheet.page_setup.fitToHeight = "landscape", 9, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = f"{FIRST_ROW - 1}:{FIRST_ROW - 1}"
    sheet.auto_filter.ref = (
        f"A{FIRST_ROW - 1}:{sheet.cell(FIRST_ROW + max(len(lines), 1) - 1, len(COLUMNS)).coordinate}"
    )


def _height(line: Line) -> float:
    cells = zip(line.cells, list(COLUMNS.values())[1:], strict=True)
    return row_height(max(line_count(text, width, _SIZE) for text, width in cells), _SIZE)


def read(content: Content, path: str) -> tuple[Line, ...]:
    """The lines a returned form carries, each with its own cell in the file ``path`` in front of its trail.

    The sheet is known by its title and header, whatever it is called now; rows that somebody broke are left out.
    """
    return tuple(line for sheet in content.sheets for line in _lines(sheet, path))


def _lines(sheet: Sheet, path: str) -> Iterator[Line]:
    header = next((row for row in range(_HEADER_ROWS) if {"上级编码", "本级编码"} <= _texts(sheet, row).keys()), None)
    if header is None:
        return
    columns = _texts(sheet, header)
    for row in range(header + 1, len(sheet.rows)):
        told = {word: sheet.text(row, column) for word, column in columns.items()}
        units = tuple(filter(None, told.get("单位路径", "").split(PLACE_SEPARATOR))) or (told.get("单位", ""),)
        if not (told["上级编码"] and units[-1]):
            continue
        here = PLACE_SEPARATOR.join((path, sheet.name, cell_name(row, columns.get("完成情况", 0))))
        yield _line(told, units, here)


def _line(told: Mapping[str, str], units: tuple[str, ...], here: str) -> Line:
    return Line(
        upper=told["上级编码"],
        path=units,
        code=told["本级编码"],
        status=told.get("完成情况", ""),
        status_text=told.get("填报原文", ""),
        progress=told.get("进展说明", ""),
        evidence=told.get("佐证材料", ""),
        done_on=told.get("完成日期", ""),
        remark=told.get("备注", ""),
        verdict=told.get("审核", ""),
        trail=(here, *_trail(told.get("逐级来源", "") or told.get("来源", ""))),
    )


def _trail(text: str) -> Iterable[str]:
    return filter(None, (piece.strip() for piece in text.split("\n")))


def _texts(sheet: Sheet, row: int) -> dict[str, int]:
    """Text → column of a row's cells, the first of equals."""
    width = len(sheet.rows[row]) if row < len(sheet.rows) else 0
    return {sheet.text(row, column): column for column in reversed(range(width))}
