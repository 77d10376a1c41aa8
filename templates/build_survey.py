"""Builds 收集表.xlsx, the template of a survey's form, and the sheets of fields that come with the program.

A clerk restyles the workbook itself in Excel or WPS; run this only to get the delivered look back:

    python templates/build_survey.py

Cells in braces are marks, as in 填报表.xlsx.  The column of ``{字段}`` stands for every field and is the last one;
the row below it shows how headers of required fields, hints, dates and numbers look.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from build import BODY_FONT, GRID, HEAVY_FONT, SECOND_FONT, TITLE_FONT, Styles, _book, _notes_sheet, _page

from toolkit.identity import coded
from toolkit.model import Assignment, Plan, Role, Task
from toolkit.survey import EVERY_UNIT, Field, FieldType, Survey
from toolkit.workbooks.survey import fields_book

NOTES = (
    ("一、怎样填", (
        "1. 只填浅黄色的格子和表下的填报人、联系电话、审核人、填报日期；编码、序号由下发单位填写，请勿改动。",
        "2. 表头深黄色的栏目必须填；表头下面一行小字是填写要求和例子，不用删。",
        "3. 可以填几行的表，一行写一项；行数不够时，在表中间插入行再填。",
        "4. 点中格子会有提示；有下拉列表的从列表中选择。",
        "5. 电话、手机、证件号码请逐位核对；日期写成 2026-03-05 这样。",
    )),
    ("二、怎样报送", (
        "1. 不要修改文件名中的单位名称，不要删除编码列，一个单位只报一份。",
        "2. 要求随表报送的材料（如签字盖章的审批单），文件名写上单位名称，与本表放在同一文件夹或压缩包里。",
        "3. 报送后需要更正的，在原表上修改后重新报送即可，以后报的为准。",
    )),
)  # fmt: skip

AGENCY = Plan(
    "政务公开和政府信息公开机构信息表",
    (Task(1, "", title="政务公开和政府信息公开机构信息表", assignments=(Assignment(Role.RESPONSIBLE, EVERY_UNIT),)),),
    survey=Survey(
        (
            Field("公开工作机构", required=True, note="承担日常工作的内设机构", example="办公室"),
            Field("分管领导", required=True, note="姓名", example="林知远"),
            Field("分管领导职务", required=True, example="副局长"),
            Field("机构负责人", required=True, note="姓名", example="苏明和"),
            Field("联系人", required=True, note="具体经办人的姓名", example="陶静安"),
            Field("联系电话", FieldType.PHONE, required=True, note="区号和号码", example="010-62345678"),
            Field("手机", FieldType.MOBILE, note="联系人的手机", example="13900000000"),
            Field("传真", FieldType.PHONE, example="010-62345679"),
            Field("电子邮箱", FieldType.EMAIL, example="zwgk@example.gov.cn"),
            Field("人员配备", FieldType.CHOICE, required=True, choices=("专职", "兼职", "专兼结合")),
            Field("办公地址", required=True, example="云溪县府前路1号"),
            Field("邮政编码", note="6 位", example="100000"),
            Field("公开栏目网址", FieldType.URL, example="www.example.gov.cn/zwgk"),
        ),
        note="请如实填写本单位承担政务公开和政府信息公开工作的机构和人员；人员变动后请及时重报。",
        beside="机构信息审批单（负责人签字并加盖公章的扫描件或照片）",
    ),
)  # fmt: skip


def main() -> None:
    """Write the template and the bundled sheets of fields."""
    folder = Path(__file__).parent
    build_form(folder / "收集表.xlsx")
    bundled = folder / "收集表"
    bundled.mkdir(exist_ok=True)
    (bundled / "机构信息表.xlsx").write_bytes(fields_book.render(coded(AGENCY), identified=False))


def build_form(path: Path) -> None:
    """The template of the form."""
    book = _book(path, "收集表")
    styles = Styles(book)
    sheet = book.add_worksheet("收集表")
    plain = styles.make(BODY_FONT, 11, locked=False)
    for column, width in enumerate((9.5, 6, 16)):
        sheet.set_column(column, column, width, plain)
    sheet.set_row(0, 38)
    sheet.merge_range(0, 0, 0, 2, "{标题}", styles.make(TITLE_FONT, 20, align="center"))
    sheet.set_row(1, 24)
    line = "填报单位：{填报单位}　　填报期：{填报期}　　报送截止日期：{截止日期}"
    sheet.merge_range(1, 0, 1, 2, line, styles.make(BODY_FONT, 12, bold=True))
    sheet.merge_range(2, 0, 2, 2, "{填表说明}", styles.make(SECOND_FONT, 12))
    sheet.set_row(3, 30)
    header = {"align": "center"}
    for column, word in enumerate(("编码", "序号")):
        sheet.write(3, column, word, styles.boxed(HEAVY_FONT, 11, bg_color="#DCE6F1", **header))
    sheet.write(3, 2, "字段", styles.boxed(HEAVY_FONT, 11, bg_color="#FFF2CC", **header))
    sheet.set_row(4, 30)
    fill: dict[str, Any] = {"bg_color": "#FFFBE6", "locked": False, "align": "left"}
    code = {"font_color": "#7F7F7F", "num_format": "@", "align": "center"}
    sheet.write(4, 0, "{编码}", styles.boxed(BODY_FONT, 9, **code))
    sheet.write(4, 1, "{序号}", styles.boxed(BODY_FONT, 11, align="center"))
    sheet.write(4, 2, "{字段}", styles.boxed(BODY_FONT, 11, num_format="@", **fill))
    centred = fill | {"align": "center"}
    samples = {
        "必填": styles.boxed(HEAVY_FONT, 11, bg_color="#FFD966", **header),
        "提示": styles.boxed(SECOND_FONT, 9, font_color="#7F7F7F", valign="top", align="left"),
        "日期": styles.boxed(BODY_FONT, 11, num_format="yyyy-mm-dd", **centred),
        "数字": styles.boxed(BODY_FONT, 11, num_format="General", **centred),
    }
    for column, (word, style) in enumerate(samples.items()):
        sheet.write(5, column, f"{{字段·{word}}}", style)
    sheet.set_row(6, 12)
    label = styles.make(HEAVY_FONT, 11, align="right")
    answer = styles.make(BODY_FONT, 11, bottom=1, bottom_color=GRID, num_format="@", **fill)
    for row, word in enumerate(("填报人", "联系电话", "审核人", "填报日期"), start=7):
        sheet.set_row(row, 24)
        sheet.merge_range(row, 0, row, 1, f"{word}：", label)
        sheet.write_blank(row, 2, None, answer)
    sheet.freeze_panes(4, 2)
    _page(sheet, 3)
    _notes_sheet(book, styles, "填报说明", NOTES)
    book.close()


if __name__ == "__main__":
    main()
