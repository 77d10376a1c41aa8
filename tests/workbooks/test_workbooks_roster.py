"""The register workbook: what is written comes back, and what clerks do to it is borne."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.findings import CannotDo
from toolkit.model import Group, Roster, Unit
from toolkit.workbooks import roster_book

ROSTER = Roster(
    (
        Unit("市教育局", 1, ("市教委", "教育局"), ("市直各单位",), "张三", "0555-1234567", "=1+1"),
        Unit("望川县政府", 2, (), ("各县、区人民政府", "试点单位")),
        Unit("松湾区政府", 3, (), ("各县、区人民政府",), phone="01234567890"),
    ),
    (
        Group("各县、区人民政府", basis="市政府文件"),
        Group("市直各单位"),
        Group("试点单位"),
        Group("各乡镇", (), "待补"),
    ),
)


def sheet_of(path: Path, rows: list[list[object]], more: dict[str, list[list[object]]] | None = None) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "单位名录"
    for row in rows:
        sheet.append(row)
    for title, others in (more or {}).items():
        added = book.create_sheet(title)
        for row in others:
            added.append(row)
    book.save(path)
    return path


def test_what_is_written_comes_back(tmp_path: Path) -> None:
    roster_book.write(ROSTER, tmp_path / "单位名录.xlsx")
    assert roster_book.read(tmp_path / "单位名录.xlsx") == ROSTER.joined()
    assert roster_book.read(tmp_path / "单位名录.xlsx").groups[0].members == ("望川县政府", "松湾区政府")


def test_a_group_of_more_members_than_a_cell_holds_comes_back_whole(tmp_path: Path) -> None:
    names = tuple(f"云溪市第{number}片区综合行政执法大队" for number in range(1, 3001))
    units = tuple(Unit(name, number) for number, name in enumerate(names, 1))
    roster_book.write(Roster(units, (Group("各大队", names, "名录"),)), tmp_path / "单位名录.xlsx")
    (group,) = roster_book.read(tmp_path / "单位名录.xlsx").groups
    assert (group.members, group.basis) == (names, "名录")


def test_the_same_register_gives_the_same_bytes() -> None:
    assert roster_book.render(ROSTER) == roster_book.render(ROSTER.joined())


def test_the_contract_of_the_workbook(tmp_path: Path) -> None:
    roster_book.write(ROSTER, tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert book.sheetnames == ["单位名录", "单位组", "填写说明"]
    units, groups = book["单位名录"], book["单位组"]
    assert [cell.value for cell in units[1]] == ["序号", "单位名称", "简称", "单位组", "联系人", "电话", "备注"]
    assert [cell.value for cell in groups[1]] == ["单位组", "成员", "依据"]
    assert [cell.value for cell in units[2]] == [
        1,
        "市教育局",
        "市教委；教育局",
        "市直各单位",
        "张三",
        "0555-1234567",
        "=1+1",
    ]
    assert units["G2"].data_type == "s"
    assert units["D3"].value == "各县、区人民政府；试点单位"
    assert groups["B2"].value == "望川县政府、松湾区政府"
    assert units.freeze_panes == "C2"
    assert (units.page_setup.paperSize, units.page_setup.orientation) == (9, "landscape")


def test_moved_columns_other_headers_blank_rows_and_a_title(tmp_path: Path) -> None:
    path = sheet_of(
        tmp_path / "a.xlsx",
        [
            ["云岭市单位名录"],
            [],
            ["联系电话", "部门名称", "序 号", "简称/曾用名", "所属单位组"],
            ["123", "市财政局", 2, "财政局、市财局", ""],
            [],
            ["", "市教育局", 1, "", "市直各单位"],
            ["", "市民政局", "", "", "市直各单位;各成员单位"],
        ],
    )
    roster = roster_book.read(path)
    assert [(unit.name, unit.order, unit.aliases) for unit in roster.units] == [
        ("市教育局", 1, ()),
        ("市民政局", 2, ()),
        ("市财政局", 3, ("财政局", "市财局")),
    ]
    assert roster.units[2].phone == "123"
    assert [(group.name, group.members) for group in roster.groups] == [
        ("市直各单位", ("市教育局", "市民政局")),
        ("各成员单位", ("市民政局",)),
    ]


def test_memberships_of_both_sheets_are_joined(tmp_path: Path) -> None:
    path = sheet_of(
        tmp_path / "a.xlsx",
        [["单位名称", "单位组"], ["望川县政府", "各县、区人民政府"], ["松湾区政府", ""]],
        {
            "分组": [
                ["组名", "成员单位", "来源"],
                ["各县、区人民政府", "松湾区政府", "会议纪要"],
                ["各县、区人民政府", "星野区政府", ""],
            ]
        },
    )
    roster = roster_book.read(path)
    assert roster.groups == (Group("各县、区人民政府", ("松湾区政府", "星野区政府", "望川县政府"), "会议纪要"),)
    assert all(unit.groups == ("各县、区人民政府",) for unit in roster.units)


def test_a_unit_listed_twice_and_a_shared_alias_are_said(tmp_path: Path) -> None:
    path = sheet_of(
        tmp_path / "a.xlsx", [["单位名称", "简称"], ["市教育局", "教局"], ["市体育局", "教局"], ["市教育局", "市教委"]]
    )
    roster, findings = roster_book.examine(path)
    assert [unit.name for unit in roster.units] == ["市教育局", "市体育局"]
    assert roster.units[0].aliases == ("教局", "市教委")
    assert [finding.code for finding in findings] == ["roster.duplicate-unit", "roster.shared-alias"]


@pytest.mark.parametrize("rows", [[["姓名", "年龄"], ["张三", 3]], [["单位名称", "简称"]], []])
def test_what_is_no_register_is_refused(tmp_path: Path, rows: list[list[object]]) -> None:
    with pytest.raises(CannotDo):
        roster_book.read(sheet_of(tmp_path / "a.xlsx", rows))


_WORDS = (
    st.text(st.sampled_from("市县区教育局政府各、（）甲乙丙=+-@ 1"), min_size=1, max_size=8).map(str.strip).filter(bool)
)


@settings(max_examples=40)
@given(
    st.lists(
        st.tuples(_WORDS, st.lists(_WORDS, max_size=3, unique=True), _WORDS),
        min_size=1,
        max_size=5,
        unique_by=lambda row: row[0],
    )
)
def test_any_register_comes_back(rows: list[tuple[str, list[str], str]]) -> None:
    units = tuple(
        Unit(name, order, (), tuple(groups), remark=remark)
        for order, (name, groups, remark) in enumerate(rows, start=1)
    )
    roster = Roster(units).joined()
    assert roster_book.examine_bytes(roster_book.render(roster))[0] == roster


@pytest.mark.corpus
@pytest.mark.parametrize(
    ("name", "units", "groups"), [("huizhou-2020", 31, 4), ("xuancheng-2022", 35, 6), ("fushun-2020", 25, 4)]
)
def test_the_registers_of_the_corpus(name: str, units: int, groups: int) -> None:
    path = Path(__file__).parents[2].parent / "shared/corpus/rosters" / f"{name}.xlsx"
    if not path.exists():
        pytest.skip("the corpus is not beside the project")
    roster, findings = roster_book.examine(path)
    assert (len(roster.units), len(roster.groups)) == (units, groups)
    assert all(group.members for group in roster.groups)
    assert findings == ()
