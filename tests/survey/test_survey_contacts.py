"""联系人 and 电话 from a collected table into the register: free cells only, in a copy, and everything said."""

from __future__ import annotations

from pathlib import Path
from random import Random

import openpyxl
import pytest
from survey_office import STAFF, County
from test_survey_journey import AGENCY, agency

from toolkit.findings import CannotDo
from toolkit.housekeeping.contacts import contacts
from toolkit.workbooks import roster_book


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> County:
    """25 units of which all but the last reported; the office has a contact of the second and a phone of the third."""
    county = County.make(tmp_path_factory.mktemp("县"), 25, template=AGENCY)
    rng = Random("contacts")
    units = list(county.forms)
    rows = {unit: agency(rng) for unit in units[:-1]}
    rows[units[3]]["联系电话"] = "见名片"
    files = {path: data for unit, row in rows.items() for path, data in county.parcel(unit, [row]).files.items()}
    book = openpyxl.load_workbook(county.folder / "单位名录.xlsx")
    page = book["单位名录"]
    page["E3"], page["F4"] = "老联系人", rows[units[2]]["联系电话"].replace("-", "—")
    page["I1"], page["I2"] = "办公室自己的栏", "别动"
    page["B2"].comment = openpyxl.comments.Comment("批注", "办公室")
    book.save(county.folder / "单位名录.xlsx")
    county.merge(county.send(files))
    county.rows = rows  # type: ignore[attr-defined]
    return county


def test_free_cells_are_filled_and_nothing_else(county: County, tmp_path: Path) -> None:
    roster = county.folder / "单位名录.xlsx"
    before = roster.read_bytes()
    result = contacts(county.summary, tmp_path / "新名录.xlsx", roster=roster)
    assert roster.read_bytes() == before
    units = {unit.name: unit for unit in roster_book.read(result.path).units}
    names, rows = list(county.forms), county.rows  # type: ignore[attr-defined]
    assert units[names[0]].contact == rows[names[0]]["联系人"]
    assert units[names[0]].phone == rows[names[0]]["联系电话"]
    assert units[names[1]].contact == "老联系人" and units[names[1]].phone == rows[names[1]]["联系电话"]
    assert units[names[2]].phone == rows[names[2]]["联系电话"].replace("-", "—"), "the same number, written otherwise"
    assert units[names[3]].phone == rows[names[3]]["手机"], "an unreadable phone gives way to the mobile"
    assert (units[names[-1]].contact, units[names[-1]].phone) == ("", "")
    assert [unit.name for unit in roster_book.read(result.path).units] == names
    page = openpyxl.load_workbook(result.path)["单位名录"]
    assert page["I2"].value == "别动" and page["B2"].comment.text == "批注"
    (kept,) = result.findings
    assert "老联系人" in kept.message and rows[names[1]]["联系人"] in kept.message and "没有改动" in kept.message


def test_twice_gives_the_same_bytes(county: County, tmp_path: Path) -> None:
    roster = county.folder / "单位名录.xlsx"
    first = contacts(county.summary, tmp_path / "一.xlsx", roster=roster).path.read_bytes()
    assert contacts(county.summary, tmp_path / "二.xlsx", roster=roster).path.read_bytes() == first


def test_overwriting_says_what_was_there(county: County, tmp_path: Path) -> None:
    names, rows = list(county.forms), county.rows  # type: ignore[attr-defined]
    roster = county.folder / "单位名录.xlsx"
    result = contacts(county.summary, tmp_path / "新.xlsx", roster=roster, overwrite=True)
    units = {unit.name: unit for unit in roster_book.read(result.path).units}
    assert units[names[1]].contact == rows[names[1]]["联系人"]
    assert any("由“老联系人”改为" in finding.message for finding in result.findings)


def test_what_the_clerk_mended_in_the_summary_counts(county: County, tmp_path: Path) -> None:
    copy = tmp_path / "汇总表.xlsx"
    book = openpyxl.load_workbook(county.summary)
    page = book["总表"]
    names = [cell.value for cell in page[3]]
    page.cell(4, names.index("联系人") + 1).value = "改正的名字"
    book.save(copy)
    result = contacts(copy, tmp_path / "新.xlsx", roster=county.folder / "单位名录.xlsx")
    assert roster_book.read(result.path).units[0].contact == "改正的名字"


def test_other_fields_by_name(county: County, tmp_path: Path) -> None:
    rows = county.rows  # type: ignore[attr-defined]
    unit = next(iter(county.forms))
    roster = county.folder / "单位名录.xlsx"
    result = contacts(county.summary, tmp_path / "新.xlsx", roster=roster, contact="机构负责人", phone="手机")
    filled = roster_book.read(result.path).units[0]
    assert (filled.contact, filled.phone) == (rows[unit]["机构负责人"], rows[unit]["手机"])
    with pytest.raises(CannotDo) as refused:
        contacts(county.summary, tmp_path / "x.xlsx", roster=roster, contact="没有这个")
    assert "机构负责人" in refused.value.findings[0].advice


def test_what_cannot_be(county: County, tmp_path: Path) -> None:
    roster = county.folder / "单位名录.xlsx"
    with pytest.raises(CannotDo):
        contacts(county.summary, roster, roster=roster)
    with pytest.raises(CannotDo):
        contacts(roster, tmp_path / "x.xlsx", roster=roster)
    assert not (tmp_path / "x.xlsx").exists()
    staff = County.make(tmp_path / "人员", 2, survey=STAFF)
    (unit, _) = staff.forms
    staff.merge(staff.send(staff.parcel(unit, [{"姓名": "安心志", "岗位": "专职", "手机": "13900001111"}]).files))
    result = contacts(staff.summary, tmp_path / "y.xlsx", roster=staff.folder / "单位名录.xlsx")
    assert roster_book.read(result.path).units[0].phone == "13900001111"
