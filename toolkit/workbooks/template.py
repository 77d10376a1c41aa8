"""A template workbook that a clerk may restyle: which cells say what, and how they look.

The table's sheet shows one example of each kind of row.  Cells in braces are marks: ``{标题}`` in the
head, ``{章}`` and ``{节}`` for chapter rows, ``{编码}``, ``{工作任务}`` … for the row of a task, and
``{工作任务·待复核}`` for a cell to be reviewed.  The style of the mark is the style of what is written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from toolkit.findings import CannotDo
from toolkit.findings import plan as found
from toolkit.workbooks.sheet_xml import SPREADSHEET
from toolkit.workbooks.styles import Styles
from toolkit.workbooks.template_parts import TemplateParts

MARK = re.compile(r"\{([^{}]+)\}")
REVIEW_SUFFIX = "·待复核"
CHAPTER_MARKS = ("章", "节")

_NS = {"m": SPREADSHEET}
_REFERENCE = re.compile(r"([A-Z]+)([0-9]+)")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of the template: 0-based column, format, text."""

    column: int
    style: int
    text: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the template; ``spans`` are merged columns, both ends included."""

    cells: tuple[Cell, ...]
    height: float | None = None
    spans: tuple[tuple[int, int], ...] = ()

    @property
    def marks(self) -> list[str]:
        """The marks of the row."""
        return [name for cell in self.cells for name in MARK.findall(cell.text)]

    def fill(self, values: Mapping[str, str]) -> Row:
        """The row with its marks replaced; a mark without a value becomes empty."""
        cells = tuple(
            Cell(cell.column, cell.style, MARK.sub(lambda match: values.get(match.group(1), ""), cell.text))
            for cell in self.cells
        )
        return Row(cells, self.height, self.spans)


@dataclass(frozen=True, slots=True)
class Repeated:
    """One of the columns that stand in place of a template's last one: its header word, width and formats."""

    word: str
    width: float
    header: int
    body: int


class Template:
    """One template as read.  Raises :class:`CannotDo` with what is missing in it."""

    def __init__(self, path: Path, columns: Sequence[str], chapters: Sequence[str] = CHAPTER_MARKS) -> None:
        self.path = path
        self._elements: dict[tuple[str, ...], str] = {}
        try:
            self.parts = TemplateParts(path.read_bytes())
            self.styles = Styles(self.parts.data["xl/styles.xml"])
            rows = self._find_sheet(columns)
        except (OSError, KeyError, ValueError, etree.XMLSyntaxError) as fault:
            raise CannotDo(found.TEMPLATE_UNREADABLE.at(path=path.name)) from fault
        self._sort_rows(rows, columns, chapters)
        self.widths, self._column_styles = self._read_columns()

    def _find_sheet(self, columns: Sequence[str]) -> list[Row]:
        """The first visible sheet that has a mark for a column, else the first visible sheet."""
        first: list[Row] | None = None
        for part in self.parts.visible_sheets():
            root = etree.fromstring(self.parts.data[part])
            rows = list(rows_of(root, self.parts.shared_strings))
            if first is None or any(mark in columns for row in rows for mark in row.marks):
                first, self.part, self._root = rows, part, root
                if any(mark in columns for row in rows for mark in row.marks):
                    break
        if first is None:
            raise ValueError("no visible sheet")
        return first

    def _sort_rows(self, rows: list[Row], columns: Sequence[str], chapters: Sequence[str]) -> None:
        """Tell head, chapter, task and foot rows apart by their marks."""
        by_mark = {mark: index for index, row in reversed(list(enumerate(rows))) for mark in row.marks}
        missing = [f"{{{name}}}" for name in (*columns, *chapters) if name not in by_mark]
        task_rows = {by_mark[name] for name in columns if name in by_mark}
        header = next((i for i, row in enumerate(rows) if {c.text.strip() for c in row.cells} >= set(columns)), None)
        if header is None:
            missing.append(f"一行写全栏目名的表头（{' '.join(columns)}）")
        if len(task_rows) > 1:
            missing.append("写在同一行的任务行标记")
        if missing or header is None:
            raise CannotDo(found.TEMPLATE_INCOMPLETE.at(path=self.path.name, missing="、".join(missing)))
        body = task_rows.pop()
        marks = {name: cell for cell in rows[body].cells for name in MARK.findall(cell.text)}
        words = {cell.column: cell.text.strip() for cell in rows[header].cells}
        moved = [name for name in columns if words.get(marks[name].column) != name]
        if moved:
            raise CannotDo(
                found.TEMPLATE_INCOMPLETE.at(path=self.path.name, missing=f"与表头对齐的标记（{'、'.join(moved)}）")
            )
        self.header = rows[header]
        self.head = rows[: header + 1]
        self.chapters = tuple(rows[by_mark[mark]] for mark in chapters)
        self.body = rows[body]
        self.columns = {name: marks[name].column for name in columns}
        review = next((row for row in rows if any(mark.endswith(REVIEW_SUFFIX) for mark in row.marks)), None)
        self.review_styles = (
            {cell.text.strip("{}").removesuffix(REVIEW_SUFFIX): cell.style for cell in review.cells} if review else {}
        )
        last = max(i for i, row in enumerate(rows) if row.marks and i >= body)
        self.samples = {cell.text.strip("{}"): cell.style for row in rows[body + 1 : last + 1] for cell in row.cells}
        """Mark of an example below the task row → its format."""
        self.foot = rows[last + 1 :]

    def _read_columns(self) -> tuple[list[float], list[int]]:
        """Width and default format of every column of the table."""
        count = 1 + max(cell.column for row in (*self.head, self.body) for cell in row.cells)
        default = self._root.find("m:sheetFormatPr", _NS)
        width = float(default.get("defaultColWidth", "8.43")) if default is not None else 8.43
        widths, styles = [width] * count, [0] * count
        for col in self._root.iterfind("m:cols/m:col", _NS):
            for column in range(int(col.get("min", "1")) - 1, min(int(col.get("max", "1")), count)):
                widths[column] = float(col.get("width", str(width)))
                styles[column] = int(col.get("style", "0"))
        return widths, styles

    def widen(self, words: Mapping[str, float], like: str) -> None:
        """Add columns with these header words and widths at the right of the table, in the look of another."""
        template = self.columns[like]
        for word, width in words.items():
            column = len(self.widths)
            self.widths.append(width)
            self._column_styles.append(self._column_styles[template])
            self.header = _with_cell(self.header, template, column, word)
            self.head = [*self.head[:-1], self.header]
            self.body = _with_cell(self.body, template, column, f"{{{word}}}")
            self.columns[word] = column
            if like in self.review_styles:
                self.review_styles[word] = self.review_styles[like]

    def repeat(self, word: str, columns: Sequence[Repeated]) -> None:
        """Put columns of their own in place of the last one; what reaches across the table grows with it."""
        last, pattern = self.columns.pop(word), len(self.widths) - 1
        self.widths[last:] = [column.width for column in columns]
        self._column_styles[last:] = [self._column_styles[pattern]] * len(columns)
        end = len(self.widths) - 1
        self.head = [_stretched(row, last, end) for row in self.head]
        self.foot = [_stretched(row, last, end) for row in self.foot]
        kept = [[cell for cell in row.cells if cell.column < last] for row in (self.header, self.body)]
        for offset, column in enumerate(columns):
            kept[0].append(Cell(last + offset, column.header, column.word))
            kept[1].append(Cell(last + offset, column.body, f"{{{column.word}}}"))
            self.columns[column.word] = last + offset
        self.header, self.body = Row(tuple(kept[0]), self.header.height), Row(tuple(kept[1]), self.body.height)
        self.head[-1] = self.header

    def columns_xml(self, widths: Sequence[float]) -> str:
        """The ``cols`` element with these widths."""
        cols = "".join(
            f'<col min="{i}" max="{i}" width="{width:g}" style="{style}" customWidth="1"/>'
            for i, (width, style) in enumerate(zip(widths, self._column_styles, strict=True), 1)
        )
        return f"<cols>{cols}</cols>"

    def elements(self, *names: str) -> str:
        """Elements of the template's sheet as they stand, in the order of ``names``."""
        if names not in self._elements:
            self._elements[names] = "".join(
                etree.tostring(element, encoding="unicode", with_tail=False)
                for name in names
                for element in self._root.iterfind(f"m:{name}", _NS)
            )
        return self._elements[names]


def _stretched(row: Row, last: int, end: int) -> Row:
    """A row whose cell in the last column reaches to the new end of the table."""
    spans = {right: left for left, right in row.spans}
    cell = next((cell for cell in row.cells if cell.column == spans.get(last, last)), None)
    if cell is None or end <= last:
        return row
    others = tuple((left, right) for left, right in row.spans if right != last)
    style = next((cell.style for cell in row.cells if cell.column == last), cell.style)
    blank = (Cell(column, style) for column in range(last + 1, end + 1))
    return Row((*row.cells, *blank), row.height, (*others, (cell.column, end)))


def _with_cell(row: Row, like: int, column: int, text: str) -> Row:
    """The row with one more cell, in the style of another."""
    style = next((cell.style for cell in row.cells if cell.column == like), 0)
    return Row((*row.cells, Cell(column, style, text)), row.height, row.spans)


def rows_of(root: etree._Element, strings: Sequence[str]) -> Iterator[Row]:
    """The rows of a sheet from the first on, gaps as empty rows, empty rows at the end left out."""
    spans: dict[int, list[tuple[int, int]]] = {}
    for merged in root.iterfind("m:mergeCells/m:mergeCell", _NS):
        first, _, last = merged.get("ref", "").partition(":")
        (left, top), (right, _) = _place(first), _place(last or first)
        spans.setdefault(top, []).append((left, right))
    rows: dict[int, Row] = {}
    for element in root.iterfind("m:sheetData/m:row", _NS):
        number = int(element.get("r", "0"))
        cells = tuple(
            Cell(_place(c.get("r", "A1"))[0], int(c.get("s", "0")), _text(c, strings))
            for c in element.iterfind("m:c", _NS)
        )
        height = element.get("ht")
        if cells or height:
            rows[number] = Row(cells, float(height) if height else None, tuple(sorted(spans.get(number, ()))))
    for number in range(1, max((n for n, row in rows.items() if row.cells), default=0) + 1):
        yield rows.get(number, Row(()))


def _place(reference: str) -> tuple[int, int]:
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        raise ValueError(reference)
    column = 0
    for letter in match.group(1):
        column = column * 26 + ord(letter) - 64
    return column - 1, int(match.group(2))


def _text(cell: etree._Element, strings: Sequence[str]) -> str:
    kind = cell.get("t")
    value = cell.findtext("m:v", "", _NS)
    if kind == "s":
        return strings[int(value)] if value else ""
    if kind == "inlineStr":
        return "".join(text.text or "" for text in cell.iterfind("m:is//m:t", _NS))
    return value
