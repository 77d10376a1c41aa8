"""What lies on disk reads like what lies in memory."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.firsts import Firsts
from toolkit.grids import Grid
from toolkit.runs import Runs, RunWriter, Shelf, read


def runs_of(*given_runs: list[tuple[int, str]]) -> Runs[str]:
    shelf = Shelf()
    with RunWriter(shelf.place()) as writer:
        return Runs(shelf, [writer.run(run) for run in given_runs])


@given(st.lists(st.lists(st.integers(0, 50), max_size=200), max_size=6))
def test_runs_are_read_as_one_sorted_sequence(given_runs: list[list[int]]) -> None:
    runs = runs_of(*([(key, f"值{key}") for key in sorted(run)] for run in given_runs))
    wanted = [f"值{key}" for key in sorted(key for run in given_runs for key in run)]
    assert list(runs) == wanted
    assert list(runs) == wanted, "as often as wanted"
    assert len(runs) == len(wanted)
    assert [runs[place] for place in range(len(wanted))] == wanted
    assert runs[1:-1] == wanted[1:-1]


def test_of_equal_keys_the_earlier_run_comes_first() -> None:
    runs = runs_of([(1, "甲"), (2, "甲")], [(1, "乙"), (3, "乙")])
    assert list(runs.keyed()) == [(1, "甲"), (1, "乙"), (2, "甲"), (3, "乙")]
    assert [runs[place] for place in (0, 1, 2, -1)] == ["甲", "乙", "甲", "乙"]
    with pytest.raises(IndexError):
        runs[4]


def test_single_values_are_read_by_where_they_stand(tmp_path: Path) -> None:
    with RunWriter(tmp_path / "值") as writer:
        spots = [writer.value(["字" * number]) for number in range(50)]
    assert [read(tmp_path / "值", spot) for spot in reversed(spots)] == [["字" * n] for n in reversed(range(50))]


def test_the_files_live_as_long_as_somebody_may_read_them() -> None:
    runs = Runs(shelf := Shelf()).joined([(1, "甲")])
    folder = shelf.folder
    del shelf
    assert list(runs) == ["甲"]
    del runs
    assert not folder.exists()


@given(st.dictionaries(st.tuples(st.sampled_from("甲乙丙"), st.sampled_from("一二三四")), st.text(max_size=2)))
def test_a_grid_is_a_mapping(cells: dict[tuple[str, str], str]) -> None:
    grid: Grid[str] = Grid("甲乙丙", "一二三四")
    for key, value in cells.items():
        grid[key] = value
    assert dict(grid) == cells
    assert len(grid) == len(cells)
    assert all(grid.get(key) == cells.get(key) for key in [("甲", "一"), ("丙", "四")])
    assert grid.get(("丁", "一")) is None


def test_the_first_place_of_every_text_is_told_however_many_there_are() -> None:
    firsts = Firsts()
    for place in range(20_000):
        assert firsts.place(f"第{place % 7_000}段", place) == place % 7_000
