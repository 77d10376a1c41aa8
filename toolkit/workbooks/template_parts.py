"""The workbook around a template's sheet: its parts, and the places where every form differs.

Of a template's parts only a few change from form to form: the sheet of the table, the very hidden
sheet, the workbook (defined names) and the custom properties.  Everything else is deflated once.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from toolkit.identity import STAMP_PROPERTY, STAMP_SHEET
from toolkit.opc import CUSTOM, SEAL, read_parts
from toolkit.workbooks.package import Package
from toolkit.workbooks.sheet_xml import DECLARATION, SPREADSHEET, attribute, escape, plain_sheet

RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_CUSTOM_PROPERTIES = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_VALUE_TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_FMTID = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_CORE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
_NS = {"m": SPREADSHEET, "r": _PACKAGE_RELATIONS, "t": _TYPES}

_HIDDEN_PART = "xl/worksheets/fengong.xml"
_WORKBOOK = "xl/workbook.xml"
_WORKBOOK_RELATIONS = "xl/_rels/workbook.xml.rels"
_CONTENT_TYPES = "[Content_Types].xml"
_NAMES_HERE = "fengong-names-here"
_TABLE_NAMES = ("_xlnm.Print_Titles", "_xlnm.Print_Area", "_xlnm._FilterDatabase")
_AFTER_NAMES = ("calcPr", "oleSize", "customWorkbookViews", "pivotCaches", "webPublishing", "fileRecoveryPr", "extLst")


@dataclass(frozen=True, slots=True)
class Name:
    """A defined name: of the table's sheet when ``local``, else of the workbook."""

    name: str
    value: str
    local: bool = False
    hidden: bool = False

    def xml(self, sheet_index: int) -> str:
        """The element in the workbook part."""
        where = f' localSheetId="{sheet_index}"' if self.local else ""
        hidden = ' hidden="1"' if self.hidden else ""
        return f'<definedName name="{attribute(self.name)}"{where}{hidden}>{escape(self.value)}</definedName>'


class TemplateParts:
    """The parts of a template.  Raises ``ValueError`` or ``KeyError`` when it is no whole .xlsx."""

    def __init__(self, data: bytes) -> None:
        self.data = read_parts(data)
        self._workbook = etree.fromstring(self.data[_WORKBOOK])
        self._relations = etree.fromstring(self.data[_WORKBOOK_RELATIONS])
        self._types = etree.fromstring(self.data[_CONTENT_TYPES])
        self.shared_strings = self._read_strings()
        self._drop_own()

    def visible_sheets(self) -> Iterator[str]:
        """The parts of the sheets a clerk sees, in their order."""
        for sheet in self._sheets():
            if sheet.get("state", "visible") == "visible":
                yield self._target(sheet.get(f"{{{RELATIONS}}}id", ""))

    def package(self, table_part: str, changes: Mapping[str, bytes]) -> BookPackage:
        """What is shared by every workbook made from this template, the table's sheet being ``table_part``."""
        sheets = list(self._sheets())
        index = next(i for i, s in enumerate(sheets) if self._target(s.get(f"{{{RELATIONS}}}id", "")) == table_part)
        sheet_name = sheets[index].get("name", "")
        self._add_hidden_sheet()
        kept = [
            etree.tostring(name, encoding="unicode", with_tail=False)
            for name in self._workbook.iterfind("m:definedNames/m:definedName", _NS)
            if not (name.get("localSheetId") == str(index) and name.get("name") in _TABLE_NAMES)
            and not name.get("name", "").startswith("_fengong")
        ]
        before, after = self._workbook_around_names()
        shared = {
            name: data for name, data in (self.data | dict(changes)).items() if name not in (_WORKBOOK, table_part)
        }
        shared |= {
            _CONTENT_TYPES: _serialise(self._types),
            _WORKBOOK_RELATIONS: _serialise(self._relations),
            "_rels/.rels": self._root_relations(),
            "docProps/core.xml": _core_properties(),
        }
        first = {_CONTENT_TYPES: shared.pop(_CONTENT_TYPES)}
        return BookPackage(Package(first | shared), table_part, sheet_name, index, "".join(kept), before, after)

    def add_type(self, part: str, content_type: str) -> None:
        """Say the type of a part."""
        element = etree.SubElement(self._types, f"{{{_TYPES}}}Override")
        element.set("PartName", f"/{part}")
        element.set("ContentType", content_type)

    def add_default_type(self, extension: str, content_type: str) -> None:
        """Say the type of every part with a file extension."""
        if not any(e.get("Extension", "").lower() == extension for e in self._types.iterfind("t:Default", _NS)):
            element = etree.Element(f"{{{_TYPES}}}Default", Extension=extension, ContentType=content_type)
            self._types.insert(0, element)

    def rename(self, table_part: str, name: str) -> None:
        """Give the table's sheet this name."""
        for sheet in self._sheets():
            if self._target(sheet.get(f"{{{RELATIONS}}}id", "")) == table_part:
                sheet.set("name", name)

    def _sheets(self) -> Iterator[etree._Element]:
        yield from self._workbook.iterfind("m:sheets/m:sheet", _NS)

    def _target(self, relation: str) -> str:
        for element in self._relations.iterfind("r:Relationship", _NS):
            if element.get("Id") == relation:
                target = element.get("Target", "")
                return target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
        raise KeyError(relation)

    def _read_strings(self) -> list[str]:
        xml = self.data.get("xl/sharedStrings.xml")
        if xml is None:
            return []
        return [
            "".join(t.text or "" for t in item.iterfind(".//m:t", _NS))
            for item in etree.fromstring(xml).iterfind("m:si", _NS)
        ]

    def _drop_own(self) -> None:
        """Take out what fengong writes itself and what would be stale: a template may be an old form."""
        for sheet in list(self._sheets()):
            if sheet.get("name") == STAMP_SHEET:
                self._drop_part(self._target(sheet.get(f"{{{RELATIONS}}}id", "")))
                if (parent := sheet.getparent()) is not None:
                    parent.remove(sheet)
        for part in ("xl/calcChain.xml", CUSTOM, "docProps/core.xml"):
            self._drop_part(part)

    def _drop_part(self, part: str) -> None:
        self.data.pop(part, None)
        for element in list(self._types.iterfind("t:Override", _NS)):
            if element.get("PartName") == f"/{part}":
                self._types.remove(element)
        for element in list(self._relations.iterfind("r:Relationship", _NS)):
            if self._target(element.get("Id", "")) == part:
                self._relations.remove(element)

    def _add_hidden_sheet(self) -> None:
        worksheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
        self.add_type(_HIDDEN_PART, worksheet)
        self.add_type(CUSTOM, "application/vnd.openxmlformats-officedocument.custom-properties+xml")
        self.add_type("docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml")
        relation = etree.SubElement(self._relations, f"{{{_PACKAGE_RELATIONS}}}Relationship")
        relation.set("Id", "rIdFengong")
        relation.set("Type", f"{RELATIONS}/worksheet")
        relation.set("Target", _HIDDEN_PART.removeprefix("xl/"))
        sheets = self._workbook.find("m:sheets", _NS)
        if sheets is None:
            raise KeyError("sheets")
        sheet = etree.SubElement(sheets, f"{{{SPREADSHEET}}}sheet", name=STAMP_SHEET)
        sheet.set("sheetId", str(1 + max(int(s.get("sheetId", "0")) for s in self._sheets())))
        sheet.set("state", "veryHidden")
        sheet.set(f"{{{RELATIONS}}}id", "rIdFengong")

    def _workbook_around_names(self) -> tuple[str, str]:
        names = self._workbook.find("m:definedNames", _NS)
        if names is None:
            names = etree.Element(f"{{{SPREADSHEET}}}definedNames")
            after = next((e for tag in _AFTER_NAMES for e in self._workbook.iterfind(f"m:{tag}", _NS)), None)
            place = len(self._workbook) if after is None else self._workbook.index(after)
            self._workbook.insert(place, names)
        for child in list(names):
            names.remove(child)
        names.text = _NAMES_HERE
        before, _, after_text = _serialise(self._workbook).decode().partition(_NAMES_HERE)
        return before, after_text

    def _root_relations(self) -> bytes:
        root = etree.fromstring(self.data["_rels/.rels"])
        for element in list(root):
            if element.get("Type", "").endswith(("/custom-properties", "/core-properties")):
                root.remove(element)
        for identifier, kind, target in (
            ("rIdFengongCustom", f"{RELATIONS}/custom-properties", CUSTOM),
            ("rIdFengongCore", _CORE.replace("/metadata/core", "/relationships/metadata/core"), "docProps/core.xml"),
        ):
            element = etree.SubElement(root, f"{{{_PACKAGE_RELATIONS}}}Relationship")
            element.set("Id", identifier)
            element.set("Type", kind)
            element.set("Target", target)
        return _serialise(root)


@dataclass(frozen=True, slots=True)
class BookPackage:
    """A template ready to be written many times."""

    package: Package
    table_part: str
    sheet_name: str
    sheet_index: int
    kept_names: str
    workbook_before: str
    workbook_after: str

    def quoted_sheet(self) -> str:
        """The table's sheet as formulas name it."""
        return "'" + self.sheet_name.replace("'", "''") + "'"

    def build(
        self,
        table: bytes,
        hidden_rows: Iterable[Iterable[str]],
        names: Iterable[Name],
        stamp: str,
        parts: Mapping[str, bytes] | None = None,
    ) -> bytes:
        """The bytes of one workbook: its table, its very hidden rows, its names and its custom property."""
        own = "".join(name.xml(self.sheet_index) for name in names)
        workbook = f"{self.workbook_before}{self.kept_names}{own}{self.workbook_after}"
        return self.package.with_parts(
            {
                _WORKBOOK: workbook.encode(),
                self.table_part: table,
                _HIDDEN_PART: plain_sheet(hidden_rows),
                **(parts or {}),
            },
            lambda seal: _custom_properties({STAMP_PROPERTY: stamp, SEAL: seal}),
        )


def _serialise(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _custom_properties(values: Mapping[str, str]) -> bytes:
    properties = "".join(
        f'<property fmtid="{_FMTID}" pid="{number}" name="{name}"><vt:lpwstr>{escape(value)}</vt:lpwstr></property>'
        for number, (name, value) in enumerate(values.items(), 2)
    )
    return (
        f'{DECLARATION}<Properties xmlns="{_CUSTOM_PROPERTIES}" xmlns:vt="{_VALUE_TYPES}">{properties}</Properties>'
    ).encode()


def _core_properties() -> bytes:
    """Without times: a workbook nobody has saved yet states none (A5 reads them)."""
    return (
        f'{DECLARATION}<cp:coreProperties xmlns:cp="{_CORE}" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        "<dc:creator>fengong</dc:creator></cp:coreProperties>"
    ).encode()
