"""Tables as offices merge, split, repeat and misname them."""

from __future__ import annotations

import pytest
from divisions import plan_of

from toolkit.containers import read
from toolkit.model import Plan, Role
from toolkit.notice import read_notice


def page(rows: str) -> Plan:
    """The plan of a web page with this table; rows are lines, cells parted by |, ``@RxC`` in front for spans."""
    lines = []
    for line in rows.strip().splitlines():
        cells = []
        for cell in line.strip().split("|"):
            span, _, text = cell.strip().rpartition("@")
            down, _, across = span.partition("x")
            attributes = f' rowspan="{down}"' * bool(down) + f' colspan="{across}"' * bool(across)
            cells.append(f"<td{attributes}>{text.strip()}</td>")
        lines.append(f"<tr>{''.join(cells)}</tr>")
    head = "<p>云溪市2024年政务公开重点任务分工表</p><p>2024年4月2日</p>"
    return plan_of(f"<html><body>{head}<table>{''.join(lines)}</table></body></html>", "表.html")


def units(plan: Plan, index: int) -> list[tuple[str, str]]:
    return sorted((a.role.value, a.name) for a in plan.tasks[index].assignments)


def marked(plan: Plan) -> list[tuple[int, str]]:
    return [(task.seq, mark.field) for task in plan.tasks for mark in task.review]


def test_columns_are_found_by_their_words_wherever_they_stand() -> None:
    plan = page("""
        完成时限 | 协办单位 | 重点任务内容 | 牵头部门 | 编号
        6月底前 | 市财政局 | 建立河道巡查台账并按月更新。 | 市水利局 | 1
        年底前 | 市民政局、市教育局 | 发布托育机构名单。 | 市卫生健康委 | 2
    """)
    assert [(t.number, t.requirement) for t in plan.tasks] == [
        ("1", "建立河道巡查台账并按月更新。"),
        ("2", "发布托育机构名单。"),
    ]
    assert units(plan, 1) == [("lead", "市卫生健康委"), ("support", "市教育局"), ("support", "市民政局")]
    assert [d.date.isoformat() for t in plan.tasks for d in t.deadlines] == ["2024-06-30", "2024-12-31"]


def test_merged_cells_hold_for_every_row_they_span() -> None:
    plan = page("""
        序号 | 工作任务 | 具体要求 | 责任单位
        1 | 3x@整治河道环境 | 清理岸线垃圾并建立台账。 | 2x@市水利局、市城市管理局
        2 | 拆除沿河违章建筑三十处。
        3 | 公布河长联系电话。 | 市政府办公室
        4 | 规范停车秩序 | 施划停车泊位一千个。 | 市公安局
    """)
    assert [t.headings for t in plan.tasks] == [("整治河道环境",)] * 3 + [()]
    assert [t.title for t in plan.tasks] == [None, None, None, "规范停车秩序"]
    assert marked(plan) == [(4, "headings"), (4, "title")]
    assert units(plan, 0) == units(plan, 1) == [("responsible", "市城市管理局"), ("responsible", "市水利局")]


def test_rows_across_the_width_are_chapters_until_the_next() -> None:
    plan = page("""
        序号 | 具体要求 | 责任单位
        1x3@一、民生领域
        1x3@（一）教育
        1 | 公布学区划分方案。 | 市教育局
        1x3@（二）住房
        2 | 公布保障房配租结果。 | 市住房城乡建设局
        1x3@二、经济领域
        3 | 公布惠企政策清单。 | 市发展改革委
    """)
    assert [t.headings for t in plan.tasks] == [
        ("一、民生领域", "（一）教育"),
        ("一、民生领域", "（二）住房"),
        ("二、经济领域",),
    ]


def test_a_header_printed_again_is_no_task() -> None:
    plan = page("""
        序号 | 具体要求 | 责任单位
        1 | 公布学区划分方案。 | 市教育局
        序号 | 具体要求 | 责任单位
        2 | 公布保障房配租结果。 | 市住房城乡建设局
    """)
    assert [t.number for t in plan.tasks] == ["1", "2"]


def test_a_header_of_two_rows_is_read_together() -> None:
    plan = page("""
        2x@序号 | 2x@工作任务 | 1x2@责任分工 | 2x@备注
        牵头单位 | 配合单位
        1 | 公布学区划分方案。 | 市教育局 | 市公安局 | 每年更新
    """)
    assert units(plan, 0) == [("lead", "市教育局"), ("support", "市公安局")]
    assert plan.tasks[0].remark == "每年更新"


def test_a_unit_of_measure_is_no_unit() -> None:
    plan = page("""
        序号 | 指标名称 | 单位 | 目标值 | 责任单位
        1 | 人均公园绿地面积 | ㎡/人 | 14 | 市城市管理局
        2 | 每千人口托位数 | 个/千人 | 4.5 | 市卫生健康委
    """)
    assert [units(plan, n) for n in (0, 1)] == [[("responsible", "市城市管理局")], [("responsible", "市卫生健康委")]]


def test_dashes_stand_for_no_unit() -> None:
    plan = page("""
        序号 | 具体要求 | 牵头单位 | 配合单位
        1 | 公布学区划分方案。 | 市教育局 | ——
        2 | 公布保障房配租结果。 | 市住房城乡建设局 | /
    """)
    assert [units(plan, n) for n in (0, 1)] == [[("lead", "市教育局")], [("lead", "市住房城乡建设局")]]
    assert marked(plan) == []


def test_a_blank_cell_means_the_one_above_unless_a_chapter_stands_between() -> None:
    plan = page("""
        序号 | 具体要求 | 责任单位
        1 | 公布学区划分方案。 | 市教育局
        2 | 公布招生咨询电话。 |
        1x3@二、经济领域
        3 | 公布惠企政策清单。 |
    """)
    assert [units(plan, n) for n in (0, 1, 2)] == [[("responsible", "市教育局")]] * 3
    assert marked(plan) == [(3, "units")]


def test_a_row_split_by_the_page_end_is_joined() -> None:
    plan = page("""
        序号 | 具体要求 | 责任单位
        1 | 编制年度公开目录，明确公开 | 市政府办公室
         | 内容、时限和责任人。 |
        2 | 公布惠企政策清单。 | 市发展改革委
    """)
    assert [t.requirement for t in plan.tasks] == [
        "编制年度公开目录，明确公开内容、时限和责任人。",
        "公布惠企政策清单。",
    ]
    assert marked(plan) == [(1, "requirement")]


def test_what_the_office_says_of_its_progress_is_kept() -> None:
    plan = page("""
        序号 | 具体要求 | 责任单位 | 完成情况 | 备注
        1 | 公布学区划分方案。 | 市教育局 | 已完成 | 按季度更新
        2 | 公布惠企政策清单。 | 市发展改革委 | 推进中 |
    """)
    assert [(t.status, t.remark) for t in plan.tasks] == [("已完成", "按季度更新"), ("推进中", None)]


def test_numbers_may_restart_in_every_chapter() -> None:
    plan = page("""
        序号 | 具体要求 | 责任单位
        1x3@一、民生领域
        1 | 公布学区划分方案。 | 市教育局
        2 | 公布保障房配租结果。 | 市住房城乡建设局
        1x3@二、经济领域
        1 | 公布惠企政策清单。 | 市发展改革委
    """)
    assert [t.number for t in plan.tasks] == ["1", "2", "1"]


def test_a_second_table_with_other_tasks_is_read_too() -> None:
    header = "<tr><td>序号</td><td>具体要求</td><td>责任单位</td></tr>"
    first = f"{header}<tr><td>1</td><td>公布学区划分方案。</td><td>市教育局</td></tr>"
    second = first.replace("公布学区划分方案", "公布惠企政策清单").replace("市教育局", "市商务局").replace(">1<", ">2<")
    plan = plan_of(f"<html><body><table>{first}</table><p>续表</p><table>{second}</table></body></html>", "表.html")
    assert [t.requirement for t in plan.tasks] == ["公布学区划分方案。", "公布惠企政策清单。"]


@pytest.mark.parametrize(
    ("word", "role"),
    [("牵头单位", Role.LEAD), ("责任部门", Role.RESPONSIBLE), ("配合部门", Role.SUPPORT), ("参加单位", Role.SUPPORT)],
)
def test_roles_come_from_the_header(word: str, role: Role) -> None:
    plan = page(f"""
        序号 | 工作任务 | {word}
        1 | 公布学区划分方案。 | 市教育局
        2 | 公布惠企政策清单。 | 市商务局
    """)
    assert [a.role for t in plan.tasks for a in t.assignments] == [role, role]


def test_the_place_of_every_task_is_known() -> None:
    plan = page("""
        序号 | 具体要求 | 责任单位
        1 | 公布学区划分方案。 | 市教育局
        2 | 公布惠企政策清单。 | 市商务局
    """)
    assert [(t.source.table, t.source.row) for t in plan.tasks] == [(1, 2), (1, 3)]
    assert "市商务局" in plan.tasks[1].source.text


def findings(rows: str) -> list[str]:
    """The messages about a page with this table."""
    cells = [[cell.strip() for cell in line.split("|")] for line in rows.strip().splitlines()]
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in cells)
    page = f"<html><body><p>云溪市2024年任务分工表</p><table>{body}</table></body></html>"
    return [finding.message for finding in read_notice(read(page.encode(), "表.html"), "表.html")[1]]


def test_columns_without_a_place_in_the_plan_are_told() -> None:
    told = findings("""
        序号 | 工作任务 | 责任单位 | 分管领导 | 分值
        1 | 公布学区划分方案。 | 市教育局 | 王一 | 5
        2 | 公布惠企政策清单。 | 市商务局 | 李二 | 3
    """)
    assert len(told) == 1
    assert "分管领导" in told[0]
    assert "分值" in told[0]


def test_texts_of_a_column_nobody_foresaw_go_to_the_remark_with_their_label() -> None:
    plan = page("""
        序号 | 工作任务 | 工作载体 | 责任单位
        1 | 公布学区划分方案。 | 依托招生平台开设专栏并提供查询。 | 市教育局
        2 | 公布惠企政策清单。 | 依托企业服务热线逐户告知政策。 | 市商务局
    """)
    assert plan.tasks[0].remark == "工作载体：依托招生平台开设专栏并提供查询。"
    assert (1, "remark") in marked(plan)


def test_a_table_that_names_no_units_is_a_plan_to_complete() -> None:
    plan = page("""
        序号 | 工作任务 | 完成时限
        1 | 公布学区划分方案。 | 6月底前
        2 | 公布惠企政策清单。 | 年底前
    """)
    assert [(t.requirement, t.assignments) for t in plan.tasks] == [
        ("公布学区划分方案。", ()),
        ("公布惠企政策清单。", ()),
    ]
    assert {(1, "units"), (2, "units")} <= set(marked(plan))


def test_a_column_of_dates_or_units_is_told_by_what_stands_in_it() -> None:
    plan = page("""
        序号 | 工作任务 | 认领 | 关门
        1 | 公布学区划分方案。 | 市教育局、市公安局 | 6月底前
        2 | 公布惠企政策清单。 | 市商务局 | 年底前
        3 | 公布保障房配租结果。 | 市住房城乡建设局 | 9月底前
    """)
    assert units(plan, 1) == [("responsible", "市商务局")]
    assert [d.date.isoformat() for t in plan.tasks for d in t.deadlines] == ["2024-06-30", "2024-12-31", "2024-09-30"]
