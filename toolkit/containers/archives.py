"""Files that hold files: .zip, .7z and .eml, opened in memory; nothing is ever written to disk."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from toolkit.containers import limits, pool
from toolkit.containers.content import FileKind
from toolkit.containers.limits import Damaged, LimitExceeded, Unreadable
from toolkit.containers.safezip import METHODS, Entry, SafeZip, read_directory, refuse_overlaps
from toolkit.findings import files as found
from toolkit.model import Finding

KINDS = (FileKind.ZIP, FileKind.SEVEN_ZIP, FileKind.EML)
"""What can be opened here."""
_UNPACKED_BYTES = 256 * limits.MEBIBYTE
"""What an archive that cannot be read part by part may hold."""


@dataclass(frozen=True, slots=True)
class Member:
    """A file in an archive."""

    name: str
    size: int = 0
    refusal: Finding | None = None
    """Why it cannot be read."""


class Archive(Protocol):
    """A file that holds files."""

    members: tuple[Member, ...]

    def read(self, index: int) -> bytes:
        """The bytes of a member; raises :class:`Unreadable`."""


def open_archive(data: bytes, kind: FileKind, password: str | None = None, *, isolated: bool = False) -> Archive:
    """The archive in ``data``; raises :class:`Unreadable`.

    ``isolated``: formats whose library cannot be bounded are unpacked in a worker process; not needed inside one.
    """
    if kind is FileKind.ZIP:
        return ZipArchive(data, password)
    if not isolated:
        return Unpacked(unpack((kind, data, password)))
    (outcome,) = pool.run(unpack, [(kind, data, password)])
    if outcome.value is None:
        raise Damaged(outcome.finding or found.ARCHIVE_DAMAGED.at(reason=""))
    return Unpacked(outcome.value)


class ZipArchive:
    """A .zip of forms: a strange entry is refused alone, overlapping ones refuse the whole."""

    def __init__(self, data: bytes, password: str | None) -> None:
        directory = read_directory(data)
        refuse_overlaps(directory)
        self._data = data
        self._password = password
        self._zip = SafeZip(data, directory)
        self._entries = [(place, entry) for place, entry in enumerate(directory) if not entry.is_folder]
        self.members = tuple(Member(entry.name, entry.inflated, self._refusal(entry)) for _, entry in self._entries)

    def _refusal(self, entry: Entry) -> Finding | None:
        if entry.encrypted:
            return None if self._password else found.ARCHIVE_ENCRYPTED.at()
        return None if entry.method in METHODS else found.ARCHIVE_METHOD.at()

    def read(self, index: int) -> bytes:
        """The bytes of a member; raises :class:`Unreadable`."""
        place, entry = self._entries[index]
        if (refusal := self.members[index].refusal) is not None:
            raise LimitExceeded(refusal)
        if entry.encrypted:
            return self._decrypt(place)
        return self._zip.read_entry(entry, limits.FILE_BYTES)

    def _decrypt(self, place: int) -> bytes:
        for encoding in ("utf-8", "gb18030"):
            try:
                with zipfile.ZipFile(io.BytesIO(self._data)) as archive:
                    archive.setpassword((self._password or "").encode(encoding))
                    with archive.open(archive.infolist()[place]) as stream:
                        content = stream.read(limits.FILE_BYTES + 1)
            except (RuntimeError, zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, ValueError):
                continue
            limits.check_size(len(content))
            return content
        raise Unreadable(found.ARCHIVE_ENCRYPTED.at())


class Unpacked:
    """An archive that was unpacked at once."""

    def __init__(self, files: Sequence[tuple[str, bytes]]) -> None:
        self._contents = [content for _, content in files]
        self.members = tuple(Member(name, len(content)) for name, content in files)

    def read(self, index: int) -> bytes:
        """The bytes of a member."""
        return self._contents[index]


def unpack(job: tuple[FileKind, bytes, str | None]) -> list[tuple[str, bytes]]:
    """Names and bytes of all members of a .7z or .eml; raises :class:`Unreadable`."""
    kind, data, password = job
    return _unpack_mail(data) if kind is FileKind.EML else _unpack_7z(data, password)


def _unpack_7z(data: bytes, password: str | None) -> list[tuple[str, bytes]]:
    import lzma

    import py7zr
    from py7zr.exceptions import ArchiveError, PasswordRequired

    try:
        with py7zr.SevenZipFile(io.BytesIO(data), password=password, max_extract_size=_UNPACKED_BYTES) as archive:
            if archive.needs_password() and not password:
                raise Unreadable(found.ARCHIVE_ENCRYPTED.at())
            factory = py7zr.io.BytesIOFactory(_UNPACKED_BYTES)
            names = [entry.filename for entry in archive.list() if not entry.is_directory]
            if len(names) > limits.ZIP_ENTRIES:
                raise LimitExceeded(found.ZIP_LIMIT.at(reason=f"内含 {len(names)} 个文件"))
            archive.extractall(factory=factory)
    except PasswordRequired as failure:
        raise Unreadable(found.ARCHIVE_ENCRYPTED.at()) from failure
    except (ArchiveError, lzma.LZMAError, zlib.error, ValueError, EOFError, OSError, LookupError, TypeError) as failure:
        if password:
            raise Unreadable(found.ARCHIVE_ENCRYPTED.at()) from failure
        raise Damaged(found.ARCHIVE_DAMAGED.at(reason=type(failure).__name__)) from failure
    return [(name, factory.products[name].read()) for name in names if name in factory.products]


def _unpack_mail(data: bytes) -> list[tuple[str, bytes]]:
    from email import policy
    from email.message import EmailMessage
    from email.parser import BytesParser

    mail = BytesParser(policy=policy.default).parsebytes(data)
    files: list[tuple[str, bytes]] = []
    for part in mail.walk():
        name = part.get_filename()
        if part.is_multipart() or (name is None and part.get_content_maintype() == "text"):
            continue
        content = part.get_payload(decode=True)
        if isinstance(content, bytes) and isinstance(part, EmailMessage):
            files.append((name or f"附件{len(files) + 1}", content))
    if not files:
        raise Unreadable(found.MAIL_EMPTY.at())
    return files
