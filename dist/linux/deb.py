"""Make the .deb of a program's folder, menu entry and file associations in it: ``python dist/linux/deb.py FOLDER OUT``.

The program goes to ``/opt/fengong``, where the spreadsheet buttons look for it; ``/usr/bin`` gets links.  The entry
only offers itself for workbooks, whose working folder it opens: what a double click opens them with stays as the user
chose it.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from build import CONSOLE, DESKTOP, DIST, PARTS, PROJECT, size
from icon import PNG_SIZES

from toolkit import __version__

LINUX = DIST / "linux"
ARCHITECTURE = "amd64"
_CONTROL = """Package: fengong
Version: {version}
Architecture: {architecture}
Maintainer: fengong maintainers <maintainers@localhost>
Installed-Size: {kibibytes}
Depends: libc6 (>= 2.30)
Recommends: libegl1, libgl1, libfontconfig1, fonts-noto-cjk
Section: misc
Priority: optional
Description: 分工：从通知到汇总表
 读通知拟任务分工表，下发填报表，校验、汇总收回的表，生成反馈文书。
 不联网，不需要账号，不需要另装 Python。
"""
_REFRESH = """#!/bin/sh
set -e
if command -v update-desktop-database >/dev/null; then update-desktop-database -q || true; fi
if command -v gtk-update-icon-cache >/dev/null; then gtk-update-icon-cache -q -t -f /usr/share/icons/hicolor || true; fi
"""


def lay_out(folder: Path, root: Path) -> None:
    """Put everything of the package where it belongs below ``root``."""
    shutil.copytree(folder, root / "opt" / "fengong", symlinks=True)
    programs = root / "usr" / "bin"
    programs.mkdir(parents=True)
    for name in (CONSOLE, DESKTOP):
        (programs / name).symlink_to(f"/opt/fengong/{name}")
    share = root / "usr" / "share"
    _copy(LINUX / "fengong.desktop", share / "applications" / "fengong.desktop")
    icons = share / "icons" / "hicolor"
    _copy(PARTS / "icons" / "fengong.svg", icons / "scalable" / "apps" / "fengong.svg")
    for pixels in PNG_SIZES:
        _copy(PARTS / "icons" / f"fengong-{pixels}.png", icons / f"{pixels}x{pixels}" / "apps" / "fengong.png")
    _copy(PROJECT / "LICENSE", share / "doc" / "fengong" / "copyright")
    control = root / "DEBIAN"
    control.mkdir()
    figures = {"version": __version__, "architecture": ARCHITECTURE, "kibibytes": size(root) // 1024}
    (control / "control").write_text(_CONTROL.format(**figures), encoding="utf-8")
    for name in ("postinst", "postrm"):
        (control / name).write_text(_REFRESH, encoding="utf-8")
        (control / name).chmod(0o755)


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)
    target.chmod(0o644)


def build_deb(folder: Path, out: Path) -> Path:
    """Write the package of the program's ``folder`` into ``out``; returns its path."""
    package = out / f"fengong_{__version__}_{ARCHITECTURE}.deb"
    with tempfile.TemporaryDirectory() as place:
        root = Path(place) / "fengong"
        lay_out(folder, root)
        root.chmod(0o755)
        out.mkdir(parents=True, exist_ok=True)
        # xz, because dpkg of older systems (UOS, Kylin) does not know zstd.
        subprocess.run(
            ["dpkg-deb", "-Zxz", "-z6", "--root-owner-group", "--build", str(root), str(package)], check=True
        )
    return package


def main() -> None:
    """Make the package."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="the program's folder")
    parser.add_argument("out", type=Path, help="where the .deb lands")
    given = parser.parse_args()
    print(build_deb(given.folder.resolve(), given.out.resolve()))


if __name__ == "__main__":
    main()
