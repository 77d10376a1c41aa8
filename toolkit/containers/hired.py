"""Workers that somebody else runs: any ``concurrent.futures.Executor``, on this machine or on many.

They cannot be killed from here, so what they fail to bring back, because one of them died, the connection broke or
their time was up, has no answer, and :mod:`toolkit.containers.pool` does it with a worker of its own.
Items are sent some at a time: a message costs more than a file.  The function goes along as bytes that a worker
unpacks once.
"""

from __future__ import annotations

import pickle
from asyncio import CancelledError
from collections import deque
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import Executor, Future
from concurrent.futures import TimeoutError as NotYet
from functools import lru_cache
from itertools import islice
from typing import Any

from toolkit.containers.outcomes import Answer, answer

_PARCEL = 16
"""Items in a message, fewer where there are few for each worker."""
_UNDER_WAY = 64
"""Messages under way at most, so that results do not pile up behind a slow file."""
_WATCH_SECONDS = 0.2
"""How often a waiting caller may cancel."""


def answers(
    executor: Executor, function: Callable[[Any], Any], items: Sequence[Any], watch: Callable[[], None]
) -> Generator[Answer | None, None, None]:
    """The answer of every item in the order of ``items``, ``None`` where none came; ``watch`` may raise to cancel."""
    packed = pickle.dumps(function, pickle.HIGHEST_PROTOCOL)
    size = max(1, min(_PARCEL, len(items) // _UNDER_WAY))
    parcels = iter([items[start : start + size] for start in range(0, len(items), size)])
    pending: deque[tuple[Sequence[Any], Future[list[Answer]] | None]] = deque()

    def send(count: int) -> None:
        for parcel in islice(parcels, count):
            pending.append((parcel, _submitted(executor, packed, parcel)))

    try:
        send(_UNDER_WAY)
        while pending:
            parcel, future = pending.popleft()
            came = _awaited(future, watch)
            send(1)
            yield from came if came is not None else [None] * len(parcel)
    finally:
        for _, future in pending:
            if future is not None:
                future.cancel()


def _submitted(executor: Executor, packed: bytes, parcel: Sequence[Any]) -> Future[list[Answer]] | None:
    """The parcel on its way; ``None`` when nobody takes it any more."""
    try:
        return executor.submit(_read_parcel, packed, parcel)
    except Exception:  # a broken pool, a closed connection: each executor has exceptions of its own
        return None


def _awaited(future: Future[list[Answer]] | None, watch: Callable[[], None]) -> list[Answer] | None:
    """What came back, ``None`` when nothing will."""
    while future is not None:
        try:
            return future.result(timeout=_WATCH_SECONDS)
        except NotYet:
            if future.done():  # the work itself, or whoever ran it, ran out of time
                return None
            watch()
        except (Exception, CancelledError):  # as above
            return None
    return None


def _read_parcel(packed: bytes, parcel: Sequence[Any]) -> list[Answer]:
    """What a hired worker does."""
    function = _unpacked(packed)
    return [answer(function, item) for item in parcel]


@lru_cache(maxsize=1)
def _unpacked(packed: bytes) -> Callable[[Any], Any]:
    function: Callable[[Any], Any] = pickle.loads(packed)
    return function
