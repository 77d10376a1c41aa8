"""退回单: to each unit whose form has errors — which cell, what is wrong, how to mend it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from toolkit.bulletins.words import Material, Words, common
from toolkit.findings import ledger as ledger_found
from toolkit.findings.grouping import grouped
from toolkit.model import Finding, Severity, Verdict

KIND = "退回单"
NO_FILE = "填报表"
"""Stands for the file of an entry that came from none."""


def for_unit(material: Material, unit: str) -> Words | None:
    """The words of one unit's bulletin, ``None`` when none of its files has an error."""
    found = [finding for finding in material.collection.findings if finding.unit == unit]
    return _words(material, unit, [*found, *_returned(material, unit)])


def for_all(material: Material) -> Words | None:
    """The same for files of which nobody knows whose they are."""
    return _words(material, None, (finding for finding in material.collection.findings if finding.unit is None))


def _returned(material: Material, unit: str) -> Iterator[Finding]:
    """What the office sent back by its own decision (审核)."""
    entries = {entry.task: entry for entry in material.collection.entries_of(unit)}
    for decision in material.collection.decisions:
        if decision.unit == unit and decision.verdict is Verdict.RETURNED and decision.task in entries:
            place = entries[decision.task].place
            yield ledger_found.RETURNED.at(
                unit=unit,
                task=decision.task,
                path=place.path if place else NO_FILE,
                sheet=place.sheet if place else None,
                cell=place.cell if place else None,
                label=material.titles[decision.task],
                opinion=decision.opinion or "未写明原因，请与办公室联系。",
            )


def _words(material: Material, unit: str | None, findings: Iterable[Finding]) -> Words | None:
    """Only errors send a file back; warnings, such as a deadline that is over, are for the office to weigh."""
    errors = [finding for finding in findings if finding.path and finding.severity is Severity.ERROR]
    files = [
        {"名称": path, "问题": [_row(number, finding) for number, finding in enumerate(grouped(found), 1)]}
        for path, found in groupby(sorted(errors, key=_path), key=_path)
    ]
    if not files:
        return None
    return common(material, KIND, unit) | {
        "附件标题": "需更正内容",
        "问题数": sum(len(file["问题"]) for file in files),
        "文件": files,
    }


def _path(finding: Finding) -> str:
    return finding.path or ""


def _row(number: int, finding: Finding) -> Words:
    place = "\n".join(part for part in (finding.sheet, finding.cell) if part)
    return {"序号": number, "单元格": place or "整份文件", "问题": finding.message, "怎样改": finding.advice}
