"""Cells and rows as the XML of a sheet: text always stays text (contract *Safety*)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from toolkit.containers.content import column_name
from toolkit.workbooks.cells import cut, holdable

SPREADSHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

_LIVE = ("=", "+", "-", "@")
_SPECIAL = re.compile("[&<>\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
"""What a text needs, if not ``_x``, for anything in it to be changed: most texts have none of it."""
_ESCAPE_LIKE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_WHOLE = re.compile(r"[1-9][0-9]{0,8}")


def escape(text: str) -> str:
    """Text as XML; what XML refuses becomes a visible U+FFFD, ``_x0041_`` is not read as an escaped character."""
    if "_x" not in text and not _SPECIAL.search(text):
        return text
    text = holdable(text)
    if "_x" in text:
        text = _ESCAPE_LIKE.sub("_x005F_", text)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


@lru_cache(maxsize=4096)
def attribute(text: str) -> str:
    """Text as the value of an attribute in double quotes."""
    return escape(text).replace('"', "&quot;").replace("\n", "&#10;")


def looks_live(text: str) -> bool:
    """Whether an office program would take the text for a formula when a person types it again."""
    return text.startswith(_LIVE)


_letters = lru_cache(maxsize=256)(column_name)


def text_content(style: int, text: str) -> str:
    """What follows a cell's reference."""
    if not text:
        return f' s="{style}"/>'
    return f' s="{style}" t="inlineStr"><is><t xml:space="preserve">{escape(cut(text))}</t></is></c>'


content = lru_cache(maxsize=16384)(text_content)
"""The same, remembered: the same task stands in many forms."""


def led_content(style: int, lead: str, rest: str, fonts: tuple[str, str]) -> str:
    """A text whose beginning looks different; ``fonts`` are the ``rPr`` of both pieces."""
    runs = "".join(
        f'<r>{font}<t xml:space="preserve">{escape(text)}</t></r>'
        for font, text in zip(fonts, (lead, rest), strict=True)
    )
    return f' s="{style}" t="inlineStr"><is>{runs}</is></c>'


@lru_cache(maxsize=4096)
def number_content(style: int, text: str) -> str:
    """The same for a column of numbers: a whole number sorts as one and carries no warning mark."""
    return f' s="{style}"><v>{text}</v></c>' if _WHOLE.fullmatch(text) else content(style, text)


_NUMBER = "\0"
"""Stands for the number of a row that was made before it is known where it comes; no text in a sheet holds it."""


def row(cells: Iterable[tuple[int, str]], height: float | None = None, *, grows: bool = False) -> str:
    """One row of cells, each its column counted from 0 and its content, to be :func:`numbered`; ``height`` in points.

    A row that ``grows`` starts with that height and is fitted again when a person writes more into it.
    """
    size = "" if not height else f' ht="{height:g}"' if grows else f' ht="{height:g}" customHeight="1"'
    written = "".join([f'<c r="{_letters(column)}{_NUMBER}"{content}' for column, content in cells])
    return f'<row r="{_NUMBER}"{size}>{written}</row>'


def numbered(row: str, number: int) -> str:
    """A row that stands at this number, counted from 1: the same row comes in form after form."""
    return row.replace(_NUMBER, str(number))


@lru_cache(maxsize=4096)
def _plain_row(texts: tuple[str, ...]) -> str:
    return row([(column, content(0, text)) for column, text in enumerate(texts) if text])


def plain_sheet(rows: Iterable[Iterable[str]]) -> bytes:
    """A sheet of texts without styles, for what fengong keeps for itself."""
    lines = [numbered(_plain_row(tuple(texts)), number) for number, texts in enumerate(rows, 1)]
    return f"{_PLAIN_HEAD}{''.join(lines)}{_PLAIN_FOOT}".encode()


def plain_lines(texts: Iterable[str]) -> Iterator[bytes]:
    """The same of one column, piece by piece: its texts may be long and many."""
    yield _PLAIN_HEAD.encode()
    for number, text in enumerate(texts, 1):
        yield numbered(row([(0, text_content(0, text))]), number).encode()
    yield _PLAIN_FOOT.encode()


_PLAIN_HEAD = f'{DECLARATION}<worksheet xmlns="{SPREADSHEET}"><sheetData>'
_PLAIN_FOOT = "</sheetData></worksheet>"
