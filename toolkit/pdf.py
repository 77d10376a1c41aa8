"""A workbook or document as PDF, made by the LibreOffice of this machine where there is one."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from toolkit import outputs
from toolkit.findings import CannotDo
from toolkit.findings import output as found

_TIMEOUT = 600
"""Seconds; a summary of 300 units × 64 tasks takes about one minute."""
_USUAL_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.exe",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.exe",
)


def office() -> Path | None:
    """The program of LibreOffice, ``None`` when it is not installed."""
    named = shutil.which("soffice") or shutil.which("libreoffice")
    return next((Path(place) for place in (named, *_USUAL_PLACES) if place and Path(place).is_file()), None)


def export(document: Path, pdf: Path) -> None:
    """Print a document that fengong wrote into ``pdf``, whole or not at all.

    The document is only read.  Its program runs under a profile of its own, so that a LibreOffice the clerk
    has open is not disturbed.  Raises :class:`CannotDo` when LibreOffice is missing or fails.
    """
    program = office()
    if program is None:
        raise CannotDo(found.NO_OFFICE.at())
    with tempfile.TemporaryDirectory(prefix="fengong-") as name:
        folder = Path(name)
        copy = folder / f"document{document.suffix}"
        shutil.copyfile(document, copy)
        profile = (folder / "profile").as_uri()
        command = [str(program), f"-env:UserInstallation={profile}", "--headless", "--norestore"]
        command += ["--convert-to", "pdf", "--outdir", str(folder), str(copy)]
        try:
            subprocess.run(command, check=True, capture_output=True, timeout=_TIMEOUT, creationflags=_no_window())
            data = copy.with_suffix(".pdf").read_bytes()
        except (OSError, subprocess.SubprocessError) as fault:
            raise CannotDo(found.PDF_FAILED.at(name=document.name)) from fault
    outputs.write_bytes(pdf, data)


def _no_window() -> int:
    """On Windows no console may flash up."""
    if sys.platform == "win32":
        return subprocess.CREATE_NO_WINDOW
    return 0
