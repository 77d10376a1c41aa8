"""The lines around the table, and the names of rounds."""

from __future__ import annotations

from datetime import date

import pytest

from toolkit.identity import Stamp
from toolkit.intake.labels import Label, find_round, read_labels, same_round
from toolkit.intake.rounds import newest


def test_values_stand_behind_the_colon_or_in_the_next_cell() -> None:
    cells = [
        (0, "填报人：王小河"),
        (3, "联系电话:"),
        (4, "0999-5550123"),
        (7, "审核人（签字）"),
        (8, "李山"),
        (10, "填报日期："),
    ]
    found = {item.label: item.text for item in read_labels(cells)}
    assert found == {
        Label.REPORTER: "王小河",
        Label.PHONE: "0999-5550123",
        Label.REVIEWER: "李山",
        Label.FILLED_ON: "",
    }


def test_several_labels_in_one_cell() -> None:
    (cell,) = [(0, "填报单位（盖章）：云岭市教育局  填报人：王小河    填报日期：2031.6.20")]
    assert [(item.label, item.text) for item in read_labels([cell])] == [
        (Label.UNIT, "云岭市教育局"),
        (Label.REPORTER, "王小河"),
        (Label.FILLED_ON, "2031.6.20"),
    ]


def test_a_sentence_about_people_is_no_label() -> None:
    assert read_labels([(0, "已明确各校填报人：共二十名")]) == []


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2031年第二季度", "2031年2季度", True),
        ("2031 年第 二 季度", "２０３１年第二季度", True),
        ("2031年6月", "2031年06月份", True),
        ("2031年第二季度", "2031年第三季度", False),
        ("2031年第二季度", "2030年第二季度", False),
    ],
)
def test_rounds_are_the_same_however_they_are_written(one: str, other: str, same: bool) -> None:
    assert same_round(one, other) is same


def test_a_round_is_found_in_a_file_name() -> None:
    assert find_round("012_云岭市教育局_2031年第二季度.xlsx") == "2031年第二季度"
    assert find_round("云岭市教育局填报表.xlsx") == ""


def test_the_newest_round_is_told_by_due_date_then_by_name() -> None:
    def stamp(round: str, due: date | None = None) -> Stamp:
        return Stamp("P1", 1, round, "甲局", due)

    assert newest([stamp("2031年第一季度"), stamp("2031年第二季度")]).name == "2031年第二季度"  # type: ignore[union-attr]
    round = newest([stamp("第九期", date(2031, 3, 31)), stamp("第十期", date(2031, 6, 30))])
    assert (round.name, round.due) == ("第十期", date(2031, 6, 30))  # type: ignore[union-attr]
    assert newest([]) is None
