"""Build every add-in into ``dist/out/macros``: ``python -m macros.build [FOLDER]``."""

from __future__ import annotations

import sys
from pathlib import Path

from macros.excel.build import build_addin
from macros.excel.button_book import build_button_book
from macros.libreoffice.build import build as build_extension
from macros.wps.build import build as build_wps

OUT = Path(__file__).resolve().parents[1] / "dist" / "out" / "macros"


def build_all(folder: Path = OUT) -> list[Path]:
    """Build them and return where they lie."""
    return [
        build_addin(folder / "fengong.xlam"),
        build_button_book(folder / "fengong_按钮.xlsm"),
        build_extension(folder / "fengong.oxt"),
        build_wps(folder / "wps"),
    ]


if __name__ == "__main__":
    for path in build_all(*map(Path, sys.argv[1:2])):
        print(path)
