"""The worksheet functions as real cell functions of LibreOffice: their type library and their description.

A function of Calc is a method of a UNO interface, so the registry becomes an IDL file that LibreOffice's own
``unoidl-write`` (Debian: libreoffice-dev) compiles at build time.  Each function has two methods, for its Chinese name
and its ASCII twin.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path
from xml.sax.saxutils import escape

from toolkit.registry.functions import FUNCTIONS, Parameter, WorksheetFunction

SERVICE = "cn.fengong.Functions"
_TOOL = Path("/usr/lib/libreoffice/sdk/bin/unoidl-write")
_TYPES = (Path("/usr/lib/libreoffice/program/types.rdb"), Path("/usr/lib/libreoffice/program/types/offapi.rdb"))
_TABLE = "sequence< sequence< any > >"
_LANGUAGES = ("zh-CN", "en-US")


def methods() -> list[tuple[str, str, WorksheetFunction]]:
    """(method, name shown in cells, function): ``fgUnits`` for the twin, ``fgUnitsCn`` for the Chinese name."""
    pairs = []
    for function in FUNCTIONS:
        method = "fg" + function.twin.removeprefix("FG_").title().replace("_", "")
        pairs += [(method, function.twin, function), (method + "Cn", function.name, function)]
    return pairs


def interface() -> str:
    """The IDL of the interface with a method for every name of every function."""
    lines = ["module cn { module fengong {", "interface XFunctions {"]
    for method, _, function in methods():
        arguments = ", ".join(f"[in] {_type(p)} {p.name.replace('_', '')}" for p in function.parameters)
        lines.append(f"    {_TABLE if function.spills else 'any'} {method}({arguments});")
    return "\n".join([*lines, "};", "}; };", ""])


def _type(parameter: Parameter) -> str:
    return _TABLE if parameter.many else "any"


def type_library() -> bytes | None:
    """The compiled interface, ``None`` where LibreOffice's ``unoidl-write`` is not installed."""
    tool = _TOOL if _TOOL.exists() else shutil.which("unoidl-write")
    if tool is None or not all(path.exists() for path in _TYPES):
        return None
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "XFunctions.idl"), Path(folder, "functions.rdb")
        source.write_text(interface(), "ascii")
        subprocess.run([str(tool), *map(str, _TYPES), str(source), str(target)], check=True, capture_output=True)
        return target.read_bytes()


def description() -> str:
    """``CalcAddIns.xcu``: names, help texts, categories and arguments, from the registry."""
    nodes = "".join(_function(method, name, function) for method, name, function in methods())
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<oor:component-data xmlns:oor="http://openoffice.org/2001/registry" '
        'xmlns:xs="http://www.w3.org/2001/XMLSchema" oor:name="CalcAddIns" oor:package="org.openoffice.Office">'
        f'<node oor:name="AddInInfo"><node oor:name="{SERVICE}" oor:op="replace">'
        f'<node oor:name="AddInFunctions">{nodes}</node></node></node></oor:component-data>'
    )


def _function(method: str, name: str, function: WorksheetFunction) -> str:
    parameters = "".join(
        f'<node oor:name="{p.name.replace("_", "")}" oor:op="replace">'
        f"{_text('DisplayName', p.label)}{_text('Description', p.help)}</node>"
        for p in function.parameters
    )
    return (
        f'<node oor:name="{method}" oor:op="replace">{_text("DisplayName", name)}{_text("Description", function.help)}'
        '<prop oor:name="Category"><value>Add-In</value></prop>'
        f"{_text('CompatibilityName', name)}"
        f'<node oor:name="Parameters">{parameters}</node></node>'
    )


def _text(name: str, text: str) -> str:
    values = "".join(f'<value xml:lang="{language}">{escape(text)}</value>' for language in _LANGUAGES)
    return f'<prop oor:name="{name}">{values}</prop>'
