"""How fast a round is merged, end to end, beside the floor, the best peer and the loop that people write (SPEED.md).

python -m benchmarks.merging [FORMS]

fengong merges with everything included: walking, hashes, reading, matching, rules, all eight sheets of the summary.
The peers only concatenate rows and write them, without a single check.  Each row runs in a process of its own.
Workers load this module too, as they do whatever program was started, so it loads little.
"""

from __future__ import annotations

import io
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from benchmarks import TASKS
from benchmarks.floor import floor
from benchmarks.stages import MERGING, REST, Stages

ROUNDS = 3
SLOW_SAMPLE = 60
"""Forms that the slow loops are given; their time a form does not depend on how many there are."""


def returns(folder: Path, most: int | None = None) -> list[bytes]:
    """The returned forms, read from the disk."""
    return [path.read_bytes() for path in sorted((folder / "回收").iterdir())[:most]]


def run_floor(folder: Path) -> int:
    """Inflate and parse every form with nothing listening."""
    forms = returns(folder)
    for data in forms:
        floor(data)
    return len(forms)


def run_fengong(folder: Path) -> int:
    """The whole merge."""
    from toolkit.merge import merge

    result = merge([folder / "回收"], folder / "任务分工表.xlsx", folder / "汇总表.xlsx", as_of=date(2026, 1, 5))
    assert len(result.collection.entries) == len(result.collection.files) * TASKS
    return len(result.collection.files)


def run_fengong_without_rules(folder: Path) -> int:
    """The whole merge but for the rules, to see what they cost."""
    from toolkit import gathering, rules

    rules.RULES = ()
    gathering._MANY = sys.maxsize  # nor in the workers
    return run_fengong(folder)


def run_polars(folder: Path) -> int:
    """The best peer: fastexcel into polars, concatenated, written by XlsxWriter; no checks at all."""
    import fastexcel
    import polars

    frames = []
    for data in returns(folder):
        sheet = fastexcel.read_excel(data).load_sheet(0, header_row=None, dtypes="string")
        frames.append(sheet.to_polars())
    polars.concat(frames, how="diagonal").write_excel(folder / "polars.xlsx")
    return len(frames)


def run_pandas_loop(folder: Path) -> int:
    """What people write: a loop with openpyxl both ways."""
    import pandas

    forms = returns(folder, SLOW_SAMPLE)
    frames = [pandas.read_excel(io.BytesIO(data), header=None, engine="openpyxl") for data in forms]
    pandas.concat(frames).to_excel(folder / "pandas.xlsx", engine="openpyxl")
    return len(forms)


RUNS: dict[str, Callable[[Path], int]] = {
    "floor: inflate + expat": run_floor,
    "fengong merge, everything": run_fengong,
    "fengong merge, without rules": run_fengong_without_rules,
    "fastexcel + polars, no checks": run_polars,
    "pandas loop (openpyxl), no checks": run_pandas_loop,
}


@dataclass(frozen=True, slots=True)
class Measured:
    """One run in a process of its own; times in milliseconds a form."""

    wall: float
    parent_megabytes: int
    worker_megabytes: int
    parent: float
    """Processor time of the parent."""
    workers: float
    """Processor time of all workers together."""
    stages: dict[str, tuple[float, float]]
    """Stage → time by the clock, processor time of the parent."""


def run(name: str, folder: Path) -> Measured:
    """One run, in this process."""
    stages = Stages()
    if "fengong" in name:
        for stage in MERGING:
            stages.watch(*stage)
    start = time.perf_counter()
    forms = RUNS[name](folder)
    wall = time.perf_counter() - start
    own, workers = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    each = 1000 / forms
    return Measured(
        wall * each,
        own.ru_maxrss // 1024,
        workers.ru_maxrss // 1024,
        (own.ru_utime + own.ru_stime) * each,
        (workers.ru_utime + workers.ru_stime) * each,
        {stage: (clock * each, processor * each) for stage, (clock, processor) in stages.taken().items()},
    )


def measure(name: str, folder: Path) -> Measured | None:
    """One run in a process of its own; ``None`` when a peer is not installed."""
    command = [sys.executable, "-m", "benchmarks.merging", "--run", name, str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        print(f"{name}: {done.stderr.strip().splitlines()[-1]}", file=sys.stderr)
        return None
    return Measured(**json.loads(done.stdout.splitlines()[-1]))


def print_table(rounds: Sequence[Mapping[str, Measured | None]]) -> None:
    """Medians and spread of all rounds, in ratio to the floor of the same round."""
    heads = f"{'ms a form':>10}{'from … to':>17}{'× floor':>9}{'parent MB':>11}{'worker MB':>11}"
    print(f"{'':<36}{heads}")
    base = next(iter(RUNS))
    for name in rounds[0]:
        runs = [measured for each in rounds if (measured := each[name]) is not None]
        if not runs:
            continue
        times = [one.wall for one in runs]
        floors = [one.wall for each in rounds if (one := each[base]) is not None]
        ratio = statistics.median(time / floor for time, floor in zip(times, floors, strict=True))
        spread = f"{min(times):.2f} … {max(times):.2f}"
        parent = max(one.parent_megabytes for one in runs)
        workers = max(one.worker_megabytes for one in runs) or "–"
        print(f"{name:<36}{statistics.median(times):>10.2f}{spread:>17}{ratio:>9.1f}{parent:>11}{workers:>11}")


def print_stages(name: str, runs: Sequence[Measured]) -> None:
    """Where the parent's time goes."""
    print(f"\n{name}: stages of the parent\n\n{'':<36}{'ms a form':>10}{'processor':>11}")
    for stage in (*(stage for stage, _, _ in MERGING), REST):
        times = [one.stages.get(stage, (0.0, 0.0)) for one in runs]
        clock, processor = (statistics.median(column) for column in zip(*times, strict=True))
        print(f"{stage:<36}{clock:>10.2f}{processor:>11.2f}")
    parent, workers = (statistics.median(getattr(one, field) for one in runs) for field in ("parent", "workers"))
    print(f"{'parent and workers, start included':<36}{'':>10}{parent:>11.2f} + {workers:.2f}")


def main() -> None:
    """Print the tables; growth too when several sizes are given."""
    if sys.argv[1:2] == ["--run"]:
        print(json.dumps(asdict(run(sys.argv[2], Path(sys.argv[3])))))
        return
    from benchmarks.campaign import make_campaign

    sizes = [int(size) for size in sys.argv[1:]] or [1000]
    for size in sizes:
        folder = Path(tempfile.gettempdir()) / f"fengong-bench-{size}"
        make_campaign(folder, size)
        is_first = size == sizes[0]
        names = list(RUNS) if is_first else list(RUNS)[:2]
        # Round by round, so that a busy moment of the machine meets all of them.
        rounds = [{name: measure(name, folder) for name in names} for _ in range(ROUNDS if is_first else 1)]
        print(f"{size} forms × {TASKS} tasks, {len(rounds)} rounds\n")
        print_table(rounds)
        whole = names[1]
        print_stages(whole, [one for each in rounds if (one := each[whole]) is not None])
        print()


if __name__ == "__main__":
    main()
