"""What makes long sheets quick changes nothing of what they show."""

from __future__ import annotations

import unicodedata
from math import ceil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit import opc
from toolkit.workbooks.cells import utf16_length
from toolkit.workbooks.deflating import Deflater, sealed
from toolkit.workbooks.row_heights import lines_needed
from toolkit.workbooks.sheet_xml import escape

SMALL = {
    "[Content_Types].xml": b'<Types xmlns="t"></Types>',
    "_rels/.rels": b'<Relationships xmlns="r"></Relationships>',
}
TEXTS = st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from("已完成，“推进”… ›ab12\n＋ＡéⅣ①｡"))


def lines_by_character(text: str, room: int, broken: int) -> int:
    """What :func:`lines_needed` counts, looking at every character."""
    count = 0
    for line in text.split("\n"):
        wide = sum(unicodedata.east_asian_width(char) in "WFA" for char in line)
        half_widths = 2 * wide + ceil((len(line) - wide) * 1.2)
        count += 1 if half_widths <= room else ceil(half_widths / broken)
    return count


@given(TEXTS)
def test_the_quick_measure_of_a_text_is_that_of_its_characters(text: str) -> None:
    # 20 units of 5.25 points less 5 for the margins, in halves of 10 points: 20 half widths, 18 in a broken line.
    assert lines_needed(text, 20.0, 10.0) == lines_by_character(text, 20, 18)


@given(st.text())
def test_the_length_that_excel_counts(text: str) -> None:
    assert utf16_length(text) == sum(2 if char > "\uffff" else 1 for char in text)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("已完成", "已完成"),
        ("a<b&c>d", "a&lt;b&amp;c&gt;d"),
        ("一\r\n二\r三", "一\n二\n三"),
        ("_x0041_", "_x005F_x0041_"),
        ("坏\x01字", "坏\ufffd字"),
        ("\ud800", "\ufffd"),
    ],
)
def test_only_what_must_change_is_escaped(text: str, written: str) -> None:
    assert escape(text) == written


def test_a_part_given_in_pieces_is_the_part_in_the_sealed_workbook(tmp_path: Path) -> None:
    pieces = [f"<row>{number}</row>".encode() * 500 for number in range(40)]
    with Deflater() as deflater:
        sheet = deflater.part()
        for piece in pieces:
            sheet.add(piece)
        data = sealed(SMALL, {"xl/worksheets/sheet1.xml": sheet})
    path = tmp_path / "book.xlsx"
    path.write_bytes(data)
    assert opc.read_parts(data)["xl/worksheets/sheet1.xml"] == b"".join(pieces)
    assert opc.untouched(path)


def test_a_fault_in_the_thread_reaches_whoever_writes() -> None:
    with pytest.raises(TypeError), Deflater() as deflater:
        sheet = deflater.part()
        sheet.add("no bytes")  # type: ignore[arg-type]
        sheet.part()
