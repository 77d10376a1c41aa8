"""Contracts *Plan workbook*, *Roster workbook*, *Plan JSON*, *Form* and *Issue JSON*."""

from __future__ import annotations

import re
from pathlib import Path

import openpyxl
import pytest
from outside import (
    DUE,
    FILL_IN,
    LOCKED,
    PLAN_COLUMNS,
    ROSTER_COLUMNS,
    ROUND,
    City,
    add_members,
    fill,
    first_visible,
    header_of,
    run,
    task_rows,
    tree,
    write_table,
)

TASK_KEYS = {
    "seq", "number", "headings", "title", "requirement", "units", "deadlines", "recurrence", "status", "remark",
    "code", "review", "source",
}  # fmt: skip


def codes_in(plan: Path) -> list[str]:
    return list(task_rows(openpyxl.load_workbook(plan)["任务分工表"]))


# --- plan ---------------------------------------------------------------------------------


def test_the_plan_sheet_has_the_columns_in_order_and_chapters_across(city: City) -> None:
    sheet = openpyxl.load_workbook(city.plan)["任务分工表"]
    header, columns = header_of(sheet)
    assert [cell.value for cell in sheet[header][: len(PLAN_COLUMNS)]] == PLAN_COLUMNS
    chapters = [row for row in range(header + 1, sheet.max_row + 1) if row not in task_rows(sheet).values()]
    assert [sheet.cell(row, 1).value for row in chapters] == ["一、深化重点领域公开", "二、提升解读回应质量"]
    across = {(area.min_row, area.min_col, area.max_col) for area in sheet.merged_cells.ranges}
    assert {(row, 1, len(PLAN_COLUMNS)) for row in chapters} <= across
    row = task_rows(sheet)[city.codes()["（一）"]]
    assert [sheet.cell(row, columns[word]).value for word in ("序号", "牵头单位", "责任单位")] == [
        "（一）", "市司法局", "市政府办、市财政局",
    ]  # fmt: skip


def test_plan_json_is_what_the_schema_says(city: City, tmp_path: Path) -> None:
    plan = city.drafted.json
    assert {"doc", "title", "issuer", "doc_number", "issued_on", "tasks", "notes"} <= set(plan)
    assert plan["doc"] == "通 知.txt" and plan["doc_number"] == "云政公开〔2026〕3号"
    assert all(set(task) >= TASK_KEYS for task in plan["tasks"])
    assert [task["seq"] for task in plan["tasks"]] == [1, 2, 3, 4, 5]
    assert plan["tasks"][0]["units"][0] == {"role": "lead", "name": "市司法局"}
    assert plan["tasks"][0]["deadlines"] == [{"text": "9月底前", "date": "2026-09-30"}]
    other = tmp_path / "补充.txt"
    other.write_text("云溪市补充任务分工\n1.编制目录。编制事项目录。（责任单位：市水利局）\n", encoding="utf-8")
    both = run("draft", city.notice, other, "-o", tmp_path / "p.xlsx", "--json", "-").json
    assert [one["doc"] for one in both] == ["通 知.txt", "补充.txt"]
    every = [task["code"] for one in both for task in one["tasks"]]
    assert len(set(every)) == 6 and codes_in(tmp_path / "p.xlsx") == every


def test_one_notice_given_twice_is_told(city: City, tmp_path: Path) -> None:
    copy = tmp_path / "副本.txt"
    copy.write_bytes(city.notice.read_bytes())
    done = run("draft", city.notice, copy, "-o", tmp_path / "p.xlsx")
    assert done.status == 0
    assert "副本.txt 和 通 知.txt 内容完全相同" in done.out
    assert "完全相同" not in run("draft", city.notice, "-o", tmp_path / "q.xlsx").out


def test_codes_are_unique_short_ascii_and_checked(city: City, tmp_path: Path) -> None:
    codes = codes_in(city.plan)
    assert len(set(codes)) == len(codes) == 5
    assert all(code.isascii() and code.isalnum() and len(code) <= 10 for code in codes)
    assert codes_with(city, tmp_path / "a", codes[0][:2] + "A3"[codes[0][2] == "A"] + codes[0][3:]) == set(codes)
    assert codes_with(city, tmp_path / "b", codes[0][:-2] + codes[0][-1] + codes[0][-2]) == set(codes)


def codes_with(city: City, home: Path, mistyped: str) -> set[str]:
    """The codes that are issued when the first of the plan was mistyped."""
    book = openpyxl.load_workbook(city.plan)
    sheet = book["任务分工表"]
    sheet.cell(min(task_rows(sheet).values()), 1).value = mistyped
    home.mkdir()
    book.save(home / "p.xlsx")
    issued = run("issue", home / "p.xlsx", "-o", home / "下发", "--roster", city.roster, "--json", "-").json
    return {code for form in issued["forms"] for code in form["tasks"]}


def test_codes_stay_when_the_notice_is_drafted_again_and_when_it_is_revised(city: City, tmp_path: Path) -> None:
    assert run("draft", city.notice, "-o", tmp_path / "a" / "p.xlsx").status == 0
    assert codes_in(tmp_path / "a" / "p.xlsx") == codes_in(city.plan)
    text = city.notice.read_text(encoding="utf-8")
    revised = tmp_path / "通知.txt"
    extra = "（六）公开招考信息。及时公布招考信息。（责任单位：市教育局）\n"
    revised.write_text(text.replace("二、提升", "三、提升").replace("（四）", "（九）") + extra, encoding="utf-8")
    assert run("draft", revised, "-o", tmp_path / "b" / "p.xlsx").status == 0
    assert codes_in(tmp_path / "b" / "p.xlsx")[:5] == codes_in(city.plan)


def test_codes_stay_when_the_clerk_edits_and_a_deleted_one_never_returns(city: City, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(city.plan)
    sheet = book["任务分工表"]
    _, columns = header_of(sheet)
    codes = city.codes()
    rows = task_rows(sheet)
    sheet.cell(rows[codes["（一）"]], columns["具体要求"]).value = "改写过的要求。"
    last = rows[codes["（五）"]]
    for word in ("工作任务", "具体要求", "责任单位"):
        sheet.cell(last, columns[word]).value = {
            "工作任务": "新任务",
            "具体要求": "全新的要求。",
            "责任单位": "市教育局",
        }[word]
    sheet.cell(last, columns["编码"]).value = None
    add_row = {"序号": "（五）", "工作任务": "编号重复的任务", "具体要求": "再来一项。", "责任单位": "市民政局"}
    for word, text in add_row.items():
        sheet.cell(last + 1, columns[word]).value = text
    plan = tmp_path / "任务分工表.xlsx"
    book.save(plan)
    issued = run("issue", plan, "-o", tmp_path / "下发", "--roster", city.roster, "--round", ROUND, "--json", "-")
    asked = {code for form in issued.json["forms"] for code in form["tasks"]}
    assert len(asked) == 6
    assert {codes["（一）"], codes["（二）"], codes["（三）"], codes["（四）"]} < asked
    assert codes["（五）"] not in asked


@pytest.mark.parametrize("columns", ["序号 工作任务 具体要求 责任单位", "序号 工作任务 责任单位", "责任单位 工作任务"])
def test_a_plan_made_without_fengong_is_accepted_and_its_codes_go_into_a_copy(columns: str, tmp_path: Path) -> None:
    words = columns.split()
    texts = [{"序号": 1, "工作任务": "公开目录", "具体要求": "年底前公开。", "责任单位": "甲局、乙局"},
             {"序号": 1, "工作任务": "编制年报", "具体要求": "按时编制。", "责任单位": "乙局"}]  # fmt: skip
    plan = write_table(tmp_path / "分工.xlsx", [words, *([row[word] for word in words] for row in texts)])
    write_table(tmp_path / "单位名录.xlsx", [["序号", "单位名称"], [1, "甲局"], [2, "乙局"]], "单位名录")
    before = plan.read_bytes()
    issued = run("issue", plan, "-o", tmp_path / "下发", "--round", ROUND, "--json", "-")
    assert issued.status == 0, issued.told
    assert [(form["unit"], len(form["tasks"])) for form in issued.json["forms"]] == [("甲局", 1), ("乙局", 2)]
    assert plan.read_bytes() == before
    copies = [path for path in tmp_path.glob("*.xlsx") if "分工" in path.name and path not in (plan,)]
    coded = [codes_in(path) for path in copies if "任务分工表" in openpyxl.load_workbook(path).sheetnames]
    asked = list(dict.fromkeys(code for form in issued.json["forms"] for code in form["tasks"]))
    assert coded == [asked]
    returns = tmp_path / "回收"
    for form in (tmp_path / "下发").iterdir():
        fill(form, returns / form.name, {"完成情况": "推进中", "进展说明": "已开会2次"})
    for reference in (plan, copies[0]):
        words_given = [
            "--plan",
            reference,
            "--roster",
            tmp_path / "单位名录.xlsx",
            "-o",
            tmp_path / "s.xlsx",
            "--json",
            "-",
        ]
        assert [entry["state"] for entry in run("merge", returns, *words_given).json["entries"]] == ["reported"] * 3


# --- roster ---------------------------------------------------------------------------------


def test_draft_writes_a_roster_unless_one_is_there(city: City, tmp_path: Path) -> None:
    plan, roster = tmp_path / "p.xlsx", tmp_path / "单位名录.xlsx"
    run("draft", city.notice, "-o", plan)
    book = openpyxl.load_workbook(roster)
    assert [cell.value for cell in book["单位名录"][1][:7]] == [
        "序号",
        "单位名称",
        "简称",
        "单位组",
        "联系人",
        "电话",
        "备注",
    ]
    assert [cell.value for cell in book["单位组"][1][:3]] == ["单位组", "成员", "依据"]
    assert [row[0].value for row in book["单位组"].iter_rows(min_row=2) if row[0].value] == ["各区县政府"]
    add_members(roster, "各区县政府", ["东湖区政府"])
    before = roster.read_bytes()
    run("draft", city.notice, "-o", plan)
    assert roster.read_bytes() == before


def test_a_group_without_members_cannot_be_issued_but_is_one_unit_when_merged(city: City, tmp_path: Path) -> None:
    assert city.unready.status == 2
    assert "各区县政府" in city.unready.err
    assert set(city.before_roster) == {"通 知.txt", "任务分工表.xlsx", "单位名录.xlsx"}
    run("draft", city.notice, "-o", tmp_path / "任务分工表.xlsx")
    form = fill(
        city.form("市司法局"), tmp_path / "回收" / "a.xlsx", {"完成情况": "推进中", "进展说明": "已发布清单3份"}
    )
    roster = ["--roster", tmp_path / "单位名录.xlsx", "--plan", tmp_path / "任务分工表.xlsx", "--json", "-"]
    merged = run("merge", form, "-o", tmp_path / "s.xlsx", *roster).json
    owed = [entry["unit"] for entry in merged["entries"] if entry["task"] == city.codes()["（三）"]]
    assert owed == ["各区县政府"]
    for result in (merged, run("check", form, *roster).json):
        told = [f for f in result["findings"] if "各区县政府" in f["message"] and f["severity"] == "warning"]
        assert told


def test_groups_may_be_told_on_either_sheet_and_several_in_a_cell(tmp_path: Path) -> None:
    plan = write_table(
        tmp_path / "任务分工表.xlsx",
        [
            ["序号", "工作任务", "具体要求", "责任单位"],
            [1, "公开", "公开目录。", "市直各单位"],
            [2, "编制", "编制年报。", "各县区政府"],
        ],
    )
    book = openpyxl.Workbook()
    units = book.active
    units.title = "单位名录"
    for row in (ROSTER_COLUMNS, [3, "丙局", "丙；三局", "市直各单位；各县区政府"],
                [1, "甲局", "", ""], [2, "乙局", "", ""]):  # fmt: skip
        units.append(row)
    groups = book.create_sheet("单位组")
    groups.append(["单位组", "成员", "依据"])
    groups.append(["市直各单位", "甲局、乙局", "市委编办文件"])
    book.save(tmp_path / "单位名录.xlsx")
    issued = run("issue", plan, "-o", tmp_path / "下发", "--round", ROUND, "--json", "-").json
    assert [(form["path"][:3], form["unit"], len(form["tasks"])) for form in issued["forms"]] == [
        ("001", "甲局", 1), ("002", "乙局", 1), ("003", "丙局", 2),
    ]  # fmt: skip
    assert any("市委编办文件" in finding["message"] for finding in issued["findings"])
    some = run(
        "issue", plan, "-o", tmp_path / "部分", "--round", ROUND, "--unit", "三局", "--unit", "甲局", "--json", "-"
    )
    assert [form["unit"] for form in some.json["forms"]] == ["甲局", "丙局"]


# --- form ---------------------------------------------------------------------------------


def test_issue_json_names_every_form_and_the_files_are_there(city: City) -> None:
    issued = city.issued.json
    assert (issued["round"], issued["due"]) == (ROUND, DUE)
    assert all({"path", "unit", "tasks"} <= set(form) for form in issued["forms"])
    assert set(tree(city.forms)) == {form["path"] for form in issued["forms"]}
    orders = {row[1]: row[0] for row in openpyxl.load_workbook(city.roster)["单位名录"].values}
    for form in issued["forms"]:
        assert form["path"] == f"{orders[form['unit']]:03d}_{form['unit']}_{ROUND}.xlsx"
    assert {form["unit"]: form["tasks"] for form in issued["forms"]}["东湖区政府"] == [city.codes()["（三）"]]


def test_the_form_is_laid_out_as_agreed(city: City) -> None:
    sheet = first_visible(city.form("市政府办"))
    header, columns = header_of(sheet)
    assert [cell.value for cell in sheet[header] if cell.value] == LOCKED + FILL_IN
    above = " ".join(str(cell.value) for row in sheet.iter_rows(max_row=header - 1) for cell in row if cell.value)
    assert "填报单位" in above and "市政府办" in above and ROUND in above
    assert "云溪市2026年政务公开重点工作任务分工" in above and re.search(r"2026年9月25日|2026-09-25", above)
    rows = task_rows(sheet)
    assert list(rows) == [city.codes()["（一）"], city.codes()["（四）"]]
    assert [sheet.cell(row, columns["职责"]).value for row in rows.values()] == ["责任", "牵头"]
    foot = range(max(rows.values()) + 1, sheet.max_row + 1)
    below = " ".join(str(cell.value) for row in foot for cell in sheet[row] if cell.value)
    assert all(word in below for word in ("填报人", "联系电话", "审核人", "填报日期"))


def test_locked_cells_are_locked_and_the_others_are_not(city: City) -> None:
    for form in city.forms.iterdir():
        sheet = first_visible(form)
        assert sheet.protection.sheet
        header, columns = header_of(sheet)
        for row in task_rows(sheet).values():
            assert all(sheet.cell(row, columns[word]).protection.locked for word in LOCKED)
            assert not any(sheet.cell(row, columns[word]).protection.locked for word in FILL_IN)
            assert not any(sheet.cell(row, columns[word]).value for word in FILL_IN)
        assert all(cell.protection.locked for cell in sheet[header])
        assert not sheet.protection.autoFilter and not sheet.protection.sort and not sheet.protection.formatRows


def test_the_drop_down_offers_the_status_words(city: City) -> None:
    sheet = first_visible(city.form("市政府办"))
    _, columns = header_of(sheet)
    row = next(iter(task_rows(sheet).values()))
    cell = sheet.cell(row, columns["完成情况"]).coordinate
    lists = [rule for rule in sheet.data_validations.dataValidation if rule.type == "list" and cell in rule.sqref]
    assert len(lists) == 1
    words = ["未启动", "申请延期", "需优化完善", "推进中", "已完成并持续推进", "已完成", "不涉及"]
    assert all(word in lists[0].formula1 for word in words)


def test_the_offices_own_status_is_a_hint_and_no_answer(tmp_path: Path) -> None:
    plan = write_table(
        tmp_path / "任务分工表.xlsx",
        [
            ["序号", "工作任务", "具体要求", "责任单位", "完成情况", "备注"],
            [1, "公开", "公开目录。", "甲局", "按时序推进", "请抓紧"],
        ],
    )
    write_table(tmp_path / "单位名录.xlsx", [["序号", "单位名称"], [1, "甲局"]], "单位名录")
    assert run("issue", plan, "-o", tmp_path / "下发", "--round", ROUND).status == 0
    sheet = first_visible(next((tmp_path / "下发").iterdir()))
    _, columns = header_of(sheet)
    row = next(iter(task_rows(sheet).values()))
    hint = sheet.cell(row, columns["工作提示"]).value
    assert "按时序推进" in hint and "请抓紧" in hint
    assert not any(sheet.cell(row, columns[word]).value for word in FILL_IN)


def test_names_a_file_system_refuses_are_replaced(city: City, tmp_path: Path) -> None:
    out = tmp_path / "下发"
    issued = run("issue", city.plan, "-o", out, "--round", '2026/3<季>"度"?*', "--unit", "市教育局", "--json", "-").json
    assert issued["round"] == '2026/3<季>"度"?*'
    (form,) = out.rglob("*")
    assert form.name == issued["forms"][0]["path"]
    assert not set(form.name) & set('\\/:*?"<>|')
