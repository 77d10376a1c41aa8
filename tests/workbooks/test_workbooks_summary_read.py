"""A summary read back for the feedback documents, with what the office changed in it by hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from factory import make_collection
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit import vocabulary as words
from toolkit.figures import compute
from toolkit.findings import CannotDo
from toolkit.findings.grouping import grouped
from toolkit.model import Collection, Severity, State, UnitState
from toolkit.opc import holdable
from toolkit.workbooks import summary_book


@pytest.fixture(scope="module")
def collection() -> Collection:
    return make_collection(15, 8)


@pytest.fixture
def summary(collection: Collection, tmp_path: Path) -> Path:
    summary_book.write(collection, tmp_path / "汇总表.xlsx")
    return tmp_path / "汇总表.xlsx"


def edited(summary: Path, change: Callable[[Any], None]) -> Collection:
    book = openpyxl.load_workbook(summary)
    change(book)
    book.save(summary)
    return summary_book.read(summary)


def row_of(sheet: Any, **wanted: str) -> int:
    """The row in which these columns hold these texts."""
    headers = {cell.value: cell.column for cell in sheet[3]}
    return next(
        row
        for row in range(4, sheet.max_row + 1)
        if all(sheet.cell(row, headers[name]).value == value for name, value in wanted.items())
    )


def column_of(sheet: Any, header: str) -> int:
    return next(cell.column for cell in sheet[3] if cell.value == header)


def test_what_was_written_is_read(summary: Path, collection: Collection) -> None:
    read = summary_book.read(summary)
    assert (read.plan, read.roster, read.round, read.as_of) == (
        collection.plan,
        collection.roster,
        collection.round,
        collection.as_of,
    )
    assert read.units == collection.units
    assert [(f.path, f.sha256, f.outcome) for f in read.files] == [
        (f.path, f.sha256, f.outcome) for f in collection.files
    ]
    for got, put in zip(read.entries, collection.entries, strict=True):
        assert got == replace(put, sources=tuple(pair for pair in put.sources if pair[0] == "status"))


def test_the_figures_are_the_same_after_reading_even_where_findings_were_told_in_one_line(tmp_path: Path) -> None:
    written = make_collection(20, 30)
    assert len(grouped(written.findings)) < len(written.findings)
    summary_book.write(written, tmp_path / "s.xlsx")
    read = summary_book.read(tmp_path / "s.xlsx")
    assert sorted(map(str, read.findings)) == sorted(map(str, written.findings))
    assert compute(read) == replace(compute(read), units=compute(written).units, total=compute(written).total)


@settings(max_examples=30, deadline=None)
@given(texts=st.lists(st.text(max_size=40), min_size=2, max_size=2))
def test_any_text_a_unit_may_write_comes_back(texts: list[str], tmp_path_factory: pytest.TempPathFactory) -> None:
    base = make_collection(2, 1)
    written = tuple(
        replace(e, state=State.REPORTED, status=words.ONGOING, progress=text, evidence=text[::-1], remark="=" + text)
        for e, text in zip(base.entries, texts, strict=True)
    )
    path = tmp_path_factory.mktemp("任意") / "汇总表.xlsx"
    summary_book.write(replace(base, entries=written), path)
    for got, put in zip(summary_book.read(path).entries, written, strict=True):
        for field in ("progress", "evidence", "remark"):
            assert getattr(got, field) == holdable(getattr(put, field)).strip()


def test_an_answer_filled_in_by_the_office_counts(summary: Path, collection: Collection) -> None:
    silent = next(entry for entry in collection.entries if entry.state is State.MISSING)

    def change(book: Any) -> None:
        sheet = book["明细"]
        row = row_of(sheet, 编码=silent.task, 单位=silent.unit)
        sheet.cell(row, column_of(sheet, "完成情况")).value = "已办结"
        sheet.cell(row, column_of(sheet, "进展说明")).value = "电话报来：已办结。"

    entry = next(e for e in edited(summary, change).entries if (e.task, e.unit) == (silent.task, silent.unit))
    assert (entry.state, entry.status, entry.progress) == (State.REPORTED, words.DONE, "电话报来：已办结。")


def test_a_unit_taken_off_the_list_of_the_missing_is_not_dunned(summary: Path, collection: Collection) -> None:
    absent = next(report.unit for report in collection.units if report.state is UnitState.MISSING)

    def change(book: Any) -> None:
        sheet = book["未报名单"]
        sheet.delete_rows(row_of(sheet, 单位=absent))

    states = {report.unit: report.state for report in edited(summary, change).units}
    assert states[absent] is UnitState.COMPLETE


def test_a_problem_struck_out_is_gone_and_one_added_is_told(summary: Path, collection: Collection) -> None:
    def change(book: Any) -> None:
        sheet = book["问题清单"]
        sheet.delete_rows(4)
        sheet.append([99, "错误", collection.units[0].unit, "数字与年报不符", "请核对后重报", "", "a.xlsx", "", "", ""])

    before = len(summary_book.read(summary).findings)
    findings = edited(summary, change).findings
    assert len(findings) == before
    assert findings[-1].message == "数字与年报不符"
    assert findings[-1].severity is Severity.ERROR


def test_the_office_s_remark_in_the_overall_sheet_is_the_remark(summary: Path, collection: Collection) -> None:
    task = collection.plan.tasks[1]

    def change(book: Any) -> None:
        sheet = book["总表"]
        sheet.cell(row_of(sheet, 编码=task.code), column_of(sheet, "备注")).value = "请财政局补充台账"

    assert edited(summary, change).plan.tasks[1].remark == "请财政局补充台账"


def test_moved_columns_renamed_title_and_sorted_rows_do_no_harm(summary: Path, collection: Collection) -> None:
    def change(book: Any) -> None:
        sheet = book["明细"]
        sheet["A1"].value = "改过的标题"
        sheet.move_range("A3:A200", cols=20)
        rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4, max_row=sheet.max_row)]
        for number, row in enumerate(reversed(rows), 4):
            for column, value in enumerate(row, 1):
                sheet.cell(number, column).value = value

    entries = edited(summary, change).entries
    assert {(e.task, e.unit, e.status) for e in entries} == {(e.task, e.unit, e.status) for e in collection.entries}


def test_without_the_hidden_sheet_the_visible_ones_tell_most(summary: Path, collection: Collection) -> None:
    read = edited(summary, lambda book: book.remove(book["_fengong"]))
    assert read.round == collection.round
    assert read.as_of == collection.as_of
    assert [task.code for task in read.plan.tasks] == [task.code for task in collection.plan.tasks]
    assert [task.requirement for task in read.plan.tasks] == [task.requirement for task in collection.plan.tasks]
    missing = {r.unit for r in collection.units if r.state is UnitState.MISSING}
    assert missing <= {r.unit for r in read.units if r.state is UnitState.MISSING}


def test_what_is_no_summary_is_refused_with_a_reason(tmp_path: Path) -> None:
    openpyxl.Workbook().save(tmp_path / "别的.xlsx")
    (tmp_path / "坏.xlsx").write_bytes(b"PK")
    for name in ("别的.xlsx", "坏.xlsx"):
        with pytest.raises(CannotDo) as refused:
            summary_book.read(tmp_path / name)
        assert name in refused.value.findings[-1].message
        assert all(finding.advice for finding in refused.value.findings)


@pytest.mark.office
def test_a_summary_saved_by_another_suite_is_read_all_the_same(
    summary: Path, collection: Collection, office: Any
) -> None:
    (data,) = office.convert([(summary.read_bytes(), ".xlsx")], "xlsx")
    summary.write_bytes(data)
    assert not summary_book.untouched(summary)
    read = summary_book.read(summary)
    assert read.plan == collection.plan
    assert [(e.task, e.unit, e.status, e.progress, e.done_on) for e in read.entries] == [
        (e.task, e.unit, e.status, e.progress, e.done_on) for e in collection.entries
    ]
