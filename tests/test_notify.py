"""The verb 反馈: from the summary a clerk has in hand to documents that say what it says."""

from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path

import docx
import openpyxl
import pytest
from factory import make_collection

from toolkit import resources
from toolkit.findings import CannotDo
from toolkit.housekeeping.demo import demo
from toolkit.model import Cancelled, UnitState
from toolkit.notify import MARKED, notify
from toolkit.settings import Score, Settings
from toolkit.workbooks import summary_book


@pytest.fixture
def summary(tmp_path: Path) -> Path:
    path = tmp_path / "汇总表.xlsx"
    summary_book.write(make_collection(8, 6), path)
    return path


def texts(path: Path) -> str:
    return "\n".join(paragraph.text for paragraph in docx.Document(str(path)).paragraphs)


def test_the_json_names_every_document_with_kind_and_unit(summary: Path, tmp_path: Path) -> None:
    result = notify(summary, tmp_path / "反馈")
    told = result.to_json()
    found = {path.relative_to(tmp_path / "反馈").as_posix() for path in (tmp_path / "反馈").rglob("*.*")}
    assert {entry["path"] for entry in told["files"]} == found
    kinds = {entry["kind"] for entry in told["files"]}
    assert kinds == {"提示单", "催报单", "退回单", "通报", "打包", "邮件合并"}
    assert all(set(entry) == {"path", "kind", "unit"} for entry in told["files"])
    assert all(path.exists() for path in result.files)


def test_only_the_kinds_asked_for_are_written(summary: Path, tmp_path: Path) -> None:
    told = notify(summary, tmp_path / "反馈", kinds=["通报"]).to_json()
    assert [(entry["kind"], entry["unit"]) for entry in told["files"]] == [("通报", None)]
    assert len(list((tmp_path / "反馈").rglob("*.*"))) == 1


def test_lateness_is_counted_to_the_day_asked_for(summary: Path, tmp_path: Path) -> None:
    result = notify(summary, tmp_path / "反馈", kinds=["催报单"], as_of=date(2026, 1, 20))
    assert all("2026年1月20日" in texts(bulletin.path) for bulletin in result.bulletins)
    assert any("已逾期 20 天" in texts(bulletin.path) for bulletin in result.bulletins if bulletin.unit)


def test_it_says_what_the_clerk_s_edited_summary_says(summary: Path, tmp_path: Path) -> None:
    absent = [r.unit for r in make_collection(8, 6).units if r.state is UnitState.MISSING]
    book = openpyxl.load_workbook(summary)
    sheet = book["未报名单"]
    row = next(row for row in range(4, 20) if sheet.cell(row, 2).value == absent[0])
    sheet.delete_rows(row)
    book.save(summary)
    result = notify(summary, tmp_path / "反馈", kinds=["催报单"])
    assert [bulletin.unit for bulletin in result.bulletins] == [None, *absent[1:]]


def test_a_second_run_gives_the_same_bytes_and_no_new_names(summary: Path, tmp_path: Path) -> None:
    first = {path: path.read_bytes() for path in notify(summary, tmp_path / "反馈").files}
    second = notify(summary, tmp_path / "反馈")
    assert {path: path.read_bytes() for path in second.files} == first
    assert second.findings == ()


def test_an_edited_document_is_kept_and_the_result_says_so(summary: Path, tmp_path: Path) -> None:
    path = notify(summary, tmp_path / "反馈", kinds=["通报"]).bulletins[0].path
    document = docx.Document(str(path))
    document.add_paragraph("补充。")
    document.save(str(path))
    result = notify(summary, tmp_path / "反馈", kinds=["通报"])
    assert path.name in result.findings[0].message
    assert any(path.name in sentence for sentence in result.sentences())


def test_cancelling_leaves_whole_documents_only(summary: Path, tmp_path: Path) -> None:
    def stop(done: int, total: int, label: str) -> None:
        if done == 3:
            raise Cancelled

    with pytest.raises(Cancelled):
        notify(summary, tmp_path / "反馈", progress=stop)
    assert all(docx.Document(str(path)) for path in (tmp_path / "反馈").rglob("*.docx"))
    assert not list((tmp_path / "反馈").rglob(".fengong-*"))


def test_what_is_no_summary_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    (tmp_path / "x.xlsx").write_bytes(b"nothing")
    with pytest.raises(CannotDo):
        notify(tmp_path / "x.xlsx", tmp_path / "反馈")
    assert not (tmp_path / "反馈").exists()


def test_in_a_working_folder_its_settings_and_templates_hold(tmp_path: Path) -> None:
    summary = tmp_path / "汇总" / "2025年第四季度" / "汇总表.xlsx"
    summary_book.write(make_collection(8, 6), summary)
    document = docx.Document(str(resources.template("通报.docx")))
    document.paragraphs[0].text = "本办专用{{ 标题 }}"
    (tmp_path / "模板").mkdir()
    document.save(str(tmp_path / "模板" / "通报.docx"))
    path = notify(summary, tmp_path / "反馈", kinds=["通报"]).bulletins[0].path
    assert texts(path).startswith("本办专用")


def test_the_documents_tell_the_figures_of_the_summary_whatever_settings_it_was_made_by(tmp_path: Path) -> None:
    chosen = Settings(score=Score(on_time=90, quality=10))
    summary_book.write(make_collection(8, 6), tmp_path / "汇总表.xlsx", settings=chosen)
    sheet = openpyxl.load_workbook(tmp_path / "汇总表.xlsx")["单位统计"]
    column = next(cell.column for cell in sheet[3] if cell.value == "得分")
    shown = {sheet.cell(row, 2).value: sheet.cell(row, column).value for row in range(4, 12)}
    path = notify(tmp_path / "汇总表.xlsx", tmp_path / "反馈", kinds=["通报"]).bulletins[0].path
    (table,) = docx.Document(str(path)).tables
    told = {row.cells[1].text: float(row.cells[5].text) for row in table.rows[1:]}
    assert told == shown


def test_in_a_working_folder_the_marked_workbook_lies_beside_the_return(tmp_path: Path) -> None:
    folder = demo(tmp_path / "演示").folder
    summary = next((folder / "汇总").rglob("汇总表.xlsx"))
    result = notify(summary, tmp_path / "反馈")
    sent_back = {b.unit: b.path.parent for b in result.bulletins if b.kind == "退回单"}
    marked = [b for b in result.bulletins if b.kind == MARKED]
    assert marked
    for bulletin in marked:
        assert bulletin.path.parent == sent_back[bulletin.unit]
        (archive,) = [b.path for b in result.bulletins if (b.kind, b.unit) == ("打包", bulletin.unit)]
        with zipfile.ZipFile(archive) as packed:
            assert bulletin.path.name in packed.namelist()
        notes = [
            cell.comment for row in openpyxl.load_workbook(bulletin.path).worksheets[0].iter_rows() for cell in row
        ]
        assert any(notes)
    originals = {path.name for path in (folder / "回收").rglob("*.xlsx")}
    assert not originals & {bulletin.path.name for bulletin in marked}
