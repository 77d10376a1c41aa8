"""Which unit a written name means: a closed register wins, nothing is guessed silently (A23)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.model import Group, Roster, Unit
from toolkit.roster import How, Names, is_group_name

ROSTER = Roster(
    units=tuple(
        Unit(name, order, aliases)
        for order, (name, aliases) in enumerate(
            [
                ("市委组织部（市公务员局）", ()),
                ("市政府办公室", ("市府办",)),
                ("市发展和改革委员会", ()),
                ("市教育局", ()),
                ("市应急管理局", ()),
                ("市营商环境建设局", ()),
                ("市数据局", ("大数据中心",)),
                ("望川县人民政府", ()),
                ("松湾区政府", ("松湾",)),
                ("永安街道办事处", ()),
                ("云岭集团", ()),
            ],
            start=1,
        )
    ),
    groups=(Group("各县区政府", ("望川县人民政府", "松湾区政府")), Group("各镇（街）、管委会", ())),
)
NAMES = Names(ROSTER)


@pytest.mark.parametrize(
    ("text", "name", "how"),
    [
        ("市教育局", "市教育局", How.EXACT),
        ("各县区政府", "各县区政府", How.EXACT),
        ("市府办", "市政府办公室", How.ALIAS),
        ("大数据中心", "市数据局", How.ALIAS),
        ("市 教育局", "市教育局", How.FOLDED),
        ("各县、区政府", "各县区政府", How.FOLDED),
        ("各镇(街)、管委会", "各镇（街）、管委会", How.FOLDED),
        ("望川县政府", "望川县人民政府", How.FOLDED),
        ("市教育局局", "市教育局", How.FOLDED),
        ("市政府办", "市政府办公室", How.ALIAS),
        ("市发改委", "市发展和改革委员会", How.ALIAS),
        ("市发展改革局", "市发展和改革委员会", How.ALIAS),
        ("市应急局", "市应急管理局", How.ALIAS),
        ("松湾区", "松湾区政府", How.ALIAS),
        ("永安街道", "永安街道办事处", How.ALIAS),
        ("市委组织部", "市委组织部（市公务员局）", How.ALIAS),
        ("市教育局（市委教育工委）", "市教育局", How.ALIAS),
    ],
)
def test_what_is_read(text: str, name: str, how: How) -> None:
    match = NAMES.find(text)
    assert (match.name, match.how) == (name, how)
    assert match.kind == ("group" if is_group_name(name) else "unit")
    assert bool(match.reason) == (how is not How.EXACT)


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [
        ("市教育具", "市教育局"),
        ("市安监局", "市应急管理局"),
        ("云岭市教育局", "市教育局"),
        ("教育局", "市教育局"),
        ("县发改局", "市发展和改革委员会"),
        ("市营商局", "市营商环境建设局"),
    ],
)
def test_what_is_only_suggested(text: str, suggestion: str) -> None:
    match = NAMES.find(text)
    assert match.name is None
    assert (match.how, match.suggestion) == (How.SUGGESTION, suggestion)
    assert suggestion in match.reason or "并入" in match.reason


@pytest.mark.parametrize("text", ["", "完全无关的文字", "……"])
def test_what_is_not_found(text: str) -> None:
    match = NAMES.find(text)
    assert (match.name, match.suggestion) == (None, None)


def test_an_alias_of_two_units_is_read_as_neither() -> None:
    names = Names(Roster((Unit("市商务局", 1, ("商务",)), Unit("市商务促进中心", 2, ("商务",)))))
    assert names.find("商务").name is None


def test_two_units_of_one_department_are_told_apart_by_their_full_names_only() -> None:
    names = Names(Roster((Unit("市发展和改革委员会", 1), Unit("市发展和改革局", 2))))
    assert names.find("市发展和改革局").name == "市发展和改革局"
    assert names.find("市发改委").name is None


@given(st.sampled_from(ROSTER.units), st.sampled_from(["", " ", "\u3000", "\u200b"]), st.booleans())
def test_blanks_and_widths_never_matter(unit: Unit, blank: str, wide: bool) -> None:
    text = blank.join(unit.name)
    if wide:
        text = text.replace("（", "(").replace("）", ")")
    assert NAMES.find(text).name == unit.name


@given(st.text(max_size=12))
def test_any_text_gets_an_answer(text: str) -> None:
    match = NAMES.find(text)
    assert match.name is None or match.kind is not None


@pytest.mark.parametrize(
    "name",
    [
        "各县区政府",
        "市直有关单位",
        "相关部门",
        "属地街镇",
        "行业主管部门",
        "市、县(区)司法行政主管部门",
        "各成员单位",
        "区属国企",
    ],
)
def test_group_names(name: str) -> None:
    assert is_group_name(name)


@pytest.mark.parametrize(
    "name", ["市教育局", "松湾区政府", "永安街道办事处", "云岭集团", "市直机关工委", "村委会", "市各界联合会办公室"]
)
def test_unit_names(name: str) -> None:
    assert not is_group_name(name)
