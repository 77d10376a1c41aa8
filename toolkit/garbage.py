"""Python's search for garbage, put off while a verb makes hundreds of thousands of small things that all stay.

What a round brings back holds no reference cycles.  The search would still walk through all of it each time it has
grown by a quarter: a third of the time of a large merge.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected(*, aged: bool = False) -> Iterator[None]:
    """No search for garbage inside; around a function too, as a decorator.

    With ``aged`` what was made inside counts as old afterwards, else the first search after it walks through all of
    it: for work that is done once, not for pieces of work of which each has to be let go before the next.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            if aged:
                gc.freeze()
                gc.unfreeze()
            gc.enable()
