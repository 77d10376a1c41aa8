"""A round as pandas tables says what the round says."""

from __future__ import annotations

from factory import make_collection

from toolkit import frames
from toolkit.model import State


def test_every_entry_is_a_row_with_its_source() -> None:
    collection = make_collection(units=4, tasks=5, seed=3)
    frame = frames.entries(collection)
    assert list(zip(frame["编码"], frame["单位"], strict=True)) == [(e.task, e.unit) for e in collection.entries]
    reported = [e for e in collection.entries if e.state is State.REPORTED and e.source("status")]
    assert frame["单元格"].notna().sum() == len(reported) > 0


def test_the_matrix_has_the_summarys_units_and_tasks_in_order() -> None:
    collection = make_collection(units=4, tasks=5, seed=3)
    wide = frames.matrix(collection)
    assert list(wide.index) == [report.unit for report in collection.units]
    assert list(wide.columns) == [task.code for task in collection.plan.tasks]
    entry = next(e for e in collection.entries if e.status)
    assert wide.loc[entry.unit, entry.task] == entry.status


def test_findings_keep_their_order() -> None:
    collection = make_collection(units=4, tasks=5, seed=3)
    assert list(frames.findings(collection)["message"]) == [f.message for f in collection.findings]
