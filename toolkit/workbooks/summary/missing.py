"""未报名单: units that sent nothing usable, in the fixed unit order, with whom to call."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.figures import Figures, UnitFigures
from toolkit.model import Collection, UnitState
from toolkit.workbooks.summary.table import Row, Streamed, Table

SHEET = "未报名单"
HEADERS = ("序号", "单位", "填报状态", "应报任务", "截止日期", "逾期天数", "联系人", "电话", "备注")


def table(collection: Collection, figures: Figures) -> Table:
    """The sheet; 逾期天数 is counted to the date of the summary."""
    count = sum(1 for _ in _absent(figures))
    rows = Streamed(lambda: _rows(collection, figures), count)
    return Table(SHEET, HEADERS, rows, notes=() if count else ("各单位均已报送。",))


def _absent(figures: Figures) -> Iterator[tuple[int, UnitFigures]]:
    """The units that sent nothing usable, numbered among all."""
    absent = (UnitState.MISSING, UnitState.REJECTED)
    return ((number, unit) for number, unit in enumerate(figures.units, 1) if unit.report.state in absent)


def _rows(collection: Collection, figures: Figures) -> Iterator[Row]:
    units = {unit.name: unit for unit in collection.roster.units}
    due = collection.round.due
    late = max((collection.as_of - due).days, 0) if due else ""
    for number, absent in _absent(figures):
        report, tally = absent.report, absent.tally
        unit = units.get(report.unit)
        refused = report.files if report.state is UnitState.REJECTED else ()
        yield Row(
            (
                unit.order if unit else number,
                report.unit,
                report.state.label,
                tally.owed - tally.reported,
                due or "",
                late,
                unit.contact if unit else "",
                unit.phone if unit else "",
                "来件被退回：" + "、".join(refused) if refused else "",
            )
        )
