"""A second reader for workbooks that the first one refuses as damaged (A19)."""

from __future__ import annotations

import io
from datetime import timedelta
from multiprocessing import current_process

from toolkit.containers import pool
from toolkit.containers.content import Content, FileKind, Span, Value
from toolkit.containers.grid import Budget, Grid
from toolkit.containers.limits import Damaged
from toolkit.containers.safezip import open_zip
from toolkit.findings import files as found

_Job = tuple[FileKind, bytes, str]


def read_again(kind: FileKind, data: bytes, refusal: Damaged) -> Content:
    """The workbook as calamine reads it, which minds bad XML less; raises ``refusal`` when it fails too.

    Called only after the preflight of the limits.  Calamine can still take its process down on a damaged file,
    so it always works in a worker process.
    """
    job = (kind, data, refusal.finding.message)
    try:
        content = _read_with_calamine(job) if current_process().daemon else _in_worker(job)
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException as failure:  # PanicException is no Exception
        raise refusal from failure
    if content is None or not any(sheet.rows for sheet in content.sheets):
        raise refusal
    return content


def _in_worker(job: _Job) -> Content | None:
    (outcome,) = pool.run(_read_with_calamine, [job])
    return outcome.value


def _read_with_calamine(job: _Job) -> Content:
    kind, data, reason = job
    from python_calamine import CalamineWorkbook, SheetVisibleEnum

    if kind is FileKind.XLSX:
        open_zip(data)  # the limits hold for every reader
    content = Content(kind, findings=[found.SECOND_READER.at(reason=reason)])
    budget = Budget()
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    for metadata in book.sheets_metadata:
        sheet = book.get_sheet_by_name(metadata.name)
        grid = Grid(metadata.name)
        top, left = sheet.start or (0, 0)
        for row, line in enumerate(sheet.to_python(skip_empty_area=True), start=top):
            filled = [(column, value) for column, value in enumerate(line, start=left) if value != ""]
            budget.spend(len(filled))
            for column, value in filled:
                grid.set(row, column, _value(value))
        grid.merge(Span(*start, *end) for start, end in sheet.merged_cell_ranges or ())
        done = grid.finish()
        done.visible = metadata.visible == SheetVisibleEnum.Visible
        done.very_hidden = metadata.visible == SheetVisibleEnum.VeryHidden
        content.sheets.append(done)
    return content


def _value(value: object) -> Value:
    if isinstance(value, timedelta):
        return str(value)
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value  # type: ignore[return-value]
