"""Clean answers and planted faults for the rules, seeded; written in the way units write, about invented work."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta

from toolkit.model import (
    Assignment,
    Collection,
    Deadline,
    Duty,
    Entry,
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

AS_OF = date(2026, 12, 10)
_BUREAUS = "财政、教育、水利、商务、民政、司法、统计、审计、交通、林业、文旅、信访、医保、应急、体育、住建"
UNITS = [f"市{name}局" for name in _BUREAUS.split("、")]
_DID = [
    "组织召开",
    "制定印发",
    "梳理更新",
    "牵头编制",
    "开展排查",
    "走访调研",
    "完善并公布",
    "验收移交",
    "回访核实",
    "公开发布",
]
_WHAT = [
    "服务指南",
    "责任清单",
    "隐患台账",
    "操作规程",
    "示范项目",
    "政策解读稿",
    "专题培训",
    "巡查记录",
    "便民窗口",
    "数据目录",
]
_WHERE = [
    "云岭新区",
    "东河片区",
    "白石街道",
    "青松镇",
    "南湖社区",
    "石桥工业园",
    "北坡村",
    "柳岸小区",
    "翠屏景区",
    "长堤码头",
]
_RESULT = [
    "群众满意度明显上升",
    "已移交档案室归档",
    "在门户网站公布",
    "由分管领导签批",
    "经专家组评审通过",
    "纳入年度考核",
    "形成闭环管理",
]
_EVIDENCE = ["云岭办发〔2026〕{n}号", "网站公告第{n}号", "会议纪要第{n}期", "附件{n}：现场照片", "验收单编号{n}"]


def clean_text(rng: random.Random) -> str:
    parts = [
        f"{rng.randrange(1, 12)}月{rng.randrange(1, 28)}日在{rng.choice(_WHERE)}{rng.choice(_DID)}"
        f"{rng.choice(_WHAT)}{rng.randrange(2, 90)}份",
        f"{rng.choice(_WHERE)}与{rng.choice(_WHERE)}{rng.choice(_DID)}{rng.choice(_WHAT)}{rng.randrange(2, 400)}项",
        f"{rng.choice(_WHAT)}{rng.choice(_RESULT)}",
        f"惠及{rng.randrange(20, 9000)}人次",
    ]
    rng.shuffle(parts)
    return "，".join(parts) + "。"


def clean_campaign(seed: int, tasks: int = 34) -> Collection:
    """A round in which every answer is in order: 16 units × 34 tasks."""
    rng = random.Random(seed)
    plan_tasks = tuple(
        Task(
            seq=n,
            code=f"C{n:03}",
            number=str(n),
            title=f"{rng.choice(_WHAT)}工作{n}",
            requirement=f"在{rng.choice(_WHERE)}建立{rng.choice(_WHAT)}制度，"
            f"每年不少于{rng.randrange(2, 9)}次检查，面向社会公布。",
            assignments=tuple(Assignment(Role.RESPONSIBLE, unit) for unit in UNITS),
            deadlines=(Deadline("年底前", date(2026, 12, 31)),),
        )
        for n in range(1, tasks + 1)
    )
    entries, duties = [], []
    for task in plan_tasks:
        for row, unit in enumerate(UNITS):
            status = rng.choice(["已完成", "已完成", "已完成并持续推进", "推进中"])
            text = clean_text(rng)
            done_on = date(2026, 10, 8) + timedelta(days=rng.randrange(60)) if status.startswith("已完成") else None
            place = Place(f"{unit}.xlsx", "填报表", f"I{row + 7}")
            entries.append(
                Entry(
                    task=task.code,
                    unit=unit,
                    role=Role.RESPONSIBLE,
                    state=State.REPORTED,
                    number=task.number,
                    status=status,
                    status_text=status,
                    progress=text,
                    evidence=rng.choice(_EVIDENCE).format(n=rng.randrange(1, 400)),
                    done_on=done_on,
                    done_on_text=done_on.isoformat() if done_on else "",
                    sources=tuple((name, place) for name in ("status", "progress", "evidence", "done_on", "remark")),
                )
            )
            duties.append(Duty(task.code, unit, Role.RESPONSIBLE, due=date(2026, 12, 31)))
    return Collection(
        plan=Plan("云岭市工作要点", plan_tasks, "P1", issued_on=date(2026, 2, 1)),
        roster=Roster(tuple(Unit(unit, n) for n, unit in enumerate(UNITS, 1))),
        round=Round("2026年第四季度", date(2026, 12, 31)),
        as_of=AS_OF,
        entries=tuple(entries),
        duties=tuple(duties),
        units=tuple(
            UnitReport(unit, UnitState.COMPLETE, (f"{unit}.xlsx",), "张清", "0999-1234567", "李明") for unit in UNITS
        ),
    )


def with_entries(collection: Collection, changed: dict[int, Entry]) -> Collection:
    """The collection with some of its entries, by their place, replaced."""
    entries = tuple(changed.get(place, entry) for place, entry in enumerate(collection.entries))
    return replace(collection, entries=entries)
