"""Binary workbooks (.xlsb).  Source: [MS-XLSB] 2.1.4 (records), 2.2.1 (cells), 2.5.122 (RkNumber)."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from toolkit.containers.content import Content, FileKind, Span
from toolkit.containers.grid import Budget, Grid, picture_id
from toolkit.containers.limits import COLUMNS, ROWS, Damaged
from toolkit.containers.numberformat import NumberFormat, built_in, present
from toolkit.containers.numberformat import parse as parse_format
from toolkit.containers.safezip import open_zip
from toolkit.containers.xlsx.book import custom_properties, read_floating, saved_time
from toolkit.containers.xlsx.cells import impossible
from toolkit.containers.xlsx.package import Package, Relation
from toolkit.containers.xlsx.sheet import Shared
from toolkit.containers.xmltree import unescaped
from toolkit.findings import files as found

_MAIN = "xl/workbook.bin"
_ROW, _RK, _ERROR, _BOOL, _REAL, _STRING, _SHARED = 0, 2, 3, 4, 5, 6, 7
_FORMULA_STRING, _FORMULA_REAL, _FORMULA_BOOL, _FORMULA_ERROR, _RICH = 8, 9, 10, 11, 62
_SST_ITEM, _FORMAT, _XF, _COLUMN, _WORKBOOK, _SHEET, _MERGE = 19, 44, 47, 60, 153, 156, 176
_CELL_XFS, _CELL_XFS_END = 617, 618
_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
_COMMENT, _COMMENT_TEXT = 635, 637


def read_xlsb(data: bytes, name: str = "") -> Content:
    """The workbook in ``data`` (``name`` is not needed); raises ``Unreadable``."""
    archive = open_zip(data)
    package = Package(archive)
    workbook = package.read(_MAIN)
    if workbook is None:
        raise Damaged(found.ZIP_DAMAGED.at(reason="缺少工作簿主体"))
    content = Content(FileKind.XLSB, modified=saved_time(package, archive), properties=custom_properties(package))
    relations = package.relations(_MAIN)
    kinds = [relation.kind for relation in relations.values()]
    content.external_links = kinds.count("externalLink")
    content.has_macros = "vbaProject" in kinds
    try:
        _read_sheets(content, package, workbook, relations)
    except (struct.error, IndexError, UnicodeDecodeError) as failure:
        raise Damaged(found.ZIP_DAMAGED.at(reason="工作表内容不完整")) from failure
    return content


def _records(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Kind and body of each record."""
    offset, end = 0, len(data)
    while offset < end:
        kind = data[offset]
        offset += 1
        if kind & 0x80:
            kind = (kind & 0x7F) | (data[offset] & 0x7F) << 7
            offset += 1
        length = 0
        for shift in (0, 7, 14, 21):
            byte = data[offset]
            offset += 1
            length |= (byte & 0x7F) << shift
            if not byte & 0x80:
                break
        if offset + length > end:
            raise IndexError(offset)
        yield kind, data[offset : offset + length]
        offset += length


def _string(body: bytes, offset: int) -> tuple[str, int]:
    """A wide string and where it ends; the length 0xFFFFFFFF stands for none."""
    length = struct.unpack_from("<I", body, offset)[0]
    if length == 0xFFFFFFFF:
        return "", offset + 4
    end = offset + 4 + 2 * length
    if end > len(body):
        raise IndexError(end)
    return body[offset + 4 : end].decode("utf-16-le", "replace"), end


def _read_sheets(content: Content, package: Package, workbook: bytes, relations: dict[str, Relation]) -> None:
    listed: list[tuple[str, str, int]] = []
    date1904 = False
    for kind, body in _records(workbook):
        if kind == _WORKBOOK:
            date1904 = bool(body[0] & 1)
        elif kind == _SHEET:
            identity, end = _string(body, 8)
            listed.append((_string(body, end)[0], identity, body[0]))
    shared = Shared(
        strings=_strings(package, relations),
        formats=_formats(package, relations),
        date1904=date1904,
        budget=Budget(),
        cell_pictures={},
    )
    for name, identity, state in listed:
        relation = relations.get(identity)
        if relation is not None and relation.kind != "worksheet":
            continue
        data = package.read(relation.target) if relation else None
        if relation is None or data is None:
            content.findings.append(found.SHEET_MISSING.at(sheet=name))
            continue
        grid = _read_sheet(name, data, shared)
        read_floating(content, package, relation.target, grid)
        _read_comments(package, relation.target, grid)
        sheet = grid.finish()
        sheet.visible, sheet.very_hidden = state == 0, state == 2
        content.sheets.append(sheet)


def _part(package: Package, relations: dict[str, Relation], kind: str) -> bytes:
    target = next((relation.target for relation in relations.values() if relation.kind == kind), "")
    return package.read(target) or b""


def _strings(package: Package, relations: dict[str, Relation]) -> list[str]:
    data = _part(package, relations, "sharedStrings")
    return [unescaped(_string(body, 1)[0]) for kind, body in _records(data) if kind == _SST_ITEM]


def _formats(package: Package, relations: dict[str, Relation]) -> list[NumberFormat | None]:
    custom: dict[int, str] = {}
    formats: list[NumberFormat | None] = []
    inside = False
    for kind, body in _records(_part(package, relations, "styles")):
        if kind == _FORMAT:
            custom[struct.unpack_from("<H", body)[0]] = _string(body, 2)[0]
        elif kind in (_CELL_XFS, _CELL_XFS_END):
            inside = kind == _CELL_XFS
        elif kind == _XF and inside:
            number = struct.unpack_from("<H", body, 2)[0]
            formats.append(parse_format(custom[number]) if number in custom else built_in(number))
    return formats


def _read_sheet(name: str, data: bytes, shared: Shared) -> Grid:
    grid = Grid(name)
    spans: list[Span] = []
    hidden_rows: set[int] = set()
    hidden_columns: set[int] = set()
    row = -1
    for kind, body in _records(data):
        if kind == _ROW:
            row = struct.unpack_from("<I", body)[0]
            if row >= ROWS:
                raise impossible(str(row + 1))
            if body[11] & 0x10:
                hidden_rows.add(row)
        elif _RK <= kind <= _FORMULA_ERROR or kind == _RICH:
            column, style = struct.unpack_from("<II", body)
            if row < 0 or column >= COLUMNS:
                raise impossible(str(column + 1))
            shared.budget.spend(1)
            _set(grid, row, column, style & 0xFFFFFF, kind, body, shared)
        elif kind == _MERGE:
            top, bottom, left, right = struct.unpack_from("<4I", body)
            spans.append(Span(top, left, bottom, right))
        elif kind == _COLUMN and struct.unpack_from("<H", body, 16)[0] & 1:
            first, last = struct.unpack_from("<II", body)
            hidden_columns.update(range(first, min(last + 1, COLUMNS)))
    grid.merge(spans)
    grid.sheet.hidden_rows = frozenset(hidden_rows)
    grid.sheet.hidden_columns = frozenset(column for column in hidden_columns if column < grid.sheet.width)
    return grid


def _set(grid: Grid, row: int, column: int, style: int, kind: int, body: bytes, shared: Shared) -> None:
    if kind in (_SHARED, _STRING, _FORMULA_STRING, _RICH):
        text = _text(kind, body, shared)
        if picture := picture_id(text):
            grid.pictures.append((row, column, picture))
        elif text:
            grid.set(row, column, text)
    elif kind in (_BOOL, _FORMULA_BOOL):
        grid.set(row, column, bool(body[8]))
    elif kind in (_ERROR, _FORMULA_ERROR):
        grid.errors.add((row, column))
        grid.set(row, column, _ERRORS.get(body[8], "#N/A"))
    else:
        number = _rk(body) if kind == _RK else struct.unpack_from("<d", body, 8)[0]
        number = int(number) if float(number).is_integer() else number
        number_format = shared.formats[style] if style < len(shared.formats) else None
        if number_format is None:
            grid.set(row, column, number)
        else:
            grid.set(row, column, *present(number_format, number, shared.date1904))


def _text(kind: int, body: bytes, shared: Shared) -> str:
    if kind == _SHARED:
        index: int = struct.unpack_from("<I", body, 8)[0]
        return shared.strings[index]
    return unescaped(_string(body, 9 if kind == _RICH else 8)[0])


def _rk(body: bytes) -> float:
    """A number packed into four bytes: an integer or the upper half of a float, perhaps in hundredths."""
    packed = struct.unpack_from("<I", body, 8)[0]
    if packed & 2:
        number: float = struct.unpack_from("<i", body, 8)[0] >> 2
    else:
        number = struct.unpack("<d", struct.pack("<Q", (packed & 0xFFFFFFFC) << 32))[0]
    return number / 100 if packed & 1 else number


def _read_comments(package: Package, part: str, grid: Grid) -> None:
    for relation in package.relations(part).values():
        if relation.kind != "comments":
            continue
        place: tuple[int, int] | None = None
        for kind, body in _records(package.read(relation.target) or b""):
            if kind == _COMMENT:
                top, _, left = struct.unpack_from("<3I", body, 4)
                place = top, left
            elif kind == _COMMENT_TEXT and place is not None:
                grid.sheet.notes[place] = unescaped(_string(body, 1)[0])
