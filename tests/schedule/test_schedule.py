"""Working days, how often a task comes round, and which tasks a round asks."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.model import Deadline, Duty, Plan, Role, Round, Task
from toolkit.schedule import Workdays, asks, calendar_file, reminders, week_of
from toolkit.schedule.cadence import read_cadence
from toolkit.schedule.reminders import DEADLINE, OVERDUE, ROUND, TURN


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 10, 1), False),
        (date(2026, 10, 7), False),
        (date(2026, 10, 10), True),  # a Saturday worked for the holidays
        (date(2026, 2, 17), False),  # 春节
        (date(2026, 2, 14), True),
        (date(2026, 9, 21), True),
        (date(2026, 9, 20), True),  # a Sunday worked for 国庆节
    ],
)
def test_official_holidays_and_days_worked_in_exchange(day: date, works: bool) -> None:
    assert Workdays().is_workday(day) is works


def test_five_working_days_over_a_holiday() -> None:
    assert Workdays().after(date(2026, 9, 30), 5) == date(2026, 10, 13)
    assert Workdays().from_day(date(2026, 10, 3)) == date(2026, 10, 8)


def test_the_office_adds_what_is_not_known_yet() -> None:
    guessed = Workdays()
    assert guessed.after(date(2027, 2, 5), 1) == date(2027, 2, 8) and guessed.unknown_years == {2027}
    told = Workdays([date(2027, 2, 8) + timedelta(days=n) for n in range(5)], [date(2027, 2, 14)])
    assert told.after(date(2027, 2, 5), 1) == date(2027, 2, 14) and told.unknown_years == set()


@given(st.dates(date(2024, 1, 1), date(2026, 11, 1)), st.integers(1, 40))
def test_counting_skips_exactly_the_days_off(day: date, count: int) -> None:
    workdays = Workdays()
    end = workdays.after(day, count)
    passed = [day + timedelta(days=n) for n in range(1, (end - day).days + 1)]
    assert workdays.is_workday(end) and sum(map(workdays.is_workday, passed)) == count


@pytest.mark.parametrize(
    ("words", "dues"),
    [
        ("每月15日前", [f"2026-{month:02}-15" for month in range(1, 13)]),
        ("每季度", ["2026-03-31", "2026-06-30", "2026-09-30", "2026-12-31"]),
        ("按季度", ["2026-03-31", "2026-06-30", "2026-09-30", "2026-12-31"]),
        ("每年不少于2次", ["2026-06-30", "2026-12-31"]),
        ("每半年", ["2026-06-30", "2026-12-31"]),
        ("每年", ["2026-12-31"]),
        ("每年11月底前", ["2026-11-30"]),
        ("每季度结束后5个工作日内", ["2026-04-08", "2026-07-07", "2026-10-13", "2027-01-08"]),
        ("每季度首月10日前", ["2026-01-10", "2026-04-10", "2026-07-10", "2026-10-10"]),
    ],
)  # fmt: skip
def test_turns_of_a_year(words: str, dues: list[str]) -> None:
    cadence = read_cadence(words)
    assert cadence is not None
    turns = cadence.turns(date(2026, 1, 1), date(2026, 12, 31), Workdays([date(2027, 1, 1)]))
    assert [turn.due.isoformat() for turn in turns] == dues


@pytest.mark.parametrize("words", ["长期坚持", "持续推进", "5个工作日内", "每周", "即时", "法定时限"])
def test_what_has_no_turns_of_months(words: str) -> None:
    assert read_cadence(words) is None


def task(seq: int, *, due: date | None = None, words: tuple[str, ...] = (), requirement: str = "办好。") -> Task:
    deadlines = (Deadline("前", due),) if due else ()
    return Task(seq, requirement, f"T{seq}", str(seq), title=f"任务{seq}", deadlines=deadlines, recurrence=words)


PLAN = Plan(
    "分工",
    (
        task(1, due=date(2026, 6, 30)),
        task(2, words=("每季度",)),
        task(3, words=("每年",)),
        task(4, words=("长期坚持",)),
        task(5, words=("每季度",), due=date(2026, 11, 30)),
        task(6, words=("5个工作日内",), requirement="通知印发之日起5个工作日内报送名单。"),
        task(7, words=("5个工作日内",), requirement="收到申请后5个工作日内答复。"),
    ),
    issued_on=date(2026, 2, 13),
)


@pytest.mark.parametrize(
    ("round", "asked"),
    [
        ("2026年1月", "1 4 5 6 7"),
        ("2026年3月", "1 2 4 5 6 7"),
        ("2026年第二季度", "1 2 4 5 6 7"),
        ("2026年12月", "1 2 3 4 5 6 7"),
        ("2026年度", "1 2 3 4 5 6 7"),
        ("专项第1期", "1 2 3 4 5 6 7"),
    ],
)
def test_which_tasks_a_round_asks(round: str, asked: str) -> None:
    told = asks(PLAN, Round(round), Workdays())
    assert [ask.task for ask in told if ask.asked] == [f"T{n}" for n in asked.split()]
    assert all(ask.why for ask in told)


def test_why_and_by_when() -> None:
    told = {ask.task: ask for ask in asks(PLAN, Round("2026年9月"), Workdays())}
    assert told["T1"].why == "完成时限 2026-06-30 已过，未销号"
    assert told["T2"].due == date(2026, 9, 30) and told["T2"].why == "每季度，本期应报"
    assert told["T3"].why == "每年，本期不报"
    assert told["T6"].due == date(2026, 2, 27), "five working days from the notice, over 春节"
    assert told["T7"].due is None
    early = {ask.task: ask for ask in asks(PLAN, Round("2026年1月"), Workdays(), ahead_days=60)}
    assert not early["T1"].asked and early["T1"].why == "完成时限 2026-06-30，尚早"


def test_reminders_of_a_week() -> None:
    duties = [Duty(t.code, unit, Role.LEAD, due=t.deadlines[0].date if t.deadlines else None)
              for t in PLAN.tasks for unit in ("甲局", "乙局")]  # fmt: skip
    first, last = week_of(date(2026, 7, 1))
    assert (first, last) == (date(2026, 6, 29), date(2026, 7, 5))
    rounds = [Round("2026年6月", date(2026, 7, 3)), Round("2026年7月", date(2026, 8, 3))]
    done, closed = {("T1", "甲局")}, {("T2", "乙局")}
    told = reminders(first, last, PLAN, duties, rounds, done, closed, Workdays())
    assert [(r.on.isoformat(), r.kind, r.task, r.units) for r in told] == [
        ("2026-06-30", DEADLINE, "T1", ("乙局",)),
        ("2026-06-30", TURN, "T2", ("甲局",)),
        ("2026-06-30", TURN, "T5", ("甲局", "乙局")),
        ("2026-07-03", ROUND, "", ()),
    ]
    late = reminders(date(2026, 7, 6), date(2026, 7, 12), PLAN, duties, rounds, done, closed, Workdays())
    assert [(r.kind, r.units) for r in late] == [(OVERDUE, ("乙局",))]


def test_the_calendar_file_is_the_same_twice_and_escapes() -> None:
    duties = [Duty("T1", "甲局", Role.LEAD, due=date(2026, 6, 30))]
    plan = Plan("分工", (task(1, due=date(2026, 6, 30), requirement="逗号,分号;斜线\\换行\n"),))
    told = reminders(date(2026, 6, 29), date(2026, 7, 5), plan, duties, [], (), (), Workdays())
    data = calendar_file(told, date(2026, 6, 29), "提醒,一")
    assert data == calendar_file(told, date(2026, 6, 29), "提醒,一")
    assert b"X-WR-CALNAME:\xe6\x8f\x90\xe9\x86\x92\\,\xe4\xb8\x80\r\n" in data
    assert b"\n" not in data.replace(b"\r\n", b"")
