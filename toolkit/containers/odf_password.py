"""OpenDocument files with a password to open (A18).

Source: OpenDocument 1.3 part 2, chapter 5 (encryption), as LibreOffice writes it: each part deflated, then
AES-CBC under a key of its own.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import io
import zipfile
import zlib
from collections.abc import Iterator

from toolkit.containers import limits
from toolkit.containers.limits import LimitExceeded, Unreadable
from toolkit.containers.safexml import refuse_dtd
from toolkit.containers.safezip import open_zip
from toolkit.containers.xmltree import Element, attribute, local, parse, small_number
from toolkit.findings import files as found

_MANIFEST = "META-INF/manifest.xml"
_NEEDED = ("content.xml", "styles.xml", "meta.xml")
_MOST_ITERATIONS = 2_000_000


def opened(data: bytes, password: str | None) -> bytes:
    """The OpenDocument file without encryption; ``data`` itself when it has none.

    Raises :class:`Unreadable` without the right password, and for ways of encryption other than AES-CBC.
    """
    package = open_zip(data)
    manifest = package.read(_MANIFEST) if _MANIFEST in package else b""
    if b"encryption-data" not in manifest:
        return data
    if not password:
        raise Unreadable(found.ENCRYPTED.at())
    refuse_dtd(manifest, _MANIFEST)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as plain:
        plain.writestr("mimetype", package.read("mimetype"), zipfile.ZIP_STORED)
        for name, encryption in _encrypted_parts(parse(manifest, _MANIFEST)):
            if name in package:
                entry_time = next(entry.time for entry in package.entries() if entry.name == name)
                plain.writestr(zipfile.ZipInfo(name, entry_time), _decrypted(package.read(name), encryption, password))
    return buffer.getvalue()


def _encrypted_parts(manifest: Element) -> Iterator[tuple[str, Element]]:
    for entry in manifest:
        name = attribute(entry, "full-path") or ""
        for child in entry:
            if local(child) == "encryption-data" and name in _NEEDED:
                yield name, child


def _decrypted(stored: bytes, encryption: Element, password: str) -> bytes:
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

    told = {local(child): child for child in encryption}
    try:
        algorithm, derivation = told["algorithm"], told["key-derivation"]
        start = hashlib.sha256 if "sha256" in _told(told["start-key-generation"], "name") else hashlib.sha1
        rounds = small_number(attribute(derivation, "iteration-count"))
        if not _told(algorithm, "name").endswith("cbc") or not 0 < rounds <= _MOST_ITERATIONS:
            raise Unreadable(found.ENCRYPTED.at())
        salt = base64.b64decode(attribute(derivation, "salt") or "")
        size = small_number(attribute(derivation, "key-size")) or 16
        key = hashlib.pbkdf2_hmac("sha1", start(password.encode()).digest(), salt, rounds, min(size, 32))
        vector = base64.b64decode(attribute(algorithm, "initialisation-vector") or "")
        cipher = Cipher(algorithms.AES(key), modes.CBC(vector)).decryptor()
        return _inflated(cipher.update(stored) + cipher.finalize())
    except (KeyError, ValueError, binascii.Error, zlib.error) as failure:
        raise Unreadable(found.WRONG_PASSWORD.at()) from failure


def _told(element: Element, ending: str) -> str:
    """The attribute whose name ends so: ``algorithm-name``, ``start-key-generation-name``."""
    return next((value for key, value in element.attrib.items() if key.endswith(ending)), "")


def _inflated(deflated: bytes) -> bytes:
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    plain = inflater.decompress(deflated, limits.PART_BYTES)
    if inflater.unconsumed_tail:
        raise LimitExceeded(found.ZIP_LIMIT.at(reason="解压后过大"))
    if not inflater.eof:
        raise ValueError("the password is wrong")
    return plain
