"""Files that do not lie in a folder of this machine: whatever fsspec reaches (``sftp://…``, ``smb://…``, ``s3://…``).

An address stands where a path stands when returned files are read; it is small, fit to be sent to a worker, who
fetches the bytes itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from toolkit.containers.limits import Unreadable, check_size
from toolkit.findings import CannotDo
from toolkit.findings import files as found


@dataclass(frozen=True, slots=True)
class Address:
    """A file or a folder at a URL that fsspec knows."""

    url: str

    @property
    def shown(self) -> str:
        """The address as a message may show it: without user and password."""
        scheme, _, rest = self.url.partition("://")
        host, slash, path = rest.partition("/")
        return f"{scheme}://{host.rpartition('@')[2]}{slash}{path}"

    @property
    def parts(self) -> tuple[str, ...]:
        """Host and folders, outermost first."""
        return tuple(filter(None, self.shown.partition("://")[2].split("/")))

    @property
    def name(self) -> str:
        """The last part of its path."""
        return self.parts[-1] if self.parts else ""

    def joinpath(self, *parts: str) -> Address:
        """What lies below it."""
        return Address("/".join((self.url.rstrip("/"), *parts))) if parts else self

    def files(self) -> Iterator[tuple[str, ...]]:
        """Names, below it, of every file; no names for a file itself.  Raises :class:`CannotDo` if not reached."""
        try:
            system, top = _opened(self.url)
            if system.isfile(top):
                yield ()
                return
            top = top.rstrip("/")
            names = sorted(system.find(top))
            if not names and not system.exists(top):
                raise FileNotFoundError("没有这个文件夹")
        except CannotDo:
            raise
        except Exception as failure:  # every file system has exceptions of its own
            raise CannotDo(found.ADDRESS_UNREACHED.at(path=self.shown, reason=_said(failure))) from failure
        for name in names:
            yield tuple(name[len(top) :].strip("/").split("/"))

    def read_bytes(self) -> bytes:
        """Its bytes; raises :class:`Unreadable`."""
        try:
            system, place = _opened(self.url)
            check_size(int(system.size(place) or 0))
            data: bytes = system.cat_file(place)
        except Unreadable:
            raise
        except Exception as failure:  # every file system has exceptions of its own
            raise Unreadable(found.UNREADABLE.at(reason=_said(failure))) from failure
        return data


def _opened(url: str) -> tuple[Any, str]:
    """The file system behind a URL and the path in it."""
    try:
        import fsspec
    except ImportError as failure:
        raise CannotDo(found.NO_FSSPEC.at(path=Address(url).shown)) from failure
    system, place = fsspec.core.url_to_fs(url)
    return system, place


def _said(failure: Exception) -> str:
    return str(failure) or type(failure).__name__
