"""Copies, lengths and dates under what clerks do to them: a word put in, clauses swapped, other marks and figures."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import batches
import pytest
from rules_campaign import clean_campaign, clean_text, with_entries

from toolkit import rules
from toolkit.findings import rules as found
from toolkit.language.dates import read_date
from toolkit.model import Collection, Entry
from toolkit.settings import DEFAULT

SEEDS = (7, 2027)
PLANTED = 60
LEAST_FOUND, MOST_ALARMS = 0.98, 0.01
Change = Callable[[random.Random, str], str]

REQUIREMENTS = [
    a.requirement
    for path in sorted(batches.FOLDER.glob("*.txt"))
    for a in batches.read(path)
    if len(a.requirement) >= 24 and a.requirement != batches.PLAIN_REQUIREMENT
]
_CLAUSE = re.compile(r"[^，；。]+[，；。]?")


def _finished(rng: random.Random, text: str) -> str:
    """了 behind some of the verbs, and a word of its own before it."""
    clauses = [
        clause[:2] + "了" + clause[2:] if rng.random() < 0.7 and len(clause) > 5 else clause
        for clause in _CLAUSE.findall(text)
    ]
    return rng.choice(["我局", "已", "已按要求", ""]) + "".join(clauses)


def _swapped(rng: random.Random, text: str) -> str:
    clauses = [clause.rstrip("，；。") for clause in _CLAUSE.findall(text)]
    place = rng.randrange(len(clauses))
    return "，".join(clauses[place:] + clauses[:place]) + "。"


def _other_marks(rng: random.Random, text: str) -> str:
    return text.translate(str.maketrans({"，": rng.choice(",、；"), "。": rng.choice(".；"), "、": rng.choice("，和")}))


def _polished(rng: random.Random, text: str) -> str:
    return text.rstrip("。") + rng.choice(["，圆满完成任务。", "，已完成。", "。", "，按期完成任务。"])


def _one_figure(rng: random.Random, text: str) -> str:
    places = [match.start() for match in re.finditer(r"\d", text)]
    place = rng.choice(places)
    return text[:place] + str((int(text[place]) + 1) % 10) + text[place + 1 :]


def _one_word(rng: random.Random, text: str) -> str:
    place = rng.randrange(len(text))
    return text[:place] + rng.choice(["已", "的", "并", "均"]) + text[place:]


COPIED: dict[str, Change] = {"了": _finished, "换序": _swapped, "标点": _other_marks, "套话": _polished}
ALIKE: dict[str, Change] = {"标点": _other_marks, "一个数": _one_figure, "一个词": _one_word}


@pytest.fixture(scope="module", params=SEEDS, ids=str)
def clean(request: pytest.FixtureRequest) -> tuple[int, Collection]:
    return request.param, clean_campaign(request.param, tasks=40)


def marked(collection: Collection, *codes: str) -> set[tuple[str | None, str | None]]:
    return {(f.unit, f.task) for f in rules.run(collection) if f.code in codes}


def hold(seed: int, what: str, collection: Collection, planted: dict[int, Entry], *codes: str) -> None:
    """Whether the planted faults are found and the other entries left alone; the figures are printed."""
    hit = marked(with_entries(collection, planted), *codes)
    faults = {(entry.unit, entry.task) for entry in planted.values()}
    others = len(collection.entries) - len(faults)
    print(
        f"seed {seed} {codes[0]} {what}: found {len(hit & faults)}/{len(faults)}, alarms {len(hit - faults)}/{others}"
    )
    assert len(hit & faults) >= LEAST_FOUND * len(faults)
    assert len(hit - faults) <= MOST_ALARMS * others


@pytest.mark.parametrize("how", COPIED)
def test_a_requirement_handed_back_is_found(clean: tuple[int, Collection], how: str) -> None:
    seed, collection = clean
    rng = random.Random(seed)
    asked = {task.code: rng.choice(REQUIREMENTS) for task in collection.plan.tasks}
    tasks = tuple(replace(task, requirement=asked[task.code]) for task in collection.plan.tasks)
    collection = replace(collection, plan=replace(collection.plan, tasks=tasks))
    planted = {
        place: replace(entry, progress=COPIED[how](rng, asked[entry.task]))
        for place, entry in rng.sample(list(enumerate(collection.entries)), PLANTED)
    }
    hold(seed, how, collection, planted, found.COPY_REQUIREMENT.code)


@pytest.mark.parametrize("how", ALIKE)
def test_wording_of_others_is_found_when_it_was_touched_up(clean: tuple[int, Collection], how: str) -> None:
    seed, collection = clean
    rng = random.Random(seed)
    pairs = list(zip(*[iter(rng.sample(range(len(collection.entries)), 2 * PLANTED))] * 2, strict=True))
    planted = {}
    for one, other in pairs:
        text = collection.entries[one].progress
        planted[one] = collection.entries[one]
        planted[other] = replace(collection.entries[other], progress=ALIKE[how](rng, text))
    hold(seed, how, collection, planted, found.COPY_WITHIN.code, found.COPY_ACROSS.code)


def test_what_is_too_long_is_told_to_the_character(clean: tuple[int, Collection]) -> None:
    seed, collection = clean
    rng = random.Random(seed)
    limit = DEFAULT.bulletin_length
    long = "".join(clean_text(rng) for _ in range(40))
    at_limit = {
        place: replace(entry, progress=long[start : start + limit])
        for place, entry in enumerate(collection.entries)
        if (start := rng.randrange(len(long) - 2 * limit)) and place % 2
    }
    collection = with_entries(collection, at_limit)
    planted = {
        place: replace(entry, progress=entry.progress[:1] + long[: limit + rng.randrange(0, 300)])
        for place, entry in rng.sample(list(enumerate(collection.entries)), PLANTED)
    }
    hold(seed, "字数", collection, planted, found.TOO_LONG.code)


FORMS = (
    "{0.year}-{0.month:02}-{0.day:02}",
    "{0.year}年{0.month}月{0.day}日",
    "{0.year}.{0.month}.{0.day}",
    "{0.year}/{0.month}/{0.day}",
)


@pytest.mark.parametrize("code", [found.DONE_ON_FUTURE.code, found.DONE_ON_EARLY.code])
def test_finished_dates_outside_the_round_are_found_however_they_are_written(
    clean: tuple[int, Collection], code: str
) -> None:
    seed, collection = clean
    rng = random.Random(seed)

    def dated(entry: Entry, day: date) -> Entry:
        text = rng.choice(FORMS).format(day)
        return replace(entry, status="已完成", status_text="已完成", done_on=read_date(text), done_on_text=text)

    issued, today = collection.plan.issued_on, collection.as_of
    assert issued is not None
    inside = {
        place: dated(entry, issued + timedelta(rng.randrange(200))) for place, entry in enumerate(collection.entries)
    }
    edges = {0: dated(collection.entries[0], issued), 1: dated(collection.entries[1], today)}
    collection = with_entries(collection, inside | edges)
    early, late = issued - timedelta(1), today + timedelta(1)
    planted = {
        place: dated(
            entry,
            late + timedelta(rng.randrange(500))
            if code == found.DONE_ON_FUTURE.code
            else early - timedelta(rng.randrange(900)),
        )
        for place, entry in rng.sample(list(enumerate(collection.entries))[2:], PLANTED)
    }
    hold(seed, "日期", collection, planted, code)
