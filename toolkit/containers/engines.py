"""Where files are read: on this machine, or by the workers of a scheduler (``dask://HOST:PORT``)."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from typing import Any

from toolkit.findings import CannotDo
from toolkit.findings import files as found

_DASK = "dask://"
_REACHED_WITHIN = "15s"


@contextmanager
def opened(engine: str | None) -> Iterator[Executor | None]:
    """The executor an address stands for, closed when the block ends; ``None`` for this machine's own workers.

    Raises :class:`CannotDo` when the address is none, the library is not installed, or nobody answers.
    """
    if engine is None:
        yield None
        return
    if not engine.startswith(_DASK) or not engine.removeprefix(_DASK):
        raise CannotDo(found.ENGINE_UNKNOWN.at(engine=engine))
    try:
        from distributed import Client
    except ImportError as failure:
        raise CannotDo(found.NO_DASK.at(engine=engine)) from failure
    try:
        client: Any = Client(  # type: ignore[no-untyped-call]
            f"tcp://{engine.removeprefix(_DASK)}", timeout=_REACHED_WITHIN, set_as_default=False
        )
    except (OSError, ValueError) as failure:
        raise CannotDo(found.ENGINE_UNREACHED.at(engine=engine, reason=_said(failure))) from failure
    with client:
        if not client.scheduler_info()["workers"]:
            raise CannotDo(found.ENGINE_UNREACHED.at(engine=engine, reason="没有一个 worker"))
        executor: Executor = client.get_executor(pure=False)
        yield executor


def _said(failure: Exception) -> str:
    return "没有应答" if isinstance(failure, OSError) else str(failure)
