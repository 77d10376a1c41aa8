"""Personal numbers are found and masked; other numbers stay."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.language.privacy import mask, personal_numbers


@pytest.mark.parametrize(
    ("text", "kind", "masked"),
    [
        ("联系人13812345678。", "手机号", "联系人138******78。"),
        ("电话：１３８１２３４５６７８", "手机号", "电话：138******78"),
        ("138-1234-5678", "手机号", "138-****-**78"),
        ("身份证11010519491231002X号", "身份证号", "身份证110*************2X号"),
        ("卡号6222 0212 3456 7890 128", "银行卡号", "卡号6222 **** **** **** *28"),
        ("0999-3021234", "固定电话", "099*-*****34"),
        ("发至zhang.san@example.com", "电子邮箱", "发至z***@example.com"),
    ],
)
def test_personal_numbers_are_masked(text: str, kind: str, masked: str) -> None:
    assert [number.kind for number in personal_numbers(text)] == [kind]
    assert mask(text) == masked
    assert not list(personal_numbers(masked))


@pytest.mark.parametrize(
    "text",
    [
        "2026年完成12次",
        "资金20000000元",
        "云岭办发〔2026〕138号",
        "编号202211000541234567",
        "2026-12-31",
        "3.14159265358979",
    ],
)
def test_other_numbers_stay(text: str) -> None:
    assert mask(text) == text


@given(st.text(max_size=80))
def test_masking_never_fails_and_ends(text: str) -> None:
    assert not [n for n in personal_numbers(mask(text)) if n.kind not in ("电子邮箱",)]


@given(st.integers(0, 10**9 - 1), st.sampled_from("3456789"), st.text(alphabet="完成工作，。", max_size=9))
def test_every_mobile_number_is_found_between_words(rest: int, second: str, words: str) -> None:
    number = f"1{second}{rest:09}"
    assert number not in mask(words + number + words)
