"""Contracts, *Command line*: options, exit statuses, JSON, and what is refused with nothing written."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from outside import DUE, ROUND, City, Ran, fill, run, run_apart, tree

COMMANDS = {
    "draft": {"-o", "--roster", "--json"},
    "issue": {"-o", "--round", "--due", "--roster", "--unit", "--json"},
    "check": {"--plan", "--roster", "--round", "--as-of", "-o", "--marked", "--json"},
    "merge": {"--plan", "-o", "--round", "--roster", "--as-of", "--jobs", "--json"},
    "notify": {"-o", "--kind", "--as-of", "--json"},
    "demo": {"-o", "--json"},
}
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def refused(ran: Ran) -> str:
    """A refusal: status 2, Chinese, with an advice, never a traceback; returns what it said."""
    assert ran.status == 2, ran.told
    assert ran.out == ""
    assert "Traceback" not in ran.err and "程序内部出错" not in ran.err
    assert "→" in ran.err and "[错误]" in ran.err
    for line in ran.err.splitlines():
        assert CHINESE.search(line), line
    return ran.err


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_of_the_block_is_in_the_help(name: str) -> None:
    page = run(name, "--help")
    assert page.status == 0
    assert COMMANDS[name] <= set(re.findall(r"(?<![\w-])--?[a-z][a-z-]*", page.out))


def test_the_module_runs_as_a_program(tmp_path: Path) -> None:
    assert run_apart("--help", cwd=tmp_path).status == 0
    wrong = run_apart("merge", "没有的文件.xlsx", cwd=tmp_path)
    refused(wrong)
    assert tree(tmp_path) == {}


@pytest.mark.parametrize("words", [["draft"], ["issue"], ["check"], ["merge"], ["notify"], ["draft", "-o"], ["猜"]])
def test_missing_arguments(words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    refused(run(*words))
    assert tree(tmp_path) == {}


@pytest.mark.parametrize("day", ["2026年9月25日", "2026-02-30", "20260925", "2026/9/25", "明天", "", "2026-W39-5"])
def test_bad_dates(day: str, city: City, tmp_path: Path) -> None:
    out = tmp_path / "出"
    for told in (
        run("issue", city.plan, "-o", out, "--due", day),
        run("merge", city.forms, "--plan", city.plan, "-o", out / "s.xlsx", "--as-of", day),
        run("check", city.forms, "--as-of", day),
    ):
        refused(told)
    assert tree(tmp_path) == {}


@pytest.mark.parametrize("count", ["0", "-1", "²", "两个", "1.5"])
def test_bad_counts(count: str, city: City, tmp_path: Path) -> None:
    refused(run("merge", city.forms, "--plan", city.plan, "-o", tmp_path / "s.xlsx", "--jobs", count))
    assert tree(tmp_path) == {}


def test_too_many_words_and_unknown_options_are_told_in_chinese(city: City, tmp_path: Path) -> None:
    assert "任务分工表.xlsx" in refused(run("issue", city.plan, city.plan, "-o", tmp_path / "x"))
    assert "--wat" in refused(run("issue", city.plan, "-o", tmp_path / "x", "--wat"))
    assert "--round" in refused(run("issue", city.plan, "-o", tmp_path / "x", "--round"))
    assert "表扬单" in refused(run("notify", city.plan, "-o", tmp_path / "x", "--kind", "表扬单"))
    assert tree(tmp_path) == {}


NAMES = ["图.png", "图.xlsx", "零字节.xlsx", "残.xlsx", "空.xlsx", "文.docx"]


@pytest.mark.parametrize("name", NAMES)
def test_a_wrong_file_for_plan_notice_or_summary_is_refused(name: str, bad: Path, city: City, tmp_path: Path) -> None:
    out = tmp_path / "出"
    shutil.copy(city.roster, bad)
    for told in (
        run("draft", bad / name, "-o", out / "p.xlsx"),
        run("issue", bad / name, "-o", out),
        run("merge", city.forms, "--plan", bad / name, "-o", out / "s.xlsx"),
        run("check", city.forms, "--plan", bad / name, "-o", out / "f.xlsx"),
        run("notify", bad / name, "-o", out),
    ):
        assert name in refused(told)
    assert not out.exists()


def test_a_folder_where_a_file_is_wanted_is_refused(city: City, tmp_path: Path) -> None:
    for told in (
        run("draft", city.home, "-o", tmp_path / "p.xlsx"),
        run("issue", city.home, "-o", tmp_path / "出"),
        run("notify", city.home, "-o", tmp_path / "出"),
        run("draft", city.notice, "-o", tmp_path),
    ):
        refused(told)
    refused(run("issue", city.plan, "-o", city.notice))
    assert tree(tmp_path) == {}


def test_a_form_or_a_summary_is_no_notice_and_no_plan(city: City, merged: Ran, tmp_path: Path) -> None:
    form = city.form("市司法局")
    out = tmp_path / "出"
    for wrong in (form, city.summary):
        refused(run("draft", wrong, "-o", out / "p.xlsx"))
        refused(run("issue", wrong, "-o", out, "--roster", city.roster))
        refused(run("merge", form, "--plan", wrong, "--roster", city.roster, "-o", out / "s.xlsx"))
    assert not out.exists()


def test_a_file_that_is_not_there_is_named(city: City, tmp_path: Path) -> None:
    absent = tmp_path / "没 有.xlsx"
    for told in (
        run("draft", absent, "-o", tmp_path / "p.xlsx"),
        run("issue", absent, "-o", tmp_path / "出"),
        run("check", absent),
        run("merge", city.forms, absent, "--plan", city.plan, "-o", tmp_path / "s.xlsx"),
        run("issue", city.plan, "-o", tmp_path / "出", "--roster", absent),
        run("notify", absent, "-o", tmp_path / "出"),
    ):
        assert "没 有.xlsx" in refused(told)
    assert tree(tmp_path) == {}


def test_an_output_never_takes_the_name_of_an_input(city: City, tmp_path: Path) -> None:
    home = tmp_path / "家"
    shutil.copytree(city.home, home)
    plan, notice = home / "任务分工表.xlsx", home / "通 知.txt"
    form = next((home / "下发" / ROUND).glob("001_*"))
    before = tree(home)
    for told in (
        run("draft", notice, "-o", notice),
        run("check", form, "-o", form),
        run("merge", form, "--plan", plan, "-o", form),
        run("merge", form, "--plan", plan, "-o", plan),
        run("draft", notice, "-o", home / "新" / "p.xlsx", "--json", notice),
        run("issue", plan, "-o", home / "新", "--json", plan),
        run("check", form, "--json", form),
        run("check", form, "--marked", form.parent),
    ):
        refused(told)
    assert tree(home) == before


def test_json_that_cannot_be_written_stops_before_the_work(city: City, tmp_path: Path) -> None:
    blocked = tmp_path / "是文件"
    blocked.write_text("x", encoding="utf-8")
    for target in (tmp_path, blocked / "r.json", blocked):
        refused(run("draft", city.notice, "-o", tmp_path / "新" / "p.xlsx", "--json", target))
        refused(run("issue", city.plan, "-o", tmp_path / "新", "--json", target))
    assert set(tree(tmp_path)) == {"是文件"}


def test_an_output_below_a_file_or_with_another_ending_is_refused(city: City, tmp_path: Path) -> None:
    blocked = tmp_path / "是文件"
    blocked.write_text("x", encoding="utf-8")
    refused(run("draft", city.notice, "-o", blocked / "p.xlsx"))
    refused(run("issue", city.plan, "-o", blocked / "下发"))
    refused(run("draft", city.notice, "-o", tmp_path / "p.txt"))
    refused(run("merge", city.forms, "--plan", city.plan, "-o", tmp_path / "s.docx"))
    assert set(tree(tmp_path)) == {"是文件"}


def test_a_folder_nobody_may_write_to(city: City, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The system's word is stood in for: the super-user may write anywhere."""
    import os

    closed = tmp_path / "只 读"
    closed.mkdir()
    ask = os.access
    monkeypatch.setattr(os, "access", lambda path, mode, **kw: Path(path) != closed and ask(path, mode, **kw))
    assert "只 读" in refused(run("draft", city.notice, "-o", closed / "p.xlsx"))
    assert "只 读" in refused(run("issue", city.plan, "-o", closed / "下发"))
    assert "只 读" in refused(run("notify", city.plan, "-o", closed))
    assert tree(closed) == {}


def test_json_goes_to_a_file_or_alone_to_standard_output(city: City, tmp_path: Path) -> None:
    target = tmp_path / "结 果" / "r.json"
    said = run("check", city.plan, "--json", target)
    printed = run("check", city.plan, "--json", "-")
    assert said.status == printed.status == 0
    assert json.loads(target.read_text("utf-8")) == printed.json
    assert CHINESE.search(said.out) and CHINESE.search(printed.err)


def test_status_1_is_said_when_an_error_was_found_and_the_work_was_done(city: City, tmp_path: Path) -> None:
    form = fill(city.form("市司法局"), tmp_path / "司法局.xlsx", {"完成情况": "大概也许"})
    done = run("check", form, "--json", "-")
    assert done.status == 1
    assert any(finding["severity"] == "error" for finding in done.json["findings"])
    fine = run("check", city.plan, "--json", "-")
    assert fine.status == 0
    assert all(finding["severity"] != "error" for finding in fine.json["findings"])


def test_no_stamp_and_no_round_cannot_be_merged(city: City, bad: Path, tmp_path: Path) -> None:
    told = run("merge", bad, "--plan", city.plan, "-o", tmp_path / "s.xlsx")
    assert "--round" in refused(told)
    assert not (tmp_path / "s.xlsx").exists()
    given = run("merge", bad, "--plan", city.plan, "-o", tmp_path / "s.xlsx", "--round", ROUND, "--json", "-")
    assert given.status == 1
    assert given.json["round"] == ROUND
    assert {entry["state"] for entry in given.json["entries"]} == {"missing"}


def test_the_default_round_is_that_of_the_newest_stamp(city: City, tmp_path: Path) -> None:
    later = tmp_path / "下发"
    assert run("issue", city.plan, "-o", later, "--round", "2026年第四季度", "--due", "2026-12-25").status == 0
    told = run("merge", city.forms, later, "--plan", city.plan, "-o", tmp_path / "s.xlsx", "--json", "-")
    assert told.json["round"] == "2026年第四季度"
    assert (
        run("merge", city.forms, "--plan", city.plan, "-o", tmp_path / "t.xlsx", "--json", "-").json["round"] == ROUND
    )
    assert DUE < "2026-12-25"


def test_check_of_a_plan_alone_checks_the_plan(city: City) -> None:
    done = run("check", city.plan, "--as-of", "2026-10-20", "--json", "-")
    assert done.status == 0
    assert [record["path"] for record in done.json["files"]] == ["任务分工表.xlsx"]
    assert any("2026-09-30" in finding["message"] for finding in done.json["findings"])


def test_settings_that_cannot_be_read_are_told_in_chinese(city: City, tmp_path: Path) -> None:
    for name in (city.plan.name, city.roster.name):
        shutil.copy(city.home / name, tmp_path)
    for content in ("年月 =\n", '[rules]\nname = "', "= 1", "编码".encode("gb18030")):
        data = content if isinstance(content, bytes) else content.encode()
        (tmp_path / "fengong.toml").write_bytes(data)
        told = refused(run("merge", city.forms, "--plan", tmp_path / city.plan.name, "-o", tmp_path / "出" / "s.xlsx"))
        assert "fengong.toml" in told and not re.search(r"[Ii]nvalid|line|codec", told)
    assert not (tmp_path / "出").exists()


def test_a_form_is_checked_against_its_own_stamp(city: City, tmp_path: Path) -> None:
    form = fill(city.form("市司法局"), tmp_path / "别 处" / "司法局.xlsx", {"完成情况": "差不多了"})
    done = run("check", form, "--json", "-")
    assert done.json["files"][0]["units"] == ["市司法局"]
    mine = [finding for finding in done.json["findings"] if finding["severity"] == "error"]
    assert [(finding["unit"], finding["task"]) for finding in mine] == [("市司法局", city.codes()["（一）"])]


def test_a_list_of_findings_in_the_checked_folder_is_known_next_time(city: City, tmp_path: Path) -> None:
    fill(
        city.form("市司法局"),
        tmp_path / "司法局.xlsx",
        {"完成情况": "已完成", "进展说明": "已发布清单3份", "佐证材料": "截图"},
    )
    report = tmp_path / "问题.xlsx"
    first = run("check", tmp_path, "-o", report)
    again = run("check", tmp_path, "-o", report, "--json", "-")
    assert first.status == again.status == 0
    assert {r["path"]: r["outcome"] for r in again.json["files"]} == {"司法局.xlsx": "merged", "问题.xlsx": "ignored"}
    assert {r["path"]: r["outcome"] for r in city.merge(tmp_path, out=tmp_path / "s.xlsx").json["files"]}[
        "问题.xlsx"
    ] == "ignored"


def test_notify_writes_the_kinds_asked_for(city: City, merged: Ran, tmp_path: Path) -> None:
    for kind in ("提示单", "催报单", "退回单", "通报"):
        done = run("notify", city.summary, "-o", tmp_path / kind, "--kind", kind, "--json", "-")
        assert done.status == 0
        files = done.json["files"]
        assert all(set(file) == {"path", "kind", "unit"} for file in files)
        assert {file["kind"] for file in files} == {kind}
        assert set(tree(tmp_path / kind)) == {file["path"] for file in files}
    both = run("notify", city.summary, "-o", tmp_path / "两种", "--kind", "提示单", "--kind", "催报单", "--json", "-")
    assert {file["kind"] for file in both.json["files"]} == {"提示单", "催报单"}
    dunned = {file["unit"] for file in both.json["files"] if file["kind"] == "催报单"}
    assert {"东湖区政府", "西山县政府"} <= dunned and "市司法局" not in dunned
