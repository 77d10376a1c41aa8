"""What a file is by its bytes, never by its name (HOSTILE.md, strategy 2)."""

from __future__ import annotations

import csv
import re
import struct
import zlib
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from toolkit.containers.content import FileKind
from toolkit.containers.encoding import decode
from toolkit.containers.ole2 import MAGIC as OLE2_MAGIC
from toolkit.containers.ole2 import DamagedOle2, Ole2

_HEAD = 65_536
"""Bytes that are looked at where the beginning is enough."""
_ENTRIES = 4_000
"""Names of a zip that are looked at; more are the concern of the limits."""

_MAGICS = (
    (b"7z\xbc\xaf\x27\x1c", FileKind.SEVEN_ZIP),
    (b"Rar!\x1a\x07", FileKind.RAR),
    (b"{\\rtf", FileKind.RTF),
    (b"\x89PNG\r\n\x1a\n", FileKind.IMAGE),
    (b"\xff\xd8\xff", FileKind.IMAGE),
    (b"GIF87a", FileKind.IMAGE),
    (b"GIF89a", FileKind.IMAGE),
    (b"II*\x00", FileKind.IMAGE),
    (b"MM\x00*", FileKind.IMAGE),
    # Workbooks of the nineties lie bare, without a compound file around them.
    (b"\x09\x08\x08\x00", FileKind.XLS),
    (b"\x09\x04\x06\x00", FileKind.XLS),
    (b"\x09\x02\x06\x00", FileKind.XLS),
    (b"\x09\x00\x04\x00", FileKind.XLS),
)


def sniff(data: bytes) -> FileKind:
    """The kind of the file that ``data`` is the whole of; never raises."""
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        return FileKind.EMPTY
    for magic, kind in _MAGICS:
        if data.startswith(magic):
            return kind
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip(data)
    if data.startswith(OLE2_MAGIC):
        return _ole2(data)
    if _is_picture(data):
        return FileKind.IMAGE
    if b"%PDF-" in data[:1024]:
        return FileKind.PDF
    decoded = decode(data)
    return _text(decoded.text.lstrip("\ufeff \t\r\n")) if decoded else FileKind.UNKNOWN


def _is_picture(data: bytes) -> bool:
    """Formats whose first bytes alone could also begin a text."""
    if data.startswith(b"BM"):
        return len(data) > 26 and struct.unpack_from("<I", data, 14)[0] in (12, 40, 56, 108, 124)
    if data.startswith(b"RIFF"):
        return data[8:12] == b"WEBP"
    return data[4:8] == b"ftyp" and data[8:12] in (b"heic", b"heix", b"mif1", b"avif")


# --- zip ------------------------------------------------------------------------------

_MIMETYPES = (
    ("application/vnd.oasis.opendocument.spreadsheet", FileKind.ODS),
    ("application/vnd.oasis.opendocument.text", FileKind.ODT),
)
_CONTENT_TYPES = (
    ("spreadsheetml.sheet.main+xml", FileKind.XLSX),
    ("spreadsheetml.template.main+xml", FileKind.XLSX),
    ("ms-excel.sheet.macroenabled.main+xml", FileKind.XLSX),
    ("ms-excel.template.macroenabled.main+xml", FileKind.XLSX),
    ("ms-excel.sheet.binary.macroenabled.main", FileKind.XLSB),
    ("wordprocessingml.document.main+xml", FileKind.DOCX),
    ("wordprocessingml.template.main+xml", FileKind.DOCX),
    ("ms-word.document.macroenabledtemplate.main+xml", FileKind.DOCX),
    ("ms-word.document.macroenabled.main+xml", FileKind.DOCX),
)
_PARTS = (
    ("xl/workbook.xml", FileKind.XLSX),
    ("xl/workbook.bin", FileKind.XLSB),
    ("word/document.xml", FileKind.DOCX),
    ("ofd.xml", FileKind.OFD),
)


def _zip(data: bytes) -> FileKind:
    """A package by its main part, then by what it declares; anything else is an archive of files."""
    places = dict(islice(_central_entries(data) or _local_entries(data), _ENTRIES))
    for part, kind in _PARTS:
        if part in places:
            return kind
    mimetype = _beginning(data, places.get("mimetype"))
    for prefix, kind in _MIMETYPES:
        if mimetype.startswith(prefix):
            return kind
    declared = _beginning(data, places.get("[content_types].xml")).lower()
    for content_type, kind in _CONTENT_TYPES:
        if content_type in declared:
            return kind
    return FileKind.ZIP


def _central_entries(data: bytes) -> list[tuple[str, int]]:
    """Folded names and local header offsets from the central directory; empty when there is none."""
    end = data.rfind(b"PK\x05\x06", max(0, len(data) - 65_557))
    if end < 0 or end + 22 > len(data):
        return []
    offset = struct.unpack_from("<I", data, end + 16)[0]
    entries: list[tuple[str, int]] = []
    while len(entries) < _ENTRIES and data[offset : offset + 4] == b"PK\x01\x02" and offset + 46 <= len(data):
        name, extra, comment = struct.unpack_from("<HHH", data, offset + 28)
        local = struct.unpack_from("<I", data, offset + 42)[0]
        entries.append((_folded(data[offset + 46 : offset + 46 + name]), local))

        offset += 46 + name + extra + comment
    return entries


def _local_entries(data: bytes) -> Iterator[tuple[str, int]]:
    """The same from the local headers, for a file that was cut off."""
    offset = data.find(b"PK\x03\x04")
    while 0 <= offset <= len(data) - 30:
        name = struct.unpack_from("<H", data, offset + 26)[0]
        yield _folded(data[offset + 30 : offset + 30 + name]), offset
        offset = data.find(b"PK\x03\x04", offset + 30)


def _folded(name: bytes) -> str:
    return name.decode("ascii", errors="replace").replace("\\", "/").lower().lstrip("/")


def _beginning(data: bytes, offset: int | None) -> str:
    """The first characters of a zip entry, inflated no further than that."""
    if offset is None or offset + 30 > len(data) or data[offset : offset + 4] != b"PK\x03\x04":
        return ""
    method = struct.unpack_from("<H", data, offset + 8)[0]
    name, extra = struct.unpack_from("<HH", data, offset + 26)
    raw = data[offset + 30 + name + extra :][:_HEAD]
    if method == 8:
        try:
            raw = zlib.decompressobj(-15).decompress(raw, _HEAD)
        except zlib.error:
            return ""
    return raw.decode("utf-8", errors="replace").lstrip("\ufeff")


# --- OLE2 -----------------------------------------------------------------------------


def _ole2(data: bytes) -> FileKind:
    try:
        compound = Ole2(data)
        if "EncryptedPackage" in compound:
            return FileKind.ENCRYPTED
        for name in ("Workbook", "Book"):
            if name in compound:
                return FileKind.ENCRYPTED if _has_filepass(compound.read(name)) else FileKind.XLS
        if "WordDocument" in compound:
            return FileKind.ENCRYPTED if _is_encrypted_document(compound.read("WordDocument")) else FileKind.DOC
    except DamagedOle2:
        return _damaged_ole2(data)
    return FileKind.UNKNOWN


def _damaged_ole2(data: bytes) -> FileKind:
    """A damaged compound file is still named for what it was, so that the finding can say so."""
    for name, kind in (("Workbook", FileKind.XLS), ("Book", FileKind.XLS), ("WordDocument", FileKind.DOC)):
        if name.encode("utf-16-le") + b"\x00\x00" in data:
            return kind
    return FileKind.UNKNOWN


def _has_filepass(stream: bytes) -> bool:
    """Whether a FILEPASS record stands among the first records of a workbook stream ([MS-XLS] 2.4.117)."""
    offset = 0
    for _ in range(40):
        if offset + 4 > len(stream):
            break
        record, length = struct.unpack_from("<HH", stream, offset)
        if record == 0x002F:
            return True
        if record == 0x0085:  # BOUNDSHEET: the sheets begin, no FILEPASS comes any more
            break
        offset += 4 + length
    return False


def _is_encrypted_document(stream: bytes) -> bool:
    """The fEncrypted bit of the file information block ([MS-DOC] 2.5.2)."""
    return len(stream) > 12 and bool(struct.unpack_from("<H", stream, 10)[0] & 0x0100)


# --- text -----------------------------------------------------------------------------

_HTML = re.compile(r"<(?:!doctype\s+html|html|head|body|table|meta|style|div|p|span|font|title)\b", re.IGNORECASE)
_MARKUP = re.compile(r"<[!?a-zA-Z]")
_XML_NOISE = re.compile(r"<\?.*?\?>|<!--.*?-->|\s+", re.DOTALL)
_HEADER = re.compile(r"[A-Za-z][A-Za-z0-9-]*:[^\n]*")
_MAIL_HEADERS = frozenset(("received", "return-path", "delivered-to", "to", "message-id", "x-mailer"))


def _text(text: str) -> FileKind:
    head = text[:_HEAD]
    if head.startswith("<"):
        return _markup(head)
    if headers := _headers(head):
        return headers
    return FileKind.CSV if is_delimited(text) else FileKind.TEXT


def _markup(head: str) -> FileKind:
    if "urn:schemas-microsoft-com:office:spreadsheet" in head and re.search(r"<(?:\w+:)?Workbook\b", head):
        return FileKind.XML2003
    root = _XML_NOISE.sub(" ", head).strip()[:200]
    if re.match(r"<(?:!DOCTYPE )?svg\b", root):
        return FileKind.IMAGE
    if _HTML.search(head[:8_192]):
        return FileKind.HTML
    return FileKind.UNKNOWN if _MARKUP.match(root) else FileKind.TEXT


def _headers(head: str) -> FileKind | None:
    """A mail or a web page saved as one file: both begin with mail headers ([RFC 2557] for the page)."""
    block = re.split(r"\r?\n\r?\n", head, maxsplit=1)[0]
    lines = [line for line in block.splitlines() if not line.startswith((" ", "\t"))]
    names = {line.partition(":")[0].lower() for line in lines if _HEADER.fullmatch(line)}
    if len(names) < len(set(lines)) - 1 or not names & {"mime-version", "content-type", "received", "message-id"}:
        return None
    related = re.search(r"(?i)content-type:\s*multipart/related", block)
    if related and not names & (_MAIL_HEADERS - {"to"}):
        return FileKind.MHTML
    return FileKind.EML if names & (_MAIL_HEADERS | {"from", "subject"}) else None


_DELIMITERS = ",\t;|"
_SENTENCE_MARKS = ",;"
_RECORDS = 200
_LONG = 40
"""Characters from which on a line with one field is prose rather than the title of a table."""


def is_delimited(text: str) -> bool:
    """Whether a text is one table from beginning to end: nearly every record has the same number of fields.

    A few short lines above the table (its title) are allowed; a letter around a table makes it a text.
    """
    return any(
        _is_table(records) and not (delimiter in _SENTENCE_MARKS and _begins_with_prose(records))
        for delimiter in _DELIMITERS
        for records in (_records(text, delimiter),)
    )


def _begins_with_prose(records: list[list[str]]) -> bool:
    """Whether the first record of several fields is no header but a sentence with commas in it."""
    first = next((record for record in records if len(record) > 1), [])
    return any(len(field.strip()) >= _LONG or "。" in field for field in first)


def _records(text: str, delimiter: str) -> list[list[str]]:
    sample = text[:_HEAD]
    lines = sample.splitlines(keepends=True)
    if len(text) > _HEAD:
        lines.pop()  # it was cut
    try:
        reader = csv.reader(lines, delimiter=delimiter)
        return [record for record in islice(reader, _RECORDS) if any(field.strip() for field in record)]
    except csv.Error:
        return []


def _is_table(records: list[list[str]]) -> bool:
    wide = Counter(len(record) for record in records if len(record) > 1)
    if not wide:
        return False
    width, regular = wide.most_common(1)[0]
    if regular < 2:
        return False
    single = [record[0] for record in records if len(record) == 1]
    if any(len(field) >= _LONG for field in single) or len(single) > 3 + len(records) // 10:
        return False
    lone = sum(1 for record in records if len(record) > 1 and sum(bool(field.strip()) for field in record) < 2)
    if lone > len(records) // 2:
        return False  # lines that merely end with a bar or a comma
    share = regular / (len(records) - len(single))
    return share >= (0.9 if width == 2 else 0.8)
