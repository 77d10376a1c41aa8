"""A merge that reads and judges only what is new writes the same bytes as one that knows nothing of earlier merges."""

from __future__ import annotations

import shutil
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from ledger_office import Office, Said, everybody, one_off, plan_of

from toolkit import edition
from toolkit.desk import Desk
from toolkit.gathering import load_ground
from toolkit.merge import MergeResult, merge
from toolkit.model import Group, Roster
from toolkit.workbooks import plan_book, roster_book

FIRST, SECOND = "2026年1月", "2026年2月"
DAY = date(2026, 2, 25)
UNITS, TASKS = 5, 4

ANSWERS = (
    Said("推进中", "已走访群众三十户，收集意见十二条，正在逐条答复。", "走访记录"),
    Said("推进中", "已走访群众三十一户，收集意见十二条，正在逐条答复。", "走访记录"),
    Said("已完成", "已全部登记，但尚未完成验收，预计三月完成。", "登记表", "2026-02-20"),
    Said("已完成", "按要求落实。", "", "2026-03-20"),
    Said("本期无变化"),
    Said("", "联系人的手机是13812345678。", "", "", "=SUM(A1)"),
    Said("申请延期", "因汛期施工受阻，申请延期至六月底。"),
    Said("看情况"),
    Said(),
)
SETTINGS = (
    "",
    "bulletin_length = 20\n",
    'unpublished_words = ["群众"]\n',
    'disabled_rules = ["rules.no-evidence", "rules.contradiction"]\n',
    'copy_length = 6\n[severities]\n"rules.copy-across" = "说明"\n',
)

unit, answer = st.integers(0, UNITS - 1), st.integers(0, len(ANSWERS) - 1)
step = st.one_of(
    st.tuples(st.just("sends"), unit, answer, st.integers(0, 2)),
    st.tuples(st.just("is removed"), unit),
    st.tuples(st.just("settings"), st.integers(0, len(SETTINGS) - 1)),
    st.tuples(st.just("plan"), st.integers(0, TASKS - 1)),
    st.tuples(st.just("roster"), unit),
    st.tuples(st.just("days"), st.integers(-20, 60)),
)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """A working folder with one round behind it and the next issued."""
    plan = plan_of([one_off(number, date(2026, 1 + number, 28)) for number in range(1, TASKS + 1)])
    office = Office.make(tmp_path_factory.mktemp("incremental") / "台账", plan, UNITS)
    office.issue(FIRST, date(2026, 2, 5))
    office.send_all(FIRST, everybody(office, ANSWERS[0]))
    merged(office.folder, FIRST, date(2026, 2, 5))
    office.issue(SECOND, date(2026, 3, 5))
    office.send_all(SECOND, {key: ANSWERS[n % 4] for n, key in enumerate(everybody(office, ANSWERS[0]))})
    return office


def merged(folder: Path, round: str, day: date) -> MergeResult:
    desk = Desk(folder, Office.clock, "小林")
    with ThreadPoolExecutor(1) as executor:
        return merge([desk.returns(round)], desk.plan, round=round, as_of=day, desk=desk, executor=executor)


def taken(office: Office, what: tuple[Any, ...], day: date) -> date:
    """One thing that happens between two merges; the day of the next one."""
    kind, *rest = what
    plan, roster = office.folder / "任务分工表.xlsx", office.folder / "单位名录.xlsx"
    if kind == "sends":
        who, said, again = rest
        answers = {code: ANSWERS[(said + n) % len(ANSWERS)] for n, code in enumerate(office.codes)}
        office.send(SECOND, office.units[who], answers, again=again)
    elif kind == "is removed":
        for path in (office.folder / "回收" / SECOND).glob(f"*{office.units[rest[0]]}*"):
            path.unlink()
    elif kind == "settings":
        (office.folder / "fengong.toml").write_text(SETTINGS[rest[0]], encoding="utf-8")
    elif kind == "plan":
        known = plan_book.load(plan).plan
        changed = tuple(
            replace(task, requirement="走访群众三十户，收集意见。") if n == rest[0] else task
            for n, task in enumerate(known.tasks)
        )
        plan_book.write(replace(known, tasks=changed), plan)
    elif kind == "roster":
        units = tuple(u for n, u in enumerate(office.roster.units) if n != rest[0])
        roster_book.write(Roster(units, (Group("市直各单位", tuple(u.name for u in units), "名录"),)), roster)
    else:
        return DAY + timedelta(days=rest[0])
    return day


def forgotten(folder: Path) -> None:
    """Nothing is known of earlier readings."""
    with closing(sqlite3.connect(folder / "台账.db")) as ledger:
        ledger.execute("DELETE FROM reading")
        ledger.commit()


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(step, min_size=1, max_size=4))
@example(steps=[("settings", 1), ("settings", 4), ("settings", 3)])
@example(steps=[("plan", 0), ("roster", 1)])
@example(steps=[("sends", 0, 2, 0), ("sends", 0, 3, 1), ("is removed", 0), ("days", 30)])
def test_whatever_happens_between_merges(
    template: Office, steps: list[tuple[Any, ...]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("steps")
    office = replace(template, folder=folder / "台账")
    shutil.copytree(template.folder, office.folder)
    day = DAY
    merged(office.folder, SECOND, day)
    for what in steps:
        day = taken(office, what, day)
        shutil.copytree(office.folder, folder / "全新")
        forgotten(folder / "全新")
        fresh = merged(folder / "全新", SECOND, day)
        known = merged(office.folder, SECOND, day)
        assert known.to_json() == fresh.to_json(), what
        assert known.summary.read_bytes() == fresh.summary.read_bytes(), what
        shutil.rmtree(folder / "全新")
    shutil.rmtree(folder)


def test_another_program_reads_anew(template: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was kept was made by the lines of this program; changed lines may say something else."""
    plan = template.folder / "任务分工表.xlsx"
    before = load_ground(plan, None).digest
    assert load_ground(plan, None).digest == before
    monkeypatch.setattr("toolkit.gathering.edition", lambda: edition.edition() + "+")
    assert load_ground(plan, None).digest != before
