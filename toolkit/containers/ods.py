"""OpenDocument spreadsheets (.ods).  Source: OpenDocument 1.3 part 3, chapter 9.

The format keeps beside each value the text a person sees, so no number formats are needed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, time

from toolkit.containers.content import Content, FileKind, Sheet, Span, Value, cell_name, plain_text
from toolkit.containers.grid import Budget, Grid, picture_id
from toolkit.containers.limits import COLUMNS, ROWS, Damaged
from toolkit.containers.safexml import refuse_dtd
from toolkit.containers.safezip import SafeZip, open_zip
from toolkit.containers.values import newest_part, read_moment, read_number
from toolkit.containers.xmltree import Element, attribute, local, parse, small_number, unescaped
from toolkit.findings import files as found

_DURATION = re.compile(r"PT(\d{1,6})H(\d{1,2})M(\d{1,2})(?:[.,]\d+)?S")
_EXPONENT = re.compile(r"\dE[+-]?\d", re.IGNORECASE)
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_HIDDEN = ("collapse", "filter")


def read_ods(data: bytes, name: str = "") -> Content:
    """The workbook in ``data`` (``name`` is not needed); raises ``Unreadable``."""
    archive = open_zip(data)
    body = _part(archive, "content.xml")
    if body is None:
        raise Damaged(found.ZIP_DAMAGED.at(reason="缺少 content.xml"))
    content = Content(FileKind.ODS, modified=newest_part(archive))
    _read_meta(content, _part(archive, "meta.xml"))
    root = parse(body, "content.xml")
    hidden_styles = frozenset(_hidden_styles(root))
    budget = Budget()
    for element in _tables(root):
        if local(element) == "table":
            content.sheets.append(_read_table(content, element, hidden_styles, budget))
        elif local(element) in ("named-range", "named-expression"):
            target = attribute(element, "cell-range-address") or attribute(element, "expression") or ""
            content.names[attribute(element, "name") or ""] = target
    return content


def _part(archive: SafeZip, name: str) -> bytes | None:
    if name not in archive:
        return None
    data = archive.read(name)
    refuse_dtd(data, name)
    return data


def _tables(root: Element) -> Iterator[Element]:
    """The tables and names at the top of the body; tables inside cells are no sheets."""
    for part in root:
        if local(part) != "body":
            continue
        for spreadsheet in part:
            for element in spreadsheet:
                if local(element) == "named-expressions":
                    yield from element
                else:
                    yield element


def _hidden_styles(root: Element) -> Iterator[str]:
    for part in root:
        if local(part) == "automatic-styles":
            for style in part:
                if any(attribute(child, "display") == "false" for child in style):
                    yield attribute(style, "name") or ""


def _read_meta(content: Content, data: bytes | None) -> None:
    for element in parse(data, "meta.xml").iter() if data else ():
        if local(element) == "date":
            content.modified = read_moment(element.text or "") or content.modified
        elif local(element) == "user-defined":
            content.properties[attribute(element, "name") or ""] = unescaped(element.text or "")


def _read_table(content: Content, table: Element, hidden_styles: frozenset[str], budget: Budget) -> Sheet:
    grid = Grid(attribute(table, "name") or "")
    reader = _TableReader(grid, budget)
    reader.read(table)
    grid.merge(reader.spans)
    sheet = grid.finish()
    sheet.visible = attribute(table, "style-name") not in hidden_styles
    sheet.hidden_rows = frozenset(row for row in reader.hidden_rows if row < len(sheet.rows))
    sheet.hidden_columns = frozenset(column for column in reader.hidden_columns if column < sheet.width)
    for row, column, text in reader.boxes:
        cell = cell_name(row, column)
        content.findings.append(found.TEXT_BOX.at(sheet=sheet.name, cell=cell, text=text[:200]))
    return sheet


class _TableReader:
    """Walks the columns and rows of one table."""

    def __init__(self, grid: Grid, budget: Budget) -> None:
        self._grid = grid
        self._budget = budget
        self._row = 0
        self._column = 0
        self.spans: list[Span] = []
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()
        self.boxes: list[tuple[int, int, str]] = []

    def read(self, parent: Element) -> None:
        """Everything in a table, or in a group of its rows or columns."""
        for element in parent:
            kind = local(element)
            if kind in _GROUPS:
                self.read(element)
            elif kind == "table-column":
                count = _repeated(element, "number-columns-repeated", COLUMNS)
                if attribute(element, "visibility") in _HIDDEN:
                    self.hidden_columns.update(range(self._column, self._column + count))
                self._column += count
            elif kind == "table-row":
                self._read_row(element)
            elif kind == "shapes":
                self._floating(element, 0, 0)

    def _read_row(self, row: Element) -> None:
        count = _repeated(row, "number-rows-repeated", ROWS)
        if attribute(row, "visibility") in _HIDDEN:
            self.hidden_rows.update(range(self._row, min(self._row + count, ROWS)))
        column = 0
        for cell in row:
            if local(cell) not in ("table-cell", "covered-table-cell"):
                continue
            width = _repeated(cell, "number-columns-repeated", COLUMNS)
            if len(cell) or cell.attrib:
                self._read_cell(cell, range(self._row, self._row + count), range(column, column + width))
            column += width
        self._row += count

    def _read_cell(self, cell: Element, rows: range, columns: range) -> None:
        """A cell, as often as it is repeated."""
        top, left = rows.start, columns.start
        high, wide = _repeated(cell, "number-rows-spanned", ROWS), _repeated(cell, "number-columns-spanned", COLUMNS)
        if high > 1 or wide > 1:
            self.spans.append(Span(top, left, top + high - 1, left + wide - 1))
        texts = [child for child in cell if local(child) == "p"]
        for child in cell:
            if local(child) == "annotation":
                note = "\n".join(_text(line) for line in child if local(line) == "p")
                self._grid.sheet.notes[top, left] = note
            elif local(child) not in ("p", "detective"):
                self._floating(child, top, left)
        seen = unescaped("\n".join(map(_text, texts)))
        formula = attribute(cell, "formula")
        picture = picture_id(formula or "") or picture_id(seen)
        if picture:
            self._grid.pictures.append((top, left, picture))
            return
        value = _value(cell, seen)
        is_error = formula is not None and _is_error(cell, seen)
        if value is None:
            if formula is not None and attribute(cell, "value-type") is None:
                self._grid.uncalculated.add((top, left))
            return
        self._budget.spend(len(rows) * len(columns))
        differs = not isinstance(value, str) and seen != plain_text(value) and not _EXPONENT.search(seen)
        for row in rows:
            for column in columns:
                self._grid.set(row, column, seen if is_error else value, seen if differs and seen else None)
                if is_error:
                    self._grid.errors.add((row, column))

    def _floating(self, element: Element, row: int, column: int) -> None:
        """Pictures, embedded objects and text boxes in or over a cell."""
        for frame in element.iter():
            if local(frame) not in ("frame", "custom-shape"):
                continue
            if any(local(child) == "image" for child in frame):
                title = next((_text(child) for child in frame if local(child) in ("title", "desc")), "")
                self._grid.pictures.append((row, column, title or attribute(frame, "name") or "图片"))
            elif text := " ".join(filter(None, (_text(line) for line in frame.iter() if local(line) == "p"))):
                self.boxes.append((row, column, text))


_GROUPS = (
    "table-header-rows",
    "table-row-group",
    "table-rows",
    "table-header-columns",
    "table-column-group",
    "table-columns",
)
_ERROR_TEXTS = ("#N/A", "#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "Err:")


def _is_error(cell: Element, seen: str) -> bool:
    return any(value == "error" for key, value in cell.attrib.items() if key.endswith("}value-type")) or (
        seen.startswith(_ERROR_TEXTS)
    )


def _repeated(element: Element, name: str, most: int) -> int:
    """How often an element stands for itself, at least once."""
    return max(1, min(small_number(attribute(element, name) or "1"), most))


def _text(element: Element) -> str:
    """The visible text of a paragraph: runs joined, blanks written out, phonetic text left out (19.5)."""
    pieces = [element.text or ""]
    for child in element:
        kind = local(child)
        if kind == "s":
            pieces.append(" " * max(1, min(small_number(attribute(child, "c") or "1"), 1_000)))
        elif kind == "tab":
            pieces.append("\t")
        elif kind == "line-break":
            pieces.append("\n")
        elif kind not in ("ruby-text", "annotation", "note"):
            pieces.append(_text(child))
        pieces.append(child.tail or "")
    return "".join(pieces)


def _value(cell: Element, seen: str) -> Value:
    """The value of a cell; of those for other programs beside it (calcext) only the standard one counts."""
    kind = cell.get(f"{_OFFICE}value-type")
    if kind in ("float", "percentage", "currency"):
        return read_number(cell.get(f"{_OFFICE}value", "")) or (0 if cell.get(f"{_OFFICE}value") else None)
    if kind == "date":
        return _date(cell.get(f"{_OFFICE}date-value", "")) or seen or None
    if kind == "time":
        return _time(cell.get(f"{_OFFICE}time-value", "")) or seen or None
    if kind == "boolean":
        return cell.get(f"{_OFFICE}boolean-value") == "true"
    return seen or unescaped(cell.get(f"{_OFFICE}string-value", "")) or None


def _date(text: str) -> date | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if (moment.hour, moment.minute, moment.second) != (0, 0, 0) else moment.date()


def _time(text: str) -> time | None:
    match = _DURATION.fullmatch(text)
    if match is None or int(match[1]) > 23 or int(match[2]) > 59 or int(match[3]) > 59:
        return None
    return time(int(match[1]), int(match[2]), int(match[3]))
