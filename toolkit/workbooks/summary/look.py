"""The look of the summary: ``templates/汇总表.xlsx``, which a clerk restyles in Excel or WPS.

Every sheet of the template shows one example of each kind of row.  Cells in braces are marks: ``{标题}``,
``{填报期}`` … in the head, ``{章}`` and ``{节}`` for chapter rows, ``{编码}``, ``{工作任务}`` … for a row of the
table, ``{说明}`` for the lines below it.  The style of the mark is the style of what is written; columns
may be moved, widened, hidden.  ``→明细`` in the head becomes a link to that sheet.  The sheet 样式 holds a
sample of every light and severity; it does not go into the summary.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from toolkit.findings import CannotDo
from toolkit.findings import plan as found
from toolkit.workbooks.sheet_xml import SPREADSHEET
from toolkit.workbooks.styles import Styles
from toolkit.workbooks.template import MARK, Row, rows_of
from toolkit.workbooks.template_parts import TemplateParts

BANNER_MARKS = ("章", "节")
NOTE_MARK = "说明"
SAMPLES = "样式"
"""The sheet of the template that shows the marks."""
_NS = {"m": SPREADSHEET}
_DEFAULT_WIDTH = 8.43


@dataclass(frozen=True, slots=True)
class ColumnLook:
    """One column of the template."""

    word: str
    """Its header; the mark of the header for a repeated column."""
    width: float
    body: int
    """Format of its body cells."""
    repeated: bool
    hidden: bool


class SheetLook:
    """One sheet of the template.  Raises ``ValueError`` in Chinese with what it lacks."""

    def __init__(self, name: str, part: str, root: etree._Element, strings: Sequence[str]) -> None:
        self.name = name
        self.part = part
        self._root = root
        self._rows = list(rows_of(root, strings))

    def arrange(self, headers: Sequence[str], repeated: Sequence[str]) -> None:
        """Tell head, header, chapter, body and note rows apart; ``headers`` are the words the table needs."""
        wanted = {*headers, *repeated}
        header = next((i for i, row in enumerate(self._rows) if self._names(row) >= wanted), None)
        if header is None:
            raise ValueError(f"《{self.name}》缺少一行写全栏目名的表头（{' '.join((*headers, *repeated))}）")
        self.head, self.header, below = self._rows[:header], self._rows[header], self._rows[header + 1 :]
        by_mark = {mark: row for row in reversed(below) for mark in row.marks}
        body = next((by_mark[word] for word in headers if word in by_mark), None)
        columns = {cell.column: self._name(cell.text) for cell in self.header.cells if cell.text}
        marks = {cell.column: cell for cell in body.cells if MARK.search(cell.text)} if body else {}
        moved = [
            word
            for column, word in columns.items()
            if word in headers and (column not in marks or marks[column].text != f"{{{word}}}")
        ]
        if body is None or moved:
            raise ValueError(f"《{self.name}》缺少与表头对齐的一行标记（{'、'.join(moved or headers)}）")
        self.body = body
        self.banners = [by_mark[mark] for mark in BANNER_MARKS if mark in by_mark]
        self.note = by_mark.get(NOTE_MARK)
        widths, hidden = self._widths(max(columns) + 1)
        self.columns = [
            ColumnLook(word, widths[column], marks[column].style, word in repeated, hidden[column])
            for column, word in sorted(columns.items())
            if word in wanted and column in marks
        ]
        if [c.column for c in self.header.cells if c.text] != list(range(len(self.columns))):
            raise ValueError(f"《{self.name}》的表头应从 A 列起连续排列，不能有空列或程序不认识的栏目")

    def samples(self) -> Sequence[Row]:
        """Every row, for the sheet of samples."""
        return self._rows

    def xml_of(self, *names: str) -> str:
        """Elements of the sheet as they stand in the template, in the order of ``names``."""
        return "".join(
            etree.tostring(element, encoding="unicode", with_tail=False)
            for name in names
            for element in self._root.iterfind(f"m:{name}", _NS)
        )

    def element(self, name: str) -> etree._Element | None:
        """The first element of that name."""
        return self._root.find(f"m:{name}", _NS)

    def _names(self, row: Row) -> set[str]:
        return {self._name(cell.text) for cell in row.cells}

    def _name(self, text: str) -> str:
        mark = MARK.fullmatch(text.strip())
        return mark.group(1) if mark else text.strip()

    def _widths(self, count: int) -> tuple[list[float], list[bool]]:
        default = self._root.find("m:sheetFormatPr", _NS)
        width = float(default.get("defaultColWidth", _DEFAULT_WIDTH)) if default is not None else _DEFAULT_WIDTH
        widths, hidden = [width] * count, [False] * count
        for col in self._root.iterfind("m:cols/m:col", _NS):
            for column in range(int(col.get("min", "1")) - 1, min(int(col.get("max", "1")), count)):
                widths[column] = float(col.get("width", str(width)))
                hidden[column] = col.get("hidden") in ("1", "true")
        return widths, hidden


class SummaryLook:
    """The template as a whole.  Raises :class:`CannotDo` when it cannot be used."""

    def __init__(self, path: Path, needed: Mapping[str, tuple[Sequence[str], Sequence[str]]]) -> None:
        try:
            self.parts = TemplateParts(path.read_bytes())
            self.styles = Styles(self.parts.data["xl/styles.xml"])
            sheets = self._read_sheets()
        except (OSError, KeyError, ValueError, etree.XMLSyntaxError) as fault:
            raise CannotDo(found.TEMPLATE_UNREADABLE.at(path=path.name)) from fault
        missing = [f"《{name}》表" for name in (*needed, SAMPLES) if name not in sheets]
        self.sheets: dict[str, SheetLook] = {}
        for name, (headers, repeated) in needed.items():
            if name in sheets:
                self.sheets[name] = sheets[name]
                try:
                    sheets[name].arrange(headers, repeated)
                except ValueError as fault:
                    missing.append(str(fault))
        if missing:
            raise CannotDo(found.TEMPLATE_INCOMPLETE.at(path=path.name, missing="；".join(missing)))
        self.marks = {cell.text.strip(): cell.style for row in sheets[SAMPLES].samples() for cell in row.cells}

    def _read_sheets(self) -> dict[str, SheetLook]:
        book = etree.fromstring(self.parts.data["xl/workbook.xml"])
        names = [
            sheet.get("name", "")
            for sheet in book.iterfind("m:sheets/m:sheet", _NS)
            if sheet.get("state", "visible") == "visible"
        ]
        return {
            name.strip(): SheetLook(
                name.strip(), part, etree.fromstring(self.parts.data[part]), self.parts.shared_strings
            )
            for name, part in zip(names, self.parts.visible_sheets(), strict=True)
        }
