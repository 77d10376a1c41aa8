"""问题清单: what a person should look at, by unit, worst first."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from toolkit.model import Collection, Finding, Place
from toolkit.workbooks.summary.links import SourceLinks
from toolkit.workbooks.summary.table import Cell, Row, Table, Value

SHEET = "问题清单"
HEADERS = ("序号", "级别", "单位", "问题", "怎么办", "任务编码", "文件", "工作表", "单元格", "问题编号")
GROUPED_FROM = 6
"""So many findings of one kind in one file become one line with their cells (A25)."""
_CELLS_SHOWN = 40


def table(collection: Collection, links: SourceLinks) -> Table:
    """The sheet; a unit's findings stand together, the units with the worst ones first."""
    rows = [Row((number, *row)) for number, row in enumerate(_rows(collection, links), 1)]
    return Table(SHEET, HEADERS, rows, notes=() if rows else ("没有发现问题。",))


def by_unit(collection: Collection) -> list[Finding]:
    """Findings by unit, worst first: units by their worst finding, then by the fixed order."""
    order = {report.unit: place for place, report in enumerate(collection.units)}
    worst: dict[str | None, int] = {}
    for finding in collection.findings:
        worst[finding.unit] = min(worst.get(finding.unit, 9), finding.severity.rank)

    def key(finding: Finding) -> tuple[int, int, str, int, str, str]:
        place = -1 if finding.unit is None else order.get(finding.unit, len(order))
        rank = finding.severity.rank
        return worst[finding.unit], place, finding.unit or "", rank, finding.path or "", finding.code

    return sorted(collection.findings, key=key)


def _rows(collection: Collection, links: SourceLinks) -> Iterator[tuple[Value, ...]]:
    for _, group in groupby(by_unit(collection), key=lambda f: (f.unit, f.severity, f.path, f.code)):
        alike = list(group)
        if len(alike) < GROUPED_FROM:
            for finding in alike:
                yield _row(finding, finding.message, finding.cell or "", links)
            continue
        cells = [finding.cell for finding in alike if finding.cell]
        more = "等" if len(cells) > _CELLS_SHOWN else ""
        message = f"同类问题 {len(alike)} 处，第一处：{alike[0].message}"
        yield _row(alike[0], message, "、".join(cells[:_CELLS_SHOWN]) + more, links)


def _row(finding: Finding, message: str, cells: str, links: SourceLinks) -> tuple[Value, ...]:
    link = links.to(Place(finding.path, finding.sheet or "", finding.cell or "")) if finding.path else None
    return (
        Cell(finding.severity.label, mark=finding.severity.label),
        finding.unit or "",
        message,
        finding.advice,
        finding.task or "",
        Cell(finding.path or "", link=link),
        finding.sheet or "",
        cells,
        finding.code,
    )
