"""What an office says back about a survey: 通报, marked copies and the board tell who reported when, and the sums."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from docx import Document
from lxml import html as markup
from survey_office import ROW
from test_survey_ledger import FIRST, Folder

from toolkit import board, survey_figures
from toolkit.survey import Field, FieldType, Survey
from toolkit.survey_figures import Reported
from toolkit.workbooks import summary_book

WINDOWS = Survey(
    (
        Field("窗口名称", required=True),
        Field("类别", FieldType.CHOICE, required=True, choices=("综合", "专业")),
        Field("人数", FieldType.NUMBER),
        Field("联系手机", FieldType.MOBILE),
    ),
    many=True,
)
PHONE = "13900001234"


def window(name: str, kind: str = "综合", people: str = "") -> ROW:
    return {"窗口名称": name, "类别": kind, "人数": people, "联系手机": PHONE}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folder:
    """In time, in time with faults, late, nothing."""
    (tmp_path / "台账").mkdir()
    monkeypatch.chdir(tmp_path / "台账")
    folder = Folder(tmp_path / "台账", WINDOWS, 4)
    folder.issue(FIRST, "2026-10-10")
    answers: Sequence[tuple[str, list[ROW], datetime]] = (
        # Saved at 23:30 of the 9th as files tell it, which is the morning of the due date.
        (
            folder.units[0],
            [window("一号", people="1,200人"), window("二号", "专业", "30")],
            datetime(2026, 10, 9, 23, 30),
        ),
        (folder.units[1], [window("三号", "其他", "若干")], datetime(2026, 10, 8, 9)),
        (folder.units[2], [window("四号", people="0.5")], datetime(2026, 10, 12, 9)),
    )
    for unit, rows, saved in answers:
        folder.send(FIRST, unit, rows, saved)
    folder.run("merge", "--as-of", "2026-10-13", "--html", tmp_path / "看板.html")
    return folder


def test_a_unit_that_mends_its_form_after_the_due_date_was_in_time_all_the_same(folder: Folder) -> None:
    one, two, three, four = folder.units
    folder.send(FIRST, two, [window("三号", "专业", "3")], datetime(2026, 10, 13, 9), "更正.xlsx")
    folder.merge("2026-10-14")
    figures = survey_figures.compute(summary_book.read(folder.summary(FIRST)))
    assert {unit.unit: unit.reported for unit in figures.units} == {
        one: Reported.ON_TIME,
        two: Reported.ON_TIME,
        three: Reported.LATE,
        four: Reported.MISSING,
    }
    assert figures.units[2].late == 2 and figures.came == 3 and figures.rate == 0.75


def test_the_circular_names_who_is_late_who_is_missing_and_who_has_to_mend(folder: Folder) -> None:
    written = folder.run("notify")["files"]
    (circular,) = [file for file in written if file["kind"] == "通报"]
    document = Document(str(folder.folder / "反馈" / FIRST / circular["path"]))
    said = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "应报单位 4 家，已报 3 家，报送率 75.0%" in said
    assert "按期报送 2 家、逾期报送 1 家、未报 1 家" in said
    rows = {row.cells[1].text: [cell.text for cell in row.cells[2:]] for row in document.tables[-1].rows}
    assert rows[folder.units[1]] == ["按期报送", "2026年10月8日", "2 处"]
    assert rows[folder.units[2]] == ["逾期 2 天", "2026年10月12日", ""]
    assert rows[folder.units[3]] == ["未报", "—", ""]


def test_the_form_goes_back_with_the_wrong_cells_marked(folder: Folder) -> None:
    written = folder.run("notify")["files"]
    (marked,) = [file for file in written if file["kind"] == "标注件"]
    assert marked["unit"] == folder.units[1]
    sheet = openpyxl.load_workbook(folder.folder / "反馈" / FIRST / marked["path"]).worksheets[0]
    notes = [cell.comment.text for row in sheet.iter_rows() for cell in row if cell.comment]
    assert (
        len(notes) == 2 and any("不在选项里" in note for note in notes) and any("读不出数字" in note for note in notes)
    )


def test_the_board_counts_choices_and_adds_up_numbers_and_shows_no_telephone(folder: Folder, tmp_path: Path) -> None:
    text = (tmp_path / "看板.html").read_text("utf-8")
    page = markup.fromstring(text)
    charts = {chart.get("aria-label"): chart.xpath("text/text()") for chart in page.xpath("//svg")}
    assert charts["类别（项）"] == ["综合", "2", "专业", "1"]
    assert charts["人数：合计 1230.5"][:4] == [folder.units[0], "1230", folder.units[2], "0.5"]
    sums = {row[1]: row for row in ([c.text for c in tr.xpath("td")] for tr in page.xpath("//table[@id='tasks']//tr"))
            if len(row) > 1}  # fmt: skip
    assert sums["人数"][3:] == ["4", "0", "1", "1230.5", "410.17", "0.5", "1200"]
    matrix = {tr.get("data-unit"): tr.xpath("td/text()") for tr in page.xpath("//table[@id='matrix']/tbody/tr")}
    assert matrix[folder.units[1]] == ["√", "×", "×", "√"] and matrix[folder.units[3]] == []
    assert PHONE not in text


def test_the_summary_adds_up_each_field(folder: Folder) -> None:
    sheet = openpyxl.load_workbook(folder.summary(FIRST))["各栏统计"]
    lines = {row[1]: row for row in sheet.iter_rows(values_only=True)}
    assert lines["类别"][3:7] == (4, 0, 1, "综合 2、专业 1")
    assert lines["人数"][3:6] == (4, 0, 1) and lines["人数"][7:] == (1230.5, 410.17, 0.5, 1200)


def test_a_board_of_a_survey_nobody_answered_is_still_a_board(folder: Folder) -> None:
    collection = summary_book.read(folder.summary(FIRST))
    empty = board.render(type(collection)(collection.plan, collection.roster, collection.round, collection.as_of))
    assert "报送率" in empty


def test_what_the_office_sends_back_names_the_file_and_the_cell(folder: Folder) -> None:
    one = folder.units[0]
    folder.edit(FIRST, {(one, 1): {"审核": "退回", "审核意见": "少报一个窗口"}})
    written = folder.run("notify", "--kind", "退回单")["files"]
    (path,) = [file["path"] for file in written if file["unit"] == one]
    document = Document(str(folder.folder / "反馈" / FIRST / path))
    assert folder.form(FIRST, one).name in [paragraph.text for paragraph in document.paragraphs]
    cells = [cell.text for cell in document.tables[0].rows[1].cells]
    assert cells[1].endswith("C5") and "少报一个窗口" in cells[2]


def test_what_units_filled_in_can_be_asked_for_in_sql(folder: Folder) -> None:
    asked = "SELECT 单位, sum(CAST(读作 AS DOUBLE)) FROM 各栏 WHERE 字段 = '人数' GROUP BY 单位 ORDER BY 单位"
    told = folder.run("query", asked, folder.summary(FIRST))
    sums = dict(told["rows"])
    assert sums == {folder.units[0]: 1230.0, folder.units[1]: None, folder.units[2]: 0.5}
