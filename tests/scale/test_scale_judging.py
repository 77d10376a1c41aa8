"""Answers judged by the workers that read them are judged as they would be when the round is put together."""

from __future__ import annotations

import io
import shutil
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from scale.campaign import Campaign

from toolkit import gathering
from toolkit.findings import rules as found
from toolkit.rules import RULES
from toolkit.rules.case import AnswerRule

FORMS = 34
NEVER = 10**6


@pytest.fixture(scope="module")
def campaign(tmp_path_factory: pytest.TempPathFactory) -> Campaign:
    """What came back: forms with something to say of most, a copy, a broken file, and a form that came twice."""
    made = Campaign.make(tmp_path_factory.mktemp("judging"), FORMS)
    made.spoiled()
    first, second, third = forms(made)[-3:]
    write(second, {"进展说明": "已完成，尚未完成验收", "完成情况": "已完成"})
    write(third, {"进展说明": "联系人张三，电话13812345678", "备注": "=1+1"})
    later = made.returns / f"更正{first.name}"
    shutil.copy(first, later)
    write(later, {"进展说明": "已按要求落实", "完成情况": "已完成"}, saved=datetime(2025, 12, 24, 9))
    return made


def forms(campaign: Campaign) -> list[Path]:
    return sorted(campaign.returns.glob("[0-9]*.xlsx"))


def write(path: Path, texts: dict[str, str], saved: datetime | None = None) -> None:
    """Type into the last answered row of a form."""
    book = openpyxl.load_workbook(io.BytesIO(path.read_bytes()))
    sheet = book.worksheets[0]
    head = next(row for row in sheet.iter_rows() if any(cell.value == "编码" for cell in row))
    column = {cell.value: cell.column for cell in head}
    last = max(cell.row for cell in sheet["A"] if sheet.cell(cell.row, column["完成情况"]).value == "已完成")
    for name, text in texts.items():
        typed = sheet.cell(last, column[name])
        typed.value, typed.data_type = text, "s"
    if saved is not None:
        book.properties.modified = saved
    book.save(path)


def test_where_answers_are_judged_changes_nothing(campaign: Campaign, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gathering, "_MANY", NEVER)
    here = campaign.merged("汇总表.xlsx")
    expected = here.summary.read_bytes()
    monkeypatch.setattr(gathering, "_MANY", 1)
    apart = campaign.merged("汇总表.xlsx")
    assert apart.summary.read_bytes() == expected
    assert apart.to_json() == here.to_json()
    codes = {finding.code for finding in apart.findings}
    assert {found.CONTRADICTION.code, found.PERSONAL_DATA.code, found.FORMULA_LIKE.code} <= codes


def test_workers_judge_what_they_read(campaign: Campaign) -> None:
    ground = gathering.load_ground(campaign.folder / "任务分工表.xlsx", None)
    (met,) = gathering.meet([forms(campaign)[0]])
    reading = gathering.reader_of(ground, None, judging=True)(met)
    answered = [row for form in reading.forms for row in form.rows if row.answers]
    assert answered
    assert all(row.judged is not None for row in answered)
    assert all(
        row.judged is None for form in gathering.reader_of(ground, None, judging=False)(met).forms for row in form.rows
    )


def test_what_is_said_of_an_answer_alone_needs_no_round() -> None:
    """A rule on answers that looked at the day or the round could not be told by the worker that reads."""
    kinds = {kind.code for rule in RULES if isinstance(rule, AnswerRule) for kind in rule.kinds}
    beside = {found.OVERDUE.code, found.DONE_ON_FUTURE.code, found.NO_CHANGE.code, found.COPY_WITHIN.code}
    assert kinds.isdisjoint(beside | {found.COPY_PREVIOUS.code, found.DISAGREE.code, found.NO_SIGNER.code})
