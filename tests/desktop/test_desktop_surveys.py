"""收集表 in the window: made from fields, collected by the five steps, contacts written back to the register."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QPushButton
from pytestqt.qtbot import QtBot
from survey.survey_office import filled

from toolkit.bulletins import SURVEY_KINDS
from toolkit.desktop.dialogs.contacts import ContactsDialog, ContactsWindow
from toolkit.desktop.dialogs.survey import SurveyDialog
from toolkit.desktop.journey import Step
from toolkit.desktop.pages import base
from toolkit.desktop.shell import Shell
from toolkit.desktop.viewer import Viewer
from toolkit.workbooks import roster_book

Settle = Callable[[Shell], None]
AGENCY = "机构信息表"
ROUND, DUE = "2026年11月", date(2026, 11, 20)
SAVED = datetime(2026, 11, 16, 9)
ROW = {
    "公开工作机构": "办公室",
    "分管领导": "甲乙丙",
    "分管领导职务": "副局长",
    "机构负责人": "丁戊己",
    "联系人": "林小舟",
    "联系电话": "010-62340001",
    "人员配备": "专职",
    "办公地址": "云岭市府前路1号",
}


def _press(qtbot: QtBot, part: QPushButton) -> None:
    assert part.isEnabled(), part.text()
    qtbot.mouseClick(part, Qt.MouseButton.LeftButton)


def _menu(shell: Shell) -> list[QAction]:
    """What the menu 收集表 offers when it is opened."""
    menu = next(menu for menu in shell.menuBar().findChildren(QMenu) if menu.title().startswith("收集表"))
    menu.aboutToShow.emit()
    return [action for action in menu.actions() if action.text()]


def _choose(shell: Shell, word: str) -> None:
    next(action for action in _menu(shell) if word in action.text()).trigger()


def _asked(shell: Shell) -> SurveyDialog:
    _choose(shell, "新建收集表")
    dialog = shell.findChild(SurveyDialog)
    assert dialog is not None
    return dialog


@pytest.fixture
def survey(opened: Shell, qtbot: QtBot, settle: Settle) -> Shell:
    """The window on the survey 机构信息表, made in the sample's folder."""
    dialog = _asked(opened)
    assert dialog.wish.name == AGENCY, "what it is made from is what it is called"
    _press(qtbot, dialog.ok)
    settle(opened)
    return opened


@pytest.fixture
def collected(survey: Shell, folder: Path, tmp_path: Path, qtbot: QtBot, settle: Settle) -> Shell:
    """The same, issued to all and answered by three units: one without a phone, one with a wrong word."""
    survey.go_to(Step.ISSUE)
    survey.issue.round.setCurrentText(ROUND)
    survey.issue.due.setDate(QDate(DUE.year, DUE.month, DUE.day))
    _press(qtbot, survey.issue.make)
    settle(survey)
    came = tmp_path / "收回"
    came.mkdir()
    rows = {"市教育局": ROW, "市科技局": ROW | {"联系电话": ""}, "市公安局": ROW | {"人员配备": "若干"}}
    for unit, row in rows.items():
        form = next(survey.space.here.forms(ROUND).glob(f"*{unit}*.xlsx"))
        (came / form.name).write_bytes(filled(form.read_bytes(), [row], SAVED))
    survey.go_to(Step.COLLECT)
    survey.collect.take_in([came])
    settle(survey)
    survey.go_to(Step.MERGE)
    _press(qtbot, survey.merge.make)
    settle(survey)
    return survey


# --- making one ---------------------------------------------------------------------------------


def test_a_bundled_survey_is_made_beside_the_plan_and_opened(survey: Shell, folder: Path) -> None:
    place = folder / "收集表" / AGENCY
    assert survey.space.here.folder == place and (place / "收集表.xlsx").is_file()
    assert roster_book.read(place / "单位名录.xlsx") == roster_book.read(folder / "单位名录.xlsx")
    assert "13 个字段" in survey.banner.text and "31 个单位" in survey.banner.text
    assert survey.stack.currentIndex() == Step.ISSUE and "生成填报表" in survey.ahead.sentence.text()
    survey.go_to(Step.DRAFT)
    fields = survey.draft.fields
    assert fields.isVisible() and not survey.draft.view.isVisible()
    assert fields.fields.rowCount() == 13 and fields.fields.index(0, 0).data() == "公开工作机构"
    assert "13 个字段" in survey.steps.buttons[Step.DRAFT].accessibleName()
    assert not survey.draft.amend.isEnabled() and survey.draft.excel.isEnabled()


def test_the_menu_leads_to_every_survey_and_back(survey: Shell, folder: Path, settle: Settle) -> None:
    ticked = {action.text(): action.isChecked() for action in _menu(survey) if action.isCheckable()}
    assert ticked == {AGENCY: True}
    _choose(survey, "回到任务分工")
    settle(survey)
    assert survey.space.here.folder == folder and survey.draft.model.rowCount() > 36
    survey.go_to(Step.DRAFT)
    assert survey.draft.view.isVisible()
    assert not [action for action in _menu(survey) if "回到" in action.text()], "it is where we are"
    _choose(survey, AGENCY)
    settle(survey)
    assert survey.space.collects_survey


def test_a_survey_of_that_name_is_never_written_over(survey: Shell, folder: Path, qtbot: QtBot, settle: Settle) -> None:
    before = (folder / "收集表" / AGENCY / "收集表.xlsx").read_bytes()
    _press(qtbot, _asked(survey).ok)
    settle(survey)
    assert f"已经有一张收集表叫“{AGENCY}”" in survey.banner.text
    assert (folder / "收集表" / AGENCY / "收集表.xlsx").read_bytes() == before


def test_a_blank_sheet_of_fields_is_written_filled_in_and_made_a_survey(
    opened: Shell, folder: Path, qtbot: QtBot, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[Path] = []
    monkeypatch.setattr(base, "open_path", lambda path: shown.append(path) or True)
    dialog = _asked(opened)
    dialog.by_none.setChecked(True)
    assert not dialog.name.isEnabled() and dialog.ok.text() == "做字段表"
    _press(qtbot, dialog.ok)
    settle(opened)
    sheet = folder / "收集表" / "字段表.xlsx"
    assert shown == [sheet] and "填好" in opened.banner.text and "fengong" not in opened.banner.text

    book = openpyxl.load_workbook(sheet)
    page = book.worksheets[0]
    cells = {str(cell.value): cell for cells in page.iter_rows() for cell in cells if cell.value}
    page.cell(cells["表名"].row, cells["表名"].column + 1).value = "值班安排表"
    header = cells["字段"]
    for row, name in enumerate(("值班人", "值班电话"), header.row + 1):
        page.cell(row, header.column).value = name
    book.save(sheet)
    dialog = _asked(opened)
    assert dialog.by_own.isChecked() and dialog.fields.path == sheet, "the sheet that lies there is proposed"
    dialog.name.setText("国庆值班")
    dialog.units.setText("市教育局、市科技局")
    _press(qtbot, dialog.ok)
    settle(opened)
    assert opened.space.here.folder == folder / "收集表" / "国庆值班"
    assert "“值班安排表”：2 个字段" in opened.banner.text and "2 个单位" in opened.banner.text


def test_fields_that_cannot_be_meant_are_told_and_nothing_is_made(
    opened: Shell, folder: Path, tmp_path: Path, qtbot: QtBot, settle: Settle
) -> None:
    wrong = tmp_path / "购物单.xlsx"
    openpyxl.Workbook().save(wrong)
    dialog = _asked(opened)
    dialog.by_own.setChecked(True)
    assert not dialog.ok.isEnabled() and "请选填好的字段表" in dialog.lack()
    dialog.fields.put(wrong)
    _press(qtbot, dialog.ok)
    settle(opened)
    assert "做收集表没有做成" in opened.banner.text and not (folder / "收集表").exists()
    assert opened.space.here.folder == folder


def test_without_a_register_the_window_says_how_to_get_one(
    shell: Shell, tmp_path: Path, qtbot: QtBot, settle: Settle
) -> None:
    empty = tmp_path / "新工作"
    empty.mkdir()
    shell.begin_folder(empty)
    settle(shell)
    _press(qtbot, _asked(shell).ok)
    settle(shell)
    assert "单位名录还是空的" in shell.ahead.sentence.text()
    shell.issue.add.click()
    shell.issue.make.click()
    settle(shell)
    assert "向 1 个单位下发收集表" in shell.banner.text


def test_a_survey_that_cannot_be_read_is_told_when_it_is_opened(survey: Shell, folder: Path, settle: Settle) -> None:
    place = folder / "收集表" / AGENCY
    (place / "收集表.xlsx").write_bytes(b"no workbook")
    for other in (folder, place):
        survey.open_folder(other)
        settle(survey)
    assert "收集表.xlsx" in survey.banner.text and "错误" in survey.banner.text


# --- the five steps ----------------------------------------------------------------------------


def test_the_five_steps_work_on_a_survey(collected: Shell, qtbot: QtBot, settle: Settle) -> None:
    space, page = collected.space, collected.merge
    assert len(list(space.here.forms(ROUND).glob("*.xlsx"))) == 31
    assert "已报 3/31" in collected.steps.buttons[Step.COLLECT].accessibleName()
    assert page.filled_view.isVisible() and not page.rollup.isVisible() and page.contacts.isEnabled()
    assert not page.values["完成率"].isVisible() and page.values["未报单位"].text() == "28"
    rows = {page.filled.index(row, 0).data(): row for row in range(page.filled.rowCount())}
    titles = [column.title for column in page.filled.columns]
    assert page.filled.index(rows["市教育局"], titles.index("联系人")).data() == "林小舟"
    assert page.filled.index(rows["市公安局"], titles.index("人员配备")).data() == "若干"
    assert page.filled.index(rows["市商务局"], titles.index("联系人")).data() == ""

    collected.go_to(Step.NOTIFY)
    assert {kind for kind, box in collected.notify.kinds.items() if box.isEnabled()} == set(SURVEY_KINDS)
    _press(qtbot, collected.notify.make)
    settle(collected)
    kinds = {(document.kind, document.unit) for document in collected.notify.model.rows}
    assert ("催报单", "市商务局") in kinds and ("退回单", "市公安局") in kinds
    assert {kind for kind, _ in kinds} <= set(SURVEY_KINDS) and "提示单" not in SURVEY_KINDS


def test_the_next_round_shows_what_a_unit_said_last(collected: Shell, qtbot: QtBot, settle: Settle) -> None:
    collected.go_to(Step.ISSUE)
    collected.issue.round.setCurrentText("2026年12月")
    _press(qtbot, collected.issue.make)
    settle(collected)
    form = next(collected.space.here.forms("2026年12月").glob("*市教育局*.xlsx"))
    texts = [cell for row in openpyxl.load_workbook(form).worksheets[0].iter_rows(values_only=True) for cell in row]
    assert ROW["联系人"] in texts and collected.head.round.currentText() == "2026年12月"


def test_double_click_shows_the_cell_that_a_unit_filled_in(collected: Shell, settle: Settle) -> None:
    page = collected.merge
    row = next(row for row in range(page.filled.rowCount()) if page.filled.index(row, 0).data() == "市教育局")
    column = [column.title for column in page.filled.columns].index("联系人")
    page.filled_view.doubleClicked.emit(page.filled.index(row, column))
    settle(collected)
    viewer = collected.findChild(Viewer)
    assert viewer is not None and viewer.view.currentIndex().data() == "林小舟"
    viewer.close()


# --- contacts -----------------------------------------------------------------------------------


def test_contacts_go_into_the_register_of_the_office(
    collected: Shell, folder: Path, qtbot: QtBot, settle: Settle
) -> None:
    before = (folder / "单位名录.xlsx").read_bytes()
    _press(qtbot, collected.merge.contacts)
    dialog = collected.findChild(ContactsDialog)
    assert dialog is not None
    _press(qtbot, dialog.ok)
    settle(collected)
    window = collected.findChild(ContactsWindow)
    assert window is not None, collected.banner.text
    filled_in = {tuple(window.cells.index(row, c).data() for c in range(3)) for row in range(window.cells.rowCount())}
    assert ("市教育局", "联系人", "林小舟") in filled_in and ("市教育局", "电话", "010-62340001") in filled_in
    assert ("市科技局", "联系人", "林小舟") in filled_in
    assert (folder / "单位名录.xlsx").read_bytes() == before, "only a copy is written"

    _press(qtbot, window.use)
    assert (folder / "单位名录（原）.xlsx").read_bytes() == before
    units = {unit.name: unit for unit in roster_book.read(folder / "单位名录.xlsx").units}
    assert (units["市教育局"].contact, units["市教育局"].phone) == ("林小舟", "010-62340001")
    assert "单位名录（原）.xlsx" in window.about.text() and not window.use.isEnabled()


def test_contacts_want_a_survey_and_its_summary(opened: Shell, qtbot: QtBot, settle: Settle) -> None:
    assert not next(action for action in _menu(opened) if "单位名录" in action.text()).isEnabled()
    opened.surveys.ask_contacts()
    assert "现在打开的不是收集表" in opened.banner.text
    _press(qtbot, _asked(opened).ok)
    settle(opened)
    opened.surveys.ask_contacts()
    assert "还没有汇总表" in opened.banner.text and opened.findChild(ContactsDialog) is None
