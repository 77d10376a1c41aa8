"""Whoever reads the files, the summary is the same, byte for byte; a worker that dies loses nothing."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest
from scale.campaign import Campaign

from toolkit.containers import engines, pool
from toolkit.containers.address import Address
from toolkit.findings import CannotDo
from toolkit.model import Cancelled

FORMS = 40


@pytest.fixture(scope="module")
def campaign(tmp_path_factory: pytest.TempPathFactory) -> Campaign:
    made = Campaign.make(tmp_path_factory.mktemp("engines"), FORMS)
    made.spoiled()
    return made


@pytest.fixture(scope="module")
def local(campaign: Campaign) -> bytes:
    """The summary as this machine's own workers give it."""
    return campaign.merged("本机.xlsx").summary.read_bytes()


class Hopeless(Executor):
    """An executor that takes work and never brings any back, or that takes none."""

    def __init__(self, *, refuses: bool) -> None:
        self._refuses = refuses

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        if self._refuses:
            raise RuntimeError("cannot schedule new futures after shutdown")
        future: Future[Any] = Future()
        future.set_exception(ConnectionError("gone"))
        return future


def executors() -> list[Any]:
    return [
        pytest.param(lambda: ThreadPoolExecutor(3), id="threads"),
        pytest.param(lambda: ProcessPoolExecutor(2, mp_context=get_context("spawn")), id="processes"),
        pytest.param(lambda: Hopeless(refuses=True), id="refuses"),
        pytest.param(lambda: Hopeless(refuses=False), id="loses"),
    ]


@pytest.mark.parametrize("make", executors())
def test_any_executor_gives_the_same_bytes(make: Callable[[], Executor], campaign: Campaign, local: bytes) -> None:
    with make() as executor:
        assert campaign.merged("别处.xlsx", executor=executor).summary.read_bytes() == local


def die(item: int) -> int:
    """A file that takes down whoever opens it."""
    if item == 7:
        os.abort()
    return item * item


def test_a_file_that_kills_its_worker_is_the_only_one_without_a_value() -> None:
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as executor:
        outcomes = list(pool.run(die, range(30), executor=executor))
    assert [outcome.item for outcome in outcomes] == list(range(30))
    assert [outcome.item for outcome in outcomes if outcome.value is None] == [7]
    assert outcomes[7].trouble is pool.Trouble.CRASH
    assert [outcome.value for outcome in outcomes if outcome.item != 7] == [n * n for n in range(30) if n != 7]


def test_work_with_an_executor_can_be_cancelled() -> None:
    def progress(done: int, total: int, label: str) -> None:
        if done == 3:
            raise Cancelled

    with ThreadPoolExecutor(2) as executor, pytest.raises(Cancelled):
        list(pool.run(die, range(10, 5000), executor=executor, progress=progress))


# --- addresses -----------------------------------------------------------------------------


def test_files_at_an_address_give_the_same_entries(campaign: Campaign, local: bytes) -> None:
    import fsspec

    memory = fsspec.filesystem("memory")
    for file in campaign.returns.iterdir():
        memory.pipe_file(f"/回收/{file.name}", file.read_bytes())
    with ThreadPoolExecutor(2) as executor:  # what lies in memory is seen by this process only
        afar = campaign.merged("远处.xlsx", [Address("memory://回收")], executor=executor)
    here = campaign.merged("本机.xlsx")
    assert afar.collection.to_json() == here.collection.to_json()


def test_workers_fetch_from_an_address_themselves(campaign: Campaign) -> None:
    (unit, *_) = sorted(campaign.returns.iterdir())
    afar = campaign.merged("远处.xlsx", [Address(f"file://{unit}")], jobs=1)
    assert [(record.path, record.outcome) for record in afar.collection.files] == [(unit.name, "merged")]


@pytest.mark.parametrize("url", ["memory://没有这里", "nosuch://甲/乙"])
def test_an_address_that_is_not_reached_is_said(campaign: Campaign, url: str) -> None:
    with pytest.raises(CannotDo) as refused:
        campaign.merged("远处.xlsx", [Address(url)])
    assert [finding.code for finding in refused.value.findings] == ["files.address-unreached"]


def test_messages_show_no_password_of_an_address() -> None:
    assert Address("sftp://zhang:secret@host:22/回收").shown == "sftp://host:22/回收"


# --- dask ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("engine", "code"), [("spark://甲:1", "files.engine-unknown"), ("dask://", "files.engine-unknown")]
)
def test_an_engine_that_is_none_is_refused(engine: str, code: str) -> None:
    with pytest.raises(CannotDo) as refused, engines.opened(engine):
        pass
    assert [finding.code for finding in refused.value.findings] == [code]


def test_without_dask_the_clerk_is_told_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(CannotDo) as refused, engines.opened("dask://127.0.0.1:1"):
        pass
    (finding,) = refused.value.findings
    assert finding.code == "files.no-dask"
    assert "fengong[dask]" in finding.advice


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """A scheduler and two workers, each a process of its own."""
    port = free_port()
    project = Path(__file__).resolve().parents[2]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join((str(project), str(project / "tests")))}
    program = [sys.executable, "-m", "dask"]
    alone = ["--no-dashboard"]

    def start(*arguments: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [*program, *arguments, *alone],
            cwd=tmp_path,
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    scheduler = start("scheduler", "--host", "127.0.0.1", "--port", str(port))
    at = f"tcp://127.0.0.1:{port}"
    workers = [start("worker", at, "--nworkers", "1", "--nthreads", "1", "--no-nanny") for _ in range(2)]
    try:
        from distributed import Client

        with Client(at, timeout="60s", set_as_default=False) as client:  # type: ignore[no-untyped-call]
            client.wait_for_workers(2, timeout=60)
        yield f"dask://127.0.0.1:{port}", workers
    finally:
        for process in (*workers, scheduler):
            process.kill()
            process.wait()


@pytest.mark.long
def test_a_dask_worker_killed_in_mid_run_loses_nothing(
    cluster: tuple[str, list[subprocess.Popen[bytes]]], campaign: Campaign, local: bytes
) -> None:
    engine, workers = cluster
    killed: list[int] = []

    def progress(done: int, total: int, label: str) -> None:
        if done >= 15 and not killed:
            workers[0].send_signal(signal.SIGKILL)
            killed.append(workers[0].wait())

    result = campaign.merged("集群.xlsx", engine=engine, progress=progress)
    assert killed == [-signal.SIGKILL]
    assert workers[1].poll() is None
    paths = [record.path for record in result.collection.files]
    assert len(paths) == len(set(paths)) == FORMS + 4
    assert result.summary.read_bytes() == local


@pytest.mark.long
def test_when_every_worker_dies_this_machine_reads_the_rest(
    cluster: tuple[str, list[subprocess.Popen[bytes]]], campaign: Campaign, local: bytes
) -> None:
    engine, workers = cluster
    with engines.opened(engine) as executor:
        for worker in workers:
            worker.kill()
            worker.wait()
        assert executor is not None
        executor.shutdown()
        assert campaign.merged("集群.xlsx", executor=executor).summary.read_bytes() == local
