"""fengong (分工): from a notice to one summary workbook, offline, on the clerk's own PC.

``import toolkit`` gives the verbs as modules, each with one function of the same name
(``toolkit.merge.merge(...)``), and the words of the model (``toolkit.Plan``, ``toolkit.Entry`` …); both are
imported when they are first used.
"""

from __future__ import annotations

import importlib
from typing import Any

__version__ = "0.1.0"

VERBS = ("draft", "issue", "check", "merge", "notify")


def __getattr__(name: str) -> Any:
    if name in VERBS:
        return importlib.import_module(f"{__name__}.{name}")
    model = importlib.import_module(f"{__name__}.model")
    if name[:1].isupper() and hasattr(model, name):
        return getattr(model, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
