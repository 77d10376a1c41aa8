"""LibreOffice as the other office suite: many files in one call, each conversion once a session."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

SOFFICE = shutil.which("soffice")

_CSV = "csv:Text - txt - csv (StarCalc):{separator},34,{charset},1,,0,false,true,false"
TARGETS = {
    "xls": "xls:MS Excel 97",
    "xlsx": "xlsx:Calc MS Excel 2007 XML",
    "ods": "ods:calc8",
    "fods": "fods:OpenDocument Spreadsheet Flat XML",
    "html": "html:HTML (StarCalc)",
    "csv": _CSV.format(separator=44, charset=76),
    "doc": "doc:MS Word 97",
    "odt": "odt:writer8",
    "pdf": "pdf",
}
"""Short name of a format → LibreOffice's filter."""


class Office:
    """Converts files with a private profile below ``folder``; what was converted once is kept."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._calls = 0

    def convert(self, files: Sequence[tuple[bytes, str]], target: str) -> list[bytes]:
        """Each file (bytes, the ending that says what they are) as ``target``, in one call of the program.

        Raises ``RuntimeError`` when the program did not make one of them.
        """
        names = [f"{hashlib.sha256(data).hexdigest()[:24]}{ending}" for data, ending in files]
        out = self.folder / f"made-{target}"
        out.mkdir(parents=True, exist_ok=True)
        made = [out / f"{Path(name).stem}.{target}" for name in names]
        missing = {name: data for name, path, (data, _) in zip(names, made, files, strict=True) if not path.exists()}
        if missing:
            self._run(missing, target, out)
        for path in made:
            if not path.exists():
                raise RuntimeError(f"LibreOffice did not make {path.name}")
        return [path.read_bytes() for path in made]

    def _run(self, files: dict[str, bytes], target: str, out: Path) -> None:
        if SOFFICE is None:
            raise RuntimeError("LibreOffice is not installed")
        self._calls += 1
        source = self.folder / f"call-{self._calls}"
        source.mkdir(parents=True)
        for name, data in files.items():
            (source / name).write_bytes(data)
        profile = (self.folder / "profile").resolve().as_uri()
        command = [SOFFICE, f"-env:UserInstallation={profile}", "--headless", "--norestore"]
        command += ["--convert-to", TARGETS[target], "--outdir", str(out), *(str(source / name) for name in files)]
        subprocess.run(command, check=True, capture_output=True, timeout=240)
        shutil.rmtree(source)
