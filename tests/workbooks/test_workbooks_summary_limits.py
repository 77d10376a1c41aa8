"""What a spreadsheet cannot hold is said, and nothing is lost by it."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from bookcheck import faults
from factory import make_collection

from toolkit import vocabulary as words
from toolkit.model import State
from toolkit.workbooks import summary_book
from toolkit.workbooks.summary.limits import Limits


def linked(sheet: Any) -> list[str]:
    return [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.hyperlink and cell.hyperlink.target]


def test_beyond_the_limit_of_links_each_unit_keeps_one_and_the_result_says_so(tmp_path: Path) -> None:
    collection = make_collection(6, 5)
    for record in collection.files:
        (tmp_path / record.path).write_bytes(b"")
    noticed = summary_book.write(collection, tmp_path / "s.xlsx", roots=[tmp_path], limits=Limits(links=10))
    assert [finding.code for finding in noticed] == ["output.links-limited"]
    sheet = openpyxl.load_workbook(tmp_path / "s.xlsx")["明细"]
    answered = {entry.unit for entry in collection.entries if entry.sources}
    assert len(linked(sheet)) == len(answered)
    assert all(sheet.cell(row, 15).value for row in range(4, 9) if sheet.cell(row, 7).value == "已报")


def test_beyond_the_rows_of_a_sheet_the_details_go_to_csv_parts_and_the_sheet_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("toolkit.parquet.installed", lambda: False)
    collection = make_collection(6, 5)
    entries = tuple(
        replace(entry, state=State.REPORTED, status=words.ONGOING, progress=f"=1+{number}")
        for number, entry in enumerate(collection.entries)
    )
    collection = replace(collection, entries=entries)
    noticed = summary_book.write(collection, tmp_path / "汇总表.xlsx", limits=Limits(rows=112))
    assert [finding.code for finding in noticed] == ["output.rows-to-csv"]
    parts = sorted(tmp_path.glob("*.csv"))
    assert [part.name for part in parts] == ["汇总表_明细_2.csv", "汇总表_明细_3.csv"]
    assert all(part.name in noticed[0].message for part in parts)
    sheet = openpyxl.load_workbook(tmp_path / "汇总表.xlsx")["明细"]
    shown = [sheet.cell(row, 10).value for row in range(4, 16)]
    assert "共 30 行" in sheet.cell(16, 1).value
    for part in parts:
        rows = list(csv.DictReader(part.read_text("utf-8-sig").splitlines()))
        shown += [row["进展说明"].removeprefix("'") for row in rows]
        assert all(row["进展说明"].startswith("'=") for row in rows)
    assert shown == [entry.progress for entry in entries]


def test_a_text_longer_than_a_cell_is_cut_visibly_and_named(tmp_path: Path) -> None:
    collection = make_collection(2, 1)
    entries = tuple(
        replace(entry, state=State.REPORTED, status=words.ONGOING, progress="长" * 32_767 + "𠀀" * number)
        for number, entry in enumerate(collection.entries)
    )
    noticed = summary_book.write(replace(collection, entries=entries), tmp_path / "s.xlsx")
    assert faults((tmp_path / "s.xlsx").read_bytes()) == []
    assert [(finding.code, finding.sheet, finding.cell) for finding in noticed] == [("output.text-cut", "明细", "J5")]
    sheet = openpyxl.load_workbook(tmp_path / "s.xlsx")["明细"]
    assert sheet["J4"].value == "长" * 32_767
    assert sheet["J5"].value.endswith("）")
    assert len(sheet["J5"].value) <= 32_767


def test_sources_that_cannot_be_found_are_counted_and_still_named(tmp_path: Path) -> None:
    collection = make_collection(3, 1)
    noticed = summary_book.write(collection, tmp_path / "s.xlsx", roots=[tmp_path / "回收"])
    assert [finding.code for finding in noticed] == ["output.source-unreachable"]
    sheet = openpyxl.load_workbook(tmp_path / "s.xlsx")["明细"]
    assert not linked(sheet)
    assert collection.files[0].path in sheet["O4"].value
