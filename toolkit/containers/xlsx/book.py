"""A whole workbook: its sheets in order, its names, properties and saved time."""

from __future__ import annotations

from datetime import datetime

from toolkit.containers.content import Content, FileKind, cell_name
from toolkit.containers.grid import Budget, Grid
from toolkit.containers.limits import Damaged, LimitExceeded
from toolkit.containers.safezip import SafeZip, open_zip
from toolkit.containers.values import newest_part, read_moment
from toolkit.containers.xlsx.cells import SheetXml
from toolkit.containers.xlsx.floating import cell_pictures, read_comments, read_drawing
from toolkit.containers.xlsx.package import Package, Relation
from toolkit.containers.xlsx.sheet import Shared, read_sheet
from toolkit.containers.xlsx.strings import shared_strings
from toolkit.containers.xlsx.styles import number_formats
from toolkit.containers.xmltree import Element, attribute, is_true, local, parse, unescaped
from toolkit.findings import files as found

_USUAL_PART = "xl/workbook.xml"
_MACRO_KINDS = ("vbaProject", "xlMacrosheet", "xlIntlMacrosheet")
_CORE, _CUSTOM = "docProps/core.xml", "docProps/custom.xml"


def read_xlsx(data: bytes, name: str = "") -> Content:
    """The workbook in ``data`` (``name`` is not needed); raises ``Unreadable`` when it cannot be taken as a whole."""
    archive = open_zip(data)
    package = Package(archive)
    main = _main_part(package)
    workbook = package.read(main)
    if workbook is None:
        raise Damaged(found.ZIP_DAMAGED.at(reason="缺少工作簿主体"))
    content = Content(FileKind.XLSX, modified=saved_time(package, archive), properties=custom_properties(package))
    relations = package.relations(main)
    kinds = [relation.kind for relation in relations.values()]
    content.external_links = kinds.count("externalLink")
    content.has_macros = any(kind in _MACRO_KINDS for kind in kinds)
    _read_sheets(content, package, parse(workbook, main), relations)
    return content


def _main_part(package: Package) -> str:
    for relation in package.relations("").values():
        if relation.kind == "officeDocument" and relation.target in package:
            return relation.target
    return _USUAL_PART


def _read_sheets(content: Content, package: Package, workbook: Element, relations: dict[str, Relation]) -> None:
    shared = _shared(package, workbook, relations)
    read: set[str] = set()
    for part in workbook:
        if local(part) == "definedNames":
            content.names = {item.get("name", ""): item.text or "" for item in part}
        elif local(part) == "sheets":
            for item in part:
                relation = relations.get(attribute(item, "id") or "")
                name = item.get("name", "")
                if relation is not None and relation.kind not in ("worksheet", "sheet"):
                    continue  # charts and macro sheets hold no cells of ours
                data = package.read(relation.target) if relation else None
                if relation is None or data is None:
                    content.findings.append(found.SHEET_MISSING.at(sheet=name))
                    continue
                if relation.target in read:
                    raise LimitExceeded(found.ZIP_LIMIT.at(reason="两张工作表指向同一份内容"))
                read.add(relation.target)
                grid = _read_sheet(content, package, name, relation.target, data, shared)
                sheet = grid.finish()
                sheet.visible = item.get("state", "visible") == "visible"
                sheet.very_hidden = item.get("state") == "veryHidden"
                content.sheets.append(sheet)


def _shared(package: Package, workbook: Element, relations: dict[str, Relation]) -> Shared:
    def first(kind: str) -> bytes | None:
        targets = (relation.target for relation in relations.values() if relation.kind == kind)
        return package.read(next(targets, ""))

    strings, styles = first("sharedStrings"), first("styles")
    properties = next((part for part in workbook if local(part) == "workbookPr"), None)
    return Shared(
        strings=shared_strings(strings) if strings else (),
        formats=number_formats(styles, "styles") if styles else (),
        date1904=properties is not None and is_true(properties.get("date1904")),
        budget=Budget(),
        cell_pictures=cell_pictures(package),
    )


def _read_sheet(content: Content, package: Package, name: str, part: str, data: bytes, shared: Shared) -> Grid:
    grid = read_sheet(name, SheetXml(data, part), shared)
    relations = package.relations(part).values()
    comments = [relation.target for relation in relations if relation.kind in ("comments", "threadedComment")]
    if comments:
        grid.sheet.notes = read_comments(package, comments)
    read_floating(content, package, part, grid)
    return grid


def read_floating(content: Content, package: Package, part: str, grid: Grid) -> None:
    """Add the pictures over a sheet's cells to its grid, and a finding for each text box."""
    for relation in package.relations(part).values():
        if relation.kind != "drawing":
            continue
        for thing in read_drawing(package, relation.target):
            if thing.picture:
                grid.pictures.append((thing.row, thing.column, thing.picture))
            else:
                cell = cell_name(thing.row, thing.column)
                content.findings.append(found.TEXT_BOX.at(sheet=grid.sheet.name, cell=cell, text=thing.text[:200]))


def custom_properties(package: Package) -> dict[str, str]:
    """The custom document properties, as text."""
    data = package.read(_CUSTOM)
    if data is None:
        return {}
    return {item.get("name", ""): unescaped("".join(item.itertext())) for item in parse(data, _CUSTOM)}


def saved_time(package: Package, archive: SafeZip) -> datetime | None:
    """The saved time the file itself states, UTC: its core properties, else its newest part (A5)."""
    data = package.read(_CORE)
    for item in parse(data, _CORE) if data else ():
        if local(item) == "modified" and (moment := read_moment(item.text or "")) is not None:
            return moment
    return newest_part(archive)
