"""A table written in the look of its template sheet, as the XML of a worksheet.

Written by hand because 明细 has tens of thousands of rows (SPEED.md): a cell's format is looked up once a
column and mark, its text is escaped once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from toolkit.containers.content import column_name
from toolkit.workbooks.cells import MAX_TEXT, utf16_length
from toolkit.workbooks.row_heights import MAX_ROW_HEIGHT, line_count, row_height, width_for
from toolkit.workbooks.sheet_xml import DECLARATION, SPREADSHEET, attribute, content, looks_live
from toolkit.workbooks.styles import Styles
from toolkit.workbooks.summary.look import ColumnLook, SheetLook
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
_HIDDEN = ' hidden="1"'
_LONG = 400
"""Characters below which a text fits into a row at any sensible width."""


@dataclass(slots=True)
class WrittenSheet:
    """One worksheet, ready to be put into a package."""

    name: str
    xml: bytes
    targets: dict[str, str]
    """Relationship id → relative URL of a returned file."""
    first_row: int
    """Row of the first table row, counted from 1."""
    last_row: int
    columns: int
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


class SheetWriter:
    """Writes one table."""

    def __init__(self, look: SheetLook, styles: Styles, marks: Mapping[str, int], *, active: bool) -> None:
        self._look = look
        self._styles = styles
        self._marks = marks
        self._active = active
        self._formats: dict[tuple[int, str | None, bool, bool], int] = {}
        self._rows: list[str] = []
        self._merges: list[str] = []
        self._links: list[str] = []
        self._targets: dict[str, str] = {}
        self._too_long: list[tuple[str, int]] = []

    @property
    def first_row(self) -> int:
        """The number, counted from 1, of the first row of the table."""
        return len(self._look.head) + 2

    def write(self, table: Table, facts: Mapping[str, str], *, link_all: bool = True) -> WrittenSheet:
        """The sheet; ``facts`` replace the marks of the head, without ``link_all`` only some rows keep links."""
        rows = list(table.rows)
        columns = self._columns(table)
        widths = self._widths(columns, rows)
        for line in self._look.head:
            self._line(line, facts, table, widths)
        self._line(self._look.header, {}, table, widths)
        sizes = [self._styles.font_size(column.body) for column in columns]
        letters = [column_name(number) for number in range(len(columns))]
        least = self._look.body.height or 0.0
        for row in rows:
            if row.banner is not None:
                banner = self._look.banners[min(row.level, len(self._look.banners) - 1)]
                self._line(banner, dict.fromkeys(("章", "节"), row.banner), table, widths)
            else:
                self._row(row, columns, widths, sizes, letters, least, link_all or row.linked)
        for merge in table.merges:
            letter = letters[next(n for n, column in enumerate(columns) if column.word == merge.column)]
            self._merges.append(f"{letter}{self.first_row + merge.first}:{letter}{self.first_row + merge.last}")
        last = len(self._rows)
        if self._look.note is not None:
            for note in table.notes:
                self._line(self._look.note, {"说明": note}, table, widths)
        area = f"A{self.first_row - 1}:{letters[-1]}{max(last, self.first_row)}"
        filtered = area if self._look.element("autoFilter") is not None else None
        return WrittenSheet(
            name=table.sheet,
            xml=self._xml(columns, widths, filtered),
            targets=self._targets,
            first_row=self.first_row,
            last_row=last,
            columns=len(columns),
            filter=filtered,
            too_long=self._too_long,
            rows=rows,
            places=self._places,
        )

    # --- columns ----------------------------------------------------------------------

    def _columns(self, table: Table) -> list[ColumnLook]:
        """The columns of the sheet in the template's order, the repeated one as often as the table has it."""
        times = max((len(values) for values in table.repeated.values()), default=0)
        columns: list[ColumnLook] = []
        for column in self._look.columns:
            columns += [column] * times if column.repeated else [column]
        places = {header: place for place, header in enumerate(table.headers)}
        self._places: list[int] = []
        repeated = len(table.headers)
        for column in columns:
            if column.repeated:
                self._places.append(repeated)
                repeated += 1
            else:
                self._places.append(places[column.word])
        return columns

    def _widths(self, columns: list[ColumnLook], rows: list[Row]) -> list[float]:
        """The template's widths, a column widened where a text would not fit into the highest row."""
        widths = [column.width for column in columns]
        for row in rows:
            for number, place in enumerate(self._places):
                value = row.values[place] if place < len(row.values) else None
                text = value.value if isinstance(value, Cell) else value
                if isinstance(text, str) and len(text) > _LONG and widths[number] < _WIDEST:
                    size = self._styles.font_size(columns[number].body)
                    if row_height(line_count(text, widths[number], size), size) >= MAX_ROW_HEIGHT:
                        widths[number] = max(widths[number], min(_WIDEST, width_for(text, size)))
        return widths

    # --- rows -------------------------------------------------------------------------

    def _line(self, line: TemplateRow, words: Mapping[str, str], table: Table, widths: list[float]) -> None:
        """A row of the template with its marks replaced: head, header, chapter or note."""
        number = len(self._rows) + 1
        shift = max(len(self._places) - len(self._look.columns), 0)
        at = next((n for n, column in enumerate(self._look.columns) if column.repeated), len(self._look.columns))
        cells: dict[int, str] = {}
        spans = {left: right + (shift if right >= at else 0) for left, right in line.spans}
        height = 0.0
        for cell in line.cells:
            mark = MARK.fullmatch(cell.text)
            if mark and mark.group(1) in table.repeated:
                for offset, value in enumerate(table.repeated[mark.group(1)]):
                    cells[cell.column + offset] = self._cell(cell.column + offset, number, cell.style, value, True)
                continue
            column = cell.column + (shift if cell.column > at else 0)
            text = MARK.sub(lambda match: words.get(match.group(1), match.group(0)), cell.text)
            if text.startswith(_ARROW):
                value: Value = Cell(text, Link(None, f"'{text.removeprefix(_ARROW)}'!A1"))
                cells[column] = self._cell(column, number, cell.style, value, True)
                continue
            cells[column] = self._cell(column, number, cell.style, text, True)
            right = spans.get(cell.column, column)
            if text and self._styles.grows(cell.style):
                size = self._styles.font_size(cell.style)
                width = sum(widths[column : right + 1]) or 8.0
                height = max(height, row_height(line_count(text, width, size), size))
        for left, right in spans.items():
            if right > left:
                self._merges.append(f"{column_name(left)}{number}:{column_name(right)}{number}")
        tall = max(line.height or 0.0, height if words else 0.0)
        self._put(number, "".join(cells[column] for column in sorted(cells)), tall)

    def _row(
        self,
        row: Row,
        columns: list[ColumnLook],
        widths: list[float],
        sizes: list[float],
        letters: list[str],
        least: float,
        linked: bool,
    ) -> None:
        number = len(self._rows) + 1
        cells: list[str] = []
        height = least
        for index, place in enumerate(self._places):
            value = row.values[place]
            mark = link = None
            if isinstance(value, Cell):
                mark, link, value = value.mark, value.link if linked else None, value.value
            column = columns[index]
            if isinstance(value, str) and value:
                size, width = sizes[index], widths[index]
                if not column.hidden and (len(value) * size > width * 5 or "\n" in value):
                    height = max(height, row_height(line_count(value, width, size), size))
                style = self._format(column.body, mark, link is not None, looks_live(value))
                cells.append(f'<c r="{letters[index]}{number}"{content(style, value)}')
                if link is not None:
                    self._link(f"{letters[index]}{number}", link)
                if len(value) > MAX_TEXT // 2 and (length := utf16_length(value)) > MAX_TEXT:
                    self._too_long.append((f"{letters[index]}{number}", length))
            else:
                style = self._format(column.body, mark, False, False)
                cells.append(f'<c r="{letters[index]}{number}"{_plain(style, value)}')
        self._put(number, "".join(cells), height)

    def _put(self, number: int, cells: str, height: float) -> None:
        size = f' ht="{height:g}" customHeight="1"' if height else ""
        self._rows.append(f'<row r="{number}"{size}>{cells}</row>')

    def _cell(self, column: int, number: int, style: int, value: Value, linked: bool) -> str:
        link = value.link if isinstance(value, Cell) and linked else None
        mark = value.mark if isinstance(value, Cell) else None
        plain = value.value if isinstance(value, Cell) else value
        reference = f"{column_name(column)}{number}"
        if isinstance(plain, str) and plain:
            if link is not None:
                self._link(reference, link)
            # A template shows its own links as it likes, so only the mark is laid over the style here.
            return f'<c r="{reference}"{content(self._format(style, mark, False, looks_live(plain)), plain)}'
        return f'<c r="{reference}"{_plain(self._format(style, mark, False, False), plain)}'

    def _format(self, style: int, mark: str | None, linked: bool, live: bool) -> int:
        key = (style, mark, linked, live)
        if key not in self._formats:
            if mark in self._marks:
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

    # --- the whole --------------------------------------------------------------------

    def _xml(self, columns: list[ColumnLook], widths: list[float], filtered: str | None) -> bytes:
        cols = "".join(
            f'<col min="{n}" max="{n}" width="{width:g}"{_HIDDEN if column.hidden else ""} customWidth="1"/>'
            for n, (column, width) in enumerate(zip(columns, widths, strict=True), 1)
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
                f"<hyperlinks>{''.join(self._links)}</hyperlinks>" if self._links else "",
                self._look.xml_of("printOptions", "pageMargins"),
                self._page(sum(width for column, width in zip(columns, widths, strict=True) if not column.hidden)),
                self._look.xml_of("headerFooter", "rowBreaks", "drawing"),
                "</worksheet>",
            )
        ).encode()

    def _views(self) -> str:
        """The template's views; only the first sheet is in front, whatever tab the template was saved on."""
        views = self._look.element("sheetViews")
        if views is None:
            return ""
        for view in views:
            view.attrib.pop("tabSelected", None)
            if self._active:
                view.set("tabSelected", "1")
        return self._look.xml_of("sheetViews")

    def _page(self, width: float) -> str:
        """The template's page; a table with repeated columns gets as many pages across as keep it legible."""
        page = self._look.element("pageSetup")
        if page is not None and any(column.repeated for column in self._look.columns):
            page.set("fitToWidth", str(max(1, round(width / _PAGE_UNITS))))
        return self._look.xml_of("pageSetup")


def _plain(style: int, value: Scalar) -> str:
    if value is None or value == "":
        return f' s="{style}"/>'
    if isinstance(value, date):
        return f' s="{style}"><v>{value.toordinal() - _EPOCH}</v></c>'
    if isinstance(value, str):
        return content(style, value)
    return f' s="{style}"><v>{value!r}</v></c>'
