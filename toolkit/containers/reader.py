"""Any file at all → its content: told by its bytes, checked against the limits, read by the right reader."""

from __future__ import annotations

import stat
from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from pathlib import Path

from toolkit.containers.address import Address
from toolkit.containers.content import Content, FileKind
from toolkit.containers.limits import MEGABYTES, Damaged, Unreadable, check_size
from toolkit.containers.sniff import sniff
from toolkit.findings import files as found

Reader = Callable[[bytes, str], Content]

_READERS = {
    FileKind.XLSX: "xlsx.book:read_xlsx",
    FileKind.XLSB: "xlsb:read_xlsb",
    FileKind.XLS: "xls:read_xls",
    FileKind.ODS: "ods:read_ods",
    FileKind.CSV: "delimited:read_csv",
    FileKind.XML2003: "xml2003:read_xml2003",
    FileKind.DOCX: "documents.docx:read_docx",
    FileKind.DOC: "documents.doc:read_doc",
    FileKind.ODT: "documents.odt:read_odt",
    FileKind.HTML: "documents.html:read_html",
    FileKind.MHTML: "documents.html:read_mhtml",
    FileKind.TEXT: "documents.text:read_text",
    FileKind.PDF: "documents.pdf:read_pdf",
    FileKind.RTF: "documents.rtf:read_rtf",
}
"""Where the reader of each kind stands, below this package; imported when first needed."""

_REFUSALS = {
    FileKind.EMPTY: found.EMPTY,
    FileKind.UNKNOWN: found.UNKNOWN_KIND,
    FileKind.IMAGE: found.PICTURE,
    FileKind.OFD: found.OFD,
    FileKind.ZIP: found.ARCHIVE_UNOPENED,
    FileKind.SEVEN_ZIP: found.ARCHIVE_UNOPENED,
    FileKind.EML: found.ARCHIVE_UNOPENED,
    FileKind.RAR: found.RAR,
}


def read(source: Path | bytes, name: str = "", *, password: str | None = None) -> Content:
    """Read a file, or the bytes of one, whatever it is.

    ``name`` is the path that findings show.  ``password`` opens encrypted workbooks and documents.  Never
    raises for bad input: ``Content.findings`` says what is wrong and what to do.  A hostile file may still
    take long: batches go through :func:`toolkit.containers.pool.run`.
    """
    kind = FileKind.UNKNOWN
    try:
        data = load(source) if isinstance(source, Path) else source
        check_size(len(data))
        kind = sniff(data)
        if kind is FileKind.ENCRYPTED:
            from toolkit.containers.encrypted import decrypt

            data = decrypt(data, password)
            kind = sniff(data)
        elif kind in (FileKind.ODS, FileKind.ODT):
            from toolkit.containers import odf_password

            data = odf_password.opened(data, password)
        content = _read(kind, data, name)
    except Unreadable as refusal:
        content = Content(kind, findings=[refusal.finding])
    except (KeyboardInterrupt, SystemExit):
        raise
    except MemoryError:
        content = Content(kind, findings=[found.TOO_MUCH_MEMORY.at(megabytes=MEGABYTES)])
    except BaseException as failure:  # a panic of a reader written in Rust is no Exception
        content = Content(kind, findings=[found.READER_FAILED.at(reason=f"{type(failure).__name__}: {failure}")])
    if name:
        content.findings = [item if item.path else replace(item, path=name) for item in content.findings]
    return content


def load(path: Path | Address) -> bytes:
    """The bytes of a regular file within the size limit; raises :class:`Unreadable` for anything else."""
    if isinstance(path, Address):
        return path.read_bytes()
    try:
        status = path.lstat()
        if stat.S_ISLNK(status.st_mode):
            raise Unreadable(found.LINK.at())
        if stat.S_ISDIR(status.st_mode):
            raise Unreadable(found.FOLDER_UNREADABLE.at())
        if not stat.S_ISREG(status.st_mode):
            raise Unreadable(found.NOT_REGULAR.at())
        check_size(status.st_size)
        return path.read_bytes()
    except FileNotFoundError as failure:
        raise Unreadable(found.MISSING.at(path=str(path))) from failure
    except (OSError, ValueError) as failure:
        reason = failure.strerror if isinstance(failure, OSError) else None
        raise Unreadable(found.UNREADABLE.at(reason=reason or str(failure))) from failure


def _read(kind: FileKind, data: bytes, name: str) -> Content:
    if kind in _REFUSALS:
        raise Unreadable(_REFUSALS[kind].at())
    try:
        content = _reader(kind)(data, name)
    except Damaged as refusal:
        if kind not in (FileKind.XLSX, FileKind.XLS):
            raise
        from toolkit.containers.second import read_again

        content = read_again(kind, data, refusal)
    if kind not in _SPREADSHEETS or content.blocks:
        return content
    if not content.sheets and not content.findings:
        content.findings.append(found.NO_SHEETS.at())
    elif not content.findings and not any(sheet.rows or sheet.pictures for sheet in content.sheets):
        content.findings.append(found.NO_CELLS.at())
    return content


_SPREADSHEETS = (
    FileKind.XLSX,
    FileKind.XLSB,
    FileKind.XLS,
    FileKind.ODS,
    FileKind.CSV,
    FileKind.XML2003,
)


def _reader(kind: FileKind) -> Reader:
    module, _, function = _READERS[kind].partition(":")
    reader: Reader = getattr(import_module(f"toolkit.containers.{module}"), function)
    return reader
