"""Writing outputs: beside and moved into place, never half, never over a clerk's own edits.

Contract *Safety*: a crash leaves the old file or the new one; a file that was edited or is open since
we wrote it is kept, and the new one gets a new name, which the result says.
"""

from __future__ import annotations

import hashlib
import os
import re
import sys
import tempfile
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_REFUSED = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]')
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?")
_NAME_LIMIT = 80


def safe_name(text: str, fallback: str = "未命名") -> str:
    """Text as one file name on any system: refused characters replaced, at most 80 characters (contract *Form*)."""
    name = _REFUSED.sub("_", unicodedata.normalize("NFC", text)).strip(" .")[:_NAME_LIMIT].strip(" .")
    if not name:
        return fallback
    return f"_{name}" if _RESERVED.fullmatch(name) else name


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A path to write to, moved onto ``path`` when the block ends well and removed when it does not."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=".fengong-", suffix=path.suffix, dir=path.parent)
    os.close(handle)
    beside = Path(name)
    try:
        yield beside
        beside.chmod(0o644)
        beside.replace(path)
    except BaseException:
        with suppress(OSError):
            beside.unlink()
        raise


def write_bytes(path: Path, data: bytes) -> None:
    """Write a file whole or not at all."""
    with replacing(path) as beside:
        beside.write_bytes(data)


def sha256(path: Path) -> str:
    """The file's hash, hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def is_open_elsewhere(path: Path) -> bool:
    """Whether an office program seems to have the file open: by its lock file, or by the system's refusal."""
    if any((path.parent / lock).exists() for lock in (f"~${path.name}", f".~{path.name}", f".~lock.{path.name}#")):
        return True
    if sys.platform == "win32" and path.exists():
        try:
            with path.open("r+b"):
                return False
        except OSError:
            return True
    return False


def free_name(path: Path) -> Path:
    """``path``, or the first of ``name(2).xlsx``, ``name(3).xlsx`` … that does not exist yet."""
    candidate, count = path, 1
    while candidate.exists():
        count += 1
        candidate = path.with_name(f"{path.stem}({count}){path.suffix}")
    return candidate
