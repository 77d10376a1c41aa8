"""The other formats of tables: told by their bytes, read to the same sheets (A15–A17)."""

from __future__ import annotations

import struct
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.containers import read
from toolkit.containers.content import Content, FileKind, Sheet, Span
from toolkit.containers.delimited import delimiter_of, read_csv

HOSTILE = Path(__file__).parent.parent / "hostile"
sys.path.insert(0, str(HOSTILE))
import compound  # noqa: E402
import parts  # noqa: E402


def first(content: Content) -> Sheet:
    assert not content.findings, content.findings
    return content.sheets[0]


# --- one form in three formats ---------------------------------------------------------------


@pytest.mark.parametrize("form", ["form.xlsx", "form.xls", "form.ods"])
def test_a_form_says_the_same_in_every_format(form: str) -> None:
    content = read(HOSTILE / "honest" / form)
    sheet = first(content)
    assert content.kind is FileKind(form.rpartition(".")[2])
    assert content.modified == datetime(2022, 10, 1, tzinfo=UTC)
    assert content.properties["fengong"] == "x" * 50
    assert content.names == {"戳": '"FG1"'}
    assert [(s.name, s.visible) for s in content.sheets] == [("填报表", True), ("说明", False)]
    assert sheet.spans == (Span(0, 0, 0, 4),)
    assert sheet.rows[3][:5] == ["T0", "公开第0类信息", "已完成", date(2022, 8, 27), "已公开0条，群众反映良好"]
    assert sheet.text(3, 5) == "100%"
    assert sheet.errors == {(5, 5)}
    assert sheet.text(5, 5) == "#N/A"
    assert sheet.hidden_rows == {7}
    assert sheet.notes == {(4, 2): "请核对"}


def test_the_name_of_a_file_does_not_matter(tmp_path: Path) -> None:
    for form, wrong in (("form.xls", "a.xlsx"), ("form.xlsx", "b.csv"), ("form.ods", "c.xls")):
        (tmp_path / wrong).write_bytes((HOSTILE / "honest" / form).read_bytes())
        assert first(read(tmp_path / wrong)).rows[2][0] == "编码"


def test_an_old_workbook_without_a_compound_file_around_it() -> None:
    stream = compound.biff(compound.label(0, 0, "编码") + compound.label(1, 1, "已完成"))
    assert first(read(compound.compound(stream))).rows == [["编码"], [None, "已完成"]]


def test_long_digits_in_an_ods_are_kept() -> None:
    cell = (
        '<table:table-cell office:value-type="float" office:value="110101199001011000">'
        "<text:p>1.10101199001011E+017</text:p></table:table-cell>"
    )
    sheet = first(read(ods(f'<table:table table:name="表"><table:table-row>{cell}</table:table-row></table:table>')))
    assert sheet.text(0, 0) == "110101199001011000"


# --- OpenDocument ------------------------------------------------------------------------------


def ods(tables: str, styles: str = "") -> bytes:
    names = ("office", "table", "text", "style", "drawing")
    spaces = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in names)
    body = f"<office:automatic-styles>{styles}</office:automatic-styles><office:body><office:spreadsheet>{tables}"
    content = f"{parts.HEAD}<office:document-content {spaces}>{body}</office:spreadsheet></office:body>"
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    return parts.packed({"mimetype": kind, "content.xml": content + "</office:document-content>"})


def text_cell(text: str, more: str = "") -> str:
    return f'<table:table-cell office:value-type="string" {more}><text:p>{text}</text:p></table:table-cell>'


def line(*cells: str, more: str = "") -> str:
    return f"<table:table-row {more}>{''.join(cells)}</table:table-row>"


def table(name: str, *lines: str, more: str = "") -> str:
    return f'<table:table table:name="{name}" {more}>{"".join(lines)}</table:table>'


def test_repeated_and_covered_cells_of_an_ods() -> None:
    spanned = text_cell("甲", 'table:number-columns-spanned="2" table:number-rows-spanned="1"')
    twice = text_cell("丙", 'table:number-columns-repeated="2"')
    gap = '<table:table-cell table:number-columns-repeated="16000"/>'
    rows = (
        line(spanned, "<table:covered-table-cell/>", text_cell("乙")),
        line(twice, more='table:number-rows-repeated="3"'),
        line(gap, text_cell("远"), more='table:visibility="filter"'),
    )
    sheet = first(read(ods(table("表", *rows))))
    assert sheet.rows[0] == ["甲", None, "乙"]
    assert sheet.rows[1:4] == [["丙", "丙"]] * 3
    assert sheet.value(4, 16_000) == "远"
    assert sheet.spans == (Span(0, 0, 0, 1),)
    assert sheet.hidden_rows == {4}


def test_blanks_breaks_and_hidden_sheets_of_an_ods() -> None:
    hidden = '<style:table-properties table:display="false"/>'
    style = f'<style:style style:name="ta2" style:family="table">{hidden}</style:style>'
    words = '一<text:s text:c="2"/>二<text:tab/>三</text:p><text:p>四<text:span>五</text:span>'
    tables = table("甲", line(text_cell(words))) + table("乙", line(text_cell("x")), more='table:style-name="ta2"')
    content = read(ods(tables, style))
    assert first(content).rows == [["一  二\t三\n四五"]]
    assert [sheet.visible for sheet in content.sheets] == [True, False]


@pytest.mark.parametrize("form", ["locked.ods", "locked.xls"])
def test_files_that_libreoffice_encrypted(form: str) -> None:
    path = Path(__file__).parent / "data" / form
    closed = read(path, form)
    assert not closed.sheets
    assert "请去掉打开密码" in closed.findings[0].advice
    assert read(path, password="别的").findings[0].code == "files.wrong-password"
    assert first(read(path, password="密码12")).rows[2][:3] == ["编码", "工作任务", "完成情况"]


# --- delimited text ----------------------------------------------------------------------------

TABLE = [["编码", "完成情况", "进展说明"], ["000123", "已完成", "含,逗号"], ["110101199001011234", "100%", "含\n换行"]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_delimited_text_of_any_dialect_and_encoding(encoding: str, delimiter: str) -> None:
    lines = [delimiter.join('"' + field.replace('"', '""') + '"' for field in row) for row in TABLE]
    content = read("\r\n".join(lines).encode(encoding), "市教育局.csv")
    assert content.kind is FileKind.CSV
    assert first(content).rows == TABLE
    assert first(content).name == "市教育局"


def test_what_programs_write_to_steer_excel_is_understood() -> None:
    text = 'sep=;\r\n编码;完成情况\r\n="000123";已完成\r\n'
    assert first(read_csv(text.encode(), "a.csv")).rows == [["编码", "完成情况"], ["000123", "已完成"]]


def test_an_open_quotation_mark_swallows_nothing() -> None:
    text = '编码,完成情况\n甲,"已完成\n' + "".join(f"乙{i},推进中\n" for i in range(1_000))
    assert len(first(read_csv(text.encode(), "a.csv")).rows) == 1_002


@given(
    st.lists(
        st.lists(st.text('ab1,;"\n 已完成、。', max_size=6), min_size=2, max_size=5),
        min_size=1,
        max_size=8,
    )
)
def test_what_a_csv_writer_writes_is_read_back(rows: list[list[str]]) -> None:
    import csv
    import io

    width = max(map(len, rows))
    rows = [[*row, *[""] * (width - len(row))] for row in rows]
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    if delimiter_of(out.getvalue()) != ",":
        return  # the fields themselves look more like a table than the table does
    (sheet,) = read_csv(out.getvalue().encode(), "a.csv").sheets
    for r, row in enumerate(rows):
        for c, field in enumerate(row):
            if field.strip() and not field.startswith('="'):
                assert sheet.value(r, c) == field


# --- XML of Excel 2003 -------------------------------------------------------------------------


def test_a_workbook_in_the_xml_of_excel_2003() -> None:
    def cell(data: str = "", kind: str = "String", more: str = "") -> str:
        return f'<Cell {more}><Data ss:Type="{kind}">{data}</Data></Cell>'

    def style(name: str, code: str) -> str:
        return f'<Style ss:ID="{name}"><NumberFormat ss:Format="{code}"/></Style>'

    space = "urn:schemas-microsoft-com:office:spreadsheet"
    title = cell("标题", more='ss:MergeAcross="1"') + cell("右")
    values = (
        cell("1", "Number", 'ss:StyleID="p"')
        + cell("2022-12-05T00:00:00.000", "DateTime", 'ss:Index="3" ss:StyleID="d"')
        + cell("#N/A", "Error")
        + '<Cell ss:Formula="=A1"/>'
    )
    rows = f'<Column ss:Index="2" ss:Hidden="1"/><Row>{title}</Row><Row ss:Index="4" ss:Hidden="1">{values}</Row>'
    saved = '<DocumentProperties xmlns="o"><LastSaved>2022-10-01T08:00:00Z</LastSaved></DocumentProperties>'
    book = (
        f'{parts.HEAD}<?mso-application progid="Excel.Sheet"?><Workbook xmlns="{space}" xmlns:ss="{space}">{saved}'
        f"<Styles>{style('p', '0%')}{style('d', 'Short Date')}</Styles>"
        f'<Worksheet ss:Name="填报表"><Table>{rows}</Table></Worksheet></Workbook>'
    )
    content = read(book.encode(), "导出.xls")
    sheet = first(content)
    assert content.kind is FileKind.XML2003
    assert content.modified == datetime(2022, 10, 1, 8, tzinfo=UTC)
    assert sheet.rows[0] == ["标题", None, "右"]
    assert sheet.rows[3] == [1, None, date(2022, 12, 5), "#N/A"]
    assert [sheet.text(3, 0), sheet.text(3, 2)] == ["100%", "2022/12/5"]
    assert sheet.spans == (Span(0, 0, 0, 1),)
    assert (sheet.errors, sheet.uncalculated) == ({(3, 3)}, {(3, 4)})
    assert (sheet.hidden_rows, sheet.hidden_columns) == ({3}, {1})


# --- binary workbooks --------------------------------------------------------------------------


def record(kind: int, body: bytes = b"") -> bytes:
    number = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    return number + bytes([len(body) & 0x7F | (0x80 if len(body) > 127 else 0)]) + (
        bytes([len(body) >> 7]) if len(body) > 127 else b""
    ) + body  # fmt: skip


def wide(text: str) -> bytes:
    return struct.pack("<L", len(text)) + text.encode("utf-16-le")


def test_a_binary_workbook() -> None:
    def cell(kind: int, column: int, value: bytes, style: int = 0) -> bytes:
        return record(kind, struct.pack("<LL", column, style) + value)

    sheet_bin = b"".join(
        (
            record(0, struct.pack("<LLHBBB", 0, 0, 300, 0, 0, 0) + bytes(4)),
            cell(6, 0, wide("编码")),
            cell(7, 1, struct.pack("<L", 0)),
            record(0, struct.pack("<LLHBBB", 2, 0, 300, 0, 0x10, 0) + bytes(4)),
            cell(5, 0, struct.pack("<d", 1.0), style=1),
            cell(2, 1, struct.pack("<L", (44_900 << 2) | 2), style=2),
            cell(3, 2, b"\x2a"),
            cell(4, 3, b"\x01"),
            record(176, struct.pack("<4L", 0, 0, 0, 1)),
        )
    )
    styles = record(44, struct.pack("<H", 170) + wide('yyyy"年"m"月"d"日"')) + record(617)
    styles += b"".join(record(47, struct.pack("<HH", 0, number) + bytes(12)) for number in (0, 9, 170)) + record(618)
    told = [("rId1", "worksheet", "worksheets/sheet1.bin"), ("rId2", "sharedStrings", "sharedStrings.bin")]
    data = parts.packed(
        {
            "xl/workbook.bin": record(156, struct.pack("<LL", 0, 1) + wide("rId1") + wide("填报表")),
            "xl/_rels/workbook.bin.rels": parts.relations(*told, ("rId3", "styles", "styles.bin")),
            "xl/worksheets/sheet1.bin": sheet_bin,
            "xl/sharedStrings.bin": record(19, b"\x00" + wide("完成情况")),
            "xl/styles.bin": styles,
        }
    )
    content = read(data)
    sheet = first(content)
    assert content.kind is FileKind.XLSB
    assert sheet.rows == [["编码", "完成情况"], [], [1, date(2022, 12, 5), "#N/A", True]]
    assert [sheet.text(2, 0), sheet.text(2, 1)] == ["100%", "2022年12月5日"]
    assert (sheet.errors, sheet.hidden_rows) == ({(2, 2)}, {2})
    assert sheet.spans == (Span(0, 0, 0, 1),)
