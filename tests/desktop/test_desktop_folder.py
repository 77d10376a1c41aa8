"""What the window knows of a working folder, without a window."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit import opc
from toolkit.desktop import journey, returned, roster_sheet
from toolkit.desktop.journey import Situation, Step
from toolkit.desktop.plan_sheet import PlanSheet
from toolkit.desktop.saving import save
from toolkit.findings import CannotDo
from toolkit.model import Group, Plan, Review, Roster, Task, Unit
from toolkit.roster import Expansion
from toolkit.workbooks import plan_book, roster_book

_PLAN = Plan("分工", (Task(1, "建台账", "TAAAAAA"), Task(2, "报进展", "TBBBBBB", review=(Review("units", "不清楚"),))))
_CLEAR = replace(_PLAN, tasks=_PLAN.tasks[:1])


@pytest.mark.parametrize(
    ("now", "step", "word"),
    [
        (Situation(), Step.DRAFT, "通知"),
        (Situation(_PLAN), Step.DRAFT, "1 项任务"),
        (Situation(_CLEAR, expansion=Expansion(empty_groups=("各街道",))), Step.ISSUE, "各街道"),
        (Situation(_CLEAR), Step.ISSUE, "生成填报表"),
        (Situation(_CLEAR, forms=3), Step.COLLECT, "拖进"),
        (Situation(_CLEAR, forms=3, returns=2), Step.COLLECT, "读取回收表"),
    ],
)
def test_what_to_do_next_is_always_said(now: Situation, step: Step, word: str) -> None:
    ahead = journey.next_step(now)
    assert ahead.step is step and word in ahead.sentence


def test_burden_names_the_unit_that_has_most() -> None:
    assert "市教育局，9 项" in journey.burden_line([("市公安局", 3), ("市教育局", 9)])


# --- taking in ------------------------------------------------------------------------------------


def test_other_content_under_the_same_name_is_kept_beside(tmp_path: Path) -> None:
    for place, text in (("甲", "一"), ("乙", "二")):
        (tmp_path / place).mkdir()
        (tmp_path / place / "报表.xlsx").write_text(text)
    inbox = tmp_path / "回收"
    added = returned.take_in([tmp_path / "甲" / "报表.xlsx", tmp_path / "乙" / "报表.xlsx"], inbox)
    assert [path.name for path in added] == ["报表.xlsx", "报表(2).xlsx"]
    assert returned.take_in([tmp_path / "甲" / "报表.xlsx"], inbox) == []


def test_a_folder_is_taken_with_its_name_and_never_into_itself(tmp_path: Path) -> None:
    source = tmp_path / "市教育局"
    source.mkdir()
    (source / "表.csv").write_text("x")
    inbox = tmp_path / "回收"
    assert [path.relative_to(inbox).as_posix() for path in returned.take_in([source], inbox)] == ["市教育局/表.csv"]
    assert returned.take_in([inbox, tmp_path], inbox) == []


def test_rounds_stand_newest_first(tmp_path: Path) -> None:
    for name in ("2025年第四季度", "2026年第二季度", "2026年第一季度"):
        (tmp_path / "下发" / name).mkdir(parents=True)
    assert returned.rounds(tmp_path) == ["2026年第二季度", "2026年第一季度", "2025年第四季度"]


# --- saving ---------------------------------------------------------------------------------------


def test_a_plan_edited_in_the_window_is_the_clerks_own(sample: Path, tmp_path: Path) -> None:
    path = tmp_path / "任务分工表.xlsx"
    path.write_bytes((sample / "任务分工表.xlsx").read_bytes())
    assert opc.untouched(path)
    sheet = PlanSheet(path)
    edit = sheet.edit(0, "备注", "先行")
    assert edit is not None
    sheet.apply(edit)
    sheet.save()
    assert not opc.untouched(path), "drafting again must not replace it"
    assert plan_book.read(path)[0].tasks[0].remark == "先行"


def test_every_edit_taken_back_leaves_the_plan_as_it_was(sample: Path) -> None:
    sheet = PlanSheet(sample / "任务分工表.xlsx")
    before = sheet.plan
    edits = []
    for index, word, text in (
        (0, "责任单位", "市教育局"),
        (5, "完成时限", "9月底前"),
        (13, "复核", "已复核"),
        (0, "序号", "9"),
    ):
        edit = sheet.edit(index, word, text)
        assert edit is not None
        sheet.apply(edit)
        edits.append(edit)
    assert sheet.plan != before
    for edit in reversed(edits):
        sheet.apply(edit, undo=True)
    assert sheet.plan == before


def test_a_file_open_in_a_spreadsheet_program_is_not_saved_over(tmp_path: Path) -> None:
    path = tmp_path / "单位名录.xlsx"
    (tmp_path / "~$单位名录.xlsx").touch()
    with pytest.raises(CannotDo, match="正在别的程序里打开"):
        save(path, b"", "")


# --- the register -----------------------------------------------------------------------------------

_NAMES = st.lists(st.text("甲乙丙丁戊己庚辛", min_size=2, max_size=4), min_size=1, max_size=6, unique=True)


@st.composite
def _rosters(draw: st.DrawFn) -> Roster:
    names = draw(_NAMES)
    groups = [f"{name}各组" for name in draw(_NAMES)]
    units = tuple(Unit(name, place) for place, name in enumerate(names, 1))
    members = [tuple(draw(st.lists(st.sampled_from(names), unique=True))) for _ in groups]
    return Roster(units, tuple(Group(n, m) for n, m in zip(groups, members, strict=True))).joined()


@settings(max_examples=40, deadline=None)
@given(_rosters(), st.data())
def test_whatever_is_edited_comes_back_from_the_file_as_shown(roster: Roster, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(roster.units) - 1))
    word = data.draw(st.sampled_from(roster_sheet.UNIT_WORDS))
    text = data.draw(st.sampled_from(["", "1", "新名称", "甲组；乙组", "林小舟"]))
    after = roster_sheet.with_unit_cell(roster, index, word, text)
    assert [unit.order for unit in after.units] == list(range(1, len(after.units) + 1))
    assert after == after.joined(), "both sides of a membership say the same"
    assert roster_book.examine_bytes(roster_book.render(after))[0] == after


@given(_rosters(), st.data())
def test_moving_and_removing_keep_every_other_unit(roster: Roster, data: st.DataObject) -> None:
    place = st.integers(0, len(roster.units) - 1)
    index, to = data.draw(place), data.draw(place)
    names = [unit.name for unit in roster.units]
    after = roster_sheet.moved(roster, index, to)
    assert after.units[to].name == names[index] and sorted(unit.name for unit in after.units) == sorted(names)
    left = roster_sheet.without_units(roster, [index])
    assert [unit.name for unit in left.units] == [name for name in names if name != names[index]]
    assert all(names[index] not in group.members for group in left.groups)


def test_taking_a_unit_out_of_a_group_sticks() -> None:
    roster = Roster((Unit("甲局", 1), Unit("乙局", 2)), (Group("市直各单位", ("甲局", "乙局")),)).joined()
    after = roster_sheet.with_unit_cell(roster, 0, "单位组", "")
    assert after.groups[0].members == ("乙局",) and after.units[0].groups == ()
