"""How soon the programs of a folder answer, warm: ``python dist/startup.py FOLDER`` (Linux; wants Xvfb).

``fengong --version`` until it ends; ``fengong-desktop`` on the sample until its window is painted on a virtual screen.
Seconds by the clock count only while nothing else runs; seconds of processor time stand beside them.  Any folder that
holds the two will do, ``.venv/bin`` too.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import psutil
from build import CONSOLE, DESKTOP
from PIL import ImageGrab

_ROUNDS = 9
_LOOK_EVERY, _PATIENCE = 0.005, 60.0
_CORNER = (0, 0, 480, 360)
"""What is looked at: no window manager runs there, so the window lies in the corner of the screen."""
_COLOURS = 16
"""More than an empty screen or window has; painted text is smooth and has many."""

Took = tuple[float, float]
"""Seconds by the clock, seconds of processor time."""


def version(folder: Path, environment: dict[str, str]) -> Took:
    """One run of ``fengong --version``."""
    start = time.perf_counter()
    run = subprocess.Popen([folder / CONSOLE, "--version"], env=environment, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(run.pid, 0)
    run.returncode = os.waitstatus_to_exitcode(status)
    if run.returncode != 0:
        raise SystemExit(f"{CONSOLE} --version ended with {run.returncode}")
    return time.perf_counter() - start, used.ru_utime + used.ru_stime


def window(folder: Path, sample: Path, environment: dict[str, str]) -> Took:
    """One start of the window, until it is painted."""
    start = time.perf_counter()
    run = subprocess.Popen([folder / DESKTOP, sample], env=environment, stderr=subprocess.DEVNULL)
    try:
        while not _painted(environment["DISPLAY"]):
            if run.poll() is not None or time.perf_counter() - start > _PATIENCE:
                raise SystemExit(f"{DESKTOP} showed no window")
            time.sleep(_LOOK_EVERY)
        used = psutil.Process(run.pid).cpu_times()
        return time.perf_counter() - start, used.user + used.system
    finally:
        run.terminate()
        run.wait()


def _painted(display: str) -> bool:
    return ImageGrab.grab(_CORNER, xdisplay=display).getcolors(_COLOURS) is None


@contextmanager
def screen() -> Iterator[str]:
    """A virtual screen; its name while it is there."""
    heard, said = os.pipe()
    command = ["Xvfb", "-displayfd", str(said), "-screen", "0", "1280x720x24", "-noreset"]
    server = subprocess.Popen(command, pass_fds=[said], stderr=subprocess.DEVNULL)
    os.close(said)
    with os.fdopen(heard) as line:
        number = line.readline().strip()
    try:
        yield f":{number}"
    finally:
        server.terminate()
        server.wait()


def told(name: str, start: Callable[[], Took]) -> str:
    """Start some times, the first for nothing; a line with the best and the middle."""
    start()
    clock, used = zip(*(start() for _ in range(_ROUNDS)), strict=True)
    middle = statistics.median
    return (
        f"{name}: best {min(clock):.2f} s, middle {middle(clock):.2f} s; "
        f"processor best {min(used):.2f} s, middle {middle(used):.2f} s (of {_ROUNDS})"
    )


def startup(folder: Path) -> list[str]:
    """Both programs' lines, and how busy the machine was."""
    busy = f"load before timing {os.getloadavg()[0]:.1f}, {os.cpu_count()} processors"
    with tempfile.TemporaryDirectory() as home:
        environment = {"HOME": home, "XDG_RUNTIME_DIR": home}
        lines = [told(f"{CONSOLE} --version", lambda: version(folder, environment))]
        if shutil.which("Xvfb") is None:
            return [*lines, busy, "window not timed: Xvfb is not installed"]
        sample = Path(home) / "sample"
        demo = [folder / CONSOLE, "demo", "-o", sample]
        subprocess.run(demo, env=environment, stdout=subprocess.DEVNULL, check=True)
        with screen() as display:
            shown = environment | {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
            lines.append(told("window painted", lambda: window(folder, sample, shown)))
    return [*lines, busy]


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the times."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="where fengong and fengong-desktop lie")
    given = parser.parse_args(arguments)
    print("\n".join(startup(given.folder.resolve())))


if __name__ == "__main__":
    main(sys.argv[1:])
