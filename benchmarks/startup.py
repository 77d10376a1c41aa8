"""How fast the program answers from a cold start: ``--help``, and ``check`` on one file."""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.campaign import make_campaign

ROUNDS = 7


def seconds(*arguments: str) -> float:
    """One run in a fresh process."""
    start = time.perf_counter()
    subprocess.run([sys.executable, "-m", "toolkit", *arguments], capture_output=True, check=False)
    return time.perf_counter() - start


def main() -> None:
    """Print the medians beside an empty Python."""
    folder = Path(tempfile.gettempdir()) / "fengong-bench-20"
    make_campaign(folder, 20)
    form = next((folder / "回收").iterdir())
    empty = []
    runs: dict[str, list[float]] = {"fengong --help": [], "fengong --version": [], "fengong check ONE": []}
    for _ in range(ROUNDS):
        start = time.perf_counter()
        subprocess.run([sys.executable, "-c", ""], check=False)
        empty.append(time.perf_counter() - start)
        runs["fengong --help"].append(seconds("--help"))
        runs["fengong --version"].append(seconds("--version"))
        runs["fengong check ONE"].append(seconds("check", str(form)))
    base = statistics.median(empty)
    print(f"{'':<24}{'s':>8}{'× empty Python':>16}")
    print(f"{'python -c pass':<24}{base:>8.3f}{1.0:>16.1f}")
    for name, times in runs.items():
        print(f"{name:<24}{statistics.median(times):>8.3f}{statistics.median(times) / base:>16.1f}")


if __name__ == "__main__":
    main()
