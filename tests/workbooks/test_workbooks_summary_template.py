"""The look of the summary belongs to the clerk: a restyled template is followed, a broken one named."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from bookcheck import faults
from factory import make_collection
from openpyxl.styles import Font, PatternFill

from toolkit import resources
from toolkit.figures import Light
from toolkit.findings import CannotDo
from toolkit.workbooks import summary_book


def restyled(tmp_path: Path, change: Callable[[Any], None]) -> Path:
    """The delivered template as a clerk would save it after a change."""
    book = openpyxl.load_workbook(resources.template("汇总表.xlsx"))
    change(book)
    path = tmp_path / "模板.xlsx"
    book.save(path)
    return path


def written(tmp_path: Path, template: Path) -> Any:
    path = tmp_path / "汇总表.xlsx"
    summary_book.write(make_collection(6, 4), path, template=template)
    assert faults(path.read_bytes()) == []
    return openpyxl.load_workbook(path)


def test_fonts_widths_titles_and_colours_of_the_template_are_followed(tmp_path: Path) -> None:
    def change(book: Any) -> None:
        sheet = book["总表"]
        sheet["A1"].value = "云溪市{填报期}督查通报底稿"
        sheet["A1"].font = Font(name="华文中宋", size=26)
        sheet.column_dimensions["C"].width = 71
        book["样式"]["A4"].fill = PatternFill("solid", "123456")

    book = written(tmp_path, restyled(tmp_path, change))
    sheet = book["总表"]
    assert sheet["A1"].value == "云溪市2025年第四季度督查通报底稿"
    assert (sheet["A1"].font.name, sheet["A1"].font.size) == ("华文中宋", 26)
    assert sheet.column_dimensions["C"].width == 71
    late = [cell for row in book["明细"].iter_rows() for cell in row if cell.value == Light.OVERDUE.value]
    assert late
    assert {cell.fill.fgColor.rgb[-6:] for cell in late} == {"123456"}


def test_columns_may_be_moved(tmp_path: Path) -> None:
    def change(book: Any) -> None:
        sheet = book["未报名单"]
        for row in (3, 4):
            for first, second in (("B", "H"), ("C", "G")):
                one, two = sheet[f"{first}{row}"], sheet[f"{second}{row}"]
                one.value, two.value = two.value, one.value
                one._style, two._style = two._style, one._style

    sheet = written(tmp_path, restyled(tmp_path, change))["未报名单"]
    assert [cell.value for cell in sheet[3]][:3] == ["序号", "电话", "联系人"]
    assert sheet["H4"].value == "云溪市民政局"
    assert summary_book.read(tmp_path / "汇总表.xlsx").units == make_collection(6, 4).units


def test_a_hidden_column_stays_hidden_and_filled(tmp_path: Path) -> None:
    def change(book: Any) -> None:
        book["明细"].column_dimensions["I"].hidden = True

    sheet = written(tmp_path, restyled(tmp_path, change))["明细"]
    assert sheet.column_dimensions["I"].hidden
    assert any(sheet.cell(row, 9).value for row in range(4, 20))


def test_the_samples_do_not_go_into_the_summary_and_charts_follow_their_rows(tmp_path: Path) -> None:
    book = written(tmp_path, resources.template("汇总表.xlsx"))
    assert "样式" not in book.sheetnames
    by_values = {chart.series[0].val.numRef.f: chart for chart in book["图表"]._charts}
    assert set(by_values) == {"'图表'!$B$28:$B$36", "'图表'!$E$28:$E$33"}
    shown = [point.v for point in by_values["'图表'!$B$28:$B$36"].series[0].val.numRef.numCache.pt]
    assert [int(value) for value in shown] == [book["图表"].cell(row, 2).value for row in range(28, 37)]


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (lambda book: book.remove(book["矩阵"]), "《矩阵》表"),
        (lambda book: book["明细"].delete_cols(4), "《明细》"),
        (lambda book: setattr(book["来源"]["B3"], "value", "材料"), "《来源》"),
        (lambda book: setattr(book["单位统计"]["B4"], "value", ""), "《单位统计》"),
        (lambda book: book.remove(book["样式"]), "《样式》表"),
    ],
    ids=["a sheet gone", "a column gone", "a header renamed", "a mark deleted", "the samples gone"],
)
def test_a_broken_template_is_named_with_what_it_lacks(
    tmp_path: Path, change: Callable[[Any], None], named: str
) -> None:
    with pytest.raises(CannotDo) as refused:
        summary_book.write(make_collection(2, 1), tmp_path / "s.xlsx", template=restyled(tmp_path, change))
    (finding,) = refused.value.findings
    assert named in finding.message
    assert "模板.xlsx" in finding.message
    assert finding.advice
    assert not (tmp_path / "s.xlsx").exists()


def test_a_template_that_is_no_workbook_is_named(tmp_path: Path) -> None:
    (tmp_path / "坏.xlsx").write_bytes(b"PK nothing")
    with pytest.raises(CannotDo, match=r"坏\.xlsx"):
        summary_book.write(make_collection(2, 1), tmp_path / "s.xlsx", template=tmp_path / "坏.xlsx")


@pytest.mark.office
def test_a_template_saved_by_another_suite_is_followed(tmp_path: Path, office: Any) -> None:
    (data,) = office.convert([(resources.template("汇总表.xlsx").read_bytes(), ".xlsx")], "xlsx")
    (tmp_path / "另存.xlsx").write_bytes(data)
    book = written(tmp_path, tmp_path / "另存.xlsx")
    assert book["总表"]["A1"].font.name == "方正小标宋简体"
    assert len(book["图表"]._charts) == 2
    late = [cell for row in book["明细"].iter_rows() for cell in row if cell.value == Light.OVERDUE.value]
    assert {cell.fill.fgColor.rgb[-6:] for cell in late} == {"C00000"}
