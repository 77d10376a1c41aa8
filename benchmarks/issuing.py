"""How fast forms are written, beside the floor (deflating what differs) and what people write (SPEED.md).

python benchmarks/issuing.py [FORMS]
"""

from __future__ import annotations

import gc
import io
import statistics
import sys
import time
import zlib
from collections.abc import Callable
from datetime import date

import openpyxl
import xlsxwriter

from benchmarks import TASKS
from toolkit import identity, opc
from toolkit.model import Assignment, Deadline, Duty, Plan, Role, Round, Task
from toolkit.resources import template
from toolkit.workbooks.form_book import FILLED, LOCKED, FormWriter

ROUNDS = 3
SLOW_SAMPLE = 30
"""Forms that the slow writers make; their time a form does not depend on how many there are."""
ROUND = Round("2025年第四季度", date(2025, 12, 31))
REQUIREMENT = (
    "第{n}项：对照标准目录逐项核对公开内容，做到目录完整、更新及时、格式统一；结合实际总结推广一批可复制的做法，"
    "每季度开展一次自查并按规定时间报送情况，自查发现的问题于次月底前整改完毕。"
)


def make_plan() -> Plan:
    """A plan of the size SPEED.md measures with."""
    tasks = tuple(
        Task(
            seq=n,
            number=str(n),
            headings=(f"第{1 + n // 10}章　重点任务",),
            title=f"规范公开目录（{n}）",
            requirement=REQUIREMENT.format(n=n),
            assignments=(Assignment(Role.RESPONSIBLE, "市直各单位"),),
            deadlines=(Deadline("年底前", date(2025, 12, 31)),),
            remark="按时序推进",
        )
        for n in range(1, TASKS + 1)
    )
    return identity.coded(Plan("云河市2025年政务公开工作任务分工", tasks, issued_on=date(2025, 3, 1)))


def duties(plan: Plan, unit: str) -> list[Duty]:
    """What one unit owes: every task, in one of the roles."""
    return [Duty(task.code, unit, Role.RESPONSIBLE, "市直各单位", date(2025, 12, 31)) for task in plan.tasks]


def splice(plan: Plan) -> Callable[[str], object]:
    """fengong: the template read once, only what differs written."""
    writer = FormWriter()
    return lambda unit: writer.render(plan, unit, ROUND, duties(plan, unit))


def floor(plan: Plan) -> Callable[[str], object]:
    """Deflating the parts of a form that differ, already made."""
    writer = FormWriter()
    parts = opc.read_parts(writer.render(plan, "市教育局", ROUND, duties(plan, "市教育局")))
    changing = ("xl/workbook.xml", opc.CUSTOM, "xl/worksheets/sheet1.xml", "xl/worksheets/fengong.xml")
    return lambda unit: [zlib.compress(parts[name], 6) for name in changing]


def rows(plan: Plan) -> list[list[str]]:
    """The cells of a form."""
    return [[task.code, task.number or "", task.title or "", task.requirement, "责任", "年底前"] for task in plan.tasks]


def with_xlsxwriter(plan: Plan) -> Callable[[str], object]:
    """A form made from nothing by XlsxWriter, with styles, a list to choose from and protection."""

    def write(unit: str) -> None:
        with xlsxwriter.Workbook(io.BytesIO(), {"in_memory": True}) as book:
            sheet = book.add_worksheet("填报表")
            boxed = book.add_format({"text_wrap": True, "border": 1, "valign": "vcenter", "font_name": "仿宋_GB2312"})
            open_cell = book.add_format({"text_wrap": True, "border": 1, "locked": False, "bg_color": "#FFFBE6"})
            sheet.merge_range("A1:M1", plan.title, boxed)
            sheet.write(1, 0, unit)
            sheet.write_row(2, 0, LOCKED + FILLED, boxed)
            for number, cells in enumerate(rows(plan), 3):
                sheet.set_row(number, 60)
                sheet.write_row(number, 0, cells, boxed)
                for column in range(len(LOCKED), len(LOCKED + FILLED)):
                    sheet.write_blank(number, column, None, open_cell)
            sheet.data_validation(3, 8, 3 + TASKS, 8, {"validate": "list", "source": ["已完成", "推进中"]})
            sheet.protect()

    return write


def with_openpyxl(plan: Plan) -> Callable[[str], object]:
    """What people write: the template opened by openpyxl for every form, filled and saved."""

    def write(unit: str) -> None:
        book = openpyxl.load_workbook(template("填报表.xlsx"))
        sheet = book.worksheets[0]
        for merged in [str(merged) for merged in sheet.merged_cells.ranges if merged.min_row > 6]:
            sheet.unmerge_cells(merged)
        for number, cells in enumerate(rows(plan), 7):
            for column, text in enumerate(cells, 1):
                cell = sheet.cell(number, column, text)
                cell._style = sheet.cell(6, column)._style
        book.save(io.BytesIO())

    return write


def milliseconds(write: Callable[[str], object], forms: int) -> float:
    """Time a form."""
    gc.collect()
    start = time.perf_counter()
    for number in range(forms):
        write(f"云河市第{number}局")
    return (time.perf_counter() - start) / forms * 1_000


def main() -> None:
    """Print the table."""
    forms = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    plan = make_plan()
    size = len(FormWriter().render(plan, "市教育局", ROUND, duties(plan, "市教育局")))
    print(f"{forms} forms of {size:,} bytes, {TASKS} tasks each\n")
    print(f"{'':<44}{'ms a form':>10}{'× floor':>9}")
    writers = (
        ("floor: deflate what differs", floor(plan), forms),
        ("fengong", splice(plan), forms),
        ("XlsxWriter, from nothing", with_xlsxwriter(plan), SLOW_SAMPLE),
        ("openpyxl, template filled and saved", with_openpyxl(plan), SLOW_SAMPLE),
    )
    # Round by round, so that a busy moment of the machine meets all of them.
    rounds = [[milliseconds(write, sample) for _, write, sample in writers] for _ in range(ROUNDS)]
    taken = [statistics.median(times) for times in zip(*rounds, strict=True)]
    for (name, _, _), time_taken in zip(writers, taken, strict=True):
        print(f"{name:<44}{time_taken:>10.2f}{time_taken / taken[0]:>9.1f}")


if __name__ == "__main__":
    main()
