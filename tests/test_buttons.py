"""The protocol behind a spreadsheet button: status, progress, what to open; the clerk's file stays."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook

from toolkit import buttons, cli
from toolkit.buttons import Job
from toolkit.commands import BUTTONS, Ask
from toolkit.model import Cancelled, Roster, Unit
from toolkit.workbooks import roster_book


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
