"""问题清单: what a person should look at, by unit, worst first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import itemgetter

from toolkit.findings.grouping import grouped
from toolkit.model import Collection, Finding, Place, Severity, UnitReport
from toolkit.workbooks.summary.links import SourceLinks
from toolkit.workbooks.summary.table import Cell, Row, Streamed, Table, Value

SHEET = "问题清单"
HEADERS = ("序号", "级别", "单位", "问题", "怎么办", "任务编码", "文件", "工作表", "单元格", "问题编号")


def table(lines: Sequence[Finding], links: SourceLinks) -> Table:
    """The sheet of these lines; a unit's findings stand together, the units with the worst ones first."""
    rows = Streamed(lambda: _rows(lines, links), len(lines))
    return Table(SHEET, HEADERS, rows, notes=() if lines else ("没有发现问题。",))


def _rows(lines: Iterable[Finding], links: SourceLinks) -> Iterator[Row]:
    return (Row((number, *_values(finding, links))) for number, finding in enumerate(lines, 1))


def lines_of(collection: Collection) -> list[Finding]:
    """The findings as the sheet shows them: many of one kind in one line, by unit, worst first (A25)."""
    return by_unit(grouped_lines(collection), collection.units)


def grouped_lines(collection: Collection) -> list[Finding]:
    """The same in no order."""
    return grouped(collection.findings)


def restore(shown: Sequence[Finding], written: Collection) -> list[Finding]:
    """Every finding that the lines of a sheet stand for.

    A line that is still as it was written stands for all findings it was made from; one that the office
    changed or added stands for itself; one it struck out stands for nothing.
    """
    alike: dict[tuple[str, Severity, str | None], list[Finding]] = {}
    for finding in written.findings:
        alike.setdefault((finding.code, finding.severity, finding.path), []).append(finding)
    made_from = {_told(line): alike[line.code, line.severity, line.path] for line in lines_of(written)}
    made_from |= {_told(finding): [finding] for finding in written.findings}
    return [finding for line in shown for finding in made_from.get(_told(line), [line])]


def _told(finding: Finding) -> tuple[str, ...]:
    """What a line says, as it can be compared after another program saved it."""
    parts = (finding.code, finding.severity, finding.message, finding.unit, finding.path, finding.sheet, finding.cell)
    return tuple(" ".join((part or "").split()) for part in parts)


def by_unit(findings: Sequence[Finding], units: Sequence[UnitReport]) -> list[Finding]:
    """Findings by unit, worst first: units by their worst finding, then by the fixed order."""
    order = {report.unit: place for place, report in enumerate(units)}
    return [finding for _, finding in sorted(keyed(findings, order), key=itemgetter(0))]


Key = tuple[int, int, str, int, str, str]
"""Where a finding stands among the others."""


def keyed(findings: Sequence[Finding], order: Mapping[str, int]) -> list[tuple[Key, Finding]]:
    """Findings with the keys that sort them, given all those of each unit and the units' ``order``."""
    worst: dict[str | None, int] = {}
    for finding in findings:
        worst[finding.unit] = min(worst.get(finding.unit, 9), finding.severity.rank)

    def key(finding: Finding) -> Key:
        place = -1 if finding.unit is None else order.get(finding.unit, len(order))
        rank = finding.severity.rank
        return worst[finding.unit], place, finding.unit or "", rank, finding.path or "", finding.code

    return [(key(finding), finding) for finding in findings]


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
