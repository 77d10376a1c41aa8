"""Build ``fengong.oxt``, the LibreOffice extension: a menu and a toolbar 任务分工, from the registry of buttons."""

from __future__ import annotations

import json
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from macros.libreoffice import functions
from toolkit import __version__, opc
from toolkit.registry.buttons import BUTTONS, TAB, Button

HERE = Path(__file__).resolve().parent
EXTENSION = "cn.fengong.buttons"
_XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
_OOR = 'xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema"'


def build(out: Path) -> Path:
    """Write the extension to ``out``; two builds are byte-identical.

    Without LibreOffice's ``unoidl-write`` it has the buttons but no cell functions.
    """
    parts = {
        "description.xml": _description(),
        "Addons.xcu": _addons(),
        "CalcWindowState.xcu": _window_state(),
        "buttons.json": _registry(),
        "python/fengong_buttons.py": (HERE / "python" / "fengong_buttons.py").read_text("utf-8"),
        "描述.txt": "分工：任务分工的菜单和工具栏。按钮调用本机安装的分工程序，不联网，不改动您打开的文件。\n",
    }
    whole = {name: text.encode() for name, text in parts.items()}
    library = functions.type_library()
    if library is not None:
        whole["functions.rdb"] = library
        whole["CalcAddIns.xcu"] = functions.description().encode()
        whole["python/fengong_functions.py"] = (HERE / "python" / "fengong_functions.py").read_bytes()
        names = [(method, name, function.spills) for method, name, function in functions.methods()]
        whole["python/functions.json"] = json.dumps(names, ensure_ascii=False).encode()
    whole["META-INF/manifest.xml"] = _manifest(with_functions=library is not None).encode()
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_bytes(opc.write_parts(whole))
    return out


def _manifest(*, with_functions: bool) -> str:
    entries = [
        ("application/vnd.sun.star.configuration-data", "Addons.xcu"),
        ("application/vnd.sun.star.configuration-data", "CalcWindowState.xcu"),
        ("application/vnd.sun.star.uno-component;type=Python", "python/fengong_buttons.py"),
    ]
    if with_functions:
        entries = [
            ("application/vnd.sun.star.uno-typelibrary;type=RDB", "functions.rdb"),
            *entries,
            ("application/vnd.sun.star.configuration-data", "CalcAddIns.xcu"),
            ("application/vnd.sun.star.uno-component;type=Python", "python/fengong_functions.py"),
        ]
    rows = "".join(
        f"<manifest:file-entry manifest:media-type={quoteattr(kind)} manifest:full-path={quoteattr(name)}/>"
        for kind, name in entries
    )
    return f'{_XML}<manifest:manifest xmlns:manifest="http://openoffice.org/2001/manifest">{rows}</manifest:manifest>'


def _description() -> str:
    return (
        f'{_XML}<description xmlns="http://openoffice.org/extensions/description/2006" '
        'xmlns:xlink="http://www.w3.org/1999/xlink">'
        f'<identifier value="{EXTENSION}"/><version value="{__version__}"/>'
        '<display-name><name lang="zh-CN">分工</name><name lang="en">fengong</name></display-name>'
        '<extension-description><src lang="zh-CN" xlink:href="描述.txt"/></extension-description>'
        "</description>"
    )


def _registry() -> str:
    buttons = [{"id": b.id, "label": b.label, "tip": b.tip, "asks": [ask.value for ask in b.asks]} for b in BUTTONS]
    return json.dumps(buttons, ensure_ascii=False, indent=1)


def _addons() -> str:
    items = "".join(_item(f"m{place:02}", button) for place, button in enumerate(BUTTONS))
    return (
        f'{_XML}<oor:component-data {_OOR} oor:name="Addons" oor:package="org.openoffice.Office">'
        '<node oor:name="AddonUI"><node oor:name="OfficeMenuBar">'
        f'<node oor:name="{EXTENSION}" oor:op="replace">{_title(TAB)}'
        f'{_value("Target", "_self")}<node oor:name="Submenu">{items}</node></node></node>'
        f'<node oor:name="OfficeToolBar"><node oor:name="{EXTENSION}.bar" oor:op="replace">{items}</node></node>'
        "</node></oor:component-data>"
    )


def _window_state() -> str:
    """The toolbar's name, and that it stands docked under the others."""
    return (
        f'{_XML}<oor:component-data {_OOR} oor:name="CalcWindowState" oor:package="org.openoffice.Office.UI">'
        '<node oor:name="UIElements"><node oor:name="States">'
        f'<node oor:name="private:resource/toolbar/addon_{EXTENSION}.bar" oor:op="replace">{_title(TAB, "UIName")}'
        f"{_value('Docked', 'true')}{_value('DockingArea', '0')}{_value('DockPos', '0,2')}{_value('Visible', 'true')}"
        "</node></node></node></oor:component-data>"
    )


def _item(name: str, button: Button) -> str:
    return (
        f'<node oor:name="{name}" oor:op="replace">{_value("URL", f"service:cn.fengong.Button?{button.id}")}'
        f"{_title(button.label)}{_value('Target', '_self')}"
        f"{_value('Context', 'com.sun.star.sheet.SpreadsheetDocument,com.sun.star.frame.StartModule')}</node>"
    )


def _title(text: str, name: str = "Title") -> str:
    values = "".join(f'<value xml:lang="{language}">{escape(text)}</value>' for language in ("zh-CN", "en-US"))
    return f'<prop oor:name="{name}">{values}</prop>'


def _value(name: str, text: str) -> str:
    return f'<prop oor:name="{name}"><value>{escape(text)}</value></prop>'
