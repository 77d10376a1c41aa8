"""XML without surprises: no document type, no entities, no network."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from toolkit.containers.limits import Damaged, LimitExceeded
from toolkit.findings import files as found

if TYPE_CHECKING:
    from lxml import etree

_DTD = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<")


def refuse_dtd(data: bytes, part: str) -> None:
    """Raise :class:`LimitExceeded` when a part declares a document type or an entity, also in UTF-16."""
    plain = data.replace(b"\x00", b"") if data.startswith(_UTF16_MARKS) else data
    if b"!" in plain and _DTD.search(plain):  # most parts have none, and one character is found much faster
        raise LimitExceeded(found.XML_UNSAFE.at(part=part))


def parse(data: bytes, part: str) -> etree._Element:
    """The root of an XML part; raises :class:`LimitExceeded` for a document type, :class:`Damaged` for bad XML."""
    from lxml import etree  # a spreadsheet is read without it, and it is costly to load

    refuse_dtd(data, part)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as failure:
        raise Damaged(found.XML_DAMAGED.at(part=part, reason=str(failure))) from failure
