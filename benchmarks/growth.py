"""Whether the cost of a form stays what it is as a round grows: 100, 1,000, 10,000, 100,000 forms of 40 tasks.

python -m benchmarks.growth [FORMS...]

The returns are made once and used again: some forms are issued and filled in by the simulator, the others are these
with another unit's name and stamp and other figures in their words.  Each merge runs in a process of its own; the
time is that of everything a clerk waits for, the summary and the files beside it written.
"""

from __future__ import annotations

import io
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from random import Random

from benchmarks import TASKS
from benchmarks.campaign import make_campaign
from benchmarks.issuing import make_plan
from toolkit.identity import Stamp
from toolkit.model import Group, Roster, Unit
from toolkit.workbooks import plan_book, roster_book

SIZES = (100, 1_000, 10_000, 100_000)
BASE = 100
"""Forms that are issued and filled in one by one."""
FOLDER = 1_000
"""Files of a folder."""
BYTES = 20_000
"""Of a form on the disk, about."""
_FIGURE = re.compile(r"(?<=[^\d/（\-])\d{1,3}(?=[个次名户条件万处人册份项期轮])")
_STAMP = re.compile(rb"FG1\.[0-9a-f]{8}\.[\w=-]+")


@dataclass(frozen=True)
class Pattern:
    """A filled form that others are made from."""

    unit: str
    parts: tuple[tuple[str, bytes], ...]

    @classmethod
    def read(cls, path: Path, unit: str) -> Pattern:
        with zipfile.ZipFile(path) as book:
            return cls(unit, tuple((info.filename, book.read(info)) for info in book.infolist()))

    def of(self, unit: str) -> bytes:
        """The same form as another unit would have sent it."""
        figures = Random(unit)
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as book:
            for name, data in self.parts:
                if _STAMP.search(data):
                    data = _STAMP.sub(partial(_restamped, unit=unit), data)
                if self.unit.encode() in data:
                    text = data.decode().replace(self.unit, unit)
                    data = _FIGURE.sub(lambda _: str(figures.randint(2, 980)), text).encode()
                book.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
        return stream.getvalue()


def _restamped(found: re.Match[bytes], unit: str) -> bytes:
    stamp = Stamp.decode(found.group().decode())
    assert stamp is not None
    return replace(stamp, unit=unit).encode(duties=bool(stamp.duties)).encode()


def make_returns(folder: Path, forms: int) -> None:
    """Plan, roster, and one filled form a unit in folders under ``folder/回收``, once."""
    done = folder / "齐了"
    if done.exists():
        return
    needed = forms * BYTES * 2
    if shutil.disk_usage(folder.parent).free < needed:
        raise SystemExit(f"{forms} forms need {needed >> 20} MB in {folder.parent}")
    base = folder.parent / f"fengong-growth-base-{BASE}"
    make_campaign(base, BASE)
    folder.mkdir(parents=True, exist_ok=True)
    names = tuple(f"云河市第{number}局" for number in range(1, forms + 1))
    units = tuple(Unit(name, number) for number, name in enumerate(names, 1))
    plan_book.write(make_plan(), folder / "任务分工表.xlsx")
    roster_book.write(Roster(units, (Group("市直各单位", names, "名录"),)), folder / "单位名录.xlsx")
    with ProcessPoolExecutor(os.cpu_count()) as workers:
        list(workers.map(partial(_make_folder, folder, base), list(_slices(names))))
    done.touch()


def _slices(names: tuple[str, ...]) -> Iterator[tuple[int, tuple[str, ...]]]:
    for start in range(0, len(names), FOLDER):
        yield start, names[start : start + FOLDER]


def _make_folder(folder: Path, base: Path, piece: tuple[int, tuple[str, ...]]) -> None:
    start, names = piece
    patterns = [Pattern.read(path, path.name.split("_")[1]) for path in sorted((base / "回收").iterdir())]
    inside = folder / "回收" / f"{start // FOLDER + 1:03}"
    inside.mkdir(parents=True, exist_ok=True)
    for number, name in enumerate(names, start + 1):
        data = patterns[number % len(patterns)].of(name)
        (inside / f"{number:03}_{name}_2025年第四季度.xlsx").write_bytes(data)


@dataclass(frozen=True)
class Measured:
    """One merge."""

    forms: int
    seconds: float
    parent_seconds: float
    """Of the processor."""
    worker_seconds: float
    parent_megabytes: int
    worker_megabytes: int
    """Of the largest worker."""

    @property
    def milliseconds(self) -> float:
        """A form."""
        return 1000 * self.seconds / self.forms


def merge(folder: Path) -> Measured:
    """Merge the round of a folder in this process."""
    from toolkit.merge import merge as verb

    start = time.perf_counter()
    result = verb([folder / "回收"], folder / "任务分工表.xlsx", folder / "汇总表.xlsx", as_of=date(2026, 1, 5))
    seconds = time.perf_counter() - start
    forms = len(result.collection.files)
    assert len(result.collection.entries) == forms * TASKS
    own, workers = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return Measured(
        forms,
        seconds,
        own.ru_utime + own.ru_stime,
        workers.ru_utime + workers.ru_stime,
        own.ru_maxrss >> 10,
        workers.ru_maxrss >> 10,
    )


def measure(folder: Path) -> Measured:
    """The same in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.growth", "--merge", str(folder)], capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(done.stderr)
    forms, *seconds, parent, worker = done.stdout.split()[-6:]
    taken, own, workers = map(float, seconds)
    return Measured(int(forms), taken, own, workers, int(parent), int(worker))


def main(arguments: list[str]) -> None:
    """Print the table, a line a size."""
    if arguments[:1] == ["--merge"]:
        done = merge(Path(arguments[1]))
        print(done.forms, done.seconds, done.parent_seconds, done.worker_seconds, done.parent_megabytes,
              done.worker_megabytes)  # fmt: skip
        return
    print(f"{'forms':>8}{'s':>9}{'ms a form':>11}{'× 1,000':>9}{'ms parent':>11}{'ms workers':>12}{'MB parent':>11}"
          f"{'MB a worker':>13}")  # fmt: skip
    base = None
    for size in map(int, arguments or SIZES):
        folder = Path(tempfile.gettempdir()) / f"fengong-growth-{size}"
        make_returns(folder, size)
        done = measure(folder)
        base = done.milliseconds if size == 1_000 else base
        ratio = f"{done.milliseconds / base:.2f}" if base else "–"
        own, workers = (1000 * seconds / done.forms for seconds in (done.parent_seconds, done.worker_seconds))
        print(
            f"{done.forms:>8}{done.seconds:>9.1f}{done.milliseconds:>11.2f}{ratio:>9}{own:>11.2f}{workers:>12.2f}"
            f"{done.parent_megabytes:>11}{done.worker_megabytes:>13}",
            flush=True,
        )


if __name__ == "__main__":
    main(sys.argv[1:])
