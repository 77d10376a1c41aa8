"""One sheet of tasks written in the look of a template: head, header row, chapter rows, tasks, foot."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from toolkit.containers.content import cell_name, column_name
from toolkit.model import Task
from toolkit.workbooks.plan_table import INDENT, NO_CHAPTER
from toolkit.workbooks.row_heights import MAX_ROW_HEIGHT, line_count, row_height, width_for
from toolkit.workbooks.sheet_xml import DECLARATION, SPREADSHEET, cell, content, looks_live, number_content, row
from toolkit.workbooks.template import CHAPTER_MARKS, Row, Template
from toolkit.workbooks.template_parts import RELATIONS

_WIDEST = 90.0
"""Units a column is widened to at most so that its longest text fits into a row."""
_BEFORE_COLUMNS = ("sheetPr", "sheetViews", "sheetFormatPr")
_AFTER_TABLE = ("printOptions", "pageMargins", "pageSetup", "headerFooter")
_NUMBER_COLUMN = "序号"


class TableSheet:
    """Collects the rows of one sheet and gives its XML.

    ``styles`` are the formats of the columns by word; ``widths`` those of :func:`fitting_widths`.
    """

    def __init__(self, template: Template, styles: ColumnStyles, widths: Sequence[float]) -> None:
        self._template = template
        self._styles = styles
        self._widths = widths
        self._rows: list[str] = []
        self._merges: list[str] = []

    @property
    def next_row(self) -> int:
        """The number, counted from 1, of the row that is written next."""
        return len(self._rows) + 1

    def add(self, template_row: Row, values: Mapping[str, str], *, grow: bool = True) -> int:
        """Write a row of the template with its marks replaced; gives its number."""
        number = self.next_row
        filled = template_row.fill(values)
        cells = [cell(c.column, number, content(self._styles.safe(c.style, c.text), c.text)) for c in filled.cells]
        height = filled.height
        if grow and any(c.text for c in filled.cells):
            height = max(height or 0.0, self._height(filled))
        self._rows.append(row(number, cells, height))
        self._merge(template_row, number)
        return number

    def add_chapter(self, text: str, level: int) -> int:
        """Write a chapter row; ``level`` counts from 0."""
        mark = min(level, len(CHAPTER_MARKS) - 1)
        return self.add(self._template.chapters[mark], {CHAPTER_MARKS[mark]: text})

    def add_task(self, texts: Mapping[str, str], reviewed: Sequence[str] = ()) -> int:
        """Write the row of a task: its texts by column word; columns to review get their own style."""
        number = self.next_row
        cells, height = [], 0.0
        for column, word, style in self._styles.columns:
            text = texts.get(word, "")
            if word in reviewed:
                style = self._styles.review(word, style)
            make = number_content if word == _NUMBER_COLUMN else content
            cells.append(cell(column, number, make(self._styles.safe(style, text), text)))
            if text:
                size = self._styles.size(style)
                height = max(height, row_height(line_count(text, self._widths[column], size), size))
        self._rows.append(row(number, cells, max(height, self._template.body.height or 0.0)))
        self._merge(self._template.body, number)
        return number

    def xml(self, before_merges: str = "", after_merges: str = "", after_page: str = "") -> bytes:
        """The sheet; the parts given are elements that go between (protection, filter; validations; notes)."""
        merges = "".join(f'<mergeCell ref="{reference}"/>' for reference in self._merges)
        return "".join(
            (
                DECLARATION,
                f'<worksheet xmlns="{SPREADSHEET}" xmlns:r="{RELATIONS}">',
                self._template.elements(*_BEFORE_COLUMNS),
                self._template.columns_xml(self._widths),
                "<sheetData>",
                *self._rows,
                "</sheetData>",
                before_merges,
                f'<mergeCells count="{len(self._merges)}">{merges}</mergeCells>' if merges else "",
                after_merges,
                self._template.elements(*_AFTER_TABLE),
                after_page,
                "</worksheet>",
            )
        ).encode()

    def _height(self, filled: Row) -> float:
        spans = dict(filled.spans)
        tallest = 0.0
        for c in filled.cells:
            if c.text:
                width = sum(self._widths[c.column : spans.get(c.column, c.column) + 1])
                size = self._styles.size(c.style)
                tallest = max(tallest, row_height(line_count(c.text, width, size), size))
        return tallest

    def _merge(self, template_row: Row, number: int) -> None:
        for left, right in template_row.spans:
            self._merges.append(f"{cell_name(number - 1, left)}:{cell_name(number - 1, right)}")


class ColumnStyles:
    """The formats of a table's columns, ``open_words`` being the columns a person may fill in a locked sheet."""

    def __init__(self, template: Template, words: Sequence[str], open_words: Sequence[str] = ()) -> None:
        self._styles = template.styles
        formats = {c.column: c.style for c in template.body.cells}
        by_column = {column: word for word, column in template.columns.items()}
        self.columns: list[tuple[int, str, int]] = []
        for column in sorted(formats):
            word = by_column.get(column, "")
            style = formats[column]
            if open_words:
                style = self._styles.locked(style, word not in open_words)
            self.columns.append((column, word, style))
        self._review = template.review_styles
        used = {c.style for r in (*template.head, *template.foot, *template.chapters) for c in r.cells}
        used |= {style for _, _, style in self.columns} | set(self._review.values())
        self._quoted = {style: self._styles.quoted(style) for style in sorted(used)}
        self._sizes = {style: self._styles.font_size(style) for style in (*used, *self._quoted.values())}

    def safe(self, style: int, text: str) -> int:
        """The format for a text: quoted when an office program would take the text for a formula."""
        return self._quoted.get(style, style) if looks_live(text) else style

    def review(self, word: str, style: int) -> int:
        """The format of a cell to be reviewed."""
        return self._review.get(word, style)

    def size(self, style: int) -> float:
        """Points of a format's font."""
        return self._sizes.get(style, 11.0)

    def format_of(self, word: str) -> int:
        """The format of a column."""
        return next(style for _, name, style in self.columns if name == word)


def fitting_widths(template: Template, styles: ColumnStyles, longest: Mapping[str, Sequence[str]]) -> list[float]:
    """The template's widths, a column widened where its longest texts would not fit into the highest row."""
    widths = list(template.widths)
    for word, texts in longest.items():
        column = template.columns[word]
        size = styles.size(styles.format_of(word))
        for text in texts:
            if row_height(line_count(text, widths[column], size), size) >= MAX_ROW_HEIGHT:
                widths[column] = max(widths[column], min(_WIDEST, width_for(text, size)))
    return widths


def narrowed(template: Template, styles: ColumnStyles, widths: Sequence[float], empty: Collection[str]) -> list[float]:
    """The widths with columns that hold no text at all made just wide enough for their header word."""
    result = list(widths)
    for word in empty:
        column = template.columns[word]
        size = styles.size(next(c.style for c in template.header.cells if c.column == column))
        result[column] = min(result[column], width_for(word, size, row_height(1, size)))
    return result


def chapters_before(tasks: Sequence[Task]) -> Iterator[tuple[Task, list[tuple[int, str]]]]:
    """Each task with the chapter rows (level from 0, heading) that must stand before it."""
    path: tuple[str, ...] = ()
    for task in tasks:
        shared = 0
        while shared < min(len(path), len(task.headings)) and path[shared] == task.headings[shared]:
            shared += 1
        if shared == len(task.headings) and len(path) > shared:
            # Back to an outer chapter: its row is repeated, so that the inner one ends.
            shared -= 1
        if shared < 0:
            yield task, [(0, NO_CHAPTER)]
        else:
            yield task, [(level, INDENT * level + task.headings[level]) for level in range(shared, len(task.headings))]
        path = task.headings


def table_range(template: Template, first: int, last: int) -> str:
    """The range of the table's columns between two rows."""
    return f"A{first}:{column_name(len(template.widths) - 1)}{last}"
