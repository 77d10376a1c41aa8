"""Long work in the background: one job at a time, with progress, and cancelled through the verbs' own callback."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from threading import Event
from typing import Any

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal

from toolkit.errorlog import write_log
from toolkit.findings import CannotDo
from toolkit.findings import command as found
from toolkit.model import Cancelled, Finding, Progress

_BETWEEN = 0.05
"""Seconds between two progress messages to the window."""

Work = Callable[[Progress], Any]


@dataclass(frozen=True, slots=True)
class Job:
    """One piece of work: what to call it, what does it, and what to do with its result in the window."""

    label: str
    work: Work
    done: Callable[[Any], None]


class Runner(QObject):
    """Runs jobs one after another; the window stays alive."""

    started = Signal(str)
    progressed = Signal(int, int, str)
    finished = Signal(str)
    refused = Signal(str, tuple)
    """The label of a job that could not be done, and the findings that say why."""
    _returned = Signal(object, object)
    _failed = Signal(object, tuple)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._waiting: list[Job] = []
        self._job: Job | None = None
        self._cancel = Event()
        self._returned.connect(self._take)
        self._failed.connect(self._give_up)

    @property
    def busy(self) -> bool:
        """Whether a job runs."""
        return self._job is not None

    def run(self, job: Job) -> None:
        """Start a job, or put it behind the one that runs."""
        self._waiting.append(job)
        self._start_next()

    def cancel(self) -> None:
        """Stop the job at its next step and forget those that wait."""
        self._waiting.clear()
        self._cancel.set()

    def wait(self) -> None:
        """Cancel, and wait until nothing runs: the window is about to go."""
        self.cancel()
        self._pool.waitForDone()

    def _start_next(self) -> None:
        if self._job is None and self._waiting:
            self._job = self._waiting.pop(0)
            self._cancel.clear()
            self.started.emit(self._job.label)
            self._pool.start(_Errand(self, self._job))

    def _take(self, job: Job, result: object) -> None:
        self._job = None
        self.finished.emit(job.label)
        job.done(result)
        self._start_next()

    def _give_up(self, job: Job, findings: tuple[Finding, ...]) -> None:
        self._job = None
        self.refused.emit(job.label, findings)
        self._start_next()


class _Errand(QRunnable):
    """A job in its thread."""

    def __init__(self, runner: Runner, job: Job) -> None:
        super().__init__()
        self._runner = runner
        self._job = job
        self._told = 0.0

    def run(self) -> None:
        """Do the work; whatever happens becomes a signal."""
        runner = self._runner
        try:
            result = self._job.work(self._progress)
        except CannotDo as problem:
            runner._failed.emit(self._job, problem.findings)
        except Cancelled:
            runner._failed.emit(self._job, (found.CANCELLED.at(),))
        except OSError as problem:
            reason = problem.strerror or str(problem)
            runner._failed.emit(self._job, (found.NO_FOLDER.at(path=str(problem.filename or ""), reason=reason),))
        except Exception as problem:
            log = write_log()
            runner._failed.emit(self._job, (found.INTERNAL.at(what=type(problem).__name__, log=log),))
        else:
            runner._returned.emit(self._job, result)

    def _progress(self, done: int, total: int, label: str) -> None:
        if self._runner._cancel.is_set():
            raise Cancelled
        if (now := time.monotonic()) - self._told >= _BETWEEN:
            self._told = now
            self._runner.progressed.emit(done, total, label)
