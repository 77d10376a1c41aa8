"""问题清单: what a person should look at, by unit, worst first."""

from __future__ import annotations

from collections.abc import Sequence

from toolkit.findings.grouping import grouped
from toolkit.model import Collection, Finding, Place, UnitReport
from toolkit.workbooks.summary.links import SourceLinks
from toolkit.workbooks.summary.table import Cell, Row, Table, Value

SHEET = "问题清单"
HEADERS = ("序号", "级别", "单位", "问题", "怎么办", "任务编码", "文件", "工作表", "单元格", "问题编号")


def table(collection: Collection, links: SourceLinks) -> Table:
    """The sheet; a unit's findings stand together, the units with the worst ones first."""
    lines = by_unit(grouped(collection.findings), collection.units)
    rows = [Row((number, *_values(finding, links))) for number, finding in enumerate(lines, 1)]
    return Table(SHEET, HEADERS, rows, notes=() if rows else ("没有发现问题。",))


def by_unit(findings: Sequence[Finding], units: Sequence[UnitReport]) -> list[Finding]:
    """Findings by unit, worst first: units by their worst finding, then by the fixed order."""
    order = {report.unit: place for place, report in enumerate(units)}
    worst: dict[str | None, int] = {}
    for finding in findings:
        worst[finding.unit] = min(worst.get(finding.unit, 9), finding.severity.rank)

    def key(finding: Finding) -> tuple[int, int, str, int, str, str]:
        place = -1 if finding.unit is None else order.get(finding.unit, len(order))
        rank = finding.severity.rank
        return worst[finding.unit], place, finding.unit or "", rank, finding.path or "", finding.code

    return sorted(findings, key=key)


def _values(finding: Finding, links: SourceLinks) -> tuple[Value, ...]:
    link = links.to(Place(finding.path, finding.sheet or "", finding.cell or "")) if finding.path else None
    return (
        Cell(finding.severity.label, mark=finding.severity.label),
        finding.unit or "",
        finding.message,
        finding.advice,
        finding.task or "",
        Cell(finding.path or "", link=link),
        finding.sheet or "",
        finding.cell or "",
        finding.code,
    )
