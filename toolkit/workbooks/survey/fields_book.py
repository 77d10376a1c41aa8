"""The sheet of fields (收集表.xlsx): what a clerk fills in and keeps, and every verb takes for the plan.

:mod:`toolkit.workbooks.survey.fields_reader` reads it back.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from toolkit import opc
from toolkit.identity import STAMP_SHEET
from toolkit.model import Plan
from toolkit.survey import EVERY_UNIT, Field, FieldType, Survey
from toolkit.workbooks.cells import cut, holdable
from toolkit.workbooks.plan_cells import texts as plan_texts
from toolkit.workbooks.row_heights import line_count, row_height
from toolkit.workbooks.survey.fields_reader import (
    BESIDE,
    COLUMNS,
    HEAD,
    HEADING,
    ISSUER,
    MANY,
    NOTE,
    ONE,
    ROWS,
    SETTING_HINTS,
    TITLE,
    UNITS,
)

FIELDS_SHEET = "字段"
GUIDE_SHEET = "填写说明"
_WIDTHS = {"字段": 24.0, "类型": 10.0, "必填": 8.0, "选项": 30.0, "说明": 44.0, "示例": 26.0}
_CENTRED = frozenset({"类型", "必填"})
_TITLE_FONT, _TEXT_FONT = "黑体", "仿宋_GB2312"
_BORN = datetime(2000, 1, 1)
_SIZE = 12.0
_BLANK_ROWS = 20
_GUIDE = (
    "一、“字段”一行写一个要单位填的栏目，由上到下就是表里由左到右的次序。名称要简短，不能重复，不能叫 编码、序号。",
    "二、“类型”从下拉列表选：文本、数字、日期、选项、是否、电话、手机、身份证、邮箱、网址。空着就是文本。"
    "选了类型，单位填表时有提示，收回后程序按类型检查。",
    "三、“必填”填 是 或 否；空着就是否。必填而没有填的，校验时列为错误，退回单里会写明。",
    "四、类型是选项的，在“选项”栏写出来，用顿号隔开；选项文字里本身有顿号的，改用分号“；”隔开。",
    "五、“说明”和“示例”印在表头下面，告诉单位怎么填。",
    "六、填好后保存，用“fengong issue”下发，收回后用“fengong merge”汇总，和任务分工表一样用。"
    "下发以后不要再改字段名称和增删字段；要改请另做一张，免得先后发出的表不一样。",
)


def render(plan: Plan, *, identified: bool = True) -> bytes:
    """The workbook of a survey as bytes; without ``identified`` it has no code yet and is only the start of one."""
    import xlsxwriter

    survey = plan.survey or Survey(())
    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(stream, options)
    book.set_properties({"title": plan.title or HEADING, "author": "fengong", "created": _BORN})
    look = _Look(book)
    _write_fields(book.add_worksheet(FIELDS_SHEET), plan, survey, look)
    _write_guide(book.add_worksheet(GUIDE_SHEET), look)
    if identified:
        hidden = book.add_worksheet(STAMP_SHEET)
        for column, text in enumerate((HEAD, plan.plan_id, plan.tasks[0].code)):
            hidden.write_string(0, column, text)
        hidden.very_hidden()
    book.close()
    return opc.write_parts(opc.sealed(opc.read_parts(stream.getvalue())))


@dataclass(frozen=True)
class _Look:
    """The formats of the workbook."""

    book: Any

    def make(self, font: str = _TEXT_FONT, size: float = _SIZE, **more: Any) -> Any:
        base = {"font_name": font, "font_size": size, "font_charset": 134, "valign": "vcenter", "text_wrap": True}
        return self.book.add_format(base | more)

    def boxed(self, font: str = _TEXT_FONT, **more: Any) -> Any:
        return self.make(font, border=1, border_color="#808080", **more)


def _write_fields(sheet: Any, plan: Plan, survey: Survey, look: _Look) -> None:
    last = len(COLUMNS) - 1
    for column, word in enumerate(COLUMNS):
        sheet.set_column(column, column, _WIDTHS[word])
    sheet.set_row(0, 34)
    sheet.merge_range(0, 0, 0, last, HEADING, look.make(_TITLE_FONT, 18, align="center"))
    settings = {
        TITLE: plan.title,
        NOTE: survey.note,
        UNITS: plan_texts(plan.tasks[0])["责任单位"] if plan.tasks else EVERY_UNIT,
        ROWS: MANY if survey.many else ONE,
        BESIDE: survey.beside,
        ISSUER: plan.issuer or "",
    }
    label = look.boxed(_TITLE_FONT, bg_color="#DDEBF7", align="center")
    value = look.boxed(bg_color="#FFFBE6", indent=1, num_format="@")
    hint = look.make(size=10, font_color="#7F7F7F", indent=1)
    across = sum(_WIDTHS[word] for word in COLUMNS[1:4])
    for row, (word, text) in enumerate(settings.items(), start=1):
        sheet.write_string(row, 0, word, label)
        text = cut(holdable(text))
        sheet.merge_range(row, 1, row, 3, "", value)
        if text:
            sheet.write_string(row, 1, text, value)
        sheet.merge_range(row, 4, row, last, SETTING_HINTS[word], hint)
        lines = line_count(text, across - 4, _SIZE)
        sheet.set_row(row, max(row_height(lines, _SIZE), 32.0))
        if word == ROWS:
            sheet.data_validation(row, 1, row, 1, {"validate": "list", "source": [ONE, MANY]})
    header = len(settings) + 2
    sheet.set_row(header - 1, 10)
    _write_table(sheet, survey.fields, header, look)
    sheet.freeze_panes(header + 1, 1)
    _set_page(sheet, header)


def _write_table(sheet: Any, fields: Sequence[Field], header: int, look: _Look) -> None:
    head = look.boxed(_TITLE_FONT, bg_color="#DDEBF7", align="center")
    left, centred = look.boxed(indent=1, num_format="@"), look.boxed(align="center", num_format="@")
    sheet.set_row(header, 26)
    for column, word in enumerate(COLUMNS):
        sheet.write_string(header, column, word, head)
    last = header + max(len(fields), 1) + _BLANK_ROWS
    for row in range(header + 1, last + 1):
        field = fields[row - header - 1] if row - header <= len(fields) else None
        height = 24.0
        for column, (word, text) in enumerate(zip(COLUMNS, _cells(field), strict=True)):
            style = centred if word in _CENTRED else left
            if text := cut(holdable(text)):
                sheet.write_string(row, column, text, style)
                height = max(height, row_height(line_count(text, _WIDTHS[word] - 3, _SIZE), _SIZE))
            else:
                sheet.write_blank(row, column, None, style)
        sheet.set_row(row, height)
    types = {"validate": "list", "source": list(FieldType), "error_type": "warning"}
    types |= {"error_title": "类型", "error_message": "请从下拉列表中选择。"}
    sheet.data_validation(header + 1, 1, last, 1, types)
    sheet.data_validation(header + 1, 2, last, 2, {"validate": "list", "source": ["是", "否"]})


def _cells(field: Field | None) -> tuple[str, ...]:
    """A field's cells, as :data:`COLUMNS` has them."""
    if field is None:
        return ("",) * len(COLUMNS)
    choices = ("；" if any("、" in choice for choice in field.choices) else "、").join(field.choices)
    required = "是" if field.required else "否"
    return (field.name, field.type.value, required, choices, field.note, field.example)


def _write_guide(sheet: Any, look: _Look) -> None:
    width = 68.0
    sheet.set_column(0, 0, width)
    sheet.hide_gridlines(2)
    sheet.set_row(0, 34)
    sheet.write_string(0, 0, "收集表怎么做", look.make(_TITLE_FONT, 16))
    text = look.make(valign="top")
    for number, line in enumerate(_GUIDE, start=1):
        sheet.write_string(number, 0, line, text)
        sheet.set_row(number, row_height(line_count(line, width, _SIZE), _SIZE) + 6)
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _set_page(sheet: Any, header: int) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.65)
    sheet.set_footer("&C&10第 &P 页　共 &N 页", {"margin": 0.3})
    sheet.repeat_rows(header)
    sheet.hide_gridlines(2)
