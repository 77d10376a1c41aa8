"""图表: the round at a glance — the figures asked first, and the rows its two charts are drawn from.

Every status has its row, also those that did not occur: a chart colours its bars by their place.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import zip_longest

from toolkit.figures import SHOWN_WORDS, Figures, UnitFigures
from toolkit.model import Collection, UnitState
from toolkit.workbooks.summary.matrix import LEGEND
from toolkit.workbooks.summary.table import Row, Table

SHEET = "图表"
HEADERS = ("完成情况", "项次", "占比", "单位", "单位完成率")
_ALL = 20
"""So many units are all shown; of more, the most and the least complete, half each."""


def table(figures: Figures) -> Table:
    """The sheet: status shares beside the completion of units."""
    total = figures.total
    counts = [(word, total.counts.get(word, 0)) for word in SHOWN_WORDS]
    shares = [(word, count, count / total.owed if total.owed else 0.0) for word, count in counts]
    ranked, note = shown_units(figures)
    units = [(unit.unit, unit.tally.completion or 0.0) for unit in ranked]
    rows = [Row((*(share or ("", "", "")), *(unit or ("", "")))) for share, unit in zip_longest(shares, units)]
    return Table(SHEET, HEADERS, rows, notes=(note,) if note else ())


def shown_units(figures: Figures) -> tuple[list[UnitFigures], str]:
    """The units a chart can show legibly, the most complete first, and which they are when they are not all."""
    ordered = sorted((-(unit.tally.completion or 0.0), place) for place, unit in enumerate(figures.units))
    half = _ALL // 2
    chosen = [place for _, place in (ordered if len(ordered) <= _ALL else [*ordered[:half], *ordered[-half:]])]
    wanted = set(chosen)
    shown = {place: unit for place, unit in enumerate(figures.units) if place in wanted}
    note = f"共 {len(ordered)} 家单位，图中为完成率最高和最低的各 {half} 家。" if len(ordered) > _ALL else ""
    return [shown[place] for place in chosen], note


def facts(collection: Collection, figures: Figures) -> Mapping[str, str]:
    """What the marks in the heads of all sheets stand for."""
    total, due = figures.total, collection.round.due
    states = [unit.report.state for unit in figures.units]
    came = sum(state in (UnitState.COMPLETE, UnitState.PARTIAL) for state in states)
    return {
        "标题": collection.plan.title,
        "填报期": collection.round.name,
        "截止日期": due.isoformat() if due else "未定",
        "统计日期": collection.as_of.isoformat(),
        "发文单位": collection.plan.issuer or "",
        "文号": collection.plan.doc_number or "",
        "应报单位": str(len(states)),
        "已报单位": str(came),
        "未报单位": str(len(states) - came),
        "应报项次": str(total.owed),
        "已报项次": str(total.reported),
        "完成率": percent(total.completion),
        "按时率": percent(total.punctuality),
        "逾期项次": str(total.overdue),
        "问题数": str(len(collection.findings)),
        "图例": LEGEND,
    }


def percent(rate: float | None) -> str:
    """A rate as text, — when there is none."""
    return "—" if rate is None else f"{100 * rate:.1f}%"
