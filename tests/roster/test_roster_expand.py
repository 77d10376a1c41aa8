"""Who owes which task: groups, exceptions, roles and deadlines resolved by the register."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from toolkit.model import Assignment, Deadline, Duty, Group, Plan, Role, Roster, Severity, Source, Task, Unit
from toolkit.roster import compare_expansions, expand

LEAD, RESPONSIBLE, SUPPORT = Role.LEAD, Role.RESPONSIBLE, Role.SUPPORT
COUNTIES = ("望川县政府", "听泉县政府", "松湾区政府")
BUREAUS = ("市教育局", "市财政局")
ROSTER = Roster(
    tuple(Unit(name, order) for order, name in enumerate((*BUREAUS, *COUNTIES), start=1)),
    (
        Group("各县区政府", COUNTIES, "市政府文件"),
        Group("市直各单位", BUREAUS),
        Group("全市各单位", ("市直各单位", "各县区政府")),
        Group("试点单位", ("望川县政府",)),
        Group("各乡镇", ()),
    ),
)


def task(code: str, *assignments: Assignment, deadlines: tuple[Deadline, ...] = ()) -> Task:
    return Task(1, "要求", code=code, assignments=assignments, deadlines=deadlines, source=Source(text="原文"))


def duties(*tasks: Task, roster: Roster = ROSTER) -> dict[tuple[str, str], Duty]:
    expansion = expand(Plan("方案", tasks), roster)
    assert len({(d.task, d.unit) for d in expansion.duties}) == len(expansion.duties)
    return {(duty.task, duty.unit): duty for duty in expansion.duties}


def test_a_group_is_expanded_in_unit_order_and_written_down() -> None:
    plan = Plan("方案", (task("T1", Assignment(LEAD, "市财政局"), Assignment(RESPONSIBLE, "各县区政府")),))
    expansion = expand(plan, ROSTER)
    assert [duty.unit for duty in expansion.duties] == ["市财政局", *COUNTIES]
    assert [duty.via for duty in expansion.duties] == ["", *["各县区政府"] * 3]
    (use,) = expansion.uses
    assert (use.group, use.members, use.basis, use.sentence) == ("各县区政府", COUNTIES, "市政府文件", "原文")
    assert any("各县区政府" in f.message and "市政府文件" in f.message for f in expansion.findings)
    assert expansion.units == ("市财政局", *COUNTIES)


def test_a_unit_reached_twice_owes_once_with_its_strongest_role() -> None:
    reached = duties(
        task("T1", Assignment(SUPPORT, "市直各单位"), Assignment(LEAD, "市教育局")),
        task("T2", Assignment(RESPONSIBLE, "市直各单位"), Assignment(RESPONSIBLE, "市教育局")),
        task("T3", Assignment(RESPONSIBLE, "市直各单位"), Assignment(SUPPORT, "市教育局")),
    )
    assert (reached["T1", "市教育局"].role, reached["T1", "市教育局"].via) == (LEAD, "")
    assert (reached["T2", "市教育局"].role, reached["T2", "市教育局"].via) == (RESPONSIBLE, "")
    assert (reached["T3", "市教育局"].role, reached["T3", "市教育局"].via) == (RESPONSIBLE, "市直各单位")


def test_exceptions_hold_and_unknown_ones_are_said() -> None:
    left_out = task("T1", Assignment(RESPONSIBLE, "各县区政府", ("松湾区", "星野区")))
    expansion = expand(Plan("方案", (left_out,)), ROSTER)
    assert [duty.unit for duty in expansion.duties] == ["望川县政府", "听泉县政府"]
    assert any("星野区" in finding.message for finding in expansion.findings)
    assert not any("松湾区" in finding.message and "除外" in finding.message for finding in expansion.findings)


def test_groups_of_groups_and_circles() -> None:
    assert {unit for _, unit in duties(task("T1", Assignment(RESPONSIBLE, "全市各单位")))} == {*BUREAUS, *COUNTIES}
    circle = Roster(ROSTER.units, (Group("各甲单位", ("各乙单位", "市教育局")), Group("各乙单位", ("各甲单位",))))
    expansion = expand(Plan("方案", (task("T1", Assignment(LEAD, "各甲单位")),)), circle)
    assert [duty.unit for duty in expansion.duties] == ["市教育局"]
    assert [f.code for f in expansion.findings if f.severity is Severity.ERROR] == ["roster.circular-group"]


def test_empty_and_unknown_groups_and_units() -> None:
    plan = Plan(
        "方案",
        (
            task("T1", Assignment(LEAD, "各乡镇"), Assignment(SUPPORT, "有关企业")),
            task("T2", Assignment(LEAD, "市教育具"), Assignment(SUPPORT, "各乡镇")),
        ),
    )
    expansion = expand(plan, ROSTER)
    assert expansion.empty_groups == ("各乡镇", "有关企业")
    assert expansion.unknown == ("市教育具",)
    assert [duty.unit for duty in expansion.duties] == ["各乡镇", "有关企业", "各乡镇", "市教育具"]
    (unknown,) = [finding for finding in expansion.findings if finding.code == "roster.unknown-unit"]
    assert "市教育局" in unknown.message


def test_each_class_of_units_gets_its_own_deadline() -> None:
    september, october, december = date(2023, 9, 30), date(2023, 10, 31), date(2023, 12, 31)
    told = (
        Deadline("9月30日前", september, "试点单位"),
        Deadline("10月31日前", october, "听泉县"),
        Deadline("12月31日前", december, "其余县区"),
    )
    reached = duties(task("T1", Assignment(RESPONSIBLE, "各县区政府"), deadlines=told))
    assert [reached["T1", unit].due for unit in COUNTIES] == [september, october, december]


def test_a_class_of_units_nobody_knows_is_said_and_no_unit_is_due_too_early() -> None:
    told = (Deadline("9月底前", date(2023, 9, 30), "首批单位"), Deadline("12月底前", date(2023, 12, 31), "其余单位"))
    expansion = expand(Plan("方案", (task("T1", Assignment(LEAD, "市教育局"), deadlines=told),)), ROSTER)
    assert [duty.due for duty in expansion.duties] == [date(2023, 12, 31)]
    assert any("首批单位" in finding.message for finding in expansion.findings)


def test_several_deadlines_for_all_mean_the_earliest() -> None:
    told = (Deadline("12月底前", date(2023, 12, 31)), Deadline("9月底前", date(2023, 9, 30)))
    assert duties(task("T1", Assignment(LEAD, "市教育局"), deadlines=told))["T1", "市教育局"].due == date(2023, 9, 30)


def test_a_short_name_is_read_and_said() -> None:
    expansion = expand(Plan("方案", (task("T1", Assignment(LEAD, "松湾区")),)), ROSTER)
    assert [duty.unit for duty in expansion.duties] == ["松湾区政府"]
    assert any(finding.code == "roster.read-by-table" for finding in expansion.findings)


def test_a_changed_register_shows_who_was_added_or_dropped() -> None:
    plan = Plan("方案", (task("T1", Assignment(LEAD, "各县区政府")), task("T2", Assignment(LEAD, "市教育局"))))
    changed = Roster((*ROSTER.units, Unit("星野区政府", 6)), (Group("各县区政府", (*COUNTIES[:2], "星野区政府")),))
    before, after = expand(plan, ROSTER), expand(plan, changed)
    comparison = compare_expansions(before.duties, after.duties)
    assert [(duty.task, duty.unit) for duty in comparison.added] == [("T1", "星野区政府")]
    assert [(duty.task, duty.unit) for duty in comparison.dropped] == [("T1", "松湾区政府")]
    assert comparison.changed == ()
    dropped, added = comparison.findings()
    assert "松湾区政府" in dropped.message
    assert "星野区政府" in added.message
    assert compare_expansions(after.duties, after.duties).same


_NAMES = st.sampled_from([*BUREAUS, *COUNTIES, "各县区政府", "市直各单位", "全市各单位"])


@given(st.lists(st.lists(st.tuples(st.sampled_from(Role), _NAMES), min_size=1, max_size=5), min_size=1, max_size=5))
def test_every_unit_owes_a_task_once_with_the_strongest_role_that_reaches_it(
    rows: list[list[tuple[Role, str]]],
) -> None:
    tasks = [task(f"T{n}", *(Assignment(role, name) for role, name in row)) for n, row in enumerate(rows)]
    reached = duties(*tasks)
    members = {"各县区政府": COUNTIES, "市直各单位": BUREAUS, "全市各单位": (*BUREAUS, *COUNTIES)}
    strength = [LEAD, RESPONSIBLE, SUPPORT]
    for number, row in enumerate(rows):
        wanted: dict[str, Role] = {}
        for role, name in row:
            for unit in members.get(name, (name,)):
                wanted[unit] = min(wanted.get(unit, SUPPORT), role, key=strength.index)
        assert {unit: duty.role for (code, unit), duty in reached.items() if code == f"T{number}"} == wanted
