"""较上期: how each entry stands against the unit's last one, the worrying ones first."""

from __future__ import annotations

from toolkit.model import Collection, Trend
from toolkit.workbooks.summary.table import Row, Table

SHEET = "较上期"
HEADERS = ("序号", "编码", "工作任务", "单位", "上期", "上期情况", "本期情况", "变化", "连续期数", "进展说明")
_ORDER = (Trend.BACK, Trend.SAME, Trend.FORWARD, Trend.REWORDED, Trend.FIRST)


def table(collection: Collection) -> Table:
    """The sheet: what went back, what stands still (the longest first), then the rest in plan order."""
    labels = {task.code: task.label for task in collection.plan.tasks}
    entries = {(entry.task, entry.unit): entry for entry in collection.entries}
    ordered = sorted(collection.changes, key=lambda change: (_ORDER.index(change.trend), -change.still))
    rows = [
        Row(
            (
                number,
                change.task,
                labels.get(change.task, ""),
                change.unit,
                change.since,
                change.before,
                change.now,
                change.trend.label,
                change.still if change.still > 1 else "",
                entries[change.task, change.unit].progress,
            )
        )
        for number, change in enumerate(ordered, 1)
    ]
    counts = {trend: sum(change.trend is trend for change in collection.changes) for trend in Trend}
    said = "，".join(f"{trend.label} {count} 项" for trend, count in counts.items() if count)
    return Table(SHEET, HEADERS, rows, notes=(f"与各单位上一次可用的填报相比：{said}。",))
