"""The charts of the template, led to the rows of the table they show.

A chart in the template refers to the one example row of its sheet.  Its references are stretched over
the rows that were written, and the values it caches are written too, so that programs that do not
calculate show it right.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from lxml import etree

from toolkit.workbooks.summary.sheet import WrittenSheet
from toolkit.workbooks.summary.table import Scalar

_CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_NS = {"c": _CHART}
_REFERENCE = re.compile(r"'?(?P<sheet>[^'!]+)'?!\$(?P<column>[A-Z]{1,3})\$(?P<row>\d+)(?::\$[A-Z]{1,3}\$\d+)?")


def stretched(xml: bytes, sheets: Mapping[str, WrittenSheet]) -> bytes:
    """The chart part with every reference to a table's first row stretched over the table."""
    root = etree.fromstring(xml)
    for formula in list(root.iter(f"{{{_CHART}}}f")):
        found = _REFERENCE.fullmatch(formula.text or "")
        sheet = sheets.get(found["sheet"]) if found else None
        if found is None or sheet is None or int(found["row"]) != sheet.first_row:
            continue
        values = sheet.values(_column_number(found["column"]))
        last = sheet.first_row + max(len(values), 1) - 1
        formula.text = f"'{sheet.name}'!${found['column']}${sheet.first_row}:${found['column']}${last}"
        _cache(formula.getparent(), values)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _cache(reference: etree._Element | None, values: list[Scalar]) -> None:
    if reference is None:
        return
    numeric = etree.QName(reference).localname == "numRef"
    for name in ("numCache", "strCache"):
        for old in reference.findall(f"c:{name}", _NS):
            reference.remove(old)
    cache = etree.SubElement(reference, f"{{{_CHART}}}{'numCache' if numeric else 'strCache'}")
    if numeric:
        etree.SubElement(cache, f"{{{_CHART}}}formatCode").text = "General"
    etree.SubElement(cache, f"{{{_CHART}}}ptCount").set("val", str(len(values)))
    for index, value in enumerate(values):
        if value is None or (numeric and not isinstance(value, int | float)):
            continue
        point = etree.SubElement(cache, f"{{{_CHART}}}pt")
        point.set("idx", str(index))
        etree.SubElement(point, f"{{{_CHART}}}v").text = repr(value) if numeric else str(value)


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
