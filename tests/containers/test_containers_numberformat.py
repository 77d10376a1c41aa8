"""Number formats: every row is what Chinese Excel shows for the number under the code."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.containers.numberformat import built_in, parse, present, to_datetime


def shown(code: str, number: float) -> str | None:
    number_format = parse(code)
    return None if number_format is None else number_format.show(number)


@pytest.mark.parametrize(
    ("code", "number", "text"),
    [
        ("0", 2.5, "3"),
        ("0", -0.4, "0"),
        ("0.00", 3, "3.00"),
        ("0.##", 3.1, "3.1"),
        ("#.##", 0.5, ".5"),
        ("#,##0", 1234567, "1,234,567"),
        ("#,##0", 12, "12"),
        ("#,##0,", 1234567, "1,235"),
        ("0.0,", 12345, "12.3"),
        ('0.00,,"百万"', 123456789, "123.46百万"),
        ("0%", 0.075, "8%"),
        ("0.0%", 0.075, "7.5%"),
        ("000000", 42, "000042"),
        ("00-00", 1234, "12-34"),
        ("0;-0;;@", 0, ""),
        ("0_);(0)", -5, "(5)"),
        ("[>=10000]0!.0,\"万\";0", 23456, "2.3万"),
        ("[>=10000]0!.0,\"万\";0", 99, "99"),
        ("[Red][<60]\"不及格\";0", 59, "不及格"),
        ("[Red][<60]\"不及格\";0", 75, "75"),
        ('"已完成"0"项"', 12, "已完成12项"),
        ('G/通用格式"元"', 12.5, "12.5元"),
        ("[$¥-804]#,##0.00", 1234.5, "¥1,234.50"),
        (r"0\;0", 12, "1;2"),
        ('_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', 0, "-"),
    ],
)  # fmt: skip
def test_numbers(code: str, number: float, text: str) -> None:
    assert shown(code, number) == text


@pytest.mark.parametrize("code", ["General", "@", "", "G/通用格式", "0.00E+00", "# ?/?", "##0.0E+0", "x" * 300])
def test_formats_that_show_a_number_plainly(code: str) -> None:
    """An exponent or a fraction would hide digits (A15)."""
    assert parse(code) is None


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("yyyy-mm-dd", "2022-03-05"),
        ("yy/m/d", "22/3/5"),
        ("e年m月d日", "2022年3月5日"),
        ("mm-dd", "03-05"),
        ("d-mmm-yy", "5-Mar-22"),
        ("yyyy年m月", "2022年3月"),
        ("aaaa", "星期六"),
        ("yyyy-mm-dd hh:mm:ss", "2022-03-05 14:07:09"),
        ("h:mm AM/PM", "2:07 PM"),
        ("上午/下午h时mm分", "下午2时07分"),
        ("[DBNum1][$-804]yyyy\"年\"m\"月\"d\"日\"", "2022年3月5日"),
        ("mm:ss", "07:09"),
    ],
)  # fmt: skip
def test_moments(code: str, text: str) -> None:
    number_format = parse(code)
    assert number_format is not None
    assert number_format.dates is not None
    assert number_format.dates.show(datetime(2022, 3, 5, 14, 7, 9)) == text


def test_a_literal_m_or_d_makes_no_date() -> None:
    for code in ('0"m"', '0\\d', '"Day"0', "[Red]0", "#,##0;[Magenta]-#,##0"):  # fmt: skip
        number_format = parse(code)
        assert number_format is not None
        assert number_format.dates is None


def test_serial_numbers() -> None:
    assert to_datetime(1, False) == datetime(1900, 1, 1)
    assert to_datetime(59, False) == datetime(1900, 2, 28)
    assert to_datetime(61, False) == datetime(1900, 3, 1)
    assert to_datetime(44_900, False) == datetime(2022, 12, 5)
    assert to_datetime(43_438, True) == datetime(2022, 12, 5)
    assert to_datetime(-1, False) is None
    assert to_datetime(1e9, False) is None


def test_the_values_under_date_formats() -> None:
    day = built_in(14)
    assert day is not None
    assert present(day, 44_900, False) == (date(2022, 12, 5), "2022/12/5")
    assert present(day, 44_900.25, False) == (datetime(2022, 12, 5, 6), "2022/12/5")
    assert present(day, 10**20, False) == (10**20, None)


@given(st.text("0#?.,%;[]<>=\"!\\_*@EeymdhsaG/ -", max_size=12), st.floats(-1e12, 1e12))  # fmt: skip
def test_no_code_is_too_strange(code: str, number: float) -> None:
    number_format = parse(code)
    if number_format is not None:
        value, text = present(number_format, number, False)
        assert value is not None
        assert text is None or "E+" not in text or "E" in code.upper()


@given(st.integers(-(10**15), 10**15))
def test_grouped_digits_are_the_digits(number: int) -> None:
    text = shown("#,##0", number)
    assert text is not None
    assert int(text.replace(",", "")) == number
    assert all(len(group) == 3 for group in text.lstrip("-").split(",")[1:])


@given(st.decimals(-(10**9), 10**9, places=2))
def test_two_decimals_are_those_of_the_number(number: object) -> None:
    assert float(shown("0.00", float(str(number))) or "x") == float(str(number))
