"""OFD, the national layout format: named, not read; no well-kept library reads it."""

from __future__ import annotations

from toolkit.containers.content import Content, FileKind
from toolkit.findings import files as found


def read_ofd(data: bytes, name: str) -> Content:
    """A finding that says into what the document has to be converted; ``name`` is for messages."""
    return Content(FileKind.OFD, findings=[found.OFD.at()])
