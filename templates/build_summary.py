"""Builds 汇总表.xlsx, the template of the summary as it is delivered.

A clerk restyles the workbook itself in Excel or WPS; run this only to get the delivered look back:

    python templates/build_summary.py

Cells in braces are marks: each stands for what fengong writes there, and the style of the cell is the
style of what is written.  Columns may be moved, hidden and widened, fonts, colours and titles changed,
named styles (样式) too.  ``→明细`` becomes a link to that sheet.  Charts may be restyled and moved; their
ranges start at the example row and are stretched over the rows that are written.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.marker import DataPoint
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, TwoCellAnchor
from openpyxl.drawing.text import CharacterProperties, Paragraph, ParagraphProperties
from openpyxl.drawing.text import Font as DrawingFont
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.properties import PageSetupProperties

from toolkit import opc
from toolkit.figures import SHOWN_WORDS, Light
from toolkit.model import Severity
from toolkit.workbooks.summary import details, glance, matrix, missing, origins, overview, problems, statistics, trend

TITLE_FONT = "方正小标宋简体"
HEAVY_FONT = "黑体"
SECOND_FONT = "楷体_GB2312"
BODY_FONT = "仿宋_GB2312"
BORN = datetime(2024, 1, 1)
GRID = Side(style="thin", color="7F7F7F")
BOX = Border(left=GRID, right=GRID, top=GRID, bottom=GRID)

NARROW = {"序号": 6, "名次": 6, "职责": 6, "报送": 6.5, "级别": 7}
COUNTS = dict.fromkeys(("应报", "已报", *SHOWN_WORDS, "逾期"), 7.5)
VERDICTS = dict.fromkeys(statistics.VERDICTS, 7.5)
RATES = {"完成率": 9, "按时率": 9, "质量率": 9, "得分": 7.5}
CENTRED = {"编码", "完成时限", "预警", "填报状态", "报送", "职责", "级别", "任务编码", "单元格", "处理结果", "截止日期",
           "完成日期", "联系人", "自述保存时间（UTC）", "工作表", "问题编号",
           "较上期", "审核", "上期", "上期情况", "本期情况", "变化"}  # fmt: skip
COUNTED = {"名次", "连续期数", "序号", "应报任务", "逾期天数", "字节数", "项次"}
WIDTHS: dict[str, dict[str, float]] = {
    overview.SHEET: {"工作任务": 16, "具体要求": 46, "责任单位": 22, "完成情况": 62, "备注": 16, "完成时限": 15,
                     "预警": 9, "编码": 9},
    details.SHEET: {"编码": 9.5, "工作任务": 20, "单位": 20, "完成时限": 11.5, "完成情况": 10.5, "填报原文": 12,
                    "进展说明": 44, "佐证材料": 20, "完成日期": 11.5, "备注": 18, "预警": 9, "来源": 32,
                    "上期情况": 14, "较上期": 12, "改动": 24, "审核": 8, "审核意见": 26},
    statistics.UNITS_SHEET: {"单位": 26, "填报状态": 10} | COUNTS | RATES | VERDICTS,
    statistics.TASKS_SHEET: {"工作任务": 30, "完成情况": 11, "预警": 9, "编码": 9.5} | COUNTS | RATES | VERDICTS,
    matrix.SHEET: {"单位": 30, matrix.TITLES: 3.6},
    missing.SHEET: {"单位": 30, "填报状态": 10, "应报任务": 10, "截止日期": 13, "逾期天数": 10, "联系人": 12,
                    "电话": 18, "备注": 30},
    problems.SHEET: {"单位": 18, "问题": 46, "怎么办": 42, "任务编码": 10, "文件": 30, "工作表": 10, "单元格": 14,
                     "问题编号": 17},
    origins.SHEET: {"文件": 46, "处理结果": 13, "单位": 20, "说明": 40, "自述保存时间（UTC）": 20, "字节数": 10,
                    "sha256": 34},
    glance.SHEET: {"完成情况": 22, "项次": 14, "占比": 14, "单位": 40, "单位完成率": 22},
    trend.SHEET: {"编码": 9.5, "工作任务": 30, "单位": 22, "上期": 14, "上期情况": 14, "本期情况": 14, "变化": 12,
                  "连续期数": 9, "进展说明": 60},
    origins.EXTRAS_SHEET: {"单位": 20, "文件": 40, "工作表": 14, "单元格": 10, "内容": 70},
}  # fmt: skip
TABS = {overview.SHEET: "C00000", problems.SHEET: "ED7D31", missing.SHEET: "ED7D31", glance.SHEET: "2E75B6"}
FILTERED = {details.SHEET, statistics.UNITS_SHEET, statistics.TASKS_SHEET, missing.SHEET, problems.SHEET, origins.SHEET,
            trend.SHEET}  # fmt: skip
SAMPLES = {
    Light.DONE.value: ("A9D08E", "1E4620", False),
    Light.NORMAL.value: ("E2F0D9", "1E4620", False),
    Light.WARNING.value: ("FFD966", "5F4700", False),
    Light.OVERDUE.value: ("C00000", "FFFFFF", True),
    Light.EXEMPT.value: ("D9D9D9", "404040", False),
    Severity.ERROR.label: ("C00000", "FFFFFF", True),
    Severity.WARNING.label: ("FFD966", "5F4700", False),
    Severity.NOTE.label: ("EDEDED", "404040", False),
}
CHART_COLOURS = ("548235", "A9D08E", "9DC3E6", "FFD966", "F4B183", "D0CECE", "BFBFBF", "C00000", "7F7F7F")
"""One for each of ``SHOWN_WORDS``."""


def main() -> None:
    """Write the template beside this file."""
    book = Workbook()
    book.remove(book.active)
    book.properties.title, book.properties.creator = "汇总表模板", "fengong"
    book.properties.created = book.properties.modified = BORN
    styles = _styles(book)
    _overview(book, styles)
    for sheet, headers in (
        (details.SHEET, details.HEADERS),
        (statistics.UNITS_SHEET, statistics.UNITS_HEADERS),
        (statistics.TASKS_SHEET, statistics.TASKS_HEADERS),
    ):
        _table(book, styles, sheet, headers)
    _matrix(book, styles)
    for sheet, headers in (
        (missing.SHEET, missing.HEADERS),
        (problems.SHEET, problems.HEADERS),
        (origins.SHEET, origins.HEADERS),
    ):
        _table(book, styles, sheet, headers)
    _glance(book, styles)
    _table(book, styles, origins.EXTRAS_SHEET, origins.EXTRAS_HEADERS)
    _table(book, styles, trend.SHEET, trend.HEADERS)
    _samples(book)
    stream = io.BytesIO()
    book.save(stream)
    (Path(__file__).parent / "汇总表.xlsx").write_bytes(opc.write_parts(opc.read_parts(stream.getvalue())))


def _styles(book: Workbook) -> dict[str, str]:
    """Named styles, so that a clerk changes one and the whole workbook follows."""

    def named(name: str, font: str, size: float, align: str = "left", **more: Any) -> None:
        style = NamedStyle(f"汇总{name}")
        style.font = Font(name=font, size=size, bold=more.get("bold", False), color=more.get("color"), charset=134)
        style.alignment = Alignment(align, "center", wrap_text=True, indent=more.get("indent", 0),
                                    text_rotation=more.get("turn", 0))  # fmt: skip
        if more.get("box", True):
            style.border = BOX
        if "fill" in more:
            style.fill = PatternFill("solid", more["fill"])
        style.number_format = more.get("number", "General")
        book.add_named_style(style)

    named("标题", TITLE_FONT, 20, "center", box=False)
    named("说明行", SECOND_FONT, 11, "left", box=False)
    named("目录", SECOND_FONT, 10, "center", box=False, color="1F4E9E")
    named("表头", HEAVY_FONT, 11, "center", fill="DCE6F1")
    named("竖表头", HEAVY_FONT, 10, "center", fill="DCE6F1", turn=255)
    named("章", HEAVY_FONT, 12, fill="F2F2F2")
    named("节", SECOND_FONT, 12, bold=True)
    named("正文", BODY_FONT, 10.5)
    named("居中", BODY_FONT, 10.5, "center")
    named("编码", BODY_FONT, 9, "center", color="7F7F7F")
    named("小字", BODY_FONT, 9)
    named("数字", BODY_FONT, 10.5, "center", number="0")
    named("小数", BODY_FONT, 10.5, "center", number="0.0")
    named("百分比", BODY_FONT, 10.5, "center", number="0.0%")
    named("日期", BODY_FONT, 10.5, "center", number="yyyy-mm-dd")
    named("符号", BODY_FONT, 11, "center")
    named("脚注", BODY_FONT, 9.5, box=False)
    named("指标名", HEAVY_FONT, 12, "center", fill="F2F2F2")
    named("指标值", HEAVY_FONT, 22, "center", color="1F4E79")
    return {name.removeprefix("汇总"): name for name in book.named_styles}


def _overview(book: Workbook, styles: dict[str, str]) -> None:
    """总表, with example rows of a chapter and of what is below it."""
    sheet = _table(book, styles, overview.SHEET, overview.HEADERS, chapters=("章", "节"))
    sheet.column_dimensions[get_column_letter(overview.HEADERS.index("编码") + 1)].hidden = True


def _table(
    book: Workbook,
    styles: dict[str, str],
    name: str,
    headers: Sequence[str],
    *,
    head: int = 2,
    chapters: Sequence[str] = (),
) -> Any:
    """A sheet with title, line of information, header row, chapter rows, example row and note row."""
    sheet = book.create_sheet(name)
    widths = NARROW | WIDTHS[name]
    last = len(headers)
    _head(sheet, styles, name, last)
    body = head + 2 + len(chapters)
    for column, header in enumerate(headers, 1):
        sheet.cell(head + 1, column, header).style = styles["表头"]
        for row, chapter in enumerate(chapters, head + 2):
            sheet.cell(row, column).style = styles[chapter]
        sheet.cell(body, column, f"{{{header}}}").style = styles[_style_of(name, header)]
        sheet.column_dimensions[get_column_letter(column)].width = widths[header]
    sheet.row_dimensions[head + 1].height = 32 if COUNTS.keys() & set(headers) else 24
    for row, chapter in enumerate(chapters, head + 2):
        sheet.cell(row, 1, f"{{{chapter}}}")
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=last)
        sheet.row_dimensions[row].height = 22
    sheet.row_dimensions[body].height = 22
    sheet.cell(body + 1, 1, "{说明}").style = styles["脚注"]
    sheet.merge_cells(start_row=body + 1, start_column=1, end_row=body + 1, end_column=last)
    _page(sheet, head + 1)
    sheet.freeze_panes = sheet.cell(head + 2, _frozen(headers) + 1)
    if name in FILTERED:
        sheet.auto_filter.ref = f"A{head + 1}:{get_column_letter(last)}{head + 2}"
    return sheet


def _frozen(headers: Sequence[str]) -> int:
    """So many columns stay in view when a wide table is scrolled."""
    return 2 if len(headers) > 14 and "单位" in headers[:2] else 0


def _head(sheet: Any, styles: dict[str, str], name: str, last: int) -> None:
    title = {overview.SHEET: "{标题}完成情况汇总表", glance.SHEET: "{标题}完成情况一览"}.get(
        name, f"{{标题}}（{name}）"
    )
    sheet.cell(1, 1, title).style = styles["标题"]
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=last)
    sheet.row_dimensions[1].height = 38
    sheet.cell(2, 1, "填报期：{填报期}　截止日期：{截止日期}　统计日期：{统计日期}").style = styles["说明行"]
    sheet.merge_cells(start_row=2, start_column=1, end_row=2, end_column=last - 1)
    sheet.cell(2, last, "→图表" if name == overview.SHEET else "→总表").style = styles["目录"]
    sheet.row_dimensions[2].height = 22
    if name in TABS:
        sheet.sheet_properties.tabColor = TABS[name]


def _style_of(sheet: str, header: str) -> str:
    if header in ("编码", "sha256"):
        return "编码" if header == "编码" else "小字"
    if header in RATES or header in ("占比", "单位完成率"):
        return "小数" if header == "得分" else "百分比"
    if header in COUNTS | VERDICTS or header in COUNTED:
        return "数字"
    if header in ("截止日期", "完成日期") or (sheet == details.SHEET and header == "完成时限"):
        return "日期"
    if header in CENTRED or (header == "完成情况" and sheet != overview.SHEET):
        return "居中"
    return "小字" if header in ("来源", "文件") else "正文"


def _matrix(book: Workbook, styles: dict[str, str]) -> None:
    sheet = book.create_sheet(matrix.SHEET)
    _head(sheet, styles, matrix.SHEET, 3)
    for merged in list(sheet.merged_cells.ranges):
        sheet.unmerge_cells(str(merged))
    for cell in ("A1", "A2"):
        sheet[cell].alignment = Alignment("left", "center", wrap_text=False)
    sheet["C2"].value = None
    sheet["A3"] = "{图例}"
    sheet["A3"].style = styles["说明行"]
    sheet["A3"].alignment = Alignment("left", "center", wrap_text=False)
    for column, (top, header, body, style) in enumerate(
        (
            ("序号", "序号", "{序号}", "数字"),
            ("单位", "单位", "{单位}", "正文"),
            (f"{{{matrix.NUMBERS}}}", f"{{{matrix.TITLES}}}", f"{{{matrix.BODY}}}", "符号"),
        ),
        1,
    ):
        sheet.cell(4, column, "任务" if top == "单位" else "" if top == "序号" else top).style = styles["表头"]
        sheet.cell(5, column, header).style = styles["竖表头" if column == 3 else "表头"]
        sheet.cell(6, column, body).style = styles[style]
        sheet.column_dimensions[get_column_letter(column)].width = (NARROW | WIDTHS[matrix.SHEET]).get(
            header.strip("{}")
        )
    sheet.row_dimensions[3].height = 20
    sheet.row_dimensions[4].height = 20
    sheet.row_dimensions[5].height = 150
    sheet.row_dimensions[6].height = 18
    _page(sheet, 5)
    sheet.print_title_rows = "4:5"
    sheet.print_title_cols = "A:B"
    sheet.freeze_panes = "C6"


def _glance(book: Workbook, styles: dict[str, str]) -> None:
    """Six figures, two charts, and below them the rows the charts are drawn from."""
    head = 26
    sheet = _table(book, styles, glance.SHEET, glance.HEADERS, head=head)
    for column, (word, value) in enumerate(
        (("应报单位", "{应报单位}"), ("已报单位", "{已报单位}"), ("任务完成率", "{完成率}"), ("按时率", "{按时率}"),
         ("问题数", "{问题数}")), 1):  # fmt: skip
        sheet.cell(4, column, word).style = styles["指标名"]
        sheet.cell(5, column, value).style = styles["指标值"]
    sheet.row_dimensions[4].height = 24
    sheet.row_dimensions[5].height = 44
    first = head + 2
    share, bars = BarChart(), BarChart()
    for chart, title, columns, anchor, shape in (
        (share, "各项任务完成情况（项次）", (1, 2), ("A7", "C25"), "0"),
        (bars, "各单位完成率", (4, 5), ("D7", "E25"), "0%"),
    ):
        chart.type, chart.gapWidth, chart.legend = "bar", 40, None
        chart.add_data(Reference(sheet, min_col=columns[1], min_row=first, max_row=first))
        chart.set_categories(Reference(sheet, min_col=columns[0], min_row=first, max_row=first))
        chart.x_axis.scaling.orientation = "maxMin"
        chart.y_axis.majorGridlines.spPr = GraphicalProperties(ln=LineProperties(solidFill="D9D9D9"))
        chart.y_axis.number_format = shape
        for axis in (chart.x_axis, chart.y_axis):
            axis.delete = False
            axis.txPr = _words(900)
        chart.title = title
        chart.title.tx.rich.p[0].pPr = ParagraphProperties(defRPr=_font(1300, bold=True))
        chart.title.overlay = False
        labels = chart.dataLabels = DataLabelList()
        labels.showVal, labels.numFmt, labels.txPr = True, shape, _words(900)
        labels.showSerName = labels.showCatName = labels.showLegendKey = labels.showPercent = False
        sheet.add_chart(chart)
        chart.anchor = _between(sheet, *anchor)
    share.series[0].dPt = [
        DataPoint(idx=index, invertIfNegative=False, spPr=GraphicalProperties(solidFill=colour))
        for index, colour in enumerate(CHART_COLOURS)
    ]
    bars.series[0].graphicalProperties = GraphicalProperties(solidFill="2E75B6")
    bars.y_axis.scaling.min, bars.y_axis.scaling.max, bars.y_axis.majorUnit = 0, 1, 0.2
    sheet.row_breaks.append(Break(id=head - 1))
    sheet.row_dimensions[head].height = 20


def _between(sheet: Any, first: str, last: str) -> TwoCellAnchor:
    """From the upper left corner of one cell to the lower right one of another."""
    anchor = TwoCellAnchor(editAs="oneCell")
    start, end = sheet[first], sheet[last]
    anchor._from = AnchorMarker(col=start.column - 1, row=start.row - 1)
    anchor.to = AnchorMarker(col=end.column, row=end.row)
    return anchor


def _font(size: int, *, bold: bool = False) -> CharacterProperties:
    return CharacterProperties(
        sz=size, b=bold, latin=DrawingFont(typeface=BODY_FONT), ea=DrawingFont(typeface=BODY_FONT)
    )


def _words(size: int) -> RichText:
    return RichText(p=[Paragraph(pPr=ParagraphProperties(defRPr=_font(size)), endParaRPr=_font(size))])


def _samples(book: Workbook) -> None:
    """The samples that are laid over cells, and what may be changed in this template."""
    sheet = book.create_sheet("样式")
    sheet.column_dimensions["A"].width = 16
    sheet.column_dimensions["C"].width = 90
    for row, (word, (fill, colour, bold)) in enumerate(SAMPLES.items(), 1):
        cell = sheet.cell(row, 1, word)
        cell.fill = PatternFill("solid", fill)
        cell.font = Font(name=BODY_FONT, size=10.5, color=colour, bold=bold, charset=134)
        cell.alignment = Alignment("center", "center")
    link = sheet.cell(len(SAMPLES) + 1, 1, "链接")
    link.font = Font(name=BODY_FONT, size=10.5, color="1F4E9E", underline="single", charset=134)
    for row, text in enumerate(
        (
            "左边各格是预警、问题级别和链接的样子：改它们的底色和字色即可，文字不能改。本表不会出现在汇总表里。",
            "其他各表：字体、字号、颜色、列宽、列的先后、标题文字、页边距、页眉页脚、图表的样子都可以改；列可以隐藏。",
            "花括号中的文字是标记，程序据此填写内容，不能改；表头的栏目名不能改。",
            "标题里可用的标记：{标题}{填报期}{截止日期}{统计日期}{发文单位}{文号}{应报单位}{已报单位}{未报单位}"
            "{应报项次}{已报项次}{完成率}{按时率}{逾期项次}{问题数}{图例}。",
        ),
        1,
    ):
        sheet.cell(row, 3, text).alignment = Alignment(wrap_text=True, vertical="top")


def _page(sheet: Any, header_row: int) -> None:
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    margins = sheet.page_margins
    margins.left = margins.right = 0.45
    margins.top, margins.bottom, margins.footer = 0.6, 0.65, 0.3
    sheet.oddFooter.center.text = "第 &P 页　共 &N 页"
    sheet.oddFooter.center.size = 10
    sheet.print_options.horizontalCentered = True
    sheet.print_title_rows = f"{header_row}:{header_row}"
    sheet.sheet_view.showGridLines = False
    sheet.sheet_view.zoomScale = 90


if __name__ == "__main__":
    main()
