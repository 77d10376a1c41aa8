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

    def convert(self, files: Sequence[tuple[bytes, str]], target: str) -> list[bytes | None]:
        """Each file (bytes, the ending that says what they are) as ``target``; ``None`` for one it cannot open.

        One call of the program makes them all; only what stopped it is tried again alone.
        """
        names = [f"{hashlib.sha256(data).hexdigest()[:24]}{ending}" for data, ending in files]
        out = self.folder / f"made-{target}"
        out.mkdir(parents=True, exist_ok=True)
        made = {name: out / f"{Path(name).stem}.{target}" for name in names}
        missing = {name: data for name, (data, _) in zip(names, files, strict=True) if not made[name].exists()}
        if missing:
            self._run(missing, target, out)
        for name, data in missing.items():
            if not made[name].exists():
                self._run({name: data}, target, out)
        return [made[name].read_bytes() if made[name].exists() else None for name in names]

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
        subprocess.run(command, check=False, capture_output=True, timeout=240)
        shutil.rmtree(source)
