"""Tables as offices draw them, columns of many kinds and cells merged or blank, that lost their lines."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field

from divisions import LETTER, UNITS

from toolkit.language.text import essence
from toolkit.model import Plan, Task

_TITLES = (
    "守好一河清水", "办好营养午餐", "改造老旧小区", "盘活停车泊位", "规范行政检查", "保障农村饮水", "发展普惠托育",
    "公开办事清单", "政策解读", "信用体系建设", "就业援助行动", "招商项目落地", "高标准农田", "防汛物资储备",
    "一件事一次办", "农村公路管护", "冷链物流", "家政服务提升",
)  # fmt: skip
_FIELDS = (
    "提升城市品质",
    "办好民生实事",
    "优化营商环境",
    "守牢安全底线",
    "产业升级",
    "科技创新",
    "乡村振兴",
    "社会治理",
)
_ACTS = ("编制", "完善", "公布", "梳理", "修订", "建立", "推广", "检查", "更新", "整合", "开展", "推进", "新建", "改造")
_OBJECTS = (
    "全市河道巡查台账", "中小学营养餐配送目录", "老旧小区改造项目清单", "公共停车泊位数据", "农村饮水安全应急预案",
    "企业办事一次告知单", "公益性岗位开发办法", "重点企业白名单", "零工市场", "社区食堂12家", "口袋公园20个",
    "充电桩1200个",
)  # fmt: skip
_HOW = (
    "做到底数清楚、责任到人",
    "在门户网站公布办理渠道",
    "为群众提供一站式办理",
    "覆盖率达到95%以上",
    "按季度通报进展",
)
_DAYS = (
    ("2024年6月底前", "2024-06-30"),
    ("2024年9月15日前", "2024-09-15"),
    ("2024年12月", "2024-12-31"),
    ("2024年第三季度", "2024-09-30"),
    ("长期坚持", ""),
    ("立行立改", ""),
    ("按上级时间要求完成", ""),
)
_PERSONS = ("刘洪", "徐静", "王建国", "李晓明", "张伟", "陈志强")
_REMARKS = ("民生实事项目", "省级试点", "新增任务", "续建项目", "结合机构改革推进")
_LABELS = {
    "number": ("序号", "编号"),
    "level": ("任务类别", "工作领域"),
    "title": ("工作任务", "任务名称"),
    "requirement": ("具体要求", "工作措施", "主要内容"),
    "lead": ("牵头单位", "牵头部门"),
    "responsible": ("责任单位",),
    "support": ("配合单位", "协办单位"),
    "day": ("完成时限", "时间节点"),
    "person": ("责任领导",),
    "amount": ("投资（万元）",),
    "status": ("完成情况",),
    "remark": ("备注",),
}


@dataclass
class Drawn:
    """A table as it was drawn, and what its rows say."""

    header: list[str]
    rows: list[list[str]] = field(default_factory=list)
    foot: str = ""
    said: list[dict[str, object]] = field(default_factory=list)
    """Field → value of each task; fields that a careful reader could not settle are absent."""


def draw(seed: int) -> Drawn:
    """One table; the same seed draws the same."""
    return _Drawing(random.Random(seed)).draw()


class _Drawing:
    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._columns = self._layout()
        self._blank_support = chance.choice((0, 0, 0.2, 0.5))
        self._merged_lead = chance.choice((0, 0, 0, 0.3)) if {"support", "responsible"} & set(self._columns) else 0
        self._paragraphs = chance.choice((0, 0, 0.15))
        self._chapters = chance.random() < 0.3

    def _layout(self) -> list[str]:
        chance = self._chance
        left = ["number"] if chance.random() < 0.75 else []
        if chance.random() < 0.4:
            left.insert(chance.randint(0, len(left)), "level")
        left += ["title"] if chance.random() < 0.5 else []
        units = chance.choice((["responsible"], ["lead", "support"], ["lead", "support"], ["lead", "responsible"]))
        right = [*units, *(["day"] if chance.random() < 0.6 else [])]
        if chance.random() < 0.25:
            right.insert(chance.choice((0, len(right))), chance.choice(("person", "amount")))
        right += ["status"] if chance.random() < 0.15 else []
        return [*left, "requirement", *right, *(["remark"] if chance.random() < 0.25 else [])]

    def draw(self) -> Drawn:
        chance = self._chance
        drawn = Drawn([chance.choice(_LABELS[column]) for column in self._columns])
        count = chance.randint(6, 14)
        titles = chance.sample(_TITLES, count)
        starts = [n for n in range(count) if n == 0 or chance.random() < 0.35]
        chapter = level = lead = ""
        for number in range(count):
            if self._chapters and number in starts and (number == 0 or chance.random() < 0.5):
                chapter = f"{'一二三四五六七八九十'[len(drawn.rows) - number]}、{chance.choice(_FIELDS)}"
                drawn.rows.append([chapter])
                lead = ""
            cells = self._cells(number, titles[number])
            if number in starts:
                level = cells["level"] = f"{chance.choice([f for f in _FIELDS if f not in level])}方面"
            beside = cells["support" if "support" in self._columns else "responsible"]
            if lead and beside and number not in starts and chance.random() < self._merged_lead:
                cells["lead"] = ""
            lead = cells["lead"] or lead
            drawn.rows.append([cells[column] for column in self._columns])
            alone = number in starts and (number + 1 == count or number + 1 in starts)
            drawn.said.append(self._said(cells, lead, chapter, "" if alone else level))
        drawn.foot = chance.choice(
            ("", "", "注：以上任务由市政府督查室负责跟踪督办。", "联系人：王芳，联系电话：0598-1234567。")
        )
        return drawn

    def _cells(self, number: int, title: str) -> dict[str, str]:
        chance = self._chance
        sentences = [f"{chance.choice(_ACTS)}{chance.choice(_OBJECTS)}，{chance.choice(_HOW)}。" for _ in range(2)]
        names = chance.sample(UNITS, 5)
        own = chance.random() < self._paragraphs
        return {
            "number": str(number + 1),
            "level": "",
            "title": title,
            "requirement": f"第{number + 1}批" + ("\n".join(sentences) if own else sentences[0]),
            "lead": names[0],
            "responsible": "、".join(names[1 : chance.randint(2, 3)]),
            "support": "" if chance.random() < self._blank_support else "、".join(names[3 : chance.randint(4, 5)]),
            "day": chance.choice(_DAYS)[0],
            "person": chance.choice(_PERSONS),
            "amount": str(chance.randint(20, 9000)),
            "status": chance.choice(("已完成", "正在推进", "")),
            "remark": chance.choice(_REMARKS) if chance.random() < 0.2 else "",
        }

    def _said(self, cells: dict[str, str], lead: str, chapter: str, level: str) -> dict[str, object]:
        held = {column: cells[column] if column in self._columns else "" for column in cells}
        units = {("lead", lead)} if "lead" in self._columns else set()
        for role in ("responsible", "support"):
            units |= {(role, name) for name in held[role].split("、") if name and (role in self._columns)}
        said: dict[str, object] = {
            "number": held["number"],
            "requirement": essence(held["requirement"]),
            "units": {(role, essence(name)) for role, name in units},
            "deadlines": {day for words, day in _DAYS if words == held["day"] and day},
            "status": held["status"],
            "remark": held["remark"],
        }
        if level or "level" not in self._columns:
            said["title"] = held["title"]
            said["headings"] = tuple(
                essence(text) for text in (chapter, level if "level" in self._columns else "") if text
            )
        return said


def read_back(task: Task) -> dict[str, object]:
    """The same fields of a task that was read."""
    return {
        "number": task.number or "",
        "requirement": essence(task.requirement),
        "units": {(a.role.value, essence(a.name)) for a in task.assignments},
        "deadlines": {deadline.date.isoformat() for deadline in task.deadlines},
        "status": task.status or "",
        "remark": task.remark or "",
        "title": task.title or "",
        "headings": tuple(map(essence, task.headings)),
    }


@dataclass
class Tally:
    """How readings fared."""

    tasks: int = 0
    right: int = 0
    silent: int = 0
    """Tasks with a wrong field that is not marked, or that are missing or invented."""
    marked: int = 0
    """Marked fields that were right."""

    def count(self, drawn: Drawn, plan: Plan) -> None:
        """Add one reading."""
        self.tasks += len(drawn.said)
        read = {essence(task.requirement): task for task in plan.tasks}
        for said in drawn.said:
            task = read.pop(str(said["requirement"]), None)
            if task is None:
                self.silent += 1
                continue
            got = read_back(task)
            wrong = {name for name, value in said.items() if got[name] != value}
            marked = {mark.field for mark in task.review}
            self.right += not wrong
            self.silent += bool(wrong - marked)
            self.marked += len(marked & said.keys() - wrong)
        self.silent += len(read)


# --- printing -----------------------------------------------------------------------------


def as_paragraphs(drawn: Drawn) -> str:
    """One cell a paragraph, blank cells gone."""
    cells = [cell for row in [drawn.header, *drawn.rows] for cell in row if cell]
    return f"{LETTER}\n" + "\n\n".join([*cells, drawn.foot]) + "\n"


def as_one_line(drawn: Drawn) -> str:
    """The whole table in one line, cells and the paragraphs inside them parted by blanks."""
    cells = [cell.replace("\n", " ") for row in [drawn.header, *drawn.rows] for cell in row if cell]
    return f"{LETTER}\n" + " ".join(cells) + f"\n{drawn.foot}\n"


def between_bars(drawn: Drawn) -> str:
    """One cell a line with a bar behind it, blank cells printed as bars."""
    width = len(drawn.header)
    cells = [cell for row in [drawn.header, *drawn.rows] for cell in row + [""] * (width - len(row))]
    return f"{LETTER}\n" + "\n".join(f"{cell} |" if cell else "|" for cell in cells) + f"\n{drawn.foot}\n"


Printer = Callable[[Drawn], str]
