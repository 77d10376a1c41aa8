"""What draft makes of the notices beside the project: the score against the gold, and how long each notice took.

python -m benchmarks.corpus [CORPUS]        default: ../shared/corpus
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from toolkit.draft import draft

CORPUS = Path(__file__).resolve().parents[2] / "shared" / "corpus"
LIMITS = {".pdf": 5.0}
"""Seconds for a notice of 100 tasks (a PDF has more), beside one second for all others."""


def drafted(corpus: Path, folder: Path) -> list[tuple[str, int, float]]:
    """Draft every notice of the corpus into ``folder``; name, tasks and seconds of each."""
    timings = []
    for notice in sorted((corpus / "notices").iterdir()):
        started = time.perf_counter()
        result = draft([notice], folder / notice.name / "任务分工表.xlsx")
        seconds = time.perf_counter() - started
        (folder / f"{notice.name}.json").write_text(json.dumps(result.to_json(), ensure_ascii=False), "utf-8")
        timings.append((notice.name, len(result.plan.tasks), seconds))
    return timings


def main(arguments: list[str]) -> int:
    """Print the table of the corpus's own score, then the timings."""
    corpus = Path(arguments[0]) if arguments else CORPUS
    if not corpus.is_dir():
        print(f"没有找到 {corpus}")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        timings = drafted(corpus, Path(folder))
        score = [sys.executable, str(corpus / "score.py"), "--dir", folder, str(corpus / "gold")]
        print(subprocess.run(score, capture_output=True, text=True, check=True).stdout)
    for name, tasks, seconds in timings:
        limit = LIMITS.get(Path(name).suffix, 1.0) * max(1.0, tasks / 100)
        print(
            f"{name:<28} {tasks:>3} 项  {seconds:.2f} s  {'' if seconds <= limit else f'超过 {limit:.1f} s'}".rstrip()
        )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
