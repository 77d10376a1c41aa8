"""A small invented city for the tests of intake: its reference in memory, and forms as grids made by hand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime

from toolkit.containers.content import Content, FileKind, Sheet, Span, Value
from toolkit.identity import STAMP_SHEET, Stamp, StampedDuty, coded
from toolkit.intake.columns import Column
from toolkit.intake.reading import Form, Reading
from toolkit.intake.reference import Asked, Reference, build
from toolkit.intake.returns import read_return
from toolkit.model import Assignment, Duty, Finding, Plan, Role, Roster, Task, Unit
from toolkit.roster import Names

HEADER = (
    *("编码", "序号", "工作任务", "具体要求", "职责", "完成时限", "工作提示", "上期情况"),
    *("完成情况", "进展说明", "佐证材料", "完成日期", "备注"),
)
WIDTH = len(HEADER)
TEXTS = (
    ("沿河步道照明", "沿河步道增设路灯一百二十盏，入夜后全部点亮。"),
    ("老旧电梯更新", "更新使用满十五年的电梯，先易后难，逐台验收。"),
    ("公厕适老改造", "全市公厕加装扶手与呼叫按钮，标识醒目。"),
    ("夜校课程", "开设书法、剪纸、修表三门夜校课程，每门不少于十讲。"),
    ("应急广播", "应急广播终端覆盖到每个自然村，每月试播一次。"),
    ("河道清淤", "完成青溪、白溪两条河道清淤，岸线恢复植被。"),
)
EDUCATION, POLICE, CIVIL = "云岭市教育局", "云岭市公安局", "云岭市民政局"
ROSTER = Roster(
    (
        Unit(EDUCATION, 1, aliases=("市教育局",)),
        Unit(POLICE, 2, aliases=("市公安局",)),
        Unit(CIVIL, 3, aliases=("市民政局",)),
    )
)
ROUND, DUE = "2031年第二季度", date(2031, 6, 30)
PLAN = coded(
    Plan(
        "云岭市2031年民生小事任务分工",
        tuple(
            Task(
                seq,
                requirement,
                number=str(seq),
                title=title,
                headings=("一、设施" if seq <= 3 else "二、服务",),
                assignments=(Assignment(Role.LEAD, EDUCATION), Assignment(Role.SUPPORT, POLICE))
                if seq <= 5
                else (Assignment(Role.RESPONSIBLE, CIVIL),),
            )
            for seq, (title, requirement) in enumerate(TEXTS, start=1)
        ),
        doc_number="云岭政〔2031〕1号",
        issued_on=date(2031, 1, 8),
    )
)
CODES = tuple(task.code for task in PLAN.tasks)
DUTIES = tuple(Duty(task.code, a.name, a.role) for task in PLAN.tasks for a in task.assignments)


def reference() -> Reference:
    """What the forms of the city are held against."""
    written = [(text, unit.name) for unit in ROSTER.units for text in (unit.name, *unit.aliases)]
    tasks = [Asked(task.code, task.number or "", task.title or "", task.requirement) for task in PLAN.tasks]
    return build(PLAN, tasks, DUTIES, Names(ROSTER), written, year=2031)


def stamp(unit: str = EDUCATION, **changes: object) -> Stamp:
    """The stamp of a unit's form."""
    duties = tuple(StampedDuty(duty.task, duty.role) for duty in DUTIES if duty.unit == unit)
    facts = {"plan_id": PLAN.plan_id, "revision": PLAN.revision, "round": ROUND, "unit": unit, "due": DUE}
    return Stamp(duties=duties, **(facts | changes))  # type: ignore[arg-type]


def task_row(number: int, *answers: Value, role: str = "牵头") -> list[Value]:
    """The row of task ``number`` (from 1) as issued, with answers from 完成情况 on."""
    task = PLAN.tasks[number - 1]
    locked: list[Value] = [task.code, task.number, task.title, task.requirement, role, "", "", ""]
    return [*locked, *answers, *[None] * (WIDTH - len(locked) - len(answers))]


FILLED = [task_row(n, "已完成", f"第{n}项已办结{n}件", f"台账第{n}号", "2031-06-0" + str(n)) for n in range(1, 6)]
"""The five tasks, all answered."""


def table(*rows: Sequence[Value], unit: str = EDUCATION, header: Sequence[Value] = HEADER) -> list[list[Value]]:
    """The rows of a form: title, head, header and the rows given."""
    return [
        [f"{PLAN.title}填报表"],
        [f"填报单位：{unit}", None, None, None, f"填报期：{ROUND}", None, None, None, "报送截止日期：2031年6月30日"],
        list(header),
        *(list(row) for row in rows),
    ]


def content(
    rows: list[list[Value]],
    *,
    stamped: Stamp | None = None,
    name: str = "填报表",
    spans: tuple[Span, ...] = (),
    modified: datetime | None = datetime(2031, 6, 20, 9, tzinfo=UTC),
    **sheet: object,
) -> Content:
    """A workbook of one sheet, with its very hidden stamp when one is given."""
    sheets = [Sheet(name, rows, spans=spans, **sheet)]  # type: ignore[arg-type]
    if stamped is not None:
        sheets.append(Sheet(STAMP_SHEET, [[stamped.encode()]], visible=False, very_hidden=True))
    return Content(FileKind.XLSX, sheets=sheets, modified=modified)


def read(made: Content, path: str = "收/001.xlsx") -> Reading:
    """What intake reads in it."""
    return read_return(made, path, reference())


def only(reading: Reading) -> Form:
    """The one form of a reading."""
    (form,) = reading.forms
    return form


def said(form: Form, number: int) -> dict[str, str]:
    """The answers of a form on one task, by column."""
    row = next(row for row in form.rows if row.code == CODES[number - 1])
    return {column.value: answer.text for column, answer in row.answers}


def word(form: Form, number: int) -> str | None:
    """The status word of a form on one task."""
    row = next(row for row in form.rows if row.code == CODES[number - 1])
    answer = row.answer(Column.STATUS)
    return answer.word if answer else None


def told(reading: Reading, kind: object) -> list[Finding]:
    """The findings of one kind."""
    return [finding for finding in reading.findings if finding.code == kind.code]  # type: ignore[attr-defined]
