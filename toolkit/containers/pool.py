"""Worker processes that read file after file and can be killed: no file can stop the batch.

A reader may hang, eat the memory or take its process down (HOSTILE.md).  So the work is done in a few
long-lived processes; the parent knows which item each has in hand, kills it at the limit, records a
finding and starts another.  Processes are spawned, never forked: the same everywhere, packaged too
(``multiprocessing.freeze_support`` in the program's entry point).
"""

from __future__ import annotations

import multiprocessing
import os
import queue
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYet
from contextlib import suppress
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from typing import Any

from toolkit.containers import limits
from toolkit.containers.memory import limit_memory
from toolkit.containers.outcomes import Answer, Item, Outcome, Trouble, Value, answer
from toolkit.containers.outcomes import outcome as outcome_of
from toolkit.findings import CannotDo
from toolkit.findings import files as found
from toolkit.model import Progress, no_progress

__all__ = ["Outcome", "Trouble", "run"]

_START_SECONDS = 120.0
_WATCH_SECONDS = 0.2
"""How often a waiting parent lets the progress callback cancel."""
_AHEAD = 32
"""Items a worker may be ahead of the one being yielded, so that a slow file does not pile up results."""
_ONE_WORKER_BELOW = 150
"""Items below which a second process costs more than it saves (SPEED.md, *Processes*)."""
_GRACE_SECONDS = 15
"""After this long past its limit a worker ends itself, in case its parent is gone."""


def run(
    function: Callable[[Item], Value],
    items: Sequence[Item],
    *,
    jobs: int | None = None,
    executor: Executor | None = None,
    progress: Progress = no_progress,
    label: Callable[[Item], str] = str,
    seconds: float = limits.SECONDS,
    megabytes: int = limits.MEGABYTES,
) -> Iterator[Outcome[Item, Value]]:
    """``function`` of every item, each in a worker process; outcomes come in the order of ``items``.

    ``function`` must be importable by name and items and values must pickle.  ``jobs`` is the number of
    processes (by default one for a small batch, else one a core).  ``seconds`` and ``megabytes`` bound what
    one item may take.  With an ``executor`` its workers do the work, without these bounds, and what they lose is
    done here.  ``progress`` is called as items are done, and may raise to cancel.  Closing the iterator, or an
    interrupt, ends every worker.  Raises :class:`CannotDo` when no worker can be started.
    """
    if not items:
        return
    if executor is not None:
        yield from _hired(executor, items, _Worker(function, seconds, megabytes), progress, label)
        return
    crew = _Crew(function, _workers(jobs, len(items)), seconds, megabytes)
    try:
        for done, outcome in enumerate(crew.outcomes(items, progress, label), start=1):
            progress(done, len(items), label(outcome.item))
            yield outcome
    finally:
        crew.close()


def _hired(
    executor: Executor,
    items: Sequence[Item],
    own: _Worker,
    progress: Progress,
    label: Callable[[Item], str],
) -> Iterator[Outcome[Item, Any]]:
    """What the workers of an executor bring back; ``own`` does what they lost."""
    from toolkit.containers import hired  # seldom needed, and costly to load

    done = 0
    came = hired.answers(executor, own.function, items, lambda: progress(done, len(items), label(items[done])))
    try:
        for item, told in zip(items, came, strict=True):
            outcome = own.do(item) if told is None else outcome_of(item, told, own.megabytes)
            done += 1
            progress(done, len(items), label(item))
            yield outcome
    finally:
        came.close()
        own.close()


def _workers(jobs: int | None, items: int) -> int:
    if jobs is None:
        jobs = 1 if items < _ONE_WORKER_BELOW else os.cpu_count() or 1
    return max(1, min(jobs, items))


class _Crew:
    """Some workers, and a thread for each that waits for it."""

    def __init__(self, function: Callable[[Any], Any], size: int, seconds: float, megabytes: int) -> None:
        self._workers = [_Worker(function, seconds, megabytes) for _ in range(size)]
        self._idle: queue.SimpleQueue[_Worker] = queue.SimpleQueue()
        for worker in self._workers:
            self._idle.put(worker)
        self._threads = ThreadPoolExecutor(size, thread_name_prefix="fengong-worker")

    def outcomes(
        self, items: Sequence[Any], progress: Progress, label: Callable[[Any], str]
    ) -> Iterator[Outcome[Any, Any]]:
        """In the order of the items, while others are under way."""
        window = _AHEAD * len(self._workers)
        pending: deque[Future[Outcome[Any, Any]]] = deque(self._submit(item) for item in items[:window])
        for index, item in enumerate(items):
            future = pending.popleft()
            while True:
                with suppress(NotYet):
                    outcome = future.result(timeout=_WATCH_SECONDS)
                    break
                progress(index, len(items), label(item))
            if index + window < len(items):
                pending.append(self._submit(items[index + window]))
            yield outcome

    def _submit(self, item: Any) -> Future[Outcome[Any, Any]]:
        return self._threads.submit(self._do, item)

    def _do(self, item: Any) -> Outcome[Any, Any]:
        worker = self._idle.get()
        try:
            return worker.do(item)
        finally:
            self._idle.put(worker)

    def close(self) -> None:
        """End every worker at once."""
        for worker in self._workers:
            worker.close()
        self._threads.shutdown(wait=True, cancel_futures=True)


class _Worker:
    """One process at a time, started when first needed and again after each trouble."""

    def __init__(self, function: Callable[[Any], Any], seconds: float, megabytes: int) -> None:
        self.function = function
        self._seconds = seconds
        self.megabytes = megabytes
        self._process: SpawnProcess | None = None
        self._connection: Connection | None = None
        self._lock = threading.Lock()
        self._closed = False

    def do(self, item: Any) -> Outcome[Any, Any]:
        """The outcome of one item; the process is replaced when it was in trouble."""
        connection = self._connection or self._start()
        try:
            connection.send(item)
            if not connection.poll(self._seconds):
                self._stop()
                finding = found.TOO_SLOW.at(seconds=int(self._seconds))
                return Outcome(item, trouble=Trouble.TIME, finding=finding)
            told: Answer = connection.recv()
        except (EOFError, OSError):
            self._stop()
            return Outcome(item, trouble=Trouble.CRASH, finding=found.READER_CRASHED.at())
        if told[0] is Trouble.MEMORY:
            self._stop()
        return outcome_of(item, told, self.megabytes)

    def _start(self) -> Connection:
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        arguments = (theirs, self.function, self._seconds, self.megabytes)
        process = context.Process(target=_work, args=arguments, daemon=True)
        with self._lock:
            if self._closed:
                raise EOFError
            process.start()
            self._process, self._connection = process, ours
        theirs.close()
        try:
            if ours.poll(_START_SECONDS):
                ours.recv()
                return ours
        except (EOFError, OSError):
            pass
        self._stop()
        raise CannotDo(found.NO_WORKER.at())

    def _stop(self) -> None:
        with self._lock:
            process, connection = self._process, self._connection
            self._process = self._connection = None
        if process is not None and connection is not None:
            process.kill()
            process.join()
            connection.close()

    def close(self) -> None:
        """End the process for good."""
        with self._lock:
            self._closed = True
            process = self._process
        if process is not None:
            process.kill()
            process.join()


def _work(connection: Connection, function: Callable[[Any], Any], seconds: float, megabytes: int) -> None:
    """The life of a worker process: items in, (trouble, value) out, until the pipe closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides what an interrupt means
    _hush()
    limit_memory(megabytes)
    alarm: Callable[[int], object] = getattr(signal, "alarm", lambda _: None)
    with suppress(EOFError, OSError):
        connection.send(None)
        while True:
            item = connection.recv()
            alarm(int(seconds) + _GRACE_SECONDS)
            told = answer(function, item)
            alarm(0)
            _send(connection, told)


def _hush() -> None:
    """Let nothing that a library prints as it dies reach the clerk's screen; the parent tells what happened."""
    with suppress(OSError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        for stream in (1, 2):
            os.dup2(nowhere, stream)


def _send(connection: Connection, told: Answer) -> None:
    try:
        connection.send(told)
    except MemoryError:
        connection.send((Trouble.MEMORY, None))
    except (TypeError, ValueError, AttributeError) as failure:  # what pickle raises for a value it cannot send
        connection.send((Trouble.ERROR, f"{type(failure).__name__}: {failure}"))
