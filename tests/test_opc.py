"""Documents as zips of parts: deterministic, and sealed so that a touched one is known."""

from __future__ import annotations

import io
import sys
import zipfile
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit import opc, resources
from toolkit.sample import packages

TEMPLATES = ("汇总表.xlsx", "任务分工表.xlsx", "提示单.docx")


@pytest.fixture(params=TEMPLATES)
def parts(request: pytest.FixtureRequest) -> dict[str, bytes]:
    return opc.read_parts(resources.template(request.param).read_bytes())


def test_a_sealed_document_is_untouched_until_somebody_saves_it(parts: dict[str, bytes], tmp_path: Path) -> None:
    path = tmp_path / "文件"
    path.write_bytes(opc.write_parts(parts))
    assert not opc.untouched(path)
    sealed = opc.sealed(parts)
    path.write_bytes(opc.write_parts(sealed))
    assert opc.untouched(path)
    name = next(name for name in sealed if name.startswith(("xl/", "word/")))
    path.write_bytes(opc.write_parts(sealed | {name: sealed[name] + b" "}))
    assert not opc.untouched(path)


def test_sealing_twice_is_sealing_once(parts: dict[str, bytes]) -> None:
    once = opc.sealed(parts)
    assert opc.sealed(once) == once


def test_the_zip_states_no_time_of_writing(parts: dict[str, bytes]) -> None:
    data = opc.write_parts(parts)
    assert data == opc.write_parts(parts)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert opc.read_parts(data) == parts


def test_the_zip_does_not_state_the_system_it_was_made_on(
    parts: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Windows and Linux write the same bytes: the summary holds hashes of files, so one difference makes more."""
    here = opc.write_parts(parts), packages.packed(parts, datetime(2026, 1, 1))
    monkeypatch.setattr(sys, "platform", "linux" if sys.platform == "win32" else "win32")
    assert (opc.write_parts(parts), packages.packed(parts, datetime(2026, 1, 1))) == here


def test_what_is_no_document_is_neither_read_nor_untouched(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"PK\x03\x04 broken")
    assert not opc.untouched(tmp_path / "x")
    assert not opc.untouched(tmp_path / "没有")
    with pytest.raises(ValueError, match="zip"):
        opc.read_parts(b"nothing")


@given(st.text(st.characters(), max_size=60))
def test_any_text_becomes_one_that_xml_can_hold(text: str) -> None:
    from lxml import etree

    held = opc.holdable(text)
    element = etree.Element("a")
    element.text = held
    assert etree.fromstring(etree.tostring(element)).text == (held or None)
    assert opc.holdable(held) == held
