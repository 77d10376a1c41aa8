"""An issued form opened for typing, the way a clerk does it in an office program but in a few milliseconds.

It knows only what the contract says about a form: the first visible sheet, one header row, the columns by
their names, and the four labels below the table.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from lxml import etree

from toolkit.sample.packages import parts, restamped

TO_FILL = ("完成情况", "进展说明", "佐证材料", "完成日期", "备注")
SIGNATURES = ("填报人", "联系电话", "审核人", "填报日期")

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_NS = {"m": _MAIN}
_CODE = re.compile(r"[0-9A-Z]{4,16}")
_DATE_FORMAT = re.compile(r"[ymd年月日]", re.IGNORECASE)
_BUILT_IN_DATES = frozenset({*range(14, 23), *range(27, 37), *range(50, 59)})
_EPOCH = date(1899, 12, 30)


@dataclass(frozen=True, slots=True)
class Asked:
    """One task row of a form."""

    row: int
    """1-based, as in A1 names."""
    code: str
    title: str
    requirement: str
    role: str


class IssuedForm:
    """The sheet of a form, its task rows, and a pen."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._parts = parts(data)
        self.sheet, self.part = self._first_visible()
        self._root = etree.fromstring(self._parts[self.part])
        self._strings = self._shared_strings()
        self._cells = {cell.get("r", ""): cell for cell in self._root.iterfind(".//m:sheetData/m:row/m:c", _NS)}
        self._spans = dict(self._merged_spans())
        self.columns, self.header_row = self._header()
        self.tasks = tuple(self._asked())

    def cell(self, label: str, row: int) -> str:
        """The A1 name of a task row's cell in the column of that name."""
        return f"{self.columns[label]}{row}"

    def text(self, name: str) -> str:
        """The text of a cell by its A1 name."""
        cell = self._cells.get(name)
        if cell is None:
            return ""
        if cell.get("t") == "inlineStr":
            return _visible_text(cell.find("m:is", _NS))
        value = cell.findtext("m:v", "", _NS)
        return self._strings[int(value)] if cell.get("t") == "s" and value else value

    def type(self, name: str, value: str | date | float) -> None:
        """Type a value into a cell; a date lands as a date where the cell is formatted for one, else as text."""
        cell = self._cells.get(name)
        if cell is None:
            cell = self._insert(name)
        for child in list(cell):
            cell.remove(child)
        cell.attrib.pop("t", "")
        if isinstance(value, date) and self._is_date_cell(cell):
            etree.SubElement(cell, f"{{{_MAIN}}}v").text = str((value - _EPOCH).days)
        elif isinstance(value, float | int):
            etree.SubElement(cell, f"{{{_MAIN}}}v").text = repr(value)
        elif text := str(value):
            cell.set("t", "inlineStr")
            holder = etree.SubElement(etree.SubElement(cell, f"{{{_MAIN}}}is"), f"{{{_MAIN}}}t")
            holder.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            holder.text = text

    def sign(self, words: Mapping[str, str]) -> None:
        """Fill 填报人, 联系电话, 审核人 and 填报日期: the cell to the right of each label."""
        below = max(task.row for task in self.tasks)
        for name in [name for name in self._cells if _row(name) > below]:
            label = self.text(name).strip(" ：:　")
            if label in words:
                last_column = self._spans.get(name, _column(name))
                self.type(f"{_letters(last_column + 1)}{_row(name)}", words[label])

    def saved(self, at: datetime) -> bytes:
        """The form as a file that states ``at`` (UTC) as its saved time."""
        sheet = etree.tostring(self._root, xml_declaration=True, encoding="UTF-8", standalone=True)
        return restamped(self._data, at, {self.part: sheet})

    def _first_visible(self) -> tuple[str, str]:
        book = etree.fromstring(self._parts["xl/workbook.xml"])
        links = etree.fromstring(self._parts["xl/_rels/workbook.xml.rels"])
        targets = {link.get("Id"): link.get("Target", "") for link in links}
        for sheet in book.iterfind("m:sheets/m:sheet", _NS):
            if sheet.get("state", "visible") == "visible":
                target = targets[sheet.get(f"{{{_OFFICE}}}id")]
                return sheet.get("name", ""), posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")
        raise ValueError("no visible sheet")

    def _shared_strings(self) -> list[str]:
        part = self._parts.get("xl/sharedStrings.xml")
        return [] if part is None else [_visible_text(item) for item in etree.fromstring(part).iterfind("m:si", _NS)]

    def _merged_spans(self) -> Iterator[tuple[str, int]]:
        for merge in self._root.iterfind("m:mergeCells/m:mergeCell", _NS):
            first, _, last = merge.get("ref", "").partition(":")
            yield first, _column(last or first)

    def _header(self) -> tuple[dict[str, str], int]:
        rows: dict[int, dict[str, str]] = {}
        for name in self._cells:
            if text := self.text(name).strip():
                rows.setdefault(_row(name), {}).setdefault(text, _letters(_column(name)))
        for row, columns in sorted(rows.items()):
            if {"编码", *TO_FILL} <= columns.keys():
                return columns, row
        raise ValueError("no header row with 编码 and the columns to fill in")

    def _asked(self) -> Iterator[Asked]:
        for row in range(self.header_row + 1, max(map(_row, self._cells)) + 1):
            code = self.text(self.cell("编码", row)).strip()
            if _CODE.fullmatch(code):
                shown = [self.text(self.cell(label, row)).strip() for label in ("工作任务", "具体要求", "职责")]
                yield Asked(row, code, *shown)

    def _is_date_cell(self, cell: etree._Element) -> bool:
        styles = etree.fromstring(self._parts["xl/styles.xml"])
        formats = {
            number.get("numFmtId"): number.get("formatCode", "")
            for number in styles.iterfind("m:numFmts/m:numFmt", _NS)
        }
        style = styles.findall("m:cellXfs/m:xf", _NS)[int(cell.get("s", "0"))].get("numFmtId", "0")
        return int(style) in _BUILT_IN_DATES or bool(_DATE_FORMAT.search(formats.get(style, "")))

    def _insert(self, name: str) -> etree._Element:
        data = self._root.find("m:sheetData", _NS)
        assert data is not None
        row = next((row for row in data if row.get("r") == str(_row(name))), None)
        if row is None:
            row = etree.Element(f"{{{_MAIN}}}row", r=str(_row(name)))
            data.insert(sum(int(other.get("r", "0")) < _row(name) for other in data), row)
        cell = etree.Element(f"{{{_MAIN}}}c", r=name)
        row.insert(sum(_column(other.get("r", "")) < _column(name) for other in row), cell)
        self._cells[name] = cell
        return cell


def _visible_text(item: etree._Element | None) -> str:
    """The text of a string item: its runs joined, phonetic hints left out."""
    if item is None:
        return ""
    phonetic = {id(t) for hint in item.iterfind("m:rPh", _NS) for t in hint}
    return "".join(t.text or "" for t in item.iter(f"{{{_MAIN}}}t") if id(t) not in phonetic)


def _row(name: str) -> int:
    return int(name.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))


def _column(name: str) -> int:
    """1-based column of an A1 name."""
    number = 0
    for letter in name.rstrip("0123456789"):
        number = number * 26 + ord(letter) - 64
    return number


def _letters(column: int) -> str:
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
