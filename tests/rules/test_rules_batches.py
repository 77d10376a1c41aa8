"""The rules on wording held against batches of answers that were written before the rules had seen them.

``FIRST_RUNS`` tells how each batch went the first time, before anything was learnt from it: the honest figures.
Afterwards the grammar was widened by the kinds of mistakes a batch showed, never by its sentences, and the next
batch was written in another style.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from pathlib import Path

import batches
import pytest

from toolkit.findings import rules as found

PATHS = sorted(batches.FOLDER.glob("*.txt"))
SEED = 20261012
MOST_MISSED, MOST_ALARMS = 0.02, 0.01
"""Of all batches together; a single one, of which several were written to mislead, may stand out by a little."""
MOST_MISSED_IN_ONE, MOST_ALARMS_IN_ONE = 0.08, 0.05

CONTRADICTION, EMPTY, NUMBER = found.CONTRADICTION.code, found.EMPTY_WORDS.code, found.NUMBER_MISSING.code
POSTPONE, PERSONAL = found.POSTPONE_INCOMPLETE.code, found.PERSONAL_DATA.code

FIRST_RUNS: dict[str, dict[str, tuple[str, str]]] = {
    "01_bureaus": {
        CONTRADICTION: ("40/70", "4/161"),
        EMPTY: ("10/51", "0/161"),
        NUMBER: ("0/20", "0/16"),
        POSTPONE: ("17/20", "8/15"),
        PERSONAL: ("17/18", "3/15"),
    },
    "02_villages": {
        CONTRADICTION: ("45/63", "1/88"),
        EMPTY: ("41/50", "0/88"),
        NUMBER: ("17/18", "1/13"),
        POSTPONE: ("17/20", "0/12"),
        PERSONAL: ("14/14", "1/10"),
    },
    "03_offices": {
        CONTRADICTION: ("49/54", "5/87"),
        EMPTY: ("23/34", "0/87"),
        NUMBER: ("16/16", "0/14"),
        POSTPONE: ("12/15", "0/10"),
        PERSONAL: ("13/14", "0/13"),
    },
    "04_firms_hospitals": {
        CONTRADICTION: ("44/62", "0/89"),
        EMPTY: ("20/42", "0/89"),
        NUMBER: ("16/16", "1/12"),
        POSTPONE: ("14/15", "0/8"),
        PERSONAL: ("16/16", "2/16"),
    },
    "05_mixed": {
        CONTRADICTION: ("57/67", "2/105"),
        EMPTY: ("39/45", "0/105"),
        NUMBER: ("17/17", "0/14"),
        POSTPONE: ("13/16", "0/10"),
        PERSONAL: ("16/16", "1/15"),
    },
    "06_bulleted": {
        CONTRADICTION: ("59/76", "1/91"),
        EMPTY: ("34/41", "1/91"),
        NUMBER: ("14/16", "1/14"),
        POSTPONE: ("13/15", "0/10"),
        PERSONAL: ("15/15", "2/14"),
    },
    "07_counties": {
        CONTRADICTION: ("83/88", "4/106"),
        EMPTY: ("50/50", "2/106"),
        NUMBER: ("17/17", "0/13"),
        POSTPONE: ("17/18", "1/9"),
        PERSONAL: ("14/14", "0/12"),
    },
    "08_city": {
        CONTRADICTION: ("55/67", "5/96"),
        EMPTY: ("25/29", "0/96"),
        NUMBER: ("12/12", "0/11"),
        POSTPONE: ("10/11", "0/8"),
        PERSONAL: ("11/11", "0/12"),
    },
    "09_plain": {CONTRADICTION: ("66/69", "0/97"), EMPTY: ("29/30", "1/97")},
    "10_plain_more": {CONTRADICTION: ("64/67", "1/84"), EMPTY: ("19/20", "0/84")},
    "11_last": {
        CONTRADICTION: ("56/62", "0/65"),
        EMPTY: ("18/20", "0/65"),
        NUMBER: ("12/12", "0/8"),
        POSTPONE: ("9/10", "0/6"),
        PERSONAL: ("10/10", "0/10"),
    },
    "13_fresh": {CONTRADICTION: ("57/68", "0/58"), EMPTY: ("0/0", "0/58")},
    "16_usual": {CONTRADICTION: ("55/60", "0/48"), EMPTY: ("0/0", "2/48")},
    "14_fresh": {CONTRADICTION: ("63/66", "2/56"), EMPTY: ("0/0", "1/56")},
    "15_cells": {
        found.NO_EVIDENCE.code: ("16/16", "0/10"),
        found.DONE_ON_UNREADABLE.code: ("10/10", "0/10"),
        found.FORMULA_LIKE.code: ("12/12", "0/8"),
    },
    "17_systems": {
        CONTRADICTION: ("69/91", "48/278"),
        EMPTY: ("29/31", "1/278"),
        NUMBER: ("26/27", "1/60"),
        POSTPONE: ("24/25", "0/50"),
        PERSONAL: ("30/30", "0/101"),
        found.COPY_REQUIREMENT.code: ("6/10", "0/10"),
        found.COPY_WITHIN.code: ("12/12", "0/278"),
        found.DONE_ON_UNREADABLE.code: ("8/8", "0/6"),
        found.NO_EVIDENCE.code: ("4/6", "0/6"),
    },
    "18_grassroots": {
        CONTRADICTION: ("64/89", "41/269"),
        EMPTY: ("19/27", "1/269"),
        NUMBER: ("25/26", "6/60"),
        POSTPONE: ("21/25", "1/50"),
        PERSONAL: ("29/29", "5/101"),
        found.COPY_REQUIREMENT.code: ("6/8", "0/8"),
        found.COPY_WITHIN.code: ("10/10", "0/269"),
        found.DONE_ON_UNREADABLE.code: ("6/6", "1/5"),
        found.NO_EVIDENCE.code: ("2/4", "0/5"),
    },
    "19_bureaucratese": {
        CONTRADICTION: ("66/78", "28/265"),
        EMPTY: ("26/29", "0/265"),
        NUMBER: ("25/26", "2/60"),
        POSTPONE: ("24/25", "1/50"),
        PERSONAL: ("27/29", "2/103"),
        found.COPY_REQUIREMENT.code: ("5/8", "0/8"),
        found.COPY_WITHIN.code: ("10/10", "0/265"),
        found.DONE_ON_UNREADABLE.code: ("6/6", "0/4"),
        found.NO_EVIDENCE.code: ("0/4", "0/5"),
    },
    "20_pairs": {
        CONTRADICTION: ("57/85", "20/272"),
        EMPTY: ("24/29", "2/272"),
        NUMBER: ("23/26", "0/60"),
        POSTPONE: ("22/25", "0/50"),
        PERSONAL: ("29/29", "0/101"),
        found.COPY_REQUIREMENT.code: ("8/8", "0/8"),
        found.COPY_WITHIN.code: ("8/8", "0/272"),
        found.DONE_ON_UNREADABLE.code: ("6/6", "0/3"),
        found.NO_EVIDENCE.code: ("0/0", "0/5"),
    },
    "21_messages": {
        CONTRADICTION: ("62/82", "30/263"),
        EMPTY: ("23/27", "0/263"),
        NUMBER: ("24/26", "0/60"),
        POSTPONE: ("23/25", "0/50"),
        PERSONAL: ("29/29", "1/101"),
        found.COPY_REQUIREMENT.code: ("8/8", "0/8"),
        found.COPY_WITHIN.code: ("8/8", "0/263"),
        found.DONE_ON_UNREADABLE.code: ("6/6", "0/4"),
        found.FORMULA_LIKE.code: ("0/0", "1/263"),
    },
    "22_plain": {CONTRADICTION: ("71/79", "9/265"), EMPTY: ("0/0", "0/265")},
    "90_own_harder": {CONTRADICTION: ("106/172", "8/71")},
    "91_own_usual": {CONTRADICTION: ("107/116", "3/88")},
    "92_own_short": {CONTRADICTION: ("138/148", "0/0")},
    "93_own_mixed": {CONTRADICTION: ("34/36", "3/76")},
    "94_own_sectors": {CONTRADICTION: ("61/75", "2/49")},
    "95_own_houses": {CONTRADICTION: ("49/60", "0/47")},
    "96_own_round": {CONTRADICTION: ("52/68", "0/36")},
    "12_check": {CONTRADICTION: ("63/68", "0/64"), EMPTY: ("8/8", "1/64")},
}
"""Batch → code → planted faults found, clean answers flagged, the first time.

The first batch met the rules as they stood before there was a grammar.  Four answers were written into the wrong
section (进度：100% and three that tell only of what goes on or comes next are empty words) and moved or taken out
afterwards; so was one of batch 16 under 推进中, as a quantity that is all done may still be a part
of the task, and two of its clean ones are empty words, as are six of batch 91.

Batches 17 to 21 set out to mislead: nearly every clean answer of theirs holds the words of what is open; batch 22 is
written plainly again.  Those from 90 on were written by whoever wrote the grammar.  26.9.13 among the readable dates
of batch 18 was taken out, as the order of day, month and year is never guessed, and so was an answer of batch 21 that
begins with @.
"""


def test_every_batch_has_its_first_run() -> None:
    assert {path.stem for path in PATHS} == set(FIRST_RUNS)


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_faults_are_found_and_clean_answers_left_alone(path: Path) -> None:
    for tally in batches.tallies(batches.read(path)):
        print(f"{path.stem} {tally.section} {tally.code}: {tally.figure}")
        most = MOST_MISSED_IN_ONE if tally.section in batches.FAULTS else MOST_ALARMS_IN_ONE
        assert len(tally.wrong) <= max(1, most * tally.total), tally


def test_all_batches_together_keep_to_the_goal() -> None:
    wrong: dict[tuple[bool, str], list[str]] = defaultdict(list)
    total: Counter[tuple[bool, str]] = Counter()
    for path in PATHS:
        for tally in batches.tallies(batches.read(path)):
            key = tally.section in batches.FAULTS, tally.code
            wrong[key] += tally.wrong
            total[key] += tally.total
    for (fault, code), count in total.items():
        most = MOST_MISSED if fault else MOST_ALARMS
        print(f"{code} {'missed' if fault else 'false alarms'}: {len(wrong[fault, code])}/{count}")
        assert len(wrong[fault, code]) <= most * count, wrong[fault, code]


def test_clean_answers_joined_are_clean() -> None:
    """Five hundred answers made of two clean ones of the same status: nothing in one throws doubt on the other."""
    rng = random.Random(SEED)
    clean = [answer for path in PATHS for answer in batches.read(path) if answer.section == "clean"]
    clean = [answer for answer in clean if answer.requirement == batches.PLAIN_REQUIREMENT]  # the others need theirs
    alone = {wrong for tally in batches.tallies(clean) for wrong in tally.wrong}
    clean = [answer for answer in clean if f"{answer.status}: {answer.text}" not in alone]
    by_status = {status: [a for a in clean if a.status == status] for status in {a.status for a in clean}}
    joined: list[batches.Answer] = []
    for _ in range(500):
        status = rng.choice(["已完成", "已完成", "已完成", "已完成并持续推进", "推进中"])
        one, other = rng.sample(by_status[status], 2)
        joined.append(batches.Answer("clean", status, f"{one.text.rstrip('。')}。{other.text}"))
    for tally in batches.tallies(joined):
        if tally.code != found.COPY_WITHIN.code:  # halves are shared on purpose
            print(f"seed {SEED} {tally.code}: {tally.figure}")
            assert len(tally.wrong) <= MOST_ALARMS * tally.total, tally
