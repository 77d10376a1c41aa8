"""A progress bar for people at a terminal; silent when the output is piped."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from toolkit.model import Progress, no_progress

_PATIENCE = 1.0
"""Seconds of work before a bar appears: quick commands show none."""


@contextmanager
def progress_bar(label: str) -> Iterator[Progress]:
    """A progress callback that draws a bar once the work takes longer than a second."""
    if sys.stderr is None or not sys.stderr.isatty():
        yield no_progress
        return
    started = time.monotonic()
    bar = None
    task = None

    def progress(done: int, total: int, what: str) -> None:
        nonlocal bar, task
        if bar is None:
            if time.monotonic() - started < _PATIENCE:
                return
            from rich.console import Console
            from rich.progress import Progress as RichProgress

            bar = RichProgress(console=Console(stderr=True), transient=True)
            bar.start()
            task = bar.add_task(label, total=total)
        assert task is not None
        bar.update(task, completed=done, total=total, description=f"{label}：{what}")

    try:
        yield progress
    finally:
        if bar is not None:
            bar.stop()
