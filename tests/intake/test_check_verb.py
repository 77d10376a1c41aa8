"""校验 as a clerk meets it: a form by itself, returns against the plan, the plan itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from campaign import City, answered
from intake_desk import CIVIL, CODES, EDUCATION, PLAN, POLICE

from toolkit.check import check
from toolkit.findings import CannotDo, Kind
from toolkit.findings import intake as found
from toolkit.findings import plan as plan_found
from toolkit.model import Deadline, Review
from toolkit.workbooks import plan_book

AFTER = date(2031, 7, 2)


@pytest.fixture
def city(tmp_path: Path) -> City:
    return City.make(tmp_path / "市")


def codes(result: dict[str, Any], kind: Kind) -> list[dict[str, Any]]:
    """The findings of one kind."""
    return [finding for finding in result["findings"] if finding["code"] == kind.code]


def run(paths: Sequence[Path], **options: Any) -> dict[str, Any]:
    """The check JSON."""
    return check(paths, **options).to_json()


def test_a_good_form_needs_no_plan(city: City) -> None:
    form = city.send("报送.xlsx", city.filled(CIVIL))
    result = run([form])
    assert [(record["path"], record["outcome"], record["units"]) for record in result["files"]] == [
        ("报送.xlsx", "merged", [CIVIL])
    ]
    assert not [finding for finding in result["findings"] if finding["code"].startswith("intake.")]


def test_a_form_is_held_against_its_own_stamp(city: City) -> None:
    path = city.send("报送.xlsx", city.filled(EDUCATION, {1: answered(1, status="差不多了"), 2: answered(2)}))
    book = openpyxl.load_workbook(path)
    sheet = book["填报表"]
    row = next(cell.row for cell in sheet["A"] if cell.value == CODES[1])
    sheet.cell(row, 4).value = "更新所有电梯。"
    gone = next(cell.row for cell in sheet["A"] if cell.value == CODES[2])
    for column in range(1, 14):
        sheet.cell(gone, column).value = None
    book.save(path)
    result = run([path])
    (unknown,) = codes(result, found.UNKNOWN_STATUS)
    assert (unknown["severity"], unknown["task"], unknown["unit"]) == ("error", CODES[0], EDUCATION)
    (changed,) = codes(result, found.TEXT_CHANGED)
    assert (changed["task"], "更新所有电梯" in changed["message"]) == (CODES[1], True)
    assert [finding["task"] for finding in codes(result, found.ROW_ABSENT)] == [CODES[2]]
    assert codes(result, found.PARTLY_REPORTED)
    assert not codes(result, found.EXTRA_ROW)


def test_a_file_without_stamp_asks_for_the_plan(city: City) -> None:
    path = city.returns / "自制.xlsx"
    path.parent.mkdir()
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(["事项", "情况"])
    book.save(path)
    result = run([path])
    assert result["files"][0]["outcome"] == "rejected"
    assert codes(result, found.NO_STAMP)


def test_returns_against_the_plan_say_nothing_of_those_that_did_not_come(city: City) -> None:
    city.send("一.xlsx", city.filled(EDUCATION))
    city.send("二.xlsx", city.filled(EDUCATION, {1: answered(1, status="推进中")}))
    result = run([city.returns], plan=city.plan, as_of=AFTER)
    assert codes(result, found.CONTRADICTION_UNDECIDED)
    assert not codes(result, found.UNREPORTED)
    assert {finding["unit"] for finding in result["findings"]} <= {EDUCATION, None}
    for record in result["files"]:
        assert all(result["findings"][index]["path"] == record["path"] for index in record["findings"])


def test_the_plan_alone(city: City, tmp_path: Path) -> None:
    first, second, *rest = PLAN.tasks
    doubtful = replace(
        first,
        review=(Review("units", "单位名称不全"),),
        deadlines=(Deadline("2031年3月底前", date(2031, 3, 31)),),
    )
    plan = tmp_path / "另一处" / "任务分工表.xlsx"
    plan.parent.mkdir()
    plan_book.write(replace(PLAN, tasks=(doubtful, replace(second, assignments=()), *rest)), plan)
    result = run([plan], as_of=AFTER)
    for kind in (plan_found.OPEN_REVIEW, plan_found.TASK_WITHOUT_UNIT, plan_found.DEADLINE_PAST):
        assert codes(result, kind), kind.code
    assert [record["path"] for record in result["files"]] == ["任务分工表.xlsx"]
    assert not codes(run([plan], as_of=date(2031, 1, 9)), plan_found.DEADLINE_PAST)


def test_the_findings_as_a_workbook(city: City) -> None:
    city.send("一.xlsx", city.filled(POLICE, {1: answered(1, status="=HYPERLINK(1)")}))
    out = city.folder / "问题清单.xlsx"
    result = check([city.returns], plan=city.plan, as_of=AFTER, out=out)
    assert result.files == (out,)
    sheet = openpyxl.load_workbook(out)["问题清单"]
    rows = list(sheet.iter_rows(min_row=4, values_only=True))
    assert [row[1] for row in rows] == [finding.severity.label for finding in result.findings]
    assert [row[7] for row in rows] == [finding.message for finding in result.findings]
    before = out.read_bytes()
    check([city.returns], plan=city.plan, as_of=AFTER, out=out)
    assert out.read_bytes() == before


def test_a_plan_that_is_not_there(city: City) -> None:
    city.send_all()
    with pytest.raises(CannotDo):
        check([city.returns], plan=city.folder / "没有.xlsx")
