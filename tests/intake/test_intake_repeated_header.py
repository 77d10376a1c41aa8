"""A header copied in front of a later page: one form in several tables of one sheet (A1, A3)."""

from __future__ import annotations

from intake_desk import EDUCATION, HEADER, ROUND, content, read, stamp, table, task_row

from toolkit.containers.content import Value
from toolkit.model import Round

DEADLINE = HEADER.index("完成时限")


def _due(number: int) -> list[Value]:
    """An answered row whose 完成时限 reads much like the name of a round."""
    row = task_row(number, "已完成", f"第{number}项已办结")
    row[DEADLINE] = "2031年6月底前"
    return row


def test_deadlines_above_a_repeated_header_name_no_round() -> None:
    reading = read(content(table(*map(_due, (1, 2, 3)), list(HEADER), *map(_due, (4, 5))), stamped=stamp()))
    assert [(form.unit, form.round, len(form.rows)) for form in reading.forms] == [
        (EDUCATION, ROUND, 3),
        (EDUCATION, ROUND, 2),
    ]


def test_without_a_stamp_a_later_table_is_of_the_round_told_above_the_first() -> None:
    reading = read(content(table(*map(_due, (1, 2, 3)), list(HEADER), *map(_due, (4, 5)))))
    assert [form.round for form in reading.forms] == [ROUND, ROUND]


def test_a_form_of_another_round_below_the_first_is_told_by_its_own_head() -> None:
    older = Round("2031年第一季度")
    below = [[f"填报单位：{EDUCATION}", None, f"填报期：{older.name}"], list(HEADER), *map(_due, (4, 5))]
    reading = read(content([*table(*map(_due, (1, 2, 3))), *below], stamped=stamp()))
    assert [form.round for form in reading.forms] == [ROUND, older.name]
