"""较上期 of a survey: what each unit says otherwise than in the last round it answered, cell by cell and row by row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from toolkit.model import Change, Collection, Trend
from toolkit.workbooks.summary.table import Row, Table

SHEET = "较上期"
HEADERS = ("序号", "单位", "上期", "行", "字段", "上期所报", "本期所报", "变化")
WHOLE_ROW = "整行"
_TRENDS: Mapping[Trend, str] = {
    Trend.FIRST: Trend.FIRST.label,
    Trend.SAME: Trend.SAME.label,
    Trend.REWORDED: "有变动",
}
"""A survey has no status that goes forward or back."""


def table(collection: Collection, *, many: bool) -> Table:
    """The sheet: a line for every cell or row that changed, in unit order; below it how many units changed nothing."""
    rows = [Row((number, *values)) for number, values in enumerate(_lines(collection), 1)]
    counts = {trend: sum(change.trend is trend for change in collection.changes) for trend in _TRENDS}
    said = "，".join(f"{_TRENDS[trend]} {count} 家" for trend, count in counts.items() if count)
    notes = (f"与各单位上一次所报相比：{said}。",)
    return Table(SHEET, HEADERS, rows, hidden=frozenset() if many else frozenset({"行"}), notes=notes)


def said_change(change: Change) -> str:
    """``有变动 2 处``, ``无变化（连续 3 期）``."""
    still = f"（连续 {change.still} 期）" if change.still > 1 else ""
    cells = f" {len(change.cells)} 处" if change.cells else ""
    return f"{_TRENDS[change.trend]}{cells}{still}"


def _lines(collection: Collection) -> Iterator[tuple[str, ...]]:
    for change in collection.changes:
        for cell in change.cells:
            how = "改" if cell.before and cell.now else "增" if cell.now else "减"
            yield change.unit, change.since, cell.row, cell.field or WHOLE_ROW, cell.before, cell.now, how
