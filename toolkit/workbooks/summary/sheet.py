"""A table written in the look of its template sheet, as the XML of a worksheet.

Written by hand because 明细 has tens of thousands of rows (SPEED.md): block by block, so that one block is deflated
while the next is written, and column by column within a block (:mod:`toolkit.workbooks.summary.column`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, groupby, islice

from toolkit.containers.content import column_name
from toolkit.workbooks.deflating import Deflating
from toolkit.workbooks.row_heights import MAX_ROW_HEIGHT, line_count, row_height, width_for
from toolkit.workbooks.sheet_xml import DECLARATION, SPREADSHEET
from toolkit.workbooks.summary.column import Column, ColumnWriter, plain_content
from toolkit.workbooks.summary.formats import Formats
from toolkit.workbooks.summary.hyperlinks import Hyperlinks
from toolkit.workbooks.summary.look import BANNER_MARKS, NOTE_MARK, ColumnLook, SheetLook
from toolkit.workbooks.summary.table import Cell, Link, Row, Scalar, Streamed, Table, Value, value_of
from toolkit.workbooks.template import MARK
from toolkit.workbooks.template import Row as TemplateRow
from toolkit.workbooks.template_parts import RELATIONS

_ARROW = "→"
_WIDEST = 90.0
"""Units a column is widened to at most so that its longest text fits into a row."""
_PAGE_UNITS = 235.0
"""Column units that an A4 page across still shows at a legible size."""
_LONG = 400
"""Characters below which a text fits into a row at any sensible width."""
_KEPT = 50_000
"""Rows up to which it is cheaper to keep them than to make them twice."""
_BLOCK = 2_000
"""Rows that are written at a time."""


@dataclass(slots=True)
class WrittenSheet:
    """One worksheet, on its way into a package."""

    name: str
    xml: Deflating
    targets: dict[str, str]
    """Relative URL of a returned file → its relationship id."""
    first_row: int
    """Row of the first table row, counted from 1."""
    filter: str | None
    too_long: list[tuple[str, int]]
    """Cells whose text had to be cut, and how long it was."""
    rows: Iterable[Row]
    places: list[int]
    """Column of the sheet → place of its value in a row."""

    def values(self, column: int) -> list[Scalar]:
        """What stands in a column from the first row of the table to its last value."""
        values = [value_of(row.values[self.places[column]]) for row in self.rows if row.banner is None]
        while values and values[-1] in (None, ""):
            values.pop()
        return values


class SheetWriter:
    """Writes one table."""

    def __init__(self, look: SheetLook, formats: Formats, *, active: bool) -> None:
        self._look = look
        self._formats = formats
        self._styles = formats.styles
        self._active = active
        self._columns: list[Column] = []
        self._rows = 0
        self._merges: list[str] = []
        self._links = Hyperlinks()

    @property
    def first_row(self) -> int:
        """The number, counted from 1, of the first row of the table."""
        return len(self._look.head) + 2

    def write(self, table: Table, facts: Mapping[str, str], xml: Deflating, *, link_all: bool = True) -> WrittenSheet:
        """Write the sheet into ``xml``; ``facts`` replace the marks of the head.

        Without ``link_all`` only some rows keep their links.
        """
        many = isinstance(table.rows, Streamed) and table.rows.count > _KEPT
        rows = table.rows if many else list(table.rows)
        self._columns = self._lay_out(table, rows)
        writers = [ColumnWriter(column, self._formats, self._links) for column in self._columns]
        xml.add(self._opening().encode())
        for line in self._look.head:
            xml.add(self._line(line, facts, table.repeated))
        xml.add(self._line(self._look.header, {}, table.repeated))
        for banner, run in _blocks(rows):
            if banner:
                for row in run:
                    look = self._look.banners[min(row.level, len(self._look.banners) - 1)]
                    xml.add(self._line(look, dict.fromkeys(BANNER_MARKS, row.banner or ""), {}))
            else:
                xml.add(self._block(run, writers, link_all))
        last = max(self._rows, self.first_row)
        for merge in table.merges:
            letter = next(column.letter for column in self._columns if column.word == merge.column)
            self._merges.append(f"{letter}{self.first_row + merge.first}:{letter}{self.first_row + merge.last}")
        if self._look.note is not None:
            for note in table.notes:
                xml.add(self._line(self._look.note, {NOTE_MARK: note}, {}))
        area = f"A{self.first_row - 1}:{self._columns[-1].letter}{last}"
        filtered = area if self._look.element("autoFilter") is not None else None
        xml.add(self._closing(filtered, self._drop_downs(table, last)).encode())
        return WrittenSheet(
            name=table.sheet,
            xml=xml,
            targets=self._links.targets,
            first_row=self.first_row,
            filter=filtered,
            too_long=[(cell, length) for _, cell, length in sorted(cut for w in writers for cut in w.too_long)],
            rows=rows,
            places=[column.place for column in self._columns],
        )

    # --- columns ----------------------------------------------------------------------

    def _lay_out(self, table: Table, rows: Iterable[Row]) -> list[Column]:
        """The columns in the template's order, the repeated one as often as the table has it."""
        times = max(map(len, table.repeated.values()), default=0)
        places = {header: place for place, header in enumerate(table.headers)}
        looks: list[tuple[ColumnLook, int]] = []
        for look in self._look.columns:
            if look.repeated:
                looks += [(look, len(table.headers) + offset) for offset in range(times)]
            else:
                looks.append((look, places[look.word]))
        sizes = [self._styles.font_size(look.body) for look, _ in looks]
        widths = [table.widths.get(place, look.width) for look, place in looks]
        for banner, block in _blocks(rows):
            if not banner:
                values = list(zip(*(row.values for row in block), strict=True))
                for number, (_, place) in enumerate(looks):
                    widths[number] = _wide_enough(widths[number], sizes[number], values[place])
        return [
            Column(
                look.word,
                column_name(number),
                place,
                look.body,
                widths[number],
                sizes[number],
                look.hidden or look.word in table.hidden,
            )
            for number, (look, place) in enumerate(looks)
        ]

    # --- rows -------------------------------------------------------------------------

    def _block(self, rows: Sequence[Row], writers: Sequence[ColumnWriter], link_all: bool) -> bytes:
        """Rows of the table."""
        first = self._rows + 1
        self._rows += len(rows)
        linked = [link_all or row.linked for row in rows]
        heights = [self._look.body.height or 0.0] * len(rows)
        values = list(zip(*(row.values for row in rows), strict=True))
        contents = [writer.write(values[writer.place], first, linked, heights) for writer in writers]
        numbers = list(map(str, range(first, first + len(rows))))
        pattern = f'<row r="%s"%s>{"".join(writer.pattern for writer in writers)}</row>'
        filled = zip(numbers, map(_size, heights), *chain(*((numbers, each) for each in contents)), strict=True)
        return "".join(map(pattern.__mod__, filled)).encode()

    def _line(self, line: TemplateRow, words: Mapping[str, str], repeated: Mapping[str, list[Value]]) -> bytes:
        """A row of the template with its marks replaced: head, header, chapter or note.

        What stands right of a repeated column moves with it.
        """
        self._rows = number = self._rows + 1
        at = next((n for n, look in enumerate(self._look.columns) if look.repeated), len(self._columns))
        shift = len(self._columns) - len(self._look.columns)
        spans = {left: right + (shift if right >= at else 0) for left, right in line.spans if right > left}
        cells: list[str] = []
        height = line.height or 0.0
        for cell in line.cells:
            column = cell.column + (shift if cell.column > at else 0)
            mark = MARK.fullmatch(cell.text)
            values: list[Value] = repeated[mark.group(1)] if mark and mark.group(1) in repeated else [cell.text]
            for offset, value in enumerate(values):
                text, link = (value.value, value.link) if isinstance(value, Cell) else (value, None)
                if isinstance(text, str):
                    text = MARK.sub(lambda found: words.get(found.group(1), found.group(0)), text)
                    if text.startswith(_ARROW):
                        link = Link(None, f"'{text.removeprefix(_ARROW)}'!A1")
                    elif words and text and self._styles.grows(cell.style):
                        height = max(height, self._height(text, column, spans.get(column, column), cell.style))
                # The template shows these links as it likes: their font is not touched.
                reference = f"{column_name(column + offset)}{number}"
                cells.append(f'<c r="{reference}"{plain_content(self._formats, cell.style, text)}')
                if link is not None:
                    self._links.add(reference, link)
        self._merges += [f"{column_name(left)}{number}:{column_name(right)}{number}" for left, right in spans.items()]
        return _row(number, cells, height).encode()

    def _height(self, text: str, left: int, right: int, style: int) -> float:
        """The height that shows a text in the columns ``left`` to ``right``."""
        width = sum(column.width for column in self._columns[left : right + 1])
        return _height(text, width or 8.0, self._styles.font_size(style))

    def _drop_downs(self, table: Table, last: int) -> str:
        """The drop-downs of the columns that have choices."""
        lists = [
            '<dataValidation type="list" allowBlank="1" showInputMessage="1" showErrorMessage="1"'
            f' errorTitle="{column.word}" error="请从下拉框里选：{"、".join(table.choices[column.word])}。"'
            f' sqref="{column.letter}{self.first_row}:{column.letter}{last}">'
            f'<formula1>"{",".join(table.choices[column.word])}"</formula1></dataValidation>'
            for column in self._columns
            if column.word in table.choices
        ]
        return f'<dataValidations count="{len(lists)}">{"".join(lists)}</dataValidations>' if lists else ""

    # --- the whole --------------------------------------------------------------------

    def _opening(self) -> str:
        """Everything before the first row."""
        cols = "".join(
            f'<col min="{n}" max="{n}" width="{column.width:g}" customWidth="1"'
            + (' hidden="1"/>' if column.hidden else "/>")
            for n, column in enumerate(self._columns, 1)
        )
        return "".join(
            (
                DECLARATION,
                f'<worksheet xmlns="{SPREADSHEET}" xmlns:r="{RELATIONS}">',
                self._look.xml_of("sheetPr"),
                self._views(),
                self._look.xml_of("sheetFormatPr"),
                f"<cols>{cols}</cols><sheetData>",
            )
        )

    def _closing(self, filtered: str | None, choices: str) -> str:
        """Everything after the last row."""
        merges = "".join(f'<mergeCell ref="{reference}"/>' for reference in self._merges)
        return "".join(
            (
                "</sheetData>",
                f'<autoFilter ref="{filtered}"/>' if filtered else "",
                f'<mergeCells count="{len(self._merges)}">{merges}</mergeCells>' if merges else "",
                choices,
                self._links.xml(),
                self._look.xml_of("printOptions", "pageMargins"),
                self._page(),
                self._look.xml_of("headerFooter", "rowBreaks", "drawing"),
                "</worksheet>",
            )
        )

    def _views(self) -> str:
        """The template's views; only the first sheet is in front, whatever tab the template was saved on."""
        views = self._look.element("sheetViews")
        for view in [] if views is None else views:
            view.attrib.pop("tabSelected", "")
            if self._active:
                view.set("tabSelected", "1")
        return self._look.xml_of("sheetViews")

    def _page(self) -> str:
        """The template's page; a table with repeated columns gets as many pages across as keep it legible."""
        page = self._look.element("pageSetup")
        if page is not None and any(look.repeated for look in self._look.columns):
            width = sum(column.width for column in self._columns if not column.hidden)
            page.set("fitToWidth", str(max(1, round(width / _PAGE_UNITS))))
        return self._look.xml_of("pageSetup")


def _height(text: str, width: float, size: float) -> float:
    return row_height(line_count(text, width, size), size)


def _row(number: int, cells: Sequence[str], height: float) -> str:
    return f'<row r="{number}"{_size(height)}>{"".join(cells)}</row>'


@lru_cache(maxsize=1024)
def _size(height: float) -> str:
    """The attributes of a row that give it its height."""
    return f' ht="{height:g}" customHeight="1"' if height else ""


def _blocks(rows: Iterable[Row]) -> Iterator[tuple[bool, list[Row]]]:
    """Runs of banners, and of rows of values, at most so many at a time."""
    for banner, run in groupby(rows, key=lambda row: row.banner is not None):
        while block := list(islice(run, _BLOCK)):
            yield banner, block


def _wide_enough(width: float, size: float, values: Sequence[Value]) -> float:
    """The template's width of a column, or more where a text would not fit into the highest row."""
    texts = [text for value in dict.fromkeys(values) if isinstance(text := value_of(value), str) and len(text) > _LONG]
    for text in texts:
        if width < _WIDEST and _height(text, width, size) >= MAX_ROW_HEIGHT:
            width = max(width, min(_WIDEST, width_for(text, size)))
    return width
