"""The extension as a clerk has it: installed by unopkg into a fresh profile, its buttons pressed."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote

import pytest
from office import install_extension, needs, new_profile, running
from two_levels import COUNTY, TITLES, TOWNS, summary_of, upper_form

from macros.libreoffice import functions
from macros.libreoffice.build import build
from toolkit.registry.buttons import BUTTONS

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
            if button.id in ("Draft", "Notify", "Rollup", "Trace", "Folder", "Help"):
                continue
            said.unlink(missing_ok=True)
            office.activate(name="plan")
            assert office.press(button=button.id)
            first, _, message = said.read_text("utf-8").partition("\n")
            assert first == "OK" and message.strip(), (button.id, message)
    assert (desk / "下发").is_dir() and (desk / "汇总").is_dir()
    assert (desk / "任务分工表（规范单位名称）.xlsx").exists()
    assert all(path.read_bytes() == data for path, data in before.items()), "a clerk's file was written"


def test_a_summary_goes_up_and_is_traced_down(city: Path, environment: dict[str, str], tmp_path: Path) -> None:
    needs("unopkg")
    profile = new_profile(tmp_path / "profile")
    install_extension(profile, build(tmp_path / "fengong.oxt"))
    said, county = tmp_path / "said.txt", summary_of(tmp_path / "望川县")
    environment |= {"FENGONG_SAID": str(said), "FENGONG_PICK": str(upper_form(city))}
    before = {path: path.read_bytes() for path in (summary_of(city), county, upper_form(city))}
    with running(profile, environment=environment) as office:
        office.load(name="county", path=str(county))
        office.activate(name="county")
        assert office.press(button="Rollup")
        assert said.read_text("utf-8").startswith("OK"), said.read_text("utf-8")
        office.load(name="city", path=str(summary_of(city)))
        office.activate(name="city")
        office.select(name="city", sheet="明细", cells="H4")
        assert office.press(button="Trace")
        shown = [unquote(component["url"]) for component in office.components()]
    assert any(url.endswith("逐级明细.xlsx") for url in shown) and any("上报_" in url for url in shown)
    told = said.read_text("utf-8")
    assert told.startswith("OK") and COUNTY in told and TOWNS[0] in told and TITLES[0] not in told
    assert (county.parent / f"上报_{upper_form(city).name}").is_file()
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


def test_the_worksheet_functions_are_real_cell_functions(
    desk: Path, environment: dict[str, str], tmp_path: Path
) -> None:
    needs("unopkg")
    if functions.type_library() is None:
        pytest.skip("unoidl-write (Debian: libreoffice-dev) is not installed; make test installs it where it may")
    profile = new_profile(tmp_path / "profile")
    install_extension(profile, build(tmp_path / "fengong.oxt"))
    with running(profile, environment=environment) as office:
        office.new(name="book")
        for formula, shown in (
            ('=FG_STATUS("已办结。")', "已完成"),
            ('=FG_情况("正在推进中")', "推进中"),
            ('=FG_核查("已完成";"")', "报“已完成”，没有写进展说明"),
            ('=FG_时限("9月10日前报送";2026)', "2026-09-10"),
            (f'=FG_规范单位("市教育局";"{desk / "单位名录.xlsx"}")', "市教育局"),
            ('=FG_DRAFT("没有.docx")', "#分工：找不到文件或文件夹：没有.docx。"),
        ):
            assert office.formula(name="book", cell="A1", text=formula)[0] == shown, formula
        units = office.array(name="book", cells="C1:C2", text='=FG_单位("市教育局牵头，市财政局配合")')
        assert units == [["市教育局"], ["市财政局"]]
        missing = office.array(
            name="book", cells="D1:D2", text=f'=FG_未报("{desk / "回收"}";"{desk / "任务分工表.xlsx"}")'
        )
        assert all(name for (name,) in missing)
        for row, word in enumerate(("已完成", "推进中", "不涉及", "已完成")):
            office.formula(name="book", cell=f"F{row + 1}", text=word)
        assert office.formula(name="book", cell="G1", text="=ROUND(FG_RATE(F1:F4);2)")[0] == "0.67"
