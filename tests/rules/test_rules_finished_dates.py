"""The rule on finished dates held against dates that were written without knowing how they are read."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import batches

from toolkit import rules
from toolkit.findings import rules as found
from toolkit.language.dates import read_date
from toolkit.model import Round

LINES = [
    line.split("｜")
    for line in (Path(__file__).parent / "finished_dates.txt").read_text("utf-8").splitlines()
    if not line.startswith("#")
]
CODES = {
    "future": found.DONE_ON_FUTURE.code,
    "early": found.DONE_ON_EARLY.code,
    "undone": found.DONE_ON_UNDONE.code,
    "unreadable": found.DONE_ON_UNREADABLE.code,
}
ROUNDS = {"-": "专项填报", "2026-07-01": "2026年第三季度"}


def told(today: str, issued: str, start: str, status: str, text: str) -> set[str]:
    """What the rule says of one date."""
    as_of = date.fromisoformat(today)
    collection = batches.collection([batches.Answer("clean", status, "修订制度2项")])
    entry = replace(collection.entries[0], done_on=read_date(text, year=as_of.year), done_on_text=text)
    collection = replace(
        collection,
        entries=(entry,),
        as_of=as_of,
        plan=replace(collection.plan, issued_on=None if issued == "-" else date.fromisoformat(issued)),
        round=Round(ROUNDS[start]),
    )
    return {finding.code for finding in rules.run(collection) if finding.code in CODES.values()}


def test_faults_are_found_and_dates_in_order_left_alone() -> None:
    missed, wrong_kind, alarms = [], [], []
    for expected, *given in LINES:
        codes = told(*given)
        if expected == "ok":
            alarms += [given] if codes else []
        elif not codes:
            missed.append(given)
        elif codes != {CODES[expected]}:
            wrong_kind.append(given)
    print(f"missed {len(missed)}, of another kind {len(wrong_kind)}, alarms {len(alarms)} of {len(LINES)}")
    assert not missed and not alarms
    assert all(text.startswith("26.") for *_, text in wrong_kind), "a year of two digits is not guessed, but told"
