"""The protocol behind a spreadsheet button: status, progress, what to open; the clerk's file stays."""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path
from urllib.parse import unquote

import openpyxl
import pytest
from openpyxl import Workbook
from two_levels import COUNTY, TOWNS, gather_city, make_city, make_county, summary_of, upper_form

from toolkit import buttons, cli, containers, identity, ledger
from toolkit.buttons import Job
from toolkit.desk import Desk
from toolkit.housekeeping.init import init
from toolkit.identity import BELOW_SHEET
from toolkit.model import Assignment, Cancelled, Plan, Role, Roster, Task, Unit
from toolkit.registry.buttons import BUTTONS, Ask
from toolkit.sample.form import IssuedForm
from toolkit.workbooks import plan_book, roster_book
from toolkit.workbooks.summary.pointed import pointed_at


def status(job: Path) -> list[str]:
    assert not list(job.glob("*.part"))
    return (job / "status.txt").read_bytes().decode().split("\n")


@pytest.fixture
def job(tmp_path: Path) -> Path:
    folder = tmp_path / "作业 一"
    folder.mkdir()
    return folder


@pytest.fixture
def snapshot(tmp_path: Path, job: Path) -> Path:
    desk = tmp_path / "台账 文件夹"
    desk.mkdir()
    roster_book.write(Roster((Unit("市教育局", 1, ("教局",)),)), desk / "单位名录.xlsx")
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet["A1"] = "教局"
    workbook.save(job / "snapshot.xlsx")
    return job / "snapshot.xlsx"


def test_a_button_works_on_the_snapshot_and_says_what_to_open(job: Path, snapshot: Path, tmp_path: Path) -> None:
    original = tmp_path / "台账 文件夹" / "分工.xlsx"
    original.write_bytes(b"the clerk's own")
    arguments = ["--job", str(job), "--snapshot", str(snapshot), "--original", str(original), "--cells", "$A$1"]
    assert cli.run(["button", "Tidy", *arguments]) == 0
    first, *message = status(job)
    opened = Path((job / "open.txt").read_text("utf-8"))
    assert first == "OK" and "1 处" in "".join(message)
    assert opened.parent == original.parent and opened.exists() and "规范单位名称" in opened.name
    assert original.read_bytes() == b"the clerk's own"


@pytest.mark.parametrize("button", [b for b in BUTTONS if Ask.BOOK in b.asks], ids=lambda b: b.id)
def test_without_a_workbook_the_message_says_what_to_do(button: object, job: Path) -> None:
    identity: str = button.id  # type: ignore[attr-defined]
    if identity == "Folder":
        assert buttons.run(identity, Job(job)) and status(job)[0] == "OK"
        return
    assert cli.run(["button", identity, "--job", str(job), "--pick", str(job)]) == 2
    first, *message = status(job)
    assert first == "ERR" and "→" in "".join(message)


def test_an_unknown_button_is_an_old_program(job: Path) -> None:
    assert not buttons.run("Nonsense", Job(job))
    assert status(job)[0] == "ERR"


def test_a_clerk_can_cancel(job: Path) -> None:
    (job / "cancel.txt").touch()
    progress = buttons._progress_file(job)
    with pytest.raises(Cancelled):
        progress(1, 2, "读取")


def test_what_nobody_expected_is_told_too(job: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))

    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(buttons, "manual", broken)
    assert cli.run(["button", "Help", "--job", str(job)]) == 2
    assert status(job)[0] == "ERR" and "记录文件" in "".join(status(job))


@pytest.fixture
def city(tmp_path: Path) -> Path:
    """A city's folder whose county rolled its round up."""
    folder = make_city(tmp_path / "云岭市")
    gather_city(folder, make_county(tmp_path / "望川县", folder))
    return folder


def _snapshot(job: Path, summary: Path) -> Path:
    return Path(shutil.copy(summary, job / "snapshot.xlsx"))


@pytest.mark.parametrize(("sheet", "cells"), [("明细", "$H$4"), ("总表", "$C$5:$D$6"), ("矩阵", "$D$6")])
def test_a_cell_of_a_summary_is_traced_from_where_the_summary_lies(
    job: Path, city: Path, sheet: str, cells: str
) -> None:
    summary = summary_of(city)
    task, unit = pointed_at(containers.read(summary, summary.name), sheet, cells)
    assert task and (unit == COUNTY or sheet == "总表")
    assert buttons.run("Trace", Job(job, _snapshot(job, summary), summary, sheet, cells)), status(job)
    told = "\n".join(status(job))
    assert all(town in told for town in TOWNS) and upper_form(city).name in told
    opened = Path((job / "open.txt").read_text("utf-8"))
    links = [cell.hyperlink.target for cell in openpyxl.load_workbook(opened)["逐级明细"]["N"] if cell.hyperlink]
    assert links and all((opened.parent / unquote(link)).is_file() for link in links), "the returns are found"


def test_a_cell_that_says_nothing_of_a_task_or_unit_is_told(job: Path, city: Path) -> None:
    summary = summary_of(city)
    assert not buttons.run("Trace", Job(job, _snapshot(job, summary), summary, "总表", "$A$1"))
    assert "$A$1" in status(job)[1] and "选中一格" in "".join(status(job))


def test_without_a_selection_the_whole_summary_is_traced(job: Path, city: Path) -> None:
    summary = summary_of(city)
    assert buttons.run("Trace", Job(job, _snapshot(job, summary), summary)), status(job)
    assert "4 个单位" in status(job)[1] and "其余 2 项" in status(job)[-1]


def test_the_summary_on_screen_goes_up_beside_the_clerks_own(job: Path, city: Path, tmp_path: Path) -> None:
    summary = summary_of(tmp_path / "望川县")
    before = summary.read_bytes(), upper_form(city).read_bytes()
    snapshot = _snapshot(job, summary)
    book = openpyxl.load_workbook(snapshot)
    page = book["明细"]
    header = next(row for row in page.iter_rows() if "审核" in [cell.value for cell in row])
    columns = {cell.value: cell.column for cell in header}
    page.cell(header[0].row + 1, columns["审核"]).value = "退回"
    book.save(snapshot)
    assert buttons.run("Rollup", Job(job, snapshot, summary, picked=(upper_form(city),))), status(job)
    filled = Path((job / "open.txt").read_text("utf-8"))
    assert filled == summary.parent / f"上报_{upper_form(city).name}"
    pen = IssuedForm(filled.read_bytes())
    assert "退回" in pen.text(pen.cell("进展说明", pen.tasks[0].row)), "what is on screen counts, saved or not"
    link = openpyxl.load_workbook(filled)[BELOW_SHEET]["K3"].hyperlink
    assert link is not None and (filled.parent / unquote(link.target)).resolve() == summary
    assert (summary.read_bytes(), upper_form(city).read_bytes()) == before


def test_in_a_working_folder_buttons_keep_the_ledger(job: Path, tmp_path: Path) -> None:
    plan = identity.coded(Plan("分工", (Task(1, "办好。", assignments=(Assignment(Role.LEAD, "市教育局"),)),)))
    folder = tmp_path / "台账"
    init(desk=Desk(folder, datetime(2026, 1, 5, 9)))
    plan_book.write(plan, folder / "任务分工表.xlsx")
    roster_book.write(Roster((Unit("市教育局", 1),)), folder / "单位名录.xlsx")
    snapshot = job / "snapshot.xlsx"
    snapshot.write_bytes((folder / "任务分工表.xlsx").read_bytes())
    assert buttons.run("Issue", Job(job, snapshot, folder / "任务分工表.xlsx")), status(job)
    (issued,) = [path for path in (folder / "下发").iterdir() if path.is_dir()]
    assert buttons.run("Merge", Job(job, snapshot, folder / "任务分工表.xlsx", picked=(issued,))), status(job)
    summary = folder / "汇总" / issued.name / "汇总表.xlsx"
    assert summary.is_file() and (job / "open.txt").read_text("utf-8") == str(summary)
    assert buttons.run("Notify", Job(job, Path(shutil.copy(summary, job / "s.xlsx")), summary)), status(job)
    assert (folder / "反馈" / issued.name).is_dir()
    with ledger.reading(folder) as book:
        assert [event.verb for event in book.events()] == ["建台账", "下发", "汇总", "反馈"]
