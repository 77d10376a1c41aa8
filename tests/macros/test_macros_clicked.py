"""Buttons clicked with a real mouse on a real (virtual) screen, as a clerk has them before the eyes."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from office import install_extension, needs, new_profile, running
from screen import TOOLS, screen
from two_levels import COUNTY, TOWNS, summary_of

from macros.excel.button_book import build_button_book
from macros.libreoffice.build import build

pytestmark = [pytest.mark.office, pytest.mark.xdist_group("office")]


def eventually(look: Callable[[], object], seconds: float = 40) -> object:
    """What ``look`` gives once it gives something."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if seen := look():
            return seen
        time.sleep(0.3)
    return None


def test_a_toolbar_button_of_the_extension_is_clicked(desk: Path, environment: dict[str, str], tmp_path: Path) -> None:
    needs("unopkg", *TOOLS)
    profile = new_profile(tmp_path / "profile")
    install_extension(profile, build(tmp_path / "fengong.oxt"))
    said = tmp_path / "said.txt"
    environment |= {"FENGONG_SAID": str(said)}
    with screen() as shown, running(profile, environment=environment, display=shown.display) as office:
        office.load(name="plan", path=str(desk / "任务分工表.xlsx"))
        place = eventually(lambda: office.locate(name="plan", label="校验本表"))
        assert isinstance(place, list), shown.shot(tmp_path / "screen.png")
        shown.click(*place)
        assert eventually(said.exists), shown.shot(tmp_path / "screen.png")
        assert said.read_text("utf-8").startswith("OK")


@pytest.mark.long
def test_the_selected_cell_of_a_summary_is_traced_by_a_click(
    city: Path, environment: dict[str, str], tmp_path: Path
) -> None:
    needs("unopkg", *TOOLS)
    profile = new_profile(tmp_path / "profile")
    install_extension(profile, build(tmp_path / "fengong.oxt"))
    said = tmp_path / "said.txt"
    environment |= {"FENGONG_SAID": str(said)}
    with screen() as shown, running(profile, environment=environment, display=shown.display) as office:
        office.load(name="summary", path=str(summary_of(city)))
        office.select(name="summary", sheet="明细", cells="H4")
        place = eventually(lambda: office.locate(name="summary", label="溯源"))
        assert isinstance(place, list), shown.shot(tmp_path / "screen.png")
        shown.click(*place)
        assert eventually(said.exists), shown.shot(tmp_path / "screen.png")
    told = said.read_text("utf-8")
    assert told.startswith("OK") and COUNTY in told and all(town in told for town in TOWNS)


def test_a_button_of_the_button_workbook_is_clicked(desk: Path, environment: dict[str, str], tmp_path: Path) -> None:
    needs(*TOOLS)
    book = build_button_book(tmp_path / "fengong_按钮.xlsm")
    environment |= {"FENGONG_BOOK": str(desk / "任务分工表.xlsx")}
    jobs = Path(environment["TEMP"])
    with (
        screen() as shown,
        running(new_profile(tmp_path / "profile"), environment=environment, display=shown.display) as office,
    ):
        office.load(name="buttons", path=str(book))
        place = eventually(lambda: office.locate(name="buttons", label="下发填报表"))
        assert isinstance(place, list), shown.shot(tmp_path / "screen.png")
        shown.click(*place)
        status = eventually(lambda: list(jobs.glob("fengong-*/status.txt")))
        shown.shot(tmp_path / "screen.png")
        assert isinstance(status, list) and status[0].read_text("utf-8").startswith("OK")
        office.assert_no_basic_error()
    assert (desk / "下发").is_dir()
