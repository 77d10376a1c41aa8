"""Where the time of a merge goes: the parent's stages, each without those inside it."""

from __future__ import annotations

import functools
import importlib
import time
from collections import defaultdict
from collections.abc import Callable
from typing import Any

MERGING = (
    ("plan, roster, settings", "toolkit.merge", "load_ground"),
    ("files met and hashed", "toolkit.merge", "meet"),
    ("forms read (by workers)", "toolkit.merge", "read_all"),
    ("entries and units", "toolkit.gathering", "collect"),
    ("rules", "toolkit.rules", "run"),
    ("figures", "toolkit.figures", "compute"),
    ("sheets written", "toolkit.workbooks.summary_book", "render"),
    ("summary moved into place", "toolkit.keeping", "put"),
)
"""Stage, and the function that it is."""
REST = "the rest"


class Stages:
    """Watches functions of the program while it runs."""

    def __init__(self) -> None:
        self._wall: dict[str, float] = defaultdict(float)
        self._cpu: dict[str, float] = defaultdict(float)
        self._inside: list[str] = []
        self._since = (time.perf_counter(), time.process_time())

    def watch(self, stage: str, module: str, name: str) -> None:
        """Count the time in a function of a module for a stage."""
        where = importlib.import_module(module)
        function: Callable[..., Any] = getattr(where, name)

        @functools.wraps(function)
        def watched(*args: Any, **named: Any) -> Any:
            self._pass(entering=stage)
            try:
                return function(*args, **named)
            finally:
                self._pass()

        setattr(where, name, watched)

    def taken(self) -> dict[str, tuple[float, float]]:
        """Seconds of the clock and of the parent's processors by stage."""
        self._inside.append(REST)
        self._pass()
        return {stage: (self._wall[stage], self._cpu[stage]) for stage in self._wall}

    def _pass(self, entering: str | None = None) -> None:
        """The time since the last change belongs to the stage that was on."""
        now = time.perf_counter(), time.process_time()
        stage = self._inside[-1] if self._inside else REST
        self._wall[stage] += now[0] - self._since[0]
        self._cpu[stage] += now[1] - self._since[1]
        self._since = now
        if entering is None:
            self._inside.pop()
        else:
            self._inside.append(entering)
