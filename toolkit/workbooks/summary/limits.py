"""How much a sheet can hold."""

from __future__ import annotations

from dataclasses import dataclass

from toolkit.workbooks.cells import MAX_LINKS, MAX_ROWS


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits of a sheet; those of Excel unless a test wants smaller ones."""

    rows: int = MAX_ROWS
    links: int = MAX_LINKS


EXCEL = Limits()
