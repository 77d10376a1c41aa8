"""The protocol behind a spreadsheet button: status, progress, what to open; the clerk's file stays."""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from toolkit import buttons, cli, identity, ledger
from toolkit.buttons import Job
from toolkit.desk import Desk
from toolkit.init import init
from toolkit.model import Assignment, Cancelled, Plan, Role, Roster, Task, Unit
from toolkit.registry.buttons import BUTTONS, Ask
from toolkit.workbooks import plan_book, roster_book


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
