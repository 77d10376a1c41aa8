"""The feedback documents as the units get them: who gets which, what it says, and whose look it has."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from docx.shared import Mm
from factory import UNKNOWN_STATUS, make_collection

from toolkit import bulletins, resources
from toolkit import vocabulary as words
from toolkit.bulletins import Bulletin
from toolkit.findings import CannotDo
from toolkit.model import Collection, State, Task, UnitState


@pytest.fixture(scope="module")
def collection() -> Collection:
    return make_collection(15, 8)


@pytest.fixture(scope="module")
def written(collection: Collection, tmp_path_factory: pytest.TempPathFactory) -> list[Bulletin]:
    return bulletins.write(collection, tmp_path_factory.mktemp("反馈"))


def said(path: Path) -> str:
    """All the text of a document, paragraphs and cells in turn."""
    document = docx.Document(str(path))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def rows(path: Path) -> list[dict[str, str]]:
    """The rows of all tables by their headers."""
    out = []
    for table in docx.Document(str(path)).tables:
        headers = [cell.text for cell in table.rows[0].cells]
        out += [dict(zip(headers, (cell.text for cell in row.cells), strict=True)) for row in table.rows[1:]]
    return out


def of(written: list[Bulletin], kind: str, unit: str | None = None) -> Path:
    return next(b.path for b in written if (b.kind, b.unit) == (kind, unit))


def test_who_gets_which(written: list[Bulletin], collection: Collection) -> None:
    missing = [r.unit for r in collection.units if r.state is UnitState.MISSING]
    assert [b.unit for b in written if b.kind == "催报单"] == [None, *missing]
    wrong = {f.unit for f in collection.findings if f.severity.value == "error"}
    assert {b.unit for b in written if b.kind == "退回单"} == wrong
    assert [b.unit for b in written if b.kind == "通报"] == [None]
    open_units = {e.unit for e in collection.entries if not words.is_done(e.status) and e.status != words.NOT_CONCERNED}
    assert {b.unit for b in written if b.kind == "提示单"} == {None, *open_units}


def test_folders_by_unit_in_the_fixed_order(written: list[Bulletin], collection: Collection) -> None:
    orders = {unit.name: unit.order for unit in collection.roster.units}
    for bulletin in written:
        folder = bulletin.path.parent.name
        assert folder == (f"{orders[bulletin.unit]:03d}_{bulletin.unit}" if bulletin.unit else "各单位")


def test_only_the_kinds_asked_for(collection: Collection, tmp_path: Path) -> None:
    assert {b.kind for b in bulletins.write(collection, tmp_path, ["催报单"])} == {"催报单"}


def test_a_tip_lists_every_open_task_of_the_unit_once(written: list[Bulletin], collection: Collection) -> None:
    requirements = {task.code: task.requirement for task in collection.plan.tasks}
    for bulletin in written:
        if bulletin.kind != "提示单" or bulletin.unit is None:
            continue
        still_open = [
            requirements[entry.task]
            for entry in collection.entries_of(bulletin.unit)
            if not words.is_done(entry.status) and entry.status != words.NOT_CONCERNED
        ]
        assert sorted(row["具体要求"] for row in rows(bulletin.path)) == sorted(still_open)


def test_a_tip_groups_by_chapter_then_status_then_deadline(tmp_path: Path) -> None:
    base = make_collection(1, 4)
    day = date(2025, 11, 20)

    def task(at: int, **more: Any) -> Task:
        return replace(base.plan.tasks[at], deadlines=(), recurrence=(), headings=("一、重点工作",), **more)

    tasks = (
        replace(task(0), headings=("二、需整改的重点问题",)),
        task(1),
        replace(task(2), deadlines=(replace(base.plan.tasks[3].deadlines[0], date=date(2025, 12, 31)),))
        if base.plan.tasks[3].deadlines
        else task(2),
        task(3),
    )
    status = (words.ONGOING, words.TO_IMPROVE, words.ONGOING, words.ONGOING)
    entries = tuple(
        replace(entry, state=State.REPORTED, status=word, task=task.code)
        for entry, word, task in zip(base.entries, status, tasks, strict=True)
    )
    collection = replace(base, plan=replace(base.plan, tasks=tasks), entries=entries, duties=(), findings=(), as_of=day)
    path = of(bulletins.write(collection, tmp_path, ["提示单"]), "提示单", base.units[0].unit)
    document = docx.Document(str(path))
    headings = [p.text for p in document.paragraphs if p.style.name == "表上标题"]
    assert headings == ["一、年底前专项工作任务", "二、需整改的重点问题", "三、年度重点工作任务"]
    grouped = [[row.cells[2].text for row in table.rows[1:]] for table in document.tables]
    assert grouped == [
        [tasks[2].requirement],
        [tasks[0].requirement, tasks[1].requirement],
        [tasks[3].requirement],
    ]


def test_a_tip_shows_the_office_s_remark_and_the_unit_s_status(written: list[Bulletin], collection: Collection) -> None:
    told = rows(of(written, "提示单"))
    remarked = [task for task in collection.plan.tasks if task.remark]
    shown = {row["具体要求"]: row for row in told}
    assert any(task.remark in shown[task.requirement]["备注"] for task in remarked if task.requirement in shown)
    assert all(row["完成情况"] and row["工作任务"] for row in told)


def test_a_reminder_names_tasks_due_date_and_days_late(written: list[Bulletin], collection: Collection) -> None:
    unit = next(r.unit for r in collection.units if r.state is UnitState.MISSING)
    path = of(written, "催报单", unit)
    text = said(path)
    assert f"{unit}：" in text
    assert "2025年12月31日" in text
    assert "已逾期 5 天" in text
    assert len(rows(path)) == sum(1 for _ in collection.entries_of(unit))


def test_before_the_due_date_a_reminder_says_nothing_of_lateness(collection: Collection, tmp_path: Path) -> None:
    early = replace(collection, as_of=date(2025, 12, 20))
    for bulletin in bulletins.write(early, tmp_path, ["催报单"]):
        assert "逾期 " not in said(bulletin.path)


def test_the_list_of_the_missing_has_whom_to_call(written: list[Bulletin], collection: Collection) -> None:
    contacts = {unit.name: (unit.contact, unit.phone) for unit in collection.roster.units}
    told = rows(of(written, "催报单"))
    assert told
    assert all((row["联系人"], row["电话"]) == contacts[row["单位"]] for row in told)


def test_a_return_says_cell_fault_and_remedy_of_every_error(written: list[Bulletin], collection: Collection) -> None:
    for bulletin in written:
        if bulletin.kind != "退回单":
            continue
        told = rows(bulletin.path)
        findings = [f for f in collection.findings if f.unit == bulletin.unit and f.severity.value == "error"]
        assert [(row["单元格"], row["问题"], row["怎样改"]) for row in told] == [
            (f"{f.sheet}\n{f.cell}", f.message, f.advice) for f in findings
        ]


def test_a_file_nobody_knows_the_owner_of_is_returned_to_all(collection: Collection, tmp_path: Path) -> None:
    stray = UNKNOWN_STATUS.at(path="未署名.xlsx", sheet="填报表", cell="I6", text="差不多")
    made = bulletins.write(replace(collection, findings=(stray,)), tmp_path, ["退回单"])
    assert [bulletin.unit for bulletin in made] == [None]
    assert "未署名.xlsx" in said(made[0].path)


def test_the_circular_ranks_every_unit_and_draws_two_charts(written: list[Bulletin], collection: Collection) -> None:
    path = of(written, "通报")
    ranked = rows(path)
    assert len(ranked) == len(collection.units)
    places = [int(row["名次"]) for row in ranked]
    assert places == sorted(places)
    with zipfile.ZipFile(path) as archive:
        charts = [name for name in archive.namelist() if name.startswith("word/charts/")]
        assert len(charts) == 2
        assert not [name for name in archive.namelist() if "media" in name]
    text = said(path)
    for heading in ("一、总体情况", "二、单位排名", "三、好的做法", "四、存在问题", "五、下一步要求"):
        assert heading in text
    assert "图]]" not in text
    assert "[[" not in text


def test_personal_numbers_are_masked_in_what_goes_to_everyone(collection: Collection, tmp_path: Path) -> None:
    entries = tuple(
        replace(entry, progress="联系13800138000办理。") if entry.state is State.REPORTED else entry
        for entry in collection.entries
    )
    for bulletin in bulletins.write(replace(collection, entries=entries), tmp_path):
        assert "13800138000" not in said(bulletin.path)


def test_marks_in_a_unit_s_text_are_text(collection: Collection, tmp_path: Path) -> None:
    nasty = "{{ 7*7 }}{% for %}<w:p>&amp;\x07\ud800"
    entries = tuple(
        replace(entry, progress=nasty) if entry.state is State.REPORTED else entry for entry in collection.entries
    )
    made = bulletins.write(replace(collection, entries=entries), tmp_path, ["提示单"])
    text = said(next(b.path for b in made if b.unit == collection.units[0].unit))
    assert "{{ 7*7 }}{% for %}<w:p>&amp;\ufffd\ufffd" in text


def test_the_page_is_that_of_official_documents(written: list[Bulletin]) -> None:
    document = docx.Document(str(of(written, "通报")))
    section = document.sections[0]
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    for got, wanted in zip(margins, (37, 35, 28, 26), strict=True):
        assert got == pytest.approx(Mm(wanted), abs=Mm(0.1))
    assert (section.page_width, section.page_height) == pytest.approx((Mm(210), Mm(297)), abs=Mm(0.1))
    fonts = {
        style.name: (style.element.rPr.rFonts.get(docx.oxml.ns.qn("w:eastAsia")), style.font.size.pt)
        for style in document.styles
        if style.name in ("公文标题", "公文正文", "一级标题")
    }
    assert fonts == {
        "公文标题": ("方正小标宋简体", 22),
        "公文正文": ("仿宋_GB2312", 16),
        "一级标题": ("黑体", 16),
    }
    assert "PAGE" in document.sections[0].footer._element.xml


def test_the_same_round_gives_the_same_bytes(collection: Collection, tmp_path: Path) -> None:
    first = bulletins.write(collection, tmp_path / "一")
    second = bulletins.write(collection, tmp_path / "二")
    assert [b.path.read_bytes() for b in first] == [b.path.read_bytes() for b in second]


def test_a_document_somebody_edited_is_kept(collection: Collection, tmp_path: Path) -> None:
    path = of(bulletins.write(collection, tmp_path, ["通报"]), "通报")
    document = docx.Document(str(path))
    document.add_paragraph("办公室补充一句。")
    document.save(str(path))
    edited = path.read_bytes()
    (again,) = bulletins.write(collection, tmp_path, ["通报"])
    assert (again.kept, again.path.name) == (path, f"{path.stem}(2).docx")
    assert path.read_bytes() == edited


def own_template(folder: Path, kind: str, change: Callable[[Any], None]) -> Path:
    document = docx.Document(str(resources.template(f"{kind}.docx")))
    change(document)
    (folder / "模板").mkdir()
    document.save(str(folder / "模板" / f"{kind}.docx"))
    return folder


def test_the_office_s_own_template_is_followed(collection: Collection, tmp_path: Path) -> None:
    def change(document: Any) -> None:
        document.paragraphs[0].text = "督办函：{{ 主送 }}"
        document.styles["公文正文"].font.size = docx.shared.Pt(14)
        document.sections[0].header.paragraphs[0].text = "{{ 填报期 }}"

    office = own_template(tmp_path, "催报单", change)
    unit = next(r.unit for r in collection.units if r.state is UnitState.MISSING)
    made = bulletins.write(collection, tmp_path / "出", ["催报单", "通报"], beside=office)
    document = docx.Document(str(of(made, "催报单", unit)))
    assert document.paragraphs[0].text == f"督办函：{unit}"
    assert document.styles["公文正文"].font.size.pt == 14
    assert document.sections[0].header.paragraphs[0].text == collection.round.name


@pytest.mark.parametrize("text", ["{{ 没有这个词 }}", "{% for x in %}", "{{ 标题 "])
def test_a_template_with_a_wrong_mark_is_named_and_nothing_is_written(
    collection: Collection, tmp_path: Path, text: str
) -> None:
    office = own_template(tmp_path, "催报单", lambda document: document.add_paragraph(text))
    with pytest.raises(CannotDo) as refused:
        bulletins.write(collection, tmp_path / "出", ["催报单"], beside=office)
    assert "催报单.docx" in refused.value.findings[0].message
    assert not list(tmp_path.glob("出/**/*.docx"))


def test_mailing_has_one_archive_a_unit_and_a_line_in_the_sheet(collection: Collection, tmp_path: Path) -> None:
    made = bulletins.write(collection, tmp_path)
    *archives, sheet = bulletins.prepare(collection, made, tmp_path)
    by_unit = {b.unit: {x.path.name for x in made if x.unit == b.unit} for b in made if b.unit}
    assert {archive.unit for archive in archives} == set(by_unit)
    for archive in archives:
        with zipfile.ZipFile(archive.path) as packed:
            assert set(packed.namelist()) == by_unit[archive.unit]
    table = [[cell.value for cell in row] for row in openpyxl.load_workbook(sheet.path).active.iter_rows()]
    assert table[0] == ["单位", "联系人", "电话", "附件", "正文"]
    contacts = {unit.name: unit.contact for unit in collection.roster.units}
    for unit, contact, _, attachment, letter in table[1:]:
        assert contact == contacts[unit]
        assert (tmp_path / attachment).is_file()
        assert letter.startswith(f"{unit}：")


@pytest.mark.office
def test_libreoffice_prints_every_kind(written: list[Bulletin], office: Any) -> None:
    chosen = [next(b for b in written if b.kind == kind) for kind in bulletins.KINDS]
    pages = office.convert([(bulletin.path.read_bytes(), ".docx") for bulletin in chosen], "pdf")
    assert all(data.startswith(b"%PDF") for data in pages)
