"""What lies over the cells: pictures, text boxes, comments (A11, A20)."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass

from toolkit.containers.content import Span
from toolkit.containers.xlsx.outline import read_range
from toolkit.containers.xlsx.package import Package, Relation
from toolkit.containers.xlsx.strings import item_text
from toolkit.containers.xmltree import Element, attribute, local, parse, small_number

_CELL_IMAGES = "xl/cellimages.xml"
"""Where WPS keeps the pictures that DISPIMG shows."""


@dataclass(frozen=True, slots=True)
class Floating:
    """Something anchored with its upper left corner over a cell."""

    row: int
    column: int
    picture: str = ""
    """Name of the picture, empty when it is a text box."""
    text: str = ""


def read_drawing(package: Package, part: str) -> Iterator[Floating]:
    """The pictures, embedded objects and text boxes of a drawing part."""
    data = package.read(part)
    if data is None:
        return
    media = package.relations(part)
    for anchor in parse(data, part):
        corner = next((child for child in anchor if local(child) == "from"), None)
        place = {local(child): child.text for child in corner} if corner is not None else {}
        row, column = small_number(place.get("row")), small_number(place.get("col"))
        for shape in anchor.iter():
            if local(shape) == "pic":
                yield Floating(row, column, picture=_picture_name(shape, media))
            elif local(shape) == "sp" and (text := _text(shape)):
                yield Floating(row, column, text=text)


def _picture_name(shape: Element, media: dict[str, Relation]) -> str:
    name = ""
    for part in shape.iter():
        if local(part) == "cNvPr":
            name = part.get("descr") or part.get("name") or ""
        elif local(part) == "blip" and not name:
            relation = media.get(attribute(part, "embed") or "")
            name = posixpath.basename(relation.target) if relation else ""
    return name.strip() or "图片"


def _text(shape: Element) -> str:
    paragraphs = (part for part in shape.iter() if local(part) == "p")
    lines = ("".join(run.text or "" for run in line.iter() if local(run) == "t") for line in paragraphs)
    return " ".join(filter(None, map(str.strip, lines)))


def cell_pictures(package: Package) -> dict[str, str]:
    """The pictures that DISPIMG shows: id → description."""
    data = package.read(_CELL_IMAGES)
    if data is None:
        return {}
    names = (part for part in parse(data, _CELL_IMAGES).iter() if local(part) == "cNvPr")
    return {part.get("name", ""): part.get("descr") or part.get("name") or "" for part in names}


def read_comments(package: Package, parts: list[str]) -> dict[tuple[int, int], str]:
    """The comments in some parts by cell, threaded ones in full."""
    notes: dict[tuple[int, int], str] = {}
    threads: dict[tuple[int, int], list[str]] = {}
    for part in parts:
        data = package.read(part)
        for comment in parse(data, part).iter() if data else ():
            span: Span | None = read_range(comment.get("ref", ""))
            if span is None:
                continue
            for text in comment:
                if local(text) != "text":
                    continue
                if local(comment) == "threadedComment":
                    threads.setdefault((span.top, span.left), []).append(text.text or "")
                else:
                    notes[span.top, span.left] = item_text(text)
    return notes | {cell: "\n".join(lines) for cell, lines in threads.items()}
