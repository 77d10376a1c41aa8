"""A zip whose headers are not believed: limits are counted while inflating, twins and overlaps refused."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import NamedTuple

from toolkit.containers import limits
from toolkit.containers.limits import Damaged, LimitExceeded
from toolkit.findings import files as found

_LOCAL_HEADER = struct.Struct("<4s2xHH16xHH")
_LOCAL_MAGIC = b"PK\x03\x04"
_CENTRAL_MAGIC = b"PK\x01\x02"
_END_MAGIC = b"PK\x05\x06"
_LOCATOR_MAGIC = b"PK\x06\x07"
_LISTED = struct.Struct("<4s2xH4H3I3H8xI")
"""An entry of the directory: magic, version, flags, method, time, date, checksum, stored and inflated bytes, lengths
of name, extra field and comment, place."""
_END = struct.Struct("<4s4H2IH")
"""The end of the directory: magic, two disks, entries twice, size and place of the directory, length of a comment."""
_LOCATOR_SIZE = 20
_NEWEST_VERSION = 63
"""Of the format, that Python's own reader knows."""
_STORED, _DEFLATED = zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED
METHODS = (_STORED, _DEFLATED)
_ENCRYPTED_FLAG = 0x1
_UTF8_FLAG = 0x800
_UNICODE_PATH = 0x7075
_STEP = 1 << 18
_OLDEST = (1980, 1, 1, 0, 0, 0)


class Entry(NamedTuple):
    """One file of a zip, as its directory states it."""

    name: str
    """Decoded (UTF-8, the unicode path field, else GB18030), slashes forward."""
    start: int
    """Where its local header begins."""
    stored: int
    """Bytes it takes in the zip."""
    inflated: int
    """Bytes it claims to take inflated; not believed."""
    method: int
    crc: int
    encrypted: bool
    time: tuple[int, int, int, int, int, int]

    @property
    def is_folder(self) -> bool:
        """Whether it stands for a folder."""
        return self.name.endswith("/")


class SafeZip:
    """A zip read part by part; what is inflated is counted over all parts."""

    def __init__(self, data: bytes, entries: tuple[Entry, ...]) -> None:
        self._data = data
        self._entries = {entry.name: entry for entry in entries}
        self._inflated: dict[int, int] = {}

    def names(self) -> list[str]:
        """The names of all files, folders left out, in the order of the directory."""
        return [name for name, entry in self._entries.items() if not entry.is_folder]

    def entries(self) -> Iterator[Entry]:
        """All entries, folders too."""
        return iter(self._entries.values())

    def __contains__(self, name: object) -> bool:
        return name in self._entries

    def read(self, name: str) -> bytes:
        """The bytes of one part; ``KeyError`` for a name that is not there, else as :meth:`read_entry`."""
        return self.read_entry(self._entries[name])

    def read_entry(self, entry: Entry, most: int = limits.PART_BYTES) -> bytes:
        """The bytes of an entry, at most so many.

        Raises :class:`LimitExceeded` past a limit, :class:`Damaged` when the part is cut short or its
        checksum is wrong.
        """
        body = self._body(entry)
        content = body if entry.method == _STORED else self._inflate(entry, body, most)
        if len(content) > most:
            raise LimitExceeded(found.ZIP_LIMIT.at(reason=f"{entry.name} 过大"))
        if zlib.crc32(content) != entry.crc:
            raise Damaged(found.ZIP_DAMAGED.at(reason=f"{entry.name} 校验码不符"))
        self._count(entry, len(content))
        return content

    def _body(self, entry: Entry) -> bytes:
        header = self._data[entry.start : entry.start + _LOCAL_HEADER.size]
        if len(header) < _LOCAL_HEADER.size or header[:4] != _LOCAL_MAGIC:
            raise Damaged(found.ZIP_DAMAGED.at(reason=f"{entry.name} 缺少文件头"))
        _, flags, method, name_length, extra_length = _LOCAL_HEADER.unpack(header)
        if method != entry.method or flags & _ENCRYPTED_FLAG:
            raise LimitExceeded(found.ZIP_LIMIT.at(reason=f"{entry.name} 前后文件头不一致"))
        begin = entry.start + _LOCAL_HEADER.size + name_length + extra_length
        body = self._data[begin : begin + entry.stored]
        if len(body) < entry.stored:
            raise Damaged(found.ZIP_DAMAGED.at(reason=f"{entry.name} 不完整"))
        return body

    def _inflate(self, entry: Entry, body: bytes, most: int) -> bytes:
        inflater = zlib.decompressobj(-zlib.MAX_WBITS)
        pieces = []
        size = 0
        try:
            while not inflater.eof:
                piece = inflater.decompress(body, _STEP)
                body = inflater.unconsumed_tail
                if not piece and not body:
                    break
                pieces.append(piece)
                size += len(piece)
                if size > most or (size > limits.RATIO_FROM and size > limits.RATIO * max(entry.stored, 1)):
                    raise LimitExceeded(found.ZIP_LIMIT.at(reason=f"{entry.name} 解压后过大"))
        except zlib.error as failure:
            raise Damaged(found.ZIP_DAMAGED.at(reason=f"{entry.name} 解压失败")) from failure
        if not inflater.eof:
            raise Damaged(found.ZIP_DAMAGED.at(reason=f"{entry.name} 不完整"))
        return b"".join(pieces)

    def _count(self, entry: Entry, size: int) -> None:
        """Count what is inflated over all entries; reading one twice costs no more than once."""
        self._inflated[entry.start] = size
        if sum(self._inflated.values()) > limits.INFLATED_BYTES:
            raise LimitExceeded(found.ZIP_LIMIT.at(reason=f"{entry.name} 解压后过大"))


def open_zip(data: bytes) -> SafeZip:
    """The package in ``data`` (.xlsx, .ods, .docx …), its directory checked.

    Raises :class:`LimitExceeded` for too many entries, twins (case and slashes folded), overlaps,
    ``..``, unknown methods and encrypted parts; :class:`Damaged` when there is no directory.
    """
    entries = read_directory(data)
    refuse_overlaps(entries)
    seen: set[str] = set()
    for entry in entries:
        if (reason := _strangeness(entry, seen)) is not None:
            raise LimitExceeded(found.ZIP_LIMIT.at(reason=f"{entry.name} {reason}"))
    return SafeZip(data, entries)


def _strangeness(entry: Entry, seen: set[str]) -> str | None:
    """What no honest program writes into a package; ``seen`` collects the folded names."""
    if entry.encrypted:
        return "已加密"
    if entry.method not in METHODS:
        return "用了少见的压缩方式"
    if ".." in entry.name.split("/"):
        return "指向文件之外"
    folded = entry.name.casefold()
    if folded in seen:
        return "出现了两次"
    seen.add(folded)
    return None


def refuse_overlaps(entries: tuple[Entry, ...]) -> None:
    """Raise :class:`LimitExceeded` when two entries share bytes: a bomb that is larger than it looks."""
    end = -1
    for entry in sorted(entries, key=lambda entry: entry.start):
        if entry.start < end:
            raise LimitExceeded(found.ZIP_LIMIT.at(reason=f"{entry.name} 与别的部分重叠"))
        end = entry.start + _LOCAL_HEADER.size + entry.stored


def read_directory(data: bytes) -> tuple[Entry, ...]:
    """The entries a zip's directory lists, unchecked.

    Raises :class:`Damaged` when there is none, :class:`LimitExceeded` when it lists too many.
    """
    if _listed(data) > limits.ZIP_ENTRIES:
        raise LimitExceeded(found.ZIP_LIMIT.at(reason=f"内含部分超过 {limits.ZIP_ENTRIES} 个"))
    usual = _usual_directory(data)
    return _any_directory(data) if usual is None else usual


def _usual_directory(data: bytes) -> tuple[Entry, ...] | None:
    """The entries of a directory as office programs write it, ``None`` when anything in it is unusual or amiss.

    Usual is: ASCII names without extra fields and comments, the directory right before its end, the end at the end of
    the file.
    """
    end = len(data) - _END.size
    if end < 0:
        return None
    magic, disk, other_disk, here, count, size, place, comment = _END.unpack_from(data, end)
    is_plain = magic == _END_MAGIC and not (disk or other_disk or comment) and here == count
    if not is_plain or place + size != end or data.startswith(_LOCATOR_MAGIC, max(0, end - _LOCATOR_SIZE)):
        return None
    entries: list[Entry] = []
    while place + _LISTED.size <= end:
        (magic, version, flags, method, time, day, crc, stored, inflated, length, extra, comment, start) = (
            _LISTED.unpack_from(data, place)
        )
        place += _LISTED.size + length
        name = data[place - length : place]
        is_plain = magic == _CENTRAL_MAGIC and version <= _NEWEST_VERSION and not (extra or comment)
        if not is_plain or not name.isascii():
            return None
        when = (day >> 9) + 1980, day >> 5 & 15, day & 31, time >> 11, time >> 5 & 63, (time & 31) * 2
        is_encrypted = bool(flags & _ENCRYPTED_FLAG)
        told = _told(name.decode("ascii"))
        entries.append(Entry(told, start, stored, inflated, method, crc, is_encrypted, max(_OLDEST, when)))
    return tuple(entries) if place == end else None


def _any_directory(data: bytes) -> tuple[Entry, ...]:
    """The entries as Python's own reader finds them; raises :class:`Damaged`."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OverflowError, struct.error, NotImplementedError, IndexError) as failure:
        raise Damaged(found.ZIP_DAMAGED.at(reason="压缩结构不完整")) from failure
    return tuple(
        Entry(
            name=_name(info),
            start=info.header_offset,
            stored=info.compress_size,
            inflated=info.file_size,
            method=info.compress_type,
            crc=info.CRC,
            encrypted=bool(info.flag_bits & _ENCRYPTED_FLAG),
            time=max(_OLDEST, info.date_time),
        )
        for info in infos
    )


def _listed(data: bytes) -> int:
    """About how many entries the directory has, before anything is made of each."""
    end = data.rfind(_END_MAGIC)
    if end < 0:
        return 0
    size = int.from_bytes(data[end + 12 : end + 16], "little")
    return data.count(_CENTRAL_MAGIC, max(0, end - size), end)


def _name(info: zipfile.ZipInfo) -> str:
    """The name in the right characters: Chinese Windows writes GBK without saying so (A22)."""
    name = info.orig_filename
    if not info.flag_bits & _UTF8_FLAG and not name.isascii():
        raw = name.encode("cp437", "replace")
        name = _unicode_path(info.extra, raw) or _decoded(raw)
    return _told(name)


def _told(name: str) -> str:
    """A name up to where C programs end it, slashes forward."""
    return name.split("\0")[0].replace("\\", "/")


def _decoded(raw: bytes) -> str:
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("cp437")


def _unicode_path(extra: bytes, raw: bytes) -> str | None:
    """The name in an Info-ZIP unicode path field, when it belongs to the name beside it."""
    while len(extra) >= 4:
        tag, size = struct.unpack_from("<HH", extra)
        body, extra = extra[4 : 4 + size], extra[4 + size :]
        if tag == _UNICODE_PATH and len(body) > 5 and struct.unpack_from("<L", body, 1)[0] == zlib.crc32(raw):
            try:
                return body[5:].decode()
            except UnicodeDecodeError:
                return None
    return None
