"""Any file at all → its content: told by its bytes, checked against the limits, read by the right reader."""

from __future__ import annotations

import io
import stat
from datetime import timedelta
from pathlib import Path

from python_calamine import CalamineWorkbook

from toolkit.containers.content import Content, FileKind, Sheet, Value
from toolkit.containers.limits import Damaged, Unreadable, check_size
from toolkit.containers.safezip import open_zip
from toolkit.findings import files as found


def read(source: Path | bytes, name: str = "", *, password: str | None = None) -> Content:
    """Read a file, or the bytes of one, whatever it is.

    ``name`` is for messages.  Never raises for bad input: ``Content.findings`` says what is wrong and
    what to do.
    """
    try:
        data = load(source) if isinstance(source, Path) else source
        return _read(data, name)
    except Unreadable as refusal:
        return Content(FileKind.UNKNOWN, findings=[refusal.finding])


def load(path: Path) -> bytes:
    """The bytes of a regular file within the size limit; raises :class:`Unreadable` for anything else."""
    try:
        status = path.lstat()
        if not stat.S_ISREG(status.st_mode):
            raise Unreadable(found.NOT_REGULAR.at(what="链接" if stat.S_ISLNK(status.st_mode) else "特殊文件"))
        check_size(status.st_size)
        return path.read_bytes()
    except FileNotFoundError as failure:
        raise Unreadable(found.MISSING.at(path=str(path))) from failure
    except OSError as failure:
        raise Unreadable(found.UNREADABLE.at(reason=failure.strerror or str(failure))) from failure


def _read(data: bytes, name: str) -> Content:
    check_size(len(data))
    if not data.startswith(b"PK"):
        raise Damaged(found.UNKNOWN_KIND.at())
    open_zip(data)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = [
            Sheet(sheet, [list(map(_value, row)) for row in book.get_sheet_by_name(sheet).to_python(False)])
            for sheet in book.sheet_names
        ]
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as failure:
        raise Damaged(found.READER_FAILED.at(reason=str(failure))) from failure
    return Content(FileKind.XLSX, sheets=sheets)


def _value(value: Value | timedelta) -> Value:
    if value == "":
        return None
    return str(value) if isinstance(value, timedelta) else value
