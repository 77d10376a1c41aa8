"""The extension as a clerk has it: installed by unopkg into a fresh profile, its buttons pressed."""

from __future__ import annotations

from pathlib import Path

import pytest
from office import install_extension, needs, new_profile, running

from macros.libreoffice.build import build
from toolkit.commands import BUTTONS

pytestmark = [pytest.mark.office, pytest.mark.xdist_group("office")]


def test_every_button_of_the_extension_does_its_work(desk: Path, environment: dict[str, str], tmp_path: Path) -> None:
    needs("unopkg")
    profile = new_profile(tmp_path / "profile")
    install_extension(profile, build(tmp_path / "fengong.oxt"))
    said = tmp_path / "said.txt"
    environment |= {"FENGONG_SAID": str(said), "FENGONG_PICK": str(desk / "回收")}
    before = {path: path.read_bytes() for path in desk.iterdir() if path.is_file()}
    with running(profile, environment=environment) as office:
        office.load(name="plan", path=str(desk / "任务分工表.xlsx"))
        office.select(name="plan", cells="F5:F12")
        for button in BUTTONS:
            if button.id in ("Draft", "Notify", "Folder", "Help"):
                continue
            said.unlink(missing_ok=True)
            office.activate(name="plan")
            assert office.press(button=button.id)
            first, _, message = said.read_text("utf-8").partition("\n")
            assert first == "OK" and message.strip(), (button.id, message)
    assert (desk / "下发").is_dir() and (desk / "汇总").is_dir()
    assert (desk / "任务分工表（规范单位名称）.xlsx").exists()
    assert all(path.read_bytes() == data for path, data in before.items()), "a clerk's file was written"


def test_a_missing_program_is_told_with_the_places_looked_at(
    desk: Path, environment: dict[str, str], tmp_path: Path
) -> None:
    needs("unopkg")
    profile = new_profile(tmp_path / "profile")
    install_extension(profile, build(tmp_path / "fengong.oxt"))
    said = tmp_path / "said.txt"
    environment |= {
        "FENGONG": str(tmp_path / "没有"),
        "FENGONG_SAID": str(said),
        "HOME": str(tmp_path),
        "PATH": "/usr/bin:/bin",
    }
    with running(profile, environment=environment) as office:
        office.load(name="plan", path=str(desk / "任务分工表.xlsx"))
        office.press(button="Check")
    text = said.read_text("utf-8")
    assert text.startswith("ERR") and str(tmp_path / "没有") in text and "安装" in text
