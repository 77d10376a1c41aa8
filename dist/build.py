"""Build the packaged program for this system and prove it: ``python dist/build.py``.

Makes the icon and the spreadsheet add-ins, runs PyInstaller on ``fengong.spec``, adds what lies beside the program,
then copies the folder to a path with Chinese and a blank and runs its self-test there with an empty environment and no
Python within reach.  Prints size and start-up times.  Everything lands in ``dist/out``.
"""

from __future__ import annotations

import argparse
import os
import platform
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

DIST = Path(__file__).resolve().parent
PROJECT = DIST.parent
OUT = DIST / "out"
PARTS = OUT / "parts"
CONSOLE, DESKTOP = "fengong", "fengong-desktop"
MEGABYTE, MEBIBYTE = 10**6, 1 << 20
_PATIENCE = 600


@dataclass(frozen=True, slots=True)
class Target:
    """How programs of the system that is built for are started from here."""

    name: str
    suffix: str = ""
    starter: tuple[str, ...] = ()
    """What stands before the program: nothing, or wine."""
    environment: dict[str, str] = field(default_factory=dict)
    shown: Callable[[Path], str] = str
    """A path as the program understands it."""

    def run(self, program: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run a program to its end with nothing in its environment but what the target needs."""
        return subprocess.run(
            [*self.starter, self.shown(program), *arguments],
            env=self.environment,
            cwd=program.parent,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
            timeout=_PATIENCE,
        )


def here() -> Target:
    """The system this runs on."""
    if platform.system() == "Windows":
        # Windows programs do not start without these.
        kept = {name: os.environ[name] for name in ("SYSTEMROOT", "TEMP", "LOCALAPPDATA") if name in os.environ}
        return Target("windows", ".exe", environment=kept)
    return Target("linux")


# --- building -----------------------------------------------------------------------------


def make_parts(folder: Path = PARTS) -> None:
    """The icon and the add-ins: the same for every system."""
    sys.path[:0] = [str(PROJECT), str(DIST)]
    import icon

    from macros.build import build_all

    shutil.rmtree(folder, ignore_errors=True)
    icon.write(folder / "icons")
    build_all(folder / "addins")


def freeze(python: Sequence[str], out: Path, work: Path, environment: dict[str, str] | None = None) -> Path:
    """Run PyInstaller; returns the program's folder."""
    command = [*python, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN"]
    command += ["--distpath", str(out), "--workpath", str(work), str(DIST / "fengong.spec")]
    subprocess.run(command, cwd=PROJECT, env=environment, stdin=subprocess.DEVNULL, check=True)
    return out / CONSOLE


def finish(folder: Path) -> None:
    """Lay the licence beside the program, and drop the debugging symbols that CPython and some wheels carry."""
    shutil.copyfile(PROJECT / "LICENSE", folder / "LICENSE.txt")
    if strip := shutil.which("strip"):
        for path in folder.glob("_internal/**/*.so*"):
            if not path.is_symlink():
                subprocess.run([strip, "--strip-unneeded", str(path)], check=True)


# --- proving ------------------------------------------------------------------------------


def prove(folder: Path, target: Target) -> list[str]:
    """Run the self-test of a copy that lies at a path with Chinese and a blank; returns lines of figures."""
    with tempfile.TemporaryDirectory(prefix="分工 试装 ") as place:
        copy = Path(place) / "程序 文件夹"
        shutil.copytree(folder, copy, symlinks=True)
        console = copy / f"{CONSOLE}{target.suffix}"
        start = time.perf_counter()
        tested = target.run(console, "selftest")
        seconds = time.perf_counter() - start
        print(tested.stdout)
        if tested.returncode != 0:
            raise SystemExit(f"the packaged program's self-test ended with {tested.returncode}")
        return [
            f"folder {amount(size(folder))}",
            f"compressed (.tar.xz) {amount(compressed(folder))}",
            f"self-test {seconds:.1f} s",
            *glibc(folder),
        ]


def amount(count: int) -> str:
    """Bytes as people name them, by thousands and by 1024s."""
    return f"{count / MEGABYTE:.1f} MB ({count / MEBIBYTE:.1f} MiB)"


def size(folder: Path) -> int:
    """Bytes of all files in a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file() and not path.is_symlink())


def compressed(folder: Path) -> int:
    """Bytes of the folder as .tar.xz."""
    with tempfile.TemporaryFile() as file:
        with tarfile.open(fileobj=file, mode="w:xz", preset=6) as archive:
            archive.add(folder, folder.name)
        return file.tell()


def glibc(folder: Path) -> Iterable[str]:
    """The newest version of the C library that any file of the folder asks for, and which file that is."""
    needs = {
        path: max((int(minor) for minor in re.findall(rb"\0GLIBC_2\.(\d+)\0", path.read_bytes())), default=0)
        for path in folder.rglob("*")
        if path.is_file() and (".so" in path.name or os.access(path, os.X_OK))
    }
    if needs and (minor := max(needs.values())):
        yield f"needs glibc 2.{minor} ({next(path.name for path in needs if needs[path] == minor)})"


def main() -> None:
    """Build and prove, or one of both."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=("parts", "freeze", "prove"), help="one step only")
    parser.add_argument("--out", type=Path, help="where the program's folder lands (default: dist/out/SYSTEM)")
    given = parser.parse_args()
    target = here()
    out = (given.out or OUT / target.name).resolve()
    folder = out / CONSOLE
    if given.only in (None, "parts"):
        make_parts()
    if given.only in (None, "freeze"):
        freeze([sys.executable], out, OUT / "work" / target.name)
        finish(folder)
    if given.only in (None, "prove"):
        print("\n".join(prove(folder, target)))
        if target.name == "linux":
            from startup import startup

            print("\n".join(startup(folder)))


if __name__ == "__main__":
    main()
