"""One returned file, cell by cell: every harm of ACCEPTANCE.md that a single table can suffer."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from intake_desk import (
    CODES,
    EDUCATION,
    HEADER,
    PLAN,
    POLICE,
    ROUND,
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

from toolkit.containers.content import Content, FileKind, Paragraph, Sheet, Span, TableBlock, Value
from toolkit.findings import intake as found
from toolkit.intake.columns import Column
from toolkit.intake.reading import Match
from toolkit.model import Severity

FILLED = [task_row(n, "已完成", f"第{n}项已办结{n}件", f"台账第{n}号", "2031-06-0" + str(n)) for n in range(1, 6)]


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


# --- A7, A13–A16, A20, A21: cells ------------------------------------------------------------------


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


# --- whose it is (A23) ------------------------------------------------------------------------------


def test_without_stamp_the_unit_is_known_by_what_is_typed() -> None:
    reading = read(content(table(*FILLED)))
    assert only(reading).unit == EDUCATION
    assert reading.findings == ()


def test_an_alias_is_read_and_said() -> None:
    reading = read(content(table(*FILLED, unit="市教育局")))
    assert only(reading).unit == EDUCATION
    assert told(reading, found.UNIT_ALIAS)[0].severity is Severity.WARNING


def test_an_unknown_name_is_a_suggestion_and_never_a_guess() -> None:
    form = only(read(content(table(*FILLED, unit="云岭市教肓局"))))
    assert form.unit is None
    assert form.refusal is not None
    assert EDUCATION in form.refusal.message


def test_a_misspelt_name_is_accepted_when_the_file_name_confirms_it() -> None:
    reading = read(content(table(*FILLED, unit="云岭市教肓局")), "收/001_云岭市教育局_2031年第二季度.xlsx")
    assert only(reading).unit == EDUCATION
    assert told(reading, found.UNIT_MISSPELT)


def test_a_name_only_in_folder_or_file() -> None:
    rows = table(*FILLED)
    rows[1] = [None]
    for path in (
        "收/市教育局/填报表.xlsx",
        "云岭市教育局2031年第二季度填报表(1).xlsx",
        "a.zip!/001_云岭市教育局_最终版.xlsx",
    ):
        reading = read(content(rows), path)
        assert only(reading).unit == EDUCATION
        assert told(reading, found.UNIT_BY_FILE_NAME)


def test_a_unit_that_answers_on_anothers_form_is_refused() -> None:
    form = only(read(content(table(*FILLED, unit=POLICE), stamped=stamp())))
    assert form.unit is None
    assert form.refusal is not None
    assert form.refusal.severity is Severity.ERROR
    assert set(form.claimed) == {EDUCATION, POLICE}


def test_a_file_named_after_another_unit_is_taken_by_its_stamp() -> None:
    reading = read(content(table(*FILLED), stamped=stamp()), "收/002_云岭市公安局_2031年第二季度.xlsx")
    assert only(reading).unit == EDUCATION
    assert told(reading, found.FILE_NAME_DIFFERS)


# --- several forms in one file ------------------------------------------------------------------------


def test_one_sheet_a_unit() -> None:
    made = content(table(*FILLED), name="教育")
    made.sheets.append(Sheet("公安", table(task_row(1, "推进中", "派出所配合", role="配合"), unit=POLICE)))
    reading = read(made)
    assert {form.unit: len(form.rows) for form in reading.forms} == {EDUCATION: 5, POLICE: 1}


def test_sheets_named_after_units() -> None:
    made = Content(
        FileKind.XLSX, [Sheet(EDUCATION, [list(HEADER), *FILLED]), Sheet("市公安局", [list(HEADER), FILLED[0]])]
    )
    reading = read(made, "汇总报送.xlsx")
    assert {form.unit for form in reading.forms} == {EDUCATION, POLICE}


def test_all_units_in_one_list() -> None:
    header = ["单位", *HEADER]
    rows = [[EDUCATION, *FILLED[0]], ["市公安局", *FILLED[0]], [None, *FILLED[1]], ["天文台", *FILLED[2]]]
    reading = read(content([header, *rows]), "汇总报送.xlsx")
    units = {form.unit: [row.code for row in form.rows] for form in reading.forms}
    assert units == {EDUCATION: [CODES[0]], POLICE: [CODES[0], CODES[1]], None: [CODES[2]]}
    refused = next(form for form in reading.forms if form.unit is None)
    assert refused.refusal is not None
    assert "天文台" in refused.refusal.message


def test_a_column_of_responsible_units_does_not_take_a_form_from_its_sender() -> None:
    header = [*HEADER[1:4], "责任单位", *HEADER[8:]]
    rows = [[*row[1:4], POLICE, *row[8:]] for row in FILLED]
    form = only(read(content([[f"填报单位：{EDUCATION}"], header, *rows])))
    assert (form.unit, len(form.rows)) == (EDUCATION, 5)
    nameless = read(content([header, *rows[:1]]), "报送.xlsx")
    assert only(nameless).unit == POLICE
    assert told(nameless, found.UNITS_BY_DUTY)


def test_each_sheet_of_a_unit_may_be_of_its_own_round() -> None:
    made = content(table(*FILLED), stamped=stamp(), name="二季度")
    earlier = table(*FILLED)
    earlier[1][4] = "填报期：2031年第一季度"
    made.sheets.insert(0, Sheet("一季度", earlier))
    assert [form.round for form in read(made).forms] == ["2031年第一季度", ROUND]


def test_without_header_and_with_other_columns_nothing_is_guessed() -> None:
    rows = table(*[[*row[:3], "插入的一列", *row[3:]] for row in FILLED])
    del rows[2]
    form = only(read(content(rows, stamped=stamp())))
    assert form.refusal is not None
    assert form.refusal.code == found.HEADER_LOST.code


def test_a_table_in_a_document() -> None:
    blocks = [
        Paragraph(f"{PLAN.title}填报表"),
        Paragraph(f"填报单位：{EDUCATION}    填报期：{ROUND}"),
        TableBlock(Sheet("表1", [list(HEADER), *FILLED])),
        Paragraph("填报人：王小河"),
        Paragraph("以上情况属实。"),
    ]
    reading = read(Content(FileKind.DOCX, blocks=list(blocks)))
    form = only(reading)
    assert (form.unit, form.round, dict(form.people)) == (EDUCATION, ROUND, {"reporter": "王小河"})
    assert [extra.values for extra in reading.extras] == [("以上情况属实。",)]


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
