"""The menu 台账: 审核 taken in, what falls due, the log and the export, chosen as a clerk chooses them."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QPlainTextEdit

from toolkit.desktop import housekeeping
from toolkit.desktop.housekeeping import CALENDAR_NAME
from toolkit.desktop.journal import TextWindow
from toolkit.desktop.shell import Shell
from toolkit.findings import desktop as found
from toolkit.sample.round import ROUND

Settle = Callable[[Shell], None]


def _choose(shell: Shell, word: str) -> None:
    chosen = next(action for action in shell.findChildren(QAction) if word in action.text())
    chosen.trigger()


def _text(shell: Shell, title: str) -> str:
    windows = [window for window in shell.findChildren(TextWindow) if window.windowTitle() == title]
    shown = windows[-1].findChild(QPlainTextEdit)
    assert shown is not None
    return shown.toPlainText()


@pytest.fixture
def kept(shell: Shell, sample: Path, tmp_path: Path, settle: Settle) -> Shell:
    """The window on a folder with a ledger, the sample's round merged in it."""
    folder = tmp_path / "台账文件夹"
    folder.mkdir()
    shell.begin_folder(folder)
    settle(shell)
    for name in ("任务分工表.xlsx", "单位名录.xlsx"):
        shutil.copyfile(sample / name, folder / name)
    shell.open_folder(folder)
    shell.space.open_round(ROUND)
    shell.collect.take_in([sample / "回收" / ROUND])
    settle(shell)
    shell.merge.merge()
    settle(shell)
    return shell


def _return_the_first_answer(summary: Path) -> str:
    """What a clerk does in 明细: 退回 with an opinion; the unit of that row."""
    book = openpyxl.load_workbook(summary)
    sheet = book["明细"]
    header = next(row for row in sheet.iter_rows() if any(cell.value == "审核" for cell in row))
    at = {cell.value: cell.column for cell in header}
    row = next(n for n in range(header[0].row + 1, sheet.max_row) if sheet.cell(n, at["完成情况"]).value == "推进中")
    sheet.cell(row, at["审核"]).value = "退回"
    sheet.cell(row, at["审核意见"]).value = "请写明做到哪一步"
    book.save(summary)
    return str(sheet.cell(row, at["单位"]).value)


def test_a_review_written_in_the_summary_is_taken_in_and_lasts(kept: Shell, settle: Settle) -> None:
    edited = kept.space.summary
    unit = _return_the_first_answer(edited)
    _choose(kept, "读取汇总表里的审核")
    settle(kept)
    assert "退回 1 项" in kept.banner.text and "再点一次“生成汇总表”" in kept.banner.text

    kept.merge.merge()
    settle(kept)
    assert kept.space.summary != edited, (
        "the summary that the clerk edited is kept; the window goes on with the new one"
    )
    kept.notify.notify()
    settle(kept)
    returned = [path.name for path in kept.space.here.feedback(ROUND).rglob("*退回单*.docx")]
    assert any(unit in name for name in returned)
    _choose(kept, "台账日志")
    settle(kept)
    assert "审核" in _text(kept, "台账日志") and "退回 1 项" in _text(kept, "台账日志")


def test_what_falls_due_is_listed_and_written_for_a_calendar(kept: Shell, settle: Settle) -> None:
    kept.space.today = lambda: date(2025, 12, 25)
    _choose(kept, "七天内到期")
    settle(kept)
    assert "2025-12-25 至 2025-12-31" in _text(kept, "到期提醒")
    assert (kept.space.here.folder / CALENDAR_NAME).read_text("utf-8").startswith("BEGIN:VCALENDAR")


def test_the_ledger_is_exported(kept: Shell, settle: Settle, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[Path] = []
    monkeypatch.setattr(housekeeping, "open_path", opened.append)
    _choose(kept, "导出台账")
    settle(kept)
    assert (opened[0] / "台账.xlsx").is_file()


def test_a_folder_without_a_ledger_says_what_to_do(opened: Shell, settle: Settle) -> None:
    (opened.space.here.folder / "台账.db").unlink(missing_ok=True)
    for word in ("读取汇总表里的审核", "台账日志", "导出台账"):
        _choose(opened, word)
        settle(opened)
        assert found.NO_LEDGER.advice[:12] in opened.banner.text
