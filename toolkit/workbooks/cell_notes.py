"""Cell notes (批注) of a sheet: the comments part and the drawing that Excel shows them with."""

from __future__ import annotations

import posixpath
from collections.abc import Sequence
from dataclasses import dataclass

from toolkit.containers.content import cell_name
from toolkit.workbooks.sheet_xml import DECLARATION, SPREADSHEET, escape
from toolkit.workbooks.template_parts import RELATIONS, TemplateParts

_COMMENTS = "xl/fengongComments.xml"
_DRAWING = "xl/drawings/fengongNotes.vml"
_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_DRAWING_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_PACKAGE_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_LINE_CHARACTERS = 24


@dataclass(frozen=True, slots=True)
class CellNote:
    """A note on one cell, 0-based."""

    row: int
    column: int
    text: str


def note_parts(parts: TemplateParts, sheet_part: str, notes: Sequence[CellNote]) -> tuple[dict[str, bytes], str]:
    """The parts to add to a workbook, and the element that the sheet needs; nothing without notes."""
    if not notes:
        return {}, ""
    parts.add_type(_COMMENTS, _COMMENTS_TYPE)
    parts.add_default_type("vml", _DRAWING_TYPE)
    folder, name = posixpath.split(sheet_part)
    relations = f"{folder}/_rels/{name}.rels"
    links = "".join(
        f'<Relationship Id="{identifier}" Type="{RELATIONS}/{kind}" Target="/{target}"/>'
        for identifier, kind, target in (
            ("rIdNotes", "comments", _COMMENTS),
            ("rIdNotesDrawing", "vmlDrawing", _DRAWING),
        )
    )
    added = {
        relations: f'{DECLARATION}<Relationships xmlns="{_PACKAGE_RELATIONS}">{links}</Relationships>'.encode(),
        _COMMENTS: _comments(notes),
        _DRAWING: _drawing(notes),
    }
    return added, '<legacyDrawing r:id="rIdNotesDrawing"/>'


def _comments(notes: Sequence[CellNote]) -> bytes:
    items = "".join(
        f'<comment ref="{cell_name(note.row, note.column)}" authorId="0"><text><r><rPr><sz val="10"/></rPr>'
        f'<t xml:space="preserve">{escape(note.text)}</t></r></text></comment>'
        for note in notes
    )
    return (
        f'{DECLARATION}<comments xmlns="{SPREADSHEET}"><authors><author>fengong</author></authors>'
        f"<commentList>{items}</commentList></comments>"
    ).encode()


def _drawing(notes: Sequence[CellNote]) -> bytes:
    shapes = "".join(_shape(index, note) for index, note in enumerate(notes, 1))
    return (
        '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
        ' xmlns:x="urn:schemas-microsoft-com:office:excel">'
        '<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/></o:shapelayout>'
        '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
        '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
        f"{shapes}</xml>"
    ).encode()


def _shape(index: int, note: CellNote) -> str:
    lines = sum(1 + len(line) // _LINE_CHARACTERS for line in note.text.split("\n"))
    height = min(400, 16 * lines + 12)
    return (
        f'<v:shape id="_x0000_s{1024 + index}" type="#_x0000_t202" fillcolor="#ffffe1" o:insetmode="auto"'
        f' style="position:absolute;margin-left:60pt;margin-top:2pt;width:260pt;height:{height}pt;'
        f'z-index:{index};visibility:hidden">'
        '<v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>'
        '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
        f'<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:AutoFill>False</x:AutoFill>'
        f"<x:Row>{note.row}</x:Row><x:Column>{note.column}</x:Column></x:ClientData></v:shape>"
    )
