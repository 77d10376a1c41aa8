"""The Excel add-in, loaded in LibreOffice: notice → plan, plan → forms, folder → summary, by its own macros."""

from __future__ import annotations

from pathlib import Path

import pytest
from office import Office, needs, new_profile, running
from two_levels import COUNTY, TOWNS, summary_of, upper_form

from macros.excel.build import build_addin

pytestmark = [pytest.mark.office, pytest.mark.xdist_group("office")]
FILTER = "Calc MS Excel 2007 VBA XML"


def press(office: Office, button: str, jobs: Path) -> list[str]:
    """Call a button's macro and give the status it left."""
    before = set(jobs.glob("fengong-*/status.txt"))
    office.invoke(name="addin", macro=f"FengongButtons.Fg{button}")
    office.assert_no_basic_error()
    (status,) = set(jobs.glob("fengong-*/status.txt")) - before
    return status.read_text("utf-8").split("\n")


@pytest.mark.parametrize(
    ("button", "opened", "picked", "result"),
    [
        ("Draft", None, "示例通知.docx", "任务分工表(2).xlsx"),
        ("Issue", "任务分工表.xlsx", None, "下发"),
        ("Merge", "任务分工表.xlsx", "回收", "汇总"),
        ("Check", "任务分工表.xlsx", None, None),
    ],
)
def test_a_button_of_the_add_in_does_its_work(
    button: str,
    opened: str | None,
    picked: str | None,
    result: str | None,
    desk: Path,
    environment: dict[str, str],
    tmp_path: Path,
) -> None:
    needs()
    addin = build_addin(tmp_path / "fengong.xlam")
    if picked:
        environment["FENGONG_PICK"] = str(desk / picked)
    before = {path: path.read_bytes() for path in desk.iterdir() if path.is_file()}
    with running(new_profile(tmp_path / "profile"), environment=environment) as office:
        assert office.load(name="addin", path=str(addin), filter_name=FILTER)
        if opened:
            office.load(name="book", path=str(desk / opened))
            office.activate(name="book")
        first, *message = press(office, button, Path(environment["TEMP"]))
        office.assert_no_basic_error()
    assert first == "OK", message
    assert "".join(message).strip()
    assert result is None or (desk / result).exists()
    assert all(path.read_bytes() == data for path, data in before.items()), "a clerk's file was written"


@pytest.mark.parametrize("button", ["Rollup", "Trace"])
def test_a_button_of_the_add_in_works_on_a_summary(
    button: str, city: Path, environment: dict[str, str], tmp_path: Path
) -> None:
    needs()
    addin, county = build_addin(tmp_path / "fengong.xlam"), summary_of(tmp_path / "望川县")
    environment["FENGONG_PICK"] = str(upper_form(city))
    with running(new_profile(tmp_path / "profile"), environment=environment) as office:
        assert office.load(name="addin", path=str(addin), filter_name=FILTER)
        office.load(name="book", path=str(county if button == "Rollup" else summary_of(city)))
        office.select(name="book", sheet="明细", cells="H4")
        office.activate(name="book")
        first, *message = press(office, button, Path(environment["TEMP"]))
    assert first == "OK", message
    if button == "Trace":
        assert any(COUNTY in line for line in message) and any(TOWNS[0] in line for line in message)
    else:
        assert (county.parent / f"上报_{upper_form(city).name}").is_file()


def test_without_the_program_the_add_in_does_not_start_anything(
    desk: Path, environment: dict[str, str], tmp_path: Path
) -> None:
    needs()
    addin = build_addin(tmp_path / "fengong.xlam")
    environment |= {"FENGONG": str(tmp_path / "没有这个程序"), "HOME": str(tmp_path)}
    with running(new_profile(tmp_path / "profile"), environment=environment) as office:
        office.load(name="addin", path=str(addin), filter_name=FILTER)
        office.invoke(name="addin", macro="FengongButtons.FgDraft")
        office.assert_no_basic_error()
    assert not list(Path(environment["TEMP"]).glob("fengong-*"))
