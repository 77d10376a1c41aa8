"""What a worker process says of a file it was given: small, so that it can be sent back."""

from __future__ import annotations

from dataclasses import dataclass

from toolkit.containers import read
from toolkit.model import Finding


@dataclass(frozen=True)
class Verdict:
    """How a reading ended."""

    cells: int
    blocks: int
    findings: tuple[Finding, ...]

    @property
    def clear(self) -> bool:
        """Content, or a finding that says what is wrong and what to do."""
        return bool(self.cells or self.blocks) or any(f.message and f.advice for f in self.findings)


def judge(item: tuple[str, bytes]) -> Verdict:
    """Read the bytes of a named file."""
    name, data = item
    content = read(data, name)
    cells = sum(value is not None for sheet in content.sheets for row in sheet.rows for value in row)
    return Verdict(cells, len(content.blocks), tuple(content.findings))
