"""What becomes of an item that was handed to a worker, wherever the worker runs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Generic, TypeVar

from toolkit.containers.limits import Unreadable
from toolkit.findings import files as found
from toolkit.model import Finding

Item = TypeVar("Item")
Value = TypeVar("Value")


class Trouble(StrEnum):
    """Why an item has no value."""

    TIME = "time"
    MEMORY = "memory"
    CRASH = "crash"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Outcome(Generic[Item, Value]):
    """What became of one item: a value, or a trouble and the finding that tells it."""

    item: Item
    value: Value | None = None
    trouble: Trouble | None = None
    finding: Finding | None = None


Answer = tuple[Trouble | None, Any]
"""What a worker sends back: no trouble and the value, else the trouble and what is known of it."""


def answer(function: Callable[[Any], Any], item: Any) -> Answer:
    """The answer of a worker about one item; never raises."""
    try:
        return None, function(item)
    except MemoryError:
        return Trouble.MEMORY, None
    except Unreadable as refusal:
        return Trouble.ERROR, refusal.finding
    except BaseException as failure:  # a panic of a reader written in Rust is no Exception
        return Trouble.ERROR, f"{type(failure).__name__}: {failure}"


def outcome(item: Item, answer: Answer, megabytes: int) -> Outcome[Item, Any]:
    """The outcome that an answer means; ``megabytes`` is the memory the worker had."""
    trouble, value = answer
    if trouble is None:
        return Outcome(item, value)
    if trouble is Trouble.MEMORY:
        return Outcome(item, trouble=trouble, finding=found.TOO_MUCH_MEMORY.at(megabytes=megabytes))
    finding = value if isinstance(value, Finding) else found.READER_FAILED.at(reason=value)
    return Outcome(item, trouble=trouble, finding=finding)
