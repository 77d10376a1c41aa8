"""Whose form it is (A23), and several forms in one file."""

from __future__ import annotations

from intake_desk import (
    CODES,
    EDUCATION,
    FILLED,
    HEADER,
    PLAN,
    POLICE,
    ROUND,
    content,
    only,
    read,
    stamp,
    table,
    task_row,
    told,
)

from toolkit.containers.content import Content, FileKind, Paragraph, Sheet, TableBlock
from toolkit.findings import intake as found
from toolkit.model import Severity


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
