"""A first register from the notices: units joined with a reason, groups left to the clerk."""

from __future__ import annotations

from toolkit.language.departments import departments
from toolkit.model import Assignment, Finding, Group, Plan, Role, Roster, Source, Task, Unit
from toolkit.roster import propose


def plan(*rows: str, text: str = "") -> Plan:
    tasks = tuple(
        Task(
            n,
            "要求",
            assignments=tuple(Assignment(Role.LEAD, name) for name in row.split(" ")),
            source=Source(text=text),
        )
        for n, row in enumerate(rows, start=1)
    )
    return Plan("云岭市工作要点", tasks)


def test_units_stand_in_the_official_order() -> None:
    roster = propose([plan("望川县政府 云岭集团 市教育局 市委宣传部 市政府办公室 市发展改革委 市总工会 各县区政府")])
    assert [unit.name for unit in roster.units] == [
        "市委宣传部",
        "市政府办公室",
        "市发展改革委",
        "市教育局",
        "市总工会",
        "望川县政府",
        "云岭集团",
    ]
    assert [unit.order for unit in roster.units] == list(range(1, 8))
    assert [group.name for group in roster.groups] == ["各县区政府"]


def test_names_of_one_unit_are_joined_with_a_reason() -> None:
    findings: list[Finding] = []
    roster = propose(
        [plan("市发改委 市发展和改革委员会 区政府办", "市发展和改革委员会 区政府办公室 市科工商务局局 市科工商务局")],
        findings,
    )
    aliases = {unit.name: unit.aliases for unit in roster.units}
    assert aliases == {
        "市发展和改革委员会": ("市发改委",),
        "区政府办": ("区政府办公室",),
        "市科工商务局": ("市科工商务局局",),
    }
    joined = [finding for finding in findings if finding.code == "roster.joined"]
    assert len(joined) == 3
    assert any("笔误" in finding.message for finding in joined)


def test_what_is_only_alike_stays_two_units_with_a_suggestion() -> None:
    findings: list[Finding] = []
    roster = propose([plan("县营商局 县营商环境建设局 市教育局 县教育局 县体育局")], findings)
    assert len(roster.units) == 5
    (maybe,) = [finding for finding in findings if finding.code == "roster.maybe-same"]
    assert "县营商局" in maybe.message
    assert "县营商环境建设局" in maybe.message


def test_a_definition_fills_a_group_and_half_a_list_does_not() -> None:
    whole = propose([plan("各功能区", text="各功能区（指望川新区、听泉高新区，下同）负责")])
    assert whole.groups == (
        Group("各功能区", ("望川新区", "听泉高新区"), "云岭市工作要点：各功能区（指望川新区、听泉高新区，下同）"),
    )
    findings: list[Finding] = []
    half = propose([plan("市直有关单位 市住建局", text="市直有关单位（市住建局、市水利局等）")], findings)
    (group,) = half.groups
    assert group.members == ()
    assert "市水利局" in group.basis
    assert "市水利局" in {unit.name for unit in half.units}
    assert [finding.code for finding in findings] == ["roster.group-to-fill"]


def test_a_known_register_is_taken_over_unchanged() -> None:
    known = Roster(
        (Unit("市教育局", 1, ("市教委",)), Unit("望川县政府", 2, (), ("各县区政府",))),
        (Group("各县区政府", ("望川县政府",)),),
    )
    roster = propose([plan("市教委 各县区政府 市财政局")], None, known)
    assert [(unit.name, unit.order) for unit in roster.units] == [("市教育局", 1), ("望川县政府", 2), ("市财政局", 3)]
    assert roster.groups == known.groups


def test_the_table_of_departments_is_sound() -> None:
    listed = departments()
    assert len(listed) > 90
    full_names = [name for department in listed for name in department.names]
    assert len(full_names) == len(set(full_names))
    for department in listed:
        assert department.source
        assert not set(department.names) & set(department.short)
        assert all(source for _, source in department.former)
