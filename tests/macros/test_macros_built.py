"""The built add-ins: byte-identical, whole, ASCII inside, and every control leads to a registered button."""

from __future__ import annotations

import re
import subprocess
import sys
import xml.etree.ElementTree as ET
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from oletools.olevba import VBA_Parser
from pyopenvba import check_file

from macros.build import build_all
from macros.excel.vba import ascii_source
from toolkit.registry.buttons import BUTTONS

CONTROL = "{http://schemas.microsoft.com/office/2006/01/customui}button"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return {path.suffix or "wps": path for path in build_all(tmp_path_factory.mktemp("加载项"))}


def modules(path: Path) -> dict[str, str]:
    parser = VBA_Parser(str(path))
    return {name: code for _, _, name, code in parser.extract_macros()}


def test_two_builds_are_the_same_bytes(built: dict[str, Path], tmp_path: Path) -> None:
    build_all(tmp_path)
    first = built[".oxt"].parent
    files = {path.relative_to(tmp_path) for path in tmp_path.rglob("*") if path.is_file()}
    assert files == {path.relative_to(first) for path in first.rglob("*") if path.is_file()}
    for name in files:
        assert (tmp_path / name).read_bytes() == (first / name).read_bytes(), name


@pytest.mark.parametrize("suffix", [".xlam", ".xlsm"])
def test_the_file_is_whole_and_its_code_is_ascii(built: dict[str, Path], suffix: str) -> None:
    assert not check_file(str(built[suffix])).issues
    code = modules(built[suffix])
    assert {"FengongCore.bas", "FengongButtons.bas"} <= set(code)
    for name, source in code.items():
        assert source.isascii() and max(map(len, source.splitlines()), default=0) < 1023, name


@pytest.mark.parametrize("suffix", [".xlam", ".xlsm"])
def test_static_analysis_finds_nothing(built: dict[str, Path], suffix: str) -> None:
    tool = Path(sys.executable).with_name("pyvbaanalysis")
    output = subprocess.run([tool, str(built[suffix])], capture_output=True, text=True, check=False).stdout
    assert "no diagnostics" in output


def test_every_ribbon_button_is_registered_and_has_its_macro(built: dict[str, Path]) -> None:
    with zipfile.ZipFile(built[".xlam"]) as archive:
        controls = list(ET.fromstring(archive.read("customUI/customUI.xml")).iter(CONTROL))
        assert b"customUI/customUI.xml" in archive.read("_rels/.rels")
    ids = [control.get("id") for control in controls]
    assert len(set(ids)) == len(ids)
    assert [control.get("tag") for control in controls] == [button.id for button in BUTTONS]
    assert [control.get("label") for control in controls] == [button.label for button in BUTTONS]
    code = "\n".join(modules(built[".xlam"]).values())
    for action in {control.get("onAction") for control in controls}:
        assert re.search(rf"Public Sub {action}\(control As IRibbonControl\)", code)


def test_every_sheet_button_has_its_macro(built: dict[str, Path]) -> None:
    with zipfile.ZipFile(built[".xlsm"]) as archive:
        drawing = "".join(archive.read(n).decode() for n in archive.namelist() if n.endswith(".vml"))
    called = set(re.findall(r"<x:FmlaMacro>\[0\]!(\w+)</x:FmlaMacro>", drawing))
    code = "\n".join(modules(built[".xlsm"]).values())
    assert called == {f"Fg{button.id}" for button in BUTTONS}
    assert all(f"Public Sub {macro}()" in code for macro in called)


def test_the_extension_offers_every_button(built: dict[str, Path]) -> None:
    with zipfile.ZipFile(built[".oxt"]) as archive:
        for name in archive.namelist():
            if name.endswith((".xml", ".xcu")):
                ET.fromstring(archive.read(name))
        offered = re.findall(r"service:cn\.fengong\.Button\?(\w+)", archive.read("Addons.xcu").decode())
    assert offered == [button.id for button in BUTTONS] * 2


_LINE_ENDS = '"\r\n\x85\u2028\u2029\x0b\x0c\x1c\x1d\x1e'
literals = st.text(st.characters(exclude_characters=_LINE_ENDS, max_codepoint=0xFFFF, exclude_categories=["Cs"]))


@given(literals)
def test_a_spelled_literal_means_the_same_text(text: str) -> None:
    spelled = ascii_source(f'x = "{text}"').strip()
    assert spelled.isascii()
    parts = re.findall(r'"([^"]*)"|ChrW\(&H([0-9A-F]{4})\)', spelled)
    assert "".join(plain or (chr(int(code, 16)) if code else "") for plain, code in parts) == text


def test_chinese_outside_a_literal_is_refused() -> None:
    with pytest.raises(ValueError, match="变量"):
        ascii_source("变量 = 1")
