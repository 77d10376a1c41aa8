"""催报单: to each unit that sent nothing, with its tasks and the due date."""

from __future__ import annotations

from toolkit.bulletins.words import Material, Words, common, deadlines
from toolkit.model import UnitState

KIND = "催报单"


def for_unit(material: Material, unit: str) -> Words | None:
    """The words of one unit's bulletin, ``None`` when it has reported."""
    if unit not in _missing(material):
        return None
    tasks = material.tasks
    rows = [
        {
            "序号": number,
            "工作任务": material.titles[entry.task],
            "具体要求": tasks[entry.task].requirement,
            "职责": entry.role.label,
            "完成时限": deadlines(tasks[entry.task]),
        }
        for number, entry in enumerate(material.entries[unit], 1)
    ]
    return common(material, KIND, unit) | {"附件标题": "应报任务清单", "任务": rows, "任务数": len(rows)}


def for_all(material: Material) -> Words | None:
    """The words of the list of every unit that has not reported, ``None`` when all have."""
    missing = _missing(material)
    if not missing:
        return None
    said = common(material, KIND, None)
    units = {unit.name: unit for unit in material.collection.roster.units}
    owed = {figures.unit: figures.tally.owed for figures in material.figures.units}
    rows = [
        {
            "序号": number,
            "单位": name,
            "应报任务": owed[name],
            "逾期天数": said["逾期天数"] or "",
            "联系人": units[name].contact if name in units else "",
            "电话": units[name].phone if name in units else "",
        }
        for number, name in enumerate(missing, 1)
    ]
    return said | {
        "附件标题": "未报单位名单",
        "应报单位数": len(material.figures.units),
        "未报单位数": len(rows),
        "未报单位": rows,
    }


def _missing(material: Material) -> list[str]:
    return [report.unit for report in material.collection.units if report.state is UnitState.MISSING]
