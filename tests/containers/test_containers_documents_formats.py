"""The same notice saved as .docx, .doc, .odt and .rtf reads the same."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
import samples
import wordxml as w
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.containers.content import Content, Paragraph, Span, TableBlock
from toolkit.containers.documents.doc import read_doc
from toolkit.containers.documents.docx import read_docx
from toolkit.containers.documents.odt import read_odt
from toolkit.containers.documents.rtf import read_rtf
from toolkit.containers.reader import read
from toolkit.language.text import essence

READERS: dict[str, Callable[[bytes, str], Content]] = {
    "docx": read_docx,
    "doc": read_doc,
    "odt": read_odt,
    "rtf": read_rtf,
}


def sample(ending: str) -> bytes:
    return (samples.DATA / f"分工.{ending}").read_bytes()


def texts(content: Content) -> list[str]:
    return [block.text for block in content.blocks if isinstance(block, Paragraph)]


@pytest.mark.parametrize("ending", READERS)
def test_paragraphs_numbers_and_accepted_changes(ending: str) -> None:
    content = READERS[ending](sample(ending), "")
    assert content.findings == []
    assert texts(content) == samples.PARAGRAPHS
    title = content.blocks[0]
    assert isinstance(title, Paragraph)
    assert (title.centred, title.bold) == (True, True)


@pytest.mark.parametrize("ending", READERS)
def test_the_table_stands_in_its_place_with_its_merged_cells(ending: str) -> None:
    block = READERS[ending](sample(ending), "").blocks[8]
    assert isinstance(block, TableBlock)
    assert block.sheet.rows == samples.TABLE
    assert set(block.sheet.spans) == {Span(1, 0, 1, 3), Span(2, 1, 3, 1)}


@pytest.mark.parametrize("ending", READERS)
def test_a_file_is_read_for_what_it_is_whatever_it_is_called(ending: str) -> None:
    assert texts(read(sample(ending), "回收表.xls")) == samples.PARAGRAPHS


def test_styles_and_levels_where_the_format_has_them() -> None:
    for ending in ("docx", "doc", "odt"):
        blocks = [b for b in READERS[ending](sample(ending), "").blocks if isinstance(b, Paragraph)]
        assert blocks[0].style.lower() == "heading 1"
        assert [block.level for block in blocks] == [0, None, 0, 0, 1, 2, 2, 1, None]


@pytest.mark.parametrize("ending", ["doc", "odt", "rtf"])
@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 2**32), flips=st.integers(1, 20))
def test_damaged_bytes_end_as_content_or_as_a_finding(ending: str, seed: int, flips: int) -> None:
    data = bytearray(sample(ending))
    chance = random.Random(seed)
    for _ in range(flips):
        data[chance.randrange(len(data))] = chance.randrange(256)
    content = READERS[ending](bytes(data), "")
    assert content.blocks or content.findings


@pytest.mark.parametrize("ending", ["doc", "odt", "rtf"])
@pytest.mark.parametrize("share", [0.2, 0.5, 0.9])
def test_a_file_cut_off_is_never_taken_for_whole(ending: str, share: float) -> None:
    data = sample(ending)
    content = READERS[ending](data[: int(share * len(data))], "")
    assert content.findings or texts(content) != samples.PARAGRAPHS


# --- .rtf -------------------------------------------------------------------------------


def rtf(
    body: str, head: str = r"{\rtf1\ansi\ansicpg936{\fonttbl{\f0\fcharset134 SimSun;}{\f1\fcharset0 Arial;}}"
) -> bytes:
    return f"{head}{body}}}".encode("gb18030")


def test_rtf_bytes_escapes_and_unicode_in_one_line() -> None:
    data = rtf(r"\f0 \'b9\'ab\'bf\'aa" + "任务" + r"\f1 \u26631\'b1\u20934? 1\endash 2\par")
    assert texts(read_rtf(data, "")) == ["公开任务标準 1–2".replace("準", chr(20934))]


def test_rtf_leaves_out_what_a_reader_does_not_see() -> None:
    data = rtf(
        r"{\*\generator X;}{\info{\title 密}}{\header 页眉\par}甲{\v 藏}{\deleted 删}{\footnote 注}"
        r"{\field{\*\fldinst HYPERLINK x}{\fldrslt 乙}}\par"
    )
    assert texts(read_rtf(data, "")) == ["甲乙"]


def test_rtf_cells_beside_each_other_merged() -> None:
    row = r"\trowd\clmgf\cellx1000\clmrg\cellx2000\cellx3000\pard\intbl 题\cell\cell 右\cell\row"
    plain = r"\trowd\cellx1000\cellx2000\cellx3000\pard\intbl 1\cell 2\cell 3\cell\row"
    (block,) = read_rtf(rtf(row + plain + r"\pard\par"), "").blocks
    assert isinstance(block, TableBlock)
    assert block.sheet.rows == [["题", None, "右"], ["1", "2", "3"]]
    assert block.sheet.spans == (Span(0, 0, 0, 1),)


def test_rtf_groups_without_end_do_not_hang() -> None:
    assert texts(read_rtf(rtf("甲" + "{" * 100_000), "")) == ["甲"]


# --- .odt -------------------------------------------------------------------------------

_ODF = "urn:oasis:names:tc:opendocument:xmlns"
_SPACES = " ".join(
    f'xmlns:{name}="{_ODF}:{name}:1.0"' for name in ("office", "text", "table", "style", "drawing", "meta")
)


def odt(body: str, **parts: str) -> bytes:
    inner = f"<office:body><office:text>{body}</office:text></office:body>"
    content = f"<office:document-content {_SPACES}>{inner}</office:document-content>"
    return w.package({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content} | parts)


def test_odt_blanks_breaks_boxes_and_repeats() -> None:
    table = (
        '<table:table><table:table-row table:number-rows-repeated="2">'
        '<table:table-cell table:number-columns-repeated="2"><text:p>同</text:p></table:table-cell>'
        "</table:table-row></table:table>"
    )
    boxed = "<drawing:frame><drawing:text-box><text:p>框内</text:p></drawing:text-box></drawing:frame>"
    content = read_odt(odt(f'<text:p>甲<text:s text:c="2"/>乙<text:line-break/>丙{boxed}</text:p>{table}'), "")
    assert texts(content) == ["甲  乙\n丙"]
    block = content.blocks[1]
    assert isinstance(block, TableBlock)
    assert block.sheet.rows == [["同", "同"], ["同", "同"]]


@pytest.mark.parametrize(("columns", "rows"), [(9_000_000, 1), (16_000, 16_000)])
def test_odt_table_beyond_any_honest_size_is_refused(columns: int, rows: int) -> None:
    wide = f'<table:table-cell table:number-columns-repeated="{columns}"><text:p>x</text:p></table:table-cell>'
    tall = f'<table:table-row table:number-rows-repeated="{rows}">{wide}</table:table-row>'
    data = odt(f"<table:table>{tall}</table:table>")
    assert [finding.code for finding in read_odt(data, "").findings] == ["files.table-too-large"]


def test_odt_states_when_it_was_saved() -> None:
    meta = (
        f'<office:document-meta {_SPACES} xmlns:dc="http://purl.org/dc/elements/1.1/"><office:meta>'
        '<dc:date>2024-12-01T08:00:00</dc:date><meta:user-defined meta:name="fengong">P1</meta:user-defined>'
        "</office:meta></office:document-meta>"
    )
    content = read_odt(odt("<text:p>文</text:p>", **{"meta.xml": meta}), "")
    assert content.modified == datetime(2024, 12, 1, 8, tzinfo=UTC)
    assert content.properties == {"fengong": "P1"}


def test_odt_with_a_password_is_named() -> None:
    manifest = "<manifest><encryption-data/></manifest>"
    data = odt("<text:p>文</text:p>", **{"META-INF/manifest.xml": manifest})
    assert [finding.code for finding in read_odt(data, "").findings] == ["files.encrypted"]


# --- .doc -------------------------------------------------------------------------------


def test_an_older_word_says_what_to_do() -> None:
    data = bytearray(sample("doc"))
    place = data.index(b"\xec\xa5")
    data[place : place + 4] = b"\xdc\xa5\x68\x00"
    assert [finding.code for finding in read_doc(bytes(data), "").findings] == ["files.doc-too-old"]


@pytest.mark.corpus
def test_every_requirement_of_the_real_doc_stands_in_one_paragraph(corpus: Path) -> None:
    name = "qixingguan-2017-prose.doc"
    content = read_doc((corpus / "notices" / name).read_bytes(), "")
    assert content.findings == []
    paragraphs = [essence(text) for text in texts(content)]
    gold = json.loads((corpus / "gold" / f"{name}.json").read_text(encoding="utf-8"))
    wanted = [essence(task["requirement"]) for task in gold["tasks"]]
    assert [text for text in wanted if not any(text in paragraph for paragraph in paragraphs)] == []
