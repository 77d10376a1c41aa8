"""Several rows of one task in one table (A6): both are flagged, neither is lost."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from toolkit.findings import intake as found
from toolkit.intake.agreement import agree
from toolkit.intake.answers import short
from toolkit.intake.columns import AnyColumn
from toolkit.intake.notes import Notes
from toolkit.intake.reading import Answer, Row
from toolkit.intake.surroundings import Strays


def join_copies(rows: Iterable[Row], notes: Notes, label: Callable[[str], str], strays: Strays) -> tuple[Row, ...]:
    """One row a task: copies that do not contradict are joined, of others the first that answers is kept.

    What is not kept becomes an extra of ``strays``; ``label`` names a task in messages.
    """
    by_code: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_code[row.code].append(row)
    return tuple(
        same[0] if len(same) == 1 else _join(same, notes.about(notes.unit, code), label(code), strays)
        for code, same in by_code.items()
    )


def _join(rows: Sequence[Row], notes: Notes, label: str, strays: Strays) -> Row:
    answers: dict[AnyColumn, Answer] = {}
    disputed: dict[AnyColumn, None] = {}
    for row in rows:
        for column, answer in row.answers:
            if not agree(column, answers.setdefault(column, answer), answer):
                disputed[column] = None
    cells, count = "、".join(row.cell for row in rows), len(rows)
    for row in rows:
        if not disputed:
            notes.tell(found.CODE_TWICE_SAME, row.cell, label=label, count=count, cells=cells)
        for column in disputed:
            values = _quoted(other.answer(column) for other in rows)
            name = column.label
            notes.tell(found.CODE_TWICE, row.cell, label=label, count=count, cells=cells, column=name, values=values)
    if not disputed:
        return rows[0]._replace(answers=tuple(answers.items()))
    first = next(row for row in rows if row.answers)
    for row in rows:
        if row is not first and row.answers:
            strays.demote(row, notes.unit)
    return first


def _quoted(answers: Iterable[Answer | None]) -> str:
    """Answers with their cells, as a message shows them."""
    return "、".join(f"“{short(answer.text)}”（{answer.cell}）" for answer in answers if answer is not None)
