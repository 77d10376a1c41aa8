"""Roll-up: what villages wrote arrives at the province, exactly, through two levels of offices."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from urllib.parse import unquote

import openpyxl
import pytest
from clerk.truth import is_told, tidy
from clerk.world import AS_OF, ROUND
from levels import SAVED, Office, Province, journey
from openpyxl.worksheet.worksheet import Worksheet

from toolkit import vocabulary as words
from toolkit.desk import Desk as DeskOfClerk
from toolkit.findings import CannotDo
from toolkit.housekeeping.init import init
from toolkit.housekeeping.log import log
from toolkit.housekeeping.review import review
from toolkit.housekeeping.rollup import RollupResult, rollup
from toolkit.housekeeping.trace import trace
from toolkit.identity import BELOW_SHEET
from toolkit.merge import merge
from toolkit.sample.answers import Answer
from toolkit.sample.desk import Desk
from toolkit.sample.form import IssuedForm
from toolkit.sample.packages import restamped
from toolkit.workbooks.below_sheet import Line


def check_office(province: Province, office: Office) -> None:
    """Every entry of an office's round is what its unit sent: word, texts, dates."""
    assert office.merged is not None
    result = office.merged.to_json()
    titles = {task.code: task.title for task in office.merged.collection.plan.tasks}
    for entry in result["entries"]:
        unit, title = office.child(entry["unit"]), titles[entry["task"]]
        said = unit.sent.get(title, Answer())
        wrong = [
            name for name in ("status", "progress", "evidence", "done_on", "remark") if not is_told(entry, said, name)
        ]
        assert not wrong, (office.name, unit.name, unit.harm, title, wrong)
    for unit in office.below:
        for title, progress in unit.rolled_up.items():
            assert progress.startswith(province.headline(unit, title)), (unit.name, title)
    assert len(result["entries"]) == len(office.below) * len(titles)


def check_lines(province: Province) -> list[Line]:
    """The province's summary opened down: every unit in its place in the tree, with its own words."""
    top = province.top
    assert top.merged is not None
    result = trace(top.summary)
    titles = {task.code: task.title or "" for task in top.merged.collection.plan.tasks}
    expected = [(code, path, unit) for code, title in titles.items() for path, unit in province.paths(top, title)]
    assert [(line.upper, line.path) for line in result.lines] == [(code, path) for code, path, _ in expected]
    for line, (code, path, unit) in zip(result.lines, expected, strict=True):
        said = unit.sent.get(titles[code])
        where = (path, titles[code])
        if said is None:
            assert (line.status, line.progress) == (words.UNREPORTED, ""), where
            assert len(line.trail) < len(path), where
            continue
        day = said.day.isoformat() if said.day else str(said.done_on)
        told = (line.status, line.status_text, line.progress, line.evidence, line.done_on, line.remark)
        typed = (said.word, tidy(said.status), tidy(said.progress), tidy(said.evidence), tidy(day), tidy(said.remark))
        assert told == typed, where
        assert len(line.trail) == len(path), where
        over = top
        for name in path[:-1]:
            over = over.child(name)
        assert line.verdict == ("退回" if (unit.name, titles[code]) in over.returned else ""), where
    lost = {unit.name for code, path, unit in expected if unit.cut_off and titles[code] in unit.sent and len(path) == 1}
    assert {finding.unit for finding in result.findings} == lost
    return list(result.lines)


def check_tree(folder: Path, sizes: Sequence[int], seed: str, **options: object) -> Province:
    """A whole round of a province; the truth is the simulator's alone."""
    province = Province.make(folder, sizes, seed, **options)
    province.distribute()
    province.gather()
    for office in province.top.everybody():
        if office.below:
            check_office(province, office)
    check_lines(province)
    return province


def test_a_small_tree(tmp_path: Path) -> None:
    check_tree(tmp_path, (2, 2, 2), "小树")


def test_a_small_tree_whose_files_suffer_on_their_way(tmp_path: Path) -> None:
    check_tree(tmp_path, (2, 2, 2), "小树遇险", damages=journey())


@pytest.mark.long
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("seed", ["三五八-1", "三五八-2"])
def test_three_levels_of_3_5_and_8_units(tmp_path: Path, say: list[str], seed: str) -> None:
    province = check_tree(tmp_path, (3, 5, 8), seed, damages=journey())
    offices = [office for office in province.top.everybody() if office.folder != province.top.folder]
    levels = [office for office in offices if office.below]
    say.append(
        f"roll-up 3 × 5 × 8, seed {seed!r}: {len(offices) - len(levels)} villages, {len(levels)} offices between, "
        f"{sum(office.by_hand for office in levels)} of them by hand, {sum(office.cut_off for office in levels)} cut "
        f"off on the way, {sum(len(office.returned) for office in province.top.everybody())} answers sent back"
    )


# --- from the province's row to the village's cell ------------------------------------------------


def opened(link: str, beside: Path) -> Path:
    """The file that a relative link in a workbook of the folder ``beside`` opens."""
    return (beside / unquote(link)).resolve()


def cell_at(path: Path, location: str) -> openpyxl.cell.cell.Cell:
    """The cell that ``'表'!I7`` names."""
    sheet, _, name = location.rpartition("!")
    return openpyxl.load_workbook(path)[sheet.strip("'")][name]


def in_column(cell: openpyxl.cell.cell.Cell, header: str) -> openpyxl.cell.cell.Cell:
    """The cell of the same row under a header."""
    sheet = cell.parent
    row = next(row for row in sheet.iter_rows() if header in [other.value for other in row])
    return sheet.cell(cell.row, next(other.column for other in row if other.value == header))


def down(path: Path, cell: openpyxl.cell.cell.Cell, header: str) -> tuple[Path, openpyxl.cell.cell.Cell]:
    """Click on a row's cell under a header: the workbook and the cell that open."""
    link = in_column(cell, header).hyperlink
    assert link is not None, (path.name, cell.coordinate, header)
    target = opened(link.target, path.parent) if link.target else path
    return target, cell_at(target, link.location)


def test_a_chain_of_links_leads_from_the_province_to_the_villages_cell(tmp_path: Path) -> None:
    province = Province.make(tmp_path, (2, 2, 2), "小树", titles=("修复农村道路",))
    province.distribute()
    province.gather()
    county = next(c for city in province.top.below for c in city.below if c.sent and not (c.by_hand or city.by_hand))
    village = next(village for village in county.below if village.sent)
    city = next(city for city in province.top.below if county in city.below)
    path = province.top.summary
    sheet = openpyxl.load_workbook(path)["明细"]
    for office, unit in ((province.top, city), (city, county), (county, village)):
        row = next(row for row in sheet.iter_rows() if unit.name in [cell.value for cell in row])
        path, cell = down(path, row[0], "来源")  # the summary's row → the status in the form the unit sent
        assert path.is_relative_to(office.returns)
        assert cell.value == unit.sent["修复农村道路"].status
        if unit.below:
            path, cell = down(path, cell, "佐证材料")  # → the units' own answers behind the form
            assert cell.parent.title == BELOW_SHEET
            below = village if unit is county else county
            while in_column(cell, "单位").value != below.name:
                cell = cell.parent.cell(cell.row + 1, cell.column)
            own = unit.folder / "上报.xlsx"  # the same file, where the level below keeps it
            assert own.read_bytes() == path.read_bytes()
            path, cell = down(own, cell, "来源")  # → the row of the level's own summary
            assert path == unit.summary.resolve()
            sheet = cell.parent
    assert in_column(cell, "进展说明").value == village.sent["修复农村道路"].progress


def test_each_level_is_named_down_to_the_cell_without_the_folders_below(tmp_path: Path) -> None:
    """The province has the cities' files alone: file, sheet and cell of every level are told, and hold the answer."""
    province = Province.make(tmp_path, (1, 1, 2), "一线", titles=("修复农村道路",))
    province.distribute()
    for office in province.top.everybody():
        office.by_hand = False
    province.rng.seed("不漏报")
    province.gather()
    (city,) = province.top.below
    (county,) = city.below
    hidden = city.folder.rename(tmp_path / "别处")
    lines = trace(province.top.summary).lines
    line = next(line for line in lines if len(line.path) == 3 and line.trail)
    top, middle, last = [place.split(" › ") for place in line.trail]
    said = county.child(line.unit).sent["修复农村道路"]
    folders = (province.top.returns, hidden / "回收", hidden / county.name / "回收")
    for folder, (file, sheet, name) in zip(folders, (top, middle, last), strict=True):
        cell = openpyxl.load_workbook(folder / file)[sheet][name]
        assert cell.value == (said.word if sheet == BELOW_SHEET else said.status)
    book = openpyxl.load_workbook(trace(province.top.summary, tmp_path / "逐级明细.xlsx").files[0])
    sheet = book["逐级明细"]
    row = next(row for row in sheet.iter_rows() if line.unit in [cell.value for cell in row])
    assert in_column(row[0], "单位路径").value == " › ".join(line.path)
    link = in_column(row[0], "来源").hyperlink
    assert opened(link.target, tmp_path) == (province.top.returns / top[0]).resolve()


# --- what does not count, and what is wrong ----------------------------------------------------------


@pytest.fixture
def county(tmp_path: Path) -> Office:
    """A county with three towns that all did the one task, and its round merged."""
    province = Province.make(tmp_path, (1, 3), "县", titles=("修复农村道路",))
    province.distribute()
    (county,) = province.top.below
    county.returns.mkdir()
    for day, (form, town) in enumerate(zip(forms(county), county.below, strict=True), start=1):
        blank = form.read_bytes()
        code = IssuedForm(blank).tasks[0].code
        town.sent["修复农村道路"] = Answer(words.DONE, f"{town.name}修复道路{day}条。", "台账", date(2026, 9, day))
        filled = Desk(town.name, form.name, blank, {code: town.sent["修复农村道路"]}, SAVED).filled()
        (county.returns / form.name).write_bytes(filled)
    merge([county.returns], county.plan, county.summary, round=ROUND, as_of=AS_OF)
    return county


def forms(office: Office) -> list[Path]:
    return sorted((office.folder / "下发").glob("*.xlsx"))


def upper_form(county: Office) -> Path:
    (form,) = (county.folder.parent / "下发").glob("*.xlsx")
    return form


def answered(form: Path) -> dict[str, str]:
    pen = IssuedForm(form.read_bytes())
    return {label: pen.text(pen.cell(label, pen.tasks[0].row)) for label in ("完成情况", "进展说明", "完成日期")}


def edited(summary: Path, row_of: str, change: Callable[[Worksheet, int], None]) -> None:
    """Change the row of 明细 of a unit in an office program."""
    book = openpyxl.load_workbook(summary)
    sheet = book["明细"]
    change(sheet, next(row[0].row for row in sheet.iter_rows() if row_of in [cell.value for cell in row]))
    book.save(summary)


def decide(word: str) -> Callable[[Worksheet, int], None]:
    """Choose a word in 审核."""

    def change(sheet: Worksheet, row: int) -> None:
        in_column(sheet.cell(row, 1), "审核").value = word

    return change


def codes(result: RollupResult) -> set[str]:
    return {finding.code for finding in result.findings}


def test_a_unit_that_did_not_report_keeps_the_task_from_being_done(county: Office, tmp_path: Path) -> None:
    (county.returns / forms(county)[2].name).unlink()
    merge([county.returns], county.plan, county.summary, round=ROUND, as_of=AS_OF)
    result = rollup(county.summary, upper_form(county), tmp_path / "上报.xlsx")
    (told,) = result.findings
    assert told.code == "output.partly-rolled-up"
    assert f"{county.below[2].name}（未报）" in told.message
    assert answered(result.form)["完成情况"] == words.ONGOING
    again = rollup(county.summary, upper_form(county), tmp_path / "再" / "上报.xlsx")
    assert answered(again.form) == answered(result.form)


def test_what_was_sent_back_does_not_count_and_is_shown(county: Office, tmp_path: Path) -> None:
    edited(county.summary, county.below[0].name, decide("退回"))
    result = rollup(county.summary, upper_form(county), tmp_path / "上报.xlsx")
    (told, unreviewed) = sorted(result.findings, key=lambda finding: finding.code)
    assert f"{county.below[0].name}（退回未重报）" in told.message
    assert unreviewed.code == "output.rolled-up-unreviewed"
    said = answered(result.form)
    assert said["完成情况"] == words.ONGOING
    assert "2个单位共报2项" in said["进展说明"] and "1个单位退回未重报" in said["进展说明"]
    sheet = openpyxl.load_workbook(result.form)[BELOW_SHEET]
    rows = {in_column(row[0], "单位").value: in_column(row[0], "审核").value for row in sheet.iter_rows(min_row=3)}
    assert rows == {town.name: "退回" if town is county.below[0] else None for town in county.below}


def test_only_what_was_accepted_counts_when_asked_for(county: Office, tmp_path: Path) -> None:
    for town in county.below[:2]:
        edited(county.summary, town.name, decide("已核"))
    form = upper_form(county)
    assert answered(rollup(county.summary, form, tmp_path / "全部.xlsx").form)["完成情况"] == words.DONE
    result = rollup(county.summary, form, tmp_path / "已核.xlsx", accepted_only=True)
    assert f"{county.below[2].name}（未审核）" in result.findings[0].message
    assert answered(result.form)["完成情况"] == words.ONGOING
    edited(county.summary, county.below[2].name, decide("销号"))
    result = rollup(county.summary, form, tmp_path / "已核.xlsx", accepted_only=True)
    assert not result.findings
    assert answered(result.form)["完成情况"] == words.DONE


def test_a_unit_whose_row_was_deleted_counts_as_not_reported(county: Office, tmp_path: Path) -> None:
    edited(county.summary, county.below[1].name, lambda sheet, row: sheet.delete_rows(row))
    result = rollup(county.summary, upper_form(county), tmp_path / "上报.xlsx")
    assert codes(result) == {"output.units-absent", "output.partly-rolled-up"}
    assert all(county.below[1].name in finding.message for finding in result.findings)
    assert answered(result.form)["完成情况"] == words.ONGOING


def test_in_a_working_folder_the_reviewed_round_goes_up_and_the_log_tells(tmp_path: Path, county: Office) -> None:
    moment = datetime(2026, 10, 12, 9, tzinfo=UTC)
    desk = DeskOfClerk(county.folder, moment, "小林")
    init(desk=desk)
    merged = merge([county.returns], county.plan, round=ROUND, as_of=AS_OF, desk=desk)
    edited(merged.summary, county.below[0].name, decide("退回"))
    review(merged.summary, desk=desk)
    form = forms(county)[0]
    late = Desk(county.below[0].name, form.name, form.read_bytes(), {}, SAVED)
    code = late.form.tasks[0].code
    mended = Answer(words.DONE, "道路3条，2.4公里。", "验收单", date(2026, 9, 20))
    data = late.answering({code: mended}).filled()
    (county.returns / f"{form.stem}（重报）.xlsx").write_bytes(restamped(data, datetime(2026, 10, 9)))
    again = merge([county.returns], county.plan, round=ROUND, as_of=AS_OF, desk=desk)
    up = rollup(again.summary, upper_form(county), tmp_path / "上报.xlsx", desk=desk)
    said = answered(up.form)
    assert said["完成情况"] == words.DONE and "道路3条，2.4公里" in said["进展说明"]
    assert any("填好上级填报表" in line for line in log(desk=desk).sentences())


def test_the_sheet_behind_is_never_taken_for_answers(county: Office, tmp_path: Path) -> None:
    """However a clerk above renames it or unhides everything."""
    province = county.folder.parent
    result = rollup(county.summary, upper_form(county), tmp_path / "上报.xlsx")
    book = openpyxl.load_workbook(result.form)
    book[BELOW_SHEET].title = "各镇明细"
    (province / "回收").mkdir()
    book.save(province / "回收" / "上报.xlsx")
    merged = merge(
        [province / "回收"], province / "任务分工表.xlsx", province / "汇总表.xlsx", round=ROUND, as_of=AS_OF
    )
    assert not merged.collection.extras
    assert not [finding for finding in merged.findings if finding.code.startswith("intake.") and finding.cell]
    assert [line.path for line in trace(merged.summary).lines] == [
        (county.name,),
        *((county.name, town.name) for town in county.below),
    ]


def test_a_form_that_has_nothing_to_do_with_the_summary(county: Office, tmp_path: Path) -> None:
    other = Province.make(tmp_path / "别处", (1,), "别处", titles=("更换路灯",))
    other.top.folder.mkdir()
    other.distribute()
    text = tmp_path / "不是表.xlsx"
    text.write_text("上报", "utf-8")
    for wrong in (forms(other.top)[0], text):
        with pytest.raises(CannotDo):
            rollup(county.summary, wrong, tmp_path / "上报.xlsx")
    own = upper_form(county)
    before = own.read_bytes()
    with pytest.raises(CannotDo):
        rollup(county.summary, own, own)
    assert own.read_bytes() == before
    assert not (tmp_path / "上报.xlsx").exists()


def test_tracing_what_is_not_there_says_so(county: Office) -> None:
    with pytest.raises(CannotDo):
        trace(county.summary, unit="没有这个镇")
    (line,) = trace(county.summary, unit=county.below[0].name).lines
    assert line.progress == county.below[0].sent["修复农村道路"].progress
