"""Links from the summary to the cells of the returned files, relative to where the summary lies."""

from __future__ import annotations

import os
import re
import zipfile
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from urllib.parse import unquote

from toolkit.containers.limits import Unreadable
from toolkit.containers.safexml import parse
from toolkit.model import Place
from toolkit.workbooks.summary.table import Link

_INSIDE = "!/"
"""Between an archive and a file inside it, in the paths of a result."""
_LINKING = re.compile(r"xl/worksheets/_rels/[^/]+\.rels")
_LONGEST = 2_000
"""Characters of a link; Excel refuses more than 2,083."""
_ESCAPED = re.compile(r'[%#?"<>\[\]^`{}\s]')
"""What may not stand in a link as it is; Chinese may."""


def sheet_link(sheet: str, cell: str = "A1") -> Link:
    """A link to a cell of the same workbook."""
    return Link(None, f"{_quoted(sheet)}!{cell}")


def place_link(target: str, place: Place) -> Link:
    """A link to a cell of a returned file; one inside an archive is reached by opening the archive."""
    inside = not place.sheet or _INSIDE in place.path
    return Link(target, "" if inside else f"{_quoted(place.sheet)}!{place.cell or 'A1'}")


@lru_cache(maxsize=1024)
def _quoted(sheet: str) -> str:
    return "'" + sheet.replace("'", "''") + "'"


class SourceLinks:
    """Makes links to returned files; a file that cannot be found from the summary gets none."""

    def __init__(self, folder: Path, roots: Sequence[Path]) -> None:
        self._folder = folder.resolve()
        self._roots = [root.resolve() for root in roots]
        self._known: dict[str, str | None] = {}
        self.unreachable: set[str] = set()

    def to(self, place: Place) -> Link | None:
        """The link that opens the file at the cell, ``None`` when it cannot be reached by a relative path.

        A file inside an archive is reached by opening the archive.
        """
        path = place.path
        if path not in self._known:
            self._known[path] = self._relative(path)
            if self._known[path] is None and self._roots:
                self.unreachable.add(path)
        target = self._known[path]
        return None if target is None else place_link(target, place)

    def _relative(self, path: str) -> str | None:
        for candidate in self._candidates(path.split(_INSIDE, 1)[0]):
            if candidate.exists():
                return relative_target(candidate, self._folder)
        return None

    def _candidates(self, outer: str) -> Iterable[Path]:
        for root in self._roots:
            if root.name == outer:
                yield root
            yield root / outer


def relative_target(path: Path, folder: Path) -> str | None:
    """A file as a link from a document in ``folder`` names it, ``None`` when no relative path leads there."""
    try:
        relative = os.path.relpath(path.resolve(), folder.resolve())
    except ValueError:  # another drive on Windows
        return None
    target = _ESCAPED.sub(_escape, relative.replace(os.sep, "/"))
    return target if len(target) <= _LONGEST else None


def linked_files(book: Path) -> list[Path]:
    """The files beside it that a workbook links to and that are there, also when another program saved it since."""
    try:
        with zipfile.ZipFile(book) as package:
            parts = [package.read(name) for name in package.namelist() if _LINKING.fullmatch(name)]
        relations = [relation for part in parts for relation in parse(part, book.name)]
    except (OSError, zipfile.BadZipFile, Unreadable):
        return []
    targets: dict[str, None] = {}
    for relation in relations:
        if relation.get("TargetMode") == "External":
            targets[unquote(relation.get("Target", "").removeprefix("file:///").partition("#")[0])] = None
    return [path for target in targets if target and (path := book.parent / target.replace("\\", "/")).is_file()]


def _escape(found: re.Match[str]) -> str:
    return "".join(f"%{byte:02x}" for byte in found.group().encode())
