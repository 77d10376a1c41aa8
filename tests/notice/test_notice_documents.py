"""Notices whose document is laid out in ways of its own: page tables, boxes, sheets, lists that number themselves."""

from __future__ import annotations

import io

import openpyxl
from divisions import plan_of
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from toolkit.containers import read
from toolkit.model import Plan
from toolkit.notice import read_notice


def units(plan: Plan) -> list[list[tuple[str, str]]]:
    return [sorted((a.role.value, a.name) for a in task.assignments) for task in plan.tasks]


def requirements(plan: Plan) -> list[str]:
    return [task.requirement for task in plan.tasks]


def days(plan: Plan) -> list[list[str]]:
    return [[deadline.date.isoformat() for deadline in task.deadlines] for task in plan.tasks]


def saved(document: object, name: str) -> Plan:
    buffer = io.BytesIO()
    document.save(buffer)  # type: ignore[attr-defined]
    return read_notice(read(buffer.getvalue(), name), name)[0]


def test_text_inside_the_tables_that_lay_out_a_web_page_is_read() -> None:
    lines = (
        "沅水市2025年数字经济发展工作清单",
        "一、夯实算力底座",
        "1. 建成智算中心一期，2025年10月底前投入运营。（牵头单位：市数据局，责任单位：市城发集团）",
        "2. 新建5G基站600个。（牵头单位：市工信局，责任单位：各基础电信企业）",
        "二、培育数字产业",
        "3. 完成规上企业诊断80家。（市工信局）",
    )
    page = (
        "<html><body><table><tr><td colspan=2>首页 &gt; 政策文件</td></tr>"
        f"<tr><td>政策文件<br>解读</td><td>{'<br>'.join(lines)}</td></tr></table></body></html>"
    )
    plan = plan_of(page, "a.html")
    assert requirements(plan) == [
        "建成智算中心一期，2025年10月底前投入运营。",
        "新建5G基站600个。",
        "完成规上企业诊断80家。",
    ]
    assert [task.headings for task in plan.tasks] == [("一、夯实算力底座",)] * 2 + [("二、培育数字产业",)]
    assert units(plan)[1] == [("lead", "市工信局"), ("responsible", "各基础电信企业")]
    assert days(plan) == [["2025-10-31"], [], []]


def test_a_table_nested_in_a_page_table_is_read() -> None:
    document = Document()
    cell = document.add_table(1, 1).cell(0, 0)
    cell.text = "芦溪镇冬春火灾防控任务分工表"
    rows = (
        ("序号", "工作任务", "责任单位", "完成时限"),
        ("1", "对出租屋开展全覆盖排查。", "镇应急办、各村（社区）", "2025年11月底前"),
        ("2", "清理楼道违规停放充电。", "镇综合执法队", "2025年12月15日前"),
    )
    inner = cell.add_table(3, 4)
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            inner.cell(r, c).text = text
    plan = saved(document, "a.docx")
    assert requirements(plan) == ["对出租屋开展全覆盖排查。", "清理楼道违规停放充电。"]
    assert units(plan)[0] == [("responsible", "各村（社区）"), ("responsible", "镇应急办")]


def test_a_task_in_a_text_box_is_a_task() -> None:
    document = Document()
    document.add_paragraph("关于做好2025年秋季森林防火工作的通知")
    document.add_paragraph("（一）严格火源管理。在进山路口设卡12处。（乡林业站、各村负责）")
    holder = document.add_paragraph()
    line = "（二）备足物资。补充风力灭火机20台，9月20日前到位。（乡财政所、乡武装部负责）"
    box = f"<w:txbxContent><w:p><w:r><w:t>{line}</w:t></w:r></w:p></w:txbxContent>"
    v = 'xmlns:v="urn:schemas-microsoft-com:vml"'
    holder._p.append(
        parse_xml(f"<w:r {nsdecls('w')} {v}><w:pict><v:shape><v:textbox>{box}</v:textbox></v:shape></w:pict></w:r>")
    )
    plan = saved(document, "a.docx")
    assert [task.title for task in plan.tasks] == ["严格火源管理", "备足物资"]
    assert units(plan)[1] == [("responsible", "乡武装部"), ("responsible", "乡财政所")]


def test_numbers_that_the_program_prints_itself_count_as_printed() -> None:
    document = Document()
    lists = document.part.numbering_part.element
    levels = (("chineseCounting", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%3."))
    inner = "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for n, (form, text) in enumerate(levels)
    )
    lists.find(qn("w:num")).addprevious(
        parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="90">{inner}</w:abstractNum>')
    )
    lists.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="90"><w:abstractNumId w:val="90"/></w:num>'))
    document.add_paragraph("松陵市残疾人事业发展2025年工作安排")
    for depth, text in (
        (0, "加强残疾人就业帮扶"),
        (1, "落实就业补贴政策"),
        (2, "发放安置奖励，5月底前完成审核。牵头单位：市残联；配合单位：市财政局。"),
        (2, "开展职业技能培训。责任单位：市残联、各区残联。"),
        (1, "拓宽就业渠道"),
        (2, "建设辅助性就业机构3家。责任单位：市残联、市民政局。"),
    ):
        paragraph = document.add_paragraph(text)
        number = f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{depth}"/><w:numId w:val="90"/></w:numPr>'
        paragraph._p.get_or_add_pPr().append(parse_xml(number))
    plan = saved(document, "a.docx")
    assert [(task.number, *task.headings) for task in plan.tasks] == [
        ("1", "一、加强残疾人就业帮扶", "（一）落实就业补贴政策"),
        ("2", "一、加强残疾人就业帮扶", "（一）落实就业补贴政策"),
        ("1", "一、加强残疾人就业帮扶", "（二）拓宽就业渠道"),
    ]
    assert units(plan)[0] == [("lead", "市残联"), ("support", "市财政局")]


def test_the_tables_of_several_sheets_are_one_division_hidden_drafts_are_not() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "填报说明"
    sheet["A1"] = "1.各单位按季度报送进展。"
    header = ("序号", "重点工作", "目标任务", "牵头单位", "责任单位", "完成时间")
    for title, row in (
        ("产业发展", (1, "茶产业提质", "新建生态茶园5000亩。", "县农业农村局", "各乡镇", "2025年12月底")),
        ("民生保障", (1, "学位供给", "新增公办幼儿园学位600个。", "县教育局", "县财政局", "2025年8月底")),
        ("旧稿", (1, "旧任务", "这是旧任务。", "县教育局", "县财政局", "2025年8月底")),
    ):
        sheet = book.create_sheet(title)
        sheet.append([f"崇岭县2025年{title}重点工作台账"])
        sheet.merge_cells("A1:F1")
        sheet.append(header)
        sheet.append(row)
    book["旧稿"].sheet_state = "hidden"
    plan = saved(book, "a.xlsx")
    assert [task.title for task in plan.tasks] == ["茶产业提质", "学位供给"]
    assert days(plan) == [["2025-12-31"], ["2025-08-31"]]


def test_what_is_longer_is_the_requirement_whatever_the_labels_say() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ("2025年鹤岭区文明城区创建任务交办单",),
        ("编号", "测评内容", "整改任务", "责任落实", None, None),
        (None, None, None, "责任领导", "责任单位", "完成时限"),
        ("1", "背街小巷", "修补破损路面42处，补齐窨井盖。", "李志刚", "区住建局", "4月20日前"),
        ("2", None, "清理小广告，粉刷墙面。", "李志刚", "区城管局、各街道", "4月底前"),
        ("3", "农贸市场", "规范摊位经营，设置公平秤。", "王芳", "区市场监管局", "5月10日前"),
    ):
        sheet.append(row)
    for span in ("A1:F1", "A2:A3", "B2:B3", "C2:C3", "D2:F2", "B4:B5"):
        sheet.merge_cells(span)
    plan = saved(book, "a.xlsx")
    assert requirements(plan) == [
        "修补破损路面42处，补齐窨井盖。",
        "清理小广告，粉刷墙面。",
        "规范摊位经营，设置公平秤。",
    ]
    assert [task.headings for task in plan.tasks][:2] == [("背街小巷",)] * 2
    assert days(plan) == [["2025-04-20"], ["2025-04-30"], ["2025-05-10"]]
