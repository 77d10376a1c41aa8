"""The manual's pictures of the spreadsheet buttons, taken from a real LibreOffice under Xvfb: ``make screenshots``."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PICTURES = ROOT / "docs" / "图"
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "macros")]


def main() -> None:
    """Take them."""
    from office import install_extension, new_profile, running
    from screen import screen

    from macros.excel.button_book import build_button_book
    from macros.libreoffice.build import build
    from toolkit.housekeeping.demo import demo

    with tempfile.TemporaryDirectory(prefix="fengong-") as name, screen() as shown:
        folder = Path(name)
        demo(folder / "台账")
        program = {"FENGONG": str(Path(sys.executable).with_name("fengong"))}
        profile = new_profile(folder / "profile")
        install_extension(profile, build(folder / "fengong.oxt"))
        with running(profile, environment=program, display=shown.display) as office:
            office.load(name="plan", path=str(folder / "台账" / "任务分工表.xlsx"))
            time.sleep(6)
            shown.click(*office.locate(name="plan", label="校验本表"))
            time.sleep(12)
            _keep(shown.shot(folder / "扩展.png"))
        with running(new_profile(folder / "other"), environment=program, display=shown.display) as office:
            office.load(name="book", path=str(build_button_book(folder / "fengong_按钮.xlsm")))
            time.sleep(8)
            _keep(shown.shot(folder / "按钮工作簿.png"))


def _keep(picture: Path) -> None:
    """A small picture for the manual: 256 colours are enough for a screen."""
    PICTURES.mkdir(exist_ok=True)
    target = PICTURES / picture.name
    subprocess.run(["convert", str(picture), "-colors", "64", "-strip", f"PNG8:{target}"], check=True)


if __name__ == "__main__":
    main()
