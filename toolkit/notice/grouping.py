"""The columns left of the contents: which of their cells are headings over several tasks, which are titles of one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from toolkit.language.text import essence, unspaced
from toolkit.notice.columns import Meaning
from toolkit.notice.likeness import is_blank
from toolkit.notice.numbering import is_number, number_style, number_value, read_marker
from toolkit.notice.outline import Outline
from toolkit.notice.rows import LEVEL_BREAK, Row, TaskTable

_MANY = 0.3
_MOST = 0.6
"""From these shares of cells over several tasks on, such cells, or all cells of a column, are headings."""

AMONG_HEADINGS = "这一格只有一项任务，已作为任务名称；同一栏其他格是几项任务的标题"
_LONGEST_CHAPTER = 40
SPANNING = "一项工作任务包含几项内容，已作为标题；也可能是任务名称"
CHAPTER_AGAIN = "章节标题重复印出，其下没有再印小标题，按仍属前一小标题处理"


@dataclass(slots=True)
class Group:
    """A printed cell of a level column, and the rows with content that it holds for."""

    text: str
    rows: list[int] = field(default_factory=list)
    doubt: str = ""
    """Why it is not sure that this cell is one of this column."""


@dataclass(slots=True)
class Reading:
    """What the level columns say of one row."""

    headings: tuple[str, ...] = ()
    title: str | None = None
    number: str | None = None
    doubts: list[tuple[tuple[str, ...], str]] = field(default_factory=list)


class Levels:
    """The level columns of a table, read for each row."""

    def __init__(self, table: TaskTable, rows: Sequence[Row]) -> None:
        self._rows = rows
        columns = list(enumerate(table.columns))
        self.number = next((n for n, c in columns if c.meaning is Meaning.NUMBER), None)
        self.contents = [n for n, c in columns if c.meaning is Meaning.CONTENT]
        edge = max(self.contents, default=len(columns))
        self.columns = [n for n, c in columns if c.meaning in (Meaning.LEVEL, Meaning.TASK) and n < edge]
        self._counts = self._usual_style()
        self._others = [n for n, c in columns if c.meaning in (Meaning.UNITS, Meaning.DEADLINE, Meaning.STATUS)]
        self._groups = {n: list[Group]() for n in self.columns}
        self._at: list[tuple[Group | None, ...]] = []
        self._stale: dict[int, str] = {}
        self.chapters: list[tuple[str, ...]] = []
        self._gather()
        self.per_row = self._numbers_count_rows()
        self._headed = self._shares()

    def chapter(self, row: Row) -> str | None:
        """The heading a row prints across the table, or as number and name without any content."""
        if row.chapter is not None:
            return tidy(row.chapter)
        if self.number is None or self.number not in row.cells:
            return None
        if any(n in row.cells and not is_blank(row.text(n)) for n in self._others):
            return None
        if contents := [row.text(n) for n in self.contents if not is_blank(row.text(n))]:
            return self._counted_chapter(row.text(self.number), contents)
        name = " ".join(tidy(row.text(n)) for n in self.columns if row.text(n))
        return f"{row.text(self.number)} {name}" if name else None

    def _counted_chapter(self, number: str, contents: Sequence[str]) -> str | None:
        """The heading 一 … among rows 1, 2, 3, which prints its name in the place of a content."""
        short = len(contents) == 1 and len(contents[0]) <= _LONGEST_CHAPTER and "。" not in contents[0]
        if not short or self._counts is None or not is_number(number):
            return None
        if number_style(number) == self._counts or not number_style(number).startswith("cn"):
            return None
        return f"{number} {tidy(contents[0])}"

    def content(self, row: Row) -> str:
        """The requirement as this row prints it."""
        texts = [row.text(n) for n in self.contents if n in row.cells and row.cells[n].first]
        return "\n".join(text for text in texts if not is_blank(text))

    def group_key(self, index: int) -> tuple[object, ...]:
        """What must be the same for a blank to repeat the cell above without doubt."""
        return (self.chapters[index], *(id(group) for group in self._at[index]))

    def read(self, index: int) -> Reading:
        """Headings, title and number of a row with content; rows are asked in their order."""
        row = self._rows[index]
        reading = Reading()
        headings = list(self.chapters[index])
        held = self._at[index]
        for depth, group in enumerate(held):
            if group is None:
                continue
            if depth == len(self.columns) - 1 and not self._heads(group):
                self._title(reading, group, headings, numbered=self.number is not None and bool(row.text(self.number)))
                if self._headed[_numbered(group.text)] >= _MANY:
                    reading.doubts.append((("headings", "title"), AMONG_HEADINGS))
            else:
                headings.append(tidy(group.text))
            if group.doubt:
                reading.doubts.append((("title",) if reading.title else ("headings",), group.doubt))
        if index in self._stale:
            reading.doubts.append((("headings",), self._stale[index]))
        reading.headings = tuple(headings)
        last = held[-1] if held else None
        if self.number is not None and (self.per_row or last is None or len(last.rows) == 1):
            reading.number = printed_number(row.text(self.number)) or reading.number
        return reading

    def _title(self, reading: Reading, group: Group, headings: list[str], *, numbered: bool) -> None:
        if len(group.rows) > 1:
            number = "" if self.per_row or self.number is None else self._number_of(group)
            headings.append(f"{number} {tidy(group.text)}".strip())
            if not self.per_row:
                reading.doubts.append((("headings", "number", "title"), SPANNING))
            return
        text = tidy(group.text)
        marker = read_marker(text)
        if marker is not None and not numbered and marker.end < len(text):
            reading.number = marker.printed
            text = text[marker.end :]
        reading.title = text

    def _heads(self, group: Group) -> bool:
        """Whether a cell of the innermost level column is a heading: one over several tasks where many are,
        and any where most are."""
        share = self._headed[_numbered(group.text)]
        return share >= _MOST or (share >= _MANY and len(group.rows) > 1)

    def _usual_style(self) -> str | None:
        """The style of most numbers of the table."""
        styles = Counter(
            number_style(text)
            for row in self._rows
            if self.number is not None and is_number(text := row.text(self.number))
        )
        return styles.most_common(1)[0][0] if styles else None

    def _number_of(self, group: Group) -> str:
        assert self.number is not None
        for index in group.rows:
            if text := self._rows[index].text(self.number):
                return text
        return ""

    def _gather(self) -> None:
        """Group the rows under the printed cells; a chapter ends every group, a repeated cell none."""
        current: list[Group | None] = [None] * len(self.columns)
        outline = Outline()
        stale = doubtful = ""
        for index, row in enumerate(self._rows):
            chapter = self.chapter(row)
            if chapter is not None:
                if outline.enter(chapter):
                    current = [None] * len(self.columns)
                stale = CHAPTER_AGAIN if any(current) else ""
                doubtful = row.unheaded
                self._at.append(tuple(current))
                self.chapters.append(outline.path)
                continue
            outline.note_task()
            self.chapters.append(outline.path)
            stale = row.unheaded or stale
            doubtful = row.unheaded if row.unchaptered else doubtful
            for depth, column in enumerate(self.columns):
                cell = row.cells.get(column)
                if cell is None or not cell.first:
                    continue
                stale = ""
                if is_blank(cell.text):
                    current[depth:] = [None] * (len(self.columns) - depth)
                    continue
                held = current[depth]
                stale = row.placed.get(column, "") if held is not None else ""
                if held is None or essence(held.text) != essence(cell.text):
                    group = Group(cell.text, doubt=row.placed.get(column, ""))
                    self._groups[column].append(group)
                    current[depth] = group
                    current[depth + 1 :] = [None] * (len(self.columns) - depth - 1)
            self._at.append(tuple(current))
            if stale or doubtful:
                self._stale[index] = stale or doubtful
            if self.content(row):
                for holder in current:
                    if holder is not None:
                        holder.rows.append(index)

    def _numbers_count_rows(self) -> bool:
        """Whether the numbers count the rows with content rather than the cells of 工作任务 beside them."""
        if self.number is None:
            return False
        shared = (
            [i for group in self._groups[self.columns[-1]] if len(group.rows) > 1 for i in group.rows]
            if self.columns
            else []
        )
        rows = shared or [i for i, row in enumerate(self._rows) if self.chapter(row) is None and self.content(row)]
        own = sum(1 for i in rows if self.number in self._rows[i].cells and self._rows[i].cells[self.number].first)
        return own >= 0.8 * len(rows)

    def _shares(self) -> dict[bool, float]:
        """For numbered and for unnumbered cells of the innermost level column: how many of them are headings."""
        cells = self._groups[self.columns[-1]] if self.columns else []
        shares = {}
        for numbered in (False, True):
            same = [group for group in cells if _numbered(group.text) is numbered and group.rows]
            many = sum(1 for group in same if len(group.rows) > 1)
            shares[numbered] = (1.0 if numbered else many / len(same)) if self.per_row and same else 0.0
        return shares


def _numbered(text: str) -> bool:
    """Whether a cell carries the number of a heading, （一） or 一、."""
    marker = read_marker(text)
    return marker is not None and marker.heads


def printed_number(text: str) -> str | None:
    """The number of a cell as printed, without the stop behind it."""
    text = unspaced(text).rstrip(".．、,，")
    return text if text and (is_number(text) or number_value(text) is not None) else (text or None)


def tidy(text: str) -> str:
    """A cell's text with the line breaks of its layout taken out, those between its sentences kept."""
    lines = [line.strip() for line in text.replace(LEVEL_BREAK, " ").split("\n") if line.strip()]
    joined = ""
    for line in lines:
        if not joined:
            joined = line
        elif joined[-1] in "。；;！!？?：:" or (read_marker(line) is not None and joined[-1] in "，,、)）"):
            joined += "\n" + line
        else:
            joined += ("" if _wide(joined[-1]) or _wide(line[0]) else " ") + line
    return joined


def _wide(char: str) -> bool:
    return ord(char) > 0x2E80
