"""Worker processes: every item gets its outcome, in order, whatever the others do."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import psutil
import pytest

from toolkit.containers.pool import Outcome, Trouble, run
from toolkit.model import Cancelled


def misbehave(item: str) -> str:
    """What files do to readers."""
    if item == "hang":
        time.sleep(60)
    if item == "die":
        os.abort()
    if item == "leave":
        sys.exit(3)
    if item == "eat":
        return str(len(bytearray(3 << 30)))
    if item == "panic":
        raise BaseException("panicked")
    if item == "unsendable":
        return lambda: None  # type: ignore[return-value]
    return item.upper()


def outcomes(items: list[str], jobs: int = 2) -> list[Outcome[str, str]]:
    return list(run(misbehave, items, jobs=jobs, seconds=2, megabytes=512))


def test_outcomes_come_in_the_order_of_the_items() -> None:
    items = [f"甲{number}" for number in range(200)]
    assert [outcome.value for outcome in outcomes(items)] == items


@pytest.mark.parametrize(
    ("item", "trouble"),
    [
        ("hang", Trouble.TIME),
        ("die", Trouble.CRASH),
        ("eat", Trouble.MEMORY),
        ("panic", Trouble.ERROR),
        ("leave", Trouble.ERROR),
        ("unsendable", Trouble.ERROR),
    ],
)
@pytest.mark.skipif(sys.platform != "linux", reason="memory is bounded otherwise elsewhere")
def test_trouble_stays_with_its_item(item: str, trouble: Trouble) -> None:
    before, bad, after = outcomes(["a", item, "b"], jobs=1)
    assert (before.value, after.value) == ("A", "B")
    assert bad.trouble is trouble
    assert bad.value is None
    assert bad.finding is not None
    assert bad.finding.advice


def test_progress_counts_and_can_cancel() -> None:
    seen: list[tuple[int, int, str]] = []

    def progress(done: int, total: int, label: str) -> None:
        seen.append((done, total, label))
        if done == 3:
            raise Cancelled

    with pytest.raises(Cancelled):
        list(run(misbehave, ["a", "b", "c", "d"], jobs=1, progress=progress))
    assert [done for done, _, _ in seen if done] == [1, 2, 3]
    assert all(total == 4 for _, total, _ in seen)
    assert not workers()


def test_a_slow_item_can_be_cancelled() -> None:
    started = time.monotonic()

    def progress(done: int, total: int, label: str) -> None:
        if label == "hang":
            raise Cancelled

    with pytest.raises(Cancelled):
        list(run(misbehave, ["a", "hang"], jobs=1, progress=progress, seconds=50))
    assert time.monotonic() - started < 40
    assert not workers()


def test_leaving_early_ends_the_workers() -> None:
    results = run(misbehave, ["a", "b", "c"], jobs=2)
    assert next(results).value == "A"
    assert workers()
    results.close()  # type: ignore[attr-defined]
    assert not workers()


def test_no_items_start_no_worker() -> None:
    assert list(run(misbehave, [])) == []


@pytest.mark.skipif(sys.platform == "win32", reason="interrupts are sent otherwise there")
def test_an_interrupt_leaves_no_process(tmp_path: Path) -> None:
    script = tmp_path / "batch.py"
    script.write_text(
        textwrap.dedent(
            """
            import time
            from toolkit.containers.pool import run

            def wait(item):
                time.sleep(item)
                return item

            if __name__ == "__main__":
                for outcome in run(wait, [0, 50, 50], jobs=2):
                    print(outcome.value, flush=True)
            """
        )
    )
    with subprocess.Popen(
        [sys.executable, str(script)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as batch:
        assert batch.stdout is not None
        assert batch.stdout.readline() == "0\n"
        children = psutil.Process(batch.pid).children(recursive=True)
        assert children
        batch.send_signal(signal.SIGINT)
        _, errors = batch.communicate(timeout=30)
    assert batch.returncode != 0
    assert errors.count("Traceback") <= 1, "only the parent may say that it was interrupted"
    _, alive = psutil.wait_procs(children, timeout=10)
    assert not alive


def workers() -> list[psutil.Process]:
    """The children of this process that still run."""
    children = psutil.Process().children(recursive=True)
    return [child for child in children if "spawn_main" in " ".join(_command(child))]


def _command(process: psutil.Process) -> list[str]:
    try:
        return process.cmdline()
    except psutil.Error:
        return []
