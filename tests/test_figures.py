"""Counts, rates, scores and lights: the rules a unit would argue about."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from factory import NO_EVIDENCE, make_collection
from hypothesis import given
from hypothesis import strategies as st

from toolkit import figures as figuring
from toolkit import vocabulary as words
from toolkit.figures import UNCLEAR, Light, compute, light_of
from toolkit.model import Collection, Deadline, Duty, Entry, Role, State
from toolkit.settings import Score, Settings

DAY = date(2026, 1, 5)


def one_unit(*entries: Entry, due: date | None = None) -> Collection:
    """A round of one unit whose tasks, one an entry, are all due on one day."""
    base = make_collection(1, len(entries))
    deadlines = (Deadline("按期", due),) if due else ()
    tasks = tuple(replace(task, deadlines=deadlines) for task in base.plan.tasks)
    placed = tuple(
        replace(entry, task=task.code, unit=base.units[0].unit) for entry, task in zip(entries, tasks, strict=True)
    )
    return replace(base, plan=replace(base.plan, tasks=tasks), entries=placed, duties=(), findings=(), as_of=DAY)


def answer(word: str | None, done_on: date | None = None) -> Entry:
    if word == words.UNREPORTED:
        return Entry("", "", Role.RESPONSIBLE)
    return Entry("", "", Role.RESPONSIBLE, State.REPORTED, status=word, status_text=word or "?", done_on=done_on)


def test_not_concerned_is_left_out_of_the_rates() -> None:
    tally = compute(one_unit(answer(words.DONE), answer(words.NOT_CONCERNED), answer(words.ONGOING))).units[0].tally
    assert (tally.owed, tally.counted, tally.done, tally.completion) == (3, 2, 1, 0.5)


def test_unreported_counts_as_not_done() -> None:
    tally = compute(one_unit(answer(words.DONE), answer(words.UNREPORTED))).units[0].tally
    assert (tally.reported, tally.completion) == (1, 0.5)


def test_on_time_means_done_by_the_deadline_and_a_missing_date_is_not_late() -> None:
    due = date(2025, 12, 20)
    tally = (
        compute(
            one_unit(
                answer(words.DONE, due),
                answer(words.DONE, due + timedelta(days=1)),
                answer(words.DONE_AND_ONGOING),
                answer(words.ONGOING),
                due=due,
            )
        )
        .units[0]
        .tally
    )
    assert (tally.due, tally.on_time, tally.punctuality, tally.overdue) == (4, 2, 0.5, 1)


def test_nothing_due_yet_is_neither_late_nor_on_time() -> None:
    figures = compute(one_unit(answer(words.ONGOING), due=DAY + timedelta(days=40))).units[0]
    assert (figures.tally.punctuality, figures.tally.overdue) == (None, 0)
    assert figures.score == 100.0


def test_the_weights_of_the_settings_make_the_score() -> None:
    due = date(2025, 12, 20)
    collection = one_unit(answer(words.DONE), answer(words.TO_IMPROVE), due=due)
    assert compute(collection).units[0].score == 50.0
    quality = replace(collection, entries=tuple(replace(e, status=words.ONGOING) for e in collection.entries))
    assert compute(quality, Settings(score=Score(on_time=75, quality=25))).units[0].score == 25.0


def test_a_warning_of_its_own_takes_an_entry_s_quality_away_and_another_s_does_not() -> None:
    collection = one_unit(answer(words.DONE), answer(words.DONE))
    entry = collection.entries[0]
    own = NO_EVIDENCE.at(unit=entry.unit, task=entry.task)
    assert compute(replace(collection, findings=(own,))).units[0].tally.quality == 0.5
    other = NO_EVIDENCE.at(unit="别的单位", task=entry.task)
    assert compute(replace(collection, findings=(other,))).units[0].tally.quality == 1.0


def test_equal_scores_share_a_rank() -> None:
    ranks = [unit.rank for unit in compute(make_collection(30, 6)).units]
    assert sorted(rank for rank in ranks if rank)[0] == 1
    scores = {unit.rank: (unit.score, unit.tally.completion) for unit in compute(make_collection(30, 6)).units}
    ordered = [scores[rank] for rank in sorted(rank for rank in scores if rank)]
    assert ordered == sorted(set(ordered), reverse=True)


@pytest.mark.parametrize(
    ("word", "due", "light"),
    [
        (words.DONE, DAY - timedelta(days=9), Light.DONE),
        (words.ONGOING, DAY - timedelta(days=1), Light.OVERDUE),
        (words.ONGOING, DAY, Light.WARNING),
        (words.ONGOING, DAY + timedelta(days=7), Light.WARNING),
        (words.ONGOING, DAY + timedelta(days=8), Light.NORMAL),
        (words.ONGOING, None, Light.NORMAL),
        (words.NOT_STARTED, None, Light.WARNING),
        (words.POSTPONED, None, Light.WARNING),
        (UNCLEAR, None, Light.WARNING),
        (words.NOT_CONCERNED, DAY - timedelta(days=9), Light.EXEMPT),
    ],
)
def test_red_yellow_green(word: str, due: date | None, light: Light) -> None:
    assert light_of(word, due, DAY, round_due=None) is light


def test_unreported_turns_red_when_the_round_has_closed() -> None:
    assert light_of(words.UNREPORTED, None, DAY, round_due=DAY) is Light.WARNING
    assert light_of(words.UNREPORTED, None, DAY, round_due=DAY - timedelta(days=1)) is Light.OVERDUE


def test_the_deadline_frozen_at_issue_beats_the_plan_s() -> None:
    collection = one_unit(answer(words.ONGOING), due=DAY - timedelta(days=30))
    entry = collection.entries[0]
    assert compute(collection).tasks[0].light is Light.OVERDUE
    later = Duty(entry.task, entry.unit, entry.role, due=DAY + timedelta(days=60))
    assert compute(replace(collection, duties=(later,))).tasks[0].light is Light.NORMAL


def test_a_task_nobody_s_answer_of_which_was_understood_is_unclear() -> None:
    assert compute(one_unit(answer(None))).tasks[0].status == UNCLEAR
    assert compute(one_unit(answer(words.UNREPORTED))).tasks[0].status == words.UNREPORTED


def test_narrow_headings_leave_numbers_out() -> None:
    task = make_collection(1, 5).plan.tasks[4]
    assert task.requirement.startswith("（5）")
    assert figuring.short_name(task, 6) == "全面清理现…"


@given(units=st.integers(1, 12), tasks=st.integers(1, 6), seed=st.integers(0, 50))
def test_units_and_tasks_tell_the_same_totals(units: int, tasks: int, seed: int) -> None:
    figures = compute(make_collection(units, tasks, seed))
    for name in ("owed", "reported", "counted", "done", "overdue", "due", "on_time", "good"):
        whole = getattr(figures.total, name)
        assert sum(getattr(unit.tally, name) for unit in figures.units) == whole
        assert sum(getattr(task.tally, name) for task in figures.tasks) == whole
    assert sum(figures.total.counts.values()) == figures.total.owed
    assert all(0 <= (unit.score or 0) <= 100 for unit in figures.units)
