"""Where the files that come with the program lie, however it was installed."""

from __future__ import annotations

import os
import sys
from pathlib import Path

OWN_TEMPLATES = "模板"
"""Folder in a working folder where an office keeps templates it restyled."""


def templates_dir() -> Path:
    """The folder of templates: beside a packaged program, inside a wheel, or at the top of the project."""
    here = Path(__file__).resolve().parent
    candidates = [here / "_templates", here.parent / "templates"]
    if bundle := getattr(sys, "_MEIPASS", None):
        candidates.insert(0, Path(bundle) / "templates")
    for folder in candidates:
        if folder.is_dir():
            return folder
    raise FileNotFoundError(candidates[-1])


def template(name: str, beside: Path | None = None) -> Path:
    """The path of one template by its file name: the office's own in a folder 模板 of ``beside``, else ours."""
    own = beside / OWN_TEMPLATES / name if beside else None
    return own if own and own.is_file() else templates_dir() / name


def manual() -> Path:
    """The clerk's manual, as PDF where it was built, else as text."""
    folder = templates_dir().parent / "docs"
    for name in ("手册.pdf", "手册.html", "手册.md"):
        if (folder / name).is_file():
            return folder / name
    raise FileNotFoundError(folder / "手册.md")


def addins_dir() -> Path | None:
    """The folder of built add-ins, ``None`` where they were not built."""
    base = templates_dir().parent
    candidates = (base / "addins", base / "dist" / "out" / "macros")
    return next((folder for folder in candidates if (folder / "fengong.xlam").is_file()), None)


def state_dir() -> Path:
    """The user's folder for what the program remembers: log, agent."""
    base = os.environ.get("LOCALAPPDATA") or os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state"
    return Path(base) / "fengong"


def manual_text() -> Path:
    """The clerk's manual as Markdown, its pictures beside it."""
    return templates_dir().parent / "docs" / "手册.md"
