"""What lies on disk reads like what lies in memory."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from toolkit.grids import Grid
from toolkit.runs import Packed, Runs, Shelf


@given(st.lists(st.lists(st.integers(0, 50), max_size=200), max_size=6))
def test_runs_are_read_as_one_sorted_sequence(given_runs: list[list[int]]) -> None:
    runs: Runs[str] = Runs(Shelf())
    for run in given_runs:
        runs.add((key, f"值{key}") for key in sorted(run))
    wanted = [f"值{key}" for key in sorted(key for run in given_runs for key in run)]
    assert list(runs) == wanted
    assert list(runs) == wanted, "as often as wanted"
    assert len(runs) == len(wanted)
    assert [runs[place] for place in range(len(wanted))] == wanted
    assert runs[1:-1] == wanted[1:-1]


def test_of_equal_keys_the_earlier_run_comes_first() -> None:
    runs: Runs[str] = Runs(Shelf())
    runs.add([(1, "甲"), (2, "甲")])
    runs.add([(1, "乙"), (3, "乙")])
    assert list(runs.keyed()) == [(1, "甲"), (1, "乙"), (2, "甲"), (3, "乙")]
    assert [runs[place] for place in (0, 1, 2, 3)] == ["甲", "乙", "甲", "乙"]


def test_packed_values_are_read_by_their_place_while_more_are_added() -> None:
    packed: Packed[list[str]] = Packed(Shelf())
    places = []
    for number in range(50):
        places.append(packed.add(["字" * number]))
        assert packed.read(places[number // 2]) == ["字" * (number // 2)]


def test_nothing_is_left_on_disk() -> None:
    shelf = Shelf()
    place = shelf.place()
    packed: Packed[int] = Packed(shelf)
    packed.add(1)
    folder = place.parent
    assert list(folder.iterdir())
    del packed, shelf
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
