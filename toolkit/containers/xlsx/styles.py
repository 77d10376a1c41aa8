"""Which number format each cell style has."""

from __future__ import annotations

from toolkit.containers.numberformat import NumberFormat, built_in
from toolkit.containers.numberformat import parse as parse_format
from toolkit.containers.remembering import remembered
from toolkit.containers.xmltree import local, parse, small_number


@remembered
def number_formats(data: bytes, name: str) -> tuple[NumberFormat | None, ...]:
    """By style number (``s`` of a cell): its format, ``None`` where numbers are shown plainly."""
    root = parse(data, name)
    custom: dict[int, str] = {}
    formats: list[NumberFormat | None] = []
    for part in root:
        if local(part) == "numFmts":
            custom = {small_number(item.get("numFmtId")): item.get("formatCode", "") for item in part}
        elif local(part) == "cellXfs":
            ids = [small_number(item.get("numFmtId")) for item in part]
            formats = [parse_format(custom[i]) if i in custom else built_in(i) for i in ids]
    return tuple(formats)
