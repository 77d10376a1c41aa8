"""``make bench``: every benchmark in one run, printed, and written to RESULTS.md with the machine named."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
from pathlib import Path

RESULTS = Path(__file__).with_name("RESULTS.md")
RUNS = (
    ("Reading 1,000 forms", ["benchmarks.reading"]),
    ("Issuing forms", ["benchmarks.issuing"]),
    ("Merging end to end", ["benchmarks.merging", "1000"]),
    ("Merging again with three new files", ["benchmarks.incremental", "1000"]),
    ("Start-up", ["benchmarks.startup"]),
)


def main() -> None:
    """Run them one after another."""
    cores = os.cpu_count()
    parts = [
        "# Results\n",
        "Made by `make bench`; ratios hold from run to run, absolute times do not.\n",
        f"Machine: {platform.machine()}, {cores} cores, {platform.system()}, CPython {platform.python_version()}.\n",
    ]
    for title, command in RUNS:
        done = subprocess.run([sys.executable, "-m", *command], capture_output=True, text=True, check=False)
        print(f"== {title}\n{done.stdout}{done.stderr}")
        parts.append(f"## {title}\n\n```\n{done.stdout.strip()}\n```\n")
    RESULTS.write_text("\n".join(parts), encoding="utf-8")


if __name__ == "__main__":
    main()
