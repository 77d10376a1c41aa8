"""Builds 收集汇总表.xlsx, the template of a survey's summary as it is delivered.

A clerk restyles the workbook itself; run this only to get the delivered look back:

    python templates/build_survey_summary.py

Its marks are those of 汇总表.xlsx; the column of ``{字段}`` in 总表 stands for every field.
"""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import build_summary as base
from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from toolkit import opc
from toolkit.workbooks.summary import missing, origins, problems
from toolkit.workbooks.survey import changes, tables, totals

_FIELD_WIDTH = 16
_OWN = {
    tables.OVERALL: {"单位": 22, "报送": 7, "行": 5, "随附材料": 20, "填报人": 9, "填报人电话": 14, "审核人": 9,
                     "填报日期": 12, "较上期": 12, "改动": 26, "审核": 8, "审核意见": 24},
    tables.DETAILS: {"单位": 24, "行": 6, "字段": 18, "填报内容": 44, "读作": 20, "来源": 44},
    tables.BESIDE: {"单位": 26, "材料": 70, "情况": 20},
    totals.SHEET: {"字段": 24, "类型": 8, "已填": 8, "未填": 8, "读不出": 8, "选项情况": 48, "合计": 12, "平均": 12,
                   "最小": 12, "最大": 12},
    changes.SHEET: {"单位": 26, "上期": 16, "行": 16, "字段": 20, "上期所报": 36, "本期所报": 36, "变化": 8},
}  # fmt: skip
_CENTRED = {
    "类型",
    "已填",
    "未填",
    "读不出",
    "合计",
    "平均",
    "最小",
    "最大",
    "行",
    "填报人",
    "填报人电话",
    "审核人",
    "填报日期",
    "情况",
}


def main() -> None:
    """Write the template beside this file."""
    base.WIDTHS.update(_OWN)
    base.CENTRED.update(_CENTRED)
    base.FILTERED.update((tables.OVERALL, tables.BESIDE))
    book = Workbook()
    book.remove(book.active)
    book.properties.title, book.properties.creator = "收集汇总表模板", "fengong"
    book.properties.created = book.properties.modified = base.BORN
    styles = base._styles(book)
    _overall(book, styles)
    for sheet, headers in (
        (tables.DETAILS, tables.DETAILS_HEADERS),
        (missing.SHEET, missing.HEADERS),
        (problems.SHEET, problems.HEADERS),
        (origins.SHEET, origins.HEADERS),
        (tables.BESIDE, tables.BESIDE_HEADERS),
        (origins.EXTRAS_SHEET, origins.EXTRAS_HEADERS),
        (totals.SHEET, totals.HEADERS),
        (changes.SHEET, changes.HEADERS),
    ):
        base._table(book, styles, sheet, headers)
    base._samples(book)
    stream = io.BytesIO()
    book.save(stream)
    path = Path(__file__).parent / "收集汇总表.xlsx"
    path.write_bytes(opc.write_parts(opc.read_parts(stream.getvalue())))


def _overall(book: Workbook, styles: dict[str, str]) -> Any:
    """总表: the office's own columns around the one that is repeated for every field."""
    left, right = tables.OVERALL_HEADERS[: tables.BEFORE_FIELDS], tables.OVERALL_HEADERS[tables.BEFORE_FIELDS :]
    headers = (*left, f"{{{tables.NAMES}}}", *right)
    base.WIDTHS[tables.OVERALL][headers[len(left)]] = _FIELD_WIDTH
    sheet = base._table(book, styles, tables.OVERALL, headers)
    sheet["A1"].value = "{标题}汇总表"
    dates = "填报期：{填报期}　截止日期：{截止日期}　统计日期：{统计日期}"
    sheet.cell(2, 1).value = f"{dates}　应报 {{应报单位}} 家，已报 {{已报单位}} 家"
    sheet.cell(2, len(headers)).value = "→问题清单"
    column = len(left) + 1
    sheet.cell(4, column).value = f"{{{tables.VALUES}}}"
    sheet.cell(4, column).style = styles["正文"]
    sheet.row_dimensions[3].height = 36
    sheet.freeze_panes = f"{get_column_letter(3)}4"
    return sheet


if __name__ == "__main__":
    main()
