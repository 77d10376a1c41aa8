"""A workbook goes back with marks, is mended and comes in again (check --marked)."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from campaign import City, answered
from intake_desk import CODES, EDUCATION

from toolkit import opc
from toolkit.check import check
from toolkit.findings import CannotDo
from toolkit.findings import intake as found
from toolkit.findings import output as output_found
from toolkit.marks import Marks, checksums

AFTER = date(2031, 7, 2)


@pytest.fixture
def city(tmp_path: Path) -> City:
    return City.make(tmp_path / "市")


def mark(city: City, path: Path, folder: str = "退回") -> Path:
    """The marked copy of one returned form."""
    result = check([path], plan=city.plan, as_of=AFTER, marked=city.folder / folder)
    (copy,) = result.marked
    return copy


def row_of(sheet: object, code: str) -> int:
    """The row of a task."""
    return next(cell.row for cell in sheet["A"] if cell.value == code)  # type: ignore[index]


def faulty(city: City) -> Path:
    """A form of which the first task has an unknown status and the second is good."""
    return city.send("教育.xlsx", city.filled(EDUCATION, {1: answered(1, status="差不多了"), 2: answered(2)}))


def test_what_is_to_be_mended_is_marked_in_a_copy(city: City) -> None:
    path = faulty(city)
    before = path.read_bytes()
    copy = mark(city, path)
    assert (copy.name, path.read_bytes() == before) == (path.name, True)
    book = openpyxl.load_workbook(copy)
    sheet = book["填报表"]
    row = row_of(sheet, CODES[0])
    header = next(cell for cells in sheet.iter_rows() for cell in cells if cell.value == "问题")
    said = sheet.cell(row, header.column).value
    status = next(cell for cell in sheet[row] if cell.value == "差不多了")
    assert said.startswith("【错误】") and "差不多了" in said and "请" in said
    assert status.comment is not None and "差不多了" in status.comment.text
    assert status.fill.fgColor.rgb == "FFF8CBAD"
    assert not sheet.cell(row_of(sheet, CODES[1]), header.column).value
    assert sheet.protection.sheet and sheet.cell(row, 4).protection.locked and not status.protection.locked
    assert book["_fengong"].sheet_state == "veryHidden"


def test_marking_twice_gives_the_same_bytes(city: City) -> None:
    path = faulty(city)
    assert mark(city, path, "一").read_bytes() == mark(city, path, "二").read_bytes()
    again = mark(city, path, "一")
    assert [file.name for file in again.parent.iterdir()] == [path.name]


def test_marks_are_no_answers_when_it_comes_back_as_it_went(city: City) -> None:
    copy = mark(city, faulty(city))
    result = check([copy], plan=city.plan, as_of=AFTER)
    codes = {finding.code for finding in result.findings}
    assert not codes & {found.COMMENT.code, found.STRANGER_COLUMN.code, found.TEXT_CHANGED.code}
    assert result.collection is not None and not result.collection.extras
    assert found.UNKNOWN_STATUS.code in codes


def mended(city: City, copy: Path, changes: dict[tuple[int, str], object]) -> Path:
    """The marked copy with some answers changed two days later, sent again."""
    book = openpyxl.load_workbook(copy)
    sheet = book["填报表"]
    headers = {cell.value: cell.column for cells in sheet.iter_rows() for cell in cells if isinstance(cell.value, str)}
    for (task, column), value in changes.items():
        sheet.cell(row_of(sheet, CODES[task - 1]), headers[column]).value = value
    path = city.returns / "教育（改）.xlsx"
    book.save(path)
    parts = opc.read_parts(path.read_bytes())
    core = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>2031-06-22T02:00:00Z", parts["docProps/core.xml"])
    path.write_bytes(opc.write_parts(parts | {"docProps/core.xml": core}))
    return path


def together(city: City) -> dict[str, Any]:
    """What everything that came in is merged to."""
    collection = check([city.returns], plan=city.plan, as_of=AFTER).collection
    assert collection is not None
    return collection.to_json()


def test_a_marked_row_may_change(city: City) -> None:
    mended(city, mark(city, faulty(city)), {(1, "完成情况"): "推进中", (1, "完成日期"): None})
    result = together(city)
    (entry,) = [e for e in result["entries"] if (e["task"], e["unit"]) == (CODES[0], EDUCATION)]
    assert (entry["status"], entry["done_on"]) == ("推进中", None)
    notes = [f for f in result["findings"] if f["code"] == found.CORRECTED.code]
    assert {f["severity"] for f in notes} == {"note"} and len(notes) == 2
    assert not [f for f in result["findings"] if f["code"] == found.CONTRADICTION.code]
    assert not result["extras"]


def test_another_row_that_changed_is_told(city: City) -> None:
    mended(city, mark(city, faulty(city)), {(1, "完成情况"): "推进中", (2, "进展说明"): "全部重新写过了一遍。"})
    result = together(city)
    told = [f for f in result["findings"] if f["code"] == found.CONTRADICTION.code]
    assert [(f["task"], f["severity"]) for f in told] == [(CODES[1], "error")]


def test_what_the_unit_answers_in_the_problem_column_is_kept(city: City) -> None:
    mended(city, mark(city, faulty(city)), {(1, "问题"): "已改，请再看。"})
    result = together(city)
    assert ["已改，请再看。"] in [extra["values"] for extra in result["extras"]]


def test_a_second_time_only_the_new_marks_stay(city: City) -> None:
    again = mended(city, mark(city, faulty(city)), {(1, "完成情况"): "推进中", (2, "完成情况"): "大体可以"})
    copy = mark(city, again, "再退")
    sheet = openpyxl.load_workbook(copy)["填报表"]
    first, second = row_of(sheet, CODES[0]), row_of(sheet, CODES[1])
    headers = [cell.column for cells in sheet.iter_rows() for cell in cells if cell.value == "问题"]
    assert len(headers) == 1
    assert "差不多了" not in str(sheet.cell(first, headers[0]).value)
    assert "大体可以" in sheet.cell(second, headers[0]).value
    status = next(cell for cell in sheet[first] if cell.value == "推进中")
    assert status.comment is None and status.fill.fgColor.rgb != "FFF8CBAD"


def test_other_formats_say_so(city: City) -> None:
    book = openpyxl.load_workbook(faulty(city))
    lines = [",".join(str(cell.value or "") for cell in row) for row in book["填报表"].iter_rows()]
    path = city.send("教育.csv", "\n".join(lines).encode("gb18030"))
    result = check([path], plan=city.plan, round="2031年第二季度", as_of=AFTER, marked=city.folder / "退回")
    assert not result.marked
    assert output_found.NOT_MARKED.code in {finding.code for finding in result.findings}


def test_originals_are_never_written_to(city: City) -> None:
    path = faulty(city)
    before = path.read_bytes()
    with pytest.raises(CannotDo):
        check([path], plan=city.plan, as_of=AFTER, marked=path.parent)
    assert path.read_bytes() == before


def test_marks_survive_as_text_and_damage_is_noticed() -> None:
    marks = Marks(2, frozenset(CODES[:2]), checksums(["【错误】甲", "问题"]))
    text = marks.encode()
    assert Marks.decode(text) == marks
    assert marks.wrote("【错误】 甲\r\n") and not marks.wrote("【错误】乙")
    assert Marks.decode(text[:-4] + "AAAA") is None and Marks.decode("FM1.x") is None and Marks.decode(7) is None


def test_the_office_may_raise_what_a_check_tells(city: City) -> None:
    path = city.send("教育.xlsx", city.filled(EDUCATION, {1: answered(1, evidence=""), 2: answered(2)}))
    for place, plan in ((city.folder, city.plan), (path.parent, None)):
        told = {f.code: f.severity.value for f in check([path], plan=plan, as_of=AFTER).findings}
        assert told["rules.no-evidence"] == "warning"
        (place / "fengong.toml").write_text('[severities]\n"rules.no-evidence" = "错误"\n', "utf-8")
        told = {f.code: f.severity.value for f in check([path], plan=plan, as_of=AFTER).findings}
        assert told["rules.no-evidence"] == "error"


def test_a_form_that_is_still_open_is_checked(city: City) -> None:
    path = faulty(city)
    (path.parent / f"~${path.name}").write_bytes(b"\x05clerk" + bytes(159))
    result = check([path.parent], plan=city.plan, as_of=AFTER)
    outcomes = {record.path: record.outcome.value for record in result.records}
    assert outcomes == {path.name: "merged", f"~${path.name}": "ignored"}
