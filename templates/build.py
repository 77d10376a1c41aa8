"""Builds 任务分工表.xlsx and 填报表.xlsx, the templates as they are delivered.

A clerk restyles the workbooks themselves in Excel or WPS; run this only to get the delivered look back:

    python templates/build.py

Cells in braces are marks: each stands for what fengong writes there, and the style of the cell is
the style of what is written.  Columns may be moved, widths, fonts, colours and the title changed.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from toolkit.workbooks.row_heights import line_count, row_height

TITLE_FONT = "方正小标宋简体"
HEAVY_FONT = "黑体"
SECOND_FONT = "楷体_GB2312"
BODY_FONT = "仿宋_GB2312"
GRID = "#7F7F7F"
BORN = datetime(2024, 1, 1)
NOTES_WIDTH = 68

PLAN_COLUMNS = (
    ("编码", 9.5), ("序号", 5.5), ("工作任务", 16), ("具体要求", 48), ("牵头单位", 14), ("责任单位", 22),
    ("配合单位", 16), ("完成时限", 16.5), ("完成情况", 11), ("备注", 14), ("复核", 13),
)  # fmt: skip
LOCKED_COLUMNS = (
    ("编码", 9.5), ("序号", 5.5), ("工作任务", 14), ("具体要求", 37), ("职责", 6), ("完成时限", 16),
    ("工作提示", 14), ("上期情况", 13),
)  # fmt: skip
FILLED_COLUMNS = (("完成情况", 11), ("进展说明", 30), ("佐证材料", 15), ("完成日期", 12), ("备注", 12))
CENTRED = {"编码", "序号", "职责", "完成情况", "完成日期", "完成时限", "复核"}

PLAN_NOTES = (
    ("一、怎样改", (
        "1. 可以直接修改任何一格；可以增加、删除、移动行，也可以移动列。以改后的文字为准。",
        "2. 编码由程序给出，请不要填写或修改；新增的任务编码留空，保存后由程序补上。",
        "3. 序号按文件原样填写，可以重复；程序按编码区分任务。",
        "4. 章节单独占一行。下一级章节的前面空出两格（全角空格），程序据此分层。",
    )),
    ("二、单位怎样写", (
        "1. 几个单位之间用顿号隔开；单位名称里本身有顿号的，用分号“；”隔开。",
        "2. 可以写单位组（如 市直各单位），成员在单位名录.xlsx 中填写。",
        "3. 组中有例外的写作：各县区政府（除某县、某区外）。",
    )),
    ("三、完成时限怎样写", (
        "写原文，后面用括号注明日期，如：11月底前（2022-11-30）。几个时限用分号隔开；只对一部分单位有效的，"
        "前面写明，如：试点单位：9月30日前（2022-09-30）。每季度、长期坚持等照写，不用注日期。",
    )),
    ("四、怎样复核", (
        "1. 标色的单元格是程序拿不准的内容，批注里有原因和通知原文。",
        "2. 核对（或改正）后，在“复核”栏选“已复核”，颜色随之去掉。",
        "3. 改过的单元格视为已经复核。",
    )),
)  # fmt: skip

FORM_NOTES = (
    ("一、怎样填", (
        "1. 只填浅黄色的栏目（完成情况至备注五栏）和表下的填报人、联系电话、审核人、填报日期。",
        "2. 每一行是本单位承担的一项任务，请逐行填写，不要留空；确与本单位无关的，选“不涉及”并在进展说明中写明理由。",
        "3. 白色栏目由下发单位填写，已加保护，请勿改动；如认为内容有误，请在备注栏说明。",
        "4. 内容多时可以调整行高和列宽；可以筛选。一格最多 32767 个字。",
    )),
    ("二、各栏怎样写", (
        "完成情况：从下拉列表中选择。未启动、申请延期、需优化完善、推进中、已完成并持续推进、已完成、不涉及。",
        "进展说明：写清做了什么、做到什么程度，有数量要求的写明数字。选“申请延期”的，写明拟完成日期和理由。",
        "佐证材料：文件名、文号或网址；截图等附件与本表放在同一文件夹一并报送。完成情况为“已完成”的必须填写。",
        "完成日期：如 2022-12-05；尚未完成的不填。",
        "备注：其他需要说明的情况。",
    )),
    ("三、怎样报送", (
        "1. 不要修改文件名中的单位名称，不要删除编码列，一个单位只报一份。",
        "2. 报送后需要更正的，在原表上修改后重新报送即可，以后报的为准。",
    )),
)  # fmt: skip


def main() -> None:
    """Write both templates beside this file."""
    folder = Path(__file__).parent
    build_plan(folder / "任务分工表.xlsx")
    build_form(folder / "填报表.xlsx")


class Styles:
    """The formats of one workbook, made from a few words."""

    def __init__(self, book: Any) -> None:
        self._book = book

    def make(self, font: str, size: float, **more: Any) -> Any:
        """A wrapped format in one of the official fonts."""
        words = {"font_name": font, "font_size": size, "font_charset": 134, "text_wrap": True, "valign": "vcenter"}
        return self._book.add_format(words | more)

    def boxed(self, font: str, size: float, **more: Any) -> Any:
        """The same with a border around."""
        return self.make(font, size, border=1, border_color=GRID, **more)


def _book(path: Path, title: str) -> Any:
    book = xlsxwriter.Workbook(path)
    book.set_properties({"title": title, "created": BORN})
    book.set_size(24000, 12000)
    return book


def _page(sheet: Any, header_row: int) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.45, right=0.45, top=0.6, bottom=0.65)
    sheet.set_footer("&C&10第 &P 页　共 &N 页", {"margin": 0.3})
    sheet.center_horizontally()
    sheet.repeat_rows(header_row)
    sheet.hide_gridlines(2)
    sheet.set_zoom(90)


def build_plan(path: Path) -> None:
    """The template of the plan workbook."""
    book = _book(path, "任务分工表")
    styles = Styles(book)
    sheet = book.add_worksheet("任务分工表")
    last = len(PLAN_COLUMNS) - 1
    plain = styles.make(BODY_FONT, 11)
    for column, (_, width) in enumerate(PLAN_COLUMNS):
        sheet.set_column(column, column, width, plain)
    sheet.set_row(0, 40)
    sheet.merge_range(0, 0, 0, last, "{标题}", styles.make(TITLE_FONT, 20, align="center"))
    sheet.set_row(1, 22)
    sheet.merge_range(1, 0, 1, last, "{文件信息}", styles.make(SECOND_FONT, 12, align="center"))
    sheet.set_row(2, 30)
    sheet.set_row(3, 24)
    sheet.set_row(4, 22)
    header = styles.boxed(HEAVY_FONT, 11, align="center", bg_color="#DCE6F1")
    first = styles.boxed(HEAVY_FONT, 12, align="left", bg_color="#F2F2F2")
    second = styles.boxed(SECOND_FONT, 12, align="left", bold=True)
    sheet.merge_range(3, 0, 3, last, "{章}", first)
    sheet.merge_range(4, 0, 4, last, "{节}", second)
    for column, (word, _) in enumerate(PLAN_COLUMNS):
        align = "center" if word in CENTRED else "left"
        text = "@" if word in {"编码", "完成时限"} else "General"
        colour = {"font_color": "#7F7F7F", "font_size": 9} if word == "编码" else {}
        style: dict[str, Any] = {"align": align, "num_format": text} | colour
        size = style.pop("font_size", 11)
        sheet.write(2, column, word, header)
        sheet.write(5, column, f"{{{word}}}", styles.boxed(BODY_FONT, size, **style))
        sheet.write(6, column, f"{{{word}·待复核}}", styles.boxed(BODY_FONT, size, bg_color="#FFE699", **style))
    sheet.freeze_panes(3, 0)
    _page(sheet, 2)
    _notes_sheet(book, styles, "填写说明", PLAN_NOTES)
    book.close()


def build_form(path: Path) -> None:
    """The template of the form."""
    book = _book(path, "填报表")
    styles = Styles(book)
    sheet = book.add_worksheet("填报表")
    columns = LOCKED_COLUMNS + FILLED_COLUMNS
    last, split = len(columns) - 1, len(LOCKED_COLUMNS)
    plain = styles.make(BODY_FONT, 11, locked=False)
    for column, (_, width) in enumerate(columns):
        sheet.set_column(column, column, width, plain)
    sheet.set_row(0, 38)
    sheet.merge_range(0, 0, 0, last, "{标题}填报表", styles.make(TITLE_FONT, 20, align="center"))
    line = styles.make(BODY_FONT, 12, bold=True)
    sheet.set_row(1, 24)
    sheet.merge_range(1, 0, 1, 3, "填报单位：{填报单位}", line)
    sheet.merge_range(1, 4, 1, 8, "填报期：{填报期}", line)
    sheet.merge_range(1, 9, 1, last, "报送截止日期：{截止日期}", styles.make(BODY_FONT, 12, bold=True, align="right"))
    sheet.set_row(2, 32)
    header = styles.boxed(HEAVY_FONT, 11, align="center", bg_color="#DCE6F1")
    to_fill = styles.boxed(HEAVY_FONT, 11, align="center", bg_color="#FFE699")
    sheet.set_row(3, 24)
    sheet.set_row(4, 22)
    sheet.merge_range(3, 0, 3, last, "{章}", styles.boxed(HEAVY_FONT, 12, align="left", bg_color="#F2F2F2"))
    sheet.merge_range(4, 0, 4, last, "{节}", styles.boxed(SECOND_FONT, 12, align="left", bold=True))
    for column, (word, _) in enumerate(columns):
        style: dict[str, Any] = {"align": "center" if word in CENTRED else "left"}
        size: float = 11
        if column >= split:
            style |= {"bg_color": "#FFFBE6", "locked": False, "num_format": "@"}
        elif word == "编码":
            size = 9
            style |= {"font_color": "#7F7F7F", "num_format": "@"}
        sheet.write(2, column, word, to_fill if column >= split else header)
        sheet.write(5, column, f"{{{word}}}", styles.boxed(BODY_FONT, size, **style))
    sheet.set_row(6, 12)
    sheet.set_row(7, 26)
    label = styles.make(HEAVY_FONT, 11, align="right")
    fill = {"align": "left", "bg_color": "#FFFBE6", "locked": False, "num_format": "@", "bottom": 1}
    answer = styles.make(BODY_FONT, 11, bottom_color=GRID, **fill)
    sheet.merge_range(7, 0, 7, 1, "填报人：", label)
    sheet.write_blank(7, 2, None, answer)
    sheet.write(7, 3, "联系电话：", label)
    sheet.merge_range(7, 4, 7, 6, "", answer)
    sheet.merge_range(7, 7, 7, 8, "审核人：", label)
    sheet.write_blank(7, 9, None, answer)
    sheet.write(7, 10, "填报日期：", label)
    sheet.merge_range(7, 11, 7, 12, "", answer)
    sheet.freeze_panes(3, 4)
    _page(sheet, 2)
    _notes_sheet(book, styles, "填报说明", FORM_NOTES)
    book.close()


def _notes_sheet(book: Any, styles: Styles, name: str, notes: Sequence[tuple[str, Sequence[str]]]) -> None:
    sheet = book.add_worksheet(name)
    sheet.set_column(0, 0, NOTES_WIDTH)
    sheet.hide_gridlines(2)
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_row(0, 36)
    sheet.write(0, 0, name, styles.make(TITLE_FONT, 20, align="center"))
    heading, text = styles.make(HEAVY_FONT, 13), styles.make(BODY_FONT, 12, indent=1)
    row = 1
    for title, lines in notes:
        sheet.set_row(row, 28)
        sheet.write(row, 0, title, heading)
        for line in lines:
            row += 1
            sheet.set_row(row, 6 + row_height(line_count(line, NOTES_WIDTH - 2, 12), 12))
            sheet.write(row, 0, line, text)
        row += 1


if __name__ == "__main__":
    main()
