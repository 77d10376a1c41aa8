"""The program as an outside program sees it: command lines in, exit statuses, files and JSON out."""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl

from toolkit import cli

PROJECT = Path(__file__).resolve().parents[2]
PLAN_COLUMNS = [
    "编码",
    "序号",
    "工作任务",
    "具体要求",
    "牵头单位",
    "责任单位",
    "配合单位",
    "完成时限",
    "完成情况",
    "备注",
    "复核",
]
ROSTER_COLUMNS = ["序号", "单位名称", "简称", "单位组", "联系人", "电话", "备注"]
LOCKED = ["编码", "序号", "工作任务", "具体要求", "职责", "完成时限", "工作提示", "上期情况"]
FILL_IN = ["完成情况", "进展说明", "佐证材料", "完成日期", "备注"]
ROUND, DUE = "2026年第三季度", "2026-09-25"

NOTICE = """云溪市2026年政务公开重点工作任务分工
云政公开〔2026〕3号

一、深化重点领域公开
（一）集中公开规范性文件。全面清理现行有效的规范性文件，9月底前在专栏集中发布。（牵头单位：市司法局；责任单位：市政府办、市财政局）
（二）公开财政预决算。部门预算批复后及时向社会公开。（责任单位：市财政局）
（三）公开基层目录。对照标准目录逐项核对公开内容，12月底前完成。（责任单位：各区县政府）
二、提升解读回应质量
（四）解读重要政策。政策文件公开后配发解读材料，每季度不少于2次。（牵头单位：市政府办；配合单位：市民政局）
（五）回应社会关切。对涉及民生的热点问题，11月底前建立台账并回应。（责任单位：市民政局、市教育局）
"""


@dataclass(frozen=True)
class Ran:
    """What one command line did."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def told(self) -> str:
        return self.out + self.err


def run(*arguments: object) -> Ran:
    """``fengong …`` in this process."""
    out, err = io.TextIOWrapper(io.BytesIO(), "utf-8"), io.TextIOWrapper(io.BytesIO(), "utf-8")
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        status = cli.run([str(argument) for argument in arguments])
    texts = []
    for stream in (out, err):
        stream.flush()
        texts.append(stream.buffer.getvalue().decode())  # type: ignore[attr-defined]
    return Ran(status, *texts)


def run_apart(*arguments: object, cwd: Path, **environment: str) -> Ran:
    """``python -m toolkit …`` in a process of its own."""
    paths = os.pathsep.join(filter(None, [str(PROJECT), os.environ.get("PYTHONPATH", "")]))
    done = subprocess.run(
        [sys.executable, "-m", "toolkit", *map(str, arguments)],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": paths, "PYTHONIOENCODING": "utf-8", **environment},
        capture_output=True,
        timeout=120,
    )
    return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())


def tree(folder: Path) -> dict[str, str]:
    """Every file below a folder with its hash."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def first_visible(path: Path) -> Any:
    return next(sheet for sheet in openpyxl.load_workbook(path).worksheets if sheet.sheet_state == "visible")


def header_of(sheet: Any) -> tuple[int, dict[str, int]]:
    """The header row of a plan or form, and the column of each word."""
    for row in sheet.iter_rows():
        if row[0].value == "编码":
            return row[0].row, {cell.value: cell.column for cell in row if cell.value}
    raise AssertionError(f"no header row in {sheet.title}")


def task_rows(sheet: Any) -> dict[str, int]:
    """Code → row; chapters and the people below have no code."""
    header, columns = header_of(sheet)
    named = {row: str(sheet.cell(row, columns["编码"]).value or "") for row in range(header + 1, sheet.max_row + 1)}
    return {code: row for row, code in named.items() if code and code.isascii()}


def fill(form: Path, target: Path, answers: dict[str, str], *, only: set[str] | None = None) -> Path:
    """A filled copy of a form: the same words in every row, or in those of the codes ``only``."""
    book = openpyxl.load_workbook(form)
    sheet = next(sheet for sheet in book.worksheets if sheet.sheet_state == "visible")
    _, columns = header_of(sheet)
    for code, row in task_rows(sheet).items():
        if only is None or code in only:
            for word, text in answers.items():
                cell = sheet.cell(row, columns[word])
                cell.value = text
                cell.data_type = "s"
    target.parent.mkdir(parents=True, exist_ok=True)
    book.save(target)
    return target


def write_table(path: Path, rows: list[list[object]], sheet: str = "Sheet") -> Path:
    """A plain workbook, as somebody made it without fengong."""
    book = openpyxl.Workbook()
    book.active.title = sheet
    for row in rows:
        book.active.append(row)
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)
    return path


def add_members(roster: Path, group: str, members: list[str]) -> None:
    """Enter units into a register as members of a group, as a clerk does."""
    book = openpyxl.load_workbook(roster)
    sheet = book["单位名录"]
    start = sheet.max_row
    for place, name in enumerate(members, start=1):
        sheet.append([start - 1 + place, name, name.removesuffix("政府"), group])
    book.save(roster)


class City:
    """A small campaign in a folder of its own, played once through the command line."""

    def __init__(self, home: Path) -> None:
        self.home = home
        home.mkdir(parents=True)
        self.notice = home / "通 知.txt"
        self.notice.write_text(NOTICE, encoding="utf-8")
        self.plan = home / "任务分工表.xlsx"
        self.roster = home / "单位名录.xlsx"
        self.forms = home / "下发" / ROUND
        self.returns = home / "回收" / ROUND
        self.summary = home / "汇总" / ROUND / "汇总表.xlsx"
        self.drafted = run("draft", self.notice, "-o", self.plan, "--json", "-")
        self.unready = run("issue", self.plan, "-o", self.forms, "--round", ROUND, "--json", home / "无.json")
        self.before_roster = tree(home)
        add_members(self.roster, "各区县政府", ["东湖区政府", "西山县政府"])
        self.issued = run("issue", self.plan, "-o", self.forms, "--round", ROUND, "--due", DUE, "--json", "-")

    def form(self, unit: str) -> Path:
        return next(self.forms.glob(f"*_{unit}_*.xlsx"))

    def codes(self) -> dict[str, str]:
        return {task["number"]: task["code"] for task in self.drafted.json["tasks"]}

    def merge(self, *paths: object, out: Path | None = None, as_of: str = "2026-09-24", **options: object) -> Ran:
        more = [word for name, value in options.items() for word in (f"--{name}", value)]
        target = out or self.summary
        return run("merge", *paths, "--plan", self.plan, "-o", target, "--as-of", as_of, "--json", "-", *more)
