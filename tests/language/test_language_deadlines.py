"""Deadlines and recurrences of a task."""

from __future__ import annotations

import calendar
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.language.deadlines import read_deadlines


def days(text: str, year: int | None = 2023, issued_on: date | None = None) -> list[str]:
    return [deadline.date.isoformat() for deadline in read_deadlines(text, year, issued_on).deadlines]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("年底前完成目录编制", ["2023-12-31"]),
        ("11月底前各单位上报", ["2023-11-30"]),
        ("于9月10日前报送", ["2023-09-10"]),
        ("9月10日17:00前报送", ["2023-09-10"]),
        ("2020年10月31日前公布", ["2020-10-31"]),
        ("2020 年 9 月 30 日 前公布", ["2020-09-30"]),
        ("2024年底中心城区完成改造", ["2024-12-31"]),
        ("到2025年底达到80%；到2030年，全面建成", ["2025-12-31", "2030-12-31"]),
        ("三季度末前完成", ["2023-09-30"]),
        ("上半年前完成", ["2023-06-30"]),
        ("9月中旬前完成", ["2023-09-20"]),
        ("明年3月底前完成", ["2024-03-31"]),
        ("二〇二四年二月底前完成", ["2024-02-29"]),
        ("8月31日前公布，12月31日前落实", ["2023-08-31", "2023-12-31"]),
        ("6月、12月底前分别公布", ["2023-06-30", "2023-12-31"]),
        ("6月30日和12月31日前各报一次", ["2023-06-30", "2023-12-31"]),
        ("2023.4.30", ["2023-04-30"]),
        ("2023-09", ["2023-09-30"]),
        ("年底前完成三万亩的建设", ["2023-12-31"]),
    ],
)
def test_points_in_time(text: str, expected: list[str]) -> None:
    assert days(text) == expected
    assert not read_deadlines(text, 2023).doubts


@pytest.mark.parametrize(
    "text",
    [
        "自2017年起全部公开",
        "清理2008年以来的文件",
        "从2012年起执行",
        "2021—2023年行动计划",
        "按照《2023年底前重点工作》（云政发〔2020〕14号）",
        "2020年9月11日全市会议部署",
        "截至2022年底，全市已建成10个",
        "2022年底已完成",
        "2023年度工作",
        "8月25日印发",
        "定期公布",
        "11月前三天",
    ],
)
def test_what_only_looks_like_a_deadline(text: str) -> None:
    assert days(text) == []


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("6月30日", ["2023-06-30"]),
        ("2024年3月", ["2024-03-31"]),
        ("2023年底", ["2023-12-31"]),
        ("第一季度", ["2023-03-31"]),
        ("2023年3月—5月", ["2023-05-31"]),
        ("12月底前并持续推进", ["2023-12-31"]),
    ],
)
def test_a_cell_of_deadlines_needs_no_word(cell: str, expected: list[str]) -> None:
    assert days(cell) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("11月前完成", ["2023-10-31"]),
        ("1月前完成", ["2022-12-31"]),
        ("年内开展一次督查", ["2023-12-31"]),
        ("于2025年全面实施", ["2025-12-31"]),
        ("上半年启动试点", ["2023-06-30"]),
        ("2月29日前完成", []),
    ],
)
def test_what_is_not_certain_is_said(text: str, expected: list[str]) -> None:
    assert days(text) == expected
    assert read_deadlines(text, 2023).doubts


def test_a_day_before_the_notice_is_doubtful() -> None:
    read = read_deadlines("6月底前完成", issued_on=date(2023, 8, 31))
    assert days("6月底前完成", None, date(2023, 8, 31)) == ["2023-06-30"]
    assert "早于发文日期" in read.doubts[0]


@pytest.mark.parametrize(
    "text",
    [
        "改造2000年以前建成的小区",
        "2021年底前已取得证照的企业应当换证",
        "2015年前敷设的管道全部退出",
        "每年6月、12月底前报送",
    ],
)
def test_a_date_that_describes_a_noun_is_no_deadline(text: str) -> None:
    clause = read_deadlines(text, 2023, date(2023, 2, 1))
    assert clause.deadlines == ()
    assert clause.doubts == ()


def test_a_coming_date_that_may_describe_a_noun_is_doubtful() -> None:
    clause = read_deadlines("对2023年9月底前竣工的项目给予奖励", 2023, date(2023, 2, 1))
    assert clause.deadlines == ()
    assert clause.doubts


def test_without_any_year_a_day_is_not_guessed() -> None:
    read = read_deadlines("9月底前完成", None)
    assert read.deadlines == ()
    assert read.doubts


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("每年邀请公众列席部门办公会议不少于2次", "每年不少于2次"),
        ("每半年至少1次", "每半年至少1次"),
        ("5个工作日内公开", "5个工作日内"),
        ("最迟在24小时内发布", "24小时内"),
        ("按季度公布结果", "按季度"),
        ("每年12月底前报送总结", "每年12月底前"),
        ("每季度结束后10日内报送", "每季度结束后10日内"),
        ("每季度首月5日前报送", "每季度首月5日前"),
        ("规范性文件每隔2年清理一次", "每隔2年清理一次"),
        ("印发当日内上网公开", "印发当日内"),
        ("持续推进", "持续推进"),
    ],
)
def test_recurrences_are_kept_apart(text: str, expected: str) -> None:
    read = read_deadlines(text, 2023)
    assert read.recurrence == (expected,)
    assert read.deadlines == ()


@pytest.mark.parametrize(
    "text",
    [
        "试点单位9月30日前、推广单位10月31日前、其余单位12月31日前完成",
        "试点单位要继续深化，于9月30日前公布；推广单位加快编制，于10月31日前公布；其余单位要于12月31日前完成",
        "试点单位9月30日前公布;推广单位应结合实际加快编制,于10月31日前公布;其余单位12月31日前完成",
    ],
)
def test_each_class_of_units_has_its_own_deadline(text: str) -> None:
    read = read_deadlines(text, 2023)
    assert [(d.scope, d.date.isoformat()) for d in read.deadlines] == [
        ("试点单位", "2023-09-30"),
        ("推广单位", "2023-10-31"),
        ("其余单位", "2023-12-31"),
    ]


def test_one_deadline_holds_for_all() -> None:
    (deadline,) = read_deadlines("各县区要于9月底前完成", 2023).deadlines
    assert deadline.scope == ""


@given(
    st.dates(date(2001, 1, 1), date(2099, 12, 31)),
    st.sampled_from(["前", "之前", "以前", "前完成编制", "前，公布结果"]),
)
def test_a_written_day_is_read_back(day: date, tail: str) -> None:
    text = f"修订方案，于{day.year}年{day.month}月{day.day}日{tail}"
    (deadline,) = read_deadlines(text, 2050).deadlines
    assert deadline.date == day
    assert text.count(deadline.text) == 1


@given(st.integers(2001, 2099), st.integers(1, 12), st.sampled_from(["底前", "末前", "底"]))
def test_a_month_is_its_last_day(year: int, month: int, tail: str) -> None:
    (deadline,) = read_deadlines(f"{month}月{tail}完成", year).deadlines
    assert deadline.date == date(year, month, calendar.monthrange(year, month)[1])


@given(st.text(alphabet="0123456789年月日底前末每季度上半自起至到—〇一二十个工作内，。（）", max_size=40))
def test_any_text_is_read_without_failing(text: str) -> None:
    read = read_deadlines(text, 2023, date(2023, 6, 1))
    assert all(deadline.text for deadline in read.deadlines)
