"""One notice of an invented county, from which the samples in other formats were saved by LibreOffice.

``python samples.py`` writes ``分工.docx`` beside this file; the others in ``data`` are that file saved as
``.doc``, ``.odt`` and ``.rtf``.
"""

from __future__ import annotations

from pathlib import Path

import wordxml as w

DATA = Path(__file__).resolve().parent / "data"

STYLES = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:basedOn w:val="a"/>'
    '<w:pPr><w:outlineLvl w:val="0"/><w:jc w:val="center"/></w:pPr><w:rPr><w:b/></w:rPr></w:style>'
)
LEVELS = (
    w.level(0, "chineseCountingThousand", "%1、")
    + w.level(1, "chineseCountingThousand", "（%2）")
    + w.level(2, "decimal", "%3.")
)
_FIRST = '<w:vMerge w:val="restart"/>'
_BELOW = "<w:vMerge/>"

TABLE = [
    ["序号", "工作任务", "具体要求", "责任单位"],
    ["一、夯实基础", None, None, None],
    ["1", "清单管理", "6月底前印发清单。", "县政务办"],
    ["2", None, "每季度更新一次。\n公开更新情况。", "县政务办、各乡镇"],
]
PARAGRAPHS = [
    "青禾县政务公开工作方案",
    "各乡镇人民政府，县政府各部门：",
    "一、总体要求",
    "二、重点任务",
    "（一）加强清单管理",
    "1.编制清单。责任单位：县数据局",
    "2.动态更新",
    "（二）做好解读",
    "青禾县人民政府办公室",
]


def notice() -> bytes:
    """A title, a list with three levels, a tracked change, a table with merged cells, a signature."""
    change = "<w:del><w:r><w:delText>县工信局</w:delText></w:r></w:del>" + f"<w:ins>{w.run('县数据局')}</w:ins>"
    item = '<w:numPr><w:ilvl w:val="2"/><w:numId w:val="1"/></w:numPr>'
    parts = [
        w.paragraph("青禾县政务公开工作方案", '<w:pStyle w:val="1"/>'),
        w.paragraph("各乡镇人民政府，县政府各部门："),
        w.numbered("总体要求", 1),
        w.numbered("重点任务", 1),
        w.numbered("加强清单管理", 1, 1),
        w.paragraph(properties=item, runs=w.run("编制清单。责任单位：") + change),
        w.numbered("动态更新", 1, 2),
        w.numbered("做好解读", 1, 1),
        w.table(
            w.row(*(w.cell(text or "") for text in TABLE[0])),
            w.row(w.cell("一、夯实基础", '<w:gridSpan w:val="4"/>')),
            w.row(w.cell("1"), w.cell("清单管理", _FIRST), w.cell("6月底前印发清单。"), w.cell("县政务办")),
            w.row(
                w.cell("2"),
                w.cell("", _BELOW),
                w.cell("", inner=w.paragraph("每季度更新一次。") + w.paragraph("公开更新情况。")),
                w.cell("县政务办、各乡镇"),
            ),
            widths=(900, 2200, 3600, 2400),
        ),
        w.paragraph("青禾县人民政府办公室"),
    ]
    return w.document("".join(parts), styles=STYLES, numbering=w.lists(LEVELS))


if __name__ == "__main__":
    DATA.mkdir(exist_ok=True)
    (DATA / "分工.docx").write_bytes(notice())
