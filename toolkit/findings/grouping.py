"""Many findings of one kind in one file become one line with their count and cells (A25)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from toolkit.model import Finding, Severity

_SEVERAL = "{first}（同类问题共 {count} 处：{cells}）"
_SEVERAL_ELSEWHERE = "{first}（同类问题共 {count} 处）"
_FEW = {Severity.ERROR: 30, Severity.WARNING: 3, Severity.NOTE: 3}
"""Up to so many findings of one kind in one file are told one by one."""
_MOST_SINGLE = 40
"""Up to so many cells are named one by one, more as ranges."""
_MOST_RANGES = 60
_CELL = re.compile(r"([A-Z]+)(\d+)")


def grouped(findings: Iterable[Finding]) -> list[Finding]:
    """The findings, those of one kind in one file told in one line when they are many; the order is kept."""
    kinds: dict[tuple[str, Severity, str | None], list[Finding]] = defaultdict(list)
    for finding in findings:
        kinds[finding.code, finding.severity, finding.path].append(finding)
    lines: list[Finding] = []
    for (_, severity, path), same in kinds.items():
        if path is None or len(same) <= _FEW[severity]:
            lines.extend(same)
        else:
            lines.append(_as_one(same))
    return lines


def _as_one(same: Sequence[Finding]) -> Finding:
    first = same[0]
    cells = cell_ranges([(finding.sheet or "", finding.cell) for finding in same if finding.cell])
    text = (_SEVERAL if cells else _SEVERAL_ELSEWHERE).format(first=first.message, count=len(same), cells=cells)
    return replace(
        first,
        message=text,
        unit=first.unit if all(finding.unit == first.unit for finding in same) else None,
        task=first.task if all(finding.task == first.task for finding in same) else None,
    )


def cell_ranges(places: Sequence[tuple[str, str]]) -> str:
    """Cells by column: I7、I8、K9, very many as ranges: I7:I460; the sheet is named when there are several."""
    by_column: dict[tuple[str, str], set[int]] = defaultdict(set)
    odd: list[str] = []
    for sheet, cell in places:
        if match := _CELL.fullmatch(cell):
            by_column[sheet, match.group(1)].add(int(match.group(2)))
        elif cell not in odd:
            odd.append(cell)
    several = len({sheet for sheet, _ in by_column}) > 1
    pieces: list[str] = []
    for (sheet, column), rows in sorted(by_column.items(), key=lambda item: (item[0][0], len(item[0][1]), item[0][1])):
        prefix = f"{sheet}!" if several else ""
        pieces.extend(f"{prefix}{piece}" for piece in _runs(column, sorted(rows), len(places) > _MOST_SINGLE))
    pieces.extend(odd)
    if len(pieces) > _MOST_RANGES:
        pieces[_MOST_RANGES:] = ["…"]
    return "、".join(pieces)


def _runs(column: str, rows: list[int], joined: bool) -> list[str]:
    runs: list[list[int]] = []
    for row in rows:
        if joined and runs and row == runs[-1][1] + 1:
            runs[-1][1] = row
        else:
            runs.append([row, row])
    return [f"{column}{top}" if top == bottom else f"{column}{top}:{column}{bottom}" for top, bottom in runs]
