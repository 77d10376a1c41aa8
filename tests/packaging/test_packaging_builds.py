"""The packaged programs, built as a release builds them; each build ends with the self-test of what it made."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import warnings
from pathlib import Path

import pytest
from extras import EXTRAS

pytestmark = [pytest.mark.long, pytest.mark.timeout(5400)]

PROJECT = Path(__file__).resolve().parents[2]
MKWINPY = PROJECT.parent / "shared" / "packaging" / "mkwinpy.sh"


def _made(target: str) -> str:
    done = subprocess.run(
        ["make", "--no-print-directory", target], cwd=PROJECT, capture_output=True, encoding="utf-8", errors="replace"
    )
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-4000:]
    return done.stdout


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="builds for Linux")
def test_the_linux_folder_passes_its_own_test_and_keeps_its_size(say: list[str]) -> None:
    told = _made("exe")
    assert "自检通过。（fengong" in told and "打包的程序" in told
    folder, packed = map(float, re.findall(r"^(?:folder|compressed \(\.tar\.xz\)) ([\d.]+) MB", told, re.MULTILINE))
    assert folder <= 200 and packed <= 60
    inside = PROJECT / "dist" / "out" / "linux" / "fengong" / "_internal"
    carried = {path.name.partition(".")[0] for path in inside.iterdir()}
    assert "toolkit" in carried and not carried & (EXTRAS | {"dask", "numpy", "pandas", "polars"})
    say += [line for line in told.splitlines() if re.match("folder|compressed|fengong --version|window", line)]


def test_the_windows_program_and_its_installer_work_under_wine(say: list[str]) -> None:
    wanted = ("wine", "makensis", "x86_64-w64-mingw32-gcc")
    missing = [name for name in wanted if shutil.which(name) is None] + ([] if MKWINPY.is_file() else [MKWINPY.name])
    if missing or sys.version_info[:3] != (3, 11, 7):
        why = f"the Windows build wants Python 3.11.7 and {', '.join(missing or wanted)}"
        warnings.warn(f"SKIPPED: {why}", stacklevel=1)
        pytest.skip(why)
    told = _made("exe-windows")
    assert told.count("自检通过。（fengong") == 2, "built program and installed program"
    assert "windowed program opened a folder and stayed open" in told and "uninstalled without a trace" in told
    say.append(next(line for line in told.splitlines() if line.startswith("installer ")))
