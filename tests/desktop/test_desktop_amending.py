"""A supplementary notice in the middle of a round, and a notice from above, pressed as a clerk presses them."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from toolkit.desktop.dialogs.amended import AmendedWindow
from toolkit.desktop.dialogs.notices import NoticesDialog
from toolkit.desktop.journey import Step
from toolkit.desktop.shell import Shell
from toolkit.findings import desktop as found
from toolkit.sample.round import DUE, ROUND
from toolkit.workbooks import plan_book

Settle = Callable[[Shell], None]
NEW = "公布便民热线办理时限，每周通报一次。"
OLD_PLAN, KEPT_PLAN, NEW_PLAN = "任务分工表.xlsx", "任务分工表（第1版）.xlsx", "任务分工表（第2版）.xlsx"


def _press(qtbot: QtBot, part: QPushButton) -> None:
    assert part.isEnabled(), part.text()
    qtbot.mouseClick(part, Qt.MouseButton.LeftButton)


@pytest.fixture
def supplement(tmp_path: Path) -> Path:
    """A notice with one more task for two units."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ["关于补充云岭市2026年“好办事”城市服务提升行动任务的通知"],
        ["序号", "工作任务", "具体要求", "责任单位", "完成时限"],
        [1, "热线办理", NEW, "市民政局、市司法局", "2026年11月30日前"],
    ):
        sheet.append(row)
    path = tmp_path / "补充通知.xlsx"
    book.save(path)
    return path


@pytest.fixture
def amended(opened: Shell, supplement: Path, qtbot: QtBot, settle: Settle) -> AmendedWindow:
    """What the window shows after a supplementary notice was laid over the sample's plan."""
    opened.go_to(Step.DRAFT)
    opened.draft.amend.trigger()
    dialog = opened.findChild(NoticesDialog)
    assert dialog is not None and dialog.onto.path == opened.space.here.plan
    dialog.notices.put(supplement)
    _press(qtbot, dialog.ok)
    settle(opened)
    window = opened.findChild(AmendedWindow)
    assert window is not None, opened.banner.text
    return window


def test_the_units_concerned_are_listed_and_the_plan_in_use_stays(
    opened: Shell, folder: Path, sample: Path, amended: AmendedWindow
) -> None:
    lines = [[str(amended.units.index(row, c).data()) for c in range(5)] for row in range(amended.units.rowCount())]
    assert [line[:2] for line in lines] == [["市民政局", "1"], ["市司法局", "1"]]
    assert all("补发" in line[4] for line in lines)
    assert (folder / NEW_PLAN).is_file() and (folder / "补充通知.xlsx").is_file()
    assert (folder / OLD_PLAN).read_bytes() == (sample / OLD_PLAN).read_bytes()
    assert not amended.issue.isEnabled(), "first the new plan is put into use"
    assert "第 2 版" in opened.banner.text


def test_the_new_plan_is_used_and_only_units_concerned_get_a_form(
    opened: Shell, folder: Path, sample: Path, amended: AmendedWindow, qtbot: QtBot, settle: Settle
) -> None:
    before = {path: path.read_bytes() for path in (folder / "下发" / ROUND).iterdir()}
    _press(qtbot, amended.use)
    assert (folder / KEPT_PLAN).read_bytes() == (sample / OLD_PLAN).read_bytes()
    assert not (folder / NEW_PLAN).exists()
    assert KEPT_PLAN in amended.about.text() and not amended.use.isEnabled()
    assert opened.space.plan is not None and opened.space.plan.plan.tasks[-1].requirement == NEW
    assert "37 项任务" in opened.draft._title.text()
    settle(opened)
    model, paper = opened.draft.model, opened.draft.paper
    for task, words in ((36, NEW), (0, "全部由综合窗口收件")):
        row = next(row for row in range(model.rowCount()) if model.task_at(row) == task)
        opened.draft.view.setCurrentIndex(model.index(row, 2))
        assert words in paper.toPlainText() and paper.extraSelections(), "each task beside the notice it is from"

    _press(qtbot, amended.issue)
    settle(opened)
    assert opened.stack.currentIndex() == Step.ISSUE
    assert f"{ROUND}：向 2 个单位下发" in opened.banner.text and DUE.isoformat() in opened.banner.text
    after = {path: path.read_bytes() for path in (folder / "下发" / ROUND).iterdir()}
    changed = {path.name.split("_")[1] for path in after if after[path] != before.get(path)}
    assert changed == {"市民政局", "市司法局"}


def test_forms_go_out_in_the_folder_of_the_amendment_whichever_is_open(
    opened: Shell, folder: Path, amended: AmendedWindow, tmp_path: Path, qtbot: QtBot, settle: Settle
) -> None:
    _press(qtbot, amended.use)
    other = tmp_path / "另一项工作"
    other.mkdir()
    opened.open_folder(other)
    settle(opened)
    _press(qtbot, amended.issue)
    settle(opened)
    assert opened.space.here.folder == folder and "向 2 个单位下发" in opened.banner.text


def test_edits_made_since_are_never_lost_by_putting_the_new_plan_into_use(
    opened: Shell, folder: Path, amended: AmendedWindow
) -> None:
    model = opened.draft.model
    row = next(row for row in range(model.rowCount()) if model.task_at(row) == 0)
    model.setData(model.index(row, 8), "改在新表之后")
    amended.use.click()
    assert amended.use.isEnabled() and found.CHANGED_SINCE.advice[:8] in opened.banner.text
    assert plan_book.read(folder / OLD_PLAN)[0].tasks[0].remark == "改在新表之后"
    assert (folder / NEW_PLAN).is_file()


def test_a_plan_open_in_a_spreadsheet_program_is_not_renamed(
    opened: Shell, folder: Path, amended: AmendedWindow
) -> None:
    (folder / f"~${NEW_PLAN}").touch()
    amended.use.click()
    assert "正在别的程序里打开" in opened.banner.text and "先在 Excel/WPS 里关闭" in amended.about.text()
    assert (folder / NEW_PLAN).is_file()
    (folder / f"~${NEW_PLAN}").unlink()
    amended.use.click()
    assert (folder / KEPT_PLAN).is_file()


def test_a_unit_that_lacks_nothing_gets_no_form(opened: Shell, qtbot: QtBot, settle: Settle) -> None:
    opened.go_to(Step.ISSUE)
    _press(qtbot, opened.issue.changed_only)
    settle(opened)
    assert "下发没有做成" in opened.banner.text and ROUND in opened.banner.text


def test_what_the_dialog_lacks_is_said(opened: Shell, supplement: Path) -> None:
    opened.draft.amend.trigger()
    dialog = opened.findChild(NoticesDialog)
    assert dialog is not None and not dialog.ok.isEnabled() and "请选通知" in dialog.lack()
    dialog.notices.put(supplement)
    dialog.from_above.setChecked(True)
    assert not dialog.ok.isEnabled() and "本单位" in dialog.lack()
    dialog.receiver.setText("望川县政府")
    assert dialog.ok.isEnabled() and dialog.wish.receiver == "望川县政府"
    dialog.reject()


def test_without_a_plan_there_is_nothing_to_amend(shell: Shell, tmp_path: Path) -> None:
    shell.amending.ask()
    assert "还没有打开台账文件夹" in shell.banner.text
    empty = tmp_path / "空文件夹"
    empty.mkdir()
    shell.open_folder(empty)
    assert not shell.draft.amend.isEnabled()
    shell.amending.ask()
    assert found.NO_AMENDMENT.message in shell.banner.text


def test_cancelling_leaves_everything_as_it_was(
    opened: Shell, folder: Path, supplement: Path, qtbot: QtBot, settle: Settle
) -> None:
    before = sorted(path.name for path in folder.iterdir())
    opened.draft.amend.trigger()
    dialog = opened.findChild(NoticesDialog)
    assert dialog is not None
    dialog.notices.put(supplement)
    opened.runner.started.connect(lambda _label: opened.runner.cancel())
    _press(qtbot, dialog.ok)
    settle(opened)
    assert "已取消" in opened.banner.text and opened.findChild(AmendedWindow) is None
    assert sorted(path.name for path in folder.iterdir()) == before


def test_a_file_that_is_no_notice_leaves_everything_as_it_was(
    opened: Shell, folder: Path, tmp_path: Path, qtbot: QtBot, settle: Settle
) -> None:
    wrong = tmp_path / "购物单.txt"
    wrong.write_text("鸡蛋\n牛奶\n", "utf-8")
    before = sorted(path.name for path in folder.iterdir())
    opened.draft.amend.trigger()
    dialog = opened.findChild(NoticesDialog)
    assert dialog is not None
    dialog.notices.put(wrong)
    _press(qtbot, dialog.ok)
    settle(opened)
    assert "没有做成" in opened.banner.text and opened.findChild(AmendedWindow) is None
    assert sorted(path.name for path in folder.iterdir()) == before


def test_the_own_part_of_a_plan_from_above_is_taken(
    shell: Shell, sample: Path, tmp_path: Path, qtbot: QtBot, settle: Settle
) -> None:
    county = tmp_path / "望川县"
    county.mkdir()
    shutil.copyfile(sample / OLD_PLAN, tmp_path / OLD_PLAN)
    shell.begin_folder(county)
    settle(shell)
    shell.amending.ask_from_above()
    dialog = shell.findChild(NoticesDialog)
    assert dialog is not None and not dialog.onto.isVisible()
    dialog.notices.put(tmp_path / OLD_PLAN)
    dialog.receiver.setText("望川县政府")
    dialog.roster.put(sample / "单位名录.xlsx")
    _press(qtbot, dialog.ok)
    settle(shell)
    own = plan_book.read(county / OLD_PLAN)[0]
    assert len(own.tasks) == 26 and all(task.upper for task in own.tasks), shell.banner.text
    assert len(plan_book.read(tmp_path / OLD_PLAN)[0].tasks) == 36, "the plan from above is as it was"
