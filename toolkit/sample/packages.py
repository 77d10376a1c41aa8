"""Changing a few parts of a zipped office file, byte for byte the same every time."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from datetime import datetime

from lxml import etree

from toolkit.opc import MADE_ON_UNIX

CORE = "docProps/core.xml"
_TERMS = "http://purl.org/dc/terms/"
_SCHEMA = "http://www.w3.org/2001/XMLSchema-instance"


def parts(data: bytes) -> dict[str, bytes]:
    """Every part of a zipped file, in its order."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {info.filename: package.read(info) for info in package.infolist() if not info.is_dir()}


def packed(content: Mapping[str, bytes], at: datetime) -> bytes:
    """A zipped file of these parts whose entries all carry one time."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as package:
        for name, part in content.items():
            info = zipfile.ZipInfo(name, date_time=(at.year, at.month, at.day, at.hour, at.minute, at.second))
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = MADE_ON_UNIX
            package.writestr(info, part)
    return stream.getvalue()


def restamped(data: bytes, saved: datetime, changed: Mapping[str, bytes] | None = None) -> bytes:
    """The file with parts replaced, stating ``saved`` (UTC) as its saved time as an office program would."""
    content = parts(data) | dict(changed or {})
    if CORE in content:
        content[CORE] = _stating(content[CORE], saved)
    return packed(content, saved)


def _stating(core: bytes, saved: datetime) -> bytes:
    """Core properties that state when the file was created and last saved."""
    root = etree.fromstring(core)
    for name in (f"{{{_TERMS}}}created", f"{{{_TERMS}}}modified"):
        stated = root.find(name)
        if stated is None:
            stated = etree.SubElement(root, name, {f"{{{_SCHEMA}}}type": "dcterms:W3CDTF"}, {"dcterms": _TERMS})
        stated.text = f"{saved.isoformat(timespec='seconds')}Z"
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def gbk_zip(content: Mapping[str, bytes], at: datetime) -> bytes:
    """An archive as Chinese archivers write it: names in GBK without the flag that says so (A22)."""
    stand_ins = [f"~{index:03d}".ljust(len(name.encode("gbk")), "~") for index, name in enumerate(content)]
    data = packed(dict(zip(stand_ins, content.values(), strict=True)), at)
    for stand_in, name in zip(stand_ins, content, strict=True):
        data = data.replace(stand_in.encode(), name.encode("gbk"))
    return data
