"""One returned file: its table is found, each row meets its task, and no cell goes astray."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from intake_desk import (
    CODES,
    EDUCATION,
    FILLED,
    HEADER,
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

from toolkit.containers.content import Content, FileKind, Paragraph, Sheet, Span, Value
from toolkit.findings import intake as found
from toolkit.intake.columns import Column
from toolkit.intake.reading import Match
from toolkit.model import Severity


def _without(rows: list[list[Value]], *columns: str) -> list[list[Value]]:
    places = [HEADER.index(column) for column in columns]
    return [[value for place, value in enumerate(row) if place not in places] for row in rows]


def test_a_whole_form_is_read_without_a_word() -> None:
    reading = read(content(table(*FILLED), stamped=stamp()))
    form = only(reading)
    assert form.unit == EDUCATION
    assert said(form, 2) == {
        "status": "已完成", "progress": "第2项已办结2件", "evidence": "台账第2号", "done_on": "2031-06-02"
    }  # fmt: skip
    assert form.rows[1].answer(Column.PROGRESS).cell == "J5"  # type: ignore[union-attr]
    assert form.rows[1].answer(Column.DONE_ON).day == date(2031, 6, 2)  # type: ignore[union-attr]
    assert reading.findings == ()
    assert reading.extras == ()


# --- A1, A2: the table was moved about -------------------------------------------------------


@given(st.permutations(range(len(HEADER))))
def test_columns_in_any_order(order: list[int]) -> None:
    rows = [[row[place] for place in order] for row in [list(HEADER), *FILLED]]
    reading = read(content([*table()[:2], *rows], stamped=stamp()))
    form = only(reading)
    assert [said(form, n)["progress"] for n in range(1, 6)] == [f"第{n}项已办结{n}件" for n in range(1, 6)]
    assert [word(form, n) for n in range(1, 6)] == ["已完成"] * 5
    assert {f.severity for f in reading.findings} <= {Severity.NOTE}


def test_a_column_in_between_is_kept_as_an_extra() -> None:
    rows = [
        [*row[:9], extra, *row[9:]] for row, extra in zip([list(HEADER), *FILLED], ["科室", *"甲乙丙丁戊"], strict=True)
    ]
    reading = read(content([*table()[:2], *rows], stamped=stamp()))
    assert said(only(reading), 3)["progress"] == "第3项已办结3件"
    assert [extra.values for extra in reading.extras] == [("甲",), ("乙",), ("丙",), ("丁",), ("戊",)]
    (finding,) = told(reading, found.STRANGER_COLUMN)
    assert "科室" in finding.message


def test_without_codes_rows_are_matched_by_their_text() -> None:
    reading = read(content([*table()[:2], *_without([list(HEADER), *FILLED], "编码")], stamped=stamp()))
    form = only(reading)
    assert {row.match for row in form.rows} == {Match.TEXT}
    assert said(form, 5)["evidence"] == "台账第5号"


def test_without_code_and_with_words_changed_rows_are_matched_by_likeness_and_it_says_so() -> None:
    rows = [list(HEADER), *(list(row) for row in FILLED)]
    rows[2][3] = "更新使用满十五年的老旧电梯，先易后难，逐台验收。"
    reading = read(content([*table()[:2], *_without(rows, "编码", "工作任务")], stamped=stamp()))
    assert said(only(reading), 2)["progress"] == "第2项已办结2件"
    (finding,) = told(reading, found.MATCHED_BY_LIKENESS)
    assert finding.severity is Severity.WARNING
    assert "9" in finding.message


def test_the_header_row_is_gone() -> None:
    rows = table(*FILLED)
    del rows[2]
    reading = read(content(rows, stamped=stamp()))
    assert said(only(reading), 4)["progress"] == "第4项已办结4件"
    assert told(reading, found.HEADER_ABSENT)


def test_a_header_of_two_rows_with_merged_cells() -> None:
    top = [*HEADER[:8], "本期填报", None, None, None, None]
    bottom: list[Value] = [*[None] * 8, *HEADER[8:]]
    rows = [*table()[:2], top, bottom, *FILLED]
    spans = (*(Span(2, c, 3, c) for c in range(8)), Span(2, 8, 2, 12))
    form = only(read(content(rows, stamped=stamp(), spans=spans)))
    assert said(form, 1)["progress"] == "第1项已办结1件"


def test_a_header_cell_merged_over_two_columns() -> None:
    rows = table(*FILLED)
    rows[2][9] = None
    reading = read(content(rows, stamped=stamp(), spans=(Span(2, 8, 2, 9),)))
    assert said(only(reading), 1)["progress"] == "第1项已办结1件"
    assert "进展说明" in told(reading, found.COLUMN_GUESSED)[0].message


def test_the_form_is_found_behind_other_sheets() -> None:
    made = content(table(*FILLED), stamped=stamp(), name="Sheet3")
    made.sheets.insert(0, Sheet("封面", [["关于报送情况的说明"], ["现将有关情况报送如下。"]]))
    reading = read(made)
    assert said(only(reading), 1)["status"] == "已完成"
    assert [extra.values[0] for extra in reading.extras] == ["关于报送情况的说明", "现将有关情况报送如下。"]


def test_a_long_list_beside_the_form_is_counted_and_not_listed_whole() -> None:
    made = content(table(*FILLED), stamped=stamp())
    made.sheets.append(Sheet("明细数据", [[f"第{row}户", float(row)] for row in range(3000)]))
    reading = read(made)
    assert said(only(reading), 1)["status"] == "已完成"
    assert len(reading.extras) == 400
    (beyond,) = told(reading, found.EXTRA_ROWS_UNLISTED)
    assert str(6000 - 800) in beyond.message


# --- A4: not a form ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "made",
    [
        Content(FileKind.XLSX, [Sheet("食堂", [["菜名", "单价"], ["豆腐", 6.0]])]),
        Content(FileKind.DOCX, blocks=[Paragraph("关于放假的通知"), Paragraph("国庆节放假七天。")]),
        content([["序号", "工作任务", "具体要求", "完成情况"], [1.0, "修桥", "修好东门外的石桥", "已完成"]]),
    ],
)
def test_a_wrong_file_is_named_and_never_an_empty_merge(made: Content) -> None:
    reading = read(made)
    assert reading.forms == ()
    (finding,) = told(reading, found.NOT_A_FORM)
    assert finding.severity is Severity.ERROR
    assert str(reading.count.read) in finding.message


def test_a_form_of_another_plan_is_refused() -> None:
    form = only(read(content(table(*FILLED), stamped=stamp(plan_id="PXXXXXX"))))
    assert form.refusal is not None
    assert form.refusal.code == found.OTHER_PLAN.code


# --- A6, A8, A26: rows and locked texts -----------------------------------------------------------


def test_a_copied_row_without_contradiction_is_joined_and_both_are_flagged() -> None:
    reading = read(content(table(FILLED[0], task_row(1), *FILLED[1:]), stamped=stamp()))
    assert said(only(reading), 1)["progress"] == "第1项已办结1件"
    assert [f.cell for f in told(reading, found.CODE_TWICE_SAME)] == ["A4", "A5"]


def test_a_copied_row_that_says_otherwise_is_flagged_and_neither_is_lost() -> None:
    other = task_row(1, "推进中", "另一科室补充")
    reading = read(content(table(FILLED[0], other, *FILLED[1:]), stamped=stamp()))
    assert word(only(reading), 1) == "已完成"
    flagged = told(reading, found.CODE_TWICE)
    assert {f.cell for f in flagged} == {"A4", "A5"}
    assert {f.severity for f in flagged} == {Severity.ERROR}
    assert any("另一科室补充" in extra.values for extra in reading.extras)


def test_changed_locked_text_is_told_and_the_plan_stands() -> None:
    rows = [list(row) for row in FILLED]
    rows[1][3] = "更新使用满二十年的电梯，先易后难，逐台验收。"
    reading = read(content(table(*rows), stamped=stamp()))
    (finding,) = told(reading, found.TEXT_CHANGED)
    assert (finding.task, finding.cell) == (CODES[1], "D5")
    assert "满十五年" in finding.message
    assert "满二十年" in finding.message
    assert said(only(reading), 2)["status"] == "已完成"


def test_codes_that_slipped_against_their_rows_are_an_error() -> None:
    rows = [list(row) for row in FILLED]
    for row, code in zip(rows, [*CODES[1:5], CODES[0]], strict=True):
        row[0] = code
    reading = read(content(table(*rows), stamped=stamp()))
    assert [said(only(reading), n)["progress"] for n in range(1, 6)] == [f"第{n}项已办结{n}件" for n in range(1, 6)]
    assert len(told(reading, found.CODE_TEXT_CONFLICT)) == 5


def test_rows_below_the_table_are_shown() -> None:
    own: list[Value] = ["补充", None, None, "另外完成了校门口的斑马线", *[None] * 4, "已完成"]
    reading = read(content(table(*FILLED, own), stamped=stamp()))
    assert reading.extras[-1].values == ("补充", "另外完成了校门口的斑马线", "已完成")
    assert len(told(reading, found.EXTRA_ROW)) == 1


def test_a_task_of_another_unit_is_shown_and_not_merged() -> None:
    reading = read(content(table(*FILLED, task_row(6, "已完成", "顺带清了淤")), stamped=stamp()))
    assert all(row.code != CODES[5] for row in only(reading).rows)
    (finding,) = told(reading, found.NOT_THEIR_TASK)
    assert finding.severity is Severity.ERROR
    assert "顺带清了淤" in reading.extras[-1].values


def test_the_people_below_the_table() -> None:
    foot: list[Value] = [None] * len(HEADER)
    foot[0], foot[3], foot[4], foot[7] = "填报人：王小河", "联系电话：", "0999-5550123", "审核人：李山"
    foot[10], foot[11] = "填报日期：", date(2031, 6, 20)
    reading = read(content(table(*FILLED, foot), stamped=stamp()))
    assert dict(only(reading).people) == {
        "reporter": "王小河", "phone": "0999-5550123", "reviewer": "李山", "filled_on": "2031-06-20"
    }  # fmt: skip
    assert reading.extras == ()


def test_an_answer_that_begins_like_a_label_stays_an_answer() -> None:
    rows = _without([list(HEADER), task_row(1, "推进中", "联系人：王小河，已走访三次"), *FILLED[1:]], "编码", "序号")
    form = only(read(content([*table()[:2], *rows], stamped=stamp())))
    assert said(form, 1)["progress"] == "联系人：王小河，已走访三次"


# --- nothing lost -----------------------------------------------------------------------------------------

_CELL = st.one_of(
    st.none(),
    st.sampled_from(
        [*HEADER, *CODES, "同上", "已完成", "填报单位：", EDUCATION, "单位", "牵头单位", "#N/A", "填报人：王"]
    ),
    st.text(max_size=12),
    st.floats(allow_nan=False, allow_infinity=False),
    st.dates(),
)
_SPAN = st.tuples(st.integers(0, 7), st.integers(0, 7), st.integers(0, 3), st.integers(0, 3)).map(
    lambda s: Span(s[0], s[1], s[0] + s[2], s[1] + s[3])
)


@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=150)
@given(
    st.lists(st.lists(_CELL, max_size=14), max_size=8),
    st.lists(_SPAN, max_size=3),
    st.booleans(),
    st.integers(0, 5),
)
def test_no_cell_goes_astray_whatever_stands_in_the_sheet(
    mess: list[list[Value]], spans: list[Span], stamped: bool, place: int
) -> None:
    """``read_return`` itself asserts that cells read = answered + known + reported."""
    rows = table(*FILLED)
    rows[place:place] = mess
    reading = read(content(rows, stamped=stamp() if stamped else None, spans=tuple(spans)))
    assert reading.count.balanced
    assert reading.count.read == sum(1 for row in rows for value in row if value is not None and str(value).strip())
