"""What stands in the cells of a returned table: statuses, marks that point above, dates, numbers, errors, pictures."""

from __future__ import annotations

from datetime import date

import pytest
from intake_desk import (
    CODES,
    FILLED,
    PLAN,
    content,
    only,
    read,
    said,
    stamp,
    table,
    task_row,
    told,
    word,
)

from toolkit.containers.content import Sheet, Span, Value
from toolkit.findings import intake as found
from toolkit.intake.columns import Column
from toolkit.model import Severity


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("已完成。", "已完成"),
        ("正在推进中", "推进中"),
        ("按时序推进", "推进中"),
        ("不是我单位职责", "不涉及"),
        ("100%", "已完成"),
    ],
)
def test_statuses_are_understood_and_kept_as_written(text: str, meant: str) -> None:
    reading = read(content(table(task_row(1, text, "有序开展")), stamped=stamp()))
    assert (said(only(reading), 1)["status"], word(only(reading), 1)) == (text, meant)


def test_an_unknown_status_is_an_error_and_no_guess() -> None:
    reading = read(content(table(task_row(1, "差不多了", "还在弄")), stamped=stamp()))
    assert word(only(reading), 1) is None
    (finding,) = told(reading, found.UNKNOWN_STATUS)
    assert (finding.severity, finding.cell, finding.task) == (Severity.ERROR, "I4", CODES[0])


def test_an_answer_over_several_tasks_holds_for_each() -> None:
    rows = table(task_row(1, "已完成", "三项一并办结"), task_row(2, "推进中"), task_row(3, "已完成"))
    reading = read(content(rows, stamped=stamp(), spans=(Span(3, 9, 5, 9),)))
    form = only(reading)
    assert [said(form, n)["progress"] for n in (1, 2, 3)] == ["三项一并办结"] * 3
    assert "J4:J6" in told(reading, found.MERGED_ANSWER)[0].message


def test_what_no_one_sees_under_a_merged_cell_is_shown_apart() -> None:
    rows = table(task_row(1, "已完成", "三项一并办结"), task_row(2, "推进中", "合并前的旧话"), task_row(3, "已完成"))
    reading = read(content(rows, stamped=stamp(), spans=(Span(3, 9, 5, 9),)))
    assert said(only(reading), 2)["progress"] == "三项一并办结"
    assert [extra.values for extra in reading.extras] == [("合并前的旧话",)]
    assert told(reading, found.UNDER_MERGED)[0].cell == "J5"


def test_answers_that_rows_slipped_under_a_heading_are_taken_and_said() -> None:
    reading = read(content(table(*FILLED), stamped=stamp(), spans=(Span(4, 0, 4, 12),)))
    assert said(only(reading), 2)["progress"] == "第2项已办结2件"
    assert {f.cell for f in told(reading, found.UNSEEN_TAKEN)} == {"I5", "J5", "K5", "L5"}


def test_answers_that_slipped_by_a_row_are_an_error() -> None:
    rows = [[*task_row(n)[:8], *(FILLED[n - 2][8:] if n > 1 else [None] * 5)] for n in range(1, 6)]
    reading = read(content(table(*rows, [*[None] * 8, *FILLED[4][8:]]), stamped=stamp()))
    (error,) = told(reading, found.ANSWERS_ASTRAY)
    assert (error.severity, error.cell) == (Severity.ERROR, "I9")
    assert "第5项已办结5件" in reading.extras[-1].values


def test_what_a_unit_typed_into_a_locked_column_is_told() -> None:
    made = content(table(*[[*task_row(n)[:7], "已完成", "办结"] for n in range(1, 6)]))
    hidden: list[list[Value]] = [[stamp().encode()]]
    hidden += [[task.code, "牵头", None, None, task.number, task.title, task.requirement] for task in PLAN.tasks[:5]]
    made.sheets.append(Sheet("_fengong", hidden, visible=False, very_hidden=True))
    changed = told(read(made), found.TEXT_CHANGED)
    assert [f.cell for f in changed] == ["H4", "H5", "H6", "H7", "H8"]
    assert all("上期情况" in f.message and "已完成" in f.message for f in changed)


@pytest.mark.parametrize("mark", ["同上", "同上。", "〃", "″", "同上一项"])
def test_a_ditto_mark_takes_what_stands_above(mark: str) -> None:
    rows = [FILLED[0], task_row(2, mark, mark), task_row(3, "同上", "另有进展")]
    reading = read(content(table(*rows), stamped=stamp()))
    form = only(reading)
    assert said(form, 2) == {"status": "已完成", "progress": "第1项已办结1件"}
    assert (word(form, 3), said(form, 3)["progress"]) == ("已完成", "另有进展")
    assert len(told(reading, found.DITTO)) == 3


def test_a_mark_may_point_at_a_number_further_below() -> None:
    rows = [task_row(1, "推进中", "同第3项"), FILLED[1], FILLED[2]]
    assert said(only(read(content(table(*rows), stamped=stamp()))), 1)["progress"] == "第3项已办结3件"


def test_a_ditto_mark_that_points_nowhere_is_an_error() -> None:
    reading = read(content(table(task_row(1, "同上", "同第9项")), stamped=stamp()))
    assert [f.severity for f in told(reading, found.DITTO_LOST)] == [Severity.ERROR] * 2
    assert said(only(reading), 1)["progress"] == "同第9项"


def test_numbers_and_formula_like_text_stay_as_written() -> None:
    rows = [
        task_row(1, "已完成", "２０００万", "123456789012345678", "2031.6.5", "=SUM(A1:A9)"),
        task_row(2, "推进中", 1500.0, "+86", 20310605.0, "@所有人"),
    ]
    form = only(read(content(table(*rows), stamped=stamp())))
    assert list(said(form, 1).values())[1:] == ["２０００万", "123456789012345678", "2031.6.5", "=SUM(A1:A9)"]
    assert said(form, 2)["progress"] == "1500"
    assert form.rows[1].answer(Column.DONE_ON).day == date(2031, 6, 5)  # type: ignore[union-attr]


def test_a_date_that_lost_its_format_is_read_and_said() -> None:
    reading = read(content(table(task_row(1, "已完成", "办结", "台账", 48003.0)), stamped=stamp()))
    answer = only(reading).rows[0].answer(Column.DONE_ON)
    assert (answer.text, answer.day) == ("48003", date(2031, 6, 4))  # type: ignore[union-attr]
    assert told(reading, found.DATE_BY_SERIAL)[0].severity is Severity.WARNING


def test_formula_errors_and_formulas_without_value_are_errors() -> None:
    rows = table(task_row(1, "已完成", "#REF!", None))
    reading = read(content(rows, stamped=stamp(), errors=frozenset({(3, 9)}), uncalculated=frozenset({(3, 10)})))
    assert [(f.cell, f.severity) for f in told(reading, found.ERROR_CELL)] == [("J4", Severity.ERROR)]
    assert [(f.cell, f.severity) for f in told(reading, found.UNCALCULATED)] == [("K4", Severity.ERROR)]


@pytest.mark.parametrize("text", ["#N/A", "#REF!", "#DIV/0!", "Err:502"])
def test_a_formula_error_is_told_even_where_it_became_text(text: str) -> None:
    reading = read(content(table(task_row(1, "已完成", "办结", text)), stamped=stamp()))
    assert [f.cell for f in told(reading, found.ERROR_CELL)] == ["K4"]


def test_pictures_count_as_evidence() -> None:
    rows = table(
        task_row(1, "已完成", "办结"), task_row(2, "已完成", "办结", "见附件"), task_row(3, "已完成", "办结", "见附件")
    )
    pictures = ((3, 9, "照片1"), (4, 10, "照片2"), (5, 12, "照片3"), (0, 0, "徽标"))
    reading = read(content(rows, stamped=stamp(), pictures=pictures))
    form = only(reading)
    assert "照片1" in said(form, 1)["evidence"]
    assert said(form, 2)["evidence"].startswith("见附件")
    assert "照片2" in said(form, 2)["evidence"]
    assert said(form, 3)["evidence"] == "见附件"
    assert len(told(reading, found.PICTURE)) == 3
    assert len(told(reading, found.STRAY_PICTURE)) == 1


def test_hidden_rows_and_comments_are_read_and_noted() -> None:
    rows = table(*FILLED)
    reading = read(content(rows, stamped=stamp(), hidden_rows=frozenset({4}), notes={(4, 9): "待领导审定"}))
    assert said(only(reading), 2)["progress"] == "第2项已办结2件"
    assert [f.cell for f in told(reading, found.HIDDEN_ROWS)] == ["A5"]
    assert told(reading, found.COMMENT)[0].task == CODES[1]
    assert reading.extras[-1].values == ("批注：待领导审定",)
