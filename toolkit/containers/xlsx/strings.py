"""Shared strings and the text of string items: rich text joined, phonetic runs left out (A19)."""

from __future__ import annotations

import re

from toolkit.containers.xmltree import Element, local, parse, unescaped

_PLAIN = re.compile(rb'<si>\s*(?:<t(?: xml:space="preserve")?>([^<]*)</t>|<t\s*/>)\s*</si>')
_ITEM = re.compile(rb"<si[\s/>]")
_REFERENCE = re.compile(r"&(?:#(\d{1,7})|#x([0-9A-Fa-f]{1,6})|(\w+));")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"', "apos": "'"}


def shared_strings(data: bytes) -> list[str]:
    """The texts of the shared string table, in order; raises :class:`~toolkit.containers.limits.Damaged`."""
    if b"<!" not in data:
        plain = _PLAIN.findall(data)
        if plain and len(plain) == len(_ITEM.findall(data)) and is_utf8(data):
            return [written(text) for text in plain]
    return [item_text(item) for item in parse(data, "sharedStrings") if local(item) == "si"]


def is_utf8(data: bytes) -> bool:
    """Whether an XML part can be read as UTF-8 without asking a parser."""
    head = data[:200].lower()
    return b"encoding" not in head or b"utf-8" in head


def item_text(item: Element) -> str:
    """The visible text of a string item: its text or the texts of its runs, without phonetic runs."""
    pieces = []
    for child in item:
        name = local(child)
        if name == "t":
            pieces.append(child.text or "")
        elif name == "r":
            pieces += [text.text or "" for text in child if local(text) == "t"]
    return unescaped("".join(pieces))


def written(text: bytes) -> str:
    """The text that stands so in XML: references resolved, lines ended as XML ends them."""
    plain = text.decode("utf-8", "replace")
    if "\r" in plain:
        plain = plain.replace("\r\n", "\n").replace("\r", "\n")
    if "&" in plain:
        plain = _REFERENCE.sub(_resolved, plain)
    return unescaped(plain)


def _resolved(match: re.Match[str]) -> str:
    decimal, hexadecimal, name = match.groups()
    if name is not None:
        return _NAMED.get(name, match[0])
    number = int(decimal) if decimal else int(hexadecimal, 16)
    return chr(number) if number < 0x110000 else "\ufffd"
