"""Unit clauses: roles, collectives, brackets, elided levels, certainty.  All places are invented."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.language.units import ClauseMemory, read_units
from toolkit.model import Role

LEAD, RESPONSIBLE, SUPPORT = Role.LEAD, Role.RESPONSIBLE, Role.SUPPORT


def told(text: str, default: Role = RESPONSIBLE, memory: ClauseMemory | None = None) -> list[str]:
    """The assignments as short strings: 牵头:市教育局."""
    return [f"{a.role.label}:{a.name}" for a in read_units(text, default, memory).assignments]


@pytest.mark.parametrize(
    ("clause", "expected"),
    [
        ("（牵头单位：市教育局；责任单位：市财政局、市司法局）", "牵头:市教育局 责任:市财政局 责任:市司法局"),
        ("(责任部门:市教育局,各区政府)", "责任:市教育局 责任:各区政府"),
        ("牵头单位：市教育局，支撑单位：市财政局", "牵头:市教育局 配合:市财政局"),
        ("主办：县发改局；协办：县财政局", "牵头:县发改局 配合:县财政局"),
        ("市教育局牵头，各县区政府负责落实", "牵头:市教育局 责任:各县区政府"),
        ("市教育局牵头，各县区政府", "牵头:市教育局 责任:各县区政府"),
        ("财政部牵头，国务院相关部门及各地区按职责分工负责", "牵头:财政部 责任:国务院相关部门 责任:各地区"),
        ("市教育局、市财政局分别负责", "责任:市教育局 责任:市财政局"),
        (
            "市教育局、市财政局负责，各镇（街）、管委会，市各有关单位配合",
            "责任:市教育局 责任:市财政局 配合:各镇（街）、管委会 配合:市各有关单位",
        ),
        ("由市教育局牵头、市财政局配合", "牵头:市教育局 配合:市财政局"),
        ("市交通委牵头负责、各区政府组织落实", "牵头:市交通委 责任:各区政府"),
        ("市教育局为牵头单位，市财政局为责任单位", "牵头:市教育局 责任:市财政局"),
        ("市教育局牵头，会同市财政局、市人社局落实", "牵头:市教育局 责任:市财政局 责任:市人社局"),
        ("市教育局（牵头）、市财政局", "牵头:市教育局 责任:市财政局"),
        ("责任单位为县教育局、县财政局", "责任:县教育局 责任:县财政局"),
        ("责 任 单 位 ：县教育局", "责任:县教育局"),
        ("牵头单位：县教育局责任单位：县财政局", "牵头:县教育局 责任:县财政局"),
        (
            "省教育厅牵头，省委宣传部、科技厅、广电局等按职责分工负责",
            "牵头:省教育厅 责任:省委宣传部 责任:省科技厅 责任:省广电局",
        ),
        ("各社会组织、市慈善总会", "责任:各社会组织 责任:市慈善总会"),
    ],
)
def test_roles(clause: str, expected: str) -> None:
    assert told(clause) == expected.split(" ")
    assert read_units(clause).certain


@pytest.mark.parametrize(
    "name",
    [
        "各县、区人民政府",
        "各县、市、区政府",
        "各县（市、区）人民政府",
        "各镇（街）、管委会",
        "各乡镇人民政府、街道办事处",
        "各镇（街道）人民政府（办事处）",
        "各区、县级市",
        "各省、自治区、直辖市人民政府",
        "市政府各部门、各直属机构",
        "区政府各部门、直属机构",
        "市政府各委、办、局",
        "市、县(区)司法行政主管部门",
        "县政府各部门及有关单位",
        "各镇党委、政府",
        "各有关部门和单位",
        "市政府各部门和有关单位",
        "区内各相关行政审批部门",
        "属地街镇",
    ],
)
def test_a_collective_stays_whole(name: str) -> None:
    assert told(f"市司法局牵头，{name}，市财政局负责") == ["牵头:市司法局", f"责任:{name}", "责任:市财政局"]
    assert read_units(name).certain


@pytest.mark.parametrize(
    ("clause", "names"),
    [
        ("市新闻办、卫生健康局", ["市新闻办", "市卫生健康局"]),
        (
            "区委组织部、宣传部、编办，区教育局、民政局",
            ["区委组织部", "区委宣传部", "区委编办", "区教育局", "区民政局"],
        ),
        ("国家医保局、市场监管总局、国家能源局", ["国家医保局", "市场监管总局", "国家能源局"]),
        ("市教育局、各街镇、开发区、云岭集团", ["市教育局", "各街镇", "开发区", "云岭集团"]),
        ("人民银行、银保监会等国务院相关部门及各地区", ["人民银行", "银保监会", "国务院相关部门", "各地区"]),
        ("市教育局、市水务局等相关部门，\n各街镇", ["市教育局", "市水务局", "相关部门", "各街镇"]),
        ("市教育局、各街镇等", ["市教育局", "各街镇"]),
        (
            "市住房和城乡建设局、市发展和改革委员会和各县区政府",
            ["市住房和城乡建设局", "市发展和改革委员会", "各县区政府"],
        ),
        ("区教育局 区民政局\n区财政局", ["区教育局", "区民政局", "区财政局"]),
        ("区土方工作\n专班、区水务局", ["区土方工作专班", "区水务局"]),
        ("市科工商务局局、市教育局、市教育局", ["市科工商务局局", "市教育局"]),
        ("1.市教育局；2.市财政局", ["市教育局", "市财政局"]),
        ("区“两新”专班、交通运输部云岭海事局", ["区“两新”专班", "交通运输部云岭海事局"]),
    ],
)
def test_names_of_a_list(clause: str, names: list[str]) -> None:
    assert [a.name for a in read_units(clause).assignments] == names
    assert read_units(clause).certain


def test_members_in_brackets_are_added_and_definitions_are_not() -> None:
    with_members = read_units("市教育局牵头,市直有关单位(市住建局、市交通运输局等)负责落实")
    assert [a.name for a in with_members.assignments] == ["市教育局", "市直有关单位", "市住建局", "市交通运输局"]
    assert with_members.members == (("市直有关单位", ("市住建局", "市交通运输局")),)
    defined = read_units("市直各单位,各县、区人民政府(包括望川开发区、听泉高新区管委会,下同)")
    assert [a.name for a in defined.assignments] == ["市直各单位", "各县、区人民政府"]
    assert defined.members == (("各县、区人民政府", ("望川开发区管委会", "听泉高新区管委会")),)


def test_a_name_plate_stays_in_the_name() -> None:
    assert told("区委组织部（区公务员局）、市水务局（海洋局）") == [
        "责任:区委组织部（区公务员局）",
        "责任:市水务局（海洋局）",
    ]


@pytest.mark.parametrize(
    "clause",
    [
        "除城关镇、河口镇外，各乡镇人民政府",
        "各乡镇人民政府（除城关镇、河口镇外）",
        "各乡镇人民政府（不含城关镇、河口镇）",
    ],
)
def test_exceptions_hold(clause: str) -> None:
    (assignment,) = read_units(clause).assignments
    assert assignment.name == "各乡镇人民政府"
    assert assignment.except_for == ("城关镇", "河口镇")


@pytest.mark.parametrize(
    "rule", ["排在第一位的部门为牵头部门，下同", "第一个单位为牵头单位，下同", "排名第一的为牵头单位"]
)
def test_the_first_unit_leads_in_every_later_clause(rule: str) -> None:
    memory = ClauseMemory()
    assert told("市教育局、市财政局", memory=memory) == ["责任:市教育局", "责任:市财政局"]
    assert told(f"市教育局、市财政局（{rule}）", memory=memory) == ["牵头:市教育局", "责任:市财政局"]
    assert told("市民政局、市司法局", memory=memory) == ["牵头:市民政局", "责任:市司法局"]
    assert told("市民政局负责，市司法局牵头", memory=memory) == ["责任:市民政局", "牵头:市司法局"]


def test_other_parts_of_a_bracket_are_kept_apart() -> None:
    clause = read_units("责任单位：县教育局；完成时限：2024年6月底前；责任人：张三")
    assert [a.name for a in clause.assignments] == ["县教育局"]
    assert clause.others == (("完成时限", "2024年6月底前"), ("责任人", "张三"))
    assert read_units("市教育局，2024年6月底前完成").others == (("完成时限", "2024年6月底前完成"),)


def test_the_column_gives_the_role_no_word_gives() -> None:
    assert told("市教育局、市财政局", default=LEAD) == ["牵头:市教育局", "牵头:市财政局"]
    assert told("市教育局牵头，市财政局配合", default=LEAD) == ["牵头:市教育局", "配合:市财政局"]


@pytest.mark.parametrize(
    ("clause", "reason"),
    [
        ("市教育局会同市财政局负责", "会同"),
        ("市教育局、市财政局等部门", "等部门"),
        ("市教育局局长张三", "不像单位名称"),
        ("市教育、财政等部门", "全称"),
        ("县教育局负责学校，县卫健局负责医院", "具体分工"),
        ("市教育局市财政局", "连写"),
        ("市教育局*、市财政局", "星号"),
        ("市教育局（办公室主任）", "括号"),
        ("市教育局牵头，市教育局、市财政局负责", "两种职责"),
        ("牵头及责任单位：市教育局、市财政局", "几种职责"),
        ("市教育局、某某办", "省略"),
        ("各地区、各部门负责", "也可能是两个"),
        ("市教育局、市水务局等公共企事业单位主管部门", "举例"),
        ("", "没有读出单位"),
    ],
)
def test_what_the_grammar_does_not_settle_is_said(clause: str, reason: str) -> None:
    read = read_units(clause)
    assert not read.certain
    assert any(reason in why for why in read.reasons)


# --- a clause made from known units is read back into them --------------------------------

UNITS = [
    "市教育局",
    "市发展和改革委员会",
    "市人力资源和社会保障局",
    "市市场监督管理局",
    "市委组织部",
    "市委网信办",
    "市政府办公室",
    "团市委",
    "市总工会",
    "市检察院",
    "市公共资源交易中心",
    "国网云岭供电公司",
    "云岭银行",
    "云岭学院",
    "望川县政府",
    "松湾区人民政府",
    "听泉镇",
    "高新区管委会",
    "市住房城乡建设管理委",
    "市水务局（市海洋局）",
]
GROUPS = [
    "各县、区人民政府",
    "市政府各部门、各直属机构",
    "各镇（街）、管委会",
    "各乡镇人民政府、街道办事处",
    "市直有关单位",
    "各县区政府",
    "市、县(区)司法行政主管部门",
]
VERBS = {
    LEAD: ["牵头", "牵头负责"],
    RESPONSIBLE: ["负责", "负责落实", "按职责分工负责", "组织落实"],
    SUPPORT: ["配合", "协助", "按职责配合"],
}
LABELS = {
    LEAD: ["牵头单位", "牵头部门"],
    RESPONSIBLE: ["责任单位", "责任部门", "落实单位"],
    SUPPORT: ["配合单位", "支撑单位", "协办单位"],
}


@st.composite
def parted_units(draw: st.DrawFn) -> list[tuple[Role, list[str], list[str]]]:
    """Disjoint lists of units and groups, one a role."""
    units = draw(st.lists(st.sampled_from(UNITS), min_size=1, max_size=9, unique=True))
    groups = draw(st.lists(st.sampled_from(GROUPS), max_size=3, unique=True))
    roles = draw(st.lists(st.sampled_from(list(Role)), min_size=1, max_size=3, unique=True))
    parts = [(role, units[n :: len(roles)], groups[n :: len(roles)]) for n, role in enumerate(roles)]
    return [part for part in parts if part[1] or part[2]]


def _listed(units: list[str], groups: list[str]) -> str:
    return "，".join((["、".join(units)] if units else []) + groups)


@given(parted_units(), st.data())
def test_a_clause_with_verbs_is_read_back(parts: list[tuple[Role, list[str], list[str]]], data: st.DataObject) -> None:
    text = "，".join(_listed(units, groups) + data.draw(st.sampled_from(VERBS[role])) for role, units, groups in parts)
    read = read_units(f"（{text}）")
    assert [(a.role, a.name) for a in read.assignments] == [(r, name) for r, us, gs in parts for name in us + gs]
    assert read.certain


@given(parted_units(), st.sampled_from("；，;"), st.data())
def test_a_clause_with_labels_is_read_back(
    parts: list[tuple[Role, list[str], list[str]]], mark: str, data: st.DataObject
) -> None:
    text = mark.join(f"{data.draw(st.sampled_from(LABELS[role]))}：{_listed(us, gs)}" for role, us, gs in parts)
    read = read_units(text)
    assert [(a.role, a.name) for a in read.assignments] == [(r, name) for r, us, gs in parts for name in us + gs]
    assert read.certain


@given(st.text(alphabet="市县教育局、，；：（）()等和及各有关部门单位牵头负责配合除外下同 \n*1年前", max_size=60))
def test_any_text_is_read_without_failing(text: str) -> None:
    read = read_units(text)
    assert read.certain == (not read.reasons)
    assert all(a.name.strip() for a in read.assignments)
    names = [a.name for a in read.assignments]
    assert len(names) == len(set(names))
