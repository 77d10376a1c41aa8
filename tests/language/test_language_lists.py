"""Names in one cell and back, exactly."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.language.units import join_names, split_names

SEPARATING = "、，,；;/|（）()和及等各县区市 "


@pytest.mark.parametrize(
    ("names", "cell"),
    [
        (("市教育局", "市财政局"), "市教育局、市财政局"),
        (("市教育局", "各县、区人民政府"), "市教育局；各县、区人民政府"),
        ((), ""),
    ],
)
def test_how_a_cell_looks(names: tuple[str, ...], cell: str) -> None:
    assert split_names(join_names(names)) == names
    assert split_names(cell) == names


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("市教育局,市财政局，市司法局", ("市教育局", "市财政局", "市司法局")),
        ("市教育局；市财政局;市司法局", ("市教育局", "市财政局", "市司法局")),
        ("市教育局\n市财政局", ("市教育局", "市财政局")),
        ("市直各单位、各县、区人民政府", ("市直各单位", "各县、区人民政府")),
        ("市水务局（海洋局、渔业局）、市教育局", ("市水务局（海洋局、渔业局）", "市教育局")),
        (" 、市教育局、 ", ("市教育局",)),
    ],
)
def test_a_cell_as_clerks_type_it(cell: str, names: tuple[str, ...]) -> None:
    assert split_names(cell) == names


_NAMES = st.text(
    st.one_of(st.sampled_from(SEPARATING), st.characters(exclude_categories=["C", "Z"])), min_size=1, max_size=12
)


@given(st.lists(_NAMES.map(str.strip).filter(bool), max_size=6))
def test_any_names_come_back(names: list[str]) -> None:
    assert split_names(join_names(names)) == tuple(names)
