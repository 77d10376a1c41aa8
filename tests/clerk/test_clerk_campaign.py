"""A whole campaign: a random damage to half the files, a tenth missing, a tenth sent twice."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from clerk.compare import Books, judge, unbalanced
from clerk.damages import DAMAGES
from clerk.office import Office
from clerk.parcel import Parcel
from clerk.world import Plight, World, suffer

_SILENT = DAMAGES["A24-nothing"]
_TWICE = [DAMAGES[name] for name in ("A5-identical-copy", "A5-same-answers-saved-twice", "A5-corrected-later")]
_OTHERS = [damage for damage in DAMAGES.values() if damage not in _TWICE and damage is not _SILENT]


def _suffered(world: World, seed: str, office: Office) -> list[Parcel]:
    """Every town's parcel: which fate it meets is drawn by seed."""
    rng = Random(seed)
    towns = world.parcels(seed)
    order = rng.sample(range(len(towns)), len(towns))
    tenth = len(towns) // 10
    fates = {index: [_SILENT] for index in order[:tenth]}
    fates |= {index: [rng.choice(_TWICE)] for index in order[tenth : 2 * tenth]}
    fates |= {index: [rng.choice(_OTHERS)] for index in order[2 * tenth : 2 * tenth + len(towns) // 2]}
    plights = [Plight(parcel, fates.get(index, [])) for index, parcel in enumerate(towns)]
    suffer(plights, office)
    for plight in plights:
        assert not plight.unfit, (plight.parcel.unit, plight.damages, plight.unfit)
    return towns


def _run(folder: Path, office: Office, units: int, task_count: int, seed: str, say: list[str]) -> list[str]:
    world = World.make(folder, units=units, task_count=task_count)
    towns = _suffered(world, seed, office)
    result = world.merge(world.send(towns, "回收"))
    books, wrong = Books(result), unbalanced(result, towns)
    verdicts = [judge(books, parcel, strict=True) for parcel in towns]
    for verdict in verdicts:
        wrong += [f"{fault.unit} {verdict.parcel.damages} ({seed}): {fault.what}" for fault in verdict.faults]
    damaged = sum(bool(verdict.parcel.damages) for verdict in verdicts)
    say.append(
        f"campaign, seed {seed!r}: {len(verdicts)} units, {len(result['files'])} files, {damaged} with a mishap; "
        f"{len(result['entries'])} entries: {sum(v.recovered for v in verdicts)} right, "
        f"{sum(v.accounted for v in verdicts)} reported, {sum(len(v.faults) for v in verdicts)} faults"
    )
    return wrong


@pytest.mark.office
def test_a_campaign(tmp_path: Path, office: Office, say: list[str]) -> None:
    assert _run(tmp_path / "县", office, 200, 40, "campaign-1", say) == []


@pytest.mark.long
@pytest.mark.timeout(1800)
@pytest.mark.office
@pytest.mark.parametrize("seed", ["campaign-long-1", "campaign-long-2", "campaign-long-3"])
def test_more_campaigns(tmp_path: Path, office: Office, say: list[str], seed: str) -> None:
    assert _run(tmp_path / "县", office, 200, 40, seed, say) == []
