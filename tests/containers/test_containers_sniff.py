"""A file is told by its bytes, whatever it is called."""

from __future__ import annotations

import io
import struct
import zipfile
from pathlib import Path

import pytest
import wordxml as w
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pdffile import Pdf
from samples import DATA

from toolkit.containers.content import FileKind
from toolkit.containers.encoding import decode
from toolkit.containers.ole2 import MAGIC, DamagedOle2, Ole2
from toolkit.containers.sniff import sniff

FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def compound(**streams: bytes) -> bytes:
    """A compound file whose streams are all large enough to lie in ordinary sectors."""
    size = 512
    table: list[int] = [FAT, END]
    body = b""
    entries = [("Root Entry", 5, 1 if streams else FREE, END, 0)]
    for number, (name, data) in enumerate(streams.items(), start=1):
        padded = data.ljust(max(4096, -(-len(data) // size) * size), b"\0")
        first = len(table)
        count = len(padded) // size
        table += [first + n + 1 for n in range(count - 1)] + [END]
        body += padded
        entries.append((name, 2, number + 1 if number < len(streams) else FREE, first, len(padded)))
    directory = b""
    for number, (name, kind, following, first, length) in enumerate(entries):
        right, child = (FREE, following) if number == 0 else (following, FREE)
        code = (name + "\0").encode("utf-16-le")
        directory += code.ljust(64, b"\0") + struct.pack("<HBB", len(code), kind, 1)
        directory += struct.pack("<III", FREE, right, child) + bytes(36) + struct.pack("<IQ", first, length)
    assert len(directory) <= size
    assert len(table) <= size // 4
    header = MAGIC + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIIII", 0, 1, 1, 0, 4096, END, 0, END, 0, 0) + struct.pack("<I", FREE) * 108
    fat = b"".join(struct.pack("<I", entry) for entry in table).ljust(size, b"\xff")
    return header + fat + directory.ljust(size, b"\0") + body


def record(kind: int, data: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


BOF = record(0x0809, bytes(16))


def workbook_zip(part: str) -> bytes:
    return w.package({"[Content_Types].xml": "<Types/>", part: "<x/>"})


CSV = "编码,序号,完成情况\r\nQH-01,1,已完成\r\nQH-02,2,推进中\r\n"
NOTICE = "关于印发工作方案的通知\n\n各乡镇，各部门：现将方案印发给你们，请认真执行。\n\n一、总体要求，二、重点任务。\n"
MAIL = "From: a@x\r\nTo: b@x\r\nSubject: =?gb2312?B?se2x7Q==?=\r\nMIME-Version: 1.0\r\n\r\n正文\r\n"
PAGE_FILE = (
    "From: <Saved by Blink>\r\nSubject: x\r\nMIME-Version: 1.0\r\n"
    'Content-Type: multipart/related;\r\n\ttype="text/html"\r\n\r\n--b'
)
XML2003 = (
    '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'
    '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>'
)

KINDS: list[tuple[str, bytes, FileKind]] = [
    ("xlsx", workbook_zip("xl/workbook.xml"), FileKind.XLSX),
    ("xlsx with backslashes", workbook_zip("xl\\Workbook.xml"), FileKind.XLSX),
    ("xlsb", workbook_zip("xl/workbook.bin"), FileKind.XLSB),
    ("docx", w.document(w.paragraph("文")), FileKind.DOCX),
    ("docx with another main part", w.package({
        "[Content_Types].xml": '<Override ContentType="application/vnd.openxmlformats-officedocument.'
        'wordprocessingml.document.main+xml"/>', "word/document2.xml": "<x/>"}), FileKind.DOCX),
    ("ods", w.package({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}), FileKind.ODS),
    ("odt", (DATA / "分工.odt").read_bytes(), FileKind.ODT),
    ("ofd", workbook_zip("OFD.xml"), FileKind.OFD),
    ("zip of forms", w.package({"回收/001_县政务办.xlsx": b"PK"}), FileKind.ZIP),
    ("zip without entries", b"PK\x05\x06" + bytes(18), FileKind.ZIP),
    ("xls", compound(Workbook=BOF + record(0x0085, bytes(8))), FileKind.XLS),
    ("xls of Excel 95", compound(Book=BOF), FileKind.XLS),
    ("xls with a password", compound(Workbook=BOF + record(0x002F, bytes(6))), FileKind.ENCRYPTED),
    ("xlsx with a password", compound(EncryptedPackage=b"x", EncryptionInfo=b"x"), FileKind.ENCRYPTED),
    ("doc", (DATA / "分工.doc").read_bytes(), FileKind.DOC),
    ("doc with a password", compound(WordDocument=b"\xec\xa5" + bytes(8) + b"\x00\x01"), FileKind.ENCRYPTED),
    ("another compound file", compound(PowerPoint=b"x"), FileKind.UNKNOWN),
    ("bare xls", b"\x09\x08\x08\x00\x00\x05\x05\x00", FileKind.XLS),
    ("html", b"\xef\xbb\xbf\r\n<!-- x --><HTML><body>", FileKind.HTML),
    ("html in utf-16", "<html><table><tr><td>编码".encode("utf-16"), FileKind.HTML),
    ("xhtml", b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><p/></html>', FileKind.HTML),
    ("xml 2003", XML2003.encode(), FileKind.XML2003),
    ("other xml", b"<?xml version='1.0'?><data><row/></data>", FileKind.UNKNOWN),
    ("svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", FileKind.IMAGE),
    ("mail", MAIL.encode("gb18030"), FileKind.EML),
    ("page in one file", PAGE_FILE.encode(), FileKind.MHTML),
    ("rtf", (DATA / "分工.rtf").read_bytes(), FileKind.RTF),
    ("pdf", Pdf().data(), FileKind.PDF),
    ("pdf behind a few bytes", b"\r\n\r\n" + Pdf().data(), FileKind.PDF),
    ("rar", b"Rar!\x1a\x07\x01\x00", FileKind.RAR),
    ("7z", b"7z\xbc\xaf\x27\x1c\x00\x04", FileKind.SEVEN_ZIP),
    ("png", b"\x89PNG\r\n\x1a\n\x00", FileKind.IMAGE),
    ("jpeg", b"\xff\xd8\xff\xe0\x00\x10JFIF", FileKind.IMAGE),
    ("bmp", b"BM" + bytes(12) + struct.pack("<I", 40) + bytes(40), FileKind.IMAGE),
    ("text that begins like a bmp", b"BM: " + NOTICE.encode(), FileKind.TEXT),
    ("webp", b"RIFF\x10\x00\x00\x00WEBPVP8 ", FileKind.IMAGE),
    ("heic", b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00", FileKind.IMAGE),
    *((f"csv in {name}", CSV.encode(name), FileKind.CSV) for name in ("utf-8", "gb18030", "utf-16", "utf-16-le")),
    ("csv with tabs", CSV.replace(",", "\t").encode("utf-16"), FileKind.CSV),
    ("csv with semicolons", CSV.replace(",", ";").encode(), FileKind.CSV),
    ("csv below a title", f"任务填报表\r\n填报单位：县政务办\r\n{CSV}".encode("gb18030"), FileKind.CSV),
    ("csv padded to its width", f"任务填报表,,\r\n{CSV}填报人,张三,\r\n".encode(), FileKind.CSV),
    *((f"notice in {name}", NOTICE.encode(name), FileKind.TEXT) for name in ("utf-8", "gb18030", "utf-16")),
    ("nothing", b"", FileKind.EMPTY),
    ("blanks", b"\xef\xbb\xbf \r\n", FileKind.EMPTY),
    ("zeros of a broken copy", bytes(5_000), FileKind.EMPTY),
    ("machine code", bytes(range(1, 256)) * 20, FileKind.UNKNOWN),
]  # fmt: skip


@pytest.mark.parametrize(("data", "kind"), [item[1:] for item in KINDS], ids=[item[0] for item in KINDS])
def test_kinds(data: bytes, kind: FileKind) -> None:
    assert sniff(data) is kind


@pytest.mark.parametrize("share", [0.4, 0.7, 0.95])
def test_a_package_cut_off_is_still_named(share: float) -> None:
    data = w.document(w.paragraph("文" * 500))
    assert sniff(data[: int(len(data) * share)]) in (FileKind.DOCX, FileKind.ZIP)
    assert sniff(data[: int(len(data) * 0.95)]) is FileKind.DOCX


def test_a_workbook_embedded_in_a_document_does_not_make_it_one() -> None:
    stream = io.BytesIO(w.document(w.paragraph("文")))
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr("word/embeddings/1.xlsx", workbook_zip("xl/workbook.xml"))
    assert sniff(stream.getvalue()) is FileKind.DOCX


def test_a_letter_around_a_table_is_a_text() -> None:
    letter = "各乡镇人民政府，县政府各部门，各直属机构：为加强政务公开工作，现将任务分工印发给你们，请认真贯彻执行。\n"
    table = "序号\t任务\t单位\n1\t公开\t甲\n2\t解读\t乙\n"
    assert sniff((letter + table).encode()) is FileKind.TEXT


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=600))
@example(b"PK\x03\x04")
@example(MAGIC + bytes(600))
@example(b"<" * 300)
def test_any_bytes_have_a_kind(data: bytes) -> None:
    assert sniff(data) in FileKind


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 8191), st.binary(min_size=1, max_size=8))
def test_a_damaged_compound_file_never_hangs_or_grows(place: int, noise: bytes) -> None:
    data = bytearray((DATA / "分工.doc").read_bytes())
    data[place : place + len(noise)] = noise
    assert sniff(bytes(data)) in FileKind
    try:
        opened = Ole2(bytes(data))
        assert sum(len(opened.read(name)) for name in opened.names if name[0] != "O") <= 20 * len(data)
    except (DamagedOle2, KeyError):
        pass


def test_a_loop_in_a_chain_is_damage() -> None:
    data = bytearray(compound(Workbook=BOF))
    struct.pack_into("<I", data, 512 + 4 * 3, 2)  # the second sector of the stream points back to its first
    with pytest.raises(DamagedOle2):
        Ole2(bytes(data)).read("Workbook")
    assert sniff(bytes(data)) is FileKind.XLS


@given(st.text("关于印发政务公开工作方案的通知，。、：各单位\n ", min_size=12, max_size=120))
def test_chinese_is_decoded_as_it_was_written(text: str) -> None:
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "gb18030"):
        decoded = decode(text.encode(encoding))
        assert decoded is not None
        assert decoded.text == text


@pytest.mark.corpus
def test_the_real_notices(corpus: Path) -> None:
    kinds = {path.name: sniff(path.read_bytes()) for path in (corpus / "notices").iterdir()}
    endings = {".txt": FileKind.TEXT, ".doc": FileKind.DOC, ".docx": FileKind.DOCX, ".xlsx": FileKind.XLSX,
               ".pdf": FileKind.PDF, ".html": FileKind.HTML}  # fmt: skip
    assert kinds == {name: endings[Path(name).suffix] for name in kinds}
