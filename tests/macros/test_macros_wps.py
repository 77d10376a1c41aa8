"""The WPS add-in in a stand-in of ET over the real file system, against the real program and the real agent."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path

import pytest
from two_levels import COUNTY, TOWNS, summary_of, upper_form

from macros.build import build_all
from toolkit import agent, installer, resources
from toolkit.findings import CannotDo
from toolkit.registry.buttons import BUTTONS

HOST = Path(__file__).with_name("wps_host.js")
PROGRAM = Path(sys.executable).with_name("fengong")
Press = Callable[..., dict[str, list[object]]]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("加载项")
    build_all(folder)
    return folder


@pytest.fixture
def wps(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A clerk's home in which the add-in was installed; gives WPS's folder of add-ins."""
    monkeypatch.setenv("HOME", str(tmp_path / "家"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.delenv("LOCALAPPDATA", raising=False)
    monkeypatch.setattr(installer, "addins_dir", lambda: built)
    installer.addin("install", program=PROGRAM)
    return installer.wps_folder(os.environ)


@pytest.fixture
def press(wps: Path, tmp_path: Path) -> Press:
    if shutil.which("node") is None:
        if os.environ.get("CI"):
            pytest.fail("node is not installed")
        pytest.skip("node is not installed (make test installs it where it may)")

    def run(button: str, **scenario: object) -> dict[str, list[object]]:
        temp = tmp_path / "临时 文件"
        temp.mkdir(exist_ok=True)
        (tmp_path / "scenario.json").write_text(json.dumps({"button": button, "temp": str(temp), **scenario}), "utf-8")
        (addin,) = wps.glob("fengong_*")
        command = ["node", str(HOST), str(addin), str(tmp_path / "scenario.json")]
        done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=150)
        answer: dict[str, list[object]] = json.loads(done.stdout)
        return answer

    return run


def test_a_button_starts_the_program_and_opens_the_result(press: Press, desk: Path) -> None:
    before = (desk / "任务分工表.xlsx").read_bytes()
    seen = press("Issue", book=str(desk / "任务分工表.xlsx"))
    (said,) = seen["said"]
    assert "单位下发" in str(said) and seen["started"][0][0] == str(PROGRAM)  # type: ignore[index]
    assert (desk / "下发").is_dir() and any(str(desk / "下发") in str(path) for path in seen["opened"])
    assert (desk / "任务分工表.xlsx").read_bytes() == before


def test_the_selected_cell_of_a_summary_is_traced(press: Press, city: Path) -> None:
    seen = press("Trace", book=str(summary_of(city)), sheet="明细", cells="$H$4")
    (said,) = seen["said"]
    assert COUNTY in str(said) and TOWNS[0] in str(said)
    assert any("逐级明细.xlsx" in str(path) for path in seen["opened"])


def test_an_upper_form_is_chosen_and_filled_in(press: Press, city: Path, tmp_path: Path) -> None:
    county = summary_of(tmp_path / "望川县")
    seen = press("Rollup", book=str(county), picked=str(upper_form(city)))
    filled = county.parent / f"上报_{upper_form(city).name}"
    assert filled.is_file() and str(filled) in map(str, seen["opened"]), seen["said"]


def test_a_failing_button_says_what_to_do(press: Press, desk: Path, tmp_path: Path) -> None:
    (tmp_path / "空.txt").write_text("", "utf-8")
    (said,) = press("Draft", picked=str(tmp_path / "空.txt"))["said"]
    assert "→" in str(said)


def test_without_a_workbook_nothing_is_started(press: Press) -> None:
    seen = press("Check")
    assert "没有打开的工作簿" in str(seen["said"]) and not seen["started"]


def test_a_cancelled_dialog_does_nothing(press: Press) -> None:
    seen = press("Draft", expectNothing=True)
    assert not seen["said"] and not seen["started"]


def test_the_agent_does_the_work_where_programs_may_not_be_started(press: Press, desk: Path) -> None:
    with agent.running():
        seen = press("Issue", book=str(desk / "任务分工表.xlsx"), deadShell=True)
    assert "单位下发" in str(seen["said"]) and len(seen["agentCalls"]) == 1
    assert not [call for call in seen["started"] if call[1]]  # type: ignore[index]


def test_a_page_of_another_origin_is_refused_and_the_program_started_instead(press: Press, desk: Path) -> None:
    with agent.running():
        seen = press("Check", book=str(desk / "任务分工表.xlsx"), origin="http://evil.example")
    assert seen["agentStatus"] == 403 and seen["started"] and seen["said"]


def test_without_the_token_the_agent_refuses(press: Press, desk: Path) -> None:
    with agent.running() as port:
        agent.agent_file().write_text(json.dumps({"port": port, "token": "wrong"}), "utf-8")
        seen = press("Check", book=str(desk / "任务分工表.xlsx"))
    assert seen["agentStatus"] == 403 and seen["started"]


def test_a_stale_agent_and_a_dead_shell_end_in_a_sentence(press: Press, desk: Path) -> None:
    agent.agent_file().parent.mkdir(parents=True, exist_ok=True)
    agent.agent_file().write_text(json.dumps({"port": 9, "token": "x"}), "utf-8")
    seen = press("Check", book=str(desk / "任务分工表.xlsx"), deadShell=True, patience=600)
    assert "请先打开分工程序" in str(seen["said"])


def test_the_agents_file_is_for_this_user_alone_and_goes_with_it(wps: Path) -> None:
    with agent.running():
        assert agent.agent_file().stat().st_mode & 0o077 == 0
    assert not agent.agent_file().exists()


def test_the_ribbon_offers_every_button_with_its_picture(wps: Path) -> None:
    (addin,) = wps.glob("fengong_*")
    text = (addin / "ribbon.xml").read_text("utf-8")
    assert not text.startswith("<?xml")
    controls = [e for e in ET.fromstring(text).iter() if e.tag.endswith("button")]
    assert [(c.get("id"), c.get("label")) for c in controls] == [(f"Fg{b.id}", b.label) for b in BUTTONS]
    assert all((addin / "images" / f"{c.get('id')}.png").is_file() for c in controls)


def test_others_add_ins_stay_in_the_list(wps: Path) -> None:
    other = '<jsplugins><!-- keep --><jsplugin name="公文" type="wps" url="x_1" version="1"/></jsplugins>'
    (wps / "publish.xml").write_text(other, "utf-8")
    for _ in range(2):
        installer.addin("install", program=PROGRAM)
    names = [line.get("name") for line in ET.parse(wps / "publish.xml").iter("jsplugin")]
    assert names == ["公文", "fengong"]
    assert installer.addin("status").places[0].installed
    installer.addin("uninstall")
    assert [line.get("name") for line in ET.parse(wps / "publish.xml").iter("jsplugin")] == ["公文"]
    assert not list(wps.glob("fengong_*")) and not (wps / "authaddin.json").exists()


def test_a_broken_list_is_not_overwritten(wps: Path) -> None:
    (wps / "publish.xml").write_text("<jsplugins><jsplugin", "utf-8")
    with pytest.raises(CannotDo, match="清单"):
        installer.addin("install", program=PROGRAM)
    assert (wps / "publish.xml").read_text("utf-8") == "<jsplugins><jsplugin"


def test_the_folders_of_windows() -> None:
    there = {"APPDATA": "C:/Users/x/AppData/Roaming"}
    assert installer.wps_folder(there, "win32").parts[-3:] == ("kingsoft", "wps", "jsaddons")
    excel = installer.excel_folder(there, "win32")
    assert excel is not None and excel.parts[-2:] == ("Microsoft", "AddIns")


def test_without_built_add_ins_it_says_how_to_get_them(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setattr(installer, "addins_dir", lambda: None)
    with pytest.raises(CannotDo, match="加载项"):
        installer.addin("install")
    assert resources.state_dir().name == "fengong"
