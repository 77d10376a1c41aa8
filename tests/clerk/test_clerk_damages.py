"""Every damage alone: what it did not destroy is recovered, what it did is reported (ACCEPTANCE.md)."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from clerk.compare import Books, Verdict, judge, unbalanced
from clerk.damages import DAMAGES
from clerk.office import SOFFICE, Office
from clerk.world import Plight, World, suffer

pytestmark = pytest.mark.xdist_group("damages")
"""One worker makes what these tests look at."""

SEED = "damages-1"


@pytest.fixture(scope="session")
def judged(
    tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest, say: list[str]
) -> tuple[dict[str, Verdict], list[str]]:
    """Every damage happens to a unit of its own in one round; verdicts by damage, and what is out of balance."""
    office: Office | None = request.getfixturevalue("office") if SOFFICE else None
    names = [name for name, damage in DAMAGES.items() if office or not damage.convert]
    world = World.make(tmp_path_factory.mktemp("damages") / "县", units=len(names), task_count=12)
    towns = world.parcels(SEED)
    plights = [Plight(parcel, [DAMAGES[name]]) for parcel, name in zip(towns, names, strict=True)]
    suffer(plights, office)
    result = world.merge(world.send(towns, "回收"))
    books = Books(result)
    verdicts = {name: judge(books, plight.parcel, strict=True) for name, plight in zip(names, plights, strict=True)}
    assert not [plight.damages[0].name for plight in plights if plight.unfit]
    cases = Counter(name.partition("-")[0] for name in names)
    say.append(f"{len(names)} damages alone: " + ", ".join(f"{case} {n}" for case, n in cases.items()))
    for name, verdict in verdicts.items():
        say.append(f"  {name:<44}{verdict.recovered:>3} right {verdict.accounted:>3} reported  {verdict.outcome}")
    return verdicts, unbalanced(result, towns)


def test_enough_damages_for_every_intake_case() -> None:
    cases = {damage.case for damage in DAMAGES.values()}
    assert len(DAMAGES) >= 80
    intake = {f"A{n}" for n in range(1, 27)} - {"A3", "A25"}
    assert intake | {"A34", "A35"} <= cases


@pytest.mark.parametrize("name", sorted(DAMAGES))
def test_damage_alone(name: str, judged: tuple[dict[str, Verdict], list[str]]) -> None:
    verdicts, _ = judged
    if name not in verdicts:
        pytest.skip("LibreOffice (soffice) is not installed")
    assert [fault.what for fault in verdicts[name].faults] == []


def test_every_file_and_every_entry_stands_exactly_once(judged: tuple[dict[str, Verdict], list[str]]) -> None:
    _, wrong = judged
    assert wrong == []


def test_nothing_sent_is_touched(tmp_path: Path) -> None:
    world = World.make(tmp_path / "县", units=2, task_count=3)
    returns = world.send(world.parcels(SEED), "回收")
    before = {path: path.read_bytes() for path in returns.rglob("*") if path.is_file()}
    world.merge(returns)
    assert {path: path.read_bytes() for path in returns.rglob("*") if path.is_file()} == before
