"""上报 and 溯源 in the window of a county and of the city above it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot
from two_levels import (
    COUNTY,
    ROUND,
    TITLES,
    TOWNS,
    gather,
    gather_city,
    make_city,
    make_county,
    upper_form,
)

from toolkit.desktop.dialogs.rollup import RollupDialog, RollupWish
from toolkit.desktop.dialogs.traced import TraceWindow
from toolkit.desktop.journey import Step
from toolkit.desktop.pages import base
from toolkit.desktop.shell import Shell
from toolkit.desktop.viewer import Viewer
from toolkit.identity import BELOW_SHEET
from toolkit.sample.form import IssuedForm

Settle = Callable[[Shell], None]


def _press(qtbot: QtBot, part: QPushButton) -> None:
    assert part.isEnabled(), part.text()
    qtbot.mouseClick(part, Qt.MouseButton.LeftButton)


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """What the window gave to the system to open."""
    opened: list[Path] = []
    monkeypatch.setattr(base, "open_path", lambda path: opened.append(path) or True)
    return opened


@pytest.fixture
def city(tmp_path: Path) -> Path:
    """The city's folder."""
    return make_city(tmp_path / "云岭市")


@pytest.fixture
def county(tmp_path: Path, city: Path) -> Path:
    """The county's folder; its towns have answered."""
    return make_county(tmp_path / "望川县", city)


def _traced(shell: Shell, settle: Settle) -> TraceWindow:
    settle(shell)
    window = shell.findChild(TraceWindow)
    assert window is not None, shell.banner.text
    return window


def _table(window: TraceWindow) -> list[list[str]]:
    model = window.lines
    return [[str(model.index(r, c).data()) for c in range(model.columnCount())] for r in range(model.rowCount())]


# --- 上报 -----------------------------------------------------------------------------------------


def test_the_summary_goes_into_the_form_of_the_level_above(
    shell: Shell, city: Path, county: Path, qtbot: QtBot, settle: Settle, shown: list[Path]
) -> None:
    gather(county)
    before = upper_form(city).read_bytes()
    shell.open_folder(county)
    settle(shell)
    shell.go_to(Step.MERGE)
    _press(qtbot, shell.merge.rollup)
    dialog = shell.findChild(RollupDialog)
    assert dialog is not None and not dialog.ok.isEnabled() and "上级发给本单位" in dialog.lack()
    dialog.upper.put(upper_form(city))
    _press(qtbot, dialog.ok)
    settle(shell)
    filled = county / "汇总" / ROUND / f"上报_{upper_form(city).name}"
    assert shown == [filled] and "2 项任务" in shell.banner.text
    assert upper_form(city).read_bytes() == before
    pen = IssuedForm(filled.read_bytes())
    told = pen.text(pen.cell("进展说明", pen.tasks[0].row))
    assert "2个单位共报2项" in told and all(town in told for town in TOWNS)


def test_only_what_was_accepted_goes_up_when_the_clerk_says_so(
    shell: Shell, city: Path, county: Path, qtbot: QtBot, settle: Settle, shown: list[Path]
) -> None:
    gather(county)
    shell.open_folder(county)
    settle(shell)
    shell.upward.ask()
    dialog = shell.findChild(RollupDialog)
    assert dialog is not None
    dialog.upper.put(upper_form(city))
    dialog.accepted_only.setChecked(True)
    _press(qtbot, dialog.ok)
    settle(shell)
    assert "上报没有做成" in shell.banner.text and not shown, "nothing has been accepted yet"


def test_cancelling_writes_nothing(shell: Shell, city: Path, county: Path, settle: Settle, shown: list[Path]) -> None:
    summary = gather(county)
    before = sorted(summary.parent.iterdir())
    shell.open_folder(county)
    settle(shell)
    shell.runner.started.connect(lambda _label: shell.runner.cancel())
    shell.upward.roll_up(RollupWish(upper_form(city)))
    settle(shell)
    assert "已取消" in shell.banner.text and not shown
    assert sorted(summary.parent.iterdir()) == before


def test_a_file_that_is_no_upper_form_is_told(
    shell: Shell, county: Path, qtbot: QtBot, settle: Settle, shown: list[Path]
) -> None:
    gather(county)
    shell.open_folder(county)
    settle(shell)
    shell.upward.ask()
    dialog = shell.findChild(RollupDialog)
    assert dialog is not None
    dialog.upper.put(county / "单位名录.xlsx")
    _press(qtbot, dialog.ok)
    settle(shell)
    assert "不是上级下发的填报表" in shell.banner.text and not shown


def test_without_a_summary_nothing_goes_up_or_down(shell: Shell, county: Path, settle: Settle) -> None:
    shell.open_folder(county)
    settle(shell)
    shell.go_to(Step.MERGE)
    assert not shell.merge.rollup.isEnabled() and not shell.merge.trace.isEnabled()
    for ask in (shell.upward.ask, shell.upward.trace):
        ask()
        assert "还没有汇总表" in shell.banner.text
    assert shell.findChild(TraceWindow) is None and shell.findChild(RollupDialog) is None


# --- 溯源 -----------------------------------------------------------------------------------------


def test_a_summary_is_opened_down_to_the_town_that_wrote(
    shell: Shell, city: Path, county: Path, qtbot: QtBot, settle: Settle, shown: list[Path]
) -> None:
    gather_city(city, county)
    shell.open_folder(city)
    settle(shell)
    shell.go_to(Step.MERGE)
    _press(qtbot, shell.merge.trace)
    window = _traced(shell, settle)
    units = [row[0].strip() for row in _table(window)]
    assert units.count(COUNTY) == 2 and all(units.count(town) == 2 for town in TOWNS)

    window.unit.setCurrentIndex(window.unit.findData(TOWNS[1]))
    window.task.setCurrentIndex(1)
    ((unit, task, status, progress, _),) = _table(window)
    assert (unit.strip(), task, status) == (TOWNS[1], TITLES[0], "推进中") and TOWNS[1] in progress

    first, *_, last = window.stops.rows
    assert first.sheet == BELOW_SHEET and first.file is not None and last.last and last.file is None
    assert window.stops.index(0, 4).data() == "本机"
    assert window.stops.index(len(window.stops.rows) - 1, 4).data() == "在下级单位那里"
    assert TOWNS[1] in last.path, "the chain ends at the town's own form"
    _press(qtbot, window.file)
    assert shown == [city / "回收" / ROUND / upper_form(city).name]
    _press(qtbot, window.cell)
    settle(shell)
    viewer = window.findChild(Viewer)
    assert viewer is not None and viewer.sheets.currentText() == BELOW_SHEET
    assert viewer.view.currentIndex().data() == "推进中"
    viewer.close()

    window.stops_view.setCurrentIndex(window.stops.index(len(window.stops.rows) - 1, 0))
    assert not window.cell.isEnabled() and not window.file.isEnabled(), "that file lies with the town"


def test_a_cell_of_the_matrix_leads_to_the_cell_it_came_from(opened: Shell, settle: Settle) -> None:
    matrix = opened.merge.matrix
    cells = [matrix.index(row, column) for row in range(matrix.rowCount()) for column in range(matrix.columnCount())]
    index = next(index for index in cells if (entry := matrix.entry(index)) and entry.progress and entry.place)
    entry = matrix.entry(index)
    assert entry is not None and entry.place is not None
    opened.merge.matrix_view.doubleClicked.emit(index)
    window = _traced(opened, settle)
    assert [row[0] for row in _table(window)] == [entry.unit]
    assert (window.stops.rows[0].path, window.stops.rows[0].cell) == (entry.place.path, entry.place.cell)


def test_a_row_of_the_figures_leads_to_a_unit_or_a_task(opened: Shell, settle: Settle) -> None:
    page = opened.merge
    page.units_view.sortByColumn(6, Qt.SortOrder.DescendingOrder)
    index = page.units_view.model().index(0, 0)
    page.units_view.doubleClicked.emit(index)
    window = _traced(opened, settle)
    assert {row[0] for row in _table(window)} == {index.data()}
    index = page.tasks_view.model().index(3, 1)
    page.tasks_view.doubleClicked.emit(index)
    window = _traced(opened, settle)
    assert len(opened.findChildren(TraceWindow)) == 1, "another takes its place"
    assert {row[1] for row in _table(window)} == {index.data()}


def test_a_return_inside_an_archive_is_shown_at_the_cell(opened: Shell, qtbot: QtBot, settle: Settle) -> None:
    opened.upward.trace(unit="市民政局")
    window = _traced(opened, settle)
    assert ".zip!/" in window.stops.rows[0].path
    _press(qtbot, window.cell)
    settle(opened)
    viewer = window.findChild(Viewer)
    assert viewer is not None and viewer.view.currentIndex().data() == window.lines.rows[0].status
    viewer.close()


@pytest.mark.parametrize("way", ["close", "reject"])
def test_a_window_closed_while_it_reads_is_left_alone(opened: Shell, way: str, qtbot: QtBot, settle: Settle) -> None:
    opened.upward.trace()
    window = opened.findChild(TraceWindow)
    assert window is not None
    getattr(window, way)()
    settle(opened)
    qtbot.wait(50)
    assert opened.findChild(TraceWindow) is None and not opened.banner.text


def test_another_summary_can_be_chosen_and_a_wrong_file_is_told(
    opened: Shell, folder: Path, city: Path, county: Path, settle: Settle
) -> None:
    opened.upward.trace()
    window = _traced(opened, settle)
    assert window.lines.rowCount() == 422
    window.summary.put(folder / "单位名录.xlsx")
    settle(opened)
    assert "溯源没有做成" in opened.banner.text and window.lines.rowCount() == 0
    assert "不是可以读取的汇总表" in window.lines_view.hint, "said in the window that lies over the strip, too"
    window.summary.put(gather_city(city, county))
    settle(opened)
    assert {row[0].strip() for row in _table(window)} >= {COUNTY, *TOWNS}
