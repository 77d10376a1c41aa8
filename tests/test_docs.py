"""The reference pages are what the program says today."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

DOCS = Path(__file__).parents[1] / "docs"
_spec = importlib.util.spec_from_file_location("docs_build", DOCS / "build.py")
assert _spec is not None and _spec.loader is not None
build = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(build)


@pytest.mark.parametrize("name", build.PAGES)
def test_the_committed_page_is_what_the_program_says(name: str) -> None:
    assert (DOCS / name).read_text("utf-8") == build.PAGES[name](), "run: make docs"
