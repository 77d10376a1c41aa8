"""The hyperlinks of one sheet, and the files they lead to."""

from __future__ import annotations

from toolkit.workbooks.cells import MAX_LINKS
from toolkit.workbooks.sheet_xml import attribute
from toolkit.workbooks.summary.table import Link


class Hyperlinks:
    """Collects the links of a sheet while its cells are written."""

    def __init__(self) -> None:
        self.targets: dict[str, str] = {}
        """Relative URL of a file → its relationship id."""
        self._written: list[str] = []

    @property
    def full(self) -> bool:
        """Whether the sheet can have no more."""
        return len(self._written) >= MAX_LINKS

    def add(self, reference: str, link: Link) -> None:
        """The cell ``reference`` leads to ``link``; nothing once the sheet is full."""
        if self.full:
            return
        where = f' location="{attribute(link.location)}"' if link.location else ""
        if link.target is None:
            self._written.append(f'<hyperlink ref="{reference}"{where}/>')
            return
        relation = self.targets.setdefault(link.target, f"rIdLink{len(self.targets) + 1}")
        self._written.append(f'<hyperlink ref="{reference}" r:id="{relation}"{where}/>')

    def xml(self) -> str:
        """The element of the sheet, empty when nothing is linked."""
        return f"<hyperlinks>{''.join(self._written)}</hyperlinks>" if self._written else ""
