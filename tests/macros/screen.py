"""A screen of one's own under Xvfb: a window manager, a mouse, and pictures of what is shown."""

from __future__ import annotations

import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class Screen:
    """One virtual screen."""

    def __init__(self, display: str) -> None:
        self.display = display

    def click(self, x: int, y: int) -> None:
        """Press the left button of the mouse at a place."""
        self._tool("mousemove", str(x), str(y), "click", "1")

    def key(self, name: str) -> None:
        """Press a key."""
        self._tool("key", name)

    def _tool(self, *arguments: str) -> None:
        subprocess.run(["xdotool", *arguments], env={"DISPLAY": self.display, "PATH": "/usr/bin:/bin"}, check=True)

    def shot(self, path: Path) -> Path:
        """A picture of the whole screen."""
        path.parent.mkdir(parents=True, exist_ok=True)
        subprocess.run(["import", "-display", self.display, "-window", "root", str(path)], check=True)
        return path


@contextmanager
def screen(width: int = 1366, height: int = 768) -> Iterator[Screen]:
    """A screen until the block ends."""
    xvfb = subprocess.Popen(
        ["Xvfb", "-displayfd", "1", "-screen", "0", f"{width}x{height}x24"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert xvfb.stdout is not None
    display = f":{xvfb.stdout.readline().strip()}"
    manager = subprocess.Popen(
        ["openbox"], env={"DISPLAY": display, "HOME": "/tmp", "PATH": "/usr/bin:/bin"}, stderr=subprocess.DEVNULL
    )
    time.sleep(1)
    try:
        yield Screen(display)
    finally:
        for process in (manager, xvfb):
            process.kill()
            process.wait()


TOOLS = ("Xvfb", "openbox", "xdotool", "import")


def missing() -> list[str]:
    """Which of the tools are not installed."""
    return [tool for tool in TOOLS if shutil.which(tool) is None]
