"""The workbook of findings (问题清单): what a check found, for a person to work through."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

from toolkit import opc
from toolkit.identity import STAMP_SHEET
from toolkit.model import FileRecord, Finding, Severity

_COLUMNS = (
    ("序号", 6.0),
    ("程度", 7.0),
    ("文件", 34.0),
    ("工作表", 12.0),
    ("单元格", 8.0),
    ("单位", 18.0),
    ("任务", 10.0),
    ("问题", 52.0),
    ("怎么办", 46.0),
)
_FILE_COLUMNS = (
    ("序号", 6.0),
    ("文件", 60.0),
    ("结果", 16.0),
    ("单位", 24.0),
    ("错误", 8.0),
    ("提醒", 8.0),
    ("说明", 8.0),
)
_FILLS = {Severity.ERROR: "#F8CBAD", Severity.WARNING: "#FFE699", Severity.NOTE: "#E7E6E6"}
FINDINGS_MARK = "fengong-findings"
"""A1 of the very hidden sheet: the list may lie in the folder that is checked or merged next."""
_TITLE = "校验问题清单"
_TEXT_LIMIT = 32_767
_SOME_DAY = date(2000, 1, 1)
"""Stands in the document's properties when no day is known: nothing comes from the clock."""


def render(findings: Sequence[Finding], files: Sequence[FileRecord], as_of: date | None) -> bytes:
    """The workbook as sealed bytes; the same findings give the same bytes.

    ``findings`` stand in the order given, worst first as every verb has them; ``as_of`` is the day they hold for.
    """
    import xlsxwriter

    stream = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    book = xlsxwriter.Workbook(stream, options)
    book.set_properties({"title": _TITLE, "created": datetime.combine(as_of or _SOME_DAY, time())})
    looks = _looks(book)
    _write_findings(book.add_worksheet("问题清单"), looks, findings, as_of)
    if files:
        _write_files(book.add_worksheet("文件"), looks, files)
    memory = book.add_worksheet(STAMP_SHEET)
    memory.very_hidden()
    memory.write_string(0, 0, FINDINGS_MARK)
    book.close()
    return opc.write_parts(opc.sealed(opc.read_parts(stream.getvalue())))


def _looks(book: Any) -> dict[str, Any]:
    base = {"font_name": "仿宋_GB2312", "font_size": 11, "valign": "vcenter", "text_wrap": True, "border": 1}
    looks = {
        "title": {"font_name": "方正小标宋简体", "font_size": 20, "align": "center", "valign": "vcenter"},
        "line": {"font_name": "仿宋_GB2312", "font_size": 11, "valign": "vcenter"},
        "header": {**base, "font_name": "黑体", "align": "center", "bg_color": "#DDE6F0"},
        "text": base,
        "centred": {**base, "align": "center"},
    }
    looks |= {severity.value: {**base, "align": "center", "bg_color": fill} for severity, fill in _FILLS.items()}
    return {name: book.add_format(look) for name, look in looks.items()}


def _write_findings(sheet: Any, looks: dict[str, Any], findings: Sequence[Finding], as_of: date | None) -> None:
    counts = {severity: sum(1 for finding in findings if finding.severity is severity) for severity in Severity}
    said = "　".join(f"{severity.label} {count} 条" for severity, count in counts.items())
    _lay_out(sheet, looks, _COLUMNS, _TITLE, f"以 {as_of.isoformat()} 为准　　{said}" if as_of else said)
    for index, finding in enumerate(findings):
        row = index + 3
        values = (
            finding.path or "",
            finding.sheet or "",
            finding.cell or "",
            finding.unit or "",
            finding.task or "",
            finding.message,
            finding.advice,
        )
        sheet.write_number(row, 0, index + 1, looks["centred"])
        sheet.write_string(row, 1, finding.severity.label, looks[finding.severity.value])
        for column, value in enumerate(values, start=2):
            look = looks["centred" if column in (4, 6) else "text"]
            sheet.write_string(row, column, opc.holdable(value)[:_TEXT_LIMIT], look)
        sheet.set_row(row, _height(values, _COLUMNS[2:]))
    _finish(sheet, _COLUMNS, len(findings))


def _write_files(sheet: Any, looks: dict[str, Any], files: Sequence[FileRecord]) -> None:
    _lay_out(sheet, looks, _FILE_COLUMNS, "校验的文件", f"共 {len(files)} 个文件")
    for index, record in enumerate(files):
        row = index + 3
        texts = (record.path, record.outcome.label, "、".join(record.units))
        sheet.write_number(row, 0, index + 1, looks["centred"])
        for column, text in enumerate(texts, start=1):
            sheet.write_string(row, column, opc.holdable(text)[:_TEXT_LIMIT], looks["text"])
        for column, severity in enumerate(Severity, start=4):
            count = sum(1 for finding in record.findings if finding.severity is severity)
            sheet.write_number(row, column, count, looks[severity.value if count else "centred"])
        sheet.set_row(row, _height(texts, _FILE_COLUMNS[1:4]))
    _finish(sheet, _FILE_COLUMNS, len(files))


def _lay_out(sheet: Any, looks: dict[str, Any], columns: Sequence[tuple[str, float]], title: str, line: str) -> None:
    """Title, a line below it and the header row, ready for printing on A4 across."""
    last = len(columns) - 1
    sheet.merge_range(0, 0, 0, last, title, looks["title"])
    sheet.set_row(0, 34)
    sheet.merge_range(1, 0, 1, last, line, looks["line"])
    sheet.set_row(1, 22)
    for column, (word, width) in enumerate(columns):
        sheet.set_column(column, column, width)
        sheet.write_string(2, column, word, looks["header"])
    sheet.set_row(2, 24)
    sheet.freeze_panes(3, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(2)
    sheet.set_footer("&C第 &P 页，共 &N 页")


def _finish(sheet: Any, columns: Sequence[tuple[str, float]], count: int) -> None:
    last = len(columns) - 1
    if count:
        sheet.autofilter(2, 0, count + 2, last)
    sheet.print_area(0, 0, count + 2, last)


def _height(texts: Sequence[str], columns: Sequence[tuple[str, float]]) -> float:
    """Points a row needs to show its longest text, two character widths a Chinese character."""
    lines = max(
        sum(-(-max(_width(line), 1) // int(width - 1)) for line in text.split("\n"))
        for text, (_, width) in zip(texts, columns, strict=True)
    )
    return min(409.0, 6.0 + 15.0 * max(lines, 1))


def _width(text: str) -> int:
    return sum(2 if ord(char) > 0x2E7F else 1 for char in text)
