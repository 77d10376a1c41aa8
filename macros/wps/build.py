"""Build the WPS add-in: the folder ``fengong_VERSION`` with ribbon, scripts and pictures, from the registry."""

from __future__ import annotations

import json
from pathlib import Path
from xml.sax.saxutils import quoteattr

from macros.excel.button_book import picture
from toolkit import __version__
from toolkit.registry.buttons import BUTTONS, TAB

HERE = Path(__file__).resolve().parent
FOLDER = f"fengong_{__version__}"


def build(out: Path) -> Path:
    """Write the add-in folder below ``out`` and return it; two builds are byte-identical."""
    folder = out / FOLDER
    for name, text in {
        "index.html": _INDEX,
        "ribbon.xml": ribbon(),
        "manifest.xml": _MANIFEST.format(version=__version__),
        "main.js": (HERE / "src" / "main.js").read_text("utf-8"),
        "js/config.js": config(program="", agent=""),
    }.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    (folder / "images").mkdir(exist_ok=True)
    for button in BUTTONS:
        (folder / "images" / f"Fg{button.id}.png").write_bytes(picture(button.id))
    return folder


def config(*, program: str, agent: str) -> str:
    """What the scripts know of this machine; the installer writes it anew with the real paths."""
    buttons = [{"id": b.id, "label": b.label, "asks": [ask.value for ask in b.asks]} for b in BUTTONS]
    data = {"program": program, "agent": agent, "buttons": buttons}
    return f"fgConfig = {json.dumps(data, ensure_ascii=True)};\n"


def ribbon() -> str:
    """The ribbon tab; WPS wants no XML declaration."""
    buttons = "".join(
        f'<button id="Fg{b.id}" label={quoteattr(b.label)} supertip={quoteattr(b.tip)} size="large" '
        'onAction="OnAction" getImage="GetImage"/>'
        for b in BUTTONS
    )
    return (
        '<customUI xmlns="http://schemas.microsoft.com/office/2006/01/customui" onLoad="OnAddinLoad">'
        f'<ribbon startFromScratch="false"><tabs><tab id="FgTab" label={quoteattr(TAB)}>'
        f'<group id="FgGroup" label={quoteattr(TAB)}>{buttons}</group></tab></tabs></ribbon></customUI>\n'
    )


_INDEX = (
    '<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="UTF-8"><title>任务分工</title>'
    '<script src="main.js"></script><script src="js/config.js"></script></head><body></body></html>\n'
)
_MANIFEST = (
    "<JsPlugin><ApiVersion>1.0.0</ApiVersion><Name>fengong</Name><Version>{version}</Version>"
    "<Description>任务分工</Description></JsPlugin>\n"
)
