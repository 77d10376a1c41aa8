"""How fast forms are read, beside the floor (inflating and parsing the XML) and what people write (SPEED.md).

python benchmarks/reading.py [FORMS]
"""

from __future__ import annotations

import gc
import io
import sys
import time
from collections.abc import Callable, Sequence

import xlsxwriter

from benchmarks import TASKS
from benchmarks.floor import floor, inflate
from toolkit.containers import pool, read

ROUNDS = 5
SLOW_SAMPLE = 40
"""Forms that the slow readers are given; their time a form does not depend on how many there are."""


def form(number: int) -> bytes:
    """A filled-in form: 40 tasks × 13 columns with styles, a merge, validation, protection, a hidden sheet."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        sheet = book.add_worksheet("填报表")
        locked = book.add_format({"text_wrap": True, "border": 1, "valign": "vcenter"})
        open_ = book.add_format({"text_wrap": True, "border": 1, "locked": False})
        day = book.add_format({"num_format": "yyyy-mm-dd", "border": 1, "locked": False})
        sheet.merge_range("A1:M1", "云河市2022年政务公开重点任务填报表", locked)
        sheet.write_row("A2", ["填报期", "2022年第四季度", "填报单位", f"云河市第{number}局"])
        heads = "编码 序号 工作任务 具体要求 职责 完成时限 工作提示 上期情况 完成情况 进展说明 佐证材料 完成日期 备注"
        sheet.write_row(3, 0, heads.split(), locked)
        for task in range(TASKS):
            requirement = (
                f"围绕第{task}类信息，及时公开计划、方案、进展和结果，做好解读回应，方便公众查阅，由{number}号单位落实"
            )
            progress = (
                f"已于第{task % 4 + 1}季度完成，累计公开信息{task * 7 + number}条，回应关切{task}次，群众反映良好。"
            )
            asked = [f"T3479A{task:02d}", task + 1, f"推进第{task}类信息公开", requirement, "牵头", "2022年12月31日前"]
            sheet.write_row(4 + task, 0, [*asked, "按季度报送", "推进中"], locked)
            sheet.write_row(4 + task, 8, ["已完成", progress, f"http://www.example.cn/{number}/{task}.html"], open_)
            sheet.write_number(4 + task, 11, 44_900 + task, day)
            sheet.write_blank(4 + task, 12, None, open_)
        choices = ["已完成", "推进中", "未启动"]
        sheet.data_validation(4, 8, 3 + TASKS, 8, {"validate": "list", "source": choices})
        sheet.protect()
        stamp = book.add_worksheet("_fengong")
        stamp.write_column(0, 0, [f"FG1.{number:08d}", *(f"T3479A{task:02d}" for task in range(TASKS))])
        stamp.very_hidden()
    return buffer.getvalue()


def calamine(data: bytes) -> list[list[list[object]]]:
    """Values only: no formats, error cells, hidden rows, pictures."""
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    return [list(book.get_sheet_by_name(name).to_python()) for name in book.sheet_names]


def openpyxl_read_only(data: bytes) -> list[tuple[object, ...]]:
    """openpyxl as its documentation advises for speed."""
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    return [row for sheet in book for row in sheet.iter_rows(values_only=True)]


def pandas_loop(data: bytes) -> object:
    """What people write."""
    import pandas

    return pandas.read_excel(io.BytesIO(data), sheet_name=None, header=None, engine="openpyxl")


def count(data: bytes) -> int:
    """Read in a worker, as a merge does: little is sent back."""
    return sum(len(sheet.rows) for sheet in read(data).sheets)


def in_workers(jobs: int) -> Callable[[Sequence[bytes]], None]:
    """All forms through worker processes, their start included."""

    def run(forms: Sequence[bytes]) -> None:
        rows = sum(outcome.value or 0 for outcome in pool.run(count, forms, jobs=jobs))
        if not rows:
            raise RuntimeError("nothing was read")

    return run


def each(function: Callable[[bytes], object]) -> Callable[[Sequence[bytes]], None]:
    """One form after another in this process."""

    def run(forms: Sequence[bytes]) -> None:
        for data in forms:
            function(data)

    return run


def milliseconds(run: Callable[[Sequence[bytes]], None], forms: Sequence[bytes]) -> float:
    """Time a form."""
    gc.collect()
    start = time.perf_counter()
    run(forms)
    return (time.perf_counter() - start) / len(forms) * 1_000


def main() -> None:
    """Print the table."""
    forms = [form(number) for number in range(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000)]
    few = forms[:SLOW_SAMPLE]
    readers = (
        ("inflate only", each(inflate), forms),
        ("floor: inflate + expat", each(floor), forms),
        ("calamine, values only", each(calamine), forms),
        ("fengong, one process", each(read), forms),
        ("fengong, 1 worker process", in_workers(1), forms),
        ("fengong, 2 worker processes", in_workers(2), forms),
        ("openpyxl read-only", each(openpyxl_read_only), few),
        ("pandas loop (openpyxl)", each(pandas_loop), few),
    )
    # Each round measures everything once, so that what else the machine does spoils all alike; the best counts.
    rounds = [[milliseconds(run, sample) for _, run, sample in readers] for _ in range(ROUNDS)]
    best = [min(times) for times in zip(*rounds, strict=True)]
    print(f"{len(forms)} forms of {sum(map(len, forms)) // len(forms):,} bytes, {TASKS} tasks each\n")
    print(f"{'':<32}{'ms a form':>10}{'× floor':>9}")
    for (name, _, _), taken in zip(readers, best, strict=True):
        print(f"{name:<32}{taken:>10.2f}{taken / best[1]:>9.1f}")


if __name__ == "__main__":
    main()
