"""Divisions of work in an invented city, and the ways in which offices print them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from html import escape

from hypothesis import strategies as st

from toolkit.containers import read
from toolkit.model import Plan, Role, Task
from toolkit.notice import read_notice

UNITS = (
    "市发展改革委", "市教育局", "市公安局", "市民政局", "市司法局", "市财政局", "市人力资源社会保障局", "市生态环境局",
    "市住房城乡建设局", "市交通运输局", "市水利局", "市农业农村局", "市商务局", "市卫生健康委", "市应急管理局",
    "市市场监管局", "市数据资源管理局", "市政府办公室", "市委宣传部", "各县区政府",
)  # fmt: skip
_DOING = ("编制", "完善", "公布", "梳理", "修订", "建立", "推广", "检查", "更新", "整合")
_OBJECTS = (
    "全市河道巡查台账", "中小学营养餐配送目录", "老旧小区改造项目清单", "公共停车泊位数据", "行政检查事项名称",
    "农村饮水安全应急预案", "普惠托育服务标准", "城区道路积水点档案", "企业办事一次告知单", "校园周边交通组织方案",
    "乡镇卫生院轮训计划", "公益性岗位开发办法",
)  # fmt: skip
_HOW = (
    "做到底数清楚、责任到人",
    "逐项对照检查并形成记录",
    "在门户网站公布办理渠道",
    "为群众提供一站式办理",
    "每一处都有专人管护",
)
_TITLES = (
    "守好一河清水", "办好营养午餐", "改造老旧小区", "盘活停车泊位", "规范行政检查", "保障农村饮水", "发展普惠托育",
    "公开办事清单", "整治校园周边",
)  # fmt: skip
_CHAPTERS = ("提升城市品质", "办好民生实事", "优化营商环境", "守牢安全底线")
_DATES = (
    ("2024年6月底前", date(2024, 6, 30)),
    ("2024年9月15日前", date(2024, 9, 15)),
    ("2024年底前", date(2024, 12, 31)),
)
CN = "一二三四五六七八九十"


@dataclass(frozen=True)
class Work:
    """One task as it was divided."""

    number: str
    title: str
    requirement: str
    lead: tuple[str, ...]
    support: tuple[str, ...]
    deadline: tuple[str, date]
    headings: tuple[str, ...] = ()

    @property
    def said(self) -> dict[str, object]:
        """The fields by their names in the plan."""
        units = {(Role.LEAD, name) for name in self.lead} | {(Role.SUPPORT, name) for name in self.support}
        return {
            "number": self.number,
            "title": self.title or None,
            "requirement": self.requirement,
            "headings": self.headings,
            "units": units,
        }


def read_back(task: Task) -> dict[str, object]:
    """The same fields of a task that was read."""
    return {
        "number": task.number,
        "title": task.title,
        "requirement": task.requirement.replace("\n", ""),
        "headings": task.headings,
        "units": {(a.role, a.name) for a in task.assignments},
    }


def wrong(work: Sequence[Work], plan: Plan) -> list[str]:
    """What was read wrong and not marked: the task, the field and both readings."""
    assert len(plan.tasks) == len(work), [task.requirement for task in plan.tasks]
    lines = []
    for one, task in zip(work, plan.tasks, strict=True):
        marked = {mark.field for mark in task.review}
        said, got = one.said, read_back(task)
        lines += [f"{one.number} {f}: {said[f]} / {got[f]}" for f in said if said[f] != got[f] and f not in marked]
    return lines


def marks(plan: Plan) -> int:
    """How many fields are marked."""
    return sum(len({mark.field for mark in task.review}) for task in plan.tasks)


# --- drawing ----------------------------------------------------------------------------

_sentences = st.builds(lambda a, b, c: f"{a}{b}，{c}", *map(st.sampled_from, (_DOING, _OBJECTS, _HOW)))


@st.composite
def divisions(
    draw: st.DrawFn, *, titled: bool | None = None, chapters: bool | None = None, long: bool = False
) -> list[Work]:
    """Some tasks, numbered through, perhaps in chapters; ``long`` ones take several lines of print."""
    count = draw(st.integers(4, 9))
    first = draw(st.lists(_sentences, min_size=count, max_size=count, unique=True))
    names = draw(st.permutations(_TITLES)) if (draw(st.booleans()) if titled is None else titled) else [""] * count
    in_chapters = draw(st.booleans()) if chapters is None else chapters
    heads = draw(st.permutations(_CHAPTERS))
    work = []
    for index in range(count):
        units = draw(st.lists(st.sampled_from(UNITS), min_size=1, max_size=5, unique=True))
        lead = draw(st.integers(1, min(2, len(units))))
        more = draw(st.lists(_sentences, min_size=2 * long, max_size=2 + long))
        chapter = f"{CN[index * 2 // count]}、{heads[index * 2 // count]}"
        work.append(
            Work(
                number=str(index + 1),
                title=names[index],
                requirement="；".join([first[index], *more]) + "。",
                lead=tuple(units[:lead]),
                support=tuple(units[lead:]),
                deadline=draw(st.sampled_from(_DATES)),
                headings=(chapter,) if in_chapters else (),
            )
        )
    return work


# --- printing ---------------------------------------------------------------------------

LETTER = """云溪市人民政府办公室关于印发《重点任务分工方案》的通知

云政办发〔2024〕8号

各县（区）人民政府，市政府各部门：

《重点任务分工方案》已经市政府同意，现印发给你们，请认真组织实施。

云溪市人民政府办公室

2024年3月5日

附件

重点任务分工方案
"""


@dataclass(frozen=True)
class Table:
    """Rows of cells; a row of one cell is a chapter across the whole width."""

    header: list[str]
    rows: list[list[str]] = field(default_factory=list)

    @staticmethod
    def of(work: Sequence[Work]) -> Table:
        titled = any(one.title for one in work)
        header = ["序号", *(["工作任务"] if titled else []), "具体要求", "牵头单位", "配合单位", "完成时限"]
        table = Table(header)
        for one, chapter in with_chapters(work):
            if chapter:
                table.rows.append([chapter])
            table.rows.append(
                [
                    one.number,
                    *([one.title] if titled else []),
                    one.requirement,
                    "、".join(one.lead),
                    "、".join(one.support),
                    one.deadline[0],
                ]
            )
        return table


def with_chapters(work: Sequence[Work]) -> Iterator[tuple[Work, str]]:
    """Each task with the chapter that begins before it."""
    before: tuple[str, ...] = ()
    for one in work:
        yield one, one.headings[0] if one.headings and one.headings != before else ""
        before = one.headings


def as_html(work: Sequence[Work]) -> bytes:
    """A page with a real table, chapters across its width."""
    table = Table.of(work)
    rows = ["".join(f"<th>{escape(word)}</th>" for word in table.header)]
    for row in table.rows:
        span = f' colspan="{len(table.header)}"' if len(row) == 1 else ""
        rows.append("".join(f"<td{span}>{escape(cell)}</td>" for cell in row))
    letter = "".join(f"<p>{escape(line)}</p>" for line in LETTER.splitlines() if line)
    body = "".join(f"<tr>{row}</tr>" for row in rows)
    return f'<html><head><meta charset="utf-8"></head><body>{letter}<table>{body}</table></body></html>'.encode()


def as_tabs(work: Sequence[Work]) -> bytes:
    """Copied out of a spreadsheet."""
    table = Table.of(work)
    width = len(table.header)
    rows = ["\t".join(row + [""] * (width - len(row))) for row in [table.header, *table.rows]]
    return (LETTER + "\n" + "\n".join(rows) + "\n").encode()


def as_markdown(work: Sequence[Work]) -> bytes:
    """A table between bars."""
    table = Table.of(work)
    rows = ["| " + " | ".join(row) + " |" for row in [table.header, ["---"] * len(table.header), *table.rows]]
    return (LETTER + "\n" + "\n".join(rows) + "\n").encode()


def as_paragraphs(work: Sequence[Work]) -> bytes:
    """A table that lost its lines: one cell a paragraph, empty cells gone."""
    table = Table.of(work)
    cells = [cell for row in [table.header, *table.rows] for cell in row if cell]
    return (LETTER + "\n" + "\n\n".join(cells) + "\n").encode()


def as_piped_cells(work: Sequence[Work]) -> bytes:
    """One cell a line with a bar behind it, empty cells printed as bars."""
    table = Table.of(work)
    width = len(table.header)
    cells = [cell for row in [table.header, *table.rows] for cell in row + [""] * (width - len(row))]
    return (LETTER.replace("\n\n", "\n") + "\n".join(f"{cell} |" if cell else "|" for cell in cells) + "\n").encode()


def as_one_line(work: Sequence[Work]) -> bytes:
    """The whole table in one line, cells parted by blanks."""
    table = Table.of(work)
    cells = [cell for row in [table.header, *table.rows] for cell in row if cell]
    return (LETTER.replace("\n\n", "\n") + " ".join(cells) + "\n").encode()


Clause = Callable[[Work], str]


def labelled(one: Work) -> str:
    """（牵头单位：…；配合单位：…）"""
    parts = [f"牵头单位：{'、'.join(one.lead)}"]
    parts += [f"配合单位：{'、'.join(one.support)}"] if one.support else []
    return f"（{'；'.join(parts)}）"


def own_line(one: Work) -> str:
    return "\n" + labelled(one)


def own_lines(one: Work) -> str:
    return "\n" + labelled(one).strip("（）").replace("；", "\n")


def spoken(one: Work) -> str:
    """（…牵头，…配合）"""
    return f"（{'、'.join(one.lead)}牵头" + (f"，{'、'.join(one.support)}配合" if one.support else "") + "）"


CLAUSES: tuple[Clause, ...] = (labelled, own_line, own_lines, spoken)


def as_prose(work: Sequence[Work], clause: Clause, *, title_line: bool = False) -> str:
    """Numbered paragraphs, a clause of units behind each."""
    lines = ["为推进重点工作，现将任务分工如下。"]
    for one, chapter in with_chapters(work):
        if chapter:
            lines.append(chapter)
        name = one.title + ("\n" if title_line else "。") if one.title else ""
        lines.append(f"{one.number}.{name}{one.requirement}{clause(one)}")
    return LETTER + "\n" + "\n".join(lines) + "\n"


def hard_wrapped(text: str, width: int) -> str:
    """The text as a program prints it that breaks lines at a width."""
    return "\n".join(line[at : at + width] for line in text.split("\n") for at in range(0, max(len(line), 1), width))


def plan_of(document: bytes | str, name: str = "通知.txt") -> Plan:
    """What is read out of a document."""
    data = document.encode() if isinstance(document, str) else document
    return read_notice(read(data, name), name)[0]
