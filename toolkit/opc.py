"""The zip of parts that .xlsx and .docx files are: read, written with fixed dates, sealed.

A *seal* is a custom document property that holds a digest of every other part.  It tells later whether
anybody saved the file since fengong wrote it: every program that saves a document writes its parts
anew, so an edited or merely re-saved file is no longer as sealed (contract *Safety*: what a clerk
edited is kept).
"""

from __future__ import annotations

import hashlib
import html
import io
import re
import zipfile
from collections.abc import Mapping
from pathlib import Path

SEAL = "fengong-seal"
"""Name of the custom property."""
CUSTOM = "docProps/custom.xml"

_REFUSED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_DATE = (1980, 1, 1, 0, 0, 0)
MADE_ON_UNIX = 3
"""What entries of a zip say of the system they were made on, whichever it was: else the bytes would differ."""
_TYPES = "[Content_Types].xml"
_RELATIONS = "_rels/.rels"
_FMTID = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_CUSTOM_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_CUSTOM_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
_SEALED = re.compile(rb'name="' + SEAL.encode() + rb'"><vt:lpwstr>([0-9a-f]{64})<')


def holdable(text: str) -> str:
    """Text without what XML refuses: control characters and lone surrogates become a visible U+FFFD."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _REFUSED.sub("\ufffd", text) if _REFUSED.search(text) else text


def read_parts(data: bytes) -> dict[str, bytes]:
    """The parts of a document of our own by name, in their order.  Raises ``ValueError`` when it is no zip."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return {info.filename: archive.read(info) for info in archive.infolist() if not info.is_dir()}
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError) as fault:
        raise ValueError("not a zip") from fault


def write_parts(parts: Mapping[str, bytes]) -> bytes:
    """A zip of the parts; the same parts give the same bytes."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, data in parts.items():
            entry = zipfile.ZipInfo(name, _DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = MADE_ON_UNIX
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, data)
    return stream.getvalue()


def sealed(parts: Mapping[str, bytes], properties: Mapping[str, str] | None = None) -> dict[str, bytes]:
    """The parts with a seal and ``properties`` as their custom properties, which replace any that were there."""
    out = declared(parts)
    return out | {CUSTOM: custom_properties({**(properties or {}), SEAL: digest(out)})}


def declared(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """The parts without their custom properties, but told of by content types and relations."""
    out = {name: data for name, data in parts.items() if name != CUSTOM}
    if b"/docProps/custom.xml" not in out[_TYPES]:
        override = f'<Override PartName="/{CUSTOM}" ContentType="{_CUSTOM_TYPE}"/></Types>'
        out[_TYPES] = out[_TYPES].replace(b"</Types>", override.encode())
    if CUSTOM.encode() not in out[_RELATIONS]:
        relation = f'<Relationship Id="rIdSeal" Type="{_CUSTOM_RELATION}" Target="{CUSTOM}"/></Relationships>'
        out[_RELATIONS] = out[_RELATIONS].replace(b"</Relationships>", relation.encode())
    return out


def custom_properties(texts: Mapping[str, str]) -> bytes:
    """The part of the custom properties."""
    items = "".join(
        f'<property fmtid="{_FMTID}" pid="{place}" name="{html.escape(name)}">'
        f"<vt:lpwstr>{html.escape(holdable(text))}</vt:lpwstr></property>"
        for place, (name, text) in enumerate(texts.items(), start=2)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
        'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
        f"{items}</Properties>"
    ).encode()


def unsealed(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """The parts with a seal that no longer holds: what a person changed is kept like any file somebody edited."""
    return {name: _SEALED.sub(b'name="' + SEAL.encode() + b'"><vt:lpwstr><', data) for name, data in parts.items()}


def digest(parts: Mapping[str, bytes]) -> str:
    """A hash of every part but the custom properties, whatever their order in the zip."""
    return digest_of({name: hashlib.sha256(data).hexdigest() for name, data in parts.items() if name != CUSTOM})


def digest_of(hashes: Mapping[str, str]) -> str:
    """The same from the SHA-256 of every part but the custom properties, for who has most of them already."""
    whole = hashlib.sha256()
    for name in sorted(hashes):
        whole.update(f"{name}\0{hashes[name]}\n".encode())
    return whole.hexdigest()


def untouched(path: Path) -> bool:
    """Whether the file is still exactly as fengong wrote it; ``False`` for anything it did not seal."""
    try:
        parts = read_parts(path.read_bytes())
    except (OSError, ValueError):
        return False
    found = _SEALED.search(parts.get(CUSTOM, b""))
    return found is not None and found.group(1).decode() == digest(parts)
