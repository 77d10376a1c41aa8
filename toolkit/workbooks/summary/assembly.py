"""The workbook around the sheets: template parts that stay, relations, names, properties."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from lxml import etree

from toolkit.workbooks.deflating import Deflating, sealed
from toolkit.workbooks.sheet_xml import DECLARATION, SPREADSHEET, attribute, escape
from toolkit.workbooks.summary import store
from toolkit.workbooks.summary.charts import stretched
from toolkit.workbooks.summary.look import SummaryLook
from toolkit.workbooks.summary.sheet import WrittenSheet
from toolkit.workbooks.template_parts import RELATIONS

_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_RELATION_TAG = f"{{{_PACKAGE}/relationships}}Relationship"
_MAIN = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_CORE_TYPE = "application/vnd.openxmlformats-package.core-properties+xml"
_APP_TYPE = "application/vnd.openxmlformats-officedocument.extended-properties+xml"
_RELS_TYPE = "application/vnd.openxmlformats-package.relationships+xml"
_NS = {"m": SPREADSHEET, "t": f"{_PACKAGE}/content-types"}
_KEPT_BY_SHEETS = ("/drawing", "/printerSettings", "/image")
"""Kinds of relation that a sheet of the template keeps."""
_CELL = re.compile(r"([A-Z]+)([0-9]+)")
_STALE_NAMES = ("_xlnm._FilterDatabase", "_xlnm.Print_Area")


@dataclass(frozen=True, slots=True)
class Properties:
    """What the document says about itself."""

    title: str
    subject: str
    creator: str
    day: date


def assemble(look: SummaryLook, sheets: Sequence[WrittenSheet], hidden: Deflating, properties: Properties) -> bytes:
    """The bytes of the workbook, its parts in a fixed order; ``hidden`` is the sheet that fengong keeps for itself."""
    by_name = {sheet.name: sheet for sheet in sheets}
    large = {f"xl/worksheets/sheet{n}.xml": xml for n, xml in enumerate((*(s.xml for s in sheets), hidden), 1)}
    parts: dict[str, bytes] = {}
    for number, sheet in enumerate(sheets, 1):
        if relations := _sheet_relations(look, sheet):
            parts[f"xl/worksheets/_rels/sheet{number}.xml.rels"] = relations
    for name, data in look.parts.data.items():
        if name.startswith(("xl/theme/", "xl/drawings/", "xl/media/", "xl/charts/", "xl/printerSettings/")):
            is_chart = name.startswith("xl/charts/chart") and name.endswith(".xml")
            parts[name] = stretched(data, by_name) if is_chart else data
    parts["xl/styles.xml"] = look.styles.xml()
    parts["xl/workbook.xml"] = _workbook(look, sheets)
    parts["xl/_rels/workbook.xml.rels"] = _workbook_relations(len(sheets) + 1, parts)
    parts["docProps/core.xml"] = _core(properties)
    parts["docProps/app.xml"] = _app()
    parts["_rels/.rels"] = _root_relations()
    return sealed({"[Content_Types].xml": _types(look, (*large, *parts)), **parts}, large)


def _workbook(look: SummaryLook, sheets: Sequence[WrittenSheet]) -> bytes:
    listed = "".join(
        f'<sheet name="{attribute(sheet.name)}" sheetId="{number}" r:id="rId{number}"/>'
        for number, sheet in enumerate(sheets, 1)
    )
    own = len(sheets) + 1
    return (
        f'{DECLARATION}<workbook xmlns="{SPREADSHEET}" xmlns:r="{RELATIONS}"><workbookPr/>'
        '<bookViews><workbookView xWindow="0" yWindow="0" windowWidth="28800" windowHeight="15000" tabRatio="850"/>'
        f'</bookViews><sheets>{listed}<sheet name="{store.SHEET}" sheetId="{own}" state="veryHidden" r:id="rId{own}"/>'
        f'</sheets><definedNames>{_names(look, sheets)}</definedNames><calcPr calcId="191029"/></workbook>'
    ).encode()


def _names(look: SummaryLook, sheets: Sequence[WrittenSheet]) -> str:
    """Bookmarks of every table, the filters, and what the template repeats on each printed page."""
    book = etree.fromstring(look.parts.data["xl/workbook.xml"])
    places = {sheet.name: number for number, sheet in enumerate(sheets)}
    order = [sheet.get("name", "").strip() for sheet in book.iterfind("m:sheets/m:sheet", _NS)]
    found: list[tuple[str, str]] = []
    for name in book.iterfind("m:definedNames/m:definedName", _NS):
        local, word = name.get("localSheetId"), name.get("name", "")
        sheet_name = order[int(local)] if local is not None and int(local) < len(order) else None
        if sheet_name in places and word not in _STALE_NAMES:
            found.append((word, _name(word, name.text or "", places[sheet_name])))
    for number, sheet in enumerate(sheets):
        quoted = "'" + sheet.name.replace("'", "''") + "'"
        if sheet.filter:
            area = _CELL.sub(r"$\1$\2", sheet.filter)
            found.append(("_xlnm._FilterDatabase", _name("_xlnm._FilterDatabase", f"{quoted}!{area}", number, True)))
        found.append((sheet.name, _name(f"{sheet.name}_表", f"{quoted}!$A${sheet.first_row}", None)))
    return "".join(xml for _, xml in sorted(found, key=lambda pair: pair[0]))


def _name(word: str, value: str, sheet: int | None, hidden: bool = False) -> str:
    where = "" if sheet is None else f' localSheetId="{sheet}"'
    veiled = ' hidden="1"' if hidden else ""
    return f'<definedName name="{attribute(word)}"{where}{veiled}>{escape(value)}</definedName>'


def _sheet_relations(look: SummaryLook, sheet: WrittenSheet) -> bytes | None:
    """The relations the template's sheet keeps, and one a returned file that is linked to."""
    part = look.sheets[sheet.name].part
    kept = look.parts.data.get(posixpath.join(posixpath.dirname(part), "_rels", posixpath.basename(part) + ".rels"))
    lines = []
    if kept is not None:
        for relation in etree.fromstring(kept).iter(_RELATION_TAG):
            if relation.get("Type", "").endswith(_KEPT_BY_SHEETS):
                lines.append(_relation(relation.get("Id", ""), relation.get("Type", ""), relation.get("Target", "")))
    for target, identifier in sheet.targets.items():
        lines.append(_relation(identifier, f"{RELATIONS}/hyperlink", target, external=True))
    return _relations(lines) if lines else None


def _workbook_relations(count: int, parts: Mapping[str, bytes]) -> bytes:
    lines = [_relation(f"rId{n}", f"{RELATIONS}/worksheet", f"worksheets/sheet{n}.xml") for n in range(1, count + 1)]
    lines.append(_relation(f"rId{count + 1}", f"{RELATIONS}/styles", "styles.xml"))
    for name in parts:
        if name.startswith("xl/theme/") and name.endswith(".xml"):
            lines.append(_relation(f"rId{count + 2}", f"{RELATIONS}/theme", name.removeprefix("xl/")))
    return _relations(lines)


def _root_relations() -> bytes:
    return _relations(
        [
            _relation("rId1", f"{RELATIONS}/officeDocument", "xl/workbook.xml"),
            _relation("rId2", f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
            _relation("rId3", f"{RELATIONS}/extended-properties", "docProps/app.xml"),
        ]
    )


def _relation(identifier: str, kind: str, target: str, *, external: bool = False) -> str:
    mode = ' TargetMode="External"' if external else ""
    return f'<Relationship Id="{identifier}" Type="{kind}" Target="{attribute(target)}"{mode}/>'


def _relations(lines: Iterable[str]) -> bytes:
    return f'{DECLARATION}<Relationships xmlns="{_PACKAGE}/relationships">{"".join(lines)}</Relationships>'.encode()


def _types(look: SummaryLook, parts: Iterable[str]) -> bytes:
    """Content types: the template's for the parts kept from it, ours for the rest."""
    root = etree.fromstring(look.parts.data["[Content_Types].xml"])
    known = {e.get("PartName", ""): e.get("ContentType", "") for e in root.iterfind("t:Override", _NS)}
    defaults = {e.get("Extension", ""): e.get("ContentType", "") for e in root.iterfind("t:Default", _NS)}
    defaults |= {"rels": _RELS_TYPE, "xml": "application/xml"}
    own = {
        "/xl/workbook.xml": f"{_MAIN}.sheet.main+xml",
        "/xl/styles.xml": f"{_MAIN}.styles+xml",
        "/docProps/core.xml": _CORE_TYPE,
        "/docProps/app.xml": _APP_TYPE,
    }
    lines = [f'<Default Extension="{e}" ContentType="{t}"/>' for e, t in sorted(defaults.items())]
    for name in parts:
        kind = own.get(f"/{name}") or known.get(f"/{name}")
        if name.startswith("xl/worksheets/sheet"):
            kind = f"{_MAIN}.worksheet+xml"
        if kind and not name.endswith(".rels"):
            lines.append(f'<Override PartName="/{name}" ContentType="{kind}"/>')
    return f'{DECLARATION}<Types xmlns="{_PACKAGE}/content-types">{"".join(lines)}</Types>'.encode()


def _core(properties: Properties) -> bytes:
    day = f"{properties.day.isoformat()}T00:00:00Z"
    return (
        f'{DECLARATION}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(properties.title)}</dc:title><dc:subject>{escape(properties.subject)}</dc:subject>"
        f"<dc:creator>{escape(properties.creator)}</dc:creator>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{day}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{day}</dcterms:modified></cp:coreProperties>'
    ).encode()


def _app() -> bytes:
    return (
        f'{DECLARATION}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
        "<Application>fengong</Application></Properties>"
    ).encode()
