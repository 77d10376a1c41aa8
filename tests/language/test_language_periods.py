"""Round names as periods, quantities asked for and given."""

from __future__ import annotations

from datetime import date

import pytest

from toolkit.language.periods import next_period, period_end, period_start
from toolkit.language.quantities import asked_quantities, has_quantity


@pytest.mark.parametrize(
    ("name", "start"),
    [
        ("2022年第四季度", date(2022, 10, 1)),
        ("2022年11—12月", date(2022, 11, 1)),
        ("2022年11月", date(2022, 11, 1)),
        ("２０２６年上半年", date(2026, 1, 1)),
        ("2026年下半年", date(2026, 7, 1)),
        ("2026年度", date(2026, 1, 1)),
        ("2026年3季度", date(2026, 7, 1)),
        ("第3期", None),
        ("年终", None),
    ],
)
def test_period_start(name: str, start: date | None) -> None:
    assert period_start(name) == start


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("2031年第二季度", date(2031, 6, 30)),
        ("2031年2月", date(2031, 2, 28)),
        ("2031年11—12月", date(2031, 12, 31)),
        ("2031年上半年", date(2031, 6, 30)),
        ("2031年度", date(2031, 12, 31)),
        ("第3期", None),
    ],
)
def test_period_end(name: str, day: date | None) -> None:
    assert period_end(name) == day


@pytest.mark.parametrize(
    ("name", "following"),
    [
        ("2031年12月", "2032年1月"),
        ("2031年第三季度", "2031年第四季度"),
        ("2031年4季度", "2032年第一季度"),
        ("2031年上半年", "2031年下半年"),
        ("2031年度", "2032年度"),
        ("2031年11—12月", None),
        ("第3期", None),
    ],
)
def test_next_period(name: str, following: str | None) -> None:
    assert next_period(name) == following


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("每年开展检查不少于2次。", ["不少于2次"]),
        ("公开率达到100%", ["达到100%"]),
        ("收到申请后5个工作日内答复", ["5个工作日内"]),
        ("建成示范点三个以上", ["三个以上"]),
        ("1.编制目录。2.公开目录。", []),
        ("落实云岭发〔2026〕3号文件，2026年12月底前完成第二批任务", []),
    ],
)
def test_asked_quantities(text: str, asked: list[str]) -> None:
    assert list(asked_quantities(text)) == asked


@pytest.mark.parametrize(("text", "given"), [("检查3次", True), ("三次检查", True), ("已认真落实", False)])
def test_has_quantity(text: str, given: bool) -> None:
    assert has_quantity(text) is given


def test_the_whole_is_a_quantity_where_a_share_was_asked() -> None:
    assert has_quantity("实现全覆盖", ["达到100%"])
    assert not has_quantity("实现全覆盖", ["不少于12处"])
