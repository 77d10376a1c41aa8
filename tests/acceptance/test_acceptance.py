"""One test a case of ACCEPTANCE.md, through the verbs; the many ways of each case are in tests/clerk/."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from clerk.compare import Books, judge, unbalanced
from clerk.damages import DAMAGES
from clerk.damages.formats import PASSWORD, encrypted
from clerk.office import SOFFICE
from clerk.parcel import Parcel
from clerk.world import AS_OF, ROUND, Plight, World, suffer

from toolkit import vocabulary as words
from toolkit.desk import Desk
from toolkit.draft import draft
from toolkit.housekeeping.init import init
from toolkit.housekeeping.review import review
from toolkit.issue import issue
from toolkit.merge import MergeResult, merge
from toolkit.resources import template
from toolkit.sample.answers import Answer
from toolkit.sample.build import NOTICE, ROSTER

pytestmark = pytest.mark.xdist_group("acceptance")
"""One worker makes what these tests look at."""

RETURNED: dict[str, tuple[str, ...]] = {
    "A1": ("A1-columns-shuffled", "A1-own-column-inserted", "A1-column-deleted"),
    "A2": ("A2-sheet-renamed", "A2-cover-before", "A2-sheets-reversed"),
    "A4": ("A4-wrong-file-instead", "A4-another-form-beside"),
    "A5": ("A5-identical-copy", "A5-corrected-later", "A5-halves", "A5-contradiction-without-times"),
    "A6": ("A6-row-copied", "A6-row-copied-and-changed"),
    "A7": ("A7-own-words", "A7-unknown-word"),
    "A8": ("A8-requirement-changed", "A8-title-changed"),
    "A9": ("A9-resaved-by-another-suite", "A9-every-stamp-lost"),
    "A10": ("A10-rows-hidden", "A10-filtered"),
    "A11": ("A11-hidden-names", "A11-external-link", "A11-comments"),
    "A12": ("A12-bordered-empty-rows", "A12-a-million-rows", "A12-cleared-row"),
    "A13": ("A13-status-over-three", "A13-header-of-two-rows"),
    "A14": ("A14-same-as-above", "A14-ditto-mark", "A14-same-as-number"),
    "A15": ("A15-amounts", "A15-long-numbers", "A15-percent-as-status"),
    "A16": ("A16-dates-as-text", "A16-no-date", "A16-base-1904"),
    "A17": ("A17-xls", "A17-et", "A17-ods", "A17-csv-gb18030", "A17-unicode-text", "A17-docx-table", "A17-wps"),
    "A18": ("A18-encrypted",),
    "A19": ("A19-strict-ooxml", "A19-rich-text", "A19-phonetic-runs"),
    "A20": ("A20-dispimg", "A20-floating-picture"),
    "A21": ("A21-formula-like-text", "A21-formula-without-value"),
    "A22": ("A22-zip-gbk", "A22-zip-in-zip", "A22-lock-and-thumbnails", "A22-plain-name"),
    "A23": ("A23-short-name", "A23-alias-without-stamp", "A23-unknown-name"),
    "A24": ("A24-nothing",),
    "A26": ("A26-longest-text", "A26-row-below-the-table"),
    "A34": ("A34-picture-beside", "A34-pdf-beside"),
    "A35": ("A35-postponed", "A35-not-ours"),
}
"""Case → what came back, one unit each."""


@dataclass
class Round:
    """One merged round in which every unit had its own mishap."""

    world: World
    returns: Path
    books: Books
    parcels: dict[str, Parcel]
    everyone: list[Parcel]


@pytest.fixture(scope="session")
def merged(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Round:
    office = request.getfixturevalue("office") if SOFFICE else None
    names = [name for case in RETURNED.values() for name in case if office or not DAMAGES[name].convert]
    world = World.make(tmp_path_factory.mktemp("acceptance") / "县", units=len(names) + 1, task_count=20)
    everyone = world.parcels("acceptance-1")
    plights = [Plight(parcel, [DAMAGES[name]]) for parcel, name in zip(everyone, names, strict=False)]
    suffer(plights, office)
    assert not [plight.damages[0].name for plight in plights if plight.unfit]
    returns = world.send(everyone, "回收")
    books = Books(world.merge(returns))
    return Round(world, returns, books, dict(zip(names, everyone, strict=False)), everyone)


@pytest.mark.parametrize("case", RETURNED)
def test_case(case: str, merged: Round) -> None:
    verdicts = [
        judge(merged.books, merged.parcels[name], strict=True) for name in RETURNED[case] if name in merged.parcels
    ]
    assert [fault for verdict in verdicts for fault in verdict.faults] == []


def test_the_books_balance(merged: Round) -> None:
    assert unbalanced(merged.books.result, merged.everyone) == []


# --- A3: another revision, another round, another plan -----------------------------------------


def _world(folder: Path, units: int = 3, tasks: int = 6) -> World:
    return World.make(folder / "县", units=units, task_count=tasks)


def _about(result: dict[str, Any], path_words: str, severities: Sequence[str] = ("error",)) -> list[dict[str, Any]]:
    return [f for f in result["findings"] if path_words in (f["path"] or "") and f["severity"] in severities]


def _outcomes(result: dict[str, Any]) -> dict[str, str]:
    return {file["path"]: file["outcome"] for file in result["files"]}


def test_a3_a_form_of_an_older_revision_is_merged_and_the_rest_is_listed(tmp_path: Path) -> None:
    world = _world(tmp_path)
    parcels = world.parcels("a3")
    book = openpyxl.load_workbook(world.plan)
    sheet = book["任务分工表"]
    header = next(row for row in sheet.iter_rows() if any(cell.value == "编码" for cell in row))
    code_column = next(cell.column for cell in header if cell.value == "编码")
    gone = parcels[0].codes[-1]
    row = next(r for r in range(1, sheet.max_row + 1) if sheet.cell(r, code_column).value == gone)
    sheet.delete_rows(row)
    book.save(world.plan)
    result = world.merge(world.send(parcels, "回收"))
    assert {entry["task"] for entry in result["entries"]} == set(parcels[0].codes[:-1])
    assert set(_outcomes(result).values()) == {"merged"}
    books = Books(result)
    for parcel in parcels:
        answer = parcel.answers.pop(gone, None)
        assert answer is None or answer.status in books.extras_of(parcel)
        kept = [code for code in parcel.answers if code != gone]
        assert [books.entries[parcel.unit, code]["progress"] for code in kept] == [
            parcel.answers[code].progress for code in kept
        ]


def test_a3_a_form_of_an_older_round_is_rejected_and_its_values_are_shown(tmp_path: Path) -> None:
    world = _world(tmp_path)
    older = issue(world.plan, tmp_path / "二季度", round="2026年第二季度", due=date(2026, 7, 10))
    late = replace(world, issued=older.folder, forms=older.to_json()["forms"])
    parcels = world.parcels("a3")
    stale = replace(late.parcels("a3-old")[0], folder="错报/")
    result = world.merge(world.send([stale, *parcels[1:]], "回收"))
    (path,) = stale.files
    assert _outcomes(result)[path] == "rejected"
    assert _about(result, path)
    mine = [entry for entry in result["entries"] if entry["unit"] == stale.unit]
    assert {entry["state"] for entry in mine} == {"missing"}
    shown = Books(result).extras_of(stale) + "".join(f["message"] for f in result["findings"])
    assert all(answer.progress in shown for answer in stale.answers.values())


def test_a3_a_form_of_another_plan_is_rejected(tmp_path: Path) -> None:
    world = _world(tmp_path)
    other = World.of(tmp_path / "他", *_sample(tmp_path / "他"))
    foreign = other.parcels("a3")[0]
    foreign.folder = "别的/"
    parcels = world.parcels("a3")
    result = world.merge(world.send([*parcels, foreign], "回收"))
    (path,) = foreign.files
    assert _outcomes(result)[path] == "rejected"
    assert _about(result, path)
    assert unbalanced(result, parcels) == [f"file {path}: +1"]


# --- the others that are not one unit's return ------------------------------------------------------


def test_a5_the_file_systems_times_decide_nothing(tmp_path: Path) -> None:
    import os

    world = _world(tmp_path, units=1)
    (parcel,) = world.parcels("a5")
    code = parcel.answered[0]
    earlier = {**parcel.answers, code: replace(parcel.answers[code], progress="先报的内容")}
    parcel.others["先报.xlsx"] = replace(parcel.desk, answers=earlier, saved=parcel.saved - timedelta(days=1)).filled()
    returns = world.send([parcel], "回收")
    os.utime(returns / parcel.folder / parcel.name, (1, 1))
    entry = Books(world.merge(returns)).entries[parcel.unit, code]
    assert entry["progress"] == parcel.answers[code].progress


def test_a18_with_the_password_an_encrypted_form_is_read(tmp_path: Path) -> None:
    world = _world(tmp_path, units=1)
    (parcel,) = world.parcels("a18")
    encrypted(parcel)
    result = world.merge(world.send([parcel], "回收"), password=PASSWORD)
    parcel.refused, parcel.told = False, []
    assert judge(Books(result), parcel, strict=True).faults == []


def test_a21_text_that_begins_like_a_formula_stays_text_in_the_summary(merged: Round) -> None:
    (summary,) = (merged.world.folder / f"{merged.returns.name}-汇总").glob("*.xlsx")
    with zipfile.ZipFile(summary) as package:
        formulas = [
            formula
            for name in package.namelist()
            if name.startswith("xl/worksheets/")
            for formula in re.findall(r"<f>([^<]*)</f>", package.read(name).decode())
        ]
    assert not [formula for formula in formulas if "1+1" in formula or "办公室" in formula]
    texts = [answer.progress for answer in merged.parcels["A21-formula-like-text"].answers.values()]
    seen = {
        str(cell.value)
        for row in openpyxl.load_workbook(summary)["明细"].iter_rows()
        for cell in row
        if cell.data_type in ("s", "inlineStr")
    }
    assert {text for text in texts if text[0] in "=+-@"} <= seen


def test_a24_units_that_sent_nothing_stand_in_the_fixed_order(merged: Round) -> None:
    result = merged.books.result
    assert [unit["unit"] for unit in result["units"]] == [parcel.unit for parcel in merged.everyone]
    silent = merged.parcels["A24-nothing"].unit
    mine = [entry for entry in result["entries"] if entry["unit"] == silent]
    assert len(mine) == 20
    assert {entry["state"] for entry in mine} == {"missing"}
    (summary,) = (merged.world.folder / f"{merged.returns.name}-汇总").glob("*.xlsx")
    sheet = openpyxl.load_workbook(summary)["未报名单"]
    assert silent in {cell.value for row in sheet.iter_rows() for cell in row}


def test_a25_many_small_warnings_of_one_file_are_grouped_worst_first(tmp_path: Path) -> None:
    world = _world(tmp_path, units=1, tasks=40)
    (parcel,) = world.parcels("a25")
    with parcel.table() as table:
        for code in parcel.codes:
            for label in ("工作任务", "具体要求"):
                cell = table.cell(code, label)
                cell.value = f"{cell.value}（已核）"
    parcel.tell(None, "warning", "80")
    result = world.merge(world.send([parcel], "回收"))
    (path,) = parcel.files
    about = [f for f in result["findings"] if f["path"] == path]
    assert 1 <= len([f for f in about if f["severity"] == "warning"]) <= 20
    assert any("40" in f["message"] or "80" in f["message"] for f in about)
    ranks = [("error", "warning", "note").index(f["severity"]) for f in result["findings"]]
    assert ranks == sorted(ranks)
    assert judge(Books(result), parcel, strict=True).faults == []


def test_a27_a_locked_form_still_filters_sorts_wraps_and_prints(tmp_path: Path) -> None:
    world = _world(tmp_path, units=1)
    sheet = openpyxl.load_workbook(world.issued / world.forms[0]["path"]).worksheets[0]
    locked = sheet.protection
    assert locked.sheet
    assert not locked.autoFilter
    assert not locked.sort
    assert not locked.formatRows
    assert sheet.auto_filter.ref
    assert sheet.page_setup.orientation == "landscape"
    assert int(sheet.page_setup.paperSize) == 9
    assert sheet.print_title_rows
    header = next(row for row in sheet.iter_rows() if row[0].value == "编码")
    open_cells = [
        sheet.cell(header[0].row + 2, cell.column) for cell in header if cell.value in ("完成情况", "进展说明")
    ]
    assert all(not cell.protection.locked and cell.alignment.wrap_text for cell in open_cells)


def test_a28_a_correction_by_hand_is_recorded_with_when_and_why_and_a_later_merge_keeps_it(tmp_path: Path) -> None:
    world = _world(tmp_path, units=2)
    desk = Desk(world.folder, datetime(2026, 10, 12, 9, tzinfo=UTC), "小林")
    init(desk=desk)
    first, second = world.parcels("a28")
    code = first.answered[0]
    returns = world.send([first], "回收/三季度")

    def merged(day: int) -> MergeResult:
        now = replace(desk, now=datetime(2026, 10, day, 9, tzinfo=UTC))
        return merge([returns], world.plan, round=ROUND, as_of=AS_OF, desk=now)

    summary = merged(12).summary
    book = openpyxl.load_workbook(summary)
    rows = list(book["明细"].iter_rows())
    header = next(row for row in rows if "审核意见" in [cell.value for cell in row])
    column = {cell.value: place for place, cell in enumerate(header)}
    mended = next(row for row in rows if (row[column["编码"]].value, row[column["单位"]].value) == (code, first.unit))
    mended[column["进展说明"]].value, mended[column["审核意见"]].value = "电话核实：已办结12件。", "与业务科核对"
    book.save(summary)
    review(summary, desk=replace(desk, now=datetime(2026, 10, 13, 9, tzinfo=UTC)))
    for name, data in second.files.items():
        (returns / name).parent.mkdir(parents=True, exist_ok=True)
        (returns / name).write_bytes(data)
    later = merged(14)
    books = Books(later.to_json())
    assert books.entries[first.unit, code]["progress"] == "电话核实：已办结12件。"
    (correction,) = later.collection.corrections
    told = (correction.old, correction.why, correction.on)
    assert told == (first.answers[code].progress, "与业务科核对", date(2026, 10, 13))
    shown = [str(cell.value) for row in openpyxl.load_workbook(later.summary)["明细"].iter_rows() for cell in row]
    assert any("2026-10-13，与业务科核对" in text and "电话核实" in text for text in shown)
    assert judge(books, second, strict=True).faults == []


def test_a29_one_bad_round_does_not_poison_the_next(tmp_path: Path) -> None:
    world = _world(tmp_path)
    bad = world.parcels("a29")
    bad[0].data = b"PK\x03\x04 broken"
    world.merge(world.send(bad, "三季度回收"))
    following = issue(world.plan, tmp_path / "四季度", round="2026年第四季度", due=date(2027, 1, 10))
    after = replace(world, issued=following.folder, forms=following.to_json()["forms"])
    parcels = after.parcels("a29-next")
    result = after.merge(after.send(parcels, "四季度回收"), round="2026年第四季度", as_of=date(2027, 1, 12))
    assert [fault for parcel in parcels for fault in judge(Books(result), parcel, strict=True).faults] == []


# --- what rules say of the answers -----------------------------------------------------------------------


def _sample(folder: Path) -> tuple[list[Path], Path]:
    folder.mkdir(parents=True)
    register = folder / "单位名录.xlsx"
    register.write_bytes(template(ROSTER).read_bytes())
    return [template(NOTICE)], register


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> World:
    folder = tmp_path_factory.mktemp("city") / "市"
    return World.of(folder, *_sample(folder))


def _answered(city: World, name: str, answers: dict[tuple[str, str], Answer]) -> dict[str, Any]:
    """The merge of a round in which only these answers (unit, 编码) were given otherwise than well."""
    parcels = city.parcels("rules", own_folders=False)
    for parcel in parcels:
        for (unit, code), answer in answers.items():
            if unit == parcel.unit:
                parcel.answer(code, answer)
    return city.merge(city.send(parcels, name))


def _lead_and_other(city: World) -> tuple[str, str, str]:
    """A task with its lead and a responsible unit: 统一窗口受理."""
    roles: dict[str, dict[str, str]] = {}
    for parcel in city.parcels("rules"):
        for asked in parcel.desk.form.tasks:
            if asked.title == "统一窗口受理":
                roles.setdefault(asked.code, {}).setdefault(asked.role, parcel.unit)
    ((code, units),) = roles.items()
    return code, units["牵头"], units["责任"]


def test_a30_lead_and_responsible_unit_disagree(city: World) -> None:
    code, lead, other = _lead_and_other(city)
    done = Answer(words.DONE, "已验收", "验收单1号", date(2026, 9, 1), word=words.DONE, day=date(2026, 9, 1))
    going = Answer(words.ONGOING, "尚有两处在建", word=words.ONGOING)
    result = _answered(city, "a30", {(lead, code): done, (other, code): going})
    entries = Books(result).entries
    assert (entries[lead, code]["status"], entries[other, code]["status"]) == (words.DONE, words.ONGOING)
    assert [
        f for f in result["findings"] if f["task"] == code and words.DONE in f["message"] and f["severity"] != "note"
    ]


def test_a31_evidence_missing_and_a_day_after_today(city: World) -> None:
    code, lead, other = _lead_and_other(city)
    bare = Answer(words.DONE, "已验收", "", date(2026, 9, 1), word=words.DONE, day=date(2026, 9, 1))
    ahead = Answer(words.DONE, "已验收", "验收单2号", date(2026, 12, 1), word=words.DONE, day=date(2026, 12, 1))
    result = _answered(city, "a31", {(lead, code): bare, (other, code): ahead})

    def found(unit: str) -> set[str]:
        return {f["code"] for f in result["findings"] if f["task"] == code and f["unit"] == unit}

    assert found(lead)
    assert found(other)
    assert found(lead) != found(other)


def test_a32_a_phone_number_is_found_and_masked(city: World) -> None:
    code, lead, _ = _lead_and_other(city)
    number = "13800001234"
    answer = Answer(words.ONGOING, f"群众可拨打{number}联系经办人", word=words.ONGOING)
    result = _answered(city, "a32", {(lead, code): answer})
    about = [
        f
        for f in result["findings"]
        if f["task"] == code and f["unit"] == lead and "手机" in f["message"] + f["advice"]
    ]
    assert about
    assert all(number not in f["message"] + f["advice"] for f in result["findings"])
    book = openpyxl.load_workbook(city.folder / "a32-汇总" / "汇总表.xlsx")
    published = [str(cell.value) for row in book["总表"].iter_rows() for cell in row if cell.value]
    assert not [text for text in published if number in text]


def test_a33_words_that_look_like_a_unit_clause_are_none(tmp_path: Path) -> None:
    import docx

    document = docx.Document()
    for text in (
        "云溪县2026年信息公开重点任务",
        "一、做好公开",
        "1.依法公开政府信息，坚持谁起草、谁解读，做到应公开尽公开。（县政务服务局牵头，县司法局配合）",
        "2.梳理公开事项，按季度更新目录。（县政务服务局负责）",
    ):
        document.add_paragraph(text)
    notice = tmp_path / "通知.docx"
    document.save(str(notice))
    plan = draft([notice], tmp_path / "任务分工表.xlsx").to_json()
    plan = plan[0] if isinstance(plan, list) else plan
    named = [[unit["name"] for unit in task["units"]] for task in plan["tasks"]]
    assert named == [["县政务服务局", "县司法局"], ["县政务服务局"]]


def test_a35_both_stand_in_the_problem_list_for_the_office(merged: Round) -> None:
    for name, word in (("A35-postponed", words.POSTPONED), ("A35-not-ours", words.NOT_CONCERNED)):
        parcel = merged.parcels[name]
        code = next(
            code for code, answer in parcel.answers.items() if answer.word == word and answer.remark != "请予核实"
        )
        assert merged.books.entries[parcel.unit, code]["status"] == word
        assert [f for f in merged.books.about(parcel) if f["task"] == code]
