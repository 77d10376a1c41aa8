"""Every file below the paths a clerk gives, archives opened, each met exactly once in a fixed order."""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path, PurePosixPath

from toolkit.containers import limits
from toolkit.containers.address import Address
from toolkit.containers.archives import KINDS, Archive, open_archive
from toolkit.containers.content import FileKind
from toolkit.containers.limits import Unreadable
from toolkit.containers.reader import load
from toolkit.containers.sniff import sniff
from toolkit.findings import files as found
from toolkit.model import Finding

INSIDE = "!/"
"""Between an archive's path and the name of a file in it."""
_DEPTH = 2
"""Archives within archives that are opened."""
_HASHED_BYTES = 4096 * limits.MEBIBYTE
"""Files too large to be read (videos as evidence) are still hashed up to this size."""
_JUNK = re.compile(
    r"~\$.*|\.~.*|\._.*|\.fengong-.*|~.*\.tmp|thumbs\.db|ehthumbs\.db|desktop\.ini|\.ds_store|__macosx", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Met:
    """One file that was met; small, and fit to be sent to a worker process."""

    path: str
    """Its name in results: relative to the path given, ``a.zip!/b.xlsx`` inside an archive."""
    file: Path
    """The file on disk, of the outermost archive when it lies in one."""
    members: tuple[int, ...] = ()
    """Its place in the archives around it, outermost first."""
    size: int = 0
    sha256: str = ""
    """Empty when it could not be read."""
    kind: FileKind | None = None
    """By its bytes; ``None`` when it was not read."""
    skipped: bool = False
    """Lock files and the like: listed, never read."""
    container: bool = False
    """An archive whose files follow."""
    findings: tuple[Finding, ...] = ()
    password: str | None = field(default=None, repr=False)
    address: Address | None = None
    """Where the bytes are fetched from when ``file`` lies on no disk of this machine."""

    @property
    def name(self) -> str:
        """The last part of its path."""
        return PurePosixPath(self.path.replace(INSIDE, "/")).name

    def read_bytes(self) -> bytes:
        """Its bytes; raises :class:`Unreadable` for what could not be read when it was met either."""
        if not self.members:
            return load(self.address or self.file)
        *around, index = self.members
        return _archive(self.address or self.file, tuple(around), self.password).read(index)


def walk(paths: Sequence[Path | Address], *, password: str | None = None) -> Iterator[Met]:
    """Every file at or below ``paths``; never raises for what it meets below a path.

    An address that is not reached raises :class:`toolkit.findings.CannotDo`.

    Order: by path, whatever the file system says.  A file that two of the paths reach is met once.  With
    several paths, as much of the folders' names is put in front as makes all paths different.  ``password``
    opens encrypted archives.
    """
    for label, file in _labelled(paths):
        yield from _meet(label, file, password)


# --- folders -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Root:
    """A path the clerk gave, and the files at or below it."""

    top: Path | Address
    folders: tuple[str, ...]
    """Its own folder names, outermost first."""
    inside: Sequence[tuple[str, ...]]
    """Names below ``top``."""


def _labelled(paths: Sequence[Path | Address]) -> list[tuple[str, Path | Address]]:
    """All files with the path each is shown under, in order."""
    seen: set[Path] = set()
    roots = [
        _Root(path, path.parts, list(path.files())) if isinstance(path, Address) else _root(path, seen)
        for path in paths
    ]
    prefixes = _prefixes(roots)
    return [
        ("/".join(map(_shown, (*prefix, *parts))) or _shown(root.top.name), root.top.joinpath(*parts))
        for prefix, root in zip(prefixes, roots, strict=True)
        for parts in root.inside
    ]


def _root(path: Path, seen: set[Path]) -> _Root:
    """A path on this machine, with those of its files that are not ``seen`` yet."""
    is_folder = _is_folder(path)
    top = path if is_folder else path.parent
    inside = sorted(_files(path)) if is_folder else [(path.name,)]
    real = os.path.realpath(top)
    fresh = [parts for parts in inside if Path(real, *parts) not in seen]
    seen.update(Path(real, *parts) for parts in fresh)
    return _Root(top, Path(real).parts[1:], fresh)


def _is_folder(path: Path) -> bool:
    """Whether a path the clerk gave is a folder; a link to one is followed, as it was asked for by name."""
    try:
        return path.is_dir()
    except OSError:
        return False


def _prefixes(roots: list[_Root]) -> list[tuple[str, ...]]:
    """For each root the least of its own folder names, the same number for all, that keeps paths apart."""
    folders = [root.folders for root in roots]
    for depth in range(max(map(len, folders), default=0) + 1):
        prefixes = [parts[len(parts) - depth :] if depth else () for parts in folders]
        labels = Counter((*p, *parts) for p, root in zip(prefixes, roots, strict=True) for parts in root.inside)
        if max(labels.values(), default=1) == 1:
            return prefixes
    return folders


def _files(top: Path) -> Iterator[tuple[str, ...]]:
    """Names, below ``top``, of everything that is no folder, and of folders that cannot be entered."""
    waiting: list[tuple[str, ...]] = [()]
    while waiting:
        parts = waiting.pop()
        try:
            with os.scandir(top.joinpath(*parts)) as entries:
                for entry in entries:
                    inside = (*parts, entry.name)
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append(inside)
                    else:
                        yield inside
        except OSError:
            yield parts


def _shown(name: str) -> str:
    """A name that can be written anywhere: bytes that are no UTF-8 are most likely GBK."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return os.fsencode(name).decode("gb18030", "replace")
    return name


# --- files ---------------------------------------------------------------------------------


def _meet(label: str, file: Path | Address, password: str | None) -> Iterator[Met]:
    if isinstance(file, Address):
        yield from _meet_afar(label, file, password)
        return
    if _is_junk(label):
        yield Met(label, file, (), _size(file), _hash(file), skipped=True, findings=(found.JUNK.at(path=label),))
        return
    try:
        data = load(file)
    except Unreadable as refusal:
        yield Met(label, file, size=_size(file), sha256=_hash(file), findings=(_at(refusal, label),))
    else:
        yield from _open(label, file, (), data, password)


def _meet_afar(label: str, address: Address, password: str | None) -> Iterator[Met]:
    nowhere = Path(address.shown)
    try:
        data = load(address)
    except Unreadable as refusal:
        yield Met(label, nowhere, findings=(_at(refusal, label),), address=address)
        return
    if _is_junk(label):
        digest = hashlib.sha256(data).hexdigest()
        yield Met(label, nowhere, (), len(data), digest, skipped=True, findings=(found.JUNK.at(path=label),))
        return
    for met in _open(label, nowhere, (), data, password):
        yield replace(met, address=address)


def _open(label: str, file: Path, members: tuple[int, ...], data: bytes, password: str | None) -> Iterator[Met]:
    """The file with these bytes, and the files in it."""
    kind = sniff(data)
    digest = hashlib.sha256(data).hexdigest()

    def met(*findings: Finding, container: bool = False) -> Met:
        return Met(
            label, file, members, len(data), digest, kind, container=container, findings=findings, password=password
        )

    if kind is FileKind.RAR:
        yield met(found.RAR.at(path=label))
    elif kind not in KINDS:
        yield met()
    elif len(members) >= _DEPTH:
        yield met(found.ARCHIVE_NESTED.at(path=label))
    else:
        try:
            archive = open_archive(data, kind, password, isolated=True)
        except Unreadable as refusal:
            yield met(_at(refusal, label))
            return
        yield met(*() if archive.members else (found.ARCHIVE_EMPTY.at(path=label),), container=True)
        yield from _inside(label, file, members, archive, password)


def _inside(label: str, file: Path, members: tuple[int, ...], archive: Archive, password: str | None) -> Iterator[Met]:
    names = _distinct([_inner_name(member.name) for member in archive.members])
    for name, index in sorted((name, index) for index, name in enumerate(names)):
        inner, place = f"{label}{INSIDE}{name}", (*members, index)
        size = archive.members[index].size
        try:
            data = archive.read(index)
        except Unreadable as refusal:
            yield Met(inner, file, place, size, findings=(_at(refusal, inner),), password=password)
            continue
        if _is_junk(name):
            digest = hashlib.sha256(data).hexdigest()
            yield Met(inner, file, place, size, digest, skipped=True, findings=(found.JUNK.at(path=inner),))
            continue
        yield from _open(inner, file, place, data, password)


def _inner_name(name: str) -> str:
    """A name in an archive as it is shown: relative, without ``..``, never used to build a path."""
    parts = [("_" if part == ".." else part) for part in name.replace("\\", "/").split("/") if part not in ("", ".")]
    return "/".join(parts).encode("utf-8", "replace").decode() or "_"


def _distinct(names: list[str]) -> list[str]:
    """The names, those that repeat numbered: ``a.xlsx``, ``a(2).xlsx``."""
    used: set[str] = set()
    distinct = []
    for name in names:
        candidate, count = name, 1
        while candidate in used:
            count += 1
            path = PurePosixPath(name)
            candidate = str(path.with_name(f"{path.stem}({count}){path.suffix}"))
        used.add(candidate)
        distinct.append(candidate)
    return distinct


def _is_junk(label: str) -> bool:
    return any(_JUNK.fullmatch(part) for part in label.split("/"))


def _at(refusal: Unreadable, label: str) -> Finding:
    return replace(refusal.finding, path=label)


def _size(file: Path) -> int:
    try:
        return file.lstat().st_size
    except OSError:
        return 0


def _hash(file: Path) -> str:
    """The hash of a file that is empty or too large to be read; empty when it is no regular file or beyond measure."""
    try:
        status = file.lstat()
        if not stat.S_ISREG(status.st_mode) or status.st_size > _HASHED_BYTES:
            return ""
        with file.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return ""


@lru_cache(maxsize=2)
def _archive(file: Path | Address, members: tuple[int, ...], password: str | None) -> Archive:
    """The archive at a place, kept open while its files are read one after another."""
    if members:
        *around, index = members
        data = _archive(file, tuple(around), password).read(index)
    else:
        data = load(file)
    return open_archive(data, sniff(data), password)
