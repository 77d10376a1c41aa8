"""Shared strings and the text of string items: rich text joined, phonetic runs left out (A19)."""

from __future__ import annotations

import re

from toolkit.containers.xmltree import FORBIDDEN, Element, local, parse, unescaped

_PLAIN = re.compile(r'<si>\s*(?:<t(?: xml:space="preserve")?>([^<]*)</t>|<t\s*/>)\s*</si>')
_ITEMS = ("<si>", "<si ", "<si/")
_SPECIAL = ("&", "\r", "\ufffe", "\uffff")
"""Characters of texts that do not stand for themselves."""
_REFERENCE = re.compile(r"&(?:#(\d{1,7})|#x([0-9A-Fa-f]{1,6})|(\w+));")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"', "apos": "'"}


def shared_strings(data: bytes) -> list[str]:
    """The texts of the shared string table, in order; raises :class:`~toolkit.containers.limits.Damaged`."""
    if is_plain(data):
        table = data[max(data.find(b"<sst"), 0) :]
        text = table.decode("utf-8", "replace")
        plain: list[str] = _PLAIN.findall(text)
        if plain and len(plain) == sum(map(text.count, _ITEMS)):
            return plain if stands_for_itself(table, text) else [written(item) for item in plain]
    return [item_text(item) for item in parse(data, "sharedStrings") if local(item) == "si"]


def stands_for_itself(data: bytes, text: str) -> bool:
    """Whether XML, as bytes and decoded, holds no references, escapes or characters that are left out."""
    if any(mark in text for mark in _SPECIAL) or any(piece.startswith("x") for piece in text.split("_")[1:]):
        return False
    return len(data.translate(None, FORBIDDEN)) == len(data)


def is_plain(data: bytes) -> bool:
    """Whether an XML part can be read without asking a parser: UTF-8, no comments, nothing that is said not to be XML.

    What is looked for here and below begins with a character that most parts do not have, which is found much faster.
    """
    head = data[:200].lower()
    return (b"encoding" not in head or b"utf-8" in head) and not (b"!" in data and b"<!" in data)


def runs(item: Element) -> str:
    """The text of a string item as it stands in the XML: its text or those of its runs, without phonetic runs."""
    pieces = []
    for child in item:
        name = local(child)
        if name == "t":
            pieces.append(child.text or "")
        elif name == "r":
            pieces += [text.text or "" for text in child if local(text) == "t"]
    return "".join(pieces)


def item_text(item: Element) -> str:
    """The visible text of a string item."""
    return unescaped(runs(item))


def written(text: str) -> str:
    """The visible text that stands so in XML: references resolved, lines ended as XML ends them."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "&" in text:
        text = _REFERENCE.sub(_character, text)
    return unescaped(text)


def _character(match: re.Match[str]) -> str:
    decimal, hexadecimal, name = match.groups()
    if name is not None:
        return _NAMED.get(name, match[0])
    number = int(decimal) if decimal else int(hexadecimal, 16)
    return chr(number) if number < 0x110000 else "\ufffd"
