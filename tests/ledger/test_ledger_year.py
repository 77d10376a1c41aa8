"""A year of rounds against the simulator's own account."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from year import simulate


def test_some_months_of_a_small_office(tmp_path: Path) -> None:
    year = simulate(tmp_path / "台账", units=4, tasks=9, months=8, seed="小年")
    assert year.decided > 20 and year.corrected > 2 and year.closed


@pytest.mark.long
@pytest.mark.timeout(7200)
def test_a_whole_year(tmp_path: Path) -> None:
    """12 rounds × 60 units × 40 tasks."""
    began = time.perf_counter()
    year = simulate(tmp_path / "台账", units=60, tasks=40, months=12, seed="全年")
    print(f"\na year: {year.decided} decisions, {year.corrected} corrections, {len(year.closed)} closed, "
          f"{time.perf_counter() - began:.0f} s")  # fmt: skip
    print("\n".join(year.lines))
