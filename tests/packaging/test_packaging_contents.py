"""What the packaged programs carry and load, as far as it can be told without building them."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from extras import EXTRAS

PROJECT = Path(__file__).resolve().parents[2]
HEAVY = {"pandas", "numpy", "openpyxl", "docx", "docxtpl", "jinja2", "pdfplumber", "pdfminer", "cryptography", "py7zr"}
VERBS = {f"toolkit.{verb}" for verb in ("draft", "issue", "check", "merge", "notify", "notice", "review", "export")}


def test_extras_stay_out_of_the_package() -> None:
    named = set(re.findall(r'"([\w.]+)"', (PROJECT / "dist" / "fengong.spec").read_text("utf-8")))
    assert EXTRAS and named >= EXTRAS


@pytest.mark.parametrize("surface", ["toolkit.cli", "toolkit.desktop.app"])
def test_a_program_starts_without_what_only_some_click_needs(surface: str) -> None:
    """Loading the verbs and their libraries is longer than everything else until the window is there."""
    if surface.startswith("toolkit.desktop"):
        pytest.importorskip("PySide6.QtWidgets", reason="the desktop program's library (PySide6) is not installed")
    code = f"import sys, {surface}; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True, check=True)
    assert not set(done.stdout.split()) & (HEAVY | VERBS | EXTRAS)
