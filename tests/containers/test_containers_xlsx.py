"""Workbooks: what a person sees in them is what is read, and what cannot be read is told (A9–A20)."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from itertools import chain
from pathlib import Path
from typing import Any

import msoffcrypto
import openpyxl
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.comments import Comment

from toolkit.containers import read
from toolkit.containers.content import Content, FileKind, Sheet, Span
from toolkit.containers.xlsx.cells import SheetXml

sys.path.insert(0, str(Path(__file__).parent.parent / "hostile"))
import parts


def written(fill: Callable[[xlsxwriter.Workbook, Any], None], **options: object) -> bytes:
    """A workbook of XlsxWriter."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, **options}) as book:
        fill(book, book.add_worksheet("填报表"))
    return buffer.getvalue()


def saved(book: openpyxl.Workbook) -> bytes:
    """A workbook of openpyxl."""
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def rows(*cells: str, styles: str | None = None, **options: str) -> Content:
    """A workbook whose first row has these cells, written as XML."""
    if styles is not None:
        options["styles"] = styles
    return read(parts.workbook(parts.sheet(f'<row r="1">{"".join(cells)}</row>'), **options))


def first(content: Content) -> Sheet:
    assert not content.findings, content.findings
    return content.sheets[0]


# --- values --------------------------------------------------------------------------------


def test_numbers_keep_their_digits() -> None:
    numbers = ["110101199001011234", "1.1010119900101123E+17", "5", "-3", "2.5", "0.1", "1e3"]
    cells = [f'<c r="{column}1"><v>{number}</v></c>' for column, number in zip("ABCDEFG", numbers, strict=True)]
    sheet = first(rows(*cells))
    assert sheet.rows[0] == [110101199001011234, 110101199001011230, 5, -3, 2.5, 0.1, 1000]
    assert [sheet.text(0, column) for column in range(7)] == [
        "110101199001011234", "110101199001011230", "5", "-3", "2.5", "0.1", "1000",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "number", "text"),
    [
        ("0%", 1, "100%"),
        ("000000", 123, "000123"),
        ('0"万"', 2000, "2000万"),
        ("#,##0.00", 1234567.5, "1,234,567.50"),
        ('0!.0,"万"', 123456, "12.3万"),
        ("000-0000-0000", 13800138000, "138-0013-8000"),
        ("0.00_ ;[Red]-0.00 ", -1.5, "-1.50"),
        ('"第"0"季度"', 4, "第4季度"),
    ],
)
def test_a_formatted_number_is_seen_as_on_screen(code: str, number: float, text: str) -> None:
    data = written(lambda book, sheet: sheet.write_number(0, 0, number, book.add_format({"num_format": code})))
    sheet = first(read(data))
    assert sheet.rows[0][0] == number
    assert sheet.text(0, 0) == text


@pytest.mark.parametrize(
    ("code", "value", "text"),
    [
        ("yyyy-mm-dd", date(2022, 12, 5), "2022-12-05"),
        ("yyyy/m/d", date(2022, 12, 5), "2022/12/5"),
        ('yyyy"年"m"月"d"日";@', date(2022, 12, 5), "2022年12月5日"),
        ("yyyy.m", date(2022, 12, 5), "2022.12"),
        ("[$-804]m月d日", date(2022, 12, 5), "12月5日"),
        ("[$-F800]dddd, mmmm dd, yyyy", date(2022, 12, 5), "2022年12月5日"),
    ],
)
@pytest.mark.parametrize("date1904", [False, True])
def test_a_date_is_a_date_and_seen_as_on_screen(code: str, value: date, text: str, date1904: bool) -> None:
    def fill(book: xlsxwriter.Workbook, sheet: Any) -> None:
        sheet.write_datetime(0, 0, value, book.add_format({"num_format": code}))

    sheet = first(read(written(fill, date_1904=date1904)))
    assert sheet.rows[0][0] == value
    assert sheet.text(0, 0) == text


def test_times_and_moments() -> None:
    def fill(book: xlsxwriter.Workbook, sheet: Any) -> None:
        sheet.write_number(0, 0, 0.75, book.add_format({"num_format": "h:mm"}))
        sheet.write_number(0, 1, 44900.5, book.add_format({"num_format": "yyyy/m/d h:mm"}))
        sheet.write_number(0, 2, 1.25, book.add_format({"num_format": "[h]:mm"}))

    sheet = first(read(written(fill)))
    assert sheet.rows[0] == [time(18), datetime(2022, 12, 5, 12), 1.25]
    assert [sheet.text(0, column) for column in range(3)] == ["18:00", "2022/12/5 12:00", "30:00"]


def test_built_in_dates_are_seen_as_chinese_excel_shows_them() -> None:
    styles = '<cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="31"/></cellXfs>'
    sheet = first(rows('<c r="A1" s="1"><v>44900</v></c>', '<c r="B1" s="2"><v>44900</v></c>', styles=styles))
    assert [sheet.text(0, 0), sheet.text(0, 1)] == ["2022/12/5", "2022年12月5日"]


def test_a_date_that_cannot_be_stays_a_number() -> None:
    styles = '<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>'
    sheet = first(rows('<c r="A1" s="1"><v>1E+20</v></c>', '<c r="B1" s="1"><v>-5</v></c>', styles=styles))
    assert sheet.rows[0] == [10**20, -5]


def test_error_cells_are_seen_and_marked() -> None:
    sheet = first(rows('<c r="A1" t="e"><v>#N/A</v></c>', '<c r="B1" t="e"><f>1/0</f><v>#DIV/0!</v></c>'))
    assert sheet.rows[0] == ["#N/A", "#DIV/0!"]
    assert sheet.errors == {(0, 0), (0, 1)}


def test_a_formula_without_value_is_marked() -> None:
    book = openpyxl.Workbook()
    book.active.append(["=A1+1", "已完成"])  # type: ignore[union-attr]
    sheet = first(read(saved(book)))
    assert sheet.uncalculated == {(0, 0)}
    assert sheet.rows[0] == [None, "已完成"]


def test_a_formula_that_gives_no_text_is_just_empty() -> None:
    sheet = first(rows('<c r="A1" t="str"><f>""</f><v></v></c>', parts.inline("B1", "甲")))
    assert not sheet.uncalculated


def test_rich_text_is_joined_and_phonetic_text_left_out() -> None:
    strings = "><si><r><t>已</t></r><r><rPr><b/></rPr><t>完成</t></r><rPh sb='0' eb='1'><t>yi</t></rPh></si>"
    assert first(rows('<c r="A1" t="s"><v>0</v></c>', strings=strings)).rows == [["已完成"]]


def test_booleans_iso_dates_and_escapes() -> None:
    sheet = first(
        rows(
            '<c r="A1" t="b"><v>1</v></c>',
            '<c r="B1" t="d"><v>2022-12-05</v></c>',
            '<c r="C1" t="str"><v>a&amp;b_x000D_&#10;c &lt;d&gt;</v></c>',
        )
    )
    assert sheet.rows[0] == [True, date(2022, 12, 5), "a&b\nc <d>"]


def test_cells_and_rows_without_a_place_follow_each_other() -> None:
    sheet_xml = parts.sheet(
        '<row><c t="str"><v>甲</v></c><c t="str"><v>乙</v></c></row><row><c t="str"><v>丙</v></c></row>'
    )
    assert first(read(parts.workbook(sheet_xml))).rows == [["甲", "乙"], ["丙"]]


def test_a_namespace_prefix_changes_nothing() -> None:
    cells = '<x:row r="1"><x:c r="A1" t="str"><x:v>甲</x:v></x:c></x:row>'
    opening = f'<x:worksheet xmlns:x="{parts.MAIN}">'
    sheet_xml = f"{parts.HEAD}{opening}<x:sheetData>{cells}</x:sheetData></x:worksheet>"
    assert first(read(parts.workbook(sheet_xml))).rows == [["甲"]]


# --- around the cells ------------------------------------------------------------------------


def test_merges_hidden_rows_columns_and_sheets() -> None:
    def fill(book: xlsxwriter.Workbook, sheet: Any) -> None:
        sheet.merge_range("A1:C1", "标题")
        for row in range(1, 4):
            sheet.write_row(row, 0, ["甲", "乙", "丙"])
        sheet.merge_range("C2:C3", "合并的进展")
        sheet.set_row(2, None, None, {"hidden": True})
        sheet.set_column("B:B", None, None, {"hidden": True})
        book.add_worksheet("说明").hide()
        stamp = book.add_worksheet("_戳")
        stamp.write(0, 0, "FG1")
        stamp.very_hidden()

    content = read(written(fill))
    sheet = first(content)
    assert set(sheet.spans) == {Span(0, 0, 0, 2), Span(1, 2, 2, 2)}
    assert sheet.hidden_rows == {2}
    assert sheet.hidden_columns == {1}
    assert [(s.name, s.visible, s.very_hidden) for s in content.sheets] == [
        ("填报表", True, False),
        ("说明", False, False),
        ("_戳", False, True),
    ]


def test_comments_names_properties_and_saved_time() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["B2"] = "已完成"
    sheet["B2"].comment = Comment("见附件", "张三")
    book.defined_names["_戳"] = openpyxl.workbook.defined_name.DefinedName("_戳", attr_text='"FG1"')
    book.custom_doc_props.append(openpyxl.packaging.custom.StringProperty(name="fengong", value="FG1.abc"))
    content = read(saved(book))
    assert first(content).notes[1, 1].endswith("见附件")
    assert content.names["_戳"] == '"FG1"'
    assert content.properties["fengong"] == "FG1.abc"
    assert content.modified is not None


def test_the_saved_time_is_what_the_file_states() -> None:
    data = written(lambda book, _: book.set_properties({"created": datetime(2022, 10, 1, 8, 30)}))
    assert read(data).modified == datetime(2022, 10, 1, 8, 30, tzinfo=UTC)
    without = parts.workbook()  # no core properties: the newest time in the zip
    assert read(without).modified == datetime(2022, 10, 1, 8, 0, tzinfo=UTC)


def test_pictures_over_and_in_cells() -> None:
    dot = bytes.fromhex(
        "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360000002000001"
        "e221bc330000000049454e44ae426082"
    )

    def fill(_: xlsxwriter.Workbook, sheet: Any) -> None:
        sheet.write(0, 0, "佐证")
        sheet.insert_image("C3", "现场.png", {"image_data": io.BytesIO(dot), "description": "现场照片"})
        sheet.write_formula("B2", '=_xlfn.DISPIMG("ID_ABC",1)', None, '=DISPIMG("ID_ABC",1)')

    sheet = first(read(written(fill)))
    assert sheet.pictures == ((1, 1, "ID_ABC"), (2, 2, "现场照片"))
    assert sheet.value(1, 1) is None


def test_text_in_a_box_is_told_with_its_words() -> None:
    data = written(lambda _, sheet: (sheet.write(0, 0, "甲"), sheet.insert_textbox("B3", "另见附件说明")))
    (finding,) = read(data).findings
    assert finding.cell == "B3"
    assert "另见附件说明" in finding.message


def test_a_used_range_of_a_million_rows_counts_only_what_is_there() -> None:
    floods = "".join(f'<row r="{r}" s="1" customFormat="1"><c r="A{r}" s="1"/></row>' for r in range(2, 50_000))
    content = read(parts.workbook(parts.sheet(parts.row(1, parts.inline("A1", "甲")) + floods)))
    assert first(content).rows == [["甲"]]


def test_external_links_and_macros_are_counted_not_refused() -> None:
    package = parts.workbook_parts()
    told = [("rId1", "worksheet", "worksheets/sheet1.xml"), ("rId2", "externalLink", "externalLinks/externalLink1.xml")]
    package["xl/_rels/workbook.xml.rels"] = parts.relations(*told, ("rId3", "vbaProject", "vbaProject.bin"))
    content = read(parts.packed(package | {"xl/vbaProject.bin": b"x"}))
    assert first(content).rows[1] == ["甲一", "已完成"]
    assert content.external_links == 1
    assert content.has_macros


# --- passwords ---------------------------------------------------------------------------------


def fill_much(_: xlsxwriter.Workbook, sheet: Any) -> None:
    """Enough that the encrypted package does not lie in the small sectors of the file, as is usual."""
    for row in range(200):
        sheet.write_row(row, 0, [f"甲{row}", "已完成"])


def encrypted(password: str) -> bytes:
    opened = io.BytesIO()
    msoffcrypto.OfficeFile(io.BytesIO(written(fill_much))).encrypt(password, opened)
    return opened.getvalue()


def test_a_workbook_with_a_password_says_what_to_do() -> None:
    content = read(encrypted("12345"), "密.xlsx")
    assert not content.sheets
    assert "请去掉打开密码后重新报送" in content.findings[0].advice
    assert content.findings[0].path == "密.xlsx"
    assert read(encrypted("12345"), password="54321").findings[0].code == "files.wrong-password"


def test_a_workbook_with_a_known_password_is_read() -> None:
    content = read(encrypted("12345"), password="12345")
    assert content.kind is FileKind.XLSX
    assert first(content).rows[1] == ["甲1", "已完成"]


def test_a_workbook_only_protected_against_changes_is_read_as_excel_does() -> None:
    assert first(read(encrypted("VelvetSweatshop"))).rows[1] == ["甲1", "已完成"]


# --- both ways of reading cells give the same ---------------------------------------------------

_TEXTS = st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=12)
_VALUES = st.one_of(st.none(), st.booleans(), st.integers(-(10**9), 10**9), _TEXTS)


@given(st.lists(st.lists(_VALUES, max_size=5), max_size=6))
def test_what_xlsxwriter_writes_is_read_back(grid: list[list[Any]]) -> None:
    def fill(_: xlsxwriter.Workbook, sheet: Any) -> None:
        for row, line in enumerate(grid):
            for column, value in enumerate(line):
                if isinstance(value, bool):
                    sheet.write_boolean(row, column, value)
                elif isinstance(value, int):
                    sheet.write_number(row, column, value)
                elif value:
                    sheet.write_string(row, column, value)

    (sheet,) = read(written(fill)).sheets
    for row, line in enumerate(grid):
        for column, value in enumerate(line):
            got = sheet.value(row, column)
            assert got == (value if value != "" else None)
            assert type(got) is type(value) or value == ""


@given(st.lists(st.tuples(st.sampled_from(["n", "str", "b", "e", "inlineStr"]), st.integers(0, 99)), max_size=12))
def test_the_pattern_and_the_parser_see_the_same_cells(cells: list[tuple[str, int]]) -> None:
    def cell(number: int, kind: str, value: int) -> str:
        body = f"<is><t>{value}</t></is>" if kind == "inlineStr" else f"<f>A1&amp;{value}</f><v>{value}</v>"
        return f'<c r="C{number}" s="{value}" t="{kind}">{body}</c>'

    lines = "".join(
        f'<row r="{number}" hidden="{number % 2}">{cell(number, kind, value)}<c r="D{number}" s="1"/></row>'
        for number, (kind, value) in enumerate(cells, start=1)
    )
    plain = SheetXml(parts.sheet(lines).encode(), "sheet")
    commented = SheetXml(parts.sheet(lines + "<!-- read by the parser -->").encode(), "sheet")
    seen = [cell for cell in chain(*plain.cells()) if any(cell[3:])]
    assert seen == list(chain(*commented.cells()))
    assert len(seen) == len(cells)
    assert plain.hidden_rows == commented.hidden_rows
