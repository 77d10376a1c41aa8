"""The cell formats of a sheet: a format of the template with marks, a link and a quote laid over it."""

from __future__ import annotations

from collections.abc import Mapping

from toolkit.workbooks.styles import Styles

LINK_MARK = "链接"
"""The sample whose font a cell with a link takes."""


class Formats:
    """Gives the index of each format; one that is not there yet is made once."""

    def __init__(self, styles: Styles, marks: Mapping[str, int]) -> None:
        self.styles = styles
        self._marks = marks
        self._known: dict[tuple[int, str | None, bool, bool], int] = {}

    def of(self, style: int, mark: str | None = None, *, linked: bool = False, live: bool = False) -> int:
        """The format for a base format, a mark laid over it, a link, and text that looks like a formula."""
        if mark is None and not linked and not live:
            return style
        key = (style, mark, linked, live)
        if key not in self._known:
            if mark is not None and mark in self._marks:
                style = self.styles.marked(style, self._marks[mark])
            if linked and LINK_MARK in self._marks:
                style = self.styles.marked(style, self._marks[LINK_MARK])
            self._known[key] = self.styles.quoted(style) if live else style
        return self._known[key]
