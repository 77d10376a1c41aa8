"""Contracts *Merge JSON*, *Status words*, *Severities* and *Summary sheets*."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from outside import ROUND, City, Ran, fill, header_of, run, task_rows, write_table

GOING = {"完成情况": "推进中", "进展说明": "已办理咨询3件"}
SHEETS = ["总表", "明细", "单位统计", "任务统计", "矩阵", "未报名单", "问题清单", "来源"]
OUTCOMES = {"merged", "superseded", "duplicate", "rejected", "ignored", "evidence", "container"}
FINDING = {"code", "severity", "unit", "task", "path", "sheet", "cell", "message", "advice"}
FIELDS = {"status": "status_text", "done_on": "done_on_text"}
"""Sources whose cell holds what was written, not what it was read as."""


def rows_of(path: Path, sheet: str) -> list[dict[str, object]]:
    """The rows below the header of a summary sheet; the header is the first row with 序号 in it."""
    rows = list(openpyxl.load_workbook(path)[sheet].values)
    start = next(index for index, row in enumerate(rows) if "序号" in row)
    return [dict(zip(rows[start], row, strict=True)) for row in rows[start + 1 :]]


# --- keys and invariants ----------------------------------------------------------------------


def test_merge_json_has_the_keys_of_the_contract(merged: Ran) -> None:
    result = merged.json
    assert {"round", "as_of", "files", "entries", "extras", "units", "findings"} <= set(result)
    assert (result["round"], result["as_of"]) == (ROUND, "2026-09-24")
    assert all({"path", "sha256", "outcome", "units", "findings"} <= set(file) for file in result["files"])
    entry = {"task", "number", "unit", "role", "state", "status", "status_text", "progress", "evidence", "done_on",
             "done_on_text", "remark", "sources"}  # fmt: skip
    assert all(entry <= set(one) for one in result["entries"])
    assert all({"path", "sheet", "cell", "unit", "values"} <= set(one) for one in result["extras"])
    unit = {"unit", "state", "files", "reporter", "phone", "reviewer", "filled_on"}
    assert all(unit <= set(one) for one in result["units"])
    assert all(set(one) >= FINDING for one in result["findings"])
    assert all(one["message"] and one["advice"] for one in result["findings"])
    assert {one["severity"] for one in result["findings"]} <= {"error", "warning", "note"}


def test_every_file_stands_in_files_once_with_its_hash(city: City, merged: Ran) -> None:
    files = {file["path"]: file for file in merged.json["files"]}
    assert len(files) == len(merged.json["files"])
    assert {path: file["outcome"] for path, file in files.items()} == {
        f"{ROUND}/市 司法局.xlsx": "merged",
        f"{ROUND}/市政府办/填报表.xlsx": "merged",
        f"{ROUND}/市财政局/填报表.xlsx": "merged",
        f"{ROUND}/市教育局.zip": "container",
        f"{ROUND}/市教育局.zip!/市教育局.xlsx": "merged",
        f"{ROUND}/值班表.csv": "rejected",
    }
    for path, file in files.items():
        assert file["sha256"] == hashlib.sha256(stored(city.home / "回收", path).read()).hexdigest()
        assert file["outcome"] in OUTCOMES


def stored(root: Path, path: str) -> io.BytesIO:
    """The bytes of a file as ``files`` names it, also inside an archive."""
    outer, _, inner = path.partition("!/")
    data = (root / outer).read_bytes()
    if inner:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            data = archive.read(inner)
    return io.BytesIO(data)


def test_findings_are_pointed_to_by_their_files(merged: Ran) -> None:
    result = merged.json
    for file in result["files"]:
        assert len(set(file["findings"])) == len(file["findings"])
        for index in file["findings"]:
            assert result["findings"][index]["path"] == file["path"]
    refused = next(file for file in result["files"] if file["outcome"] == "rejected")
    assert "error" in {result["findings"][index]["severity"] for index in refused["findings"]}
    told = {finding["path"] for finding in result["findings"] if finding["path"]}
    pointed = {result["findings"][index]["path"] for file in result["files"] for index in file["findings"]}
    assert told == pointed


def test_every_task_of_every_unit_stands_in_entries_once(city: City, merged: Ran) -> None:
    asked = {(code, form["unit"]) for form in city.issued.json["forms"] for code in form["tasks"]}
    entries = Counter((entry["task"], entry["unit"]) for entry in merged.json["entries"])
    assert set(entries) == asked and set(entries.values()) == {1}
    states = {(entry["number"], entry["unit"]): entry["state"] for entry in merged.json["entries"]}
    assert states["（一）", "市财政局"] == "reported"
    assert states["（二）", "市财政局"] == "blank"
    assert states["（三）", "东湖区政府"] == "missing"
    roles = {(entry["number"], entry["unit"]): entry["role"] for entry in merged.json["entries"]}
    assert (roles["（一）", "市司法局"], roles["（四）", "市民政局"]) == ("lead", "support")
    for entry in merged.json["entries"]:
        if entry["state"] != "reported":
            assert entry["status"] is None


def test_sources_point_to_the_cells_that_hold_the_values(city: City, merged: Ran) -> None:
    looked_at = 0
    for entry in merged.json["entries"]:
        for name, source in entry["sources"].items():
            book = openpyxl.load_workbook(stored(city.home / "回收", source["path"]))
            assert book[source["sheet"]][source["cell"]].value == entry[FIELDS.get(name, name)]
            looked_at += 1
        if entry["state"] == "reported":
            assert {"status", "progress"} <= set(entry["sources"])
    assert looked_at > 20


def test_values_are_kept_as_written(merged: Ran) -> None:
    entries = {(entry["number"], entry["unit"]): entry for entry in merged.json["entries"]}
    done = entries["（一）", "市司法局"]
    assert (done["status"], done["status_text"]) == ("已完成", "已办结")
    assert (done["done_on"], done["done_on_text"]) == ("2026-09-20", "2026年9月20日")
    assert (done["progress"], done["evidence"], done["remark"]) == ("@已发布解读材料5篇", "-截图", "+无")
    assert entries["（四）", "市政府办"]["remark"] == "=1+1"


def test_units_and_their_states(merged: Ran) -> None:
    units = {unit["unit"]: unit["state"] for unit in merged.json["units"]}
    assert units == {
        "市政府办": "complete", "市教育局": "complete", "市民政局": "missing", "市司法局": "complete",
        "市财政局": "partial", "东湖区政府": "missing", "西山县政府": "missing",
    }  # fmt: skip
    assert merged.status == 1


def test_missing_is_a_warning_before_the_due_date_and_an_error_after(city: City, merged: Ran, tmp_path: Path) -> None:
    def severity(result: Ran) -> set[str]:
        told = result.json["findings"]
        return {one["severity"] for one in told if one["unit"] == "东湖区政府" and "未报" in one["message"]}

    assert severity(merged) == {"warning"}
    on_the_day = city.merge(city.forms, out=tmp_path / "a.xlsx", as_of="2026-09-25")
    assert {entry["state"] for entry in on_the_day.json["entries"]} == {"blank"}
    after = city.merge(city.returns, out=tmp_path / "b.xlsx", as_of="2026-09-26")
    assert severity(after) == {"error"}


def test_people_below_the_form_are_read(city: City, tmp_path: Path) -> None:
    form = fill(city.form("市教育局"), tmp_path / "教育.xlsx", GOING)
    book = openpyxl.load_workbook(form)
    people = {"填报人": "张三", "联系电话": "0999-1234567", "审核人": "李四", "填报日期": "2026-09-21"}
    for row in book.worksheets[0].iter_rows(min_row=5):
        for cell in row:
            label = str(cell.value or "").rstrip("：: ")
            if label in people:
                cell.value = f"{label}：{people[label]}"
    book.save(form)
    units = {unit["unit"]: unit for unit in city.merge(form, out=tmp_path / "s.xlsx").json["units"]}
    told = units["市教育局"]
    assert [told[key] for key in ("reporter", "phone", "reviewer", "filled_on")] == list(people.values())


# --- several paths ----------------------------------------------------------------------------


def test_files_of_one_name_in_several_paths_are_told_apart(city: City, tmp_path: Path) -> None:
    one = fill(city.form("市司法局"), tmp_path / "甲" / "填报表.xlsx", GOING)
    two = fill(city.form("市教育局"), tmp_path / "乙" / "填报表.xlsx", GOING)
    archive = tmp_path / "丙.zip"
    with zipfile.ZipFile(archive, "w") as zipped:
        zipped.write(
            fill(city.form("市民政局"), tmp_path / "丙" / "填报表.xlsx", {"完成情况": "未开展"}), "填报表.xlsx"
        )
    for paths in ((one, tmp_path / "乙", archive), (tmp_path / "甲", two, archive)):
        files = city.merge(*paths, out=tmp_path / "s.xlsx").json["files"]
        assert len({file["path"] for file in files}) == len(files) == 4
        assert sorted(file["outcome"] for file in files) == ["container", "merged", "merged", "merged"]
    once = city.merge(tmp_path / "甲", one, out=tmp_path / "s.xlsx").json["files"]
    assert len({file["path"] for file in once}) == len(once)
    assert "merged" in {file["outcome"] for file in once}


# --- resubmissions and refusals ---------------------------------------------------------------


def test_the_same_file_twice_is_a_duplicate_and_an_older_one_is_superseded(city: City, tmp_path: Path) -> None:
    old = fill(city.form("市教育局"), tmp_path / "a.xlsx", GOING)
    (tmp_path / "b.xlsx").write_bytes(old.read_bytes())
    result = city.merge(tmp_path, out=tmp_path / "出" / "s.xlsx").json
    assert sorted(file["outcome"] for file in result["files"]) == ["duplicate", "merged"]
    (tmp_path / "b.xlsx").unlink()
    new = fill(city.form("市教育局"), tmp_path / "c.xlsx", {"完成情况": "已完成", "进展说明": "已办结"})
    new.write_bytes(retimed(new, "2030-01-01T00:00:00Z"))
    result = city.merge(tmp_path / "a.xlsx", tmp_path / "c.xlsx", out=tmp_path / "出" / "t.xlsx").json
    assert {file["path"]: file["outcome"] for file in result["files"]} == {"a.xlsx": "superseded", "c.xlsx": "merged"}
    entry = next(entry for entry in result["entries"] if entry["unit"] == "市教育局")
    assert entry["status"] == "已完成"
    errors = [one["message"] for one in result["findings"] if one["severity"] == "error" and one["unit"] == "市教育局"]
    assert any("推进中" in message and "已完成" in message for message in errors)


def retimed(path: Path, when: str) -> bytes:
    """The workbook's bytes with another time of saving in docProps/core.xml."""
    out = io.BytesIO()
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            data = source.read(name)
            if name == "docProps/core.xml":
                data = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + when.encode(), data)
            target.writestr(name, data)
    return out.getvalue()


def test_a_form_of_another_plan_is_rejected_with_an_error(city: City, tmp_path: Path) -> None:
    plan = write_table(
        tmp_path / "分工.xlsx", [["工作任务", "具体要求", "责任单位"], ["别的工作", "别的要求，与此无关。", "市教育局"]]
    )
    assert run("issue", plan, "-o", tmp_path / "下发", "--roster", city.roster, "--round", ROUND).status == 0
    result = city.merge(tmp_path / "下发", out=tmp_path / "s.xlsx")
    (file,) = result.json["files"]
    assert (result.status, file["outcome"]) == (1, "rejected")
    assert {result.json["findings"][index]["severity"] for index in file["findings"]} >= {"error"}
    assert {entry["state"] for entry in result.json["entries"]} == {"missing"}


@pytest.mark.parametrize("name", ["零字节.xlsx", "残.xlsx", "空.xlsx", "文.docx"])
def test_a_file_that_cannot_be_taken_stops_nothing(name: str, city: City, bad: Path, tmp_path: Path) -> None:
    form = fill(city.form("市教育局"), tmp_path / "教育.xlsx", GOING)
    result = city.merge(bad / name, form, out=tmp_path / "s.xlsx")
    assert result.status == 1
    files = {file["path"]: file for file in result.json["files"]}
    assert (files[name]["outcome"], files["教育.xlsx"]["outcome"]) == ("rejected", "merged")
    assert "error" in {result.json["findings"][index]["severity"] for index in files[name]["findings"]}


def test_the_offices_own_workbooks_among_the_returns_are_passed_over(city: City, merged: Ran, tmp_path: Path) -> None:
    files = city.merge(city.home, out=tmp_path / "s.xlsx").json["files"]
    outcomes = {file["path"]: file["outcome"] for file in files}
    assert [outcomes[name] for name in ("任务分工表.xlsx", "单位名录.xlsx", f"汇总/{ROUND}/汇总表.xlsx")] == [
        "ignored"
    ] * 3


def test_severities_of_what_units_do_to_a_form(city: City, tmp_path: Path) -> None:
    form = fill(city.form("市教育局"), tmp_path / "教育.xlsx", GOING)
    book = openpyxl.load_workbook(form)
    sheet = first_visible_of(book)
    header, columns = header_of(sheet)
    code, row = next(iter(task_rows(sheet).items()))
    sheet.cell(row, columns["具体要求"]).value = "自己改了要求，与下发的完全不同。"
    strange = city.codes()["（二）"]
    for word, text in {"编码": strange, "具体要求": "部门预算批复后及时向社会公开。", **GOING}.items():
        sheet.cell(row + 1, columns[word]).value = text
    for line in range(header, sheet.max_row + 1):
        left, right = sheet.cell(line, columns["佐证材料"]), sheet.cell(line, columns["完成日期"])
        if not {type(left).__name__, type(right).__name__} & {"MergedCell"}:
            left.value, right.value = right.value, left.value
    sheet.protection.sheet = False
    book.save(form)
    result = city.merge(form, out=tmp_path / "s.xlsx").json
    mine = [one for one in result["findings"] if one["path"] == "教育.xlsx"]
    assert "warning" in {one["severity"] for one in mine if "自己改了要求" in one["message"]}
    assert {one["severity"] for one in mine if "列" in one["message"] and one["task"] is None} == {"note"}
    assert "error" in {one["severity"] for one in mine if one["task"] == strange or strange in one["message"]}
    assert any(GOING["进展说明"] in str(extra["values"]) for extra in result["extras"])
    owed = {entry["unit"]: entry for entry in result["entries"] if entry["task"] == code}
    assert owed["市教育局"]["status"] == "推进中"
    assert {entry["state"] for entry in result["entries"] if entry["task"] == strange} == {"missing"}


def first_visible_of(book: openpyxl.Workbook) -> Any:
    return next(sheet for sheet in book.worksheets if sheet.sheet_state == "visible")


# --- status words -----------------------------------------------------------------------------

READ_AS = {
    "未启动": "未启动", "未开展": "未启动", "尚未启动": "未启动",
    "申请延期": "申请延期", "延期": "申请延期",
    "需优化完善": "需优化完善", "需整改": "需优化完善", "待完善": "需优化完善",
    "推进中": "推进中", "正在推进": "推进中", "按时序推进": "推进中", "持续推进": "推进中",
    "按市政府要求进一步推进": "推进中",
    "已完成并持续推进": "已完成并持续推进", "已完成并 持续推进": "已完成并持续推进",
    "已完成，长期坚持": "已完成并持续推进",
    "已完成": "已完成", "完成": "已完成", "已办结": "已完成", "已完成。": "已完成",
    "不涉及": "不涉及", "不适用": "不涉及", "非本单位职责": "不涉及",
    "天气很好": None,
}  # fmt: skip
WORDS = ["未启动", "申请延期", "需优化完善", "推进中", "已完成并持续推进", "已完成", "不涉及"]


Statuses = tuple[dict[tuple[str, str], dict[str, object]], Path]
"""Entries by number and unit, and where the summary lies."""


@pytest.fixture(scope="module")
def statuses(tmp_path_factory: pytest.TempPathFactory) -> Statuses:
    """A plan with a task for each phrase, and tasks that two units answer with every pair of neighbouring words."""
    home = tmp_path_factory.mktemp("词 表")
    rows: list[list[object]] = [["序号", "工作任务", "具体要求", "牵头单位", "责任单位"]]
    answers: dict[tuple[str, str], str | None] = {}
    for phrase in READ_AS:
        rows.append([phrase, f"任务{phrase}", f"要求：{phrase}。", "", "甲局"])
        answers[phrase, "甲局"] = phrase
    for low, high in pairwise(WORDS[:-1]):
        rows.append([f"{low}低{high}", f"比较{low}与{high}", f"要求比较{low}与{high}。", "", "甲局、乙局"])
        rows.append([f"{low}牵{high}", f"牵头{high}配{low}", f"要求牵头{high}配{low}。", "甲局", "乙局"])
        for number in (f"{low}低{high}", f"{low}牵{high}"):
            answers |= {(number, "甲局"): high, (number, "乙局"): low}
    rows.append(["未报", "乙局未报", "要求乙局未报。", "", "甲局、丙局"])
    answers["未报", "甲局"] = "未启动"
    rows.append(["涉及", "乙局不涉及", "要求乙局不涉及。", "", "甲局、乙局"])
    answers |= {("涉及", "甲局"): "推进中", ("涉及", "乙局"): "不涉及"}
    plan = write_table(home / "任务分工表.xlsx", rows)
    write_table(home / "单位名录.xlsx", [["序号", "单位名称"], [1, "甲局"], [2, "乙局"], [3, "丙局"]], "单位名录")
    run("issue", plan, "-o", home / "下发", "--round", ROUND)
    for unit in ("甲局", "乙局"):
        form = next((home / "下发").glob(f"*_{unit}_*"))
        book = openpyxl.load_workbook(form)
        sheet = book.worksheets[0]
        for row in sheet.iter_rows():
            if (text := answers.get((str(row[1].value), unit))) is not None:
                row[8].value = text
        (home / "回收").mkdir(exist_ok=True)
        book.save(home / "回收" / form.name)
    done = run("merge", home / "回收", "--plan", plan, "-o", home / "s.xlsx", "--as-of", "2026-09-20", "--json", "-")
    return {(entry["number"], entry["unit"]): entry for entry in done.json["entries"]}, home / "s.xlsx"


def test_each_example_of_the_table_is_read_as_its_word(
    statuses: Statuses,
) -> None:
    entries, _ = statuses
    assert {phrase: entries[phrase, "甲局"]["status"] for phrase in READ_AS} == READ_AS
    assert all(entries[phrase, "甲局"]["status_text"] == phrase for phrase in READ_AS)


def test_a_tasks_own_status_is_the_leads_word_else_the_lowest(
    statuses: Statuses,
) -> None:
    _, summary = statuses
    shown = {row["序号"]: row["完成情况"] for row in rows_of(summary, "任务统计")}
    for low, high in pairwise(WORDS[:-1]):
        assert shown[f"{low}低{high}"] == low
        assert shown[f"{low}牵{high}"] == high
    assert shown["未报"] == "未报"
    assert shown["涉及"] == "推进中"


def test_an_unknown_status_is_an_error_at_its_cell(city: City, tmp_path: Path) -> None:
    form = fill(city.form("市教育局"), tmp_path / "教育.xlsx", {"完成情况": "天气很好", "进展说明": "已办理咨询3件"})
    result = city.merge(form, out=tmp_path / "s.xlsx").json
    entry = next(entry for entry in result["entries"] if entry["unit"] == "市教育局")
    errors = [one for one in result["findings"] if one["severity"] == "error" and one["unit"] == "市教育局"]
    assert [(one["task"], one["sheet"], one["cell"]) for one in errors] == [
        (entry["task"], entry["sources"]["status"]["sheet"], entry["sources"]["status"]["cell"])
    ]


# --- the summary ------------------------------------------------------------------------------


def test_the_eight_sheets_stand_in_order(city: City, merged: Ran) -> None:
    book = openpyxl.load_workbook(city.summary)
    visible = [sheet.title for sheet in book.worksheets if sheet.sheet_state == "visible"]
    assert visible[: len(SHEETS)] == SHEETS


def test_the_sheets_say_what_the_json_says(city: City, merged: Ran) -> None:
    result = merged.json
    details = [row for row in rows_of(city.summary, "明细") if row["单位"]]
    told = {(row["编码"], row["单位"]): row["完成情况"] for row in details}
    assert set(told) == {(entry["task"], entry["unit"]) for entry in result["entries"]}
    for entry in result["entries"]:
        if entry["state"] == "missing":
            assert told[entry["task"], entry["unit"]] == "未报"
        elif entry["status"]:
            assert told[entry["task"], entry["unit"]] == entry["status"]
    absent = [row["单位"] for row in rows_of(city.summary, "未报名单") if row["单位"]]
    assert [name for name in absent if name != "市财政局"] == ["市民政局", "东湖区政府", "西山县政府"]
    hashes = {row["文件"]: row["sha256"] for row in rows_of(city.summary, "来源") if row["文件"]}
    assert hashes == {file["path"]: file["sha256"] for file in result["files"]}
    assert len([row for row in rows_of(city.summary, "问题清单") if row["问题"]]) == len(result["findings"])


def test_links_of_the_details_lead_from_the_summary_to_the_source(city: City, merged: Ran) -> None:
    sheet = openpyxl.load_workbook(city.summary)["明细"]
    links = [cell.hyperlink for row in sheet.iter_rows() for cell in row if cell.hyperlink and cell.hyperlink.target]
    assert links
    for link in links:
        assert not Path(link.target).is_absolute() and "://" not in link.target
        assert (city.summary.parent / link.target.partition("#")[0].replace("%20", " ")).exists()
