"""Putting the add-ins where the office programs look for them, and taking them out again.  No administrator needed.

WPS reads ``publish.xml`` in its ``jsaddons`` folder: our line is merged into it, the lines of others stay as they
are, and ``authaddin.json`` is never written (the host itself asks the clerk to trust the add-in).
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from defusedxml.ElementTree import fromstring
from lxml import etree

from toolkit import __version__, outputs
from toolkit.agent import agent_file
from toolkit.findings import CannotDo
from toolkit.findings import command as found
from toolkit.model import Finding, Json, Progress, no_progress
from toolkit.resources import addins_dir

Action = Literal["install", "uninstall", "status"]
ACTIONS: tuple[str, ...] = ("install", "uninstall", "status")
_NAME = "fengong"
_PUBLISH = "publish.xml"


@dataclass(frozen=True, slots=True)
class Place:
    """One add-in: for which program, whether it is installed, what the clerk has to do."""

    program: str
    path: Path
    installed: bool
    sentence: str


@dataclass(frozen=True, slots=True)
class AddinResult:
    """How the add-ins stand now."""

    action: Action
    places: tuple[Place, ...]
    findings: tuple[Finding, ...] = ()

    @property
    def files(self) -> tuple[Path, ...]:
        """What is installed."""
        return tuple(place.path for place in self.places if place.installed)

    def to_json(self) -> Json:
        """Program, path and whether it is installed."""
        return {
            "action": self.action,
            "addins": [
                {"program": p.program, "path": str(p.path), "installed": p.installed, "advice": p.sentence}
                for p in self.places
            ],
        }

    def sentences(self) -> list[str]:
        """What a person reads."""
        return [
            f"{p.program}：{'已安装' if p.installed else '未安装'}　{p.path}\n    {p.sentence}" for p in self.places
        ]


def addin(action: Action, *, program: Path | None = None, progress: Progress = no_progress) -> AddinResult:
    """Install, remove or look for the add-ins of WPS, and of Excel on Windows.

    ``program`` is what the add-ins start; by default this program.  Raises :class:`CannotDo` when the built add-ins
    are not there or WPS's list of add-ins cannot be read (it is never overwritten).
    """
    wps, excel = wps_folder(os.environ), excel_folder(os.environ)
    if action == "install":
        built = addins_dir()
        if built is None:
            raise CannotDo(found.NO_ADDINS.at())
        _install_wps(built, wps, program or _this_program())
        if excel is not None:
            excel.mkdir(parents=True, exist_ok=True)
            shutil.copy(built / "fengong.xlam", excel / "fengong.xlam")
    elif action == "uninstall":
        _uninstall_wps(wps)
        if excel is not None:
            (excel / "fengong.xlam").unlink(missing_ok=True)
    return AddinResult(action, _places(wps, excel))


def wps_folder(environment: Mapping[str, str], platform: str = sys.platform) -> Path:
    """Where WPS keeps its JavaScript add-ins."""
    if platform == "win32":
        return Path(environment["APPDATA"]) / "kingsoft" / "wps" / "jsaddons"
    return Path(environment["HOME"]) / ".local" / "share" / "Kingsoft" / "wps" / "jsaddons"


def excel_folder(environment: Mapping[str, str], platform: str = sys.platform) -> Path | None:
    """Excel's folder of add-ins, ``None`` where there is no Excel."""
    return Path(environment["APPDATA"]) / "Microsoft" / "AddIns" if platform == "win32" else None


def _this_program() -> Path:
    name = "fengong.exe" if sys.platform == "win32" else "fengong"
    return Path(sys.executable).with_name(name)  # the window installs the console program beside it


# --- WPS -----------------------------------------------------------------------------------


def _install_wps(built: Path, folder: Path, program: Path) -> None:
    """Copy the add-in folder, tell it where the program is, and add our line to the list."""
    listing = _listing(folder)
    source = next(path for path in (built / "wps").iterdir() if path.is_dir())
    target = folder / source.name
    _remove_folders(folder)
    shutil.copytree(source, target)
    script = (target / "js" / "config.js").read_text("utf-8")
    data = json.loads(script.removeprefix("fgConfig = ").rstrip().rstrip(";"))
    data |= {"program": str(program), "agent": str(agent_file())}
    text = f"fgConfig = {json.dumps(data, ensure_ascii=True)};\n"
    outputs.write_bytes(target / "js" / "config.js", text.encode())
    _remove_ours(listing)
    line = {
        "name": _NAME,
        "type": "et",
        "url": source.name,
        "version": __version__,
        "enable": "enable_dev",
        "install": "null",
        "customDomain": "",
    }
    etree.SubElement(listing, "jsplugin", line)
    _write_listing(folder, listing)


def _uninstall_wps(folder: Path) -> None:
    if (folder / _PUBLISH).exists():
        listing = _listing(folder)
        _remove_ours(listing)
        if len(listing):
            _write_listing(folder, listing)
        else:
            (folder / _PUBLISH).unlink()
    _remove_folders(folder)


def _listing(folder: Path) -> etree._Element:
    """The list of add-ins as it stands, an empty one where there is none."""
    path = folder / _PUBLISH
    if not path.exists():
        return etree.Element("jsplugins")
    data = path.read_bytes()
    try:
        fromstring(data)  # refuses entities before lxml sees them
        return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    except Exception as problem:
        raise CannotDo(found.WPS_LIST_BROKEN.at(path=str(path))) from problem


def _remove_ours(listing: etree._Element) -> None:
    for line in listing.findall("jsplugin"):
        if line.get("name") == _NAME:
            listing.remove(line)


def _remove_folders(folder: Path) -> None:
    for path in folder.glob(f"{_NAME}_*"):
        if path.is_dir():
            shutil.rmtree(path)


def _write_listing(folder: Path, listing: etree._Element) -> None:
    text = etree.tostring(listing, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    outputs.write_bytes(folder / _PUBLISH, text)


# --- how it stands --------------------------------------------------------------------------


def _places(wps: Path, excel: Path | None) -> tuple[Place, ...]:
    listed = (wps / _PUBLISH).exists() and any(line.get("name") == _NAME for line in _listing(wps).findall("jsplugin"))
    places = [
        Place("WPS 表格", wps, listed, "重新打开 WPS 表格；第一次会问是否信任，请选“信任”，上方就有“任务分工”一栏。")
    ]
    if excel is not None:
        sentence = "在 Excel 里点 文件 → 选项 → 加载项 → 转到，勾选 Fengong，上方就有“任务分工”一栏。"
        places.append(Place("Excel", excel / "fengong.xlam", (excel / "fengong.xlam").exists(), sentence))
    built = addins_dir()
    if built is not None:
        sentence = "在 LibreOffice 里点 工具 → 扩展管理器 → 添加，选这个文件。"
        places.append(Place("LibreOffice", built / "fengong.oxt", False, sentence))
    return tuple(places)
