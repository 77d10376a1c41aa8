"""Web pages (.html, .mhtml), also those that Word and Excel save and that arrive named .doc or .xls."""

from __future__ import annotations

import email
import email.policy
import re
from email.message import EmailMessage

from lxml import etree

from toolkit.containers.content import Content, FileKind
from toolkit.containers.documents.guard import guarded
from toolkit.containers.documents.html_blocks import HtmlReader
from toolkit.containers.encoding import decode
from toolkit.containers.limits import Damaged
from toolkit.findings import files as found

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_\-]+)", re.IGNORECASE)
_HEAD = 4_096


@guarded(FileKind.HTML)
def read_html(data: bytes, name: str) -> Content:
    """The blocks of a web page, its furniture left out; ``name`` is for messages."""
    declared = _CHARSET.search(data[:_HEAD])
    return _page(data, declared[1].decode("ascii") if declared else None, FileKind.HTML)


@guarded(FileKind.MHTML)
def read_mhtml(data: bytes, name: str) -> Content:
    """The blocks of a web page that was saved as one file: those of its first page part."""
    message = email.message_from_bytes(data.lstrip(), policy=email.policy.default)
    for part in message.walk():
        if part.get_content_type() == "text/html" and isinstance(part, EmailMessage):
            body = part.get_payload(decode=True)
            if isinstance(body, bytes):
                return _page(body, part.get_content_charset(), FileKind.MHTML)
    raise Damaged(found.NO_PAGE.at())


def _page(data: bytes, declared: str | None, kind: FileKind) -> Content:
    decoded = decode(data, declared)
    if decoded is None:
        raise Damaged(found.TEXT_UNDECODABLE.at())
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    root = etree.fromstring(decoded.text.replace("\x00", "").encode("utf-8", "replace"), parser)
    body = root.find("body") if root is not None else None
    if body is None:
        raise Damaged(found.NO_PAGE.at())
    content = Content(kind, blocks=HtmlReader(body).blocks())
    if decoded.lossy:
        content.findings.append(found.TEXT_LOSSY.at())
    return content
