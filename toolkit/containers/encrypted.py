"""Workbooks and documents with a password to open (A18)."""

from __future__ import annotations

import io

from toolkit.containers.limits import Unreadable, check_size
from toolkit.findings import files as found

_EXCEL_DEFAULT = "VelvetSweatshop"
"""The password Excel itself tries first: workbooks that are only protected against changes have it."""


def decrypt(data: bytes, password: str | None) -> bytes:
    """The file inside an encrypted one; raises :class:`Unreadable` without the right password."""
    import msoffcrypto

    for candidate in (_EXCEL_DEFAULT, password):
        if not candidate:
            continue
        opened = io.BytesIO()
        try:
            office = msoffcrypto.OfficeFile(io.BytesIO(data))
            office.load_key(password=candidate)
            office.decrypt(opened)
        except Exception:
            continue  # a wrong password, an unknown scheme and damage look much the same here
        plain = opened.getvalue()
        if plain:
            check_size(len(plain))
            return plain
    raise Unreadable(found.WRONG_PASSWORD.at() if password else found.ENCRYPTED.at())
