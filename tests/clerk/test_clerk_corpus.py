"""The whole chain by hand on three real notices: every entry typed stands in the result with its cell."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from clerk.compare import Books, judge, unbalanced
from clerk.world import World

NOTICES = {
    "xuancheng-2022-table.xlsx": "xuancheng-2022.xlsx",
    "huizhou-2020-table.html": "huizhou-2020.xlsx",
    "fushun-2020.txt": "fushun-2020.xlsx",
}


@pytest.mark.corpus
@pytest.mark.parametrize("notice", NOTICES)
def test_chain_on_a_real_notice(notice: str, corpus: Path, tmp_path: Path) -> None:
    register = tmp_path / "单位名录.xlsx"
    shutil.copyfile(corpus / "rosters" / NOTICES[notice], register)
    world = World.of(tmp_path, [corpus / "notices" / notice], register)
    parcels = world.parcels(notice, own_folders=False)
    silent = parcels[::9]
    for parcel in silent:
        parcel.data, parcel.answers, parcel.silent = b"", {}, True
    result = world.merge(world.send(parcels, "回收"))
    books = Books(result)
    assert unbalanced(result, parcels) == []
    assert [fault for parcel in parcels for fault in judge(books, parcel, strict=True).faults] == []
    states = {entry["unit"]: entry["state"] for entry in result["entries"]}
    assert {states[parcel.unit] for parcel in silent} == {"missing"}
