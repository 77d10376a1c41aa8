"""The cells of a sheet as its XML has them.

Nearly every program writes cells in one usual way, ``<c r="B2" s="3" t="s"><v>17</v></c>``, which a pattern
reads faster than a parser.  The pattern is trusted for a block of rows only when it accounts for every
cell in it; else the block is parsed and first written anew in the usual way, so that there is only one
meaning of a cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from toolkit.containers import limits
from toolkit.containers.content import column_index, column_name
from toolkit.containers.limits import LimitExceeded
from toolkit.containers.xlsx.outline import Outline, read_outline
from toolkit.containers.xlsx.strings import is_plain, runs, stands_for_itself, written
from toolkit.containers.xmltree import Element, attribute, is_true, local, parse, small_number
from toolkit.findings import files as found

_BLOCK = 1 << 20
_OPEN, _CLOSE = b"<sheetData>", b"</sheetData>"

RawCell = tuple[str, str, str, str, str, str, str]
"""A cell as written: column letters, row number, attributes, ``/`` for a formula shared with another cell,
formula, value, inline text, the last three as they are seen.  What is not there is empty."""

_CELL = re.compile(
    r'<c r="([A-Z]{1,3}+)([0-9]{1,7}+)"([^>/]*+)(?:/>|>'
    r"(?:<f(?:\s[^>]*)?(?:(/)>|>([^<]*+)</f>))?"
    r'(?:<v>([^<]++)</v>|<is><t(?: xml:space="preserve")?>([^<]*+)</t></is>)?</c>)'
)
_ROW = re.compile(r"<row\s[^>]*>")
_HIDDEN = re.compile(r'\shidden="(?:1|true)"')
_ROW_NUMBER = re.compile(r'\sr="([0-9]{1,7})"')
_ATTRIBUTE = re.compile(r'([\w:]+)="([^"]*)"')
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
        self._apart = len(_OPEN) <= self._begin <= self._end and is_plain(data)
        self._root: Element | None = None if self._apart else parse(data, part)
        self.outline: Outline = (
            read_outline(data[: self._begin] + data[self._end :], part)
            if self._root is None
            else Outline.of(self._root)
        )

    def cells(self) -> Iterator[list[RawCell]]:
        """The cells with a value or formula, and others without, a block of rows at a time."""
        if self._root is not None:
            for part in self._root:
                if local(part) == "sheetData":
                    yield self._rewritten(part)
            return
        for block in self._blocks():
            text = block.decode("utf-8", "replace")
            cells, hidden = _usual_cells(text), _hidden_rows(text)
            if cells is None or hidden is None:
                yield self._rewritten(self._parse_block(block))
            else:
                self.hidden_rows.update(hidden)
                yield cells if stands_for_itself(block, text) else _resolved(cells)

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
                    told = f's="{cell.get("s", "0")}" t="{_escaped(cell.get("t", "n"))}"{rich}'
                    usual.append(f'<c r="{column_name(column)}{row + 1}" {told}>{body}</c>')
        return _resolved(_CELL.findall("".join(usual)))


def _usual_cells(block: str) -> list[RawCell] | None:
    """The cells of a block, or ``None`` when one of them is written in an unusual way."""
    cells: list[RawCell] = _CELL.findall(block)
    return cells if len(cells) == block.count("<c") else None


def _resolved(cells: list[RawCell]) -> list[RawCell]:
    """The cells with their texts as they are seen; the number of a shared string has to stand there as it is."""
    resolved = []
    for cell in cells:
        letters, digits, attributes, other, formula, value, inline = cell
        told = formula + value + inline
        if not told.isprintable() or "&" in told or "_x" in told:
            value = value if KINDS[attributes][1] == "s" else written(value)
            cell = (letters, digits, attributes, other, written(formula), value, written(inline))
        resolved.append(cell)
    return resolved


def _hidden_rows(block: str) -> list[int] | None:
    """The rows of a block that are hidden, or ``None`` when one of them does not say which it is."""
    if "hidden=" not in block:
        return []
    numbers = [_ROW_NUMBER.search(tag) for tag in _ROW.findall(block) if _HIDDEN.search(tag)]
    told = [int(number[1]) - 1 for number in numbers if number]
    return told if len(told) == len(numbers) else None


# --- the usual way ---------------------------------------------------------------------------


def _escaped(text: str) -> str:
    """Text as XML."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


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
    calculated = "" if formula is None else f"<f>{_escaped(formula)}</f>" if formula else '<f si="0"/>'
    if inline:
        return f"{calculated}<is><t>{_escaped(inline)}</t></is>"
    return f"{calculated}<v>{_escaped(value)}</v>" if value else calculated


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


class _Columns(dict[str, int]):
    """Column letters → 0-based column."""

    def __missing__(self, letters: str) -> int:
        column = self[letters] = _column(letters)
        return column


class _Kinds(dict[str, tuple[int, str, bool]]):
    """The attributes of a cell as written → style, type, whether it holds a rich value.

    Types: ``n`` number, ``s`` shared string, ``str``, ``inlineStr``, ``b``, ``e``, ``d``.  A picture placed in
    a cell is a rich value.
    """

    def __missing__(self, attributes: str) -> tuple[int, str, bool]:
        values = dict(_ATTRIBUTE.findall(attributes))
        read = (small_number(values.get("s")), values.get("t", "n"), "vm" in values)
        if len(self) < _REMEMBERED:
            self[attributes] = read
        return read


COLUMNS = _Columns()
KINDS = _Kinds()
