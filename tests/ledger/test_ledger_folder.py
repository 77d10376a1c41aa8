"""The working folder from the command line: every verb fills what is left out; plain files go on working."""

from __future__ import annotations

import csv
import json
import shutil
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from ledger_office import Office, Said, everybody, one_off, plan_of, recurring

from toolkit import cli
from toolkit.resources import template
from toolkit.workbooks import plan_book, roster_book

ROUND = "2026年1月"


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    plan = plan_of([one_off(1, date(2026, 1, 30)), one_off(2, date(2026, 12, 31)), recurring(3, "每季度")])
    office = Office.make(tmp_path / "台账", plan, 3)
    monkeypatch.chdir(office.folder)
    return office


def run(*arguments: str) -> dict[str, Any]:
    """The JSON of a command; it must be done, with findings or without."""
    out = Path("结果.json")
    status = cli.run([*arguments, "--json", str(out)])
    assert status in (0, 1), arguments
    told: dict[str, Any] = json.loads(out.read_text("utf-8"))
    out.unlink()
    return told


def refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert cli.run(list(arguments)) == 2
    return capsys.readouterr().err


def test_the_whole_chain_without_a_file_name(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    issued = run("issue", "--round", ROUND, "--due", "2026-02-03")
    assert issued["round"] == ROUND and (office.folder / "下发" / ROUND / issued["forms"][0]["path"]).is_file()
    assert (office.folder / "回收" / ROUND).is_dir()
    office.issue(ROUND, date(2026, 2, 3))
    office.send_all(ROUND, everybody(office, Said("推进中", "已登记3处，整改1处。")))
    assert len(run("check")["files"]) == 3
    merged = run("merge", "--as-of", "2026-02-03")
    assert merged["round"] == ROUND and all(e["review"] is None for e in merged["entries"])
    summary = office.folder / "汇总" / ROUND / "汇总表.xlsx"
    office.edit(summary, {(office.codes[0], office.units[0]): {"审核": "退回", "审核意见": "写具体"}})
    reviewed = run("review")
    assert [d["verdict"] for d in reviewed["decisions"]] == ["returned"]
    merged = run("merge", "--as-of", "2026-02-03")
    assert {"verdict": "returned", "opinion": "写具体"} in [e["review"] for e in merged["entries"]]
    told = run("notify")
    assert (office.folder / "反馈" / ROUND).is_dir() and "退回单" in {f["kind"] for f in told["files"]}
    log = run("log")
    assert [e["verb"] for e in log["events"]] == ["建台账", "下发", "下发", "汇总", "审核", "汇总", "反馈"]
    assert all(event["who"] for event in log["events"] if event["verb"] == "汇总")
    versions = run("log", "--task", office.codes[0], "--unit", office.units[0])["entries"]
    assert [v["entry"]["status"] for v in versions] == ["推进中"]
    (sent_back,) = run("log", "--task", office.codes[0], "--unit", office.units[0])["reviews"]
    assert (sent_back["verdict"], sent_back["opinion"]) == ("returned", "写具体")
    capsys.readouterr()
    assert cli.run(["log", "--task", office.codes[0], "--unit", office.units[0]]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert "推进中，已登记3处，整改1处。（汇总）" in lines[0] and "审核为“退回”，写具体" in lines[1]


def test_it_works_from_below_and_for_files_named_from_outside(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    office.issue(ROUND, date(2026, 2, 3))
    office.send_all(ROUND, everybody(office, Said("推进中", "已登记3处。")))
    monkeypatch.chdir(office.folder / "回收" / ROUND)
    run("merge", "--as-of", "2026-02-03")
    monkeypatch.chdir("/")
    monkeypatch.chdir(office.folder.parent)
    told = run("review", str(office.folder / "汇总" / ROUND / "汇总表.xlsx"))
    assert told["decisions"] == []
    assert run("log", str(office.folder))["events"][-1]["verb"] == "审核"


def test_the_round_that_something_came_back_for_is_merged(office: Office) -> None:
    """The next round may be issued while the last one is still coming in."""
    office.issue(ROUND, date(2026, 2, 3))
    office.issue("2026年2月", date(2026, 3, 3))
    office.send(ROUND, office.units[0], {office.codes[0]: Said("推进中", "已登记3处。")})
    assert run("merge", "--as-of", "2026-02-03")["round"] == ROUND
    assert run("merge", "--round", "2026年2月", "--as-of", "2026-02-03")["files"] == []
    stray = office.folder / "回收" / "2026年2月" / "来件.xlsx"
    stray.write_bytes(office.filled("2026年2月", office.units[1], {}, datetime(2026, 2, 20)))
    assert run("merge", "--as-of", "2026-02-03")["round"] == "2026年2月"


def test_plain_files_leave_the_ledger_alone(office: Office, tmp_path: Path) -> None:
    """A plan that lies elsewhere is worked on where it lies, also from inside a working folder."""
    elsewhere = tmp_path / "别处"
    elsewhere.mkdir()
    for name in ("任务分工表.xlsx", "单位名录.xlsx"):
        shutil.copyfile(office.folder / name, elsewhere / name)
    before = (office.folder / "台账.db").read_bytes()
    plan = str(elsewhere / "任务分工表.xlsx")
    issued = run("issue", plan, "-o", str(elsewhere / "下发"), "--round", "2026年2月")
    assert all(len(form["tasks"]) == 3 for form in issued["forms"]), "no calendar on plain files"
    forms = str(elsewhere / "下发")
    run("merge", forms, "--plan", plan, "-o", str(elsewhere / "汇总表.xlsx"), "--as-of", "2026-03-01")
    assert (office.folder / "台账.db").read_bytes() == before


def test_outside_a_folder_what_is_missing_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert "缺少参数 PLAN.xlsx" in refused(capsys, "issue")
    assert "缺少参数 PATH" in refused(capsys, "merge")
    assert "缺少参数 SUMMARY.xlsx" in refused(capsys, "notify")
    assert "不是台账文件夹" in refused(capsys, "log")
    assert "不是台账文件夹" in refused(capsys, "export", str(tmp_path))


def test_an_empty_folder_says_what_comes_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    told = run("init", str(tmp_path / "新台账"))
    assert {"fengong.toml", "说明.txt", "台账.db"} == set(told["files"])
    monkeypatch.chdir(tmp_path / "新台账")
    assert "还没有任务分工表" in refused(capsys, "issue")
    assert "还没有汇总表" in refused(capsys, "notify")
    notice = tmp_path / "通知.docx"
    shutil.copyfile(template("示例/示例通知.docx"), notice)
    run("draft", str(notice))
    assert Path("任务分工表.xlsx").is_file() and Path("单位名录.xlsx").is_file()
    assert [event["verb"] for event in run("log")["events"]] == ["建台账", "拟表"]


def test_init_takes_over_a_plan_and_never_overwrites(
    office: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plan, roster = tmp_path / "分工.xlsx", tmp_path / "名录.xlsx"
    plan_book.write(office.plan, plan)
    roster_book.write(office.roster, roster)
    run("init", str(tmp_path / "新"), "--plan", str(plan), "--roster", str(roster))
    assert (tmp_path / "新" / "任务分工表.xlsx").read_bytes() == plan.read_bytes()
    edited = (tmp_path / "新" / "fengong.toml").read_bytes() + b"due_soon_days = 9\n"
    (tmp_path / "新" / "fengong.toml").write_bytes(edited)
    again = run("init", str(tmp_path / "新"))
    assert [f["code"] for f in again["findings"]] == ["ledger.already"] and again["files"] == []
    assert (tmp_path / "新" / "fengong.toml").read_bytes() == edited
    assert "没有覆盖" in refused(capsys, "init", str(tmp_path / "新"), "--plan", str(plan))


def test_a_copied_folder_goes_on_where_it_was(office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a USB stick: nothing depends on where the folder lies."""
    office.issue(ROUND, date(2026, 2, 3))
    office.send_all(ROUND, everybody(office, Said("推进中", "已登记3处。")))
    here = run("merge", "--as-of", "2026-02-03")
    stick = tmp_path / "U盘" / "台账"
    shutil.copytree(office.folder, stick)
    monkeypatch.chdir(stick)
    there = run("merge", "--as-of", "2026-02-03")
    assert there["entries"] == here["entries"]
    name = Path("汇总") / ROUND / "汇总表.xlsx"
    assert (stick / name).read_bytes() == (office.folder / name).read_bytes()
    run("notify")
    assert (stick / "反馈" / ROUND).is_dir()


def test_everything_can_be_exported(office: Office, tmp_path: Path) -> None:
    office.issue(ROUND, date(2026, 2, 3))
    office.send_all(ROUND, everybody(office, Said("推进中", "=1+1 已登记3处。")))
    office.merge(ROUND, date(2026, 2, 3))
    told = run("export")
    book = openpyxl.load_workbook(office.folder / "导出" / "台账.xlsx")
    assert set(book.sheetnames) == set(told["tables"])
    rows = list(book["填报项"].iter_rows(values_only=True))
    assert len(rows) - 1 == told["tables"]["填报项"] == 6
    progress = rows[0].index("进展说明")
    assert {row[progress] for row in rows[1:]} == {"=1+1 已登记3处。"}
    cells = [cell for row in book["填报项"].iter_rows(min_row=2) for cell in row if cell.column == progress + 1]
    assert all(cell.data_type == "s" for cell in cells), "text stays text"
    with (office.folder / "导出" / "填报项.csv").open(encoding="utf-8-sig", newline="") as stream:
        read = list(csv.DictReader(stream))
    assert len(read) == 6 and {row["进展说明"] for row in read} == {"'=1+1 已登记3处。"}
    first = (office.folder / "导出" / "台账.xlsx").read_bytes()
    run("export")
    assert (office.folder / "导出" / "台账.xlsx").read_bytes() == first


def test_the_calendar_lists_this_week_and_writes_an_ics_file(office: Office) -> None:
    office.issue(ROUND, date(2026, 1, 28))
    told = run("calendar", "--as-of", "2026-01-26", "-o", "提醒.ics")
    asked = {ask["label"]: (ask["asked"], ask["due"]) for ask in told["asks"]}
    assert asked == {"任务1": (True, "2026-01-30"), "任务2": (True, "2026-12-31"), "任务3": (False, None)}
    assert [(r["on"], r["kind"]) for r in told["reminders"]] == [("2026-01-28", "报送截止"), ("2026-01-30", "任务到期")]
    assert told["reminders"][1]["units"] == office.units
    text = Path("提醒.ics").read_bytes().decode()
    assert text.count("BEGIN:VEVENT") == 2 and "DTSTART;VALUE=DATE:20260130" in text
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    office.send_all(ROUND, everybody(office, Said("已完成", "全部办完，共9处。", "验收单")))
    office.merge(ROUND, date(2026, 1, 29))
    assert [r["kind"] for r in run("calendar", "--as-of", "2026-01-26")["reminders"]] == ["报送截止"], "done"
    march = run("calendar", "--as-of", "2026-03-25", "--days", "10", "--round", "2026年3月")
    assert [(r["on"], r["kind"]) for r in march["reminders"]] == [("2026-03-31", "定期任务")]
    assert next(ask for ask in march["asks"] if ask["label"] == "任务3")["asked"] is True


def test_a_due_date_on_a_holiday_is_told(office: Office) -> None:
    told = run("issue", "--round", "2026年9月", "--due", "2026-10-03")
    (finding,) = [f for f in told["findings"] if f["code"] == "ledger.due-on-holiday"]
    assert "2026-10-08" in finding["message"] + finding["advice"]
    later = run("issue", "--round", "2027年9月", "--due", "2027-09-30")
    assert "ledger.year-unknown" in {f["code"] for f in later["findings"]}
    (office.folder / "fengong.toml").write_text(
        'holidays = ["2027-09-30/2027-10-07"]\nextra_workdays = ["2027-10-09"]\n', "utf-8"
    )
    told = run("issue", "--round", "2027年9月", "--due", "2027-09-30")
    assert {f["code"] for f in told["findings"]} >= {"ledger.due-on-holiday"}
    assert "ledger.year-unknown" not in {f["code"] for f in told["findings"]}
