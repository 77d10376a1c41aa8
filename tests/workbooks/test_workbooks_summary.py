"""The summary as an office sees it: eight sheets, each unit's own words, links that lead to the cell."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from bookcheck import faults
from factory import make_collection

from toolkit import vocabulary as words
from toolkit.figures import UNCLEAR, Light, compute, word_of
from toolkit.model import Collection, Entry, Extra, Place, Role, State, UnitState
from toolkit.workbooks import summary_book

CONTRACT = ["总表", "明细", "单位统计", "任务统计", "矩阵", "未报名单", "问题清单", "来源"]


@pytest.fixture(scope="module")
def collection() -> Collection:
    return make_collection(15, 8)


@pytest.fixture(scope="module")
def returns(collection: Collection, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A working folder in which the returned files lie."""
    folder = tmp_path_factory.mktemp("round")
    (folder / "回收").mkdir()
    for record in collection.files:
        (folder / "回收" / record.path).write_bytes(b"a returned file")
    return folder


@pytest.fixture(scope="module")
def summary(collection: Collection, returns: Path) -> Path:
    path = returns / "汇总" / "汇总表.xlsx"
    assert summary_book.write(collection, path, roots=[returns / "回收"]) == []
    return path


@pytest.fixture(scope="module")
def book(summary: Path) -> Any:
    return openpyxl.load_workbook(summary)


def table(sheet: Any, *needed: str) -> list[dict[str, Any]]:
    """The rows below the header, by header."""
    return [{header: cell.value for header, cell in row.items()} for row in cells(sheet, *needed)]


def cells(sheet: Any, *needed: str) -> Iterator[dict[str, Any]]:
    rows = list(sheet.iter_rows())
    at = next(i for i, row in enumerate(rows) if {*needed} <= {cell.value for cell in row})
    headers = [cell.value for cell in rows[at]]
    for row in rows[at + 1 :]:
        yield dict(zip(headers, row, strict=True))


def test_the_sheets_of_the_contract_come_first_and_in_order(book: Any) -> None:
    assert book.sheetnames[:8] == CONTRACT
    assert book["_fengong"].sheet_state == "veryHidden"


def test_excel_would_not_offer_to_repair_it(summary: Path) -> None:
    assert faults(summary.read_bytes()) == []


def test_the_overall_sheet_keeps_the_notice_s_order_and_layout(book: Any, collection: Collection) -> None:
    sheet = book["总表"]
    headers = [cell.value for cell in sheet[3]]
    assert headers[:6] == ["序号", "工作任务", "具体要求", "责任单位", "完成情况", "备注"]
    rows = table(sheet, "工作任务", "完成情况")
    assert [row["编码"] for row in rows if row["编码"]] == [task.code for task in collection.plan.tasks]
    chapters = [row["序号"] for row in rows if not row["编码"]]
    assert chapters[: len({task.headings for task in collection.plan.tasks})] == list(
        dict.fromkeys(task.headings[0] for task in collection.plan.tasks)
    )
    remarks = {task.code: task.remark for task in collection.plan.tasks}
    assert all((row["备注"] or None) == remarks[row["编码"]] for row in rows if row["编码"])


def test_a_task_without_a_title_shares_the_cell_of_the_title_above(book: Any, collection: Collection) -> None:
    untitled = [task for task in collection.plan.tasks if task.title is None]
    merged = [str(span) for span in book["总表"].merged_cells.ranges if str(span).startswith("B")]
    assert len(merged) == len(untitled) == 1


def test_the_status_of_a_task_is_the_lead_s_and_the_counts_stand_behind_it(book: Any, collection: Collection) -> None:
    by_code = {row["编码"]: row["完成情况"] for row in table(book["总表"], "完成情况") if row["编码"]}
    for task in collection.plan.tasks:
        entries = [entry for entry in collection.entries if entry.task == task.code]
        lead = next((entry for entry in entries if entry.role is Role.LEAD), None)
        lines = by_code[task.code].split("\n")
        if lead is not None:
            assert lines[0].startswith(word_of(lead))
        counted = {word: sum(word_of(entry) == word for entry in entries) for word in map(word_of, entries)}
        for word, count in counted.items():
            assert f"{word} {count}" in lines[0]


def test_each_unit_s_own_words_stand_in_unit_order(collection: Collection, tmp_path: Path) -> None:
    small = make_collection(5, 3)
    summary_book.write(small, tmp_path / "s.xlsx")
    rows = table(openpyxl.load_workbook(tmp_path / "s.xlsx")["总表"], "完成情况")
    by_code = {row["编码"]: row["完成情况"] for row in rows if row["编码"]}
    for task in small.plan.tasks:
        text = by_code[task.code]
        entries = [entry for entry in small.entries if entry.task == task.code]
        places = [text.index(f"{entry.unit}：{entry.progress or word_of(entry)}") for entry in entries]
        assert places == sorted(places)


def test_many_long_texts_are_cut_to_what_a_row_shows_and_the_number_leads_to_all_of_them(tmp_path: Path) -> None:
    many = make_collection(60, 2)
    many = replace(many, entries=tuple(replace(entry, progress="推进" * 300) for entry in many.entries))
    summary_book.write(many, tmp_path / "s.xlsx")
    book = openpyxl.load_workbook(tmp_path / "s.xlsx")
    row = next(row for row in cells(book["总表"], "完成情况") if row["编码"].value)
    _, *lines, last = row["完成情况"].value.split("\n")
    assert "全文见《明细》" in last
    entries = [entry for entry in many.entries if entry.task == row["编码"].value]
    for entry, line in zip(entries, lines, strict=False):
        assert line.startswith(f"{entry.unit}：推进")
        assert line.endswith(f"…（{word_of(entry)}）") or word_of(entry) in line
    assert book["总表"].row_dimensions[row["序号"].row].height <= 409
    target = row["序号"].hyperlink.location
    assert target.startswith("'明细'!A")
    linked = book["明细"][target.partition("!")[2]]
    assert linked.value == row["编码"].value


def test_every_entry_stands_once_in_the_details_with_the_unit_s_own_words(book: Any, collection: Collection) -> None:
    rows = table(book["明细"], "编码", "单位")
    shown = {(row["编码"], row["单位"]): row for row in rows}
    assert len(shown) == len(rows) == len(collection.entries)
    for entry in collection.entries:
        row = shown[entry.task, entry.unit]
        assert (row["完成情况"], row["填报原文"] or "", row["进展说明"] or "", row["佐证材料"] or "") == (
            word_of(entry),
            entry.status_text,
            entry.progress,
            entry.evidence,
        )
        assert (row["完成日期"].date() if entry.done_on else row["完成日期"]) == entry.done_on


def test_a_source_link_opens_the_returned_file_at_the_cell(
    book: Any, summary: Path, returns: Path, collection: Collection
) -> None:
    entry = next(entry for entry in collection.entries if entry.source("status"))
    place = entry.source("status")
    assert place is not None
    row = next(
        row
        for row in cells(book["明细"], "编码", "来源")
        if (row["编码"].value, row["单位"].value) == (entry.task, entry.unit)
    )
    link = row["来源"].hyperlink
    assert (summary.parent / link.target).resolve() == (returns / "回收" / place.path).resolve()
    assert link.location == f"'填报表'!{place.cell}"
    assert place.cell in row["来源"].value


def test_links_do_not_depend_on_where_the_folder_lies(collection: Collection, tmp_path: Path) -> None:
    written = []
    for name in ("甲", "乙/更深"):
        folder = tmp_path / name
        (folder / "回收").mkdir(parents=True)
        for record in collection.files:
            (folder / "回收" / record.path).write_bytes(b"")
        summary_book.write(collection, folder / "汇总" / "汇总表.xlsx", roots=[folder / "回收"])
        written.append((folder / "汇总" / "汇总表.xlsx").read_bytes())
    assert written[0] == written[1]


def test_names_with_blanks_and_signs_of_links_are_escaped(tmp_path: Path) -> None:
    small = make_collection(2, 1)
    path = "a #1 100%/甲 [2].xlsx"
    (tmp_path / "回收" / "a #1 100%").mkdir(parents=True)
    (tmp_path / "回收" / path).write_bytes(b"")
    place = Place(path, "sheet 'x'", "B2")
    entries = tuple(
        replace(entry, state=State.REPORTED, status=words.DONE, sources=(("status", place),)) for entry in small.entries
    )
    summary_book.write(replace(small, entries=entries), tmp_path / "s.xlsx", roots=[tmp_path / "回收"])
    row = next(cells(openpyxl.load_workbook(tmp_path / "s.xlsx")["明细"], "来源"))
    assert row["来源"].hyperlink.target == "回收/a%20%231%20100%25/甲%20%5b2%5d.xlsx"
    assert row["来源"].hyperlink.location == "'sheet ''x'''!B2"


def test_a_file_inside_an_archive_is_reached_through_the_archive(tmp_path: Path) -> None:
    small = make_collection(2, 1)
    (tmp_path / "报送.zip").write_bytes(b"")
    place = Place("报送.zip!/甲/表.xlsx", "填报表", "I6")
    entries = tuple(
        replace(entry, state=State.REPORTED, status=words.DONE, sources=(("status", place),)) for entry in small.entries
    )
    summary_book.write(replace(small, entries=entries), tmp_path / "s.xlsx", roots=[tmp_path / "报送.zip"])
    row = next(cells(openpyxl.load_workbook(tmp_path / "s.xlsx")["明细"], "来源"))
    assert (row["来源"].hyperlink.target, row["来源"].hyperlink.location) == ("报送.zip", None)


def test_the_figures_of_units_add_up(book: Any, collection: Collection) -> None:
    rows = [row for row in table(book["单位统计"], "单位", "应报", "名次") if isinstance(row["应报"], int)]
    *units, total = rows
    assert [row["单位"] for row in units] == [report.unit for report in collection.units]
    assert total["单位"] == "合计"
    for header in ("应报", "已报", words.DONE, words.UNREPORTED, "逾期"):
        assert sum(row[header] for row in units) == total[header]
    assert total["应报"] == len(collection.entries)
    ranks = sorted(row["名次"] for row in units)
    assert ranks[0] == 1
    assert max(units, key=lambda row: row["得分"])["名次"] == 1


def test_missing_units_stand_in_the_fixed_order_with_contact_and_days_late(book: Any, collection: Collection) -> None:
    rows = [row for row in table(book["未报名单"], "单位", "逾期天数") if row["单位"]]
    absent = [r for r in collection.units if r.state in (UnitState.MISSING, UnitState.REJECTED)]
    assert [row["单位"] for row in rows] == [report.unit for report in absent]
    contacts = {unit.name: (unit.contact, unit.phone) for unit in collection.roster.units}
    assert all((row["联系人"], row["电话"]) == contacts[row["单位"]] for row in rows)
    assert {row["逾期天数"] for row in rows} == {5}


def test_problems_stand_by_unit_the_worst_first(book: Any) -> None:
    rows = [row for row in table(book["问题清单"], "级别", "问题") if row["级别"]]
    units = [row["单位"] for row in rows]
    assert len(list(dict.fromkeys(units))) == sum(a != b for a, b in zip(units, [None, *units], strict=False))
    rank = {"错误": 0, "提醒": 1, "说明": 2}
    first = [rank[next(row["级别"] for row in rows if row["单位"] == unit)] for unit in dict.fromkeys(units)]
    assert first == sorted(first)
    assert all(row["怎么办"] for row in rows)


def test_two_hundred_small_warnings_of_one_file_become_one_line(tmp_path: Path) -> None:
    small = make_collection(3, 2)
    sample = make_collection(15, 8).findings[0]
    many = tuple(replace(sample, unit=small.units[0].unit, cell=f"I{row}") for row in range(6, 206))
    summary_book.write(replace(small, findings=many), tmp_path / "s.xlsx")
    rows = [
        row for row in table(openpyxl.load_workbook(tmp_path / "s.xlsx")["问题清单"], "级别", "问题") if row["级别"]
    ]
    assert len(rows) == 1
    assert "200 处：I6:I205" in rows[0]["问题"]
    assert rows[0]["单元格"] == "I6"


def test_every_file_stands_in_the_sources_with_hash_time_and_outcome(book: Any, collection: Collection) -> None:
    rows = table(book["来源"], "文件", "sha256")
    assert [(row["文件"], row["sha256"], row["处理结果"]) for row in rows if row["文件"]] == [
        (record.path, record.sha256, record.outcome.label) for record in collection.files
    ]
    assert rows[0]["自述保存时间（UTC）"] == collection.files[0].modified.strftime("%Y-%m-%d %H:%M:%S")  # type: ignore[union-attr]


def test_the_matrix_shows_a_symbol_and_a_colour_for_every_entry(book: Any, collection: Collection) -> None:
    sheet = book["矩阵"]
    header = next(row for row in sheet.iter_rows() if row[1].value == "单位")
    below = {row[1].value: row for row in sheet.iter_rows(min_row=header[0].row + 1)}
    lights = compute(collection).lights
    columns = {task.code: column for column, task in enumerate(collection.plan.tasks, 2)}
    fills: dict[Light, set[str]] = {}
    for entry in collection.entries:
        cell = below[entry.unit][columns[entry.task]]
        assert cell.value
        fills.setdefault(lights[entry.task, entry.unit], set()).add(cell.fill.fgColor.rgb)
    assert all(len(colours) == 1 for colours in fills.values())
    assert len(set.union(*fills.values())) == len(fills)
    assert sheet.freeze_panes == f"C{header[0].row + 1}"


def test_rows_and_cells_outside_the_table_are_shown(tmp_path: Path) -> None:
    small = make_collection(2, 1)
    extra = Extra("a.xlsx", "填报表", "A20", small.units[0].unit, ("另有一事", "=1+1"))
    summary_book.write(replace(small, extras=(extra,)), tmp_path / "s.xlsx")
    book = openpyxl.load_workbook(tmp_path / "s.xlsx")
    assert book.sheetnames[:8] == CONTRACT
    rows = table(book["表外内容"], "单位", "内容")
    assert (rows[0]["单元格"], rows[0]["内容"]) == ("A20", "另有一事 | =1+1")


def test_text_that_looks_like_a_formula_or_holds_control_characters_stays_text(tmp_path: Path) -> None:
    small = make_collection(2, 1)
    nasty = ('=HYPERLINK("http://x")', "+1", "-1+1", "@SUM(A1)", "a\x00b\ud800c", "<b>&amp;", "１２\n３")
    entry = next(entry for entry in small.entries)
    for text in nasty:
        entries = tuple(
            replace(e, state=State.REPORTED, status=words.ONGOING, progress=text, remark=text) if e is entry else e
            for e in small.entries
        )
        summary_book.write(replace(small, entries=entries), tmp_path / "s.xlsx")
        assert faults((tmp_path / "s.xlsx").read_bytes()) == []
        row = next(cells(openpyxl.load_workbook(tmp_path / "s.xlsx")["明细"], "进展说明"))
        assert row["进展说明"].data_type == "s"
        assert row["进展说明"].value == text.replace("\x00", "\ufffd").replace("\ud800", "\ufffd")
        if text[0] in "=+-@":
            assert row["进展说明"].quotePrefix


def test_text_like_an_escape_of_excel_is_read_back_as_typed(tmp_path: Path) -> None:
    small = make_collection(2, 1)
    entries = tuple(replace(e, state=State.REPORTED, status=words.ONGOING, progress="_x0041_") for e in small.entries)
    summary_book.write(replace(small, entries=entries), tmp_path / "s.xlsx")
    assert {entry.progress for entry in summary_book.read(tmp_path / "s.xlsx").entries} == {"_x0041_"}


def test_personal_numbers_are_masked_where_they_would_be_published(tmp_path: Path) -> None:
    small = make_collection(2, 1)
    entries = tuple(
        replace(entry, state=State.REPORTED, status=words.ONGOING, progress="联系13800138000办理")
        for entry in small.entries
    )
    summary_book.write(replace(small, entries=entries), tmp_path / "s.xlsx")
    book = openpyxl.load_workbook(tmp_path / "s.xlsx")
    overall = next(row["完成情况"] for row in table(book["总表"], "完成情况") if row["编码"])
    assert "13800138000" not in overall
    assert "联系138" in overall
    assert table(book["明细"], "进展说明")[0]["进展说明"] == "联系13800138000办理"


def test_an_answer_nobody_understood_is_shown_as_written_and_counted_apart(tmp_path: Path) -> None:
    small = make_collection(2, 1)
    entries = tuple(
        replace(entry, state=State.REPORTED, status=None, status_text="差不多了") for entry in small.entries
    )
    summary_book.write(replace(small, entries=entries), tmp_path / "s.xlsx")
    book = openpyxl.load_workbook(tmp_path / "s.xlsx")
    row = table(book["明细"], "填报原文")[0]
    assert (row["完成情况"], row["填报原文"]) == (UNCLEAR, "差不多了")
    assert table(book["任务统计"], "工作任务", "完成情况")[0]["完成情况"] == UNCLEAR


def test_it_prints_on_a4_with_headers_on_every_page_and_page_numbers(book: Any) -> None:
    for name in CONTRACT:
        sheet = book[name]
        assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
        assert sheet.print_title_rows
        assert "&P" in sheet.oddFooter.center.text
        assert sheet.freeze_panes


def test_it_has_properties_styles_and_bookmarks(book: Any, collection: Collection) -> None:
    assert book.properties.title.startswith(collection.plan.title)
    assert book.properties.created.date() == collection.as_of
    assert {"汇总标题", "汇总表头", "汇总正文"} <= set(book.named_styles)
    assert book.defined_names["明细_表"].attr_text == "'明细'!$A$4"
    assert book["单位统计"].auto_filter.ref.startswith("A3:")


def test_the_same_round_gives_the_same_bytes(collection: Collection, tmp_path: Path) -> None:
    first, second = tmp_path / "一.xlsx", tmp_path / "二.xlsx"
    summary_book.write(collection, first)
    summary_book.write(collection, second)
    assert first.read_bytes() == second.read_bytes()


def test_an_edited_or_resaved_summary_is_told_from_an_untouched_one(summary: Path, tmp_path: Path) -> None:
    assert summary_book.untouched(summary)
    copy = tmp_path / "改过.xlsx"
    resaved = openpyxl.load_workbook(summary)
    resaved.save(copy)
    assert not summary_book.untouched(copy)
    with zipfile.ZipFile(io.BytesIO(summary.read_bytes())) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["xl/worksheets/sheet2.xml"] = parts["xl/worksheets/sheet2.xml"].replace("未报".encode(), "已报".encode(), 1)
    with zipfile.ZipFile(copy, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    assert not summary_book.untouched(copy)
    (tmp_path / "别的.xlsx").write_bytes(b"not a workbook")
    assert not summary_book.untouched(tmp_path / "别的.xlsx")


def test_nothing_reported_at_all_is_a_summary_too(tmp_path: Path) -> None:
    small = make_collection(3, 2)
    silent = replace(
        small,
        entries=tuple(Entry(e.task, e.unit, e.role, number=e.number) for e in small.entries),
        units=tuple(replace(report, state=UnitState.MISSING, files=()) for report in small.units),
        files=(),
        findings=(),
        round=replace(small.round, due=None),
        as_of=date(2026, 1, 5),
    )
    assert summary_book.write(silent, tmp_path / "s.xlsx") == []
    assert faults((tmp_path / "s.xlsx").read_bytes()) == []
    rows = [row for row in table(openpyxl.load_workbook(tmp_path / "s.xlsx")["未报名单"], "单位") if row["单位"]]
    assert [row["单位"] for row in rows] == [report.unit for report in small.units]


@pytest.mark.office
def test_libreoffice_opens_it_with_everything_in_it(summary: Path, office: Any, collection: Collection) -> None:
    (data,) = office.convert([(summary.read_bytes(), ".xlsx")], "xlsx")
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert book.sheetnames[:8] == CONTRACT
    assert len(table(book["明细"], "编码", "单位")) == len(collection.entries)
    row = next(row for row in cells(book["明细"], "来源") if row["来源"].value)
    assert "回收" in row["来源"].hyperlink.target
    assert len(book["图表"]._charts) == 2
