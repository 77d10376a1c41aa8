"""A survey in a working folder: round after round, what the office decides and mends, what each unit said last."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from clerk.office import Office
from clerk.world import roster, towns
from survey_office import ROW, STAFF, filled, sheet_of, table_of

from toolkit import cli
from toolkit.containers import pool
from toolkit.survey import Field, FieldType, Survey

FIRST, SECOND = "2026年第三季度", "2026年第四季度"
AN = {"姓名": "安明远", "岗位": "专职", "从业年限": "5", "手机": "13900001111"}
BAI = {"姓名": "柏清和", "岗位": "兼职", "从业年限": "3", "手机": "13900002222"}
ONE_ROW = Survey(
    (
        Field("联系人", required=True),
        Field("手机", FieldType.MOBILE, required=True),
        Field("窗口数", FieldType.NUMBER),
    )
)


class Folder:
    """A working folder of a survey, and the clerk at the command line in it."""

    def __init__(self, folder: Path, survey: Survey, units: int) -> None:
        self.folder, self.units = folder, towns(units)
        self.run("init", folder)
        (folder / "单位名录.xlsx").write_bytes(roster(self.units))
        (folder / "字段.xlsx").write_bytes(sheet_of(survey))
        self.run("form", "new", "字段.xlsx")

    def run(self, *arguments: object) -> dict[str, Any]:
        """The JSON of a command, which must be done."""
        out = self.folder.parent / "结果.json"
        status = cli.run([*map(str, arguments), "--json", str(out)])
        assert status in (0, 1), arguments
        told: dict[str, Any] = json.loads(out.read_text("utf-8"))
        return told

    def issue(self, round: str, due: str) -> dict[str, Any]:
        return self.run("issue", "--round", round, "--due", due)

    def form(self, round: str, unit: str) -> Path:
        (path,) = (self.folder / "下发" / round).glob(f"*_{unit}_*.xlsx")
        return path

    def offered(self, round: str, unit: str) -> list[dict[str, str]]:
        """What the issued form of a unit begins with."""
        sheet = openpyxl.load_workbook(self.form(round, unit)).worksheets[0]
        _, columns, first = table_of(sheet)
        names = [name for name in columns if name not in ("编码", "序号", None)]
        rows = [{name: sheet.cell(row, columns[name]).value for name in names} for row in range(first, first + 15)]
        return [{name: text for name, text in row.items() if text} for row in rows if any(row.values())]

    def send(self, round: str, unit: str, rows: Sequence[ROW], saved: datetime, name: str = "") -> None:
        path = self.form(round, unit)
        target = self.folder / "回收" / round / (name or path.name)
        target.write_bytes(filled(path.read_bytes(), rows, saved))

    def merge(self, as_of: str) -> dict[str, Any]:
        return self.run("merge", "--as-of", as_of)

    def summary(self, round: str) -> Path:
        """The one written last: one that was edited is kept."""
        return max((self.folder / "汇总" / round).glob("汇总表*.xlsx"), key=lambda path: path.stat().st_mtime_ns)

    def edit(self, round: str, changes: Mapping[tuple[str, int], Mapping[str, str]]) -> None:
        """Type into cells of 总表: (unit, which of its rows from 1) → column → text."""
        book = openpyxl.load_workbook(self.summary(round))
        sheet = book["总表"]
        header = next(row for row in range(1, 9) if sheet.cell(row, 1).value == "序号")
        words = {sheet.cell(header, column).value: column for column in range(sheet.max_column, 0, -1)}
        lines: dict[str, list[int]] = {}
        for row in range(header + 1, sheet.max_row + 1):
            lines.setdefault(sheet.cell(row, words["单位"]).value, []).append(row)
        for (unit, number), texts in changes.items():
            for word, text in texts.items():
                sheet.cell(lines[unit][number - 1], words[word]).value = text
        book.save(self.summary(round))

    def shown(self, round: str, sheet: str) -> list[dict[str, str]]:
        """The lines of a sheet of the summary by their headers."""
        rows = openpyxl.load_workbook(self.summary(round))[sheet].iter_rows(values_only=True)
        header = next(row for row in rows if row[0] == "序号")
        lines = (dict(zip(header, map(_said, row), strict=True)) for row in rows)
        return [line for line in lines if line["单位"]]


def _said(value: object) -> str:
    return "" if value is None else str(value)


def texts(result: Mapping[str, Any], unit: str) -> list[dict[str, str]]:
    (entry,) = [entry for entry in result["entries"] if entry["unit"] == unit]
    return [row["texts"] for row in entry.get("rows", ())]


def codes(result: Mapping[str, Any], unit: str) -> set[str]:
    return {finding["code"] for finding in result["findings"] if finding["unit"] == unit}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folder:
    (tmp_path / "台账").mkdir()
    monkeypatch.chdir(tmp_path / "台账")
    return Folder(tmp_path / "台账", STAFF, 3)


def test_two_quarters_with_a_late_return_a_correction_and_a_form_sent_back(folder: Folder) -> None:
    one, two, three = folder.units
    folder.issue(FIRST, "2026-10-10")
    folder.send(FIRST, one, [AN, BAI], datetime(2026, 10, 8, 9))
    folder.send(FIRST, two, [BAI], datetime(2026, 10, 9, 9))
    first = folder.merge("2026-10-11")
    assert texts(first, one) == [AN, BAI] and "survey.unreported" in codes(first, three)
    folder.send(FIRST, three, [AN], datetime(2026, 10, 12, 9))
    folder.edit(
        FIRST,
        {
            (one, 2): {"手机": "13900003333"},
            (one, 1): {"审核": "已核", "审核意见": "电话核实"},
            (two, 1): {"审核": "退回", "审核意见": "少报一人"},
        },
    )
    reviewed = folder.run("review")
    assert [(c["unit"], c["field"], c["old"], c["new"]) for c in reviewed["corrections"]] == [
        (one, "柏清和·手机", "13900002222", "13900003333")
    ]
    assert [(d["unit"], d["verdict"]) for d in reviewed["decisions"]] == [(one, "accepted"), (two, "returned")]
    # The unit whose form was sent back answers, another turns its rows round, and the late one is there.
    folder.send(FIRST, two, [BAI, AN], datetime(2026, 10, 13, 9), "更正.xlsx")
    folder.send(FIRST, one, [BAI, AN], datetime(2026, 10, 13, 9), "又一份.xlsx")
    again = folder.merge("2026-10-14")
    assert sorted(row["姓名"] + row["手机"] for row in texts(again, one)) == ["安明远13900001111", "柏清和13900003333"]
    assert "ledger.corrected" in codes(again, one) and "ledger.resubmitted" in codes(again, two)
    assert texts(again, two) == [BAI, AN] and texts(again, three) == [AN]
    (mended,) = [line for line in folder.shown(FIRST, "总表") if "柏清和·手机" in line["改动"]]
    assert mended["单位"] == one
    # Next quarter the forms begin with what was said last; what changed is listed cell by cell.
    issued = folder.issue(SECOND, "2027-01-10")
    assert {row["姓名"]: row["手机"] for row in folder.offered(SECOND, one)}["柏清和"] == "13900003333"
    assert [form["prefilled"] for form in issued["burden"]] == [1, 1, 1]
    folder.send(SECOND, one, [], datetime(2027, 1, 8, 9))
    folder.send(SECOND, three, [AN | {"岗位": "兼职"}, BAI], datetime(2027, 1, 8, 9))
    later = folder.merge("2027-01-11")
    assert len(texts(later, one)) == 2 and codes(later, one) <= {"intake.reporter-missing"}
    changed = [(line["单位"], line["行"], line["字段"], line["变化"]) for line in folder.shown(SECOND, "较上期")]
    assert (three, "安明远", "岗位", "改") in changed and (three, "柏清和", "整行", "增") in changed
    assert not any(unit == one for unit, *_ in changed)
    told = folder.run("log", "--unit", one)
    assert any(review.get("field") == "柏清和·手机" for review in told["reviews"])
    tables = folder.run("export")["tables"]
    assert tables["改动"] == 1 and tables["审核"] == 2


def test_a_correction_of_a_row_that_is_gone_is_told_and_not_put_elsewhere(folder: Folder) -> None:
    one = folder.units[0]
    folder.issue(FIRST, "2026-10-10")
    folder.send(FIRST, one, [AN, BAI], datetime(2026, 10, 8, 9))
    folder.merge("2026-10-11")
    folder.edit(FIRST, {(one, 1): {"岗位": "兼职", "审核意见": "来电"}})
    folder.run("review")
    (folder.folder / "回收" / FIRST / folder.form(FIRST, one).name).unlink()
    folder.send(FIRST, one, [BAI], datetime(2026, 10, 12, 9))
    merged = folder.merge("2026-10-13")
    assert texts(merged, one) == [BAI] and "ledger.correction-lost" in codes(merged, one)


@pytest.mark.office
@pytest.mark.parametrize("target", ["xlsx", "ods"])
def test_a_summary_that_another_suite_saved_shows_no_edit_that_nobody_made(
    folder: Folder, office: Office, target: str
) -> None:
    one, two, _ = folder.units
    folder.issue(FIRST, "2026-10-10")
    strange = {"姓名": "欧阳\n明远 ", "岗位": "其他", "从业年限": "1,200", "手机": "12", "已培训": "√"}
    folder.send(
        FIRST,
        one,
        [AN | {"出生日期": "1988.5.6", "从业年限": "12年"}, BAI | {"从业年限": "3.5"}],
        datetime(2026, 10, 8),
    )
    folder.send(FIRST, two, [strange], datetime(2026, 10, 8))
    folder.merge("2026-10-11")
    (data,) = office.convert([(folder.summary(FIRST).read_bytes(), ".xlsx")], target)
    assert data is not None
    saved = folder.folder / f"另存.{target}"
    saved.write_bytes(data)
    reviewed = folder.run("review", saved)
    assert reviewed["corrections"] == [] and reviewed["decisions"] == [] and reviewed["findings"] == []


def test_what_a_unit_said_on_the_telephone_is_typed_into_the_summary(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "台账").mkdir()
    monkeypatch.chdir(tmp_path / "台账")
    folder = Folder(tmp_path / "台账", ONE_ROW, 2)
    one, two = folder.units
    folder.issue(FIRST, "2026-10-10")
    folder.send(FIRST, one, [{"联系人": "安明远", "手机": "13900001111", "窗口数": "1,200个"}], datetime(2026, 10, 8))
    folder.merge("2026-10-11")
    folder.edit(FIRST, {(two, 1): {"联系人": "柏清和", "手机": "139", "审核意见": "电话"}})
    reviewed = folder.run("review")
    assert [(c["field"], c["new"]) for c in reviewed["corrections"]] == [("联系人", "柏清和")]
    assert {f["code"] for f in reviewed["findings"]} == {"ledger.correction-unread"}
    merged = folder.merge("2026-10-11")
    assert texts(merged, two) == [{"联系人": "柏清和"}]
    assert texts(merged, one) == [{"联系人": "安明远", "手机": "13900001111", "窗口数": "1,200个"}]


def test_a_unit_that_is_struck_off_is_asked_no_more_and_stays_in_the_summary(folder: Folder) -> None:
    one, two, _ = folder.units
    folder.issue(FIRST, "2026-10-10")
    for unit in (one, two):
        folder.send(FIRST, unit, [AN], datetime(2026, 10, 8, 9))
    folder.merge("2026-10-11")
    folder.edit(FIRST, {(one, 1): {"审核": "销号", "审核意见": "机构撤并"}})
    assert folder.run("review")["findings"] == []
    folder.issue(SECOND, "2027-01-10")
    assert not list((folder.folder / "下发" / SECOND).glob(f"*_{one}_*"))
    folder.send(SECOND, two, [AN], datetime(2027, 1, 8, 9))
    later = folder.merge("2027-01-11")
    assert texts(later, one) == [AN] and not codes(later, one)
    states = {line["单位"]: (line["报送"], line["审核"]) for line in folder.shown(SECOND, "总表")}
    assert states[one] == ("沿用", "销号") and states[two][0] == "已报"
    told = {file["unit"] for file in folder.run("notify")["files"] if file["kind"] == "催报单"}
    assert one not in told and folder.units[2] in told


def test_nothing_is_read_twice_and_the_same_returns_give_the_same_summary(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = folder.units[0]
    opened: list[list[str]] = []
    run = pool.run

    def watched(function: Any, items: Sequence[Any], **options: Any) -> Any:
        opened.append([item.path for item in items])
        return run(function, items, **options)

    monkeypatch.setattr(pool, "run", watched)
    folder.issue(FIRST, "2026-10-10")
    folder.send(FIRST, one, [AN], datetime(2026, 10, 8, 9))
    folder.merge("2026-10-11")
    before = folder.summary(FIRST).read_bytes()
    events = len(folder.run("log")["events"])
    folder.merge("2026-10-11")
    assert folder.summary(FIRST).read_bytes() == before
    assert len(folder.run("log")["events"]) == events + 1
    assert [event["what"] for event in folder.run("log")["events"]][-1].endswith("填报项变动 0 项")
    assert list(map(len, opened)) == [1, 0]


def test_the_calendar_tells_when_the_survey_is_due(folder: Folder) -> None:
    folder.issue(FIRST, "2026-10-09")
    told = folder.run("calendar", "--as-of", "2026-10-08")
    assert [reminder["on"] for reminder in told["reminders"]] == ["2026-10-09"]


def test_a_working_folder_keeps_one_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "台账"
    assert cli.run(["init", str(folder)]) == 0
    (folder / "单位名录.xlsx").write_bytes(roster(towns(2)))
    for name in ("甲", "乙"):
        (folder / f"{name}.xlsx").write_bytes(sheet_of(STAFF, title=f"{name}表"))
        place = folder / "收集表.xlsx" if name == "甲" else folder / "乙收集表.xlsx"
        assert cli.run(["form", "new", str(folder / f"{name}.xlsx"), "-o", str(place)]) == 0
    plan = str(folder / "乙收集表.xlsx")
    capsys.readouterr()
    assert cli.run(["issue", plan, "--round", FIRST]) == 2
    assert "收集表.xlsx" in capsys.readouterr().err
    assert cli.run(["issue", plan, "-o", str(tmp_path / "下发"), "--round", FIRST]) == 0
    assert cli.run(["issue", str(folder / "收集表.xlsx"), "--round", FIRST]) == 0
    capsys.readouterr()
    assert cli.run(["log", str(folder)]) == 0
    assert capsys.readouterr().out.count("下发（") == 1
