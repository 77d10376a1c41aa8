"""Columns without a header: their meaning is read from what stands in them."""

from __future__ import annotations

from collections.abc import Sequence

from toolkit.language.text import unspaced
from toolkit.notice.columns import Column, Meaning
from toolkit.notice.likeness import is_blank, likeness
from toolkit.notice.numbering import is_number

_LEAST_ROWS = 3


def guess_columns(rows: Sequence[Sequence[str]]) -> list[Column] | None:
    """The columns of a table without header, ``None`` when it does not look as if it divided work.

    ``rows`` are the printed texts; a row that is not filled across (a chapter) may stand among them.
    """
    width = max(map(len, rows), default=0)
    full = [row for row in rows if sum(1 for text in row if text) > 1]
    if len(full) < _LEAST_ROWS or width < 2:
        return None
    shares = []
    lengths = []
    for column in range(width):
        texts = [row[column] for row in full if column < len(row) and row[column] and not is_blank(row[column])]
        lengths.append(sum(len(unspaced(text)) for text in texts) / max(len(texts), 1))
        shares.append(_shares(texts))
    units = [n for n in range(width) if shares[n].get(Meaning.UNITS, 0) >= 0.7]
    if not units:
        return None
    columns = [Column(Meaning.ASIDE, guessed=True)] * width
    first_unit = units[0]
    for number in units:
        columns[number] = Column(Meaning.UNITS, guessed=True)
    before = []
    for number in range(width):
        if number in units:
            continue
        share = shares[number]
        if share.get(Meaning.NUMBER, 0) >= 0.8:
            columns[number] = Column(Meaning.NUMBER, guessed=True)
        elif share.get(Meaning.DEADLINE, 0) >= 0.6:
            columns[number] = Column(Meaning.DEADLINE, guessed=True)
        elif share.get(Meaning.STATUS, 0) >= 0.6:
            columns[number] = Column(Meaning.STATUS, guessed=True)
        elif share.get(Meaning.ASIDE, 0) >= 0.6:
            pass
        elif number < first_unit:
            before.append(number)
        else:
            columns[number] = Column(Meaning.REMARK, guessed=True)
    if not before:
        return None
    content = max(before, key=lambda n: (lengths[n], n))
    for number in before:
        meaning = Meaning.CONTENT if number == content else Meaning.TASK if number == content - 1 else Meaning.LEVEL
        columns[number] = Column(meaning if number <= content else Meaning.REMARK, guessed=True)
    return columns


def _shares(texts: Sequence[str]) -> dict[Meaning, float]:
    shares: dict[Meaning, float] = {}
    for text in texts:
        fits = likeness(text)
        for meaning in (Meaning.UNITS, Meaning.DEADLINE, Meaning.STATUS, Meaning.ASIDE):
            shares[meaning] = shares.get(meaning, 0) + (fits[meaning] >= 0.8)
        shares[Meaning.NUMBER] = shares.get(Meaning.NUMBER, 0) + is_number(text)
    return {meaning: count / max(len(texts), 1) for meaning, count in shares.items()}
