"""Killed at any instant the ledger opens consistent; two programs on one folder lose nothing."""

from __future__ import annotations

import hashlib
import os
import random
import signal
import sqlite3
import subprocess
import sys
import textwrap
import time
from datetime import date
from pathlib import Path

import pytest
from ledger_office import Office, Said, everybody, one_off, plan_of

from toolkit import ledger as ledgers
from toolkit.findings import CannotDo
from toolkit.ledger import lock
from toolkit.model import Verdict

ROUND, DAY = "2026年1月", date(2026, 2, 3)
_MERGE = """
    import sys
    from datetime import date, datetime
    from pathlib import Path
    from toolkit.desk import Desk
    from toolkit.merge import merge

    if __name__ == "__main__":
        folder = Path(sys.argv[1])
        desk = Desk(folder, datetime.fromisoformat(sys.argv[2]), sys.argv[3])
        merge([folder / "回收" / "2026年1月"], folder / "任务分工表.xlsx", round="2026年1月",
              as_of=date(2026, 2, 3), desk=desk, jobs=1)
"""
_HOLD = """
    import sys, time
    from datetime import datetime
    from pathlib import Path
    from toolkit import ledger

    with ledger.writing(Path(sys.argv[1]), "小周@隔壁", datetime(2026, 2, 3, 9, 30), seconds=0):
        print("held", flush=True)
        time.sleep(float(sys.argv[2]))
"""


def start(script: str, *arguments: str, folder: Path) -> subprocess.Popen[str]:
    path = folder / "other_program.py"
    path.write_text(textwrap.dedent(script), encoding="utf-8")
    return subprocess.Popen(
        [sys.executable, str(path), *arguments], stdout=subprocess.PIPE, text=True, start_new_session=True
    )


def contents(folder: Path) -> str:
    """What the ledger says of a round, without times and numbers of events."""
    with ledgers.reading(folder) as book:
        told = (book.entries(ROUND), book.files(ROUND), sorted(map(repr, book.findings(ROUND))))
    return hashlib.sha256(repr(told).encode()).hexdigest()


def check_consistent(path: Path) -> None:
    connection = sqlite3.connect(path)
    try:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        half = connection.execute("SELECT count(*) FROM merge WHERE event NOT IN (SELECT id FROM event)").fetchone()
        assert half == (0,)
    finally:
        connection.close()


def killing(tmp_path: Path, files: int, tasks: int, kills: int) -> list[str]:
    """Kill a merge that often, each time at another instant; afterwards it ends like one that was never killed."""
    plan = plan_of([one_off(n, date(2026, 6, 30)) for n in range(1, tasks + 1)])
    office = Office.make(tmp_path / "台账", plan, files)
    office.issue(ROUND, DAY)
    answers = everybody(office, Said("推进中", "已登记3处，整改1处。"))
    office.send_all(ROUND, answers)
    arguments = (str(office.folder), "2026-02-03T10:00:00", "小林")
    summary, ledger = office.folder / "汇总" / ROUND / "汇总表.xlsx", office.folder / "台账.db"
    untouched = ledger.read_bytes()
    began = time.monotonic()
    assert start(_MERGE, *arguments, folder=tmp_path).wait() == 0
    whole = time.monotonic() - began
    expected, expected_summary = contents(office.folder), summary.read_bytes()
    chance = random.Random(f"{files}×{kills}")
    spans = [whole, whole]
    killed = attempts = 0
    while killed < kills and attempts < 6 * kills:
        attempts += 1
        kind = killed % 2
        if kind == 0:  # a first merge; the others find its work done
            ledger.write_bytes(untouched)
            summary.unlink(missing_ok=True)
        program = start(_MERGE, *arguments, folder=tmp_path)
        time.sleep(chance.uniform(0.1, 1) * spans[kind])
        ended = program.poll() is not None
        spans[kind] *= 0.8 if ended else 1.05  # how long it takes depends on what else the machine does
        if not ended:
            os.killpg(program.pid, signal.SIGKILL)
            killed += 1
        program.wait()
        check_consistent(ledger)
        assert not summary.exists() or summary.read_bytes() == expected_summary, "the old file or the new one"
        if not ended:
            assert start(_MERGE, *arguments, folder=tmp_path).wait() == 0
            assert contents(office.folder) == expected
            assert summary.read_bytes() == expected_summary
    assert killed == kills
    return [f"kill -9 of a merge of {files} files: {killed} killed in {attempts} attempts; whole merge {whole:.1f} s"]


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_killed_at_any_instant_it_ends_the_same(tmp_path: Path) -> None:
    killing(tmp_path, files=12, tasks=3, kills=5)


@pytest.mark.long
@pytest.mark.timeout(3600)
@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_killed_a_hundred_times(tmp_path: Path) -> None:
    print("\n".join(killing(tmp_path, files=200, tasks=10, kills=100)))


@pytest.fixture
def office(tmp_path: Path) -> Office:
    office = Office.make(tmp_path / "台账", plan_of([one_off(n, date(2026, 6, 30)) for n in (1, 2)]), 2)
    office.issue(ROUND, DAY)
    office.send_all(ROUND, everybody(office, Said("推进中", "已登记3处。")))
    return office


def test_a_second_program_is_told_who_writes_and_changes_nothing(office: Office, tmp_path: Path) -> None:
    (office.folder / "fengong.toml").write_text("wait_seconds = 0.5\n", encoding="utf-8")
    other = start(_HOLD, str(office.folder), "60", folder=tmp_path)
    try:
        assert other.stdout is not None and other.stdout.readline() == "held\n"
        before = (office.folder / "台账.db").read_bytes()
        with pytest.raises(CannotDo) as refusal:
            office.merge(ROUND, DAY)
        (finding,) = refusal.value.findings
        assert finding.code == "ledger.locked" and "小周@隔壁" in finding.message
        assert "2026-02-03 09:30" in finding.message
        assert (office.folder / "台账.db").read_bytes() == before
        assert not (office.folder / "汇总" / ROUND).exists()
        from toolkit.housekeeping.log import log

        read = log(desk=office.desk())
        assert [event.verb for event in read.events] == ["建台账", "下发"], "reading goes on meanwhile"
        assert [finding.code for finding in read.findings] == ["ledger.being-written"]
    finally:
        other.kill()
        other.wait()
    assert lock.holder(office.folder) is None, "a lock does not outlive its holder"
    assert office.merge(ROUND, DAY).summary.exists()
    assert not (office.folder / "台账.lock").exists()


def test_a_second_program_waits_for_the_first(office: Office, tmp_path: Path) -> None:
    other = start(_HOLD, str(office.folder), "1.5", folder=tmp_path)
    assert other.stdout is not None and other.stdout.readline() == "held\n"
    said: list[str] = []
    from toolkit.merge import merge

    merge(
        [office.folder / "回收" / ROUND],
        office.folder / "任务分工表.xlsx",
        desk=office.desk(),
        as_of=DAY,
        jobs=1,
        progress=lambda done, total, label: said.append(label),
    )
    assert "等待 小周@隔壁 写完台账" in said
    assert other.wait() == 0


def test_two_writers_at_once_lose_nothing(office: Office, tmp_path: Path) -> None:
    """Two clerks review copies of one summary at the same moment: every decision of both is kept."""
    summary = office.merge(ROUND, DAY).summary
    one, two = office.codes
    unit = office.units[0]
    mine = office.edit(summary, {(one, unit): {"审核": "已核"}}, to=office.folder / "甲.xlsx")
    yours = office.edit(summary, {(two, unit): {"审核": "退回", "审核意见": "写具体"}}, to=office.folder / "乙.xlsx")
    review = """
        import sys
        from datetime import datetime
        from pathlib import Path
        from toolkit.desk import Desk
        from toolkit.housekeeping.review import review

        review(Path(sys.argv[2]), desk=Desk(Path(sys.argv[1]), datetime(2026, 2, 4, 9), sys.argv[3]))
    """
    programs = [start(review, str(office.folder), str(path), path.stem, folder=tmp_path) for path in (mine, yours)]
    assert [program.wait() for program in programs] == [0, 0]
    with office.book() as ledger:
        verdicts = {key: item.decision.verdict for key, item in ledger.decided(ROUND).items()}
        assert {event.who for event in ledger.events() if event.verb == "审核"} == {"甲", "乙"}
    assert verdicts == {(one, unit): Verdict.ACCEPTED, (two, unit): Verdict.RETURNED}
