"""The cells of a sheet as its XML has them.

Nearly every program writes cells in one narrow way, ``<c r="B2" s="3" t="s"><v>17</v></c>``, which a
pattern reads faster than a parser.  The pattern is trusted for a block of rows only when it accounts for
every cell in it; else the parser reads the block.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from toolkit.containers import limits
from toolkit.containers.content import column_index
from toolkit.containers.limits import LimitExceeded
from toolkit.containers.xlsx.strings import is_utf8, item_text, written
from toolkit.containers.xmltree import Element, attribute, is_true, local, parse, small_number, unescaped
from toolkit.findings import files as found

_BLOCK = 1 << 20
_OPEN, _CLOSE = b"<sheetData>", b"</sheetData>"


RawCell = tuple[int, int, int, str, str | None, str | None, bool]
"""A cell that has a value or a formula, in a plain tuple because there are many:

row and column (0-based), style, type (``n`` number, ``s`` shared string, ``str``, ``inlineStr``, ``b``, ``e``,
``d``), what its value element holds or its inline text (``None`` without one), its formula, and whether it
holds a rich value such as a picture placed in the cell.
"""


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
        """The cells with a value or formula, a block of rows at a time."""
        if not self._apart:
            for part in self.outline:
                if local(part) == "sheetData":
                    yield self._parsed(part)
            return
        for block in self._blocks():
            usual = _by_pattern(block)
            if usual is None:
                usual = self._parsed(self._parse_block(block))
            elif b"hidden=" in block:
                self.hidden_rows.update(_hidden_rows(block))
            yield usual

    def _blocks(self) -> Iterator[bytes]:
        begin = self._begin
        while begin < self._end:
            end = self._data.find(b"</row>", begin + _BLOCK, self._end) + len(b"</row>")
            if end < begin:
                end = self._end
            yield self._data[begin:end]
            begin = end

    def _parse_block(self, block: bytes) -> Element:
        head = self._data[: self._begin]
        root_tag = head[: head.index(b">", _root_start(head)) + 1]
        name = re.match(rb"[^\s/>]+", root_tag[_root_start(head) + 1 :])
        closing = b"</" + (name[0] if name else b"") + b">"
        return parse(root_tag + _OPEN + block + _CLOSE + closing, self._part)[0]

    def _parsed(self, sheet_data: Element) -> list[RawCell]:
        cells: list[RawCell] = []
        row = -1
        for line in sheet_data:
            row = _row_number(line.get("r"), row + 1)
            if is_true(line.get("hidden")):
                self.hidden_rows.add(row)
            column = -1
            for cell in line:
                row, column = _place(cell.get("r"), row, column + 1)
                if (raw := _raw_cell(cell, row, column)) is not None:
                    cells.append(raw)
        return cells


def _root_start(head: bytes) -> int:
    """Where the root element's tag begins, behind the XML declaration."""
    return head.index(b"<", head.find(b"?>") + 2 if head.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<?") else 0)


# --- by pattern ------------------------------------------------------------------------------

_CELL = re.compile(
    rb'<c r="([A-Z]{1,3})([0-9]{1,7})"([^>]*)>'
    rb"(?:<f(?:\s[^>]*)?(?:(/)>|>([^<]*)</f>))?"
    rb'(?:<v>([^<]+)</v>|<is><t(?: xml:space="preserve")?>([^<]*)</t></is>)?</c>'
)
_EMPTY = re.compile(rb'<c r="[A-Z]{1,3}[0-9]{1,7}"[^>]*/>')
_ROW = re.compile(rb"<row\s[^>]*>")
_HIDDEN = re.compile(rb'\shidden="(?:1|true)"')
_ROW_NUMBER = re.compile(rb'\sr="([0-9]{1,7})"')
_NUMERIC = ("s", "n", "b")
_ATTRIBUTE = re.compile(rb'([\w:]+)="([^"]*)"')


class _Columns(dict[bytes, int]):
    def __missing__(self, letters: bytes) -> int:
        column = self[letters] = _column(letters.decode())
        return column


class _Kinds(dict[bytes, tuple[int, str, bool]]):
    """What the attributes of a cell say, by how they are written; a sheet has few ways."""

    def __missing__(self, attributes: bytes) -> tuple[int, str, bool]:
        values = dict(_ATTRIBUTE.findall(attributes))
        kind = values.get(b"t", b"n").decode("ascii", "replace")
        read = (small_number(values.get(b"s", b"0").decode("ascii", "replace")), kind, b"vm" in values)
        if len(self) < _REMEMBERED:
            self[attributes] = read
        return read


_REMEMBERED = 10_000
_COLUMNS = _Columns()
_KINDS = _Kinds()


def _by_pattern(block: bytes) -> list[RawCell] | None:
    """The cells of a block, or ``None`` when one of them is written in an unusual way."""
    found_cells = _CELL.findall(block)
    if len(found_cells) + len(_EMPTY.findall(block)) != block.count(b"<c ") or b"<c>" in block or b"<row>" in block:
        return None
    cells = []
    for letters, digits, attributes, shared, formula, text, inline in found_cells:
        style, kind, rich = _KINDS[attributes]
        if text:
            told = text.decode() if kind in _NUMERIC else written(text)
        elif inline or formula or shared:
            told = written(inline) if inline else None
        else:
            continue
        row = int(digits) - 1
        if not 0 <= row < limits.ROWS:
            raise impossible(digits.decode())
        cells.append(
            (row, _COLUMNS[letters], style, kind, told, written(formula) if formula else "" if shared else None, rich)
        )
    return cells


def _hidden_rows(block: bytes) -> Iterator[int]:
    for tag in _ROW.findall(block):
        if _HIDDEN.search(tag) and (number := _ROW_NUMBER.search(tag)):
            yield int(number[1]) - 1


# --- by parser -------------------------------------------------------------------------------

_REFERENCE = re.compile(r"([A-Za-z]{1,3})(\d+)")


def _raw_cell(cell: Element, row: int, column: int) -> RawCell | None:
    text = formula = None
    for child in cell:
        name = local(child)
        if name == "v":
            text = unescaped(child.text or "")
        elif name == "is":
            text = item_text(child)
        elif name == "f":
            formula = child.text or ""
    if text is None and formula is None:
        return None
    rich = attribute(cell, "vm") is not None
    return row, column, small_number(cell.get("s")), cell.get("t", "n"), text, formula, rich


def _row_number(written_number: str | None, following: int) -> int:
    """The 0-based row a row element says it is, by default the one after the last."""
    if written_number is None:
        row = following
    elif len(written_number) < 9 and written_number.isdecimal():
        row = int(written_number) - 1
    else:
        raise impossible(written_number)
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
