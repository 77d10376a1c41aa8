"""Taking pictures of the program's windows on a virtual screen."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from toolkit.desktop.shell import Shell

COLOURS = 256
_SCREEN = "1920x1080x24"


@contextmanager
def virtual_screen() -> Iterator[None]:
    """An X server of its own, so that nothing of a person's screen is in the pictures."""
    ours, theirs = os.pipe()
    command = ["Xvfb", "-displayfd", str(theirs), "-screen", "0", _SCREEN, "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=[theirs], stderr=subprocess.DEVNULL)
    os.close(theirs)
    try:
        with os.fdopen(ours) as pipe:
            os.environ["DISPLAY"] = f":{pipe.readline().strip()}"
        os.environ["QT_QPA_PLATFORM"] = "xcb"
        yield
    finally:
        server.terminate()
        server.wait()


def settle(shell: Shell) -> None:
    """Let everything that was started end and be drawn."""
    from PySide6.QtTest import QTest

    QTest.qWait(60)
    while shell.runner.busy:
        QTest.qWait(20)
    QTest.qWait(120)


def shoot(widget: QWidget, name: str, folder: Path) -> None:
    """Save a picture of a window, with few colours so that it stays small."""
    from PIL import Image

    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.png"
    widget.grab().save(str(path))
    with Image.open(path) as picture:
        small = picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    small.save(path, optimize=True)
