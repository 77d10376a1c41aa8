"""Running text: what is a task, what a heading, what a title, and whose."""

from __future__ import annotations

from divisions import plan_of

from toolkit.model import Plan

LETTER = "云溪市人民政府关于做好2024年重点工作的通知\n\n各县区人民政府，市政府各部门：\n\n现将任务分工如下。\n\n"


def letter(text: str) -> Plan:
    return plan_of(LETTER + text + "\n\n云溪市人民政府\n\n2024年3月1日\n")


def said(plan: Plan) -> list[tuple[str | None, str | None, str, list[str]]]:
    return [(t.number, t.title, t.requirement, [a.name for a in t.assignments]) for t in plan.tasks]


def test_the_closing_paragraphs_are_no_tasks() -> None:
    plan = letter("""一、重点任务
（一）推进河道治理。清理岸线垃圾，公布河长名单。（责任单位：市水利局）
（二）推进停车治理。施划停车泊位一千个。（责任单位：市公安局）
二、保障措施
（一）加强组织领导。各单位要高度重视，主要负责同志亲自抓。
（二）强化督查考核。定期通报进展情况。""")
    assert [t.title for t in plan.tasks] == ["推进河道治理", "推进停车治理"]
    assert plan.tasks[0].headings == ("一、重点任务",)


def test_points_below_a_clause_belong_to_the_task() -> None:
    plan = letter("""（一）推进河道治理。
1.清理岸线垃圾。
2.公布河长名单。
（责任单位：市水利局）
（二）推进停车治理。施划停车泊位一千个。（责任单位：市公安局）""")
    assert len(plan.tasks) == 2
    assert "公布河长名单" in plan.tasks[0].requirement
    assert [a.name for a in plan.tasks[0].assignments] == ["市水利局"]


def test_points_with_clauses_of_their_own_are_tasks() -> None:
    plan = letter("""（一）推进河道治理
1.清理岸线垃圾，建立巡查台账。（市水利局）
2.公布河长名单和联系电话。（市政府办公室）
（二）推进停车治理
3.施划停车泊位一千个。（市公安局）""")
    assert [(t.number, t.headings) for t in plan.tasks] == [
        ("1", ("（一）推进河道治理",)),
        ("2", ("（一）推进河道治理",)),
        ("3", ("（二）推进停车治理",)),
    ]


def test_an_item_without_clause_is_a_task_and_marked() -> None:
    plan = letter("""1.清理岸线垃圾，建立巡查台账。（责任单位：市水利局）
2.公布河长名单和联系电话，接受群众监督。
3.施划停车泊位一千个，规范停车收费。（责任单位：市公安局）""")
    assert [t.number for t in plan.tasks] == ["1", "2", "3"]
    assert "units" in {mark.field for mark in plan.tasks[1].review}
    assert not plan.tasks[0].review


def test_a_line_tells_when_the_item_above_is_due() -> None:
    plan = letter("""1.清理岸线垃圾，建立巡查台账。
责任单位：市水利局
完成时限：2024年6月底前
2.施划停车泊位一千个，规范停车收费。
责任单位：市公安局
完成时限：2024年底前""")
    assert [d.date.isoformat() for t in plan.tasks for d in t.deadlines] == ["2024-06-30", "2024-12-31"]
    assert "完成时限" not in plan.tasks[0].requirement


def test_the_same_clause_line_under_every_item_is_no_width() -> None:
    items = "\n".join(
        f"（{n}）第{n}件实事是把办理渠道、办理时限和联系电话在门户网站公布，并在每月末更新，方便群众查询和监督，做到一次讲清、一次办好。\n"
        "（牵头单位：市政府办公室；责任单位：各县区政府、市政府各部门）"
        for n in range(1, 9)
    )
    plan = letter(items)
    assert [t.number for t in plan.tasks] == [f"（{n}）" for n in range(1, 9)]
    assert all(len(t.assignments) == 3 for t in plan.tasks)


def test_numbers_may_jump_and_carry_stars() -> None:
    plan = letter("""*1.清理岸线垃圾，建立巡查台账。（市水利局）
2.公布河长名单和联系电话。（市政府办公室）
*5.施划停车泊位一千个。（市公安局）""")
    assert [t.number for t in plan.tasks] == ["*1", "2", "*5"]


def test_the_first_unit_leads_where_the_notice_says_so() -> None:
    plan = letter("""排在第一位的单位为牵头单位，下同。
1.清理岸线垃圾，建立巡查台账。（市水利局、市城市管理局）
2.公布河长名单和联系电话。（市政府办公室、市水利局）""")
    assert [[(a.role.value, a.name) for a in t.assignments] for t in plan.tasks] == [
        [("lead", "市水利局"), ("responsible", "市城市管理局")],
        [("lead", "市政府办公室"), ("responsible", "市水利局")],
    ]


def test_a_notice_in_one_line_is_parted() -> None:
    plan = plan_of(
        "云溪市2024年重点工作分工方案一、推进河道治理。1.清理岸线垃圾，建立巡查台账。（市水利局牵头）"
        "2.公布河长名单和联系电话。（市政府办公室牵头）二、推进停车治理。3.施划停车泊位一千个。（市公安局牵头）"
    )
    assert said(plan) == [
        ("1", None, "清理岸线垃圾，建立巡查台账。", ["市水利局"]),
        ("2", None, "公布河长名单和联系电话。", ["市政府办公室"]),
        ("3", None, "施划停车泊位一千个。", ["市公安局"]),
    ]
    assert [t.headings for t in plan.tasks] == [("一、推进河道治理。",)] * 2 + [("二、推进停车治理。",)]
