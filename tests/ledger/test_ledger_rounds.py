"""One round after another in a working folder: carried forward, reviewed, mended by hand, one of them bad."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from ledger_office import Office, Said, codes_of, entry, everybody, one_off, plan_of, recurring

from toolkit.containers import pool
from toolkit.model import State, Trend, Verdict
from toolkit.notify import notify
from toolkit.workbooks import summary_book

FIRST, SECOND, THIRD, FOURTH = "2026年1月", "2026年2月", "2026年3月", "2026年4月"
DAYS = {FIRST: date(2026, 2, 3), SECOND: date(2026, 3, 3), THIRD: date(2026, 4, 2), FOURTH: date(2026, 5, 6)}
ONGOING = Said("推进中", "已登记3处，整改1处。")


@pytest.fixture
def office(tmp_path: Path) -> Office:
    tasks = [
        one_off(1, date(2026, 4, 30)),
        one_off(2, date(2026, 12, 31)),
        recurring(3, "每月"),
        recurring(4, "每季度"),
    ]
    return Office.make(tmp_path / "台账", plan_of(tasks), 3)


def run(office: Office, round: str, said: Said = ONGOING) -> None:
    office.issue(round, DAYS[round])
    office.send_all(round, everybody(office, said))
    office.merge(round, DAYS[round])


def test_the_next_forms_show_what_was_said_and_ask_only_what_is_due(office: Office) -> None:
    run(office, FIRST)
    result = office.issue()
    unit, (first, _, monthly, quarterly) = office.units[0], office.codes
    assert result.round.name == SECOND, "the month after the last round"
    before = office.before(SECOND, unit)
    assert before[first] == "推进中（2026年1月）\n已登记3处，整改1处。"
    assert monthly in before and quarterly not in before, "every quarter: not in February"
    assert "ledger.not-asked" in codes_of(result)
    burden = result.to_json()["burden"][0]
    assert (burden["questions"], burden["prefilled"], burden["minutes"]) == (3, 3, 6)
    assert quarterly in office.before(THIRD, unit) if office.issue(THIRD) else False
    assert quarterly in {code for form in office.issue(FOURTH, every=True).forms for code in form.tasks}


def test_no_change_stands_for_the_last_answer_and_is_told_after_three_rounds(office: Office) -> None:
    run(office, FIRST)
    first, second = office.codes[:2]
    unit = office.units[0]
    for round in (SECOND, THIRD):
        office.issue(round, DAYS[round])
        office.send(round, unit, {first: Said("本期无变化"), second: Said("", "与上期相比无变化")})
        result = office.merge(round, DAYS[round])
        said = entry(result, (first, unit))
        assert (said.status, said.status_text, said.progress) == ("推进中", "本期无变化", "")
        assert entry(result, (second, unit)).status == "推进中", "written into the wrong column"
    change = next(c for c in result.collection.changes if (c.task, c.unit) == (first, unit))
    assert (change.trend, change.before, change.since, change.still) == (Trend.SAME, "推进中", SECOND, 3)
    told = [(f.task, f.unit) for f in result.findings if f.code == "rules.no-change"]
    assert told == [(first, unit)], "the other deadline is far away"
    office.issue(FOURTH)
    assert office.before(FOURTH, unit)[first] == "推进中（2026年3月）\n已登记3处，整改1处。", "the words told last"


def test_no_change_without_an_earlier_answer_is_an_error(office: Office) -> None:
    office.issue(FIRST)
    unit, code = office.units[0], office.codes[0]
    office.send(FIRST, unit, {code: Said("本期无变化")})
    result = office.merge(FIRST, DAYS[FIRST])
    assert entry(result, (code, unit)).status is None
    assert "ledger.unchanged-unknown" in codes_of(result)


def test_what_the_office_closed_is_not_asked_again_and_still_counts(office: Office) -> None:
    run(office, FIRST, Said("已完成", "12处全部整改到位。", "验收单"))
    unit, code = office.units[1], office.codes[0]
    summary = office.folder / "汇总" / FIRST / "汇总表.xlsx"
    reviewed = office.review(summary, {(code, unit): {"审核": "销号", "审核意见": "验收通过"}})
    assert [(d.task, d.unit, d.verdict, d.opinion) for d in reviewed.decisions] == [
        (code, unit, Verdict.CLOSED, "验收通过")
    ]
    issued = office.issue(SECOND, DAYS[SECOND])
    assert code not in office.before(SECOND, unit) and code in office.before(SECOND, office.units[0])
    (told,) = [f for f in issued.findings if f.code == "ledger.closed-dropped"]
    assert unit in told.message and "任务1" in told.message
    assert {"unit": unit, "task": code, "why": "已销号"} in issued.to_json()["dropped"]
    result = office.merge(SECOND, DAYS[SECOND])
    closed = entry(result, (code, unit))
    assert (closed.state, closed.status, closed.carried) == (State.REPORTED, "已完成", FIRST)
    assert [(d.task, d.unit) for d in result.collection.decisions if d.verdict is Verdict.CLOSED] == [(code, unit)]
    assert all("任务1" not in f.message for f in result.findings if f.unit == unit), "not asked, so not missing"
    reopened = office.review(result.summary, {(code, unit): {"审核": "", "审核意见": ""}})
    assert [d.verdict for d in reopened.decisions] == [None]
    office.issue(THIRD)
    assert code in office.before(THIRD, unit), "taken back, so asked again"


def test_three_states_stand_apart(office: Office, tmp_path: Path) -> None:
    """已报, 已核 and 已销号; 退回 goes into 退回单; rates may count 已核 only."""
    run(office, FIRST, Said("已完成", "12处全部整改到位。", "验收单"))
    summary = office.folder / "汇总" / FIRST / "汇总表.xlsx"
    unit, (one, two, three, _) = office.units[0], office.codes
    opinion = "数字与台账不符，请核实。"
    edits = {
        (one, unit): {"审核": "已核"},
        (two, unit): {"审核": "销号"},
        (three, unit): {"审核": "退回", "审核意见": opinion},
    }
    assert len(office.review(summary, edits).decisions) == 3
    merged = office.merge(FIRST, DAYS[FIRST])
    assert merged.kept is not None, "the edited summary is kept, the new one lies beside it"
    verdicts = {(d.task, d.unit): d.verdict for d in merged.collection.decisions}
    assert verdicts == {(one, unit): Verdict.ACCEPTED, (two, unit): Verdict.CLOSED, (three, unit): Verdict.RETURNED}
    assert all(e.state is State.REPORTED and e.status == "已完成" for e in merged.collection.entries)
    back = summary_book.read(merged.summary)
    assert {(d.task, d.unit, d.verdict) for d in back.decisions} == {(*key, v) for key, v in verdicts.items()}
    everything = notify(merged.summary, tmp_path / "全部", kinds=("退回单", "通报"), desk=office.desk())
    accepted = notify(merged.summary, tmp_path / "已核", kinds=("通报",), accepted_only=True, desk=office.desk())
    returned = [b for b in everything.bulletins if b.kind == "退回单" and b.unit == unit]
    assert len(returned) == 1
    assert opinion in _words(returned[0].path)
    total = len(merged.collection.entries)
    assert "100.0%" in _words(everything.bulletins[0].path)
    assert f"{200 / total:.1f}%" in _words(accepted.bulletins[0].path)
    assert office.review(merged.summary, {}).decisions == (), "read again: nothing is new"


def _words(path: Path) -> str:
    from docx import Document

    document = Document(str(path))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def test_a_correction_is_kept_with_old_value_when_and_why(office: Office) -> None:
    """A28."""
    run(office, FIRST)
    unit, code = office.units[2], office.codes[1]
    summary = office.folder / "汇总" / FIRST / "汇总表.xlsx"
    edits = {(code, unit): {"完成情况": "已完成", "进展说明": "已登记3处，整改3处。", "审核意见": "电话核实"}}
    reviewed = office.review(summary, edits)
    assert {(c.field, c.old, c.new, c.why) for c in reviewed.corrections} == {
        ("status", "推进中", "已完成", "电话核实"),
        ("progress", "已登记3处，整改1处。", "已登记3处，整改3处。", "电话核实"),
    }
    again = office.merge(FIRST, DAYS[FIRST])
    mended = entry(again, (code, unit))
    assert (mended.status, mended.progress, mended.status_text) == ("已完成", "已登记3处，整改3处。", "推进中")
    assert mended.source("progress") is not None, "the unit's own cell stays named"
    told = [f.message for f in again.findings if f.code == "ledger.corrected" and f.task == code]
    assert any("从“推进中”改为“已完成”" in text and "2026-01-05" in text and "电话核实" in text for text in told)
    with office.book() as ledger:
        versions = [(event.verb, e.status) for event, _, e in ledger.history(code, unit) if e]
    assert versions == [("汇总", "推进中"), ("审核", "已完成")], "what the unit said is not overwritten"

    office.send(FIRST, unit, {code: Said("推进中", "已登记4处，整改1处。")}, again=1)
    later = office.merge(FIRST, DAYS[FIRST])
    assert entry(later, (code, unit)).progress == "已登记3处，整改3处。"
    (against,) = [f for f in later.findings if f.code == "ledger.correction-outdated"]
    assert "已登记4处，整改1处。" in against.message
    office.issue(SECOND)
    assert office.before(SECOND, unit)[code].startswith("已完成（2026年1月）")


def test_an_edit_that_cannot_be_understood_is_told_and_not_taken(office: Office) -> None:
    run(office, FIRST)
    summary = office.folder / "汇总" / FIRST / "汇总表.xlsx"
    key = office.codes[0], office.units[0]
    reviewed = office.review(summary, {key: {"完成情况": "差不多了", "审核": "好"}})
    assert reviewed.corrections == reviewed.decisions == ()
    assert {"ledger.correction-unread", "ledger.verdict-unread"} <= codes_of(reviewed)


def test_an_acceptance_holds_until_the_unit_says_something_else(office: Office) -> None:
    run(office, FIRST)
    (one, two, *_), unit = office.codes, office.units[0]
    summary = office.folder / "汇总" / FIRST / "汇总表.xlsx"
    office.review(summary, {(one, unit): {"审核": "已核"}, (two, unit): {"审核": "退回", "审核意见": "写具体"}})
    assert len(office.merge(FIRST, DAYS[FIRST]).collection.decisions) == 2
    office.send(FIRST, unit, dict.fromkeys((one, two), Said("已完成", "全部整改到位，共5处。", "验收单")), again=1)
    result = office.merge(FIRST, DAYS[FIRST])
    assert result.collection.decisions == ()
    assert {"ledger.decision-lapsed", "ledger.resubmitted"} <= codes_of(result)


def test_what_came_meanwhile_is_neither_taken_for_an_edit_nor_lost(office: Office) -> None:
    run(office, FIRST)
    unit, (one, two, *_) = office.units[0], office.codes
    summary = office.folder / "汇总" / FIRST / "汇总表.xlsx"
    copy = office.edit(summary, {(one, unit): {"审核": "已核"}}, to=office.folder / "另一人的汇总表.xlsx")
    office.send(FIRST, unit, {two: Said("已完成", "新近全部办完，共8处。", "验收单")}, again=1)
    office.merge(FIRST, DAYS[FIRST])
    from toolkit.housekeeping.review import review

    reviewed = review(copy, desk=office.desk("小周@政务公开办"))
    assert reviewed.corrections == (), "the newer answer is not an edit of the older summary"
    assert [(d.task, d.verdict) for d in reviewed.decisions] == [(one, Verdict.ACCEPTED)]
    assert entry(office.merge(FIRST, DAYS[FIRST]), (two, unit)).status == "已完成"


def test_one_bad_round_does_not_poison_the_next(office: Office) -> None:
    """A29: what came back in a bad round is told, and the answers before it still stand."""
    run(office, FIRST)
    one, unit = office.codes[0], office.units
    office.issue(SECOND, DAYS[SECOND])
    office.send(FIRST, unit[0], {one: Said("已完成", "旧表又报一次。")}, to=SECOND)
    office.send(SECOND, unit[1], {code: Said("差不多了", "不好说。") for code in office.codes})
    (office.folder / "回收" / SECOND / "值班表.xlsx").write_bytes(b"PK\x03\x04 broken")
    bad = office.merge(SECOND, DAYS[SECOND])
    assert {"intake.other-round", "intake.unknown-status"} <= codes_of(bad)
    for name in unit:
        office.issue(THIRD)
        assert office.before(THIRD, name)[one] == "推进中（2026年1月）\n已登记3处，整改1处。"
    office.send_all(THIRD, everybody(office, Said("已完成", "12处全部整改到位。", "验收单")))
    good = office.merge(THIRD, DAYS[THIRD])
    assert all(e.status == "已完成" for e in good.collection.entries)
    change = next(c for c in good.collection.changes if (c.task, c.unit) == (one, unit[0]))
    assert (change.trend, change.since) == (Trend.FORWARD, FIRST)
    mended = office.merge(SECOND, DAYS[SECOND])
    assert entry(mended, (one, unit[1])).status is None, "the bad round itself can be merged again"


def test_what_was_sent_back_is_not_carried_forward(office: Office) -> None:
    run(office, FIRST)
    one, unit = office.codes[0], office.units[0]
    run(office, SECOND, Said("已完成", "12处全部整改到位。", "验收单"))
    summary = office.folder / "汇总" / SECOND / "汇总表.xlsx"
    office.review(summary, {(one, unit): {"审核": "退回", "审核意见": "不实"}})
    office.issue(THIRD)
    assert office.before(THIRD, unit)[one].startswith("推进中（2026年1月）")
    assert office.before(THIRD, office.units[1])[one].startswith("已完成（2026年2月）")


def test_after_three_new_files_three_are_read_and_the_bytes_are_those_of_a_full_merge(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = Office.make(tmp_path / "台账", plan_of([one_off(n, date(2026, 6, 30)) for n in range(1, 6)]), 30)
    office.issue(FIRST, DAYS[FIRST])
    opened: list[list[str]] = []
    run_pool = pool.run

    def counting(function, items, **options):  # type: ignore[no-untyped-def]
        opened.append([item.path for item in items])
        return run_pool(function, items, **options)

    monkeypatch.setattr("toolkit.gathering.pool.run", counting)
    answers = everybody(office, ONGOING)
    early, late = office.units[:27], office.units[27:]
    for unit in early:
        office.send(FIRST, unit, {code: said for (code, name), said in answers.items() if name == unit})
    office.merge(FIRST, DAYS[FIRST])
    sent = [
        office.send(FIRST, unit, {code: said for (code, name), said in answers.items() if name == unit}).name
        for unit in late
    ]
    opened.clear()
    incremental = office.merge(FIRST, DAYS[FIRST]).summary.read_bytes()
    assert opened == [sent], "only the new files are read"
    with office.book() as ledger:
        assert ledger.readings([]) == {}
    (office.folder / "台账.db").rename(tmp_path / "旧台账.db")
    fresh = Office.make(tmp_path / "另一处", office.plan, 30)
    fresh.issue(FIRST, DAYS[FIRST])
    (fresh.folder / "回收" / FIRST).rmdir()
    (office.folder / "回收" / FIRST).rename(fresh.folder / "回收" / FIRST)
    opened.clear()
    full = fresh.merge(FIRST, DAYS[FIRST]).summary.read_bytes()
    assert len(opened[0]) == 30 and full == incremental
