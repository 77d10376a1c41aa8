"""Builds 提示单.docx, 催报单.docx, 退回单.docx and 通报.docx, the templates as they are delivered.

A clerk restyles the documents themselves in Word or WPS; run this only to get the delivered look back:

    python templates/build_documents.py

Words in double braces are filled in, ``{%p … %}`` and ``{%tr … %}`` repeat a paragraph or a table row for
each thing named; everything else, fonts and page included, may be changed.  The page is that of GB/T 9704-2012:
A4, margins 37/35/28/26 mm, title 二号小标宋, body 三号仿宋 at 22 lines of 28 characters, page numbers outside.
"""

from __future__ import annotations

import io
from datetime import datetime
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Emu, Mm, Pt, RGBColor

from toolkit import opc

TITLE_FONT = "方正小标宋简体"
HEAVY_FONT = "黑体"
SECOND_FONT = "楷体_GB2312"
BODY_FONT = "仿宋_GB2312"
BORN = datetime(2024, 1, 1)
LINE = Pt(28.95)
"""225 mm ÷ 22 lines."""

TIP_COLUMNS = (("序号", 12), ("工作任务", 36), ("具体要求", 78), ("职责", 14), ("完成情况", 44), ("备注", 38))
TIP_ALL_COLUMNS = (("序号", 12), ("工作任务", 32), ("具体要求", 72), ("责任单位", 40), ("完成情况", 38), ("备注", 31))
DUN_COLUMNS = (("序号", 12), ("工作任务", 34), ("具体要求", 70), ("职责", 14), ("完成时限", 26))
DUN_ALL_COLUMNS = (("序号", 12), ("单位", 52), ("应报任务", 20), ("逾期天数", 20), ("联系人", 20), ("电话", 32))
DUN_SURVEY_COLUMNS = (("序号", 12), ("单位", 66), ("逾期天数", 20), ("联系人", 24), ("电话", 34))
RETURN_COLUMNS = (("序号", 12), ("单元格", 26), ("问题", 62), ("怎样改", 56))
REPORTED_COLUMNS = (("序号", 12), ("单位", 62), ("报送情况", 26), ("报送日期", 38), ("待更正", 18))
RANK_COLUMNS = (("名次", 14), ("单位", 66), ("应报", 17), ("已报", 17), ("完成率", 21), ("得分", 21))


def main() -> None:
    """Write the templates beside this file."""
    folder = Path(__file__).parent
    for name, build in (("提示单", tips), ("催报单", dunning), ("退回单", returns), ("通报", circular),
                        ("催报单（收集表）", survey_dunning), ("通报（收集表）", survey_circular)):  # fmt: skip
        document = _document(name)
        build(document)
        stream = io.BytesIO()
        document.save(stream)
        (folder / f"{name}.docx").write_bytes(opc.write_parts(opc.read_parts(stream.getvalue())))


def tips(document: Any) -> None:
    """提示单: what is still open, in three groups, as an attachment across the page."""
    _title(document, "{{ 标题 }}")
    _salutation(document)
    _body(
        document,
        "根据《{{ 依据 }}》，现将截至{{ 统计日期 }}{% if 单位 %}你单位{% else %}各单位{% endif %}尚未完成的任务"
        "（共 {{ 任务数 }} 项，其中{{ 分组说明 }}）提示如下，请对照具体要求逐项落实"
        "{% if 截止日期 %}，并按填报期（{{ 填报期 }}）要求报送完成情况{% endif %}。",
    )
    _body(document, "附件：{{ 附件标题 }}")
    _signature(document)
    _attachment(document, landscape=True)
    _tag(document, "{%p for 组 in 分组 %}")
    document.add_paragraph("{{ 组.名称 }}", "表上标题")
    _tag(document, "{%p if 单位 %}")
    _table(document, TIP_COLUMNS, "组.任务")
    _tag(document, "{%p else %}")
    _table(document, TIP_ALL_COLUMNS, "组.任务")
    _tag(document, "{%p endif %}")
    _tag(document, "{%p endfor %}")


def dunning(document: Any) -> None:
    """催报单: who has not reported, with the tasks and the due date."""
    _title(document, "{{ 标题 }}")
    _salutation(document)
    _tag(document, "{%p if 单位 %}")
    _body(
        document,
        "根据《{{ 依据 }}》，你单位应报送{{ 填报期 }}任务完成情况共 {{ 任务数 }} 项"
        "{% if 截止日期 %}，截止日期为{{ 截止日期 }}{% endif %}。截至{{ 统计日期 }}，我办尚未收到你单位的填报表"
        "{% if 逾期天数 %}，已逾期 {{ 逾期天数 }} 天{% endif %}。",
    )
    _body(
        document,
        "请{% if 逾期天数 %}于收到本单后三个工作日内{% elif 截止日期 %}于截止日期前{% else %}尽快{% endif %}"
        "填好下发的填报表并报送，如有特殊情况请书面说明。应报任务附后。",
    )
    _signature(document)
    _attachment(document, landscape=False)
    _table(document, DUN_COLUMNS, "任务")
    _tag(document, "{%p else %}")
    _body(
        document,
        "根据《{{ 依据 }}》，{{ 填报期 }}任务完成情况"
        "{% if 截止日期 %}应于{{ 截止日期 }}前报送{% else %}应按期报送{% endif %}。截至{{ 统计日期 }}，"
        "应报单位 {{ 应报单位数 }} 家，尚有 {{ 未报单位数 }} 家未报送（名单附后）。请未报单位抓紧填报。",
    )
    _signature(document)
    _attachment(document, landscape=False)
    _table(document, DUN_ALL_COLUMNS, "未报单位")
    _tag(document, "{%p endif %}")


def survey_dunning(document: Any) -> None:
    """催报单 of a 收集表: who has not sent the table in."""
    _title(document, "{{ 标题 }}")
    _salutation(document)
    _tag(document, "{%p if 单位 %}")
    _body(
        document,
        "请你单位报送《{{ 依据 }}》（{{ 填报期 }}）{% if 截止日期 %}，截止日期为{{ 截止日期 }}{% endif %}。"
        "截至{{ 统计日期 }}，我办尚未收到你单位的表{% if 逾期天数 %}，已逾期 {{ 逾期天数 }} 天{% endif %}。",
    )
    _body(
        document,
        "请{% if 逾期天数 %}于收到本单后三个工作日内{% elif 截止日期 %}于截止日期前{% else %}尽快{% endif %}"
        "填好下发的表，连同要求随附的材料一并报送，如有特殊情况请书面说明。",
    )
    _signature(document)
    _tag(document, "{%p else %}")
    _body(
        document,
        "《{{ 依据 }}》（{{ 填报期 }}）{% if 截止日期 %}应于{{ 截止日期 }}前报送{% else %}应按期报送{% endif %}。"
        "截至{{ 统计日期 }}，应报单位 {{ 应报单位数 }} 家，尚有 {{ 未报单位数 }} 家未报送（名单附后）。"
        "请未报单位抓紧填报。",
    )
    _signature(document)
    _attachment(document, landscape=False)
    _table(document, DUN_SURVEY_COLUMNS, "未报单位")
    _tag(document, "{%p endif %}")


def returns(document: Any) -> None:
    """退回单: which cell, what is wrong, how to mend it."""
    _title(document, "{{ 标题 }}")
    _salutation(document)
    _body(
        document,
        "{% if 单位 %}你单位{% else %}各单位{% endif %}报送的{{ 填报期 }}填报表经核对有 {{ 问题数 }} 处需要更正"
        "（见附表）。请在原填报表上改正后重新报送，以后报的为准；其他内容不必重填。",
    )
    _signature(document)
    _attachment(document, landscape=False)
    _tag(document, "{%p for 份 in 文件 %}")
    document.add_paragraph("{{ 份.名称 }}", "表上标题")
    _table(document, RETURN_COLUMNS, "份.问题")
    _tag(document, "{%p endfor %}")


def circular(document: Any) -> None:
    """通报: the round as a whole, ranking, good examples, problems."""
    _title(document, "{{ 标题 }}")
    _salutation(document)
    _body(document, "现将《{{ 依据 }}》{{ 填报期 }}任务完成情况通报如下。")
    _heading(document, "一、总体情况")
    _body(
        document,
        "截至{{ 统计日期 }}，应报单位 {{ 应报单位数 }} 家，已报 {{ 已报单位数 }} 家；应报任务 {{ 应报数 }} 项次，"
        "已报 {{ 已报数 }} 项次，完成率 {{ 完成率 }}。各项任务情况：{{ 情况说明 }}。",
    )
    _tag(document, "{{ 图_情况 }}", "图")
    _heading(document, "二、单位排名")
    _body(document, "得分由完成时限和完成质量两部分组成。{{ 排名说明 }}")
    _tag(document, "{{ 图_单位 }}", "图")
    _table(document, RANK_COLUMNS, "排名")
    _heading(document, "三、好的做法")
    _tag(document, "{%p for 例 in 好的做法 %}")
    _body(document, "{{ 例 }}")
    _tag(document, "{%p endfor %}")
    _heading(document, "四、存在问题")
    _tag(document, "{%p for 句 in 存在问题 %}")
    _body(document, "{{ 句 }}")
    _tag(document, "{%p endfor %}")
    _heading(document, "五、下一步要求")
    _body(document, "请未报单位尽快补报，被退回的单位按退回单改正后重新报送；逾期任务的责任单位要倒排时间、抓紧办结。")
    _body(document, "各单位要对照提示单逐项落实，完成情况要写清楚做了什么、做到什么程度，并附佐证材料。")
    _signature(document)


def survey_circular(document: Any) -> None:
    """通报 of a 收集表: who reported when, and whose table is to be mended."""
    _title(document, "{{ 标题 }}")
    _salutation(document)
    _body(document, "现将《{{ 依据 }}》（{{ 填报期 }}）报送情况通报如下。")
    _heading(document, "一、总体情况")
    _body(
        document,
        "截至{{ 统计日期 }}，应报单位 {{ 应报单位数 }} 家，已报 {{ 已报单位数 }} 家，报送率 {{ 报送率 }}"
        "{% if 截止日期 %}（截止日期为{{ 截止日期 }}）{% endif %}。其中{{ 情况说明 }}。各单位报送情况附后。",
    )
    _tag(document, "{{ 图_情况 }}", "图")
    _heading(document, "二、存在问题")
    _tag(document, "{%p for 句 in 存在问题 %}")
    _body(document, "{{ 句 }}")
    _tag(document, "{%p endfor %}")
    _heading(document, "三、下一步要求")
    _body(document, "请未报单位尽快补报，需要更正的单位按退回单改正后重新报送。")
    _signature(document)
    _attachment(document, landscape=False)
    _table(document, REPORTED_COLUMNS, "报送")


# --- the page and its styles -----------------------------------------------------------


def _document(name: str) -> Any:
    document = Document()
    properties = document.core_properties
    properties.title, properties.author, properties.comments = name, "fengong", ""
    properties.created = properties.modified = BORN
    section = document.sections[0]
    _page(section, Mm(210), Mm(297))
    section.different_first_page_header_footer = False
    document.settings.odd_and_even_pages_header_footer = True
    _style(document, "Normal", BODY_FONT, 16)
    _style(document, "公文标题", TITLE_FONT, 22, align="CENTER", line=Pt(34), after=Pt(20))
    _style(document, "公文正文", BODY_FONT, 16, indent=True)
    _style(document, "主送单位", BODY_FONT, 16)
    _style(document, "一级标题", HEAVY_FONT, 16, indent=True, keep=True)
    _style(document, "落款", BODY_FONT, 16, align="RIGHT", keep=True)
    _style(document, "附件", HEAVY_FONT, 16)
    _style(document, "表上标题", HEAVY_FONT, 14, line=Pt(26), keep=True)
    _style(document, "表头", HEAVY_FONT, 11, align="CENTER", line=Pt(16))
    _style(document, "表内文字", BODY_FONT, 11, align="LEFT", line=Pt(16))
    _style(document, "表内居中", BODY_FONT, 11, align="CENTER", line=Pt(16))
    _style(document, "图", BODY_FONT, 11, align="CENTER", line=0, after=Pt(8))
    document.styles["图"].paragraph_format.space_before = Pt(8)
    _style(document, "标记", BODY_FONT, 10, line=Pt(14))
    document.styles["标记"].font.color.rgb = RGBColor(0x7F, 0x7F, 0x7F)
    _style(document, "页码", "宋体", 14, line=0)
    _page_number(document, section.footer, WD_ALIGN_PARAGRAPH.RIGHT)
    _page_number(document, section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT)
    return document


def _page(section: Any, width: Any, height: Any) -> None:
    section.page_width, section.page_height = width, height
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.header_distance, section.footer_distance = Mm(15), Mm(24)


def _style(
    document: Any,
    name: str,
    font: str,
    size: float,
    *,
    align: str = "JUSTIFY",
    line: Any = LINE,
    after: Any = 0,
    indent: bool = False,
    keep: bool = False,
) -> None:
    styles = document.styles
    style = styles[name] if name == "Normal" else styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    if name != "Normal":
        style.base_style = styles["Normal"]
        style.quick_style = True
    style.font.name, style.font.size = "宋体" if font == "宋体" else "Times New Roman", Pt(size)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    fonts.set(qn("w:eastAsia"), font)
    shape = style.paragraph_format
    shape.alignment = getattr(WD_ALIGN_PARAGRAPH, align)
    shape.space_before, shape.space_after = Pt(0), after
    shape.widow_control = False
    shape.keep_with_next = keep
    if line:
        shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, line
    else:
        shape.line_spacing = 1.0
    if indent:
        paragraph = style.element.get_or_add_pPr()
        first = OxmlElement("w:ind")
        first.set(qn("w:firstLineChars"), "200")
        first.set(qn("w:firstLine"), str(int(size * 40)))
        paragraph.append(first)


def _page_number(document: Any, footer: Any, align: Any) -> None:
    paragraph = footer.paragraphs[0]
    paragraph.style = document.styles["页码"]
    paragraph.alignment = align
    for text, field in (("— ", False), ("PAGE", True), (" —", False)):
        run = paragraph.add_run("" if field else text)
        if field:
            for kind, words in (("begin", None), (None, text), ("end", None)):
                mark = OxmlElement("w:instrText" if words else "w:fldChar")
                if words:
                    mark.text = words
                else:
                    mark.set(qn("w:fldCharType"), kind)
                run._element.append(mark)
    indent = paragraph.paragraph_format
    if align == WD_ALIGN_PARAGRAPH.RIGHT:
        indent.right_indent = Pt(14)
    else:
        indent.left_indent = Pt(14)


# --- pieces of a document --------------------------------------------------------------


def _title(document: Any, text: str) -> None:
    document.add_paragraph(text, "公文标题")


def _salutation(document: Any) -> None:
    document.add_paragraph("{{ 主送 }}：", "主送单位")


def _body(document: Any, text: str) -> None:
    document.add_paragraph(text, "公文正文")


def _heading(document: Any, text: str) -> None:
    document.add_paragraph(text, "一级标题")


def _tag(document: Any, text: str, style: str = "标记") -> None:
    document.add_paragraph(text, style)


def _signature(document: Any) -> None:
    document.add_paragraph("", "公文正文")
    maker = document.add_paragraph("{{ 落款 }}", "落款")
    maker.paragraph_format.right_indent = Pt(32)
    day = document.add_paragraph("{{ 日期 }}", "落款")
    day.paragraph_format.right_indent = Pt(64)
    day.paragraph_format.keep_with_next = False


def _attachment(document: Any, *, landscape: bool) -> None:
    section = document.add_section(WD_SECTION.NEW_PAGE)
    _page(section, Mm(297) if landscape else Mm(210), Mm(210) if landscape else Mm(297))
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    if landscape:
        section.top_margin, section.bottom_margin = Mm(28), Mm(26)
        section.left_margin, section.right_margin = Mm(37), Mm(35)
        section.footer_distance = Mm(16)
    document.add_paragraph("附件", "附件")
    document.add_paragraph("{{ 附件标题 }}", "公文标题")


def _table(document: Any, columns: tuple[tuple[str, float], ...], rows: str) -> None:
    table = document.add_table(rows=4, cols=len(columns))
    table.style = "Table Grid"
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    for index, (word, width) in enumerate(columns):
        table.columns[index].width = Mm(width)
        for row, text in ((0, word), (2, "{{ 行." + word + " }}")):
            cell = table.cell(row, index)
            cell.width = Emu(int(Mm(width)))
            paragraph = cell.paragraphs[0]
            paragraph.text = text
            paragraph.style = "表头" if row == 0 else "表内居中" if width <= 22 else "表内文字"
    table.cell(1, 0).text = "{%tr for 行 in " + rows + " %}"
    table.cell(3, 0).text = "{%tr endfor %}"
    _pad(table)
    for row in table.rows:
        keep = OxmlElement("w:cantSplit")
        row._tr.get_or_add_trPr().append(keep)
    head = OxmlElement("w:tblHeader")
    table.rows[0]._tr.get_or_add_trPr().append(head)


def _pad(table: Any) -> None:
    """Air above and below the text of every cell, the text in the middle."""
    margins = OxmlElement("w:tblCellMar")
    for side, width in (("top", 40), ("left", 85), ("bottom", 40), ("right", 85)):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), str(width))
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    table._tbl.tblPr.append(margins)
    for row in table.rows:
        for cell in row.cells:
            cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER


if __name__ == "__main__":
    main()
