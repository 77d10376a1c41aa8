"""The cells of a sheet as its XML has them.

Nearly every program writes cells in one usual way, ``<c r="B2" s="3" t="s"><v>17</v></c>``, which a pattern
reads faster than a parser.  The pattern is trusted for a block of rows only when it accounts for every
cell in it; else the block is parsed and first written anew in the usual way, so that there is only one
meaning of a cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.sax.saxutils import escape

from toolkit.containers import limits
from toolkit.containers.content import column_index, column_name
from toolkit.containers.limits import LimitExceeded
from toolkit.containers.xlsx.strings import is_utf8, runs
from toolkit.containers.xmltree import Element, attribute, is_true, local, parse
from toolkit.findings import files as found

_BLOCK = 1 << 20
_OPEN, _CLOSE = b"<sheetData>", b"</sheetData>"

RawCell = tuple[bytes, bytes, bytes, bytes, bytes, bytes, bytes]
"""A cell as written: column letters, row number, attributes, ``/`` for a formula shared with another cell,
formula, value, inline text.  What is not there is empty."""

_CELL = re.compile(
    rb'<c r="([A-Z]{1,3})([0-9]{1,7})"([^>]*)>'
    rb"(?:<f(?:\s[^>]*)?(?:(/)>|>([^<]*)</f>))?"
    rb'(?:<v>([^<]+)</v>|<is><t(?: xml:space="preserve")?>([^<]*)</t></is>)?</c>'
)
_EMPTY = re.compile(rb'<c r="[A-Z]{1,3}[0-9]{1,7}"[^>]*/>')
_ROW = re.compile(rb"<row\s[^>]*>")
_HIDDEN = re.compile(rb'\shidden="(?:1|true)"')
_ROW_NUMBER = re.compile(rb'\sr="([0-9]{1,7})"')
_ATTRIBUTE = re.compile(rb'([\w:]+)="([^"]*)"')
_REFERENCE = re.compile(r"([A-Za-z]{1,3})(\d+)")
_REMEMBERED = 10_000


class SheetXml:
    """The XML of one sheet, its rows apart from the rest.

    Raises ``Unreadable`` for bad XML and rows or columns that cannot be.
    """

    def __init__(self, data: bytes, part: str) -> None:
        self._part = part
        self._data = data
        self.hidden_rows: set[int] = set()
        """Filled while the cells are read."""
        self._begin = data.find(_OPEN) + len(_OPEN)
        self._end = data.rfind(_CLOSE)
        self._apart = len(_OPEN) <= self._begin <= self._end and b"<!" not in data and is_utf8(data)
        rest = data[: self._begin] + data[self._end :] if self._apart else data
        self.outline: Element = parse(rest, part)
        """The root of the sheet; without its rows where those could be set apart."""

    def cells(self) -> Iterator[list[RawCell]]:
        """The cells with a value or formula, and some without, a block of rows at a time."""
        if not self._apart:
            for part in self.outline:
                if local(part) == "sheetData":
                    yield self._rewritten(part)
            return
        for block in self._blocks():
            cells = _usual_cells(block)
            if cells is None:
                cells = self._rewritten(self._parse_block(block))
            elif b"hidden=" in block:
                self.hidden_rows.update(_hidden_rows(block))
            yield cells

    def _blocks(self) -> Iterator[bytes]:
        begin = self._begin
        while begin < self._end:
            end = self._data.find(b"</row>", begin + _BLOCK, self._end) + len(b"</row>")
            if end < begin:
                end = self._end
            yield self._data[begin:end]
            begin = end

    def _parse_block(self, block: bytes) -> Element:
        """The rows of a block in a sheet of their own, under the namespaces of the real one."""
        start = self._data.index(b"<", max(self._data.find(b"?>", 0, 200), 0))
        root_tag = self._data[start : self._data.index(b">", start) + 1]
        name = re.split(rb"[\s/>]", root_tag[1:], maxsplit=1)[0]
        return parse(root_tag + _OPEN + block + _CLOSE + b"</" + name + b">", self._part)[0]

    def _rewritten(self, sheet_data: Element) -> list[RawCell]:
        """The cells of parsed rows, written in the usual way."""
        usual = []
        row = -1
        for line in sheet_data:
            row = _row_number(line.get("r"), row + 1)
            if is_true(line.get("hidden")):
                self.hidden_rows.add(row)
            column = -1
            for cell in line:
                row, column = _place(cell.get("r"), row, column + 1)
                if (body := _body(cell)) is not None:
                    rich = ' vm="1"' if attribute(cell, "vm") is not None else ""
                    told = f's="{cell.get("s", "0")}" t="{escape(cell.get("t", "n"))}"{rich}'
                    usual.append(f'<c r="{column_name(column)}{row + 1}" {told}>{body}</c>')
        return _CELL.findall("".join(usual).encode("utf-8", "replace"))


def _usual_cells(block: bytes) -> list[RawCell] | None:
    """The cells of a block, or ``None`` when one of them is written in an unusual way."""
    cells: list[RawCell] = _CELL.findall(block)
    if len(cells) + len(_EMPTY.findall(block)) != block.count(b"<c ") or b"<c>" in block or b"<row>" in block:
        return None
    return cells


def _hidden_rows(block: bytes) -> Iterator[int]:
    for tag in _ROW.findall(block):
        if _HIDDEN.search(tag) and (number := _ROW_NUMBER.search(tag)):
            yield int(number[1]) - 1


# --- the usual way ---------------------------------------------------------------------------


def _body(cell: Element) -> str | None:
    """What stands inside a cell, in the usual way; ``None`` when it holds nothing.

    A formula that gives an empty text holds nothing; one without any value is kept, as it lacks one.
    """
    value = inline = formula = None
    for child in cell:
        name = local(child)
        if name == "v":
            value = child.text or ""
        elif name == "is":
            inline = runs(child)
        elif name == "f":
            formula = child.text or ""
    if not value and not inline and (formula is None or (value == "" and cell.get("t") == "str")):
        return None
    calculated = "" if formula is None else f"<f>{escape(formula)}</f>" if formula else '<f si="0"/>'
    if inline:
        return f"{calculated}<is><t>{escape(inline)}</t></is>"
    return f"{calculated}<v>{escape(value)}</v>" if value else calculated


def _row_number(told: str | None, following: int) -> int:
    """The 0-based row a row element says it is, by default the one after the last."""
    if told is None:
        row = following
    elif len(told) < 9 and told.isdecimal():
        row = int(told) - 1
    else:
        raise impossible(told)
    if not 0 <= row < limits.ROWS:
        raise impossible(str(row + 1))
    return row


def _place(reference: str | None, row: int, following: int) -> tuple[int, int]:
    """Row and column of a cell: what its reference says, else the next place in the row."""
    if reference is None:
        if following >= limits.COLUMNS:
            raise impossible(str(row + 1))
        return row, following
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        raise impossible(reference)
    return _row_number(match[2], row), _column(match[1].upper())


def _column(letters: str) -> int:
    column = column_index(letters)
    if column >= limits.COLUMNS:
        raise impossible(letters)
    return column


def impossible(place: str) -> LimitExceeded:
    """The refusal of a row or column that no sheet has."""
    return LimitExceeded(found.PLACE_IMPOSSIBLE.at(place=place[:40]))


# --- what is written over and over -----------------------------------------------------------


class _Columns(dict[bytes, int]):
    """Column letters → 0-based column."""

    def __missing__(self, letters: bytes) -> int:
        column = self[letters] = _column(letters.decode())
        return column


class _Kinds(dict[bytes, tuple[int, str, bool]]):
    """The attributes of a cell as written → style, type, whether it holds a rich value.

    Types: ``n`` number, ``s`` shared string, ``str``, ``inlineStr``, ``b``, ``e``, ``d``.  A picture placed in
    a cell is a rich value.
    """

    def __missing__(self, attributes: bytes) -> tuple[int, str, bool]:
        values = dict(_ATTRIBUTE.findall(attributes))
        style = values.get(b"s", b"0")
        number = int(style) if style.isdigit() and len(style) < 8 else 0
        read = (number, values.get(b"t", b"n").decode("ascii", "replace"), b"vm" in values)
        if len(self) < _REMEMBERED:
            self[attributes] = read
        return read


COLUMNS = _Columns()
KINDS = _Kinds()
