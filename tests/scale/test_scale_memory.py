"""What a round was made of is let go when it is done: a worker that takes share after share must not grow."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Callable
from typing import Any

import pytest
from factory import make_collection

from toolkit import gathering
from toolkit.figures import compute
from toolkit.model import Collection
from toolkit.rules.case import Campaign
from toolkit.settings import Settings


def _judged(collection: Collection) -> Any:
    return gathering.with_rules(collection, Settings())


def _as_cases(collection: Collection) -> Any:
    return Campaign(collection, Settings()).cases


@pytest.mark.parametrize("done", [_judged, _as_cases, compute])
def test_a_round_is_let_go_without_a_search_for_garbage(done: Callable[[Collection], Any]) -> None:
    class Watched(Collection):
        """A collection that can be watched."""

    collection = make_collection(units=3)
    watched = Watched(**{name: getattr(collection, name) for name in collection.__slots__})
    gone = weakref.ref(watched)
    gc.disable()
    try:
        result = done(watched)
        assert result
        del watched, result
        assert gone() is None
    finally:
        gc.enable()
