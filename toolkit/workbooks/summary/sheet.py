"""A table written in the look of its template sheet, as the XML of a worksheet.

Written by hand because 明细 has tens of thousands of rows (SPEED.md): a format is looked up once for each
column and mark, a text is escaped once however often it stands in the book.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from toolkit.containers.content import column_name
from toolkit.workbooks.cells import MAX_TEXT, utf16_length
from toolkit.workbooks.row_heights import MAX_ROW_HEIGHT, line_count, row_height, width_for
from toolkit.workbooks.sheet_xml import DECLARATION, SPREADSHEET, attribute, content, led_content, looks_live
from toolkit.workbooks.styles import Styles
from toolkit.workbooks.summary.look import BANNER_MARKS, NOTE_MARK, ColumnLook, SheetLook
from toolkit.workbooks.summary.table import Cell, Link, Row, Scalar, Table, Value, value_of
from toolkit.workbooks.template import MARK
from toolkit.workbooks.template import Row as TemplateRow
from toolkit.workbooks.template_parts import RELATIONS

LINK_MARK = "链接"
"""The sample whose font a cell with a link takes."""
_ARROW = "→"
_EPOCH = date(1899, 12, 30).toordinal()
_WIDEST = 90.0
"""Units a column is widened to at most so that its longest text fits into a row."""
_PAGE_UNITS = 235.0
"""Column units that an A4 page across still shows at a legible size."""
_LONG = 400
"""Characters below which a text fits into a row at any sensible width."""
_POINTS_FOR_TEXT = 5.0
"""Points of a column unit that text can surely use; where a text fits into them, no lines need be counted."""


@dataclass(slots=True)
class WrittenSheet:
    """One worksheet, ready to be put into a package."""

    name: str
    xml: bytes
    targets: dict[str, str]
    """Relative URL of a returned file → its relationship id."""
    first_row: int
    """Row of the first table row, counted from 1."""
    filter: str | None
    too_long: list[tuple[str, int]]
    """Cells whose text had to be cut, and how long it was."""
    rows: list[Row]
    places: list[int]
    """Column of the sheet → place of its value in a row."""

    def values(self, column: int) -> list[Scalar]:
        """What stands in a column from the first row of the table to its last value."""
        values = [value_of(row.values[self.places[column]]) for row in self.rows if row.banner is None]
        while values and values[-1] in (None, ""):
            values.pop()
        return values


@dataclass(frozen=True, slots=True)
class _Column:
    """A column as it is written."""

    word: str
    letter: str
    place: int
    """Of its value in a row of the table."""
    body: int
    width: float
    size: float
    hidden: bool
    fits: float
    """So many characters surely fit into one line."""


class SheetWriter:
    """Writes one table."""

    def __init__(self, look: SheetLook, styles: Styles, marks: Mapping[str, int], *, active: bool) -> None:
        self._look = look
        self._styles = styles
        self._marks = marks
        self._active = active
        self._formats: dict[tuple[int, str | None, bool, bool], int] = {}
        self._columns: list[_Column] = []
        self._rows: list[str] = []
        self._merges: list[str] = []
        self._links: list[str] = []
        self._targets: dict[str, str] = {}
        self._too_long: list[tuple[str, int]] = []
        self._choices = ""

    @property
    def first_row(self) -> int:
        """The number, counted from 1, of the first row of the table."""
        return len(self._look.head) + 2

    def write(self, table: Table, facts: Mapping[str, str], *, link_all: bool = True) -> WrittenSheet:
        """The sheet; ``facts`` replace the marks of the head, without ``link_all`` only some rows keep links."""
        rows = list(table.rows)
        self._columns = self._lay_out(table, rows)
        for line in self._look.head:
            self._line(line, facts, table.repeated)
        self._line(self._look.header, {}, table.repeated)
        for row in rows:
            if row.banner is None:
                self._row(row, link_all or row.linked)
            else:
                banner = self._look.banners[min(row.level, len(self._look.banners) - 1)]
                self._line(banner, dict.fromkeys(BANNER_MARKS, row.banner), {})
        last = max(len(self._rows), self.first_row)
        for merge in table.merges:
            letter = next(column.letter for column in self._columns if column.word == merge.column)
            self._merges.append(f"{letter}{self.first_row + merge.first}:{letter}{self.first_row + merge.last}")
        if self._look.note is not None:
            for note in table.notes:
                self._line(self._look.note, {NOTE_MARK: note}, {})
        self._choices = self._drop_downs(table, last)
        area = f"A{self.first_row - 1}:{self._columns[-1].letter}{last}"
        filtered = area if self._look.element("autoFilter") is not None else None
        return WrittenSheet(
            name=table.sheet,
            xml=self._xml(filtered),
            targets=self._targets,
            first_row=self.first_row,
            filter=filtered,
            too_long=self._too_long,
            rows=rows,
            places=[column.place for column in self._columns],
        )

    # --- columns ----------------------------------------------------------------------

    def _lay_out(self, table: Table, rows: list[Row]) -> list[_Column]:
        """The columns in the template's order, the repeated one as often as the table has it."""
        times = max(map(len, table.repeated.values()), default=0)
        places = {header: place for place, header in enumerate(table.headers)}
        looks: list[tuple[ColumnLook, int]] = []
        for look in self._look.columns:
            if look.repeated:
                looks += [(look, len(table.headers) + offset) for offset in range(times)]
            else:
                looks.append((look, places[look.word]))
        columns = []
        for number, (look, place) in enumerate(looks):
            size = self._styles.font_size(look.body)
            width = self._wide_enough(table.widths.get(place, look.width), place, size, rows)
            fits = width * _POINTS_FOR_TEXT / size
            hidden = look.hidden or look.word in table.hidden
            columns.append(_Column(look.word, column_name(number), place, look.body, width, size, hidden, fits))
        return columns

    def _wide_enough(self, width: float, place: int, size: float, rows: list[Row]) -> float:
        """The template's width, or more where a text would not fit into the highest row."""
        for row in rows:
            if row.banner is not None or width >= _WIDEST:
                continue
            value = row.values[place]
            text = value.value if isinstance(value, Cell) else value
            if isinstance(text, str) and len(text) > _LONG and _height(text, width, size) >= MAX_ROW_HEIGHT:
                width = max(width, min(_WIDEST, width_for(text, size)))
        return width

    # --- rows -------------------------------------------------------------------------

    def _row(self, row: Row, linked: bool) -> None:
        """A row of the table."""
        number = len(self._rows) + 1
        cells: list[str] = []
        height = self._look.body.height or 0.0
        for column in self._columns:
            value = row.values[column.place]
            mark = link = None
            lead = 0
            if isinstance(value, Cell):
                mark, link, lead, value = value.mark, value.link if linked else None, value.lead, value.value
            if isinstance(value, str) and value:
                length = len(value)
                if (length > column.fits or "\n" in value) and not column.hidden:
                    height = max(height, _height(value, column.width, column.size))
                if length > MAX_TEXT // 2 and (length := utf16_length(value)) > MAX_TEXT:
                    self._too_long.append((f"{column.letter}{number}", length))
            reference = f"{column.letter}{number}"
            if lead and isinstance(value, str) and lead < len(value) <= MAX_TEXT // 2:
                cells.append(self._led_cell(reference, column.body, value, lead))
            else:
                cells.append(self._cell(reference, column.body, value, mark, link))
        self._put(cells, height)

    def _line(self, line: TemplateRow, words: Mapping[str, str], repeated: Mapping[str, list[Value]]) -> None:
        """A row of the template with its marks replaced: head, header, chapter or note.

        What stands right of a repeated column moves with it.
        """
        number = len(self._rows) + 1
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
                cells.append(self._cell(f"{column_name(column + offset)}{number}", cell.style, text, None, None))
                if link is not None:
                    self._link(f"{column_name(column + offset)}{number}", link)
        self._merges += [f"{column_name(left)}{number}:{column_name(right)}{number}" for left, right in spans.items()]
        self._put(cells, height)

    def _height(self, text: str, left: int, right: int, style: int) -> float:
        """The height that shows a text in the columns ``left`` to ``right``."""
        width = sum(column.width for column in self._columns[left : right + 1])
        return _height(text, width or 8.0, self._styles.font_size(style))

    def _put(self, cells: list[str], height: float) -> None:
        size = f' ht="{height:g}" customHeight="1"' if height else ""
        self._rows.append(f'<row r="{len(self._rows) + 1}"{size}>{"".join(cells)}</row>')

    # --- cells ------------------------------------------------------------------------

    def _cell(self, reference: str, style: int, value: Scalar, mark: str | None, link: Link | None) -> str:
        if isinstance(value, str) and value:
            key = (style, mark, link is not None, looks_live(value))
            if link is not None:
                self._link(reference, link)
            return f'<c r="{reference}"{content(self._formats.get(key) or self._format(key), value)}'
        key = (style, mark, False, False)
        style = self._formats.get(key) or self._format(key)
        if value is None or value == "":
            return f'<c r="{reference}" s="{style}"/>'
        number = value.toordinal() - _EPOCH if isinstance(value, date) else value
        return f'<c r="{reference}" s="{style}"><v>{number!r}</v></c>'

    def _led_cell(self, reference: str, style: int, text: str, lead: int) -> str:
        fonts = (self._styles.run(style, bold=True), self._styles.run(style, bold=False))
        style = self._format((style, None, False, looks_live(text)))
        return f'<c r="{reference}"{led_content(style, text[:lead], text[lead:], fonts)}'

    def _format(self, key: tuple[int, str | None, bool, bool]) -> int:
        """The format for a base format, a mark laid over it, a link, and text that looks like a formula."""
        style, mark, linked, live = key
        if mark is not None and mark in self._marks:
            style = self._styles.marked(style, self._marks[mark])
        if linked and LINK_MARK in self._marks:
            style = self._styles.marked(style, self._marks[LINK_MARK])
        self._formats[key] = self._styles.quoted(style) if live else style
        return self._formats[key]

    def _link(self, reference: str, link: Link) -> None:
        where = f' location="{attribute(link.location)}"' if link.location else ""
        if link.target is None:
            self._links.append(f'<hyperlink ref="{reference}"{where}/>')
            return
        relation = self._targets.setdefault(link.target, f"rIdLink{len(self._targets) + 1}")
        self._links.append(f'<hyperlink ref="{reference}" r:id="{relation}"{where}/>')

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

    def _xml(self, filtered: str | None) -> bytes:
        cols = "".join(
            f'<col min="{n}" max="{n}" width="{column.width:g}" customWidth="1"'
            + (' hidden="1"/>' if column.hidden else "/>")
            for n, column in enumerate(self._columns, 1)
        )
        merges = "".join(f'<mergeCell ref="{reference}"/>' for reference in self._merges)
        return "".join(
            (
                DECLARATION,
                f'<worksheet xmlns="{SPREADSHEET}" xmlns:r="{RELATIONS}">',
                self._look.xml_of("sheetPr"),
                self._views(),
                self._look.xml_of("sheetFormatPr"),
                f"<cols>{cols}</cols><sheetData>",
                *self._rows,
                "</sheetData>",
                f'<autoFilter ref="{filtered}"/>' if filtered else "",
                f'<mergeCells count="{len(self._merges)}">{merges}</mergeCells>' if merges else "",
                self._choices,
                f"<hyperlinks>{''.join(self._links)}</hyperlinks>" if self._links else "",
                self._look.xml_of("printOptions", "pageMargins"),
                self._page(),
                self._look.xml_of("headerFooter", "rowBreaks", "drawing"),
                "</worksheet>",
            )
        ).encode()

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
