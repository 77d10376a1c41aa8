"""Tables whose rows lost their columns: cells are put back where they fit, texts that slid are paired.

A table that was copied as text keeps its rows but not always its columns: a merged cell leaves a gap, a second level
of headings adds a column the header does not have, and numbers stand a line above the texts they belong to.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from toolkit.notice.alignment import Token, align
from toolkit.notice.columns import Column, Meaning
from toolkit.notice.likeness import likeness
from toolkit.notice.rows import LEVEL_BREAK, Cell, Row, TaskTable

_TOLERATED = 0.05
"""Share of cells that may look out of place before the table's columns are no longer believed."""
MOVED = "原表这一行错位，已按内容放回相应的栏"
SLID = "原表序号与内容错位，已按先后次序配对"
SLID_UNITS = "原表这一段错位，责任单位的起止不能确定"


def realigned(table: TaskTable) -> TaskTable:
    """The table itself where its cells fit their columns, else the table with its rows put right."""
    if not _is_disordered(table):
        return table
    kept = [n for n, column in enumerate(table.columns) if not column.unnamed]
    kept = sorted([*kept, *(n for n in kept if table.columns[n].meaning is Meaning.TASK)])
    rows: list[Row] = []
    for page in _fragments(table.rows):
        rows += _paired(_placed_anew(page, table.columns, kept), table.columns)
    return replace(table, rows=rows, repaired=MOVED)


def _is_disordered(table: TaskTable) -> bool:
    """Whether cells stand in columns of another meaning: a list of units under 具体要求, a text under 责任单位."""
    seen = strange = 0
    for row in table.rows:
        for number, cell in row.cells.items():
            if not cell.first or cell.merged:
                continue
            seen += 1
            meaning = table.columns[number].meaning
            fits = likeness(cell.text)
            if meaning is Meaning.UNITS:
                strange += fits[Meaning.UNITS] < 0.5 and fits[Meaning.CONTENT] > 0.6
            elif meaning in (Meaning.CONTENT, Meaning.TASK):
                strange += fits[Meaning.UNITS] > 0.9
            elif table.columns[number].unnamed:
                strange += max(fits[Meaning.UNITS], fits[Meaning.CONTENT]) > 0.6
    return strange > max(2, _TOLERATED * seen)


def _fragments(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """The rows of each page: a repeated header begins a new one."""
    page: list[Row] = []
    for row in rows:
        if row.fresh and page:
            yield page
            page = []
        page.append(row)
    if page:
        yield page


# --- cells back into their columns -----------------------------------------------------


def _placed_anew(page: Sequence[Row], columns: Sequence[Column], kept: Sequence[int]) -> list[Row]:
    """The rows of one page with every cell in the column it fits best."""
    labelled = max((n for n, column in enumerate(columns) if not column.guessed), default=len(columns) - 1)
    wide = any(number > labelled for row in page for number in row.cells)
    return [row if row.chapter is not None else _place_row(row, columns, kept, wide) for row in page]


def _place_row(row: Row, columns: Sequence[Column], kept: Sequence[int], wide: bool) -> Row:
    numbers = sorted(row.cells)
    tokens = [Token(row.cells[n].text, row_start=place == 0) for place, n in enumerate(numbers)]
    placed, _ = align(tokens, [columns[n] for n in kept], task_rows=True)
    cells: dict[int, Cell] = {}
    levels: list[int] = []
    moved: dict[int, str] = {}
    for number, place in zip(numbers, placed, strict=True):
        column = kept[place.column] if place.column >= 0 else number
        if columns[column].meaning in (Meaning.TASK, Meaning.LEVEL):
            levels.append(number)
            continue
        cells[column] = replace(row.cells[number], text=_joined(cells.get(column), row.cells[number]))
        if not place.sure:
            moved[column] = MOVED
    task = next((n for n in kept if columns[n].meaning in (Meaning.TASK, Meaning.LEVEL)), None)
    if levels and task is not None:
        cells[task] = Cell(_level_text([(n, row.cells[n].text) for n in levels], task, wide))
    return replace(row, cells=cells, placed=row.placed | moved)


def _joined(held: Cell | None, cell: Cell) -> str:
    return f"{held.text}\n{cell.text}" if held else cell.text


def _level_text(levels: Sequence[tuple[int, str]], task: int, wide: bool) -> str:
    """The headings of a row as one text: where the page has a column more, their places tell which level they are."""
    texts = [text for _, text in levels]
    if len(texts) > 1:
        return LEVEL_BREAK.join((texts[0], " ".join(texts[1:])))
    if wide and levels[0][0] > task:
        return LEVEL_BREAK + texts[0]
    return texts[0] + LEVEL_BREAK if wide else texts[0]


# --- numbers and texts that slid apart -------------------------------------------------


def _paired(page: list[Row], columns: Sequence[Column]) -> list[Row]:
    """The rows of a page, numbers without text and texts without number paired in their order."""
    number = next((n for n, column in enumerate(columns) if column.meaning is Meaning.NUMBER), None)
    content = next((n for n, column in enumerate(columns) if column.meaning is Meaning.CONTENT), None)
    task = next((n for n, column in enumerate(columns) if column.meaning is Meaning.TASK), None)
    if number is None or content is None:
        return page
    loose = [row for row in page if content in row.cells and number not in row.cells]
    bare = [row for row in page if number in row.cells and content not in row.cells]
    if len(bare) < len(loose) and task is not None:
        page = _without_false_texts(page, len(loose) - len(bare), number, content, task)
    halves = [n for n, row in enumerate(page) if not row.chapter and (number in row.cells) != (content in row.cells)]
    stretch = page[halves[0] : halves[-1] + 1] if halves else []
    numbered = [row for row in stretch if number in row.cells]
    texts = [row for row in stretch if content in row.cells]
    if not halves or len(numbered) != len(texts) or any(row.chapter for row in stretch):
        return page
    paired = [_pair(a, b, number, content, columns) for a, b in zip(numbered, texts, strict=True)]
    return [*page[: halves[0]], *paired, *page[halves[-1] + 1 :]]


def _without_false_texts(page: list[Row], count: int, number: int, content: int, task: int) -> list[Row]:
    """Where texts without number are left over, as many headings were taken for texts: the shortest labels."""
    labels = [
        row
        for row in page
        if number in row.cells and likeness(row.text(content)).get(Meaning.LEVEL, 0) > 0.9 and len(row.cells) > 2
    ]
    labels = sorted(labels, key=lambda row: len(row.text(content)))[:count]
    if len(labels) < count:
        return page
    return [_as_heading(row, content, task) if any(row is label for label in labels) else row for row in page]


def _as_heading(row: Row, content: int, task: int) -> Row:
    outer = row.text(task).strip(LEVEL_BREAK)
    cells = {n: cell for n, cell in row.cells.items() if n != content}
    return replace(row, cells=cells | {task: Cell(outer + LEVEL_BREAK + row.text(content))})


def _pair(numbered: Row, text: Row, number: int, content: int, columns: Sequence[Column]) -> Row:
    cells = {n: cell for n, cell in numbered.cells.items() if n != content}
    cells[content] = text.cells[content]
    if number not in text.cells:
        cells |= {n: cell for n, cell in text.cells.items() if n not in cells}
    doubts = {number: SLID, content: SLID} | {
        n: SLID_UNITS for n, column in enumerate(columns) if column.meaning is Meaning.UNITS
    }
    source = replace(numbered.source, text=f"{numbered.source.text} | {text.source.text}")
    return replace(numbered, cells=cells, source=source, placed=doubts)
