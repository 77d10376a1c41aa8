"""What a command is: its names, what it needs, and which function does it."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Need(StrEnum):
    """What kind of thing an argument is."""

    FILE = "file"
    """A file that exists."""
    PATH = "path"
    """A file, a folder or a .zip that exists."""
    ADDRESS = "address"
    """The same, or an address that fsspec reaches."""
    OUT_FILE = "out_file"
    OUT_FOLDER = "out_folder"
    OUT_PATH = "out_path"
    """A workbook or a folder to write to."""
    TEXT = "text"
    DAY = "day"
    COUNT = "count"
    CHOICE = "choice"
    SWITCH = "switch"
    """Said or not said."""


class Given(StrEnum):
    """What a working folder (台账文件夹) gives for an argument that is left out there."""

    FOLDER = "folder"
    """The folder itself; it goes into the desk, not to the function."""
    PLAN = "plan"
    RETURNS = "returns"
    """回收/填报期 of the last round."""
    SUMMARY = "summary"
    """The last summary."""
    PLACE = "place"
    """Where the folder keeps such a result: the function knows."""


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument of a command."""

    name: str
    """The parameter of the function."""
    need: Need
    help: str
    flag: str | None = None
    """``--round``; ``None`` for what is told by its place."""
    short: str | None = None
    metavar: str = "TEXT"
    required: bool = False
    many: bool = False
    choices: tuple[str, ...] = ()
    given: Given | None = None
    """What fills it in a working folder; then it need not be told there even when it is required."""


@dataclass(frozen=True, slots=True)
class Command:
    """One command on every surface."""

    name: str
    """``fengong NAME``."""
    label: str
    """What the button says."""
    tip: str
    """One sentence: what it does for the clerk."""
    function: str
    """``module:function`` of the verb, imported when it is called."""
    arguments: tuple[Argument, ...]
    at_desk: bool = False
    """Whether the function takes the ``desk`` of a working folder."""

    def load(self) -> Callable[..., Any]:
        """The function behind the command."""
        module, _, name = self.function.partition(":")
        verb: Callable[..., Any] = getattr(importlib.import_module(module), name)
        return verb
