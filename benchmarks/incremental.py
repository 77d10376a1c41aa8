"""What a merge in a working folder costs when three files came since the last one, beside the first merge of all.

python -m benchmarks.incremental [FORMS]

Processor time of the parent and its workers; what writing the workbook takes is told apart, for nothing can save it.
"""

from __future__ import annotations

import json
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.campaign import make_campaign
from benchmarks.stages import MERGING, Stages
from toolkit.desk import Desk
from toolkit.housekeeping.init import init

ROUND = "2025年第四季度"
NEW = 3
ROUNDS = 3
NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)
WRITING = ("sheets written", "summary moved into place")


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds of processor time of one merge."""

    whole: float
    writing: float

    @property
    def beyond(self) -> float:
        """All but writing the workbook."""
        return self.whole - self.writing


def run(folder: Path) -> Spent:
    """Merge the working folder, in this process."""
    from toolkit.merge import merge

    stages = Stages()
    for stage in MERGING:
        stages.watch(*stage)
    desk = Desk(folder, NOW, "bench")
    merge([desk.returns(ROUND)], desk.plan, desk=desk)
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    taken = stages.taken()
    return Spent(sum(one.ru_utime + one.ru_stime for one in used), sum(taken[stage][1] for stage in WRITING))


def measure(folder: Path) -> Spent:
    """The same in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.incremental", "--run", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return Spent(**json.loads(done.stdout.splitlines()[-1]))


def make_desk(folder: Path, campaign: Path, forms: Sequence[Path]) -> Path:
    """A working folder into which these forms came back."""
    desk = Desk(folder, NOW, "bench")
    init(desk=desk, plan=campaign / "任务分工表.xlsx", roster=campaign / "单位名录.xlsx")
    bring(folder, forms)
    return folder


def bring(folder: Path, forms: Sequence[Path]) -> None:
    """Forms come back."""
    returns = Desk(folder, NOW).returns(ROUND)
    returns.mkdir(parents=True, exist_ok=True)
    for form in forms:
        shutil.copy(form, returns)


def main() -> None:
    """Print the table."""
    if sys.argv[1:2] == ["--run"]:
        print(json.dumps(asdict(run(Path(sys.argv[2])))))
        return
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    campaign = Path(tempfile.gettempdir()) / f"fengong-bench-{count}"
    make_campaign(campaign, count)
    forms = sorted((campaign / "回收").iterdir())
    with tempfile.TemporaryDirectory(prefix="fengong-bench-") as name:
        first = [measure(make_desk(Path(name) / str(number), campaign, forms)) for number in range(ROUNDS)]
        before = make_desk(Path(name) / "前", campaign, forms[:-NEW])
        measure(before)
        later = []
        for number in range(ROUNDS):
            folder = Path(name) / f"后{number}"
            shutil.copytree(before, folder)
            bring(folder, forms[-NEW:])
            later.append(measure(folder))
    print(f"{count} forms in a working folder, processor time in ms a form\n")
    print(f"{'':<28}{'whole':>8}{'writing':>9}{'beyond writing':>16}")
    for label, runs in (("first merge", first), (f"merge of {NEW} new files", later)):
        figures = [
            1000 / count * statistics.median(getattr(one, part) for one in runs)
            for part in ("whole", "writing", "beyond")
        ]
        print(f"{label:<28}{figures[0]:>8.2f}{figures[1]:>9.2f}{figures[2]:>16.2f}")
    share = statistics.median(one.beyond for one in later) / statistics.median(one.whole for one in first)
    print(f"\nbeyond writing, {NEW} new files cost {share:.0%} of the first merge")


if __name__ == "__main__":
    main()
