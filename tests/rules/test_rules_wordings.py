"""The rules on wording held against many different wordings: what they find, and what they leave alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
import wordings as w
from rules_campaign import clean_campaign

from toolkit import rules
from toolkit.findings import rules as found
from toolkit.model import Collection

BASE = clean_campaign(1)
SEEDS = (3, 31)


def answered(answers: Sequence[tuple[str, str]]) -> Collection:
    """A round with these statuses and words."""
    entries = [
        replace(
            entry,
            status=status,
            status_text=status,
            progress=progress,
            evidence="会议纪要",
            done_on=entry.done_on if status.startswith("已完成") else None,
            done_on_text="",
        )
        for entry, (status, progress) in zip(BASE.entries, answers, strict=False)
    ]
    return replace(BASE, entries=tuple(entries))


def flagged(answers: Sequence[tuple[str, str]], code: str) -> list[str]:
    """The words of the answers in which a rule finds a fault."""
    collection = answered(answers)
    hit = {(f.unit, f.task) for f in rules.run(collection) if f.code == code}
    return [entry.progress for entry in collection.entries if (entry.unit, entry.task) in hit]


@pytest.mark.parametrize(
    ("texts", "status", "code"),
    [
        (w.UNDONE_UNDER_DONE, "已完成", found.CONTRADICTION.code),
        (w.DONE_UNDER_ONGOING, "推进中", found.CONTRADICTION.code),
        (w.BUSY_UNDER_NOT_STARTED, "未启动", found.CONTRADICTION.code),
        (w.HOLLOW, "已完成", found.EMPTY_WORDS.code),
        (w.NO_NUMBER, "已完成", found.NUMBER_MISSING.code),
        (w.POSTPONED_WITHOUT, "申请延期", found.POSTPONE_INCOMPLETE.code),
        (w.PERSONAL, "已完成", found.PERSONAL_DATA.code),
    ],
)
def test_faults_are_found_however_they_are_worded(texts: list[str], status: str, code: str) -> None:
    hit = flagged([(status, text) for text in texts], code)
    missed = [text for text in texts if text not in hit]
    print(f"{code} {status}: {len(texts) - len(missed)}/{len(texts)}")
    assert len(missed) <= 0.02 * len(texts), missed


@pytest.mark.parametrize(
    ("texts", "status", "code"),
    [
        (w.OPEN_LOOKING_BUT_DONE, "已完成", found.CONTRADICTION.code),
        (w.SHORT_BUT_SAYING, "已完成", found.EMPTY_WORDS.code),
        (w.NOT_PERSONAL, "已完成", found.PERSONAL_DATA.code),
        (
            [text.format(w="东桥镇", t="清单") for text in w.CLAUSES_OF_POSTPONED],
            "申请延期",
            "rules.postpone-incomplete",
        ),
    ],
)
def test_what_only_looks_like_a_fault_is_left_alone(texts: list[str], status: str, code: str) -> None:
    assert not flagged([(status, text) for text in texts], code)


@pytest.mark.parametrize("seed", SEEDS)
def test_clean_answers_are_left_alone(seed: int) -> None:
    answers = w.clean_answers(seed, 540)
    for kind in (found.CONTRADICTION, found.EMPTY_WORDS, found.PERSONAL_DATA, found.UNPUBLISHED_WORDS):
        alarms = flagged(answers, kind.code)
        print(f"seed {seed} {kind.code}: {len(alarms)}/{len(answers)}")
        assert len(alarms) <= 0.01 * len(answers), alarms
