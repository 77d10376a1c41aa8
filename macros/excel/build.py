"""Build ``fengong.xlam`` (ribbon) and ``fengong_按钮.xlsm`` (sheet buttons) without Excel, the same bytes each time."""

from __future__ import annotations

import tempfile
from pathlib import Path
from xml.sax.saxutils import quoteattr

from pyopenvba import ExcelFile

from macros.excel.vba import ascii_source
from toolkit import opc
from toolkit.registry.buttons import BUTTONS, TAB

HERE = Path(__file__).resolve().parent
_RIBBON_PART = "customUI/customUI.xml"
_RIBBON_RELATION = "http://schemas.microsoft.com/office/2006/relationships/ui/extensibility"
_RIBBON_SPACE = "http://schemas.microsoft.com/office/2006/01/customui"


def modules(*, asks_for_file: bool) -> dict[str, str]:
    """Every module by name, as ASCII source.

    ``asks_for_file``: the button workbook is no plan itself, so its buttons ask for the file they work on.
    """
    sources = {path.stem: path.read_text("utf-8") for path in sorted((HERE / "src").glob("*.bas"))}
    sources["FengongButtons"] = _buttons_module(asks_for_file)
    if not asks_for_file:
        sources["FengongRibbon"] = _RIBBON_MODULE
    return {name: ascii_source(source) for name, source in sources.items()}


_RIBBON_MODULE = """Attribute VB_Name = "FengongRibbon"
Option Explicit

Public Sub FgRibbon(control As IRibbonControl)
    FgPress control.Tag
End Sub
"""


def _buttons_module(asks_for_file: bool) -> str:
    """What differs from button to button, from the registry."""
    lines = ['Attribute VB_Name = "FengongButtons"', "Option Explicit", ""]
    for button in BUTTONS:
        lines += [f"Public Sub Fg{button.id}()", f'    FgPress "{button.id}"', "End Sub", ""]
    for name, texts in (
        ("FgAsks", {button.id: " ".join(ask.value for ask in button.asks) for button in BUTTONS}),
        ("FgLabel", {button.id: button.label for button in BUTTONS}),
    ):
        lines += [f"Public Function {name}(ByVal buttonId As String) As String", "    Select Case buttonId"]
        for identity, text in texts.items():
            lines += [f'        Case "{identity}"', f'            {name} = "{text}"']
        lines += ["    End Select", "End Function", ""]
    lines += ["Public Function FgAsksForFile() As Boolean", f"    FgAsksForFile = {asks_for_file}", "End Function"]
    return "\n".join(lines) + "\n"


def ribbon() -> str:
    """The ribbon tab, from the registry."""
    buttons = "".join(
        f'<button id="Fg{b.id}" label={quoteattr(b.label)} screentip={quoteattr(b.label)} supertip={quoteattr(b.tip)} '
        f'imageMso="{b.icon}" size="large" onAction="FgRibbon" tag="{b.id}"/>'
        for b in BUTTONS
    )
    return (
        f'<customUI xmlns="{_RIBBON_SPACE}"><ribbon><tabs><tab id="FgTab" label={quoteattr(TAB)}>'
        f'<group id="FgGroup" label={quoteattr(TAB)}>{buttons}</group></tab></tabs></ribbon></customUI>'
    )


def build_addin(out: Path) -> Path:
    """Write ``fengong.xlam``."""
    parts = _with_modules(".xlam", modules(asks_for_file=False))
    parts[_RIBBON_PART] = ('<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + ribbon()).encode()
    relations = parts["_rels/.rels"].decode()
    link = f'<Relationship Id="fgRibbon" Type="{_RIBBON_RELATION}" Target="{_RIBBON_PART}"/>'
    parts["_rels/.rels"] = relations.replace("</Relationships>", f"{link}</Relationships>").encode()
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_bytes(opc.write_parts(parts))
    return out


def vba_project(*, asks_for_file: bool) -> bytes:
    """``vbaProject.bin`` with the modules."""
    return _with_modules(".xlsm", modules(asks_for_file=asks_for_file))["xl/vbaProject.bin"]


def _with_modules(suffix: str, sources: dict[str, str]) -> dict[str, bytes]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"fengong{suffix}"
        book = ExcelFile.create_new(str(path))
        project = book.vba_project()
        for name, source in sources.items():
            project.add_module(name, source)
        project.delete_module("Module1")
        book.save()
        book.close()
        return opc.read_parts(path.read_bytes())
