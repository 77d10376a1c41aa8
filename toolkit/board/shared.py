"""What every board has: its heading, cells that sort, texts that may be shown on a wall."""

from __future__ import annotations

import json
from typing import Any

from toolkit.language.privacy import mask
from toolkit.model import Collection
from toolkit.opc import holdable

Shown = tuple[str, object]
"""What a cell shows, and the value it sorts by (empty when there is none)."""


def heading(collection: Collection) -> dict[str, Any]:
    """Title, round and days."""
    due = collection.round.due
    return {
        "标题": collection.plan.title,
        "填报期": collection.round.name,
        "截止日期": due.isoformat() if due else "",
        "统计日期": collection.as_of.isoformat(),
    }


def published(text: str, limit: int) -> str:
    """A text with personal numbers masked, cut beyond the limit."""
    text = holdable(mask(text))
    return text if len(text) <= limit else text[:limit] + "…"


def script(texts: dict[str, dict[int, str]]) -> Any:
    """Unit → column → text as JSON that cannot end the script it stands in."""
    from markupsafe import Markup

    data = json.dumps(texts, ensure_ascii=False, separators=(",", ":"))
    return Markup(data.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))


def plain(value: object) -> Shown:
    """A value that sorts by itself, — for none."""
    return ("—", "") if value is None else (str(value), value)


def percent(rate: float | None) -> Shown:
    """A rate, — for none."""
    return ("—", "") if rate is None else (f"{100 * rate:.1f}%", f"{rate:.6f}")
