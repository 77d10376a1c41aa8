"""Tables of a PDF from their ruling lines, joined where a page end cut them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from toolkit.containers.content import Sheet
from toolkit.containers.documents.grid import Cell, sheet_of
from toolkit.containers.documents.pdf_lines import Line, joined, was_full

Box = tuple[float, float, float, float]
"""x0, top, x1, bottom in points."""

_NEAR = 3.0
"""Points within which two ruling lines are one."""
_SAME_EDGE = 6.0
_NUMBER = re.compile(r"[（(]?\d{1,4}[)）]?[.、]?")
_FINISHED = "。；！？.;!?"
_PUNCTUATION = re.compile(r"[，、；：（）()〔〕,;:]")
_OPENING_LENGTH = 6
_HEADER_ROWS = 3


@dataclass(slots=True)
class RuledCell:
    """A cell between ruling lines: its rectangle of rows and columns, both ends included, and its lines."""

    top: int
    bottom: int
    x0: float
    x1: float
    lines: list[Line] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The lines without regard to how they were broken; for comparing."""
        return "".join(line.text for line in self.lines).replace(" ", "")


@dataclass(slots=True)
class RuledTable:
    """A table on one page, or the pages joined so far."""

    page: int
    last_page: int
    cells: list[RuledCell]
    box: Box
    height: int

    def row(self, number: int) -> list[RuledCell]:
        """The cells that begin in a row, from left to right."""
        return sorted((cell for cell in self.cells if cell.top == number), key=lambda cell: cell.x0)

    def texts(self, number: int) -> list[str]:
        """Their texts."""
        return [cell.text for cell in self.row(number)]


def ruled_table(boxes: Sequence[Box], lines_in: Any, page: int) -> RuledTable | None:
    """The table that cell boxes make up; ``None`` for a mere frame around text (one column).

    ``lines_in(box)`` gives the lines inside a box.
    """
    edges = _clustered(edge for box in boxes for edge in (box[1], box[3]))
    columns = _clustered(edge for box in boxes for edge in (box[0], box[2]))
    if len(columns) < 3:
        return None
    cells = [
        RuledCell(_place(edges, box[1]), _place(edges, box[3]) - 1, box[0], box[2], lines_in(box)) for box in boxes
    ]
    whole = (columns[0], edges[0], columns[-1], edges[-1])
    return RuledTable(page, page, [cell for cell in cells if cell.bottom >= cell.top], whole, len(edges) - 1)


def continues(table: RuledTable, part: RuledTable) -> bool:
    """Whether ``part``, first on its page, goes on with ``table``, last on the page before: the same outer edges."""
    left, right = abs(table.box[0] - part.box[0]), abs(table.box[2] - part.box[2])
    return part.page == table.last_page + 1 and max(left, right) < _SAME_EDGE


def append(table: RuledTable, part: RuledTable) -> None:
    """Put the part of the next page below the table: its repeated header dropped, a row that was cut mended,
    cells that reach over the page end whole again."""
    table.last_page = part.last_page
    skipped = _repeated_header(table, part)
    cells = [cell for cell in part.cells if cell.top >= skipped]
    for cell in cells:
        cell.top -= skipped
        cell.bottom -= skipped
    height = part.height - skipped
    if not height:
        return
    below = [cell for cell in cells if cell.top == 0]
    pairs = [(cell, _above(table, cell)) for cell in below]
    mended = _is_cut_row(pairs)
    offset = table.height - 1 if mended else table.height
    merged_columns = {round(cell.x0) for cell in (*table.cells, *cells) if cell.bottom > cell.top}
    for cell, above in pairs:
        reaches_over = above is not None and not cell.lines and above.lines and round(cell.x0) in merged_columns
        if above is not None and (mended or reaches_over):
            above.lines += cell.lines
            above.bottom = offset + cell.bottom
            cells.remove(cell)
    for cell in cells:
        cell.top += offset
        cell.bottom += offset
    table.cells += cells
    table.height = offset + height


def _repeated_header(table: RuledTable, part: RuledTable) -> int:
    """How many rows at the top of the part only repeat those at the top of the table."""
    rows = 0
    while rows < min(_HEADER_ROWS, part.height, table.height):
        texts = part.texts(rows)
        if sum(map(bool, texts)) < 2 or texts != table.texts(rows):
            break
        rows += 1
    return rows


def _above(table: RuledTable, cell: RuledCell) -> RuledCell | None:
    """The cell of the table's last row with the same left and right edge."""
    for candidate in table.cells:
        at_end = candidate.bottom == table.height - 1
        if at_end and abs(candidate.x0 - cell.x0) < _SAME_EDGE and abs(candidate.x1 - cell.x1) < _SAME_EDGE:
            return candidate
    return None


def _is_cut_row(pairs: list[tuple[RuledCell, RuledCell | None]]) -> bool:
    """Whether the first row of a page is the rest of a row that the page before began.

    A row with a number of its own is new, one without below a numbered row is a rest; without numbers, it is a
    rest when everything in it goes on with text above that had not come to its end.
    """
    own = [(cell, above) for cell, above in pairs if cell.bottom == 0]
    if not own or any(above is None for _, above in own):
        return False
    for cell, above in own:
        if above is not None and above.top == above.bottom and _NUMBER.fullmatch(above.text):
            return not cell.lines
    return all(not cell.lines or (above is not None and _is_open(above, cell)) for cell, above in own)


def _is_open(above: RuledCell, cell: RuledCell) -> bool:
    if not above.lines or above.text[-1] in _FINISHED:
        return False
    return was_full(above.lines[-1], cell.lines[0], above.x1 - _padding([above]))


# --- text of cells ----------------------------------------------------------------------


def sheet(table: RuledTable, name: str) -> Sheet:
    """The table as a sheet of that name, wrapped lines joined, hard line breaks kept."""
    edges = _clustered(edge for cell in table.cells for edge in (cell.x0, cell.x1))
    places = [(_place(edges, cell.x0), max(_place(edges, cell.x0), _place(edges, cell.x1) - 1)) for cell in table.cells]
    by_left: dict[int, list[RuledCell]] = {}
    for cell, (left, _) in zip(table.cells, places, strict=True):
        by_left.setdefault(left, []).append(cell)
    texts = {id(cell): text for column in by_left.values() for cell, text in _texts(column)}
    ordered = sorted(zip(table.cells, places, strict=True), key=lambda item: (item[0].top, item[1]))
    return sheet_of(
        (Cell(cell.top, left, cell.bottom, right, texts[id(cell)]) for cell, (left, right) in ordered), name
    )


def _texts(column: list[RuledCell]) -> Iterable[tuple[RuledCell, str]]:
    padding = _padding(column)
    hard = {id(cell): _hard_breaks(cell, padding) for cell in column}
    if any(cell.bottom > cell.top for cell in column):
        for cell, end in _shared_openings(column):
            hard[id(cell)].add(end)
    for cell in column:
        yield cell, _broken(cell, hard[id(cell)])


def _padding(cells: list[RuledCell]) -> float:
    """Room between the ruling line and the text, as the cell with the least of it has."""
    gaps = [line.x0 - cell.x0 for cell in cells for line in cell.lines]
    return min(max(min(gaps, default=0.0), 0.0), 8.0)


def _hard_breaks(cell: RuledCell, padding: float) -> set[int]:
    """Places (lines before them) where the text broke although there was room."""
    return {
        at
        for at, (line, following) in enumerate(pairwise(cell.lines), start=1)
        if not was_full(line, following, cell.x1 - padding)
    }


def _shared_openings(column: list[RuledCell]) -> Iterable[tuple[RuledCell, int]]:
    """Headings at the top of merged cells that end by chance where the line is full.

    Several cells that open with the same lines, free of punctuation, and go on differently have a heading in
    common; its end is a line break that cannot be seen.
    """
    openings: dict[str, set[str]] = {}
    for cell in column:
        for end in range(1, len(cell.lines) + 1):
            following = cell.lines[end].text if end < len(cell.lines) else ""
            openings.setdefault(joined([line.text for line in cell.lines[:end]]), set()).add(following)
    for cell in column:
        for end in range(1, len(cell.lines)):
            opening = joined([line.text for line in cell.lines[:end]])
            if (
                len(opening) >= _OPENING_LENGTH
                and len(openings[opening]) > 1
                and not _PUNCTUATION.search(opening)
                and not _PUNCTUATION.match(cell.lines[end].text)
            ):
                yield cell, end


def _broken(cell: RuledCell, hard: set[int]) -> str:
    pieces: list[list[str]] = [[]]
    for at, line in enumerate(cell.lines):
        if at in hard:
            pieces.append([])
        pieces[-1].append(line.text)
    return "\n".join(joined(piece) for piece in pieces)


# --- edges ------------------------------------------------------------------------------


def _clustered(edges: Iterable[float]) -> list[float]:
    """Edges in order, those a hair apart taken as one."""
    kept: list[float] = []
    for edge in sorted(edges):
        if not kept or edge - kept[-1] > _NEAR:
            kept.append(edge)
    return kept


def _place(edges: list[float], edge: float) -> int:
    return min(range(len(edges)), key=lambda place: abs(edges[place] - edge))
