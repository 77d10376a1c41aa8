"""Makes the bundled notice and register from our own text: ``python -m toolkit.sample.build``.

The notice looks like an official document (GB/T 9704): red letterhead, 28-point lines, title in 小标宋,
body in 仿宋, the task table on a landscape page.  The same text gives the same bytes.
"""

from __future__ import annotations

import io
import tomllib
from datetime import datetime
from pathlib import Path
from typing import Any

from toolkit.resources import templates_dir
from toolkit.sample.packages import restamped

NOTICE = "示例/示例通知.docx"
ROSTER = "示例/示例单位名录.xlsx"

_HERE = Path(__file__).resolve().parent
_SAVED = datetime(2026, 3, 2, 9, 0)
_TITLE_FONT, _BODY_FONT, _HEAD_FONT = "方正小标宋简体", "仿宋_GB2312", "黑体"
_COLUMN_CENTIMETRES = (1.2, 3.4, 8.4, 2.8, 3.8, 3.4, 2.8)


def build_notice() -> bytes:
    """示例通知.docx: letter, then the task table with one merged row a chapter."""
    import docx
    from docx.enum.section import WD_ORIENT, WD_SECTION
    from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
    from docx.shared import Mm

    text = _text("notice.toml")
    document = docx.Document()
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.top_margin, page.bottom_margin, page.left_margin, page.right_margin = Mm(37), Mm(35), Mm(28), Mm(26)

    _paragraph(document, text["letterhead"], _TITLE_FONT, 26, ALIGN.CENTER, colour="C00000")
    _paragraph(document, text["doc_number"], _BODY_FONT, 16, ALIGN.CENTER, underline=True)
    _paragraph(document, text["title"], _TITLE_FONT, 22, ALIGN.CENTER)
    _paragraph(document, text["addressees"], _BODY_FONT, 16)
    for paragraph in text["letter"]:
        _paragraph(document, paragraph, _BODY_FONT, 16, indent=True)
    _paragraph(document, text["attachment"], _BODY_FONT, 16, indent=True)
    _paragraph(document, text["issuer"], _BODY_FONT, 16, ALIGN.RIGHT)
    _paragraph(document, text["issued_on"], _BODY_FONT, 16, ALIGN.RIGHT)

    wide = document.add_section(WD_SECTION.NEW_PAGE)
    wide.orientation = WD_ORIENT.LANDSCAPE
    wide.page_width, wide.page_height = Mm(297), Mm(210)
    wide.top_margin = wide.bottom_margin = Mm(22)
    wide.left_margin = wide.right_margin = Mm(19)
    _paragraph(document, "附件", _HEAD_FONT, 16)
    _paragraph(document, text["table_title"], _TITLE_FONT, 18, ALIGN.CENTER)
    _task_table(document, text)

    stream = io.BytesIO()
    document.save(stream)
    return restamped(stream.getvalue(), _SAVED)


def build_roster() -> bytes:
    """示例单位名录.xlsx: the two sheets of the contract, every group filled."""
    import openpyxl

    blocks = _text("roster.toml")["unit"]
    book = openpyxl.Workbook()
    units = book.active
    assert units is not None
    units.title = "单位名录"
    units.append(["序号", "单位名称", "简称", "单位组", "联系人", "电话", "备注"])
    listed = [(name, short, block["group"]) for block in blocks for name, short in block["names"]]
    for order, (name, short, group) in enumerate(listed, start=1):
        units.append([order, name, short or None, group or None, None, None, None])
    groups = book.create_sheet("单位组")
    groups.append(["单位组", "成员", "依据"])
    for block in blocks:
        if block["group"]:
            groups.append([block["group"], "、".join(name for name, _ in block["names"]), "示例名录"])
    for sheet, widths in ((units, (8, 28, 16, 20, 12, 16, 20)), (groups, (20, 100, 16))):
        for column, width in zip("ABCDEFG", widths, strict=False):
            sheet.column_dimensions[column].width = width
        sheet.freeze_panes = "A2"
    stream = io.BytesIO()
    book.save(stream)
    return restamped(stream.getvalue(), _SAVED)


def build() -> tuple[Path, ...]:
    """Write both files into the templates folder."""
    made = {NOTICE: build_notice(), ROSTER: build_roster()}
    paths = []
    for name, data in made.items():
        path = templates_dir() / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        paths.append(path)
    return tuple(paths)


def _text(name: str) -> dict[str, Any]:
    return tomllib.loads((_HERE / name).read_text(encoding="utf-8"))


def _task_table(document: Any, text: dict[str, Any]) -> None:
    from docx.oxml import OxmlElement
    from docx.shared import Cm

    rows: list[list[str]] = [text["columns"]]
    number = 0
    for chapter in text["chapter"]:
        rows.append([chapter["name"]])
        for task in chapter["tasks"]:
            number += 1
            rows.append([str(number), *task])
    table = document.add_table(rows=len(rows), cols=len(text["columns"]), style="Table Grid")
    table.autofit = False
    for column, width in zip(table.columns, _COLUMN_CENTIMETRES, strict=True):
        column.width = Cm(width)
    for cells, row in zip(rows, table.rows, strict=True):
        targets = row.cells
        for target, width in zip(targets, _COLUMN_CENTIMETRES, strict=True):
            target.width = Cm(width)
        if len(cells) == 1:
            targets[0].merge(targets[-1])
        for value, target in zip(cells, targets, strict=False):
            heading = cells is rows[0] or len(cells) == 1
            _dress(target.paragraphs[0].add_run(value), _HEAD_FONT if heading else _BODY_FONT, 11)
    repeated = OxmlElement("w:tblHeader")
    table.rows[0]._tr.get_or_add_trPr().append(repeated)


def _paragraph(
    document: Any,
    text: str,
    font: str,
    points: float,
    align: Any = None,
    *,
    indent: bool = False,
    underline: bool = False,
    colour: str = "",
) -> None:
    from docx.shared import Pt

    paragraph = document.add_paragraph()
    paragraph.alignment = align
    layout = paragraph.paragraph_format
    layout.space_after = Pt(0)
    layout.line_spacing = Pt(max(28, points * 1.6))
    if indent:
        layout.first_line_indent = Pt(points * 2)
    if underline:
        _red_line_below(paragraph)
    _dress(paragraph.add_run(text), font, points, colour)


def _dress(run: Any, font: str, points: float, colour: str = "") -> None:
    """Font, size and colour of a run; Chinese text takes its font from the eastAsia attribute."""
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    run.font.name = font
    run.font.size = Pt(points)
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
    if colour:
        run.font.color.rgb = RGBColor.from_string(colour)


def _red_line_below(paragraph: Any) -> None:
    """The red rule between the number of an official document and its text."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    border = OxmlElement("w:pBdr")
    line = OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "18"), ("space", "6"), ("color", "C00000")):
        line.set(qn(f"w:{name}"), value)
    border.append(line)
    paragraph._p.get_or_add_pPr().append(border)


if __name__ == "__main__":
    for made in build():
        print(made)
