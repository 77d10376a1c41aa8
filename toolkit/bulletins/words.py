"""Words that all bulletins share: title, basis, signature, dates."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from toolkit.figures import Figures
from toolkit.language.privacy import mask
from toolkit.model import Assignment, Collection, Entry, Role, Task
from toolkit.settings import Settings

Words = dict[str, Any]
"""What the marks of a template stand for."""


@dataclass(frozen=True)
class Material:
    """What every bulletin is made from."""

    collection: Collection
    figures: Figures
    settings: Settings
    accepted_only: bool = False
    """Whether the rates count only what the office accepted (已核)."""

    @cached_property
    def tasks(self) -> dict[str, Task]:
        """Tasks by their code."""
        return {figures.task.code: figures.task for figures in self.figures.tasks}

    @cached_property
    def entries(self) -> dict[str, list[Entry]]:
        """Every unit's entries, in plan order."""
        by_unit: dict[str, list[Entry]] = {figures.unit: [] for figures in self.figures.units}
        for entry in self.collection.entries:
            by_unit[entry.unit].append(entry)
        return by_unit

    @cached_property
    def titles(self) -> dict[str, str]:
        """What each task is called: a task without a title continues the one above it in its chapter."""
        called: dict[str, str] = {}
        above: tuple[tuple[str, ...], str] = ((), "")
        for figures in self.figures.tasks:
            task = figures.task
            if task.title:
                above = (task.headings, task.title)
            inherited = above[1] if above[0] == task.headings else ""
            called[task.code] = task.title or inherited or task.label
        return called


def common(material: Material, kind: str, unit: str | None) -> Words:
    """The words of every bulletin."""
    collection = material.collection
    plan, due = collection.plan, collection.round.due
    return {
        "标题": f"{collection.round.name}{kind}\n（{plan.title}）" if plan.title else f"{collection.round.name}{kind}",
        "单位": unit or "",
        "主送": unit or "各单位",
        "依据": plan.title,
        "填报期": collection.round.name,
        "截止日期": chinese_day(due) if due else "",
        "统计日期": chinese_day(collection.as_of),
        "逾期天数": max((collection.as_of - due).days, 0) if due else 0,
        "落款": plan.issuer or "（发文单位）",
        "日期": chinese_day(collection.as_of),
    }


def chinese_day(day: date) -> str:
    """2026年1月5日: how official documents write a date (GB/T 9704-2012, 7.3.5.4)."""
    return f"{day.year}年{day.month}月{day.day}日"


def shortened(text: str, limit: int) -> str:
    """Text as it is published: personal numbers masked, cut with … beyond the limit."""
    text = mask(text)
    return text if len(text) <= limit else text[: limit - 1] + "…"


def deadlines(task: Task) -> str:
    """完成时限 as the plan has it."""
    return "；".join(deadline.text for deadline in task.deadlines) or "、".join(task.recurrence)


def responsible(assignments: Iterable[Assignment]) -> str:
    """责任单位 in one line: 甲牵头，乙、丙负责，丁配合."""
    by_role: dict[Role, list[str]] = {}
    for assignment in assignments:
        by_role.setdefault(assignment.role, []).append(assignment.name)
    said = {Role.LEAD: "牵头", Role.RESPONSIBLE: "负责" if Role.LEAD in by_role else "", Role.SUPPORT: "配合"}
    return "，".join("、".join(by_role[role]) + said[role] for role in Role if role in by_role)
