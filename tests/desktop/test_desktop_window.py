"""The window around the steps: looks, memory, background work, help, and the real thing on a virtual screen."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
import warnings
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QDialog, QLineEdit, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from toolkit import resources
from toolkit.desktop import theme
from toolkit.desktop.dialogs.contacts import ContactsDialog
from toolkit.desktop.dialogs.notices import NoticesDialog
from toolkit.desktop.dialogs.rollup import RollupDialog
from toolkit.desktop.dialogs.survey import SurveyDialog
from toolkit.desktop.journal import TextWindow
from toolkit.desktop.journey import Step
from toolkit.desktop.memory import Memory
from toolkit.desktop.models.matrix import MatrixModel
from toolkit.desktop.shell import Shell
from toolkit.desktop.theme import Mode
from toolkit.desktop.work import Job
from toolkit.figures import compute
from toolkit.findings import CannotDo
from toolkit.findings import desktop as found
from toolkit.model import Collection, Entry, Plan, Progress, Role, Roster, Round, State, Task, UnitReport, UnitState
from toolkit.survey import Field, Survey

PROJECT = Path(__file__).resolve().parents[2]
Settle = Callable[[Shell], None]


# --- background work ------------------------------------------------------------------------------


def test_a_long_job_shows_its_progress_and_can_be_cancelled(shell: Shell, qtbot: QtBot, settle: Settle) -> None:
    steps: list[int] = []

    def work(progress: Progress) -> None:
        for step in range(10_000):
            steps.append(step)
            progress(step, 10_000, f"第 {step} 份")
            threading.Event().wait(0.01)

    shell.runner.run(Job("下发", work, lambda _: pytest.fail("it was cancelled")))
    qtbot.waitUntil(lambda: shell.progress.maximum() == 10_000, timeout=20_000)
    assert shell.cancel.isVisible()
    qtbot.mouseClick(shell.cancel, Qt.MouseButton.LeftButton)
    settle(shell)
    assert len(steps) < 10_000
    assert "已取消" in shell.banner.text
    assert not shell.progress.isVisible()


def test_what_cannot_be_done_becomes_a_sentence_with_advice(shell: Shell, settle: Settle) -> None:
    def work(_progress: Progress) -> None:
        raise CannotDo(found.NO_ROUND.at())

    shell.runner.run(Job("下发", work, lambda _: None))
    settle(shell)
    assert "还没有选填报期" in shell.banner.text and "写明填报期" in shell.banner.text


def test_what_nobody_expected_is_told_without_a_traceback(
    shell: Shell, settle: Settle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("LOCALAPPDATA", raising=False)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))

    def work(_progress: Progress) -> None:
        raise ZeroDivisionError("nobody expected this")

    shell.runner.run(Job("汇总", work, lambda _: None))
    settle(shell)
    assert "程序内部出错" in shell.banner.text and "Traceback" not in shell.banner.text
    assert "nobody expected this" in (tmp_path / "fengong" / "error.log").read_text("utf-8")


def test_the_log_can_be_copied(opened: Shell) -> None:
    opened.tell(["生成了汇总表。"], [found.NO_PLAN.at()])
    opened.show_journal()
    window = opened.findChild(TextWindow)
    assert window is not None
    shown = window.findChild(QPlainTextEdit)
    assert shown is not None and "生成了汇总表。" in shown.toPlainText()
    window.copy.click()
    assert found.NO_PLAN.code in QGuiApplication.clipboard().text()


# --- folder, memory, looks ----------------------------------------------------------------------------


def test_the_first_start_makes_the_sample_and_says_so(shell: Shell, settle: Settle) -> None:
    shell.begin(None)
    settle(shell)
    assert (shell.sample / "任务分工表.xlsx").is_file()
    assert shell.space.here.folder == shell.sample
    assert "示例" in shell.banner.text
    assert shell.stack.currentIndex() == Step.DRAFT


def test_the_last_folders_are_remembered(opened: Shell, folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "另一项工作"
    other.mkdir()
    opened.open_folder(other)
    opened.close()
    memory = Memory(tmp_path / "desktop.ini")
    assert memory.folders == [other, folder]
    shutil.rmtree(other)
    assert memory.folders == [folder]


def test_edits_are_saved_when_the_window_closes(opened: Shell, folder: Path) -> None:
    model = opened.issue.units
    model.setData(model.index(0, 4), "林小舟")
    opened.close()
    from toolkit.workbooks import roster_book

    assert roster_book.read(folder / "单位名录.xlsx").units[0].contact == "林小舟"


@pytest.mark.parametrize(
    ("mode", "large", "wide", "high"),
    [
        (Mode.LIGHT, False, 1366, 728),
        (Mode.DARK, False, 1366, 728),
        (Mode.LIGHT, True, 1366, 728),
        (Mode.LIGHT, False, 1024, 660),
    ],
)
def test_everything_fits_a_small_screen_in_every_look(
    opened: Shell, mode: Mode, large: bool, wide: int, high: int, qtbot: QtBot
) -> None:
    opened.resize(wide, high)
    opened.dress(mode, large)
    for step in Step:
        opened.go_to(step)
        qtbot.wait(1)
        assert opened.minimumSizeHint().width() <= wide, step.label
        assert opened.minimumSizeHint().height() <= high, step.label
        for part in opened.pages[step].findChildren(QPushButton):
            if part.isVisible():
                assert part.width() >= part.fontMetrics().horizontalAdvance(part.text().replace("&", "")), part.text()


def test_fields_keep_their_height_below_a_long_message(opened: Shell, qtbot: QtBot) -> None:
    opened.resize(1024, 660)
    opened.go_to(Step.ISSUE)
    opened.tell([f"第 {number} 行" for number in range(4)], [found.NO_PLAN.at(), found.NO_ROUND.at()])
    qtbot.wait(1)
    for field in (opened.issue.round, opened.issue.due, opened.issue.make):
        assert field.height() >= field.minimumSizeHint().height()


@pytest.mark.parametrize("large", [False, True])
def test_dialogs_fit_a_small_screen_and_cut_no_text(opened: Shell, tmp_path: Path, large: bool, qtbot: QtBot) -> None:
    opened.dress(Mode.LIGHT, large)
    dialogs: list[QDialog] = [
        NoticesDialog(opened, onto=opened.space.here.plan, start=tmp_path),
        NoticesDialog(opened, onto=None, start=tmp_path),
        SurveyDialog(opened, ["机构信息表"], start=tmp_path, filled=None),
        RollupDialog(opened, start=tmp_path, stale=True),
        ContactsDialog(opened, Survey(tuple(Field(f"第{number}个字段") for number in range(40)))),
    ]
    for dialog in dialogs:
        dialog.show()
        qtbot.wait(1)
        assert dialog.width() <= 1000 and dialog.height() <= 620, dialog.windowTitle()
        for part in dialog.findChildren(QPushButton):
            assert part.width() >= part.fontMetrics().horizontalAdvance(part.text().replace("&", "")), part.text()
        for field in dialog.findChildren(QLineEdit):
            if field.isVisible():
                hint = field.placeholderText()
                assert field.width() > field.fontMetrics().horizontalAdvance(hint), hint
        dialog.close()


@pytest.mark.parametrize("colours", [theme.LIGHT, theme.DARK])
def test_texts_stand_out_from_what_is_behind_them(colours: theme.Colours) -> None:
    for ink in (colours.text, colours.faint, colours.good, colours.worry, colours.bad):
        for paper in (colours.window, colours.base):
            assert _contrast(ink, paper) >= 4.5, (ink, paper)
    assert _contrast(colours.text, colours.mark) >= 4.5
    assert _contrast(colours.on_accent, colours.accent) >= 4.5


def _contrast(one: str, other: str) -> float:
    """Of two colours, as WCAG 2.1 defines it."""

    def luminance(colour: str) -> float:
        parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        red, green, blue = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_dropping_a_file_on_the_board_takes_it_in(opened: Shell, tmp_path: Path, settle: Settle) -> None:
    opened.go_to(Step.COLLECT)
    picture = tmp_path / "情况说明.txt"
    picture.write_text("本周进展顺利。", "utf-8")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(picture))])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(5, 5), Qt.DropAction.CopyAction, data, buttons, keys)
    opened.collect.dragEnterEvent(enter)
    assert enter.isAccepted()
    opened.collect.dropEvent(QDropEvent(QPoint(5, 5), Qt.DropAction.CopyAction, data, buttons, keys))
    settle(opened)
    assert any(record.path == "情况说明.txt" for record in opened.collect.files.rows)
    assert picture.read_text("utf-8") == "本周进展顺利。"


def test_keys_reach_the_steps(opened: Shell, qtbot: QtBot) -> None:
    opened.activateWindow()
    for step in (Step.COLLECT, Step.NOTIFY, Step.DRAFT):
        qtbot.keyClick(opened, getattr(Qt.Key, f"Key_{step + 1}"), Qt.KeyboardModifier.ControlModifier)
        assert opened.stack.currentIndex() == step


# --- help -----------------------------------------------------------------------------------------


def test_f1_opens_the_manual_with_its_pictures(shell: Shell, qtbot: QtBot) -> None:
    shell.show_manual()
    manual = shell._manual
    assert manual is not None
    text = manual.page.toPlainText()
    for word in ("涉密", *(step.label for step in Step), "常见问题"):
        assert word in text
    assert manual.chapters.count() > 8
    qtbot.wait(10)
    assert manual.page.verticalScrollBar().value() == 0, "it opens where a reader begins"
    for place in (manual.chapters.count() - 1, 3):
        manual.chapters.setCurrentRow(place)
        top = manual.page.cursorForPosition(QPoint(30, 40)).block().text()
        assert top == manual.chapters.item(place).text().strip() or place == manual.chapters.count() - 1
        assert manual.page.verticalScrollBar().value() > 0


def test_the_pictures_of_the_manual_are_there_and_small() -> None:
    import re

    page = resources.manual_text()
    names = re.findall(r"!\[[^]]*]\(([^)]+)\)", page.read_text("utf-8"))
    assert len(names) >= 7
    for name in names:
        assert (page.parent / name).stat().st_size <= 150_000, name


# --- much of it ---------------------------------------------------------------------------------------


def test_five_hundred_units_make_no_widget_a_cell(qtbot: QtBot) -> None:
    from toolkit.desktop.table_view import Table

    figures = compute(_large())
    model = MatrixModel()
    model.show(figures)
    view = Table(model)
    qtbot.addWidget(view)
    view.resize(1200, 600)
    view.show()
    view.scrollTo(model.index(499, 63))
    view.grab()
    assert (model.rowCount(), model.columnCount()) == (500, 64)
    assert model.index(499, 63).data() == "○"
    assert len(view.viewport().children()) == 0


def _large() -> Collection:
    tasks = tuple(Task(seq, f"任务{seq}", f"T{seq:04d}") for seq in range(1, 65))
    units = [f"单位{number:03d}" for number in range(500)]
    entries = tuple(
        Entry(task.code, unit, Role.LEAD, State.REPORTED, status="推进中") for task in tasks for unit in units
    )
    reports = tuple(UnitReport(unit, UnitState.COMPLETE) for unit in units)
    day = date(2026, 10, 12)
    return Collection(Plan("大表", tasks), Roster(), Round("2026年第三季度"), day, entries=entries, units=reports)


# --- the real window ------------------------------------------------------------------------------------

_START = """
import sys
from pathlib import Path
from PySide6.QtTest import QTest
from toolkit.desktop import theme
from toolkit.desktop.app import application
from toolkit.desktop.memory import Memory
from toolkit.desktop.shell import Shell
from toolkit.desktop.theme import Mode

app = application()
assert app.platformName() == "xcb", app.platformName()
theme.apply(app, Mode.LIGHT, False)
shell = Shell(Memory(Path(sys.argv[2])), Path("unused"))
shell.resize(1280, 700)
shell.show()
shell.begin(Path(sys.argv[1]))
assert QTest.qWaitForWindowExposed(shell)
while shell.runner.busy:
    QTest.qWait(20)
shell.go_to(2)
QTest.qWait(200)
assert app.primaryScreen().grabWindow(shell.winId()).save(sys.argv[3])
shell.close()
"""


def test_the_real_window_opens_on_a_screen(sample: Path, tmp_path: Path) -> None:
    if shutil.which("xvfb-run") is None:
        warnings.warn("Xvfb is not installed: the test of the real window is SKIPPED", stacklevel=1)
        pytest.skip("Xvfb is not installed")
    from PIL import Image

    picture = tmp_path / "window.png"
    command = ["xvfb-run", "-a", "-s", "-screen 0 1366x768x24", sys.executable, "-c", _START]
    environment = os.environ | {"QT_QPA_PLATFORM": "xcb", "PYTHONPATH": str(PROJECT)}
    run = subprocess.run(
        [*command, str(sample), str(tmp_path / "desktop.ini"), str(picture)],
        env=environment, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    if run.returncode and "xcb" in run.stderr and "Could not load the Qt platform plugin" in run.stderr:
        warnings.warn("Qt's xcb plugin lacks libraries: the test of the real window is SKIPPED", stacklevel=1)
        pytest.skip("the system libraries of Qt's xcb plugin are not installed")
    assert run.returncode == 0, run.stderr
    with Image.open(picture) as shot:
        assert shot.size == (1280, 700)
        colours = shot.convert("RGB").getcolors(1_000_000)
    assert colours is not None and len(colours) > 50, "the window is drawn"
