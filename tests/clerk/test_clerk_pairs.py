"""Two damages at once, drawn by seed: every entry is right or a finding tells of it."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from clerk.compare import Books, judge, unbalanced
from clerk.damages import DAMAGES
from clerk.office import Office
from clerk.parcel import Parcel
from clerk.world import Plight, World, suffer

SEED = "pairs-1"


def _paired(world: World, seed: str, office: Office) -> list[Parcel]:
    """A parcel for every town, damaged by a pair drawn for it; pairs that cannot happen are drawn again."""
    names = sorted(DAMAGES)
    done: dict[str, Parcel] = {}
    attempt = 0
    towns = [parcel.unit for parcel in world.parcels(seed)]
    while len(done) < len(towns):
        attempt += 1
        plights = [
            Plight(parcel, [DAMAGES[name] for name in Random(f"{seed}:{parcel.unit}:{attempt}").sample(names, 2)])
            for parcel in world.parcels(seed)
            if parcel.unit not in done
        ]
        suffer(plights, office)
        done |= {plight.parcel.unit: plight.parcel for plight in plights if not plight.unfit}
    return [done[unit] for unit in towns]


def _run(folder: Path, office: Office, count: int, seed: str, say: list[str]) -> list[str]:
    """Let ``count`` pairs of damages happen in one round, and say what went wrong."""
    world = World.make(folder, units=count, task_count=10)
    parcels = _paired(world, seed, office)
    result = world.merge(world.send(parcels, "回收"))
    books, wrong = Books(result), unbalanced(result, parcels)
    say.append(f"{count} pairs of damages, seed {seed!r}:")
    for parcel in parcels:
        verdict = judge(books, parcel, strict=False)
        pair = " + ".join(parcel.damages)
        say.append(f"  {parcel.unit} {pair}: {verdict.recovered} right, {verdict.accounted} reported")
        wrong += [f"{parcel.unit} {pair} ({seed}): {fault.what}" for fault in verdict.faults]
    return wrong


@pytest.mark.office
def test_pairs_of_damages(tmp_path: Path, office: Office, say: list[str]) -> None:
    assert _run(tmp_path / "县", office, 60, SEED, say) == []


@pytest.mark.long
@pytest.mark.timeout(1800)
@pytest.mark.office
@pytest.mark.parametrize("seed", [f"pairs-long-{n}" for n in range(5)])
def test_many_pairs_of_damages(tmp_path: Path, office: Office, say: list[str], seed: str) -> None:
    assert _run(tmp_path / "县", office, 200, seed, say) == []
