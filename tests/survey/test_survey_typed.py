"""What a typed cell means, whatever a clerk's habits of writing."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.language.typed import read_typed
from toolkit.survey import Field, FieldType


@pytest.mark.parametrize(
    ("kind", "text", "means"),
    [
        ("数字", "1,200", "1200"),
        ("数字", "１２．５０", "12.5"),
        ("数字", "30人", "30"),
        ("数字", "45%", "0.45"),
        ("数字", "-3", "-3"),
        ("数字", "约30", None),
        ("数字", "三十", None),
        ("数字", "1,20", None),
        ("日期", "2026.3.5", "2026-03-05"),
        ("日期", "二〇二六年三月五日", "2026-03-05"),
        ("日期", "上个月", None),
        ("是否", "√", "是"),
        ("是否", "没有", "否"),
        ("是否", "部分", None),
        ("电话", "010—6234 5678", "010-62345678"),
        ("电话", "（0471）6234567转802", "0471-6234567转802"),
        ("电话", "62345678、139 0000 1111", "62345678；13900001111"),
        ("电话", "12345", "12345"),
        ("电话", "1234567", None),
        ("电话", "010-623", None),
        ("手机", "+86 139-0000-1111", "13900001111"),
        ("手机", "1390000111", None),
        ("手机", "12900001111", None),
        ("身份证", "110105 19491231 002x", "11010519491231002X"),
        ("身份证", "110105194912310021", None),
        ("身份证", "110105194913310021", None),
        ("邮箱", "zwgk＠example.gov.cn", "zwgk@example.gov.cn"),
        ("邮箱", "zwgk@example", None),
        ("网址", "https://www.example.gov.cn/a?b=1", "https://www.example.gov.cn/a?b=1"),
        ("网址", "县政府网站", None),
        ("文本", " 党政办 ", "党政办"),
    ],
)
def test_meaning(kind: str, text: str, means: str | None) -> None:
    assert read_typed(Field("字段", FieldType(kind)), text) == means


def test_choices_despite_widths_and_blanks() -> None:
    field = Field("方式", FieldType.CHOICE, choices=("A类（重点）", "其他"))
    assert read_typed(field, "Ａ类(重点) ") == "A类（重点）"
    assert read_typed(field, "其它") is None


def test_what_the_cell_holds_counts_more_than_what_it_shows() -> None:
    assert read_typed(Field("数", FieldType.NUMBER), "1.2万", 12345.5) == "12345.5"
    assert read_typed(Field("日", FieldType.DATE), "46086", datetime(2026, 3, 5)) == "2026-03-05"


@given(st.integers(-(10**12), 10**12))
def test_whole_numbers_stay_what_they_are(number: int) -> None:
    field = Field("数", FieldType.NUMBER)
    assert read_typed(field, str(number)) == read_typed(field, f"{number:,}") == str(number)


@given(st.text(max_size=30), st.sampled_from(FieldType))
def test_any_text_is_read_or_refused(text: str, kind: FieldType) -> None:
    field = Field("字段", kind, choices=("甲", "乙"))
    value = read_typed(field, text)
    assert value is None or isinstance(value, str)
    if value and kind is not FieldType.TEXT:
        assert read_typed(field, value) == value
