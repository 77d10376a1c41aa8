"""The bundled notice and the clerks who pretend to fill its forms."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.resources import template
from toolkit.sample import build, habits, packages
from toolkit.sample import round as sample_round
from toolkit.sample.form import TO_FILL, IssuedForm


def test_the_committed_files_are_what_the_text_makes() -> None:
    for name, made in ((build.NOTICE, build.build_notice()), (build.ROSTER, build.build_roster())):
        committed = packages.parts(template(name).read_bytes())
        again = packages.parts(made)
        assert [
            part
            for part in again
            if part.startswith(("word/document", "xl/worksheets")) and committed[part] != again[part]
        ] == []


def test_the_notice_is_large_enough_to_show_the_work() -> None:
    import docx

    table = docx.Document(str(template(build.NOTICE))).tables[0]
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert rows[0] == ["序号", "工作任务", "具体要求", "牵头单位", "责任单位", "配合单位", "完成时限"]
    assert sum(row[0].isdigit() for row in rows) >= 30
    assert any("市直各单位" in row[4] for row in rows)
    assert any("各县区政府" in row[4] for row in rows)


def test_every_group_of_the_register_has_members_that_it_knows() -> None:
    book = openpyxl.load_workbook(template(build.ROSTER))
    units = {row[1] for row in book["单位名录"].iter_rows(min_row=2, values_only=True)}
    assert len(units) >= 25
    groups = list(book["单位组"].iter_rows(min_row=2, values_only=True))
    assert groups
    for _, members, basis in groups:
        assert set(str(members).split("、")) <= units
        assert basis


@given(st.dictionaries(st.text("甲乙丙丁/文件名.xls ", min_size=6, max_size=20), st.binary(max_size=50), max_size=4))
@settings(max_examples=30, deadline=None)
def test_gbk_names_come_out_of_the_archive(content: dict[str, bytes]) -> None:
    data = packages.gbk_zip(content, datetime(2026, 10, 1))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = {info.filename.encode("cp437").decode("gbk"): archive.read(info) for info in archive.infolist()}
    assert names == content


@pytest.fixture
def blank() -> bytes:
    """A form as the contract has it, made by hand."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["填报单位", None, "市教育局"])
    locked = ("编码", "序号", "工作任务", "具体要求", "职责", "完成时限", "工作提示", "上期情况")
    sheet.append([*locked, *TO_FILL])
    for number, code in enumerate(("T33333H", "T44444J", "T77777K"), start=1):
        sheet.append([code, number, f"任务{number}", f"要求{number}", "责任"])
        sheet.cell(number + 2, 12).number_format = "yyyy-mm-dd"
    sheet.append(["填报人：", None, None, "填报日期"])
    sheet.merge_cells("A6:B6")
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_typing_lands_in_the_cells_a_person_would_type_in(blank: bytes) -> None:
    form = IssuedForm(blank)
    assert [asked.code for asked in form.tasks] == ["T33333H", "T44444J", "T77777K"]
    form.type(form.cell("进展说明", form.tasks[1].row), "=走访<3>户 & 登记\n两行")
    form.type(form.cell("完成日期", form.tasks[1].row), date(2026, 9, 5))
    form.type(form.cell("备注", form.tasks[1].row), date(2026, 9, 5))
    form.sign({"填报人": "甲", "填报日期": "2026-10-08"})
    saved = form.saved(datetime(2026, 10, 8, 9, 30))
    book = openpyxl.load_workbook(io.BytesIO(saved))
    sheet = book.active
    assert sheet is not None
    assert sheet["J4"].value == "=走访<3>户 & 登记\n两行"
    assert sheet["L4"].value == datetime(2026, 9, 5)
    assert sheet["M4"].value == "2026-09-05"
    assert (sheet["C6"].value, sheet["E6"].value) == ("甲", "2026-10-08")
    assert book.properties.modified == datetime(2026, 10, 8, 9, 30)


def test_a_round_is_filled_the_same_way_twice(blank: bytes) -> None:
    units = [
        "市教育局",
        "市公安局",
        "市财政局",
        "市水利局",
        "市数据局",
        "青禾区政府",
        "市民政局",
        "市商务局",
        "市司法局",
    ]
    forms = [(unit, f"{number:03}_{unit}.xlsx", blank) for number, unit in enumerate(units, start=1)]
    first, second = list(sample_round.fill_round(forms)), list(sample_round.fill_round(forms))
    assert first == second
    assert [sent.unit for sent in first if not sent.files] == ["市商务局"]


def test_what_a_habit_sends_still_holds_the_answers(blank: bytes) -> None:
    sent = {s.unit: s for s in sample_round.fill_round([("市教育局", "a.xlsx", blank), ("市水利局", "b.xlsx", blank)])}
    moved = openpyxl.load_workbook(io.BytesIO(sent["市教育局"].files["a.xlsx"])).active
    assert moved is not None
    texts = {cell.value for row in moved.iter_rows() for cell in row}
    table = sent["市水利局"].files["b.csv"].decode("gb18030")
    assert {answer.progress for answer in sent["市教育局"].answers.values()} <= texts
    assert all(answer.progress in table for answer in sent["市水利局"].answers.values())


def test_pictures_are_pictures() -> None:
    from random import Random

    data = habits.picture(Random(1))
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    assert data.endswith(b"IEND\xaeB`\x82")
