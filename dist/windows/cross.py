"""Build the Windows program here, under wine, and prove program and installer: ``python dist/windows/cross.py``.

This proves that recipe and program work with Windows' interfaces as wine has them; the release is built by
``build.ps1`` on a Windows PC.  What only wine needs stays in wine's folder and is never packed.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path, PureWindowsPath

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import build
from build import CONSOLE, DESKTOP, DIST, OUT, PROJECT, Target

_UNUSED_WHEELS = ("numpy", "pandas", "python-dateutil", "tzdata")
_WINDOWS_WHEELS = ("colorama", "pefile", "pywin32-ctypes", "setuptools<81")
"""What the pinned wheels want on Windows only."""
_OUT = OUT / "windows"
_WINDOW_PATIENCE = 120


def seen_by_windows(path: Path) -> str:
    """A path of this system as programs under wine write it."""
    return f"Z:{PureWindowsPath(path)}"


def wine(prefix: Path) -> Target:
    """Programs under wine: an environment that holds wine's own folder and nothing else."""
    environment = {
        "LC_ALL": "C.UTF-8",  # else wine cannot open a path with Chinese
        "WINEPREFIX": str(prefix),
        "WINEDEBUG": "-all",
        "WINEDLLOVERRIDES": "mscoree,mshtml=;ucrtbase=n,b",
    }
    return Target("windows", ".exe", (str(shutil.which("wine")),), environment, seen_by_windows)


def prepare(root: Path, mkwinpy: Path) -> Path:
    """A Windows Python with the pinned wheels; returns its ``python.exe``."""
    python = root / "winpy" / "python.exe"
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    if not python.exists():
        environment = os.environ | {
            "PIP": " ".join(pip[:3]),
            "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        }
        subprocess.run(["bash", str(mkwinpy), str(root)], env=environment, check=True)
    pins = [line for name in ("requirements.txt", "dist/requirements.txt") for line in _pins(PROJECT / name)]
    wheels = root / "wheels"
    windows = ["--no-deps", "--only-binary=:all:", "--platform", "win_amd64", "--python-version", "3.11"]
    subprocess.run([*pip, "download", *windows, "--dest", str(wheels), *pins, *_WINDOWS_WHEELS], check=True)
    place = python.parent / "Lib" / "site-packages"
    found = [str(path) for path in wheels.glob("*.whl")]
    subprocess.run([*pip, "install", *windows, "--no-index", "--upgrade", "--target", str(place), *found], check=True)
    for unused in ("numpy", "numpy.libs", "pandas", "pandas.libs"):
        # Of a library's own copies of a DLL PyInstaller would take the one it meets first, which may be theirs.
        shutil.rmtree(place / unused, ignore_errors=True)
    return python


def _pins(path: Path) -> list[str]:
    return [line for line in path.read_text("utf-8").split() if not line.startswith(_UNUSED_WHEELS)]


def freeze(python: Path, target: Target) -> Path:
    """Run PyInstaller under wine; returns the program's folder."""
    spec, out, work = (seen_by_windows(path) for path in (DIST / "fengong.spec", _OUT, OUT / "work" / "windows"))
    command = ["-m", "PyInstaller", "--noconfirm", "--log-level", "WARN", "--distpath", out, "--workpath", work, spec]
    made = target.run(python, *command)
    print(made.stdout)
    if made.returncode != 0:
        raise SystemExit(f"PyInstaller under wine ended with {made.returncode}")
    return _OUT / CONSOLE


def make_installer(folder: Path) -> Path:
    """Run NSIS; returns the installer."""
    sys.path.insert(0, str(PROJECT))
    from toolkit import __version__

    installer = _OUT / f"fengong-{__version__}-setup.exe"
    defines = {"VERSION": __version__, "FOLDER": str(folder), "OUT": str(installer), "PARTS": str(build.PARTS)}
    words = [f"-D{name}={value}" for name, value in defines.items()]
    subprocess.run(
        ["makensis", "-V2", "-INPUTCHARSET", "UTF8", *words, str(DIST / "windows" / "fengong.nsi")], check=True
    )
    return installer


def prove_installer(installer: Path, target: Target) -> list[str]:
    """Install silently as a user does, run what was installed, and take it away again; returns lines of figures."""
    prefix = Path(target.environment["WINEPREFIX"])
    target.run(installer, "/S")
    homes = [path for path in prefix.glob("drive_c/users/*/AppData/Local/Programs/fengong") if path.is_dir()]
    menus = list(prefix.glob("drive_c/users/*/AppData/Roaming/Microsoft/Windows/Start Menu/Programs/分工*"))
    if len(homes) != 1 or not menus:
        raise SystemExit(f"not installed where it should be: {homes} {menus}")
    home = homes[0]
    tested = target.run(home / f"{CONSOLE}.exe", "selftest")
    print(tested.stdout)
    if tested.returncode != 0 or not (home / f"{DESKTOP}.exe").is_file():
        raise SystemExit("the installed program does not work")
    addins = target.run(home / f"{CONSOLE}.exe", "addin", "status").stdout
    lines = [f"installer {build.amount(installer.stat().st_size)}; installed self-test passed", addins]
    lines.append(prove_window(home, target))
    target.run(home / "uninstall.exe", "/S", f"_?={target.shown(home)}")
    left = [path.name for path in home.iterdir() if path.name != "uninstall.exe"] if home.is_dir() else []
    if left or any(menu.exists() for menu in menus):
        raise SystemExit(f"the uninstaller left {left}")
    return [*lines, "uninstalled without a trace"]


def prove_window(home: Path, target: Target) -> str:
    """Start the windowed program on a folder until it has noted that it opened it; returns a line.

    Drawn nowhere: Qt's Windows platform wants ``Windows.UI.ViewManagement.UISettings``, which wine 8 does not have.
    """
    sample = home / "sample"
    target.run(home / f"{CONSOLE}.exe", "demo", "-o", target.shown(sample))
    noted = home.parents[1] / "fengong" / "desktop.ini"
    noted.unlink(missing_ok=True)
    # Wine does not hand on variables that begin with QT_, so Windows' own shell sets it.
    line = f"set QT_QPA_PLATFORM=offscreen&& {target.shown(home / f'{DESKTOP}.exe')} {target.shown(sample)}"
    quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
    with subprocess.Popen([*target.starter, "cmd", "/c", line], env=target.environment, **quiet) as run:
        start = time.monotonic()
        while not noted.is_file() and run.poll() is None and time.monotonic() - start < _WINDOW_PATIENCE:
            time.sleep(0.2)
        stayed = noted.is_file() and run.poll() is None
        kill = [*target.starter, "taskkill", "/f", "/im", f"{DESKTOP}.exe"]
        subprocess.run(kill, env=target.environment, check=False, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE)
    shutil.rmtree(sample)
    if not stayed:
        raise SystemExit("the windowed program did not open a folder")
    return "windowed program opened a folder and stayed open"


def main() -> None:
    """Everything, from the Windows Python to the uninstalled program."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--root", type=Path, required=True, help="a folder outside the project for Windows' Python")
    parser.add_argument("--mkwinpy", type=Path, required=True, help="the script that makes it")
    given = parser.parse_args()
    root = given.root.resolve()
    python = prepare(root, given.mkwinpy.resolve())
    target = wine(root / "prefix")
    build.make_parts()
    folder = freeze(python, target)
    build.finish(folder)
    figures = build.prove(folder, target)
    figures += prove_installer(make_installer(folder), target)
    print("\n".join(figures))


if __name__ == "__main__":
    main()
