"""Cells and rows as the XML of a sheet: text always stays text (contract *Safety*)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from toolkit.containers.content import column_name

SPREADSHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

MAX_TEXT = 32_767
"""UTF-16 units a cell holds; beyond it Excel calls the file damaged."""

_CUT_MARK = "……（超过单元格上限，已截断）"
_REFUSED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LIVE = ("=", "+", "-", "@")
_ESCAPE_LIKE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_WHOLE = re.compile(r"[1-9][0-9]{0,8}")


def utf16_length(text: str) -> int:
    """The length of a text as Excel counts it."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def cut(text: str) -> str:
    """Text that fits into a cell; when it did not, its end says so."""
    if len(text) <= MAX_TEXT // 2 or utf16_length(text) <= MAX_TEXT:
        return text
    kept = text.encode("utf-16-le", "surrogatepass")[: 2 * (MAX_TEXT - len(_CUT_MARK))]
    return kept.decode("utf-16-le", "ignore") + _CUT_MARK


def escape(text: str) -> str:
    """Text as XML; what XML refuses becomes a visible U+FFFD, ``_x0041_`` is not read as an escaped character."""
    text = _REFUSED.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))
    if "_x" in text:
        text = _ESCAPE_LIKE.sub("_x005F_", text)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def attribute(text: str) -> str:
    """Text as the value of an attribute in double quotes."""
    return escape(text).replace('"', "&quot;").replace("\n", "&#10;")


def looks_live(text: str) -> bool:
    """Whether an office program would take the text for a formula when a person types it again."""
    return text.startswith(_LIVE)


@lru_cache(maxsize=16384)
def content(style: int, text: str) -> str:
    """What follows a cell's reference: the same task stands in many forms, so it is kept."""
    if not text:
        return f' s="{style}"/>'
    return f' s="{style}" t="inlineStr"><is><t xml:space="preserve">{escape(cut(text))}</t></is></c>'


@lru_cache(maxsize=4096)
def number_content(style: int, text: str) -> str:
    """The same for a column of numbers: a whole number sorts as one and carries no warning mark."""
    return f' s="{style}"><v>{text}</v></c>' if _WHOLE.fullmatch(text) else content(style, text)


def cell(column: int, row_number: int, content: str) -> str:
    """One cell, ``column`` counted from 0 and ``row_number`` from 1."""
    return f'<c r="{column_name(column)}{row_number}"{content}'


def row(number: int, cells: Iterable[str], height: float | None = None) -> str:
    """One row of cells, ``number`` counted from 1, ``height`` in points."""
    size = f' ht="{height:g}" customHeight="1"' if height else ""
    return f'<row r="{number}"{size}>{"".join(cells)}</row>'


def plain_sheet(rows: Iterable[Iterable[str]]) -> bytes:
    """A sheet of texts without styles, for what fengong keeps for itself."""
    lines = [
        row(number, (cell(column, number, content(0, text)) for column, text in enumerate(texts) if text))
        for number, texts in enumerate(rows, 1)
    ]
    return f'{DECLARATION}<worksheet xmlns="{SPREADSHEET}"><sheetData>{"".join(lines)}</sheetData></worksheet>'.encode()
