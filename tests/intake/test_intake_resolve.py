"""Several forms of one unit (A5)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from intake_desk import EDUCATION, content, only, read, stamp, table, task_row

from toolkit.findings import intake as found
from toolkit.intake.columns import Column
from toolkit.intake.resolve import Resolved, Sent, resolve
from toolkit.model import Outcome, Severity

NOON = datetime(2031, 6, 20, 12, tzinfo=UTC)


def sent(path: str, hours: int | None, *answers: tuple[object, ...]) -> Sent:
    """A form of tasks 1, 2, … with these answers, saved so many hours after noon."""
    rows = [task_row(number, *answer) for number, answer in enumerate(answers, start=1)]  # type: ignore[arg-type]
    modified = None if hours is None else NOON + timedelta(hours=hours)
    return Sent(path, only(read(content(table(*rows), stamped=stamp()))), modified)


def texts(result: Resolved) -> dict[str, dict[str, str]]:
    """What every cell says in the end, by path and column."""
    told: dict[str, dict[str, str]] = {}
    for (code, column), taken in sorted(result.cells.items()):
        told.setdefault(code, {})[column.value] = f"{taken.path}:{taken.answer.text}"
    return told


def test_identical_forms_are_noted_once() -> None:
    same = ("已完成", "办结", "台账")
    result = resolve(EDUCATION, [sent("a", 0, same), sent("b", 0, same)])
    assert result.outcomes == {"a": Outcome.MERGED, "b": Outcome.DUPLICATE}
    assert [(f.code, f.path) for f in result.findings] == [(found.DUPLICATE.code, "b")]


def test_halves_are_joined() -> None:
    result = resolve(EDUCATION, [sent("a", 0, ("已完成", "办结"), ()), sent("b", 1, (), ("推进中", "在办"))])
    assert sorted(map(sorted, (told.values() for told in texts(result).values()))) == [
        ["a:办结", "a:已完成"],
        ["b:在办", "b:推进中"],
    ]
    assert set(result.outcomes.values()) == {Outcome.MERGED}
    assert [f.code for f in result.findings] == [found.JOINED.code]


def test_of_a_contradiction_the_later_wins_and_an_error_shows_both() -> None:
    result = resolve(EDUCATION, [sent("new", 5, ("已完成", "办结")), sent("old", 0, ("推进中", "办结"))])
    assert result.cells[next(cell for cell in result.cells if cell[1] is Column.STATUS)].answer.text == "已完成"
    assert result.outcomes == {"new": Outcome.MERGED, "old": Outcome.SUPERSEDED}
    (error,) = [f for f in result.findings if f.severity is Severity.ERROR]
    for word in ("推进中", "已完成", "old I4", "new I4", "2031-06-20 20:00", "2031-06-21 01:00"):
        assert word in error.message


@pytest.mark.parametrize(("first", "second"), [(None, None), (0, 0), (None, 3), (3, None)])
def test_when_nobody_can_tell_which_is_later_neither_is_taken(first: int | None, second: int | None) -> None:
    result = resolve(EDUCATION, [sent("a", first, ("推进中", "办结")), sent("b", second, ("已完成", "办结"))])
    assert {column for _, column in result.cells} == {Column.PROGRESS}
    (error,) = [f for f in result.findings if f.severity is Severity.ERROR]
    assert "推进中" in error.message
    assert "已完成" in error.message
    assert [extra.values[-1] for extra in result.extras] == ["推进中", "已完成"]
    assert set(result.outcomes.values()) == {Outcome.MERGED}


def test_a_blank_form_takes_nothing_away() -> None:
    filled = ("已完成", "办结", "台账")
    later = resolve(EDUCATION, [sent("a", 0, filled), sent("blank", 9, ())])
    assert later.outcomes == {"a": Outcome.MERGED, "blank": Outcome.MERGED}
    earlier = resolve(EDUCATION, [sent("blank", -9, ()), sent("a", 0, filled)])
    assert earlier.outcomes == {"a": Outcome.MERGED, "blank": Outcome.SUPERSEDED}
    assert texts(later) == texts(earlier)


def test_another_writing_of_the_same_is_no_contradiction() -> None:
    one, other = ("已完成。", "办结。", "", "2031.6.5"), ("完成", "办结", "", "2031年6月5日")
    result = resolve(EDUCATION, [sent("a", 0, one), sent("b", 1, other)])
    assert all(f.severity is Severity.NOTE for f in result.findings)


@pytest.mark.parametrize(("one", "other"), [("完成5.1亿元", "完成51亿元"), ("降低-4", "降低4"), ("达到50%", "达到50")])
def test_a_sign_within_a_number_is_a_contradiction(one: str, other: str) -> None:
    result = resolve(EDUCATION, [sent("a", 0, ("已完成", one)), sent("b", 1, ("已完成", other))])
    assert [f.code for f in result.findings if f.severity is Severity.ERROR] == [found.CONTRADICTION.code]


def test_the_same_again_after_a_correction_is_the_last_word() -> None:
    forms = [sent("a", 0, ("推进中", "在办")), sent("b", 1, ("已完成", "在办")), sent("c", 2, ("推进中", "在办"))]
    result = resolve(EDUCATION, forms)
    assert {taken.path for taken in result.cells.values()} == {"c"}
    assert {taken.answer.text for taken in result.cells.values()} == {"推进中", "在办"}


_ANSWER = st.tuples(*[st.sampled_from(["", "甲", "乙"])] * 3)


@given(st.lists(st.tuples(_ANSWER, _ANSWER), min_size=1, max_size=3))
def test_the_order_in_which_files_are_met_does_not_matter(made: list[tuple[tuple[str, ...], ...]]) -> None:
    forms = [sent(f"f{hours}", hours, *answers) for hours, answers in enumerate(made)]
    results = [resolve(EDUCATION, order) for order in permutations(forms)]
    assert len({str(texts(result)) for result in results}) == 1
    for result in results:
        assert sum(form.form.answers for form in forms) == len(result.cells) + result.reported
