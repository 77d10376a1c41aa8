"""Every message of fengong in one catalogue.

A :class:`Kind` is one thing that can be found: its code, its usual severity,
the sentence that says where and what, and the advice that says what to do.
Message texts stand nowhere else.  The kinds are grouped by the room that meets
them, one module a room; ``findings.catalogue()`` lists them all.

    from toolkit.findings import intake as found
    found.UNKNOWN_STATUS.at(unit="市教育局", cell="I7", text="差不多了")
"""

from __future__ import annotations

import importlib
from dataclasses import dataclass, replace
from functools import cache

from toolkit.model import Finding, Severity

ROOMS = ("files", "notice", "roster", "plan", "intake", "survey", "rules", "ledger", "output", "command", "desktop")


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of finding.

    ``message`` and ``advice`` are format strings; the words they name are given to :meth:`at`.
    """

    code: str
    severity: Severity
    message: str
    advice: str

    def at(
        self,
        *,
        unit: str | None = None,
        task: str | None = None,
        path: str | None = None,
        sheet: str | None = None,
        cell: str | None = None,
        severity: Severity | None = None,
        **words: object,
    ) -> Finding:
        """The finding at a place.

        The place may also be used as words of the message.  ``severity`` overrides the usual one
        (settings may raise a note to an error).  Raises ``KeyError`` when a word is missing.
        """
        shown = {name: visible(str(word)) for name, word in words.items()}
        places = {"unit": unit, "task": task, "path": path, "sheet": sheet, "cell": cell}
        shown.update({name: visible(value) for name, value in places.items() if value is not None})
        return Finding(
            code=self.code,
            severity=severity or self.severity,
            message=self.message.format_map(shown),
            advice=self.advice.format_map(shown),
            **places,
        )


def visible(text: str) -> str:
    """Text as it may be shown in one line: control and bidi characters are spelled out (HOSTILE.md, 8)."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else f"\\u{ord(c):04x}" if c not in "\n\r\t" else " " for c in text)


def error(code: str, message: str, advice: str) -> Kind:
    """A kind that is an error (错误) unless told otherwise."""
    return Kind(code, Severity.ERROR, message, advice)


def warning(code: str, message: str, advice: str) -> Kind:
    """A kind that is a warning (提醒) unless told otherwise."""
    return Kind(code, Severity.WARNING, message, advice)


def note(code: str, message: str, advice: str) -> Kind:
    """A kind that is a note (说明) unless told otherwise."""
    return Kind(code, Severity.NOTE, message, advice)


@cache
def catalogue() -> dict[str, Kind]:
    """Every kind by its code; raises ``ValueError`` when two share one."""
    kinds: dict[str, Kind] = {}
    for room in ROOMS:
        for value in vars(importlib.import_module(f"{__name__}.{room}")).values():
            if isinstance(value, Kind) and kinds.setdefault(value.code, value) is not value:
                raise ValueError(f"finding code {value.code} is used twice")
    return kinds


def with_severity(finding: Finding, severity: Severity) -> Finding:
    """The same finding, raised or lowered."""
    return finding if finding.severity is severity else replace(finding, severity=severity)


def worst_first(findings: tuple[Finding, ...] | list[Finding]) -> list[Finding]:
    """Findings by severity, worst first; the order within one severity is kept."""
    return sorted(findings, key=lambda finding: finding.severity.rank)


class CannotDo(Exception):
    """A verb could not be done (exit status 2): nothing was written, and the findings say what to do."""

    def __init__(self, *findings: Finding) -> None:
        super().__init__("；".join(finding.message for finding in findings))
        self.findings = findings
