"""One date as a clerk types it (A16)."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.language.dates import read_date, read_date_detail
from toolkit.language.numerals import to_int


@pytest.mark.parametrize(
    "value",
    [
        "2024.3.5",
        "2024-03-05",
        "2024/3/5",
        "2024年3月5日",
        "2024年3月5号（周二）",
        "２０２４．３．５",
        "20240305",
        20240305,
        20240305.0,
        "二〇二四年三月五日",
        "3月5日",
        "3.5",
        "已于2024年3月5日完成",
        "2024-03-05 14:30",
        date(2024, 3, 5),
        datetime(2024, 3, 5, 9, 30),
    ],
)
def test_ways_to_write_a_day(value: object) -> None:
    read = read_date_detail(value, year=2024)
    assert read is not None
    assert (read.date, read.exact) == (date(2024, 3, 5), True)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("3月底", date(2024, 3, 31)),
        ("2024年2月", date(2024, 2, 29)),
        ("2024.2", date(2024, 2, 29)),
        ("2023年底", date(2023, 12, 31)),
    ],
)
def test_a_month_is_read_but_not_exact(value: str, expected: date) -> None:
    read = read_date_detail(value, year=2024)
    assert read is not None
    assert (read.date, read.exact) == (expected, False)


@pytest.mark.parametrize(
    "value",
    [
        "",
        "无",
        "同上",
        "持续推进",
        "2024.13.5",
        "2024年2月30日",
        "45356",
        45356.0,
        3.5,
        True,
        None,
        "24.3.5",
        "2024年3月5日前",
        "下周",
    ],
)
def test_what_cannot_be_read_is_never_guessed(value: object) -> None:
    assert read_date(value, year=2024) is None


def test_a_day_without_a_year_needs_one() -> None:
    assert read_date("3月5日") is None


@given(
    st.dates(date(1950, 1, 1), date(2150, 12, 31)),
    st.sampled_from(
        [
            "{0.year}年{0.month}月{0.day}日",
            "{0:%Y-%m-%d}",
            "{0:%Y%m%d}",
            "{0.year}.{0.month}.{0.day}",
            "{0.year}/{0.month}/{0.day}",
        ]
    ),
)
def test_every_day_comes_back(day: date, pattern: str) -> None:
    assert read_date(pattern.format(day)) == day


@given(st.text(max_size=20))
def test_any_text_is_read_without_failing(text: str) -> None:
    read = read_date(text, year=2024)
    assert read is None or 1900 <= read.year <= 2200


@pytest.mark.parametrize(
    ("text", "number"),
    [("三", 3), ("十二", 12), ("二〇二四", 2024), ("二○一八", 2018), ("２０", 20), ("abc", None), ("", None)],
)
def test_numerals(text: str, number: int | None) -> None:
    assert to_int(text) == number
