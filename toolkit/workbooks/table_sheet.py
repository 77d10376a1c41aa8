"""One sheet of tasks written in the look of a template: head, header row, chapter rows, tasks, foot."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from toolkit.containers.content import cell_name, column_name
from toolkit.model import Task
from toolkit.workbooks.plan_table import INDENT, NO_CHAPTER
from toolkit.workbooks.sheet_xml import DECLARATION, SPREADSHEET, numbered
from toolkit.workbooks.table_look import TableLook, Widths
from toolkit.workbooks.template import CHAPTER_MARKS, Row, Template
from toolkit.workbooks.template_parts import RELATIONS

_BEFORE_COLUMNS = ("sheetPr", "sheetViews", "sheetFormatPr")
_AFTER_TABLE = ("printOptions", "pageMargins", "pageSetup", "headerFooter")


class TableSheet:
    """Collects the rows of one sheet, in columns of these ``widths``, and gives its XML."""

    def __init__(self, look: TableLook, widths: Widths) -> None:
        self._look = look
        self._template = look.template
        self._widths = widths
        self._rows: list[str] = []
        self._merges: list[str] = []

    @property
    def next_row(self) -> int:
        """The number, counted from 1, of the row that is written next."""
        return len(self._rows) + 1

    def add(self, template_row: Row, values: Mapping[str, str], *, grow: bool = True) -> int:
        """Write a row of the template with its marks replaced; gives its number."""
        prepared = self._look.prepared_row(template_row, tuple(values.items()), self._widths, grow)
        return self._write(template_row, prepared)

    def add_chapter(self, text: str, level: int) -> int:
        """Write a chapter row; ``level`` counts from 0."""
        mark = min(level, len(CHAPTER_MARKS) - 1)
        return self.add(self._template.chapters[mark], {CHAPTER_MARKS[mark]: text})

    def add_task(self, texts: Mapping[str, str], reviewed: tuple[str, ...] = ()) -> int:
        """Write the row of a task: its texts by column word; columns to review get their own style."""
        ordered = tuple([texts.get(word, "") for _, word, _ in self._look.columns])
        return self._write(self._template.body, self._look.prepared(ordered, reviewed, self._widths))

    def _write(self, template_row: Row, prepared: str) -> int:
        number = self.next_row
        self._rows.append(numbered(prepared, number))
        for left, right in template_row.spans:
            self._merges.append(f"{cell_name(number - 1, left)}:{cell_name(number - 1, right)}")
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
