"""What is carried forward, what changed, what the office mended: pure functions, whatever the rounds hold."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit import vocabulary as words
from toolkit.entry_cells import applied, shown
from toolkit.model import ENTRY_FIELDS, Correction, Decision, Entry, Role, State, Trend, Verdict
from toolkit.rounds import Last, Standing, change_of, last_told, standing_decisions, texts_before
from toolkit.rounds.office import corrected

KEY = "T1", "甲局"
_STATUSES = st.sampled_from([*words.WORDS, None])
_TEXTS = st.sampled_from(["", "办理3件。", "办理4件。", "本期无变化"])


def entry(status: str | None = words.ONGOING, progress: str = "办理3件。", **more: object) -> Entry:
    return replace(
        Entry(*KEY, Role.LEAD, State.REPORTED, status=status, status_text=status or "？", progress=progress), **more
    )  # type: ignore[arg-type]


@given(st.lists(st.tuples(_STATUSES, _TEXTS, st.booleans()), max_size=8))
def test_the_last_answer_is_always_one_that_could_be_used(rounds: list[tuple[str | None, str, bool]]) -> None:
    told = [(f"{n}期", {KEY: entry(status, text)}) for n, (status, text, _) in enumerate(rounds)]
    returned = {f"{n}期": [KEY] for n, (_, _, sent_back) in enumerate(rounds) if sent_back}
    last = last_told(told, returned).get(KEY)
    usable = [n for n, (status, _, sent_back) in enumerate(rounds) if status and not sent_back]
    assert (last is None) == (not usable)
    if last is not None:
        assert last.round == f"{usable[-1]}期" and last.entry.status == rounds[usable[-1]][0]
        assert 1 <= last.still <= len(usable)
        assert words.word_before(texts_before({KEY: last})[KEY]) == last.entry.status


def test_no_change_keeps_the_words_told_before() -> None:
    rounds = [("1期", {KEY: entry()}), ("2期", {KEY: entry(progress="")}), ("3期", {KEY: entry(progress="本期无变化")})]
    last = last_told(rounds, {})[KEY]
    assert (last.entry.progress, last.round, last.still) == ("办理3件。", "3期", 3)
    again = last_told([*rounds, ("4期", {KEY: entry(progress="办理9件。")})], {})[KEY]
    assert (again.entry.progress, again.still) == ("办理9件。", 1)


@pytest.mark.parametrize(
    ("before", "now", "trend"),
    [
        (words.ONGOING, words.DONE, Trend.FORWARD),
        (words.DONE, words.ONGOING, Trend.BACK),
        (words.ONGOING, words.ONGOING, Trend.REWORDED),
        (words.ONGOING, words.NOT_CONCERNED, Trend.REWORDED),
    ],
)
def test_which_way_an_entry_went(before: str, now: str, trend: Trend) -> None:
    change = change_of(entry(now, "办理9件。"), Last(entry(before), "1期", 4))
    assert change is not None and (change.trend, change.before, change.since, change.still) == (trend, before, "1期", 1)


def test_what_was_not_understood_has_no_trend() -> None:
    assert change_of(entry(None), Last(entry(), "1期")) is None
    first = change_of(entry(), None)
    assert first is not None and first.trend is Trend.FIRST


_VALUES = st.sampled_from(["办理3件。", "办理4件。", "另有说明", ""])


@given(
    st.sampled_from([f for f in ENTRY_FIELDS if f not in ("status", "done_on")]), _VALUES, st.lists(_VALUES, max_size=4)
)
def test_the_last_correction_of_a_field_always_stands(name: str, came: str, chain: list[str]) -> None:
    said = entry(**{name: came})  # type: ignore[arg-type]
    made, old = [], "办理3件。"
    for new in chain:
        made.append(Correction(*KEY, name, old, new, "电话"))
        old = new
    mended, holding, findings = corrected(said, made)
    assert shown(mended, name) == (chain[-1] if chain else came)
    assert len(holding) == len(findings) == (bool(chain) and chain[-1] != came)
    assert mended.sources == said.sources and mended.status_text == said.status_text


def test_an_answer_given_by_telephone_counts_as_reported() -> None:
    missing = Entry(*KEY, Role.LEAD)
    mended = applied(
        missing, [Correction(*KEY, "status", "未报", words.DONE), Correction(*KEY, "done_on", "", "2026-03-01")]
    )
    assert (mended.state, mended.status, mended.done_on) == (State.REPORTED, words.DONE, date(2026, 3, 1))
    assert applied(missing, []) == missing


@given(_STATUSES, _TEXTS, _STATUSES, _TEXTS)
def test_a_decision_holds_exactly_while_the_entry_says_the_same(a: str | None, x: str, b: str | None, y: str) -> None:
    then, now = entry(a, x), entry(b, y)
    for verdict in Verdict:
        held, told = standing_decisions({KEY: (Decision(*KEY, verdict), then)}, {KEY: now})
        assert (KEY in held) == ((a, x) == (b, y)) and bool(told) != (KEY in held)


def test_a_task_that_is_not_asked_stands_as_it_was() -> None:
    missing = Entry(*KEY, Role.SUPPORT, number="7")
    standing = Standing(last={KEY: Last(entry(), "1期")}, not_asked=frozenset([KEY]))
    carried, _ = standing.settle(missing)
    assert carried == entry(role=Role.SUPPORT, number="7", carried="1期")
    assert Standing(not_asked=frozenset([KEY])).settle(missing) == (None, [])
    answered, _ = standing.settle(entry(words.DONE))
    assert answered is not None and not answered.carried, "an answer nobody asked for is still an answer"


def test_no_change_against_the_ledger_is_told() -> None:
    said = entry(words.DONE, status_text="本期无变化")
    settled, (told,) = Standing(last={KEY: Last(entry(), "1期")}).settle(said)
    assert settled is not None and settled.status == words.ONGOING
    assert "“已完成”" in told.message and "“推进中”" in told.message
