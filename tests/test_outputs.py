"""Outputs are whole or absent, and names never leave their folder."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit import outputs


@given(st.text(max_size=200))
def test_safe_name_is_one_name_inside_the_folder(text: str) -> None:
    name = outputs.safe_name(text)
    assert name and Path("folder", name).parent == Path("folder")
    assert not set(name) & set('\\/:*?"<>|\n\r\t') and name not in (".", "..") and len(name) <= 81


@pytest.mark.parametrize("reserved", ["CON", "nul.xlsx", "com1"])
def test_names_windows_reserves_are_changed(reserved: str) -> None:
    assert outputs.safe_name(reserved) != reserved


def test_a_failure_leaves_the_old_file(tmp_path: Path) -> None:
    target = tmp_path / "汇总表.xlsx"
    target.write_bytes(b"old")
    with pytest.raises(RuntimeError), outputs.replacing(target) as beside:
        beside.write_bytes(b"half")
        raise RuntimeError
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


def test_success_replaces_it(tmp_path: Path) -> None:
    target = tmp_path / "新" / "汇总表.xlsx"
    outputs.write_bytes(target, b"new")
    assert target.read_bytes() == b"new" and list(target.parent.iterdir()) == [target]


def test_free_name_counts_up(tmp_path: Path) -> None:
    target = tmp_path / "汇总表.xlsx"
    assert outputs.free_name(target) == target
    target.touch()
    (tmp_path / "汇总表(2).xlsx").touch()
    assert outputs.free_name(target).name == "汇总表(3).xlsx"


@pytest.mark.parametrize("lock", ["~$汇总表.xlsx", ".~汇总表.xlsx", ".~lock.汇总表.xlsx#"])
def test_a_lock_file_means_the_book_is_open(tmp_path: Path, lock: str) -> None:
    book = tmp_path / "汇总表.xlsx"
    book.touch()
    assert not outputs.is_open_elsewhere(book)
    (tmp_path / lock).touch()
    assert outputs.is_open_elsewhere(book)
