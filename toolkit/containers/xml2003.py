"""XML spreadsheets of Excel 2003 (``urn:schemas-microsoft-com:office:spreadsheet``), often named .xls.

Many web systems export them.  Source: Microsoft's XML Spreadsheet Reference.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from toolkit.containers.content import Content, FileKind, Sheet, Span, Value
from toolkit.containers.grid import Budget, Grid, picture_id
from toolkit.containers.limits import COLUMNS, ROWS
from toolkit.containers.numberformat import NumberFormat, present
from toolkit.containers.numberformat import parse as parse_format
from toolkit.containers.safexml import refuse_dtd
from toolkit.containers.values import read_moment, read_number
from toolkit.containers.xlsx.cells import impossible
from toolkit.containers.xmltree import Element, attribute, local, parse, small_number, unescaped

_PART = "Workbook"
_NAMED_FORMATS = {
    "Short Date": "yyyy/m/d",
    "Long Date": 'yyyy"年"m"月"d"日"',
    "Medium Date": "d-mmm-yy",
    "General Date": "yyyy/m/d h:mm",
    "Short Time": "h:mm",
    "Long Time": "h:mm:ss",
    "Medium Time": "h:mm AM/PM",
    "Percent": "0.00%",
    "Fixed": "0.00",
    "Standard": "#,##0.00",
    "Currency": '"¥"#,##0.00',
}


def read_xml2003(data: bytes, name: str = "") -> Content:
    """The workbook in ``data`` (``name`` is not needed); raises ``Unreadable``."""
    refuse_dtd(data, _PART)
    root = parse(data, _PART)
    content = Content(FileKind.XML2003)
    formats = dict(_formats(root))
    budget = Budget()
    for part in root:
        kind = local(part)
        if kind == "DocumentProperties":
            saved = next((item.text for item in part if local(item) == "LastSaved"), None)
            content.modified = read_moment(saved or "")
        elif kind == "CustomDocumentProperties":
            content.properties = {local(item): unescaped(item.text or "") for item in part}
        elif kind == "Names":
            content.names = {attribute(item, "Name") or "": attribute(item, "RefersTo") or "" for item in part}
        elif kind == "Worksheet":
            content.sheets.append(_read_worksheet(part, formats, budget))
    return content


def _formats(root: Element) -> Iterator[tuple[str, NumberFormat | None]]:
    """Style id → number format."""
    for style in (style for part in root if local(part) == "Styles" for style in part):
        code = next((attribute(item, "Format") or "" for item in style if local(item) == "NumberFormat"), "")
        yield attribute(style, "ID") or "", parse_format(_NAMED_FORMATS.get(code, code))


def _read_worksheet(worksheet: Element, formats: dict[str, NumberFormat | None], budget: Budget) -> Sheet:
    grid = Grid(attribute(worksheet, "Name") or "")
    spans: list[Span] = []
    hidden_rows: set[int] = set()
    hidden_columns: set[int] = set()
    visible = "SheetVisible"
    for part in worksheet:
        if local(part) == "WorksheetOptions":
            visible = next((item.text or "" for item in part if local(item) == "Visible"), visible)
        if local(part) != "Table":
            continue
        row = column = -1
        for element in part:
            if local(element) == "Column":
                column = _index(element, column, COLUMNS)
                span = small_number(attribute(element, "Span"))
                if attribute(element, "Hidden") == "1":
                    hidden_columns.update(range(column, min(column + span + 1, COLUMNS)))
                column += span
            elif local(element) == "Row":
                row = _index(element, row, ROWS)
                span = small_number(attribute(element, "Span"))
                if attribute(element, "Hidden") == "1":
                    hidden_rows.update(range(row, min(row + span + 1, ROWS)))
                _read_row(grid, element, row, formats, budget, spans)
                row += span
    grid.merge(spans)
    sheet = grid.finish()
    sheet.hidden_rows = frozenset(row for row in hidden_rows if row < len(sheet.rows))
    sheet.hidden_columns = frozenset(column for column in hidden_columns if column < sheet.width)
    sheet.visible = visible == "SheetVisible"
    sheet.very_hidden = visible == "SheetVeryHidden"
    return sheet


def _index(element: Element, last: int, most: int) -> int:
    """The 0-based place of a row or cell: what its Index says, else the next one."""
    told = attribute(element, "Index")
    index = small_number(told) - 1 if told is not None else last + 1
    if not 0 <= index < most:
        raise impossible(told or str(index + 1))
    return index


def _read_row(
    grid: Grid,
    row_element: Element,
    row: int,
    formats: dict[str, NumberFormat | None],
    budget: Budget,
    spans: list[Span],
) -> None:
    column = -1
    for cell in row_element:
        if local(cell) != "Cell":
            continue
        column = _index(cell, column, COLUMNS)
        across, down = small_number(attribute(cell, "MergeAcross")), small_number(attribute(cell, "MergeDown"))
        if across or down:
            spans.append(Span(row, column, row + down, column + across))
        formula = attribute(cell, "Formula")
        data = next((item for item in cell if local(item) == "Data"), None)
        for note in cell:
            if local(note) == "Comment":
                grid.sheet.notes[row, column] = unescaped("".join(note.itertext())).strip()
        if data is None:
            if formula is not None:
                grid.uncalculated.add((row, column))
        else:
            budget.spend(1)
            number_format = formats.get(attribute(cell, "StyleID") or "Default")
            _set(grid, row, column, data, formula, number_format)
        column += across


def _set(
    grid: Grid, row: int, column: int, data: Element, formula: str | None, number_format: NumberFormat | None
) -> None:
    text = unescaped("".join(data.itertext()))
    if picture := picture_id(formula or "") or picture_id(text):
        grid.pictures.append((row, column, picture))
        return
    kind = attribute(data, "Type")
    if not text:
        return
    value: Value = text
    if kind == "Number":
        number = read_number(text)
        if number_format is not None and not isinstance(number, str):
            grid.set(row, column, *present(number_format, number, False))
            return
        value = number
    elif kind == "Boolean":
        value = text == "1"
    elif kind == "Error":
        grid.errors.add((row, column))
    elif kind == "DateTime":
        grid.set(row, column, *_moment(text, number_format))
        return
    grid.set(row, column, value)


def _moment(text: str, number_format: NumberFormat | None) -> tuple[Value, str | None]:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return text, None
    shown = number_format.dates.show(moment) if number_format and number_format.dates else None
    has_time = (moment.hour, moment.minute, moment.second) != (0, 0, 0)
    return (moment if has_time else moment.date()), shown
