"""PDFs: lines become paragraphs, ruled cells a table, whatever page ends cut."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pdffile import Pdf

from toolkit.containers.content import Content, Paragraph, Sheet, Span, TableBlock
from toolkit.containers.documents import pdf as reader
from toolkit.containers.documents.docx import read_docx
from toolkit.containers.documents.pdf import read_pdf

LEFT, RIGHT = 90, 490
"""A text area of forty characters of ten points."""


def texts(content: Content) -> list[str]:
    return [block.text for block in content.blocks if isinstance(block, Paragraph)]


def sheets(content: Content) -> list[Sheet]:
    return [block.sheet for block in content.blocks if isinstance(block, TableBlock)]


def wrapped(text: str, indent: int = 2, width: int = 40) -> list[str]:
    """Text as a typesetting program breaks it, the first line indented; no punctuation begins a line."""
    first, rest = text[: width - indent], text[width - indent :]
    return [first, *(rest[at : at + width] for at in range(0, len(rest), width))]


BODY = "各单位要高度重视政务公开工作并明确专人负责按时报送进展情况" * 3 + "确保落实到位。"


def test_lines_that_were_full_are_one_paragraph() -> None:
    made = Pdf()
    y = 100.0
    for _ in range(3):
        for number, line in enumerate(wrapped(BODY)):
            made.text(LEFT + (20 if number == 0 else 0), y, line)
            y += 18
    assert texts(read_pdf(made.data(), "")) == [BODY, BODY, BODY]


def test_a_line_with_room_left_ends_its_paragraph() -> None:
    made = Pdf()
    made.column(LEFT, 100, ["附件：", "一" * 40, "二" * 40, "三" * 40, "四" * 39, "五" * 12])
    assert texts(read_pdf(made.data(), "")) == ["附件：", "一" * 40 + "二" * 40 + "三" * 40 + "四" * 39, "五" * 12]


def test_paragraphs_go_on_over_the_page_end_and_page_numbers_do_not() -> None:
    made = Pdf()
    lines = wrapped(BODY * 4)
    half = len(lines) // 2
    made.text(LEFT + 20, 100, lines[0])
    made.column(LEFT, 118, lines[1:half], pitch=18)
    made.text(280, 800, "— 1 —")
    made.page()
    made.column(LEFT, 100, lines[half:], pitch=18)
    made.text(280, 800, "第 2 页 共 2 页")
    assert texts(read_pdf(made.data(), "")) == [BODY * 4]


def test_what_every_page_repeats_at_its_edge_is_dropped() -> None:
    made = Pdf()
    for number in range(4):
        if number:
            made.page()
        made.text(LEFT, 40, "青禾县人民政府公报")
        made.text(LEFT, 400, f"第{'甲乙丙丁'[number]}段话。")
    assert texts(read_pdf(made.data(), "")) == ["第甲段话。", "第乙段话。", "第丙段话。", "第丁段话。"]


def test_a_title_on_two_lines_is_one() -> None:
    made = Pdf()
    made.text(150, 80, "关于印发青禾县政务公开", 22, bold=True)
    made.text(205, 112, "工作方案的通知", 22, bold=True)
    made.column(LEFT, 170, wrapped(BODY, indent=0), pitch=18)
    first = read_pdf(made.data(), "").blocks[0]
    assert isinstance(first, Paragraph)
    assert (first.text, first.centred, first.bold) == ("关于印发青禾县政务公开工作方案的通知", True, True)


XS = [90.0, 130.0, 250.0, 400.0, 490.0]


def task_table(made: Pdf, top: float, rows: list[list[list[str]]]) -> None:
    """Rows of cells of lines; every row as high as its longest cell wants."""
    ys = [top]
    for row in rows:
        for x, lines in zip(XS, row, strict=False):
            made.column(x + 5, ys[-1] + 4, lines, pitch=14)
        ys.append(ys[-1] + 8 + 14 * max(map(len, row)))
    made.frame(XS, ys)


HEADER = [["序号"], ["工作任务"], ["具体要求"], ["责任单位"]]


def test_a_table_cut_by_a_page_end_is_whole_again() -> None:
    made = Pdf()
    made.text(LEFT, 80, "任务分工表")
    task_table(made, 100, [HEADER, [["1"], ["清单管理"], ["六月底前编制清单并向社会公开", "布，"], ["县政务办"]]])
    made.page()
    task_table(made, 80, [HEADER, [[], [], ["接受监督。"], []], [["2"], ["解读"], ["同步解读。"], ["县司法局"]]])
    (sheet,) = sheets(read_pdf(made.data(), ""))
    assert sheet.rows == [
        ["序号", "工作任务", "具体要求", "责任单位"],
        ["1", "清单管理", "六月底前编制清单并向社会公开布，\n接受监督。", "县政务办"],
        ["2", "解读", "同步解读。", "县司法局"],
    ]


def test_a_merged_cell_that_reaches_over_the_page_end_is_one() -> None:
    made = Pdf()
    for x in XS:
        made.line(x, 100, x, 160)
    for y in (100, 120, 160):
        made.line(XS[0], y, XS[-1], y)
    for x0, x1 in ((XS[0], XS[1]), (XS[2], XS[4])):
        made.line(x0, 140, x1, 140)
    for x, text in zip(XS, ["序号", "工作任务", "要求", "单位"], strict=False):
        made.text(x + 5, 104, text)
    made.text(XS[1] + 5, 124, "清单管理")
    for number, y in ((1, 124), (2, 144)):
        made.text(XS[0] + 5, y, str(number))
        made.text(XS[2] + 5, y, f"要求{number}。")
        made.text(XS[3] + 5, y, f"单位{number}")
    made.page()
    task_table(made, 80, [[["3"], [], ["要求3。"], ["单位3"]]])
    (sheet,) = sheets(read_pdf(made.data(), ""))
    assert [row[0] for row in sheet.rows] == ["序号", "1", "2", "3"]
    assert sheet.spans == (Span(1, 1, 3, 1),)


def test_a_heading_that_fills_its_line_is_told_by_being_shared() -> None:
    made = Pdf()
    heading = "着力夯实政务公开各项"  # ten characters, and room for ten
    xs, ys = [90.0, 200.0, 300.0], [100.0, 160.0, 220.0]
    made.frame(xs, ys)
    made.line(200, 130, 300, 130)
    made.line(200, 190, 300, 190)
    made.column(95, 104, [heading, "加强清单管理"], pitch=14)
    made.column(95, 164, [heading, "做好政策解读"], pitch=14)
    for number, y in enumerate((104, 134, 164, 194), start=1):
        made.text(205, y, f"要求{number}。")
    (sheet,) = sheets(read_pdf(made.data(), ""))
    assert sheet.rows[0][0] == f"{heading}\n加强清单管理"
    assert sheet.rows[2][0] == f"{heading}\n做好政策解读"


def test_a_table_with_open_sides_is_one() -> None:
    made = Pdf()
    for y in (100, 120, 140):
        made.line(90, y, 490, y)
    made.line(200, 100, 200, 140)
    for y, row in ((104, ["任务", "单位"]), (124, ["公开", "县政务办"])):
        made.text(95, y, row[0])
        made.text(205, y, row[1])
    (sheet,) = sheets(read_pdf(made.data(), ""))
    assert sheet.rows == [["任务", "单位"], ["公开", "县政务办"]]


def test_a_frame_around_text_is_no_table() -> None:
    made = Pdf()
    made.frame([80, 500], [90, 200])
    made.text(LEFT, 100, "温馨提示")
    content = read_pdf(made.data(), "")
    assert texts(content) == ["温馨提示"]
    assert sheets(content) == []


def test_a_scan_says_that_it_is_one() -> None:
    made = Pdf()
    made.picture()
    assert [finding.code for finding in read_pdf(made.data(), "").findings] == ["files.pdf-scanned"]


def test_a_scanned_page_among_others_is_named() -> None:
    made = Pdf()
    made.text(LEFT, 100, "正文")
    made.page()
    made.picture()
    (finding,) = read_pdf(made.data(), "").findings
    assert finding.code == "files.pdf-scanned-pages"
    assert "第 2 页" in finding.message


def test_a_long_document_is_refused_with_its_length(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "PAGES", 3)
    made = Pdf()
    for _ in range(3):
        made.page()
    content = read_pdf(made.data(), "")
    assert content.blocks == []
    assert [(f.code, "4 页" in f.message) for f in content.findings] == [("files.pdf-too-long", True)]


def test_a_password_is_named() -> None:
    encrypt = f"<< /Filter /Standard /V 1 /R 2 /P -4 /O <{'11' * 32}> /U <{'22' * 32}> >>"
    data = Pdf().data().replace(b"/Root 1 0 R", f"/Root 1 0 R /Encrypt {encrypt} /ID [<00> <00>]".encode())
    assert [finding.code for finding in read_pdf(data, "").findings] == ["files.pdf-encrypted"]


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**32), st.integers(1, 12))
def test_damaged_bytes_end_as_content_or_as_a_finding(seed: int, flips: int) -> None:
    made = Pdf()
    made.text(LEFT, 60, "任务分工表")
    task_table(made, 100, [HEADER, [["1"], ["清单"], ["公开。"], ["县政务办"]]])
    data = bytearray(made.data())
    chance = random.Random(seed)
    for _ in range(flips):
        data[chance.randrange(len(data))] = chance.randrange(256)
    content = read_pdf(bytes(data), "")
    assert content.blocks or content.findings


@pytest.mark.corpus
def test_the_printed_table_equals_the_one_it_was_printed_from(corpus: Path) -> None:
    notices = corpus / "notices"
    (printed,) = sheets(read_pdf((notices / "kaiping-2018-table.pdf").read_bytes(), ""))
    (written,) = sheets(read_docx((notices / "kaiping-2018-table.docx").read_bytes(), ""))
    assert printed.rows == written.rows
    assert set(printed.spans) == set(written.spans)


@pytest.mark.corpus
def test_every_numbered_task_of_the_printed_prose_is_a_paragraph(corpus: Path) -> None:
    content = read_pdf((corpus / "notices" / "fushun-2020-prose.pdf").read_bytes(), "")
    numbered = [text for text in texts(content) if text[0].isdigit() and text.partition(".")[0].isdigit()]
    assert [text.partition(".")[0] for text in numbered] == [str(number) for number in range(1, 21)]
    assert all(text.endswith("）") for text in numbered)
