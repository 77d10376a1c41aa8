"""Word documents as a reader of the page would see them."""

from __future__ import annotations

import io
import random
from datetime import UTC, datetime

import docx as python_docx
import pytest
import wordxml as w
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.containers.content import Content, Paragraph, Sheet, Span, TableBlock
from toolkit.containers.documents.docx import read_docx


def texts(content: Content) -> list[str]:
    assert content.findings == []
    return [block.text for block in content.blocks if isinstance(block, Paragraph)]


def body(*parts: str, **more: str) -> list[str]:
    return texts(read_docx(w.document("".join(parts), **more), "通知.docx"))


def only_table(data: bytes) -> Sheet:
    (block,) = read_docx(data, "表.docx").blocks
    assert isinstance(block, TableBlock)
    return block.sheet


def test_numbers_that_stand_only_in_the_numbering_part_are_written_out() -> None:
    levels = (
        w.level(0, "chineseCountingThousand", "%1、")
        + w.level(1, "japaneseCounting", "（%2）")
        + w.level(2, "decimal", "%3.")
        + w.level(3, "decimalEnclosedCircle", "%4")
    )
    lines = [
        ("总体要求", 0),
        ("重点任务", 0),
        ("公开", 1),
        ("清单", 2),
        ("台账", 2),
        ("细目", 3),
        ("解读", 1),
        ("图解", 2),
    ]
    assert body(*(w.numbered(text, 1, depth) for text, depth in lines), numbering=w.lists(levels)) == [
        "一、总体要求",
        "二、重点任务",
        "（一）公开",
        "1.清单",
        "2.台账",
        "① 细目",
        "（二）解读",
        "1.图解",
    ]


def test_two_lists_of_one_definition_count_on_unless_one_begins_anew() -> None:
    again = {2: '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'}
    numbering = w.lists(w.level(0, "decimal", "%1."), count=3, overrides=again)
    parts = [w.numbered("甲", 1), w.numbered("乙", 3), w.numbered("丙", 2), w.numbered("丁", 2)]
    assert body(*parts, numbering=numbering) == ["1.甲", "2.乙", "1.丙", "2.丁"]


def test_a_list_that_begins_anew_below_leaves_the_levels_above_alone() -> None:
    anew = "".join(
        f'<w:lvlOverride w:ilvl="{depth}"><w:startOverride w:val="{start}"/></w:lvlOverride>'
        for depth, start in ((0, 7), (1, 99))
    )
    levels = w.level(0, "decimal", "%1") + w.level(1, "decimal", "%1.%2")
    parts = [("甲", 1, 0), ("乙", 1, 0), ("丙", 1, 1), ("丁", 2, 1), ("戊", 2, 1), ("己", 1, 0)]
    numbering = w.lists(levels, count=2, overrides={2: anew})
    assert body(*(w.numbered(*part) for part in parts), numbering=numbering) == [
        "1 甲",
        "2 乙",
        "2.1 丙",
        "2.99 丁",
        "2.100 戊",
        "3 己",
    ]


def test_levels_in_one_label_and_legal_numbers() -> None:
    levels = w.level(0, "chineseCounting", "第%1章") + w.level(1, "decimal", "%1.%2", more="<w:isLgl/>")
    parts = [w.numbered("总则", 1), w.numbered("范围", 1, 1), w.numbered("2020年起", 1, 1)]
    assert body(*parts, numbering=w.lists(levels)) == ["第一章 总则", "1.1 范围", "1.2 2020年起"]


def test_a_level_that_never_restarts_counts_through() -> None:
    levels = w.level(0, "chineseCounting", "%1、") + w.level(1, "decimal", "%2.", more='<w:lvlRestart w:val="0"/>')
    parts = [w.numbered(text, 1, depth) for text, depth in [("甲", 0), ("a", 1), ("b", 1), ("乙", 0), ("c", 1)]]
    assert body(*parts, numbering=w.lists(levels)) == ["一、甲", "1.a", "2.b", "二、乙", "3.c"]


def test_numbering_through_a_style_and_switched_off_again() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="T1"><w:name w:val="任务一级"/><w:pPr><w:outlineLvl w:val="0"/>'
        '<w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="T2"><w:name w:val="任务二级"/><w:basedOn w:val="T1"/></w:style>'
    )
    levels = w.level(0, "chineseCounting", "%1、", more='<w:pStyle w:val="T1"/>') + w.level(
        1, "decimal", "%2.", more='<w:pStyle w:val="T2"/>'
    )
    off = '<w:pStyle w:val="T1"/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="0"/></w:numPr>'
    data = w.document(
        w.paragraph("强化领导", '<w:pStyle w:val="T1"/>')
        + w.paragraph("细化", '<w:pStyle w:val="T2"/>')
        + w.paragraph("附则", off),
        styles=styles,
        numbering=w.lists(levels),
    )
    blocks = read_docx(data, "").blocks
    assert [(b.text, b.style, b.level) for b in blocks if isinstance(b, Paragraph)] == [
        ("一、强化领导", "任务一级", 0),
        ("1.细化", "任务二级", 0),
        ("附则", "任务一级", 0),
    ]


def test_an_empty_paragraph_with_a_number_is_the_number_of_a_table_row() -> None:
    numbering = w.lists(w.level(0, "decimal", "%1"))
    rows = [w.row(w.cell("", inner=w.numbered("", 1)), w.cell(text)) for text in ("印发方案", "开展培训")]
    sheet = only_table(w.document(w.table(*rows), numbering=numbering))
    assert sheet.rows == [["1", "印发方案"], ["2", "开展培训"]]


def test_bullets_are_not_written_out() -> None:
    assert body(w.numbered("要点", 1), numbering=w.lists(w.level(0, "bullet", "\uf0b7"))) == ["要点"]


def test_tracked_changes_are_read_as_accepted() -> None:
    deleted = "<w:del><w:r><w:delText>市工信局</w:delText></w:r></w:del>"
    inserted = f"<w:ins>{w.run('市数据局')}</w:ins>"
    moved = f"<w:moveFrom>{w.run('旧处')}</w:moveFrom>"
    here = f"<w:moveTo>{w.run('新处')}</w:moveTo>"
    joined = w.paragraph("责任单位：", "<w:rPr><w:del/></w:rPr>") + w.paragraph("市教育局")
    assert body(w.paragraph("牵头：", runs=deleted + inserted + moved + here), joined) == [
        "牵头：市数据局新处",
        "责任单位：市教育局",
    ]


def test_a_deleted_row_is_gone() -> None:
    rows = [w.row(w.cell("1"), w.cell("甲")), w.row(w.cell("2"), w.cell("乙"), properties="<w:del/>")]
    assert only_table(w.document(w.table(*rows))).rows == [["1", "甲"]]


def test_a_text_box_stands_once_behind_its_paragraph_notes_field_codes_and_hidden_text_are_left_out() -> None:
    inside = f"<w:txbxContent>{w.paragraph('框内')}</w:txbxContent>"
    box = (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>{inside}</w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict>{inside}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    begin, separate, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end"))
    code = '<w:r><w:instrText>HYPERLINK "http://x"</w:instrText></w:r>'
    field = begin + code + separate + w.run("门户网站") + end
    runs = box + w.run("公开于") + field + w.run("密", "<w:vanish/>") + '<w:r><w:footnoteReference w:id="1"/></w:r>'
    assert body(w.paragraph(runs=runs)) == ["公开于门户网站", "框内"]


def test_breaks_tabs_symbols_and_controls() -> None:
    runs = (
        "<w:r><w:t>关于印发</w:t><w:br/><w:t>方案的通知</w:t><w:tab/><w:noBreakHyphen/></w:r>"
        '<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>'
        f"<w:sdt><w:sdtContent>{w.run('已填')}</w:sdtContent></w:sdt>"
        f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{w.run('单击此处输入文字')}</w:sdtContent></w:sdt>"
        f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{w.run('并公开')}</w:sdtContent></w:sdt>"
    )
    assert body(w.paragraph(runs=runs)) == ["关于印发\n方案的通知\t-✓已填并公开"]


def test_form_of_a_paragraph_and_its_page() -> None:
    styles = (
        '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:pPr><w:outlineLvl w:val="0"/>'
        '<w:jc w:val="center"/></w:pPr><w:rPr><w:b/></w:rPr></w:style>'
    )
    parts = (
        w.paragraph("工作方案", '<w:pStyle w:val="1"/>')
        + w.paragraph(runs="<w:r><w:lastRenderedPageBreak/></w:r>" + w.run("第二页"))
        + w.paragraph(runs=w.run("半", "<w:b/>") + w.run("粗"))
    )
    first, second, third = read_docx(w.document(parts, styles=styles), "").blocks
    assert first == Paragraph("工作方案", page=1, style="heading 1", level=0, centred=True, bold=True)
    assert second == Paragraph("第二页", page=2, style="Normal")
    assert isinstance(third, Paragraph)
    assert not third.bold


MERGED = "<w:vMerge/>"
FIRST = '<w:vMerge w:val="restart"/>'


def wide(columns: int) -> str:
    return f'<w:gridSpan w:val="{columns}"/>'


def test_merged_cells_become_spans_with_the_text_at_the_top_left() -> None:
    data = w.document(
        w.table(
            w.row(w.cell("一、总体", wide(3))),
            w.row(w.cell("1"), w.cell("公开", FIRST), w.cell("甲")),
            w.row(w.cell("2"), w.cell("（压在下面）", MERGED), w.cell("乙")),
            widths=(500, 2000, 3000),
        )
    )
    sheet = only_table(data)
    assert sheet.rows == [["一、总体", None, None], ["1", "公开", "甲"], ["2", None, "乙"]]
    assert set(sheet.spans) == {Span(0, 0, 0, 2), Span(1, 1, 2, 1)}


def test_edges_dragged_a_hair_apart_are_one_column() -> None:
    data = w.document(
        w.table(
            w.row(w.cell("序号"), w.cell("任务", wide(2)), w.cell("单位")),
            w.row(w.cell("1", wide(2)), w.cell("公开"), w.cell("甲")),
            widths=(500, 40, 2000, 3000),
        )
    )
    assert only_table(data).rows == [["序号", "任务", "单位"], ["1", "公开", "甲"]]


def test_a_table_that_only_frames_another_is_not_there() -> None:
    inner = w.table(w.row(w.cell("序号"), w.cell("任务")), w.row(w.cell("1"), w.cell("公开")))
    outer = w.table(w.row(w.cell("", inner=w.paragraph("附件") + inner + w.paragraph())))
    blocks = read_docx(w.document(outer), "").blocks
    assert [block.text if isinstance(block, Paragraph) else block.sheet.rows for block in blocks] == [
        "附件",
        [["序号", "任务"], ["1", "公开"]],
    ]


def test_a_table_inside_a_cell_is_its_text() -> None:
    inner = w.table(w.row(w.cell("牵头"), w.cell("甲")), w.row(w.cell("配合"), w.cell("乙")))
    outer = w.table(w.row(w.cell("序号"), w.cell("单位")), w.row(w.cell("1"), w.cell("", inner=inner + w.paragraph())))
    assert only_table(w.document(outer)).rows == [["序号", "单位"], ["1", "牵头\t甲\n配合\t乙"]]


def test_python_docx_tables_read_the_same() -> None:
    made = python_docx.Document()
    grid = made.add_table(rows=3, cols=3)
    for r in range(3):
        for c in range(3):
            grid.cell(r, c).text = f"{r}{c}"
    grid.cell(0, 0).merge(grid.cell(0, 1))
    grid.cell(1, 2).merge(grid.cell(2, 2))
    stream = io.BytesIO()
    made.save(stream)
    sheet = only_table(stream.getvalue())
    assert sheet.rows == [["00\n01", None, "02"], ["10", "11", "12\n22"], ["20", "21", None]]
    assert set(sheet.spans) == {Span(0, 0, 0, 1), Span(1, 2, 2, 2)}


def test_custom_properties_and_the_saved_time_of_the_document_itself() -> None:
    custom = (
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
        'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
        '<property fmtid="{0}" pid="2" name="fengong"><vt:lpwstr>P1-R2</vt:lpwstr></property></Properties>'
    )
    core = (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dcterms="http://purl.org/dc/terms/"><dcterms:modified>2024-12-01T08:00:00+08:00</dcterms:modified>'
        "</cp:coreProperties>"
    )
    content = read_docx(
        w.document(w.paragraph("文"), more={"docProps/custom.xml": custom, "docProps/core.xml": core}), ""
    )
    assert content.properties == {"fengong": "P1-R2"}
    assert content.modified == datetime(2024, 12, 1, tzinfo=UTC)
    assert read_docx(w.document(w.paragraph("文")), "").modified == datetime(2024, 3, 5, 9, 30, tzinfo=UTC)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused_in_any_encoding(encoding: str) -> None:
    bomb = (
        f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE d [<!ENTITY a "哈"><!ENTITY b "&a;&a;">]>'
        f'<w:document xmlns:w="{w.W}"><w:body><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body></w:document>'
    )
    content = read_docx(w.document("", more={"word/document.xml": bomb.encode(encoding)}), "")
    assert content.blocks == []
    assert [finding.code for finding in content.findings] == ["files.xml-unsafe"]


def test_a_document_without_text_says_so() -> None:
    assert [f.code for f in read_docx(w.document(w.paragraph()), "").findings] == ["files.no-text"]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.text(alphabet="公开任务12 ", max_size=4), min_size=3, max_size=3), min_size=2, max_size=5))
def test_any_plain_table_comes_back(rows: list[list[str]]) -> None:
    rows[-1][0] = "末"
    data = w.document(w.table(*(w.row(*(w.cell(text) for text in line)) for line in rows)))
    assert only_table(data).rows == [[text.strip() or None for text in line] for line in rows]


@settings(max_examples=80, deadline=None)
@given(st.integers(0, 2**32), st.integers(1, 12))
def test_damaged_bytes_end_as_content_or_as_a_finding(seed: int, flips: int) -> None:
    levels = w.level(0, "chineseCounting", "%1、")
    parts = w.numbered("任务", 1) + w.table(
        w.row(w.cell("1", FIRST), w.cell("甲")), w.row(w.cell("", MERGED), w.cell("乙"))
    )
    data = bytearray(w.document(parts, numbering=w.lists(levels)))
    chance = random.Random(seed)
    for _ in range(flips):
        data[chance.randrange(len(data))] = chance.randrange(256)
    content = read_docx(bytes(data), "坏.docx")
    assert content.blocks or content.findings
