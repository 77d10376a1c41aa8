"""Every step of the window on real files, pressed as a clerk presses it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from toolkit.desk import Desk
from toolkit.desktop import roster_sheet
from toolkit.desktop.journey import Step
from toolkit.desktop.models.plan import WORDS
from toolkit.desktop.pages.collect import MISSING, PROBLEMS
from toolkit.desktop.shell import Shell
from toolkit.desktop.viewer import Viewer
from toolkit.housekeeping.log import log
from toolkit.model import UnitState
from toolkit.sample.round import DUE, ROUND, SILENT
from toolkit.workbooks import plan_book, roster_book

Settle = Callable[[Shell], None]


def _press(qtbot: QtBot, part: QPushButton) -> None:
    assert part.isEnabled(), part.text()
    qtbot.mouseClick(part, Qt.MouseButton.LeftButton)


def _column(word: str) -> int:
    return WORDS.index(word)


# --- the whole way -----------------------------------------------------------------------------


def test_a_clerk_walks_all_five_steps_in_an_empty_folder(
    shell: Shell, sample: Path, tmp_path: Path, qtbot: QtBot, settle: Settle
) -> None:
    empty = tmp_path / "新工作"
    empty.mkdir()
    shell.begin_folder(empty)
    settle(shell)
    assert (empty / "台账.db").is_file()
    shutil.copyfile(sample / "单位名录.xlsx", empty / "单位名录.xlsx")
    shell.open_folder(empty)
    assert shell.stack.currentIndex() == Step.DRAFT
    assert "把通知" in shell.ahead.sentence.text()

    shell.draft.draft([sample / "示例通知.docx"])
    settle(shell)
    assert (empty / "任务分工表.xlsx").is_file()
    assert (empty / "示例通知.docx").is_file(), "the notice is kept beside the plan"
    assert "36 项任务" in shell.banner.text
    assert "改造2000年以前建成的小区45个" in shell.draft.paper.toPlainText()

    shell.draft.next_doubt()
    _press(qtbot, shell.draft.tick)
    assert shell.draft.model.open_rows() == []
    assert "生成填报表" in shell.ahead.sentence.text()

    shell.go_to(Step.ISSUE)
    shell.issue.round.setCurrentText(ROUND)
    shell.issue.due.setDate(QDate(DUE.year, DUE.month, DUE.day))
    _press(qtbot, shell.issue.make)
    settle(shell)
    assert len(list((empty / "下发" / ROUND).glob("*.xlsx"))) == 31
    assert plan_book.read(empty / "任务分工表.xlsx")[0].tasks[13].open_review == (), "the tick was saved before issuing"

    shell.go_to(Step.COLLECT)
    shell.collect.take_in([sample / "回收" / ROUND])
    settle(shell)
    assert shell.collect.board.rowCount() == 31
    assert "已报 29/31" in shell.steps.buttons[Step.COLLECT].accessibleName()

    shell.go_to(Step.MERGE)
    _press(qtbot, shell.merge.make)
    settle(shell)
    assert (empty / "汇总" / ROUND / "汇总表.xlsx").is_file()
    assert shell.merge.values["未报单位"].text() == "2"

    shell.go_to(Step.NOTIFY)
    _press(qtbot, shell.notify.make)
    settle(shell)
    events = log(desk=Desk(empty, datetime(2026, 10, 12))).events
    assert [event.verb for event in events] == ["建台账", "拟表", "下发", "汇总", "反馈"]
    kinds = {document.kind for document in shell.notify.model.rows}
    assert kinds == {"提示单", "催报单", "退回单", "通报"}
    assert shell.notify.packed.isEnabled()


# --- 拟表 ---------------------------------------------------------------------------------------


def test_a_doubtful_field_is_coloured_and_its_words_highlighted(opened: Shell) -> None:
    opened.draft.next_doubt()
    index = opened.draft.view.currentIndex()
    assert WORDS[index.column()] == "完成时限"
    assert index.data(Qt.ItemDataRole.BackgroundRole) is not None
    marked = [mark.cursor.selectedText() for mark in opened.draft.paper.extraSelections()]  # type: ignore[attr-defined]
    assert marked == ["2026年11月31日前"], "a day that no calendar has"


def test_an_edit_can_be_undone_redone_and_saved(opened: Shell, folder: Path) -> None:
    model = opened.draft.model
    row = next(row for row in range(model.rowCount()) if model.task_at(row) == 3)
    index = model.index(row, _column("牵头单位"))
    before = index.data()
    assert model.setData(index, "市数据局、市公安局")
    assert opened.space.dirty
    opened.draft.undo.undo()
    assert index.data() == before
    opened.draft.undo.redo()
    assert index.data() == "市数据局、市公安局"
    assert opened.save()
    plan, _ = plan_book.read(folder / "任务分工表.xlsx")
    assert [a.name for a in plan.tasks[3].assignments if a.role.value == "lead"] == ["市数据局", "市公安局"]
    assert plan.tasks[3].code == opened.space.plan.plan.tasks[3].code  # type: ignore[union-attr]


def test_a_date_typed_in_words_is_read_as_a_date(opened: Shell) -> None:
    model = opened.draft.model
    row = next(row for row in range(model.rowCount()) if model.task_at(row) == 0)
    index = model.index(row, _column("完成时限"))
    model.setData(index, "11月底前")
    assert "2026-11-30" in index.data()


def test_a_chapter_cannot_be_edited(opened: Shell) -> None:
    model = opened.draft.model
    row = next(row for row, line in enumerate(model.lines) if line.heading)
    assert not model.flags(model.index(row, 0)) & Qt.ItemFlag.ItemIsEditable


def test_what_was_changed_in_a_spreadsheet_program_is_never_written_over(opened: Shell, folder: Path) -> None:
    path = folder / "任务分工表.xlsx"
    model = opened.draft.model
    row = next(row for row in range(model.rowCount()) if model.task_at(row) == 0)
    model.setData(model.index(row, _column("备注")), "窗口里的备注")
    book = openpyxl.load_workbook(path)
    book.worksheets[0]["A1"] = "表格软件里改过的标题"
    book.save(path)
    theirs = path.read_bytes()
    assert not opened.save()
    assert path.read_bytes() == theirs
    assert "别的程序里改过" in opened.banner.text
    opened.draft.reread.click()
    assert not opened.space.dirty
    assert opened.save()


def test_what_was_saved_in_a_spreadsheet_program_is_read_again_by_itself(
    opened: Shell, folder: Path, qtbot: QtBot
) -> None:
    path = folder / "任务分工表.xlsx"
    book = openpyxl.load_workbook(path)
    sheet = book.active
    assert sheet is not None
    cell = next(cell for cells in sheet.iter_rows() for cell in cells if cell.value == "统一窗口受理")
    cell.value = "统一窗口收件"
    book.save(path)
    qtbot.waitUntil(lambda: opened.space.plan.plan.tasks[0].title == "统一窗口收件", timeout=10_000)  # type: ignore[union-attr]


def test_drafting_again_keeps_the_plan_that_is_there(opened: Shell, folder: Path, settle: Settle) -> None:
    before = (folder / "任务分工表.xlsx").read_bytes()
    opened.draft.draft([folder / "示例通知.docx"])
    settle(opened)
    assert (folder / "任务分工表.xlsx").read_bytes() == before
    assert "任务分工表(2).xlsx" in opened.banner.text


def test_a_file_that_is_no_notice_is_told_in_a_sentence(shell: Shell, tmp_path: Path, settle: Settle) -> None:
    empty = tmp_path / "空"
    empty.mkdir()
    wrong = tmp_path / "购物单.txt"
    wrong.write_text("鸡蛋\n牛奶\n", "utf-8")
    shell.open_folder(empty)
    shell.draft.draft([wrong])
    settle(shell)
    assert "拟表没有做成" in shell.banner.text and "错误" in shell.banner.text
    assert not (empty / "任务分工表.xlsx").exists()


# --- 下发 ---------------------------------------------------------------------------------------


def test_units_are_moved_renamed_added_and_all_of_it_undone(opened: Shell, folder: Path) -> None:
    opened.go_to(Step.ISSUE)
    page = opened.issue
    before = page.units.roster
    page.units_view.setCurrentIndex(page.units.index(1, 1))
    page.down.click()
    assert [unit.name for unit in page.units.roster.units[:3]] == ["市政府办公室", "市教育局", "市发展改革委"]
    page.units.setData(page.units.index(1, 1), "市教育体育局")
    assert "市教育体育局" in page.groups.roster.groups[0].members
    page.units_view.setCurrentIndex(page.units.index(0, 1))
    page.add.click()
    assert page.units.roster.units[0].name == "新单位"
    assert opened.save()
    assert roster_book.read(folder / "单位名录.xlsx").units[0].name == "新单位"
    for _ in range(3):
        page.undo.undo()
    assert page.units.roster == before


def test_a_group_without_members_is_said_before_issuing(opened: Shell, settle: Settle) -> None:
    opened.go_to(Step.ISSUE)
    page = opened.issue
    place = next(n for n, group in enumerate(page.groups.roster.groups) if group.name == "各县区政府")
    page.groups.setData(page.groups.index(place, 1), "")
    assert "各县区政府" in page._doubts.text()
    page.round.setCurrentText("2026年第四季度")
    page.make.click()
    settle(opened)
    assert "下发没有做成" in opened.banner.text and "各县区政府" in opened.banner.text


def test_a_form_can_be_issued_again_to_one_unit(opened: Shell, folder: Path, settle: Settle) -> None:
    opened.go_to(Step.ISSUE)
    opened.issue.units_view.selectRow(4)
    opened.issue.round.setCurrentText("2026年第四季度")
    opened.issue.only.click()
    settle(opened)
    assert [path.name for path in (folder / "下发" / "2026年第四季度").iterdir()] == [
        "005_市工业和信息化局_2026年第四季度.xlsx"
    ]
    assert opened.head.round.currentText() == "2026年第四季度"


# --- 收表 ---------------------------------------------------------------------------------------


def test_the_board_filters_in_the_fixed_order(opened: Shell) -> None:
    page = opened.collect

    def shown() -> list[str]:
        return [str(page.board.index(row, 1).data()) for row in range(page.board.rowCount())]

    assert len(shown()) == 31 and shown()[0] == "市政府办公室"
    page.filter(MISSING)
    assert shown() == list(SILENT)
    page.filter(PROBLEMS)
    assert "市应急管理局" in shown() and not set(shown()) & set(SILENT)


def test_double_click_on_a_finding_shows_the_file_at_the_cell(opened: Shell, qtbot: QtBot, settle: Settle) -> None:
    opened.go_to(Step.COLLECT)
    rows = opened.collect.findings.rows
    place = next(n for n, finding in enumerate(rows) if finding.cell and "差不多了" in finding.message)
    finding = rows[place]
    opened.collect.look_at(finding.path or "", finding.sheet or "", finding.cell or "")
    settle(opened)
    viewer = opened.findChild(Viewer)
    assert viewer is not None
    assert viewer.view.currentIndex().data() == "差不多了"
    viewer.close()


def test_a_form_inside_an_archive_can_be_looked_at(opened: Shell, settle: Settle) -> None:
    shown = next(
        record.path for record in opened.collect.files.rows if ".zip!/" in record.path and "xlsx" in record.path
    )
    opened.collect.look_at(shown)
    settle(opened)
    viewer = opened.findChild(Viewer)
    assert viewer is not None and viewer.cells.rowCount() > 4
    viewer.close()


def test_files_dropped_twice_are_taken_once(opened: Shell, sample: Path, settle: Settle) -> None:
    before = opened.space.situation().returns
    opened.collect.take_in([sample / "回收" / ROUND / "市民政局.zip"])
    settle(opened)
    assert opened.space.situation().returns == before
    assert "没有重复收" in opened.banner.text


def test_a_late_return_changes_the_board(opened: Shell, folder: Path, tmp_path: Path, settle: Settle) -> None:
    late = tmp_path / "迟到.xlsx"
    form = next((folder / "下发" / ROUND).glob("*市商务局*"))
    book = openpyxl.load_workbook(form)
    sheet = book.worksheets[0]
    header = next(cells for cells in sheet.iter_rows() if "完成情况" in [cell.value for cell in cells])
    column = next(cell.column for cell in header if cell.value == "完成情况")
    for row in range(header[0].row + 1, sheet.max_row + 1):
        if str(sheet.cell(row, 1).value or "").startswith("T"):
            sheet.cell(row, column).value = "推进中"
    book.save(late)
    opened.collect.take_in([late])
    settle(opened)
    states = {line.report.unit: line.report.state for line in opened.collect.lines.rows}
    assert states["市商务局"] is not UnitState.MISSING
    assert "有新文件" not in opened.collect._about.text(), "it was read at once"


# --- 汇总, 反馈 -----------------------------------------------------------------------------------


def test_the_figures_are_there_when_a_folder_is_opened(opened: Shell) -> None:
    values = {word: value.text() for word, value in opened.merge.values.items()}
    assert (values["应报单位"], values["已报单位"], values["未报单位"]) == ("31", "29", "2")
    assert values["完成率"].endswith("%")
    assert "未报" in opened.merge.status_chart.accessibleDescription()
    assert opened.merge.matrix.rowCount() == 31 and opened.merge.matrix.columnCount() == 36


def test_a_document_is_previewed_and_kinds_are_chosen(opened: Shell, folder: Path, settle: Settle) -> None:
    opened.go_to(Step.NOTIFY)
    opened.notify.shown.setCurrentText("催报单")
    rows = opened.notify.model.rows
    assert {document.unit for document in rows} == {"各单位", *SILENT}
    place = next(n for n, document in enumerate(rows) if document.unit == SILENT[0])
    opened.notify.view.setCurrentIndex(opened.notify.model.index(place, 0))
    settle(opened)
    assert SILENT[0] in opened.notify.paper.toPlainText()
    shutil.rmtree(folder / "反馈")
    for kind, box in opened.notify.kinds.items():
        box.setChecked(kind == "通报")
    opened.notify.make.click()
    settle(opened)
    assert {path.name.split("_")[0] for path in (folder / "反馈").rglob("*.docx")} == {"通报"}


@pytest.mark.parametrize("step", list(Step))
def test_every_step_says_something_in_an_empty_folder(shell: Shell, tmp_path: Path, step: Step) -> None:
    empty = tmp_path / "空文件夹"
    empty.mkdir()
    shell.open_folder(empty)
    shell.go_to(step)
    page = shell.pages[step]
    for button in page.findChildren(QPushButton):
        if button.property("main") and button.isEnabled():
            button.click()
            assert shell.banner.text, f"{button.text()} says nothing"


def test_units_are_put_into_a_group_all_at_once(opened: Shell) -> None:
    opened.go_to(Step.ISSUE)
    page = opened.issue
    page.groups.change("加单位组", roster_sheet.with_new_group(page.groups.roster))
    page.units_view.selectAll()
    page.join_group("新单位组")
    assert len(page.groups.roster.groups[-1].members) == 31
    assert all("新单位组" in unit.groups for unit in page.units.roster.units)
    page.undo.undo()
    assert page.groups.roster.groups[-1].members == ()


def test_a_long_result_keeps_the_window_usable(opened: Shell) -> None:
    opened.tell([f"第 {number} 行" for number in range(60)])
    assert "另有 56 行" in opened.banner.text
    assert "\n".join(opened.journal.lines).count("第 59 行") == 1
