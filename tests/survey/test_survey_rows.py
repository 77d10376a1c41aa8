"""Tables in which a unit writes as many rows as it needs: none is lost, resubmissions are told from additions."""

from __future__ import annotations

import io
from datetime import timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from clerk.office import Office
from survey_office import AS_OF, STAFF, County, SurveyParcel, filled, insert, rows_of, table_of, told

from toolkit.check import check
from toolkit.sample.packages import restamped
from toolkit.workbooks.survey.form import ROWS_OFFERED


def person(*texts: str) -> dict[str, Any]:
    """A row, the texts in the order of the fields."""
    return dict(zip((field.name for field in STAFF.fields), texts, strict=True))


ONE = person("安心志", "1990-03-05", "专职", "3", "13900001111", "是")
TWO = person("柏一清", "1985.7.9", "兼职", "12年", "139 0000 2222", "否")
THREE = {"姓名": "陈明和", "岗位": "专职", "手机": "13900003333"}


@pytest.fixture
def county(tmp_path: Path) -> County:
    return County.make(tmp_path / "县", 3, survey=STAFF)


def first(county: County) -> str:
    return next(iter(county.forms))


def test_rows_arrive_in_their_order_and_as_they_are_meant(county: County) -> None:
    unit = first(county)
    result = county.merge(county.send(county.parcel(unit, [ONE, TWO, THREE]).files))
    assert rows_of(result, unit) == [ONE, TWO, THREE]
    entry = next(entry for entry in result["entries"] if entry["unit"] == unit)
    assert entry["rows"][1]["values"] == person("柏一清", "1985-07-09", "兼职", "12", "13900002222", "否")
    assert entry["rows"][1]["sources"]["姓名"]["cell"].startswith("C")
    assert told(result, unit) == []


def test_more_rows_than_the_form_offers(county: County) -> None:
    unit = first(county)
    people = [ONE | {"姓名": f"安{number}", "手机": f"1390000{number:04d}"} for number in range(40)]
    result = county.merge(county.send(county.parcel(unit, people).files))
    assert rows_of(result, unit) == people
    assert next(report["reporter"] for report in result["units"] if report["unit"] == unit) == "方小圆"


def test_rows_with_gaps_and_rows_inserted_in_the_middle(county: County) -> None:
    unit = first(county)
    parcel = county.parcel(unit, [ONE, THREE])
    with edited(parcel) as sheet:
        _, columns, row = table_of(sheet)
        insert(sheet, row + 1, 3)
        for name, value in TWO.items():
            sheet.cell(row + 2, columns[name]).value = value
    assert rows_of(county.merge(county.send(parcel.files)), unit) == [ONE, TWO, THREE]


def test_the_same_file_twice_is_one(county: County) -> None:
    unit = first(county)
    parcel = county.parcel(unit, [ONE, TWO])
    files = parcel.files | {f"{unit}/副本.xlsx": parcel.data}
    result = county.merge(county.send(files))
    assert rows_of(result, unit) == [ONE, TWO]
    assert {file["outcome"] for file in result["files"]} == {"merged", "duplicate"}


def test_a_mended_row_wins_and_both_are_shown(county: County) -> None:
    unit = first(county)
    files = twice(county, unit, [ONE, TWO], [ONE, TWO | {"手机": "13900009999"}])
    result = county.merge(county.send(files))
    assert rows_of(result, unit) == [ONE, TWO | {"手机": "13900009999"}]
    (message,) = told(result, unit, code="intake.contradiction")
    assert "139 0000 2222" in message and "13900009999" in message


def test_a_row_taken_out_later_is_shown_and_not_merged(county: County) -> None:
    unit = first(county)
    result = county.merge(county.send(twice(county, unit, [ONE, TWO, THREE], [ONE, THREE])))
    assert rows_of(result, unit) == [ONE, THREE]
    assert any("柏一清" in message for message in told(result, unit, code="survey.row-taken-out"))
    assert any("柏一清" in extra["values"] for extra in result["extras"])


def test_rows_added_later_join(county: County) -> None:
    unit = first(county)
    result = county.merge(county.send(twice(county, unit, [ONE], [THREE, ONE, TWO])))
    assert rows_of(result, unit) == [THREE, ONE, TWO]


def test_two_files_that_share_no_row_are_parts(county: County) -> None:
    unit = first(county)
    result = county.merge(county.send(twice(county, unit, [ONE], [TWO, THREE])))
    assert sorted(row["姓名"] for row in rows_of(result, unit)) == sorted(["安心志", "柏一清", "陈明和"])
    assert told(result, unit, code="survey.rows-joined")


def test_what_is_wrong_in_a_row_is_told_with_its_cell(county: County) -> None:
    unit = first(county)
    wrong = person("丁乐然", "去年", "临时", "很久", "1390000", "也许")
    result = county.merge(county.send(county.parcel(unit, [ONE, wrong, {"岗位": "专职", "已培训": "√"}]).files))
    codes = [f["code"] for f in result["findings"] if f["unit"] == unit]
    for code in ("date-unread", "not-a-choice", "number-unread", "mobile-unread", "required-blank"):
        assert f"survey.{code}" in codes
    cells = {f["cell"] for f in result["findings"] if f["code"] == "survey.date-unread"}
    entry = next(entry for entry in result["entries"] if entry["unit"] == unit)
    assert cells == {entry["rows"][1]["sources"]["出生日期"]["cell"]}
    assert entry["rows"][1]["values"]["岗位"] is None and entry["rows"][2]["values"]["已培训"] == "是"
    assert codes.count("survey.required-blank") == 2, "姓名 and 手机 of the third row"


def test_a_row_pasted_twice_is_pointed_out(county: County) -> None:
    unit = first(county)
    result = county.merge(county.send(county.parcel(unit, [ONE, TWO, ONE]).files))
    assert rows_of(result, unit) == [ONE, TWO, ONE]
    assert any("第 3 行与第 1 行" in message for message in told(result, unit))


def test_a_value_that_is_a_label_is_no_label(county: County) -> None:
    """A name that is also a word of the foot stays a person's name, also in a row without 序号."""
    unit = first(county)
    parcel = county.parcel(unit, [ONE])
    with edited(parcel) as sheet:
        _, columns, row = table_of(sheet)
        insert(sheet, row + 1, 1)
        for name, value in (THREE | {"姓名": "联系人"}).items():
            sheet.cell(row + 1, columns[name]).value = value
    assert [row["姓名"] for row in rows_of(county.merge(county.send(parcel.files)), unit)] == ["安心志", "联系人"]


@pytest.mark.parametrize("lost", ["codes", "header", "stamp", "everything but the table"])
def test_what_the_form_loses(county: County, lost: str) -> None:
    unit = first(county)
    parcel = county.parcel(unit, [ONE, TWO, THREE])
    with edited(parcel) as sheet:
        header, columns, row = table_of(sheet)
        if lost == "codes":
            for number in range(row, row + ROWS_OFFERED):
                sheet.cell(number, 1).value = sheet.cell(number, 2).value = None
        elif lost == "header":
            for column in columns.values():
                sheet.cell(header, column).value = None
        else:
            book = sheet.parent
            for other in [other for other in book.worksheets if other is not sheet]:
                book.remove(other)
            for name in book.custom_doc_props.names:
                del book.custom_doc_props[name]
            book.defined_names.clear()
            if lost == "everything but the table":
                for number in range(1, header):
                    sheet.cell(number, 1).value = None
    result = county.merge(county.send(parcel.files))
    assert rows_of(result, unit) == [ONE, TWO, THREE]


def test_renamed_and_moved_headers(county: County) -> None:
    unit = first(county)
    parcel = county.parcel(unit, [ONE, TWO])
    with edited(parcel) as sheet:
        header, columns, row = table_of(sheet)
        renamed = {"姓名": "姓　名", "出生日期": "出生年月日", "手机": "手机号码（必填）", "岗位": "所在岗位"}
        for old, new in renamed.items():
            sheet.cell(header, columns[old]).value = new
        left, right = columns["姓名"], columns["已培训"]
        for number in range(header, row + 15):
            one, other = sheet.cell(number, left), sheet.cell(number, right)
            one.value, other.value = other.value, one.value
    result = county.merge(county.send(parcel.files))
    assert [sorted(row.items()) for row in rows_of(result, unit)] == [sorted(ONE.items()), sorted(TWO.items())]


@pytest.mark.office
@pytest.mark.parametrize("target", ["ods", "xls", "csv"])
def test_another_suite_saved_it(county: County, office: Office, target: str) -> None:
    unit = first(county)
    parcel = county.parcel(unit, [ONE, TWO, THREE])
    (data,) = office.convert([(parcel.data, ".xlsx")], target)
    assert data is not None
    result = county.merge(county.send({f"{unit}/登记表.{target}": data}))
    assert rows_of(result, unit) == [ONE, TWO, THREE]


def test_a_form_is_checked_by_itself(county: County) -> None:
    unit = first(county)
    result = county.check(county.send(county.parcel(unit, [ONE, TWO | {"手机": "139"}]).files))
    assert [f["code"] for f in result["findings"] if f["severity"] == "error"] == ["survey.mobile-unread"]


def twice(county: County, unit: str, earlier: list[dict[str, Any]], later: list[dict[str, Any]]) -> dict[str, bytes]:
    """Two files of one unit, the second saved a day after the first."""
    parcel = county.parcel(unit, earlier)
    saved = parcel.saved + timedelta(days=1)
    assert saved.date() <= AS_OF
    return parcel.files | {f"{unit}/重报.xlsx": filled(parcel.blank, later, saved)}


class edited:
    """The first sheet of a parcel's workbook, to change; saved when the block ends."""

    def __init__(self, parcel: SurveyParcel) -> None:
        self._parcel = parcel

    def __enter__(self) -> Any:
        self._book = openpyxl.load_workbook(io.BytesIO(self._parcel.data))
        return self._book.worksheets[0]

    def __exit__(self, *_: object) -> None:
        stream = io.BytesIO()
        self._book.save(stream)
        self._parcel.data = restamped(stream.getvalue(), self._parcel.saved)


def test_a_form_sent_back_with_marks_and_mended(county: County) -> None:
    unit = first(county)
    parcel = county.parcel(unit, [ONE, TWO | {"手机": "139"}])
    returns = county.send(parcel.files)
    marked = check([returns], plan=county.plan, as_of=AS_OF, marked=county.folder / "标注").marked
    mended = SurveyParcel(
        unit, "改正.xlsx", parcel.blank, {}, parcel.saved + timedelta(hours=5), parcel.rng, data=marked[0].read_bytes()
    )
    with edited(mended) as sheet:
        _, columns, row = table_of(sheet)
        sheet.cell(row + 1, columns["手机"]).value = TWO["手机"]
    result = county.merge(county.send(parcel.files | {f"{unit}/改正.xlsx": mended.data}))
    assert rows_of(result, unit) == [ONE, TWO]
    about = {finding["code"]: finding["severity"] for finding in result["findings"] if finding["unit"] == unit}
    assert about["intake.corrected"] == "note" and "error" not in about.values()
