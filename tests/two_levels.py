"""A city, a county below it and two towns: what an office between two others has on its desk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from toolkit import identity
from toolkit.draft import draft
from toolkit.housekeeping.rollup import rollup
from toolkit.issue import issue
from toolkit.merge import merge
from toolkit.model import Assignment, Plan, Role, Roster, Task, Unit
from toolkit.sample.form import IssuedForm
from toolkit.workbooks import plan_book, roster_book

ROUND, DUE, AS_OF = "2026年第三季度", date(2026, 10, 10), date(2026, 10, 12)
COUNTY, OTHER = "望川县政府", "听泉县政府"
TOWNS = ("上河镇", "下河镇")
TITLES = ("修复农村道路", "更换老旧路灯")
SAVED = datetime(2026, 10, 8, 9)


def make_city(folder: Path) -> Path:
    """The city's folder with its plan, its register and the forms of its counties."""
    folder.mkdir(parents=True)
    tasks = tuple(Task(n, f"{title}，按时报送。", title=title) for n, title in enumerate(TITLES, 1))
    plan = identity.coded(Plan("云岭市任务分工表", tasks, issued_on=date(2026, 3, 2)))
    _write(folder, plan, (COUNTY, OTHER))
    issue(folder / "任务分工表.xlsx", folder / "下发" / ROUND, round=ROUND, due=DUE)
    return folder


def make_county(folder: Path, city: Path) -> Path:
    """The county's folder with its own part of the plan and the forms of its towns; both towns' returns came."""
    folder.mkdir(parents=True)
    plan = folder / "任务分工表.xlsx"
    draft([city / "任务分工表.xlsx"], plan, roster=city / "单位名录.xlsx", receiver=COUNTY)
    _write(folder, plan_book.read(plan)[0], TOWNS)
    issue(plan, folder / "下发" / ROUND, round=ROUND, due=DUE)
    (folder / "回收" / ROUND).mkdir(parents=True)
    for town, word in zip(TOWNS, ("已完成", "推进中"), strict=True):
        (form,) = (folder / "下发" / ROUND).glob(f"*_{town}_*.xlsx")
        texts = {"完成情况": word, "进展说明": f"{town}已办理三处。"}
        (folder / "回收" / ROUND / form.name).write_bytes(typed(form.read_bytes(), texts))
    return folder


def upper_form(city: Path) -> Path:
    """The form that the city issued to the county."""
    (form,) = (city / "下发" / ROUND).glob(f"*_{COUNTY}_*.xlsx")
    return form


def summary_of(folder: Path) -> Path:
    """Where the summary of a folder lies."""
    return folder / "汇总" / ROUND / "汇总表.xlsx"


def gather(folder: Path) -> Path:
    """Merge what came back; returns the summary."""
    out = summary_of(folder)
    merge([folder / "回收" / ROUND], folder / "任务分工表.xlsx", out, round=ROUND, as_of=AS_OF)
    return out


def gather_city(city: Path, county: Path) -> Path:
    """The county's summary goes up and is merged; returns the city's summary."""
    returns = city / "回收" / ROUND
    returns.mkdir(parents=True, exist_ok=True)
    rollup(gather(county), upper_form(city), returns / upper_form(city).name)
    return gather(city)


def typed(blank: bytes, texts: Mapping[str, str]) -> bytes:
    """A form with the same answer under every task."""
    pen = IssuedForm(blank)
    for task in pen.tasks:
        for label, text in texts.items():
            pen.type(pen.cell(label, task.row), text)
    return pen.saved(SAVED)


def _write(folder: Path, plan: Plan, units: tuple[str, ...]) -> None:
    """A plan whose tasks all units share, and the register of the units."""
    to_all = tuple(Assignment(Role.RESPONSIBLE, unit) for unit in units)
    shared = tuple(replace(task, assignments=to_all, review=()) for task in plan.tasks)
    plan_book.write(replace(plan, tasks=shared), folder / "任务分工表.xlsx")
    roster_book.write(Roster(tuple(Unit(name, order) for order, name in enumerate(units, 1))), folder / "单位名录.xlsx")
