"""提示单: the tasks that are still open, in the three groups of such lists.

The grouping follows the notices of the corpus (市政务公开办, 2022年11—12月重点工作任务提示单): what must be
done before the year ends, what needs to be mended, and the rest of the year's work.
"""

from __future__ import annotations

from datetime import date

from toolkit import vocabulary as words
from toolkit.bulletins.words import Material, Words, common, deadlines, responsible, shortened
from toolkit.figures import Light, TaskFigures, word_of
from toolkit.model import Entry, Task

KIND = "提示单"
THIS_YEAR = "年底前专项工作任务"
TO_MEND = "需整改的重点问题"
ALL_YEAR = "年度重点工作任务"
_GROUPS = (THIS_YEAR, TO_MEND, ALL_YEAR)
_BY_CHAPTER = (("专项", THIS_YEAR), ("整改", TO_MEND), ("年度重点", ALL_YEAR))
_NUMERALS = "一二三"


def for_unit(material: Material, unit: str) -> Words | None:
    """The words of one unit's bulletin, ``None`` when nothing of its is open."""
    tasks = material.tasks
    groups: dict[str, list[Words]] = {}
    for entry in material.entries[unit]:
        light = material.figures.lights[entry.task, unit]
        if light in (Light.DONE, Light.EXEMPT):
            continue
        task = tasks[entry.task]
        due = material.figures.dues[entry.task, unit]
        group = _group(task, word_of(entry), light, due, material.collection.as_of)
        groups.setdefault(group, []).append(
            _row(
                task,
                material.titles[task.code],
                职责=entry.role.label,
                完成情况=_said(entry, light, material.settings.bulletin_length),
            )
        )
    return _words(material, unit, groups)


def for_all(material: Material) -> Words | None:
    """The words of the bulletin to everyone, with each open task's own status."""
    groups: dict[str, list[Words]] = {}
    for task in material.figures.tasks:
        if task.light in (Light.DONE, Light.EXEMPT):
            continue
        group = _group(task.task, task.status, task.light, task.due, material.collection.as_of)
        groups.setdefault(group, []).append(
            _row(
                task.task,
                material.titles[task.task.code],
                责任单位=responsible(task.task.assignments),
                完成情况=_said_by_all(task),
            )
        )
    return _words(material, None, groups)


def _words(material: Material, unit: str | None, groups: dict[str, list[Words]]) -> Words | None:
    if not groups:
        return None
    found = [(name, groups[name]) for name in _GROUPS if name in groups]
    for _, rows in found:
        for number, row in enumerate(rows, 1):
            row["序号"] = number
    said = common(material, KIND, unit)
    return said | {
        "附件标题": f"{material.collection.round.name}未完成任务清单",
        "任务数": sum(len(rows) for _, rows in found),
        "分组说明": "、".join(f"{name} {len(rows)} 项" for name, rows in found),
        "分组": [{"名称": f"{_NUMERALS[place]}、{name}", "任务": rows} for place, (name, rows) in enumerate(found)],
    }


def _group(task: Task, word: str, light: Light, due: date | None, as_of: date) -> str:
    """The chapter's own words decide, then the status, then the deadline."""
    for heading in task.headings:
        for sign, group in _BY_CHAPTER:
            if sign in heading:
                return group
    if light is Light.OVERDUE or word in (words.TO_IMPROVE, words.POSTPONED):
        return TO_MEND
    return THIS_YEAR if due is not None and due <= date(as_of.year, 12, 31) else ALL_YEAR


def _row(task: Task, title: str, **more: str) -> Words:
    remark = "\n".join(part for part in (task.remark, deadlines(task)) if part)
    return {"工作任务": title, "具体要求": task.requirement, "备注": remark, **more}


def _said(entry: Entry, light: Light, limit: int) -> str:
    word = word_of(entry)
    late = "（已逾期）" if light is Light.OVERDUE and word != words.UNREPORTED else ""
    return f"{word}{late}" + (f"\n{shortened(entry.progress, limit)}" if entry.progress else "")


def _said_by_all(task: TaskFigures) -> str:
    late = "（已逾期）" if task.light is Light.OVERDUE else ""
    if len(task.entries) < 2:
        return f"{task.status}{late}"
    unreported = task.tally.counts.get(words.UNREPORTED, 0)
    absent = f"，{unreported} 家未报" if unreported else ""
    return f"{task.status}{late}\n{len(task.entries)} 家单位中 {task.tally.done} 家完成{absent}"
