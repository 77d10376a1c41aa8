"""Returns that concern several units: one workbook for all, one list for all, a form under another's name."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from clerk.compare import Books, judge, unbalanced
from clerk.damages.book import rename_unit
from clerk.damages.sending import spreadsheet
from clerk.parcel import Parcel
from clerk.world import World
from toolkit.resources import template
from toolkit.sample.build import NOTICE, ROSTER
from toolkit.sample.packages import gbk_zip


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World.make(tmp_path / "县", units=4, task_count=6)


def _returns(world: World, name: str, files: dict[str, bytes]) -> Path:
    folder = world.folder / name
    for path, data in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    return folder


def _sent_in(path: str, data: bytes, parcels: list[Parcel]) -> list[Parcel]:
    """The parcels as if each had sent the one file that holds them all."""
    folder, _, name = path.rpartition("/")
    for parcel in parcels:
        parcel.folder, parcel.name, parcel.data = folder, name, data
    return parcels


def _faults(result: dict[str, Any], parcels: list[Parcel]) -> list[str]:
    return [
        f"{fault.unit}: {fault.what}"
        for parcel in parcels
        for fault in judge(Books(result), parcel, strict=True).faults
    ]


def _grid(parcel: Parcel) -> list[list[Any]]:
    with parcel.table(save=False) as table:
        return [[cell.value for cell in row] for row in table.sheet.iter_rows()]


def test_one_workbook_with_a_sheet_a_unit(world: World) -> None:
    import io

    import openpyxl

    parcels = world.parcels("sheets")
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for parcel in parcels:
        sheet = book.create_sheet(parcel.alias)
        for row in _grid(parcel):
            sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    result = world.merge(_returns(world, "回收", {"各镇汇总.xlsx": stream.getvalue()}))
    assert _faults(result, _sent_in("各镇汇总.xlsx", stream.getvalue(), parcels)) == []
    assert [(file["path"], file["outcome"]) for file in result["files"]] == [("各镇汇总.xlsx", "merged")]


def test_one_list_with_a_column_of_units(world: World) -> None:
    parcels = world.parcels("list")
    rows: list[list[Any]] = []
    for parcel in parcels:
        with parcel.table(save=False) as table:
            values = [[cell.value for cell in row] for row in table.sheet.iter_rows()]
            header, body = values[table.header - 1], [values[row - 1] for row in table.rows.values()]
        rows = rows or [["云溪县2026年民生小事任务分工表填报汇总"], ["填报期：2026年第三季度"], ["单位", *header]]
        rows += [[parcel.unit, *row] for row in body]
    data = spreadsheet(rows, parcels[0].saved)
    result = world.merge(_returns(world, "回收", {"全县汇总.xlsx": data}))
    assert _faults(result, _sent_in("全县汇总.xlsx", data, parcels)) == []


def test_one_archive_with_the_forms_of_several_units(world: World) -> None:
    parcels = world.parcels("archive")
    inside = {f"全县/{parcel.unit}/填报表.xlsx": parcel.data for parcel in parcels}
    result = world.merge(_returns(world, "回收", {"全县.zip": gbk_zip(inside, parcels[0].saved)}))
    for parcel in parcels:
        parcel.folder, parcel.name = f"全县.zip!/全县/{parcel.unit}/", "填报表.xlsx"
    assert _faults(result, parcels) == []
    assert sorted(file["path"] for file in result["files"]) == sorted(
        ["全县.zip", *(f"全县.zip!/{name}" for name in inside)]
    )


def test_a_unit_answering_on_anothers_form_is_refused(world: World) -> None:
    first, second, *others = world.parcels("crossed")
    rename_unit(first, second.unit)
    first.folder, first.refused = "误填/", True
    first.tell(None, "error")
    result = world.merge(world.send([first, second, *others], "回收"))
    assert _faults(result, [second, *others]) == []
    (path,) = first.files
    assert next(file["outcome"] for file in result["files"] if file["path"] == path) == "rejected"
    assert [f for f in result["findings"] if f["path"] == path and f["severity"] == "error"]
    assert {entry["state"] for entry in result["entries"] if entry["unit"] == first.unit} == {"missing"}


def test_a_form_in_another_units_folder_is_still_its_own(world: World) -> None:
    parcels = world.parcels("folders")
    for parcel, other in zip(parcels, [*parcels[1:], parcels[0]], strict=True):
        parcel.folder = f"{other.unit}/"
    result = world.merge(world.send(parcels, "回收"))
    assert unbalanced(result, parcels) == []
    assert _faults(result, parcels) == []


def test_an_answer_on_a_task_that_is_not_its_own_is_shown_and_not_merged(tmp_path: Path) -> None:
    register = tmp_path / "单位名录.xlsx"
    register.write_bytes(template(ROSTER).read_bytes())
    world = World.of(tmp_path, [template(NOTICE)], register)
    parcels = {parcel.unit: parcel for parcel in world.parcels("strangers")}
    sender, owner = parcels["市医保局"], parcels["市水利局"]
    foreign = next(code for code in owner.codes if code not in sender.codes)
    text = "代填：河道岸线整治由我局协助"
    with sender.table() as table:
        row = table.last + 1
        table.sheet.insert_rows(row)
        for label, value in (("编码", foreign), ("完成情况", "已完成"), ("进展说明", text)):
            table.sheet.cell(row, table.columns[label]).value = value
    sender.shown_as_extra.append(text)
    result = world.merge(world.send(parcels.values(), "回收"))
    assert _faults(result, list(parcels.values())) == []
    assert (sender.unit, foreign) not in Books(result).entries


def test_the_same_name_in_several_folders_is_told_apart(world: World) -> None:
    parcels = world.parcels("names")
    for parcel in parcels:
        parcel.name = "填报表.xlsx"
    result = world.merge(world.send(parcels, "回收"))
    assert unbalanced(result, parcels) == []
    assert _faults(result, parcels) == []


def test_two_units_that_sent_the_same_bytes_are_not_both_believed(world: World) -> None:
    """A unit that sent its neighbour's form unchanged has reported nothing of its own."""
    first, second, *others = world.parcels("copied")
    lazy = replace(second, folder=f"{second.unit}/", name=second.name, data=first.data, answers={}, silent=True)
    result = world.merge(world.send([first, lazy, *others], "回收"))
    assert _faults(result, others) == []
    entries = Books(result).entries
    assert {entries[second.unit, code]["state"] for code in second.codes} == {"missing"}
    assert [entries[first.unit, code]["progress"] for code in first.answered] == [
        first.answers[code].progress for code in first.answered
    ]
    assert unbalanced(result, [first, lazy, *others]) == []
