"""Attack makers, one for each class of HOSTILE.md and some more: name → bytes.

``READ`` are those whose honest content must come through; ``REFUSED`` those that must end in a finding.
"""

from __future__ import annotations

import struct
from collections.abc import Callable

import compound
import parts
from parts import ROWS, packed, raw_zip, sheet, workbook, workbook_parts

Maker = Callable[[], bytes]


def _cell(reference: str, value: str, kind: str = "n", style: int = 0) -> str:
    return f'<c r="{reference}" s="{style}" t="{kind}"><v>{value}</v></c>'


def _with_part(name: str, content: str | bytes, **options: str) -> bytes:
    return packed(workbook_parts(**options) | {name: content})  # type: ignore[arg-type]


def _flags(data: bytes, flags: int = 0, method: int | None = None) -> bytes:
    """The zip with flags set and perhaps another method in every header."""
    changed = bytearray(data)
    for magic, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = changed.find(magic)
        while start >= 0:
            struct.pack_into("<H", changed, start + place, flags)
            if method is not None:
                struct.pack_into("<H", changed, start + place + 2, method)
            start = changed.find(magic, start + 4)
    return bytes(changed)


def _bomb() -> bytes:
    return packed(workbook_parts(sheet(" " * (96 << 20))))


def _lying_sizes() -> bytes:
    data = bytearray(_bomb())
    start = data.rfind(b"PK\x01\x02", 0, data.rfind(b"xl/worksheets/sheet1.xml"))
    struct.pack_into("<L", data, start + 24, 100)
    return bytes(data)


def _overlapping() -> bytes:
    """Many directory entries that share one body."""
    data = raw_zip([(b"xl/workbook.xml", b"x" * 1000), (b"xl/a.xml", b"y" * 1000)])
    first = data.find(b"PK\x01\x02")
    second = data.find(b"PK\x01\x02", first + 4)
    changed = bytearray(data)
    struct.pack_into("<L", changed, second + 42, 0)
    return bytes(changed)


def _twins(second: bytes) -> bytes:
    files = [(name.encode(), c.encode() if isinstance(c, str) else c) for name, c in workbook_parts().items()]
    other = sheet(ROWS.replace("已完成", "推进中")).encode()
    return raw_zip([*files, (second, other)])


def _many_entries() -> bytes:
    return packed(workbook_parts() | {f"xl/media/image{i}.png": b"" for i in range(5_000)})


def _dtd(declaration: str, encoding: str = "utf-8") -> bytes:
    text = sheet(ROWS.replace("已完成", "&x;")).replace(parts.HEAD, f'<?xml version="1.0"?>{declaration}')
    return packed(workbook_parts(text.encode(encoding)))


_LAUGHS = "".join(f'<!ENTITY x{i} "{f"&x{i - 1};" * 10 if i else "哈" * 10}">' for i in range(10))


def _utf16_dtd() -> bytes:
    return _dtd('<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>', "utf-16")


def _nested(depth: int) -> bytes:
    data = workbook()
    for level in range(depth):
        data = packed({f"{level}.zip": data})
    return data


def _ods(table: str) -> bytes:
    namespaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    content = f"{parts.HEAD}<office:document-content {namespaces}><office:body><office:spreadsheet>{table}"
    content += "</office:spreadsheet></office:body></office:document-content>"
    return packed({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": content})


_ODS_CELL = '<table:table-cell office:value-type="string"><text:p>已完成</text:p></table:table-cell>'


def _xml2003(rows: str) -> bytes:
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    book = f'{parts.HEAD}<Workbook xmlns="{space}" xmlns:ss="{space}"><Worksheet ss:Name="表"><Table>{rows}'
    return (book + "</Table></Worksheet></Workbook>").encode()


def _deep(levels: int) -> str:
    return "<x>" * levels + "</x>" * levels


def _sst(body: str) -> bytes:
    return workbook(sheet(f'<row r="1">{_cell("A1", "0", "s")}</row>'), strings=f"{body}")


def _date_style(code: str = "yyyy-mm-dd") -> str:
    return (
        f'<numFmts count="1"><numFmt numFmtId="170" formatCode="{code}"/></numFmts>'
        '<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="170"/></cellXfs>'
    )


def _corrupt_checksum() -> bytes:
    data = bytearray(workbook())
    start = data.find(b"PK\x01\x02")
    while data[start + 46 : start + 46 + 24] != b"xl/worksheets/sheet1.xml":
        start = data.find(b"PK\x01\x02", start + 4)
    struct.pack_into("<L", data, start + 16, 0x12345678)
    return bytes(data)


READ: dict[str, Maker] = {
    "strict": lambda: workbook(sheet(namespace=parts.STRICT), namespace=parts.STRICT, base=parts.STRICT_RELATIONS),
    "false dimension": lambda: workbook(sheet(before='<dimension ref="A1"/>')),
    "giant dimension": lambda: workbook(sheet(before='<dimension ref="A1:XFD1048576"/>')),
    "300,000 styled empty rows": lambda: workbook(
        sheet(
            ROWS
            + "".join(f'<row r="{r}" s="1"><c r="A{r}" s="1"/><c r="B{r}" s="1"/></row>' for r in range(3, 300_000))
        )
    ),
    "100,000 merges": lambda: workbook(
        sheet(
            after="<mergeCells>" + "".join(f'<mergeCell ref="A{r}:B{r}"/>' for r in range(1, 100_000)) + "</mergeCells>"
        )
    ),
    "one giant merge": lambda: workbook(sheet(after='<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>')),
    "overlapping merges": lambda: workbook(
        sheet(after="<mergeCells>" + '<mergeCell ref="A1:B2"/>' * 50_000 + "</mergeCells>")
    ),
    "hidden columns without end": lambda: workbook(
        sheet(before='<cols><col min="1" max="4294967295" hidden="1"/></cols>')
    ),
    "false string count": lambda: workbook(strings='count="4294967295" uniqueCount="4294967295"><si><t>甲</t></si>'),
    "bad date": lambda: workbook(
        sheet(ROWS + f'<row r="3">{_cell("A3", "1e20", style=1)}{_cell("B3", "-5", style=1)}</row>'),
        styles=_date_style(),
    ),
    "style that is not there": lambda: workbook(sheet(ROWS + f'<row r="3">{_cell("A3", "5", style=99_999)}</row>')),
    "endless format code": lambda: workbook(
        sheet(ROWS + f'<row r="3">{_cell("A3", "5", style=1)}</row>'), styles=_date_style("[" * 20_000 + "0#;" * 20_000)
    ),
    "not a number": lambda: workbook(sheet(ROWS + f'<row r="3">{_cell("A3", "NaN")}{_cell("B3", "1e999")}</row>')),
    "number of 100,000 digits": lambda: workbook(sheet(ROWS + f'<row r="3">{_cell("A3", "9" * 100_000)}</row>')),
    "40,000 characters": lambda: workbook(sheet(ROWS + f'<row r="3">{_cell("A3", "长" * 40_000, "str")}</row>')),
    "control characters": lambda: workbook(
        sheet(
            ROWS + '<row r="3"><c r="A3" t="inlineStr"><is><t>a\x0bb&#11;c_x0007_d&#xD800;e_xD800_</t></is></c></row>'
        )
    ),
    "backslashes in names": lambda: raw_zip(
        [(n.replace("/", "\\").encode(), c.encode() if isinstance(c, str) else c) for n, c in workbook_parts().items()]
    ),
    "prefix before the zip's directory": lambda: workbook() + b"trailing",
    "sheets without end listed": lambda: workbook(
        listed="".join(f'<sheet name="表{i}" sheetId="{i}" r:id="rId{i}"/>' for i in range(1, 2_000))
    ),
    "drawing that is the sheet": lambda: _with_part(
        "xl/worksheets/_rels/sheet1.xml.rels", parts.relations(("rId1", "drawing", "sheet1.xml"))
    ),
    "deep XML in a sheet": lambda: workbook(sheet(after=_deep(50_000))),
    "100,000 attributes": lambda: workbook(sheet(after="<x " + " ".join(f'a{i}=""' for i in range(100_000)) + "/>")),
    "macro sheet and program": lambda: _with_part("xl/vbaProject.bin", compound.compound(b"x")),
    "ods repeated without end": lambda: _ods(
        f'<table:table table:name="表"><table:table-row>{_ODS_CELL * 2}</table:table-row>'
        '<table:table-row table:number-rows-repeated="4294967295"><table:table-cell table:style-name="a" '
        'table:number-columns-repeated="4294967295"/></table:table-row></table:table>'
    ),
    "xls": lambda: compound.compound(compound.biff(compound.label(0, 0, "编码") + compound.label(1, 1, "已完成"))),
    "csv with an open quotation mark": lambda: ('编码,完成情况\n甲一,"已完成\n' + "甲二,推进中\n" * 5_000).encode(),
    "csv with NUL": lambda: "编码,完成情况\n甲\0一,已完成\n甲二,推进中\n".encode(),
    "cell far away": lambda: workbook(sheet(ROWS + f'<row r="1048576">{_cell("XFD1048576", "1")}</row>')),
}

REFUSED: dict[str, Maker] = {
    "zip bomb": _bomb,
    "zip bomb with lying sizes": _lying_sizes,
    "overlapping entries": _overlapping,
    "two entries for a sheet": lambda: _twins(b"xl/worksheets/sheet1.xml"),
    "two entries, case apart": lambda: _twins(b"XL/Worksheets/SHEET1.xml"),
    "two entries, slashes apart": lambda: _twins(b"xl\\worksheets\\sheet1.xml"),
    "entry that climbs out": lambda: _twins(b"xl/../../../etc/cron.d/x"),
    "5,000 entries": _many_entries,
    "unknown compression": lambda: _flags(workbook(), method=12),
    "encrypted flag": lambda: _flags(workbook(), flags=1),
    "wrong checksum": _corrupt_checksum,
    "cut in half": lambda: workbook()[: len(workbook()) // 2],
    "cut in the sheet": lambda: workbook(sheet()[:-150]),
    "only a directory": lambda: workbook()[workbook().find(b"PK\x01\x02") :].join((b"PK\x03\x04", b"")),
    "entity bomb": lambda: _dtd(f"<!DOCTYPE w [{_LAUGHS.replace('x9', 'x')}]>"),
    "external entity": lambda: _dtd('<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
    "external document type": lambda: _dtd('<!DOCTYPE w SYSTEM "http://127.0.0.1:9/x.dtd">'),
    "document type in UTF-16": _utf16_dtd,
    "entity in the strings": lambda: _sst('><!DOCTYPE s [<!ENTITY x "哈">]><si><t>&x;</t></si>'),
    "docx entity bomb": lambda: packed(
        {"word/document.xml": f'<?xml version="1.0"?><!DOCTYPE w [{_LAUGHS}]><w>&x9;</w>'}
    ),
    "cells at both far corners": lambda: workbook(
        sheet("".join(f'<row r="{r}">{_cell(f"XFD{r}", "1")}</row>' for r in range(1, 2_000)))
    ),
    "row 10^20": lambda: workbook(sheet(ROWS + f'<row r="1{"0" * 20}">{_cell("A1" + "0" * 20, "1")}</row>')),
    "row 0": lambda: workbook(sheet(ROWS + f'<row r="0">{_cell("A0", "1")}</row>')),
    "column beyond the last": lambda: workbook(sheet(ROWS + f'<row r="3">{_cell("ZZZ3", "1")}</row>')),
    "listed sheet is missing": lambda: packed(
        {name: part for name, part in workbook_parts().items() if "sheet1" not in name}
    ),
    "no sheets at all": lambda: workbook(listed=""),
    "one part listed twice": lambda: workbook(
        listed='<sheet name="甲" sheetId="1" r:id="rId1"/><sheet name="乙" sheetId="2" r:id="rId1"/>'
    ),
    "string that is not there": lambda: workbook(
        sheet(f'<row r="1">{_cell("A1", "7", "s")}</row>'), strings="><si><t>甲</t></si>"
    ),
    "string before the first": lambda: workbook(
        sheet(f'<row r="1">{_cell("A1", "-1", "s")}</row>'), strings="><si><t>甲</t></si>"
    ),
    "ods cell repeated without end": lambda: _ods(
        '<table:table table:name="表"><table:table-row table:number-rows-repeated="1000000">'
        + _ODS_CELL.replace("<table:table-cell", '<table:table-cell table:number-columns-repeated="16000"')
        + "</table:table-row></table:table>"
    ),
    "deep XML in an ods": lambda: _ods(f'<table:table table:name="表">{_deep(100_000)}</table:table>'),
    "XML 2003 far away": lambda: _xml2003(
        '<Row ss:Index="99999999"><Cell><Data ss:Type="String">甲</Data></Cell></Row>'
    ),
    "XML 2003 with entities": lambda: _xml2003("").replace(b"<Workbook", b'<!DOCTYPE W [<!ENTITY x "y">]><Workbook'),
    "FAT loop": compound.fat_loop,
    "chain outside the file": compound.chain_outside,
    "directory loop": compound.directory_loop,
    "stream larger than the file": compound.stream_too_long,
    "xls cut": lambda: compound.compound(compound.biff(compound.label(0, 0, "甲") * 500))[:6_000],
    "xls with false string count": lambda: compound.compound(
        compound.biff(strings=struct.pack("<LL", 0xFFFFFFFF, 0xFFFFFFFF))
    ),
    "xls with false dimensions": lambda: compound.compound(
        compound.biff(dimensions=struct.pack("<LLHHH", 0, 0xFFFFFFFF, 0, 0xFFFF, 0))
    ),
    "xls record past the end": lambda: compound.compound(compound.biff()[:-4] + b"\x04\x02\xff\xff" + b"x" * 5_000),
    "xlsb cut": lambda: packed({"xl/workbook.bin": b"\x9c\x01\xff\xff\xff\x7f"}),
    "csv with a line of 20,000 fields": lambda: "编码,序号,情况\n".encode() * 20_000 + b"x," * 20_000,
    "csv with a field of 2 MB": lambda: b"a,b\n1,2\n3,4\n" + b'"' + b"x" * (2 << 20) + b'",y\n',
    "nothing": lambda: b"",
    "only blanks": lambda: b" \r\n\t" * 100,
    "noise": lambda: bytes((i * i * 7 + i // 3) % 251 + 1 for i in range(5_000)),
    "rar": lambda: b"Rar!\x1a\x07\x01\x00" + bytes(100),
    "archive in archive in archive": lambda: _nested(3),
}
