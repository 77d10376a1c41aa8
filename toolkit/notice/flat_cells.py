"""The cells of a flattened table: one a paragraph, or between pipes; and the header among them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from toolkit.language.text import unspaced
from toolkit.model import Role
from toolkit.notice.alignment import Token
from toolkit.notice.columns import Column, Meaning, is_label, read_loosely
from toolkit.notice.furniture import opens_attachment
from toolkit.notice.grid import divides_work
from toolkit.notice.numbering import is_number
from toolkit.notice.passages import Passage
from toolkit.notice.settling import settled

LEAST_HEADER = 2
"""How many words make a header."""
_MOST_COLUMNS = 14
_YEAR = re.compile(r"20\d{2}年(?:度)?(?:目标|任务|计划)?")
"""The label of a column that says what is to be done in a year."""
_LONGEST_UNKNOWN = 8
"""Characters of the longest label nobody foresaw between known ones."""


def header_run(tokens: Sequence[Token]) -> list[Column]:
    """The columns that the first cells name.

    Labels nobody foresaw count between known ones, and up to the first number where the known ones are no header.
    """
    header: list[Column] = []
    known = 0
    for token in tokens[:_MOST_COLUMNS]:
        if not token.text:
            continue
        column = read_loosely(token.text)
        if column is None and known >= LEAST_HEADER and _YEAR.fullmatch(unspaced(token.text)):
            column = Column(Meaning.CONTENT, unspaced(token.text))
        if column is None and known >= LEAST_HEADER and is_label(token.text) and len(token.text) <= _LONGEST_UNKNOWN:
            column = Column(Meaning.REMARK, unspaced(token.text), guessed=True, quoted=True)
        if column is None:
            lacking = known and is_number(token.text) and not divides_work(settled(header[:known]))
            return header if lacking else header[:known]
        header.append(column)
        if not column.guessed:
            known = len(header)
    return header[:known]


def arrangements(header: Sequence[Column]) -> Iterator[Sequence[Column]]:
    """The orders in which the labels may stand above the cells.

    A header of two rows comes apart row by row: 责任分工, 完成时限, 牵头单位, 责任单位 are the three columns 牵头单位,
    责任单位, 完成时限.
    """
    yield header
    orders = (_with_parts(header[:cut], header[cut:]) for cut in range(1, len(header) - 1))
    if (longest := next((order for order in orders if order is not None), None)) is not None:
        yield longest


def _with_parts(upper: Sequence[Column], lower: Sequence[Column]) -> list[Column] | None:
    """The labels of the upper row with those of the lower one in the place of the labels they are the parts of."""
    order = list(upper)
    place = 0
    for parts in (list(group) for _, group in groupby(lower, key=_sort)):
        above = next((n for n in range(place, len(order)) if _may_part(order[n], parts[0])), None)
        if len(parts) < 2 or above is None:
            return None
        order[above : above + 1] = parts
        place = above + len(parts)
    return order


def _may_part(above: Column, part: Column) -> bool:
    """Whether a label may be one of the parts of another: 责任分工 has parts, 牵头单位 is one."""
    return _sort(above) == _sort(part) and above.role not in (Role.LEAD, Role.SUPPORT)


def _sort(column: Column) -> str:
    """What a label and its parts have in common: they name units, or work, or something else."""
    if column.meaning in (Meaning.LEVEL, Meaning.TASK, Meaning.CONTENT):
        return "work"
    return Meaning.DEADLINE.value if column.quoted and not column.guessed else column.meaning.value


def header_length(tokens: Sequence[Token], header: Sequence[Column]) -> int:
    """How many tokens the header takes, blank cells among it counted."""
    seen = 0
    for index, token in enumerate(tokens):
        seen += bool(token.text)
        if seen == len(header):
            return index + 1
    return len(tokens)


def paragraph_cells(passages: Sequence[Passage], begin: int) -> list[Token]:
    """Every paragraph a cell, up to a real table or the next attachment."""
    tokens: list[Token] = []
    for index in range(begin, len(passages)):
        passage = passages[index]
        if passage.is_table or opens_attachment(passage.text):
            break
        if passage.close and tokens and not is_number(passage.text) and not is_number(tokens[-1].text):
            tokens[-1] = replace(tokens[-1], text=tokens[-1].text + "\n" + passage.text)
        else:
            tokens.append(Token(passage.text, at=index))
    return tokens


def pipe_cells(passages: Sequence[Passage], begin: int) -> list[Token]:
    """The cells of lines that end their cells with pipes; the last pipe ends the table."""
    tokens: list[Token] = []
    open_text, open_at = "", begin
    last_pipe = begin
    for index in range(begin, len(passages)):
        text = passages[index].text
        if passages[index].is_table:
            break
        if "|" in text:
            last_pipe = index
    for index in range(begin, last_pipe + 1):
        pieces = passages[index].text.split("|")
        for piece in pieces[:-1]:
            cell = f"{open_text}\n{piece}".strip() if open_text else piece.strip()
            tokens.append(Token(cell, at=open_at if open_text else index))
            open_text = ""
        if rest := pieces[-1].strip():
            open_at = open_at if open_text else index
            open_text = f"{open_text}\n{rest}".strip()
    return tokens


def with_row_starts(tokens: Sequence[Token], labels: int) -> list[Token] | None:
    """The cells with the rows they would make up if all rows were equally wide, blank cells counted."""
    for width in range(labels, labels + 6):
        starts = tokens[::width]
        blanks = sum(1 for token in tokens if not token.text)
        if len(starts) < 4 or not blanks or any(token.text for token in tokens[labels:width]):
            continue
        if all(token.text for token in starts[:-1]):
            return [replace(token, row_start=place % width == 0) for place, token in enumerate(tokens)]
    return None


def without_repeats(tokens: Sequence[Token], header: Sequence[Column]) -> tuple[list[Token], set[int]]:
    """The cells without blank ones and without headers printed again; and which cells stand right below one."""
    labels = [column.label for column in header]
    cells = [token for token in tokens if token.text]
    body: list[Token] = []
    fresh: set[int] = set()
    index = 0
    while index < len(cells):
        again = [column.label for column in header_run(cells[index : index + len(labels)])]
        if again == labels:
            index += len(labels)
            fresh.add(len(body))
            continue
        body.append(cells[index])
        index += 1
    return body, fresh
