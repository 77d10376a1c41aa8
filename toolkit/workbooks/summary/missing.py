"""未报名单: units that sent nothing usable, in the fixed unit order, with whom to call."""

from __future__ import annotations

from toolkit.model import Collection, State, UnitState
from toolkit.workbooks.summary.table import Row, Table

SHEET = "未报名单"
HEADERS = ("序号", "单位", "填报状态", "应报任务", "截止日期", "逾期天数", "联系人", "电话", "备注")


def table(collection: Collection) -> Table:
    """The sheet; 逾期天数 is counted to the date of the summary."""
    units = {unit.name: unit for unit in collection.roster.units}
    due = collection.round.due
    late = max((collection.as_of - due).days, 0) if due else ""
    owed: dict[str, int] = {}
    for entry in collection.entries:
        if entry.state is not State.REPORTED:
            owed[entry.unit] = owed.get(entry.unit, 0) + 1
    rows = []
    for number, report in enumerate(collection.units, 1):
        if report.state not in (UnitState.MISSING, UnitState.REJECTED):
            continue
        unit = units.get(report.unit)
        rows.append(
            Row(
                (
                    unit.order if unit else number,
                    report.unit,
                    report.state.label,
                    owed.get(report.unit, 0),
                    due or "",
                    late,
                    unit.contact if unit else "",
                    unit.phone if unit else "",
                    "来件被退回：" + "、".join(report.files)
                    if report.state is UnitState.REJECTED and report.files
                    else "",
                )
            )
        )
    return Table(SHEET, HEADERS, rows, notes=() if rows else ("各单位均已报送。",))
