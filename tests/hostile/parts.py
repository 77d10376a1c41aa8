"""Small packages written part by part, so that each attack can spoil exactly one thing."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_RELATIONS = "http://purl.oclc.org/ooxml/officeDocument/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def inline(reference: str, text: str) -> str:
    """A cell that carries its own text."""
    return f'<c r="{reference}" t="inlineStr"><is><t>{text}</t></is></c>'


def row(number: int, *cells: str) -> str:
    """A row of cells."""
    return f'<row r="{number}">{"".join(cells)}</row>'


ROWS = row(1, inline("A1", "编码"), inline("B1", "完成情况")) + row(2, inline("A2", "甲一"), inline("B2", "已完成"))
"""Two rows that every honest reading gives back."""


def sheet(rows: str = ROWS, *, before: str = "", after: str = "", namespace: str = MAIN) -> str:
    """A sheet part with these rows."""
    opening = f'<worksheet xmlns="{namespace}" xmlns:r="{RELATIONS}">'
    return f"{HEAD}{opening}{before}<sheetData>{rows}</sheetData>{after}</worksheet>"


def relations(*targets: tuple[str, str, str], base: str = RELATIONS) -> str:
    """A relationships part: (id, last word of the type, target)."""
    items = "".join(f'<Relationship Id="{i}" Type="{base}/{kind}" Target="{to}"/>' for i, kind, to in targets)
    return f'{HEAD}<Relationships xmlns="{PACKAGE}">{items}</Relationships>'


def workbook_parts(
    sheet_xml: str | bytes | None = None,
    *,
    styles: str | None = None,
    strings: str | None = None,
    namespace: str = MAIN,
    base: str = RELATIONS,
    listed: str = '<sheet name="填报表" sheetId="1" r:id="rId1"/>',
    properties: str = "",
) -> dict[str, str | bytes]:
    """The parts of a workbook with one sheet."""
    told = [("rId1", "worksheet", "worksheets/sheet1.xml")]
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": HEAD
        + '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        + '<Default Extension="xml" ContentType="application/xml"/>'
        + '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.'
        + 'spreadsheetml.sheet.main+xml"/></Types>',
        "_rels/.rels": relations(("rId1", "officeDocument", "xl/workbook.xml"), base=base),
        "xl/workbook.xml": f'{HEAD}<workbook xmlns="{namespace}" xmlns:r="{base}">{properties}'
        f"<sheets>{listed}</sheets></workbook>",
        "xl/worksheets/sheet1.xml": sheet() if sheet_xml is None else sheet_xml,
    }
    if styles is not None:
        told.append(("rId2", "styles", "styles.xml"))
        parts["xl/styles.xml"] = f'{HEAD}<styleSheet xmlns="{MAIN}">{styles}</styleSheet>'
    if strings is not None:
        told.append(("rId3", "sharedStrings", "sharedStrings.xml"))
        parts["xl/sharedStrings.xml"] = f'{HEAD}<sst xmlns="{MAIN}" {strings}</sst>'
    parts["xl/_rels/workbook.xml.rels"] = relations(*told, base=base)
    return parts


def packed(parts: dict[str, str | bytes]) -> bytes:
    """The parts as a zip."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name, (2022, 10, 1, 8, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def workbook(sheet_xml: str | bytes | None = None, **options: str) -> bytes:
    """A workbook with one sheet."""
    return packed(workbook_parts(sheet_xml, **options))  # type: ignore[arg-type]


def raw_zip(entries: list[tuple[bytes, bytes]], *, flags: int = 0, method: int = 8, extra: bytes = b"") -> bytes:
    """A zip with the names as bytes and flags and method at will."""
    body, directory = bytearray(), bytearray()
    for name, content in entries:
        deflate = zlib.compressobj(wbits=-15)
        stored = deflate.compress(content) + deflate.flush() if method == 8 else content
        common = struct.pack(
            "<HHHHHLLLHH", 20, flags, method, 0x4000, 0x5541, zlib.crc32(content), len(stored), len(content),
            len(name), len(extra),
        )  # fmt: skip
        directory += b"PK\x01\x02" + struct.pack("<H", 20) + common + struct.pack("<HHHLL", 0, 0, 0, 0, len(body))
        directory += name + extra
        body += b"PK\x03\x04" + common + name + extra + stored
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, len(entries), len(entries), len(directory), len(body), 0)
    return bytes(body + directory) + end


def gbk_zip(files: dict[str, bytes]) -> bytes:
    """A zip as Chinese Windows makes it: names in GBK, no word about it."""
    return raw_zip([(name.encode("gbk"), content) for name, content in files.items()])
