"""Collections made by hand: what a round brings back, about an invented city, at any size."""

from __future__ import annotations

import hashlib
import random
from datetime import UTC, date, datetime, timedelta

from toolkit import identity
from toolkit import vocabulary as words
from toolkit.containers.content import cell_name
from toolkit.findings import error, note, warning
from toolkit.model import (
    Assignment,
    Collection,
    Deadline,
    Duty,
    Entry,
    FileRecord,
    Finding,
    Outcome,
    Place,
    Plan,
    Role,
    Roster,
    Round,
    State,
    Task,
    Unit,
    UnitReport,
    UnitState,
)

UNKNOWN_STATUS = error(
    "test.status", "“{text}”不是规定的完成情况用语", "请从下拉列表中选一个：已完成、推进中、未启动等，再重新报送。"
)
NO_EVIDENCE = warning("test.evidence", "填了“已完成”，没有填佐证材料", "请补充佐证材料的名称或网址，或改为“推进中”。")
MOVED_COLUMN = note("test.moved", "列的位置变了，已按表头对应", "无需处理；下次请不要移动列。")

_PARTS = ("发展改革", "教育体育", "公安", "民政", "司法", "财政", "人力资源社会保障", "自然资源和规划", "生态环境",
          "住房城乡建设", "交通运输", "水利", "农业农村", "商务", "文化和旅游", "卫生健康", "应急管理", "审计",
          "市场监督管理", "统计", "医疗保障", "信访", "数据资源管理", "城市管理")  # fmt: skip
_TITLES = ("规范性文件集中公开", "基层政务公开提升", "信息公开年报编制", "提升政策解读质量", "重大项目信息公开",
           "做好决策预公开", "优化政策咨询服务", "推进公开专区建设")  # fmt: skip
_REQUIREMENTS = (
    "全面清理现行有效的规范性文件，形成目录，并在公开专栏集中发布标准文本；目录数量与年报数量一致。",
    "对照标准目录逐项核对公开内容，做到目录完整、更新及时；结合实际总结一批可推广的做法。",
    "按照规定格式编制年度报告，数据与平台后台一致，于规定时间前公开。",
    "政策文件公开后三个工作日内发布解读，重点说明背景、依据、主要举措和办理渠道；鼓励采用图解、短视频等形式，"
    "避免简单罗列小标题。每季度对解读质量开展一次自查，自查情况报市政务公开办。",
)
_HEADINGS = ("一、年底前专项工作任务", "二、需整改的重点问题", "三、年度重点工作任务")
_PROGRESS = (
    "已制定工作方案，明确责任科室和完成时间。",
    "完成目录梳理并在门户网站专栏公开，共发布文件36件；对历年文件开展“回头看”，修订目录12处，废止文件3件，"
    "均已同步更新公开平台，并在单位公示栏张贴。",
    "已召开专题会议部署，正在收集基层意见。",
    "与相关单位对接两次，预计下月底前形成初稿，经集体研究后报送。",
)
_EVIDENCE = ("门户网站专栏截图", "会议纪要〔2025〕7号", "")


def make_roster(units: int) -> Roster:
    """A roster of that many invented units, with contacts."""
    names = []
    for index in range(units):
        part, area = _PARTS[index % len(_PARTS)], index // len(_PARTS)
        names.append(f"云溪市{part}局" if area == 0 else f"云溪市第{area}片区{part}局")
    return Roster(
        tuple(
            Unit(name, order, contact=f"联络员{order}", phone=f"0999-55{order:05d}")
            for order, name in enumerate(names, 1)
        )
    )


def make_plan(tasks: int, roster: Roster, seed: int) -> Plan:
    """A plan of that many tasks in three chapters; some tasks continue the title above them."""
    chance = random.Random(seed)
    made = []
    for index in range(tasks):
        chosen = [unit.name for unit in roster.units]
        roles = [Role.LEAD if index % 3 == 0 else Role.RESPONSIBLE] + [Role.RESPONSIBLE] * (len(chosen) - 1)
        if len(chosen) > 3 and index % 4 == 1:
            roles[-1] = Role.SUPPORT
        due = date(2025, 9, 30) + timedelta(days=31 * chance.randrange(5))
        made.append(
            Task(
                seq=index + 1,
                number=str(index + 1),
                headings=(_HEADINGS[index * len(_HEADINGS) // tasks],),
                title=None if index % 5 == 4 else _TITLES[index % len(_TITLES)],
                requirement=f"（{index + 1}）" + _REQUIREMENTS[index % len(_REQUIREMENTS)],
                assignments=tuple(Assignment(role, name) for role, name in zip(roles, chosen[:6], strict=False)),
                deadlines=(Deadline(f"{due.year}年{due.month}月底前", due),) if index % 4 else (),
                recurrence=() if index % 4 else ("每季度",),
                status="按时序推进" if index % 6 == 0 else None,
                remark="需进一步加强政策解读。" if index % 3 == 0 else None,
            )
        )
    plan = Plan(
        "云溪市2025年政务公开工作任务分工",
        tuple(made),
        doc="云溪市2025年政务公开工作任务分工.docx",
        issuer="云溪市政务公开办公室",
        doc_number="云政公开〔2025〕3号",
        issued_on=date(2025, 3, 10),
    )
    return identity.coded(plan)


def make_collection(units: int = 5, tasks: int = 8, seed: int = 1) -> Collection:
    """A round in which most units reported well, some partly, one was rejected and one in twelve sent nothing."""
    chance = random.Random(seed)
    roster = make_roster(units)
    plan = make_plan(tasks, roster, seed)
    states = {unit.name: _unit_state(unit.order, units) for unit in roster.units}
    duties, entries, findings = [], [], []
    for task in plan.tasks:
        roles = {assignment.name: assignment.role for assignment in task.assignments}
        for unit in roster.units:
            if unit.order > 6 and chance.random() < 0.25:
                continue
            role = roles.get(unit.name, Role.RESPONSIBLE)
            due = task.deadlines[-1].date if task.deadlines else None
            duties.append(Duty(task.code, unit.name, role, via="" if unit.name in roles else "市直各单位", due=due))
            entry = _entry(chance, task, unit, role, states[unit.name])
            entries.append(entry)
            findings += _findings(chance, entry)
    files = tuple(
        _file(unit, states[unit.name], findings) for unit in roster.units if states[unit.name] is not UnitState.MISSING
    )
    reports = tuple(
        UnitReport(
            unit.name,
            states[unit.name],
            files=(_path(unit),) if states[unit.name] is not UnitState.MISSING else (),
            reporter=f"经办{unit.order}",
            phone=f"0999-66{unit.order:05d}",
            reviewer=f"审核{unit.order}",
            filled_on="2025-12-28",
        )
        for unit in roster.units
    )
    return Collection(
        plan=plan,
        roster=roster,
        round=Round("2025年第四季度", date(2025, 12, 31)),
        as_of=date(2026, 1, 5),
        files=files,
        entries=tuple(entries),
        units=reports,
        findings=tuple(findings),
        duties=tuple(duties),
    )


def _unit_state(order: int, units: int) -> UnitState:
    if order == units or order % 12 == 4:
        return UnitState.MISSING
    if order % 40 == 5:
        return UnitState.REJECTED
    return UnitState.PARTIAL if order % 7 == 3 else UnitState.COMPLETE


def _path(unit: Unit) -> str:
    return f"{unit.order:03d}_{unit.name}_2025年第四季度.xlsx"


def _entry(chance: random.Random, task: Task, unit: Unit, role: Role, state: UnitState) -> Entry:
    asked = {"task": task.code, "unit": unit.name, "role": role, "number": task.number}
    if state in (UnitState.MISSING, UnitState.REJECTED):
        return Entry(**asked)
    if state is UnitState.PARTIAL and chance.random() < 0.4:
        return Entry(**asked, state=State.BLANK)
    word = chance.choices(words.WORDS, weights=(2, 1, 2, 6, 5, 8, 1))[0]
    done_on = date(2025, 12, 1) + timedelta(days=chance.randrange(28)) if word == words.DONE else None
    cells = {
        name: Place(_path(unit), "填报表", cell_name(5 + task.seq, column))
        for column, name in enumerate(("status", "progress", "evidence", "done_on", "remark"), 8)
    }
    unknown = chance.random() < 0.02
    return Entry(
        **asked,
        state=State.REPORTED,
        status=None if unknown else word,
        status_text="差不多了" if unknown else word,
        progress=chance.choice(_PROGRESS),
        evidence=chance.choice(_EVIDENCE) if words.is_done(word) else "",
        done_on=done_on,
        done_on_text=done_on.isoformat() if done_on else "",
        remark="",
        sources=tuple(cells.items()),
    )


def _findings(chance: random.Random, entry: Entry) -> list[Finding]:
    place = entry.source("status")
    if place is None:
        return []
    at = {"unit": entry.unit, "task": entry.task, "path": place.path, "sheet": place.sheet, "cell": place.cell}
    if entry.status is None:
        return [UNKNOWN_STATUS.at(**at, text=entry.status_text)]
    if words.is_done(entry.status) and not entry.evidence:
        return [NO_EVIDENCE.at(**at)]
    return [MOVED_COLUMN.at(**at)] if chance.random() < 0.02 else []


def _file(unit: Unit, state: UnitState, findings: list[Finding]) -> FileRecord:
    return FileRecord(
        path=_path(unit),
        sha256=hashlib.sha256(unit.name.encode()).hexdigest(),
        outcome=Outcome.REJECTED if state is UnitState.REJECTED else Outcome.MERGED,
        units=(unit.name,),
        findings=tuple(finding for finding in findings if finding.unit == unit.name),
        modified=datetime(2025, 12, 28, 9, unit.order % 60, tzinfo=UTC),
        size=19_000 + unit.order,
    )
