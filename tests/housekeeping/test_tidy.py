"""规范单位名称 changes names in a copy, and only those the register settles."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from toolkit import cli
from toolkit.findings import CannotDo
from toolkit.housekeeping.tidy import RECORD_SHEET, tidy
from toolkit.model import Group, Roster, Unit
from toolkit.workbooks import roster_book

UNITS = ("市教育局", "市发展和改革委员会", "市政府办公室")


@pytest.fixture
def book(tmp_path: Path) -> Path:
    units = tuple(Unit(name, n, aliases=("教局",) if n == 1 else ()) for n, name in enumerate(UNITS, 1))
    roster_book.write(Roster(units, (Group("市直各单位", UNITS),)), tmp_path / "单位名录.xlsx")
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.title = "分工"
    for row in (("责任单位", "备注"), ("教局", "教局"), ("市发改委、市政府办", ""), ("市教育居", ""), ("=1+1", "")):
        sheet.append(row)
    path = tmp_path / "分工.xlsx"
    workbook.save(path)
    return path


def test_names_of_the_range_are_put_right_in_a_copy(book: Path) -> None:
    before = book.read_bytes()
    result = tidy(book, book.with_name("副本.xlsx"), sheet="分工", cells="A2:A5")
    sheet = load_workbook(book.with_name("副本.xlsx"))["分工"]
    assert sheet["A2"].value == "市教育局" and sheet["B2"].value == "教局"
    assert sheet["A3"].value == "市发展和改革委员会、市政府办公室"
    assert sheet["A4"].value == "市教育居" and sheet["A5"].value == "=1+1"
    assert book.read_bytes() == before
    assert [(c.cell, c.after) for c in result.changes if c.after is None] == [("A4", None)]
    (doubt,) = result.findings
    assert "市教育居" in doubt.message and doubt.cell == "A4"


def test_every_change_is_on_record(book: Path) -> None:
    tidy(book, book.with_name("副本.xlsx"))
    record = load_workbook(book.with_name("副本.xlsx"))[RECORD_SHEET]
    rows = [tuple(cell.value for cell in row[:4]) for row in record.iter_rows(min_row=2)]
    assert ("分工", "A2", "教局", "市教育局") in rows and ("分工", "B2", "教局", "市教育局") in rows


@pytest.mark.parametrize(("sheet", "cells"), [("没有", ""), ("分工", "??")])
def test_a_range_that_is_not_there_is_said(book: Path, sheet: str, cells: str) -> None:
    with pytest.raises(CannotDo, match="区域"):
        tidy(book, book.with_name("副本.xlsx"), sheet=sheet, cells=cells)
    assert not book.with_name("副本.xlsx").exists()


def test_without_a_register_it_says_where_to_put_one(book: Path) -> None:
    (book.parent / "单位名录.xlsx").unlink()
    with pytest.raises(CannotDo) as refusal:
        tidy(book, book.with_name("副本.xlsx"))
    assert "--roster" in refusal.value.findings[0].advice


def test_from_the_command_line(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = book.with_name("副本.xlsx")
    assert cli.run(["tidy", str(book), "-o", str(out), "--json", "-"]) == 0
    assert {c["after"] for c in json.loads(capsys.readouterr().out)["changes"]} >= {"市教育局"}
