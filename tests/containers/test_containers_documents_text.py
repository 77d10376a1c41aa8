"""Plain text: a paragraph a line, and only clear tables as tables."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.containers.content import Content, Paragraph, Sheet, Span, TableBlock
from toolkit.containers.documents.text import blocks_of_text, read_text


def texts(content: Content) -> list[str]:
    return [block.text for block in content.blocks if isinstance(block, Paragraph)]


def only_table(text: str) -> Sheet:
    (block,) = [block for block in blocks_of_text(text) if isinstance(block, TableBlock)]
    return block.sheet


LETTER = "关于印发工作方案的通知\r\n\r\n各乡镇人民政府：\r\n　　现将方案印发给你们，\r\n请认真贯彻执行。\r\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
def test_a_letter_in_any_encoding(encoding: str) -> None:
    content = read_text(LETTER.encode(encoding), "")
    assert content.findings == []
    assert texts(content) == ["关于印发工作方案的通知", "各乡镇人民政府：", "现将方案印发给你们，请认真贯彻执行。"]


def test_a_text_cut_inside_a_character_is_read_and_says_so() -> None:
    content = read_text((LETTER * 20).encode()[:-4], "")
    assert len(texts(content)) == 60
    assert [finding.code for finding in content.findings] == ["files.text-lossy"]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_stray_byte_does_not_cost_the_text(encoding: str) -> None:
    data = (LETTER * 20).encode(encoding)
    content = read_text(data[:40] + b"\x00\xff" + data[42:], "")
    assert len(texts(content)) >= 59
    assert [finding.code for finding in content.findings] == ["files.text-lossy"]


def test_bytes_that_are_no_text_are_refused() -> None:
    content = read_text(bytes(range(256)) * 40, "")
    assert [finding.code for finding in content.findings] == ["files.text-undecodable"]


def test_markdown_headings() -> None:
    (first, second) = blocks_of_text("# 工作方案\n## 一、总体要求 ##")
    assert first == Paragraph("工作方案", style="Heading 1", level=0)
    assert second == Paragraph("一、总体要求", style="Heading 2", level=1)


def test_form_feeds_begin_pages() -> None:
    blocks = blocks_of_text("甲\n\f乙\n")
    assert [(block.page, block.text) for block in blocks if isinstance(block, Paragraph)] == [(1, "甲"), (2, "乙")]


def test_lines_with_tabs_are_a_table_also_over_blank_lines() -> None:
    text = "附件\n序号\t任务\t单位\n1\t公开\t甲\n\t解读\t\n\n序号\t任务\t单位\n2\t回应\t乙\n联系人：丙\n"
    blocks = blocks_of_text(text)
    assert [block.text for block in blocks if isinstance(block, Paragraph)] == ["附件", "联系人：丙"]
    assert only_table(text).rows == [
        ["序号", "任务", "单位"],
        ["1", "公开", "甲"],
        [None, "解读", None],
        ["序号", "任务", "单位"],
        ["2", "回应", "乙"],
    ]


def test_the_clipboard_of_a_spreadsheet_quotes_cells_with_line_breaks() -> None:
    assert only_table('序号\t要求\n1\t"第一行\n第二行，称为""双公示"""\n').rows == [
        ["序号", "要求"],
        ["1", "第一行\n第二行，称为“双公示”".replace("“", '"').replace("”", '"')],
    ]


@pytest.mark.parametrize(
    "text",
    [
        "\t　　一、总体要求\n\t　　二、重点任务\n",
        "1.\t完善制度。\n2.\t加强培训。\n",
        "联系人：张三\t电话：0000000\n其他说明\n",
        "工作任务 |\n责任单位 |\n||\n公开 |\n|\n||\n",
    ],
)
def test_what_is_not_clearly_a_table_stays_lines(text: str) -> None:
    assert all(isinstance(block, Paragraph) for block in blocks_of_text(text))


def test_markdown_tables_with_full_rows_and_rules() -> None:
    sheet = only_table("| 序号 | 任务 |\n|:--|--:|\n| 一、基础 |\n| 1 | 公开\\|解读 |\n")
    assert sheet.rows == [["序号", "任务"], ["一、基础", None], ["1", "公开|解读"]]
    assert sheet.spans == (Span(1, 0, 1, 1),)


@given(st.lists(st.lists(st.text("公开任务单位1、。", max_size=5), min_size=3, max_size=3), min_size=2, max_size=6))
def test_a_copied_table_comes_back(rows: list[list[str]]) -> None:
    rows = [["序号", "任务", "单位"], *([f"第{n}", *row[1:]] for n, row in enumerate(rows, start=1))]
    rows[1:] = [[row[0], row[1] or "空", row[2]] for row in rows[1:]]
    copied = "\n".join("\t".join(row) for row in rows)
    assert only_table(copied).rows == [[cell or None for cell in row] for row in rows]


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=200))
def test_no_character_of_a_text_is_lost(text: str) -> None:
    content = Content(kind=read_text(b"x", "").kind, blocks=blocks_of_text(text))
    shown = "".join(texts(content)) + "".join(str(v) for s in content.tables() for r in s.rows for v in r if v)
    for letter in text:
        assert letter in shown or not letter.isalpha()


@pytest.mark.parametrize("line", ["-" * 200_000 + "x", "1.\t条", "| a |", '"\t'])
def test_long_runs_that_are_no_table_take_no_time(line: str) -> None:
    assert blocks_of_text("\n".join([line] * 20_000 if len(line) < 99 else [line]))
