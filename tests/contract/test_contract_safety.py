"""Contract *Safety*, and the folder of the demo: what stays untouched, what stays text, what never changes."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import openpyxl
from outside import ROUND, City, Ran, fill, run, run_apart, tree

DEMO_ROUND = "2026年第三季度"


def test_nothing_that_is_read_is_written_to(city: City, merged: Ran, tmp_path: Path) -> None:
    before = tree(city.home)
    for told in (
        run("draft", city.notice, "-o", tmp_path / "p.xlsx"),
        run("check", city.home / "回收", "--plan", city.plan, "-o", tmp_path / "f.xlsx", "--marked", tmp_path / "标注"),
        city.merge(city.home / "回收", out=tmp_path / "s.xlsx"),
        run("notify", city.summary, "-o", tmp_path / "反馈"),
    ):
        assert told.status in (0, 1), told.told
    assert tree(city.home) == before


def test_text_that_looks_like_a_formula_stays_text_in_every_workbook(city: City, merged: Ran, tmp_path: Path) -> None:
    run("check", city.home / "回收", "--plan", city.plan, "-o", tmp_path / "f.xlsx", "--marked", tmp_path / "标注")
    run("notify", city.summary, "-o", tmp_path / "反馈")
    books = [city.summary, *tmp_path.rglob("*.xlsx")]
    assert len(books) > 3
    seen = set()
    for path in books:
        for sheet in openpyxl.load_workbook(path).worksheets:
            for cell in (cell for row in sheet.iter_rows() for cell in row):
                assert cell.data_type != "f", (path.name, sheet.title, cell.coordinate, cell.value)
                seen.add(cell.value)
    assert {"=1+1", "@已发布解读材料5篇", "-截图", "+无"} <= seen


def test_a_summary_that_was_edited_is_kept_beside_the_new_one(city: City, merged: Ran, tmp_path: Path) -> None:
    summary = tmp_path / "汇总表.xlsx"
    city.merge(city.home / "回收", out=summary)
    first = summary.read_bytes()
    city.merge(city.home / "回收", out=summary)
    assert [path.name for path in tmp_path.iterdir()] == ["汇总表.xlsx"] and summary.read_bytes() == first
    book = openpyxl.load_workbook(summary)
    book["总表"]["F5"].value = "办公室的话"
    book.save(summary)
    edited = summary.read_bytes()
    told = city.merge(city.home / "回收", out=summary)
    assert summary.read_bytes() == edited
    (new,) = set(tmp_path.iterdir()) - {summary}
    assert new.name in told.told and new.read_bytes() != edited
    assert any(new.name in finding["message"] for finding in told.json["findings"])


def test_a_plan_and_a_form_that_were_edited_are_kept(city: City, tmp_path: Path) -> None:
    plan = tmp_path / "任务分工表.xlsx"
    run("draft", city.notice, "-o", plan)
    book = openpyxl.load_workbook(plan)
    book.save(plan)
    mine = plan.read_bytes()
    assert run("draft", city.notice, "-o", plan).status == 0
    assert plan.read_bytes() == mine
    forms = ["--roster", city.roster, "-o", tmp_path / "下发", "--round", ROUND, "--unit", "市教育局"]
    run("issue", plan, *forms)
    (form,) = (tmp_path / "下发").iterdir()
    fill(form, form, {"完成情况": "推进中"})
    answered = form.read_bytes()
    run("issue", plan, *forms)
    assert form.read_bytes() == answered


def chain(home: Path, city: City, cwd: Path, *, relative: bool, **environment: str) -> dict[str, str]:
    """The whole chain in processes of its own, from a folder that holds the same inputs; what came of it."""

    def at(path: str) -> Path:
        return Path(os.path.relpath(home / path, cwd)) if relative else home / path

    home.mkdir(parents=True)
    cwd.mkdir(parents=True, exist_ok=True)
    shutil.copy(city.notice, home)
    shutil.copy(city.roster, home)
    shutil.copytree(city.home / "回收", home / "回收")
    lines = (
        ("draft", at(city.notice.name), "-o", at("任务分工表.xlsx"), "--json", at("拟.json")),
        (
            "issue",
            at("任务分工表.xlsx"),
            "-o",
            at("下发"),
            "--round",
            ROUND,
            "--due",
            "2026-09-25",
            "--json",
            at("下.json"),
        ),
        ("merge", at("回收"), "--plan", at("任务分工表.xlsx"), "-o", at("汇总/汇总表.xlsx"), "--json", at("汇.json")),
        ("notify", at("汇总/汇总表.xlsx"), "-o", at("反馈"), "--json", at("反.json")),
    )
    for line in lines:
        done = run_apart(*line, cwd=cwd, **environment)
        assert done.status in (0, 1), done.told
    return tree(home)


def test_neither_place_nor_time_nor_zone_changes_a_byte(city: City, merged: Ran, tmp_path: Path) -> None:
    one = chain(tmp_path / "甲", city, tmp_path / "甲", relative=True, TZ="Asia/Shanghai")
    other = tmp_path / "很 深" / "的" / "乙"
    two = chain(
        other, city, tmp_path / "别处", relative=False, TZ="America/Los_Angeles", LC_ALL="C", PYTHONHASHSEED="7"
    )
    assert one == two
    assert {"任务分工表.xlsx", "汇总/汇总表.xlsx", "汇.json", "反.json"} <= set(one)


def test_the_demo_lays_out_the_folder_of_the_contract(tmp_path: Path) -> None:
    home = tmp_path / "演 示"
    done = run("demo", "-o", home, "--json", tmp_path / "demo.json")
    assert done.status == 0
    files = json.loads((tmp_path / "demo.json").read_text("utf-8"))["files"]
    assert all({"path", "kind", "unit"} <= set(file) for file in files)
    there = tree(home)
    assert {"任务分工表.xlsx", "单位名录.xlsx", f"汇总/{DEMO_ROUND}/汇总表.xlsx"} <= set(there)
    for folder in ("下发", "回收", "反馈"):
        assert any(path.startswith(f"{folder}/{DEMO_ROUND}/") for path in there)
    assert {file["path"] for file in files} <= set(there)
    for place in ("任务分工表.xlsx", "汇总表.xlsx"):
        assert place in done.out
