"""The accounts of the simulator itself: whatever is tampered with in a right result is noticed."""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from clerk.compare import Books, judge, unbalanced
from clerk.damages import DAMAGES
from clerk.parcel import Parcel, Unfit
from clerk.world import Plight, World, suffer

pytestmark = pytest.mark.xdist_group("compare")
"""One worker makes what these tests look at."""

Result = dict[str, Any]


@pytest.fixture(scope="module")
def right(tmp_path_factory: pytest.TempPathFactory) -> tuple[Result, list[Parcel]]:
    world = World.make(tmp_path_factory.mktemp("compare") / "县", units=3, task_count=6)
    parcels = world.parcels("compare")
    return world.merge(world.send(parcels, "回收")), parcels


def _faults(result: Result, parcels: list[Parcel], *, strict: bool) -> list[str]:
    found = [fault.what for parcel in parcels for fault in judge(Books(result), parcel, strict=strict).faults]
    return found + unbalanced(result, parcels)


def _reported(result: Result) -> Result:
    entry: Result = next(entry for entry in result["entries"] if entry["state"] == "reported" and entry["progress"])
    return entry


def _silent(result: Result) -> None:
    result["findings"].clear()
    for file in result["files"]:
        file["findings"] = []


def _another_text(result: Result) -> None:
    _reported(result)["progress"] += "又"


def _another_word(result: Result) -> None:
    entry = _reported(result)
    entry["status"] = "已完成" if entry["status"] != "已完成" else "推进中"


def _text_lost(result: Result) -> None:
    _reported(result)["progress"] = ""


def _entry_lost(result: Result) -> None:
    result["entries"].remove(_reported(result))


def _entry_twice(result: Result) -> None:
    result["entries"].append(_reported(result))


def _file_lost(result: Result) -> None:
    result["files"].pop()


def _no_source(result: Result) -> None:
    _reported(result)["sources"].pop("progress")


def _another_source(result: Result) -> None:
    entry = _reported(result)
    entry["sources"]["progress"] = dict(entry["sources"]["status"])


@pytest.mark.parametrize(
    "tamper",
    [
        _another_text,
        _another_word,
        _text_lost,
        _entry_lost,
        _entry_twice,
        _file_lost,
        _no_source,
        _another_source,
    ],
)
@pytest.mark.parametrize("strict", [True, False])
def test_tampering_is_noticed(
    right: tuple[Result, list[Parcel]], tamper: Callable[[Result], None], strict: bool
) -> None:
    result, parcels = copy.deepcopy(right[0]), right[1]
    _silent(result)
    assert _faults(result, parcels, strict=strict) == []
    tamper(result)
    assert _faults(result, parcels, strict=strict) != []


def test_a_loss_that_is_told_of_counts_as_accounted_for(right: tuple[Result, list[Parcel]]) -> None:
    result, parcels = copy.deepcopy(right[0]), right[1]
    entry = _reported(result)
    _text_lost(result)
    _silent(result)
    told = {"code": "x", "severity": "warning", "unit": entry["unit"], "task": entry["task"], "path": None}
    result["findings"].append(told | {"sheet": None, "cell": None, "message": "读不出", "advice": "重报"})
    assert _faults(result, parcels, strict=False) == []
    assert _faults(result, parcels, strict=True) != []


def test_a_damage_that_finds_nothing_to_damage_says_so(tmp_path: Path) -> None:
    world = World.make(tmp_path / "县", units=1, task_count=2)
    (parcel,) = world.parcels("unfit")
    parcel.data = b"no workbook"
    plight = Plight(parcel, [DAMAGES["A1-columns-reversed"]])
    suffer([plight], None)
    assert plight.unfit
    with pytest.raises(Unfit), parcel.parts():
        pass
