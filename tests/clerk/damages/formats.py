"""The form comes back in another format or under another ending (A9, A17, A18)."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime
from html import escape
from typing import Any

from clerk.parcel import Parcel, Stage, Unfit, damage
from toolkit.sample.packages import restamped

PASSWORD = "yunling-2026"


# --- saved by another office suite -------------------------------------------------------------


@damage("A9-resaved-by-another-suite", Stage.SAVE, convert="xlsx")
def resaved_by_another_suite(parcel: Parcel) -> None:
    parcel.data = restamped(parcel.data, parcel.saved)


@damage("A17-xls", Stage.SAVE, convert="xls")
def xls(parcel: Parcel) -> None:
    parcel.rename(".xls")


@damage("A17-et", Stage.SAVE, convert="xls")
def et(parcel: Parcel) -> None:
    parcel.rename(".et")


@damage("A17-ods", Stage.SAVE, convert="ods")
def ods(parcel: Parcel) -> None:
    parcel.rename(".ods")


@damage("A17-html-named-xls", Stage.SAVE, convert="html")
def html_named_xls(parcel: Parcel) -> None:
    parcel.rename(".xls")


@damage("A17-xls-named-xlsx", Stage.SAVE, convert="xls")
def xls_named_xlsx(parcel: Parcel) -> None:
    parcel.rename(".xlsx")


@damage("A17-csv-of-another-suite", Stage.SAVE, convert="csv")
def csv_of_another_suite(parcel: Parcel) -> None:
    parcel.leave_behind(parcel.data.decode())
    parcel.rename(".csv")


# --- text files, as spreadsheet programs write the visible sheet ---------------------------------


def grid(parcel: Parcel) -> list[list[str]]:
    """The texts a person sees on the form's sheet, row by row; merged cells show their text once.

    What stands on other sheets stays behind, and so do pictures, but for the formula of one in a cell.
    """
    if parcel.bound:
        raise Unfit("a value would show differently")
    with parcel.table(save=False) as table, parcel.book(save=False, values=True) as book:
        rows = [[_shown(cell) for cell in row] for row in book[table.sheet.title].iter_rows()]
        parcel.forget_merged_away(table)
        parcel.pictured = {code for code in parcel.pictured if table.value(code, "佐证材料")}
    parcel.leave_behind("\n".join(text for row in rows for text in row))
    return rows


def _shown(cell: Any) -> str:
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        return f"{value.year}/{value.month}/{value.day}"
    if isinstance(value, int | float) and "%" in cell.number_format:
        return f"{value * 100:g}%"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _delimited(parcel: Parcel, separator: str, encoding: str, ending: str, mark: bytes = b"") -> None:
    text = io.StringIO()
    csv.writer(text, delimiter=separator, lineterminator="\r\n").writerows(grid(parcel))
    try:
        parcel.data = mark + text.getvalue().encode(encoding)
    except UnicodeEncodeError as error:
        raise Unfit(encoding) from error
    parcel.rename(ending)


@damage("A17-csv-gb18030", Stage.SAVE)
def csv_gb18030(parcel: Parcel) -> None:
    _delimited(parcel, ",", "gb18030", ".csv")


@damage("A17-csv-utf8-mark", Stage.SAVE)
def csv_utf8_mark(parcel: Parcel) -> None:
    _delimited(parcel, ",", "utf-8", ".csv", b"\xef\xbb\xbf")


@damage("A17-csv-utf8", Stage.SAVE)
def csv_utf8(parcel: Parcel) -> None:
    _delimited(parcel, ",", "utf-8", ".csv")


@damage("A17-unicode-text", Stage.SAVE)
def unicode_text(parcel: Parcel) -> None:
    """'Unicode 文本': UTF-16 with tabs, named .txt."""
    _delimited(parcel, "\t", "utf-16-le", ".txt", b"\xff\xfe")


@damage("A17-csv-utf16", Stage.SAVE)
def csv_utf16(parcel: Parcel) -> None:
    _delimited(parcel, "\t", "utf-16-le", ".csv", b"\xff\xfe")


@damage("A17-csv-semicolons", Stage.SAVE)
def csv_semicolons(parcel: Parcel) -> None:
    _delimited(parcel, ";", "utf-8", ".csv", b"\xef\xbb\xbf")


@damage("A17-csv-named-xls", Stage.SAVE)
def csv_named_xls(parcel: Parcel) -> None:
    _delimited(parcel, "\t", "gb18030", ".xls")


@damage("A17-xml2003-named-xls", Stage.SAVE)
def xml2003_named_xls(parcel: Parcel) -> None:
    """'XML 表格 2003', as report programs write it."""
    cell = '<Cell><Data ss:Type="String">{}</Data></Cell>'
    rows = "".join(f"<Row>{''.join(cell.format(escape(text)) for text in row)}</Row>" for row in grid(parcel))
    parcel.data = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<?mso-application progid="Excel.Sheet"?>\n'
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"'
        ' xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">'
        f'<Worksheet ss:Name="填报表"><Table>{rows}</Table></Worksheet></Workbook>'
    ).encode()
    parcel.rename(".xls")


@damage("A17-web-page-gb2312", Stage.SAVE)
def web_page_gb2312(parcel: Parcel) -> None:
    """Exported by an office system as a web page in the old encoding, named .xls."""
    cells = ([escape(text).replace("\n", "<br>") for text in row] for row in grid(parcel))
    rows = "".join(f"<tr>{''.join(f'<td>{text}</td>' for text in row)}</tr>" for row in cells)
    head = '<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312"></head>'
    try:
        parcel.data = f"{head}<body><table border=1>{rows}</table></body></html>".encode("gb18030")
    except UnicodeEncodeError as error:
        raise Unfit("gb2312") from error
    parcel.rename(".xls")


# --- documents -----------------------------------------------------------------------------------


def _document(parcel: Parcel, *, without: str = "") -> bytes:
    """The form's sheet pasted into a text document: lines above, a table, lines below."""
    import docx

    rows = grid(parcel)
    with parcel.table(save=False) as table:
        header, last, left_out = table.header, table.last, table.columns.get(without, 0)
        columns = [column - 1 for column in sorted(table.columns.values()) if column != left_out]
    document = docx.Document()
    _lines(document, rows[: header - 1])
    made = document.add_table(rows=last - header + 1, cols=len(columns), style="Table Grid")
    for target, row in zip(made.rows, rows[header - 1 : last], strict=True):
        for cell, column in zip(target.cells, columns, strict=True):
            cell.text = row[column]
    _lines(document, rows[last:])
    cells = [cell.text for row in made.rows for cell in row.cells]
    parcel.leave_behind("\n".join([*cells, *(paragraph.text for paragraph in document.paragraphs)]))
    stream = io.BytesIO()
    document.save(stream)
    return restamped(stream.getvalue(), parcel.saved)


def _lines(document: Any, rows: list[list[str]]) -> None:
    for row in rows:
        if text := " ".join(filter(None, row)):
            document.add_paragraph(text)


def as_document(parcel: Parcel) -> None:
    """The form as .docx."""
    parcel.data = _document(parcel)
    parcel.rename(".docx")


@damage("A17-docx-table", Stage.SAVE)
def docx_table(parcel: Parcel) -> None:
    as_document(parcel)


@damage("A17-docx-named-doc", Stage.SAVE)
def docx_named_doc(parcel: Parcel) -> None:
    as_document(parcel)
    parcel.rename(".doc")


@damage("A17-docx-without-code-column", Stage.SAVE)
def docx_without_code_column(parcel: Parcel) -> None:
    """The clerk threw the odd codes out before pasting the table."""
    parcel.data = _document(parcel, without="编码")
    parcel.rename(".docx")


@damage("A17-doc", Stage.SAVE, convert="doc", prepare=as_document)
def doc(parcel: Parcel) -> None:
    """Pasted into a document and saved in the format of old word processors."""
    parcel.rename(".doc")


@damage("A17-wps", Stage.SAVE, convert="doc", prepare=as_document)
def wps(parcel: Parcel) -> None:
    parcel.rename(".wps")


# --- endings that lie -----------------------------------------------------------------------------


@damage("A17-xlsx-named-xls", Stage.SEND)
def xlsx_named_xls(parcel: Parcel) -> None:
    parcel.rename(".xls")


@damage("A17-xlsx-named-docx", Stage.SEND)
def xlsx_named_docx(parcel: Parcel) -> None:
    parcel.rename(".docx")


@damage("A17-no-ending", Stage.SEND)
def no_ending(parcel: Parcel) -> None:
    parcel.rename("")


@damage("A17-upper-case-ending", Stage.SEND)
def upper_case_ending(parcel: Parcel) -> None:
    parcel.rename(".XLSX")


# --- A18 ----------------------------------------------------------------------------------------------


def _encrypt(parcel: Parcel, password: str) -> None:
    from msoffcrypto.format.ooxml import OOXMLFile

    parcel.must_be_workbook()
    stream = io.BytesIO()
    OOXMLFile(io.BytesIO(parcel.data)).encrypt(password, stream)
    parcel.data = stream.getvalue()


@damage("A18-encrypted", Stage.SAVE)
def encrypted(parcel: Parcel) -> None:
    """A workbook with a password to open it."""
    _encrypt(parcel, PASSWORD)
    parcel.refused = True
    parcel.tell(None, "error", "请去掉打开密码后重新报送")


@damage("A18-encrypted-for-reading", Stage.SAVE)
def encrypted_for_reading(parcel: Parcel) -> None:
    """Protected with the well-known password that spreadsheet programs try by themselves."""
    _encrypt(parcel, "VelvetSweatshop")
