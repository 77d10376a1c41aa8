"""Two damages at once, drawn by seed: every entry is right or a finding tells of it."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from clerk.compare import Books, judge, unbalanced
from clerk.damages import DAMAGES
from clerk.office import Office
from clerk.world import Plight, World, suffer

SEED = "pairs-1"


def _run(folder: Path, office: Office, count: int, seed: str, say: list[str]) -> list[str]:
    """Draw ``count`` pairs that can happen, let them happen, and say what went wrong."""
    world = World.make(folder, units=count, task_count=10)
    lead, *towns = world.parcels(seed)
    names = sorted(DAMAGES)
    rng = Random(seed)
    drawn: list[Plight] = []
    while len(drawn) < count:
        fresh = world.parcels(seed)[1:]
        batch = [Plight(fresh[index], [DAMAGES[n] for n in rng.sample(names, 2)]) for index in range(len(drawn), count)]
        suffer(batch, office)
        fitting = [plight for plight in batch if not plight.unfit]
        for plight, home in zip(fitting, towns[len(drawn) :], strict=False):
            drawn.append(plight if plight.parcel.unit == home.unit else _again(world, seed, home.unit, plight, office))
        drawn = [plight for plight in drawn if not plight.unfit]
    parcels = [plight.parcel for plight in drawn]
    result = world.merge(world.send([lead, *parcels], "回收"))
    books, wrong = Books(result), unbalanced(result, [lead, *parcels])
    say.append(f"{count} pairs of damages, seed {seed!r}:")
    for plight in drawn:
        verdict = judge(books, plight.parcel, strict=False)
        pair = " + ".join(plight.parcel.damages)
        say.append(f"  {plight.parcel.unit} {pair}: {verdict.recovered} right, {verdict.accounted} reported")
        wrong += [f"{pair} ({seed}): {fault.what}" for fault in verdict.faults]
    return wrong


def _again(world: World, seed: str, unit: str, plight: Plight, office: Office) -> Plight:
    """The same pair for another unit."""
    parcel = next(parcel for parcel in world.parcels(seed) if parcel.unit == unit)
    moved = Plight(parcel, plight.damages)
    suffer([moved], office)
    return moved


@pytest.mark.office
def test_pairs_of_damages(tmp_path: Path, office: Office, say: list[str]) -> None:
    assert _run(tmp_path / "县", office, 60, SEED, say) == []


@pytest.mark.long
@pytest.mark.office
@pytest.mark.parametrize("seed", [f"pairs-long-{n}" for n in range(5)])
def test_many_pairs_of_damages(tmp_path: Path, office: Office, say: list[str], seed: str) -> None:
    assert _run(tmp_path / "县", office, 200, seed, say) == []
