"""What makes Excel offer to repair a workbook, checked part by part."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from itertools import combinations

from lxml import etree

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_NS = {"m": _MAIN}
_ORDER = """
    sheetPr dimension sheetViews sheetFormatPr cols sheetData sheetCalcPr sheetProtection protectedRanges scenarios
    autoFilter sortState dataConsolidate customSheetViews mergeCells phoneticPr conditionalFormatting dataValidations
    hyperlinks printOptions pageMargins pageSetup headerFooter rowBreaks colBreaks customProperties cellWatches
    ignoredErrors smartTags drawing legacyDrawing legacyDrawingHF picture oleObjects controls webPublishItems
    tableParts extLst
""".split()  # noqa: SIM905
"""The order of a worksheet's children in ECMA-376, CT_Worksheet."""


def faults(data: bytes) -> list[str]:
    """Everything about a workbook that Excel would want to repair; empty for a sound one."""
    found: list[str] = []
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
        parts = {name: archive.read(name) for name in names}
    if len(set(names)) != len(names):
        found.append("a part stands twice in the zip")
    roots = {name: etree.fromstring(xml) for name, xml in parts.items() if name.endswith((".xml", ".rels"))}
    found += _untyped(parts, roots["[Content_Types].xml"])
    for name, root in roots.items():
        if name.endswith(".rels"):
            found += _dangling(name, root, parts)
    formats = len(roots["xl/styles.xml"].find("m:cellXfs", _NS))
    for name, root in roots.items():
        if name.startswith("xl/worksheets/sheet"):
            found += [f"{name}: {fault}" for fault in _sheet_faults(root, formats, _ids(name, roots))]
    if any("externalLink" in name for name in parts):
        found.append("external links")
    return found


def _untyped(parts: dict[str, bytes], types: etree._Element) -> list[str]:
    overrides = [element.get("PartName", "") for element in types if element.tag.endswith("Override")]
    defaults = {element.get("Extension", "") for element in types if element.tag.endswith("Default")}
    stale = [f"type of a part that is not there: {name}" for name in overrides if name.lstrip("/") not in parts]
    bare = [
        f"no content type: {name}"
        for name in parts
        if f"/{name}" not in overrides and name.rpartition(".")[2] not in defaults and name != "[Content_Types].xml"
    ]
    return stale + bare + (["a type stands twice"] if len(set(overrides)) != len(overrides) else [])


def _dangling(name: str, root: etree._Element, parts: dict[str, bytes]) -> list[str]:
    folder = posixpath.dirname(posixpath.dirname(name))
    out = []
    for relation in root:
        target = relation.get("Target", "")
        if relation.get("TargetMode") != "External":
            path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            if path not in parts:
                out.append(f"{name} leads to {path}, which is not there")
    return out


def _ids(sheet: str, roots: dict[str, etree._Element]) -> set[str]:
    relations = roots.get(posixpath.join(posixpath.dirname(sheet), "_rels", posixpath.basename(sheet) + ".rels"))
    return {relation.get("Id", "") for relation in relations} if relations is not None else set()


def _sheet_faults(root: etree._Element, formats: int, ids: set[str]) -> list[str]:
    out = []
    children = [etree.QName(child).localname for child in root]
    if children != sorted(children, key=_ORDER.index):
        out.append(f"children out of order: {children}")
    rows = [int(row.get("r", "0")) for row in root.iterfind("m:sheetData/m:row", _NS)]
    if rows != sorted(set(rows)):
        out.append("rows out of order")
    for row in root.iterfind("m:sheetData/m:row", _NS):
        if not 0 <= float(row.get("ht", "0")) <= 409.5:
            out.append(f"row {row.get('r')} is {row.get('ht')} high")
        columns = [_place(cell.get("r", ""))[0] for cell in row]
        if columns != sorted(set(columns)):
            out.append(f"cells of row {row.get('r')} out of order")
        for cell in row:
            if int(cell.get("s", "0")) >= formats:
                out.append(f"{cell.get('r')} has a format that is not there")
            if cell.find("m:f", _NS) is not None:
                out.append(f"{cell.get('r')} holds a formula")
            text = "".join(cell.itertext())
            if len(text.encode("utf-16-le")) // 2 > 32_767:
                out.append(f"{cell.get('r')} holds {len(text)} characters")
    merges = [merge.get("ref", "") for merge in root.iterfind("m:mergeCells/m:mergeCell", _NS)]
    out += [f"merges {a} and {b} overlap" for a, b in combinations(merges, 2) if _overlap(a, b)]
    links = root.findall("m:hyperlinks/m:hyperlink", _NS)
    if len(links) > 65_530:
        out.append(f"{len(links)} links")
    out += [
        f"link of {link.get('ref')} leads nowhere"
        for link in links
        if link.get(f"{{{_RELS}}}id", "") not in ids and not link.get("location")
    ]
    return out


def _place(reference: str) -> tuple[int, int]:
    letters, digits = re.fullmatch(r"([A-Z]+)([0-9]+)", reference).groups()  # type: ignore[union-attr]
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return column, int(digits)


def _overlap(first: str, second: str) -> bool:
    (a, b), (c, d) = ([_place(cell) for cell in reference.split(":")] for reference in (first, second))
    return a[0] <= d[0] and c[0] <= b[0] and a[1] <= d[1] and c[1] <= b[1]
