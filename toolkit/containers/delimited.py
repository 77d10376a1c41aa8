"""Delimited text (.csv, .tsv, .txt from an export): every field stays the text that stands there.

Leading zeros and long digits are therefore kept (A15, A17).
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from toolkit.containers import limits
from toolkit.containers.content import Content, FileKind
from toolkit.containers.encoding import decode
from toolkit.containers.grid import Budget, Grid
from toolkit.containers.limits import Damaged, LimitExceeded
from toolkit.findings import files as found

_DELIMITERS = ",\t;|"
_SAMPLE_RECORDS = 200
_SEPARATOR_LINE = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
"""How Excel is told the delimiter."""
_TEXT_FORMULA = re.compile(r'="([^"]*)"')
"""How programs keep Excel from dropping leading zeros: ``="000123"``."""
_MOST_BREAKS = 200
"""Line breaks in one field beyond which a quotation mark must have been left open."""


def read_csv(data: bytes, name: str = "") -> Content:
    """The table in ``data``; its sheet has the name of the file.  Raises ``Unreadable``."""
    decoded = decode(data)
    if decoded is None:
        raise Damaged(found.TEXT_UNDECODABLE.at())
    text = decoded.text.lstrip("\ufeff").replace("\0", "")
    content = Content(FileKind.CSV)
    if decoded.lossy:
        content.findings.append(found.TEXT_LOSSY.at())
    told = _SEPARATOR_LINE.match(text)
    if told:
        text = text[told.end() :]
    records = list(_records(text, told[1] if told else delimiter_of(text)))
    grid = Grid(name.rpartition("/")[2].rpartition(".")[0] or "Sheet1")
    budget = Budget()
    for row, record in enumerate(records):
        if row >= limits.ROWS or len(record) > limits.CSV_FIELDS:
            raise LimitExceeded(found.TOO_MANY_CELLS.at(most=limits.CELLS))
        filled = [(column, field) for column, field in enumerate(record) if field.strip()]
        budget.spend(len(filled))
        for column, field in filled:
            formula = _TEXT_FORMULA.fullmatch(field)
            grid.set(row, column, formula[1] if formula else field)
    content.sheets.append(grid.finish())
    return content


def delimiter_of(text: str) -> str:
    """The delimiter that parts most records into the same number of fields; a comma when none does."""
    sample = "".join(islice(io.StringIO(text, newline=""), _SAMPLE_RECORDS))

    def regularity(delimiter: str) -> tuple[int, int]:
        widths = Counter(len(record) for record in _records(sample, delimiter))
        width, count = max(((w, c) for w, c in widths.items() if w > 1), key=lambda pair: pair[1], default=(0, 0))
        return count, width

    return max(_DELIMITERS, key=regularity)


def _records(text: str, delimiter: str) -> Iterator[list[str]]:
    """The records of a text; one whose quotation marks are broken is read without them."""
    csv.field_size_limit(limits.CSV_FIELD_CHARACTERS)
    for quoting in (csv.QUOTE_MINIMAL, csv.QUOTE_NONE):
        try:
            records = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, quoting=quoting))
        except csv.Error:
            continue
        if quoting == csv.QUOTE_NONE or not any(field.count("\n") > _MOST_BREAKS for r in records for field in r):
            return iter(records)
    raise LimitExceeded(found.FIELD_TOO_LONG.at(most=limits.CSV_FIELD_CHARACTERS))
