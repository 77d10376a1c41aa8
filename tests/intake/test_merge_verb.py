"""汇总 as a clerk meets it: what the merge JSON and the summary say of a whole round."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from campaign import SAVED, City, answered
from intake_desk import CIVIL, CODES, DUTIES, EDUCATION, PLAN, POLICE, ROSTER, ROUND

from toolkit.findings import CannotDo
from toolkit.findings import intake as found
from toolkit.merge import merge
from toolkit.model import Assignment, Cancelled, Group, Role
from toolkit.sample.answers import Answer
from toolkit.workbooks import roster_book

AFTER, BEFORE = date(2031, 7, 2), date(2031, 6, 25)


@pytest.fixture
def city(tmp_path: Path) -> City:
    return City.make(tmp_path / "市")


def run(city: City, **options: Any) -> dict[str, Any]:
    """The merge JSON of the city's returns."""
    return merge([city.returns], city.plan, city.out, **{"as_of": AFTER} | options).to_json()


def entry(result: dict[str, Any], unit: str, number: int) -> dict[str, Any]:
    """The one entry of a unit and task."""
    (it,) = [e for e in result["entries"] if (e["unit"], e["task"]) == (unit, CODES[number - 1])]
    return it


def findings(result: dict[str, Any], kind: Any) -> list[dict[str, Any]]:
    """The findings of one kind."""
    return [finding for finding in result["findings"] if finding["code"] == kind.code]


def outcomes(result: dict[str, Any]) -> dict[str, str]:
    """Path → outcome."""
    return {record["path"]: record["outcome"] for record in result["files"]}


def test_a_whole_round(city: City) -> None:
    city.send_all()
    result = run(city)
    assert (result["round"], result["as_of"]) == (ROUND, "2031-07-02")
    assert Counter((e["task"], e["unit"]) for e in result["entries"]) == Counter((d.task, d.unit) for d in DUTIES)
    first = entry(result, EDUCATION, 1)
    assert (first["number"], first["role"], first["state"]) == ("1", "lead", "reported")
    assert (first["status"], first["progress"], first["done_on"]) == ("已完成", "第1项办结1件", "2031-06-01")
    path = city.forms[EDUCATION].name
    source = first["sources"]["progress"]
    assert (source["path"], source["sheet"]) == (path, "填报表")
    held = openpyxl.load_workbook(city.returns / path)["填报表"][source["cell"]].value
    assert held == first["progress"]
    states = [(unit["unit"], unit["state"]) for unit in result["units"]]
    assert states == [(unit, "complete") for unit in (EDUCATION, POLICE, CIVIL)]
    assert result["units"][0]["reporter"] == "方小圆"
    assert not [f for f in result["findings"] if f["severity"] == "error"]


def test_what_did_not_come_is_an_error_after_the_due_date_and_a_warning_before(city: City) -> None:
    city.send("a.xlsx", city.filled(EDUCATION, {1: answered(1)}))
    late, early = run(city), run(city, as_of=BEFORE)
    assert entry(late, POLICE, 2)["state"] == "missing"
    assert entry(late, EDUCATION, 2)["state"] == "blank"
    assert [unit["state"] for unit in late["units"]] == ["partial", "missing", "missing"]
    assert {f["unit"] for f in findings(late, found.UNREPORTED)} == {POLICE, CIVIL}
    for result, severity in ((late, "error"), (early, "warning")):
        told = [*findings(result, found.UNREPORTED), *findings(result, found.PARTLY_REPORTED)]
        assert {f["severity"] for f in told} == {severity}


def test_a_blank_form_that_came_back_is_not_the_same_as_nothing(city: City) -> None:
    city.send("空.xlsx", city.filled(CIVIL, {}))
    result = run(city)
    assert entry(result, CIVIL, 6)["state"] == "blank"
    assert findings(result, found.BLANK_FORM)[0]["unit"] == CIVIL


def test_a_tick_is_an_answer_and_a_dash_is_none(city: City) -> None:
    typed = {1: Answer("√"), 2: Answer("/", "—", "-")}
    city.send("a.xlsx", city.filled(EDUCATION, typed))
    result = run(city)
    assert (entry(result, EDUCATION, 1)["state"], entry(result, EDUCATION, 1)["status"]) == ("reported", "已完成")
    assert (entry(result, EDUCATION, 2)["state"], entry(result, EDUCATION, 2)["progress"]) == ("blank", "—")
    assert not findings(result, found.UNKNOWN_STATUS)


def test_a_form_of_an_older_round_is_a_suggestion_only(city: City, tmp_path: Path) -> None:
    earlier = City.make(tmp_path / "上期", round="2031年第一季度", due=date(2031, 3, 31))
    city.send_all()
    (city.returns / city.forms[EDUCATION].name).unlink()
    city.send("教育局.xlsx", earlier.filled(EDUCATION))
    result = run(city)
    assert result["round"] == ROUND
    assert outcomes(result)["教育局.xlsx"] == "rejected"
    assert entry(result, EDUCATION, 1)["state"] == "missing"
    assert result["units"][0]["state"] == "rejected"
    (told,) = findings(result, found.OTHER_ROUND)
    assert "2031年第一季度" in told["message"]
    assert findings(result, found.SUGGESTION)
    assert any("第1项办结1件" in extra["values"] for extra in result["extras"])


def test_an_older_revision_of_the_same_round_is_merged_and_the_rest_listed(city: City, tmp_path: Path) -> None:
    city.send_all()
    gone = PLAN.tasks[1].code
    changed = replace(PLAN.tasks[2], requirement="全市公厕加装扶手、呼叫按钮和夜灯，标识醒目。")
    tasks = (PLAN.tasks[0], changed, *PLAN.tasks[3:])
    newer = replace(PLAN, tasks=tasks, revision=PLAN.revision + 1, retired=(gone,))
    plan_now = City.make(tmp_path / "新版", plan=newer)
    result = merge([city.returns], plan_now.plan, city.out, as_of=AFTER).to_json()
    assert entry(result, EDUCATION, 1)["progress"] == "第1项办结1件"
    assert entry(result, EDUCATION, 3)["progress"] == "第3项办结3件"
    assert {f["unit"] for f in findings(result, found.OLDER_REVISION)} == {EDUCATION, POLICE, CIVIL}
    assert {f["unit"] for f in findings(result, found.NO_LONGER_FITS)} == {EDUCATION, POLICE}
    assert any("第2项办结2件" in extra["values"] for extra in result["extras"])
    assert not findings(result, found.TEXT_CHANGED)


def test_who_was_asked_is_frozen_at_issue(tmp_path: Path) -> None:
    task = replace(PLAN.tasks[5], assignments=(Assignment(Role.RESPONSIBLE, "各有关局"),))
    plan = replace(PLAN, tasks=(*PLAN.tasks[:5], task))
    before = replace(ROSTER, groups=(Group("各有关局", (POLICE, CIVIL)),))
    city = City.make(tmp_path / "市", plan=plan, roster=before)
    city.send_all()
    roster_book.write(replace(ROSTER, groups=(Group("各有关局", (CIVIL,)),)), city.folder / "单位名录.xlsx")
    result = run(city)
    assert entry(result, POLICE, 6)["progress"] == "第6项办结6件"
    assert entry(result, CIVIL, 6)["progress"] == "第6项办结6件"
    (told,) = findings(result, found.ASKED_BEFORE)
    assert (told["unit"], told["severity"]) == (POLICE, "warning")


def test_a_form_of_another_plan_is_refused(city: City, tmp_path: Path) -> None:
    other = City.make(tmp_path / "别的", plan=replace(PLAN, plan_id="PAAAAAA"))
    city.send_all()
    city.send("错的.xlsx", other.filled(EDUCATION))
    result = run(city)
    assert outcomes(result)["错的.xlsx"] == "rejected"
    assert findings(result, found.OTHER_PLAN)[0]["path"] == "错的.xlsx"
    assert entry(result, EDUCATION, 1)["sources"]["status"]["path"] != "错的.xlsx"


def test_every_file_stands_once_whatever_it_is(city: City) -> None:
    city.send_all()
    city.send("~$汇总.xlsx", b"lock")
    city.send("云岭市民政局/审批单.pdf", b"%PDF-1.4\n%%EOF\n")
    city.send("现场.png", b"\x89PNG\r\n\x1a\n" + bytes(64))
    city.send("坏.xlsx", b"PK\x03\x04 not a zip at all")
    city.send("空.xlsx", b"")
    city.send("任务分工表.xlsx", city.plan.read_bytes())
    result = run(city)
    expected = {path.relative_to(city.returns).as_posix() for path in city.returns.rglob("*") if path.is_file()}
    assert Counter(record["path"] for record in result["files"]) == Counter(expected)
    assert outcomes(result) == dict.fromkeys((form.name for form in city.forms.values()), "merged") | {
        "~$汇总.xlsx": "ignored",
        "云岭市民政局/审批单.pdf": "evidence",
        "现场.png": "evidence",
        "坏.xlsx": "rejected",
        "空.xlsx": "rejected",
        "任务分工表.xlsx": "ignored",
    }
    by_path = {record["path"]: record for record in result["files"]}
    assert by_path["云岭市民政局/审批单.pdf"]["units"] == [CIVIL]
    for record in result["files"]:
        assert record["sha256"] == hashlib.sha256((city.returns / record["path"]).read_bytes()).hexdigest()
        for index in record["findings"]:
            assert result["findings"][index]["path"] == record["path"]


def test_a_contradiction_between_two_returns(city: City) -> None:
    city.send("一.xlsx", city.filled(CIVIL, {6: answered(6, status="推进中")}, SAVED))
    later = datetime(2031, 6, 21, 2, tzinfo=UTC)
    city.send("二.xlsx", city.filled(CIVIL, {6: answered(6, status="已完成")}, later))
    result = run(city)
    assert entry(result, CIVIL, 6)["status"] == "已完成"
    assert outcomes(result) == {"一.xlsx": "superseded", "二.xlsx": "merged"}
    (error,) = findings(result, found.CONTRADICTION)
    assert (error["severity"], error["task"], error["unit"]) == ("error", CODES[5], CIVIL)


def test_many_small_findings_become_one_line(city: City) -> None:
    city.send("a.xlsx", city.filled(EDUCATION, {n: answered(n, status="已完成。") for n in range(1, 6)}))
    (line,) = findings(run(city), found.STATUS_READ)
    assert "5" in line["message"]
    assert line["message"].count("、") >= 4


# --- the round and the day ------------------------------------------------------------------------


def test_without_stamp_and_without_round_nothing_is_done(city: City) -> None:
    city.send("说明.txt", "本单位无变化。".encode())
    with pytest.raises(CannotDo) as refused:
        run(city)
    assert [f.code for f in refused.value.findings] == [found.ROUND_UNKNOWN.code]
    assert not city.out.parent.exists()


def test_a_round_that_is_named_needs_no_form(city: City) -> None:
    city.returns.mkdir()
    result = run(city, round=ROUND, as_of=None)
    assert (result["round"], result["as_of"]) == (ROUND, "2031-06-30")
    assert {e["state"] for e in result["entries"]} == {"missing"}


def test_the_day_is_that_of_the_newest_file_and_never_today(city: City) -> None:
    city.send_all()
    city.send("b.xlsx", city.filled(CIVIL, saved=datetime(2031, 6, 28, 20, tzinfo=UTC)))
    assert run(city, as_of=None)["as_of"] == "2031-06-29"


def test_a_path_that_is_not_there_is_named(city: City) -> None:
    with pytest.raises(CannotDo) as refused:
        merge([city.folder / "没有"], city.plan, city.out)
    assert "没有" in refused.value.findings[0].message


# --- what is written --------------------------------------------------------------------------------


def test_the_same_returns_give_the_same_bytes(city: City, tmp_path: Path) -> None:
    city.send_all()
    elsewhere = City.make(tmp_path / "别处" / "市")
    elsewhere.send_all()
    run(city)
    run(elsewhere)
    assert city.out.read_bytes() == elsewhere.out.read_bytes()


def test_a_summary_that_was_edited_is_kept(city: City) -> None:
    city.send_all()
    first = merge([city.returns], city.plan, city.out, as_of=AFTER)
    again = merge([city.returns], city.plan, city.out, as_of=AFTER)
    assert (first.summary, again.summary, again.kept) == (city.out, city.out, None)
    book = openpyxl.load_workbook(city.out)
    book.worksheets[0]["A1"] = "办公室改过"
    book.save(city.out)
    edited = city.out.read_bytes()
    third = merge([city.returns], city.plan, city.out, as_of=BEFORE)
    assert city.out.read_bytes() == edited
    assert third.summary != city.out
    assert third.summary.exists()
    assert any(third.summary.name in sentence for sentence in third.sentences())


def test_the_summary_never_takes_the_place_of_what_is_read(city: City) -> None:
    city.send_all()
    for path in (city.plan, city.returns / city.forms[CIVIL].name, city.folder / "单位名录.xlsx"):
        before = path.read_bytes()
        with pytest.raises(CannotDo):
            merge([city.returns], city.plan, path, as_of=AFTER)
        assert path.read_bytes() == before


def test_an_office_may_weigh_a_finding_differently(city: City) -> None:
    city.send_all()
    city.send("再报.xlsx", city.filled(CIVIL))
    (city.folder / "fengong.toml").write_text(f'[severities]\n"{found.DUPLICATE.code}" = "错误"\n', "utf-8")
    (told,) = findings(run(city), found.DUPLICATE)
    assert told["severity"] == "error"


def test_a_summary_among_the_returns_is_passed_over(city: City) -> None:
    city.send_all()
    inside = city.returns / "汇总表.xlsx"
    merge([city.returns], city.plan, inside, as_of=AFTER)
    copy = city.send("汇总表-副本.xlsx", inside.read_bytes())
    result = merge([city.returns], city.plan, inside, as_of=AFTER).to_json()
    assert {outcomes(result)[path.name] for path in (inside, copy)} == {"ignored"}


def test_cancelling_leaves_the_old_summary(city: City) -> None:
    city.send_all()
    run(city)
    before = city.out.read_bytes()
    city.send(city.forms[CIVIL].name, city.filled(CIVIL, {6: answered(6, progress="改了")}))

    def stop(done: int, total: int, label: str) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        run(city, progress=stop)
    assert city.out.read_bytes() == before
    assert [path.name for path in city.out.parent.iterdir()] == [city.out.name]


def test_originals_are_archived_by_their_content(city: City) -> None:
    city.send_all()
    city.send("再报.xlsx", city.filled(CIVIL))
    archive = city.folder / "存档"
    result = run(city, archive=archive)
    kept = {path.stem: hashlib.sha256(path.read_bytes()).hexdigest() for path in archive.rglob("*.xlsx")}
    assert set(kept) == {record["sha256"] for record in result["files"]}
    assert all(name == digest for name, digest in kept.items())


def test_a_plan_without_codes_gets_them_in_a_copy(city: City) -> None:
    city.send_all()
    bare = city.folder / "自制分工表.xlsx"
    book = openpyxl.Workbook()
    book.active.append(["序号", "工作任务", "具体要求", "牵头单位", "责任单位", "配合单位"])  # type: ignore[union-attr]
    for task in PLAN.tasks:
        by_role = {a.role.value: a.name for a in task.assignments}
        names = [by_role.get(role) for role in ("lead", "responsible", "support")]
        cells = [task.number, task.title, task.requirement, *names]
        book.active.append(cells)  # type: ignore[union-attr]
    book.save(bare)
    before = bare.read_bytes()
    result = merge([city.returns], bare, city.out, as_of=AFTER, round=ROUND)
    assert bare.read_bytes() == before
    assert result.coded_plan is not None
    assert result.coded_plan.exists()
