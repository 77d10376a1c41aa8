"""Collecting findings at one place of a file without repeating where that is."""

from __future__ import annotations

from dataclasses import dataclass, field

from toolkit.findings import Kind
from toolkit.model import Finding, Severity


@dataclass
class Notes:
    """Findings about one sheet of a file; ``unit`` and ``task`` are those of the row in hand."""

    path: str
    sheet: str
    unit: str | None = None
    task: str | None = None
    findings: list[Finding] = field(default_factory=list)

    def tell(self, kind: Kind, cell: str | None = None, *, severity: Severity | None = None, **words: object) -> None:
        """Add a finding at a cell, or about the sheet as a whole."""
        self.findings.append(
            kind.at(
                unit=self.unit,
                task=self.task,
                path=self.path,
                sheet=self.sheet or None,
                cell=cell,
                severity=severity,
                **words,
            )
        )

    def about(self, unit: str | None, task: str | None = None) -> Notes:
        """The same collection, about another unit and task."""
        return Notes(self.path, self.sheet, unit, task, self.findings)
