"""Sending workbooks back with marks in them (check --marked): which cells, and what each is told.

The files are marked in worker processes that can be killed, like they were read: a copy is made of whatever came.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from toolkit import keeping
from toolkit.containers import pool
from toolkit.containers.content import FileKind
from toolkit.containers.walk import INSIDE, Met
from toolkit.findings import CannotDo, worst_first
from toolkit.findings import output as found
from toolkit.intake.collect import Returned
from toolkit.intake.reading import row_of
from toolkit.marks import UNMARKED, Marks
from toolkit.model import Finding, Progress, Severity
from toolkit.outputs import safe_name
from toolkit.workbooks import marked_book
from toolkit.workbooks.marked_book import Remark, SheetMarks

_MARKED_KINDS = (Severity.ERROR, Severity.WARNING)
"""Notes tell the office what was repaired; the unit has nothing to do about them."""


@dataclass(frozen=True, slots=True)
class Marked:
    """What was sent back."""

    files: tuple[Path, ...] = ()
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class _Order:
    """One workbook to be marked, and how; crosses into a worker process."""

    met: Met
    sheets: dict[str, SheetMarks]
    tasks: frozenset[str]
    before: Marks
    modified: datetime | None


def write_marked(
    met: Sequence[Met], returned: Sequence[Returned], findings: Sequence[Finding], folder: Path, progress: Progress
) -> Marked:
    """Copies of the forms in ``met`` with what is to be mended marked, in ``folder`` under their own names.

    ``findings`` are those of the check; forms without an error or a warning are not written.  Raises
    :class:`CannotDo`, with nothing written, when a copy would come to lie on its original.
    """
    items = {item.path: item for item in met}
    orders: list[_Order] = []
    refused: list[Finding] = []
    for came in returned:
        wanted = _to_mend(came, findings)
        if not wanted or came.reading is None or not any(form.rows for form in came.reading.forms):
            continue
        if items[came.path].kind is not FileKind.XLSX or not came.path.lower().endswith(".xlsx"):
            refused.append(found.NOT_MARKED.at(path=came.path, why="只有 .xlsx 格式的填报表可以标注"))
        else:
            orders.append(_order(items[came.path], came, wanted))
    _refuse_originals(orders, met, folder)
    files: list[Path] = []
    for outcome in pool.run(_mark, orders, progress=progress, label=lambda order: order.met.path):
        path = outcome.item.met.path
        if outcome.value is None:
            why = outcome.finding.message.rstrip("。") if outcome.finding else "文件打不开"
            refused.append(found.NOT_MARKED.at(path=path, why=why))
            continue
        placed = keeping.put(place_of(folder, path), outcome.value)
        files.append(placed.path)
        if placed.kept is not None:
            refused.append(found.EDITED_KEPT.at(name=placed.kept.name, new=placed.path.name))
    return Marked(tuple(files), tuple(refused))


def _mark(order: _Order) -> bytes:
    return marked_book.mark(order.met.read_bytes(), order.sheets, order.tasks, order.before, order.modified)


def _to_mend(came: Returned, findings: Iterable[Finding]) -> list[Finding]:
    """What the unit has to mend in one file, worst first: cell by cell where the check told many in one line."""
    if came.reading is None:
        return []
    told = [finding for finding in findings if finding.path == came.path]
    single = {finding.code: finding.severity for finding in told}
    own = [replace(f, severity=single[f.code]) for f in came.reading.findings if f.code in single]
    codes = {finding.code for finding in own}
    every = [*own, *(finding for finding in told if finding.code not in codes)]
    return worst_first([finding for finding in dict.fromkeys(every) if finding.severity in _MARKED_KINDS])


def _order(item: Met, came: Returned, findings: Sequence[Finding]) -> _Order:
    assert came.reading is not None
    forms = [form for form in came.reading.forms if form.rows]
    headers = {form.sheet: form.beside for form in forms}
    rows = {(row.sheet, row_of(row.cell)): row.code for form in forms for row in form.rows}
    places = {code: place for place, code in reversed(rows.items())}
    by_row: dict[str, dict[int, list[Remark]]] = defaultdict(lambda: defaultdict(list))
    whole: dict[str, list[Remark]] = defaultdict(list)
    tasks: set[str] = set()
    for finding in findings:
        text = f"{finding.message}{finding.advice}"
        place = (finding.sheet or "", row_of(finding.cell)) if finding.cell else None
        cell = finding.cell or ""
        if place not in rows:
            place, cell = places.get(finding.task or ""), ""
        if place is None:
            sheet = finding.sheet if finding.sheet in headers else forms[0].sheet
            whole[sheet].append(Remark(finding.severity, text))
            continue
        tasks.add(rows[place])
        by_row[place[0]][int(place[1])].append(Remark(finding.severity, text, cell))
    sheets = {
        name: SheetMarks(
            header, {row: tuple(remarks) for row, remarks in sorted(by_row[name].items())}, tuple(whole[name])
        )
        for name, header in headers.items()
        if name in by_row or name in whole
    }
    before = max((form.marks for form in forms), key=lambda marks: marks.generation, default=UNMARKED)
    return _Order(item, sheets, frozenset(tasks), before, came.modified)


def place_of(folder: Path, path: str) -> Path:
    """Where the copy of a file goes: under its own name, in folders named as those it came in."""
    parts = [safe_name(part) for part in path.replace(INSIDE, "/").split("/") if part not in ("", ".", "..")]
    return folder.joinpath(*parts)


def _refuse_originals(orders: Sequence[_Order], met: Sequence[Met], folder: Path) -> None:
    originals = {item.file.resolve() for item in met}
    for order in orders:
        if place_of(folder, order.met.path).resolve() in originals:
            raise CannotDo(found.MARKED_IS_INPUT.at(path=order.met.path))
